//! The plan of a response: how it is asked for, and how it is read.

use super::PlanCx;
use super::imports::Imports;
use super::rust_type::{RustType, WireType};
use crate::ir::{ErrorCase, Id, ItemFraming, Messages, Operation, Setting, Success, TypeDef};
use crate::name::RustIdent;

/// A kind of response of an operation.
#[derive(Debug)]
pub(crate) struct ResponsePlan<'a> {
    pub(crate) format: FormatPlan<'a>,
    /// The media types that ask for it.
    pub(crate) accept: &'a str,
    /// The flag or word that asks for it.
    pub(crate) setting: Option<&'a Setting>,
    /// The method of the builder that sends the call for it.
    pub(crate) method: &'static str,
}

/// The format of a response.
#[derive(Debug)]
pub(crate) enum FormatPlan<'a> {
    Nothing,
    Json(WireType),
    Text,
    Bytes,
    /// Server-sent events.
    Events(WireType),
    /// Items one after another.
    Lines(WireType, ItemFraming),
    /// One of several, told apart by status.
    Outcome(Id<TypeDef>),
    /// A socket that stays open: the messages that are sent, and received.
    Socket([MessagesPlan<'a>; 2]),
}

/// The messages of one direction of a socket.
#[derive(Debug)]
pub(crate) struct MessagesPlan<'a> {
    pub(crate) json: Option<WireType>,
    /// Text frames that are plain text, not JSON.
    pub(crate) words: Option<RustType>,
    pub(crate) binary: bool,
    /// The enum of the frames, where there are several kinds.
    pub(crate) frames: Option<&'a RustIdent>,
}

/// An error response that the document declares.
#[derive(Debug)]
pub(crate) struct ErrorPlan<'a> {
    pub(crate) status: &'a str,
    pub(crate) body: Option<WireType>,
    pub(crate) docs: Option<&'a str>,
}

/// The plan of the response that `send` gives.
pub(super) fn usual(cx: PlanCx<'_>, id: Id<Operation>) -> ResponsePlan<'_> {
    let operation = &cx.api.operations[id];
    let format = format(cx, id, &operation.success);
    ResponsePlan {
        method: if matches!(format, FormatPlan::Socket(_)) { "connect" } else { "send" },
        format,
        accept: operation.accept.as_deref().unwrap_or("application/json"),
        setting: operation.setting.as_ref(),
    }
}

/// The plans of the other kinds of response that a call can ask for.
pub(super) fn others(cx: PlanCx<'_>, id: Id<Operation>) -> Vec<ResponsePlan<'_>> {
    let terminals = cx.api.operations[id].terminals.iter().map(|it| {
        let format = format(cx, id, &it.response);
        let method = it.method();
        ResponsePlan { format, accept: &it.accept, setting: it.setting.as_ref(), method }
    });
    terminals.collect()
}

fn format<'a>(cx: PlanCx<'a>, id: Id<Operation>, it: &'a Success) -> FormatPlan<'a> {
    match it {
        Success::Nothing => FormatPlan::Nothing,
        Success::Json(ty) => FormatPlan::Json(WireType::of(cx, ty)),
        Success::Text => FormatPlan::Text,
        Success::Bytes => FormatPlan::Bytes,
        Success::Events(ty) => FormatPlan::Events(WireType::of(cx, ty)),
        Success::Lines(_, ItemFraming::Text) => {
            let line = WireType { ty: RustType::Text, codec: None };
            FormatPlan::Lines(line, ItemFraming::Text)
        }
        Success::Lines(ty, framing) => FormatPlan::Lines(WireType::of(cx, ty), *framing),
        Success::Outcome(id) => FormatPlan::Outcome(*id),
        Success::Socket(it) => {
            let frames = cx.names.operation(id).frames.as_ref();
            let one = |index: usize, it| messages(cx, it, frames.map(|it| &it[index]));
            FormatPlan::Socket([one(0, &it.sent), one(1, &it.received)])
        }
    }
}

fn messages<'a>(
    cx: PlanCx<'a>,
    it: &'a Messages,
    frames: Option<&'a RustIdent>,
) -> MessagesPlan<'a> {
    let json = it.json.as_ref().map(|it| WireType::of(cx, it));
    let words = it.words.as_ref().map(|it| RustType::of(cx, it));
    let is_coded = json.as_ref().is_some_and(|it| it.codec.is_some());
    let is_mixed = words.is_some() || is_coded || (it.binary && json.is_some());
    MessagesPlan { json, words, binary: it.binary, frames: frames.filter(|_| is_mixed) }
}

/// The plan of an error response.
pub(super) fn error<'a>(cx: PlanCx<'a>, it: &'a ErrorCase) -> ErrorPlan<'a> {
    let body = it.ty.as_ref().map(|it| WireType::of(cx, it));
    ErrorPlan { status: &it.status, body, docs: it.docs.as_deref() }
}

impl FormatPlan<'_> {
    /// The type of the one value, or of each item.
    pub(crate) fn wire_type(&self) -> Option<&WireType> {
        match self {
            Self::Json(it) | Self::Events(it) | Self::Lines(it, _) => Some(it),
            Self::Nothing | Self::Text | Self::Bytes | Self::Outcome(_) | Self::Socket(_) => None,
        }
    }
}

impl ResponsePlan<'_> {
    /// Notes the names in the type of the response.
    pub(super) fn imports(&self, imports: &mut Imports) {
        match &self.format {
            FormatPlan::Json(it) | FormatPlan::Events(it) | FormatPlan::Lines(it, _) => {
                imports.wire_type(it);
            }
            FormatPlan::Outcome(id) => {
                imports.types.insert(*id);
            }
            FormatPlan::Socket(both) => {
                for it in both {
                    it.json.iter().for_each(|it| imports.wire_type(it));
                    it.words.iter().for_each(|it| imports.ty(it));
                }
            }
            FormatPlan::Nothing | FormatPlan::Text | FormatPlan::Bytes => {}
        }
    }
}
