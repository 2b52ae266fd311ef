//! Answers taken apart (`said/cases.json`), wherever the borders of their pieces lie; and answers that must call a tool.

mod common;

use common::Random;
use models::chat::{Chat, Said, Splitter, ToolChoice, Tools};
use models::{ChatTemplate, Codec, Error, Forms};
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
struct Case {
    /// The template that writes calls as this answer does.
    template: String,
    /// What the prompt ends with.
    #[serde(default)]
    prompt: String,
    #[serde(default)]
    without_tools: bool,
    answer: String,
    parts: Vec<Value>,
}

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

fn template(name: &str) -> ChatTemplate {
    let text = match name {
        "plain" => models::chat::PLAIN.to_owned(),
        "args" => "[TOOL_CALLS]name[ARGS]{{ tools | tojson }}".to_owned(),
        name => std::fs::read_to_string(golden(&format!("templates/{name}.jinja"))).unwrap(),
    };
    ChatTemplate::from_text(&text, name, Some("<s>"), Some("</s>")).unwrap()
}

fn tools(choice: ToolChoice) -> Tools {
    let function = |name: &str, parameters: Value| json!({"type": "function", "function": {"name": name, "description": "Looks it up", "parameters": parameters}});
    let town = json!({"$defs": {"town": {"enum": ["Rome", "Oslo"]}}, "type": "object",
        "description": "see https://example.com # \"x\" \\ %json {start: /a/} \n// no",
        "properties": {"town": {"$ref": "#/$defs/town"}}, "required": ["town"], "additionalProperties": false});
    let days = json!({"properties": {"days": {"type": "integer", "minimum": 1, "maximum": 9}}, "required": ["days"],
        "additionalProperties": false});
    let nothing = json!({"type": "function", "function": {"name": "now"}});
    Tools::new(vec![function("weather", town), function("forecast", days), nothing], choice).unwrap()
}

/// The parts of what a splitter told, with neighbours of a kind joined.
fn joined(said: Vec<Said>) -> Vec<Value> {
    let mut parts: Vec<Value> = Vec::new();
    for part in said {
        let (key, text) = match part {
            Said::Text(text) => ("text", text),
            Said::Reasoning(text) => ("reasoning", text),
            Said::Call(call) => {
                assert!(call.id.len() == 9 && call.id.bytes().all(|c| c.is_ascii_alphanumeric()), "{call:?}");
                let arguments: Value = serde_json::from_str(&call.arguments).unwrap();
                parts.push(json!({"call": call.name, "arguments": arguments}));
                continue;
            }
        };
        match parts.last_mut().and_then(|last| last.get_mut(key)) {
            Some(Value::String(before)) => before.push_str(&text),
            _ => parts.push(json!({key: text})),
        }
    }
    parts
}

fn told<'a>(mut splitter: Splitter, pieces: impl Iterator<Item = &'a str>) -> Vec<Value> {
    let mut said = Vec::new();
    pieces.for_each(|piece| splitter.push(piece, &mut said));
    splitter.finish(&mut said);
    joined(said)
}

#[test]
fn answers_are_taken_apart_wherever_they_are_cut() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("said/cases.json")).unwrap();
    let mut random = Random(5);
    for Case { template: name, prompt, without_tools, answer, parts } in cases {
        let template = template(&name);
        let tools = if without_tools { Tools::default() } else { tools(ToolChoice::Auto) };
        let splitter = || template.splitter(&prompt, &tools, 7);
        assert_eq!(told(splitter(), [answer.as_str()].into_iter()), parts, "{name}, whole: {answer}");
        let borders: Vec<usize> = answer.char_indices().map(|(at, _)| at).chain([answer.len()]).collect();
        for at in &borders {
            let (a, b) = answer.split_at(*at);
            assert_eq!(told(splitter(), [a, b].into_iter()), parts, "{name}, cut at {at}: {answer}");
        }
        let single = borders.windows(2).map(|pair| &answer[pair[0]..pair[1]]);
        assert_eq!(told(splitter(), single), parts, "{name}, character by character: {answer}");
        for _ in 0..20 {
            let some: Vec<usize> = borders.iter().copied().filter(|_| random.below(4) == 0).collect();
            let cuts: Vec<usize> = [0].into_iter().chain(some).chain([answer.len()]).collect();
            let pieces = cuts.windows(2).map(|pair| &answer[pair[0]..pair[1]]);
            assert_eq!(told(splitter(), pieces), parts, "{name}, cut at {cuts:?}: {answer}");
        }
    }
}

