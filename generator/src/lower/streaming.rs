//! Streams of which a document says nothing but by extensions, and those that client.yaml names.

use super::accept::ContentEntry;
use super::event::{Frames, carried_by, items_of};
use super::media::Media;
use super::schema::schema;
use super::terminals::Switch;
use super::{LowerCx, response};
use crate::config::{StreamFormat, StreamOf};
use crate::diag::{NOT_EXPRESSED, STALE_CLIENT, SourceId};
use crate::ir::{ItemFraming, Scalar, Success, Type};
use crate::load::{NodeRef, Reported};

/// The words about the stream of an operation.
pub(super) struct StreamHint<'a> {
    /// Nothing where only a flag is named.
    format: Option<StreamFormat>,
    /// The schema of an item, where it is not that of the response.
    item: Option<NodeRef<'a>>,
    /// The schema of the response that is no stream.
    whole: Option<NodeRef<'a>>,
    flag: Option<String>,
    sentinels: Vec<String>,
    /// The entry of client.yaml.
    entry: Option<&'a StreamOf>,
}

/// The extensions that say how an operation streams.
const FERN: &str = "x-fern-streaming";
const SPEAKEASY: &str = "x-speakeasy-stream-request-field";

/// The words of client.yaml about the stream of an operation, else those of an extension.
pub(super) fn hint<'a>(cx: &mut LowerCx<'a>, operation: &NodeRef<'a>) -> Option<StreamHint<'a>> {
    if let Some(it) = cx.client.streams.operations.iter().find(|it| it.target == operation.at) {
        // It goes before the extensions.
        for it in [FERN, SPEAKEASY].iter().filter_map(|key| operation.child(key)) {
            it.pass_over();
        }
        return Some(of_client(cx, it));
    }
    of_fern(cx, operation).or_else(|| of_speakeasy(operation))
}

fn of_client<'a>(cx: &mut LowerCx<'a>, it: &'a StreamOf) -> StreamHint<'a> {
    let item = it.item.as_ref().map(|at| {
        let found = cx.document.at(at);
        if found.is_none() {
            let message = format_args!("`{at}` is no place in the document");
            cx.sink.report_in(SourceId::Client, &STALE_CLIENT, &it.at.child("item"), message);
        }
        found
    });
    StreamHint {
        format: Some(it.format),
        item: item.flatten(),
        whole: None,
        flag: it.flag.clone(),
        sentinels: it.sentinels.clone(),
        entry: Some(it),
    }
}

/// `x-fern-streaming`: `true`, or what the stream is made of.
fn of_fern<'a>(cx: &mut LowerCx<'a>, operation: &NodeRef<'a>) -> Option<StreamHint<'a>> {
    let hint = StreamHint {
        format: Some(StreamFormat::Lines),
        item: None,
        whole: None,
        flag: None,
        sentinels: Vec::new(),
        entry: None,
    };
    if let Some(streams) = operation.boolean(FERN) {
        return streams.then_some(hint);
    }
    let it = operation.child(FERN).filter(NodeRef::is_object)?;
    it.use_it();
    if let Some(docs) = it.child("stream-description") {
        docs.pass_over();
    }
    let format = match it.text("format") {
        None | Some("json") => StreamFormat::Lines,
        Some("sse") => StreamFormat::Events,
        Some(other) => {
            let message = format_args!("streams of the format `{other}` are not known");
            cx.sink.report(&NOT_EXPRESSED, &it.at.child("format"), message);
            return None;
        }
    };
    let flag = it.text("stream-condition").and_then(|it| it.strip_prefix("$request."));
    Some(StreamHint {
        format: Some(format),
        item: it.child("response-stream"),
        whole: it.child("response"),
        flag: flag.map(|it| it.trim_start_matches("body.").to_owned()),
        sentinels: it.text("terminator").map(str::to_owned).into_iter().collect(),
        ..hint
    })
}

