//! Traces; alone in its process, since the crate `tracing` caches who listens per process.

#![cfg(all(feature = "testing", feature = "tracing"))]

use client_runtime::testing::{Scripted, TestClock, response};
use client_runtime::{Builder, Method, Operation, SecurityScheme, Service};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

static SERVICE: Service =
    Service::new("example", "https://api.example.com").schemes(&[SecurityScheme::bearer("Token")]);
static GET: Operation = Operation::new("get", Method::Get, "/x").security(&[&["Token"]]);

/// Writes down all that is recorded.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _ = write!(self.0.lock().unwrap(), "{field}={value:?} ");
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn spans_name_the_operation_and_never_hold_key_or_body() {
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let server = Scripted::repeating([response(503).chunk("canary-7f3a")]);
    let builder = Builder::new(&SERVICE).environment(|_| None).credential("Token", "canary-7f3a");
    let core = builder.transport(server).timer(TestClock::default()).build().unwrap();
    let call =
        core.call(&GET).query("q", &"canary-7f3a").json(&serde_json::json!({"b": "canary-7f3a"}));
    call.send().await.unwrap_err();
    drop(guard);
    let log = log.0.lock().unwrap();
    for part in [
        "otel.name=\"get\"",
        "url.template=\"/x\"",
        "http.response.status_code=503",
        "http.request.resend_count=2",
        "trying again",
    ] {
        assert!(log.contains(part), "{part}: {log}");
    }
    let own: Vec<_> = log.split_whitespace().filter(|it| it.contains("canary-7f3a")).collect();
    assert!(own.is_empty(), "{own:?}");
}

#[cfg(feature = "websocket")]
#[tokio::test]
async fn a_socket_says_that_it_opens_and_why_it_ends_and_never_what_is_said() {
    use client_runtime::codec::Json;
    use client_runtime::socket::{Channel, Socket};
    use client_runtime::testing::ScriptedSocket;
    static LIVE: Channel = Channel::new("live", "/live").security(&[&["Token"]]);
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let script =
        ScriptedSocket::new().awaits(1).sends("\"canary-7f3a\"").closes(1011, "canary-7f3a");
    let server = Scripted::new([response(101).socket(&script)]);
    let builder = Builder::new(&SERVICE).environment(|_| None).credential("Token", "canary-7f3a");
    let core = builder.transport(server).build().unwrap();
    let mut socket: Socket<Json, Json> = core.channel(&LIVE).connect().await.unwrap();
    socket.send(&"canary-7f3a".into()).await.unwrap();
    assert!(socket.next().await.unwrap().is_ok());
    assert!(socket.next().await.unwrap().is_err());
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    drop(guard);
    let log = log.0.lock().unwrap();
    for part in [
        "otel.name=\"live\"",
        "socket opened",
        "socket failed",
        "sent=1 received=1 code=1011",
        "Closed",
    ] {
        assert!(log.contains(part), "{part}: {log}");
    }
    assert!(!log.contains("canary-7f3a"), "{log}");
}

#[tokio::test]
async fn a_path_of_the_caller_is_no_template() {
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let server = Scripted::repeating([response(200).json("1")]);
    let builder = Builder::new(&SERVICE).environment(|_| None).credential("Token", "canary-7f3a");
    let core = builder.transport(server).timer(TestClock::default()).build().unwrap();
    core.request(Method::Get, "/users/id-of-somebody").send().await.unwrap();
    drop(guard);
    let log = log.0.lock().unwrap();
    assert!(log.contains("otel.name=\"request\"") && !log.contains("id-of-somebody"), "{log}");
    assert!(!log.contains("url.template"), "{log}");
}
