//! Responses: our reader takes and refuses what `serde_json` takes and refuses, and reads the same.
#![no_main]

use client_runtime::testing::response;
use client_runtime::{Json, Method, codec};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let ours = codec::from_slice::<Json>(bytes);
    let theirs = serde_json::from_slice::<Json>(bytes);
    match (&ours, &theirs) {
        (Ok(ours), Ok(theirs)) => {
            assert_eq!(ours, theirs);
            let text = codec::to_vec(ours).expect("what was read can be written");
            assert_eq!(&codec::from_slice::<Json>(&text).expect("and read again"), ours);
        }
        (Err(_), Err(_)) => {}
        (Ok(ours), Err(theirs)) => panic!("only we read {ours}: {theirs}"),
        (Err(ours), Ok(theirs)) => panic!("only we refuse {theirs}: {ours:?}"),
    }
    let (core, ..) = fuzz::client([response(200).chunk(bytes.to_vec())]);
    let got = fuzz::now(core.request(Method::Get, "/").send());
    assert_eq!(got.ok(), ours.ok(), "a call reads otherwise");
});
