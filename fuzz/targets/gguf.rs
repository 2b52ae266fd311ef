//! GGUF files that were changed or made up: no panic, no number that the file has no bytes for.

#![no_main]

use models::generators::{CacheType, Facts};
use models::{ChatTemplate, Codec, Gguf, llama};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(file) = Gguf::from_bytes(bytes.to_vec(), "fuzz") else { return };
    let mut held = 0;
    for name in file.names() {
        let tensor = file.tensor(name).expect("it is listed");
        held += tensor.bytes.len();
        assert_eq!(tensor.to_f32().len(), tensor.elements());
    }
    assert!(held <= bytes.len());
    for key in file.keys() {
        let texts = file.texts(key).ok().flatten().map_or(0, |texts| texts.len());
        let integers = file.integers(key).ok().flatten().map_or(0, |values| values.len());
        assert!(8 * texts + integers <= bytes.len());
        let _ = (file.floats(key), file.flags(key), file.text(key), file.integer(key), file.float(key), file.flag(key));
    }
    if let Ok(facts) = Facts::of_gguf(&file, "fuzz") {
        let _ = facts.memory(u64::MAX, CacheType::Q8);
    }
    let _ = llama::Config::of_gguf(&file);
    if let Ok(codec) = Codec::from_gguf(&file, "fuzz") {
        let _ = ChatTemplate::from_gguf(&file, "fuzz", &codec);
    }
});
