//! `downbeat serve` as a process: started, asked, told to stop, killed.

use crate::desk::{Desk, HANDBOOK};
use crate::mirror::{Faults, Mirror};
use crate::tiny;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

struct Served {
    child: Child,
    out: BufReader<ChildStdout>,
    address: String,
}

impl Served {
    fn start(desk: &Desk, more: &[&str]) -> Served {
        Served::with(desk, more, &[])
    }

    /// The same with variables of its environment.
    fn with(desk: &Desk, more: &[&str], variables: &[(&str, &str)]) -> Served {
        let args = [&["serve", "--addr", "127.0.0.1:0", "--json"], more].concat();
        let mut command = desk.command(&args);
        command.envs(variables.iter().copied());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
        let mut out = BufReader::new(child.stdout.take().expect("an output"));
        let mut line = String::new();
        out.read_line(&mut line).expect("a line");
        let told: Value = serde_json::from_str(&line).unwrap_or_else(|cause| panic!("{cause} in {line}"));
        let url = told["listening"].as_str().unwrap_or_else(|| panic!("{line}"));
        Served { address: url.trim_start_matches("http://").to_owned(), child, out }
    }

    /// Sends a request and reads the reply to its end.
    fn send(&self, method: &str, path: &str, body: &[u8]) -> String {
        let mut stream = self.open(method, path, body);
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).expect("a reply");
        String::from_utf8_lossy(&reply).into_owned()
    }

    fn open(&self, method: &str, path: &str, body: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("set");
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)).expect("sent");
        stream
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([name, &self.child.id().to_string()]).status().expect("kill is there");
        assert!(sent.success());
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill().and_then(|()| self.child.wait());
    }
}

#[test]
fn it_serves_logs_without_text_and_stops_when_told() {
    let desk = Desk::with_documents();
    let mut served = Served::start(&desk, &[]);
    let locked = desk.run(&["search", "kettle", "--json"]).ended(1);
    assert_eq!(locked.error_kind(), "locked");
    let reply = served.send("POST", "/api/v1/search", br#"{"query": "descale kettle"}"#);
    assert!(reply.starts_with("HTTP/1.1 200") && reply.contains("citric acid"), "{reply}");
    let reply = served.send("GET", "/api/v1/search?query=secretword&k=1", b"");
    assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
    served.signal("-TERM");
    assert_eq!(served.child.wait().expect("it ends").code(), Some(0));
    let mut log = String::new();
    served.out.read_to_string(&mut log).expect("the log");
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 2, "{log}");
    assert!(
        lines.iter().all(|line| line["route"] == "/api/v1/search" && line["status"] == 200 && line["whole"] == true)
    );
    assert!(!log.contains("kettle") && !log.contains("secretword") && !log.contains("citric"), "{log}");
    desk.run(&["search", "kettle"]).ended(0);
}

