//! Vectors in both shapes.

use crate::desk::Desk;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

fn numbers(value: &Value) -> Vec<f32> {
    value.as_array().expect("a vector").iter().map(|x| x.as_f64().expect("a number") as f32).collect()
}

fn length(vector: &[f32]) -> f32 {
    vector.iter().map(|x| x * x).sum::<f32>().sqrt()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_text_several_and_base64_give_the_same_vectors() {
    let desk = Desk::new().await;
    let embed = async |body: Value| desk.post("/v1/embeddings", body).await.json(200);
    let one = embed(json!({"model": "static", "input": "a kettle"})).await;
    let many = embed(json!({"model": "static", "input": ["rail", "a kettle"]})).await;
    let coded = embed(json!({"model": "static", "input": "a kettle", "encoding_format": "base64"})).await;
    let expected = desk.engine.embedder().embed(&["a kettle"]).expect("vectors").vectors;
    assert_eq!(numbers(&one["data"][0]["embedding"]), expected);
    assert_eq!(numbers(&many["data"][1]["embedding"]), expected);
    assert_eq!(many["data"][1]["index"], 1);
    let bytes = BASE64_STANDARD.decode(coded["data"][0]["embedding"].as_str().expect("base64")).expect("valid");
    let floats: Vec<f32> = bytes.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    assert_eq!(floats, expected);
    assert!(one["usage"]["prompt_tokens"].as_u64() > Some(0) && one["model"] == "static");
    let ollama =
        desk.post("/api/embed", json!({"model": "static:latest", "input": ["rail", "a kettle"]})).await.json(200);
    assert_eq!(numbers(&ollama["embeddings"][1]), expected);
    let older = desk.post("/api/embeddings", json!({"model": "static", "prompt": "a kettle"})).await.json(200);
    assert_eq!(numbers(&older["embedding"]), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn vectors_can_be_shortened_and_cut_texts_are_told() {
    let desk = Desk::new().await;
    let short =
        desk.post("/v1/embeddings", json!({"model": "static", "input": "a kettle", "dimensions": 64})).await.json(200);
    let vector = numbers(&short["data"][0]["embedding"]);
    assert_eq!(vector.len(), 64);
    assert!((length(&vector) - 1.0).abs() < 1e-4);
    assert!(short["downbeat"]["warnings"][0].as_str().is_some_and(|warning| warning.contains("dimensions")));
    let nothing = desk.post("/v1/embeddings", json!({"model": "static", "input": ["", "a kettle"]})).await.json(200);
    assert!(
        nothing["downbeat"]["degraded"][0].as_str().is_some_and(|said| said.starts_with("1 of 2 texts")),
        "{}",
        nothing["downbeat"]
    );
    let long = "kettle ".repeat(20_000);
    let cut = desk.post("/v1/embeddings", json!({"model": "static", "input": long})).await.json(200);
    assert_eq!(cut["downbeat"]["truncated"], true, "{}", cut["downbeat"]);
    let refused = desk.post("/api/embed", json!({"model": "static", "input": long, "truncate": false})).await;
    assert!(refused.json(400)["error"].as_str().is_some_and(|error| error.contains("truncate")));
}

#[tokio::test(flavor = "multi_thread")]
async fn token_ids_are_embedded_as_they_are() {
    let desk = Desk::new().await;
    let embedder = desk.engine.embedder();
    let ids = embedder.tokeniser().batch(&["a kettle"]).expect("tokens").ids().to_vec();
    let expected = embedder.embed(&["a kettle"]).expect("vectors").vectors;
    let one = desk.post("/v1/embeddings", json!({"model": "static", "input": ids})).await.json(200);
    assert_eq!(numbers(&one["data"][0]["embedding"]), expected);
    assert_eq!(one["usage"]["prompt_tokens"], ids.len());
    let many = desk.post("/v1/embeddings", json!({"model": "static", "input": [[5], ids]})).await.json(200);
    assert_eq!(numbers(&many["data"][1]["embedding"]), expected);
    for bad in [json!([4_000_000_000_u32]), json!([[1], ["a"]]), json!([-1]), json!([1.5])] {
        assert_eq!(desk.post("/v1/embeddings", json!({"model": "static", "input": bad})).await.status, 400, "{bad}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_is_loaded_when_it_is_named_and_no_path_is_one() {
    let desk = Desk::new().await;
    let loaded = async |name: &str| {
        let list = desk.get("/api/ps").await.json(200);
        list["models"]
            .as_array()
            .is_some_and(|list| list.iter().any(|model| model["name"].as_str().is_some_and(|n| n.contains(name))))
    };
    assert!(loaded("static").await && !loaded("MiniLM").await);
    let request = json!({"model": "all-MiniLM-L6-v2:int8", "input": "a kettle", "keep_alive": "5m"});
    let body = desk.post("/api/embed", request).await.json(200);
    assert_eq!(body["embeddings"][0].as_array().map(Vec::len), Some(384));
    assert!(body["downbeat"]["embedder"].as_str().is_some_and(|name| name.contains("MiniLM")), "{}", body["downbeat"]);
    assert!(loaded("MiniLM").await);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../.deps/models/sentence-transformers/all-MiniLM-L6-v2");
    for path in [folder.to_string_lossy().as_ref(), "../models", "/etc", "./x"] {
        let refused = desk.post("/v1/embeddings", json!({"model": path, "input": "a"})).await;
        assert_eq!(refused.json(404)["error"]["code"], "model_not_found", "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_embedded_is_refused() {
    let desk = Desk::with(|config| config.limits.inputs = 3).await;
    let cases = [
        (json!({"model": "static", "input": []}), 400),
        (json!({"model": "static", "input": ["a", "b", "c", "d"]}), 413),
        (json!({"model": "static", "input": {"a": 1}}), 400),
        (json!({"model": "static"}), 400),
        (json!({"input": "a"}), 400),
        (json!({"model": "nothing", "input": "a"}), 404),
        (json!({"model": "static", "input": "a", "dimensions": 0}), 400),
        (json!({"model": "static", "input": "a", "dimensions": 100_000}), 400),
        (json!({"model": "static", "input": "a", "encoding_format": "hex"}), 400),
        (json!(["a"]), 400),
    ];
    for (body, status) in cases {
        let reply = desk.post("/v1/embeddings", body.clone()).await;
        let error = reply.json(status);
        assert!(
            error["error"]["message"].as_str().is_some_and(|line| !line.is_empty() && !line.contains('\n')),
            "{body}"
        );
    }
}
