//! Any text as documentation: inert, stable, within its lines.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: (u8, &str)| {
    let (width, text) = input;
    fuzz::text::documentation(text, 20 + usize::from(width % 100));
});
