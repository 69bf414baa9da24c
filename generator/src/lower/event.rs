//! What streams bring: the schema of an item, and what an event carries where the document describes
//! the event itself (OpenAPI 3.2, "Sequential Media Types").

use super::schema::{Lowered, schema};
use super::through::{
    behind, choices, each, items, keywords, property, property_names, requires, types,
};
use super::{Cx, Memo, MemoKey, docs, origin, union};
use crate::diag::{Derived, NO_EFFECT, NOT_EXPRESSED, SpecPtr};
use crate::ir::{Docs, Scalar, Shape, Tag, Type, TypeDef, Union, Variant};
use crate::load::{Refused, Spot};
use std::collections::{HashMap, HashSet};

/// The fields of an event (HTML, "Server-sent events").
const FIELDS: &[&str] = &["data", "event", "id", "retry"];

/// What ends a stream by custom: it is no JSON.
const DONE: &str = "[DONE]";

/// How many references and `allOf` may lie between an event and its fields.
const DEPTH: u8 = 16;

/// How many events one stream may have.
const MOST: usize = 256;

/// The schema of the lines of what is else a file, which some documents give beside it.
const LINES: &str = "x-line-schema";

/// Whether the items of a stream are described.
pub(super) fn has_lines(entry: &Spot<'_>) -> bool {
    let inside = entry.child("schema").is_some_and(|it| it.mentions(LINES));
    inside || entry.mentions("itemSchema")
}

/// The schema of an item of a stream. A list is the schema of the whole stream, whose items it has
/// (3.2, "Sequential Media Types").
fn item<'a>(cx: &mut Cx<'a>, entry: &Spot<'a>) -> Option<Spot<'a>> {
    if let Some(item) = entry.child("itemSchema") {
        return Some(item);
    }
    let whole = entry.child("schema")?;
    let item = whole.child(LINES).or_else(|| items(cx, &whole, DEPTH));
    if item.is_some() {
        frame(cx, &whole);
        cx.absorbed.extend(behind(cx, &whole, DEPTH));
    }
    Some(item.unwrap_or(whole))
}

/// The type of a line.
pub(super) fn line<'a>(cx: &mut Cx<'a>, entry: &Spot<'a>) -> Result<Type, Refused> {
    match item(cx, entry) {
        Some(it) => Ok(schema(cx, &it)?.whole()),
        None => Ok(Type::Json),
    }
}

/// The type of what events carry as their data: any text, where nothing is said of it.
pub(super) fn carried<'a>(cx: &mut Cx<'a>, entry: &Spot<'a>) -> Result<Type, Refused> {
    let Some(item) = item(cx, entry) else { return Ok(Type::Scalar(Scalar::Text)) };
    // Several operations may share the media type.
    let at = item.at.derived(Derived::Data);
    let key = MemoKey::one(&at);
    if let Some(Memo::Known(known)) = cx.memo.get(&key) {
        return Ok(known.ty.clone());
    }
    let ty = data_of(cx, &item, &at, entry.mentions("itemSchema"))?;
    let is_any = match cx.types.behind(&ty) {
        Type::Nullable(inner) => *cx.types.behind(inner) == Type::Json,
        other => *other == Type::Json,
    };
    if is_any {
        cx.absorbed.extend(behind(cx, &item, DEPTH));
    }
    let ty = if is_any { Type::Scalar(Scalar::Text) } else { ty };
    cx.remember(key, &Ok(Lowered { ty: ty.clone(), nullable: false }));
    Ok(ty)
}

