//! An external generator, acted by a small server of our own that follows a script.

use crate::desk::{Desk, QUESTION};
use serde_json::{Value, json};
use server::{Generator, Shape};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the generator does with a question.
#[derive(Clone, Copy, PartialEq)]
enum Plays {
    Ollama,
    OpenAi,
    /// Says half a sentence and hangs up.
    HangsUp,
    /// Refuses with status 500.
    Refuses,
    /// Says a word, then nothing until its client goes.
    Falters,
}

struct Actor {
    url: String,
    /// Bodies of the questions it was asked.
    asked: Arc<Mutex<Vec<Value>>>,
    /// How many clients went while it was silent.
    left: Arc<Mutex<usize>>,
}

async fn act(plays: Plays) -> Actor {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("it listens");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let actor = Actor { url, asked: Arc::default(), left: Arc::default() };
    let (asked, left) = (actor.asked.clone(), actor.left.clone());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, plays, asked.clone(), left.clone()));
        }
    });
    actor
}

async fn serve(mut stream: TcpStream, plays: Plays, asked: Arc<Mutex<Vec<Value>>>, left: Arc<Mutex<usize>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte).await.unwrap_or(0) == 0 {
            return;
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).and_then(|n| n.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await.expect("a body");
    let ollama = plays != Plays::OpenAi;
    let reply = match head.split(' ').nth(1).unwrap_or_default() {
        "/api/tags" if ollama => json!({"models": [{"name": "tiny"}]}).to_string(),
        "/v1/models" if !ollama => json!({"data": [{"id": "tiny"}]}).to_string(),
        "/api/chat" | "/v1/chat/completions" => {
            asked.lock().expect("not poisoned").push(serde_json::from_slice(&body).expect("JSON"));
            return answer(stream, plays, left).await;
        }
        _ => {
            let _ = stream.write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await;
            return;
        }
    };
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", reply.len());
    let _ = stream.write_all(format!("{head}{reply}").as_bytes()).await;
}

async fn answer(mut stream: TcpStream, plays: Plays, left: Arc<Mutex<usize>>) {
    let ok = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n";
    let ollama = |text: &str| format!("{}\n", json!({"message": {"content": text}, "done": false}));
    let openai = |text: &str| format!("data: {}\n\n", json!({"choices": [{"delta": {"content": text}}]}));
    let script = match plays {
        Plays::Ollama => {
            let end = json!({"message": {"content": ""}, "done": true, "done_reason": "stop", "prompt_eval_count": 50, "eval_count": 6});
            format!("{ok}{}{}{end}\n", ollama("The head of "), ollama("finance [1]."))
        }
        Plays::OpenAi => {
            let usage = json!({"choices": [], "usage": {"prompt_tokens": 50, "completion_tokens": 6}});
            format!("{ok}{}{}data: {usage}\n\ndata: [DONE]\n\n", openai("The head of "), openai("finance [1]."))
        }
        Plays::HangsUp | Plays::Falters => format!("{ok}{}", ollama("The head")),
        Plays::Refuses => {
            let error = json!({"error": "no memory for the model"}).to_string();
            format!("HTTP/1.1 500 Error\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{error}", error.len())
        }
    };
    let _ = stream.write_all(script.as_bytes()).await;
    if plays == Plays::Falters {
        // Waits for the client to go.
        let _ = stream.read(&mut [0]).await;
        *left.lock().expect("not poisoned") += 1;
    }
}

async fn desk(url: &str, shape: Option<Shape>) -> Desk {
    let generator = Generator { url: url.to_owned(), shape, model: None, key: None };
    Desk::with(move |config| config.generator = Some(generator)).await
}

fn question(stream: bool) -> Value {
    let talk = json!([
        {"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Hi"},
        {"role": "user", "content": QUESTION},
    ]);
    json!({"model": "downbeat", "messages": talk, "stream": stream, "temperature": 0.1})
}

