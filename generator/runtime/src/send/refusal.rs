//! Answers that are no success.

use crate::auth::Secret;
use crate::call::Draft;
use crate::error::{Error, ErrorKind};
use crate::redact::redact;
use crate::stall::{Limits, Stall};
use crate::transport::Body;
use crate::uri::Url;
use bytes::{Bytes, BytesMut};
use http::header::LOCATION;
use http::{HeaderMap, StatusCode};
use std::future::poll_fn;
use std::time::Duration;

/// Bytes of an error's body that are kept: 1 MiB.
const MAX_BODY: u64 = 1 << 20;

/// Limits for reading an error's body: silence, and the whole.
const SILENCE: Duration = Duration::from_secs(1);
const WHOLE: Duration = Duration::from_secs(5);

/// Reads as much of the body of an error as arrives soon and is allowed: the status says more than the rest.
pub(super) async fn body(body: &mut Body, max: u64, draft: &Draft) -> Bytes {
    let max = usize::try_from(max.min(MAX_BODY)).unwrap_or(usize::MAX);
    let timer = &draft.core.0.timer;
    let end = timer.now().checked_add(WHOLE);
    let deadline = [end, draft.deadline].into_iter().flatten().min();
    let mut stall = Stall::with(timer.clone(), Limits { idle: Some(SILENCE), deadline });
    let mut all = BytesMut::new();
    while let Some(Ok(chunk)) = poll_fn(|cx| stall.poll(body, cx)).await {
        let room = max - all.len();
        all.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if all.len() == max {
            break;
        }
    }
    all.freeze()
}

pub(crate) fn error(
    status: StatusCode,
    headers: &HeaderMap,
    body: &Bytes,
    secrets: &[Secret],
    url: &str,
) -> Error {
    let error = match target(status, headers, url) {
        // Secrets are taken out before the rest is cut.
        Some(host) => Error::new(
            ErrorKind::Redirect,
            format!(
                "status {}: the server points to `{:.200}`, which is not followed",
                status.as_u16(),
                redact(host, secrets)
            ),
        ),
        None => Error::new(ErrorKind::Status, format!("status {status}")),
    };
    error.with_response(status, headers.clone(), body.clone(), secrets)
}

/// The host that a redirect names.
fn target(status: StatusCode, headers: &HeaderMap, url: &str) -> Option<String> {
    if !matches!(status.as_u16(), 300..=303 | 305..=308) {
        return None;
    }
    let location = headers.get(LOCATION).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let target = Url::parse(url).and_then(|base| base.join(location));
    Some(target.map_or_else(|| "nowhere".to_owned(), |it| it.host().to_owned()))
}
