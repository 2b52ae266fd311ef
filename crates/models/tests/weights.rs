//! Safetensors files: what can be read, and what is refused without harm.

mod common;

use common::Random;
use half::{bf16, f16};
use models::Weights;

/// A file with this header (padded to 8 bytes) and data.
fn file(header: &str, data: &[u8]) -> Vec<u8> {
    let padded = header.to_owned() + &" ".repeat(header.len().next_multiple_of(8) - header.len());
    let mut bytes = (padded.len() as u64).to_le_bytes().to_vec();
    bytes.extend(padded.as_bytes());
    bytes.extend(data);
    bytes
}

fn sample() -> Vec<u8> {
    let values = [1.5f32, -2.0, 0.25, 1024.0];
    let mut data: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    data.extend(values.iter().flat_map(|&value| f16::from_f32(value).to_le_bytes()));
    data.extend(values.iter().flat_map(|&value| bf16::from_f32(value).to_le_bytes()));
    data.extend(7i64.to_le_bytes());
    let header = r#"{"__metadata__":{"format":"pt"},
        "a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},
        "b":{"dtype":"F16","shape":[4],"data_offsets":[16,24]},
        "c":{"dtype":"BF16","shape":[4,1],"data_offsets":[24,32]},
        "d":{"dtype":"I64","shape":[1],"data_offsets":[32,40]}}"#;
    file(header, &data)
}

#[test]
fn every_float_type_is_converted() {
    let weights = Weights::from_bytes(sample(), "sample").unwrap();
    for (name, shape) in [("a", vec![2, 2]), ("b", vec![4]), ("c", vec![4, 1])] {
        assert_eq!(*weights.f32(name, &shape).unwrap(), [1.5, -2.0, 0.25, 1024.0], "{name}");
    }
    assert_eq!(weights.names().collect::<Vec<_>>(), ["a", "b", "c", "d"]);
}

#[test]
fn what_does_not_fit_is_refused_in_words() {
    let weights = Weights::from_bytes(sample(), "sample").unwrap();
    let cases = [("a", vec![4], "shape [2, 2]"), ("d", vec![1], "type I64"), ("e", vec![1], "missing")];
    for (name, shape, words) in cases {
        let message = weights.f32(name, &shape).unwrap_err().to_string();
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn lying_files_are_refused_in_words() {
    let one = |shape: &str, offsets: &str, kind: &str| {
        file(&format!(r#"{{"a":{{"dtype":"{kind}","shape":{shape},"data_offsets":{offsets}}}}}"#), &[0; 16])
    };
    let overlapping = r#"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},"b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}"#;
    let cases: [(&str, Vec<u8>, &str); 14] = [
        ("empty", vec![], "too short"),
        ("half a length", vec![1, 2, 3], "too short"),
        ("huge header", u64::MAX.to_le_bytes().to_vec(), "limit"),
        ("header past the end", [1000u64.to_le_bytes().to_vec(), vec![b'{'; 20]].concat(), "the file has"),
        ("no JSON", file("hello", &[]), "no valid list"),
        ("not UTF-8", [4u64.to_le_bytes().to_vec(), vec![0xFF; 4]].concat(), "no valid list"),
        ("deep JSON", file(&"[".repeat(100_000), &[]), "no valid list"),
        ("overlap", file(overlapping, &[0; 16]), "overlaps"),
        ("cut short", one("[8]", "[0,32]", "F32"), "cut short"),
        ("data left over", one("[2]", "[0,8]", "F32"), "cut short or was added to"),
        ("shape and size differ", one("[3]", "[0,16]", "F32"), "disagree"),
        ("shape overflows", one("[9223372036854775807,9223372036854775807]", "[0,16]", "F32"), "not a valid"),
        ("offsets swapped", one("[4]", "[16,0]", "F32"), "overlaps"),
        ("unknown type", one("[4]", "[0,16]", "Q3"), "no valid list"),
    ];
    for (name, bytes, words) in cases {
        let message =
            Weights::from_bytes(bytes, "sample").err().unwrap_or_else(|| panic!("{name} was accepted")).to_string();
        assert!(message.starts_with("sample: ") && message.contains(words), "{name}: {message}");
    }
}

/// Reads all that a file claims to hold; whether it is a valid file.
fn read_everything(bytes: Vec<u8>) -> bool {
    let size = bytes.len();
    let Ok(weights) = Weights::from_bytes(bytes, "changed") else { return false };
    for name in weights.names() {
        if let Ok(values) = weights.f32(name, weights.shape(name).expect("it has a shape")) {
            assert!(values.len() * 2 <= size, "no more values than the file has bytes for");
        }
    }
    true
}

/// A short run of what the fuzz target does for long.
#[test]
fn changed_and_random_files_do_no_harm() {
    let good = sample();
    let mut random = Random(7);
    let mut accepted = 0;
    for round in 0..200_000 {
        let mut bytes = good.clone();
        if round % 8 == 0 {
            bytes = (0..random.below(64)).map(|_| random.next() as u8).collect();
            let claimed = (bytes.len() as u64).saturating_sub(8);
            bytes.iter_mut().zip(claimed.to_le_bytes()).for_each(|(byte, length)| *byte = length);
        }
        for _ in 0..random.below(4) {
            let at = random.below(bytes.len().max(1));
            match random.below(4) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at.min(bytes.len()), random.next() as u8),
                2 if at < bytes.len() => bytes[at] = b"0123456789[]{},:\""[random.below(17)],
                _ if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
                _ => {}
            }
        }
        accepted += usize::from(read_everything(bytes));
    }
    assert!(accepted > 0, "some changes leave a valid file");
}

#[test]
fn shards_are_one_model_and_may_not_lead_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    let shard = |name: &str| {
        file(&format!(r#"{{"{name}":{{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}}}"#), &[0, 0, 128, 63])
    };
    write("one.safetensors", &shard("a"));
    write("two.safetensors", &shard("b"));
    let index = |a: &str, b: &str| format!(r#"{{"weight_map":{{"a":"{a}","b":"{b}"}}}}"#);
    write("model.safetensors.index.json", index("one.safetensors", "two.safetensors").as_bytes());
    let weights = Weights::open(folder.path()).unwrap();
    for name in ["a", "b"] {
        assert_eq!(*weights.f32(name, &[1]).unwrap(), [1.0], "{name}");
    }
    for elsewhere in ["../one.safetensors", "/etc/passwd", "..", "a/b", ""] {
        write("model.safetensors.index.json", index("one.safetensors", elsewhere).as_bytes());
        let message = Weights::open(folder.path()).err().unwrap().to_string();
        assert!(message.contains("plain file name"), "{message}");
    }
}
