//! The `downbeat` program: thin, one file per verb.
//!
//! It turns arguments into requests to the engine and replies into text or JSON. It holds no logic that another surface (the
//! server, the desktop) would need as well.
//!
//! The key decision: arguments exist in two levels, raw as typed ([`args::Raw`]) and validated ([`args::Invocation`]), so that
//! nothing a person typed can fail once work has begun. Reading flags where they are used was refused for that reason.
#![forbid(unsafe_code)]

mod args;
mod context;
mod failure;
mod interrupt;
mod output;
mod remote;
mod verbs;

use args::Invocation;
use context::Context;
use failure::{Exit, Failure};
use output::Output;
use std::process::ExitCode;

/// Threads that answer, query and embed allocate at once; the system's allocator makes them share locks and returns pages that are
/// needed again a moment later.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let typed: Vec<std::ffi::OsString> = std::env::args_os().collect();
    // Known before parsing, so that a failure to parse is told in the form that was asked for.
    let json = typed.iter().take_while(|word| *word != "--").any(|word| word == "--json");
    let outcome = match args::parse(typed) {
        Ok(Invocation { globals, request }) => {
            let out = Output::new(globals.json, globals.quiet, globals.colour);
            verbs::run(request, &Context::new(globals, out))
        }
        Err(args::Refused::Shown(code)) => return code,
        Err(args::Refused::Because(failure)) => Err(failure),
    };
    match outcome {
        Ok(exit) => exit.into(),
        Err(failure) => failure.tell(json),
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

impl Failure {
    /// Tells the person, or the calling program, and gives the exit code.
    fn tell(self, json: bool) -> ExitCode {
        // Who reads has gone: there is nobody to tell.
        if matches!(self, Failure::ReaderGone) {
            return Exit::Done.into();
        }
        if json {
            let _ = output::write_line(&mut std::io::stdout(), &self.told().to_string());
        } else {
            let _ = output::write_line(&mut std::io::stderr(), &format!("downbeat: {self}"));
        }
        self.exit().into()
    }
}
