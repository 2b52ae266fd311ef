//! Answers in a form, calls of tools, reasoning, probabilities and guesses: with random weights, so that whatever holds here holds for
//! any model.

#[path = "common/tiny.rs"]
mod tiny;

use engine::generate::{Call, Finish, Generator, Item, Message, Place, Reply, Request, Room, Shape, ToolChoice, Tools};
use engine::ring::{Piece, ring};
use engine::{Cancel, Config, Error};
use hal::{Device, Options as DeviceOptions};
use models::llama::Options;
use models::{Folders, GeneratorFolders, generators, llama};
use ops::sample::{Sampler, Settings};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::Duration;
use tempfile::TempDir;

/// A template of a generator that thinks, unless it is told not to.
const THINKING: &str = "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}\
    <|im_start|>assistant\n<think>\n{% if enable_thinking is false %}\n</think>\n\n{% endif %}";

const WARM: Settings = Settings { temperature: 1.0, ..Settings::GREEDY };

struct Opened {
    folder: TempDir,
    generator: Generator,
}

impl Opened {
    fn new(file: &[u8]) -> Opened {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tiny.gguf");
        std::fs::write(&path, file).unwrap();
        let found = generators::find(&GeneratorFolders::default(), &path.to_string_lossy()).unwrap();
        let config = Config::new(folder.path().join("workspace"), Folders::default());
        let room = Room { context: 0, answers: 2 };
        let generator = Generator::load(&found, &Place::open(&config).unwrap(), room).unwrap();
        Opened { folder, generator }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("tiny.gguf")
    }
}

#[derive(Default)]
struct Told {
    text: String,
    reasoning: String,
    calls: Vec<Call>,
    tokens: Vec<engine::generate::Token>,
}

fn asked(opened: &Opened, request: &Request) -> Result<(Told, Reply), Error> {
    let cancel = Cancel::new();
    let (writer, reader) = ring(&cancel);
    let reply = opened.generator.answer(request, 1, &cancel, &writer)?;
    drop(writer);
    let mut told = Told::default();
    while let Some(piece) = reader.next(Duration::from_secs(5))? {
        match piece {
            Piece::Text(text) => told.text += &text,
            Piece::Item(Item::Reasoning(text)) => told.reasoning += &text,
            Piece::Item(Item::Call(call)) => told.calls.push(call),
            Piece::Item(Item::Token(token)) => told.tokens.push(token),
        }
    }
    Ok((told, reply))
}

fn request(content: &str, max_tokens: usize) -> Request {
    Request { max_tokens: Some(max_tokens), ..Request::new(vec![Message::new("user", content)]) }
}

/// Whether a value follows a schema.
type Follows = fn(&Value) -> bool;

/// Schemas that answers come to an end with.
fn schemas() -> Vec<(Value, Follows)> {
    vec![
        (
            json!({"type": "object", "properties": {"name": {"type": "string", "maxLength": 8}, "age": {"type": "integer", "minimum": 0, "maximum": 99}},
                "required": ["name", "age"], "additionalProperties": false}),
            |value| {
                let name = value["name"].as_str().is_some_and(|name| name.chars().count() <= 8);
                name && value["age"].as_f64().is_some_and(|age| (0.0..=99.0).contains(&age) && age.fract() == 0.0)
            },
        ),
        (json!({"enum": ["yes", "no", "it depends"]}), |value| {
            ["yes", "no", "it depends"].iter().any(|one| value == one)
        }),
        (json!({"type": "array", "items": {"type": "boolean"}, "minItems": 1, "maxItems": 3}), |value| {
            value.as_array().is_some_and(|list| (1..=3).contains(&list.len()) && list.iter().all(Value::is_boolean))
        }),
        (
            json!({"type": "object", "properties": {"kind": {"const": "point"}, "at": {"type": "array", "items": {"type": "integer", "minimum": -9, "maximum": 9},
                "minItems": 2, "maxItems": 2}}, "required": ["kind", "at"], "additionalProperties": false}),
            |value| value["kind"] == "point" && value["at"].as_array().is_some_and(|at| at.len() == 2),
        ),
        (json!({"anyOf": [{"type": "null"}, {"type": "string", "pattern": "^[a-c]{2,4}$"}]}), |value| {
            value.is_null()
                || value.as_str().is_some_and(|text| {
                    (2..=4).contains(&text.len()) && text.bytes().all(|c| (b'a'..=b'c').contains(&c))
                })
        }),
    ]
}

