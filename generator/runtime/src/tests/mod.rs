//! Calls against a scripted transport.

mod auth;
mod bounds;
mod budget;
mod drops;
mod events;
mod fields;
mod lenient;
mod multiparts;
mod oauth;
mod pages;
mod params;
mod policies;
mod requests;
mod retries;
mod secrets;
mod servers;
mod streams;
mod time;
mod waits;

use crate::codec::Json;
use crate::response_kind::{ResponseKind, Setting, Terminal};
use crate::testing::{MockResponse, Scripted, TestClock};
use crate::{
    BoxError, BoxFuture, Builder, Call, ClientParam, Core, FixedHeader, Method, Operation, Secret,
    SecurityScheme, Service, TokenSource,
};
use std::fmt::Write as _;

pub(crate) static SERVICE: Service = Service::new("example", "https://api.example.com")
    .base_url_variable("EXAMPLE_BASE_URL")
    .schemes(&[
        SecurityScheme::bearer("Token").variable("EXAMPLE_TOKEN"),
        SecurityScheme::header("Key", "X-Api-Key"),
        SecurityScheme::query("Query", "api_key"),
        SecurityScheme::cookie("Cookie", "sid"),
        SecurityScheme::basic("Basic").variables("EXAMPLE_USER", "EXAMPLE_PASSWORD"),
    ])
    .headers(&[FixedHeader::new("Example-Version", "2026-03-01")])
    .params(&[ClientParam::new("account_id").variable("EXAMPLE_ACCOUNT")])
    .sentinels(&["[DONE]"])
    .end_events(&["message_stop"])
    .ignored_events(&["ping"]);

static GET: Operation = Operation::new("get", Method::Get, "/items/{id}")
    .security(&[&["Token"]])
    .fixed_headers(&["Example-Version"]);
static POST: Operation = Operation::new("post", Method::Post, "/items")
    .security(&[&["Token"]])
    .setting(Setting::body("stream", false))
    .terminals(&[Terminal::new(ResponseKind::Events, "text/event-stream")
        .setting(Setting::body("stream", true).always())]);

/// A client of a script and the script's clock.
fn client(responses: impl IntoIterator<Item = MockResponse>) -> (Core, Scripted, TestClock) {
    let (server, clock) = (Scripted::repeating(responses), TestClock::with_random(0.0));
    (builder(&server, &clock).build().unwrap(), server, clock)
}

fn builder(server: &Scripted, clock: &TestClock) -> Builder {
    bare(server).credential("Token", "canary-7f3a").timer(clock.clone())
}

/// Without a credential.
fn bare(server: &Scripted) -> Builder {
    Builder::new(&SERVICE).environment(|_| None).transport(server.clone())
}

/// A source of always the same token.
struct Fixed(&'static str);

impl TokenSource for Fixed {
    fn token<'a>(&'a self, _: Option<&'a Secret>) -> BoxFuture<'a, Result<Secret, BoxError>> {
        Box::pin(std::future::ready(Ok(self.0.into())))
    }
}

/// An error and all that is behind it, in both kinds of words.
fn shown(error: &crate::Error) -> String {
    let mut text = String::new();
    let mut next: Option<&dyn std::error::Error> = Some(error);
    while let Some(it) = next {
        let _ = writeln!(text, "{it} {it:?} {it:#?}");
        next = it.source();
    }
    text
}

fn get(core: &Core) -> Call {
    core.call(&GET).path("id", &"a")
}

fn post(core: &Core) -> Call {
    core.call(&POST).json(&serde_json::json!({"name": "x"}))
}

/// Waits for a future that waits for nothing outside.
pub(crate) fn now<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

fn json(call: Call) -> crate::Result<Json> {
    now(call.send())
}
