//! Questions that a generator answers from the workspace.

#[path = "common/tiny.rs"]
mod tiny;

use engine::ask::{AskItem, AskReply, AskRequest, Cited, CitedAs, GeneratorWish, NOTHING_FOUND, QUOTING};
use engine::generate::{Call, Finish, Message, Shape, ToolChoice, Tools};
use engine::ingest::IngestRequest;
use engine::ring::{Piece, ring};
use engine::{Cancel, Config, Engine, Error};
use models::{Folders, GeneratorFolders};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

const HANDBOOK: &str = include_str!("../../server/tests/desk/handbook.md");
const SHIPMENTS: &str = include_str!("../../server/tests/desk/shipments.csv");

/// A workspace with two documents, and these generators.
fn opened(generators: &[(&str, Vec<u8>)]) -> (TempDir, Engine) {
    let folder = tempfile::tempdir().unwrap();
    for part in ["models", "docs"] {
        std::fs::create_dir(folder.path().join(part)).unwrap();
    }
    for (name, bytes) in generators {
        std::fs::write(folder.path().join("models").join(name), bytes).unwrap();
    }
    std::fs::write(folder.path().join("docs/handbook.md"), HANDBOOK).unwrap();
    std::fs::write(folder.path().join("docs/shipments.csv"), SHIPMENTS).unwrap();
    let engine = open(folder.path());
    let request = IngestRequest { paths: vec![folder.path().join("docs")], ..IngestRequest::default() };
    engine.ingest(&request, 1, &Cancel::new(), &|_| ()).unwrap();
    (folder, engine)
}

fn open(folder: &Path) -> Engine {
    let generators = GeneratorFolders { models: Some(folder.join("models")), ..GeneratorFolders::default() };
    let config = Config::new(folder.join("workspace"), Folders::default());
    Engine::open(&Config { generators, shared: true, ..config }).unwrap()
}

struct Answer {
    text: String,
    calls: Vec<Call>,
    cited: Vec<Cited>,
    reply: AskReply,
}

impl Answer {
    fn says(&self, part: &str) -> bool {
        self.reply.conditions.degraded.iter().any(|what| what.contains(part))
    }

    fn reused(&self) -> usize {
        self.reply.generated.as_ref().unwrap().reused_tokens
    }

    fn prompt(&self) -> usize {
        self.reply.generated.as_ref().unwrap().prompt_tokens
    }
}

fn ask(engine: &Engine, request: &AskRequest) -> Result<Answer, Error> {
    let cancel = Cancel::new();
    let (writer, reader) = ring(&cancel);
    let reply = engine.ask(request, 1, &cancel, &writer)?;
    drop(writer);
    let (mut text, mut cited, mut calls) = (String::new(), vec![], vec![]);
    while let Some(piece) = reader.next(Duration::from_secs(1))? {
        match piece {
            Piece::Text(piece) => text.push_str(&piece),
            Piece::Item(AskItem::Citation(citation)) => cited.push(citation),
            Piece::Item(AskItem::Call(call)) => calls.push(call),
        }
    }
    Ok(Answer { text, calls, cited, reply })
}

fn request(question: &str) -> AskRequest {
    let mut request = AskRequest::new(question.into(), 3, None);
    request.writing.max_tokens = 40;
    request
}

fn message(role: &'static str, content: &str) -> Message {
    Message::new(role, content)
}

const KETTLE: &str = "How often must the kettle be descaled?";

#[test]
fn the_only_generator_writes_and_its_numbers_are_the_passages() {
    let (_folder, engine) = opened(&[("one.gguf", tiny::saying(4096, "By [2]."))]);
    let answer = ask(&engine, &request(KETTLE)).unwrap();
    assert_eq!((answer.text.as_str(), answer.reply.composer, answer.reply.found), ("By [2].", "generator", true));
    let generated = answer.reply.generated.as_ref().unwrap();
    assert_eq!((generated.model.as_str(), generated.finish, generated.generated_tokens), ("one", Finish::Stop, 7));
    assert!(generated.prompt_tokens > 500 && generated.first_token_ms > 0.0 && answer.reply.complete_ms > 0.0);
    // Passages are numbered in the order of their chunks.
    let found = engine.gather(&request(KETTLE), 1, &Cancel::new()).unwrap();
    let mut ids: Vec<u64> = found.passages.iter().map(|(cited, _)| cited.chunk).collect();
    ids.sort_unstable();
    assert_eq!(answer.cited.iter().map(|cited| (cited.number, cited.chunk)).collect::<Vec<_>>(), [(2, ids[1])]);
    assert!(answer.reply.conditions.degraded.is_empty(), "{:?}", answer.reply.conditions.degraded);
    assert!(answer.reply.conditions.run_ms >= generated.run_ms);
}