#[test]
fn random_weights_write_json_that_follows_its_schema() {
    let opened = Opened::new(&tiny::gguf(2048, tiny::END));
    for (schema, follows) in schemas() {
        for (at, settings) in
            [Settings::GREEDY, WARM, Settings { seed: 9, ..WARM }, Settings { temperature: 5.0, ..WARM }]
                .into_iter()
                .enumerate()
        {
            let shape = Shape::Schema(schema.clone());
            let asking = Request { shape, sampling: settings, ..request(&format!("question {at}"), 400) };
            let (told, reply) = asked(&opened, &asking).unwrap();
            assert_eq!(reply.finish, Finish::Stop, "{schema}: {}", told.text);
            let value: Value =
                serde_json::from_str(&told.text).unwrap_or_else(|error| panic!("{error}: {}", told.text));
            assert!(follows(&value), "{schema}: {}", told.text);
        }
    }
    let object = Request { shape: Shape::Object, sampling: WARM, ..request("an object", 60) };
    let (told, reply) = asked(&opened, &object).unwrap();
    assert!(told.text.starts_with('{'), "{}", told.text);
    assert!(reply.finish == Finish::Length || serde_json::from_str::<Value>(&told.text).unwrap().is_object());
    let unusable = Shape::Schema(json!({"properties": {"a": {"type": "txt"}}}));
    let Err(refused) = asked(&opened, &Request { shape: unusable, ..request("a", 5) }) else { panic!("it is taken") };
    assert!(refused.to_string().contains("#/properties/a"), "{refused}");
}

fn tools(choice: ToolChoice) -> Tools {
    let town = json!({"type": "object", "properties": {"town": {"enum": ["Rome", "Oslo"]}}, "required": ["town"], "additionalProperties": false});
    let given = vec![
        json!({"type": "function", "function": {"name": "weather", "description": "The weather", "parameters": town}}),
        json!({"type": "function", "function": {"name": "now"}}),
    ];
    Tools::new(given, choice).unwrap()
}

#[test]
fn random_weights_call_tools_where_they_must_and_tell_what_they_were_told() {
    let opened = Opened::new(&tiny::gguf(2048, tiny::END));
    for choice in [ToolChoice::Required, ToolChoice::Named("weather".to_owned()), ToolChoice::Named("now".to_owned())] {
        for seed in 0..3 {
            let sampling = Settings { seed, ..WARM };
            let asking = Request { tools: tools(choice.clone()), sampling, ..request("What is it like in Rome?", 300) };
            let (told, reply) = asked(&opened, &asking).unwrap();
            assert_eq!((reply.finish, told.calls.len(), told.text.as_str()), (Finish::ToolCalls, 1, ""), "{choice:?}");
            let call = &told.calls[0];
            let arguments: Value = serde_json::from_str(&call.arguments).unwrap();
            match call.name.as_str() {
                "weather" => assert!(arguments["town"] == "Rome" || arguments["town"] == "Oslo", "{call:?}"),
                "now" => assert_eq!(arguments, json!({})),
                other => panic!("{other}"),
            }
            if let ToolChoice::Named(name) = &choice {
                assert_eq!(&call.name, name);
            }
            assert!(reply.degraded.iter().any(|what| what.contains("knows no tools")), "{:?}", reply.degraded);
        }
    }
    let plain = asked(&opened, &request("hello", 20)).unwrap();
    let without = Request { tools: tools(ToolChoice::None), ..request("hello", 20) };
    let (told, reply) = asked(&opened, &without).unwrap();
    assert_eq!((told.text, reply.prompt_tokens), (plain.0.text, plain.1.prompt_tokens), "it is not told of them");
    let auto = Request { tools: tools(ToolChoice::Auto), ..request("hello", 20) };
    assert!(asked(&opened, &auto).unwrap().1.prompt_tokens > reply.prompt_tokens + 50);
    let both = Request { shape: Shape::Object, ..auto };
    assert!(matches!(asked(&opened, &both), Err(Error::Limit(_))));
    // A conversation goes on after a call.
    let call = Call { id: "abcdefghi".to_owned(), name: "now".to_owned(), arguments: "{}".to_owned() };
    let mut messages = vec![Message::new("user", "When?"), Message::new("assistant", ""), Message::new("tool", "noon")];
    messages[1].calls = vec![call];
    messages[2].answers = Some(("abcdefghi".to_owned(), "now".to_owned()));
    let after = Request { max_tokens: Some(5), tools: tools(ToolChoice::Auto), ..Request::new(messages) };
    assert_eq!(asked(&opened, &after).unwrap().1.generated_tokens, 5);
}

