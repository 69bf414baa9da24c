//! Parameters of path, query, header and cookie.

use super::auth::Setters;
use super::media::{Media, media};
use super::nesting::{CountedValues, Depth, depth};
use super::schema::schema;
use super::{LowerCx, docs, empty_values, flags, header, through};
use crate::diag::{NO_EFFECT, NOT_EXPRESSED, OVERLAY_HELP, UNSUPPORTED};
use crate::ir::{Docs, Param, ParamPlace, ParamStyle, Scalar, Security, StyleKind, Type};
use crate::load::{NodeRef, ReadNode, Reported};
use openapiv3 as oas;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The inputs of an operation besides its body.
pub(super) struct OperationParams {
    pub(super) params: Vec<Param>,
    /// Headers that are set once, on the client.
    pub(super) fixed_headers: Vec<String>,
}

/// The parameters of a path item and an operation; the operation's win.
pub(super) fn of<'a>(
    cx: &mut LowerCx<'a>,
    item: &NodeRef<'a>,
    operation: &NodeRef<'a>,
    security: &Security,
) -> Result<OperationParams, Reported> {
    let mut found = OperationParams { params: Vec::new(), fixed_headers: Vec::new() };
    let own = operation.items("parameters").map(|it| (true, it));
    let spots: Vec<_> = own.chain(item.items("parameters").map(|it| (false, it))).collect();
    let setters = Setters::of(&cx.schemes, security);
    let mut seen = HashMap::new();
    for (is_own, spot) in spots {
        let spot = cx.document.resolve(spot, cx.sink)?;
        let place = spot.text("in");
        let name = spot.text("name").unwrap_or_default();
        let is_header = place == Some("header");
        let key = (place, if is_header { name.to_ascii_lowercase() } else { name.to_owned() });
        match seen.entry(key) {
            // The operation's own counts.
            Entry::Occupied(first) => {
                let (of_same_list, at) = first.get();
                let is_other = *of_same_list == is_own && *at != spot.at;
                if is_other && cx.told.insert(spot.at.clone()) {
                    let message = format_args!("`{name}` is declared twice: the first one counts");
                    cx.sink.report(&NO_EFFECT, &spot.at, message);
                }
                spot.pass_over();
                continue;
            }
            Entry::Vacant(entry) => drop(entry.insert((is_own, spot.at.clone()))),
        }
        param(cx, &spot, &setters, &mut found)?;
    }
    Ok(found)
}

fn param<'a>(
    cx: &mut LowerCx<'a>,
    spot: &NodeRef<'a>,
    setters: &Setters,
    found: &mut OperationParams,
) -> Result<(), Reported> {
    if spot.text("in") == Some("querystring") {
        let message = "a whole query is understood as a form with a schema only";
        cx.sink.report(&UNSUPPORTED, &spot.at, message).edit(OVERLAY_HELP);
        return Err(Reported);
    }
    let read = spot.parameter(cx.sink)?;
    let name = read.name();
    let place = match read.by_place() {
        oas::Parameter::Path { .. } => ParamPlace::Path,
        oas::Parameter::Query { .. } => ParamPlace::Query,
        oas::Parameter::Header { .. } => ParamPlace::Header,
        oas::Parameter::Cookie { .. } => ParamPlace::Cookie,
    };
    if is_set_elsewhere(cx, spot, setters, place, name) {
        return Ok(());
    }
    let (ty, schema_spot) = ty(cx, spot)?;
    if place == ParamPlace::Header
        && let Some(name) = header::fixed(cx, spot, name, &ty)
    {
        found.fixed_headers.push(name);
        return Ok(());
    }
    if let Some(it) = &schema_spot {
        flags::parameter(cx, it);
    }
    empty_values::check(cx, spot, place, &read, &ty);
    let style = style(cx, spot, place, &read);
    let sendable = sendable(cx, spot, &ty, style);
    let default =
        schema_spot.as_ref().and_then(|it| through::default(cx, std::slice::from_ref(it)));
    let default = default.filter(|_| sendable.is_none());
    let mut docs = words(spot, schema_spot.as_ref());
    if sendable.is_some() {
        const WRITTEN: &str =
            "OpenAPI has no form for these values: write them as the server reads them.";
        docs.text = Some(docs.text.map_or(WRITTEN.to_owned(), |it| format!("{it}\n\n{WRITTEN}")));
    }
    found.params.push(Param {
        on_client: place == ParamPlace::Path && cx.client.params.iter().any(|it| it.name == name),
        wire_name: name.to_owned(),
        place,
        ty: sendable.unwrap_or(ty),
        style,
        required: read.required() || place == ParamPlace::Path,
        default,
        docs,
        limits: schema_spot.as_ref().and_then(docs::limits),
        wish: docs::wish(spot),
        at: spot.at.clone(),
    });
    Ok(())
}

