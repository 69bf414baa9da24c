//! One attempt: a request is built and sent, and its response is classified.

use super::auth::{AppliedCredentials, authenticate};
use super::error_body;
use super::failed_attempt::FailedAttempt;
use super::prepare::Prepared;
use super::renew::Renewal;
use crate::body::to_transport;
use crate::call::{RequestParts, secrets};
use crate::error::{Error, ErrorKind, Result};
#[cfg(any(test, feature = "testing"))]
use crate::operation::OperationName;
use crate::response::{BodyMode, Content, ResponseParts, error_response};
use crate::retry::RetrySafety;
use crate::timeouts::{TimeLimits, TimeoutWatch};
use crate::transport::{
    self, Body, Request, Response, TransportError, TransportErrorKind, UploadProgress,
    from_transport,
};
use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_LENGTH, HOST};
use http::{HeaderMap, StatusCode, Uri};
use std::future::poll_fn;
use std::sync::Arc;

/// True if the server took the tokens of an attempt.
pub(super) fn accepts_tokens(result: &Result<ResponseParts, FailedAttempt>) -> bool {
    match result {
        Ok(_) => true,
        Err(failed) => failed.error.status().is_some_and(|it| it != StatusCode::UNAUTHORIZED),
    }
}

/// Makes one attempt, with new tokens in place of those that the server rejected.
pub(super) async fn attempt(
    call: &RequestParts,
    prepared: &mut Prepared,
    mode: BodyMode,
    limits: TimeLimits,
    renewal: Option<&Renewal<'_>>,
) -> Result<ResponseParts, FailedAttempt> {
    let shared = &*call.core.0;
    let mut headers = prepared.headers(call).map_err(FailedAttempt::never)?;
    let mut uri = prepared.uri.clone();
    let mut watch = TimeoutWatch::with(shared.timer.clone(), limits);
    let applied = authenticate(call, prepared, renewal, &mut uri, &mut headers);
    let applied = watch.watch(applied).await.map_err(FailedAttempt::timed_out)??;
    let request = watch
        .watch(build_request(call, prepared, uri, headers))
        .await
        .map_err(FailedAttempt::timed_out)?;
    let (request, upload) = request.map_err(FailedAttempt::never)?;
    watch.watch_upload(upload);
    let sent =
        watch.watch(shared.transport.send(request)).await.map_err(FailedAttempt::timed_out)?;
    let response = sent.map_err(|error| broken(error, Some(&prepared.uri), call))?;
    let is_unauthorized = response.status() == StatusCode::UNAUTHORIZED;
    let result = receive(call, prepared, mode, response, &applied, watch).await;
    result.map_err(|failed| match is_unauthorized {
        true => FailedAttempt { rejected: applied.rejected, ..failed },
        false => failed,
    })
}

/// The request, and what shows whether a long body moves.
async fn build_request(
    call: &RequestParts,
    prepared: &Prepared,
    uri: Uri,
    headers: HeaderMap,
) -> Result<(Request, Option<Arc<UploadProgress>>)> {
    let mut body = to_transport(&prepared.body, prepared.len, call.options.progress.as_ref())?;
    let upload = body.is_long().then(|| Arc::new(UploadProgress::new(call.core.0.timer.clone())));
    if let Some(upload) = &upload {
        body = body.watched(upload.clone(), prepared.len);
    }
    // A transport does not poll a body of no bytes.
    if body.as_bytes().is_none() && body.is_empty() {
        body.chunk().await.transpose().map_err(from_transport)?;
        body = Body::empty();
    }
    let mut request = Request::new(body);
    *request.method_mut() = call.method.to_http();
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    #[cfg(any(test, feature = "testing"))]
    request.extensions_mut().insert(OperationName(call.operation.id));
    request.headers_mut().remove(HOST);
    if let (None, Some(len)) = (request.body().as_bytes(), prepared.len) {
        request.headers_mut().insert(CONTENT_LENGTH, len.into());
    }
    Ok((request, upload))
}

