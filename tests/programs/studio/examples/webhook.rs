//! Reads one webhook from a socket, and believes it only if its signature is right.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use studio::client_runtime::http::{HeaderMap, HeaderName};
use studio::client_runtime::webhooks::Verifier;
use studio::studio::types::WebhookEvent;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let verifier = Verifier::standard(&std::env::var("STUDIO_WEBHOOK_SECRET")?)?.refuse_replays();
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?);
    for stream in listener.incoming().take(3) {
        let mut stream = stream?;
        let (headers, body) = request(&stream)?;
        let status = match verifier.verify_and_parse(&headers, &body) {
            Ok(WebhookEvent::JobCompleted(it)) => {
                println!("{} is {:?}", it.data.name, it.data.state);
                204
            }
            Ok(other) => {
                println!("not read: {other:?}");
                204
            }
            Err(error) => {
                println!("refused: {error}");
                401
            }
        };
        write!(stream, "HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")?;
    }
    Ok(())
}

/// The headers and the body of a request.
fn request(stream: &TcpStream) -> Result<(HeaderMap, Vec<u8>), Box<dyn std::error::Error>> {
    let mut reader = BufReader::new(stream);
    let (mut headers, mut line) = (HeaderMap::new(), String::new());
    while reader.read_line(&mut line)? > 2 {
        if let Some((name, value)) = line.trim().split_once(": ") {
            headers.insert(name.parse::<HeaderName>()?, value.parse()?);
        }
        line.clear();
    }
    let length = headers.get("content-length").and_then(|it| it.to_str().ok()?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body)?;
    Ok((headers, body))
}
