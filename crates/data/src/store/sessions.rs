//! Sessions: questions and their answers with citations.

use serde::{Deserialize, Serialize};

use super::Workspace;
use super::rows::collect;
use crate::error::{Error, Result};

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The person.
    User,
    /// The program.
    Assistant,
    /// The person, to nobody: something to be remembered.
    Note,
}

impl Role {
    fn name(self) -> &'static str {
        match self {
            Role::User => "user",
            Role::Assistant => "assistant",
            Role::Note => "note",
        }
    }

    fn from_name(name: &str) -> Role {
        match name {
            "user" => Role::User,
            "note" => Role::Note,
            _ => Role::Assistant,
        }
    }
}

/// What an answer rests on. Kept with the message, so it stays readable when the chunk is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Its number in the text; not known of older messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// The chunk cited, which may have been deleted since.
    pub chunk: u64,
    /// Path of its source.
    pub path: String,
    /// Its heading path.
    pub heading_path: String,
    /// First line, from 1.
    pub line_start: u32,
    /// Last line, from 1, inclusive.
    pub line_end: u32,
}

/// A conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Session {
    /// Its id, ascending.
    pub id: u64,
    /// What it is about.
    pub title: String,
    /// Start, seconds since 1970.
    pub created: i64,
    /// How many messages it holds.
    pub messages: u64,
}

/// One turn of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Its id, ascending in time.
    pub id: u64,
    /// Who wrote it.
    pub role: Role,
    /// The text.
    pub text: String,
    /// What it cites, in the order of the numbers in the text.
    pub citations: Vec<Citation>,
    /// When, seconds since 1970.
    pub created: i64,
}

impl Workspace {
    /// Begins a session; returns its id.
    pub fn start_session(&self, title: &str) -> Result<u64> {
        self.write("start a session", |db| {
            let id: u64 = db.query_row("SELECT next_session FROM counters", [], |r| r.get(0))?;
            db.execute("UPDATE counters SET next_session = next_session + 1", [])?;
            db.execute("INSERT INTO sessions VALUES (?, ?, epoch(now())::BIGINT)", duckdb::params![id, title])?;
            Ok(id)
        })
    }

    /// Appends a question and its answer in one commit.
    ///
    /// # Errors
    /// [`Error::Invalid`] when there is no such session.
    pub fn append_exchange(&self, session: u64, question: &str, answer: &str, citations: &[Citation]) -> Result<()> {
        self.append(session, &[(Role::User, question, &[]), (Role::Assistant, answer, citations)])
    }

    /// Appends a note.
    ///
    /// # Errors
    /// [`Error::Invalid`] when there is no such session.
    pub fn append_note(&self, session: u64, text: &str) -> Result<()> {
        self.append(session, &[(Role::Note, text, &[])])
    }

    fn append(&self, session: u64, messages: &[(Role, &str, &[Citation])]) -> Result<()> {
        let citations = messages.iter().map(|(_, _, citations)| serde_json::to_string(citations));
        let citations: Vec<String> =
            citations.collect::<Result<_, _>>().map_err(|e: serde_json::Error| Error::Invalid(e.to_string()))?;
        let found = self.write("save a message", |db| {
            let found: u64 = db.query_row("SELECT count(*) FROM sessions WHERE id = ?", [session], |r| r.get(0))?;
            if found == 0 {
                return Ok(false);
            }
            let id: u64 = db.query_row("SELECT next_message FROM counters", [], |r| r.get(0))?;
            db.execute("UPDATE counters SET next_message = next_message + ?", [messages.len() as u64])?;
            let insert = "INSERT INTO messages VALUES (?, ?, ?, ?, ?, epoch(now())::BIGINT)";
            for ((id, (role, text, _)), citations) in (id..).zip(messages).zip(&citations) {
                db.execute(insert, duckdb::params![id, session, role.name(), text, citations])?;
            }
            Ok(true)
        })?;
        if found { Ok(()) } else { Err(Error::Invalid(format!("there is no session {session}"))) }
    }

    /// All sessions, newest first.
    pub fn sessions(&self) -> Result<Vec<Session>> {
        let sql = "SELECT s.id, s.title, s.created, count(m.id)
                   FROM sessions s LEFT JOIN messages m ON m.session = s.id GROUP BY ALL ORDER BY s.id DESC";
        collect(&self.reader(), "reading the sessions", sql, [], |r| {
            Ok(Session { id: r.get(0)?, title: r.get(1)?, created: r.get(2)?, messages: r.get(3)? })
        })
    }

    /// The messages of a session, oldest first.
    pub fn messages(&self, session: u64) -> Result<Vec<Message>> {
        let sql = "SELECT id, role, text, citations, created FROM messages WHERE session = ? ORDER BY id";
        collect(&self.reader(), "reading the messages", sql, [session], message)
    }

    /// Deletes a session, its messages and their vectors; false when there was none.
    pub fn remove_session(&self, session: u64) -> Result<bool> {
        self.write("remove a session", |db| {
            db.execute("DELETE FROM context WHERE message IN (SELECT id FROM messages WHERE session = ?)", [session])?;
            db.execute("DELETE FROM messages WHERE session = ?", [session])?;
            Ok(db.execute("DELETE FROM sessions WHERE id = ?", [session])? > 0)
        })
    }
}

/// A message from the columns id, role, text, citations, created.
pub(super) fn message(row: &duckdb::Row<'_>) -> duckdb::Result<Message> {
    let role = Role::from_name(&row.get::<_, String>(1)?);
    let citations = serde_json::from_str(&row.get::<_, String>(3)?).unwrap_or_default();
    Ok(Message { id: row.get(0)?, role, text: row.get(2)?, citations, created: row.get(4)? })
}