/// True if the caller does not set a parameter; reports it.
fn is_set_elsewhere(
    cx: &mut LowerCx<'_>,
    spot: &NodeRef<'_>,
    setters: &Setters,
    place: ParamPlace,
    name: &str,
) -> bool {
    let is = |names: &[&str]| {
        place == ParamPlace::Header && names.iter().any(|it| name.eq_ignore_ascii_case(it))
    };
    if let Some(key) = setters.of_param(place, name) {
        let message = format!("`{name}` is set by the security scheme `{key}`");
        cx.sink.report(&NO_EFFECT, &spot.at, message);
    } else if is(&["accept", "content-type"]) {
        let message = format_args!("the header `{name}` is set by what is sent and expected");
        cx.sink.report(&NO_EFFECT, &spot.at, message);
    } else if is(&["host", "content-length", "transfer-encoding"]) {
        let message = format_args!("the header `{name}` is set by the transport");
        cx.sink.report(&NO_EFFECT, &spot.at, message);
    } else if place == ParamPlace::Header && !is_header_name(name) {
        let message = format_args!("`{name}` is no name for a header: it cannot be sent");
        cx.sink.report(&NO_EFFECT, &spot.at, message).edit(OVERLAY_HELP);
    } else {
        return false;
    }
    spot.pass_over();
    true
}

/// True if a text is a token (RFC 9110, 5.6.2).
fn is_header_name(name: &str) -> bool {
    let token = |it: u8| it.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&it);
    !name.is_empty() && name.bytes().all(token)
}

/// The parameter's type, and the schema that gives it.
fn ty<'a>(
    cx: &mut LowerCx<'a>,
    spot: &NodeRef<'a>,
) -> Result<(Type, Option<NodeRef<'a>>), Reported> {
    let contents = cx.document.contents(spot, cx.sink)?;
    let inner = spot
        .child("schema")
        .or_else(|| contents.into_iter().find_map(|(_, media)| media.child("schema")));
    let Some(inner) = inner else { return Ok((Type::Scalar(Scalar::Text), None)) };
    let lowered = schema(cx, &inner)?;
    // Null cannot be written into a URL or a header: a parameter that may be null may be absent.
    let ty = match lowered.ty {
        Type::Json => Type::Json,
        Type::Scalar(Scalar::File) => Type::Scalar(Scalar::Text),
        other => other,
    };
    Ok((ty, Some(inner)))
}

/// Text, which the caller writes, in the place of a type of which no value has a form in the style.
fn sendable(
    cx: &mut LowerCx<'_>,
    spot: &NodeRef<'_>,
    ty: &Type,
    style: ParamStyle,
) -> Option<Type> {
    let (deepest, flattest) =
        (depth(cx, ty, CountedValues::All), depth(cx, ty, CountedValues::Flattest));
    let name = spot.text("name").unwrap_or_default();
    let mut say = |message: &str| {
        cx.sink.report(&NOT_EXPRESSED, &spot.at, message);
    };
    if let Some((mime, _)) = spot.entries("content").next() {
        if style.kind == StyleKind::Json || deepest == Depth::Text {
            return None;
        }
        say(&format!("`{name}` is a parameter of `{mime}`: it is taken as text"));
        return Some(Type::Scalar(Scalar::Text));
    }
    let repeats = style.explode && matches!(style.kind, StyleKind::Form | StyleKind::Cookie);
    match (style.kind, deepest, flattest) {
        (_, Depth::Text | Depth::Object, _) => {}
        (StyleKind::DeepObject, ..) => {
            say(&format!(
                "OpenAPI leaves open how `deepObject` sends lists, and objects within objects: `{name}` \
                 is sent as `{name}[]=` and `{name}[a][b]=`"
            ));
        }
        (_, Depth::List, _) => {}
        (_, Depth::ObjectOfLists, _) if repeats && spot.notes().whole_query => {}
        (_, Depth::ObjectOfLists, _) if repeats => {
            say(&format!(
                "OpenAPI leaves open how lists within an object are sent: each item of those in `{name}` is \
                 a pair of its own"
            ));
        }
        (_, _, Depth::Nested | Depth::ObjectOfLists) => {
            say(&format!(
                "no style has a form for lists and objects within others: `{name}` is taken as text"
            ));
            let text = Type::Scalar(Scalar::Text);
            return Some(match cx.types.behind(ty) {
                Type::List(_) => Type::List(Box::new(text)),
                _ => text,
            });
        }
        (_, Depth::ObjectOfLists | Depth::Nested, _) => {
            say(&format!(
                "no style has a form for lists and objects within others: such values of `{name}` are refused"
            ));
        }
    }
    None
}

