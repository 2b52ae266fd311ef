//! The families of generators that can be run: dense models that read and write text.

use crate::{Error, Result};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::path::Path;

/// A family of generators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Architecture {
    /// Llama 2 and 3, and Mistral, whose GGUF files do not tell themselves apart from it.
    Llama,
    /// Mistral, as its folders say: Llama with a sliding window.
    Mistral,
    /// Qwen 2 and 2.5: biases on queries, keys and values.
    Qwen2,
    /// Qwen 3: norms of queries and keys.
    Qwen3,
    /// Gemma 2: soft caps, norms after each part, windows on every other layer.
    Gemma2,
    /// Gemma 3, for text: norms of queries and keys, windows on five of six layers.
    Gemma3,
    /// Phi 3: queries, keys and values in one matrix, gate and up in another.
    Phi3,
}

impl Architecture {
    /// All of them.
    pub const ALL: [Architecture; 7] = [
        Architecture::Llama,
        Architecture::Mistral,
        Architecture::Qwen2,
        Architecture::Qwen3,
        Architecture::Gemma2,
        Architecture::Gemma3,
        Architecture::Phi3,
    ];

    /// Its name in GGUF files and, but for Gemma 3's `gemma3_text`, in configurations.
    pub fn name(self) -> &'static str {
        match self {
            Architecture::Llama => "llama",
            Architecture::Mistral => "mistral",
            Architecture::Qwen2 => "qwen2",
            Architecture::Qwen3 => "qwen3",
            Architecture::Gemma2 => "gemma2",
            Architecture::Gemma3 => "gemma3",
            Architecture::Phi3 => "phi3",
        }
    }

    /// The family that a file names.
    ///
    /// # Errors
    /// The reason for people: which one it is, and which can be run.
    pub fn from_name(name: &str) -> std::result::Result<Architecture, String> {
        let bare = if name == "gemma3_text" { "gemma3" } else { name };
        Architecture::ALL.into_iter().find(|known| known.name() == bare).ok_or_else(|| {
            let known: Vec<&str> = Architecture::ALL.iter().map(|known| known.name()).collect();
            format!("it is of the architecture '{name}'; {} can be run", known.join(", "))
        })
    }

    /// Whether each head's queries and keys have a norm.
    pub(crate) fn norms_heads(self) -> bool {
        matches!(self, Architecture::Qwen3 | Architecture::Gemma3)
    }

    pub(crate) fn is_gemma(self) -> bool {
        matches!(self, Architecture::Gemma2 | Architecture::Gemma3)
    }
}

/// Reads the `config.json` of a generator. Of Gemma 3 for pictures and text it is the part for text, which leaves out what is as in
/// transformers' own defaults.
///
/// # Errors
/// [`Error::Read`] and [`Error::BadFile`].
pub(crate) fn read_config<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let mut config: Value = crate::files::read_json(path)?;
    if config["model_type"] == Architecture::Gemma3.name()
        && let Some(Value::Object(text)) = config.get_mut("text_config").map(Value::take)
    {
        let quantised = config["quantization_config"].take();
        config = json!({
            "model_type": "gemma3_text",
            "vocab_size": 262_208,
            "hidden_size": 2304,
            "intermediate_size": 9216,
            "num_hidden_layers": 26,
            "num_attention_heads": 8,
            "num_key_value_heads": 4,
            "head_dim": 256,
            "hidden_activation": "gelu_pytorch_tanh",
            "max_position_embeddings": 131_072,
            "query_pre_attn_scalar": 256,
            "sliding_window": 4096,
            "quantization_config": quantised,
        });
        for (key, value) in text {
            config[key] = value;
        }
    }
    serde_json::from_value(config).map_err(|error| Error::bad_file(path, format!("is not as expected: {error}")))
}