#[test]
fn killed_in_the_middle_it_loses_nothing_acknowledged() {
    let desk = Desk::with_documents();
    let served = Served::start(&desk, &[]);
    let text = HANDBOOK.repeat(40);
    for number in 0..30 {
        let reply = served.send(
            "PUT",
            &format!("/api/v1/uploads/book-{number}.md"),
            format!("{text}\nMark{number}\n").as_bytes(),
        );
        assert!(reply.starts_with("HTTP/1.1 202"), "{reply}");
    }
    // Killed while it adds, and in the middle of a stream.
    let mut stream = served.open("POST", "/api/v1/ask", br#"{"question": "Who approves journeys?", "stream": true}"#);
    let mut begun = [0; 16];
    stream.read_exact(&mut begun).expect("the answer begins");
    served.signal("-KILL");
    drop(served);

    let served = Served::start(&desk, &[]);
    // Words are found once the text index is committed, a little after the sources are there.
    let until = Instant::now() + Duration::from_secs(60);
    let wait_for = |method: &str, path: &str, body: &[u8], sign: &str| loop {
        let reply = served.send(method, path, body);
        if reply.contains(sign) {
            break;
        }
        assert!(Instant::now() < until, "{sign} did not come: {reply}");
        std::thread::sleep(Duration::from_millis(100));
    };
    wait_for("GET", "/api/v1/sources?source=book-*.md&limit=1000", b"", "\"total\":30");
    wait_for("POST", "/api/v1/search", br#"{"query": "Mark29", "mode": "text", "k": 1}"#, "book-29.md");
}

#[test]
fn what_is_loaded_is_listed() {
    let desk = Desk::with_documents();
    let served = Served::start(&desk, &["--api-key", "0123456789abcdef"]);
    let ps = ["ps", "--addr", &served.address, "--api-key"];
    let listed = desk.run(&[&ps[..], &["0123456789abcdef"]].concat()).ended(0);
    assert!(listed.out.contains("static:int8") && listed.out.contains("while it is used"), "{}", listed.out);
    let json = desk.run(&[&ps[..], &["0123456789abcdef", "--json"]].concat()).ended(0).json();
    assert_eq!(json["models"][0]["name"], "static:int8");
    assert_eq!(desk.run(&[&ps[..], &["another key of them", "--json"]].concat()).ended(1).error_kind(), "unauthorized");
    drop(served);
    let gone = desk.run(&["ps", "--addr", "127.0.0.1:9", "--json"]).ended(1);
    assert_eq!(gone.error_kind(), "unreachable");
}

#[test]
fn what_cannot_be_served_is_said_at_once() {
    let desk = Desk::new();
    let cases: [(&[&str], &str); 8] = [
        (&["--addr", "0.0.0.0:0"], "key"),
        (&["--addr", "nowhere"], "nowhere"),
        (&["--api-key", "short"], "16"),
        (&["--api-key-file", "missing.txt"], "missing.txt"),
        (&["--files", "missing"], "missing"),
        (&["--allow-origin", "localhost"], "origin"),
        (&["--generator", "https://example.com"], "http://"),
        (&["--generator-model", "x"], "--generator"),
    ];
    for (args, word) in cases {
        let ran = desk.run(&[&["serve"], args].concat());
        assert!(ran.code == 1 || ran.code == 2, "{args:?}: {ran:?}");
        assert!(ran.err.contains(word), "{args:?}: {}", ran.err);
        assert!(!desk.path("workspace").exists(), "{args:?} made a workspace");
    }
}

#[test]
fn generators_are_served_by_name_and_listed() {
    let desk = Desk::with_documents();
    desk.write("models/tiny.gguf", tiny::gguf(1024, tiny::END));
    let other = ["serve", "--addr", "127.0.0.1:0", "--models", "models", "--generator", "other", "--json"];
    let refused = desk.run(&other).ended(1);
    assert!(refused.error_kind() == "unknown_model" && refused.out.contains("tiny"), "{}", refused.out);
    let served = Served::start(&desk, &["--models", "models", "--generator", "tiny", "--context", "1000"]);
    let body = |reply: &str| -> Value {
        let text = reply.split("\r\n\r\n").nth(1).unwrap_or_default();
        serde_json::from_str(text).unwrap_or_else(|cause| panic!("{cause} in {reply}"))
    };
    let asked =
        br#"{"model": "tiny", "messages": [{"role": "user", "content": "hello"}], "max_tokens": 5, "temperature": 0}"#;
    let told = body(&served.send("POST", "/v1/chat/completions", asked));
    assert_eq!(
        (&told["usage"]["completion_tokens"], &told["downbeat"]["context"]),
        (&5.into(), &1000.into()),
        "{told}"
    );
    let (codec, said) = tiny::greedy(&desk.path("models/tiny.gguf"), "hello", 5);
    assert_eq!(told["choices"][0]["message"]["content"].as_str(), Some(&*codec.decode(&said)));
    let shown = desk.run(&["ps", "--addr", &served.address]).ended(0).out;
    assert!(shown.lines().any(|line| line.contains("tiny") && line.contains("1 request")), "{shown}");
    // The workspace's answers are written by it, too.
    let told = body(&served.send("POST", "/api/v1/ask", br#"{"question": "How is a kettle descaled?", "k": 1}"#));
    assert_eq!(told["composer"], "tiny", "{told}");
}

#[test]
fn a_model_is_downloaded_through_the_server() {
    let desk = Desk::with_documents();
    let mirror = Mirror::new(&[("tiny-F32.gguf", tiny::gguf(512, tiny::END))], Faults::default());
    let served = Served::with(&desk, &[], &[("HF_ENDPOINT", &mirror.endpoint)]);
    let reply = served.send("POST", "/api/pull", br#"{"model": "hf.co/org/repo:F32"}"#);
    let lines = || reply.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok().filter(Value::is_object));
    assert_eq!(lines().next().map(|line| line["status"].clone()), Some("pulling manifest".into()), "{reply}");
    let last = lines().next_back().expect("a last line");
    assert!(
        last["status"] == "success" && last["completed"] == last["total"] && last["total"].as_u64() > Some(0),
        "{last}"
    );
    let asked = br#"{"model": "org/repo:F32", "prompt": "hello", "stream": false, "options": {"num_predict": 3}}"#;
    let reply = served.send("POST", "/api/generate", asked);
    assert!(reply.starts_with("HTTP/1.1 200") && reply.contains("\"eval_count\":3"), "{reply}");
    let gone = served.send("POST", "/api/pull", br#"{"model": "org/nothing", "stream": false}"#);
    assert!(gone.starts_with("HTTP/1.1 502") && gone.contains("error"), "{gone}");
}

#[test]
fn an_address_in_use_is_named() {
    let desk = Desk::with_documents();
    let served = Served::start(&desk, &[]);
    let other = Desk::with_documents();
    let ran = other.run(&["serve", "--addr", &served.address]).ended(1);
    assert!(ran.err.contains(&served.address) && ran.err.contains("--addr"), "{}", ran.err);
}
