//! A generated client at a server of sockets: responses that are deep or large, and bodies that keep each byte.

use client_runtime::{Error, ErrorKind};
use programs::sockets::Client;
use programs::sockets::types::{Request, Wide};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// The bodies that a server got.
type Bodies = Arc<Mutex<Vec<String>>>;

/// A client of a server that gives the same response again and again, but events where a body asks for them.
fn client(response: &str) -> (Client, Bodies) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let (bodies, response) = (Bodies::default(), response.to_owned());
    let kept = bodies.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (bodies, response) = (kept.clone(), response.clone());
            // A client that goes away ends its connection alone.
            thread::spawn(move || stream.and_then(|it| serve(it, &bodies, &response)));
        }
    });
    let builder = Client::builder().environment(|_| None).base_url(&url);
    (builder.build().expect("a client"), bodies)
}

fn serve(stream: TcpStream, bodies: &Bodies, response: &str) -> std::io::Result<()> {
    let (mut reader, mut writer) = (BufReader::new(stream.try_clone()?), stream);
    let mut line = String::new();
    while reader.read_line(&mut line)? > 0 {
        let mut len = 0;
        while line != "\r\n" {
            let header = line.to_ascii_lowercase();
            len = header
                .strip_prefix("content-length: ")
                .map_or(len, |it| it.trim().parse().expect("a length"));
            line.clear();
            reader.read_line(&mut line)?;
        }
        let mut body = vec![0; len];
        reader.read_exact(&mut body)?;
        let body = String::from_utf8(body).expect("bodies are text");
        let (mime, text) = match body.contains("\"stream\":true") {
            true => ("text/event-stream", "data: {\"text\":\"a\"}\n\n"),
            false => ("application/json", response),
        };
        bodies.lock().expect("no thread panics").push(body);
        write!(
            writer,
            "HTTP/1.1 200 OK\r\ncontent-type: {mime}\r\ncontent-length: {}\r\n\r\n{text}",
            text.len()
        )?;
        line.clear();
    }
    Ok(())
}

/// Waits on a thread with the stack that a worker of an async runtime has: 2 MiB.
fn now<T: Send>(work: impl Future<Output = T> + Send) -> T {
    let wait = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(work)
    };
    thread::scope(|scope| {
        let worker = thread::Builder::new().stack_size(2 << 20).spawn_scoped(scope, wait);
        worker.expect("a thread").join().expect("no response ends a thread")
    })
}

fn wide(response: &str) -> Result<Wide, Error> {
    now(client(response).0.wide().get().send())
}

#[test]
fn a_deep_response_of_a_wide_type_is_read_or_refused() {
    let deep = |depth: usize| format!("{}{{}}{}", "{\"next\":".repeat(depth), "}".repeat(depth));
    let value = wide(&deep(100)).expect("it is deep, and no deeper than JSON may be");
    let mut depth = 0;
    let mut next = &value.next;
    while let Some(it) = next {
        (depth, next) = (depth + 1, &it.next);
    }
    assert_eq!(depth, 100);
    for depth in [200, 100_000] {
        assert_eq!(wide(&deep(depth)).expect_err("it is too deep").kind(), ErrorKind::Decode);
    }
}

#[test]
fn a_small_response_of_large_values_is_refused() {
    let items = |count: usize| format!("{{\"items\":[{}{{}}]}}", "{},".repeat(count));
    assert_eq!(wide(&items(999)).expect("it is usual").items.map(|it| it.len()), Some(1000));
    let error = wide(&items(200_000)).expect_err("it would take a gigabyte");
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("far more memory than its text"), "{error}");
}

#[test]
fn a_response_beyond_the_limit_is_not_read() {
    let error = wide(&"x".repeat(65 << 20)).expect_err("the limit is 64 MiB");
    assert_eq!(error.kind(), ErrorKind::TooLarge);
}

#[test]
fn what_is_added_to_a_body_and_a_stream_that_is_asked_for_change_no_number_and_no_order() {
    let (client, bodies) = client("{}");
    let mut bits = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..200 {
        bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let Some(number) = Some(f64::from_bits(bits)).filter(|it| it.is_finite()) else { continue };
        let request = Request::new("p").temperature(number).mode("m");
        let call = || client.chat().complete(&request);
        now(async {
            call().send().await?;
            call().with_body_field("zone", &0.1).with_body_field("area", &2).send().await?;
            let mut events = call().send_events().await?;
            events.next().await.expect("an event")?;
            Ok::<_, Error>(())
        })
        .expect("each call succeeds");
        let sent = std::mem::take(&mut *bodies.lock().expect("no thread panics"));
        let [plain, extended, streaming] = &sent[..] else { panic!("{sent:?}") };
        let start = plain.strip_suffix(",\"mode\":\"m\"}").expect("the order is the document's");
        let digits = start.strip_prefix("{\"prompt\":\"p\",\"temperature\":").expect("the same");
        assert_eq!(digits.parse::<f64>().expect("a number").to_bits(), number.to_bits(), "{plain}");
        let with = |added: &str| format!("{start},\"mode\":\"m\",{added}}}");
        assert_eq!(*extended, with("\"zone\":0.1,\"area\":2"));
        assert_eq!(*streaming, with("\"stream\":true"));
    }
}

#[test]
fn a_stream_can_be_read_without_async() {
    let (client, _) = client("{}");
    let events = client.chat().complete(&Request::new("p")).send_events_blocking();
    let texts = events.expect("a stream").map(|it| it.expect("an event").into_data().text);
    let texts: Vec<_> = texts.collect();
    assert_eq!(texts, [Some("a".to_owned())]);
}