/// `of_event` says that the schema is that of an event by the letter, and not perhaps that of its data.
fn data_of<'a>(
    cx: &mut Cx<'a>,
    item: &Spot<'a>,
    at: &SpecPtr,
    of_event: bool,
) -> Result<Type, Refused> {
    let mut data = Data { of_event, ..Data::default() };
    if !data.describe(cx, item, &Outer { bare: true, ..Outer::default() }) {
        return Ok(schema(cx, item)?.whole());
    }
    for spot in &data.taken {
        cx.absorbed.extend(behind(cx, spot, DEPTH));
        frame(cx, spot);
    }
    let sentinels = &cx.client.streams.sentinels;
    let ends = |word: &str| word.trim() == DONE || sentinels.iter().any(|known| known == word);
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
fn frame<'a>(cx: &Cx<'a>, spot: &Spot<'a>) {
    const FRAME: &[&str] = &["type", "format", "required", "discriminator"];
    each(cx, spot, DEPTH, &mut |it| {
        FRAME.iter().filter_map(|key| it.child(key)).for_each(|it| it.pass_over());
    });
}

/// The type of texts: that of their schemas, if it says more of them and all have the same.
fn text_of<'a>(cx: &mut Cx<'a>, texts: &[Spot<'a>]) -> Result<Type, Refused> {
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
                Scalar::IntText(_) | Scalar::Base64 | Scalar::Base64Url | Scalar::Timestamp
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

/// The schema of the JSON within a text, which may stand behind references and in `allOf`.
fn within<'a>(cx: &Cx<'a>, data: &Spot<'a>) -> Option<Spot<'a>> {
    let mut found = data.beyond().content_schema.schema();
    each(cx, data, DEPTH, &mut |it| {
        found = found.take().or_else(|| it.beyond().content_schema.schema());
    });
    found
}

/// Tells of schemas of JSON within texts that no event carries: only there are they read.
pub(super) fn report_unread(cx: &mut Cx<'_>) {
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
fn by_name<'a>(cx: &mut Cx<'a>, at: &SpecPtr, kinds: &[Kind<'a>]) -> Result<Type, Refused> {
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
fn any_of<'a>(cx: &mut Cx<'a>, at: &SpecPtr, json: &[Carried<'a>]) -> Result<Type, Refused> {
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

/// JSON that an event carries.
struct Carried<'a> {
    /// What the event may be called.
    names: Vec<&'a str>,
    data: Spot<'a>,
}

impl<'a> Carried<'a> {
    /// What the event is called.
    fn name(&self) -> Option<&'a str> {
        match self.names[..] {
            [one] => Some(one),
            _ => None,
        }
    }
}

/// One of several kinds of events.
struct Kind<'a> {
    /// What the event may be called.
    names: Vec<&'a str>,
    data: KindData<'a>,
    /// The texts that its data may be, if these are listed.
    words: Vec<&'a str>,
    /// The schema of the event.
    event: Spot<'a>,
}

enum KindData<'a> {
    Json(Spot<'a>),
    Text(Spot<'a>),
}

/// What the data of events is.
#[derive(Default)]
struct Data<'a> {
    /// Whether schemas are those of events by the letter.
    of_event: bool,
    json: Vec<Carried<'a>>,
    /// Texts that are all there can be.
    words: Vec<&'a str>,
    /// Whether it is any text.
    text: bool,
    /// The schemas of any text.
    texts: Vec<Spot<'a>>,
    /// All of these, in the order of the document.
    kinds: Vec<Kind<'a>>,
    /// The schemas that were taken apart, and are no types of their own.
    taken: Vec<Spot<'a>>,
    /// The schemas that were looked at.
    seen: HashSet<SpecPtr>,
}

/// What is said of an event around the choice that it is one of.
#[derive(Default)]
struct Outer<'a> {
    data: Option<Spot<'a>>,
    /// Whether it has a field that makes it an event: one that JSON would hardly have.
    named: bool,
    /// Whether it has no property but the fields of an event.
    bare: bool,
    /// Whether it has another field of an event than `data`, or must have `data`.
    certain: bool,
}

