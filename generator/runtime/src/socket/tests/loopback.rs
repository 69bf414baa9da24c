//! Real sockets on loopback: tungstenite's own server, and servers that break the protocol.

use super::{JsonSocket, json};
use crate::codec::Json;
use crate::socket::{Channel, Connect, RawMessage, Socket};
use crate::tests::SERVICE;
use crate::{Builder, Bytes, ErrorKind};
use futures_core::Stream as _;
use futures_sink::Sink as _;
use std::future::poll_fn;
use std::pin::Pin;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::{Error as WsError, Message};
use tokio_tungstenite::{WebSocketStream, accept_async};

static CHANNEL: Channel = Channel::new("live", "/live").security(&[&["Token"]]);

type Server = WebSocketStream<TcpStream>;

/// Runs a test over a real socket, within 20 s.
fn real<T>(work: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let limited = async { tokio::time::timeout(Duration::from_secs(20), work).await.unwrap() };
    runtime.enable_all().build().unwrap().block_on(limited)
}

/// A server of one connection.
async fn serve<F: Future<Output = ()> + Send + 'static>(
    serve: impl FnOnce(TcpStream) -> F + Send + 'static,
) -> Connect {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { serve(listener.accept().await.unwrap().0).await });
    connect(&url, |it| it)
}

fn connect(url: &str, change: impl FnOnce(Builder) -> Builder) -> Connect {
    let builder = Builder::new(&SERVICE).environment(|_| None).credential("Token", "canary-7f3a");
    change(builder.base_url(url).max_retries(0)).build().unwrap().channel(&CHANNEL)
}

/// A server of tungstenite's.
async fn tungstenite<F: Future<Output = ()> + Send + 'static>(
    work: impl FnOnce(Server) -> F + Send + 'static,
) -> Connect {
    serve(|it| async move { work(accept_async(it).await.unwrap()).await }).await
}

/// A server that agrees and then writes these bytes.
async fn raw(bytes: &'static [u8], closes: bool) -> JsonSocket {
    let connect = serve(move |mut it| async move {
        agree(&mut it).await;
        it.write_all(bytes).await.unwrap();
        if !closes {
            let mut rest = Vec::new();
            let _ = it.read_to_end(&mut rest).await;
        }
    });
    connect.await.connect().await.unwrap()
}

/// Reads the head of a request.
async fn head(it: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(it.read_u8().await.unwrap());
    }
    String::from_utf8(head).unwrap()
}

/// Agrees to the upgrade of a connection.
async fn agree(it: &mut TcpStream) {
    let head = head(it).await;
    assert!(head.starts_with("GET /live HTTP/1.1\r\n"), "{head}");
    let mut lines = head.lines().filter_map(|it| it.split_once(": "));
    let key = lines.find(|it| it.0.eq_ignore_ascii_case("sec-websocket-key")).unwrap().1;
    let accept = derive_accept_key(key.as_bytes());
    let response = format!(
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n\
         sec-websocket-accept: {accept}\r\n\r\n"
    );
    it.write_all(response.as_bytes()).await.unwrap();
}

async fn receive(server: &mut Server) -> Option<Result<Message, WsError>> {
    poll_fn(|cx| Pin::new(&mut *server).poll_next(cx)).await
}

async fn send(server: &mut Server, message: Message) {
    poll_fn(|cx| Pin::new(&mut *server).poll_ready(cx)).await.unwrap();
    Pin::new(&mut *server).start_send(message).unwrap();
    poll_fn(|cx| Pin::new(&mut *server).poll_flush(cx)).await.unwrap();
}

/// The code that a client closes with, once what comes before has been read.
async fn close_code(server: &mut Server) -> Option<u16> {
    loop {
        match receive(server).await? {
            Ok(Message::Close(frame)) => return frame.map(|it| it.code.into()),
            Ok(_) => {}
            Err(_) => return None,
        }
    }
}

#[test]
fn messages_of_all_sizes_come_back_from_a_server_of_anothers() {
    real(async {
        let connect = tungstenite(|mut server| async move {
            while let Some(Ok(message)) = receive(&mut server).await {
                match message {
                    Message::Text(_) | Message::Binary(_) => send(&mut server, message).await,
                    _ => {}
                }
            }
        });
        let mut socket: Socket<RawMessage, RawMessage> = connect.await.connect().await.unwrap();
        for size in [0, 1, 125, 126, 65_535, 65_536, 3 << 20] {
            let text = RawMessage::text("x".repeat(size));
            let bytes = RawMessage::binary(vec![0xff; size]);
            for message in [text, bytes] {
                socket.send(&message).await.unwrap();
                assert!(socket.next().await.unwrap().unwrap() == message, "{size}");
            }
        }
        assert_eq!(socket.close().await.unwrap(), 1000);
    });
}

