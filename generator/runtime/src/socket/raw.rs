//! A message as it is on the wire.

use crate::codec::{
    Decode, DecodeError, DecodedAs, Encode, EncodeError, Path, ReadAs, from_slice, property, to_vec,
};
use bytes::Bytes;
use std::fmt;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

/// A message as it is on the wire: text or bytes. Cloning it copies nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct RawMessage(MessageData);

#[derive(Clone, PartialEq, Eq)]
enum MessageData {
    Text(Utf8Bytes),
    Binary(Bytes),
}

impl RawMessage {
    /// A message of text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self(MessageData::Text(text.into().into()))
    }

    /// A message of bytes.
    #[must_use]
    pub fn binary(bytes: impl Into<Bytes>) -> Self {
        Self(MessageData::Binary(bytes.into()))
    }

    /// A message of text that holds a value as JSON.
    ///
    /// # Errors
    /// A value that cannot be written.
    pub fn json(value: &dyn Encode) -> Result<Self, EncodeError> {
        let bytes = Bytes::from(to_vec(value)?);
        let text = Utf8Bytes::try_from(bytes).map_err(|it| EncodeError(it.to_string()))?;
        Ok(Self(MessageData::Text(text)))
    }

    /// A message of text that holds a value which is a string, without quotes.
    ///
    /// # Errors
    /// A value that cannot be written, or that is no string.
    pub fn bare_text(value: &dyn Encode) -> Result<Self, EncodeError> {
        let json = to_vec(value)?;
        let text: Result<String, _> = from_slice(&json);
        text.map(Self::text).map_err(|_| EncodeError("it is no string".to_owned()))
    }

    /// The text, unless it is a message of bytes.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.0 {
            MessageData::Text(text) => Some(text.as_str()),
            MessageData::Binary(_) => None,
        }
    }

    /// The bytes, unless it is a message of text.
    #[must_use]
    pub fn as_binary(&self) -> Option<&Bytes> {
        match &self.0 {
            MessageData::Text(_) => None,
            MessageData::Binary(bytes) => Some(bytes),
        }
    }

    /// The bytes of the message, whatever it is.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        match &self.0 {
            MessageData::Text(text) => text.clone().into(),
            MessageData::Binary(bytes) => bytes.clone(),
        }
    }

    /// The number of bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            MessageData::Text(text) => text.as_str().len(),
            MessageData::Binary(bytes) => bytes.len(),
        }
    }

    /// True if there are no bytes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Reads JSON, which some servers send in messages of bytes. Texts of a type that has some need no quotes.
    ///
    /// # Errors
    /// A message that is not JSON or does not fit the type.
    pub fn read<T: Decode>(&self) -> Result<T, DecodeError> {
        match &self.0 {
            MessageData::Text(text) => T::from_text(text.as_str()),
            MessageData::Binary(bytes) => from_slice(bytes),
        }
    }

    /// Reads JSON by a codec.
    ///
    /// # Errors
    /// Those of [`read`](Self::read).
    pub fn read_as<C: ReadAs<T>, T: Send>(&self) -> Result<T, DecodeError> {
        self.read::<DecodedAs<C, T>>().map(DecodedAs::into_value)
    }

    /// Refuses the message: no row of a [`messages!`](crate::messages!) fits.
    ///
    /// # Errors
    /// Always.
    pub fn unexpected<T>(&self) -> Result<T, DecodeError> {
        let kind = if self.as_text().is_some() { "text" } else { "bytes" };
        let message = format!("a message of {kind} is not declared here");
        Err(DecodeError::new(Path::default(), message))
    }

    /// The value of a property as JSON text, if the message is an object that has it.
    pub(super) fn property(&self, name: &str) -> Option<&str> {
        match &self.0 {
            MessageData::Text(text) => property(text.as_str().as_bytes(), name),
            MessageData::Binary(bytes) => property(bytes, name),
        }
    }
}

impl From<RawMessage> for Message {
    fn from(raw: RawMessage) -> Self {
        match raw.0 {
            MessageData::Text(text) => Self::Text(text),
            MessageData::Binary(bytes) => Self::Binary(bytes),
        }
    }
}

/// Data as it came; `None` for what only keeps the connection going.
pub(super) fn data(message: Message) -> Option<RawMessage> {
    match message {
        Message::Text(text) => Some(RawMessage(MessageData::Text(text))),
        Message::Binary(bytes) => Some(RawMessage(MessageData::Binary(bytes))),
        Message::Ping(_) | Message::Pong(_) | Message::Close(_) | Message::Frame(_) => None,
    }
}

/// Messages may hold what is private: only their size is shown.
impl fmt::Debug for RawMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.as_text().is_some() { "text" } else { "binary" };
        f.debug_struct("RawMessage").field("kind", &kind).field("bytes", &self.len()).finish()
    }
}
