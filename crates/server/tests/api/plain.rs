//! Plain chat with a generator by its own name, and the workspace's answers written by one.

use crate::desk::{Desk, QUESTION, Reply};
use crate::tiny;
use engine::ask::GeneratorWish;
use engine::ingest::IngestRequest;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// A template that tells of tools and leaves reasoning out where it is not wanted.
const ABLE: &str = "{% for tool in tools or [] %}{{ tool | tojson }}{% endfor %}{% for message in messages %}{{ message.content }}{% endfor %}\
    {% if enable_thinking is defined and not enable_thinking %}<think></think>{% endif %}";

/// What the tiny generator says, always the likeliest.
fn said(desk: &Desk, prompt: &str, tokens: usize) -> String {
    let (codec, said) = tiny::greedy(&desk.folder.path().join("models/tiny.gguf"), prompt, tokens);
    codec.decode(&said)
}

fn chat(prompt: &str, tokens: usize) -> Value {
    let messages = json!([{"role": "user", "content": prompt}]);
    json!({"model": "tiny", "messages": messages, "temperature": 0, "max_tokens": tokens})
}

fn ollama(prompt: &str, tokens: usize) -> Value {
    json!({"model": "tiny", "prompt": prompt, "options": {"temperature": 0, "num_predict": tokens}})
}

fn generators(desk: &Desk) -> usize {
    desk.engine.loaded_models().iter().filter(|model| model.kind == "generator").count()
}

