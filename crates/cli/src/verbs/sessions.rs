//! `downbeat sessions`: what was asked, answered and noted, and finding it again.

use crate::args::{checked_hits, joined};
use crate::context::{Context, SESSION};
use crate::failure::{Exit, Failure};
use crate::interrupt;
use crate::output::{Output, count, table};
use data::{Message, Role, Session};
use engine::Engine;
use engine::context::{ContextHit, ContextRequest};
use serde_json::json;
use std::io::{BufRead, IsTerminal};
use std::time::{SystemTime, UNIX_EPOCH};

const AFTER_HELP: &str = "\
Examples:
  downbeat sessions ls
  downbeat sessions show 12
  downbeat sessions search \"who approves travel\"
  downbeat sessions note \"The seal of the weir pump is due in May\"
  downbeat sessions rm 12 13 --yes
  downbeat sessions limits --messages 5000 --days 90

Questions, answers and notes are kept with the workspace and found again by meaning and by words. Limits say how far back
a search reaches (10000 messages and 365 days if not set); texts stay until they are removed.

JSON: ls {sessions: [{id, title, created, messages}], context: {messages, within, vectorised, limits}}; show {session, messages: […]};
search {hits: [{rank, session, title, message, role, created, score, cosine, passage, matches}], device, …}; note {session};
rm {removed: [ids]}; limits {messages, within, vectorised, limits: {messages, days}, pruned}. Exit code 3 when nothing matches.";

/// List, show, search and remove sessions, keep notes
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Raw {
    #[command(subcommand)]
    action: RawAction,
}

#[derive(Debug, clap::Subcommand)]
enum RawAction {
    /// List the sessions, the newest first
    #[command(after_help = AFTER_HELP)]
    Ls,
    /// Show what was said in a session
    #[command(after_help = AFTER_HELP)]
    Show {
        /// Its number
        session: u64,
    },
    /// Search through all sessions, or one
    #[command(after_help = AFTER_HELP)]
    Search {
        /// Words, or a question
        #[arg(required = true, value_name = "QUERY")]
        words: Vec<String>,
        /// How many hits
        #[arg(short, value_name = "N", default_value_t = 8)]
        k: usize,
        /// Only this session
        #[arg(long, value_name = "ID")]
        session: Option<u64>,
    },
    /// Keep a note
    #[command(after_help = AFTER_HELP)]
    Note {
        /// The note
        #[arg(required = true, value_name = "TEXT")]
        words: Vec<String>,
        /// In this session [else a new one]
        #[arg(long, value_name = "ID")]
        session: Option<u64>,
    },
    /// Remove sessions with all that was said in them
    #[command(after_help = AFTER_HELP)]
    Rm {
        /// Their numbers
        #[arg(required = true, value_name = "ID")]
        sessions: Vec<u64>,
        /// Do not ask
        #[arg(short, long)]
        yes: bool,
    },
    /// Show or change how far back a search reaches
    #[command(after_help = AFTER_HELP)]
    Limits {
        /// The newest messages, at most so many
        #[arg(long, value_name = "N")]
        messages: Option<u64>,
        /// Not older than so many days
        #[arg(long, value_name = "N")]
        days: Option<u32>,
    },
}

/// What to do with sessions.
#[derive(Debug)]
pub enum Request {
    /// List them.
    List,
    /// Show one.
    Show(u64),
    /// Search.
    Search(ContextRequest),
    /// Keep a note, in a session if given.
    Note(String, Option<u64>),
    /// Remove some; whether that was confirmed beforehand.
    Remove(Vec<u64>, bool),
    /// Show or change the limits: messages, days.
    Limits(Option<u64>, Option<u32>),
}

impl Raw {
    /// Checks texts and numbers.
    pub fn validate(self) -> Result<Request, Failure> {
        Ok(match self.action {
            RawAction::Ls => Request::List,
            RawAction::Show { session } => Request::Show(session),
            RawAction::Search { words, k, session } => {
                Request::Search(ContextRequest { query: joined(&words, "the query")?, k: checked_hits(k)?, session })
            }
            RawAction::Note { words, session } => Request::Note(joined(&words, "the note")?, session),
            RawAction::Rm { sessions, yes } => Request::Remove(sessions, yes),
            RawAction::Limits { messages, days } => Request::Limits(messages, days),
        })
    }
}

