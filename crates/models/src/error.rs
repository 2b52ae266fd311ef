//! What can go wrong with a model, said for people.

use std::path::{Path, PathBuf};

/// The error of every fallible call of this crate.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No model of that name.
    #[error(
        "no model is called '{name}'; known here: {}. Looked in: {}. Put a model folder there or give its path",
        list(known),
        list(looked_in)
    )]
    NotFound {
        /// The name that was asked for.
        name: String,
        /// Names that would have worked.
        known: Vec<String>,
        /// Folders that were searched.
        looked_in: Vec<String>,
    },
    /// The end of several models' names.
    #[error("'{name}' may mean {}; give the whole name of one", meant.join(" or "))]
    Ambiguous {
        /// The name that was asked for.
        name: String,
        /// The whole names that it may stand for.
        meant: Vec<String>,
    },
    /// The model exists, but this program cannot run it.
    #[error("model '{name}' cannot be used: {reason}")]
    Unsupported {
        /// The model's name.
        name: String,
        /// Why not, and what would work.
        reason: String,
    },
    /// A file of the model is damaged or not what its name says.
    #[error("{}: {problem}", path.display())]
    BadFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// The operating system refused to read a file.
    #[error("cannot read {}: {cause}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system answered.
        cause: std::io::Error,
    },
    /// The operating system refused to write a file.
    #[error("cannot write {}: {cause}", path.display())]
    Write {
        /// The file, or the folder it belongs to.
        path: PathBuf,
        /// What the system answered.
        cause: std::io::Error,
    },
    /// A text could not be tokenized.
    #[error("the tokenizer of '{name}' refused a text: {problem}")]
    Tokenise {
        /// The model's name.
        name: String,
        /// What the tokenizer said.
        problem: String,
    },
    /// A chat template is no template, or refuses the messages.
    #[error("the chat template of '{name}' failed: {problem}")]
    Template {
        /// The model's name.
        name: String,
        /// What went wrong, and where in the template.
        problem: String,
    },
    /// An answer's form cannot be used or kept to: a JSON schema, with the place in it, or a tool.
    #[error("{0}")]
    Form(String),
    /// A batch does not fit the embedder it was given to.
    #[error("not a batch of this embedder: {0}")]
    BadBatch(String),
    /// The device refused or failed.
    #[error(transparent)]
    Device(#[from] hal::Error),
    /// An operation refused its sizes or weights.
    #[error(transparent)]
    Op(#[from] ops::OpError),
    /// A graph could not be built or compiled.
    #[error(transparent)]
    Graph(#[from] graph::Error),
}

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn bad_file(path: &Path, problem: impl Into<String>) -> Error {
        Error::BadFile { path: path.to_owned(), problem: problem.into() }
    }
}

fn list(items: &[String]) -> String {
    if items.is_empty() { "none".to_owned() } else { items.join(", ") }
}
