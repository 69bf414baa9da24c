//! What streams bring: the schema of an item, and what an event carries where the document describes
//! the event itself (OpenAPI 3.2, "Sequential Media Types").

use super::schema::{Lowered, schema};
use super::through::{
    behind, choices, each, items, keywords, property, property_names, requires, types,
};
use super::{Cx, Memo, MemoKey, origin, union};
use crate::diag::{Derived, NO_EFFECT, NOT_EXPRESSED, SpecPtr};
use crate::ir::{Docs, Scalar, Shape, Type, TypeDef};
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
    if data.text || data.json.is_empty() {
        if !data.json.is_empty() {
            let message = "some of these events carry text and some JSON: they are given as text";
            cx.sink.report(&NOT_EXPRESSED, &item.at, message);
        }
        same_texts(cx, item, data.text_names);
        return match data.json.is_empty() && data.words.is_empty() {
            true => text_of(cx, &data.texts),
            false => Ok(Type::Scalar(Scalar::Text)),
        };
    }
    let sentinels = &cx.client.streams.sentinels;
    let ends = |word: &str| word.trim() == DONE || sentinels.iter().any(|known| known == word);
    for word in data.words.iter().filter(|it| !ends(it)) {
        let message = format_args!("`{word}` among events of JSON is read as an error");
        let help = "if it ends the stream, list it under `streams.sentinels` of client.yaml";
        cx.sink.report(&NOT_EXPRESSED, &item.at, message).help(help);
    }
    alike(cx, item, &data.json)?;
    any_of(cx, at, &data.json)
}

/// Passes over what only makes a schema that of an event, or of a text that carries JSON.
fn frame<'a>(cx: &Cx<'a>, spot: &Spot<'a>) {
    const FRAME: &[&str] = &["type", "format", "required", "discriminator"];
    each(cx, spot, DEPTH, &mut |it| {
        FRAME.iter().filter_map(|key| it.child(key)).for_each(|it| it.pass_over());
    });
}

/// Tells of events that have names of their own and carry the same, so that nothing tells them apart.
fn alike<'a>(cx: &mut Cx<'a>, item: &Spot<'a>, json: &[Carried<'a>]) -> Result<(), Refused> {
    let mut groups: Vec<(Type, Vec<&str>)> = Vec::new();
    for it in json {
        let ty = schema(cx, &it.data)?.ty;
        let is_union = match cx.types.behind(&ty) {
            Type::Def(id) => matches!(cx.types[*id].shape, Shape::Union(_)),
            _ => false,
        };
        // The names of one event that carries a choice are those of the variants.
        let names = if is_union && it.names.len() > 1 { &[] } else { &it.names[..] };
        match groups.iter_mut().find(|group| group.0 == ty) {
            Some((_, known)) => known.extend(names),
            None => groups.push((ty, names.to_vec())),
        }
    }
    for (_, names) in groups {
        report_names(cx, item, names);
    }
    Ok(())
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

/// The same for events of text: of one that lists its texts, each of these tells which it is.
fn same_texts<'a>(cx: &mut Cx<'a>, item: &Spot<'a>, named: Vec<(Option<&'a str>, Vec<&'a str>)>) {
    let mut groups: Vec<(Option<&str>, Vec<&str>)> = Vec::new();
    for (word, names) in named {
        match groups.iter_mut().find(|group| group.0 == word) {
            Some((_, known)) => known.extend(names),
            None => groups.push((word, names)),
        }
    }
    for (_, names) in groups {
        report_names(cx, item, names);
    }
}

fn report_names<'a>(cx: &mut Cx<'a>, item: &Spot<'a>, mut names: Vec<&str>) {
    let mut seen = HashSet::new();
    names.retain(|it| seen.insert(*it));
    if names.len() > 1 {
        let names: Vec<_> = names.iter().map(|it| format!("`{it}`")).collect();
        let message = format_args!(
            "events of the names {} carry the same: which of them one is, is not given",
            names.join(", ")
        );
        cx.sink.report(&NOT_EXPRESSED, &item.at, message);
    }
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
    /// What the events of each text that is listed, and of any text, may be called.
    text_names: Vec<(Option<&'a str>, Vec<&'a str>)>,
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
        let data = carries.or(own.first()).cloned().or_else(|| outer.data.clone());
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
            Some(data) => self.add(cx, names, data, &event),
            None => false,
        }
    }

    /// Adds what the data of one event is, if that is what a schema describes.
    fn add(
        &mut self,
        cx: &Cx<'a>,
        names: Vec<&'a str>,
        data: &Spot<'a>,
        event: &Outer<'a>,
    ) -> bool {
        if let Some(json) = within(cx, data) {
            self.taken.push(data.clone());
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
                match words.is_empty() {
                    true => {
                        self.text = true;
                        self.texts.push(data.clone());
                        self.text_names.push((None, names));
                    }
                    false => {
                        let named = words.iter().map(|it| (Some(*it), names.clone()));
                        self.text_names.extend(named);
                        self.words.extend(words);
                    }
                }
                true
            }
            false if envelope => {
                self.json.push(Carried { names, data: data.clone() });
                true
            }
            true | false => false,
        }
    }
}