/// `x-speakeasy-stream-request-field`: what asks for the stream.
fn of_speakeasy<'a>(operation: &NodeRef<'a>) -> Option<StreamHint<'a>> {
    let flag = operation.text(SPEAKEASY)?.to_owned();
    let (item, whole, entry) = (None, None, None);
    Some(StreamHint { format: None, item, whole, flag: Some(flag), sentinels: Vec::new(), entry })
}

/// Texts that end the streams of a response, by `x-speakeasy-sse-sentinel` of its media types.
pub(super) fn sentinel<'a>(entry: &NodeRef<'a>) -> Option<&'a str> {
    entry.text("x-speakeasy-sse-sentinel")
}

/// Tells that what is to ask for the stream is neither property nor parameter.
pub(super) fn check<'a>(
    cx: &mut LowerCx<'a>,
    operation: &NodeRef<'a>,
    hint: Option<&StreamHint<'a>>,
    switch: Option<&Switch>,
) {
    let Some(hint) = hint else { return };
    let is_another = |it: &&str| switch.is_none_or(|found| !found.is(it));
    let Some(flag) = hint.flag().filter(is_another) else { return };
    let message =
        format_args!("`{flag}` is no flag of the body or a parameter that could ask for a stream");
    match hint.entry {
        Some(entry) => {
            let at = entry.at.child("flag");
            cx.sink.report_in(SourceId::Client, &STALE_CLIENT, &at, message);
        }
        None => {
            cx.sink.report(&NOT_EXPRESSED, &operation.at, message);
        }
    }
}

impl<'a> StreamHint<'a> {
    /// The property or parameter that asks for the stream.
    pub(super) fn flag(&self) -> Option<&str> {
        self.flag.as_deref()
    }

    pub(super) fn sentinels(&self) -> &[String] {
        &self.sentinels
    }

    /// The stream beside or in the place of what an entry of `content` declares, and its media type.
    pub(super) fn stream(
        &self,
        cx: &mut LowerCx<'a>,
        (kind, mime, entry): &ContentEntry<'a>,
    ) -> Result<Option<(Success, &'a str)>, Reported> {
        let is_told = self.entry.is_some() || *kind == Media::Json;
        let Some(format) = self.format.filter(|_| is_told) else { return Ok(None) };
        let item = self.item.clone();
        let line = |cx: &mut LowerCx<'a>| match &item {
            Some(it) => Ok(schema(cx, it)?.whole()),
            None => response::entry_type(cx, entry),
        };
        let response = match format {
            StreamFormat::Events => {
                Success::Events(match item.clone().or_else(|| entry.child("schema")) {
                    Some(it) => carried_by(cx, &it, &Frames::default())?,
                    None => Type::Scalar(Scalar::Text),
                })
            }
            StreamFormat::Lines => Success::Lines(line(cx)?, ItemFraming::Lines),
            StreamFormat::Json => Success::Lines(line(cx)?, ItemFraming::Values),
            StreamFormat::Array => {
                let whole = entry.child("schema");
                let own = whole.and_then(|it| items_of(cx, &it));
                let ty = match item.clone().or(own) {
                    Some(it) => schema(cx, &it)?.whole(),
                    None => Type::Json,
                };
                Success::Lines(ty, ItemFraming::Array)
            }
            StreamFormat::Text => Success::Lines(Type::Scalar(Scalar::Text), ItemFraming::Text),
        };
        let accept = match format {
            StreamFormat::Events => "text/event-stream",
            StreamFormat::Lines | StreamFormat::Json | StreamFormat::Array | StreamFormat::Text => {
                mime
            }
        };
        Ok(Some((response, accept)))
    }

    /// True if the stream is one of two kinds of response, and not the only one.
    pub(super) fn is_beside(&self) -> bool {
        let always_whole = matches!(self.format, Some(StreamFormat::Array | StreamFormat::Text));
        self.flag.is_some() || always_whole
    }

    /// The type of the response that is no stream, where it is said apart.
    pub(super) fn whole(&self, cx: &mut LowerCx<'a>) -> Result<Option<Success>, Reported> {
        let Some(it) = &self.whole else { return Ok(None) };
        Ok(Some(Success::Json(schema(cx, it)?.whole())))
    }
}
