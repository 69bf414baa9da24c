//! The Encoding Object: how the properties of a form and the parts of a body are written.

use super::LowerCx;
use super::media::{Media, essence, is_media_type, is_octets, media};
use super::nesting::{CountedValues, Depth, depth};
use crate::diag::{NO_EFFECT, NOT_EXPRESSED, OVERLAY_HELP};
use crate::ir::{Field, Id, ParamStyle, PartEncoding, Scalar, Shape, StyleKind, Type, TypeDef};
use crate::load::NodeRef;

/// The style of each property of a form that has one of its own.
pub(super) fn styles<'a>(
    cx: &mut LowerCx<'a>,
    entry: &NodeRef<'a>,
    ty: &Type,
) -> Vec<(String, ParamStyle)> {
    let mut found = Vec::new();
    for (name, it) in stated(cx, entry, ty) {
        let explode = it.boolean("explode");
        let reserved = it.has("allowReserved");
        let mime = content_type(cx, &it);
        let kind = match it.text("style") {
            // A style, stated in whole or in part, is stronger than a media type (OpenAPI 3.1.1, 4.8.15.1).
            None if explode.is_none() && !reserved => match mime.as_deref() {
                Some(mime) if chosen(mime, |it| media(it) == Media::Json).is_some() => {
                    StyleKind::Json
                }
                Some(mime) => {
                    let field = field_of(cx, ty, name);
                    unwritten(cx, &it, mime, field.as_ref());
                    continue;
                }
                None => continue,
            },
            Some("spaceDelimited") => StyleKind::SpaceDelimited,
            Some("pipeDelimited") => StyleKind::PipeDelimited,
            Some("deepObject") => StyleKind::DeepObject,
            Some("form") | None => StyleKind::Form,
            Some(other) => {
                let message = format_args!("the style `{other}` does not go with a form");
                cx.sink.report(&NO_EFFECT, &it.at.child("style"), message);
                continue;
            }
        };
        let usual = ParamStyle::of(kind);
        let allow_reserved = it.flag("allowReserved");
        let explode = explode.unwrap_or(usual.explode);
        let field = field_of(cx, ty, name);
        let repeats = kind == StyleKind::Form && explode;
        let fits = match field.map_or(Depth::Text, |it| depth(cx, &it, CountedValues::All)) {
            Depth::Text | Depth::List | Depth::Object => true,
            Depth::ObjectOfLists => repeats,
            Depth::Nested => false,
        };
        if !fits && !matches!(kind, StyleKind::Json | StyleKind::DeepObject) {
            let message =
                "no style has a form for lists and objects within others: they are sent as JSON";
            cx.sink.report(&NOT_EXPRESSED, &it.at, message);
            continue;
        }
        found.push((name.to_owned(), ParamStyle { explode, allow_reserved, ..usual }));
    }
    found
}

/// The encoding of the parts that have one stated beside their type.
pub(super) fn parts<'a>(
    cx: &mut LowerCx<'a>,
    mime: &str,
    entry: &NodeRef<'a>,
    id: Id<TypeDef>,
) -> Vec<(String, PartEncoding)> {
    let ty = Type::Def(id);
    let mut found = Vec::new();
    for (name, it) in stated(cx, entry, &ty) {
        let field = field_of(cx, &ty, name);
        if it.fills("headers") {
            let message = format_args!("the headers of the part `{name}` are not sent");
            cx.sink.report(&NOT_EXPRESSED, &it.at.child("headers"), message);
        }
        if it.mentions("encoding") {
            let message =
                format_args!("how parts within the part `{name}` are encoded is not used");
            cx.sink.report(&NOT_EXPRESSED, &it.at.child("encoding"), message);
        }
        let style = it.text("style");
        if style == Some("deepObject") && essence(mime) == "multipart/form-data" {
            deep_object(cx, &it);
            found.push((name.to_owned(), PartEncoding::DeepObject));
            continue;
        }
        let explode = it.boolean("explode");
        if style.is_some_and(|it| it != "form") || explode == Some(false) {
            let message = format_args!("a style has no effect on the part `{name}`");
            cx.sink.report(&NOT_EXPRESSED, &it.at, message);
        }
        if let Some(stated) = content_type(cx, &it)
            && let Some(mime) = part_type(cx, &it, &stated, field.as_ref())
        {
            found.push((name.to_owned(), PartEncoding::Type(mime)));
        }
    }
    found
}

