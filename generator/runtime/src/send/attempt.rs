//! One try: a request is made, sent, and its response judged.

use super::auth::{Used, authenticate};
use super::prepare::Prepared;
use super::refusal;
use super::renew::{Refused, Renewal};
use crate::body::Sent;
use crate::call::{Draft, secrets};
use crate::error::{Attempt, Error, ErrorKind, Result};
use crate::reply::{Answered, Content, Reply, Want, refused};
use crate::retry::{Verdict, is_limit};
use crate::stall::{Limits, Stall};
use crate::transport::{
    self, Body, Moved, Request, Response, TransportError, TransportErrorKind, from_transport,
};
use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_LENGTH, HOST};
use http::{HeaderMap, StatusCode, Uri};
use std::future::poll_fn;
use std::sync::Arc;

/// A try that gave no success.
pub(super) struct Failed {
    pub(super) error: Error,
    pub(super) verdict: Verdict,
    /// The response itself, for callers who judge it themselves.
    pub(super) answer: Option<Box<Answered>>,
    /// The tokens that the server refused and that can be renewed.
    pub(super) refused: Vec<Refused>,
}

impl Failed {
    fn new(error: Error, verdict: Verdict) -> Self {
        Self { error, verdict, answer: None, refused: Vec::new() }
    }

    fn never(error: Error) -> Self {
        Self::new(error, Verdict::Never)
    }

    /// A limit on time was reached.
    fn late(error: Error) -> Self {
        Self::new(error, Verdict::Unsafe)
    }

    /// True if the server has too many requests.
    pub(super) fn is_limit(&self) -> bool {
        let (status, headers) = (self.error.status(), self.error.headers());
        status.zip(headers).is_some_and(|(status, headers)| is_limit(status, headers))
    }

    /// Says that the budget of retries kept the call from another try.
    pub(super) fn spent(self) -> Self {
        Self { error: self.error.with_budget_spent(), ..self }
    }

    /// What the caller gets when there is no other try.
    pub(super) fn end(
        self,
        draft: Box<Draft>,
        want: Want,
        attempts: Vec<Attempt>,
    ) -> Result<Reply> {
        match self.answer {
            Some(answer) if want.judged_by_caller() => Ok(Reply::new(*answer, draft, attempts)),
            _ => Err(self.error.with_attempts(attempts)),
        }
    }
}

/// True if the server took the tokens of a try.
pub(super) fn accepts_tokens(result: &Result<Answered, Failed>) -> bool {
    match result {
        Ok(_) => true,
        Err(failed) => failed.error.status().is_some_and(|it| it != StatusCode::UNAUTHORIZED),
    }
}

/// Makes one try, with new tokens in the place of those that were refused.
pub(super) async fn attempt(
    draft: &Draft,
    prepared: &mut Prepared,
    want: Want,
    limits: Limits,
    renewal: Option<&Renewal<'_>>,
) -> Result<Answered, Failed> {
    let shared = &*draft.core.0;
    let mut headers = prepared.headers(draft).map_err(Failed::never)?;
    let mut uri = prepared.uri.clone();
    let mut stall = Stall::with(shared.timer.clone(), limits);
    let used = authenticate(draft, prepared, renewal, &mut uri, &mut headers);
    let used = stall.watch(used).await.map_err(Failed::late)?.map_err(Failed::never)?;
    let request =
        stall.watch(request(draft, prepared, uri, headers)).await.map_err(Failed::late)?;
    let (request, moved) = request.map_err(Failed::never)?;
    stall.and_upload(moved);
    let sent = stall.watch(shared.transport.send(request)).await.map_err(Failed::late)?;
    let response = sent.map_err(|error| broken(error, Some(&prepared.uri), draft))?;
    let is_refused = response.status() == StatusCode::UNAUTHORIZED;
    let result = receive(draft, prepared, want, response, &used, stall).await;
    result.map_err(|failed| match is_refused {
        true => Failed { refused: used.refused, ..failed },
        false => failed,
    })
}

