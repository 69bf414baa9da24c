//! Requests that open sockets, and responses to them.

use super::super::{Channel, Socket};
use super::{builder, channel, json, paused};
use crate::codec::Json;
use crate::testing::{MockResponse, RecordedRequest, Scripted, ScriptedSocket, response};
use crate::{Builder, Error, ErrorKind};

static FULL: Channel = Channel::new("full", "/stt/{voice}")
    .security(&[&["Query"]])
    .fixed_query(&[("v", "2")])
    .required(&["model"])
    .subprotocols(&["audio.v2", "audio.v1"]);

static ELSEWHERE: Channel =
    Channel::new("elsewhere", "/live").server("wss://live.example.com/v1").security(&[&["Token"]]);

fn opened(builder: Builder, server: &Scripted, channel: &'static Channel) -> RecordedRequest {
    paused(async {
        let connect = builder.build().unwrap().channel(channel);
        let connect = if channel.operation.path.contains('{') {
            connect.path("voice", &"a b")
        } else {
            connect
        };
        let _: Socket<Json, Json> = connect.query("model", &"x&y").connect().await.unwrap();
        server.requests().pop().unwrap()
    })
}

fn error(responses: impl IntoIterator<Item = MockResponse>) -> Error {
    paused(async {
        let core = builder(&Scripted::new(responses)).build().unwrap();
        channel(&core).connect::<Json, Json>().await.unwrap_err()
    })
}

fn header<'r>(request: &'r RecordedRequest, name: &str) -> &'r str {
    request.headers[name].to_str().unwrap()
}

#[test]
fn a_handshake_has_the_headers_of_the_protocol_and_those_of_calls() {
    let server = Scripted::new([response(101).socket(&ScriptedSocket::new())]);
    let request = opened(builder(&server), &server, &super::CHANNEL);
    assert_eq!(request.method, "GET");
    assert_eq!(request.uri, "https://api.example.com/tts/a%20b?model=x%26y");
    assert_eq!(header(&request, "upgrade"), "websocket");
    assert_eq!(header(&request, "connection"), "Upgrade");
    assert_eq!(header(&request, "sec-websocket-version"), "13");
    assert_eq!(header(&request, "sec-websocket-key").len(), 24);
    assert_eq!(header(&request, "authorization"), "Bearer canary-7f3a");
    assert_eq!(header(&request, "example-version"), "2026-03-01");
    assert!(!request.headers.contains_key("sec-websocket-extensions"));
}

#[test]
fn credentials_and_fixed_values_go_into_the_query_and_subprotocols_are_offered() {
    let server = Scripted::new([response(101)
        .header("sec-websocket-protocol", "audio.v1")
        .socket(&ScriptedSocket::new())]);
    let builder =
        builder(&server).credential("Query", "canary 9").base_url("ws://localhost:9000/base");
    let request = opened(builder, &server, &FULL);
    let expected = "http://localhost:9000/base/stt/a%20b?v=2&model=x%26y&api_key=canary%209";
    assert_eq!(request.uri, expected);
    assert_eq!(header(&request, "sec-websocket-protocol"), "audio.v2, audio.v1");
}

#[test]
fn a_subprotocol_may_be_offered_by_a_parameter_and_hold_a_credential() {
    let open = |chosen: &str| {
        let agreed = response(101).header("sec-websocket-protocol", chosen);
        let server = Scripted::new([agreed.socket(&ScriptedSocket::new())]);
        let core = builder(&server).build().unwrap();
        let connect = channel(&core).header("Sec-WebSocket-Protocol", &"token, canary-5e");
        let opened = paused(connect.connect::<Json, Json>());
        (header(&server.requests()[0], "sec-websocket-protocol").to_owned(), opened.map(drop))
    };
    for chosen in ["token", "canary-5e"] {
        let (sent, opened) = open(chosen);
        assert_eq!(sent, "token, canary-5e");
        opened.expect("it was offered");
    }
    let error = open("canary").1.unwrap_err();
    assert!(error.to_string().contains("was not offered"), "{error}");
    assert!(!format!("{error:?}").contains("canary-5e"), "{error:?}");
}