#[test]
fn reasoning_is_no_text_and_no_form() {
    let opened = Opened::new(&tiny::gguf_with(1024, tiny::END, THINKING));
    let (told, reply) = asked(&opened, &request("hello", 30)).unwrap();
    assert!(told.text.is_empty() && !told.reasoning.is_empty(), "{}", told.text);
    assert_eq!((reply.finish, reply.reasoning_tokens), (Finish::Length, 30));
    let (codec, said) = tiny::greedy(&opened.path(), "hello", 30);
    assert_eq!(told.reasoning.trim(), codec.decode(&said).trim());
    // A stop text does not end reasoning, and a form is not kept to within it.
    let stop: String = told.reasoning.chars().skip(3).take(2).collect();
    let formed = Request { stops: vec![stop], shape: Shape::Object, ..request("hello", 30) };
    assert_eq!(asked(&opened, &formed).unwrap().0.reasoning, told.reasoning);
    let (schema, follows) = schemas().remove(0);
    let at_once = Request { think: Some(false), shape: Shape::Schema(schema), sampling: WARM, ..request("hello", 300) };
    let (told, reply) = asked(&opened, &at_once).unwrap();
    assert!(told.reasoning.is_empty() && follows(&serde_json::from_str(&told.text).unwrap()), "{}", told.text);
    assert_eq!((reply.finish, reply.reasoning_tokens), (Finish::Stop, 0));
    let plain = Opened::new(&tiny::gguf(1024, tiny::END));
    let wished = Request { think: Some(true), ..request("hello", 3) };
    assert!(asked(&plain, &wished).unwrap().1.degraded.iter().any(|what| what.contains("does not think")));
}

/// What the models crate alone says: chosen tokens, and the logits that each was chosen from.
fn alone(opened: &Opened, content: &str, settings: Settings, count: usize) -> (Vec<u32>, Vec<Vec<f32>>) {
    let (_, prompt) = tiny::prompt(&opened.path(), content);
    let device = Device::open(&DeviceOptions::default()).unwrap();
    let generator =
        llama::Generator::open(&opened.path(), &device, Options { rows: 1024, ..Options::default() }).unwrap();
    let mut sequence = generator.sequence(1000).unwrap();
    let (mut sampler, mut next) = (Sampler::new(settings).unwrap(), prompt.clone());
    let (mut said, mut rows) = (Vec::new(), Vec::new());
    while said.len() < count {
        let logits = generator.append(&mut sequence, &next).unwrap().row(0).to_vec();
        let token = sampler.pick(&logits, &prompt, &said).unwrap();
        rows.push(logits);
        said.push(token);
        next = vec![token];
    }
    (said, rows)
}

