//! Weights, tokenizers and the model families, each written as a graph.
//!
//! It finds models on the machine ([`discover`]), reads their files ([`weights`], [`tokenise`]) and offers them all through one
//! interface, the [`Embedder`]. It does not download, does not schedule and does not store vectors.
//!
//! The key decision: a model is data for our own graphs, read from the files that its authors publish. The usual choice, an
//! inference runtime with a converted copy of each model, was refused: it would own its threads and memory, and then no schedule
//! and no budget could hold across models.

#![forbid(unsafe_code)]

mod architecture;
pub mod bert;
pub mod chat;
pub mod coreml;
pub mod discover;
mod embedder;
mod error;
mod estimate;
mod files;
pub mod form;
pub mod generators;
pub mod gguf;
pub mod llama;
pub mod static_table;
pub mod tokenise;
pub mod weights;

pub use architecture::Architecture;
pub use bert::BertEmbedder;
pub use chat::ChatTemplate;
pub use discover::{Folders, find, list};
pub use embedder::{Cost, Embedder, EmbedderInfo, Embeddings, Pending, Precision};
pub use error::{Error, Result};
pub use estimate::{Footprint, footprint};
pub use form::{Form, Forms};
pub use generators::GeneratorFolders;
pub use gguf::Gguf;
pub use llama::Generator;
pub use static_table::StaticEmbedder;
pub use tokenise::{Codec, TokenBatch, Tokeniser};
pub use weights::Weights;

use std::sync::Arc;

/// The embedder that `name` means (see [`find`]). `programs` compiles its graphs and decides the device; the embedded static table
/// runs on host threads and does not use it.
///
/// # Errors
/// What [`find`] and [`BertEmbedder::open`] refuse.
pub fn open(folders: &Folders, name: &str, programs: &graph::ProgramCache) -> Result<Arc<dyn Embedder>> {
    let (found, precision) = find(folders, name)?;
    match &found.folder {
        None => Ok(Arc::new(StaticEmbedder::new(static_table::embedded()?))),
        Some(folder) => Ok(Arc::new(BertEmbedder::open(folder, &found.name, precision, programs)?)),
    }
}
