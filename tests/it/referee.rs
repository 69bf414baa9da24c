//! The generated client before Prism, a mock server that others wrote, which checks every request against the vendored documents.

mod between;

use crate::support::{root, vendor};
use generated_client::client_runtime::{ErrorKind, WithMeta};
use generated_client::{cartesia, fireworks};
use serde_json::{Map, Value};
use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Once;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// Time for a start on a machine that has other things to do.
const PATIENCE: Duration = Duration::from_mins(2);

/// True if the user was told that there is no Prism.
static SAID: Once = Once::new();

/// A running Prism, which ends with this.
struct Prism {
    child: Child,
    url: String,
}

impl Drop for Prism {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Where Prism is: where the environment says, else where `cargo xtask ci referee` puts it.
pub(crate) fn binary() -> Option<PathBuf> {
    if let Some(stated) = env::var_os("REFEREE_PRISM") {
        return Some(root().join(stated));
    }
    let usual = root().join("target/referee/node_modules/.bin/prism");
    if usual.exists() {
        return Some(usual);
    }
    SAID.call_once(|| {
        // Past the harness, which keeps what a test that passes prints.
        let line = "\nWARNING: THE CLIENT WAS NOT REFEREED: there is no Prism; `cargo xtask ci referee` installs it\n";
        drop(std::io::stderr().write_all(line.as_bytes()));
    });
    None
}

/// Prism serving a document; `None` if there is no Prism and none is asked for.
fn prism(document: &Path) -> Option<Prism> {
    run(&["mock"], document, &[])
}

/// Prism with words before and after its document, once it listens.
fn run(mode: &[&str], document: &Path, rest: &[&str]) -> Option<Prism> {
    let binary = binary()?;
    let start = || start(&binary, mode, document, rest);
    // The port is free when it is picked, and might not be once Prism asks for it.
    let started = (0..3).find_map(|_| start().ok());
    Some(
        started
            .unwrap_or_else(|| panic!("{} cannot be run: {:?}", binary.display(), start().err())),
    )
}

fn start(binary: &Path, mode: &[&str], document: &Path, rest: &[&str]) -> Result<Prism, String> {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr());
    let port = free.map_err(|error| error.to_string())?.port();
    let mut command = Command::new(binary);
    command.args(mode).args(["-h", "127.0.0.1", "-p", &port.to_string()]).arg(document).args(rest);
    command
        .env_remove("NODE_ENV")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| error.to_string())?;
    let (output, errors) = (child.stdout.take(), child.stderr.take());
    let prism = Prism { child, url: format!("http://127.0.0.1:{port}") };
    let (send, lines) = mpsc::channel();
    // Both are read to their end, so that Prism never waits for somebody to read.
    listen(output.expect("it is piped"), send.clone());
    listen(errors.expect("it is piped"), send);
    let mut said = String::new();
    loop {
        match lines.recv_timeout(PATIENCE) {
            Ok(line) if line.contains("listening") => return Ok(prism),
            Ok(line) => said += &(line + "\n"),
            Err(RecvTimeoutError::Timeout) => return Err(format!("it does not start:\n{said}")),
            Err(RecvTimeoutError::Disconnected) => return Err(format!("it ended:\n{said}")),
        }
    }
}

fn listen(stream: impl std::io::Read + Send + 'static, lines: mpsc::Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            // Nobody listens any more once it has started.
            drop(lines.send(line));
        }
    });
}

fn document(name: &str) -> PathBuf {
    root().join(format!("specs/{name}/openapi.yaml"))
}

fn cartesia(prism: &Prism) -> cartesia::Client {
    let builder = cartesia::Client::builder().environment(|_| None).base_url(&prism.url);
    builder.api_key("sk_test").max_retries(0).timeout(PATIENCE).build().expect("a client")
}

fn fireworks(prism: &Prism) -> fireworks::Client {
    let builder = fireworks::Client::builder().environment(|_| None).base_url(&prism.url);
    let builder = builder.api_key("fw_test").account_id("acme corp/1");
    builder.max_retries(0).timeout(PATIENCE).build().expect("a client")
}

