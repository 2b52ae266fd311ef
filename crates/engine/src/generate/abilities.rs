//! What a generator was made to do beside answering, before it is loaded.

use crate::error::Result;
use crate::open::Engine;
use models::generators::{Files, Generator as Found};
use models::{ChatTemplate, Codec, Gguf};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// What a generator's chat template knows of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Abilities {
    /// It tells the generator of tools. Others are told of them in words, and may call them all the same.
    pub tools: bool,
    /// The generator thinks before it answers.
    pub thinking: bool,
}

/// Abilities that were looked up, as long as their files stay the same: looking reads the whole vocabulary.
#[derive(Default)]
pub(crate) struct KnownAbilities(Mutex<HashMap<(PathBuf, Option<SystemTime>), Abilities>>);

/// Generators of which it is remembered.
const MOST_KNOWN: usize = 256;

/// The tokenizer and the chat template of what discovery has found.
///
/// # Errors
/// [`models::Error`] for files that are broken or lack one of them.
pub(super) fn texts(found: &Found) -> Result<(Codec, ChatTemplate)> {
    let name = &found.name;
    match &found.files {
        Files::Gguf(path) => {
            let file = Gguf::open(path)?;
            let codec = Codec::from_gguf(&file, name)?;
            let template = ChatTemplate::from_gguf(&file, name, &codec)?;
            Ok((codec, template))
        }
        Files::Folder(folder) => {
            let codec = Codec::open(folder, name)?;
            let template = ChatTemplate::open(folder, name, &codec)?;
            Ok((codec, template))
        }
    }
}

impl Engine {
    /// What a generator was made to do.
    ///
    /// # Errors
    /// [`models::Error`] for files that are broken.
    pub fn abilities(&self, found: &Found) -> Result<Abilities> {
        let path = found.files.path().to_owned();
        let changed = path.metadata().and_then(|facts| facts.modified()).ok();
        let (key, known) = ((path, changed), &self.known_abilities.0);
        if let Some(abilities) = known.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(*abilities);
        }
        let (_, template) = texts(found)?;
        let abilities = Abilities { tools: template.takes_tools(), thinking: template.thinks().is_some() };
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(key, abilities);
        Ok(abilities)
    }
}
