//! `downbeat bench`: our own figures as JSON lines.
use crate::context::Context;
use crate::failure::{Exit, Failure};
/// Measure
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:")]
pub struct Raw {}
/// What to measure.
#[derive(Debug)]
pub struct Request;
impl Raw {
    /// Nothing to check.
    pub fn validate(self) -> Request {
        Request
    }
}
/// Measures.
pub fn run(_: &Request, _: &Context) -> Result<Exit, Failure> {
    Ok(Exit::Done)
}
