//! The calls: each is done once or fails, and what comes back is what was asked for.

use crate::routes::{content, sum};
use crate::server::{ITEMS, State};
use client_runtime::{Bytes, Error, ErrorKind, Events, RequestBody, RetryPolicy};
use soak_client::Client;
use soak_client::types::{Item, Question};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Longer than any call may take.
const STUCK: Duration = Duration::from_secs(30);

/// The outcomes of the calls.
#[derive(Default)]
pub struct Tally {
    next: AtomicI64,
    calls: AtomicU64,
    lost: AtomicU64,
    failed: AtomicU64,
    kinds: Mutex<BTreeMap<String, u64>>,
}

impl Tally {
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    pub fn failed(&self) -> u64 {
        self.failed.load(Ordering::Relaxed)
    }

    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }

    pub fn lose(&self, why: &str) {
        self.lost.fetch_add(1, Ordering::Relaxed);
        eprintln!("lost: {why}");
    }

    /// The number of calls that each kind of error ended.
    pub fn kinds(&self) -> String {
        let kinds = self.kinds.lock().expect("no call panics here");
        kinds.iter().map(|(kind, count)| format!("{kind}: {count}\n")).collect()
    }

    fn count(&self, what: &str, outcome: Result<(), Failure>) {
        self.calls.fetch_add(1, Ordering::Relaxed);
        match outcome {
            Ok(()) => {}
            Err(Failure::Lost(why)) => self.lose(&format!("{what}: {why}")),
            Err(Failure::Error(error)) if !is_expected(&error) => {
                self.lose(&format!("{what}: {error:?}"));
            }
            Err(Failure::Error(error)) => {
                self.failed.fetch_add(1, Ordering::Relaxed);
                let kind = format!("{what}, {:?}", error.kind());
                *self.kinds.lock().expect("no call panics here").entry(kind).or_default() += 1;
            }
        }
    }
}

/// The errors that calls at such a server may end with.
fn is_expected(error: &Error) -> bool {
    use ErrorKind::{Connect, Decode, Status, Stream, Timeout, Transport};
    [Connect, Decode, Status, Stream, Timeout, Transport].contains(&error.kind())
}

enum Failure {
    /// The call says so.
    Error(Error),
    /// The call says that it succeeded, and it did not; or it never ends.
    Lost(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

fn expect(is_so: bool, what: &str) -> Result<(), Failure> {
    if is_so { Ok(()) } else { Err(Failure::Lost(what.to_owned())) }
}

/// Makes one call after the other.
#[derive(Clone)]
pub struct Caller {
    client: Client,
    state: &'static State,
    tally: &'static Tally,
    end: Instant,
}

impl Caller {
    pub fn new(url: &str, state: &'static State, tally: &'static Tally, end: Instant) -> Self {
        let policy = RetryPolicy::default().budget(1000);
        let policy = policy.backoff(Duration::from_millis(1), Duration::from_millis(10));
        let limit = Duration::from_millis(300);
        let builder = Client::builder().environment(|_| None).bearer_token("soak-0123");
        let builder = builder.base_url(url).retry(policy).timeout(limit).stall_timeout(limit);
        let client = builder.total_timeout(Duration::from_secs(10)).build().expect("a client");
        Self { client, state, tally, end }
    }

    pub async fn run(self) {
        while Instant::now() < self.end {
            let id = self.tally.next.fetch_add(1, Ordering::Relaxed);
            let (what, call) = (WHAT[usize::try_from(id).unwrap_or(0) % WHAT.len()], self.call(id));
            let outcome = match tokio::time::timeout(STUCK, call).await {
                Ok(outcome) => outcome,
                Err(_) => Err(Failure::Lost("it never ends".to_owned())),
            };
            self.tally.count(what, outcome);
        }
    }

    async fn call(&self, id: i64) -> Result<(), Failure> {
        match WHAT[usize::try_from(id).unwrap_or(0) % WHAT.len()] {
            "create" => self.create(id).await,
            "put" => self.put(id).await,
            "walk" => self.walk().await,
            "upload" => self.upload(id).await,
            "download" => self.download(id).await,
            "chat" => self.chat(id).await,
            "stream" => self.stream(id).await,
            "resume" => self.resume().await,
            "drop" => self.dropped(id).await,
            other => unreachable!("{other} is no call"),
        }
    }

    async fn create(&self, id: i64) -> Result<(), Failure> {
        let item = self.client.items().create(&Item::new(id)).send().await?;
        expect(item.id == id, "the item of another call")?;
        expect(self.state.has_done(id), "it succeeded without being done")
    }

    async fn put(&self, id: i64) -> Result<(), Failure> {
        let item = self.client.items().update(id, &Item::new(id)).send().await?;
        expect(item.id == id, "the item of another call")
    }

    async fn walk(&self) -> Result<(), Failure> {
        let mut items = self.client.items().list().items();
        let mut found = 0;
        while let Some(item) = items.next().await {
            expect(item?.id == found, "an item is missing or comes twice")?;
            found += 1;
        }
        expect(found == ITEMS, "the walk ends early")
    }

    async fn upload(&self, id: i64) -> Result<(), Failure> {
        let content = Bytes::from(content(id));
        let wanted = sum(&content);
        let len = content.len() as u64;
        let body = match id % 3 {
            0 => RequestBody::from(content),
            1 => RequestBody::streams(move || Pieces(content.clone()), Some(len)),
            _ => RequestBody::streams(move || Pieces(content.clone()), None),
        };
        let item = self.client.files().upload(id, body).send().await?;
        expect(item.id == wanted, "other bytes arrived")
    }

    async fn download(&self, id: i64) -> Result<(), Failure> {
        let bytes = self.client.files().download(id).send().await?.bytes().await?;
        expect(bytes == content(id), "other bytes came")
    }

    async fn chat(&self, id: i64) -> Result<(), Failure> {
        let item = self.client.chat().create(&Question::new(id)).send().await?;
        expect(item.id == id, "the item of another call")?;
        expect(self.state.has_done(id), "it succeeded without being done")
    }

    async fn stream(&self, id: i64) -> Result<(), Failure> {
        let events = self.client.chat().create(&Question::new(id)).send_events().await?;
        all(events).await?;
        expect(self.state.has_done(id), "it succeeded without being done")
    }

    async fn resume(&self) -> Result<(), Failure> {
        all(self.client.events().list().with_resume(true).send().await?).await
    }

    /// Drops a call on its way; another one of the same kind works.
    async fn dropped(&self, id: i64) -> Result<(), Failure> {
        let limit = Duration::from_millis(id.unsigned_abs() % 20);
        drop(tokio::time::timeout(limit, self.download(id)).await);
        self.put(id).await
    }
}

const WHAT: [&str; 9] =
    ["create", "put", "walk", "upload", "download", "chat", "stream", "resume", "drop"];

/// Takes all events, each once and in their order.
async fn all(mut events: Events<Item>) -> Result<(), Failure> {
    let mut found = 0;
    while let Some(event) = events.next().await {
        expect(event?.id == found, "an event is missing or comes twice")?;
        found += 1;
    }
    expect(found == ITEMS, "the stream ends early")
}

/// Bytes as a stream of pieces.
struct Pieces(Bytes);

impl futures_core::Stream for Pieces {
    type Item = std::io::Result<Bytes>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        let size = self.0.len().min(10_000);
        let piece = self.0.split_to(size);
        std::task::Poll::Ready((size > 0).then_some(Ok(piece)))
    }
}
