//! Request bodies, by media type.

use super::media::{self, Media, media};
use super::schema::{Lowered, schema};
use super::{LowerCx, Memo, MemoKey, docs, encoding, origin};
use crate::diag::{Derived, NO_EFFECT, NOT_EXPRESSED};
use crate::ir::{Body, BodyContent, Docs, Framing, Id, Shape, Struct, Type, TypeDef};
use crate::load::{NodeRef, Reported};

/// The bodies that an operation takes.
#[derive(Default)]
pub(super) struct Bodies {
    pub(super) first: Option<Body>,
    /// The others, with the word that tells their methods apart.
    pub(super) others: Vec<(String, Body)>,
}

/// The bodies that an operation takes, JSON first.
pub(super) fn of<'a>(cx: &mut LowerCx<'a>, operation: &NodeRef<'a>) -> Result<Bodies, Reported> {
    let mut bodies = Bodies { first: None, others: Vec::new() };
    let Some(spot) = operation.child("requestBody") else { return Ok(bodies) };
    let spot = cx.document.resolve(spot, cx.sink)?;
    let read = spot.body(cx.sink)?;
    let entries = cx.document.contents(&spot, cx.sink)?.into_iter();
    let mut entries: Vec<_> = entries.map(|(mime, it)| (kind(cx, mime, &it), mime, it)).collect();
    entries.sort_by_key(|(kind, ..)| *kind);
    let only = entries.len() == 1;
    let mut taken = Vec::new();
    for (kind, mime, entry) in entries {
        if taken.contains(&kind) || (kind == Media::Foreign && !only) {
            let message = format_args!("a body of `{mime}` has no method of its own");
            cx.sink.report(&NOT_EXPRESSED, &entry.at, message);
            entry.pass_over();
            continue;
        }
        taken.push(kind);
        entry.use_it();
        if kind == Media::Foreign {
            let message = format_args!("a body of `{mime}` is taken as text");
            cx.sink.report(&NOT_EXPRESSED, &entry.at, message);
            entry.pass_over();
        }
        let content = content(cx, kind, mime, &entry)?;
        if only && !read.required() && is_empty(cx, &content) {
            let message = "an optional body without properties is no argument: none is sent";
            cx.sink.report(&NO_EFFECT, &spot.at, message);
            return Ok(bodies);
        }
        let body = Body {
            content,
            mime: mime.to_owned(),
            required: read.required(),
            docs: docs::of(&spot),
        };
        match bodies.first {
            None => bodies.first = Some(body),
            Some(_) => bodies.others.push((word(kind).to_owned(), body)),
        }
    }
    Ok(bodies)
}

/// The kind of an entry of `content`: by its media type, or else by its schema.
fn kind<'a>(cx: &LowerCx<'a>, mime: &str, entry: &NodeRef<'a>) -> Media {
    match media(mime) {
        Media::Json | Media::Text if media::is_binary(cx, entry) => Media::Bytes,
        // A text of which the caller says what it is.
        Media::Text if mime.contains('*') => Media::Bytes,
        Media::Any if media::says_more(cx, entry) => Media::Json,
        Media::Any => Media::Bytes,
        other => other,
    }
}

/// True if no value of a body says anything: an object that has no properties, and may have none.
fn is_empty(cx: &LowerCx<'_>, content: &BodyContent) -> bool {
    let id = match content {
        BodyContent::Json(ty) | BodyContent::Form(ty, _) => match cx.types.behind(ty) {
            Type::Def(id) => *id,
            _ => return false,
        },
        BodyContent::Multipart(id, _) => *id,
        BodyContent::Values(..) | BodyContent::Parts | BodyContent::Bytes | BodyContent::Text => {
            return false;
        }
    };
    matches!(&cx.types[id].shape, Shape::Struct(it) if it.fields.is_empty() && it.extra.is_none())
}

fn word(kind: Media) -> &'static str {
    match kind {
        Media::Json => "json",
        Media::Multipart => "multipart",
        Media::Form => "form",
        Media::Lines => "lines",
        Media::Sequence => "sequence",
        Media::Text | Media::Events => "text",
        Media::Bytes | Media::Any => "bytes",
        Media::Foreign => "xml",
    }
}

fn content<'a>(
    cx: &mut LowerCx<'a>,
    kind: Media,
    mime: &str,
    entry: &NodeRef<'a>,
) -> Result<BodyContent, Reported> {
    match kind {
        Media::Bytes | Media::Any => media::report_unused(cx, mime, entry, "taken as bytes"),
        Media::Text | Media::Events => media::report_unused(cx, mime, entry, "taken as text"),
        Media::Json
        | Media::Multipart
        | Media::Form
        | Media::Lines
        | Media::Sequence
        | Media::Foreign => {}
    }
    let inner = entry.child("schema");
    let mut ty = || match &inner {
        Some(it) => Ok::<_, Reported>(schema(cx, it)?.whole()),
        None => Ok(Type::Json),
    };
    Ok(match kind {
        Media::Json => BodyContent::Json(ty()?),
        Media::Form => match not_null(ty()?) {
            it if has_properties(cx, &it) => {
                let styles = encoding::styles(cx, entry, &it);
                BodyContent::Form(it, styles)
            }
            _ => {
                let message = "a form whose schema is no object is given as text";
                cx.sink.report(&NOT_EXPRESSED, &entry.at, message);
                BodyContent::Text
            }
        },
        Media::Multipart => {
            let ty = ty()?;
            multipart(cx, mime, entry, &ty)
        }
        Media::Lines => values(cx, entry, Framing::Lines)?,
        Media::Sequence => values(cx, entry, Framing::Records)?,
        Media::Text | Media::Foreign | Media::Events => BodyContent::Text,
        Media::Bytes | Media::Any => BodyContent::Bytes,
    })
}