async fn receive(
    call: &RequestParts,
    prepared: &Prepared,
    mode: BodyMode,
    response: Response,
    applied: &AppliedCredentials,
    mut watch: TimeoutWatch,
) -> Result<ResponseParts, FailedAttempt> {
    let (head, mut body) = response.into_parts();
    let max = call.max_response_bytes();
    if mode.accepts(head.status) {
        let content = if mode.is_streamed() {
            Content::Stream(body)
        } else {
            Content::Bytes(
                read_all(&mut body, max, &mut watch)
                    .await
                    .map_err(|error| body_read_failed(error, head.status, &head.headers, call))?,
            )
        };
        let tokens = applied.tokens.clone();
        return Ok(ResponseParts {
            status: head.status,
            headers: head.headers,
            content,
            tokens,
            extensions: head.extensions,
        });
    }
    let text = error_body::read(&mut body, max, call).await;
    let secrets = secrets(call, &applied.tokens);
    let error =
        error_response(head.status, &head.headers, &text, &secrets, &prepared.uri.to_string());
    let safety = crate::retry::classify(head.status, &head.headers, &prepared.retry.statuses);
    let response = ResponseParts {
        status: head.status,
        headers: head.headers,
        content: Content::Bytes(text),
        tokens: applied.tokens.clone(),
        extensions: head.extensions,
    };
    Err(FailedAttempt { response: Some(Box::new(response)), ..FailedAttempt::new(error, safety) })
}

/// Why a body could not be read to its end.
enum BodyReadError {
    TooLarge(u64),
    Broken(TransportError),
    TimedOut(Error),
}

/// Reads a body, up to a limit in bytes.
async fn read_all(
    body: &mut Body,
    max: u64,
    watch: &mut TimeoutWatch,
) -> Result<Bytes, BodyReadError> {
    if body.len().is_some_and(|len| len > max) {
        return Err(BodyReadError::TooLarge(max));
    }
    let (mut first, mut all) = (Bytes::new(), BytesMut::new());
    while let Some(chunk) = poll_fn(|cx| watch.poll_chunk(body, cx)).await {
        let chunk = chunk.map_err(BodyReadError::TimedOut)?.map_err(BodyReadError::Broken)?;
        if (first.len() + all.len() + chunk.len()) as u64 > max {
            return Err(BodyReadError::TooLarge(max));
        }
        if first.is_empty() && all.is_empty() {
            first = chunk;
            continue;
        }
        if all.is_empty() {
            let known = body.len().and_then(|it| usize::try_from(it).ok()).unwrap_or(0);
            all.reserve(known.min(1 << 20).max(2 * (first.len() + chunk.len())));
            all.extend_from_slice(&std::mem::take(&mut first));
        }
        all.extend_from_slice(&chunk);
    }
    Ok(if all.is_empty() { first } else { all.freeze() })
}

fn body_read_failed(
    error: BodyReadError,
    status: StatusCode,
    headers: &HeaderMap,
    call: &RequestParts,
) -> FailedAttempt {
    match error {
        BodyReadError::TooLarge(max) => FailedAttempt::never(too_large(max).with_response(
            status,
            headers.clone(),
            Bytes::new(),
            &[],
        )),
        BodyReadError::Broken(error) => broken(error, None, call),
        BodyReadError::TimedOut(error) => FailedAttempt::timed_out(error),
    }
}

pub(crate) fn too_large(max: u64) -> Error {
    Error::new(ErrorKind::TooLarge, format!("the response is larger than {max} bytes"))
}

/// Converts a transport error. `url` is the target if no head of a response has arrived.
fn broken(error: TransportError, url: Option<&Uri>, call: &RequestParts) -> FailedAttempt {
    let safety = match error.kind() {
        TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout if url.is_some() => {
            RetrySafety::Safe
        }
        TransportErrorKind::Tls
        | TransportErrorKind::RequestBody
        | TransportErrorKind::Malformed => RetrySafety::Never,
        _ => RetrySafety::Unsafe,
    };
    FailedAttempt::new(transport::broken(error, url, || secrets(call, &[])), safety)
}
