//! What the targets share: making a client of a document, and calling a server that is scripted.

pub mod beside;
pub mod document;
/// What the tests hold documentation against.
#[path = "../../it/hostile/markdown.rs"]
mod markdown;
pub mod text;
/// What the tests hold names against.
#[path = "../../it/hostile/unique.rs"]
mod unique;
/// What the tests hold a whole client against.
#[path = "../../it/hostile/whole.rs"]
mod whole;

use client_runtime::testing::{MockResponse, Scripted, TestClock};
use client_runtime::{Builder, Core, Service};
use generator::{Source, Text};
use std::cell::RefCell;

static SERVICE: Service = Service::new("example", "https://api.example.com");

thread_local! {
    static RUNTIME: RefCell<Option<tokio::runtime::Runtime>> = const { RefCell::new(None) };
}

/// A client of a script, and the script's clock.
#[must_use]
pub fn client(responses: impl IntoIterator<Item = MockResponse>) -> (Core, Scripted, TestClock) {
    let (server, clock) = (Scripted::repeating(responses), TestClock::with_random(0.0));
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
pub fn generate(source: Source) {
    let _ = whole::hold(source);
}

/// The same with nothing beside the document.
pub fn generate_alone(document: &[u8]) {
    let document = Text { name: "document.yaml".to_owned(), bytes: document.to_vec() };
    generate(Source { vendor: "acme".to_owned(), document, ..Source::default() });
}
