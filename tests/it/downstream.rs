//! The README's snippet, word for word, as a crate of somebody else.

use crate::scratch;
use crate::server::{Server, Turn, response};
use crate::support::{read, root};
use generator::File;
use std::process::{Command, Stdio};

#[test]
fn the_snippet_of_the_readme_builds_and_runs() {
    let folder = scratch::folder("downstream");
    scratch::write(&folder, &files(&snippet(&read("README.md"))));
    scratch::succeeded(&scratch::cargo(&folder, &["build"], &[]));
    let server = Server::start([Turn::By(answer)]);
    let program = scratch::folder("target")
        .join("debug")
        .join(format!("downstream{}", std::env::consts::EXE_SUFFIX));
    let mut command = Command::new(program);
    for vendor in ["CARTESIA", "FIREWORKS"] {
        command
            .env(format!("{vendor}_API_KEY"), "key")
            .env(format!("{vendor}_BASE_URL"), server.url());
    }
    let output = command.env("FIREWORKS_ACCOUNT_ID", "acme").stdin(Stdio::null()).output();
    let output = output.expect("what was built can be run");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the snippet fails:\n{said}\nafter {:#?}", server.heads());
    assert!(!server.heads().is_empty(), "the snippet sends nothing");
}

/// The first Rust of a Markdown text.
fn snippet(markdown: &str) -> String {
    let start = markdown.lines().skip_while(|it| *it != "```rust").skip(1);
    let lines: Vec<_> = start.take_while(|it| *it != "```").collect();
    assert!(!lines.is_empty(), "README.md has no Rust");
    lines.join("\n") + "\n"
}

/// The crate: a snippet that is no whole program stands in one.
fn files(snippet: &str) -> Vec<File> {
    let program = match snippet.contains("fn main()") {
        true => snippet.to_owned(),
        false => format!(
            "#[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> {{\n{snippet}\nOk(())\n}}\n"
        ),
    };
    let client = root().join("generated-client").to_string_lossy().into_owned();
    let manifest = format!(
        "[package]\nname = \"downstream\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\ngenerated-client = {{ path = {client:?} }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n\n\
         [workspace]\nresolver = \"3\"\n"
    );
    let file = |path: &str, text: String| File { path: path.to_owned(), text };
    vec![file("Cargo.toml", manifest), file("src/main.rs", program)]
}

/// What the vendors' servers would say, to what their documents declare.
fn answer(head: &str) -> String {
    let target = head.split(' ').nth(1).unwrap_or_default();
    let path = target.split('?').next().unwrap_or_default();
    let segments: Vec<_> = path.split('/').skip(1).collect();
    let dataset = r#"{"id":"ds_1","name":"one","created_at":"","description":""}"#;
    let page = |item: &str| format!(r#"{{"data":[{item}],"has_more":false}}"#);
    let body = match segments[..] {
        ["datasets", ""] => page(dataset),
        ["datasets", _, "files"] => {
            page(r#"{"id":"f_1","filename":"a.wav","created_at":"","size":1}"#)
        }
        ["datasets", _] => dataset.to_owned(),
        ["fine-tunes", ""] => page(""),
        ["v1", "accounts", _, "datasets"] => {
            r#"{"datasets":[{"name":"one","exampleCount":"1"}]}"#.to_owned()
        }
        _ => return response(404, &[], &format!(r#"{{"message":"there is no {path}"}}"#)),
    };
    response(200, &[], &body)
}