#[test]
fn probabilities_are_those_of_the_logits() {
    let opened = Opened::new(&tiny::gguf(1024, tiny::END));
    let settings = Settings { presence: 0.7, frequency: 0.2, repetition: 1.1, seed: 4, ..WARM };
    let asking = Request { logprobs: Some(5), sampling: settings, ..request("hello", 40) };
    let (told, reply) = asked(&opened, &asking).unwrap();
    let (said, rows) = alone(&opened, "hello", settings, reply.generated_tokens);
    assert_eq!(told.tokens.len(), said.len());
    for ((token, &id), logits) in told.tokens.iter().zip(&said).zip(&rows) {
        let sum: f64 = logits.iter().map(|logit| f64::from(*logit).exp()).sum();
        let expected = f64::from(logits[id as usize]) - sum.ln();
        assert!((f64::from(token.chosen.logprob) - expected).abs() < 1e-3, "{token:?}, {expected}");
        assert!(token.top.len() == 5 && token.top.is_sorted_by(|a, b| a.logprob >= b.logprob), "{token:?}");
        let most = logits.iter().copied().fold(f32::MIN, f32::max);
        assert!((f64::from(token.top[0].logprob) - (f64::from(most) - sum.ln())).abs() < 1e-3);
    }
    let bytes: Vec<u8> = told.tokens.iter().flat_map(|token| token.chosen.bytes.clone()).collect();
    assert_eq!(String::from_utf8_lossy(&bytes), told.text);
    // A form forbids tokens; their probabilities are those that the model had.
    let formed = Request { logprobs: Some(0), shape: Shape::Object, ..request("hello", 1) };
    let chosen = asked(&opened, &formed).unwrap().0.tokens.remove(0);
    let sum: f64 = rows[0].iter().map(|logit| f64::from(*logit).exp()).sum();
    let expected = f64::from(rows[0][usize::from(b'{')]) - sum.ln();
    assert!(chosen.chosen.token == "{" && (f64::from(chosen.chosen.logprob) - expected).abs() < 1e-3, "{chosen:?}");
    assert!(matches!(asked(&opened, &Request { logprobs: Some(21), ..request("a", 1) }), Err(Error::Limit(_))));
}

#[test]
fn guesses_change_no_text() {
    let opened = Opened::new(&tiny::gguf(1024, tiny::END));
    let (mut guessed, mut right) = (0, 0);
    for (content, settings) in [
        ("hello", Settings::GREEDY),
        ("again and again and again", Settings::GREEDY),
        ("hello", Settings { temperature: 0.3, seed: 1, ..WARM }),
        ("hello", Settings { temperature: 0.5, top_k: 4, seed: 2, ..WARM }),
        ("hello", Settings { top_k: 2, frequency: 0.1, seed: 3, ..WARM }),
    ] {
        let asking = Request { logprobs: Some(0), sampling: settings, ..request(content, 300) };
        let (told, reply) = asked(&opened, &asking).unwrap();
        let (said, _) = alone(&opened, content, settings, reply.generated_tokens);
        let codec = tiny::prompt(&opened.path(), content).0;
        let expected: Vec<u8> = said.iter().flat_map(|id| codec.bytes(*id)).copied().collect();
        let bytes: Vec<u8> = told.tokens.iter().flat_map(|token| token.chosen.bytes.clone()).collect();
        assert_eq!(String::from_utf8_lossy(&bytes), String::from_utf8_lossy(&expected), "{content}, {settings:?}");
        guessed += reply.guessed_tokens;
        right += reply.guessed_right;
        // The next prompt goes on from what the sequence holds, guesses or not.
        let more =
            vec![Message::new("user", content), Message::new("assistant", told.text), Message::new("user", "more")];
        let asking = Request { max_tokens: Some(20), ..Request::new(more) };
        let (again, _) = asked(&opened, &asking).unwrap();
        let fresh = Opened::new(&tiny::gguf(1024, tiny::END));
        assert_eq!(again.text, asked(&fresh, &asking).unwrap().0.text);
    }
    assert!(guessed > 20 && right > 5, "{right} of {guessed} were right");
}
