//! Limits of connecting and of connections that are kept, and HTTP/2.

use crate::server::{Server, builder_with, get, ok};
use crate::setup::Setup;
use client_runtime::ErrorKind;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

const MS: fn(u64) -> Duration = Duration::from_millis;

#[tokio::test]
async fn connecting_that_takes_too_long_is_a_timeout_and_repeated() {
    // The system takes connections, and nobody speaks TLS on them.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", silent.local_addr().unwrap());
    let setup = Setup { connect_timeout: Some(MS(100)), ..Setup::default() };
    let (core, start) = (builder_with(&url, &setup).build().unwrap(), Instant::now());
    let error = get(&core).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts().len()), (ErrorKind::Timeout, 3), "{error:?}");
    assert!(start.elapsed() >= MS(300) && start.elapsed() < MS(3000), "{:?}", start.elapsed());
    assert!(error.to_string().contains("connecting took too long to `127.0.0.1:"), "{error}");
}

/// `localhost` has an address of IPv6 on most machines, where this server does not listen.
#[tokio::test]
async fn all_addresses_of_a_host_are_tried() {
    let server = Server::start(vec![ok("1")]).await;
    let url = format!("http://localhost:{}", server.address.port());
    let core = builder_with(&url, &Setup::default()).build().unwrap();
    assert_eq!(get(&core).await.unwrap(), 1);
}

#[tokio::test]
async fn connections_are_kept_as_many_and_as_long_as_the_caller_wants() {
    let server = Server::start(vec![ok("1")]).await;
    for (setup, kept) in [
        (Setup { max_idle: Some(0), ..Setup::default() }, 0),
        (Setup { max_idle: Some(1), ..Setup::default() }, 1),
        (Setup { idle_timeout: Some(MS(50)), ..Setup::default() }, 0),
    ] {
        let core = builder_with(&server.url(), &setup).build().unwrap();
        get(&core).await.unwrap();
        tokio::time::sleep(MS(400)).await;
        assert_eq!(server.open(), kept);
        drop(core);
        tokio::time::sleep(MS(50)).await;
    }
}

#[cfg(feature = "http2")]
#[tokio::test]
async fn http2_is_spoken_where_the_server_offers_it() {
    use crate::tls::Authority;
    use hyper_util::rt::{TokioExecutor, TokioIo};
    let authority = Authority::new("ours");
    for (protocols, version) in [(&["h2", "http/1.1"][..], "HTTP/2.0"), (&["http/1.1"], "HTTP/1.1")]
    {
        let acceptor = authority.acceptor(protocols);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let stream = acceptor.accept(listener.accept().await.unwrap().0).await.unwrap();
            let io = TokioIo::new(stream);
            let respond = |it: hyper::Request<hyper::body::Incoming>| async move {
                let text =
                    format!("\"{:?} {:?}\"", it.version(), it.headers().get("authorization"));
                Ok::<_, std::convert::Infallible>(hyper::Response::new(
                    text.replace(['"', '\\'], "'"),
                ))
            };
            let respond = hyper::service::service_fn(respond);
            if version == "HTTP/2.0" {
                hyper::server::conn::http2::Builder::new(TokioExecutor::new())
                    .serve_connection(io, respond)
                    .await
            } else {
                hyper::server::conn::http1::Builder::new().serve_connection(io, respond).await
            }
        });
        let core = builder_with(&url, &authority.trusted()).build().unwrap();
        let call = crate::server::call(&core).send_bytes().await.unwrap();
        let text = String::from_utf8(call.bytes().await.unwrap().to_vec()).unwrap();
        assert!(text.contains(version) && text.contains("canary"), "{text}");
    }
}