/// Does it.
pub fn run(request: &Request, context: &Context) -> Result<Exit, Failure> {
    match request {
        Request::List => list(context),
        Request::Show(session) => show(*session, context),
        Request::Search(request) => search(request, context),
        Request::Note(text, session) => note(text, *session, context),
        Request::Remove(sessions, yes) => remove(sessions, *yes, context),
        Request::Limits(messages, days) => limits(*messages, *days, context),
    }
}

fn list(context: &Context) -> Result<Exit, Failure> {
    let engine = context.open_to_read()?;
    let (sessions, status) = (engine.workspace().sessions()?, engine.context_status()?);
    let out = &context.out;
    if out.json {
        out.value(&json!({"sessions": sessions, "context": status}))?;
    } else if sessions.is_empty() {
        out.line("No sessions yet; `downbeat ask` begins one.")?;
    } else {
        let rows = sessions.iter().map(|session| {
            vec![session.id.to_string(), age(session.created), session.messages.to_string(), short(&session.title)]
        });
        out.line(table(&["id", "begun", "messages", "about"], &[0, 2], rows.collect()))?;
        if !out.quiet {
            let known = format!(
                "{} of {} can be found by meaning",
                status.counts.vectorised,
                count(status.counts.messages, "message")
            );
            out.line(out.style.dim(&known))?;
        }
    }
    Ok(if sessions.is_empty() { Exit::Nothing } else { Exit::Done })
}

fn show(id: u64, context: &Context) -> Result<Exit, Failure> {
    let engine = context.open_to_read()?;
    let out = &context.out;
    let Some(session) = find(&engine, id)? else { return nothing(out, &format!("there is no session {id}")) };
    let messages = engine.workspace().messages(id)?;
    if out.json {
        out.value(&json!({"session": session, "messages": messages}))?;
        return Ok(Exit::Done);
    }
    let style = out.style;
    out.line(format!("{}  {}", style.bold(&session.title), style.dim(&age(session.created))))?;
    for Message { role, text, citations, created, .. } in &messages {
        out.line(format!("\n{} {}", style.name(who(*role)), style.dim(&age(*created))))?;
        out.line(text.trim_end())?;
        for (number, cited) in (1..).zip(citations) {
            out.line(style.dim(&format!("[{number}] {}:{}-{}", cited.path, cited.line_start, cited.line_end)))?;
        }
    }
    Ok(Exit::Done)
}

fn search(request: &ContextRequest, context: &Context) -> Result<Exit, Failure> {
    let cancel = interrupt::watch();
    // What was said since the last time is vectorised first, where the workspace can be written to.
    let engine = match context.open_to_write() {
        Ok(engine) => {
            engine.catch_up_context(&cancel)?;
            engine
        }
        Err(Failure::Failed { kind: "locked" | "file" | "damaged", .. }) => context.open_to_read()?,
        Err(other) => return Err(other),
    };
    let reply = engine.search_context(request, SESSION, &cancel)?;
    let out = &context.out;
    if out.json {
        out.value(&reply)?;
    } else {
        for degraded in &reply.conditions.degraded {
            out.note(degraded);
        }
        if reply.hits.is_empty() {
            out.line("Nothing like that was said.")?;
        }
        reply.hits.iter().try_for_each(|hit| show_hit(out, hit))?;
    }
    Ok(if reply.hits.is_empty() { Exit::Nothing } else { Exit::Done })
}

fn show_hit(out: &Output, hit: &ContextHit) -> Result<(), Failure> {
    let style = out.style;
    let head = format!("session {}, {} {}", hit.session, who(hit.role), age(hit.created));
    out.line(format!("{}. {}  {}", hit.rank, style.bold(&short(&hit.title)), style.dim(&head)))?;
    out.line(format!("   {}\n", style.marked(&hit.passage, &hit.matches).replace('\n', "\n   ")))
}

