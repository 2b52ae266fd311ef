use data::chunk::check_promises;
use data::{ChunkOptions, SourceKind, chunk_text, estimate_tokens};

/// Chunks the input as `kind`; the first two bytes choose the sizes.
pub fn chunk_and_check(kind: SourceKind, input: &[u8]) {
    let [target, more, rest @ ..] = input else { return };
    let text = &*String::from_utf8_lossy(rest);
    let target_tokens = usize::from(*target) + 1;
    let options = ChunkOptions { target_tokens, max_tokens: target_tokens + usize::from(*more) };
    let chunks = chunk_text(kind, "fuzz", text, &options, &estimate_tokens).chunks;
    if let Err(broken) = check_promises(kind, text, &chunks, &options, &estimate_tokens) {
        panic!("{broken}");
    }
}