impl<'a> Data<'a> {
    /// Whether there are several kinds of events, each of which has names that no other has.
    fn are_named_apart(&self) -> bool {
        let mut seen = HashSet::new();
        let mut names = self.kinds.iter().flat_map(|it| &it.names);
        self.kinds.len() > 1
            && self.kinds.iter().all(|it| !it.names.is_empty())
            && names.all(|it| seen.insert(*it))
    }

    /// Whether a schema describes an event; adds what its data is. What `outer` says holds where a
    /// choice says nothing.
    fn describe(&mut self, cx: &Cx<'a>, spot: &Spot<'a>, outer: &Outer<'a>) -> bool {
        if !self.seen.insert(spot.at.clone()) {
            return true;
        }
        if self.seen.len() > MOST {
            return false;
        }
        self.taken.push(spot.clone());
        // The runtime gives these fields with each event.
        let given =
            ["id", "event", "retry"].into_iter().flat_map(|it| property(cx, spot, it, DEPTH));
        for it in given {
            it.use_it();
            it.pass_over();
        }
        let names = property_names(cx, spot, DEPTH);
        let fields = names.iter().map(String::as_str);
        let own = property(cx, spot, "data", DEPTH);
        let carries = own.iter().find(|it| within(cx, it).is_some());
        // One that says no type of its own is as all of them are.
        let says = |it: &&Spot<'a>| {
            let typed = !types(cx, it, DEPTH).is_empty() || !keywords(cx, it, DEPTH).is_empty();
            outer.data.is_none() || typed || !choices(cx, it, DEPTH).is_empty()
        };
        let own = carries.or(own.iter().find(says));
        let data = own.cloned().or_else(|| outer.data.clone());
        let event = Outer {
            named: fields.clone().any(|it| matches!(it, "event" | "retry")) || outer.named,
            bare: outer.bare && fields.clone().all(|it| FIELDS.contains(&it)),
            certain: outer.certain
                || fields.clone().any(|it| it != "data" && FIELDS.contains(&it))
                || requires(cx, spot, "data", DEPTH),
            data,
        };
        let choices = choices(cx, spot, DEPTH);
        if !choices.is_empty() {
            return choices.iter().all(|it| self.describe(cx, it, &event));
        }
        let stated = property(cx, spot, "event", DEPTH);
        let names = stated.iter().flat_map(|it| keywords(cx, it, DEPTH)).collect();
        self.taken.extend(stated);
        match &event.data {
            Some(data) => self.add(cx, spot, names, data, &event),
            None => false,
        }
    }

    /// Adds what the data of one event is, if that is what a schema describes.
    fn add(
        &mut self,
        cx: &Cx<'a>,
        spot: &Spot<'a>,
        names: Vec<&'a str>,
        data: &Spot<'a>,
        event: &Outer<'a>,
    ) -> bool {
        let kind = |data, words: &[&'a str]| Kind {
            names: names.clone(),
            data,
            words: words.to_vec(),
            event: spot.clone(),
        };
        if let Some(json) = within(cx, data) {
            self.taken.push(data.clone());
            self.kinds.push(kind(KindData::Json(json.clone()), &[]));
            self.json.push(Carried { names, data: json });
            return true;
        }
        let envelope = event.bare && event.certain;
        let types = types(cx, data, DEPTH);
        let words = keywords(cx, data, DEPTH);
        let is_text = types.iter().any(|it| it == "string") || !words.is_empty();
        match is_text && choices(cx, data, DEPTH).is_empty() {
            true if envelope || (self.of_event && (event.named || event.bare)) => {
                self.taken.push(data.clone());
                self.kinds.push(kind(KindData::Text(data.clone()), &words));
                match words.is_empty() {
                    true => {
                        self.text = true;
                        self.texts.push(data.clone());
                    }
                    false => self.words.extend(words),
                }
                true
            }
            false if envelope => {
                self.kinds.push(kind(KindData::Json(data.clone()), &[]));
                self.json.push(Carried { names, data: data.clone() });
                true
            }
            true | false => false,
        }
    }
}