fn note(text: &str, session: Option<u64>, context: &Context) -> Result<Exit, Failure> {
    let cancel = interrupt::watch();
    let engine = context.open_or_make()?;
    let session = engine.note(session, text)?;
    let out = &context.out;
    if out.json {
        out.value(&json!({"session": session}))?;
    } else {
        out.line(format!("Kept in session {session}."))?;
    }
    engine.catch_up_context(&cancel)?;
    Ok(Exit::Done)
}

fn remove(ids: &[u64], yes: bool, context: &Context) -> Result<Exit, Failure> {
    let engine = context.open_to_write()?;
    let out = &context.out;
    let sessions: Vec<Session> = engine.workspace().sessions()?;
    let found: Vec<&Session> = sessions.iter().filter(|session| ids.contains(&session.id)).collect();
    if found.is_empty() {
        return nothing(out, "no session has such a number; `downbeat sessions ls` lists them");
    }
    let messages: u64 = found.iter().map(|session| session.messages).sum();
    let what = format!("{} with {}", count(found.len() as u64, "session"), count(messages, "message"));
    if !yes {
        if out.json || !std::io::stdin().is_terminal() {
            return Err(Failure::usage(format!("this would remove {what}; add --yes to do it")));
        }
        out.part(&format!("Remove {what} for good? [y/N] "))?;
        let mut reply = String::new();
        std::io::stdin().lock().read_line(&mut reply)?;
        if !matches!(reply.trim().to_lowercase().as_str(), "y" | "yes") {
            out.line("Nothing was removed.")?;
            return Ok(Exit::Done);
        }
    }
    for session in &found {
        engine.remove_session(session.id)?;
    }
    if out.json {
        out.value(&json!({"removed": found.iter().map(|session| session.id).collect::<Vec<_>>()}))?;
    } else {
        out.line(format!("Removed {what}."))?;
    }
    Ok(Exit::Done)
}

fn limits(messages: Option<u64>, days: Option<u32>, context: &Context) -> Result<Exit, Failure> {
    let changes = messages.is_some() || days.is_some();
    let engine = if changes { context.open_to_write()? } else { context.open_to_read()? };
    let mut pruned = 0;
    if changes {
        let mut limits = engine.context_limits()?;
        limits.messages = messages.unwrap_or(limits.messages);
        limits.days = days.unwrap_or(limits.days);
        engine.set_context_limits(&limits)?;
        pruned = engine.catch_up_context(&interrupt::watch())?.pruned;
    }
    let (status, out) = (engine.context_status()?, &context.out);
    if out.json {
        let mut value = json!(status);
        value["pruned"] = pruned.into();
        out.value(&value)?;
    } else {
        let (newest, days) = (count(status.limits.messages, "message"), count(u64::from(status.limits.days), "day"));
        out.line(format!("A search reaches back over the newest {newest}, at most {days}."))?;
        let counts = status.counts;
        out.line(format!(
            "{} are kept; {} lie within the limits, {} of them can be found by meaning.",
            count(counts.messages, "message"),
            counts.within,
            counts.vectorised
        ))?;
    }
    Ok(Exit::Done)
}

fn find(engine: &Engine, id: u64) -> Result<Option<Session>, Failure> {
    Ok(engine.workspace().sessions()?.into_iter().find(|session| session.id == id))
}

fn nothing(out: &Output, message: &str) -> Result<Exit, Failure> {
    if out.json {
        out.value(&json!({"error": {"kind": "not_found", "message": message}}))?;
    } else {
        out.line(format!("downbeat: {message}"))?;
    }
    Ok(Exit::Nothing)
}

fn who(role: Role) -> &'static str {
    match role {
        Role::User => "question",
        Role::Assistant => "answer",
        Role::Note => "note",
    }
}

/// A title on one line.
fn short(title: &str) -> String {
    const LONGEST: usize = 60;
    let line = title.lines().next().unwrap_or_default();
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// How long ago something was, in words.
fn age(created: i64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64);
    let ago = |number: i64, unit: &str| format!("{} ago", count(number as u64, unit));
    match (now - created).max(0) {
        seconds if seconds < 60 => "just now".to_owned(),
        seconds if seconds < 3_600 => ago(seconds / 60, "minute"),
        seconds if seconds < 86_400 => ago(seconds / 3_600, "hour"),
        seconds => ago(seconds / 86_400, "day"),
    }
}