/// A value that Prism gave without an objection.
#[track_caller]
fn unobjected<T>(answer: Result<WithMeta<T>, generated_client::client_runtime::Error>) -> T {
    let answer = answer.unwrap_or_else(|error| panic!("{error}"));
    let objection = answer.headers().get("sl-violations");
    assert!(objection.is_none(), "Prism objects: {objection:?}");
    answer.into_value()
}

#[tokio::test]
async fn prism_finds_nothing_wrong_with_cartesia() {
    let Some(prism) = prism(&document("cartesia")) else { return };
    let client = cartesia(&prism);
    let (datasets, tunes) = (client.datasets(), client.fine_tunes());
    let page = unobjected(datasets.list().limit(5).starting_after("a").send_with_meta().await);
    assert!(!page.data.is_empty());
    let page = unobjected(
        datasets.files().list("ds_1").limit(5).ending_before("b").send_with_meta().await,
    );
    assert!(!page.data.is_empty());
    let dataset = unobjected(datasets.get("a/b?c#d é").send_with_meta().await);
    assert!(!dataset.id.is_empty());
    let page = unobjected(tunes.list().limit(5).send_with_meta().await);
    assert!(!page.data.is_empty());
}

#[tokio::test]
async fn prism_would_find_what_is_wrong() {
    let Some(prism) = prism(&document("cartesia")) else { return };
    let client = cartesia(&prism);
    let version = client.datasets().list().with_header("Cartesia-Version", "1999-01-01");
    let limit = client.datasets().list().with_query("limit", &"many");
    for (wrong, call) in [("the version", version), ("the limit", limit)] {
        let error = call.send().await.expect_err("Prism objects");
        assert_eq!(error.status().map(|it| it.as_u16()), Some(422), "{wrong}: {error}");
    }
    let bare = client.datasets().list().with_header("Authorization", "none");
    let error = bare.send().await.expect_err("Prism wants a bearer token");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(401), "{error}");
}

#[tokio::test]
async fn prism_finds_nothing_wrong_with_fireworks() {
    let Some(prism) = prism(&with_examples()) else { return };
    let list = fireworks(&prism).datasets().list().page_size(5).page_token("t");
    let list = list.filter("state = READY").order_by("createTime desc").read_mask("*");
    let page = unobjected(list.send_with_meta().await);
    let datasets = page.datasets.as_deref().unwrap_or_default();
    assert_eq!(datasets[0].example_count, 42);
    assert_eq!(datasets[0].estimated_token_count, Some(42));
}

#[tokio::test]
async fn text_that_is_no_integer_is_named_to_the_place() {
    let Some(prism) = prism(&document("fireworks")) else { return };
    let error = fireworks(&prism).datasets().list().send().await;
    let error = error.expect_err("Prism puts any text where an integer belongs");
    assert_eq!((error.kind(), error.path()), (ErrorKind::Decode, Some("datasets[0].exampleCount")));
    let body: Value =
        serde_json::from_slice(error.body().expect("it is kept")).expect("it is JSON");
    assert!(body["datasets"][0]["exampleCount"].is_string());
}

/// A copy of the document whose integers that travel as text have an example: without one, Prism
/// gives them any text.
fn with_examples() -> PathBuf {
    let tree = generator::read(&vendor("fireworks").document).expect("the document is well-formed");
    let mut document = tree.to_json();
    add_examples(&mut document);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("referee");
    fs::create_dir_all(&folder).expect("it can be made");
    let place = folder.join("with-examples.json");
    fs::write(&place, document.to_string()).expect("it can be written");
    place
}

fn add_examples(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.values_mut().for_each(add_examples);
            if is(map, "type", "string") && is(map, "format", "int64") {
                map.insert("example".to_owned(), "42".into());
            }
        }
        Value::Array(list) => list.iter_mut().for_each(add_examples),
        _ => {}
    }
}

fn is(map: &Map<String, Value>, key: &str, text: &str) -> bool {
    map.get(key).is_some_and(|it| it == text)
}
