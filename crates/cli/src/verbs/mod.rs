//! The verbs, one file each: arguments as typed, their validated form, and what it does.

pub mod add;
pub mod ask;
pub mod bench;
pub mod chat;
mod conformance;
pub mod demo;
pub mod doctor;
mod generators;
pub mod models;
pub mod ps;
pub mod pull;
pub mod search;
pub mod serve;
pub mod sessions;
pub mod sources;
pub mod sql;
pub mod top;
pub mod tune;

use crate::context::Context;
use crate::failure::{Exit, Failure};

/// What to do, validated.
#[derive(Debug)]
pub enum Request {
    /// Add files and folders.
    Add(add::Request),
    /// Search.
    Search(search::Request),
    /// Answer a question.
    Ask(Box<ask::Request>),
    /// Talk with a generator.
    Chat(Box<chat::Request>),
    /// Run a query.
    Sql(sql::Request),
    /// List, show or remove sources.
    Sources(sources::Request),
    /// List, show, search and remove sessions, keep notes.
    Sessions(sessions::Request),
    /// List models or change the embedder.
    Models(models::Request),
    /// Download a model.
    Pull(pull::Request),
    /// Serve over HTTP.
    Serve(Box<serve::Request>),
    /// Measure which sizes suit this machine.
    Tune(tune::Request),
    /// List what a running server has loaded.
    Ps(ps::Request),
    /// Look at a running server.
    Top(top::Request),
    /// Look whether all is well.
    Doctor(doctor::Request),
    /// Run everything at once.
    Demo(demo::Request),
    /// Measure.
    Bench(bench::Request),
}

/// Does it.
pub fn run(request: Request, context: &Context) -> Result<Exit, Failure> {
    match request {
        Request::Add(request) => add::run(&request, context),
        Request::Search(request) => search::run(&request, context),
        Request::Ask(request) => ask::run(&request, context),
        Request::Chat(request) => chat::run(&request, context),
        Request::Sql(request) => sql::run(&request, context),
        Request::Sources(request) => sources::run(&request, context),
        Request::Sessions(request) => sessions::run(&request, context),
        Request::Models(request) => models::run(&request, context),
        Request::Pull(request) => pull::run(&request, context),
        Request::Serve(request) => serve::run(&request, context),
        Request::Tune(request) => tune::run(&request, context),
        Request::Doctor(request) => doctor::run(&request, context),
        Request::Ps(request) => ps::run(&request, context),
        Request::Top(request) => top::run(&request, context),
        Request::Demo(request) => demo::run(&request, context),
        Request::Bench(request) => bench::run(&request, context),
    }
}
