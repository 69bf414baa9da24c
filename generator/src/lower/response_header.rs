//! Headers of responses that the document declares: the names of each response, and one type for each name.

use super::LowerCx;
use super::schema::schema;
use super::through::{items, types};
use crate::diag::NOT_EXPRESSED;
use crate::ir::{Api, ResponseHeader, Scalar, Shape, Type};
use crate::load::NodeRef;
use indexmap::map::Entry;

/// The number of references through which the types of a schema are looked for.
const MAX_DEPTH: u8 = 16;

/// The names of a response's headers, with what the document says of them.
pub(super) fn declared<'a>(
    cx: &mut LowerCx<'a>,
    response: &NodeRef<'a>,
) -> Vec<(String, Option<String>)> {
    let mut found = Vec::new();
    for (name, spot) in response.entries("headers") {
        spot.use_it();
        // A header that cannot be found has a name all the same.
        let target = cx.document.resolve(spot.clone(), cx.sink).unwrap_or(spot);
        target.use_it();
        let docs = target.text("description").map(|it| it.trim().to_owned());
        note(cx, name, &target, docs.clone());
        found.push((name.to_owned(), docs));
    }
    found
}

/// Adds a header to those of the API. The media type is no header of a response's own (OpenAPI, "Response Object").
fn note<'a>(cx: &mut LowerCx<'a>, name: &str, spot: &NodeRef<'a>, docs: Option<String>) {
    let is_token = |it: u8| it.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&it);
    let is_name = !name.is_empty() && name.bytes().all(is_token);
    if !is_name && cx.told.insert(spot.at.clone()) {
        let message = format_args!("no header can be called `{name}`: nothing reads it");
        cx.sink.report(&NOT_EXPRESSED, &spot.at, message);
    }
    if !is_name || name.eq_ignore_ascii_case("content-type") {
        return;
    }
    let ty = value_type(cx, name, spot);
    match cx.response_headers.entry(name.to_ascii_lowercase()) {
        Entry::Vacant(entry) => {
            let (wire_name, docs) = (name.to_owned(), docs.filter(|it| !it.is_empty()));
            entry.insert(ResponseHeader { wire_name, ty, docs, at: spot.at.clone() });
        }
        Entry::Occupied(mut entry) if entry.get().ty != ty => {
            let known = entry.get_mut();
            if known.ty != Type::Scalar(Scalar::Text) {
                known.ty = Type::Scalar(Scalar::Text);
                as_text(cx, name, spot, "it has another type elsewhere");
            }
        }
        Entry::Occupied(_) => {}
    }
}

/// The type of a header's value: text where nothing else can be said of it.
fn value_type<'a>(cx: &mut LowerCx<'a>, name: &str, spot: &NodeRef<'a>) -> Type {
    let text = Type::Scalar(Scalar::Text);
    let Some(stated) = spot.child("schema") else {
        if let Some(content) = spot.child("content") {
            content.pass_over();
            as_text(cx, name, spot, "it has a media type of its own");
        }
        return text;
    };
    let kinds = types(cx, &stated, MAX_DEPTH);
    if kinds.is_empty() {
        stated.pass_over();
        return text;
    }
    let items = items(cx, &stated, MAX_DEPTH);
    let of_items = items.as_ref().map(|it| types(cx, it, MAX_DEPTH));
    if is_plain(&kinds) || of_items.is_some_and(|it| is_plain(&it)) {
        let ty = schema(cx, &stated).map(|it| without_null(it.ty));
        match ty {
            Ok(ty) if is_expressed(cx, &ty) => return ty,
            Ok(ty) if is_external(cx, &ty) => {
                as_text(cx, name, spot, "no header is read as a type of another crate");
                return text;
            }
            Ok(_) | Err(_) => {}
        }
    }
    stated.pass_over();
    as_text(cx, name, spot, "it is no value and no list of values");
    text
}

/// True if all these types are values that a header may be.
fn is_plain(types: &[String]) -> bool {
    let plain = ["string", "integer", "number", "boolean"];
    !types.is_empty() && types.iter().all(|it| plain.contains(&&**it))
}

fn without_null(ty: Type) -> Type {
    match ty {
        Type::Nullable(inner) => without_null(*inner),
        Type::Def(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Tuple(_)
        | Type::Scalar(_)
        | Type::Json => ty,
    }
}

/// True for values, and for lists of them.
fn is_expressed(cx: &LowerCx<'_>, ty: &Type) -> bool {
    match cx.types.behind(ty) {
        Type::List(inner) => is_value(cx, inner),
        _ => is_value(cx, ty),
    }
}

/// True for types of other crates, and for lists of them.
fn is_external(cx: &LowerCx<'_>, ty: &Type) -> bool {
    match cx.types.behind(ty) {
        Type::List(inner) => is_external(cx, inner),
        Type::Scalar(Scalar::External(_)) => true,
        Type::Scalar(_)
        | Type::Def(_)
        | Type::Map(_)
        | Type::Tuple(_)
        | Type::Nullable(_)
        | Type::Json => false,
    }
}

fn is_value(cx: &LowerCx<'_>, ty: &Type) -> bool {
    match cx.types.behind(ty) {
        Type::Scalar(it) => match it {
            Scalar::Bool
            | Scalar::Int(_)
            | Scalar::IntText(_)
            | Scalar::Float
            | Scalar::Text
            | Scalar::Timestamp
            | Scalar::Base64
            | Scalar::Base64Url => true,
            Scalar::File | Scalar::Part | Scalar::Null | Scalar::External(_) => false,
        },
        Type::Def(id) => matches!(cx.types[*id].shape, Shape::Enum(_)),
        Type::List(_) | Type::Map(_) | Type::Tuple(_) | Type::Nullable(_) | Type::Json => false,
    }
}

fn as_text(cx: &mut LowerCx<'_>, name: &str, spot: &NodeRef<'_>, why: &str) {
    if cx.told.insert(spot.at.clone()) {
        let message = format_args!("the header `{name}` is given as text: {why}");
        cx.sink.report(&NOT_EXPRESSED, &spot.at, message);
    }
}

/// Gives headers whose types were left out as text.
pub(super) fn settle(api: &mut Api) {
    for header in &mut api.response_headers {
        let mut broken = false;
        header.ty.each_def(&mut |id| broken |= matches!(api.types[id].shape, Shape::Broken));
        if broken {
            header.ty = Type::Scalar(Scalar::Text);
        }
    }
}
