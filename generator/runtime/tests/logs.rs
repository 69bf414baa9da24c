//! The logs of this crate and all below it on a real connection, at every level; alone in its
//! process, since there is one logger per process.

#![cfg(all(feature = "rustls", feature = "tracing"))]

use client_runtime::codec::Json;
use client_runtime::{Builder, Method, Operation, RetryPolicy, SecurityScheme, Service};
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::Mutex;
use std::time::Duration;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

const KEY: &str = "canary-7f3a-0123456789";
/// The same as the password of `u` in `Authorization: Basic`.
const BASIC: &str = "dTpjYW5hcnktMDEyMzQ1Njc4OQ==";

static SERVICE: Service = Service::new("example", "https://api.example.com").schemes(&[
    SecurityScheme::bearer("Token"),
    SecurityScheme::header("Key", "x-api-key"),
    SecurityScheme::query("Query", "key"),
    SecurityScheme::cookie("Cookie", "sid"),
    SecurityScheme::basic("Basic"),
]);
static ALL: Operation =
    Operation::new("all", Method::Get, "/x/{id}").security(&[&["Token", "Key", "Query", "Cookie"]]);
static ONE: Operation = Operation::new("one", Method::Get, "/x/{id}").security(&[&["Basic"]]);

static LOG: Mutex<String> = Mutex::new(String::new());

/// Writes down all that is recorded.
struct Log;

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _ = writeln!(LOG.lock().unwrap(), "{field}={value:?}");
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Self);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Self);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Self);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl log::Log for Log {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let _ = writeln!(LOG.lock().unwrap(), "{}: {}", record.target(), record.args());
    }

    fn flush(&self) {}
}

/// Answers in turn, one per connection, for ever.
fn serve(responses: Vec<String>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for (stream, response) in listener.incoming().zip(responses.iter().cycle()) {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(response.as_bytes());
        }
    });
    address
}

/// Answers that repeat the key wherever a server could.
fn echoes() -> Vec<String> {
    let heads = ["200 OK", "307 Moved", "401 Unauthorized", "500 Broken"].map(|status| {
        format!(
            "HTTP/1.1 {status}\r\nlocation: https://{KEY}.example/{KEY}\r\nx-request-id: {KEY}\r\n\
             set-cookie: sid={KEY}\r\nconnection: close\r\ncontent-length: 19\r\n\r\n\"{KEY}\""
        )
    });
    heads.into_iter().chain([String::new(), "HTTP/1.1 200 OK\r\nx".to_owned()]).collect()
}

#[tokio::test]
async fn no_key_is_logged_at_any_level() {
    tracing::subscriber::set_global_default(Log).unwrap();
    log::set_logger(&Log).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let address = serve(echoes());
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for base in
        [format!("http://{address}"), format!("https://{address}"), format!("http://{free}")]
    {
        let wait = Duration::from_millis(1);
        let builder = Builder::new(&SERVICE)
            .environment(|_| None)
            .base_url(&base)
            .retry(RetryPolicy::default().backoff(wait, wait).budget(100))
            .basic_credential("Basic", "u", KEY);
        let schemes = ["Token", "Key", "Query", "Cookie"];
        let core = schemes.iter().fold(builder, |it, name| it.credential(name, KEY)).build();
        let core = core.unwrap();
        for operation in [&ALL, &ONE] {
            for _ in 0..8 {
                let call = core.call(operation).path("id", &"1").query("q", &KEY);
                if let Err(error) = call.json(&serde_json::json!({KEY: KEY})).send().await {
                    tracing::error!(%error, ?error, source = ?std::error::Error::source(&error));
                }
            }
        }
        let _: Result<Json, _> = core.request(Method::Get, "/").send().await;
    }
    let log = LOG.lock().unwrap();
    for part in ["otel.name=\"all\"", "trying again", "hyper_util", "status 401"] {
        assert!(log.contains(part), "nothing of {part} is in {log}");
    }
    let leaks: Vec<_> =
        log.lines().filter(|it| it.contains(KEY) || it.contains(BASIC)).take(5).collect();
    assert!(leaks.is_empty(), "{leaks:#?}");
}