/// What has been told at any time is the beginning of what will be, so no half of a mark gets out.
#[test]
fn what_is_told_is_never_taken_back() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("said/cases.json")).unwrap();
    for Case { template: name, prompt, without_tools, answer, parts } in cases {
        let template = template(&name);
        let tools = if without_tools { Tools::default() } else { tools(ToolChoice::Auto) };
        let (mut splitter, mut said) = (template.splitter(&prompt, &tools, 7), Vec::new());
        for character in answer.chars() {
            splitter.push(character.encode_utf8(&mut [0; 4]), &mut said);
            let so_far = joined(said.clone());
            for (at, part) in so_far.iter().enumerate() {
                let (key, value) = part.as_object().unwrap().iter().next().unwrap();
                let (value, whole) = (value.as_str().unwrap(), parts[at][key].as_str());
                assert!(whole.is_some_and(|whole| whole.starts_with(value)), "{name}: {so_far:?} of {parts:?}");
            }
        }
    }
}

/// Elements hold bare text: what it means follows from the tool's schema.
#[test]
fn values_of_elements_are_what_the_schema_says() {
    let parameters = json!({
        "$defs": {"many": {"type": "array", "items": {"type": "integer"}}},
        "type": "object",
        "properties": {
            "text": {"type": "string"}, "number": {"type": "number"}, "whole": {"type": "integer"}, "sure": {"type": "boolean"},
            "thing": {"type": "object"}, "many": {"$ref": "#/$defs/many"}, "some": {"type": ["string", "null"]},
            "either": {"anyOf": [{"type": "integer"}, {"type": "null"}]}, "both": {"type": ["integer", "string"]},
            "level": {"enum": [1, 2]}, "any": {}, "fixed": {"const": true}, "loop": {"$ref": "#/properties/loop"},
        },
    });
    let function = json!({"name": "f", "parameters": parameters});
    let tools = Tools::new(vec![json!({"type": "function", "function": function})], ToolChoice::Auto).unwrap();
    let template = template("qwen3coder");
    for (key, text, expected) in [
        ("text", "42", json!("42")),
        ("text", "null", json!("null")),
        ("text", " a ", json!(" a ")),
        ("number", "1.5", json!(1.5)),
        ("number", "7", json!(7)),
        ("whole", "-3", json!(-3)),
        ("whole", "1.5", json!("1.5")),
        ("whole", "many", json!("many")),
        ("sure", "true", json!(true)),
        ("sure", "False", json!(false)),
        ("sure", "1", json!("1")),
        ("thing", "{\"a\": [1, \"</b>\"]}", json!({"a": [1, "</b>"]})),
        ("thing", "{\"a\": ", json!("{\"a\": ")),
        ("many", "[1, 2]", json!([1, 2])),
        ("many", "{}", json!("{}")),
        ("some", "None", json!(null)),
        ("some", "7", json!("7")),
        ("either", "null", json!(null)),
        ("either", "7", json!(7)),
        ("both", "7", json!("7")),
        ("level", "2", json!(2)),
        ("any", "2", json!("2")),
        ("fixed", "True", json!(true)),
        ("loop", "2", json!("2")),
        ("unknown", "2", json!("2")),
    ] {
        for answer in [
            format!("<tool_call>\n<function=f>\n<parameter={key}>\n{text}\n</parameter>\n</function>\n</tool_call>"),
            format!("<tool_call><function=f><parameter={key}>{text}</parameter></function></tool_call>"),
        ] {
            let parts = told(template.splitter("", &tools, 1), [answer.as_str()].into_iter());
            assert_eq!(parts, [json!({"call": "f", "arguments": {key: expected}})], "{answer}");
        }
    }
}

fn codec(family: &str) -> Codec {
    Codec::from_json(&std::fs::read(golden(&format!("tokenisers/{family}.json"))).unwrap(), family).unwrap()
}

