//! Conversations as generators have been told them: with the passages beside each question.
//!
//! A client or the workspace keeps what was asked and answered, without passages. What a generator read is remembered here for a while,
//! so that a follow-up begins with exactly that, and passages that were given once need not be given again.

use super::cited::without_numbers;
use super::{Cited, prompt};
use crate::error::Result;
use crate::generate::{Call, Message};
use crate::open::Engine;
use data::{LiveSources, Role, StoredChunk};
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Conversations remembered.
const MOST: usize = 64;

/// Bytes of them, all together.
const MOST_BYTES: usize = 16 << 20;

/// What servers put after an answer whose reader sees nothing but text.
const SOURCES: &str = "\n\nSources:\n";

/// One message.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Said {
    pub role: &'static str,
    /// As it was asked or answered.
    pub plain: String,
    /// As the generator reads it.
    pub told: String,
    /// The passages in it.
    pub given: Vec<Cited>,
    /// Tools that the assistant called in it.
    pub calls: Vec<Call>,
    /// The call that a tool answers in it: the id, and the tool's name.
    pub answers: Option<(String, String)>,
    /// Whether the context had no room for it: it is not told any more.
    pub left_out: bool,
}

impl From<&Message> for Said {
    fn from(message: &Message) -> Said {
        let (calls, answers) = (message.calls.clone(), message.answers.clone());
        Said { calls, answers, ..Said::new(message.role, &message.content) }
    }
}

impl Said {
    pub fn new(role: &'static str, text: &str) -> Said {
        let (plain, told) = (text.to_owned(), text.to_owned());
        Said { role, plain, told, given: Vec::new(), calls: Vec::new(), answers: None, left_out: false }
    }

    /// As the generator reads it.
    pub fn message(&self) -> Message {
        let (calls, answers) = (self.calls.clone(), self.answers.clone());
        Message { calls, answers, ..Message::new(self.role, self.told.clone()) }
    }

    /// Goes on with its text.
    pub fn push(&mut self, text: &str) {
        self.plain.push_str(text);
        self.told.push_str(text);
    }

    /// Whether a client's message is this one. Ids of calls do not count: Ollama's clients send none.
    fn is(&self, message: &Message) -> bool {
        let (own, theirs) = (self.plain.trim_end(), message.content.trim_end());
        let follows = || theirs.strip_prefix(own).is_some_and(|rest| rest.starts_with(SOURCES));
        let tool = |answers: &Option<(String, String)>| answers.as_ref().map(|(_, name)| name.clone());
        let same = |(own, theirs): (&Call, &Call)| own.name == theirs.name && arguments(own) == arguments(theirs);
        self.role == message.role
            && (own == theirs || (self.role == "assistant" && follows()))
            && tool(&self.answers) == tool(&message.answers)
            && self.calls.len() == message.calls.len()
            && self.calls.iter().zip(&message.calls).all(same)
    }

    fn bytes(&self) -> usize {
        let calls: usize = self.calls.iter().map(|call| call.arguments.len()).sum();
        self.plain.len() + self.told.len() + calls
    }
}

/// The arguments of a call, however they are written.
fn arguments(call: &Call) -> Value {
    serde_json::from_str(&call.arguments).unwrap_or_else(|_| Value::from(call.arguments.as_str()))
}

/// What was told lately.
#[derive(Default)]
pub(crate) struct Told(Mutex<VecDeque<Vec<Said>>>);

impl Told {
    /// The conversation that consists of these messages.
    fn find(&self, messages: &[Message]) -> Option<Vec<Said>> {
        let told = self.lock();
        let same = |said: &&Vec<Said>| said.len() == messages.len() && said.iter().zip(messages).all(|(a, b)| a.is(b));
        told.iter().rev().find(same).cloned()
    }

