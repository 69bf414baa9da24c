//! Limits on time, on a clock that moves by itself.

use super::{channel, client, json, next, open, paused, seconds};
use crate::ErrorKind;
use crate::codec::Json;
use crate::socket::Socket;
use crate::testing::ScriptedSocket;
use tokio::time::Instant;

#[test]
fn a_server_that_is_silent_after_a_ping_is_given_up() {
    paused(async {
        let start = Instant::now();
        let mut socket = open(&ScriptedSocket::new().hangs()).await;
        let error = next(&mut socket).await.unwrap().unwrap_err();
        assert_eq!((error.kind(), start.elapsed()), (ErrorKind::Timeout, seconds(40)));
        assert!(error.to_string().contains("nothing arrived for 20s after a ping"), "{error}");
    });
}

#[test]
fn a_server_that_sends_pongs_is_not() {
    paused(async {
        let mut socket = open(&ScriptedSocket::new()).await;
        let waits = tokio::time::timeout(seconds(3600), next(&mut socket));
        assert!(waits.await.is_err());
    });
}

#[test]
fn pings_and_their_limit_can_be_set_and_turned_off() {
    paused(async {
        let server = ScriptedSocket::new().hangs();
        let core = client(&server);
        let connect = channel(&core).with_ping_interval(seconds(3)).with_pong_timeout(seconds(2));
        let start = Instant::now();
        let mut socket: Socket<Json, Json> = connect.connect().await.unwrap();
        assert!(next(&mut socket).await.unwrap().is_err());
        assert_eq!(start.elapsed(), seconds(5));

        let connect = channel(&core).with_ping_interval(None);
        let mut socket: Socket<Json, Json> = connect.connect().await.unwrap();
        let waits = tokio::time::timeout(seconds(3600), next(&mut socket));
        assert!(waits.await.is_err());
    });
}

#[test]
fn a_socket_without_messages_ends_where_a_limit_is_set() {
    paused(async {
        let server = ScriptedSocket::new().sends("[1]");
        let connect = channel(&client(&server)).with_idle_timeout(seconds(90));
        let start = Instant::now();
        let mut socket: Socket<Json, Json> = connect.connect().await.unwrap();
        assert!(next(&mut socket).await.unwrap().is_ok());
        let error = next(&mut socket).await.unwrap().unwrap_err();
        assert_eq!((error.kind(), start.elapsed()), (ErrorKind::Timeout, seconds(90)));
        tokio::time::sleep(seconds(1)).await;
        assert_eq!(server.close_code(), Some(1000));
    });
}

#[test]
fn a_reader_may_take_any_time() {
    paused(async {
        let mut server = ScriptedSocket::new();
        for _ in 0..50 {
            server = server.sends("[1]");
        }
        let connect =
            channel(&client(&server)).with_receive_queue(2).with_idle_timeout(seconds(90));
        let mut socket: Socket<Json, Json> = connect.connect().await.unwrap();
        for _ in 0..50 {
            tokio::time::sleep(seconds(600)).await;
            assert!(next(&mut socket).await.unwrap().is_ok());
        }
    });
}

#[test]
fn a_server_that_takes_nothing_is_given_up() {
    paused(async {
        let connect = channel(&client(&ScriptedSocket::new().hangs())).with_ping_interval(None);
        let socket: Socket<Json, Json> = connect.connect().await.unwrap();
        let start = Instant::now();
        let large = Json::String("x".repeat(100_000));
        let error = loop {
            match socket.send(&large).await {
                Ok(()) => {}
                Err(error) => break error,
            }
        };
        assert_eq!((error.kind(), start.elapsed()), (ErrorKind::Timeout, seconds(60)));
        assert!(error.to_string().contains("took nothing for 60s"), "{error}");
        assert!(socket.send(&json("1")).await.is_err());
    });
}
