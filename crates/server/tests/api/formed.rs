//! The workspace's answers in a form, and with tools.

use crate::desk::{Desk, QUESTION};
use crate::tiny;
use engine::Cancel;
use engine::ask::{AskRequest, GeneratorWish};
use serde_json::{Value, json};
use server::{Generator, Shape};

/// Calls stand between marks; what a tool answered is answered in other words than a question.
const CALLING: &str = "{% for tool in tools or [] %}{{ tool | tojson }}\n{% endfor %}{% for message in messages %}\
    <|im_start|>{{ message.role }}\n{{ message.content }}\
    {% for call in message.tool_calls or [] %}<tool_call>{{ call.function | tojson }}</tool_call>{% endfor %}<|im_end|>\n{% endfor %}\
    {% if messages[-1].role == 'tool' %}<|im_start|>assistant:{% else %}<|im_start|>assistant\n{% endif %}";

/// A server whose workspace has the passages, and a generator that calls a tool and then answers with a citation.
async fn calling() -> Desk {
    let desk = Desk::with(|config| config.writer = GeneratorWish::Named("caller".into())).await;
    let call: &[&str] = &[
        "I will ",
        "look. ",
        "<tool",
        "_call>",
        r#"{"name": "weather", "#,
        r#""arguments": {"town""#,
        r#": "Rome"}}"#,
        "</tool_call",
        ">",
    ];
    let file = tiny::answering(8192, CALLING, &[(b'\n', call), (b':', &["It is sunny", " [1]", "."])]);
    std::fs::write(desk.folder.path().join("models/caller.gguf"), file).expect("written");
    desk
}

fn weather() -> Value {
    let town = json!({"type": "object", "properties": {"town": {"enum": ["Rome", "Oslo"]}}, "required": ["town"], "additionalProperties": false});
    json!([{"type": "function", "function": {"name": "weather", "description": "The weather", "parameters": town}}])
}

fn ask(messages: Value) -> Value {
    json!({"model": "downbeat", "messages": messages, "stream": false, "tools": weather()})
}

fn question() -> Value {
    json!([{"role": "user", "content": QUESTION}])
}

/// The pieces of a stream: events of OpenAI's shape, or lines of Ollama's.
async fn pieces(desk: &Desk, path: &str, mut request: Value) -> Vec<Value> {
    request["stream"] = json!(true);
    let reply = desk.post(path, request).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    let events =
        if path.starts_with("/v1/") { reply.events() } else { reply.text.lines().map(str::to_owned).collect() };
    events.iter().filter_map(|event| serde_json::from_str(event).ok()).collect()
}

/// The text of a piece, or of a whole reply, in whichever shape.
fn text(piece: &Value) -> &str {
    let choice = &piece["choices"][0];
    let places =
        [&choice["message"]["content"], &choice["delta"]["content"], &piece["message"]["content"], &piece["response"]];
    places.into_iter().find_map(Value::as_str).unwrap_or_default()
}

