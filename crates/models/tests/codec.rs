//! Tokenizers of generators against those of transformers, from `tokenizer.json` and from GGUF (`golden/tokenisers`).

mod common;

use common::Random;
use models::gguf::{Value, Writer};
use models::tokenise::codec::Decoder;
use models::{Codec, Gguf};
use serde::Deserialize;
use std::path::{Path, PathBuf};

const FAMILIES: [&str; 7] = ["gpt2", "llama3", "qwen2", "tekken", "llama2", "gemma", "phi3"];

#[derive(Deserialize)]
struct Golden {
    end: u32,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    text: String,
    bare: Vec<u32>,
    whole: Vec<u32>,
    decoded: String,
}

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/tokenisers").join(name)
}

fn cases(family: &str) -> Golden {
    serde_json::from_slice(&std::fs::read(golden(&format!("{family}.cases.json"))).unwrap()).unwrap()
}

/// The tokenizer of a family from both kinds of files.
fn both(family: &str) -> [(&'static str, Codec); 2] {
    let json = std::fs::read(golden(&format!("{family}.json"))).unwrap();
    let gguf = Gguf::open(&golden(&format!("{family}.gguf"))).unwrap();
    [("json", Codec::from_json(&json, family).unwrap()), ("gguf", Codec::from_gguf(&gguf, family).unwrap())]
}

#[test]
fn ids_and_texts_are_those_of_transformers() {
    for family in FAMILIES {
        let golden = cases(family);
        assert!(golden.cases.len() > 40);
        for (source, codec) in both(family) {
            for Case { text, bare, whole, decoded } in &golden.cases {
                assert_eq!(&codec.encode_bare(text).unwrap(), bare, "{family} from {source}: {text:?}");
                assert_eq!(&codec.encode(text).unwrap(), whole, "{family} from {source}: {text:?}");
                assert_eq!(&codec.decode(bare), decoded, "{family} from {source}: {text:?}");
            }
            assert!(codec.is_special(golden.end) && codec.ends().contains(&golden.end), "{family}");
        }
    }
}

#[test]
fn both_files_of_a_tokenizer_agree_on_made_up_texts() {
    let mut random = Random(11);
    let texts: Vec<String> =
        (0..300).map(|_| (0..random.below(200)).map(|_| random.char()).collect::<String>()).collect();
    for family in FAMILIES {
        let [(_, json), (_, gguf)] = both(family);
        for text in &texts {
            let ids = json.encode(text).unwrap();
            assert_eq!(ids, gguf.encode(text).unwrap(), "{family}: {text:?}");
            assert!(ids.len() >= json.least_tokens(text));
            assert_eq!(json.decode(&ids), gguf.decode(&ids), "{family}: {text:?}");
            // Qwen composes characters; the others give back what they got.
            if family != "qwen2" && !text.contains('▁') {
                assert_eq!(&json.decode(&ids), text, "{family}");
            }
        }
    }
}

#[test]
fn a_stream_gives_whole_characters_and_the_same_text() {
    for family in FAMILIES {
        let [(_, codec), _] = both(family);
        for Case { bare, decoded, .. } in cases(family).cases {
            let (mut decoder, mut text) = (Decoder::new(), String::new());
            for id in bare {
                let before = text.len();
                decoder.push(&codec, id, &mut text);
                assert!(!text[before..].contains(char::REPLACEMENT_CHARACTER) || decoded.contains('\u{fffd}'));
            }
            decoder.finish(&mut text);
            assert_eq!(text, decoded, "{family}");
        }
    }
}

#[test]
fn broken_characters_are_marked_and_foreign_ids_ignored() {
    let [(_, codec), _] = both("llama2");
    let byte = |byte: u8| codec.id(&format!("<0x{byte:02X}>")).unwrap();
    let read = |bytes: &[u8]| codec.decode(&bytes.iter().map(|&b| byte(b)).collect::<Vec<_>>());
    assert_eq!(read("🙂é".as_bytes()), "🙂é");
    assert_eq!(read(b"\xF0\x9F\x99"), "\u{fffd}");
    assert_eq!(read(b"\xF0\x9F\x99a"), "\u{fffd}a");
    assert_eq!(read(b"\xFFa\xC3\xA9"), "\u{fffd}aé");
    assert_eq!(codec.decode(&[u32::MAX, codec.len() as u32]), "");
}

#[test]
fn special_tokens_are_shown_where_asked_for() {
    let [(_, codec), _] = both("llama3");
    let ids = codec.encode("hello<|eot_id|>").unwrap();
    assert_eq!(codec.decode(&ids), "hello");
    let (mut decoder, mut text) = (Decoder::with_special(), String::new());
    ids.iter().for_each(|&id| decoder.push(&codec, id, &mut text));
    assert_eq!(text, "<|begin_of_text|>hello<|eot_id|>");
    assert_eq!(codec.bytes(codec.id("<|eot_id|>").unwrap()), b"<|eot_id|>");
}

/// Whatever a text spells, once it is broken up no control token comes of it.
#[test]
fn control_tokens_are_not_to_be_had_by_spelling_them() {
    for family in FAMILIES {
        for (source, codec) in both(family) {
            let mut found = 0;
            for id in (0..codec.len() as u32).filter(|&id| codec.is_special(id) && !codec.bytes(id).is_empty()) {
                let spelled = String::from_utf8_lossy(codec.bytes(id)).into_owned();
                for text in [format!("before {spelled} after"), format!("{spelled}{spelled}"), spelled.clone()] {
                    let (broken, which) = codec.without_controls(&text).expect("it is found");
                    let ids = codec.encode_bare(&broken).unwrap();
                    assert!(!ids.iter().any(|&id| codec.is_special(id)), "{family} from {source}: {broken:?}");
                    assert_eq!((broken.replace('\u{2060}', ""), which), (text, spelled.clone()));
                }
                found += 1;
            }
            assert!(found > 0, "{family} from {source} has no control tokens");
            assert_eq!(codec.without_controls("plain text, a < b and [1]"), None);
        }
    }
}

/// A megabyte of white space is more than the pattern matcher follows back; nothing may be lost by that.
#[test]
fn long_texts_lose_nothing() {
    for family in FAMILIES {
        let [(_, codec), _] = both(family);
        for text in [" ".repeat(1 << 20), "\n \t".repeat(1 << 18), "ab".repeat(1 << 19)] {
            let ids = codec.encode_bare(&text).unwrap();
            assert!(codec.decode(&ids) == text, "{family}: {:?}…", &text[..3]);
            assert!(ids.len() >= codec.least_tokens(&text));
        }
    }
}

#[test]
fn what_belongs_to_an_answer_is_read_from_the_files_of_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    std::fs::copy(golden("qwen2.json"), folder.path().join("tokenizer.json")).unwrap();
    write("tokenizer_config.json", r#"{"bos_token":null,"eos_token":{"content":"<|im_end|>","lstrip":false}}"#);
    write("generation_config.json", r#"{"eos_token_id":[7,8]}"#);
    write("config.json", r#"{"eos_token_id":9}"#);
    let codec = Codec::open(folder.path(), "qwen").unwrap();
    let (end, text_end) = (codec.id("<|im_end|>").unwrap(), codec.id("<|endoftext|>").unwrap());
    assert_eq!((codec.bos(), codec.eos()), (None, Some(end)));
    let mut ends = vec![7, 8, 9, end, text_end];
    ends.sort_unstable();
    assert_eq!(codec.ends(), ends);
    std::fs::remove_file(folder.path().join("tokenizer.json")).unwrap();
    assert!(Codec::open(folder.path(), "qwen").err().unwrap().to_string().contains("tokenizer.json"));
}

#[test]
fn lists_that_do_not_fit_are_refused_in_words() {
    let texts = |texts: &[&str]| Value::Texts(texts.iter().map(|&text| text.to_owned()).collect());
    let message = |keys: &[(&str, Value)]| {
        let mut writer = Writer::new();
        keys.iter().for_each(|(key, value)| {
            writer.key(&format!("tokenizer.ggml.{key}"), value.clone());
        });
        let file = Gguf::from_bytes(writer.to_bytes(), "file").unwrap();
        Codec::from_gguf(&file, "file").err().expect("it is refused").to_string()
    };
    let (tokens, model) = (("tokens", texts(&["a", "b", "ab"])), |name: &str| ("model", Value::Text(name.to_owned())));
    let pre = |name: &str| ("pre", Value::Text(name.to_owned()));
    let merges = |merge: &str| ("merges", texts(&[merge]));
    let cases = [
        (message(&[]), "has no 'tokenizer.ggml.tokens'"),
        (message(&[("tokens", Value::U32(1))]), "not a list of type text"),
        (message(&[("tokens", texts(&[]))]), "has 0 tokens"),
        (
            message(&[("tokens", texts(&["a", &"b".repeat(2049)]))]),
            "a token of 2049 bytes (number 1); the limit is 2048",
        ),
        (message(std::slice::from_ref(&tokens)), "has no 'tokenizer.ggml.model'"),
        (message(&[tokens.clone(), model("rwkv")]), "of the kind 'rwkv'"),
        (message(&[tokens.clone(), model("gpt2")]), "has no 'tokenizer.ggml.merges'"),
        (message(&[tokens.clone(), model("gpt2"), merges("a b")]), "has no 'tokenizer.ggml.pre'"),
        (message(&[tokens.clone(), model("gpt2"), merges("a b"), pre("viking")]), "cuts words as 'viking'"),
        (message(&[tokens.clone(), model("gpt2"), merges("a c"), pre("gpt-2")]), "merges 'a c'"),
        (message(&[tokens.clone(), model("gpt2"), merges("ab"), pre("gpt-2")]), "merges 'ab'"),
        (message(&[tokens.clone(), model("llama")]), "has no 'tokenizer.ggml.scores'"),
        (message(&[tokens.clone(), model("llama"), ("scores", Value::F32s(vec![0.0]))]), "3 tokens and 1 scores"),
        (message(&[tokens.clone(), model("llama"), ("token_type", Value::I32s(vec![1]))]), "3 tokens and 1 kinds"),
        (
            message(&[tokens, model("gpt2"), merges("a b"), pre("gpt-2"), ("eos_token_id", Value::U32(9))]),
            "eos_token_id' is 9, which is no token",
        ),
    ];
    for (message, words) in cases {
        assert!(message.starts_with("file: ") && message.contains(words), "{message}");
    }
    for (json, words) in [
        ("", "no tokenizer that can be read"),
        (r#"{"decoder":{"type":"WordPiece"}}"#, "a step 'WordPiece'"),
        (r#"{"model":{}}"#, "a step 'none'"),
    ] {
        let message = Codec::from_json(json.as_bytes(), "file").err().expect("it is refused");
        assert!(message.contains(words), "{message}");
    }
}
