//! Room in the queue of received messages: a socket is read only while there is some.

use super::raw::RawMessage;
use crate::future::BoxFuture;
use std::mem;
use std::task::{Context, Poll};
use tokio::sync::mpsc::error::{SendError, TrySendError};
use tokio::sync::mpsc::{OwnedPermit, Sender};

pub(super) enum Room {
    Unknown(Sender<RawMessage>),
    Reserved(OwnedPermit<RawMessage>),
    Awaited(BoxFuture<'static, Result<OwnedPermit<RawMessage>, SendError<()>>>),
    /// Nobody receives any more: what arrives is dropped.
    Closed,
}

impl Room {
    /// Waits until the next message can be delivered, or nobody wants it.
    pub(super) fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            *self = match mem::replace(self, Self::Closed) {
                Self::Unknown(queue) => match queue.try_reserve_owned() {
                    Ok(permit) => Self::Reserved(permit),
                    Err(TrySendError::Full(queue)) => {
                        Self::Awaited(Box::pin(queue.reserve_owned()))
                    }
                    Err(TrySendError::Closed(_)) => Self::Closed,
                },
                Self::Awaited(mut permit) => match permit.as_mut().poll(cx) {
                    Poll::Ready(permit) => permit.map_or(Self::Closed, Self::Reserved),
                    Poll::Pending => {
                        *self = Self::Awaited(permit);
                        return Poll::Pending;
                    }
                },
                ready @ (Self::Reserved(_) | Self::Closed) => {
                    *self = ready;
                    return Poll::Ready(());
                }
            }
        }
    }

    pub(super) fn is_closed(&self) -> bool {
        matches!(self, Self::Closed)
    }

    /// Delivers a message for which there is room.
    pub(super) fn deliver(&mut self, message: RawMessage) {
        *self = match mem::replace(self, Self::Closed) {
            Self::Reserved(permit) => Self::Unknown(permit.send(message)),
            other @ (Self::Unknown(_) | Self::Awaited(_) | Self::Closed) => other,
        };
    }
}
