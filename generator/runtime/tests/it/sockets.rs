//! Sockets over TLS and through proxies.

use crate::server::builder_with;
use crate::setup::Setup;
use crate::tls::Authority;
use client_runtime::codec::Json;
use client_runtime::socket::{Channel, Socket};
use client_runtime::{Builder, ErrorKind};
use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::Pin;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::accept_async;

static LIVE: Channel = Channel::new("live", "/live").security(&[&["Token"]]);

/// A server that sends back what it gets. It would rather speak HTTP/2, where nothing can be upgraded.
async fn echo(authority: &Authority) -> SocketAddr {
    use futures_core::Stream as _;
    use futures_sink::Sink as _;
    let (listener, acceptor) =
        (TcpListener::bind("127.0.0.1:0").await.unwrap(), authority.acceptor(&["h2", "http/1.1"]));
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(stream) = acceptor.accept(stream).await else { continue };
            if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
                continue;
            }
            let mut socket = accept_async(stream).await.unwrap();
            while let Some(Ok(message)) = poll_fn(|cx| Pin::new(&mut socket).poll_next(cx)).await {
                if message.is_text() {
                    Pin::new(&mut socket).start_send(message).unwrap();
                }
                let _ = poll_fn(|cx| Pin::new(&mut socket).poll_flush(cx)).await;
            }
        }
    });
    address
}

async fn speaks(builder: Builder) {
    let core = builder.max_retries(0).build().unwrap();
    let mut socket: Socket<Json, Json> = core.channel(&LIVE).connect().await.unwrap();
    for n in 0..3 {
        socket.send(&Json::from(n)).await.unwrap();
        assert_eq!(socket.next().await.unwrap().unwrap(), Json::from(n));
    }
    assert_eq!(socket.close().await.unwrap(), 1000);
}

#[tokio::test]
async fn a_socket_has_the_certificates_of_calls_and_speaks_http_1() {
    let authority = Authority::new("ours");
    let url = format!("wss://{}", echo(&authority).await);
    speaks(builder_with(&url, &authority.trusted())).await;
    let untrusted = builder_with(&url, &Setup::default()).max_retries(0).build().unwrap();
    let error = untrusted.channel(&LIVE).connect::<Json, Json>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Tls);
}

#[tokio::test]
async fn a_socket_goes_through_the_tunnel_of_a_proxy() {
    let authority = Authority::new("ours");
    let address = echo(&authority).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = format!("http://user:password@{}", listener.local_addr().unwrap());
    let (tell, told) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        let mut near = listener.accept().await.unwrap().0;
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(near.read_u8().await.unwrap());
        }
        tell.send(String::from_utf8(head).unwrap()).unwrap();
        near.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
        let mut far = TcpStream::connect(address).await.unwrap();
        let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
    });
    let setup = Setup { proxy: Some(proxy), ..authority.trusted() };
    speaks(builder_with(&format!("wss://{address}"), &setup)).await;
    let head = told.await.unwrap();
    assert!(head.starts_with(&format!("CONNECT {address} ")), "{head}");
    assert!(!head.contains("canary-7f3a"), "{head}");
}
