//! GGUF files: what can be read, and what is refused without harm.

mod common;

use common::Random;
use models::generators::{CacheType, Facts};
use models::gguf::{TensorType, Value, Writer};
use models::{ChatTemplate, Codec, Gguf, llama};
use std::path::{Path, PathBuf};

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/gguf").join(name)
}

/// Bit for bit what the package of the format's authors makes of random blocks.
#[test]
fn every_type_means_what_its_authors_say() {
    let file = Gguf::open(&golden("types.gguf")).unwrap();
    let expected = std::fs::read(golden("types.f32")).unwrap();
    let expected: Vec<u32> = expected.as_chunks().0.iter().map(|&raw| u32::from_le_bytes(raw)).collect();
    assert_eq!(file.names().count(), TensorType::ALL.len());
    for (name, expected) in file.names().zip(expected.chunks(512)) {
        let tensor = file.tensor(name).unwrap();
        assert_eq!((tensor.kind.name(), tensor.shape.as_slice()), (name, &[2, 256][..]));
        assert_eq!(tensor.kind.bytes_of(512), Some(tensor.bytes.len()), "{name}");
        let values: Vec<u32> = tensor.to_f32().into_iter().map(f32::to_bits).collect();
        let differing = values.iter().zip(expected).position(|(ours, theirs)| ours != theirs);
        assert_eq!((values.len(), differing), (512, None), "{name}");
    }
}

