//! Reads a value and writes it again, through serde and through the client's own codec.

use client_runtime::codec::{Decode, Encode, from_slice, to_vec};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;
use std::io::{self, BufRead, Write};
use std::panic::{self, AssertUnwindSafe};

/// `[status, written by the codec, written by serde, as Debug shows it]`.
pub type Outcome = [String; 4];

/// Decodes `text` as `T` and encodes it. The status is `kept`, `unknown` if some of it was read as an unknown
/// variant or value, or says what failed.
pub fn trip<T: Decode + Encode + DeserializeOwned + Serialize + Debug>(text: &str) -> Outcome {
    let (own, debug) = match from_slice::<T>(text.as_bytes()) {
        Err(error) => (Err(format!("refused: {error}")), String::new()),
        Ok(value) => (
            to_vec(&value)
                .map(|it| String::from_utf8(it).expect("JSON is text"))
                .map_err(|error| format!("unwritten: {error}")),
            format!("{value:?}"),
        ),
    };
    let other = match serde_json::from_str::<T>(text) {
        Err(error) => Err(format!("refused: {error}")),
        Ok(value) => {
            serde_json::to_string(&value).map_err(|error| format!("unwritten: {error}"))
        }
    };
    match (own, other) {
        (Ok(own), Ok(other)) => {
            let unknown = is_unknown(&debug);
            let status = if unknown { "unknown" } else { "kept" };
            [status.to_owned(), own, other, if unknown { debug } else { String::new() }]
        }
        (Err(own), Err(_)) => [own, String::new(), String::new(), String::new()],
        (own, other) => {
            let said = |it: Result<String, String>| it.unwrap_or_else(|error| error);
            ["serde".to_owned(), said(own), said(other), String::new()]
        }
    }
}

fn is_unknown(debug: &str) -> bool {
    debug.match_indices("Unknown(").any(|(at, _)| {
        !debug[..at].ends_with(|it: char| it.is_ascii_alphanumeric() || it == '_')
    })
}

/// Answers each line `NUMBER<tab>TEXT` of standard input with an outcome, or `null` where there is no such type.
pub fn serve(run: impl Fn(u32, &str) -> Option<Outcome> + Sync) {
    panic::set_hook(Box::new(|_| {}));
    let work = || {
        let mut out = io::BufWriter::new(io::stdout().lock());
        for line in io::stdin().lock().lines() {
            let line = line.expect("it is text");
            let (number, text) = line.split_once('\t').expect("a number and a text");
            let number = number.parse().expect("a number");
            let outcome = panic::catch_unwind(AssertUnwindSafe(|| run(number, text)))
                .unwrap_or_else(|_| Some(["panicked".to_owned(), String::new(), String::new(), String::new()]));
            let line = serde_json::to_string(&outcome).expect("texts are JSON");
            writeln!(out, "{line}").expect("somebody reads");
        }
    };
    std::thread::scope(|scope| {
        let deep = std::thread::Builder::new().stack_size(1 << 28).spawn_scoped(scope, work);
        deep.expect("a thread can be started").join().expect("panics are caught");
    });
}
