//! Opening a socket again.

use super::{builder, channel, json, paused, seconds};
use crate::ErrorKind;
use crate::codec::Json;
use crate::socket::{RawMessage, Socket};
use crate::testing::{Scripted, ScriptedSocket, response};

#[test]
fn what_the_server_may_not_have_read_is_handed_back() {
    paused(async {
        let first = ScriptedSocket::new().awaits(3).breaks();
        let second = ScriptedSocket::new().sends("[2]");
        let server = Scripted::new([&first, &second].map(|it| response(101).socket(it)));
        let core = builder(&server).build().unwrap();
        let mut socket: Socket<Json, Json> =
            channel(&core).with_reconnect(true).connect().await.unwrap();
        socket.send(&json("1")).await.unwrap();
        socket.send(&json("2")).await.unwrap();
        // Until a ping and its pong have passed.
        tokio::time::sleep(seconds(25)).await;
        socket.send(&json("3")).await.unwrap();
        let error = socket.next().await.unwrap().unwrap_err();
        assert!(error.is_retryable(), "{error}");
        let back = socket.reconnect().await.unwrap();
        assert_eq!(back, [RawMessage::text("3")]);
        for message in back {
            socket.send_raw(message).await.unwrap();
        }
        assert_eq!(socket.next().await.unwrap().unwrap(), json("[2]"));
        tokio::time::sleep(seconds(1)).await;
        assert_eq!(second.received(), [RawMessage::text("3")]);
        assert_eq!(server.requests().len(), 2);
    });
}

#[test]
fn long_messages_are_acknowledged_before_the_next_ping_is_due() {
    paused(async {
        let first = ScriptedSocket::new();
        let server = Scripted::new([&first, &first].map(|it| response(101).socket(it)));
        let core = builder(&server).build().unwrap();
        let mut socket: Socket<Json, Json> =
            channel(&core).with_reconnect(true).connect().await.unwrap();
        let large = Json::String("x".repeat(600_000));
        for _ in 0..3 {
            socket.send(&large).await.unwrap();
        }
        tokio::time::sleep(seconds(1)).await;
        assert_eq!(socket.reconnect().await.unwrap().len(), 1);
    });
}

#[test]
fn a_socket_is_opened_again_only_where_that_was_asked_for() {
    paused(async {
        let server = Scripted::new([response(101).socket(&ScriptedSocket::new().breaks())]);
        let core = builder(&server).build().unwrap();
        let mut socket: Socket<Json, Json> = channel(&core).connect().await.unwrap();
        assert!(socket.next().await.unwrap().is_err());
        assert!(socket.next().await.is_none());
        let error = socket.reconnect().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert_eq!(server.requests().len(), 1);
    });
}

#[test]
fn a_socket_that_cannot_be_opened_again_keeps_what_it_has() {
    paused(async {
        let (first, third) = (ScriptedSocket::new().hangs(), ScriptedSocket::new());
        let responses = [response(101).socket(&first), response(403), response(101).socket(&third)];
        let core = builder(&Scripted::new(responses)).build().unwrap();
        let mut socket: Socket<Json, Json> =
            channel(&core).with_reconnect(true).connect().await.unwrap();
        socket.send(&json("1")).await.unwrap();
        assert!(socket.next().await.unwrap().is_err());
        assert_eq!(socket.reconnect().await.unwrap_err().kind(), ErrorKind::Status);
        assert_eq!(socket.reconnect().await.unwrap(), [RawMessage::text("1")]);
    });
}
