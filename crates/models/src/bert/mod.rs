//! BERT-shaped sentence encoders (Devlin et al. 2018, arXiv:1810.04805; Reimers and Gurevych 2019, arXiv:1908.10084), as a graph.

mod config;
mod encoder;
mod layout;
mod packaged;
mod run;

pub use config::{BertConfig, Pooling};
pub use encoder::BertEmbedder;
pub(crate) use encoder::{SLICE_TEXTS, SLICE_TOKENS};
pub use layout::{Layer, Layout, Linear, Norm, Tables};
pub(crate) use packaged::PackagedRun;
pub(crate) use run::Run;
