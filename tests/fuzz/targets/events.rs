//! Event streams: it does not matter where the chunks break, and the standard decides what is an event.
#![no_main]

use client_runtime::testing::response;
use client_runtime::{Json, Method, response_format};

libfuzzer_sys::fuzz_target!(|input: (Vec<u8>, Vec<u8>)| {
    let (bytes, cuts) = input;
    let whole = sse(&bytes, &[]);
    assert_eq!(whole, sse(&bytes, &cuts), "chunks change what is read");
    assert_eq!(whole, standard(&String::from_utf8_lossy(&bytes)), "this is not the standard");
    assert_eq!(lines(&bytes, &[]), lines(&bytes, &cuts), "chunks change the lines");
});

/// The response in chunks.
fn chunks(bytes: &[u8], cuts: &[u8]) -> client_runtime::testing::MockResponse {
    let mut rest = bytes;
    let mut response = response(200);
    for cut in cuts {
        let (chunk, left) = rest.split_at(usize::from(*cut).min(rest.len()));
        response = response.chunk(chunk.to_vec());
        rest = left;
    }
    response.chunk(rest.to_vec())
}

fn sse(bytes: &[u8], cuts: &[u8]) -> Vec<String> {
    let (core, ..) = fuzz::client([chunks(bytes, cuts)]);
    fuzz::now(async {
        let call = core.request(Method::Get, "/");
        let mut events = call.send_events::<String>().await.expect("the head is in order");
        let mut all = Vec::new();
        while let Some(event) = events.next().await {
            all.push(event.expect("a text takes any event").into_data());
        }
        all
    })
}

fn lines(bytes: &[u8], cuts: &[u8]) -> Vec<Result<Json, String>> {
    let (core, ..) = fuzz::client([chunks(bytes, cuts)]);
    fuzz::now(async {
        let call = core.request(Method::Get, "/");
        let mut lines = call
            .send_as::<response_format::JsonLinesFormat<Json>>()
            .await
            .expect("the head is in order");
        let mut all = Vec::new();
        while let Some(line) = lines.next().await {
            all.push(line.map(|it| it.into_data()).map_err(|it| it.to_string()));
        }
        all
    })
}

/// The data of each event, as the HTML standard (9.2.6) reads a stream; events without data are not dispatched.
fn standard(text: &str) -> Vec<String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines: Vec<&str> = text.split('\n').collect();
    lines.pop();
    let (mut all, mut data) = (Vec::new(), Vec::new());
    for line in lines {
        if line.is_empty() {
            let event = std::mem::take(&mut data).join("\n");
            all.extend((!event.is_empty()).then_some(event));
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        if name == "data" {
            data.push(value.strip_prefix(' ').unwrap_or(value));
        }
    }
    all
}
