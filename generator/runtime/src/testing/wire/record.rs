//! Requests that were sent, kept in a file for a check that knows the document and nothing of the client.

use crate::codec::from_slice;
use crate::testing::RecordedRequest;
use serde_json::{Map, Value, json};
use std::fs::OpenOptions;
use std::io::Write;

/// Names the file.
const VARIABLE: &str = "WIRE_RECORD";

/// Adds a line with a request, and what its call was made with, to the file, if there is to be one.
///
/// # Panics
/// If it cannot be written: a partial record would pass for a complete one.
pub(super) fn write(given: &str, sent: &RecordedRequest) {
    let Some(path) = std::env::var_os(VARIABLE).filter(|it| !it.is_empty()) else { return };
    let mut line = line(given, sent).to_string();
    line.push('\n');
    let file = OpenOptions::new().create(true).append(true).open(&path);
    let written = file.and_then(|mut it| it.write_all(line.as_bytes()));
    written.unwrap_or_else(|error| panic!("{} cannot be written: {error}", path.display()));
}

fn line(given: &str, sent: &RecordedRequest) -> Value {
    let given: Value = from_slice(given.as_bytes()).expect("a test says in JSON what it sends");
    let mut headers = Map::new();
    for (name, value) in &sent.headers {
        headers.insert(name.to_string(), String::from_utf8_lossy(value.as_bytes()).into());
    }
    json!({
        "given": given,
        "method": sent.method.as_str(),
        "url": sent.uri.to_string(),
        "headers": headers,
        "body": sent.text(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_the_request_as_it_was_sent() {
        let sent = RecordedRequest {
            operation: "addThing",
            method: http::Method::POST,
            uri: "https://a.example/things/a%20b?x=1,2".parse().expect("it is a URL"),
            headers: http::HeaderMap::from_iter([(
                http::header::ACCEPT,
                http::HeaderValue::from_static("text/csv"),
            )]),
            body: bytes::Bytes::from_static(b"{}"),
        };
        let wanted = json!({
            "given": {"path": {"id": "a b"}},
            "method": "POST",
            "url": "https://a.example/things/a%20b?x=1,2",
            "headers": {"accept": "text/csv"},
            "body": "{}",
        });
        assert_eq!(line(r#"{"path":{"id":"a b"}}"#, &sent), wanted);
    }
}
