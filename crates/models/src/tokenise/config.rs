//! Reading `tokenizer.json`: which tokenizer it describes.

use super::wordpiece::{MAX_WORD_CHARS, WordPiece};
use super::{Kind, vocabulary};
use serde::Deserialize;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::HashMap;

/// The parts that decide whether the own WordPiece may serve the file, and that it needs.
#[derive(Deserialize)]
struct TokenizerJson<'a> {
    #[serde(default)]
    added_tokens: Vec<AddedToken>,
    normalizer: Normalizer,
    pre_tokenizer: Value,
    post_processor: Value,
    #[serde(borrow)]
    model: Model<'a>,
}

#[derive(Deserialize)]
struct AddedToken {
    id: u32,
    content: String,
    single_word: bool,
    lstrip: bool,
    rstrip: bool,
    normalized: bool,
}

#[derive(Deserialize)]
struct Normalizer {
    r#type: String,
    clean_text: bool,
    handle_chinese_chars: bool,
    strip_accents: Option<bool>,
    lowercase: bool,
}

#[derive(Deserialize)]
struct Model<'a> {
    r#type: Option<String>,
    unk_token: String,
    continuing_subword_prefix: String,
    max_input_chars_per_word: usize,
    #[serde(borrow)]
    vocab: HashMap<Cow<'a, str>, u32>,
}

/// The own WordPiece, if the file describes exactly what it does.
pub(super) fn fast(json: &[u8]) -> Option<Kind> {
    let file: TokenizerJson = serde_json::from_slice(json).ok()?;
    let normalizer = &file.normalizer;
    let uncased = normalizer.r#type == "BertNormalizer"
        && normalizer.clean_text
        && normalizer.handle_chinese_chars
        && normalizer.lowercase
        && normalizer.strip_accents.unwrap_or(true);
    let model = &file.model;
    let wordpiece = model.r#type.as_deref() == Some("WordPiece")
        && model.continuing_subword_prefix == vocabulary::CONTINUATION
        && model.max_input_chars_per_word == MAX_WORD_CHARS;
    let plain = |token: &AddedToken| !(token.single_word || token.lstrip || token.rstrip || token.normalized);
    if !uncased
        || !wordpiece
        || file.pre_tokenizer.get("type")? != "BertPreTokenizer"
        || !file.added_tokens.iter().all(plain)
    {
        return None;
    }
    let (before, after) = template(&file.post_processor)?;
    // Ids without a token are holes; no text makes an empty token.
    let mut tokens = vec![""; file.model.vocab.len()];
    for (token, &id) in &file.model.vocab {
        *tokens.get_mut(id as usize)? = token;
    }
    let literals = file.added_tokens.into_iter().map(|token| (token.content, token.id)).collect();
    let words = WordPiece::new(&tokens, &file.model.unk_token, literals)?;
    Some(Kind::Fast { words: Box::new(words), before, after })
}

/// The ids before and after a single text.
fn template(processor: &Value) -> Option<(Vec<u32>, Vec<u32>)> {
    let id = |value: &Value| value.as_u64().and_then(|id| u32::try_from(id).ok());
    match processor.get("type")?.as_str()? {
        "BertProcessing" => Some((vec![id(&processor["cls"][1])?], vec![id(&processor["sep"][1])?])),
        "TemplateProcessing" => {
            let (mut before, mut after, mut seen) = (Vec::new(), Vec::new(), false);
            for part in processor["single"].as_array()? {
                if let Some(special) = part.get("SpecialToken") {
                    let ids = processor["special_tokens"].get(special["id"].as_str()?)?["ids"].as_array()?;
                    let ids: Option<Vec<u32>> = ids.iter().map(id).collect();
                    if seen { after.extend(ids?) } else { before.extend(ids?) }
                } else if !std::mem::replace(&mut seen, true) {
                    part.get("Sequence")?;
                } else {
                    return None;
                }
            }
            seen.then_some((before, after))
        }
        _ => None,
    }
}

/// The `tokenizers` crate for this file, without the truncation and padding that the file asks for.
pub(super) fn library(json: &[u8]) -> Result<Kind, String> {
    let mut tokenizer = tokenizers::Tokenizer::from_bytes(json)
        .map_err(|error| format!("is no tokenizer that can be read: {error}"))?;
    tokenizer.with_truncation(None).map_err(|error| format!("cannot switch its truncation off: {error}"))?;
    tokenizer.with_padding(None);
    Ok(Kind::Library(Box::new(tokenizer)))
}
