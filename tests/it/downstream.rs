//! Crates of somebody else: one with the README's snippet, word for word, and one with a reqwest of its own.

use crate::scratch;
use crate::server::{Server, Turn, response};
use crate::support::{read, root};
use generator::GeneratedFile;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn the_snippet_of_the_readme_builds_and_runs() {
    let folder = scratch::folder("downstream");
    scratch::write(&folder, &files(&snippet(&read("README.md")), ""));
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

/// reqwest without TLS makes clients for plain http; with a feature of rustls that somebody else switches on, it
/// would look for a provider of cryptography and panic.
#[test]
fn a_reqwest_of_the_program_is_as_it_would_be_without_a_client() {
    let folder = scratch::folder("beside-reqwest");
    let program = "fn main() {\n    let _ = reqwest::Client::new();\n    \
        let client = generated_client::cartesia::Client::builder().api_key(\"key\").build();\n    \
        assert!(client.is_ok(), \"{client:?}\");\n}\n";
    let reqwest = "reqwest = { version = \"0.13\", default-features = false }\n";
    scratch::write(&folder, &files(program, reqwest));
    scratch::succeeded(&scratch::cargo(&folder, &["run"], &[]));
    let with_client = features_of_reqwest(&folder);
    scratch::write(&folder, &[manifest("", reqwest), file("src/main.rs", String::new())]);
    assert_eq!(with_client, features_of_reqwest(&folder));
}

/// The features that cargo builds reqwest with.
fn features_of_reqwest(folder: &Path) -> String {
    let words = ["tree", "--invert", "reqwest", "--depth", "0", "--format", "{p} [{f}]"];
    let output = scratch::cargo(folder, &words, &[]);
    scratch::succeeded(&output);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.starts_with("reqwest v0.13"), "{said}");
    said
}

/// The number stands in the documentation of dependencies, and each crate is seconds of somebody's build.
#[test]
fn a_client_brings_at_most_66_crates() {
    let folder = scratch::folder("downstream-tree");
    scratch::write(&folder, &files("fn main() {}\n", ""));
    let words = ["tree", "--edges", "normal", "--prefix", "none", "--format", "{p}"];
    let words = [&words[..], &["--package", "generated-client"]].concat();
    let output = scratch::cargo(&folder, &words, &[]);
    scratch::succeeded(&output);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let crates: BTreeSet<_> = said.lines().map(|it| it.trim_end_matches(" (*)")).collect();
    assert!((20..=66).contains(&crates.len()), "{} crates:\n{said}", crates.len());
    for unwanted in ["reqwest ", "url ", "icu_"] {
        assert!(!crates.iter().any(|it| it.starts_with(unwanted)), "{unwanted}:\n{said}");
    }
}

/// The first Rust of a Markdown text.
fn snippet(markdown: &str) -> String {
    let start = markdown.lines().skip_while(|it| *it != "```rust").skip(1);
    let lines: Vec<_> = start.take_while(|it| *it != "```").collect();
    assert!(!lines.is_empty(), "README.md has no Rust");
    lines.join("\n") + "\n"
}

/// The crate: a snippet that is no whole program stands in one.
fn files(snippet: &str, dependencies: &str) -> Vec<GeneratedFile> {
    let program = match snippet.contains("fn main()") {
        true => snippet.to_owned(),
        false => format!(
            "#[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> {{\n{snippet}\nOk(())\n}}\n"
        ),
    };
    let client = root().join("generated-client").to_string_lossy().into_owned();
    let client = format!("generated-client = {{ path = {client:?} }}\n");
    vec![manifest(&client, dependencies), file("src/main.rs", program)]
}

fn manifest(client: &str, dependencies: &str) -> GeneratedFile {
    let text = format!(
        "[package]\nname = \"downstream\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\n{client}{dependencies}\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n\n\
         [workspace]\nresolver = \"3\"\n"
    );
    file("Cargo.toml", text)
}

fn file(path: &str, text: String) -> GeneratedFile {
    GeneratedFile { path: path.to_owned(), text }
}

/// Responses as the vendors' servers would give them, by their documents.
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
