//! Any text as identifiers.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| fuzz::text::identifiers(text));
