//! Headers that ask for a wait: whatever they say, the client waits for no longer than it said it would.
#![no_main]

use client_runtime::Method;
use client_runtime::testing::response;
use std::time::Duration;

libfuzzer_sys::fuzz_target!(|input: (u16, String, String)| {
    let (status, millis, seconds) = input;
    let mut refused = response(400 + status % 200);
    for (name, value) in [("retry-after-ms", millis), ("retry-after", seconds)] {
        if client_runtime::http::HeaderValue::from_str(&value).is_ok() {
            refused = refused.header(name, &value);
        }
    }
    let (core, server, clock) = fuzz::client([refused, response(200).json("1")]);
    let _ = fuzz::now(core.request(Method::Get, "/").send());
    assert!(server.requests().len() <= 3);
    for wait in clock.waits() {
        assert!(wait > Duration::ZERO && wait <= Duration::from_secs(60), "{wait:?}");
    }
});
