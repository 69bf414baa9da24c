//! A call: an operation with the values of its parameters, before it is sent.

mod options;
mod or_null;
mod request_parts;
mod response_kind;
mod secrets;

pub use or_null::OrNull;
pub(crate) use secrets::secrets;

use crate::body::{self, BodyField, IntoMultipart, Multipart, PartEncoding, RequestBody};
use crate::client::{Core, own_header};
use crate::codec::{Encode, to_vec};
use crate::error::ErrorKind;
use crate::operation::{Method, Operation};
use crate::options::Options;
use crate::param::{self, Node, Style};
use crate::response_kind::Terminal;
use http::{HeaderName, HeaderValue};
use request_parts::replace;
use serde::Serialize;
use serde::ser::Error as _;
use std::borrow::Cow;
use std::fmt;
use std::time::Instant;

/// A call to an operation. Generated code wraps one per operation.
///
/// Setting the same name twice replaces the first value. The first error is kept, and returned when
/// the call is sent.
#[derive(Clone)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call(pub(crate) Box<RequestParts>);

#[derive(Clone)]
pub(crate) struct RequestParts {
    pub(crate) core: Core,
    pub(crate) operation: &'static Operation,
    pub(crate) method: Method,
    pub(crate) template: Cow<'static, str>,
    pub(crate) path: Vec<(Cow<'static, str>, String)>,
    pub(crate) query: Vec<(Cow<'static, str>, String)>,
    /// Names of parameters that were set to what a query has no form for.
    blank: Vec<Cow<'static, str>>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) cookies: Vec<(Cow<'static, str>, String)>,
    pub(crate) body: Payload,
    pub(crate) added_fields: Vec<BodyField>,
    pub(crate) options: Options,
    /// The place of the next page, when a server names it in full.
    pub(crate) url: Option<String>,
    /// Hashes of the cursors and pages that were seen so far.
    pub(crate) seen: Vec<u64>,
    /// The number of empty pages in a row so far.
    pub(crate) empty: u32,
    /// When the call is over, with what is read of its response.
    pub(crate) deadline: Option<Instant>,
    /// The number of items before the page that is requested, if it is known.
    pub(crate) items_before: Option<i64>,
    /// The kind of response that is asked for, if it is not the first.
    pub(crate) terminal: Option<&'static Terminal>,
    /// True if any kind of response is accepted: then `Accept` and the flags stay as the caller has set them.
    pub(crate) accepts_any_response: bool,
    first_error: Option<(ErrorKind, String)>,
}

/// The body of a call, as its kind needs it until extra fields are in.
#[derive(Clone, Debug)]
pub(crate) enum Payload {
    None,
    Json(&'static str, bytes::Bytes),
    Form(String),
    Multipart(&'static str, Multipart),
    Other(Cow<'static, str>, RequestBody),
}

impl Payload {
    /// True if it can be sent again.
    pub(crate) fn can_repeat(&self) -> bool {
        match self {
            Self::None | Self::Json(..) | Self::Form(_) => true,
            Self::Multipart(_, parts) => parts.can_repeat(),
            Self::Other(_, body) => body.can_repeat(),
        }
    }
}

static CUSTOM: Operation = Operation::custom();

impl Core {
    /// Starts a call.
    pub fn call(&self, operation: &'static Operation) -> Call {
        Call::new(self.clone(), operation, operation.method, Cow::Borrowed(operation.path))
    }

    /// Starts a call to a path that no operation describes, with authentication, retries and limits
    /// like any other. The path is appended to the base URL and may hold parameters in braces.
    pub fn request(&self, method: Method, path: &str) -> Call {
        Call::new(self.clone(), &CUSTOM, method, Cow::Owned(path.to_owned()))
    }
}

impl Call {
    pub(crate) fn new(
        core: Core,
        operation: &'static Operation,
        method: Method,
        template: Cow<'static, str>,
    ) -> Self {
        let call = RequestParts {
            core,
            operation,
            method,
            template,
            path: Vec::new(),
            query: Vec::new(),
            blank: Vec::new(),
            headers: Vec::new(),
            cookies: Vec::new(),
            body: Payload::None,
            added_fields: Vec::new(),
            options: Options::default(),
            url: None,
            seen: Vec::new(),
            empty: 0,
            deadline: None,
            items_before: None,
            terminal: None,
            accepts_any_response: false,
            first_error: None,
        };
        Self(Box::new(call))
    }

    /// Sets a parameter of the path.
    pub fn path(self, name: &'static str, value: &dyn Encode) -> Self {
        self.path_as(name, value, Style::SIMPLE)
    }

    /// Sets a parameter of the path in a style.
    pub fn path_as(mut self, name: &'static str, value: &dyn Encode, style: Style) -> Self {
        if let Some(node) = self.styled(name, value, style) {
            match crate::path::value(name, node, style) {
                Ok(text) => self.0.set_path(name, text),
                Err(why) => {
                    self.fail(
                        ErrorKind::InvalidParameter,
                        format!("path parameter `{name}` {why}"),
                    );
                }
            }
        }
        self
    }

    /// Sets a query parameter: form style, exploded. Null and empty lists leave it out.
    pub fn query(self, name: &'static str, value: &dyn Encode) -> Self {
        self.query_as(name, value, Style::FORM)
    }

    /// Sets a query parameter in a style.
    pub fn query_as(mut self, name: &'static str, value: &dyn Encode, style: Style) -> Self {
        if let Some(node) = self.styled(name, value, style) {
            self.0.set_query(Cow::Borrowed(name), param::query(name, &node, style));
        }
        self
    }

    /// Sets a header. Null leaves it out.
    pub fn header(self, name: &'static str, value: &dyn Encode) -> Self {
        self.header_as(name, value, Style::SIMPLE)
    }

    /// Sets a header in a style.
    pub fn header_as(mut self, name: &'static str, value: &dyn Encode, style: Style) -> Self {
        match self.styled(name, value, style) {
            None => {}
            // The last value of a name counts, also where nothing is sent for it.
            Some(node) if node.is_undefined() => {
                self.0.headers.retain(|it| !it.0.as_str().eq_ignore_ascii_case(name));
            }
            Some(node) => self.set_header(name, &param::header(&node, style)),
        }
        self
    }

    /// Sets a cookie: form style, exploded. Null leaves it out.
    pub fn cookie(self, name: &'static str, value: &dyn Encode) -> Self {
        self.cookie_as(name, value, Style::FORM)
    }

    /// Sets a cookie in a style.
    pub fn cookie_as(mut self, name: &'static str, value: &dyn Encode, style: Style) -> Self {
        if let Some(node) = self.styled(name, value, style.strict()) {
            match param::cookie(name, &node, style) {
                Ok(text) => replace(&mut self.0.cookies, Cow::Borrowed(name), text),
                Err(why) => {
                    self.fail(ErrorKind::InvalidParameter, format!("cookie `{name}`: {why}"));
                }
            }
        }
        self
    }

    /// Sets the body: JSON.
    pub fn json(self, body: &dyn Encode) -> Self {
        self.json_as("application/json", body)
    }

    /// Sets the body: JSON of another media type.
    pub fn json_as(mut self, mime: &'static str, body: &dyn Encode) -> Self {
        match to_vec(body) {
            Ok(text) => self.0.body = Payload::Json(mime, text.into()),
            Err(error) => self
                .fail(ErrorKind::InvalidParameter, format!("the body cannot be written: {error}")),
        }
        self
    }

    /// Sets the body: JSON of a media type, of anything that serde can write. Its keys keep their order.
    pub fn json_of(self, mime: &'static str, body: &(impl Serialize + ?Sized)) -> Self {
        self.json_text(mime, serde_json::to_vec(body))
    }

    /// Sets the body: a JSON object of a media type, of anything that serde writes as one.
    pub fn object_of(self, mime: &'static str, body: &(impl Serialize + ?Sized)) -> Self {
        let text = serde_json::to_vec(body);
        let is_object = text.as_ref().map_or(true, |it| it.starts_with(b"{"));
        let text =
            if is_object { text } else { Err(serde_json::Error::custom("it is no JSON object")) };
        self.json_text(mime, text)
    }

    fn json_text(mut self, mime: &'static str, text: serde_json::Result<Vec<u8>>) -> Self {
        match text {
            Ok(text) => self.0.body = Payload::Json(mime, text.into()),
            Err(error) => self
                .fail(ErrorKind::InvalidParameter, format!("the body cannot be written: {error}")),
        }
        self
    }

    /// Sets the body: null of a media type, or what a value comes to.
    pub fn or_null<T>(
        self,
        mime: &'static str,
        body: Option<T>,
        set: impl FnOnce(Self, T) -> Self,
    ) -> Self {
        match body {
            Some(body) => set(self, body),
            None => self.json_as(mime, &()),
        }
    }

    /// Sets the body: the items of a list as JSON, each on its line.
    pub fn json_lines(self, mime: &'static str, items: &dyn Encode) -> Self {
        self.json_values(mime, items, "")
    }

    /// Sets the body: the items of a list as records of a JSON text sequence (RFC 7464).
    pub fn json_sequence(self, mime: &'static str, items: &dyn Encode) -> Self {
        self.json_values(mime, items, "\u{1e}")
    }

    fn json_values(mut self, mime: &'static str, items: &dyn Encode, mark: &str) -> Self {
        match body::json_items(items) {
            Ok(items) => {
                let text: String = items.iter().flat_map(|it| [mark, it, "\n"]).collect();
                self.0.body = Payload::Other(Cow::Borrowed(mime), text.into());
            }
            Err(error) => self
                .fail(ErrorKind::InvalidParameter, format!("the body cannot be written: {error}")),
        }
        self
    }

    /// Sets the body: a form. Properties without a style are JSON if they have properties themselves, and a pair for
    /// each item of a list.
    pub fn form(mut self, body: &dyn Encode, styles: &[(&str, Style)]) -> Self {
        match body::form(body, styles) {
            Ok(text) => self.0.body = Payload::Form(text),
            Err(error) => self
                .fail(ErrorKind::InvalidParameter, format!("the body cannot be written: {error}")),
        }
        self
    }

    /// Sets the body: `multipart/form-data`.
    pub fn multipart(self, body: impl IntoMultipart) -> Self {
        self.multipart_as("multipart/form-data", &[], body)
    }

    /// Sets the body: several parts of which the document says more, by a multipart type.
    pub fn multipart_as(
        mut self,
        mime: &'static str,
        encodings: &'static [(&'static str, PartEncoding)],
        body: impl IntoMultipart,
    ) -> Self {
        let mut form = Multipart::encoded(encodings);
        body.into_multipart(&mut form);
        self.0.body = Payload::Multipart(mime, form);
        self
    }

    /// Sets the body: bytes, a file or a stream.
    pub fn bytes(mut self, mime: &'static str, body: impl Into<RequestBody>) -> Self {
        let body = body.into();
        match body.chosen(mime) {
            Some(chosen) => self.0.body = Payload::Other(Cow::Owned(chosen), body),
            None => {
                self.fail(
                    ErrorKind::InvalidParameter,
                    format!(
                        "the body has no media type: name one of `{mime}` with `RequestBody::mime`"
                    ),
                );
            }
        }
        self
    }

    /// Sets the body: text.
    pub fn text(mut self, mime: &'static str, body: &str) -> Self {
        self.0.body = Payload::Other(Cow::Borrowed(mime), body.to_owned().into());
        self
    }

    fn styled(&mut self, name: &str, value: &dyn Encode, style: Style) -> Option<Node> {
        let node = if style.is_json() { param::json(value) } else { param::node(value) };
        let node = node.and_then(|it| param::reject_unfit(&it, style).map(|()| it));
        match node {
            Ok(node) => Some(node),
            Err(error) => {
                self.fail(ErrorKind::InvalidParameter, format!("parameter `{name}`: {error}"));
                None
            }
        }
    }

    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        match own_header(self.0.core.0.service, name, value) {
            Ok((name, value)) => {
                self.0.headers.retain(|it| it.0 != name);
                self.0.headers.push((name, value));
            }
            Err(message) => self.fail(ErrorKind::InvalidParameter, message),
        }
    }

    fn fail(&mut self, kind: ErrorKind, message: impl Into<String>) {
        self.0.first_error.get_or_insert_with(|| (kind, message.into()));
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.0.operation.id)
            .field("method", &self.0.method)
            .field("path", &self.0.template)
            .finish_non_exhaustive()
    }
}
