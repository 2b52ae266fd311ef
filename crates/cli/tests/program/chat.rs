use crate::desk::{Desk, Ran};
use crate::tiny;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

const GREEDY: [&str; 6] = ["chat", "--model", "tiny.gguf", "--temperature", "0", "--max-tokens"];

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("tiny.gguf", tiny::gguf(512, tiny::END));
    desk
}

fn greedy(desk: &Desk, more: &[&str]) -> Ran {
    desk.run(&[&GREEDY, more].concat())
}

/// The lines of a run with --json: what the pieces add up to, and the last line.
fn lines(ran: Ran) -> (String, Value) {
    let mut lines: Vec<Value> =
        ran.out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect();
    let last = lines.pop().expect("a last line");
    (lines.iter().map(|line| line["text"].as_str().expect("a piece")).collect(), last)
}

#[test]
fn a_greedy_answer_is_what_the_model_says_and_repeatable() {
    let desk = desk();
    let (codec, said) = tiny::greedy(&desk.path("tiny.gguf"), "Is the kettle on?", 40);
    let expected = codec.decode(&said) + "\n";
    let ran = greedy(&desk, &["40", "Is the", "kettle on?"]).ended(0);
    assert_eq!(ran.out, expected);
    assert!(ran.err.contains("ends after 40 tokens: --max-tokens"), "{}", ran.err);
    assert_eq!(greedy(&desk, &["40", "Is the kettle on?", "--threads", "1"]).ended(0).out, expected);
    let mut piped = desk.command(&[&GREEDY[..], &["40"]].concat());
    let mut piped = piped.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    piped.stdin.take().unwrap().write_all(b"Is the kettle on?\n").unwrap();
    assert_eq!(String::from_utf8(piped.wait_with_output().unwrap().stdout).unwrap(), expected);
    assert!(!desk.path("workspace").exists(), "a chat needs no workspace");
}

#[test]
fn json_tells_the_answer_and_how_it_was_made() {
    let desk = desk();
    let (text, last) = lines(greedy(&desk, &["12", "hello", "--json"]).ended(0));
    assert_eq!((&last["done"], &last["answer"], &last["finish"]), (&true.into(), &text.into(), &"length".into()));
    // <|im_start|> u s e r \n h e l l o <|im_end|> \n <|im_start|> a s s i s t a n t \n
    assert_eq!((&last["prompt_tokens"], &last["generated_tokens"]), (&24.into(), &12.into()), "{last}");
    for field in ["load_ms", "prefill_ms", "first_token_ms", "decode_tokens_per_s", "complete_ms", "run_ms"] {
        assert!(last[field].as_f64().is_some_and(|number| number > 0.0), "{field} in {last}");
    }
    for field in ["model", "device", "device_reason"] {
        assert!(last[field].as_str().is_some_and(|text| !text.is_empty()), "{field} in {last}");
    }
    let drawn = |seed: &str| {
        let args = ["chat", "--model", "tiny.gguf", "--seed", seed, "--temperature", "2", "--max-tokens", "30"];
        lines(desk.run(&[&args[..], &["hello", "--json"]].concat()).ended(0)).1["answer"].clone()
    };
    assert_eq!(drawn("7"), drawn("7"));
    assert_ne!(drawn("7"), drawn("8"));
    let (_, told) = lines(greedy(&desk, &["1", "hello", "--system", "Be brief", "--json"]).ended(0));
    assert!(told["prompt_tokens"].as_u64() > last["prompt_tokens"].as_u64(), "{told}");
}

#[test]
fn an_answer_ends_where_it_is_told_to() {
    let desk = desk();
    let (codec, said) = tiny::greedy(&desk.path("tiny.gguf"), "hello", 60);
    let at = (5..60).find(|at| !said[..*at].contains(&said[*at]) && said[*at] < 256).expect("a token that is new");
    // The same weights, with that token as the end.
    desk.write("ends.gguf", tiny::gguf(512, said[at]));
    let args = ["chat", "--model", "ends.gguf", "--temperature", "0", "hello", "--json"];
    let (text, last) = lines(desk.run(&args).ended(0));
    assert_eq!((&last["finish"], &last["generated_tokens"]), (&"stop".into(), &at.into()), "{last}");
    assert_eq!(text, codec.decode(&said[..at]));
    let whole = codec.decode(&said);
    let stop: String = whole.chars().skip(10).take(3).collect();
    let (text, last) = lines(greedy(&desk, &["60", "hello", "--json", &format!("--stop={stop}")]).ended(0));
    assert_eq!((&last["finish"], text.as_str()), (&"stop".into(), whole.split(&stop).next().expect("a part")));
}

#[test]
fn what_cannot_be_answered_is_refused_before_any_work() {
    let desk = desk();
    assert!(greedy(&desk, &["5", "  "]).ended(2).err.contains("the prompt is empty"));
    assert!(greedy(&desk, &["5"]).ended(2).err.contains("the prompt is empty"), "nothing comes from the pipe");
    greedy(&desk, &["0", "hello"]).ended(2);
    assert!(greedy(&desk, &["5", "x", "--temperature", "nan"]).code == 2);
    assert!(greedy(&desk, &["5", "x", "--top-p", "1.5"]).ended(2).err.contains("top_p"));
    let long = "many words ".repeat(100);
    let ran = greedy(&desk, &["5", &long]).ended(1);
    assert!(ran.out.is_empty() && ran.err.contains("512") && ran.err.contains("tokens"), "{}", ran.err);
    assert_eq!(greedy(&desk, &["5", &long, "--json"]).ended(1).error_kind(), "limit");
    assert!(greedy(&desk, &["500", "hello"]).ended(1).err.contains("leaves room for 488"));
    assert!(greedy(&desk, &["5", "x", "--context", "513"]).ended(1).err.contains("made for 512"));
    assert_eq!(greedy(&desk, &["5", "x", "--device", "vulkan:99", "--json"]).ended(1).error_kind(), "device");
    desk.write("far.gguf", tiny::gguf(1 << 20, tiny::END));
    let ran = desk.run(&["chat", "--model", "far.gguf", "--context", "1048576", "--memory", "64MiB", "x", "--json"]);
    let told = ran.ended(1);
    assert_eq!(told.error_kind(), "memory");
    assert!(told.out.contains("67108864"), "{}", told.out);
}

