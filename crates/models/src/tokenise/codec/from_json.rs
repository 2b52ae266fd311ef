//! A generator's tokenizer from a `tokenizer.json` and the files beside it.

use super::pieces::{Pieces, Role, Spelling};
use super::{Codec, MAX_VOCABULARY, Parts};
use crate::files;
use crate::{Error, Result};
use serde::Deserialize;
use serde_json::Value;
use std::path::Path;
use tokenizers::Tokenizer;

#[derive(Deserialize)]
struct TokenizerJson {
    #[serde(default)]
    decoder: Value,
}

/// What `config.json` and `generation_config.json` say of the ends of a text.
#[derive(Deserialize)]
struct Ends {
    #[serde(default)]
    eos_token_id: Value,
}

/// The special tokens that `tokenizer_config.json` names.
#[derive(Deserialize, Default)]
struct Named {
    #[serde(default)]
    bos_token: Value,
    #[serde(default)]
    eos_token: Value,
}

impl Codec {
    /// The tokenizer of a model folder: `tokenizer.json`, and `tokenizer_config.json`, `generation_config.json` and `config.json` for the
    /// tokens that begin and end a text, where they are there.
    ///
    /// # Errors
    /// [`Error::Read`] or [`Error::BadFile`] for one of these files; the message says which kind of tokenizer it is that cannot be used.
    pub fn open(folder: &Path, name: &str) -> Result<Codec> {
        let path = folder.join("tokenizer.json");
        let mut parts = parts(&files::read(&path)?).map_err(|problem| Error::bad_file(&path, problem))?;
        let named: Named = files::read_json_if_there(&folder.join("tokenizer_config.json"))?.unwrap_or_default();
        let id = |token: &Value| text_of(token).and_then(|text| parts.library.token_to_id(text));
        (parts.bos, parts.eos) = (id(&named.bos_token), id(&named.eos_token));
        for file in ["generation_config.json", "config.json"] {
            if let Some(ends) = files::read_json_if_there::<Ends>(&folder.join(file))? {
                parts.ends.extend(ids_in(&ends.eos_token_id));
            }
        }
        Ok(Codec::new(name, parts))
    }

    /// From the bytes of a `tokenizer.json` alone. The error says what is wrong with them.
    pub fn from_json(json: &[u8], name: &str) -> std::result::Result<Codec, String> {
        Ok(Codec::new(name, parts(json)?))
    }
}

fn parts(json: &[u8]) -> std::result::Result<Parts, String> {
    let unreadable = |error: &dyn std::fmt::Display| format!("is no tokenizer that can be read: {error}");
    let file: TokenizerJson = serde_json::from_slice(json).map_err(|error| unreadable(&error))?;
    let (spelling, drops_first_space) = spelling(&file.decoder)?;
    let mut library = Tokenizer::from_bytes(json).map_err(|error| unreadable(&error))?;
    library.with_truncation(None).map_err(|error| unreadable(&error))?;
    library.with_padding(None);
    let (before, after) = around(&library).map_err(|error| unreadable(&error))?;
    let pieces = pieces(&library, spelling)?;
    Ok(Parts { library, pieces, before, after, bos: None, eos: None, ends: Vec::new(), drops_first_space })
}

/// How tokens are spelled, and whether decoding drops a text's first space, from the `decoder` of the file.
fn spelling(decoder: &Value) -> std::result::Result<(Spelling, bool), String> {
    let alone = std::slice::from_ref(decoder);
    let steps = decoder["decoders"].as_array().map_or(alone, Vec::as_slice);
    let kind = |step: &Value| step["type"].as_str().unwrap_or("none").to_owned();
    let (mut spelling, mut drops) = (None, false);
    for step in steps {
        match kind(step).as_str() {
            "ByteLevel" => spelling = Some(Spelling::Bytes),
            "ByteFallback" => spelling = Some(Spelling::Spaces),
            "Metaspace" => {
                spelling = Some(Spelling::Spaces);
                drops = step["prepend_scheme"] != "never";
            }
            "Replace" if step["pattern"]["String"] == "▁" && step["content"] == " " => {}
            "Strip" if step["content"] == " " && step["start"] == 1 && step["stop"] == 0 => drops = true,
            "Fuse" => {}
            other => return Err(format!("decodes with a step '{other}', which no supported generator does")),
        }
    }
    let spelling = spelling.ok_or("decodes neither bytes nor spaces: it is no generator's tokenizer")?;
    Ok((spelling, drops))
}

/// The ids that the file puts before and after a text, seen on an example.
fn around(library: &Tokenizer) -> tokenizers::Result<(Vec<u32>, Vec<u32>)> {
    let bare = library.encode_fast("a", false)?;
    let whole = library.encode_fast("a", true)?;
    let (bare, whole) = (bare.get_ids(), whole.get_ids());
    let at = whole.windows(bare.len().max(1)).position(|window| window == bare).unwrap_or(0);
    let after = whole.get(at + bare.len()..).unwrap_or(&[]);
    Ok((whole[..at].to_vec(), after.to_vec()))
}

fn pieces(library: &Tokenizer, spelling: Spelling) -> std::result::Result<Pieces, String> {
    let vocabulary = library.get_vocab(true);
    let length = vocabulary.values().max().map_or(0, |&id| id as usize + 1);
    if length == 0 || length > MAX_VOCABULARY {
        return Err(format!("has ids up to {length}; 1 to {MAX_VOCABULARY} tokens can be read"));
    }
    let added = library.get_added_tokens_decoder();
    let mut tokens = vec![None; length];
    for (text, &id) in &vocabulary {
        let role = match added.get(&id) {
            Some(token) if token.special => Role::Special,
            Some(_) => Role::Literal,
            None => Role::Piece,
        };
        tokens[id as usize] = Some((text.as_str(), role));
    }
    Ok(Pieces::new(spelling, tokens.into_iter()))
}

/// A token's text: written plainly, or as an object with its `content`.
fn text_of(token: &Value) -> Option<&str> {
    token.as_str().or_else(|| token["content"].as_str())
}

/// One id or a list of them.
fn ids_in(value: &Value) -> Vec<u32> {
    let one = |value: &Value| value.as_u64().and_then(|id| u32::try_from(id).ok());
    match value.as_array() {
        Some(ids) => ids.iter().filter_map(one).collect(),
        None => one(value).into_iter().collect(),
    }
}
