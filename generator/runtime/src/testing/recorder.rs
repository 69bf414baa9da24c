//! Requests that were sent.

use crate::future::BoxFuture;
use crate::operation::OperationName;
use crate::transport::{Body, Layer, Request, Response, Transport, TransportError};
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, Method, Uri};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// A request as it was sent.
#[derive(Clone)]
pub struct RecordedRequest {
    /// The name of the operation; empty for requests of others, such as those for tokens.
    pub operation: &'static str,
    /// The method.
    pub method: Method,
    /// The URL.
    pub uri: Uri,
    /// The headers, credentials among them.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl RecordedRequest {
    /// Path and query.
    #[must_use]
    pub fn target(&self) -> &str {
        self.uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str)
    }

    /// The text of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as text; what is not UTF-8 becomes `U+FFFD`.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Headers and body stay out: a credential may be among them, as in the query.
impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedRequest")
            .field("method", &self.method)
            .field("path", &self.uri.path())
            .finish_non_exhaustive()
    }
}

pub(super) async fn collect(request: Request) -> Result<RecordedRequest, TransportError> {
    let (head, mut body) = request.into_parts();
    let mut all = BytesMut::new();
    while let Some(chunk) = body.chunk().await {
        all.extend_from_slice(&chunk?);
    }
    let operation = head.extensions.get::<OperationName>().map_or("", |it| it.0);
    Ok(RecordedRequest {
        operation,
        method: head.method,
        uri: head.uri,
        headers: head.headers,
        body: all.freeze(),
    })
}

/// A layer that keeps what goes through it; streamed bodies are read first. Clones share what they keep.
#[derive(Clone, Debug, Default)]
pub struct Recorder(Arc<Mutex<Vec<RecordedRequest>>>);

impl Recorder {
    /// Keeps nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The requests so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Layer for Recorder {
    fn layer(&self, inner: Arc<dyn Transport>) -> Arc<dyn Transport> {
        Arc::new(Recording { inner, recorder: self.clone() })
    }
}

struct Recording {
    inner: Arc<dyn Transport>,
    recorder: Recorder,
}

impl Transport for Recording {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        let (inner, recorder) = (self.inner.clone(), self.recorder.clone());
        Box::pin(async move {
            let kept = collect(request).await?;
            let mut request = Request::new(Body::from(kept.body.clone()));
            *request.method_mut() = kept.method.clone();
            *request.uri_mut() = kept.uri.clone();
            *request.headers_mut() = kept.headers.clone();
            request.extensions_mut().insert(OperationName(kept.operation));
            recorder.0.lock().unwrap_or_else(PoisonError::into_inner).push(kept);
            inner.send(request).await
        })
    }
}
