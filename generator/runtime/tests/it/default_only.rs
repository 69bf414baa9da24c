//! Promises of the default transport that a reqwest client of a program's own does not keep.

use crate::proxies::{FAR, Middle, child};
use crate::server::{End, Server, builder, get, ok, post, respond, silent};
use client_runtime::ErrorKind;
use std::time::Duration;

/// Each write to a server that has closed fails; what it said before has to be read all the same. On one thread the
/// client would read before it writes again.
#[tokio::test(flavor = "multi_thread")]
async fn a_response_that_comes_before_the_upload_has_ended_is_read() {
    let refusal = "HTTP/1.1 413 Too Large\r\nconnection: close\r\ncontent-length: 4\r\n\r\nmuch";
    let server = Server::start(vec![respond(refusal).end(End::CloseUnread)]).await;
    let core = server.builder().timeout(Duration::from_secs(5)).max_retries(0).build().unwrap();
    for _ in 0..200 {
        let sent = post(&core).bytes("text/plain", vec![b'x'; 16 << 20]).send().await;
        let error = sent.unwrap_err();
        assert_eq!(error.status().map(|it| it.as_u16()), Some(413), "{error:?}");
        assert_eq!(error.body().unwrap(), "much");
    }
}

#[tokio::test]
async fn a_connection_that_breaks_in_an_upload_is_a_transport_error_at_once() {
    let server = Server::start(vec![silent().end(End::CloseUnread)]).await;
    let core = server.builder().timeout(Duration::from_secs(30)).max_retries(0).build().unwrap();
    let sent = post(&core).bytes("text/plain", vec![b'x'; 16 << 20]).send();
    let sent = tokio::time::timeout(Duration::from_secs(5), sent).await.expect("it ends at once");
    assert_eq!(sent.unwrap_err().kind(), ErrorKind::Transport);
}

/// Plain http is permitted to this machine because nobody can listen, which a proxy could.
#[tokio::test(flavor = "multi_thread")]
async fn no_proxy_gets_what_stays_on_this_machine() {
    let middle = Middle::start("200 OK").await;
    let environment = [("HTTP_PROXY", middle.url.as_str()), ("ALL_PROXY", middle.url.as_str())];
    assert!(child("proxies::calls_a_server_that_is_here", &environment).await);
    let server = Server::start(vec![ok("1")]).await;
    let core = server.builder().proxy(&middle.url).build().unwrap();
    assert_eq!(get(&core).await.unwrap(), 1);
    assert!(middle.heads().is_empty(), "{:?}", middle.heads());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_without_proxies_goes_through_none_of_the_environment() {
    let middle = Middle::start("200 OK").await;
    let environment = [("ALL_PROXY", middle.url.as_str())];
    assert!(!child("default_only::calls_without_proxies", &environment).await);
    assert!(middle.heads().is_empty(), "{:?}", middle.heads());
}

#[tokio::test]
#[ignore = "run by the test above, with an environment of its own"]
async fn calls_without_proxies() {
    let core = builder(FAR).allow_http(true).no_proxy().max_retries(0).build().unwrap();
    assert_eq!(get(&core).await.unwrap(), 1);
}

#[tokio::test]
async fn an_error_of_connecting_names_the_proxy() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let refusing = Middle::start("407 Proxy Authentication Required").await;
    let refused = refusing.url.rsplit('@').next().unwrap().parse().unwrap();
    let proxies = [
        (format!("http://user:canary-7f3a@{free}"), free, "Connection refused"),
        (refusing.url.clone(), refused, "tunnel error: proxy authorization required"),
    ];
    for (url, address, cause) in proxies {
        let core = builder("https://api.example.invalid").proxy(&url).build().unwrap();
        let text = get(&core).await.unwrap_err().to_string();
        let start = format!(
            "get: could not connect to `api.example.invalid` through the proxy `{address}`: {cause}"
        );
        assert!(text.starts_with(&start), "{text}");
        assert!(!text.contains("canary"), "{text}");
    }
}

#[test]
fn what_is_no_proxy_or_certificate_is_a_configuration_error_that_does_not_show_it() {
    let plain = || builder("https://api.example.com");
    let broken = "-----BEGIN CERTIFICATE-----\n!!canary-7f3a\n-----END CERTIFICATE-----\n";
    for it in [
        plain().root_certificates(broken),
        plain().root_certificates("canary-7f3a"),
        plain().client_certificate(broken),
        plain().client_certificate("canary-7f3a"),
        plain().proxy("ftp://canary-7f3a"),
        plain().proxy("not a canary-7f3a"),
    ] {
        let error = it.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
        assert!(!format!("{error:?} {error}").contains("canary-7f3a"), "{error:?}");
    }
}

#[cfg(not(feature = "socks"))]
#[test]
fn a_proxy_that_speaks_socks_names_the_feature_that_it_needs() {
    let error = builder("https://api.example.com").proxy("socks5h://127.0.0.1").build();
    assert!(error.unwrap_err().to_string().contains("`socks`"));
}

#[cfg(feature = "gzip")]
#[tokio::test]
async fn all_members_of_a_compressed_body_are_read() {
    // `1` and `2`, each compressed alone by gzip 1.12.
    const ONE: &[u8] =
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x33\x04\x00\xb7\xef\xdc\x83\x01\x00\x00\x00";
    const TWO: &[u8] =
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x33\x02\x00\x0d\xbe\xd5\x1a\x01\x00\x00\x00";
    let body = [ONE, TWO].concat();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    // Byte by byte, since a member may end anywhere.
    let fault = body.iter().fold(respond(&head), |it, byte| it.then([*byte]));
    let server = Server::start(vec![fault.end(End::KeepAlive)]).await;
    assert_eq!(get(&server.client()).await.unwrap(), 12);
    assert!(server.heads()[0].contains("accept-encoding: gzip"), "{:?}", server.heads());
}

#[cfg(feature = "gzip")]
#[tokio::test]
async fn what_follows_a_compressed_body_or_is_missing_from_it_is_a_decode_error() {
    const ONE: &[u8] =
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x33\x04\x00\xb7\xef\xdc\x83\x01\x00\x00\x00";
    for body in [[ONE, b"x"].concat(), ONE[..ONE.len() - 1].to_vec(), ONE[..5].to_vec()] {
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let server = Server::start(vec![respond(&head).then(body)]).await;
        assert_eq!(get(&server.client()).await.unwrap_err().kind(), ErrorKind::Decode);
    }
}

#[cfg(feature = "gzip")]
#[tokio::test]
async fn an_empty_body_that_is_said_to_be_compressed_is_empty() {
    let head = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 0\r\n\r\n";
    let server = Server::start(vec![respond(head)]).await;
    let raw = crate::server::call(&server.client()).send_bytes().await.unwrap();
    assert_eq!(raw.bytes().await.unwrap(), "");
}
