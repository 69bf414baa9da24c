//! Bodies of several parts: `multipart/form-data` (RFC 7578).

use super::{Piece, RequestBody};
use crate::codec::{Encode, Json, to_vec};
use crate::param::{Node, node};
use bytes::Bytes;
use futures_core::Stream;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A type that is sent as `multipart/form-data`.
pub trait IntoMultipart {
    /// Adds its parts.
    fn into_multipart(self, form: &mut Multipart);
}

/// The parts of a `multipart/form-data` body, in order.
#[derive(Clone, Debug, Default)]
pub struct Multipart {
    parts: Vec<Part>,
    error: Option<String>,
}

#[derive(Clone, Debug)]
struct Part {
    name: String,
    file_name: Option<String>,
    mime: Option<String>,
    body: RequestBody,
}

impl Multipart {
    /// A form without parts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn push(&mut self, name: &str, mime: Option<&str>, body: RequestBody) {
        self.parts.push(Part {
            name: name.to_owned(),
            file_name: None,
            mime: mime.map(str::to_owned),
            body,
        });
    }

    /// A part of plain text; a list gives one part for each element, null none. What turns out to be an
    /// object is JSON.
    pub fn text(&mut self, name: &str, value: &dyn Encode) {
        self.text_part(name, value, None);
    }

    /// A part of text of another type.
    pub fn text_as(&mut self, name: &str, value: &dyn Encode, mime: &'static str) {
        self.text_part(name, value, Some(mime));
    }

    fn text_part(&mut self, name: &str, value: &dyn Encode, mime: Option<&str>) {
        match node(value) {
            Ok(Node::Null) => {}
            Ok(Node::List(items)) => self.items(name, value, &items, mime),
            Ok(Node::Map(_)) => self.json(name, value),
            Ok(Node::Text(text)) => self.push(name, mime, text.into()),
            Err(error) => drop(self.error.get_or_insert(error)),
        }
    }

    /// A part for each item of a list: JSON for those that have parts themselves.
    fn items(&mut self, name: &str, list: &dyn Encode, items: &[Node], mime: Option<&str>) {
        let json: Vec<Json> =
            to_vec(list).ok().and_then(|it| serde_json::from_slice(&it).ok()).unwrap_or_default();
        for (index, item) in items.iter().enumerate() {
            match (item, json.get(index)) {
                (Node::Map(_) | Node::List(_), Some(json)) => self.json(name, json),
                _ => self.push(name, mime, item.flat().into()),
            }
        }
    }

    /// A part of plain text if there is a value.
    pub fn optional_text<T: Encode>(&mut self, name: &str, value: &Option<T>) {
        self.text(name, value);
    }

    /// A part of JSON.
    pub fn json(&mut self, name: &str, value: &dyn Encode) {
        self.json_as(name, value, "application/json");
    }

    /// A part of JSON of another type.
    pub fn json_as(&mut self, name: &str, value: &dyn Encode, mime: &'static str) {
        match to_vec(value) {
            Ok(text) => self.push(name, Some(mime), text.into()),
            Err(error) => drop(self.error.get_or_insert(error.to_string())),
        }
    }

    /// A part of JSON for each item of a list.
    pub fn json_items<T: Encode>(&mut self, name: &str, items: &[T]) {
        for item in items {
            self.json(name, item);
        }
    }

    /// A part of JSON for each item of a list if there is one.
    pub fn optional_json_items<T: Encode>(&mut self, name: &str, items: &Option<Vec<T>>) {
        self.json_items(name, items.as_deref().unwrap_or_default());
    }

    /// A part of JSON if there is a value.
    pub fn optional_json<T: Encode>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.json(name, value);
        }
    }

    /// A file.
    pub fn file(&mut self, name: &str, file: FilePart) {
        let FilePart { name: file_name, mime, body } = file;
        let file_name = Some(file_name.unwrap_or_else(|| name.to_owned()));
        let mime = Some(mime.unwrap_or_else(|| "application/octet-stream".to_owned()));
        self.parts.push(Part { name: name.to_owned(), file_name, mime, body });
    }

    /// A file whose type is known from the document, unless it has one of its own.
    pub fn file_as(&mut self, name: &str, mut file: FilePart, mime: &'static str) {
        file.mime.get_or_insert_with(|| mime.to_owned());
        self.file(name, file);
    }

    /// A file if there is one.
    pub fn optional_file(&mut self, name: &str, file: Option<FilePart>) {
        if let Some(file) = file {
            self.file(name, file);
        }
    }

    /// A file if there is one, whose type is known from the document.
    pub fn optional_file_as(&mut self, name: &str, file: Option<FilePart>, mime: &'static str) {
        if let Some(file) = file {
            self.file_as(name, file, mime);
        }
    }

    /// Several files under one name.
    pub fn files(&mut self, name: &str, files: Vec<FilePart>) {
        for file in files {
            self.file(name, file);
        }
    }

    /// A part of text of another type if there is a value.
    pub fn optional_text_as<T: Encode>(
        &mut self,
        name: &str,
        value: &Option<T>,
        mime: &'static str,
    ) {
        self.text_part(name, value, Some(mime));
    }

    /// Several files under one name, whose type is known from the document.
    pub fn files_as(&mut self, name: &str, files: Vec<FilePart>, mime: &'static str) {
        for file in files {
            self.file_as(name, file, mime);
        }
    }

    /// Several files under one name, if there are any.
    pub fn optional_files(&mut self, name: &str, files: Option<Vec<FilePart>>) {
        self.files(name, files.unwrap_or_default());
    }

    /// Several files under one name, if there are any, whose type is known from the document.
    pub fn optional_files_as(
        &mut self,
        name: &str,
        files: Option<Vec<FilePart>>,
        mime: &'static str,
    ) {
        self.files_as(name, files.unwrap_or_default(), mime);
    }

    /// A part for each property that has no field of its own.
    pub fn extra<T: Encode>(&mut self, map: &BTreeMap<String, T>) {
        for (name, value) in map {
            self.text(name, value);
        }
    }

    /// Whether all parts can be sent again.
    pub(crate) fn can_repeat(&self) -> bool {
        self.parts.iter().all(|it| it.body.can_repeat())
    }

    /// The type of the body and the body.
    pub(crate) fn finish(self) -> Result<(String, RequestBody), String> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let boundary = format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
        let (mut pieces, mut text) = (Vec::new(), String::new());
        for part in self.parts {
            part.head(&mut text, &boundary);
            pieces.push(Piece::Bytes(Bytes::from(std::mem::take(&mut text))));
            pieces.extend(part.body.pieces);
            text.push_str("\r\n");
        }
        let _ = write!(text, "--{boundary}--\r\n");
        pieces.push(Piece::Bytes(text.into()));
        Ok((
            format!("multipart/form-data; boundary={boundary}"),
            RequestBody { pieces: join(pieces) },
        ))
    }
}

