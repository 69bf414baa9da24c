//! A request as it must be.

use crate::codec::{Json, from_slice};

/// A request as it must be.
#[derive(Clone, Debug)]
#[must_use = "a request is there to be compared with"]
pub struct ExpectedRequest {
    pub(super) method: &'static str,
    pub(super) url: &'static str,
    pub(super) query: Vec<(&'static str, &'static str)>,
    pub(super) headers: Vec<(&'static str, &'static str)>,
    pub(super) cookies: Vec<(&'static str, &'static str)>,
    pub(super) body: ExpectedBody,
}

#[derive(Clone, Debug)]
pub(super) enum ExpectedBody {
    Nothing,
    Json(&'static str, Json),
    Form(Vec<(&'static str, &'static str)>),
    Multipart(&'static str, Vec<ExpectedPart>),
    Values(&'static str, Vec<Json>),
    Content(&'static str, &'static str),
}

/// A part of a multipart form.
#[derive(Clone, Debug)]
pub(super) struct ExpectedPart {
    pub(super) name: String,
    pub(super) file_name: Option<String>,
    /// The media type; empty where it is plain text.
    pub(super) mime: String,
    pub(super) content: String,
}

impl ExpectedRequest {
    /// A request without a query, headers or body. The URL has its path as it is encoded.
    pub fn new(method: &'static str, url: &'static str) -> Self {
        let (query, headers, cookies) = (Vec::new(), Vec::new(), Vec::new());
        Self { method, url, query, headers, cookies, body: ExpectedBody::Nothing }
    }

    /// A pair of the query: its name, and its value as it is encoded.
    pub fn query(mut self, name: &'static str, value: &'static str) -> Self {
        self.query.push((name, value));
        self
    }

    /// A header; others may be there.
    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }

    /// A cookie: its name, and its value as it is encoded.
    pub fn cookie(mut self, name: &'static str, value: &'static str) -> Self {
        self.cookies.push((name, value));
        self
    }

    /// A body of JSON.
    ///
    /// # Panics
    /// If it is no JSON.
    pub fn json(mut self, mime: &'static str, json: &str) -> Self {
        self.body =
            ExpectedBody::Json(mime, from_slice(json.as_bytes()).expect("a test has a JSON body"));
        self
    }

    /// A body of JSON values one after the other, given as a list.
    ///
    /// # Panics
    /// If it is no list of JSON.
    pub fn values(mut self, mime: &'static str, list: &str) -> Self {
        self.body =
            ExpectedBody::Values(mime, serde_json::from_str(list).expect("a test has a list"));
        self
    }

    /// A form without pairs.
    pub fn form(mut self) -> Self {
        self.body = ExpectedBody::Form(Vec::new());
        self
    }

    /// A pair of a form: its name, and its value as it is encoded.
    pub fn field(mut self, name: &'static str, value: &'static str) -> Self {
        if let ExpectedBody::Form(pairs) = &mut self.body {
            pairs.push((name, value));
        }
        self
    }

    /// A body of several parts, by its multipart type; none so far.
    pub fn multipart(mut self, mime: &'static str) -> Self {
        self.body = ExpectedBody::Multipart(mime, Vec::new());
        self
    }

    /// A part of a multipart form; an empty media type is that of plain text.
    pub fn part(self, name: &str, mime: &str, content: &str) -> Self {
        self.push(name, None, mime, content)
    }

    /// A part of a multipart form that is a file.
    pub fn file(self, name: &str, file_name: &str, mime: &str, content: &str) -> Self {
        self.push(name, Some(file_name.to_owned()), mime, content)
    }

    fn push(mut self, name: &str, file_name: Option<String>, mime: &str, content: &str) -> Self {
        let (name, mime, content) = (name.to_owned(), mime.to_owned(), content.to_owned());
        if let ExpectedBody::Multipart(_, parts) = &mut self.body {
            parts.push(ExpectedPart { name, file_name, mime, content });
        }
        self
    }

    /// A body of text or bytes.
    pub fn content(mut self, mime: &'static str, content: &'static str) -> Self {
        self.body = ExpectedBody::Content(mime, content);
        self
    }
}