fn style(
    cx: &mut LowerCx<'_>,
    spot: &NodeRef<'_>,
    place: ParamPlace,
    read: &ReadNode<'_, oas::Parameter>,
) -> ParamStyle {
    // A parameter with a media type has no style (OpenAPI 3.1.1, 4.8.12.2).
    if let Some((mime, _)) = spot.entries("content").next() {
        for key in ["style", "explode", "allowReserved"] {
            if let Some(it) = spot.child(key) {
                let message = format_args!("`{key}` has no effect beside `content`");
                cx.sink.report(&NO_EFFECT, &it.at, message);
            }
        }
        return match media(mime) {
            Media::Json => ParamStyle::of(StyleKind::Json),
            // The application brings it with all that must be escaped (OpenAPI 3.1.1, appendix D).
            _ if place == ParamPlace::Cookie => ParamStyle::of(StyleKind::Cookie),
            _ => ParamStyle::usual(place),
        };
    }
    let mut explode = read.explode();
    let kind = match (spot.text("style"), place) {
        (None, _) => ParamStyle::usual(place).kind,
        (Some("form"), ParamPlace::Query | ParamPlace::Cookie) => StyleKind::Form,
        (Some("cookie"), ParamPlace::Cookie) => StyleKind::Cookie,
        (Some("simple"), ParamPlace::Path | ParamPlace::Header) => StyleKind::Simple,
        (Some("label"), ParamPlace::Path) => StyleKind::Label,
        (Some("matrix"), ParamPlace::Path) => StyleKind::Matrix,
        (Some("spaceDelimited"), ParamPlace::Query) => StyleKind::SpaceDelimited,
        (Some("pipeDelimited"), ParamPlace::Query) => StyleKind::PipeDelimited,
        (Some("deepObject"), ParamPlace::Query) => StyleKind::DeepObject,
        (Some(other), _) => {
            let message = format_args!(
                "the style `{other}` does not go with this kind of parameter: it has no effect"
            );
            cx.sink.report(&NO_EFFECT, &spot.at.child("style"), message).edit(OVERLAY_HELP);
            // Of all styles, only these are exploded unless it is said that they are not.
            explode = explode.or(Some(matches!(other, "form" | "cookie")));
            ParamStyle::usual(place).kind
        }
    };
    let reserved = spot.flag("allowReserved");
    if reserved && place != ParamPlace::Query {
        let message =
            "`allowReserved` has an effect in queries only: elsewhere a value could end early";
        cx.sink.report(&NO_EFFECT, &spot.at.child("allowReserved"), message);
    }
    // A value of several segments keeps its slashes, and may be empty.
    let has_segments =
        place == ParamPlace::Path && kind == StyleKind::Simple && spot.flag("x-multi-segment");
    if kind == StyleKind::DeepObject && explode == Some(false) {
        let message = "`explode: false` has no effect: OpenAPI has no such form of `deepObject`";
        cx.sink.report(&NO_EFFECT, &spot.at.child("explode"), message).edit(OVERLAY_HELP);
    }
    let style = ParamStyle::of(kind);
    ParamStyle {
        explode: explode.unwrap_or(style.explode),
        allow_reserved: reserved && place == ParamPlace::Query || has_segments,
        ..style
    }
}

/// The words of a parameter, or else those of its schema.
pub(super) fn words(spot: &NodeRef<'_>, schema: Option<&NodeRef<'_>>) -> Docs {
    let own = docs::of(spot);
    let inner = schema.map(docs::of).unwrap_or_default();
    Docs { text: own.text.or(inner.text), deprecated: own.deprecated.or(inner.deprecated) }
}
