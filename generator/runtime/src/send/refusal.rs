//! Answers that are no success.

use crate::auth::Secret;
use crate::error::{Error, ErrorKind};
use crate::transport::Body;
use bytes::{Bytes, BytesMut};
use http::header::LOCATION;
use http::{HeaderMap, StatusCode};
use url::Url;

/// Bytes of an error's body that are kept: 1 MiB.
const MAX_BODY: u64 = 1 << 20;

/// Reads as much of the body of an error as arrives and is allowed; the rest is no news.
pub(super) async fn body(body: &mut Body, max: u64) -> Bytes {
    let max = usize::try_from(max.min(MAX_BODY)).unwrap_or(usize::MAX);
    let mut all = BytesMut::new();
    while let Some(Ok(chunk)) = body.chunk().await {
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
        Some(host) => Error::new(
            ErrorKind::Redirect,
            format!(
                "status {}: the server points to `{host:.200}`, which is not followed",
                status.as_u16()
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
    let target = Url::parse(url).and_then(|base| base.join(location)).ok();
    Some(
        target
            .and_then(|it| it.host_str().map(str::to_owned))
            .unwrap_or_else(|| "nowhere".to_owned()),
    )
}
