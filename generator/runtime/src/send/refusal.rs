//! Answers that are no success.

use crate::call::Draft;
use crate::stall::{Limits, Stall};
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
