//! The server's responses where nothing goes wrong.

use crate::server::{ITEMS, Request, Response};

const JSON: &str = "content-type: application/json\r\n";
const EVENTS: &str = "content-type: text/event-stream\r\n";
/// The items of a page.
const PAGE: i64 = 10;

/// Does what is asked; `act` is told of what must not be done twice.
pub fn respond(request: &Request, act: &dyn Fn(i64)) -> Response {
    let Request { method, path, last_event_id, body } = request;
    let id = || path.rsplit('/').next().and_then(|it| it.parse().ok()).unwrap_or_default();
    match (method.as_str(), path.split(['?', '/']).nth(1).unwrap_or_default()) {
        ("GET", "items") => page(path),
        ("POST", "items") => {
            act(number(body));
            item(201, number(body))
        }
        ("PUT", "items") => item(200, number(body)),
        ("PUT", "files") => item(200, sum(body)),
        ("GET", "files") => {
            Response::new(200, "content-type: application/octet-stream\r\n", content(id()))
        }
        ("POST", "chat") if String::from_utf8_lossy(body).contains("\"stream\":true") => {
            act(number(body));
            Response::new(200, EVENTS, events(0, false))
        }
        ("POST", "chat") => {
            act(number(body));
            item(200, number(body))
        }
        ("GET", "events") => Response::new(200, EVENTS, events(last_event_id + 1, true)),
        _ => Response::new(404, "", "there is no such path"),
    }
}

fn page(path: &str) -> Response {
    let token = path.split_once("page_token=t").and_then(|it| it.1.parse().ok());
    let start: i64 = token.unwrap_or(0);
    let end = (start + PAGE).min(ITEMS);
    let items: Vec<_> = (start..end).map(|it| format!("{{\"id\":{it}}}")).collect();
    let next = if end < ITEMS { format!(",\"next_page_token\":\"t{end}\"") } else { String::new() };
    Response::new(200, JSON, format!("{{\"items\":[{}]{next}}}", items.join(",")))
}

fn item(status: u16, id: i64) -> Response {
    Response::new(status, JSON, format!("{{\"id\":{id},\"text\":\"{}\"}}", "x".repeat(200)))
}

/// The `id` of a body.
fn number(body: &[u8]) -> i64 {
    let text = String::from_utf8_lossy(body);
    let rest = text.split_once("\"id\":").map_or("", |it| it.1);
    let end = rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len());
    rest[..end].parse().unwrap_or_default()
}

/// Events from one on, with ids if they can be asked for again.
fn events(start: i64, with_ids: bool) -> String {
    let event = |it: i64| {
        let id = if with_ids { format!("id: {it}\n") } else { String::new() };
        format!("{id}data: {{\"id\":{it}}}\n\n")
    };
    let events: String = (start..ITEMS).map(event).collect();
    format!("{events}data: [DONE]\n\n")
}

/// The bytes of a file.
pub fn content(id: i64) -> Vec<u8> {
    let size = 1 + id.unsigned_abs().wrapping_mul(7919) % 200_000;
    (0..size)
        .map(|it| it.wrapping_mul(31).wrapping_add(id.unsigned_abs()).to_le_bytes()[0])
        .collect()
}

/// A sum that tells bytes in another order apart.
pub fn sum(bytes: &[u8]) -> i64 {
    let add = |sum: u32, it: &u8| sum.wrapping_mul(16_777_619) ^ u32::from(*it);
    i64::from(bytes.iter().fold(2_166_136_261, add))
}
