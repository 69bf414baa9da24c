//! Streams of events and lines.

use super::{client, now, post};
use crate::codec::{Decode, Json};
use crate::testing::{MockResponse, response};
use crate::{Error, ErrorKind, TransportErrorKind, response_format};
use serde_json::json;

fn events<T: Decode>(response: MockResponse) -> (Vec<T>, Option<Error>) {
    let (core, ..) = client([response]);
    now(async {
        let mut events = post(&core).send_events::<T>().await.unwrap();
        collect(&mut events).await
    })
}

async fn collect<T>(events: &mut crate::Events<T>) -> (Vec<T>, Option<Error>) {
    let (mut all, mut failed) = (Vec::new(), None);
    while let Some(event) = events.next().await {
        match event {
            Ok(event) => all.push(event.into_data()),
            Err(error) => failed = Some(error),
        }
    }
    assert!(events.next().await.is_none());
    (all, failed)
}

fn texts(wire: &str) -> Vec<String> {
    events(response(200).events(wire)).0
}

#[test]
fn lines_end_in_every_way() {
    for end in ["\n", "\r", "\r\n"] {
        let wire = "data: a\ndata:b\n\n: comment\nevent: x\ndata:  c\n\n\n\ndata\n\ndata: d\n\n"
            .replace('\n', end);
        assert_eq!(texts(&wire), ["a\nb", " c", "", "d"], "{end:?}");
    }
    assert_eq!(texts("\u{feff}data: a\r\r\ndata: b\n\r\n"), ["a", "b"]);
}

#[test]
fn it_does_not_matter_where_the_chunks_break() {
    let wire = "\u{feff}data: é😀\r\nid: 1\r\n\r\ndata: b\r\rdata: c\n\n".as_bytes();
    for cut in 0..wire.len() {
        let chunks = response(200).chunk(wire[..cut].to_vec()).chunk(wire[cut..].to_vec());
        assert_eq!(events::<String>(chunks).0, ["é😀", "b", "c"], "{cut}");
    }
    let single = wire.iter().fold(response(200), |it, byte| it.chunk(vec![*byte]));
    assert_eq!(events::<String>(single).0, ["é😀", "b", "c"]);
}

#[test]
fn an_event_that_was_not_closed_is_none() {
    assert_eq!(texts("data: a\n\ndata: b\n"), ["a"]);
}

#[test]
fn sentinels_end_and_pings_are_skipped() {
    assert_eq!(texts("event: ping\ndata: {}\n\ndata: a\n\ndata: [DONE]\n\ndata: b\n\n"), ["a"]);
    assert_eq!(texts("data: a\n\nevent: message_stop\ndata: {}\n\ndata: b\n\n"), ["a"]);
}

#[test]
fn the_last_id_and_the_wait_are_kept() {
    let (core, ..) =
        client([response(200).events("id: 7\nretry: 1500\ndata: a\n\nid: 8\n\nretry: x\n\n")]);
    now(async {
        let mut events = post(&core).send_events::<String>().await.unwrap();
        collect(&mut events).await;
        assert_eq!(
            (events.last_event_id(), events.retry().unwrap().as_millis()),
            (Some("8"), 1500)
        );
    });
    let (core, ..) = client([response(200).events("id: 7\n\nid: 8\0\ndata: a\n\n")]);
    now(async {
        let mut events = post(&core).send_events::<String>().await.unwrap();
        collect(&mut events).await;
        assert_eq!(events.last_event_id(), Some("7"), "an id with NUL is none");
    });
}

#[test]
fn only_digits_are_a_wait_and_an_empty_name_is_none() {
    for (wait, found) in [("5", Some(5)), ("+5", None), ("5 ", None), ("", None), ("-5", None)] {
        let wire = format!("retry: {wait}\ndata: a\n\n");
        let (core, ..) = client([response(200).events(&wire)]);
        now(async {
            let mut events = post(&core).send_events::<String>().await.unwrap();
            collect(&mut events).await;
            assert_eq!(events.retry().map(|it| it.as_millis()), found, "{wait:?}");
        });
    }
    let (_, failed) = events::<i64>(response(200).events("event:\ndata: x\n\n"));
    assert!(failed.unwrap().to_string().contains("the event is not what was declared"));
}

#[test]
fn a_sentinel_may_be_the_last_line() {
    for wire in ["1\n[DONE]", "1\n[DONE]\n2\n", "1\n [DONE] \n2"] {
        let (core, ..) = client([response(200).chunk(wire)]);
        let found = now(async {
            collect(
                &mut post(&core).send_as::<response_format::JsonLinesFormat<i64>>().await.unwrap(),
            )
            .await
        });
        assert_eq!((found.0, found.1.is_none()), (vec![1], true), "{wire:?}");
    }
}

