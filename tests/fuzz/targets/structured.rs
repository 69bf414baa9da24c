//! Documents that have the form of OpenAPI: most of them reach the emitters.
#![no_main]

use fuzz::document::document;
use libfuzzer_sys::arbitrary::Unstructured;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(document) = document(&mut Unstructured::new(bytes)) {
        fuzz::generate_alone(document.to_string().as_bytes());
    }
});
