//! Connections that fail, break and end.

use crate::server::{End, Fault, Server, get, ok, post, respond, silent};
use client_runtime::ErrorKind;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

/// The kind of the error and the number of requests of one call that is safe to repeat.
async fn fault(fault: Fault) -> (ErrorKind, usize) {
    let server = Server::start(vec![fault]).await;
    let error = get(&server.client()).await.expect_err("a fault");
    (error.kind(), server.requests())
}

#[tokio::test]
async fn responses_that_are_no_json_are_decode_errors_and_not_repeated() {
    for body in ["<html>", "", "{\"a\":", "[1,", "\"\u{1}\""] {
        assert_eq!(fault(ok(body)).await, (ErrorKind::Decode, 1), "{body:?}");
    }
    let invalid = respond(&format!("{HEAD}content-length: 3\r\n\r\n")).then(b"\"\xff\"".to_vec());
    assert_eq!(fault(invalid).await, (ErrorKind::Decode, 1));
}

#[tokio::test]
async fn a_body_that_breaks_off_is_a_transport_error_and_repeated() {
    let length = respond(&format!("{HEAD}content-length: 100\r\n\r\n{{\"a\""));
    let chunked = respond(&format!("{HEAD}transfer-encoding: chunked\r\n\r\n5\r\n{{\"a\""));
    let reset = || respond(&format!("{HEAD}content-length: 100\r\n\r\n{{\"a\"")).end(End::Reset);
    for it in [length, chunked, reset()] {
        assert_eq!(fault(it).await, (ErrorKind::Transport, 3));
    }
    let server = Server::start(vec![reset(), ok("1")]).await;
    assert_eq!(get(&server.client()).await.unwrap(), 1);
    assert_eq!(server.requests(), 2);
}

#[tokio::test]
async fn a_reset_before_or_in_the_head_is_repeated_only_if_that_is_safe() {
    for end in [End::ResetAtOnce, End::Reset, End::Close] {
        let silent = silent().end(end);
        assert_eq!(fault(silent.clone()).await, (ErrorKind::Transport, 3));
        let server = Server::start(vec![silent]).await;
        let error = post(&server.client()).send().await.unwrap_err();
        assert_eq!((error.kind(), server.requests()), (ErrorKind::Transport, 1));
    }
    assert_eq!(fault(respond("HTTP/1.1 20").end(End::Reset)).await.0, ErrorKind::Transport);
    assert_eq!(fault(respond("SSH-2.0-OpenSSH\r\n")).await.0, ErrorKind::Transport);
}

#[tokio::test]
async fn no_server_is_a_connect_error_and_repeated_even_for_a_post() {
    let server = Server::start(vec![ok("1")]).await;
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let core = server.builder().base_url(&format!("http://{free}")).build().unwrap();
    let error = post(&core).send().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts().len()), (ErrorKind::Connect, 3));
    let text = error.to_string();
    let start = format!("post: could not connect to `{free}`: Connection refused");
    assert!(text.starts_with(&start), "{text}");
}

#[tokio::test]
async fn a_host_that_has_no_address_is_named() {
    let core = crate::server::builder("https://api.example.invalid").build().unwrap();
    let text = get(&core).await.unwrap_err().to_string();
    assert!(text.starts_with("get: could not connect to `api.example.invalid`: "), "{text}");
}

#[tokio::test]
async fn connections_that_close_after_each_response_do_not_hurt() {
    let server = Server::start(vec![ok("1").end(End::Close)]).await;
    let core = server.client();
    for _ in 0..1000 {
        get(&core).await.unwrap();
    }
    assert!((1000..1010).contains(&server.requests()), "{}", server.requests());
}

#[tokio::test]
async fn a_reset_after_a_response_is_no_error_of_the_next_call() {
    let server = Server::start(vec![ok("1").then("").pause(5).end(End::Reset)]).await;
    let core = server.client();
    for _ in 0..20 {
        assert_eq!(get(&core).await.unwrap(), 1);
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let server = Server::start(vec![ok("1")]).await;
    let core = server.client();
    for _ in 0..20 {
        get(&core).await.unwrap();
    }
    assert_eq!((server.open(), server.requests()), (1, 20));
}

#[tokio::test]
async fn too_many_or_too_large_headers_end_the_call() {
    let many: String = "x: 1\r\n".repeat(101);
    let large = format!("x: {}\r\n", "y".repeat(1 << 20));
    for headers in [many, large] {
        let server =
            Server::start(vec![respond(&format!("{HEAD}{headers}content-length: 1\r\n\r\n1"))])
                .await;
        let error = get(&server.client()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport);
    }
}

#[tokio::test]
async fn redirects_take_neither_credential_nor_body_anywhere() {
    let other = Server::start(vec![ok("1")]).await;
    for status in [301, 302, 303, 307, 308] {
        let text = format!(
            "HTTP/1.1 {status} Moved\r\nlocation: http://localhost:{}/steal\r\ncontent-length: 0\r\n\r\n",
            other.address.port()
        );
        let server = Server::start(vec![respond(&text)]).await;
        for error in [
            get(&server.client()).await.unwrap_err(),
            post(&server.client()).send().await.unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::Redirect);
            assert!(error.to_string().contains("`localhost`"), "{error}");
        }
        assert_eq!(server.requests(), 2);
    }
    assert_eq!((other.requests(), other.bytes_in()), (0, 0));
}

#[tokio::test]
async fn https_to_a_server_without_tls_is_a_tls_error() {
    let server = Server::start(vec![ok("1")]).await;
    let plain = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = plain.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = plain.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
            let _ = stream.read(&mut [0; 1024]).await;
        }
    });
    let core = server.builder().base_url(&format!("https://{address}")).build().unwrap();
    let error = get(&core).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts().len()), (ErrorKind::Tls, 1), "{error:?}");
}

#[cfg(feature = "gzip")]
mod gzip {
    use super::{HEAD, get, respond};
    use crate::server::{End, Server};
    use client_runtime::ErrorKind;
    use std::time::Duration;

    #[tokio::test]
    async fn broken_compression_is_a_decode_error() {
        let head = format!("{HEAD}content-encoding: gzip\r\ncontent-length: 5\r\n\r\nhello");
        let server = Server::start(vec![respond(&head)]).await;
        assert_eq!(get(&server.client()).await.unwrap_err().kind(), ErrorKind::Decode);
    }

    /// Blocks that are stored, not compressed, need no compressor here; the limit is the same.
    #[tokio::test]
    async fn what_inflates_without_end_is_cut_off() {
        let block = [&[0x00, 0xff, 0xff, 0x00, 0x00][..], &vec![b' '; 0xffff]].concat();
        let chunk =
            [format!("{:x}\r\n", block.len()).into_bytes(), block, b"\r\n".to_vec()].concat();
        let head = format!("{HEAD}content-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n");
        let magic = b"a\r\n\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\r\n";
        let fault = respond(&head).then(magic.to_vec()).then(chunk).end(End::Repeat);
        let server = Server::start(vec![fault]).await;
        let builder = server.builder().max_response_bytes(1 << 20).timeout(Duration::from_secs(5));
        assert_eq!(get(&builder.build().unwrap()).await.unwrap_err().kind(), ErrorKind::TooLarge);
    }
}
