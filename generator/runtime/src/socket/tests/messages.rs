//! Messages of all kinds, both ways.

use super::super::{ReceiveMessage as _, SendMessage as _, Socket};
use super::{channel, client, json, next, open, paused};
use crate::codec::Json;
use crate::socket::RawMessage;
use crate::testing::ScriptedSocket;
use crate::{Bytes, ErrorKind};

#[derive(Debug, PartialEq)]
enum Spoken {
    Audio(Bytes),
    Done,
    Event(Json),
}

crate::messages!(receive Spoken { Audio(it) = binary, Done = word "done", Event(it) = json });

enum Said {
    Audio(Bytes),
    Finalize,
    Word(String),
    Configure(Json),
    Other(RawMessage),
}

crate::messages!(send Said {
    Audio(it) = binary,
    Finalize = word "finalize",
    Word(it) = text,
    Configure(it) = json,
    Other(it) = raw,
});

#[test]
fn json_goes_both_ways_as_text() {
    paused(async {
        let server =
            ScriptedSocket::new().awaits(2).sends(r#"{"n":1}"#).sends("[2]").closes(1000, "");
        let mut socket = open(&server).await;
        socket.send(&json(r#"{"text":"é"}"#)).await.unwrap();
        socket.send(&json("[true]")).await.unwrap();
        assert_eq!(next(&mut socket).await.unwrap().unwrap(), json(r#"{"n":1}"#));
        assert_eq!(next(&mut socket).await.unwrap().unwrap(), json("[2]"));
        assert!(next(&mut socket).await.is_none());
        assert!(next(&mut socket).await.is_none());
        assert_eq!(socket.close_code(), Some(1000));
        let texts = [r#"{"text":"é"}"#, "[true]"].map(RawMessage::text);
        assert_eq!(server.received(), texts);
    });
}

#[test]
fn a_message_that_does_not_fit_is_an_error_that_holds_it_and_the_socket_goes_on() {
    paused(async {
        let server = ScriptedSocket::new().sends("[1]").sends("{\"a\": oops").sends("[2]");
        let mut socket: Socket<Json, Vec<i64>> = channel(&client(&server)).connect().await.unwrap();
        assert_eq!(socket.next().await.unwrap().unwrap(), [1]);
        let error = socket.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_eq!(error.body().unwrap(), "{\"a\": oops");
        assert_eq!((error.operation(), error.status().unwrap().as_u16()), ("speak", 101));
        assert!(error.to_string().contains("wss://api.example.com/tts/amy"), "{error}");
        assert_eq!(socket.next().await.unwrap().unwrap(), [2]);
    });
}

#[test]
fn kinds_of_received_messages_are_told_apart() {
    paused(async {
        let server = ScriptedSocket::new()
            .sends_binary(&b"\x00\xff"[..])
            .sends("done")
            .sends(r#"{"type":"later"}"#)
            .sends("huh");
        let core = client(&server);
        let mut socket: Socket<Json, Spoken> = channel(&core).connect().await.unwrap();
        let bytes = Bytes::from_static(b"\x00\xff");
        assert_eq!(socket.next().await.unwrap().unwrap(), Spoken::Audio(bytes));
        assert_eq!(socket.next().await.unwrap().unwrap(), Spoken::Done);
        let event = Spoken::Event(json(r#"{"type":"later"}"#));
        assert_eq!(socket.next().await.unwrap().unwrap(), event);
        let error = socket.next().await.unwrap().unwrap_err();
        assert_eq!((error.kind(), error.body().unwrap()), (ErrorKind::Decode, &Bytes::from("huh")));
    });
}

#[test]
fn text_where_bytes_are_declared_is_an_error_that_holds_the_text() {
    paused(async {
        let server = ScriptedSocket::new().sends("not audio").sends_binary("audio");
        let mut socket: Socket<Json, Bytes> = channel(&client(&server)).connect().await.unwrap();
        let error = socket.next().await.unwrap().unwrap_err();
        assert_eq!(error.body().unwrap(), "not audio");
        assert!(error.to_string().contains("a message of text is not declared"), "{error}");
        assert_eq!(socket.next().await.unwrap().unwrap(), "audio");
    });
}

#[test]
fn kinds_of_sent_messages_have_their_own_frames() {
    let raw = |it: Said| it.to_raw().unwrap();
    assert_eq!(raw(Said::Audio("é".into())), RawMessage::binary("é"));
    assert_eq!(raw(Said::Finalize), RawMessage::text("finalize"));
    assert_eq!(raw(Said::Word("go \"on\"".to_owned())), RawMessage::text("go \"on\""));
    assert_eq!(raw(Said::Configure(json("{}"))), RawMessage::text("{}"));
    assert_eq!(raw(Said::Other(RawMessage::binary("x"))), RawMessage::binary("x"));
    assert!(RawMessage::bare_text(&1).is_err(), "a number is no word");
}

#[derive(Debug, PartialEq)]
enum Counted {
    Total(i64),
}

crate::messages!(send Counted { Total(it) = json as crate::Int64String });
crate::messages!(receive Counted { Total(it) = json as crate::Int64String });

#[derive(Debug, PartialEq)]
enum Heard {
    Audio(Bytes),
    Word(String),
    Other(RawMessage),
}

crate::messages!(receive Heard { Audio(it) = binary, Word(it) = text, Other(it) = raw });

#[derive(Debug, PartialEq)]
enum Audible {
    Audio(Bytes),
}

crate::messages!(receive Audible { Audio(it) = binary });

#[test]
fn a_kind_may_be_the_only_one_and_the_last_may_be_any() {
    assert_eq!(Audible::from_raw(&RawMessage::binary("x")).unwrap(), Audible::Audio("x".into()));
    assert!(Audible::from_raw(&RawMessage::text("x")).is_err());
    let heard = |it: &RawMessage| Heard::from_raw(it).unwrap();
    assert_eq!(heard(&RawMessage::binary("x")), Heard::Audio("x".into()));
    assert_eq!(heard(&RawMessage::text("go on")), Heard::Word("go on".to_owned()));
    assert_eq!(heard(&RawMessage::text("{}")), Heard::Word("{}".to_owned()));
}

#[test]
fn a_codec_reads_and_writes_messages() {
    let raw = Counted::Total(1 << 60).to_raw().unwrap();
    assert_eq!(raw, RawMessage::text("\"1152921504606846976\""));
    assert_eq!(Counted::from_raw(&raw).unwrap(), Counted::Total(1 << 60));
    assert!(Counted::from_raw(&RawMessage::text("{}")).is_err());
}

#[test]
fn bytes_may_hold_json_and_text_words() {
    let read = |it: RawMessage| Json::from_raw(&it);
    assert_eq!(read(RawMessage::binary("[1]")).unwrap(), json("[1]"));
    assert!(read(RawMessage::binary(&b"\xff"[..])).is_err());
    let shown = format!("{:?}", RawMessage::text("private"));
    assert_eq!(shown, r#"RawMessage { kind: "text", bytes: 7 }"#);
}

#[test]
fn dropping_a_wait_for_a_message_loses_none() {
    paused(async {
        let server = ScriptedSocket::new().awaits(1).sends("[1]").sends("[2]");
        let mut socket = open(&server).await;
        for _ in 0..3 {
            let waits = tokio::time::timeout(super::seconds(1), next(&mut socket));
            waits.await.unwrap_err();
        }
        socket.send(&json("1")).await.unwrap();
        let mut found = Vec::new();
        while found.len() < 2 {
            // Polled once and dropped, again and again.
            let waits = tokio::time::timeout(std::time::Duration::ZERO, next(&mut socket)).await;
            found.extend(waits.ok().flatten().map(Result::unwrap));
        }
        assert_eq!(found, [json("[1]"), json("[2]")]);
    });
}

#[test]
fn dropping_a_send_sends_the_whole_message_or_nothing() {
    paused(async {
        let server = ScriptedSocket::new().pauses(super::seconds(50));
        let connect = channel(&client(&server)).with_send_queue(1).with_ping_interval(None);
        let socket: super::JsonSocket = connect.connect().await.unwrap();
        let mut queued = Vec::new();
        for n in 0..20 {
            let message = Json::String(format!("{n}{}", "x".repeat(50_000)));
            let send = socket.send(&message);
            if let Ok(sent) = tokio::time::timeout(super::seconds(1), send).await {
                sent.unwrap();
                queued.push(RawMessage::json(&message).unwrap());
            }
        }
        // The pipe takes some of them, the queue one; the others waited and were dropped.
        assert!((2..10).contains(&queued.len()), "{}", queued.len());
        socket.close().await.unwrap();
        assert_eq!(server.received(), queued);
    });
}

#[test]
fn what_was_queued_is_sent_in_order_before_a_dropped_socket_closes() {
    paused(async {
        let server = ScriptedSocket::new();
        let socket = open(&server).await;
        for n in 0..100 {
            socket.send(&Json::from(n)).await.unwrap();
        }
        drop(socket);
        tokio::time::sleep(super::seconds(1)).await;
        let expected: Vec<_> = (0..100).map(|it| RawMessage::text(it.to_string())).collect();
        assert_eq!(server.received(), expected);
        assert_eq!(server.close_code(), Some(1000));
    });
}
