//! One try: a request is made, sent, and its answer judged.

use super::auth::{Used, authenticate};
use super::prepare::Prepared;
use super::refusal;
use super::within;
use crate::auth::secrets;
use crate::body::Sent;
use crate::call::Draft;
use crate::error::{Attempt, Error, ErrorKind, Result};
use crate::reply::{Answered, Content, Reply, Want};
use crate::retry::Verdict;
use crate::transport::{Body, Request, Response, TransportError, TransportErrorKind};
use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_LENGTH, HOST};
use http::{HeaderMap, StatusCode, Uri};
use std::time::Duration;

/// A try that gave no success.
pub(super) struct Failed {
    pub(super) error: Error,
    pub(super) verdict: Verdict,
    /// The answer itself, for callers who judge it themselves.
    pub(super) answer: Option<Box<Answered>>,
}

impl Failed {
    fn never(error: Error) -> Self {
        Self { error, verdict: Verdict::Never, answer: None }
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

/// Makes one try; one more where the server refuses a token that can be renewed.
pub(super) async fn attempt(
    draft: &Draft,
    prepared: &mut Prepared,
    want: Want,
    limit: Option<Duration>,
) -> Result<Answered, Failed> {
    let timer = &*draft.core.0.timer;
    let work = async {
        match once(draft, prepared, want, None).await {
            Err((failed, Some(rejected))) => once(draft, prepared, want, Some(&rejected))
                .await
                .map_err(|it| if prepared.body.can_repeat() { it.0 } else { failed }),
            result => result.map_err(|it| it.0),
        }
    };
    within(timer, limit, work).await.unwrap_or_else(|| {
        let error = Error::new(
            ErrorKind::Timeout,
            format!("no answer within {limit:?}", limit = limit.unwrap_or_default()),
        );
        Err(Failed { error, verdict: Verdict::Unsafe, answer: None })
    })
}

type Secret = crate::auth::Secret;

async fn once(
    draft: &Draft,
    prepared: &mut Prepared,
    want: Want,
    rejected: Option<&Secret>,
) -> Result<Answered, (Failed, Option<Secret>)> {
    let never = |error| (Failed::never(error), None);
    let mut headers = prepared.headers(draft).map_err(never)?;
    let mut uri = prepared.uri.clone();
    let used =
        authenticate(draft, prepared, rejected, &mut uri, &mut headers).await.map_err(never)?;
    let request = request(draft, prepared, uri, headers).map_err(never)?;
    let sent = draft.core.0.transport.send(request).await;
    let response = sent.map_err(|error| (broken(error, true), None))?;
    let result = receive(draft, prepared, want, response, &used).await;
    let renew =
        |status: Option<StatusCode>| status == Some(StatusCode::UNAUTHORIZED) && rejected.is_none();
    result.map_err(|failed| {
        let renewable = used
            .into_renewable()
            .filter(|_| renew(failed.error.status()) && prepared.body.can_repeat());
        (failed, renewable)
    })
}

fn request(draft: &Draft, prepared: &Prepared, uri: Uri, headers: HeaderMap) -> Result<Request> {
    let body = Sent::body(&prepared.body, prepared.len, draft.options.progress.as_ref())?;
    let mut request = Request::new(body);
    *request.method_mut() = draft.method.to_http();
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    request.headers_mut().remove(HOST);
    if let (None, Some(len)) = (request.body().as_bytes(), prepared.len) {
        request.headers_mut().insert(CONTENT_LENGTH, len.into());
    }
    Ok(request)
}

async fn receive(
    draft: &Draft,
    prepared: &Prepared,
    want: Want,
    response: Response,
    used: &Used,
) -> Result<Answered, Failed> {
    let (head, mut body) = response.into_parts();
    let max = draft.max_response_bytes();
    if head.status.is_success() {
        let content = if want.is_streamed() {
            Content::Stream(body)
        } else {
            Content::Bytes(
                read_all(&mut body, max)
                    .await
                    .map_err(|error| unread(error, head.status, &head.headers))?,
            )
        };
        let tokens = used.tokens.clone();
        return Ok(Answered { status: head.status, headers: head.headers, content, tokens });
    }
    let text = refusal::body(&mut body, max).await;
    let secrets = secrets(&draft.core.0, &used.tokens);
    let error =
        refusal::error(head.status, &head.headers, &text, &secrets, &prepared.uri.to_string());
    let verdict = crate::retry::judge(head.status, &head.headers);
    let answer = Answered {
        status: head.status,
        headers: head.headers,
        content: Content::Bytes(text),
        tokens: used.tokens.clone(),
    };
    Err(Failed { error, verdict, answer: Some(Box::new(answer)) })
}

/// Why a body could not be read to its end.
enum Unread {
    TooLarge(u64),
    Broken(TransportError),
}

/// Reads a body, up to a limit in bytes.
async fn read_all(body: &mut Body, max: u64) -> Result<Bytes, Unread> {
    if body.len().is_some_and(|len| len > max) {
        return Err(Unread::TooLarge(max));
    }
    let (mut first, mut all) = (Bytes::new(), BytesMut::new());
    while let Some(chunk) = body.chunk().await {
        let chunk = chunk.map_err(Unread::Broken)?;
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

fn unread(error: Unread, status: StatusCode, headers: &HeaderMap) -> Failed {
    match error {
        Unread::TooLarge(max) => {
            Failed::never(too_large(max).with_response(status, headers.clone(), Bytes::new(), &[]))
        }
        Unread::Broken(error) => broken(error, false),
    }
}

pub(crate) fn too_large(max: u64) -> Error {
    Error::new(ErrorKind::TooLarge, format!("the answer is larger than {max} bytes"))
}

fn broken(error: TransportError, before_head: bool) -> Failed {
    let verdict = match error.kind() {
        TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout if before_head => {
            Verdict::Safe
        }
        TransportErrorKind::Tls
        | TransportErrorKind::RequestBody
        | TransportErrorKind::Malformed => Verdict::Never,
        _ => Verdict::Unsafe,
    };
    Failed { error: crate::error::from_transport(error), verdict, answer: None }
}
