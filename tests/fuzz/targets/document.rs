//! Any bytes as a document: never a panic, and what comes out is Rust.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::generate_alone(bytes));
