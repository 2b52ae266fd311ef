//! The embedded static table.

mod common;

use models::static_table::{StaticTable, embedded};
use models::{Embedder, StaticEmbedder, Tokeniser};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

fn made_up() -> StaticEmbedder {
    let vocab = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nred\ngreen\n##ish\n";
    let config = r#"{"model_type":"static-embedding","dim":2,"vocab_size":7,"max_tokens":4}"#;
    let header = r#"{"embeddings":{"dtype":"I8","shape":[7,2],"data_offsets":[0,14]},"scales":{"dtype":"F32","shape":[7],"data_offsets":[14,42]}}"#;
    let rows: [i8; 14] = [0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 10, -10, 0];
    let scales = [0.0f32, 1.0, 0.0, 0.0, 0.3, 0.4, 0.1];
    let mut weights = (header.len() as u64).to_le_bytes().to_vec();
    weights.extend(header.bytes());
    weights.extend(rows.iter().map(|&value| value as u8));
    weights.extend(scales.iter().flat_map(|value| value.to_le_bytes()));
    let table = StaticTable::new(config.as_bytes(), vocab.as_bytes(), weights.leak()).expect("a table");
    StaticEmbedder::new(Arc::new(table))
}

#[test]
fn a_text_is_the_weighted_sum_of_its_tokens() {
    let cases = [
        ("red", [1.0, 0.0], 0),
        ("GREEN!", [0.0, 1.0], 0),
        ("red green", [0.6, 0.8], 0),
        ("redish green", [2.0 / 20f32.sqrt(), 4.0 / 20f32.sqrt()], 0),
        ("", [0.0, 0.0], 0),
        ("unheard of", [0.0, 0.0], 0),
        ("red red red red green green", [1.0, 0.0], 2),
    ];
    let embedder = made_up();
    let texts: Vec<&str> = cases.iter().map(|(text, ..)| *text).collect();
    let embeddings = embedder.embed(&texts).unwrap();
    for (index, (text, vector, cut)) in cases.iter().enumerate() {
        let close = embeddings.row(index).iter().zip(vector).all(|(a, b)| (a - b).abs() < 1e-6);
        assert!(close, "{text:?} is {:?}, not {vector:?}", embeddings.row(index));
        assert_eq!(embeddings.cut[index], *cut, "{text:?}");
    }
}

#[test]
fn damaged_tables_are_refused_in_words() {
    let config = br#"{"model_type":"static-embedding","dim":2,"vocab_size":7,"max_tokens":4}"#;
    let cases: [(&[u8], &[u8], &str); 4] = [
        (b"{}", b"a\n", "config.json"),
        (br#"{"model_type":"bert","dim":2,"vocab_size":1,"max_tokens":4}"#, b"a\n", "type 'bert'"),
        (config, b"a\n", "1 tokens instead of 7"),
        (config, b"a\nb\nc\nd\ne\nf\n[UNK]\n", "too short"),
    ];
    for (config, vocab, words) in cases {
        let message = StaticTable::new(config, vocab, b"").err().expect("it is refused");
        assert!(message.contains(words), "{message}");
    }
}

/// MiniLM's tokenizer with the table's vocabulary, served by the `tokenizers` crate.
fn library() -> Tokeniser {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/static-minilm");
    let vocab = std::fs::read_to_string(assets.join("vocab.txt")).expect("vocab.txt can be read");
    let ids: HashMap<&str, usize> = vocab.lines().enumerate().map(|(id, token)| (token, id)).collect();
    let json = std::fs::read(common::minilm().join("tokenizer.json")).expect("tokenizer.json can be read");
    let mut json: Value = serde_json::from_slice(&json).expect("tokenizer.json is JSON");
    let added = json["added_tokens"].as_array_mut().expect("a list of tokens");
    added.retain(|token| ids.contains_key(token["content"].as_str().expect("a token")));
    for token in added {
        token["id"] = ids[token["content"].as_str().expect("a token")].into();
    }
    json["model"]["vocab"] = json!(ids);
    json["post_processor"] = Value::Null;
    let max_tokens = StaticEmbedder::new(embedded().expect("the program's own table")).info().max_tokens;
    Tokeniser::library_from_json(&serde_json::to_vec(&json).expect("it is JSON"), "library", max_tokens)
        .expect("a tokenizer")
}

#[test]
fn the_embedded_table_tokenises_as_its_model() {
    let embedder = StaticEmbedder::new(embedded().expect("the program's own table"));
    let golden = common::Golden::read();
    let (mine, theirs) = (embedder.tokeniser().batch(&golden.texts()), library().batch(&golden.texts()));
    let (mine, theirs) = (mine.unwrap(), theirs.unwrap());
    for (index, text) in golden.texts.iter().enumerate() {
        assert_eq!(mine.text(index), theirs.text(index), "{text:?}");
        assert_eq!(mine.cut(index), theirs.cut(index), "{text:?}");
    }
}

#[test]
fn the_embedded_table_fits_the_repository() {
    let table = embedded().expect("the program's own table");
    assert!(table.bytes() <= 8 << 20, "{} bytes", table.bytes());
    assert!(table.dim() >= 128);
}
