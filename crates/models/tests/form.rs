//! Answers in a form: what schemas allow and refuse (`form/cases.json`), whatever the tokens; walks by chance end in what they ask for.

mod common;
#[path = "form/valid.rs"]
mod valid;

use common::Random;
use models::{Codec, Error, Form, Forms};
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path;

const FAMILIES: [&str; 4] = ["llama3", "qwen2", "tekken", "llama2"];

#[derive(Deserialize)]
struct Cases {
    schemas: Vec<Case>,
    unusable: Vec<Unusable>,
}

#[derive(Deserialize)]
struct Case {
    schema: Value,
    yes: Vec<String>,
    no: Vec<String>,
    /// Whether chance seldom comes to an end with it.
    #[serde(default)]
    open: bool,
}

#[derive(Deserialize)]
struct Unusable {
    schema: Value,
    says: Vec<String>,
}

fn cases() -> Cases {
    serde_json::from_str(include_str!("form/cases.json")).unwrap()
}

fn codec(family: &str) -> Codec {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/tokenisers").join(format!("{family}.json"));
    Codec::from_json(&std::fs::read(path).unwrap(), family).unwrap()
}

/// The tokens that may come next, by id.
fn allowed(form: &mut Form, codec: &Codec) -> Vec<bool> {
    let mut logits = vec![0.0; codec.len()];
    form.allow(&mut logits).unwrap();
    logits.iter().map(|logit| *logit == 0.0).collect()
}

/// The ids of tokens that `text` may begin with.
fn beginnings(codec: &Codec, text: &[u8]) -> Vec<u32> {
    let fits = |id: &u32| {
        let bytes = codec.bytes(*id);
        !bytes.is_empty() && !codec.is_special(*id) && text.starts_with(bytes)
    };
    (0..codec.len() as u32).filter(fits).collect()
}

/// Whether the form takes `text`, cut into tokens by chance.
fn takes(mut form: Form, codec: &Codec, text: &str, random: &mut Random) -> bool {
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        if form.is_complete() {
            return false;
        }
        let choices = beginnings(codec, rest);
        let id = choices[random.below(choices.len())];
        if !allowed(&mut form, codec)[id as usize] {
            return false;
        }
        form.push(id).unwrap();
        rest = &rest[codec.bytes(id).len()..];
    }
    form.may_end()
}

#[test]
fn schemas_allow_what_follows_them_and_nothing_else() {
    let mut random = Random(11);
    for family in FAMILIES {
        let codec = codec(family);
        let forms = Forms::new(&codec).unwrap();
        for Case { schema, yes, no, .. } in cases().schemas {
            let form = forms.schema(&schema).unwrap();
            for text in &yes {
                for _ in 0..4 {
                    assert!(takes(form.clone(), &codec, text, &mut random), "{family}: {schema} refuses {text}");
                }
                assert!(valid::follows(&schema, &schema, &serde_json::from_str(text).unwrap()), "{schema}: {text}");
            }
            for text in &no {
                assert!(!takes(form.clone(), &codec, text, &mut random), "{family}: {schema} takes {text}");
            }
        }
    }
}

/// A token is allowed exactly if its bytes are, one by one.
#[test]
fn masks_are_what_single_bytes_say() {
    let mut random = Random(3);
    for family in FAMILIES {
        let codec = codec(family);
        let forms = Forms::new(&codec).unwrap();
        let byte = |byte: u8| beginnings(&codec, &[byte]).first().copied();
        for Case { schema, yes, .. } in cases().schemas.into_iter().step_by(2) {
            let text = yes[0].as_bytes();
            let mut form = forms.schema(&schema).unwrap();
            for &next in &text[..random.below(text.len())] {
                form.push(byte(next).expect("each byte has a token")).unwrap();
            }
            let mask = allowed(&mut form, &codec);
            for id in (0..codec.len() as u32).filter(|id| !codec.is_special(*id)) {
                let mut slow = form.clone();
                let bytewise = codec.bytes(id).iter().all(|next| {
                    let id = byte(*next).expect("each byte has a token");
                    !slow.is_complete() && allowed(&mut slow, &codec)[id as usize] && slow.push(id).is_ok()
                });
                let expected = bytewise && !codec.bytes(id).is_empty();
                assert_eq!(mask[id as usize], expected, "{family}: {schema}, {:?}", codec.bytes(id));
            }
            for id in (0..codec.len() as u32).filter(|id| codec.is_special(*id)) {
                let end = codec.ends().contains(&id) && form.may_end();
                assert_eq!(mask[id as usize], end, "{family}: {schema}, token {id}");
            }
        }
    }
}