#[test]
fn numbers_that_are_no_passages_are_told() {
    let (_folder, engine) = opened(&[("one.gguf", tiny::saying(4096, "By [97]"))]);
    let answer = ask(&engine, &request(KETTLE)).unwrap();
    assert!(answer.cited.is_empty() && answer.says("not given: 97") && answer.says("named none of the passages"));
}

#[test]
fn nothing_is_written_where_nothing_is_found() {
    let (_folder, engine) = opened(&[("one.gguf", tiny::saying(4096, "By [1]."))]);
    let elsewhere = AskRequest { source: Some("*.pdf".into()), ..request("zyzzyva quokka") };
    let answer = ask(&engine, &elsewhere).unwrap();
    assert_eq!((answer.text.as_str(), answer.reply.found), (NOTHING_FOUND, false));
    assert!(answer.reply.generated.is_none() && engine.loaded_models().iter().all(|model| model.kind != "generator"));
}

#[test]
fn passages_are_quoted_where_no_generator_is_to_write() {
    let (_folder, engine) = opened(&[("a.gguf", tiny::saying(4096, "A")), ("b.gguf", tiny::saying(4096, "B"))]);
    let quoted = ask(&engine, &request(KETTLE)).unwrap();
    assert!(quoted.text.contains("citric acid") && quoted.reply.composer == "passages");
    assert!(quoted.says("several generators: a, b") && quoted.says("downbeat models use NAME"));
    let named = |name: &str| AskRequest { generator: GeneratorWish::Named(name.into()), ..request(KETTLE) };
    assert_eq!(ask(&engine, &named("b")).unwrap().text, "B");
    assert!(matches!(ask(&engine, &named("c")), Err(Error::Model(models::Error::NotFound { .. }))));
    engine.set_usual_generator(Some("a")).unwrap();
    assert_eq!(ask(&engine, &request(KETTLE)).unwrap().text, "A");
    let without = AskRequest { generator: GeneratorWish::Passages, ..request(KETTLE) };
    assert!(ask(&engine, &without).unwrap().reply.conditions.degraded.is_empty());
    engine.set_usual_generator(Some("gone")).unwrap();
    let gone = ask(&engine, &request(KETTLE)).unwrap();
    assert!(gone.text.contains("citric acid") && gone.says("gone, which this workspace uses"));
    engine.set_usual_generator(Some(QUOTING)).unwrap();
    let quoted = ask(&engine, &request(KETTLE)).unwrap();
    assert!(quoted.text.contains("citric acid") && quoted.reply.conditions.degraded.is_empty());
}

/// A generator without one of its weights.
fn lacking() -> Vec<u8> {
    let mut file = tiny::saying(4096, "A");
    let name = b"blk.1.ffn_up.weight";
    let at = file.windows(name.len()).position(|part| part == name).unwrap();
    file[at + 6..at + 9].copy_from_slice(b"xxx");
    file
}

#[test]
fn a_generator_that_cannot_be_loaded_is_stood_in_for() {
    let (_folder, engine) = opened(&[("lacks.gguf", lacking())]);
    let answer = ask(&engine, &request(KETTLE)).unwrap();
    assert!(answer.text.contains("citric acid") && answer.reply.composer == "passages");
    assert!(
        answer.says("lacks could not be loaded") && answer.says("ffn_up"),
        "{:?}",
        answer.reply.conditions.degraded
    );
}

#[test]
fn what_was_read_before_is_not_read_again() {
    let (_folder, engine) = opened(&[("one.gguf", tiny::saying(4096, "By [1]."))]);
    let wide = |question: &str| AskRequest { k: 10, ..request(question) };
    let first = ask(&engine, &wide(KETTLE)).unwrap();
    assert_eq!(first.reused(), 0);
    // Another question that finds the same passages, in whichever order.
    let other = ask(&engine, &wide("Who approves journeys above 500 euros?")).unwrap();
    assert!(other.reused() > first.prompt() - 60, "{} of {}", other.reused(), first.prompt());
    // A follow-up begins with the whole conversation, and gives no passage again.
    let before = vec![message("user", KETTLE), message("assistant", &first.text)];
    let next = ask(&engine, &AskRequest { before, ..wide("And with which acid?") }).unwrap();
    assert!(next.reused() >= first.prompt() && next.prompt() < first.prompt() + 200, "{}", next.prompt());
    assert_eq!(next.cited[0], first.cited[0], "numbers stay");
    // A client that tells another story gets no passages of ours put into it.
    let foreign = vec![message("user", KETTLE), message("assistant", "I do not know [7].")];
    let foreign = ask(&engine, &AskRequest { before: foreign, ..request("And with which acid?") }).unwrap();
    assert!(foreign.reused() < first.prompt() && foreign.reply.found);
}

