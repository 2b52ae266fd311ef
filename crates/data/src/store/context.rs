//! Vectors of what was said in sessions, opaque bytes: which messages lack them, and how far back they reach.

use duckdb::params;
use serde::Serialize;

use super::rows::{collect, id_list};
use super::sessions::{Message, message};
use super::{Workspace, quote};
use crate::error::Result;

/// How far back the context reaches. Texts of sessions stay, whatever the limits: what is outside is only not found by a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ContextLimits {
    /// The newest messages, at most so many.
    pub messages: u64,
    /// Not older than so many days.
    pub days: u32,
}

impl Default for ContextLimits {
    fn default() -> ContextLimits {
        ContextLimits { messages: 10_000, days: 365 }
    }
}

/// A part of a message with its vector. A short message is one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContextPart {
    /// The message.
    pub message: u64,
    /// Its place in the message, from 0.
    pub part: u32,
    /// Bytes of the message's text.
    pub bytes: (u64, u64),
    /// The vector, as the caller packed it.
    pub data: Vec<u8>,
}

/// A message with the session it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The session.
    pub session: u64,
    /// What the session is about.
    pub title: String,
    /// The message.
    pub message: Message,
}

/// How complete the context is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ContextCounts {
    /// Messages of all sessions.
    pub messages: u64,
    /// Those within the limits.
    pub within: u64,
    /// Of those, the ones that have vectors of the asked embedder.
    pub vectorised: u64,
}

/// `SELECT id` of the messages within the limits.
fn within(limits: &ContextLimits) -> String {
    let ContextLimits { messages, days } = limits;
    format!(
        "SELECT id FROM messages WHERE created >= epoch(now())::BIGINT - {days}::BIGINT * 86400 ORDER BY id DESC LIMIT {messages}"
    )
}

impl Workspace {
    /// Messages within the limits that have no vectors of `embedder`, the newest first, at most `most`.
    pub fn context_missing(&self, embedder: &str, limits: &ContextLimits, most: usize) -> Result<Vec<Said>> {
        let condition = format!(
            "m.id IN ({}) AND m.id NOT IN (SELECT message FROM context WHERE embedder = {})",
            within(limits),
            quote(embedder)
        );
        self.said(&condition, &format!("ORDER BY m.id DESC LIMIT {most}"))
    }

    /// The messages with these ids that still exist, by ascending id.
    pub fn messages_said(&self, ids: &[u64]) -> Result<Vec<Said>> {
        self.said(&format!("m.id IN {}", id_list(ids)), "ORDER BY m.id")
    }

    fn said(&self, condition: &str, rest: &str) -> Result<Vec<Said>> {
        let sql = format!(
            "SELECT m.id, m.role, m.text, m.citations, m.created, s.id, s.title
             FROM messages m JOIN sessions s ON s.id = m.session WHERE {condition} {rest}"
        );
        collect(&self.reader(), "reading what was said", &sql, [], |r| {
            Ok(Said { session: r.get(5)?, title: r.get(6)?, message: message(r)? })
        })
    }

    /// Messages within the limits that hold some of `words` (in lower case), those with most of them first, the newest first among
    /// equals; of one session only, if given.
    pub fn context_by_words(
        &self,
        words: &[String],
        session: Option<u64>,
        limits: &ContextLimits,
        most: usize,
    ) -> Result<Vec<u64>> {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let held: Vec<String> =
            words.iter().map(|word| format!("contains(lower(text), {})::INT", quote(word))).collect();
        let of = session.map_or(String::new(), |session| format!("session = {session} AND "));
        let sql = format!(
            "SELECT id FROM (SELECT id, {} AS held FROM messages WHERE {of}id IN ({}))
             WHERE held > 0 ORDER BY held DESC, id DESC LIMIT {most}",
            held.join(" + "),
            within(limits)
        );
        collect(&self.reader(), "looking for words in sessions", &sql, [], |r| r.get(0))
    }

    /// Stores the vectors of messages, all parts of each, in one transaction. Messages that are gone by then are left out.
    pub fn put_context(&self, embedder: &str, parts: &[ContextPart]) -> Result<()> {
        if parts.is_empty() {
            return Ok(());
        }
        let messages: Vec<u64> = parts.iter().map(|part| part.message).collect();
        self.write("keeping the context", |db| {
            let list = id_list(&messages);
            db.execute(&format!("DELETE FROM context WHERE embedder = ? AND message IN {list}"), [embedder])?;
            let mut appender = db.appender("context")?;
            for ContextPart { message, part, bytes, data } in parts {
                appender.append_row(params![message, part, embedder, bytes.0, bytes.1, data])?;
            }
            appender.flush()?;
            drop(appender);
            db.execute("DELETE FROM context WHERE message NOT IN (SELECT id FROM messages)", []).map(drop)
        })
    }

    /// Drops vectors of messages outside the limits or gone, and of other embedders. Returns of how many messages.
    pub fn prune_context(&self, embedder: &str, limits: &ContextLimits) -> Result<u64> {
        let gone = format!("embedder <> {} OR message NOT IN ({})", quote(embedder), within(limits));
        let sql = format!("SELECT count(DISTINCT message) FROM context WHERE {gone}");
        let messages = collect(&self.reader(), "looking at the context", &sql, [], |r| r.get::<_, u64>(0))?;
        let messages = messages.first().copied().unwrap_or(0);
        if messages > 0 {
            self.write("pruning the context", |db| db.execute(&format!("DELETE FROM context WHERE {gone}"), []))?;
        }
        Ok(messages)
    }

    /// All parts of the messages within the limits that have vectors of `embedder`, by message and part.
    pub fn context_parts(&self, embedder: &str, limits: &ContextLimits) -> Result<Vec<ContextPart>> {
        let sql = format!(
            "SELECT message, part, byte_start, byte_end, data FROM context WHERE embedder = ? AND message IN ({})
             ORDER BY message, part",
            within(limits)
        );
        collect(&self.reader(), "loading the context", &sql, [embedder], |r| {
            let data = r.get_ref(4)?.as_blob().map(<[u8]>::to_vec).unwrap_or_default();
            Ok(ContextPart { message: r.get(0)?, part: r.get(1)?, bytes: (r.get(2)?, r.get(3)?), data })
        })
    }

    /// How complete the context is for `embedder`.
    pub fn context_counts(&self, embedder: &str, limits: &ContextLimits) -> Result<ContextCounts> {
        let within = within(limits);
        let sql = format!(
            "SELECT (SELECT count(*) FROM messages), (SELECT count(*) FROM ({within})),
                (SELECT count(DISTINCT message) FROM context WHERE embedder = ? AND message IN ({within}))"
        );
        let counts = collect(&self.reader(), "counting the context", &sql, [embedder], |r| {
            Ok(ContextCounts { messages: r.get(0)?, within: r.get(1)?, vectorised: r.get(2)? })
        })?;
        Ok(counts.first().copied().unwrap_or_default())
    }
}