impl IntoMultipart for Multipart {
    fn into_multipart(self, form: &mut Multipart) {
        form.parts.extend(self.parts);
        form.error = form.error.take().or(self.error);
    }
}

impl Part {
    fn head(&self, out: &mut String, boundary: &str) {
        let _ = write!(out, "--{boundary}\r\nContent-Disposition: form-data; name=\"");
        push_quoted(out, &self.name);
        if let Some(file_name) = &self.file_name {
            out.push_str("\"; filename=\"");
            push_quoted(out, file_name);
        }
        out.push_str("\"\r\n");
        if let Some(mime) = &self.mime {
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

/// Puts neighbouring bytes together, so that a form without streams is one piece.
fn join(pieces: Vec<Piece>) -> Vec<Piece> {
    let (mut out, mut bytes) = (Vec::new(), Vec::new());
    for piece in pieces {
        if let Piece::Bytes(more) = piece {
            bytes.extend_from_slice(&more);
            continue;
        }
        out.push(Piece::Bytes(std::mem::take(&mut bytes).into()));
        out.push(piece);
    }
    out.push(Piece::Bytes(bytes.into()));
    out
}

/// A file to send: its content, its name and its type.
#[derive(Clone, Debug)]
pub struct FilePart {
    name: Option<String>,
    mime: Option<String>,
    body: RequestBody,
}

impl FilePart {
    /// A file from bytes in hand.
    pub fn bytes(name: &str, bytes: impl Into<Bytes>) -> Self {
        Self { name: Some(name.to_owned()), mime: None, body: RequestBody::from(bytes.into()) }
    }

    /// A file on disk, read while it is sent; it keeps its name.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = Path::file_name(&path).map(|name| name.to_string_lossy().into_owned());
        Self { name, mime: None, body: RequestBody::file(path) }
    }

    /// A file from a stream, sent once, with its length in bytes where it is known.
    pub fn stream<S>(name: &str, stream: S, len: Option<u64>) -> Self
    where
        S: Stream<Item = std::io::Result<Bytes>> + Send + 'static,
    {
        Self { name: Some(name.to_owned()), mime: None, body: RequestBody::stream(stream, len) }
    }

    /// Another name.
    #[must_use]
    pub fn name(mut self, name: &str) -> Self {
        self.name = Some(name.to_owned());
        self
    }

    /// A type, such as `audio/wav`.
    #[must_use]
    pub fn mime(mut self, mime: &str) -> Self {
        self.mime = Some(mime.to_owned());
        self
    }
}

impl From<Vec<u8>> for FilePart {
    fn from(bytes: Vec<u8>) -> Self {
        Self { name: None, mime: None, body: RequestBody::from(bytes) }
    }
}