/// Whatever is chosen, an answer that must call a tool does.
#[test]
fn demanded_calls_are_made_by_chance() {
    let mut random = Random(9);
    for (family, name) in [
        ("qwen2", "qwen2"),
        ("qwen2", "qwen3coder"),
        ("llama3", "llama3"),
        ("tekken", "mistral"),
        ("tekken", "args"),
        ("llama2", "plain"),
    ] {
        let (codec, template) = (codec(family), template(name));
        let forms = Forms::new(&codec).unwrap();
        for choice in
            [ToolChoice::Required, ToolChoice::Named("forecast".to_owned()), ToolChoice::Named("weather".to_owned())]
        {
            let tools = tools(choice.clone());
            for _ in 0..6 {
                let mut form = template.style().form(&tools, &forms, &codec).unwrap().expect("a form");
                let mut bytes = Vec::new();
                for _ in 0..600 {
                    if form.is_complete() {
                        break;
                    }
                    let mut logits = vec![0.0; codec.len()];
                    form.allow(&mut logits).unwrap();
                    let choices: Vec<u32> = (0..codec.len() as u32).filter(|id| logits[*id as usize] == 0.0).collect();
                    let ends = choices.iter().any(|id| codec.ends().contains(id));
                    let id = choices[random.below(choices.len())];
                    if ends {
                        break;
                    }
                    form.push(id).unwrap();
                    bytes.extend(codec.bytes(id));
                }
                assert!(form.may_end(), "{name}, {choice:?}: {}", String::from_utf8_lossy(&bytes));
                let answer = String::from_utf8(bytes).unwrap();
                let parts = told(template.splitter("", &tools, 1), [answer.as_str()].into_iter());
                assert!(!parts.is_empty(), "{name}: {answer}");
                for part in parts {
                    let arguments = &part["arguments"];
                    let right = match part["call"].as_str().unwrap_or_else(|| panic!("{name}: {answer}")) {
                        "weather" => arguments["town"] == "Rome" || arguments["town"] == "Oslo",
                        "forecast" => arguments["days"].as_f64().is_some_and(|days| (1.0..=9.0).contains(&days)),
                        "now" => arguments == &json!({}),
                        other => panic!("{other}"),
                    };
                    let wanted = match &choice {
                        ToolChoice::Named(wanted) => part["call"] == wanted.as_str(),
                        _ => true,
                    };
                    assert!(right && wanted, "{name}, {choice:?}: {answer}");
                }
            }
        }
        let auto = template.style().form(&tools(ToolChoice::Auto), &forms, &codec).unwrap();
        assert!(auto.is_none());
    }
}

#[test]
fn tools_that_cannot_be_used_are_refused_with_the_place() {
    let named = |name: &str| json!({"type": "function", "function": {"name": name}});
    let message = |given: Vec<Value>, choice: ToolChoice| match Tools::new(given, choice) {
        Err(Error::Form(message)) => message,
        other => panic!("{other:?}"),
    };
    let auto = ToolChoice::Auto;
    assert!(message(vec![named("a"), named("b c")], auto.clone()).contains("tools[1].function.name"));
    assert!(message(vec![named("a"), named("a")], auto.clone()).contains("two tools called 'a'"));
    assert!(message(vec![json!("a")], auto.clone()).contains("tools[0].function.name"));
    assert!(message(vec![json!({"type": "retrieval"})], auto.clone()).contains("tools[0].type"));
    assert!(message((0..129).map(|at| named(&format!("t{at}"))).collect(), auto.clone()).contains("128"));
    let wrong = json!({"type": "function", "function": {"name": "a", "parameters": "none"}});
    assert!(message(vec![wrong], auto).contains("tools[0].function.parameters"));
    assert!(
        message(vec![named("a")], ToolChoice::Named("b".to_owned())).contains("no tool is called 'b'; there are: a")
    );
    assert!(message(vec![], ToolChoice::Required).contains("none"));
    let parameters = json!({"type": "object", "properties": {"x": {"type": "txt"}}});
    let unusable = json!({"type": "function", "function": {"name": "a", "parameters": parameters}});
    let tools = Tools::new(vec![unusable], ToolChoice::Required).unwrap();
    let codec = codec("qwen2");
    let Err(refused) = template("qwen2").style().form(&tools, &Forms::new(&codec).unwrap(), &codec) else { panic!() };
    let refused = refused.to_string();
    assert!(refused.contains("tool 'a'") && refused.contains("#/properties/x"), "{refused}");
}

#[test]
fn templates_tell_of_tools_or_say_that_they_do_not() {
    for (name, takes) in [
        ("qwen2", true),
        ("qwen3", false),
        ("qwen3coder", true),
        ("llama3", true),
        ("mistral", true),
        ("gemma", false),
        ("phi3", false),
        ("plain", false),
    ] {
        let template = template(name);
        assert_eq!(template.takes_tools(), takes, "{name}");
        let tools = tools(ToolChoice::Auto);
        let chat = Chat::new(&[json!({"role": "user", "content": "Hi"})]).with_tools(&tools.given());
        assert_eq!(template.render(&chat).unwrap().contains("forecast"), takes, "{name}");
        assert!(tools.told().contains(r#"{"name":"forecast""#));
    }
}

#[test]
fn templates_say_whether_reasoning_can_be_left_out() {
    assert_eq!(template("qwen3").thinks(), Some(true));
    assert_eq!(template("qwen2").thinks(), None);
    let always = "{{ messages[0].content }}{# no word of thinking #}<think>\n{{ '</think>' if false }}";
    let always = ChatTemplate::from_text(always, "always", None, None).unwrap();
    assert_eq!(always.thinks(), Some(false));
    let chat = || Chat::new(&[json!({"role": "user", "content": "Hi"})]);
    let qwen = template("qwen3");
    let texts = [chat(), chat().thinking(true), chat().thinking(false)].map(|chat| qwen.render(&chat).unwrap());
    assert_eq!(texts[0], texts[1]);
    assert!(texts[2].ends_with("</think>\n\n"), "{}", texts[2]);
}