#[tokio::test(flavor = "multi_thread")]
async fn it_writes_from_our_passages_and_is_cited() {
    for plays in [Plays::Ollama, Plays::OpenAi] {
        let actor = act(plays).await;
        let desk = desk(&actor.url, None).await;
        let body = desk.post("/v1/chat/completions", question(false)).await.json(200);
        let text = body["choices"][0]["message"]["content"].as_str().expect("text");
        assert!(text.starts_with("The head of finance [1].") && text.contains("Sources:\n[1]"), "{text}");
        assert!(body["citations"][0]["source"].as_str().is_some_and(|source| source.ends_with("handbook.md")));
        assert_eq!((&body["usage"]["prompt_tokens"], &body["usage"]["completion_tokens"]), (&json!(50), &json!(6)));
        assert!(body["downbeat"]["composer"].as_str().is_some_and(|composer| composer.starts_with("tiny at http://")));
        assert_eq!(body["downbeat"]["warnings"], json!([]));
        let asked = actor.asked.lock().expect("not poisoned")[0].clone();
        let talk = asked["messages"].as_array().expect("messages");
        assert_eq!(talk.len(), 4);
        assert!(talk[0]["content"].as_str().is_some_and(|rules| rules.ends_with("Be brief.")));
        assert!(talk[3]["content"].as_str().is_some_and(|last| last.contains("[1]") && last.ends_with(QUESTION)));
        let temperature = if plays == Plays::Ollama { &asked["options"]["temperature"] } else { &asked["temperature"] };
        assert_eq!(temperature, &json!(0.1));
        let streamed = desk.post("/v1/chat/completions", question(true)).await;
        let events = streamed.events();
        assert_eq!(events.last().map(String::as_str), Some("[DONE]"));
        assert!(events.iter().any(|event| event.contains("finance [1].")), "{events:?}");
        let ask = desk.post("/api/v1/ask", json!({"question": QUESTION})).await.json(200);
        assert_eq!((&ask["answer"], &ask["citations"][0]["number"]), (&json!("The head of finance [1]."), &json!(1)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn its_failures_are_told() {
    let message = |body: Value| body["error"]["message"].as_str().expect("a message").to_owned();
    let gone = desk("http://127.0.0.1:9", Some(Shape::Ollama)).await;
    let told = message(gone.post("/v1/chat/completions", question(false)).await.json(502));
    assert!(told.contains("cannot be reached") && told.contains("127.0.0.1:9"), "{told}");
    let refusing = act(Plays::Refuses).await;
    let told = message(desk(&refusing.url, None).await.post("/v1/chat/completions", question(true)).await.json(502));
    assert!(told.contains("no memory for the model"), "{told}");
    let hanging = act(Plays::HangsUp).await;
    let desk = desk(&hanging.url, None).await;
    let told = message(desk.post("/v1/chat/completions", question(false)).await.json(502));
    assert!(told.contains("middle of its answer"), "{told}");
    // In the middle of a stream the failure comes in the client's format.
    let events = desk.post("/v1/chat/completions", question(true)).await.events();
    let error: Value = serde_json::from_str(&events[events.len() - 2]).expect("JSON");
    assert!(message(error).contains("middle of its answer"));
    let lines = desk.post("/api/chat", question(true)).await.text;
    assert!(lines.lines().last().is_some_and(|line| line.starts_with("{\"error\"")), "{lines}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_goes_ends_the_generation() {
    let actor = act(Plays::Falters).await;
    let generator = Generator { url: actor.url.clone(), shape: Some(Shape::Ollama), model: None, key: None };
    let desk = Desk::with(move |config| {
        config.generator = Some(generator);
        config.limits.ping = Duration::from_millis(100);
    })
    .await;
    let asking = desk.request(reqwest::Method::POST, "/v1/chat/completions").json(&question(true)).send();
    let mut stream = asking.await.expect("a reply");
    let mut text = String::new();
    // While the generator says nothing, the stream says that it is still there.
    while !text.contains(": ping\n\n") {
        let chunk = stream.chunk().await.expect("it goes on").expect("it goes on");
        text.push_str(&String::from_utf8_lossy(&chunk));
    }
    drop(stream);
    for _ in 0..300 {
        if *actor.left.lock().expect("not poisoned") > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the generator was not left");
}
