//! Shows each response to the record of differences from the document.

use super::failed_attempt::FailedAttempt;
use crate::call::RequestParts;
use crate::response::{Content, ResponseParts};
use http::StatusCode;
use http::header::CONTENT_TYPE;

/// Notes where the response to an attempt differs from the document.
pub(super) fn note(call: &RequestParts, result: &Result<ResponseParts, FailedAttempt>) {
    let Some(drift) = &call.core.0.drift else { return };
    let response = match result {
        Ok(response) => Some(response),
        Err(failed) => failed.response.as_deref(),
    };
    // A request of the caller's own is described nowhere, and neither is a socket.
    let is_described = |it: &&ResponseParts| {
        !call.operation.custom && it.status != StatusCode::SWITCHING_PROTOCOLS
    };
    let Some(response) = response.filter(is_described) else { return };
    let body = match &response.content {
        Content::Bytes(bytes) => Some(&**bytes),
        Content::Stream(_) => None,
    };
    let media_type = response.headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let operation = (call.method.as_str(), &*call.template);
    drift.note(operation, response.status.as_u16(), media_type, body);
}
