//! Whatever stands beside a document: never a panic, and what comes out is Rust.
#![no_main]

use fuzz::beside::beside;
use libfuzzer_sys::arbitrary::Unstructured;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(source) = beside(&mut Unstructured::new(bytes)) {
        fuzz::generate(source);
    }
});
