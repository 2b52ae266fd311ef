//! Models, chat and ranking in OpenAI's shape.

use crate::desk::{Desk, QUESTION};
use reqwest::Method;
use serde_json::{Value, json};

fn ask(content: &str) -> Value {
    json!({"model": "downbeat", "messages": [{"role": "user", "content": content}]})
}

#[tokio::test(flavor = "multi_thread")]
async fn models_are_listed_and_looked_up() {
    let desk = Desk::new().await;
    let list = desk.get("/v1/models").await.json(200);
    let names: Vec<&str> = list["data"].as_array().expect("a list").iter().filter_map(|m| m["id"].as_str()).collect();
    assert!(names.contains(&"downbeat") && names.contains(&"static"), "{names:?}");
    let one = desk.get("/v1/models/static").await.json(200);
    assert_eq!((one["object"].as_str(), one["dimensions"].is_u64()), (Some("model"), true));
    let error = desk.get("/v1/models/gpt-4o").await.json(404);
    assert_eq!(
        (error["error"]["code"].as_str(), error["error"]["param"].as_str()),
        (Some("model_not_found"), Some("model"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_workspace_answers_with_citations() {
    let desk = Desk::new().await;
    let reply = desk.post("/v1/chat/completions", ask(QUESTION)).await;
    let body = reply.json(200);
    let text = body["choices"][0]["message"]["content"].as_str().expect("text");
    assert!(text.starts_with("Passages from your documents:") && text.contains("head of finance"), "{text}");
    assert!(text.contains("Sources:\n[1]") && text.contains("handbook.md"), "{text}");
    assert_eq!(body["choices"][0]["finish_reason"], "stop");
    assert!(body["citations"][0]["source"].as_str().is_some_and(|source| source.ends_with("handbook.md")));
    let about = &body["downbeat"];
    assert_eq!((about["composer"].as_str(), about["truncated"].as_bool()), (Some("passages"), Some(false)));
    assert!(about["queue_ms"].is_f64() && about["run_ms"].as_f64() > Some(0.0) && about["device"].is_string());
    let usage = &body["usage"];
    assert!(usage["prompt_tokens"].as_u64() > Some(3) && usage["completion_tokens"].as_u64() > Some(10), "{usage}");
    assert!(reply.headers.contains_key("x-downbeat-device") && reply.headers.contains_key("x-request-id"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_streamed_answer_is_the_same_in_pieces() {
    let desk = Desk::new().await;
    let whole = desk.post("/v1/chat/completions", ask(QUESTION)).await.json(200);
    let mut request = ask(QUESTION);
    request["stream"] = json!(true);
    request["stream_options"] = json!({"include_usage": true});
    let reply = desk.post("/v1/chat/completions", request).await;
    assert_eq!(reply.headers["content-type"], "text/event-stream");
    let events = reply.events();
    assert_eq!(events.last().map(String::as_str), Some("[DONE]"));
    let chunks: Vec<Value> =
        events[..events.len() - 1].iter().map(|e| serde_json::from_str(e).expect("JSON")).collect();
    assert!(chunks.iter().all(|chunk| chunk["object"] == "chat.completion.chunk" && chunk["id"] == chunks[0]["id"]));
    assert_eq!(chunks[0]["choices"][0]["delta"]["role"], "assistant");
    let text: String = chunks.iter().filter_map(|chunk| chunk["choices"][0]["delta"]["content"].as_str()).collect();
    assert_eq!(Some(text.as_str()), whole["choices"][0]["message"]["content"].as_str());
    let [.., end, usage] = &chunks[..] else { panic!("too few chunks") };
    assert_eq!(end["choices"][0]["finish_reason"], "stop");
    assert_eq!((&end["citations"], &end["downbeat"]["degraded"]), (&whole["citations"], &json!([])));
    assert_eq!((&usage["usage"], &usage["choices"]), (&whole["usage"], &json!([])));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_ends_where_the_client_wants() {
    let desk = Desk::new().await;
    let mut request = ask(QUESTION);
    request["max_tokens"] = json!(7);
    let body = desk.post("/v1/chat/completions", request.clone()).await.json(200);
    assert_eq!(
        (&body["choices"][0]["finish_reason"], &body["downbeat"]["truncated"]),
        (&json!("length"), &json!(true))
    );
    assert!(!body["choices"][0]["message"]["content"].as_str().expect("text").contains("Sources"));
    let mut request = ask(QUESTION);
    request["stop"] = json!(["approved"]);
    let body = desk.post("/v1/chat/completions", request).await.json(200);
    let text = body["choices"][0]["message"]["content"].as_str().expect("text");
    assert!(text.contains("Journeys above 500 euros are ") && !text.contains("approved"), "{text}");
    assert_eq!(body["choices"][0]["finish_reason"], "stop");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_followed_is_told_and_what_cannot_be_is_refused() {
    let desk = Desk::new().await;
    let mut request = ask(QUESTION);
    request["temperature"] = json!(0.2);
    request["seed"] = json!(7);
    request["colour"] = json!("blue");
    request["user"] = json!("me");
    let reply = desk.post("/v1/chat/completions", request).await;
    let body = reply.json(200);
    let warnings: Vec<&str> =
        body["downbeat"]["warnings"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    for field in ["temperature", "seed", "colour"] {
        assert!(warnings.iter().any(|warning| warning.contains(field)), "{field}: {warnings:?}");
    }
    assert_eq!(warnings.len(), 3);
    assert!(reply.headers.contains_key("x-downbeat-warnings"));
    let refused = [
        ("n", json!(2)),
        ("tools", json!([{"type": "function", "function": {"name": "f"}}])),
        ("logprobs", json!(true)),
        ("response_format", json!({"type": "json_object"})),
        ("stream_options", json!({"include_usage": true})),
        ("k", json!(0)),
        ("max_tokens", json!(0)),
        ("max_tokens", json!(-1)),
        ("messages", json!("hello")),
        ("messages", json!([])),
        ("model", json!(7)),
    ];
    for (field, value) in refused {
        let mut request = ask(QUESTION);
        request[field] = value.clone();
        let body = desk.post("/v1/chat/completions", request).await.json(400);
        let error = &body["error"];
        assert!(error["param"].as_str().is_some_and(|param| param.starts_with(field)), "{field} {value}: {body}");
        assert_eq!(error["type"], "invalid_request_error");
    }
    let mut request = ask(QUESTION);
    request["model"] = json!("gpt-4o");
    assert_eq!(desk.post("/v1/chat/completions", request).await.json(404)["error"]["code"], "model_not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_found_is_said_and_cites_nothing() {
    let desk = Desk::new().await;
    let body = desk.post("/v1/chat/completions", ask("What is the capital of Mongolia?")).await.json(200);
    assert_eq!((&body["downbeat"]["found"], &body["citations"]), (&json!(false), &json!([])));
    assert!(body["choices"][0]["message"]["content"].as_str().is_some_and(|text| text.starts_with("Nothing")));
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_are_ranked() {
    let desk = Desk::new().await;
    let documents =
        json!(["The kettle needs citric acid.", {"text": "Rail comes before air."}, "Radar items ship late."]);
    let request = json!({"query": "descaling a kettle", "documents": documents, "top_n": 2, "return_documents": true});
    let body = desk.post("/v1/rerank", request).await.json(200);
    let results = body["results"].as_array().expect("results");
    assert_eq!((results.len(), &results[0]["index"]), (2, &json!(0)));
    assert_eq!(results[0]["document"]["text"], "The kettle needs citric acid.");
    assert!(results[0]["relevance_score"].as_f64() > results[1]["relevance_score"].as_f64());
    for bad in [json!({"query": "", "documents": ["a"]}), json!({"query": "a", "documents": []}), json!({"query": "a"})]
    {
        assert_eq!(desk.post("/v1/rerank", bad).await.status, 400);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_routes_and_methods_are_told_in_the_route_s_shape() {
    let desk = Desk::new().await;
    assert_eq!(desk.get("/v1/nothing").await.json(404)["error"]["type"], "invalid_request_error");
    assert!(desk.get("/api/nothing").await.json(404)["error"].is_string());
    assert_eq!(desk.get("/api/v1/nothing").await.json(404)["error"]["kind"], "not_found");
    let wrong = crate::desk::Reply::of(desk.request(Method::DELETE, "/v1/models").send().await.expect("a reply")).await;
    assert_eq!(wrong.json(405)["error"]["code"], "method");
    assert!(wrong.headers.contains_key("allow"));
}
