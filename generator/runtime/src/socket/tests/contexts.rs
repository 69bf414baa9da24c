//! Messages that belong together by a property.

use super::{json, open, paused, seconds};
use crate::ErrorKind;
use crate::testing::ScriptedSocket;

#[test]
fn each_context_gets_its_own_messages_and_those_of_none() {
    paused(async {
        let server = ScriptedSocket::new()
            .awaits(1)
            .sends(r#"{"context_id":"a","n":1}"#)
            .sends(r#"{"n":2,"context_id":"b\u0021"}"#)
            .sends(r#"{"context_id":"late","n":3}"#)
            .sends(r#"{"error":"for all"}"#)
            .sends(r#"{"context_id":"a","n":4}"#)
            .closes(1000, "");
        let contexts = open(&server).await.contexts("context_id");
        let (mut a, mut b) = (contexts.open("a").unwrap(), contexts.open("b!").unwrap());
        let mut rest = contexts.rest().unwrap();
        assert_eq!(contexts.open("a").unwrap_err().kind(), ErrorKind::InvalidParameter);
        contexts.send(&json("1")).await.unwrap();
        let mut found = Vec::new();
        for context in [&mut a, &mut b, &mut rest] {
            while let Some(message) = context.next().await {
                found.push(message.unwrap());
            }
        }
        let all = r#"{"error":"for all"}"#;
        let expected = [
            r#"{"context_id":"a","n":1}"#,
            all,
            r#"{"context_id":"a","n":4}"#,
            r#"{"n":2,"context_id":"b!"}"#,
            all,
            r#"{"context_id":"late","n":3}"#,
            all,
        ];
        assert_eq!(found, expected.map(json));
        // A context that is opened on an ended socket ends.
        assert!(contexts.open("new").unwrap().next().await.is_none());
    });
}

#[test]
fn the_end_of_the_socket_is_that_of_each_context_with_its_reason() {
    paused(async {
        let contexts =
            open(&ScriptedSocket::new().awaits(1).closes(1011, "oops")).await.contexts("id");
        let mut open: Vec<_> = ["a", "b"].iter().map(|it| contexts.open(it).unwrap()).collect();
        contexts.send(&json("1")).await.unwrap();
        for context in &mut open {
            let error = context.next().await.unwrap().unwrap_err();
            assert_eq!(error.close_code(), Some(1011));
            assert!(context.next().await.is_none());
        }
    });
}

#[test]
fn a_dropped_context_holds_nobody_up() {
    paused(async {
        let mut server = ScriptedSocket::new().awaits(1);
        for n in 0..200 {
            server = server.sends(&format!(r#"{{"id":{},"n":{n}}}"#, n % 2));
        }
        let contexts = open(&server.closes(1000, "")).await.contexts("id");
        let (gone, mut kept) = (contexts.open("0").unwrap(), contexts.open("1").unwrap());
        contexts.send(&json("1")).await.unwrap();
        let reader = tokio::spawn(async move {
            let mut count = 0;
            while kept.next().await.is_some() {
                count += 1;
            }
            count
        });
        tokio::time::sleep(seconds(10)).await;
        assert!(!reader.is_finished(), "a context that is not read holds the others up");
        drop(gone);
        drop(contexts.open("0").unwrap());
        assert_eq!(reader.await.unwrap(), 100);
    });
}

#[test]
fn the_socket_closes_with_its_last_context() {
    paused(async {
        let server = ScriptedSocket::new();
        let contexts = open(&server).await.contexts("id");
        let context = contexts.open("a").unwrap();
        drop(contexts);
        tokio::time::sleep(seconds(1)).await;
        assert_eq!(server.close_code(), None);
        drop(context);
        tokio::time::sleep(seconds(1)).await;
        assert_eq!(server.close_code(), Some(1000));
    });
}