#[test]
fn pings_are_responded_to_while_nobody_reads() {
    real(async {
        let (tell, told) = tokio::sync::oneshot::channel();
        let connect = tungstenite(|mut server| async move {
            send(&mut server, Message::Ping(Bytes::from_static(b"42"))).await;
            if let Some(Ok(Message::Pong(payload))) = receive(&mut server).await {
                tell.send(payload).unwrap();
            }
        });
        let _socket: JsonSocket = connect.await.connect().await.unwrap();
        assert_eq!(told.await.unwrap(), "42");
    });
}

#[test]
fn a_message_in_several_frames_with_a_ping_between_is_one() {
    real(async {
        let mut socket = raw(b"\x01\x02[1\x89\x00\x00\x01,\x80\x02 2\x80\x01]", false).await;
        let error = socket.next().await.unwrap().unwrap_err();
        // A frame of a continuation after the last one belongs to no message.
        assert_eq!(error.kind(), ErrorKind::Decode);
        let mut socket = raw(b"\x01\x02[1\x89\x00\x00\x01,\x80\x03 2]", false).await;
        assert_eq!(socket.next().await.unwrap().unwrap(), json("[1, 2]"));
    });
}

#[test]
fn text_that_is_not_utf_8_ends_the_socket() {
    real(async {
        let mut socket = raw(b"\x81\x03[1]\x81\x02\xc3\x28", false).await;
        assert_eq!(socket.next().await.unwrap().unwrap(), json("[1]"));
        let error = socket.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains("not UTF-8"), "{error}");
        assert!(socket.next().await.is_none());
    });
}

#[test]
fn what_is_no_frame_ends_the_socket() {
    real(async {
        for bytes in [&b"\xf1\x01x"[..], b"\x83\x00", b"\x81\x81\x00\x00\x00\x00x"] {
            let error = raw(bytes, false).await.next().await.unwrap().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Decode, "{bytes:?}");
            assert!(error.to_string().contains("broke the protocol"), "{error}");
        }
    });
}

#[test]
fn a_connection_that_ends_in_a_message_is_broken() {
    real(async {
        for bytes in [&b""[..], b"\x81\x05[1", b"\x01\x02[1"] {
            let error = raw(bytes, true).await.next().await.unwrap().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Transport, "{bytes:?}");
        }
    });
}

#[test]
fn a_message_over_the_limit_ends_the_socket_and_the_server_is_told() {
    real(async {
        let (tell, told) = tokio::sync::oneshot::channel();
        let connect = tungstenite(|mut server| async move {
            send(&mut server, Message::text("[1]")).await;
            send(&mut server, Message::text(format!("[{}1]", " ".repeat(2000)))).await;
            tell.send(close_code(&mut server).await).unwrap();
        });
        let connect = connect.await.with_max_message_bytes(1000);
        let mut socket: JsonSocket = connect.connect().await.unwrap();
        assert!(socket.next().await.unwrap().is_ok());
        let error = socket.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge);
        assert!(error.to_string().contains("1000 bytes"), "{error}");
        assert_eq!(told.await.unwrap(), Some(1009));
    });
}

#[test]
fn a_slow_reader_gets_ten_thousand_messages_in_order() {
    real(async {
        let connect = tungstenite(|mut server| async move {
            for n in 0..10_000 {
                send(&mut server, Message::text(n.to_string())).await;
            }
            let _ = close_code(&mut server).await;
        });
        let connect = connect.await.with_receive_queue(4);
        let mut socket: JsonSocket = connect.connect().await.unwrap();
        for n in 0..10_000 {
            if n % 1000 == 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            assert_eq!(socket.next().await.unwrap().unwrap(), Json::from(n));
        }
    });
}

#[test]
fn a_server_that_never_reads_makes_the_sender_wait_and_then_fail() {
    real(async {
        let connect = serve(|mut it| async move {
            agree(&mut it).await;
            std::future::pending::<()>().await;
        });
        let connect = connect.await.with_send_timeout(Duration::from_millis(300));
        let socket: Socket<Bytes, Json> = connect.connect().await.unwrap();
        let bytes = Bytes::from(vec![0; 64 << 10]);
        let mut count = 0;
        let error = loop {
            match socket.send(&bytes).await {
                Ok(()) => count += 1,
                Err(error) => break error,
            }
        };
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
        assert!(count < 1000, "what is queued has a bound: {count}");
    });
}

