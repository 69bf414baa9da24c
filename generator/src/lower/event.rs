//! What streams bring: the schema of an item, and what an event carries where the document describes
//! the event itself (OpenAPI 3.2, "Sequential Media Types").

use super::merge::{choices, property, property_names};
use super::origin::only_value;
use super::schema::{Lowered, schema};
use super::{Cx, Memo, MemoKey, origin, response, union};
use crate::diag::{NOT_EXPRESSED, SpecPtr};
use crate::ir::{Docs, Scalar, Shape, Type, TypeDef};
use crate::load::{Node, Refused, Spot};
use std::collections::HashSet;

/// The fields of an event (HTML, "Server-sent events").
const FIELDS: &[&str] = &["data", "event", "id", "retry"];

/// Where the schema of JSON within a text travels.
const CARRIED: &str = "x-ir-content-schema";

/// How many references and `allOf` may lie between an event and its fields.
const DEPTH: u8 = 16;

/// How many events one stream may have.
const MOST: usize = 256;

/// The type of a line.
pub(super) fn line<'a>(cx: &mut Cx<'a>, entry: &Spot<'a>) -> Result<Type, Refused> {
    match entry.child("itemSchema") {
        Some(it) => Ok(schema(cx, &it)?.whole()),
        None => response::entry_type(cx, entry),
    }
}

/// The type of what events carry as their data.
pub(super) fn carried<'a>(cx: &mut Cx<'a>, entry: &Spot<'a>) -> Result<Type, Refused> {
    let Some(item) = entry.child("itemSchema") else { return response::entry_type(cx, entry) };
    // Several operations may share the media type.
    let at = item.at.child("x-ir-data");
    let key = MemoKey::one(&at);
    if let Some(Memo::Known(known)) = cx.memo.get(&key) {
        return Ok(known.ty.clone());
    }
    let ty = data_of(cx, &item, &at)?;
    cx.remember(key, &Ok(Lowered { ty: ty.clone(), nullable: false }));
    Ok(ty)
}

fn data_of<'a>(cx: &mut Cx<'a>, item: &Spot<'a>, at: &SpecPtr) -> Result<Type, Refused> {
    let mut data = Data::default();
    if !data.describe(cx, item, &Outer::default()) {
        return Ok(schema(cx, item)?.whole());
    }
    if data.text || data.json.is_empty() {
        if !data.json.is_empty() {
            let message = "some of these events carry text and some JSON: they are given as text";
            cx.sink.report(&NOT_EXPRESSED, &item.at, message);
        }
        return Ok(Type::Scalar(Scalar::Text));
    }
    let sentinels = &cx.client.streams.sentinels;
    for word in data.words.iter().filter(|it| !sentinels.iter().any(|known| known == *it)) {
        let message = format_args!("`{word}` among events of JSON is read as an error");
        let help = "if it ends the stream, list it under `streams.sentinels` of client.yaml";
        cx.sink.report(&NOT_EXPRESSED, &item.at, message).help(help);
    }
    any_of(cx, at, &data.json)
}

/// The type of JSON that is one of these, each with the name of its event.
fn any_of<'a>(
    cx: &mut Cx<'a>,
    at: &SpecPtr,
    json: &[(Option<&'a str>, Spot<'a>)],
) -> Result<Type, Refused> {
    let chosen: Vec<_> = json.iter().map(|it| it.1.clone()).collect();
    if let [one] = &chosen[..] {
        return Ok(schema(cx, one)?.whole());
    }
    let mut shape = union::any_of(cx, &chosen)?;
    match &mut shape {
        Shape::Alias(one) => return Ok(one.clone()),
        Shape::Union(it) => {
            for variant in it.variants.iter_mut().filter(|it| it.tags.is_empty()) {
                let event = json.iter().find(|(_, spot)| spot.at == variant.at);
                variant.wish = event.and_then(|it| it.0.map(str::to_owned)).or(variant.wish.take());
            }
        }
        Shape::Struct(_) | Shape::Enum(_) | Shape::Outcome(_) | Shape::Broken => {}
    }
    let (origin, at) = (origin::of(cx, at), at.clone());
    Ok(Type::Def(cx.define(TypeDef { origin, docs: Docs::default(), shape, wish: None, at })))
}

/// What the data of events is.
#[derive(Default)]
struct Data<'a> {
    /// The schemas of JSON in it, and what their events are called.
    json: Vec<(Option<&'a str>, Spot<'a>)>,
    /// Texts that are all there can be.
    words: Vec<&'a str>,
    /// Whether it is any text.
    text: bool,
    /// The schemas that were looked at.
    seen: HashSet<SpecPtr>,
}

/// What is said of an event around the choice that it is one of.
#[derive(Default)]
struct Outer<'a> {
    data: Option<Spot<'a>>,
    /// Whether it has the fields of an event, and not just one that JSON could have as well.
    named: bool,
}

impl<'a> Data<'a> {
    /// Whether a schema describes an event; adds what its data is. What `outer` says holds where a
    /// choice says nothing.
    fn describe(&mut self, cx: &Cx<'a>, spot: &Spot<'a>, outer: &Outer<'a>) -> bool {
        if !self.seen.insert(spot.at.clone()) {
            return true;
        }
        if self.seen.len() > MOST {
            return false;
        }
        let names = property_names(cx, spot, DEPTH);
        let fields = names.iter().map(String::as_str);
        let named = fields.clone().any(|it| matches!(it, "event" | "retry"))
            || (!names.is_empty() && fields.clone().all(|it| FIELDS.contains(&it)));
        let own = property(cx, spot, "data", DEPTH);
        let carries = own.iter().find(|it| it.child(CARRIED).is_some());
        let data = carries.or(own.first()).cloned().or_else(|| outer.data.clone());
        let outer = Outer { named: named || outer.named, data };
        let choices = choices(cx, spot, DEPTH);
        if !choices.is_empty() {
            return choices.iter().all(|it| self.describe(cx, it, &outer));
        }
        let name = property(cx, spot, "event", DEPTH).iter().find_map(|it| only_value(it.node));
        outer
            .data
            .is_some_and(|it| (outer.named || it.child(CARRIED).is_some()) && self.add(name, &it))
    }

    /// Adds what the data of one event is, if it is a text.
    fn add(&mut self, name: Option<&'a str>, data: &Spot<'a>) -> bool {
        let words = data.node.get("enum").and_then(Node::as_list).unwrap_or_default();
        let text = data.node.text("type") == Some("string");
        match data.child(CARRIED) {
            Some(json) => self.json.push((name, json)),
            None if words.is_empty() => self.text |= text,
            None => self.words.extend(words.iter().filter_map(Node::as_str)),
        }
        text || data.child(CARRIED).is_some() || words.iter().any(|it| it.as_str().is_some())
    }
}
