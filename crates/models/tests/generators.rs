//! Finding generators in the folders of several applications, and what is said of them before they are loaded.

use models::Architecture;
use models::generators::{CacheType, Files, GeneratorFolders, Origin, find, list};
use models::gguf::{TensorType, Value, Writer};
use std::fs;
use std::path::Path;

/// A file of a tiny model of this architecture.
fn gguf(architecture: &str, change: impl Fn(&mut Writer)) -> Vec<u8> {
    let mut writer = Writer::new();
    let key = |part: &str| format!("{architecture}.{part}");
    writer.key("general.architecture", Value::Text(architecture.to_owned()));
    for (part, value) in [("context_length", 4096), ("embedding_length", 64), ("block_count", 3)] {
        writer.key(&key(part), Value::U32(value));
    }
    writer.key(&key("attention.head_count"), Value::U32(4)).key(&key("attention.head_count_kv"), Value::U32(2));
    writer.tensor("token_embd.weight", TensorType::Q8_0, &[10, 64], vec![0; 10 * 2 * 34]);
    writer.f32("output_norm.weight", &[64], &[0.0; 64]);
    change(&mut writer);
    writer.to_bytes()
}

fn put(root: &Path, name: &str, bytes: &[u8]) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// A machine with every application.
fn machine() -> (tempfile::TempDir, GeneratorFolders) {
    let root = tempfile::tempdir().unwrap();
    let llama = gguf("llama", |_| {});
    let at = |name: &str| root.path().join(name);
    put(root.path(), "models/alone.gguf", &llama);
    put(root.path(), "models/org/tiny/tiny-q4_k_m.gguf", &llama);
    put(root.path(), "models/org/tiny/tiny-Q8_0.gguf", &llama);
    put(root.path(), "models/org/tiny/mmproj-tiny.gguf", &llama);
    put(root.path(), "models/notes.txt", b"no model");
    put(root.path(), "hub/models--org--repo/refs/main", b"abc");
    put(root.path(), "hub/models--org--repo/snapshots/abc/BF16/repo-BF16.gguf", &gguf("qwen3", |_| {}));
    put(root.path(), "hub/models--org--repo/snapshots/old/repo-Q8_0.gguf", &llama);
    put(root.path(), "lmstudio/someone/model-GGUF/model-IQ4_XS.gguf", &gguf("rwkv", |_| {}));
    let manifest = |digest: &str| {
        format!(
            r#"{{"layers":[{{"mediaType":"application/vnd.ollama.image.license","digest":"sha256:00"}},
                {{"mediaType":"application/vnd.ollama.image.model","digest":"{digest}","size":1}}]}}"#
        )
    };
    put(root.path(), "ollama/blobs/sha256-0a1b", &llama);
    put(root.path(), "ollama/manifests/registry.ollama.ai/library/tiny/latest", manifest("sha256:0a1b").as_bytes());
    put(root.path(), "ollama/manifests/registry.ollama.ai/me/mine/1b", manifest("sha256:0a1b").as_bytes());
    put(root.path(), "ollama/manifests/hf.co/org/far/Q8_0", manifest("sha256:0a1b").as_bytes());
    put(root.path(), "ollama/manifests/registry.ollama.ai/library/gone/latest", manifest("sha256:ffff").as_bytes());
    put(root.path(), "ollama/manifests/registry.ollama.ai/library/bad/latest", manifest("sha256:../../x").as_bytes());
    put(root.path(), "ollama/manifests/registry.ollama.ai/library/odd/latest", b"{");
    let folders = GeneratorFolders {
        models: Some(at("models")),
        hub: Some(at("hub")),
        ollama: vec![at("ollama"), at("nowhere")],
        lm_studio: vec![at("lmstudio")],
    };
    (root, folders)
}

