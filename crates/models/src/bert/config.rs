//! What the JSON files of a BERT-shaped sentence encoder say: `config.json` of transformers, and `modules.json`,
//! `1_Pooling/config.json` and `sentence_bert_config.json` of sentence-transformers.

use crate::files::{read_json, read_json_if_there};
use crate::{Error, Result};
use serde::Deserialize;
use serde_json::Value;
use std::path::Path;

/// Larger sizes than these in a `config.json` are a mistake or an attack.
const MAX_SIZE: usize = 1 << 20;
const MAX_LAYERS: usize = 1000;

/// How the vectors of a text's tokens become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pooling {
    /// Their mean.
    Mean,
    /// The first token's, `[CLS]`.
    Cls,
}

/// The shape of a BERT-shaped encoder (Devlin et al. 2018, arXiv:1810.04805).
#[derive(Clone, Debug, PartialEq)]
pub struct BertConfig {
    /// Length of a token's vector, and of the result.
    pub hidden: usize,
    /// Encoder layers.
    pub layers: usize,
    /// Attention heads; each has `hidden / heads` values.
    pub heads: usize,
    /// Length of the vector between the two products of the feed-forward part.
    pub intermediate: usize,
    /// Rows of the word embedding table.
    pub vocab: usize,
    /// Rows of the position embedding table.
    pub positions: usize,
    /// Rows of the token type embedding table; row 0 is used.
    pub types: usize,
    /// What is added to the variance in a layer norm.
    pub epsilon: f32,
    /// How tokens become a text.
    pub pooling: Pooling,
    /// The most tokens of a text, special tokens included.
    pub max_tokens: usize,
}

#[derive(Deserialize)]
struct TransformerJson {
    model_type: Option<String>,
    #[serde(default)]
    hidden_size: usize,
    #[serde(default)]
    num_hidden_layers: usize,
    #[serde(default)]
    num_attention_heads: usize,
    #[serde(default)]
    intermediate_size: usize,
    #[serde(default)]
    vocab_size: usize,
    #[serde(default)]
    max_position_embeddings: usize,
    #[serde(default)]
    type_vocab_size: usize,
    #[serde(default)]
    layer_norm_eps: f32,
    hidden_act: Option<String>,
    position_embedding_type: Option<String>,
    #[serde(default)]
    is_decoder: bool,
}

#[derive(Deserialize)]
struct Module {
    r#type: String,
    path: String,
}

impl BertConfig {
    /// Reads the files in `folder`. `name` is for messages.
    ///
    /// # Errors
    /// [`Error::Unsupported`] with the reason if the model is of another kind, [`Error::Read`] and [`Error::BadFile`] for its files.
    pub fn open(folder: &Path, name: &str) -> Result<BertConfig> {
        let unsupported = |reason: String| Error::Unsupported { name: name.to_owned(), reason };
        let json: TransformerJson = read_json(&folder.join("config.json"))?;
        let kind = json.model_type.as_deref().unwrap_or("none");
        if kind != "bert" {
            return Err(unsupported(format!(
                "it is of type '{kind}'; BERT-shaped models (model_type bert) can be run"
            )));
        }
        let activation = json.hidden_act.as_deref().unwrap_or("gelu");
        if activation != "gelu" {
            return Err(unsupported(format!("its activation is '{activation}'; gelu can be run")));
        }
        let positions = json.position_embedding_type.as_deref().unwrap_or("absolute");
        if positions != "absolute" || json.is_decoder {
            return Err(unsupported(
                "it has relative positions or is a decoder; encoders with absolute ones can be run".into(),
            ));
        }
        let sizes = [
            json.hidden_size,
            json.num_attention_heads,
            json.intermediate_size,
            json.vocab_size,
            json.max_position_embeddings,
            json.type_vocab_size,
        ];
        let sane = sizes.iter().all(|size| (1..=MAX_SIZE).contains(size))
            && (1..=MAX_LAYERS).contains(&json.num_hidden_layers)
            && json.hidden_size.is_multiple_of(json.num_attention_heads)
            && (0.0..1.0).contains(&json.layer_norm_eps);
        if !sane {
            return Err(Error::bad_file(&folder.join("config.json"), "its sizes make no encoder"));
        }
        Ok(BertConfig {
            hidden: json.hidden_size,
            layers: json.num_hidden_layers,
            heads: json.num_attention_heads,
            intermediate: json.intermediate_size,
            vocab: json.vocab_size,
            positions: json.max_position_embeddings,
            types: json.type_vocab_size,
            epsilon: json.layer_norm_eps,
            pooling: pooling(folder, json.hidden_size).map_err(|error| match error {
                Refusal::Kind(reason) => unsupported(reason),
                Refusal::File(error) => error,
            })?,
            max_tokens: max_tokens(folder, json.max_position_embeddings)?,
        })
    }
}

