//! The generated client at work: what it sends, and what it makes of what comes back.

mod answers;
mod holes;
mod pages;
mod requests;
mod secrets;
mod sockets;
mod strict;

use generated_client::client_runtime::testing::{MockResponse, Scripted, TestClock, response};
use generated_client::{cartesia, fireworks};

/// The credential of all tests: it may appear in no text.
pub(crate) const KEY: &str = "sk_canary_7f3a";

/// A server that gives these answers, and the last of them from then on.
fn server(answers: impl IntoIterator<Item = MockResponse>) -> Scripted {
    Scripted::repeating(answers)
}

/// A page of nothing.
const NO_DATASETS: &str = r#"{"data":[],"has_more":false}"#;

fn ok(json: &str) -> MockResponse {
    response(200).json(json)
}

/// A builder that knows nothing of the environment of the tests.
fn cartesia_builder(server: &Scripted) -> cartesia::ClientBuilder {
    let builder = cartesia::Client::builder().environment(|_| None).api_key(KEY);
    builder.timer(TestClock::default()).transport(server.clone())
}

fn cartesia(server: &Scripted) -> cartesia::Client {
    cartesia_builder(server).build().expect("the settings are fine")
}

fn fireworks_builder(server: &Scripted) -> fireworks::ClientBuilder {
    let builder = fireworks::Client::builder().environment(|_| None).api_key(KEY);
    builder.timer(TestClock::default()).transport(server.clone())
}

fn fireworks(server: &Scripted) -> fireworks::Client {
    fireworks_builder(server).account_id("acme").build().expect("the settings are fine")
}