#[test]
fn a_server_of_its_own_may_be_spelled_as_one_of_sockets() {
    let server = Scripted::new([response(101).socket(&ScriptedSocket::new())]);
    let request = opened(builder(&server), &server, &ELSEWHERE);
    assert_eq!(request.uri, "https://live.example.com/v1/live?model=x%26y");
    // A document's other servers are not trusted once its first one is replaced.
    let replaced = builder(&server).base_url("wss://other.example.com").build().unwrap();
    let error = paused(replaced.channel(&ELSEWHERE).connect::<Json, Json>()).unwrap_err();
    assert!(error.to_string().contains("trust_host"), "{error}");
    let plain = builder(&server).base_url("ws://other.example.com").build().unwrap_err();
    assert!(plain.to_string().contains("not https"), "{plain}");
}

#[test]
fn what_is_required_and_missing_is_told_before_anything_is_sent() {
    let server = Scripted::new([]);
    let core = builder(&server).credential("Query", "canary-9").build().unwrap();
    let error =
        paused(core.channel(&FULL).path("voice", &"a").connect::<Json, Json>()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MissingParameter);
}

#[test]
fn a_refusal_is_the_error_of_a_call() {
    let body = r#"{"error":"no voice for canary-7f3a"}"#;
    let refused = error([response(402).header("x-request-id", "r1").json(body)]);
    assert_eq!((refused.kind(), refused.status().unwrap().as_u16()), (ErrorKind::Status, 402));
    assert_eq!((refused.body().unwrap(), refused.request_id()), (&body.into(), Some("r1")));
    assert!(refused.to_string().contains("no voice for [redacted]"), "{refused}");
    let found = error([response(200).json("{}")]);
    assert_eq!((found.kind(), found.status().unwrap().as_u16()), (ErrorKind::Status, 200));
    let moved = error([response(302).header("location", "https://x.example.com/")]);
    assert_eq!(moved.kind(), ErrorKind::Redirect);
}

#[test]
fn a_server_that_is_busy_is_asked_again() {
    let socket = ScriptedSocket::new().sends("[1]");
    paused(async {
        let server = Scripted::new([response(503), response(101).socket(&socket)]);
        let core = builder(&server).build().unwrap();
        let mut socket: Socket<Json, Json> = channel(&core).connect().await.unwrap();
        assert_eq!(socket.next().await.unwrap().unwrap(), json("[1]"));
        assert_eq!(server.requests().len(), 2);
    });
}

#[test]
fn a_response_that_is_not_to_this_handshake_is_refused() {
    let socket = ScriptedSocket::new();
    let agreed = || response(101).socket(&socket);
    let wrong = error([agreed().header("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")]);
    assert_eq!(wrong.kind(), ErrorKind::Decode);
    assert!(wrong.to_string().contains("Sec-WebSocket-Accept"), "{wrong}");
    let extended = error([agreed().header("sec-websocket-extensions", "permessage-deflate")]);
    assert!(extended.to_string().contains("extension"), "{extended}");
    let other = error([agreed().header("sec-websocket-protocol", "chat")]);
    assert!(other.to_string().contains("subprotocol"), "{other}");
    let bare = error([response(101)]);
    assert!(bare.to_string().contains("`Upgrade`"), "{bare}");
}

#[test]
fn nothing_shows_a_credential() {
    paused(async {
        let server = Scripted::new([response(101).socket(&ScriptedSocket::new())]);
        let core = builder(&server).credential("Query", "canary-9-query").build().unwrap();
        let connect = core.channel(&FULL).path("voice", &"canary-9-query").query("model", &"m");
        let shown = format!("{connect:?}");
        let socket: Socket<Json, Json> = connect.connect().await.unwrap();
        let shown = format!("{shown} {socket:?}");
        assert!(!shown.contains("canary"), "{shown}");
        assert!(shown.contains("wss://api.example.com/stt/[redacted]"), "{shown}");
    });
}

#[cfg(feature = "blocking")]
#[test]
fn sockets_can_be_waited_for() {
    let server = ScriptedSocket::new().awaits(1).sends("[1]");
    let mut socket: Socket<Json, Json> =
        channel(&super::client(&server)).connect_blocking().unwrap();
    socket.send_blocking(&json("0")).unwrap();
    assert_eq!(socket.next_blocking().unwrap().unwrap(), json("[1]"));
    assert_eq!(socket.close_blocking().unwrap(), 1000);
}
