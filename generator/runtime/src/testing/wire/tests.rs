//! Exchanges that are right, and one for each thing that can be wrong.

use super::check::differences;
use super::{Exchange, ExpectedRequest, RoundTrips, Wire};
use crate::codec::Json;
use crate::tests::SERVICE;
use crate::{Builder, Call, Core, Method, Operation};
use serde_json::json;

static POST: Operation =
    Operation::new("post", Method::Post, "/items/{id}").security(&[&["Token"]]);

fn client(wire: &Wire) -> Core {
    let builder = Builder::new(&SERVICE).environment(|_| None).credential("Token", "key");
    let builder = match wire {
        Wire::Scripted(script) => builder.transport(script.clone()),
        Wire::Server(url) => builder.base_url(url),
    };
    builder.build().unwrap()
}

fn call(core: &Core) -> Call {
    core.call(&POST).path("id", &"a b").query("q", &vec!["x", "y"]).json(&json!({"n": 1}))
}

fn right() -> ExpectedRequest {
    ExpectedRequest::new("POST", "https://api.example.com/items/a%20b")
        .query("q", "x")
        .query("q", "y")
        .header("authorization", "Bearer key")
        .json("application/json", r#"{"n":1.0}"#)
}

/// The findings of an exchange about a request.
fn said(request: ExpectedRequest) -> String {
    let work = std::panic::catch_unwind(|| {
        let mut exchange = Exchange::new("post", request, client, call);
        exchange.json(200, r#"{"id":1}"#, Call::send);
        exchange.error_as::<Json, _>(404, r#"{"why":"x"}"#, Call::send);
        exchange.error(500, |it| it.with_max_retries(0).send());
        exchange.finish();
    });
    work.err()
        .map(|it| it.downcast::<String>().map_or_else(|_| "?".into(), |it| *it))
        .unwrap_or_default()
}

#[test]
fn a_request_that_is_right_passes() {
    assert_eq!(said(right()), "");
}

#[test]
fn a_header_of_cookies_is_compared_with_the_cookies_beside_it() {
    let script = crate::testing::Scripted::new([crate::testing::response(200)]);
    let core = client(&Wire::Scripted(script.clone()));
    let call = core.call(&POST).path("id", &"a").header("Cookie", &"text; b=1").cookie("c", &"2");
    crate::tests::now(call.send_nothing()).unwrap();
    let sent = &script.requests()[0];
    let wanted = ExpectedRequest::new("POST", "https://api.example.com/items/a")
        .header("cookie", "text; b=1");
    assert_eq!(differences(sent, &wanted.clone().cookie("c", "2")), [""; 0]);
    assert_eq!(differences(sent, &wanted.clone()).len(), 1);
    assert_eq!(differences(sent, &wanted.cookie("c", "3")).len(), 1);
}

#[test]
fn numbers_are_compared_as_the_client_reads_them() {
    let exact = ["0.9578730257009361", "5e-324", "1e2", "123456789.12345679"];
    let mut trips = RoundTrips::default();
    trips.check::<f64>("Float", &exact);
    trips.finish();
    let mut exchange = Exchange::new("post", right(), client, call);
    for number in exact {
        exchange.json::<f64>(200, number, Call::send_as::<crate::response_format::JsonFormat<f64>>);
        exchange.json::<Json>(200, &format!("[{number}]"), Call::send);
    }
    exchange.finish();
}

#[test]
fn a_text_takes_an_event_as_it_stands() {
    let mut exchange = Exchange::new("post", right(), client, call);
    exchange.events::<String>(200, r#""text""#, Call::send_events);
    exchange.events::<String>(200, "text", Call::send_events);
    exchange.events::<Json>(200, r#""text""#, Call::send_events);
    exchange.finish();
}

#[test]
fn each_difference_is_said() {
    let url = "https://api.example.com/items/a%20b";
    let rows = [
        (ExpectedRequest::new("PUT", url), "post: method: wanted \"PUT\", sent \"POST\""),
        (ExpectedRequest::new("POST", "https://api.example.com/items/a"), "post: URL: wanted"),
        (right().query("q", "z"), "post: query: wanted"),
        (
            right().header("x-version", "1"),
            "post: header `x-version`: wanted Some(\"1\"), sent None",
        ),
        (right().cookie("a", "b"), "post: cookie: wanted [(\"a\", \"b\")], sent []"),
        (right().json("application/json", "{}"), "post: body: wanted {}, sent {\"n\":1}"),
        (right().json("text/json", r#"{"n":1}"#), "post: content type: wanted \"text/json\""),
        (right().form(), "post: content type: wanted \"application/x-www-form-urlencoded\""),
    ];
    for (request, words) in rows {
        let said = said(request);
        assert!(said.contains(words), "{said:?} lacks {words:?}");
    }
}

#[test]
fn parts_are_told_apart() {
    let mut form = crate::Multipart::new();
    form.text("a", &"1");
    form.file("f", crate::FilePart::bytes("x.bin", "content"));
    let script = crate::testing::Scripted::new([crate::testing::response(200)]);
    let core = client(&Wire::Scripted(script.clone()));
    let sending = core.call(&POST).path("id", &"a").multipart(form).send_nothing();
    crate::tests::now(sending).unwrap();
    let sent = &script.requests()[0];
    let url = "https://api.example.com/items/a";
    let wanted =
        ExpectedRequest::new("POST", url).multipart("multipart/form-data").part("a", "", "1");
    let file = "application/octet-stream";
    assert_eq!(differences(sent, &wanted.clone().file("f", "x.bin", file, "content")), [""; 0]);
    let wrong = differences(sent, &wanted.file("f", "y.bin", "text/csv", "other"));
    assert_eq!(wrong.len(), 3, "{wrong:?}");
}

#[test]
fn round_trips_see_what_is_lost() {
    let mut trips = RoundTrips::default();
    trips.check::<i64>("Int", &["1", "-5"]);
    trips.check::<Vec<String>>("List", &[r#"["a"]"#]);
    trips.finish();
    let work = std::panic::catch_unwind(|| {
        let mut trips = RoundTrips::default();
        trips.check::<bool>("Flag", &["1"]);
        trips.finish();
    });
    assert!(work.is_err());
}
