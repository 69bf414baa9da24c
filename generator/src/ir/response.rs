//! The responses of an operation, of every kind that a call can ask for.

use super::{Id, Type, TypeDef};
use crate::diag::SpecPtr;
use serde_json::Value as Json;

#[derive(Clone, Debug)]
pub(crate) enum Success {
    Nothing,
    Json(Type),
    Text,
    Bytes,
    /// Server-sent events.
    Events(Type),
    /// Items one after another.
    Lines(Type, ItemFraming),
    /// One of several, told apart by status.
    Outcome(Id<TypeDef>),
    /// A socket that stays open.
    Socket(Socket),
}

/// The messages of a socket.
#[derive(Clone, Debug)]
pub(crate) struct Socket {
    pub(crate) sent: Messages,
    pub(crate) received: Messages,
}

/// The messages of one direction, by the frames that they come in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Messages {
    /// Text frames of JSON.
    pub(crate) json: Option<Type>,
    /// Text frames that are plain text, not JSON.
    pub(crate) words: Option<Type>,
    /// There are binary frames.
    pub(crate) binary: bool,
}

impl Messages {
    /// The types of messages.
    pub(crate) fn types(&self) -> impl Iterator<Item = &Type> {
        self.json.iter().chain(&self.words)
    }
}

/// The framing of the items of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemFraming {
    /// JSON, each on its line, or as records of a sequence.
    Lines,
    /// JSON, one value after another.
    Values,
    /// Items of an array that is written as they come.
    Array,
    /// Lines of text.
    Text,
}

/// Another kind of response than the one that `send` gives, and what asks for it.
#[derive(Clone, Debug)]
pub(crate) struct Terminal {
    pub(crate) response: Success,
    pub(crate) accept: String,
    pub(crate) setting: Option<Setting>,
}

impl Terminal {
    /// The method that sends the call for it.
    pub(crate) fn method(&self) -> &'static str {
        match self.response {
            Success::Events(_) => "send_events",
            Success::Lines(..) => "send_lines",
            Success::Bytes => "send_bytes",
            Success::Text => "send_text",
            Success::Nothing | Success::Json(_) | Success::Outcome(_) => "send",
            Success::Socket(_) => "connect",
        }
    }
}

/// A flag or word that asks for a kind of response.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub(crate) place: SettingPlace,
    pub(crate) name: String,
    pub(crate) value: Json,
    /// True if it is set even where the caller has set nothing.
    pub(crate) always: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SettingPlace {
    Body,
    Query,
    Header,
}

#[derive(Clone, Debug)]
pub(crate) struct OutcomeCase {
    /// `200`, `2XX` or `default`.
    pub(crate) status: String,
    pub(crate) body: OutcomeBody,
    pub(crate) docs: Option<String>,
    pub(crate) at: SpecPtr,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OutcomeBody {
    Nothing,
    Json(Type),
    Text,
    Bytes,
}

#[derive(Clone, Debug)]
pub(crate) struct ErrorCase {
    pub(crate) status: String,
    pub(crate) ty: Option<Type>,
    pub(crate) docs: Option<String>,
}