/// A type without null, which forms cannot be.
fn not_null(ty: Type) -> Type {
    match ty {
        Type::Nullable(inner) => *inner,
        other => other,
    }
}

/// Values one after the other. Their schema is that of an item, or that of the whole as a list (OpenAPI 3.2,
/// "Sequential Media Types"); one that is no list is what documents written before say of an item.
fn values<'a>(
    cx: &mut LowerCx<'a>,
    entry: &NodeRef<'a>,
    framing: Framing,
) -> Result<BodyContent, Reported> {
    if let Some(item) = entry.child("itemSchema") {
        return Ok(BodyContent::Values(schema(cx, &item)?.whole(), framing));
    }
    let Some(whole) = entry.child("schema").filter(|_| media::says_more(cx, entry)) else {
        return Ok(BodyContent::Text);
    };
    let ty = not_null(schema(cx, &whole)?.whole());
    let item = match cx.types.behind(&ty) {
        Type::List(item) => (**item).clone(),
        _ => ty,
    };
    Ok(BodyContent::Values(item, framing))
}

/// A body of several parts: those of an object, or of one of several objects.
fn multipart<'a>(cx: &mut LowerCx<'a>, mime: &str, entry: &NodeRef<'a>, ty: &Type) -> BodyContent {
    for key in ["prefixEncoding", "itemEncoding"] {
        if entry.mentions(key) {
            let message = format_args!("`{key}` is not used: parts are told apart by their names");
            cx.sink.report(&NOT_EXPRESSED, &entry.at.child(key), message);
        }
    }
    let ty = match cx.types.behind(ty) {
        Type::Nullable(inner) => cx.types.behind(inner),
        ty => ty,
    };
    match ty {
        Type::Def(id) if has_parts(cx, *id) => {
            let id = *id;
            BodyContent::Multipart(id, encoding::parts(cx, mime, entry, id))
        }
        Type::Map(value) => {
            let value = (**value).clone();
            let id = open_object(cx, entry, value);
            BodyContent::Multipart(id, encoding::parts(cx, mime, entry, id))
        }
        _ => {
            if media::says_more(cx, entry) {
                let message = "the parts of a body whose schema is no object are given one by one";
                cx.sink.report(&NOT_EXPRESSED, &entry.at, message);
            }
            if entry.mentions("encoding") {
                let message =
                    "how parts are encoded that are given one by one is for the caller to say";
                cx.sink.report(&NO_EFFECT, &entry.at.child("encoding"), message);
            }
            BodyContent::Parts
        }
    }
}

/// An object without named properties, which several operations may share.
fn open_object(cx: &mut LowerCx<'_>, entry: &NodeRef<'_>, value: Type) -> Id<TypeDef> {
    let place = entry.at.child("schema");
    let at = place.derived(Derived::Parts);
    let key = MemoKey::one(&at);
    if let Some(Memo::Known(Lowered { ty: Type::Def(id), .. })) = cx.memo.get(&key) {
        return *id;
    }
    let shape = Shape::Struct(Struct { extra: Some(value), ..Struct::default() });
    let (origin, docs) = (origin::of(cx, &place), Docs::default());
    let id = cx.define(TypeDef { origin, docs, shape, wish: None, at });
    cx.remember(key, &Ok(Lowered { ty: Type::Def(id), nullable: false }));
    id
}

/// True if each property of a type can be a part.
fn has_parts(cx: &LowerCx<'_>, id: Id<TypeDef>) -> bool {
    let is_struct = |ty: &Type| matches!(cx.types.behind(ty), Type::Def(id) if matches!(cx.types[*id].shape, Shape::Struct(_)));
    match &cx.types[id].shape {
        Shape::Struct(_) => true,
        Shape::Union(it) => it.variants.iter().all(|it| is_struct(&it.ty)),
        Shape::Enum(_) | Shape::Alias(_) | Shape::Outcome(_) | Shape::Broken => false,
    }
}

/// True if a value may have properties, which are the pairs of a form.
fn has_properties(cx: &LowerCx<'_>, ty: &Type) -> bool {
    let mut ty = ty;
    for _ in 0..=cx.types.len() {
        ty = match cx.types.behind(ty) {
            Type::Nullable(inner) => inner,
            Type::Def(id) => return !matches!(cx.types[*id].shape, Shape::Enum(_)),
            Type::Map(_) | Type::Json => return true,
            Type::List(_) | Type::Tuple(_) | Type::Scalar(_) => return false,
        };
    }
    false
}
