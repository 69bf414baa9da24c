//! The order of keys of free-form JSON, as a server on loopback sends and receives it.

use crate::server::SERVICE;
use client_runtime::codec::Json;
use client_runtime::{Builder, Method};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// The schema of a tool for a language model, with its keys in the order that its author chose.
const SCHEMA: &str = r#"{"type":"object","properties":{"question":{"type":"string"},"answer":{"z":1,"a":[{"y":2,"b":3}]}}}"#;

/// Responds to each request with the schema; gives the body of the last one.
async fn serve(listener: TcpListener, requests: usize) -> String {
    let mut body = String::new();
    for _ in 0..requests {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = String::new();
        loop {
            let mut part = [0; 4096];
            let count = stream.read(&mut part).await.unwrap();
            request.push_str(std::str::from_utf8(&part[..count]).unwrap());
            let Some((head, found)) = request.split_once("\r\n\r\n") else { continue };
            let length = head.to_lowercase();
            let length = length.split_once("content-length: ").and_then(|it| it.1.lines().next());
            if length.is_none_or(|it| it.parse::<usize>().unwrap() <= found.len()) {
                body = found.to_owned();
                break;
            }
        }
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
            SCHEMA.len()
        );
        stream.write_all(format!("{head}{SCHEMA}").as_bytes()).await.unwrap();
    }
    body
}

#[tokio::test]
async fn what_is_read_is_written_with_its_keys_in_their_order() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(serve(listener, 2));
    let core = Builder::new(&SERVICE).base_url(&url).build().unwrap();
    let schema: Json = core.request(Method::Get, "/tool").send().await.unwrap();
    core.request(Method::Post, "/tool").json(&schema).send_nothing().await.unwrap();
    assert_eq!(server.await.unwrap(), SCHEMA);
}
