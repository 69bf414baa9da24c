//! Small documents whose clients are called: what they send, read and write is compared with what was written
//! down by hand, and so is all that the generator says of each document.

use crate::scratch;
use crate::shapes::krate_of;
use crate::support::{file, files_around, files_under, fixtures, make_with_report, read};
use generator::{GeneratedFile, Source};
use serde_json::Value;
use std::fmt::Write as _;

/// A test for each folder below `tests/fixtures/behavior`, and the list of them.
macro_rules! topics {
    ($($name:ident)*) => {
        pub(crate) const TOPICS: &[&str] = &[$(stringify!($name)),*];
        $(
            #[test]
            fn $name() {
                check(stringify!($name));
            }
        )*
    };
}

topics! { auth bodies composition discriminators files mocks paging parameters responses retries sockets streams unions values webhooks }

/// The documents of a folder, in the order of their names; what they refer to is in folders below it.
pub(crate) fn documents(topic: &str) -> Vec<String> {
    let files = files_under(&fixtures("behavior").join(topic));
    let names = files.iter().filter_map(|it| it.strip_suffix(".yaml"));
    names.filter(|it| !it.contains(['.', '/'])).map(str::to_owned).collect()
}

fn path(topic: &str, name: &str, ending: &str) -> String {
    format!("tests/fixtures/behavior/{topic}/{name}.{ending}")
}

fn source(topic: &str, name: &str) -> Source {
    Source {
        vendor: name.to_owned(),
        document: file(&path(topic, name, "yaml")).expect("it was listed"),
        files: Some(files_around(&format!("tests/fixtures/behavior/{topic}"))),
        asyncapi: file(&path(topic, name, "asyncapi.yaml")),
        overlay: file(&path(topic, name, "overlay.yaml")),
        client: file(&path(topic, name, "client.yaml")),
        ..Source::default()
    }
}

fn check(topic: &str) {
    let names = documents(topic);
    assert!(!names.is_empty(), "`{topic}` has no document");
    let mut wrong = String::new();
    for name in &names {
        findings(topic, name, &mut wrong);
    }
    assert!(wrong.is_empty(), "{wrong}");
    calls(topic, &names);
}

/// Compares what is said of a document with its lines `# told: CODE: part of the message @ part of the line`.
fn findings(topic: &str, name: &str, wrong: &mut String) {
    let own = path(topic, name, "yaml");
    let text = read(&own);
    let mut wanted: Vec<&str> = text.lines().filter_map(|it| it.strip_prefix("# told: ")).collect();
    let (_, report) = make_with_report(&source(topic, name));
    for line in report.json().lines() {
        let found: Value = serde_json::from_str(line).expect("each line is an object");
        let other = found["file"].as_str().filter(|it| *it != own).and_then(file);
        let other = other.map(|it| String::from_utf8_lossy(&it.bytes).into_owned());
        let text = other.as_deref().unwrap_or(&text);
        match wanted.iter().position(|it| is_told(it, &found, text)) {
            Some(index) => drop(wanted.remove(index)),
            None => {
                let _ = writeln!(wrong, "{topic}/{name}: not expected: {line}");
            }
        }
    }
    for it in wanted {
        let _ = writeln!(wrong, "{topic}/{name}: not told: {it}");
    }
}

fn is_told(wanted: &str, found: &Value, text: &str) -> bool {
    let (said, place) = wanted.split_once(" @ ").expect("a told line has a place");
    let (code, message) = said.split_once(": ").expect("a told line has a code and a message");
    let line = found["line"].as_u64().and_then(|it| usize::try_from(it).ok()).unwrap_or(0);
    let line = line.checked_sub(1).and_then(|it| text.lines().nth(it)).unwrap_or_default();
    let part = |it: &Value, part: &str| it.as_str().is_some_and(|it| it.contains(part));
    found["code"] == code && part(&found["message"], message) && line.contains(place)
}

/// Builds the clients of all documents as one crate, and runs the tests that stand beside the documents.
fn calls(topic: &str, names: &[String]) {
    let folder = scratch::folder("behavior").join(topic);
    let mut files = krate_of("clients", names.iter().map(|it| source(topic, it)));
    let mut main = "//! The tests of all documents.\n\nmod support;\n".to_owned();
    let mut count = 0;
    for name in names {
        let Some(tests) = file(&path(topic, name, "rs")) else { continue };
        let text = String::from_utf8(tests.bytes).expect("tests are text");
        count += text.matches("#[test]").count();
        let _ = writeln!(main, "mod {name};");
        files.push(GeneratedFile { path: format!("tests/behavior/{name}.rs"), text });
    }
    files.push(GeneratedFile { path: "tests/behavior/main.rs".to_owned(), text: main });
    let text = read("tests/fixtures/behavior/support.rs");
    files.push(GeneratedFile { path: "tests/behavior/support.rs".to_owned(), text });
    scratch::write(&folder, &files);
    let opens = files.iter().any(|it| it.path == "Cargo.toml" && it.text.contains("\nwebsocket ="));
    let sockets = if opens { ",websocket" } else { "" };
    let webhooks = if topic == "webhooks" { ",webhooks" } else { "" };
    let hyper = if topic == "retries" { ",client-runtime/hyper" } else { "" };
    let features = format!("{},testing{sockets}{webhooks}{hyper}", names.join(","));
    let words = ["test", "--test", "behavior", "--no-default-features", "--features", &features];
    let run = scratch::cargo(&folder, &words, &[]);
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success(), "{}{said}", String::from_utf8_lossy(&run.stderr));
    assert!(said.contains(&format!("ok. {count} passed")), "not all tests were run:\n{said}");
}