/// The request, and what shows whether a long body moves.
async fn request(
    draft: &Draft,
    prepared: &Prepared,
    uri: Uri,
    headers: HeaderMap,
) -> Result<(Request, Option<Arc<Moved>>)> {
    let mut body = Sent::body(&prepared.body, prepared.len, draft.options.progress.as_ref())?;
    let moved = body.is_long().then(|| Arc::new(Moved::new(draft.core.0.timer.clone())));
    if let Some(moved) = &moved {
        body = body.watched(moved.clone(), prepared.len);
    }
    // Nobody asks a body of no bytes whether it has any.
    if body.as_bytes().is_none() && body.is_empty() {
        body.chunk().await.transpose().map_err(from_transport)?;
        body = Body::empty();
    }
    let mut request = Request::new(body);
    *request.method_mut() = draft.method.to_http();
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    request.headers_mut().remove(HOST);
    if let (None, Some(len)) = (request.body().as_bytes(), prepared.len) {
        request.headers_mut().insert(CONTENT_LENGTH, len.into());
    }
    Ok((request, moved))
}

async fn receive(
    draft: &Draft,
    prepared: &Prepared,
    want: Want,
    response: Response,
    used: &Used,
    mut stall: Stall,
) -> Result<Answered, Failed> {
    let (head, mut body) = response.into_parts();
    let max = draft.max_response_bytes();
    if want.accepts(head.status) {
        let content = if want.is_streamed() {
            Content::Stream(body)
        } else {
            Content::Bytes(
                read_all(&mut body, max, &mut stall)
                    .await
                    .map_err(|error| unread(error, head.status, &head.headers, draft))?,
            )
        };
        let tokens = used.tokens.clone();
        return Ok(Answered {
            status: head.status,
            headers: head.headers,
            content,
            tokens,
            extensions: head.extensions,
        });
    }
    let text = refusal::body(&mut body, max, draft).await;
    let secrets = secrets(draft, &used.tokens);
    let error = refused(head.status, &head.headers, &text, &secrets, &prepared.uri.to_string());
    let verdict = crate::retry::judge(head.status, &head.headers);
    let answer = Answered {
        status: head.status,
        headers: head.headers,
        content: Content::Bytes(text),
        tokens: used.tokens.clone(),
        extensions: head.extensions,
    };
    Err(Failed { answer: Some(Box::new(answer)), ..Failed::new(error, verdict) })
}

/// Why a body could not be read to its end.
enum Unread {
    TooLarge(u64),
    Broken(TransportError),
    Late(Error),
}

/// Reads a body, up to a limit in bytes.
async fn read_all(body: &mut Body, max: u64, stall: &mut Stall) -> Result<Bytes, Unread> {
    if body.len().is_some_and(|len| len > max) {
        return Err(Unread::TooLarge(max));
    }
    let (mut first, mut all) = (Bytes::new(), BytesMut::new());
    while let Some(chunk) = poll_fn(|cx| stall.poll_piece(body, cx)).await {
        let chunk = chunk.map_err(Unread::Late)?.map_err(Unread::Broken)?;
        if (first.len() + all.len() + chunk.len()) as u64 > max {
            return Err(Unread::TooLarge(max));
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

fn unread(error: Unread, status: StatusCode, headers: &HeaderMap, draft: &Draft) -> Failed {
    match error {
        Unread::TooLarge(max) => {
            Failed::never(too_large(max).with_response(status, headers.clone(), Bytes::new(), &[]))
        }
        Unread::Broken(error) => broken(error, None, draft),
        Unread::Late(error) => Failed::late(error),
    }
}

pub(crate) fn too_large(max: u64) -> Error {
    Error::new(ErrorKind::TooLarge, format!("the answer is larger than {max} bytes"))
}

/// Converts a transport error. `url` is the target if no head of a response has arrived.
fn broken(error: TransportError, url: Option<&Uri>, draft: &Draft) -> Failed {
    let verdict = match error.kind() {
        TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout if url.is_some() => {
            Verdict::Safe
        }
        TransportErrorKind::Tls
        | TransportErrorKind::RequestBody
        | TransportErrorKind::Malformed => Verdict::Never,
        _ => Verdict::Unsafe,
    };
    Failed::new(transport::broken(error, url, || secrets(draft, &[])), verdict)
}