#[test]
fn keys_have_types() {
    let file = Gguf::open(&golden("types.gguf")).unwrap();
    assert_eq!(file.text("general.architecture").unwrap(), Some("llama"));
    assert_eq!(file.text("test.text").unwrap(), Some("grün"));
    assert_eq!(file.integer("test.u8").unwrap(), Some(200));
    assert_eq!(file.integer("test.u64").unwrap(), Some(1 << 40));
    assert_eq!(file.float("test.f32").unwrap(), Some(0.5));
    assert_eq!(file.float("test.f64").unwrap(), Some(0.1));
    assert_eq!(file.flag("test.flag").unwrap(), Some(true));
    assert_eq!(file.texts("test.texts").unwrap().unwrap(), ["", "a", "▁b"]);
    assert_eq!(file.integers("test.integers").unwrap().unwrap(), [1, -2, 3]);
    assert_eq!(file.floats("test.floats").unwrap().unwrap(), [0.5, -1.0]);
    assert_eq!(file.flags("test.flags").unwrap().unwrap(), [true, false]);
    assert_eq!(file.text("test.none").unwrap(), None);
    let messages = [
        (file.integer("test.text").err(), "is of type text, not of type integer"),
        (file.integer("test.integers").err(), "is a list of type integer, not of type integer"),
        (file.integer("test.i16").err(), "is -300"),
        (file.texts("test.text").map(|_| 0).err(), "not a list of type text"),
        (file.float("test.u8").map(|_| 0).err(), "is of type integer, not of type float"),
        (Some(file.missing("llama.block_count")), "has no 'llama.block_count'"),
    ];
    for (error, words) in messages {
        let message = error.expect("it is refused").to_string();
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn shards_are_one_model() {
    for opened in ["shard-00001-of-00002.gguf", "shard-00002-of-00002.gguf"] {
        let file = Gguf::open(&golden(opened)).unwrap();
        assert_eq!(file.names().collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(file.tensor("c").unwrap().to_f32(), [2.0; 3]);
        assert_eq!(file.text("general.architecture").unwrap(), Some("llama"));
        assert_eq!(file.paths().count(), 2);
    }
    let folder = tempfile::tempdir().unwrap();
    let copy = |from: &str, to: &str| std::fs::copy(golden(from), folder.path().join(to)).unwrap();
    copy("shard-00001-of-00002.gguf", "x-00001-of-00002.gguf");
    let message = |name: &str| Gguf::open(&folder.path().join(name)).err().unwrap().to_string();
    assert!(message("x-00001-of-00002.gguf").contains("x-00002-of-00002.gguf: is shard 2 of 2 and is missing"));
    copy("shard-00001-of-00002.gguf", "x-00002-of-00002.gguf");
    assert!(message("x-00001-of-00002.gguf").contains("does not say that it is shard 2 of 2"));
    copy("shard-00001-of-00002.gguf", "alone.gguf");
    assert!(message("alone.gguf").contains("its name does not end in '-00001-of-00002.gguf'"));
    let one = std::fs::read(golden("shard-00001-of-00002.gguf")).unwrap();
    assert!(Gguf::from_bytes(one, "one").err().unwrap().to_string().contains("one of 2 shards"));
}

fn sample() -> Vec<u8> {
    let mut writer = Writer::new();
    writer.key("general.architecture", Value::Text("llama".into())).key("n", Value::U32(3)).key("x", Value::F32(0.5));
    writer.key("words", Value::Texts(vec!["a".into(), "bc".into()])).key("ids", Value::I32s(vec![-1, 7]));
    writer.key("scores", Value::F32s(vec![0.5])).key("yes", Value::Flag(true));
    for (key, value) in [
        ("embedding_length", 64),
        ("block_count", 2),
        ("feed_forward_length", 32),
        ("context_length", 128),
        ("attention.head_count", 4),
        ("attention.head_count_kv", 2),
        ("attention.key_length", 16),
        ("attention.value_length", 16),
        ("attention.sliding_window", 32),
        ("rope.dimension_count", 8),
    ] {
        writer.key(&format!("llama.{key}"), Value::U32(value));
    }
    let tokens = ["<unk>", "<s>", "a", "b", "ab"].map(str::to_owned).to_vec();
    writer.key("tokenizer.ggml.model", Value::Text("llama".into())).key("tokenizer.ggml.tokens", Value::Texts(tokens));
    writer.key("tokenizer.ggml.scores", Value::F32s(vec![0.0, 0.0, -1.0, -2.0, -3.0]));
    writer.key("tokenizer.ggml.token_type", Value::I32s(vec![2, 3, 1, 1, 1]));
    writer.key("tokenizer.chat_template", Value::Text("{{ messages }}".into()));
    writer.tensor("token_embd.weight", TensorType::Q4_0, &[5, 64], vec![1; 5 * 2 * 18]);
    writer.f32("a", &[2, 3], &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    writer.tensor("b", TensorType::Q8_0, &[1, 32], vec![1; 34]);
    writer.to_bytes()
}

#[test]
fn what_is_written_is_read() {
    let file = Gguf::from_bytes(sample(), "sample").unwrap();
    assert_eq!(file.tensor("a").unwrap().to_f32(), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    assert_eq!(file.tensor("a").unwrap().shape, [2, 3]);
    assert_eq!(file.tensor("b").unwrap().kind, TensorType::Q8_0);
    assert_eq!(file.texts("words").unwrap().unwrap(), ["a", "bc"]);
    assert!(file.expect("a", &[3, 2]).unwrap_err().to_string().contains("shape [2, 3]; the metadata ask for [3, 2]"));
    assert!(file.expect("z", &[1]).unwrap_err().to_string().contains("'z' is missing"));
}

/// A file by hand: `counts` are of tensors and keys, `body` all that follows them.
fn by_hand(version: u32, counts: [u64; 2], body: &[&[u8]]) -> Vec<u8> {
    let mut bytes = [b"GGUF".as_slice(), &version.to_le_bytes()].concat();
    counts.iter().for_each(|count| bytes.extend(count.to_le_bytes()));
    body.iter().for_each(|part| bytes.extend(*part));
    bytes
}

fn text(text: &str) -> Vec<u8> {
    [&(text.len() as u64).to_le_bytes(), text.as_bytes()].concat()
}

/// One entry of the list of tensors, dimensions innermost first.
fn entry(name: &str, dimensions: &[u64], kind: u32, offset: u64) -> Vec<u8> {
    let mut bytes = text(name);
    bytes.extend((dimensions.len() as u32).to_le_bytes());
    dimensions.iter().for_each(|size| bytes.extend(size.to_le_bytes()));
    bytes.extend(kind.to_le_bytes());
    bytes.extend(offset.to_le_bytes());
    bytes
}

#[test]
fn lying_files_are_refused_in_words() {
    let data = [0u8; 1024];
    let key = |kind: u32, value: &[u8]| by_hand(3, [0, 1], &[&text("k"), &kind.to_le_bytes(), value]);
    let list = |kind: u32, count: u64| key(9, &[&kind.to_le_bytes()[..], &count.to_le_bytes()].concat());
    let one = |dimensions: &[u64], kind, offset| by_hand(3, [1, 0], &[&entry("t", dimensions, kind, offset), &data]);
    let two = |second: Vec<u8>| by_hand(3, [2, 0], &[&entry("t", &[16], 0, 0), &second, &data]);
    let aligned = |value: u32| {
        by_hand(3, [0, 1], &[&text("general.alignment"), &4u32.to_le_bytes(), &value.to_le_bytes(), &data])
    };
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("empty", vec![], "too short"),
        ("another file", b"PK\x03\x04 and more".to_vec(), "no GGUF file"),
        ("version 1", by_hand(1, [0, 0], &[]), "version 1"),
        ("version 4", by_hand(4, [0, 0], &[]), "version 4"),
        ("big-endian", by_hand(3u32.swap_bytes(), [0, 0], &[]), "big-endian"),
        ("no counts", b"GGUF\x03\0\0\0".to_vec(), "cut short"),
        ("many keys", by_hand(3, [0, u64::MAX], &[]), "claims 18446744073709551615 keys"),
        ("many tensors", by_hand(3, [u64::MAX, 0], &[]), "claims 18446744073709551615 tensors"),
        ("keys past the end", by_hand(3, [0, 5], &[]), "key 0 the file ends inside its header"),
        ("long name", by_hand(3, [0, 1], &[&u64::MAX.to_le_bytes()]), "claims a text of"),
        ("empty name", by_hand(3, [0, 1], &[&text("")]), "a name of 0 bytes"),
        ("name not UTF-8", by_hand(3, [0, 1], &[&1u64.to_le_bytes(), &[0xFF]]), "not UTF-8"),
        ("key twice", by_hand(3, [0, 2], &[&text("k"), &[7, 0, 0, 0, 1], &text("k"), &[7, 0, 0, 0, 1]]), "'k' twice"),
        ("unknown value", key(13, &[]), "unknown type (number 13)"),
        ("long text", key(8, &u64::MAX.to_le_bytes()), "claims a text of"),
        ("long list", list(4, u64::MAX), "claims more values"),
        ("long list of texts", list(8, 1 << 60), "claims more values"),
        ("list of lists", list(9, 1), "array of arrays"),
        ("alignment 0", aligned(0), "no power of two"),
        ("alignment 48", aligned(48), "no power of two"),
        ("alignment 2^31", aligned(1 << 31), "no power of two"),
        ("no dimensions", one(&[], 0, 0), "0 dimensions"),
        ("many dimensions", one(&[1; 5], 0, 0), "5 dimensions"),
        ("dimension 0", one(&[4, 0], 0, 0), "dimension of 0"),
        ("shape overflows", one(&[1 << 40, 1 << 40], 0, 0), "no file can hold"),
        ("bytes overflow", one(&[1 << 62], 0, 0), "no file can hold"),
        ("type not read", one(&[256], 10, 0), "'t' is of type Q2_K; F32"),
        ("type unknown", one(&[256], 999, 0), "unknown type (number 999)"),
        ("half a block", one(&[255], 12, 0), "rows of 255 numbers; type Q4_K needs a multiple of 256"),
        ("misaligned", one(&[4], 0, 4), "no multiple of 32"),
        ("past the end", one(&[4], 0, 1 << 20), "passes the end"),
        ("offset overflows", one(&[4], 0, u64::MAX - 31), "passes the end"),
        ("cut short", one(&[4096], 0, 0), "passes the end"),
        ("overlap", two(entry("u", &[16], 0, 32)), "'u' overlaps tensor 't'"),
        ("same place", two(entry("u", &[16], 0, 0)), "overlaps"),
        ("tensor twice", two(entry("t", &[16], 0, 64)), "'t' twice"),
    ];
    for (name, bytes, words) in cases {
        let message =
            Gguf::from_bytes(bytes, "sample").err().unwrap_or_else(|| panic!("{name} was accepted")).to_string();
        assert!(message.starts_with("sample: ") && message.contains(words), "{name}: {message}");
    }
    let text_not_utf8 = key(8, &[&1u64.to_le_bytes()[..], &[0xFF]].concat());
    let file = Gguf::from_bytes(text_not_utf8, "sample").unwrap();
    assert!(file.text("k").unwrap_err().to_string().contains("not UTF-8"));
}

/// Whether a file is one, and a generator's facts, shape and tokenizer can be read from it.
#[derive(Default)]
struct Readable {
    file: bool,
    facts: bool,
    config: bool,
    codec: bool,
}

/// Reads all that a file claims to hold.
fn read_everything(bytes: Vec<u8>) -> Readable {
    let size = bytes.len();
    let Ok(file) = Gguf::from_bytes(bytes, "changed") else { return Readable::default() };
    let mut held = 0;
    for name in file.names() {
        let tensor = file.tensor(name).expect("it is listed");
        held += tensor.bytes.len();
        assert_eq!(tensor.to_f32().len(), tensor.elements());
    }
    for key in file.keys() {
        let texts = file.texts(key).ok().flatten().map_or(0, |texts| texts.len());
        let integers = file.integers(key).ok().flatten().map_or(0, |values| values.len());
        let floats = file.floats(key).ok().flatten().map_or(0, |values| values.len());
        let flags = file.flags(key).ok().flatten().map_or(0, |values| values.len());
        assert!(8 * texts + integers + 4 * floats + flags <= size);
        let _ = (file.text(key), file.integer(key), file.float(key), file.flag(key));
    }
    assert!(held <= size, "no more than the file has bytes for");
    let facts = Facts::of_gguf(&file, "changed");
    if let Ok(facts) = &facts {
        let _ = facts.memory(u64::MAX, CacheType::Q8);
    }
    let codec = Codec::from_gguf(&file, "changed");
    if let Ok(codec) = &codec {
        let _ = ChatTemplate::from_gguf(&file, "changed", codec);
    }
    Readable { file: true, facts: facts.is_ok(), config: llama::Config::of_gguf(&file).is_ok(), codec: codec.is_ok() }
}

/// A short run of what the fuzz target does for long.
#[test]
fn changed_and_random_files_do_no_harm() {
    let good = sample();
    let mut random = Random(7);
    let mut accepted = [0; 4];
    for _ in 0..100_000 {
        let mut bytes = good.clone();
        for _ in 0..1 + random.below(3) {
            let at = random.below(bytes.len().max(1));
            match random.below(5) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at.min(bytes.len()), random.next() as u8),
                2 if at + 8 <= bytes.len() => bytes[at..at + 8].copy_from_slice(&random.next().to_le_bytes()),
                3 if at < bytes.len() => bytes[at] = [0, 1, 0x7F, 0x80, 0xFF][random.below(5)],
                _ if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
                _ => {}
            }
        }
        let Readable { file, facts, config, codec } = read_everything(bytes);
        accepted.iter_mut().zip([file, facts, config, codec]).for_each(|(count, read)| *count += usize::from(read));
    }
    for accepted in accepted {
        assert!((1000..99_000).contains(&accepted), "changes leave some files valid: {accepted}");
    }
}
