#![no_main]
mod common;

libfuzzer_sys::fuzz_target!(|input: &[u8]| common::chunk_and_check(data::SourceKind::Html, input));
