//! A running server to try things on.

use crate::tiny;
use engine::Engine;
use engine::ask::GeneratorWish;
use engine::ingest::IngestRequest;
use models::{Folders, GeneratorFolders};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;
use server::{Config, Running};
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// Documents on the desk; tests of the server and of the program have the same.
pub const HANDBOOK: &str = include_str!("../desk/handbook.md");
pub const SHIPMENTS: &str = include_str!("../desk/shipments.csv");

/// A question that the handbook answers.
pub const QUESTION: &str = "Who approves journeys above 500 euros?";

pub struct Desk {
    pub folder: TempDir,
    pub engine: Arc<Engine>,
    pub client: reqwest::Client,
    pub url: String,
    running: Option<Running>,
}

impl Desk {
    /// A server over a workspace that holds a handbook and a table.
    pub async fn new() -> Desk {
        Desk::with(|_| ()).await
    }

    /// The same with other settings.
    pub async fn with(set: impl FnOnce(&mut Config)) -> Desk {
        let folder = tempfile::tempdir().expect("a folder");
        let docs = folder.path().join("docs");
        std::fs::create_dir(&docs).expect("made");
        std::fs::write(docs.join("handbook.md"), HANDBOOK).expect("written");
        std::fs::write(docs.join("shipments.csv"), SHIPMENTS).expect("written");
        let models = folder.path().join("models");
        std::fs::create_dir(&models).expect("made");
        std::fs::write(models.join("tiny.gguf"), tiny::gguf(2048, tiny::END)).expect("written");
        let engine = Arc::new(open(&folder.path().join("workspace")));
        let request = IngestRequest { paths: vec![docs], ..IngestRequest::default() };
        engine.ingest(&request, 1, &engine::Cancel::new(), &|_| ()).expect("added");
        Desk::over(folder, engine, set).await
    }

    /// A server over a workspace that is open.
    pub async fn over(folder: TempDir, engine: Arc<Engine>, set: impl FnOnce(&mut Config)) -> Desk {
        let mut config = Config::new("127.0.0.1:0".parse().expect("an address"));
        // Most tests are about quotations, whatever generators there are.
        config.writer = GeneratorWish::Passages;
        set(&mut config);
        let running = server::start(engine.clone(), config).await.expect("it listens");
        let url = format!("http://{}", running.address);
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        Desk { folder, engine, client, url, running: Some(running) }
    }

    /// A request to it.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url))
    }

    /// Posts JSON.
    pub async fn post(&self, path: &str, body: Value) -> Reply {
        Reply::of(self.request(Method::POST, path).json(&body).send().await.expect("a reply")).await
    }

    /// Gets.
    pub async fn get(&self, path: &str) -> Reply {
        Reply::of(self.request(Method::GET, path).send().await.expect("a reply")).await
    }

    /// Deletes.
    pub async fn delete(&self, path: &str) -> Reply {
        Reply::of(self.request(Method::DELETE, path).send().await.expect("a reply")).await
    }

    /// Stops the server and gives the workspace back.
    pub async fn stop(mut self) -> (TempDir, Arc<Engine>) {
        let running = self.running.take().expect("it runs");
        running.stop.set();
        running.ended().await;
        // What still ends holds the workspace a moment longer.
        while Arc::strong_count(&self.engine) > 1 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        (self.folder, self.engine)
    }
}

/// An engine over a folder.
pub fn open(workspace: &Path) -> Engine {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.deps/models");
    let config = engine::Config::new(workspace.to_path_buf(), Folders { models: Some(models), hub: None });
    // Generators lie beside the workspace; those of this machine's other programs are nobody's business here.
    let generators =
        GeneratorFolders { models: workspace.parent().map(|desk| desk.join("models")), ..GeneratorFolders::default() };
    Engine::open(&engine::Config { shared: true, generators, ..config }).expect("the workspace opens")
}

/// A whole reply.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Reply {
    pub async fn of(response: Response) -> Reply {
        let (status, headers) = (response.status(), response.headers().clone());
        Reply { status, headers, text: response.text().await.expect("a body") }
    }

    /// The body, the reply having this status.
    #[track_caller]
    pub fn json(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{self:#?}");
        serde_json::from_str(&self.text).unwrap_or_else(|cause| panic!("{cause} in {self:?}"))
    }

    /// The data of its events, JSON or not.
    pub fn events(&self) -> Vec<String> {
        self.text.split("\n\n").filter_map(|event| event.strip_prefix("data: ")).map(str::to_owned).collect()
    }
}