#[test]
fn generators_of_every_application_are_listed_where_they_lie() {
    let (root, folders) = machine();
    let found: Vec<_> =
        list(&folders).into_iter().map(|found| (found.name, found.origin, found.facts.is_ok())).collect();
    let expected = [
        ("alone", Origin::ModelsFolder, true),
        ("hf.co/org/far:Q8_0", Origin::Ollama, true),
        ("me/mine:1b", Origin::Ollama, true),
        ("org/repo:BF16", Origin::HubCache, true),
        ("org/tiny:Q4_K_M", Origin::ModelsFolder, true),
        ("org/tiny:Q8_0", Origin::ModelsFolder, true),
        ("someone/model-GGUF:IQ4_XS", Origin::LmStudio, false),
        ("tiny:latest", Origin::Ollama, true),
    ];
    assert_eq!(found, expected.map(|(name, origin, usable)| (name.to_owned(), origin, usable)));
    let blob = find(&folders, "tiny:latest").unwrap();
    assert_eq!(blob.files, Files::Gguf(root.path().join("ollama/blobs/sha256-0a1b")));
}

#[test]
fn names_and_paths_are_understood() {
    let (root, folders) = machine();
    let path = root.path().join("models/alone.gguf");
    for (asked, name) in [
        ("org/tiny:Q8_0", "org/tiny:Q8_0"),
        ("org/tiny:q8_0", "org/tiny:Q8_0"),
        ("org/tiny", "org/tiny:Q4_K_M"),
        ("tiny:Q8_0", "org/tiny:Q8_0"),
        ("tiny", "tiny:latest"),
        ("mine", "me/mine:1b"),
        ("repo", "org/repo:BF16"),
        (path.to_str().unwrap(), "alone"),
    ] {
        assert_eq!(find(&folders, asked).unwrap().name, name, "{asked}");
    }
    let message = find(&folders, "nothing").unwrap_err().to_string();
    assert!(message.contains("no model is called 'nothing'; known here: alone, hf.co/org/far:Q8_0, me/mine:1b, org/repo:BF16, org/tiny:Q4_K_M"), "{message}");
    // Not what happens to be found first.
    put(root.path(), "models/other/repo/repo-Q8_0.gguf", &gguf("llama", |_| {}));
    put(root.path(), "models/other/repo/repo-F16.gguf", &gguf("llama", |_| {}));
    for (asked, meant) in [
        ("repo", "'repo' may mean org/repo:BF16 or other/repo:F16 or other/repo:Q8_0; give the whole name of one"),
        ("other/repo", "'other/repo' may mean other/repo:F16 or other/repo:Q8_0; give the whole name of one"),
    ] {
        assert_eq!(find(&folders, asked).unwrap_err().to_string(), meant);
    }
    assert_eq!(find(&folders, "repo:Q8_0").unwrap().name, "other/repo:Q8_0");
    let message = find(&folders, "model-GGUF").unwrap_err().to_string();
    assert!(message.contains("of the architecture 'rwkv'; llama, mistral, qwen2, qwen3, gemma2"), "{message}");
}

#[test]
fn what_a_file_says_decides_the_memory() {
    let (_root, folders) = machine();
    let facts = find(&folders, "alone").unwrap().facts.unwrap();
    assert_eq!((facts.architecture, facts.quantisation.as_str(), facts.context), (Architecture::Llama, "Q8_0", 4096));
    assert_eq!((facts.parameters, facts.weight_bytes), (704, 10 * 2 * 34 + 4 * 64));
    assert_eq!((facts.layers, facts.kv_heads, facts.key_length, facts.value_length), (3, 2, 16, 16));
    let memory = |tokens, cache| facts.memory(tokens, cache).cache;
    assert_eq!(memory(100, CacheType::F16), 100 * 3 * 2 * 32 * 2);
    assert_eq!(memory(100, CacheType::Q8), 100 * 3 * 2 * 34);
    assert_eq!(memory(u64::MAX, CacheType::F16), u64::MAX, "no overflow");
}