enum Refusal {
    Kind(String),
    File(Error),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        Refusal::File(error)
    }
}

/// The pooling that `modules.json` names. Without it, the mean, as sentence-transformers does for plain encoders. Vectors are always
/// brought to length one, whether a normalising module is named or not: all comparisons here are of directions.
fn pooling(folder: &Path, hidden: usize) -> std::result::Result<Pooling, Refusal> {
    let Some(modules) = read_json_if_there::<Vec<Module>>(&folder.join("modules.json"))? else {
        return Ok(Pooling::Mean);
    };
    let mut found = Pooling::Mean;
    for module in &modules {
        match module.r#type.rsplit('.').next().unwrap_or_default() {
            "Transformer" if module.path.is_empty() => {}
            "Transformer" => {
                return Err(Refusal::Kind(format!("its encoder is in a folder of its own, '{}'", module.path)));
            }
            "Normalize" => {}
            "Pooling" => found = pooling_module(&folder.join(&module.path).join("config.json"), hidden)?,
            other => {
                return Err(Refusal::Kind(format!("it has a module '{other}'; pooling and normalising can be run")));
            }
        }
    }
    Ok(found)
}

fn pooling_module(path: &Path, hidden: usize) -> std::result::Result<Pooling, Refusal> {
    let json: Value = read_json(path)?;
    if json["word_embedding_dimension"].as_u64().is_some_and(|dim| dim != hidden as u64) {
        return Err(Refusal::File(Error::bad_file(path, "its dimension is not that of config.json")));
    }
    let mut modes: Vec<&str> = json["pooling_mode"].as_str().into_iter().collect();
    for (key, value) in json.as_object().into_iter().flatten() {
        if let Some(mode) = key.strip_prefix("pooling_mode_")
            && value == &Value::Bool(true)
        {
            modes.push(mode);
        }
    }
    match modes.as_slice() {
        ["mean_tokens" | "mean"] => Ok(Pooling::Mean),
        ["cls_token" | "cls"] => Ok(Pooling::Cls),
        other => Err(Refusal::Kind(format!("it pools by {other:?}; mean and cls can be run"))),
    }
}

/// `max_seq_length` of sentence-transformers, else `model_max_length` of the tokenizer, within the position table.
fn max_tokens(folder: &Path, positions: usize) -> Result<usize> {
    let asked = |file: &str, key: &str| -> Result<Option<usize>> {
        let json: Option<Value> = read_json_if_there(&folder.join(file))?;
        // The tokenizer's "no limit" is a number of 31 digits, which is no integer here.
        Ok(json.and_then(|json| json[key].as_u64()).and_then(|length| usize::try_from(length).ok()))
    };
    let limit = match asked("sentence_bert_config.json", "max_seq_length")? {
        Some(length) => Some(length),
        None => asked("tokenizer_config.json", "model_max_length")?,
    };
    Ok(limit.unwrap_or(positions).clamp(1, positions))
}
