//! Chat templates against what transformers makes of them (`golden/templates`).

use minijinja::Value;
use models::chat::{Chat, PLAIN};
use models::gguf::{self, Writer};
use models::{ChatTemplate, Codec, Gguf};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
struct Golden {
    chats: BTreeMap<String, GoldenChat>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct GoldenChat {
    messages: Value,
    tools: Option<Value>,
    add_generation_prompt: Option<bool>,
    #[serde(default)]
    more: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
struct Case {
    template: String,
    chat: String,
    text: Option<String>,
    error: Option<String>,
}

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

fn template(text: &str) -> models::Result<ChatTemplate> {
    ChatTemplate::from_text(text, "model", Some("<s>"), Some("</s>"))
}

#[test]
fn prompts_are_those_of_transformers() {
    let file: Golden = serde_json::from_slice(&std::fs::read(golden("templates/cases.json")).unwrap()).unwrap();
    let (mut texts, mut errors, mut differing) = (0, 0, Vec::new());
    for Case { template: name, chat, text, error } in file.cases {
        let source = std::fs::read_to_string(golden(&format!("templates/{name}.jinja"))).unwrap();
        let given = &file.chats[&chat];
        let chat_of = Chat {
            messages: given.messages.clone(),
            tools: given.tools.clone(),
            add_generation_prompt: given.add_generation_prompt.unwrap_or(true),
            more: given.more.clone().into_iter().collect(),
        };
        let rendered = template(&source).unwrap().render(&chat_of).map_err(|error| error.to_string());
        match (text, error) {
            (Some(expected), None) => {
                texts += 1;
                if rendered.as_ref() != Ok(&expected) {
                    differing.push(format!("{name}, {chat}:\n  got {rendered:?}\n want {expected:?}"));
                }
            }
            (None, Some(expected)) => {
                errors += 1;
                let message = rendered.expect_err("transformers refuses this chat");
                // What a template says is handed on; what the language says has other words.
                let said = message.contains(&expected) || expected.starts_with("can only concatenate");
                assert!(
                    message.starts_with("the chat template of 'model' failed: ") && said,
                    "{name}, {chat}: {message}"
                );
            }
            _ => panic!("{name}, {chat}: neither a text nor an error"),
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    assert!(texts > 80 && errors > 5, "{texts} texts, {errors} errors");
}

fn ask() -> Chat {
    #[derive(serde::Serialize)]
    struct Message {
        role: &'static str,
        content: &'static str,
    }
    Chat::new(&[Message { role: "system", content: "Be brief." }, Message { role: "user", content: "Hi" }])
}

#[test]
fn broken_templates_are_refused_in_words() {
    for (text, words) in [
        ("{% for %}", "(line 1 of the template)"),
        ("\n{{ 'a' | nothing }}", "(line 2 of the template)"),
        ("{{ messages[0].content.nothing.more }}", "(line 1 of the template)"),
        ("{{ raise_exception('no: ' ~ messages[0].role) }}", "failed: no: system"),
        ("{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}", "does not come to an end"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "recursion"),
        ("{{ strftime_now('%') }}", "no format of dates"),
        ("{% include 'other' %}", "other"),
        ("{{ messages | tojson(ensure_ascii=true) }}", "ensure_ascii"),
    ] {
        let message = match template(text) {
            Err(error) => error.to_string(),
            Ok(template) => template.render(&ask()).expect_err(text).to_string(),
        };
        assert!(message.starts_with("the chat template of 'model' failed: ") && message.contains(words), "{message}");
    }
}

#[test]
fn a_missing_template_has_a_stand_in_that_says_so() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(golden("tokenisers/llama3.json"), folder.path().join("tokenizer.json")).unwrap();
    let config = folder.path().join("tokenizer_config.json");
    let open = |config_text: &str| {
        std::fs::write(&config, config_text).unwrap();
        let codec = Codec::open(folder.path(), "model").unwrap();
        ChatTemplate::open(folder.path(), "model", &codec).unwrap()
    };
    let plain = open(r#"{"bos_token":"<|begin_of_text|>"}"#);
    assert!(plain.is_plain());
    let text = plain.render(&ask()).unwrap();
    assert_eq!(text, "<|begin_of_text|>system: Be brief.\n\nuser: Hi\n\nassistant:");
    let one = open(r#"{"chat_template":"{{ messages | length }}"}"#);
    assert!(!one.is_plain());
    assert_eq!(one.render(&ask()).unwrap(), "2");
    let named = open(
        r#"{"chat_template":[{"name":"default","template":"plain"},{"name":"tool_use","template":"{{ tools|length }} tools"}]}"#,
    );
    assert_eq!(named.render(&ask()).unwrap(), "plain");
    assert_eq!(named.render(&ask().with_tools(&["a", "b"])).unwrap(), "2 tools");
    std::fs::write(folder.path().join("chat_template.jinja"), "{{ eos_token }}beside").unwrap();
    assert_eq!(open(r#"{"eos_token":"<|eot_id|>"}"#).render(&ask()).unwrap(), "<|eot_id|>beside");
}

#[test]
fn a_gguf_file_brings_its_template() {
    let text = |text: &str| gguf::Value::Text(text.to_owned());
    let codec = Codec::from_gguf(&Gguf::open(&golden("tokenisers/llama3.gguf")).unwrap(), "model").unwrap();
    let render = |keys: &[(&str, &str)], chat: &Chat| {
        let mut writer = Writer::new();
        keys.iter().for_each(|(key, value)| {
            writer.key(key, text(value));
        });
        let file = Gguf::from_bytes(writer.to_bytes(), "file").unwrap();
        ChatTemplate::from_gguf(&file, "model", &codec).unwrap().render(chat).unwrap()
    };
    let keys =
        [("tokenizer.chat_template", "{{ bos_token }}!"), ("tokenizer.chat_template.tool_use", "{{ tools|tojson }}")];
    assert_eq!(render(&keys, &ask()), "<|begin_of_text|>!");
    assert_eq!(render(&keys, &ask().with_tools(&["é"])), r#"["é"]"#);
    assert_eq!(render(&keys[..1], &ask().with_tools(&["é"])), "<|begin_of_text|>!");
    assert!(render(&[], &ask()).ends_with("assistant:"));
    assert!(PLAIN.contains("bos_token"));
}