#[test]
fn a_peer_that_is_gone_without_a_word_is_noticed() {
    real(async {
        let connect = serve(|mut it| async move {
            agree(&mut it).await;
            std::future::pending::<()>().await;
        });
        let connect = connect.await.with_ping_interval(Duration::from_millis(100));
        let connect = connect.with_pong_timeout(Duration::from_millis(200));
        let mut socket: JsonSocket = connect.connect().await.unwrap();
        let start = Instant::now();
        let error = socket.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert!(start.elapsed() >= Duration::from_millis(290), "{:?}", start.elapsed());
    });
}

#[test]
fn a_refusal_has_the_body_of_the_response() {
    real(async {
        let connect = serve(|mut it| async move {
            let head = head(&mut it).await;
            assert!(head.contains("canary-7f3a"), "{head}");
            let body = r#"{"error":"no"}"#;
            let response =
                format!("HTTP/1.1 403 Forbidden\r\ncontent-length: {}\r\n\r\n{body}", body.len());
            it.write_all(response.as_bytes()).await.unwrap();
        });
        let error = connect.await.connect::<Json, Json>().await.unwrap_err();
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Status, 403));
        assert_eq!(error.body().unwrap(), r#"{"error":"no"}"#);
    });
}

#[test]
fn a_server_that_does_not_respond_or_listen_is_an_error_of_connecting() {
    real(async {
        let connect = serve(|mut it| async move {
            head(&mut it).await;
            std::future::pending::<()>().await;
        });
        let limited = connect.await.with_call(|it| it.with_timeout(Duration::from_millis(200)));
        let error = limited.connect::<Json, Json>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        let error = super::loopback::connect("ws://127.0.0.1:1", |it| it)
            .connect::<Json, Json>()
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect);
        assert!(error.to_string().contains("127.0.0.1:1"), "{error}");
    });
}

#[test]
fn a_proxy_gives_a_tunnel_also_where_there_is_no_tls() {
    real(async {
        let (tell, told) = tokio::sync::oneshot::channel();
        let proxy = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://user:proxy-canary@{}", proxy.local_addr().unwrap());
        tokio::spawn(async move {
            let mut it = proxy.accept().await.unwrap().0;
            tell.send(head(&mut it).await).unwrap();
            it.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
            let mut server = accept_async(it).await.unwrap();
            send(&mut server, Message::text("[1]")).await;
            let _ = close_code(&mut server).await;
        });
        let connect = connect("ws://far.example.invalid", |it| it.allow_http(true).proxy(&url));
        let mut socket: JsonSocket = connect.connect().await.unwrap();
        assert_eq!(socket.next().await.unwrap().unwrap(), json("[1]"));
        let head = told.await.unwrap();
        assert!(head.starts_with("CONNECT far.example.invalid:80 HTTP/1.1\r\n"), "{head}");
        assert!(head.to_ascii_lowercase().contains("proxy-authorization: basic "), "{head}");
    });
}

#[cfg(feature = "reqwest")]
#[test]
fn a_client_of_reqwest_can_open_sockets_too() {
    real(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("ws://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let mut server = accept_async(listener.accept().await.unwrap().0).await.unwrap();
            send(&mut server, Message::text("[1]")).await;
            while let Some(Ok(_)) = receive(&mut server).await {}
        });
        let own = crate::transport::ReqwestClient::builder().http1_only().no_proxy();
        let own = own.tls_backend_preconfigured(rustls_config()).build().unwrap();
        let connect = super::loopback::connect(&url, |it| it.reqwest_client(own));
        let mut socket: JsonSocket = connect.connect().await.unwrap();
        assert_eq!(socket.next().await.unwrap().unwrap(), json("[1]"));
        assert_eq!(socket.close().await.unwrap(), 1000);
    });
}

/// reqwest is built without cryptography of its own.
#[cfg(feature = "reqwest")]
fn rustls_config() -> rustls::ClientConfig {
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(provider);
    let builder = builder.with_safe_default_protocol_versions().unwrap();
    builder.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth()
}

#[test]
fn an_abandoned_attempt_to_open_ends_its_connection() {
    real(async {
        let (tell, told) = tokio::sync::oneshot::channel();
        let connect = serve(|mut it| async move {
            head(&mut it).await;
            tell.send(it.read(&mut [0; 16]).await).unwrap();
        });
        let opening = connect.await.connect::<Json, Json>();
        let _ = tokio::time::timeout(Duration::from_millis(200), opening).await;
        assert!(matches!(told.await.unwrap(), Ok(0) | Err(_)));
    });
}