#[test]
fn a_session_is_gone_on_with_after_a_restart() {
    let (folder, engine) = opened(&[("one.gguf", tiny::saying(4096, "By [3]."))]);
    let first = ask(&engine, &request(KETTLE)).unwrap();
    let session = engine.remember(None, KETTLE, &first.text, &first.cited).unwrap();
    let next = AskRequest { session: Some(session), ..request("And with which acid?") };
    let here = ask(&engine, &next).unwrap();
    assert!(here.reused() >= first.prompt());
    drop(engine);
    let engine = open(folder.path());
    let there = ask(&engine, &next).unwrap();
    assert_eq!(
        (there.cited[0].number, there.cited[0].chunk),
        (3, first.cited[0].chunk),
        "what was cited keeps its number"
    );
}

#[test]
fn short_sources_are_given_whole() {
    let (_folder, engine) = opened(&[("one.gguf", tiny::saying(4096, "By [1]."))]);
    let named = AskRequest { source: Some("handbook.md".into()), k: 1, ..request(KETTLE) };
    let answer = ask(&engine, &named).unwrap();
    assert!(matches!(&answer.reply.whole_sources[..], [path] if path.ends_with("docs/handbook.md")));
    assert!(answer.prompt() > HANDBOOK.len() && !answer.reply.conditions.truncated);
    assert!(ask(&engine, &request(KETTLE)).unwrap().reply.whole_sources.is_empty());
}

#[test]
fn what_does_not_fit_is_left_out_and_told() {
    let (_folder, engine) = opened(&[("one.gguf", tiny::saying(1024, "By [1]."))]);
    let answer = ask(&engine, &AskRequest { k: 10, ..request(KETTLE) }).unwrap();
    assert!(answer.reply.conditions.truncated && answer.says("passages fit into the generator's context of 1024"));
    assert!(answer.prompt() <= 1024 && answer.reply.found);
    // Of a long conversation the oldest goes.
    let mut before = Vec::new();
    for at in 0..6 {
        before.push(message("user", &format!("{at} {}", "what? ".repeat(20))));
        before.push(message("assistant", "That."));
    }
    let answer = ask(&engine, &AskRequest { before, ..request(KETTLE) }).unwrap();
    assert!(answer.says("oldest messages of the conversation were left out") && answer.reply.conditions.truncated);
    // A question that is too long by itself is refused with the numbers.
    let refused = ask(&engine, &request(&"kettle ".repeat(400))).err().unwrap();
    assert!(matches!(&refused, Error::Context(why) if why.contains("1024")), "{refused}");
}

#[test]
fn passages_are_quoted_where_none_fits_the_generator() {
    let (_folder, engine) = opened(&[("one.gguf", tiny::saying(520, "By [1]."))]);
    let answer = ask(&engine, &AskRequest { k: 1, ..request(KETTLE) }).unwrap();
    assert_eq!(answer.reply.composer, "passages");
    assert!(answer.reply.generated.is_none() && answer.text.contains("citric acid"), "{}", answer.text);
    assert!(answer.says("0 of 1 passages fit into the generator's context of 520"));
}

#[test]
fn a_conversation_of_which_the_oldest_was_left_out_is_known_again() {
    let (_folder, engine) = opened(&[("one.gguf", tiny::saying(8192, "By [1]."))]);
    let narrow = |question: &str, before: &[Message]| AskRequest { before: before.to_vec(), k: 1, ..request(question) };
    let mut talk = Vec::new();
    for at in 0..4 {
        talk.push(message("user", &format!("{at} {}", "what? ".repeat(330))));
        talk.push(message("assistant", "That."));
    }
    let first = ask(&engine, &narrow(KETTLE, &talk)).unwrap();
    assert!(first.says("oldest messages of the conversation were left out"));
    talk.extend([message("user", KETTLE), message("assistant", &first.text)]);
    let next = ask(&engine, &narrow("And with which acid?", &talk)).unwrap();
    assert!(next.says("oldest messages of the conversation were left out"), "it is told each time");
    assert!(next.reused() >= first.prompt(), "{} of {}", next.reused(), first.prompt());
    assert_eq!(next.cited[0].chunk, first.cited[0].chunk);
}

