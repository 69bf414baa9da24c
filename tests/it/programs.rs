//! Programs that call clients of the shapes: they build with what a runtime can do besides, and run.

pub(crate) mod studio;

use crate::node;
use crate::scratch;
use crate::shapes::{krate_of, source};
use crate::support::{file, read, text};
use generator::{GeneratedFile, Source};

/// The programs, each a file of tests.
pub(crate) const PROGRAMS: &[&str] = &["sockets", "waits"];

/// Those that call clients of whole documents, which `cargo xtask referee` runs.
pub(crate) const WHOLE: &[&str] = &["cartesia-full", "fireworks-full"];

#[test]
fn programs_over_generated_clients_build_and_run() {
    let shapes = ["paging_cursor", "waiters"];
    let folder = scratch::folder("programs");
    let sources = shapes.iter().map(|it| source(it)).chain([sockets()]);
    let mut files = krate_of("programs", sources);
    files.extend(PROGRAMS.iter().map(|name| GeneratedFile {
        path: format!("tests/{name}.rs"),
        text: read(&format!("tests/programs/{name}.rs")),
    }));
    let chat = readme("**Streams.**", 10, CHAT);
    files.push(GeneratedFile { path: "tests/chat.rs".to_owned(), text: chat });
    scratch::write(&folder, &files);
    let features = format!("{},sockets,blocking,rustls,testing", shapes.join(","));
    let words = ["test", "--tests", "--no-default-features", "--features", &features];
    let run = scratch::cargo(&folder, &words, &[]);
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success(), "{}{said}", String::from_utf8_lossy(&run.stderr));
    for name in PROGRAMS {
        let wanted = read(&format!("tests/programs/{name}.rs")).matches("#[test]").count();
        assert!(said.contains(&format!("ok. {wanted} passed")), "`{name}` was not run:\n{said}");
    }
}

/// The program of a socket, whose server the package `ws` runs.
pub(crate) const SPEECH: &str = "speech";

#[test]
fn a_program_speaks_with_a_server_of_another_library() {
    let Some(server) = node::server("speech.mjs") else { return };
    let folder = scratch::folder(SPEECH);
    let document = file("tests/programs/speech.yaml").expect("it is there");
    let source = Source { vendor: SPEECH.to_owned(), document, ..Source::default() };
    let program = read("tests/programs/speech.rs");
    assert!(program.lines().count() <= 200, "it is short to write");
    let mut files = krate_of(SPEECH, std::iter::once(source));
    files.push(GeneratedFile { path: "tests/speech.rs".to_owned(), text: program.clone() });
    let speech = readme("**Sockets.**", 15, SPEECH_OF_README);
    files.push(GeneratedFile { path: "tests/readme.rs".to_owned(), text: speech });
    scratch::write(&folder, &files);
    let features = "speech,rustls,testing,websocket";
    let words = ["test", "--tests", "--no-default-features", "--features", features];
    let run = scratch::cargo(&folder, &words, &[("SPEECH_URL", &server.url)]);
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success(), "{}{said}", String::from_utf8_lossy(&run.stderr));
    let wanted = program.matches("#[test]").count();
    assert!(said.contains(&format!("ok. {wanted} passed")), "not all of it was run:\n{said}");
}

/// The Rust of the README behind a word, of at most so many lines, in a program.
fn readme(word: &str, most: usize, program: &str) -> String {
    let text = read("README.md");
    let lines = text.lines().skip_while(|it| !it.starts_with(word));
    let lines = lines.skip_while(|it| *it != "```rust").skip(1);
    let lines: Vec<_> = lines.take_while(|it| *it != "```").collect();
    assert!((1..=most).contains(&lines.len()), "{word} of the README has {} lines", lines.len());
    program.replace("README;", &lines.join("\n"))
}

/// A program that only has to build.
const CHAT: &str = r"//! The chat of the README.

use programs::sockets::{Client, types::Request};

pub async fn chat(client: Client) -> client_runtime::Result<()> {
    README;
    Ok(())
}
";

const SPEECH_OF_README: &str = r#"//! The speech of the README.

use speech::speech::Client;
use speech::speech::resources::speech::LiveServerMessage;
use speech::speech::types::{ServerMessage, SpeakRequest, SpeakRequestOutput};
use std::fs::File;
use std::io::Write;

async fn speech(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    README;
    Ok(())
}

#[test]
fn a_text_is_spoken_into_a_file() {
    let url = std::env::var("SPEECH_URL").expect("a server");
    let builder = Client::builder().environment(|_| None).base_url(&url).api_key("sesame");
    let client = builder.build().expect("a client");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(speech(client)).expect("it is spoken");
    let audio = std::fs::read("speech.raw").expect("it was written");
    std::fs::remove_file("speech.raw").expect("it can go");
    let wanted = "Good morning.".chars().map(|it| format!("{it}{it}{it}anna"));
    assert_eq!(audio, wanted.collect::<String>().into_bytes());
}
"#;

/// A document of a type with 200 properties that holds itself, and of a call that may stream.
fn sockets() -> Source {
    let properties: Vec<_> =
        (0..200).map(|it| format!("        p{it}: {{type: string}}\n")).collect();
    let properties = properties.concat();
    let document = format!("{SOCKETS}{properties}");
    Source {
        vendor: "sockets".to_owned(),
        document: text("sockets.yaml", &document),
        ..Source::default()
    }
}

const SOCKETS: &str = r#"openapi: 3.1.0
info: {title: Sockets, version: "1"}
servers: [{url: "https://api.example.com"}]
paths:
  /wide:
    get:
      operationId: get
      tags: [wide]
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Wide'}}}}}
  /chat:
    post:
      operationId: complete
      tags: [chat]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Request'}}}}
      responses:
        '200':
          description: ok
          content:
            application/json: {schema: {$ref: '#/components/schemas/Reply'}}
            text/event-stream: {schema: {$ref: '#/components/schemas/Reply'}}
components:
  schemas:
    Request:
      type: object
      required: [prompt]
      properties:
        prompt: {type: string}
        temperature: {type: number}
        mode: {type: string}
        stream: {type: boolean}
    Reply: {type: object, properties: {text: {type: string}}}
    Wide:
      type: object
      properties:
        next: {$ref: '#/components/schemas/Wide'}
        items: {type: array, items: {$ref: '#/components/schemas/Wide'}}
"#;
