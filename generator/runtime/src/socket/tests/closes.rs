//! Ends of sockets.

use super::super::end::End;
use super::{json, next, open, paused, seconds};
use crate::ErrorKind;
use crate::testing::ScriptedSocket;
use tokio::time::Instant;

#[test]
fn a_code_that_is_no_normal_end_is_an_error_with_code_and_reason() {
    paused(async {
        let server = ScriptedSocket::new().sends("[1]").closes(1011, "lost it: canary-7f3a\u{7}");
        let mut socket = open(&server).await;
        assert!(next(&mut socket).await.unwrap().is_ok());
        let error = next(&mut socket).await.unwrap().unwrap_err();
        assert_eq!((error.kind(), error.close_code()), (ErrorKind::Closed, Some(1011)));
        assert_eq!(error.close_reason(), Some("lost it: canary-7f3a\u{7}"));
        assert!(error.is_retryable());
        let expected = "speak: socket `wss://api.example.com/tts/amy`: the server closed it with \
                        code 1011: lost it: [redacted]\\u{7}";
        assert_eq!(error.to_string(), expected);
        assert!(!format!("{error:?}").contains("canary"));
        assert!(next(&mut socket).await.is_none());
        let error = socket.send(&json("1")).await.unwrap_err();
        assert_eq!((error.kind(), error.close_code()), (ErrorKind::Closed, Some(1011)));
    });
}

#[test]
fn a_connection_that_ends_without_a_close_is_an_error() {
    paused(async {
        let mut socket = open(&ScriptedSocket::new().sends("[1]").breaks()).await;
        assert!(next(&mut socket).await.unwrap().is_ok());
        let error = next(&mut socket).await.unwrap().unwrap_err();
        assert_eq!((error.kind(), error.close_code()), (ErrorKind::Transport, None));
        assert!(error.to_string().contains("without a close"), "{error}");
        assert!(next(&mut socket).await.is_none());
    });
}

#[test]
fn a_close_waits_for_that_of_the_server() {
    paused(async {
        let server = ScriptedSocket::new();
        let socket = open(&server).await;
        socket.send(&json("1")).await.unwrap();
        assert_eq!(socket.close().await.unwrap(), 1000);
        assert_eq!((server.received().len(), server.close_code()), (1, Some(1000)));
    });
}

#[test]
fn a_close_that_nobody_confirms_has_a_limit() {
    paused(async {
        let start = Instant::now();
        let socket = open(&ScriptedSocket::new().hangs()).await;
        let error = socket.close().await.unwrap_err();
        assert_eq!((error.kind(), start.elapsed()), (ErrorKind::Timeout, seconds(5)));
        assert!(error.to_string().contains("not confirmed within 5s"), "{error}");
    });
}

#[test]
fn after_a_close_by_the_sender_the_receiver_gets_the_rest() {
    paused(async {
        let server =
            ScriptedSocket::new().sends("[1]").awaits(1).sends("[2]").sends("[3]").closes(1000, "");
        let (sender, mut receiver) = open(&server).await.split();
        sender.send(&json("0")).await.unwrap();
        sender.close().await.unwrap();
        let mut found = Vec::new();
        while let Some(message) = receiver.next().await {
            found.push(message.unwrap());
        }
        assert_eq!(found, ["[1]", "[2]", "[3]"].map(json));
        assert_eq!(receiver.close_code(), Some(1000));
        let error = sender.send(&json("9")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Closed);
    });
}

#[test]
fn a_socket_is_open_as_long_as_one_half_is() {
    paused(async {
        let server = ScriptedSocket::new().awaits(1).sends("[1]");
        let (sender, receiver) = open(&server).await.split();
        drop(receiver);
        tokio::time::sleep(seconds(30)).await;
        sender.send(&json("1")).await.unwrap();
        tokio::time::sleep(seconds(1)).await;
        assert_eq!((server.received().len(), server.close_code()), (1, None));
        drop(sender);
        tokio::time::sleep(seconds(1)).await;
        assert_eq!(server.close_code(), Some(1000));

        let server = ScriptedSocket::new();
        let (sender, mut receiver) = open(&server).await.split();
        drop(sender);
        let waits = tokio::time::timeout(seconds(30), receiver.next());
        assert!(waits.await.is_err(), "it still listens");
        drop(receiver);
        tokio::time::sleep(seconds(1)).await;
        assert_eq!(server.close_code(), Some(1000));
    });
}

#[test]
fn a_code_of_ones_own_is_sent_if_clients_may_send_it() {
    paused(async {
        let server = ScriptedSocket::new();
        let (sender, _receiver) = open(&server).await.split();
        for (code, reason) in
            [(1005, ""), (1006, ""), (999, ""), (5000, ""), (4000, &*"x".repeat(124))]
        {
            let error = sender.close_with(code, reason).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidParameter, "{code}");
        }
        sender.close_with(4000, "enough").await.unwrap();
        sender.close().await.unwrap();
        tokio::time::sleep(seconds(1)).await;
        assert_eq!(server.close_code(), Some(4000));
    });
}

#[test]
fn a_server_that_talks_on_does_not_put_the_end_off_unless_somebody_reads() {
    paused(async {
        let mut server = ScriptedSocket::new();
        for _ in 0..30 {
            server = server.pauses(seconds(1)).sends("[1]");
        }
        let server = server.awaits(1);
        let start = Instant::now();
        let error = open(&server).await.close().await.unwrap_err();
        assert_eq!((error.kind(), start.elapsed()), (ErrorKind::Timeout, seconds(5)));

        let (sender, mut receiver) = open(&server).await.split();
        sender.close().await.unwrap();
        let mut count = 0;
        while receiver.next().await.is_some() {
            count += 1;
        }
        assert_eq!(count, 30);
        assert_eq!(receiver.close_code(), Some(1000));
    });
}

#[test]
fn codes_that_say_that_all_was_said_are_normal() {
    let closed = |code, is_response| End::Closed { code, reason: String::new(), is_response };
    for (code, is_normal) in
        [(1000, true), (1005, true), (1001, false), (1011, false), (4000, false)]
    {
        assert_eq!(closed(code, false).is_normal(), is_normal, "{code}");
        assert!(closed(code, true).is_normal(), "{code}");
    }
}