#[test]
fn what_was_removed_is_not_told_again() {
    let (folder, engine) = opened(&[("one.gguf", tiny::saying(4096, "By [1]."))]);
    let first = ask(&engine, &request(KETTLE)).unwrap();
    assert!(first.cited[0].source.ends_with("handbook.md"));
    let before = vec![message("user", KETTLE), message("assistant", &first.text)];
    let next = AskRequest { before, ..request("Which shipments are late?") };
    assert_eq!(ask(&engine, &next).unwrap().cited[0].chunk, first.cited[0].chunk);
    std::fs::remove_file(folder.path().join("docs/handbook.md")).unwrap();
    let paths = vec![folder.path().join("docs")];
    let request = IngestRequest { paths, prune: true, ..IngestRequest::default() };
    engine.ingest(&request, 1, &Cancel::new(), &|_| ()).unwrap();
    let after = ask(&engine, &next).unwrap();
    assert!(after.reply.generated.is_some() && after.cited[0].source.ends_with("shipments.csv"), "{:?}", after.cited);
}

#[test]
fn an_answer_that_is_cut_says_so() {
    let (_folder, engine) = opened(&[("one.gguf", tiny::gguf(4096, tiny::END))]);
    let answer = ask(&engine, &request(KETTLE)).unwrap();
    assert!(answer.reply.conditions.truncated && answer.says("ends after 40 tokens: no more were asked for"));
    let mut drawn = request(KETTLE);
    drawn.writing.sampling.temperature = 1.5;
    let again = ask(&engine, &drawn).unwrap();
    assert_ne!(answer.text, again.text);
    assert_eq!(again.text, ask(&engine, &drawn).unwrap().text, "the same seed");
    let stop: String = answer.text.chars().skip(5).take(2).collect();
    let mut stopped = request(KETTLE);
    stopped.writing.stops = vec![stop.clone()];
    assert_eq!(ask(&engine, &stopped).unwrap().text, answer.text.split(&stop).next().unwrap());
}

#[test]
fn a_reader_that_goes_ends_the_writing() {
    let (_folder, engine) = opened(&[("one.gguf", tiny::gguf(1 << 14, tiny::END))]);
    let mut long = request(KETTLE);
    long.writing.max_tokens = 3000;
    let cancel = Cancel::new();
    let (writer, reader) = ring(&cancel);
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| engine.ask(&long, 1, &cancel, &writer));
        while !matches!(reader.next(Duration::from_secs(20)), Ok(Some(_))) {}
        drop(reader);
        assert!(matches!(writing.join().unwrap(), Err(Error::Cancelled)));
    });
    assert!(ask(&engine, &request(KETTLE)).is_ok());
}

/// Templates that write calls between marks, and after a tool's answer another byte than before others.
const CALLING: &str = "{% for tool in tools or [] %}{{ tool | tojson }}\n{% endfor %}{% for message in messages %}\
    <|im_start|>{{ message.role }}\n{{ message.content }}\
    {% for call in message.tool_calls or [] %}<tool_call>{{ call.function | tojson }}</tool_call>{% endfor %}<|im_end|>\n{% endfor %}\
    {% if messages[-1].role == 'tool' %}<|im_start|>assistant:{% else %}<|im_start|>assistant\n{% endif %}";

