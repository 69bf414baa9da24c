//! Scalars by type and format.

use super::merge::AllOfMember;
use super::{LowerCx, external, through};
use crate::diag::NO_EFFECT;
use crate::ir::{IntKind, Scalar, Type};
use crate::load::{Json, NodeRef};

/// The number of references that may lead to an integer.
const MAX_DEPTH: u8 = 16;

/// A string by its format. A format that is not known here is a note about the text, as the
/// specification says, and not another type.
pub(super) fn string(format: Option<&str>) -> Type {
    Type::Scalar(match format {
        Some("date-time") => Scalar::Timestamp,
        Some("byte" | "base64") => Scalar::Base64,
        Some("base64url") => Scalar::Base64Url,
        Some("binary") => Scalar::File,
        Some(format) => match int(format) {
            Some(kind) => Scalar::IntText(kind),
            None => Scalar::Text,
        },
        None => Scalar::Text,
    })
}

/// An integer by its format and range; 64 bits where neither says anything.
pub(super) fn integer(
    cx: &mut LowerCx<'_>,
    format: Option<&str>,
    parts: &[AllOfMember<'_>],
) -> Type {
    let kind = match format {
        Some("uint128" | "uint256") => IntKind::U64,
        _ => format.and_then(int).unwrap_or(IntKind::I64),
    };
    if matches!(format, Some("int128" | "int256" | "uint128" | "uint256")) {
        too_large(cx, parts);
    }
    Type::Scalar(Scalar::Int(wide_enough(cx, kind, parts)))
}

/// True if a schema says how large a number may be.
pub(super) fn is_bounded(spot: &NodeRef<'_>) -> bool {
    ["minimum", "maximum"].iter().any(|it| spot.mentions(it))
}

/// True if a schema states a format that makes a text or number another type.
pub(super) fn is_formatted(cx: &LowerCx<'_>, spot: &NodeRef<'_>) -> bool {
    let names_type = |it: &str| {
        string(Some(it)) != string(None) || int(it).is_some() || external::is_mapped(cx, it)
    };
    spot.text("format").is_some_and(names_type)
}

/// True if a schema is an integer, and neither an enum nor a union.
pub(super) fn is_integer(cx: &LowerCx<'_>, spot: &NodeRef<'_>) -> bool {
    is_one_of(cx, spot, &["integer"])
}

/// True if a schema is a text or number, and neither an enum nor a union.
pub(super) fn is_plain(cx: &LowerCx<'_>, spot: &NodeRef<'_>) -> bool {
    is_one_of(cx, spot, &["string", "integer", "number"])
}

fn is_one_of(cx: &LowerCx<'_>, spot: &NodeRef<'_>, types: &[&str]) -> bool {
    let mut chooses = false;
    through::each(cx, spot, MAX_DEPTH, &mut |it| {
        chooses |= ["enum", "oneOf", "anyOf"].iter().any(|key| it.mentions(key));
    });
    !chooses && through::types(cx, spot, MAX_DEPTH).iter().any(|it| types.contains(&&**it))
}

/// Tells that not all values that the document speaks of are read.
fn too_large(cx: &mut LowerCx<'_>, parts: &[AllOfMember<'_>]) {
    if let Some(part) = parts.first() {
        let message = "integers beyond 64 bits are not read";
        cx.sink.report(&NO_EFFECT, &part.spot.at, message);
    }
}

/// A number by its format. Every one is 64 bits wide, so that none loses digits.
pub(super) fn number(
    cx: &mut LowerCx<'_>,
    format: Option<&str>,
    parts: &[AllOfMember<'_>],
) -> Type {
    Type::Scalar(match format.and_then(int) {
        Some(kind) => Scalar::Int(wide_enough(cx, kind, parts)),
        None => Scalar::Float,
    })
}

/// The integer that a format names. A name without a size has 64 bits.
fn int(format: &str) -> Option<IntKind> {
    Some(match format {
        "int8" => IntKind::I8,
        "int16" => IntKind::I16,
        "int32" => IntKind::I32,
        "int64" | "long" => IntKind::I64,
        "uint8" => IntKind::U8,
        "uint16" => IntKind::U16,
        "uint32" => IntKind::U32,
        "uint64" | "uint" | "ulong" | "usize" => IntKind::U64,
        _ => return None,
    })
}

/// The kind itself, or a wider one where the document names values that it does not have.
fn wide_enough(cx: &mut LowerCx<'_>, kind: IntKind, parts: &[AllOfMember<'_>]) -> IntKind {
    let (least, most) = extremes(parts);
    let has = |kind: IntKind| {
        let range = kind.range();
        least.is_none_or(|it| it >= *range.start()) && most.is_none_or(|it| it <= *range.end())
    };
    if has(kind) {
        return kind;
    }
    let signed = has(IntKind::I64) || least.is_some_and(|it| it < 0);
    let wide = if signed { IntKind::I64 } else { IntKind::U64 };
    if !has(wide) {
        too_large(cx, parts);
    }
    wide
}

/// The least and the greatest integer that the document speaks of.
fn extremes(parts: &[AllOfMember<'_>]) -> (Option<i128>, Option<i128>) {
    let (mut least, mut most) = (None, None);
    let bound =
        |it: &NodeRef<'_>, key: &str| Some((whole(&it.json(key)?)?, it.flag(exclusive(key))));
    for node in parts.iter().map(|it| &it.spot) {
        if let Some((it, out)) = bound(node, "minimum") {
            least = least.max(Some(it + i128::from(out)));
        }
        if let Some((it, out)) = bound(node, "maximum") {
            let it = it - i128::from(out);
            most = Some(most.map_or(it, |most: i128| most.min(it)));
        }
    }
    for value in parts.iter().flat_map(|it| ["default", "example"].map(|key| it.spot.json(key))) {
        let Some(it) = value.as_ref().and_then(whole) else { continue };
        least = least.map(|least| least.min(it)).or(Some(it).filter(|it| *it < 0));
        most = most.map(|most| most.max(it)).or(Some(it));
    }
    // Writers whose numbers are floats round the two greatest integers up.
    let signed = least.is_none_or(|it| it < 0);
    let rounded = |it: i128| match it - 1 {
        over if signed && over - i128::from(i64::MAX) < 1024 => it.min(i64::MAX.into()),
        over if over == u64::MAX.into() => over,
        _ => it,
    };
    (least, most.map(rounded))
}

fn exclusive(key: &str) -> &'static str {
    if key == "minimum" { "exclusiveMinimum" } else { "exclusiveMaximum" }
}

/// An integer as large as it may be in a document.
#[expect(clippy::cast_possible_truncation, reason = "what is larger is too large for us anyway")]
fn whole(value: &Json) -> Option<i128> {
    let Json::Number(number) = value else { return None };
    let exact = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    exact.or_else(|| number.as_f64().map(|it| it.clamp(-1e30, 1e30) as i128))
}