#[test]
fn what_chance_writes_follows_the_schema() {
    const LONGEST: usize = 400;
    let (mut random, mut whole) = (Random(7), 0);
    for family in FAMILIES {
        let codec = codec(family);
        let forms = Forms::new(&codec).unwrap();
        for Case { schema, .. } in cases().schemas.into_iter().filter(|case| !case.open) {
            for _ in 0..5 {
                let mut form = forms.schema(&schema).unwrap();
                let mut said = Vec::new();
                while !form.is_complete() && said.len() < LONGEST {
                    let mask = allowed(&mut form, &codec);
                    let choices: Vec<u32> = (0..codec.len() as u32).filter(|id| mask[*id as usize]).collect();
                    let id = choices[random.below(choices.len())];
                    if codec.ends().contains(&id) {
                        break;
                    }
                    form.push(id).unwrap();
                    said.push(id);
                }
                if form.may_end() {
                    let bytes: Vec<u8> = said.iter().flat_map(|id| codec.bytes(*id)).copied().collect();
                    let text = String::from_utf8(bytes).expect("text");
                    let value: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
                    assert!(valid::follows(&schema, &schema, &value), "{family}: {schema}: {text}");
                    whole += 1;
                }
            }
        }
    }
    assert!(whole > 100, "{whole} texts came to an end");
}

#[test]
fn schemas_that_cannot_be_used_are_refused_with_the_place() {
    let forms = Forms::new(&codec("llama3")).unwrap();
    for Unusable { schema, says } in cases().unusable {
        let Err(Error::Form(message)) = forms.schema(&schema) else { panic!("{schema} is taken") };
        assert!(says.iter().all(|word| message.contains(word)), "{schema}: {message}");
        assert!(!message.contains('\n') && message.len() < 600, "{message}");
    }
}

#[test]
fn hostile_schemas_end_in_words() {
    let forms = Forms::new(&codec("llama3")).unwrap();
    let mut deep = json!({"type": "null"});
    for _ in 0..5000 {
        deep = json!([deep]);
    }
    let deep = json!({"enum": deep});
    let many: serde_json::Map<String, Value> =
        (0..20_000).map(|at| (format!("property {at}"), json!({"type": "string"}))).collect();
    let refused = |schema: &Value| match forms.schema(schema) {
        Err(Error::Form(message)) => message,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("taken"),
    };
    assert!(refused(&deep).contains("64 deep"));
    assert!(refused(&json!({"type": "object", "properties": many})).contains("bytes"));
    // These may be taken or refused, but neither hang nor end the program.
    for schema in [
        json!({"$ref": "#"}),
        json!({"allOf": [{"$ref": "#"}]}),
        json!({"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"}),
        json!({"type": "string", "pattern": "(a|aa|b.*c){1,900}(x|y.*){900}$"}),
        json!({"type": "string", "minLength": 1_000_000, "maxLength": 4_000_000_000_u64}),
        json!({"type": "array", "minItems": 1_000_000}),
        json!({"type": "array", "maxItems": 4_000_000_000_u64, "items": {"type": "array", "maxItems": 100_000}}),
        json!({"type": "number", "multipleOf": 1e-300}),
        json!({"type": "integer", "multipleOf": 0}),
        json!({"type": "integer", "minimum": -1e308, "maximum": 1e308}),
        json!({"type": "object", "patternProperties": {"^(.*a){20}$": {}, "^(.*b){20}$": {"type": "null"}}}),
    ] {
        if let Ok(mut form) = forms.schema(&schema) {
            let mut logits = vec![0.0; 1000];
            let _ = form.allow(&mut logits);
        }
    }
}