    /// Remembers one; the oldest are forgotten for it.
    pub(super) fn keep(&self, said: Vec<Said>) {
        let mut told = self.lock();
        told.push_back(said);
        let bytes = |told: &VecDeque<Vec<Said>>| told.iter().flatten().map(Said::bytes).sum::<usize>();
        while told.len() > MOST || (told.len() > 1 && bytes(&told) > MOST_BYTES) {
            told.pop_front();
        }
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Vec<Said>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine {
    /// What was said before a question: a session of the workspace, then what the client sends along.
    pub(super) fn said_before(&self, session: Option<u64>, before: &[Message]) -> Result<Vec<Said>> {
        let stored = session.map(|session| self.workspace.messages(session)).transpose()?.unwrap_or_default();
        let stored: Vec<data::Message> = stored.into_iter().filter(|message| message.role != Role::Note).collect();
        let of_session = stored.iter().map(|message| Message::new(role(message.role), message.text.clone()));
        let talk = before.iter().filter(|message| message.role != "system").cloned();
        let messages: Vec<Message> = of_session.chain(talk).collect();
        if let Some(said) = self.told.find(&messages) {
            let mut given: Vec<u64> = said.iter().flat_map(|said| &said.given).map(|cited| cited.chunk).collect();
            given.sort_unstable();
            given.dedup();
            // What was removed or changed meanwhile must not be told again.
            let live = self.workspace.live_sources()?;
            if self.chunks_before(&live, &given)?.len() == given.len() {
                return Ok(said);
            }
        }
        let mut said: Vec<Said> = messages.iter().map(Said::from).collect();
        for at in 0..said.len() {
            if said[at].role == "assistant" {
                let cited = stored.get(at).map(|message| message.citations.as_slice()).unwrap_or_default();
                self.retell(&mut said[..=at], cited)?;
            }
        }
        Ok(said)
    }

    /// Chunks that were given before. That an index cannot be read is told by the search for the new question.
    fn chunks_before(&self, live: &LiveSources, ids: &[u64]) -> Result<Vec<StoredChunk>> {
        self.indexes.chunks(&self.workspace, live, ids, &mut Vec::new())
    }

    /// Puts the passages that an answer cites back beside its question. Numbers of those that are not known any more are taken out.
    fn retell(&self, said: &mut [Said], cited: &[data::Citation]) -> Result<()> {
        let known: Vec<Cited> = said.iter().flat_map(|said| said.given.iter().cloned()).collect();
        let numbers = cited.iter().filter_map(|cited| Some((cited.number? as usize, cited.chunk)));
        let new: Vec<(usize, u64)> =
            numbers.filter(|(number, _)| known.iter().all(|known| known.number != *number)).collect();
        let ids: Vec<u64> = new.iter().map(|(_, chunk)| *chunk).collect();
        let live = self.workspace.live_sources()?;
        let mut given = Vec::new();
        for stored in self.chunks_before(&live, &ids)? {
            let number = new.iter().find(|(_, chunk)| *chunk == stored.id).map(|(number, _)| *number);
            if let (Some(number), Some(source)) = (number, live.get(&stored.source)) {
                given.push(passage_of(number, &source.path, &stored));
            }
        }
        given.sort_by_key(|(cited, _)| cited.number);
        let Some((answer, before)) = said.split_last_mut() else { return Ok(()) };
        // A quoted answer counts from one: its number may mean another passage than the same one before.
        let meant = |number: usize| {
            let cited = cited.iter().find(|cited| cited.number.is_some_and(|known| known as usize == number));
            cited.map(|cited| cited.chunk)
        };
        let is_known = |number: usize| {
            let mut all = known.iter().chain(given.iter().map(|(cited, _)| cited));
            all.any(|one| one.number == number && meant(number).is_none_or(|chunk| chunk == one.chunk))
        };
        let text = answer.plain.split(SOURCES).next().unwrap_or_default();
        answer.told = without_numbers(text, is_known);
        if let Some(asked) = before.last_mut().filter(|asked| asked.role == "user") {
            asked.told = prompt::question(&given, &asked.plain);
            asked.given = given.into_iter().map(|(cited, _)| cited).collect();
        }
        Ok(())
    }
}

/// A chunk as a passage.
pub(super) fn passage_of(number: usize, path: &str, stored: &StoredChunk) -> (Cited, String) {
    let chunk = &stored.chunk;
    let cited = Cited {
        number,
        chunk: stored.id,
        source: path.to_owned(),
        heading_path: chunk.heading_path.clone(),
        lines: (chunk.line_start, chunk.line_end),
    };
    // Rows say nothing without the head of their table.
    let text = if chunk.kind == data::ChunkKind::Data { chunk.embed_text() } else { chunk.text.clone() };
    (cited, text)
}

fn role(role: Role) -> &'static str {
    if role == Role::User { "user" } else { "assistant" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::IngestRequest;
    use crate::{Cancel, Config};
    use models::Folders;

    fn message(role: &'static str, content: &str) -> Message {
        Message::new(role, content)
    }

    fn talk(question: &str) -> Vec<Said> {
        vec![
            Said { told: "with passages".into(), ..Said::new("user", question) },
            Said::new("assistant", "An answer [1]."),
        ]
    }

    #[test]
    fn a_conversation_is_known_again_by_what_was_said() {
        let told = Told::default();
        told.keep(talk("Who?"));
        told.keep(talk("Where?"));
        let same = [message("user", "Who?"), message("assistant", "An answer [1].\n")];
        assert_eq!(told.find(&same), Some(talk("Who?")));
        let listed = [message("user", "Who?"), message("assistant", "An answer [1].\n\nSources:\n[1] /a.md:1-2")];
        assert_eq!(told.find(&listed), Some(talk("Who?")));
        let call = |name: &str, arguments: &str| {
            let call = Call { id: String::new(), name: name.to_owned(), arguments: arguments.to_owned() };
            Message { calls: vec![call], ..message("assistant", "") }
        };
        let answer = |name: &str| Message { answers: Some((String::new(), name.to_owned())), ..message("tool", "7") };
        let called = |given: Message, answered: Message| [message("user", "Who?"), given, answered];
        told.keep(called(call("look", r#"{"a":1}"#), answer("look")).iter().map(Said::from).collect());
        for (given, answered, known) in [
            (call("look", r#"{ "a": 1 }"#), answer("look"), true),
            (call("look", r#"{"a":2}"#), answer("look"), false),
            (call("see", r#"{"a":1}"#), answer("look"), false),
            (call("look", r#"{"a":1}"#), answer("see"), false),
            (message("assistant", ""), answer("look"), false),
        ] {
            assert_eq!(told.find(&called(given.clone(), answered)).is_some(), known, "{given:?}");
        }
        let other = [message("user", "Who?"), message("assistant", "An answer [1]. Or not.")];
        assert_eq!((told.find(&other), told.find(&same[..1])), (None, None));
    }

    #[test]
    fn numbers_of_quoted_answers_mean_their_own_passages() {
        let folder = tempfile::tempdir().expect("a folder");
        let docs = folder.path().join("docs");
        std::fs::create_dir(&docs).expect("a folder");
        std::fs::write(docs.join("a.md"), "# Kettle\n\nThe kettle is red.\n\n# Stove\n\nThe stove is blue.\n")
            .expect("written");
        let engine = Engine::open(&Config::new(folder.path().join("workspace"), Folders::default())).expect("it opens");
        let request = IngestRequest { paths: vec![docs], ..IngestRequest::default() };
        engine.ingest(&request, 1, &Cancel::new(), &|_| ()).expect("an ingest");
        let source = engine.workspace().sources(None).expect("sources").remove(0);
        let chunks: Vec<StoredChunk> = engine.workspace().source_chunks(source.id).expect("chunks");
        let cited = |at: usize| passage_of(1, &source.path, &chunks[at]).0;
        let session = engine.remember(None, "Kettle?", "- The kettle is red. [1]", &[cited(0)]).expect("kept");
        engine.remember(Some(session), "Stove?", "- The stove is blue. [1]", &[cited(1)]).expect("kept");
        let said = engine.said_before(Some(session), &[]).expect("what was said");
        assert!(said[1].told.contains("[1]") && said[0].given == [cited(0)], "{said:?}");
        assert!(!said[3].told.contains("[1]") && said[3].told.contains("blue"), "{said:?}");
    }

    #[test]
    fn the_oldest_is_forgotten() {
        let told = Told::default();
        for at in 0..=MOST {
            told.keep(talk(&at.to_string()));
        }
        let asked = |at: usize| told.find(&[message("user", &at.to_string()), message("assistant", "An answer [1].")]);
        assert!(asked(0).is_none() && asked(1).is_some() && asked(MOST).is_some());
        told.keep(vec![Said::new("user", &"x".repeat(MOST_BYTES))]);
        assert!(asked(MOST).is_none() && told.lock().len() == 1);
    }
}