/// Tells what has no effect beside `deepObject`, which repeats the name for each property.
fn deep_object(cx: &mut LowerCx<'_>, it: &NodeRef<'_>) {
    if it.mentions("contentType") {
        let message = "`contentType` has no effect beside a style";
        cx.sink.report(&NO_EFFECT, &it.at.child("contentType"), message);
    }
    let Some(explode) = it.child("explode") else { return };
    // `true` says what holds anyway.
    if explode.is_false() {
        let message = "`explode: false` has no effect: OpenAPI has no such form of `deepObject`";
        cx.sink.report(&NO_EFFECT, &explode.at, message).edit(OVERLAY_HELP);
    } else {
        explode.pass_over();
    }
}

/// The media types of an encoding, without those that are none.
fn content_type(cx: &mut LowerCx<'_>, it: &NodeRef<'_>) -> Option<String> {
    let stated = it.text("contentType")?;
    let names = stated.split(',').map(str::trim).filter(|it| !it.is_empty());
    let (known, others): (Vec<_>, Vec<_>) = names.partition(|it| is_media_type(it));
    for name in &others {
        let message = format_args!("`{name}` is no media type: it has no effect");
        cx.sink.report(&NO_EFFECT, &it.at.child("contentType"), message);
    }
    match (&known[..], &others[..]) {
        ([], _) => None,
        (_, []) => Some(stated.to_owned()),
        (known, _) => Some(known.join(", ")),
    }
}

/// The encodings of properties that there are.
fn stated<'a>(cx: &mut LowerCx<'a>, entry: &NodeRef<'a>, ty: &Type) -> Vec<(&'a str, NodeRef<'a>)> {
    let mut found = Vec::new();
    for (name, it) in entry.entries("encoding") {
        match is_known(cx, ty, name) {
            true => found.push((name, it)),
            false => {
                let message = format_args!("the body has no property `{name}` to encode");
                cx.sink.report(&NO_EFFECT, &it.at, message);
            }
        }
    }
    found
}

/// True if an object may have a property, as far as its type says.
fn is_known(cx: &LowerCx<'_>, ty: &Type, name: &str) -> bool {
    let Type::Def(id) = cx.types.behind(ty) else { return true };
    match &cx.types[*id].shape {
        Shape::Struct(it) => it.extra.is_some() || it.fields.iter().any(|it| it.wire_name == name),
        Shape::Union(_) | Shape::Enum(_) | Shape::Alias(_) | Shape::Outcome(_) | Shape::Broken => {
            true
        }
    }
}

/// The type of a property, where it has one.
fn field_of(cx: &LowerCx<'_>, ty: &Type, name: &str) -> Option<Type> {
    let Type::Def(id) = cx.types.behind(ty) else { return None };
    let find = |it: &[Field]| it.iter().find(|it| it.wire_name == name).map(|it| it.ty.clone());
    match &cx.types[*id].shape {
        Shape::Struct(it) => find(&it.fields).or_else(|| it.extra.clone()),
        Shape::Union(it) => it.variants.iter().find_map(|it| match cx.types.behind(&it.ty) {
            Type::Def(id) => match &cx.types[*id].shape {
                Shape::Struct(it) => find(&it.fields),
                _ => None,
            },
            _ => None,
        }),
        Shape::Enum(_) | Shape::Alias(_) | Shape::Outcome(_) | Shape::Broken => None,
    }
}

