//! Writes parts as the multipart type of the body asks for.

use super::{BodyChunk, RequestBody};
use bytes::Bytes;
use std::fmt::Write as _;

/// One part of a body.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) file_name: Option<String>,
    pub(super) mime: Option<String>,
    pub(super) body: RequestBody,
}

/// The media type of a body with its boundary, and the body.
pub(super) fn finish(parts: Vec<Part>, mime: &str) -> (String, RequestBody) {
    let boundary = format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
    let content_type = content_type(mime, &boundary, parts.first());
    let is_form = essence(mime).eq_ignore_ascii_case("multipart/form-data");
    let (mut chunks, mut text) = (Vec::new(), String::new());
    for part in parts {
        let _ = write!(text, "--{boundary}\r\n");
        part.head(&mut text, is_form);
        chunks.push(BodyChunk::Bytes(Bytes::from(std::mem::take(&mut text))));
        chunks.extend(part.body.chunks);
        text.push_str("\r\n");
    }
    let _ = write!(text, "--{boundary}--\r\n");
    chunks.push(BodyChunk::Bytes(text.into()));
    (content_type, RequestBody { chunks: join(chunks), ..RequestBody::default() })
}

/// The media type without a boundary that the document states, and with one of ours. `multipart/related` names the
/// type of its first part (RFC 2387, 3.1).
fn content_type(mime: &str, boundary: &str, first: Option<&Part>) -> String {
    let is = |it: &str, name: &str| {
        it.split('=').next().is_some_and(|it| it.trim().eq_ignore_ascii_case(name))
    };
    let stated = || {
        mime.split(';').skip(1).map(str::trim).filter(|it| !it.is_empty() && !is(it, "boundary"))
    };
    let mut out = essence(mime).to_owned();
    for parameter in stated() {
        let _ = write!(out, "; {parameter}");
    }
    let is_related = essence(mime).eq_ignore_ascii_case("multipart/related");
    if let Some(first) = first.filter(|_| is_related && !stated().any(|it| is(it, "type"))) {
        let _ = write!(out, "; type=\"{}\"", essence(first.mime()).replace(['"', '\\'], ""));
    }
    let _ = write!(out, "; boundary={boundary}");
    out
}

fn essence(mime: &str) -> &str {
    mime.split(';').next().unwrap_or_default().trim()
}

impl Part {
    /// Its media type, which is sent with each part outside of forms.
    fn mime(&self) -> &str {
        self.mime.as_deref().unwrap_or("text/plain; charset=utf-8")
    }

    /// Names are a matter of forms (RFC 7578). Elsewhere the order tells parts apart, and a server that wants names
    /// finds them all the same.
    fn head(&self, out: &mut String, is_form: bool) {
        let mime = if is_form { self.mime.as_deref() } else { Some(self.mime()) };
        let disposition = match (is_form, &self.file_name) {
            (true, _) => "form-data",
            (false, Some(_)) => "attachment",
            (false, None) => "inline",
        };
        let _ = write!(out, "Content-Disposition: {disposition}; name=\"");
        push_quoted(out, &self.name);
        if let Some(file_name) = &self.file_name {
            out.push_str("\"; filename=\"");
            push_quoted(out, file_name);
        }
        out.push_str("\"\r\n");
        if let Some(mime) = mime {
            let _ = write!(out, "Content-Type: {}\r\n", mime.replace(['\r', '\n'], ""));
        }
        out.push_str("\r\n");
    }
}

/// As browsers write it (HTML, "Multipart form data"): quotes and line ends percent-encoded.
fn push_quoted(out: &mut String, text: &str) {
    for symbol in text.chars() {
        match symbol {
            '"' => out.push_str("%22"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            _ => out.push(symbol),
        }
    }
}

/// Joins neighbouring bytes, so that a body without streams is one chunk.
fn join(chunks: Vec<BodyChunk>) -> Vec<BodyChunk> {
    let (mut out, mut bytes) = (Vec::new(), Vec::new());
    for chunk in chunks {
        if let BodyChunk::Bytes(more) = chunk {
            bytes.extend_from_slice(&more);
            continue;
        }
        out.push(BodyChunk::Bytes(std::mem::take(&mut bytes).into()));
        out.push(chunk);
    }
    out.push(BodyChunk::Bytes(bytes.into()));
    out
}
