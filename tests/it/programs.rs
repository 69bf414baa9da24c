//! Programs that call clients of the shapes: they build with what a runtime can do besides, and run.

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
    scratch::write(&folder, &files);
    let features = "speech,rustls,testing,websocket";
    let words = ["test", "--test", SPEECH, "--no-default-features", "--features", features];
    let run = scratch::cargo(&folder, &words, &[("SPEECH_URL", &server.url)]);
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success(), "{}{said}", String::from_utf8_lossy(&run.stderr));
    let wanted = program.matches("#[test]").count();
    assert!(said.contains(&format!("ok. {wanted} passed")), "not all of it was run:\n{said}");
}

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
