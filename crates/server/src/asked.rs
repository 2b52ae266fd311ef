//! What is asked of the workspace, by whichever route.

use crate::cut::Cut;
use crate::generator;
use engine::ask::{AskRequest, DEFAULT_ANSWER_TOKENS, Writing};
use engine::generate::Shape;

/// A question with all that goes with it.
pub struct Asked {
    /// The question, where it is looked for, and how a generator of this machine would write.
    pub request: AskRequest,
    /// Settings for an external generator: temperature and the like.
    pub settings: generator::Settings,
    /// Where the answer ends at the latest.
    pub cut: Cut,
    /// Whether the text should name its sources at the end, for clients that show nothing but the text.
    pub sources_in_text: bool,
    /// Whether question and answer are kept in the workspace, and in which session.
    pub keep: Option<Keep>,
    /// What of the request is not followed.
    pub warnings: Vec<String>,
    /// What else is not followed where passages are quoted.
    pub unless_generated: Vec<String>,
    /// The field that only a generator of this machine can follow, so that it is refused where none writes.
    pub needs: Option<String>,
}

/// The first such field of a request; `form` is the one that says the form.
pub fn needs(form: &str, writing: &Writing, tools_at: Option<usize>) -> Option<String> {
    if !writing.tools.is_none() {
        Some("tools".to_owned())
    } else if writing.shape != Shape::Free {
        Some(form.to_owned())
    } else {
        tools_at.map(|at| format!("messages[{at}]"))
    }
}

/// How a generator writes, as a request says it.
pub fn writing(tokens: Option<usize>, stops: &[String], sampling: ops::sample::Settings) -> Writing {
    // An empty text ends nothing, as where passages are quoted.
    let stops = stops.iter().filter(|stop| !stop.is_empty()).cloned().collect();
    Writing { max_tokens: tokens.unwrap_or(DEFAULT_ANSWER_TOKENS), stops, sampling, ..Writing::default() }
}

/// Where a question and its answer are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// The session to go on with; a new one if not given.
    pub session: Option<u64>,
}