#[test]
fn a_record_ends_where_its_value_does() {
    let wire = b"\x1e{\"a\":\n\"]}\\\"\"\n}\n\x1e[1,\n2]\n\x1e7\n";
    let wanted = [json!({"a": "]}\""}), json!([1, 2]), json!(7)];
    for cut in 0..wire.len() {
        let chunks = response(200).chunk(wire[..cut].to_vec()).chunk(wire[cut..].to_vec());
        let (core, ..) = client([chunks]);
        let found = now(async {
            collect(
                &mut post(&core).send_as::<response_format::JsonLinesFormat<Json>>().await.unwrap(),
            )
            .await
        });
        assert_eq!(found.0, wanted, "{cut}");
    }
}

#[test]
fn an_event_that_does_not_fit_is_an_error_with_its_place_and_the_next_one_follows() {
    let (found, failed) = events::<Vec<i64>>(
        response(200).events("data: [1]\n\nevent: delta\ndata: [2,\"x\"]\n\ndata: [3]\n\n"),
    );
    let error = failed.unwrap();
    assert_eq!(
        (found, error.kind(), error.path()),
        (vec![vec![1], vec![3]], ErrorKind::Decode, Some("[1]"))
    );
    assert_eq!(error.body().unwrap(), "[2,\"x\"]");
    assert!(error.to_string().contains("`delta`"), "{error}");
}

#[test]
fn a_stream_that_breaks_off_is_an_error() {
    let (found, failed) =
        events::<Json>(response(200).events("data: 1\n\n").broken(TransportErrorKind::Broken));
    assert_eq!((found, failed.unwrap().kind()), (vec![json!(1)], ErrorKind::Stream));
}

#[test]
fn an_event_without_end_is_bounded() {
    for wire in ["data: ".to_owned(), "data: xxxxxxxxxxxxxxx\n".to_owned(), ":".to_owned()] {
        let (server, clock) = (
            crate::testing::Scripted::repeating([(0..3000).fold(response(200), |it, _| {
                it.chunk(
                    wire.clone()
                        + "xxxxxxxxxx\n"[..10 + usize::from(wire.ends_with('\n'))].as_ref(),
                )
            })]),
            crate::testing::TestClock::default(),
        );
        let core = super::builder(&server, &clock).max_event_bytes(10_000).build().unwrap();
        let failed =
            now(async { collect(&mut post(&core).send_events::<String>().await.unwrap()).await.1 });
        assert_eq!(failed.unwrap().kind(), ErrorKind::TooLarge, "{wire}");
    }
}

#[test]
fn lines_of_json_need_no_last_line_end() {
    let wire = "{\"a\":1}\r\n\n  \n{\"a\":\"é\"}";
    for cut in 0..wire.len() {
        let (core, ..) = client([response(200)
            .chunk(wire.as_bytes()[..cut].to_vec())
            .chunk(wire.as_bytes()[cut..].to_vec())]);
        let found = now(async {
            collect(
                &mut post(&core).send_as::<response_format::JsonLinesFormat<Json>>().await.unwrap(),
            )
            .await
        });
        assert_eq!(found.0, [json!({"a": 1}), json!({"a": "é"})]);
    }
}

