//! An item of a stream, with what its frame says of it.

use super::Frame;
use crate::codec::{Encode, Sink};
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::time::Duration;

/// An item of a stream: it dereferences to its data, and has the name, id and waiting time from the
/// server.
///
/// A line has neither a name nor an id.
#[derive(Clone, Debug)]
pub struct Event<T> {
    item: T,
    frame_name: Option<String>,
    frame_id: Option<String>,
    frame_retry: Option<Duration>,
}

impl<T> Event<T> {
    pub(super) fn new(item: T, frame: Frame) -> Self {
        let Frame { name, id, retry, .. } = frame;
        Self { item, frame_name: name, frame_id: id, frame_retry: retry }
    }

    /// The data.
    pub fn data(&self) -> &T {
        &self.item
    }

    /// The data.
    pub fn into_data(self) -> T {
        self.item
    }

    /// The name of the event, where it has one (`event:`).
    pub fn event(&self) -> Option<&str> {
        self.frame_name.as_deref()
    }

    /// The id of the event, where it has one of its own (`id:`).
    pub fn id(&self) -> Option<&str> {
        self.frame_id.as_deref()
    }

    /// The time that the server asks to wait before connecting again (`retry:`).
    pub fn retry(&self) -> Option<Duration> {
        self.frame_retry
    }
}

impl<T> Deref for Event<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.item
    }
}

impl<T> DerefMut for Event<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.item
    }
}

/// An event is equal to what its data is equal to.
impl<T: PartialEq<U>, U: ?Sized> PartialEq<U> for Event<T> {
    fn eq(&self, other: &U) -> bool {
        self.item == *other
    }
}

impl<T: fmt::Display> fmt::Display for Event<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.item.fmt(f)
    }
}

/// An event is written as its data.
impl<T: Encode> Encode for Event<T> {
    fn encode(&self, sink: &mut dyn Sink) {
        self.item.encode(sink);
    }
}