/// The calls of a piece, likewise.
fn calls(piece: &Value) -> Vec<Value> {
    let choice = &piece["choices"][0];
    let places = [&choice["message"], &choice["delta"], &piece["message"]];
    places.into_iter().find_map(|place| place["tool_calls"].as_array().cloned()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_of_the_workspace_keep_to_a_form() {
    let desk = Desk::with(|config| config.writer = GeneratorWish::Usual).await;
    let sure = json!({"type": "object", "properties": {"sure": {"type": "boolean"}}, "required": ["sure"], "additionalProperties": false});
    let openai = json!({"type": "json_schema", "json_schema": {"name": "a", "schema": sure}});
    let cases = [
        ("/v1/chat/completions", "response_format", openai, json!({"messages": question(), "max_tokens": 300})),
        ("/api/chat", "format", sure.clone(), json!({"messages": question(), "options": {"num_predict": 300}})),
        ("/api/generate", "format", sure, json!({"prompt": QUESTION, "options": {"num_predict": 300}})),
    ];
    for (path, field, form, mut request) in cases {
        (request["model"], request[field], request["stream"]) = (json!("downbeat"), form, json!(false));
        let body = desk.post(path, request.clone()).await.json(200);
        let value: Value = serde_json::from_str(text(&body)).unwrap_or_else(|cause| panic!("{path}: {cause}: {body}"));
        assert!(value["sure"].is_boolean(), "{path}: {body}");
        let finish = body["done_reason"].as_str().or(body["choices"][0]["finish_reason"].as_str());
        assert_eq!((finish, &body["downbeat"]["composer"]), (Some("stop"), &json!("tiny")), "{path}");
        assert_eq!(
            (&body["downbeat"]["cited_as"], &body["downbeat"]["warnings"]),
            (&json!("given"), &json!([])),
            "{path}"
        );
        let found =
            desk.engine.gather(&AskRequest::new(QUESTION.into(), 5, None), 1, &Cancel::new()).expect("passages");
        let mut given: Vec<u64> = found.passages.iter().map(|(cited, _)| cited.chunk).collect();
        given.sort_unstable();
        let cited = body["citations"].as_array().expect("a list");
        assert!(
            !given.is_empty() && cited.iter().map(|cited| cited["chunk"].as_u64()).eq(given.into_iter().map(Some)),
            "{body}"
        );

        let pieces = pieces(&desk, path, request).await;
        assert_eq!(pieces.iter().map(text).collect::<String>(), text(&body), "{path}");
        let last = pieces.iter().find(|piece| piece.get("citations").is_some()).expect("an end");
        assert_eq!(
            (&last["citations"], &last["downbeat"]["cited_as"]),
            (&body["citations"], &json!("given")),
            "{path}"
        );
    }
    let mut object = json!({"model": "downbeat", "messages": question(), "max_tokens": 8});
    object["response_format"] = json!({"type": "json_object"});
    let body = desk.post("/v1/chat/completions", object.clone()).await.json(200);
    assert!(text(&body).starts_with('{'), "{body}");
    object["response_format"] = json!({"type": "text"});
    let body = desk.post("/v1/chat/completions", object.clone()).await.json(200);
    assert_eq!(body["downbeat"]["cited_as"], "named");
    assert!(!text(&body).starts_with('{'), "{body}");
    // A stream that cannot begin has its status, too.
    let schema = json!({"properties": {"a": {"type": "txt"}}});
    object["response_format"] = json!({"type": "json_schema", "json_schema": {"name": "a", "schema": schema}});
    for stream in [false, true] {
        object["stream"] = json!(stream);
        let refused = desk.post("/v1/chat/completions", object.clone()).await.json(400);
        assert!(refused["error"]["message"].as_str().is_some_and(|why| why.contains("#/properties/a")), "{refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_workspace_calls_tools_and_answers_from_what_they_say() {
    let desk = calling().await;
    for path in ["/v1/chat/completions", "/api/chat"] {
        let openai = path.starts_with("/v1/");
        let request = ask(question());
        let body = desk.post(path, request.clone()).await.json(200);
        let called = calls(&body).remove(0);
        let arguments = &called["function"]["arguments"];
        let arguments = arguments.as_str().map_or(arguments.clone(), |text| serde_json::from_str(text).expect("JSON"));
        assert_eq!((&called["function"]["name"], arguments), (&json!("weather"), json!({"town": "Rome"})), "{body}");
        assert_eq!((text(&body), &body["citations"]), ("I will look.", &json!([])), "{body}");
        let finish = body["done_reason"].as_str().or(body["choices"][0]["finish_reason"].as_str());
        assert_eq!(finish, Some(if openai { "tool_calls" } else { "stop" }));
        assert_eq!((&body["downbeat"]["found"], &body["downbeat"]["degraded"]), (&json!(true), &json!([])));

        let streamed = pieces(&desk, path, request.clone()).await;
        assert_eq!(streamed.iter().map(text).collect::<String>(), "I will look.", "marks are no text");
        let mut told: Vec<Value> = streamed.iter().flat_map(calls).collect();
        if openai {
            assert_eq!((&told[0]["index"], told[0]["id"].is_string()), (&json!(0), true));
            let finish = streamed.iter().find_map(|piece| piece["choices"][0]["finish_reason"].as_str());
            assert_eq!(finish, Some("tool_calls"));
        }
        let call = told.remove(0);
        assert_eq!((&call["function"], told.len()), (&called["function"], 0));

        let mut talk = request["messages"].as_array().expect("a list").clone();
        talk.push(json!({"role": "assistant", "content": text(&body), "tool_calls": [called]}));
        talk.push(json!({"role": "tool", "tool_call_id": called["id"], "tool_name": "weather", "content": "Sunny"}));
        let request = ask(json!(talk));
        let answered = desk.post(path, request.clone()).await.json(200);
        assert!(text(&answered).starts_with("It is sunny [1].\n\nSources:\n[1] "), "{answered}");
        let finish = answered["done_reason"].as_str().or(answered["choices"][0]["finish_reason"].as_str());
        assert_eq!((finish, &answered["citations"][0]["number"]), (Some("stop"), &json!(1)), "{answered}");
        let tokens = |body: &Value, what: &str| body["downbeat"]["generated"][what].as_u64().expect("a number");
        assert!(
            tokens(&answered, "reused_tokens") >= tokens(&body, "prompt_tokens"),
            "the same passages are told: {} and {}",
            body["downbeat"],
            answered["downbeat"]
        );
        let streamed = pieces(&desk, path, request).await;
        assert_eq!(streamed.iter().map(text).collect::<String>(), text(&answered));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn which_tools_are_called_is_the_client_s_choice() {
    let desk = calling().await;
    let mut request = ask(question());
    request["tool_choice"] = json!({"type": "function", "function": {"name": "weather"}});
    let body = desk.post("/v1/chat/completions", request.clone()).await.json(200);
    assert_eq!((text(&body), calls(&body).len()), ("", 1), "a demanded call is all there is: {body}");
    // It is told of no tools, so that what looks like a call is text.
    request["tool_choice"] = json!("none");
    let body = desk.post("/v1/chat/completions", request.clone()).await.json(200);
    assert!(text(&body).contains("<tool_call>") && calls(&body).is_empty(), "{body}");
    // Tools may know what no passage does; a form has no words for that.
    (request["tool_choice"], request["source"]) = (json!("auto"), json!("*.pdf"));
    let body = desk.post("/v1/chat/completions", request.clone()).await.json(200);
    let about = &body["downbeat"];
    assert_eq!((calls(&body).len(), &about["found"], &body["citations"]), (1, &json!(false), &json!([])), "{body}");
    assert!(about["degraded"].to_string().contains("no passages"), "{about}");
    for (choice, field) in [(json!("perhaps"), "tool_choice"), (json!({"function": {"name": "radar"}}), "tools")] {
        request["tool_choice"] = choice;
        let refused = desk.post("/v1/chat/completions", request.clone()).await.json(400);
        assert_eq!(refused["error"]["param"], field, "{refused}");
    }
    (request["tool_choice"], request["response_format"]) = (json!("auto"), json!({"type": "json_object"}));
    let both = desk.post("/v1/chat/completions", request.clone()).await.json(400);
    request["tools"] = json!([]);
    for stream in [false, true] {
        request["stream"] = json!(stream);
        let nothing = desk.post("/v1/chat/completions", request.clone()).await.json(422);
        assert_eq!(nothing["error"]["code"], "nothing_found", "{nothing}");
    }
    assert!(both["error"]["message"].as_str().is_some_and(|why| why.contains("one of both")), "{both}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_generator_of_ours_writes_forms_and_tools_are_refused_by_name() {
    let quoting = Desk::new().await;
    let external = Generator { url: "http://127.0.0.1:9".into(), shape: Some(Shape::Ollama), model: None, key: None };
    let external = Desk::with(|config| config.generator = Some(external)).await;
    let call = json!([{"id": "a", "function": {"name": "weather", "arguments": "{}"}}]);
    let talk = json!([{"role": "user", "content": QUESTION}, {"role": "assistant", "content": "", "tool_calls": call}, {"role": "tool", "tool_call_id": "a", "content": "7"}]);
    let schema = json!({"type": "json_schema", "json_schema": {"name": "a", "schema": {"type": "object"}}});
    let cases = [
        ("/v1/chat/completions", "tools", json!({"messages": question(), "tools": weather()})),
        ("/v1/chat/completions", "response_format", json!({"messages": question(), "response_format": schema})),
        ("/v1/chat/completions", "messages[1]", json!({"messages": talk})),
        ("/api/chat", "tools", json!({"messages": question(), "tools": weather()})),
        ("/api/chat", "format", json!({"messages": question(), "format": "json"})),
        ("/api/chat", "messages[1]", json!({"messages": talk})),
        ("/api/generate", "format", json!({"prompt": QUESTION, "format": {"type": "object"}})),
    ];
    for (desk, why) in [(&quoting, "passages are quoted"), (&external, "external generator")] {
        for (path, field, mut request) in cases.clone() {
            request["model"] = json!("downbeat");
            let body = desk.post(path, request).await.json(400);
            let told = body["error"]["message"].as_str().or(body["error"].as_str()).expect("a message");
            assert!(told.contains(&format!("`{field}`")) && told.contains(why), "{path} {field}: {told}");
            assert!(body["error"]["param"].as_str().is_none_or(|param| param == field), "{body}");
        }
    }
    let mut none = ask(question());
    none["tool_choice"] = json!("none");
    let body = quoting.post("/v1/chat/completions", none).await.json(200);
    assert_eq!((&body["downbeat"]["composer"], &body["downbeat"]["warnings"]), (&json!("passages"), &json!([])));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_tools_answer_belongs_to_a_call() {
    let desk = calling().await;
    let user = json!({"role": "user", "content": QUESTION});
    let call = json!([{"id": "a", "type": "function", "function": {"name": "weather", "arguments": "{}"}}]);
    let called = json!({"role": "assistant", "content": null, "tool_calls": call});
    let answer = |id: &str| json!({"role": "tool", "tool_call_id": id, "content": "7"});
    let cases = [
        (vec![user.clone(), answer("a")], "messages[1]"),
        (vec![user.clone(), called.clone(), answer("b")], "messages[2]"),
        (vec![user.clone(), called.clone(), answer("a"), answer("a")], "messages[3]"),
        (vec![user.clone(), called.clone()], "messages"),
        (vec![called.clone(), answer("a")], "messages"),
        (vec![user.clone(), json!({"role": "assistant", "tool_calls": [{"function": {}}]})], "messages[1]"),
    ];
    for (messages, field) in cases {
        let body = desk.post("/v1/chat/completions", ask(json!(messages))).await.json(400);
        assert_eq!(body["error"]["param"], field, "{body}");
        let body = desk.post("/api/chat", ask(json!(messages))).await.json(400);
        assert!(body["error"].is_string(), "{body}");
    }
}

/// A template of a generator that writes calls as elements, and one that does so.
const ELEMENTS: &str = "{% for tool in tools or [] %}{{ tool | tojson }}\n{% endfor %}{% for message in messages %}\
    <|im_start|>{{ message.role }}\n{{ message.content }}{% for call in message.tool_calls or [] %}<tool_call>\n<function={{ call.function.name }}>\n\
    {% for key, value in call.function.arguments | items %}<parameter={{ key }}>\n{{ value }}\n</parameter>\n{% endfor %}</function>\n</tool_call>\
    {% endfor %}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

#[tokio::test(flavor = "multi_thread")]
async fn calls_written_as_elements_are_calls_with_typed_values() {
    let desk = Desk::with(|config| config.writer = GeneratorWish::Named("coder".into())).await;
    let pieces_of_call: &[&str] = &[
        "Let me see.",
        "\n<tool",
        "_call>\n<func",
        "tion=forecast>\n<para",
        "meter=days>\n",
        "3\n</param",
        "eter>\n<parameter=",
        "town>\n12",
        "\n</parameter>\n</func",
        "tion>\n</tool_",
        "call>",
    ];
    let file = tiny::answering(8192, ELEMENTS, &[(b'\n', pieces_of_call)]);
    std::fs::write(desk.folder.path().join("models/coder.gguf"), file).expect("written");
    let parameters = json!({"type": "object", "properties": {"days": {"type": "integer"}, "town": {"type": "string"}}});
    let tools = json!([{"type": "function", "function": {"name": "forecast", "parameters": parameters}}]);
    let expected = json!({"days": 3, "town": "12"});
    for (model, path) in [
        ("coder", "/v1/chat/completions"),
        ("coder", "/api/chat"),
        ("downbeat", "/v1/chat/completions"),
        ("downbeat", "/api/chat"),
    ] {
        let mut request = json!({"model": model, "messages": question(), "stream": false, "tools": tools});
        let sampling = if path == "/api/chat" { json!({"temperature": 0}) } else { Value::Null };
        (request["options"], request["temperature"]) = (sampling, json!(0));
        let body = desk.post(path, request.clone()).await.json(200);
        let streamed = pieces(&desk, path, request.clone()).await;
        for (told, written) in [
            (calls(&body), text(&body).to_owned()),
            (streamed.iter().flat_map(calls).collect(), streamed.iter().map(text).collect::<String>()),
        ] {
            assert_eq!((told.len(), written.as_str()), (1, "Let me see."), "{model} {path}: {told:?}");
            let arguments = &told[0]["function"]["arguments"];
            let arguments =
                arguments.as_str().map_or(arguments.clone(), |text| serde_json::from_str(text).expect("JSON"));
            assert_eq!((&told[0]["function"]["name"], &arguments), (&json!("forecast"), &expected), "{model} {path}");
        }
        // Without tools nothing is a call.
        request["tools"] = json!([]);
        let body = desk.post(path, request).await.json(200);
        assert!(text(&body).contains("<function=forecast>") && calls(&body).is_empty(), "{model} {path}: {body}");
    }
}
