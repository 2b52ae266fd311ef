//! Where a model keeps its chat template.

use super::ChatTemplate;
use crate::{Codec, Gguf, Result, files};
use serde::Deserialize;
use serde_json::Value;
use std::path::Path;

const KEY: &str = "tokenizer.chat_template";
const TOOLS_KEY: &str = "tokenizer.chat_template.tool_use";

/// The texts of a model's templates.
pub(super) struct Source {
    pub(super) chat: Option<String>,
    /// One of its own for chats with tools.
    pub(super) tools: Option<String>,
}

#[derive(Deserialize, Default)]
struct TokenizerConfig {
    #[serde(default)]
    chat_template: Value,
}

impl ChatTemplate {
    /// The template inside a GGUF file; [`super::PLAIN`] where there is none.
    ///
    /// # Errors
    /// [`crate::Error::BadFile`] if the metadata hold something else in its place, [`crate::Error::Template`] if it is no template.
    pub fn from_gguf(file: &Gguf, name: &str, codec: &Codec) -> Result<ChatTemplate> {
        let text = |key: &str| Ok::<_, crate::Error>(file.text(key)?.map(str::to_owned));
        ChatTemplate::of_codec(Source { chat: text(KEY)?, tools: text(TOOLS_KEY)? }, name, codec)
    }

    /// The template of a model folder: `chat_template.jinja`, or what `tokenizer_config.json` says; [`super::PLAIN`] where there is none.
    ///
    /// # Errors
    /// [`crate::Error::Read`] or [`crate::Error::BadFile`] for these files, [`crate::Error::Template`] if it is no template.
    pub fn open(folder: &Path, name: &str, codec: &Codec) -> Result<ChatTemplate> {
        let alone = folder.join("chat_template.jinja");
        let source = if alone.exists() {
            let text = String::from_utf8(files::read(&alone)?);
            let text = text.map_err(|_| crate::Error::bad_file(&alone, "is not UTF-8"))?;
            Source { chat: Some(text), tools: None }
        } else {
            let path = folder.join("tokenizer_config.json");
            of_config(files::read_json_if_there::<TokenizerConfig>(&path)?.unwrap_or_default())
        };
        ChatTemplate::of_codec(source, name, codec)
    }
}

/// One template, or a list of named ones.
fn of_config(config: TokenizerConfig) -> Source {
    match config.chat_template {
        Value::String(text) => Source { chat: Some(text), tools: None },
        Value::Array(named) => {
            let text = |name: &str| {
                let entry = named.iter().find(|entry| entry["name"] == name)?;
                entry["template"].as_str().map(str::to_owned)
            };
            Source { chat: text("default"), tools: text("tool_use") }
        }
        _ => Source { chat: None, tools: None },
    }
}
