//! The items of streams: the schema of an item, and the data of an event where the document describes
//! the event itself (OpenAPI 3.2, "Sequential Media Types").

use super::event_kinds::{Carried, Data, EventKind, KindData, Outer};
use super::schema::{Lowered, schema};
use super::streaming::sentinel;
use super::through::{behind, each, items};
use super::{LowerCx, Memo, MemoKey, docs, origin, union};
use crate::diag::{Derived, NO_EFFECT, NOT_EXPRESSED, SpecPtr};
use crate::ir::{Docs, Scalar, Shape, Tag, Type, TypeDef, Union, Variant};
use crate::load::{NodeRef, Reported};
use std::collections::HashMap;

/// The text that ends a stream by convention: it is not JSON.
const DONE: &str = "[DONE]";

/// The number of references and `allOf` that may lie between an event and its fields.
pub(super) const MAX_DEPTH: u8 = 16;

/// The schema of the lines of what is else a file, which some documents give beside it.
const LINES: &str = "x-line-schema";

/// True if the items of a stream are described.
pub(super) fn has_lines(entry: &NodeRef<'_>) -> bool {
    let inside = entry.child("schema").is_some_and(|it| it.mentions(LINES));
    inside || entry.mentions("itemSchema")
}

/// The schema of an item of a stream. A list is the schema of the whole stream, whose items it has
/// (3.2, "Sequential Media Types").
fn item<'a>(cx: &mut LowerCx<'a>, entry: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    if let Some(item) = entry.child("itemSchema") {
        return Some(item);
    }
    let whole = entry.child("schema")?;
    if let Some(line) = whole.child(LINES) {
        frame(cx, &whole);
        cx.absorbed.extend(behind(cx, &whole, MAX_DEPTH));
        return Some(line);
    }
    Some(items_of(cx, &whole).unwrap_or(whole))
}

/// The type of a line.
pub(super) fn line<'a>(cx: &mut LowerCx<'a>, entry: &NodeRef<'a>) -> Result<Type, Reported> {
    match item(cx, entry) {
        Some(it) => Ok(schema(cx, &it)?.whole()),
        None => Ok(Type::Json),
    }
}

/// The type of what events carry as their data: any text, where nothing is said of it.
pub(super) fn carried<'a>(cx: &mut LowerCx<'a>, entry: &NodeRef<'a>) -> Result<Type, Reported> {
    let Some(item) = item(cx, entry) else { return Ok(Type::Scalar(Scalar::Text)) };
    carried_by(cx, &item, &Frames { of_event: entry.mentions("itemSchema"), end: sentinel(entry) })
}

/// The facts about the frames of events.
#[derive(Default)]
pub(super) struct Frames<'a> {
    /// True if the document states the schema as that of an event, so that it does not just describe the data of one.
    of_event: bool,
    /// The data that ends the stream.
    end: Option<&'a str>,
}

/// The items of a list.
pub(super) fn items_of<'a>(cx: &mut LowerCx<'a>, whole: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let item = items(cx, whole, MAX_DEPTH)?;
    frame(cx, whole);
    cx.absorbed.extend(behind(cx, whole, MAX_DEPTH));
    Some(item)
}

/// The type of what events carry by the schema of one.
pub(super) fn carried_by<'a>(
    cx: &mut LowerCx<'a>,
    item: &NodeRef<'a>,
    frames: &Frames<'a>,
) -> Result<Type, Reported> {
    // Several operations may share the media type.
    let at = item.at.derived(Derived::Data);
    let key = MemoKey::one(&at);
    if let Some(Memo::Known(known)) = cx.memo.get(&key) {
        return Ok(known.ty.clone());
    }
    let ty = data_of(cx, item, &at, frames)?;
    let is_any = match cx.types.behind(&ty) {
        Type::Nullable(inner) => *cx.types.behind(inner) == Type::Json,
        other => *other == Type::Json,
    };
    if is_any {
        cx.absorbed.extend(behind(cx, item, MAX_DEPTH));
    }
    let ty = if is_any { Type::Scalar(Scalar::Text) } else { ty };
    cx.remember(key, &Ok(Lowered { ty: ty.clone(), nullable: false }));
    Ok(ty)
}

fn data_of<'a>(
    cx: &mut LowerCx<'a>,
    item: &NodeRef<'a>,
    at: &SpecPtr,
    frames: &Frames<'a>,
) -> Result<Type, Reported> {
    let mut data = Data::of(frames.of_event);
    if !data.describe(cx, item, &Outer::nothing()) || data.kinds.is_empty() {
        return Ok(schema(cx, item)?.whole());
    }
    for spot in &data.taken {
        cx.absorbed.extend(behind(cx, spot, MAX_DEPTH));
        frame(cx, spot);
    }
    let sentinels = &cx.client.streams.sentinels;
    let ends = |word: &str| {
        word.trim() == DONE || frames.end == Some(word) || sentinels.iter().any(|it| it == word)
    };
    data.kinds.retain(|it| it.words.is_empty() || !it.words.iter().all(|it| ends(it)));
    if data.are_named_apart() {
        return by_name(cx, at, &data.kinds);
    }
    if data.text || data.json.is_empty() {
        if !data.json.is_empty() {
            let message = "some of these events carry text and some JSON: they are given as text";
            cx.sink.report(&NOT_EXPRESSED, &item.at, message);
        }
        return match data.json.is_empty() && data.words.is_empty() {
            true => text_of(cx, &data.texts),
            false => Ok(Type::Scalar(Scalar::Text)),
        };
    }
    for word in data.words.iter().filter(|it| !ends(it)) {
        let message = format_args!("`{word}` among events of JSON is read as an error");
        let help = "if it ends the stream, list it under `streams.sentinels` of client.yaml";
        cx.sink.report(&NOT_EXPRESSED, &item.at, message).help(help);
    }
    any_of(cx, at, &data.json)
}

