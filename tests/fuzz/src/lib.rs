//! What the targets share: making a client of a document, and calling a server that is scripted.

pub mod document;
/// What the tests hold documentation against.
#[path = "../../it/hostile/markdown.rs"]
mod markdown;

use client_runtime::testing::{Answer, Scripted, TestClock};
use client_runtime::{Builder, Core, Service};
use generator::diag::Style;
use generator::{CrateSpec, File, RuntimeSource, Source, Text};
use std::cell::RefCell;

static SERVICE: Service = Service::new("example", "https://api.example.com");

thread_local! {
    static RUNTIME: RefCell<Option<tokio::runtime::Runtime>> = const { RefCell::new(None) };
}

/// A client of a script, and the script's clock.
#[must_use]
pub fn client(answers: impl IntoIterator<Item = Answer>) -> (Core, Scripted, TestClock) {
    let (server, clock) = (Scripted::new(answers), TestClock::with_random(0.0));
    let builder = Builder::new(&SERVICE).environment(|_| None);
    let core = builder.transport(server.clone()).timer(clock.clone()).build();
    (core.expect("the service is in order"), server, clock)
}

/// Waits for a future that waits for nothing outside.
pub fn now<T>(work: impl Future<Output = T>) -> T {
    RUNTIME.with_borrow_mut(|runtime| {
        let runtime = runtime.get_or_insert_with(|| {
            let built = tokio::runtime::Builder::new_current_thread().enable_time().build();
            built.expect("a runtime can be made")
        });
        runtime.block_on(work)
    })
}

/// Makes a client and its tests, and holds all that comes out against what it must be.
pub fn generate(document: &[u8]) {
    let name = "document.yaml".to_owned();
    let source = Source {
        vendor: "acme".to_owned(),
        document: Text { name, bytes: document.to_vec() },
        ..Source::default()
    };
    let run = generator::generate(&source);
    let shown = run.report.render(Style::Plain);
    let hidden = shown.chars().find(|it| it.is_control() && *it != '\n');
    assert_eq!(hidden, None, "a finding shows a control character");
    let Ok(output) = run.output else {
        assert!(!shown.is_empty(), "it is refused without a word");
        return;
    };
    let spec = CrateSpec {
        name: "client".to_owned(),
        version: "0.0.0".to_owned(),
        runtime: RuntimeSource::Path("runtime".to_owned()),
        in_workspace: false,
    };
    let tests = generator::wire_tests(&spec, &source).expect("what was made can be tested");
    let around = generator::assemble(&spec, std::slice::from_ref(&output));
    output.files.iter().chain(&around).for_each(documentation);
    for file in output.files.iter().chain(&around).chain(&tests.files) {
        let plain = |it: char| it.is_ascii_alphanumeric() || "_./".contains(it);
        assert!(file.path.chars().all(plain) && !file.path.contains(".."), "{:?}", file.path);
        if file.path.ends_with(".rs") {
            let read = syn::parse_file(&file.text);
            assert!(read.is_ok(), "{}: {:?}\n{}", file.path, read.err(), file.text);
        }
    }
    let names = Some(Text { name: "names.lock".to_owned(), bytes: output.names.into_bytes() });
    let again = generator::generate(&Source { names, ..source });
    let again = again.output.expect("its own names do not stand in its way");
    assert!(again.files == output.files, "names that were kept give other files");
}

/// Holds the documentation of a file against what may stand in one.
fn documentation(file: &File) {
    if file.path.ends_with(".md") {
        markdown::inert(&file.text);
    }
    let mut lines = Vec::new();
    for line in file.text.lines().map(str::trim_start).chain([""]) {
        match line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) {
            Some(words) => lines.push(words),
            None => markdown::inert(&std::mem::take(&mut lines).join("\n")),
        }
    }
}