#[test]
fn models_that_cannot_be_run_say_why() {
    let folder = tempfile::tempdir().unwrap();
    let reason = |bytes: &[u8]| {
        put(folder.path(), "one.gguf", bytes);
        let folders = GeneratorFolders { models: Some(folder.path().to_owned()), ..GeneratorFolders::default() };
        list(&folders)[0].facts.clone().unwrap_err()
    };
    let experts = |writer: &mut Writer| {
        writer.key("llama.expert_count", Value::U32(8));
    };
    assert!(reason(&gguf("llama", experts)).contains("mixture of experts"));
    assert!(reason(&gguf("mamba", |_| {})).contains("'mamba'"));
    assert!(reason(b"GGUF").contains("cut short"));
    assert!(reason(&Writer::new().to_bytes()).contains("has no 'general.architecture'"));
    let mut bare = Writer::new();
    bare.key("general.architecture", Value::Text("llama".into()));
    assert!(reason(&bare.to_bytes()).contains("has no 'llama.attention.head_count'"));
    let mut zero = bare.clone();
    zero.key("llama.attention.head_count", Value::U32(0));
    assert!(reason(&zero.to_bytes()).contains("'llama.attention.head_count' is 0"));
    for (part, value) in [
        ("attention.key_length", u64::MAX),
        ("attention.value_length", u64::MAX),
        ("attention.head_count_kv", 0),
        ("block_count", 1 << 32),
    ] {
        let mut lying = bare.clone();
        for needed in ["context_length", "embedding_length", "block_count", "attention.head_count"] {
            if needed != part {
                lying.key(&format!("llama.{needed}"), Value::U32(64));
            }
        }
        lying.key(&format!("llama.{part}"), Value::U64(value)).f32("a", &[1], &[0.0]);
        let reason = reason(&lying.to_bytes());
        assert!(reason.contains(&format!("'llama.{part}' is {value}")), "{reason}");
    }
    let mut unread = gguf("llama", |_| {});
    // The type of the first tensor, after its name and two dimensions.
    let at = unread.windows(17).position(|window| window == b"token_embd.weight").unwrap() + 17 + 4 + 16;
    unread[at] = 10;
    assert!(reason(&unread).contains("'token_embd.weight' is of type Q2_K; F32"), "{}", reason(&unread));
}

#[test]
fn folders_of_safetensors_are_generators_too() {
    let root = tempfile::tempdir().unwrap();
    let config = |change: &str| {
        format!(
            r#"{{"model_type":"llama","architectures":["LlamaForCausalLM"],"num_hidden_layers":2,"num_attention_heads":4,
            "num_key_value_heads":2,"hidden_size":64,"max_position_embeddings":512{change}}}"#
        )
    };
    let header = br#"{"a":{"dtype":"BF16","shape":[2,4],"data_offsets":[0,16]}}      "#;
    let weights = [&(header.len() as u64).to_le_bytes()[..], header, &[0; 16]].concat();
    put(root.path(), "org/good/config.json", config("").as_bytes());
    put(root.path(), "org/good/model.safetensors", &weights);
    put(root.path(), "org/good/tokenizer.json", b"{}");
    put(root.path(), "org/awq/config.json", config(r#","quantization_config":{"quant_method":"awq"}"#).as_bytes());
    put(root.path(), "org/bare/config.json", config("").as_bytes());
    let huge = config(r#","head_dim":18446744073709551615"#);
    put(root.path(), "org/huge/config.json", huge.as_bytes());
    put(root.path(), "org/huge/model.safetensors", &weights);
    put(root.path(), "org/huge/tokenizer.json", b"{}");
    put(root.path(), "org/encoder/config.json", br#"{"architectures":["BertModel"]}"#);
    let folders = GeneratorFolders { models: Some(root.path().to_owned()), ..GeneratorFolders::default() };
    let found = list(&folders);
    let names: Vec<&str> = found.iter().map(|found| found.name.as_str()).collect();
    assert_eq!(names, ["org/awq", "org/bare", "org/good", "org/huge"]);
    assert!(found[3].facts.as_ref().unwrap_err().contains("'head_dim'"));
    assert!(found[0].facts.as_ref().unwrap_err().contains("quantised by 'awq'"));
    assert!(found[1].facts.as_ref().unwrap_err().contains("no tokenizer.json"));
    let facts = found[2].facts.as_ref().unwrap();
    assert_eq!((facts.quantisation.as_str(), facts.parameters, facts.kv_heads, facts.key_length), ("BF16", 8, 2, 16));
    assert_eq!(find(&folders, "good").unwrap().files, Files::Folder(root.path().join("org/good")));
}
