//! Conversion between types and messages.

use super::raw::RawMessage;
use crate::codec::{Decode, DecodeError, Encode, EncodeError};
use bytes::Bytes;

/// A type that can be sent over a socket: any type that is JSON, bytes, and the enums of [`messages!`](crate::messages!).
pub trait SendMessage {
    /// Writes the message.
    ///
    /// # Errors
    /// A value that cannot be written.
    fn to_raw(&self) -> Result<RawMessage, EncodeError>;
}

/// A type that can be received: any type that is JSON, bytes, and the enums of [`messages!`](crate::messages!).
pub trait ReceiveMessage: Sized {
    /// Reads a message.
    ///
    /// # Errors
    /// A message of another type.
    fn from_raw(raw: &RawMessage) -> Result<Self, DecodeError>;
}

impl<T: Encode> SendMessage for T {
    fn to_raw(&self) -> Result<RawMessage, EncodeError> {
        RawMessage::json(self)
    }
}

impl<T: Decode> ReceiveMessage for T {
    fn from_raw(raw: &RawMessage) -> Result<Self, DecodeError> {
        raw.read()
    }
}

impl SendMessage for Bytes {
    fn to_raw(&self) -> Result<RawMessage, EncodeError> {
        Ok(RawMessage::binary(self.clone()))
    }
}

impl ReceiveMessage for Bytes {
    fn from_raw(raw: &RawMessage) -> Result<Self, DecodeError> {
        raw.as_binary().cloned().map_or_else(|| raw.unexpected(), Ok)
    }
}

impl SendMessage for RawMessage {
    fn to_raw(&self) -> Result<RawMessage, EncodeError> {
        Ok(self.clone())
    }
}

impl ReceiveMessage for RawMessage {
    fn from_raw(raw: &RawMessage) -> Result<Self, DecodeError> {
        Ok(raw.clone())
    }
}