async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(20);
    while !holds() {
        assert!(Instant::now() < end, "{what}: not within 20 s");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_generator_answers_whole_and_in_pieces_in_openai_s_shape() {
    let desk = Desk::new().await;
    let expected = said(&desk, "hello", 20);
    let reply = desk.post("/v1/chat/completions", chat("hello", 20)).await;
    let body = reply.json(200);
    let choice = &body["choices"][0];
    assert_eq!((choice["message"]["content"].as_str(), &choice["finish_reason"]), (Some(&*expected), &json!("length")));
    assert_eq!((&body["model"], body.get("citations")), (&json!("tiny"), None));
    let usage = &body["usage"];
    assert_eq!(
        (&usage["prompt_tokens"], &usage["completion_tokens"], &usage["total_tokens"]),
        (&24.into(), &20.into(), &44.into())
    );
    let about = &body["downbeat"];
    assert_eq!(
        (about["truncated"].as_bool(), &about["context"], &about["composer"]),
        (Some(true), &2048.into(), &json!("generator"))
    );
    assert!(
        about["load_ms"].as_f64() > Some(0.0) && about["run_ms"].as_f64() > Some(0.0) && about["seed"].is_u64(),
        "{about}"
    );
    assert!(reply.headers.contains_key("x-downbeat-device"));

    let mut request = chat("hello", 20);
    request["stream"] = json!(true);
    request["stream_options"] = json!({"include_usage": true});
    let events = desk.post("/v1/chat/completions", request).await.events();
    assert_eq!(events.last().map(String::as_str), Some("[DONE]"));
    let chunks: Vec<Value> =
        events[..events.len() - 1].iter().map(|e| serde_json::from_str(e).expect("JSON")).collect();
    let text: String = chunks.iter().filter_map(|chunk| chunk["choices"][0]["delta"]["content"].as_str()).collect();
    assert_eq!(text, expected);
    assert!(chunks.len() > 10 && chunks[0]["choices"][0]["delta"]["role"] == "assistant", "{}", chunks.len());
    let [.., end, last] = &chunks[..] else { panic!("too few chunks") };
    assert_eq!((&end["choices"][0]["finish_reason"], &end["downbeat"]["load_ms"]), (&json!("length"), &json!(0.0)));
    assert_eq!(last["usage"]["total_tokens"], 44);
    assert!(last["usage"]["prompt_tokens_details"]["cached_tokens"].as_u64() > Some(0), "{last}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_generator_answers_whole_and_in_lines_in_ollama_s_shape() {
    let desk = Desk::new().await;
    let expected = said(&desk, "hello", 12);
    for (path, mut request) in [("/api/generate", ollama("hello", 12)), ("/api/chat", ollama("hello", 12))] {
        if path == "/api/chat" {
            request["messages"] = json!([{"role": "user", "content": "hello"}]);
            request.as_object_mut().expect("an object").remove("prompt");
        }
        let text = |line: &Value| {
            let text = if path == "/api/chat" { &line["message"]["content"] } else { &line["response"] };
            text.as_str().unwrap_or_else(|| panic!("{line}")).to_owned()
        };
        request["stream"] = json!(false);
        let whole = desk.post(path, request.clone()).await.json(200);
        assert_eq!((text(&whole), &whole["done_reason"]), (expected.clone(), &json!("length")), "{path}");
        assert_eq!((&whole["prompt_eval_count"], &whole["eval_count"]), (&24.into(), &12.into()));
        for field in ["total_duration", "prompt_eval_duration", "eval_duration"] {
            assert!(whole[field].as_u64() > Some(0), "{field} in {whole}");
        }
        request["stream"] = json!(true);
        let reply = desk.post(path, request).await;
        assert_eq!(reply.headers["content-type"], "application/x-ndjson");
        let lines: Vec<Value> = reply.text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(lines.iter().map(text).collect::<String>(), expected);
        assert!(lines.iter().rev().skip(1).all(|line| line["done"] == false) && lines[lines.len() - 1]["done"] == true);
    }
    let mut told = ollama("hello", 4);
    told["system"] = json!("Be brief");
    told["context"] = json!([1, 2]);
    told["stream"] = json!(false);
    told["options"]["num_ctx"] = json!(1 << 20);
    told["options"]["mirostat"] = json!(2);
    let reply = desk.post("/api/generate", told).await.json(200);
    assert!(reply["prompt_eval_count"].as_u64() > Some(24), "the system message counts: {reply}");
    let warnings = reply["downbeat"]["warnings"].to_string();
    assert!(["context", "1048576", "2048", "mirostat"].iter().all(|what| warnings.contains(what)), "{warnings}");
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_end_at_stops_and_follow_from_the_seed() {
    let desk = Desk::new().await;
    let whole = said(&desk, "hello", 40);
    let stop: String = whole.chars().skip(10).take(3).collect();
    let mut request = chat("hello", 40);
    request["stop"] = json!(stop);
    let body = desk.post("/v1/chat/completions", request).await.json(200);
    let choice = &body["choices"][0];
    assert_eq!(choice["message"]["content"].as_str(), whole.split(&stop).next());
    assert_eq!((&choice["finish_reason"], &body["downbeat"]["truncated"]), (&json!("stop"), &json!(false)));
    let drawn = async |seed: u64, penalty: f64| {
        let mut request = chat("hello", 30);
        (request["temperature"], request["seed"], request["frequency_penalty"]) =
            (json!(2), json!(seed), json!(penalty));
        let body = desk.post("/v1/chat/completions", request).await.json(200);
        assert_eq!(body["downbeat"]["seed"], seed);
        body["choices"][0]["message"]["content"].clone()
    };
    assert_eq!(drawn(7, 0.0).await, drawn(7, 0.0).await);
    assert_ne!(drawn(7, 0.0).await, drawn(8, 0.0).await);
    assert_ne!(drawn(7, 0.0).await, drawn(7, 2.0).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_answered_is_refused_with_the_field_and_the_numbers() {
    let desk = Desk::new().await;
    let long = "many words ".repeat(400);
    let body = desk.post("/v1/chat/completions", chat(&long, 5)).await.json(400);
    assert_eq!(body["error"]["code"], "context_length_exceeded", "{body}");
    assert!(body["error"]["message"].as_str().is_some_and(|text| text.contains("2048")), "{body}");
    let body = desk.post("/v1/chat/completions", chat("hello", 2040)).await.json(400);
    assert!(body["error"]["message"].as_str().is_some_and(|text| text.contains("leaves room for 2024")), "{body}");
    assert!(desk.post("/api/generate", ollama(&long, 5)).await.json(400)["error"].is_string());
    let refused = [
        ("n", json!(2)),
        ("top_logprobs", json!(3)),
        ("tools", json!([{"type": "function", "function": {"name": "no name"}}])),
        ("tool_choice", json!("perhaps")),
        ("response_format", json!({"type": "xml"})),
        ("response_format", json!({"type": "json_schema"})),
        ("temperature", json!(-1)),
        ("top_p", json!("much")),
        ("seed", json!(0.5)),
        ("max_tokens", json!(0)),
        ("k", json!(3)),
        ("keep_alive", json!("soon")),
        ("messages", json!([])),
        ("messages", json!([{"role": "assistant", "content": "Hi"}])),
        ("messages", json!([{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}])),
    ];
    for (field, value) in refused {
        let mut request = chat("hello", 5);
        request[field] = value.clone();
        let body = desk.post("/v1/chat/completions", request).await.json(400);
        assert!(
            body["error"]["param"].as_str().is_some_and(|param| param.starts_with(field)),
            "{field} {value}: {body}"
        );
    }
    for (field, value) in [("suffix", json!("x")), ("format", json!("xml")), ("think", json!(7))] {
        let mut request = ollama("hello", 5);
        request[field] = value;
        let body = desk.post("/api/generate", request).await.json(400);
        assert!(body["error"].as_str().is_some_and(|error| error.contains(field)), "{body}");
    }
    let mut request = chat("hello", 5);
    request["response_format"] =
        json!({"type": "json_schema", "json_schema": {"name": "a", "schema": {"properties": {"a": {"type": "txt"}}}}});
    let body = desk.post("/v1/chat/completions", request).await.json(400);
    assert!(body["error"]["message"].as_str().is_some_and(|text| text.contains("#/properties/a")), "{body}");
    let mut request = chat("hello", 5);
    request["model"] = json!("llama9");
    let body = desk.post("/v1/chat/completions", request.clone()).await.json(404);
    let told = body["error"]["message"].as_str().expect("words");
    assert!(body["error"]["code"] == "model_not_found" && told.contains("downbeat") && told.contains("tiny"), "{body}");
    // A path is no name, also of a file that is there.
    request["model"] = json!(desk.folder.path().join("models/tiny.gguf"));
    assert_eq!(desk.post("/v1/chat/completions", request).await.json(404)["error"]["code"], "model_not_found");
    std::fs::write(desk.folder.path().join("models/broken.gguf"), "no model at all").expect("written");
    let mut request = chat("hello", 5);
    request["model"] = json!("broken");
    assert!(
        desk.post("/v1/chat/completions", request).await.json(400)["error"]["message"].to_string().contains("broken")
    );
    assert_eq!(generators(&desk), 1, "the refused ones loaded nothing else");
}

#[tokio::test(flavor = "multi_thread")]
async fn generators_are_listed_shown_kept_and_let_go() {
    let desk = Desk::new().await;
    let listed = desk.get("/v1/models").await.json(200);
    let tiny =
        listed["data"].as_array().expect("a list").iter().find(|model| model["id"] == "tiny").expect("it is listed");
    assert_eq!(
        (&tiny["kind"], &tiny["loaded"], &tiny["facts"]["context"]),
        (&json!("generator"), &json!(false), &2048.into())
    );
    assert_eq!((&tiny["facts"]["family"], &tiny["facts"]["format"]), (&json!("llama"), &json!("gguf")));
    assert!(tiny["facts"]["parameters"].as_u64() > Some(10_000));
    let tags = desk.get("/api/tags").await.json(200);
    let tag =
        tags["models"].as_array().expect("a list").iter().find(|model| model["name"] == "tiny:latest").expect("listed");
    assert_eq!((&tag["details"]["family"], &tag["details"]["quantization_level"]), (&json!("llama"), &json!("F32")));
    let shown = desk.post("/api/show", json!({"model": "tiny:latest"})).await.json(200);
    assert_eq!(
        (&shown["capabilities"], &shown["model_info"]["llama.context_length"]),
        (&json!(["completion"]), &2048.into())
    );
    // The template of this one tells of tools and of reasoning.
    let models = desk.folder.path().join("models");
    for organisation in ["first", "second"] {
        std::fs::create_dir_all(models.join(organisation).join("able")).expect("a folder");
        let file = models.join(organisation).join("able/able-Q8_0.gguf");
        std::fs::write(file, tiny::gguf_with(512, tiny::END, ABLE)).expect("written");
    }
    let shown = desk.post("/api/show", json!({"model": "first/able:Q8_0"})).await.json(200);
    assert_eq!(shown["capabilities"], json!(["completion", "tools", "thinking"]));
    // And it is not guessed which of two is meant.
    let mut unclear = chat("hi", 1);
    unclear["model"] = json!("able");
    for (path, body) in [("/api/show", json!({"model": "able:Q8_0"})), ("/v1/chat/completions", unclear)] {
        let refused = desk.post(path, body).await.json(400).to_string();
        assert!(refused.contains("first/able:Q8_0 or second/able:Q8_0"), "{refused}");
    }

    let load = desk.post("/api/generate", json!({"model": "tiny", "keep_alive": -1})).await.json(200);
    assert_eq!((&load["done_reason"], generators(&desk)), (&json!("load"), 1));
    let ps = desk.get("/api/ps").await.json(200);
    let place = ps["models"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|model| model["name"] == "tiny:latest")
        .expect("it is loaded");
    assert_eq!((&place["context_length"], place["size"].as_u64() > Some(100_000)), (&2048.into(), true));
    assert!(place["expires_at"].as_str().is_some_and(|date| date.starts_with("9999")), "{place}");
    let unload = desk.post("/api/chat", json!({"model": "tiny", "messages": [], "keep_alive": 0})).await.json(200);
    assert_eq!((&unload["done_reason"], generators(&desk)), (&json!("unload"), 0));
    let mut once = chat("hello", 3);
    once["keep_alive"] = json!(0);
    desk.post("/v1/chat/completions", once).await.json(200);
    assert_eq!(generators(&desk), 0, "it left with its last use");

    let refused = Reply::of(
        desk.request(Method::DELETE, "/api/delete").json(&json!({"model": "tiny"})).send().await.expect("a reply"),
    );
    assert!(refused.await.json(403)["error"].as_str().is_some_and(|why| why.contains("models folder")));
    for (body, status) in
        [(json!({"model": "llama3"}), 400), (json!({}), 400), (json!({"model": "a/b", "insecure": true}), 400)]
    {
        desk.post("/api/pull", body).await.json(status);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_goes_frees_the_generator() {
    let desk = Desk::new().await;
    // Longer than anybody waits here.
    let mut request = chat("hello", 2000);
    request["stream"] = json!(true);
    request["keep_alive"] = json!(0);
    let mut response = desk.request(Method::POST, "/v1/chat/completions").json(&request).send().await.expect("a reply");
    response.chunk().await.expect("a piece").expect("it goes on");
    assert_eq!((generators(&desk), desk.engine.loaded_models()[0].in_use), (1, 1));
    drop(response);
    until("the generator has left", || generators(&desk) == 0).await;
    let body = desk.post("/v1/chat/completions", chat("hello", 3)).await.json(200);
    assert_eq!(body["usage"]["completion_tokens"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_talk_at_once_while_documents_are_added() {
    let desk = Desk::new().await;
    let more = desk.folder.path().join("more");
    std::fs::create_dir(&more).expect("made");
    for number in 0..60 {
        let text = format!("# Pump {number}\n\nPump {number} is checked every {number} weeks. Its seal is green.\n");
        std::fs::write(more.join(format!("{number}.md")), text.repeat(8)).expect("written");
    }
    let engine = desk.engine.clone();
    let adding = tokio::task::spawn_blocking(move || {
        let request = IngestRequest { paths: vec![more], ..IngestRequest::default() };
        engine.ingest(&request, 9, &engine::Cancel::new(), &|_| ())
    });
    let talks: Vec<_> = (0..8)
        .map(|number| {
            let mut request = chat(&format!("question {number}"), 60);
            request["stream"] = json!(true);
            let sent = desk.request(Method::POST, "/v1/chat/completions").json(&request).send();
            tokio::spawn(async move { Reply::of(sent.await.expect("a reply")).await })
        })
        .collect();
    for (number, reply) in talks.into_iter().enumerate() {
        let reply = reply.await.expect("no panic");
        let events = reply.events();
        let chunks = events.iter().filter_map(|event| serde_json::from_str::<Value>(event).ok());
        let text: String =
            chunks.filter_map(|chunk| chunk["choices"][0]["delta"]["content"].as_str().map(str::to_owned)).collect();
        assert_eq!(text, said(&desk, &format!("question {number}"), 60), "{number}");
    }
    adding.await.expect("no panic").expect("the documents are added");
    let body = desk.post("/api/v1/search", json!({"query": "seal of pump 17"})).await.json(200);
    assert!(body["hits"].as_array().is_some_and(|hits| !hits.is_empty()), "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_generator_writes_the_workspace_s_answers() {
    let desk = Desk::with(|config| config.writer = GeneratorWish::Usual).await;
    let talk = json!([{"role": "user", "content": QUESTION}]);
    let mut request =
        json!({"model": "downbeat", "messages": talk, "max_tokens": 16, "temperature": 0.1, "seed": 3, "k": 2});
    let body = desk.post("/v1/chat/completions", request.clone()).await.json(200);
    let about = &body["downbeat"];
    assert_eq!(
        (&about["composer"], &about["warnings"], &about["truncated"]),
        (&json!("tiny"), &json!([]), &json!(true))
    );
    let usage = &body["usage"];
    assert_eq!(
        (&usage["completion_tokens"], usage["prompt_tokens"].as_u64() > Some(100)),
        (&16.into(), true),
        "{usage}"
    );
    let first = body["choices"][0]["message"]["content"].clone();
    assert!(!first.as_str().expect("text").starts_with("Passages"), "{first}");
    request["stream"] = json!(true);
    let events = desk.post("/v1/chat/completions", request.clone()).await.events();
    let chunks = events.iter().filter_map(|event| serde_json::from_str::<Value>(event).ok());
    let text: String =
        chunks.filter_map(|chunk| chunk["choices"][0]["delta"]["content"].as_str().map(str::to_owned)).collect();
    assert_eq!(json!(text), first, "the seed decides");
    let own = desk.post("/api/v1/ask", json!({"question": QUESTION, "k": 2, "keep": false})).await.json(200);
    assert_eq!((&own["composer"], &own["found"]), (&json!("tiny"), &json!(true)));
}

fn weather() -> Value {
    let town = json!({
        "type": "object", "properties": {"town": {"enum": ["Rome", "Oslo"]}}, "required": ["town"], "additionalProperties": false,
    });
    json!([{"type": "function", "function": {"name": "weather", "description": "The weather", "parameters": town}}])
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_keep_to_a_form() {
    let desk = Desk::new().await;
    let schema = json!({
        "type": "object", "properties": {"sure": {"type": "boolean"}}, "required": ["sure"], "additionalProperties": false,
    });
    let mut request = chat("Is it so?", 60);
    request["response_format"] = json!({"type": "json_schema", "json_schema": {"name": "a", "schema": schema}});
    let body = desk.post("/v1/chat/completions", request).await.json(200);
    let text = body["choices"][0]["message"]["content"].as_str().expect("text");
    let value: Value = serde_json::from_str(text).unwrap_or_else(|cause| panic!("{cause}: {text}"));
    assert!(value["sure"].is_boolean() && body["choices"][0]["finish_reason"] == "stop", "{body}");
    let mut request = ollama("Is it so?", 60);
    (request["format"], request["stream"]) = (schema, json!(false));
    let body = desk.post("/api/generate", request).await.json(200);
    let value: Value = serde_json::from_str(body["response"].as_str().expect("text")).expect("JSON");
    assert!(value["sure"].is_boolean(), "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn tools_are_called_and_their_answers_go_back() {
    let desk = Desk::new().await;
    let mut request = chat("What is the weather in Rome?", 200);
    (request["tools"], request["tool_choice"]) = (weather(), json!("required"));
    let body = desk.post("/v1/chat/completions", request.clone()).await.json(200);
    let choice = &body["choices"][0];
    let call = &choice["message"]["tool_calls"][0];
    let finish = (&choice["finish_reason"], &call["function"]["name"]);
    assert_eq!(finish, (&json!("tool_calls"), &json!("weather")), "{body}");
    let arguments: Value = serde_json::from_str(call["function"]["arguments"].as_str().expect("text")).expect("JSON");
    assert!(["Rome", "Oslo"].iter().any(|town| arguments["town"] == *town), "{arguments}");
    assert!(choice["message"]["content"].is_null() && call["id"].as_str().is_some_and(|id| !id.is_empty()), "{choice}");
    request["stream"] = json!(true);
    let events = desk.post("/v1/chat/completions", request.clone()).await.events();
    let chunks: Vec<Value> = events.iter().filter_map(|event| serde_json::from_str(event).ok()).collect();
    let told = chunks.iter().find_map(|chunk| chunk["choices"][0]["delta"]["tool_calls"].as_array().cloned());
    let told = told.expect("a call");
    assert_eq!((&told[0]["index"], &told[0]["function"]), (&json!(0), &call["function"]));
    let talk = request["messages"].as_array_mut().expect("a list");
    talk.push(json!({"role": "assistant", "content": null, "tool_calls": [call]}));
    talk.push(json!({"role": "tool", "tool_call_id": call["id"], "content": "Sunny"}));
    (request["tool_choice"], request["stream"], request["max_tokens"]) = (json!("none"), json!(false), json!(8));
    let body = desk.post("/v1/chat/completions", request).await.json(200);
    assert_eq!(body["usage"]["completion_tokens"], 8, "{body}");
    let told = json!({
        "model": "tiny", "stream": false, "tools": weather(), "options": {"num_predict": 6, "temperature": 0},
        "messages": [
            {"role": "user", "content": "What is the weather in Rome?"},
            {"role": "assistant", "content": "", "tool_calls": [{"function": {"name": "weather", "arguments": {"town": "Rome"}}}]},
            {"role": "tool", "tool_name": "weather", "content": "Sunny"},
        ],
    });
    assert_eq!(desk.post("/api/chat", told).await.json(200)["eval_count"], 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_come_with_their_probabilities() {
    let desk = Desk::new().await;
    let mut request = chat("hello", 6);
    (request["logprobs"], request["top_logprobs"]) = (json!(true), json!(3));
    let body = desk.post("/v1/chat/completions", request.clone()).await.json(200);
    let tokens = body["choices"][0]["logprobs"]["content"].as_array().expect("tokens").clone();
    assert_eq!(tokens.len(), 6);
    for token in &tokens {
        let top = token["top_logprobs"].as_array().expect("a list");
        assert!(top.len() == 3 && token["token"] == top[0]["token"], "{token}");
        assert!(token["logprob"].as_f64().is_some_and(|logprob| logprob <= 0.0), "{token}");
    }
    request["stream"] = json!(true);
    let events = desk.post("/v1/chat/completions", request).await.events();
    let chunks = events.iter().filter_map(|event| serde_json::from_str::<Value>(event).ok());
    let streamed: Vec<Value> =
        chunks.filter_map(|chunk| chunk["choices"][0]["logprobs"]["content"].as_array().cloned()).flatten().collect();
    let names = |list: &[Value]| list.iter().map(|token| token["token"].clone()).collect::<Vec<_>>();
    assert_eq!(names(&streamed), names(&tokens));

    let prompt = "<|im_start|>user\nhello<|im_end|>\n<|im_start|>assistant\n";
    let mut request = json!({"model": "tiny", "prompt": prompt, "max_tokens": 6, "temperature": 0, "logprobs": 2});
    let body = desk.post("/v1/completions", request.clone()).await.json(200);
    let told = &body["choices"][0]["logprobs"];
    let count = |name: &str| told[name].as_array().map(Vec::len);
    assert_eq!(["tokens", "token_logprobs", "top_logprobs", "text_offset"].map(count), [Some(6); 4], "{told}");
    let text: String = told["tokens"].as_array().expect("tokens").iter().filter_map(Value::as_str).collect();
    assert!(text.contains("bytes:") || Some(&*text) == body["choices"][0]["text"].as_str(), "{body}");
    assert!(told["top_logprobs"][0].as_object().is_some_and(|top| !top.is_empty() && top.len() <= 2), "{told}");
    // The same but for the order of sums: other runs shared the work.
    let first = |value: &Value| value.as_f64().expect("a number");
    let apart = first(&told["token_logprobs"][0]) - first(&tokens[0]["logprob"]);
    assert!(told["text_offset"][0] == 0 && apart.abs() < 1e-3, "{told}");
    request["stream"] = json!(true);
    let events = desk.post("/v1/completions", request.clone()).await.events();
    let pieces: Vec<Value> = events.iter().filter_map(|event| serde_json::from_str(event).ok()).collect();
    let joined = |name: &str| -> Vec<Value> {
        pieces.iter().filter_map(|piece| piece["choices"][0]["logprobs"][name].as_array().cloned()).flatten().collect()
    };
    for name in ["tokens", "text_offset"] {
        assert_eq!(Some(&joined(name)), told[name].as_array(), "{name}");
    }
    request["echo"] = json!(true);
    assert_eq!(desk.post("/v1/completions", request).await.json(400)["error"]["param"], "logprobs");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_gone_on_with_as_it_stands() {
    let desk = Desk::new().await;
    let expected = said(&desk, "hello", 12);
    let prompt = "<|im_start|>user\nhello<|im_end|>\n<|im_start|>assistant\n";
    let request = json!({"model": "tiny", "prompt": prompt, "max_tokens": 12, "temperature": 0});
    let body = desk.post("/v1/completions", request.clone()).await.json(200);
    let choice = &body["choices"][0];
    assert_eq!((&body["object"], choice["text"].as_str()), (&json!("text_completion"), Some(&*expected)));
    assert_eq!((&body["usage"]["prompt_tokens"], &choice["finish_reason"]), (&24.into(), &json!("length")));
    let mut echoed = request.clone();
    (echoed["echo"], echoed["stream"]) = (json!(true), json!(true));
    echoed["stream_options"] = json!({"include_usage": true});
    let events = desk.post("/v1/completions", echoed).await.events();
    assert_eq!(events.last().map(String::as_str), Some("[DONE]"));
    let chunks: Vec<Value> = events.iter().filter_map(|event| serde_json::from_str(event).ok()).collect();
    let text: String = chunks.iter().filter_map(|chunk| chunk["choices"][0]["text"].as_str()).collect();
    assert_eq!(text, format!("{prompt}{expected}"));
    assert_eq!(chunks.last().expect("a last one")["usage"]["completion_tokens"], 12);
    let mut raw = ollama(prompt, 12);
    (raw["raw"], raw["stream"]) = (json!(true), json!(false));
    assert_eq!(desk.post("/api/generate", raw).await.json(200)["response"].as_str(), Some(&*expected));
    let refused = [
        ("model", json!("downbeat")),
        ("prompt", json!("")),
        ("prompt", json!(["a", "b"])),
        ("prompt", json!([1, 2])),
        ("n", json!(2)),
        ("logprobs", json!(1000)),
        ("suffix", json!("end")),
    ];
    for (field, value) in refused {
        let mut bad = request.clone();
        bad[field] = value.clone();
        let body = desk.post("/v1/completions", bad).await.json(400);
        let param = body["error"]["param"].as_str();
        assert!(param.is_some_and(|param| param.starts_with(field)), "{field} {value}: {body}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trained_generator_answers_thinks_and_calls_tools_of_its_own_choice() {
    let desk = Desk::new().await;
    let trained = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/tests/golden/small/small.gguf");
    std::fs::copy(trained, desk.folder.path().join("models/small.gguf")).expect("copied");
    let asked = |prompt: &str| {
        let messages = json!([{"role": "user", "content": prompt}]);
        json!({"model": "small", "messages": messages, "temperature": 0, "max_tokens": 400})
    };
    let streamed = async |mut request: Value| -> Vec<Value> {
        request["stream"] = json!(true);
        let events = desk.post("/v1/chat/completions", request).await.events();
        let chunks = events.iter().filter_map(|event| serde_json::from_str::<Value>(event).ok());
        chunks.map(|chunk| chunk["choices"][0]["delta"].clone()).collect()
    };
    let joined =
        |deltas: &[Value], field: &str| -> String { deltas.iter().filter_map(|delta| delta[field].as_str()).collect() };

    let body = desk.post("/v1/chat/completions", asked("Hello")).await.json(200);
    let choice = &body["choices"][0];
    let text = choice["message"]["content"].as_str().expect("text");
    assert_eq!(choice["finish_reason"], "stop", "it ends by itself: {body}");
    assert!(text.split_whitespace().count() > 2 && text.ends_with(['.', '!', '?']), "{text}");
    assert_eq!(joined(&streamed(asked("Hello")).await, "content"), text);

    let thinks = asked("What is the capital of France? /think");
    let message = desk.post("/v1/chat/completions", thinks.clone()).await.json(200)["choices"][0]["message"].clone();
    let reasoning = message["reasoning_content"].as_str().unwrap_or_else(|| panic!("it does not think: {message}"));
    assert!(!reasoning.contains("<think>") && !message["content"].to_string().contains("<think>"), "{message}");
    let deltas = streamed(thinks).await;
    // Space at the border of reasoning and text may come in another piece.
    assert_eq!(joined(&deltas, "reasoning_content").trim(), reasoning.trim());
    let talk = json!({"model": "small", "stream": false, "options": {"temperature": 0, "num_predict": 400}, "messages": [
        {"role": "user", "content": "What is the capital of France? /think"},
    ]});
    let told = desk.post("/api/chat", talk).await.json(200);
    assert_eq!(told["message"]["thinking"].as_str(), Some(reasoning), "{told}");

    let mut sum = asked("What is 590 plus 925?");
    let number = json!({"type": "integer"});
    let parameters = json!({"type": "object", "properties": {"a": number, "b": number}, "required": ["a", "b"]});
    let add = json!({"name": "add", "description": "Adds two numbers", "parameters": parameters});
    sum["tools"] = json!([{"type": "function", "function": add}]);
    let body = desk.post("/v1/chat/completions", sum.clone()).await.json(200);
    let choice = &body["choices"][0];
    let call = &choice["message"]["tool_calls"][0]["function"];
    assert_eq!((&choice["finish_reason"], &call["name"]), (&json!("tool_calls"), &json!("add")), "{body}");
    let arguments: Value = serde_json::from_str(call["arguments"].as_str().expect("text")).expect("JSON");
    assert_eq!(arguments, json!({"a": 590, "b": 925}), "what was asked for");
    let deltas = streamed(sum).await;
    let told = deltas.iter().find_map(|delta| delta["tool_calls"].as_array()).expect("a call");
    assert_eq!(&told[0]["function"], call);
    assert!(!joined(&deltas, "content").contains("tool_call"), "marks are no text");
}

#[tokio::test(flavor = "multi_thread")]
async fn stops_of_the_workspace_s_answers_are_checked_as_a_generator_s() {
    let desk = Desk::with(|config| config.writer = GeneratorWish::Usual).await;
    let ask = |stop: Value| json!({"model": "downbeat", "messages": [{"role": "user", "content": QUESTION}], "stop": stop, "max_tokens": 5});
    desk.post("/v1/chat/completions", ask(json!([""]))).await.json(200);
    let refused = desk.post("/v1/chat/completions", ask(json!(["x".repeat(5000)]))).await.json(400);
    assert!(refused["error"]["message"].as_str().is_some_and(|why| why.contains("stop")), "{refused}");
}
