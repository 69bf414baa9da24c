//! Answers that are no success.

use crate::call::RequestParts;
use crate::timeouts::{TimeLimits, TimeoutWatch};
use crate::transport::Body;
use bytes::{Bytes, BytesMut};
use std::future::poll_fn;
use std::time::Duration;

/// Bytes of an error's body that are kept: 1 MiB.
const MAX_BODY: u64 = 1 << 20;

/// Limits for reading an error's body: silence, and the whole.
const SILENCE: Duration = Duration::from_secs(1);
const WHOLE: Duration = Duration::from_secs(5);

/// Reads as much of the body of an error as arrives soon and is allowed: the status says more than the rest.
pub(super) async fn read(body: &mut Body, max: u64, call: &RequestParts) -> Bytes {
    let max = usize::try_from(max.min(MAX_BODY)).unwrap_or(usize::MAX);
    let timer = &call.core.0.timer;
    let end = timer.now().checked_add(WHOLE);
    let deadline = [end, call.deadline].into_iter().flatten().min();
    let mut watch = TimeoutWatch::with(timer.clone(), TimeLimits { idle: Some(SILENCE), deadline });
    let mut all = BytesMut::new();
    while let Some(Ok(chunk)) = poll_fn(|cx| watch.poll(body, cx)).await {
        let room = max - all.len();
        all.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if all.len() == max {
            break;
        }
    }
    all.freeze()
}