#[test]
fn models_that_are_broken_missing_or_many_are_named() {
    let desk = Desk::new();
    let none = desk.run(&["chat", "x"]).ended(1);
    assert!(none.err.contains("downbeat pull"), "{}", none.err);
    let whole = tiny::gguf(512, tiny::END);
    desk.write("cut.gguf", &whole[..whole.len() / 2]);
    desk.write("text.gguf", "no model at all");
    for file in ["cut.gguf", "text.gguf"] {
        let ran = desk.run(&["chat", "--model", file, "x"]).ended(1);
        assert!(ran.err.contains(file) && !ran.err.contains("panicked"), "{}", ran.err);
    }
    desk.write("models/one.gguf", &whole);
    desk.write("models/broken.gguf", "no model at all");
    let only = ["chat", "--models", "models", "--max-tokens", "3", "x", "--json"];
    assert_eq!(lines(desk.run(&only).ended(0)).1["model"], "one");
    let ran = desk.run(&["chat", "--models", "models", "--model", "other", "x", "--json"]).ended(1);
    assert_eq!(ran.error_kind(), "unknown_model");
    assert!(ran.out.contains("one") && ran.out.contains("downbeat pull"), "{}", ran.out);
    desk.write("models/two.gguf", tiny::gguf(256, tiny::END));
    let ran = desk.run(&["chat", "--models", "models", "x"]).ended(2);
    assert!(ran.err.contains("one, two"), "{}", ran.err);
}

#[test]
fn an_interrupt_ends_a_long_answer() {
    let desk = Desk::new();
    desk.write("far.gguf", tiny::gguf(1 << 16, tiny::END));
    let args = ["chat", "--model", "far.gguf", "--context", "65536", "--temperature", "0", "hello", "--json"];
    let mut talking = desk.command(&args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut out = BufReader::new(talking.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    assert!(line.contains("text"), "{line}");
    assert!(Command::new("kill").args(["-INT", &talking.id().to_string()]).status().unwrap().success());
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    assert_eq!(talking.wait().unwrap().code(), Some(130));
    assert!(rest.contains("interrupted") && !rest.contains("\"done\""), "{}", rest.lines().last().unwrap_or_default());
}

#[test]
fn an_answer_follows_the_json_schema_of_a_file() {
    let desk = desk();
    let schema = r#"{"type": "object", "properties": {"name": {"type": "string", "maxLength": 6}, "on": {"type": "boolean"}},
        "required": ["name", "on"], "additionalProperties": false}"#;
    desk.write("schema.json", schema);
    for seed in ["1", "2", "3"] {
        let args =
            ["chat", "--model", "tiny.gguf", "--temperature", "2", "--seed", seed, "--json-schema", "schema.json"];
        let ran = desk.run(&[&args[..], &["Is it on?"]].concat()).ended(0);
        let value: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}", ran.out));
        assert!(value["on"].is_boolean() && value["name"].as_str().is_some_and(|name| name.chars().count() <= 6));
    }
    desk.write("unusable.json", r#"{"properties": {"a": {"type": "txt"}}}"#);
    let ran = greedy(&desk, &["50", "x", "--json-schema", "unusable.json"]).ended(1);
    assert!(ran.err.contains("#/properties/a") && ran.out.is_empty(), "{}", ran.err);
    desk.write("text.json", "no JSON");
    assert!(greedy(&desk, &["50", "x", "--json-schema", "text.json"]).ended(2).err.contains("text.json is no JSON"));
    assert!(greedy(&desk, &["50", "x", "--json-schema", "missing.json"]).ended(1).err.contains("missing.json"));
    greedy(&desk, &["5", "x", "--think", "--no-think"]).ended(2);
}

#[test]
fn what_a_generator_thinks_is_no_part_of_its_answer() {
    let desk = Desk::new();
    let template = "{{ messages[-1].content }}<think>\n{% if enable_thinking is false %}</think>{% endif %}";
    desk.write("tiny.gguf", tiny::gguf_with(512, tiny::END, template));
    let thinks = greedy(&desk, &["30", "hello"]).ended(0);
    assert_eq!(thinks.out, "\n", "an answer that is still to come");
    let ran = greedy(&desk, &["30", "hello", "--json"]).ended(0);
    let told: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (last, pieces) = told.split_last().unwrap();
    let reasoning: String = pieces.iter().map(|piece| piece["reasoning"].as_str().unwrap()).collect();
    assert!(!reasoning.is_empty() && last["reasoning"] == reasoning.as_str() && last["answer"] == "", "{last}");
    assert_eq!(last["reasoning_tokens"], 30);
    let (text, last) = lines(greedy(&desk, &["30", "hello", "--no-think", "--json"]).ended(0));
    assert!(!text.is_empty() && last["reasoning"] == "" && last["reasoning_tokens"] == 0, "{last}");
}
