//! Finding models by name in folders of the usual layouts.

mod common;

use models::discover::{Found, Place, Shape};
use models::{Error, Folders, Precision, find, list};
use std::fs;
use std::path::Path;

/// A folder that holds one real model, linked, and several that cannot be used.
fn models_folder() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    copy_of_minilm(&root.path().join("org/good"), None);
    copy_of_minilm(&root.path().join("plain"), None);
    copy_of_minilm(&root.path().join("org/roberta"), Some((r#""model_type": "bert""#, r#""model_type": "roberta""#)));
    copy_of_minilm(&root.path().join("org/swish"), Some((r#""gelu""#, r#""silu""#)));
    copy_of_minilm(&root.path().join("org/smaller"), Some((r#""vocab_size": 30522"#, r#""vocab_size": 30000"#)));
    copy_of_minilm(&root.path().join("org/untokenised"), None);
    fs::remove_file(root.path().join("org/untokenised/tokenizer.json")).unwrap();
    copy_of_minilm(&root.path().join("org/pickled"), None);
    fs::remove_file(root.path().join("org/pickled/model.safetensors")).unwrap();
    copy_of_minilm(&root.path().join("org/max"), None);
    fs::write(root.path().join("org/max/1_Pooling/config.json"), r#"{"pooling_mode_max_tokens": true}"#).unwrap();
    copy_of_minilm(&root.path().join("org/garbled"), None);
    fs::write(root.path().join("org/garbled/config.json"), "{").unwrap();
    root
}

/// MiniLM's folder again: JSON files copied, the weights linked or copied; `change` is made in config.json.
fn copy_of_minilm(to: &Path, change: Option<(&str, &str)>) {
    fs::create_dir_all(to.join("1_Pooling")).unwrap();
    let from = common::minilm();
    for file in ["modules.json", "sentence_bert_config.json", "tokenizer.json", "1_Pooling/config.json"] {
        fs::copy(from.join(file), to.join(file)).unwrap();
    }
    fs::hard_link(from.join("model.safetensors"), to.join("model.safetensors"))
        .or_else(|_| fs::copy(from.join("model.safetensors"), to.join("model.safetensors")).map(|_| ()))
        .unwrap();
    let mut config = fs::read_to_string(from.join("config.json")).unwrap();
    if let Some((old, new)) = change {
        assert!(config.contains(old), "{old} is in config.json");
        config = config.replace(old, new);
    }
    fs::write(to.join("config.json"), config).unwrap();
}

#[test]
fn the_end_of_several_names_means_the_one_that_can_be_used_or_none() {
    let root = models_folder();
    let folders = Folders { models: Some(root.path().to_owned()), hub: None };
    copy_of_minilm(&root.path().join("a/good"), Some((r#""model_type": "bert""#, r#""model_type": "roberta""#)));
    assert_eq!(find(&folders, "good").unwrap().0.name, "org/good");
    copy_of_minilm(&root.path().join("other/good"), None);
    let refused = find(&folders, "good:int8").unwrap_err();
    assert!(matches!(&refused, Error::Ambiguous { meant, .. } if *meant == ["org/good", "other/good"]), "{refused}");
    assert_eq!(find(&folders, "other/good").unwrap().0.name, "other/good");
}

#[test]
fn usable_models_are_listed_and_the_others_say_why_not() {
    let root = models_folder();
    let found = list(&Folders { models: Some(root.path().to_owned()), hub: None });
    let of =
        |name: &str| found.iter().find(|found| found.name == name).unwrap_or_else(|| panic!("{name} is not listed"));
    assert_eq!((found[0].name.as_str(), found[0].place), ("static", Place::Embedded));
    for name in ["org/good", "plain"] {
        let Found { shape: Ok(Shape::Bert(config)), bytes, .. } = of(name) else { panic!("{name} is usable") };
        assert_eq!((config.hidden, config.layers, config.max_tokens), (384, 6, 256), "{name}");
        assert!(*bytes > 90_000_000, "{name} has {bytes} bytes");
        assert_eq!(of(name).precisions(), Precision::ALL);
    }
    let reasons = [
        ("org/roberta", "type 'roberta'"),
        ("org/swish", "activation is 'silu'"),
        ("org/smaller", "shape [30522, 384]"),
        ("org/untokenised", "no tokenizer.json"),
        ("org/pickled", "no model.safetensors"),
        ("org/max", "pools by [\"max_tokens\"]"),
        ("org/garbled", "config.json"),
    ];
    for (name, words) in reasons {
        let reason = of(name).shape.as_ref().unwrap_err();
        assert!(reason.contains(words), "{name}: {reason}");
        assert!(of(name).precisions().is_empty());
    }
}

#[test]
fn names_paths_and_precisions_are_understood() {
    let root = models_folder();
    let folders = Folders { models: Some(root.path().to_owned()), hub: None };
    let path = root.path().join("org/good");
    let path = path.to_str().unwrap();
    let cases = [
        ("static", "static", Precision::Int8, Place::Embedded),
        ("static:int8", "static", Precision::Int8, Place::Embedded),
        ("org/good", "org/good", Precision::F32, Place::ModelsFolder),
        ("good:bf16", "org/good", Precision::Bf16, Place::ModelsFolder),
        ("plain:int8", "plain", Precision::Int8, Place::ModelsFolder),
        (path, "good", Precision::F32, Place::Path),
        (&format!("{path}:int8"), "good", Precision::Int8, Place::Path),
    ];
    for (asked, name, precision, place) in cases {
        let (found, chosen) = find(&folders, asked).unwrap();
        assert_eq!((found.name.as_str(), chosen, found.place), (name, precision, place), "{asked}");
    }
    let refused = [
        ("nothing", "no model is called 'nothing'; known here: static, org/"),
        ("roberta", "model 'org/roberta' cannot be used: it is of type 'roberta'"),
        ("static:f32", "it cannot be run in f32; int8 it can"),
    ];
    for (asked, words) in refused {
        let message = find(&folders, asked).unwrap_err().to_string();
        assert!(message.contains(words), "{asked}: {message}");
    }
}

#[test]
fn the_cache_is_read_as_its_own_tools_write_it() {
    let hub = tempfile::tempdir().unwrap();
    let model = hub.path().join("models--org--cached");
    copy_of_minilm(&model.join("snapshots/abc"), None);
    copy_of_minilm(&model.join("snapshots/old"), Some((r#""gelu""#, r#""silu""#)));
    fs::create_dir_all(model.join("refs")).unwrap();
    fs::write(model.join("refs/main"), "abc\n").unwrap();
    let folders = Folders { models: None, hub: Some(hub.path().to_owned()) };
    let (found, _) = find(&folders, "org/cached").unwrap();
    assert_eq!((found.place, found.folder), (Place::HubCache, Some(model.join("snapshots/abc"))));
    fs::remove_file(model.join("refs/main")).unwrap();
    assert!(
        matches!(find(&folders, "cached"), Err(Error::Unsupported { .. })),
        "without a ref the last snapshot counts"
    );
}
