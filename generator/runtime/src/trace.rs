//! A span per call and an event per retry, under feature `tracing`.
//!
//! Names are those of OpenTelemetry's HTTP client conventions. Keys, bodies and values of
//! parameters are not recorded: the path is the template.

use crate::call::RequestParts;
use crate::error::{Error, Result};
use crate::response::ReceivedResponse;
use std::time::Duration;

#[cfg(feature = "tracing")]
pub(crate) struct Span(tracing::Span);

#[cfg(feature = "tracing")]
impl Span {
    pub(crate) fn new(call: &RequestParts) -> Self {
        let shared = &*call.core.0;
        let server = crate::uri::Url::parse(&shared.server.base);
        let (host, port) =
            server.as_ref().map_or((None, None), |it| (Some(it.host()), Some(it.port_or_usual())));
        // The path of a caller is no template: it holds values.
        let template = (!call.operation.custom).then_some(&*call.template);
        Self(tracing::info_span!(
            "http.client",
            otel.name = call.operation.id,
            otel.kind = "client",
            http.request.method = call.method.as_str(),
            url.template = template,
            server.address = host,
            server.port = port,
            rpc.service = shared.service.name,
            http.response.status_code = tracing::field::Empty,
            http.request.resend_count = tracing::field::Empty,
            error.type = tracing::field::Empty,
        ))
    }

    pub(crate) async fn around<T>(&self, work: impl Future<Output = T>) -> T {
        use tracing::Instrument as _;
        work.instrument(self.0.clone()).await
    }

    pub(crate) fn retry(&self, attempt: usize, delay: Duration, error: &Error) {
        let delay = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
        let status = error.status().map(|it| it.as_u16());
        tracing::warn!(parent: &self.0, attempt, delay_ms = delay, status, kind = ?error.kind(), "trying again");
    }

    pub(crate) fn end(&self, result: &Result<ReceivedResponse>) {
        let (status, resent) = match result {
            Ok(response) => (Some(response.parts.status), response.attempts.len()),
            Err(error) => (error.status(), error.attempts().len().saturating_sub(1)),
        };
        self.0.record("http.response.status_code", status.map(|it| it.as_u16()));
        self.0.record("http.request.resend_count", resent);
        if let Err(error) = result {
            self.0.record("error.type", tracing::field::debug(error.kind()));
        }
    }
}

#[cfg(not(feature = "tracing"))]
pub(crate) struct Span;

#[cfg(not(feature = "tracing"))]
#[expect(clippy::unused_self, reason = "the same calls as with tracing")]
impl Span {
    pub(crate) fn new(_: &RequestParts) -> Self {
        Self
    }

    pub(crate) fn around<T>(&self, work: impl Future<Output = T>) -> impl Future<Output = T> {
        work
    }

    pub(crate) fn retry(&self, _: usize, _: Duration, _: &Error) {}

    pub(crate) fn end(&self, _: &Result<ReceivedResponse>) {}
}
