#![no_main]
mod common;

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    for kind in [data::SourceKind::Csv, data::SourceKind::Tsv, data::SourceKind::Json, data::SourceKind::JsonLines] {
        common::chunk_and_check(kind, input);
    }
});