/// The first of several media types that is not a range and that fits.
fn chosen(stated: &str, fits: impl Fn(&str) -> bool) -> Option<&str> {
    let names = stated.split(',').map(str::trim);
    names.filter(|it| !it.is_empty() && !it.contains('*')).find(|it| fits(it))
}

/// The media type of a part, of those that are stated.
fn part_type(
    cx: &mut LowerCx<'_>,
    at: &NodeRef<'_>,
    stated: &str,
    ty: Option<&Type>,
) -> Option<String> {
    if is_octets(stated) {
        // A file may say itself which of several it is.
        return match ty.is_some_and(|it| has_properties(cx, it)) {
            true => unwritten(cx, at, stated, ty),
            false => Some(stated.to_owned()),
        };
    }
    if ty.is_some_and(|it| has_properties(cx, it)) {
        let json = chosen(stated, |it| media(it) == Media::Json);
        let text = || chosen(stated, |it| essence(it) == "text/plain");
        let is_list = ty.is_some_and(|it| matches!(cx.types.behind(it), Type::List(_)));
        return match json.or_else(text) {
            // It is that anyway.
            Some("application/json") if !is_list => None,
            Some(mime) => Some(mime.to_owned()),
            None => unwritten(cx, at, stated, ty),
        };
    }
    if !stated.contains([',', '*']) || ty.is_some_and(|it| may_be_file(cx, it)) {
        return Some(stated.to_owned());
    }
    let mut names = stated.split(',').map(|it| essence(it.trim()));
    if !names.any(|it| matches!(&*it, "text/plain" | "text/*" | "*/*")) {
        let message =
            format_args!("`{stated}` leaves open which type this is of: it is sent as plain text");
        cx.sink.report(&NOT_EXPRESSED, &at.at.child("contentType"), message);
    }
    None
}

/// Tells that what has properties cannot be written in a media type.
fn unwritten(
    cx: &mut LowerCx<'_>,
    at: &NodeRef<'_>,
    stated: &str,
    ty: Option<&Type>,
) -> Option<String> {
    let is_text = chosen(stated, |it| essence(it) == "text/plain").is_some();
    if !is_text && stated.trim() != "*/*" && ty.is_some_and(|it| has_properties(cx, it)) {
        let message = format_args!("`{stated}` is not written here: this is sent as JSON");
        cx.sink.report(&NOT_EXPRESSED, &at.at.child("contentType"), message);
    }
    None
}

/// True if values of a type, or items of a list of them, have properties.
fn has_properties(cx: &LowerCx<'_>, ty: &Type) -> bool {
    match leaf(cx, ty) {
        Type::Def(id) => matches!(cx.types[*id].shape, Shape::Struct(_)),
        Type::Map(_) | Type::Tuple(_) => true,
        Type::List(_) | Type::Nullable(_) | Type::Scalar(_) | Type::Json => false,
    }
}

/// True if a part may be a file.
fn may_be_file(cx: &LowerCx<'_>, ty: &Type) -> bool {
    match leaf(cx, ty) {
        Type::Scalar(Scalar::External(id)) => cx.externals.types[*id].form.is_bytes(),
        Type::Scalar(it) => matches!(it, Scalar::File | Scalar::Base64 | Scalar::Base64Url),
        Type::Def(id) => matches!(cx.types[*id].shape, Shape::Union(_)),
        Type::Map(_) | Type::Json => true,
        Type::List(_) | Type::Nullable(_) | Type::Tuple(_) => false,
    }
}

/// The type of a value, or of the items of lists.
fn leaf<'t>(cx: &'t LowerCx<'_>, ty: &'t Type) -> &'t Type {
    const MAX_DEPTH: usize = 16;
    let mut ty = cx.types.behind(ty);
    for _ in 0..MAX_DEPTH {
        let (Type::List(inner) | Type::Nullable(inner)) = ty else { break };
        ty = cx.types.behind(inner);
    }
    ty
}