/// Passes over what only makes a schema that of an event, or of a text that carries JSON.
fn frame<'a>(cx: &LowerCx<'a>, spot: &NodeRef<'a>) {
    const FRAME: &[&str] = &["type", "format", "required", "discriminator"];
    each(cx, spot, MAX_DEPTH, &mut |it| {
        FRAME.iter().filter_map(|key| it.child(key)).for_each(|it| it.pass_over());
    });
}

/// The type of texts: that of their schemas, if it says more of them and all have the same.
fn text_of<'a>(cx: &mut LowerCx<'a>, texts: &[NodeRef<'a>]) -> Result<Type, Reported> {
    let mut found = Vec::new();
    for it in texts {
        let ty = schema(cx, it)?.whole();
        let inner = match cx.types.behind(&ty) {
            Type::Nullable(inner) => cx.types.behind(inner),
            other => other,
        };
        let says_more = matches!(
            inner,
            Type::Scalar(
                Scalar::IntText(_)
                    | Scalar::Base64
                    | Scalar::Base64Url
                    | Scalar::Timestamp
                    | Scalar::External(_)
            )
        );
        found.extend(says_more.then_some(ty));
    }
    Ok(match &found[..] {
        [first, ..] if found.len() == texts.len() && found.iter().all(|it| it == first) => {
            first.clone()
        }
        _ => Type::Scalar(Scalar::Text),
    })
}

/// Tells of schemas of JSON within texts that no event carries: only there are they read.
pub(super) fn report_unread(cx: &mut LowerCx<'_>) {
    let at = SpecPtr::parse("/components/schemas");
    let Some(all) = cx.document.at(&at) else { return };
    let schemas = all.own_entries().map(|it| it.1);
    let schemas = schemas.flat_map(|it| it.items("allOf").chain([it.clone()]).collect::<Vec<_>>());
    let free = schemas.filter(|it| !cx.absorbed.contains(&it.at));
    for it in free.filter_map(|it| it.beyond().content_schema.schema()) {
        cx.sink.report(&NO_EFFECT, &it.at, "`contentSchema` has no effect on the client");
    }
}

/// The type of events that their names tell apart: an enum by name.
fn by_name<'a>(
    cx: &mut LowerCx<'a>,
    at: &SpecPtr,
    kinds: &[EventKind<'a>],
) -> Result<Type, Reported> {
    let mut variants = Vec::new();
    for kind in kinds {
        let ty = match &kind.data {
            KindData::Json(data) => schema(cx, data)?.whole(),
            KindData::Text(data) => text_of(cx, std::slice::from_ref(data))?,
        };
        variants.push(Variant {
            ty,
            tags: kind.names.iter().map(|it| (*it).into()).collect(),
            adds_tag: false,
            lacks_tag: false,
            wish: kind.names.first().map(|it| (*it).to_owned()),
            docs: docs::of(&kind.event),
            at: kind.event.at.clone(),
        });
    }
    let shape = Shape::Union(Union { tag: Tag::Event, variants });
    let (origin, at) = (origin::of(cx, at), at.clone());
    Ok(Type::Def(cx.define(TypeDef { origin, docs: Docs::default(), shape, wish: None, at })))
}

/// The type of JSON that is one of these, each with the name of its event.
fn any_of<'a>(cx: &mut LowerCx<'a>, at: &SpecPtr, json: &[Carried<'a>]) -> Result<Type, Reported> {
    let chosen: Vec<_> = json.iter().map(|it| it.data.clone()).collect();
    if let [one] = &chosen[..] {
        return Ok(schema(cx, one)?.whole());
    }
    let mut shape = union::any_of(cx, &chosen)?;
    match &mut shape {
        Shape::Alias(one) => return Ok(one.clone()),
        Shape::Union(it) => {
            let mut events = HashMap::new();
            for event in json {
                events.entry(&event.data.at).or_insert(event);
            }
            for variant in it.variants.iter_mut().filter(|it| it.tags.is_empty()) {
                let event = events.get(&variant.at);
                let name = event.and_then(|it| it.name()).map(str::to_owned);
                variant.wish = name.or(variant.wish.take());
            }
        }
        Shape::Struct(_) | Shape::Enum(_) | Shape::Outcome(_) | Shape::Broken => {}
    }
    let (origin, at) = (origin::of(cx, at), at.clone());
    Ok(Type::Def(cx.define(TypeDef { origin, docs: Docs::default(), shape, wish: None, at })))
}