fn calling() -> Vec<u8> {
    let call: &[&str] =
        &["<tool", "_call>", r#"{"name": "clock"#, r#"", "arguments"#, r#"": {"zone": "UTC"}}"#, "</tool_call", ">"];
    tiny::answering(8192, CALLING, &[(b'\n', call), (b':', &["It is noon", " [1]."])])
}

fn clock(choice: ToolChoice) -> Tools {
    Tools::new(vec![json!({"type": "function", "function": {"name": "clock"}})], choice).unwrap()
}

#[test]
fn tools_are_called_beside_passages_and_what_was_told_is_known_again() {
    let (_folder, engine) = opened(&[("one.gguf", calling())]);
    let mut asking = request(KETTLE);
    asking.writing.tools = clock(ToolChoice::Auto);
    let first = ask(&engine, &asking).unwrap();
    let call = first.calls[0].clone();
    assert_eq!((call.name.as_str(), call.arguments.as_str()), ("clock", r#"{"zone":"UTC"}"#));
    assert_eq!((first.text.as_str(), first.cited.len(), first.reply.found), ("", 0, true));
    assert_eq!(first.reply.generated.as_ref().unwrap().finish, Finish::ToolCalls);
    assert!(first.reply.conditions.degraded.is_empty(), "{:?}", first.reply.conditions.degraded);

    // As a client sends it back that keeps no ids and writes arguments in its own way.
    let call = Call { id: "another1".into(), arguments: r#"{ "zone": "UTC" }"#.into(), ..call };
    let called = Message { calls: vec![call.clone()], ..message("assistant", "") };
    let answered = Message { answers: Some((call.id.clone(), call.name.clone())), ..message("tool", "12:00") };
    asking.since = vec![called.clone(), answered.clone()];
    let second = ask(&engine, &asking).unwrap();
    assert_eq!((second.text.as_str(), second.cited[0].number, second.calls.len()), ("It is noon [1].", 1, 0));
    assert_eq!(second.reply.cited_as, CitedAs::Named);
    assert!(second.reused() >= first.prompt(), "{} of {}: the same passages again", second.reused(), first.prompt());

    let mut next = request("And with which acid?");
    next.writing.tools = clock(ToolChoice::Auto);
    next.before = vec![message("user", KETTLE), called, answered, message("assistant", &second.text)];
    let third = ask(&engine, &next).unwrap();
    // The prompts differ first in how they end.
    assert!(third.reused() + 20 > second.prompt(), "{} of {}", third.reused(), second.prompt());
    next.before[2].content = "13:00".into();
    let other = ask(&engine, &next).unwrap();
    assert!(
        other.prompt() < third.prompt(),
        "of another conversation nothing is known: no passages go with its question"
    );
}

#[test]
fn an_answer_in_a_form_is_cited_by_what_was_given() {
    let (_folder, engine) = opened(&[("one.gguf", tiny::gguf(4096, tiny::END))]);
    let mut asking = request(KETTLE);
    let often = json!({"type": "object", "properties": {"often": {"enum": [[1], [2], [97]]}}, "required": ["often"], "additionalProperties": false});
    (asking.writing.shape, asking.writing.max_tokens) = (Shape::Schema(often), 300);
    let answer = ask(&engine, &asking).unwrap();
    let value: Value = serde_json::from_str(&answer.text).unwrap();
    assert!(value["often"].is_array(), "{value}");
    let found = engine.gather(&asking, 1, &Cancel::new()).unwrap();
    let mut ids: Vec<u64> = found.passages.iter().map(|(cited, _)| cited.chunk).collect();
    ids.sort_unstable();
    assert_eq!(answer.cited.iter().map(|cited| cited.chunk).collect::<Vec<_>>(), ids);
    assert_eq!(answer.reply.cited_as, CitedAs::Given);
    assert!(answer.reply.conditions.degraded.is_empty(), "{:?}", answer.reply.conditions.degraded);
}

#[test]
fn no_quotation_stands_in_for_a_form_or_a_call() {
    let none = |request: AskRequest| AskRequest { source: Some("*.pdf".into()), ..request };
    let formed = |mut request: AskRequest| {
        request.writing.shape = Shape::Object;
        request
    };
    let with_tools = |mut request: AskRequest| {
        request.writing.tools = clock(ToolChoice::Auto);
        request
    };
    let (_folder, engine) = opened(&[("one.gguf", calling())]);
    assert!(matches!(ask(&engine, &none(formed(request(KETTLE)))), Err(Error::NothingFound)));
    let called = ask(&engine, &none(with_tools(request(KETTLE)))).unwrap();
    assert!(called.calls.len() == 1 && !called.reply.found && called.says("given no passages"));
    for asking in [formed(request(KETTLE)), with_tools(request(KETTLE))] {
        let quoting = AskRequest { generator: GeneratorWish::Passages, ..asking };
        assert!(matches!(ask(&engine, &quoting), Err(Error::Limit(_))));
    }
    let (_folder, engine) = opened(&[("lacks.gguf", lacking())]);
    for asking in [formed(request(KETTLE)), with_tools(request(KETTLE))] {
        let Err(refused) = ask(&engine, &asking) else { panic!("passages are quoted") };
        assert!(refused.to_string().contains("ffn_up"), "{refused}");
    }
    // Some question leaves room for itself and none for a passage.
    let (_folder, engine) = opened(&[("small.gguf", tiny::gguf(900, tiny::END))]);
    let padded = |more: usize| formed(AskRequest { k: 1, ..request(&format!("{KETTLE} {}", "x".repeat(more))) });
    let refused = |more: usize| match ask(&engine, &padded(more)) {
        Err(Error::Context(why)) => why.contains("no passage fits into the generator's context of 900"),
        other => other.map(|_| false).unwrap(),
    };
    assert!((0..20).any(|at| refused(at * 20)));
}
