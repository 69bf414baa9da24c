//! Events of sockets, under feature `tracing`: neither messages nor the values of parameters are recorded.

use super::link::Link;

#[cfg(feature = "tracing")]
pub(super) fn opened(link: &Link) {
    tracing::debug!(operation = link.operation, "socket opened");
}

#[cfg(feature = "tracing")]
pub(super) fn ended(link: &Link, sent: u64, received: u64) {
    use super::end::End;
    let (operation, end) = (link.operation, link.end.get());
    let code = match end {
        Some(End::Closed { code, .. }) => Some(*code),
        Some(End::Failed { .. }) | None => None,
    };
    if end.is_none_or(End::is_normal) {
        tracing::debug!(operation, sent, received, code, "socket closed");
    } else {
        let kind = end.map(|it| link.error_of(it).kind());
        tracing::warn!(operation, sent, received, code, ?kind, "socket failed");
    }
}

#[cfg(not(feature = "tracing"))]
pub(super) fn opened(_: &Link) {}

#[cfg(not(feature = "tracing"))]
pub(super) fn ended(_: &Link, _: u64, _: u64) {}