#[test]
fn an_error_status_is_an_error_before_the_stream() {
    let (core, ..) = client([response(400).json(r#"{"e":1}"#)]);
    let error = now(post(&core).send_events::<Json>()).unwrap_err();
    assert_eq!((error.kind(), error.body().unwrap().len()), (ErrorKind::Status, 7));
}

/// The events of a stream that breaks off after this text, the requests, and the waits in seconds.
fn resumed<F: response_format::ResponseFormat<Value = crate::Events<Json>>>(
    wire: &str,
) -> (usize, usize, Vec<f64>) {
    let broken = response(200).chunk(wire.to_owned()).broken(TransportErrorKind::Broken);
    let (core, server, clock) = client([broken, response(200).events("data: 2\n\n")]);
    let (all, _) = now(async {
        let mut events = post(&core).with_resume(true).send_as::<F>().await.unwrap();
        collect(&mut events).await
    });
    let waits = clock.waits().iter().map(std::time::Duration::as_secs_f64).collect();
    (all.len(), server.requests().len(), waits)
}

#[test]
fn the_wait_before_a_stream_goes_on_is_the_one_it_asks_for_up_to_a_minute() {
    for (asked, wait) in [("retry: 250\n", 0.25), ("", 0.5), ("retry: 0\n", 0.5)] {
        let (events, requests, waits) =
            resumed::<response_format::SseFormat<Json>>(&format!("{asked}id: 1\ndata: 1\n\n"));
        assert_eq!((events, requests, waits), (2, 2, vec![wait]), "{asked}");
    }
    let (_, _, waits) =
        resumed::<response_format::SseFormat<Json>>("retry: 61000\nid: 1\ndata: 1\n\n");
    assert_eq!(waits, [0.5]);
}

#[test]
fn lines_have_no_ids_and_are_never_gone_on_with() {
    assert_eq!(resumed::<response_format::JsonLinesFormat<Json>>("{}\n"), (1, 1, Vec::new()));
    assert_eq!(resumed::<response_format::JsonLinesFormat<Json>>(""), (0, 1, Vec::new()));
}

#[test]
fn a_call_that_is_resumed_keeps_its_headers_but_the_last_id() {
    let broken = response(200).events("id: 7\ndata: 1\n\n").broken(TransportErrorKind::Broken);
    let (core, server, _) = client([broken, response(200).events("data: 2\n\n")]);
    let call = post(&core).with_header("x-own", "a").with_header("last-event-id", "6");
    now(async {
        let mut events = call.with_resume(true).send_events::<Json>().await.unwrap();
        assert_eq!(collect(&mut events).await.0, [1, 2]);
    });
    let sent = server.requests();
    let of = |it: usize| (sent[it].header("x-own"), sent[it].header("last-event-id"));
    assert_eq!([of(0), of(1)], [(Some("a"), Some("6")), (Some("a"), Some("7"))]);
}

#[cfg(feature = "blocking")]
#[test]
fn events_and_chunks_can_be_waited_for() {
    let wire = "data: 1\n\ndata: 2\n\n";
    let (core, ..) = client([response(200).events(wire)]);
    let events = crate::blocking::wait(post(&core).send_events::<i64>()).unwrap();
    let mut events = crate::blocking::EventIter::new(events);
    assert_eq!(events.stream().status().as_u16(), 200);
    let found = events.by_ref().map(|it| it.map(crate::Event::into_data));
    assert_eq!(found.collect::<Result<Vec<_>, _>>().unwrap(), [1, 2]);
    assert!(events.next().is_none());
    let mut download = crate::blocking::wait(post(&core).send_bytes()).unwrap();
    assert_eq!(download.next_blocking().unwrap().unwrap(), wire);
    assert!(download.next_blocking().is_none());
}

#[test]
fn an_event_has_its_name_id_and_wait() {
    let wire = "id: 7\nevent: made\nretry: 1500\ndata: 1\n\ndata: 2\n\n";
    let (core, ..) = client([response(200).events(wire)]);
    now(async {
        let mut events = post(&core).send_events::<i64>().await.unwrap();
        let first = events.next().await.unwrap().unwrap();
        assert_eq!((first.event(), first.id()), (Some("made"), Some("7")));
        assert_eq!(first.retry().unwrap().as_millis(), 1500);
        assert_eq!((*first, first.into_data()), (1, 1));
        let second = events.next().await.unwrap().unwrap();
        assert_eq!((second.event(), second.id(), second.retry()), (None, None, None));
        assert_eq!(events.last_event_id(), Some("7"));
    });
}

/// The items of a stream that comes in two parts, and how many errors it has.
fn in_parts<F: response_format::ResponseFormat<Value = crate::Events<T>>, T>(
    wire: &[u8],
    cut: usize,
) -> (Vec<T>, usize) {
    let (core, ..) =
        client([response(200).chunk(wire[..cut].to_vec()).chunk(wire[cut..].to_vec())]);
    now(async {
        let (mut events, mut failed) = (post(&core).send_as::<F>().await.unwrap(), 0);
        let mut found = Vec::new();
        while let Some(event) = events.next().await {
            match event {
                Ok(event) => found.push(event.into_data()),
                Err(_) => failed += 1,
            }
        }
        (found, failed)
    })
}

#[test]
fn a_record_that_is_cut_off_is_an_error() {
    let found = |wire: &[u8]| in_parts::<response_format::JsonLinesFormat<Json>, Json>(wire, 1);
    assert_eq!(found(b"\x1e{\"a\":1}\n\x1e{\"a\":"), (vec![json!({"a": 1})], 1));
    assert_eq!(found(b"\x1e12\n\x1e12"), (vec![json!(12)], 1), "more digits may have followed");
    assert_eq!(found(b"\x1e12\x1e{\"a\":\x1e[3]\n"), (vec![json!([3])], 2));
    assert_eq!(found(b"\x1e[1]\x1e[2]"), (vec![json!([1]), json!([2])], 0));
}

#[test]
fn values_follow_each_other_with_or_without_line_ends() {
    let wire = b"{\"a\":\"}\\\"\"}{\"b\":[1]}\n\n[2] \"x\"7 true\"y\"null\r\n-1";
    let wanted = [
        json!({"a": "}\""}),
        json!({"b": [1]}),
        json!([2]),
        json!("x"),
        json!(7),
        json!(true),
        json!("y"),
        json!(null),
        json!(-1),
    ];
    for cut in 0..wire.len() {
        let found = in_parts::<response_format::JsonValuesFormat<Json>, Json>(wire, cut);
        assert_eq!(found, (wanted.to_vec(), 0), "{cut}");
    }
    let found = in_parts::<response_format::JsonValuesFormat<Json>, Json>(b"{}{\"a\"", 3);
    assert_eq!(found, (vec![json!({})], 1), "the last value is cut off");
}

#[test]
fn items_of_an_array_are_read_as_they_come() {
    let wire = b" [{\"a\":[1,2]},\n3 , \"]\",[],null] ";
    let wanted = [json!({"a": [1, 2]}), json!(3), json!("]"), json!([]), json!(null)];
    for cut in 0..wire.len() {
        let found = in_parts::<response_format::JsonArrayFormat<Json>, Json>(wire, cut);
        assert_eq!(found, (wanted.to_vec(), 0), "{cut}");
    }
    assert_eq!(in_parts::<response_format::JsonArrayFormat<Json>, Json>(b"[]", 1), (Vec::new(), 0));
    for cut_off in ["[1,", "[1", "[1,2"] {
        let (found, failed) =
            in_parts::<response_format::JsonArrayFormat<Json>, Json>(cut_off.as_bytes(), 1);
        assert_eq!(failed, 1, "{cut_off}: {found:?}");
    }
    let found = in_parts::<response_format::JsonArrayFormat<Json>, Json>(b"{\"error\":1}", 1);
    assert_eq!(found, (vec![json!({"error": 1})], 0), "what is no array is one value");
}

#[test]
fn lines_of_text_keep_their_blanks_and_whole_letters() {
    let wire = " a\r\n\né😀\n[DONE]\nlast".as_bytes();
    for cut in 0..wire.len() {
        let found = in_parts::<response_format::TextLinesFormat, String>(wire, cut);
        let wanted = [" a", "", "é😀", "[DONE]", "last"].map(str::to_owned);
        assert_eq!(found, (wanted.to_vec(), 0), "{cut}");
    }
}

#[test]
fn an_event_called_error_is_an_error_unless_it_is_an_item() {
    let wire = "data: [1]\n\nevent: error\ndata: {\"why\":\"full\"}\n\ndata: [2]\n\n";
    let (found, failed) = events::<Vec<i64>>(response(200).events(wire));
    let error = failed.unwrap();
    assert_eq!((found, error.kind()), (vec![vec![1], vec![2]], ErrorKind::Stream));
    assert_eq!(error.body().unwrap(), "{\"why\":\"full\"}");
    assert!(error.to_string().contains("full"), "{error}");
    let (found, failed) = events::<Json>(response(200).events("event: error\ndata: {}\n\n"));
    assert!(failed.is_none(), "any JSON is an item");
    assert_eq!(found, [json!({})]);
}

#[test]
fn json_in_the_place_of_events_is_no_empty_stream() {
    let (found, failed) = events::<Vec<i64>>(response(200).json(r#" {"error":"busy"}"#));
    assert!(found.is_empty());
    assert_eq!(failed.unwrap().body().unwrap(), r#"{"error":"busy"}"#);
    let misnamed = response(200).header("content-type", "application/json").chunk("data: [1]\n\n");
    assert_eq!(events::<Vec<i64>>(misnamed).0, [[1]]);
}

#[test]
fn an_error_that_comes_as_an_event_has_its_data_as_body() {
    let wire = ": wait\nevent: error\ndata: {\"why\":\ndata: 1}\n\ndata: more\n\n";
    let (core, ..) = client([response(422).events(wire)]);
    let error = now(post(&core).send_events::<Json>()).unwrap_err();
    assert_eq!(
        (error.kind(), error.body().unwrap().as_ref()),
        (ErrorKind::Status, &b"{\"why\":\n1}"[..])
    );
    assert_eq!(error.body_as::<Json>().unwrap(), json!({"why": 1}));
}
