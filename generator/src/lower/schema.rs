//! A schema: which shape or type it comes to.

use super::memo::{Memo, MemoKey};
use super::merge::{AllOfMember, Merged, SchemaView, merge};
use super::{LowerCx, bounds, docs, enums, external, null, object, origin, scalar, union};
use crate::diag::{CYCLIC_REF, Derived, Exact, MERGE_CONFLICT, NO_EFFECT, PointerSegment, SpecPtr};
use crate::ir::{Shape, Type, TypeDef};
use crate::load::{NodeRef, Reported, SchemaKeyword, Weight};

/// A type, and whether null may stand in its place.
#[derive(Clone, Debug)]
pub(super) struct Lowered {
    pub(super) ty: Type,
    pub(super) nullable: bool,
}

impl Lowered {
    /// The type with null in it.
    pub(super) fn whole(self) -> Type {
        match self.nullable {
            true if self.ty != Type::Json => Type::Nullable(Box::new(self.ty)),
            _ => self.ty,
        }
    }
}

/// The kind of type that a group of parts becomes.
enum SchemaKind {
    Enum,
    Union,
    Struct,
    Plain,
}

/// Lowers the schema at a place.
pub(super) fn schema<'a>(cx: &mut LowerCx<'a>, spot: &NodeRef<'a>) -> Result<Lowered, Reported> {
    together(cx, &spot.at, vec![SchemaView::new(spot.clone())])
}

/// Lowers schemas that hold at once, as the schema at `at`.
pub(super) fn together<'a>(
    cx: &mut LowerCx<'a>,
    at: &SpecPtr,
    pieces: Vec<SchemaView<'a>>,
) -> Result<Lowered, Reported> {
    let key = MemoKey::of(cx, at, &pieces);
    match cx.memo.get(&key) {
        Some(Memo::Known(lowered)) => return Ok(lowered.clone()),
        Some(Memo::Refused) => return Err(Reported),
        Some(Memo::Pending) => {
            cx.sink.report(&CYCLIC_REF, at, "this schema is nothing but itself");
            return Err(Reported);
        }
        None => {}
    }
    bounds::nested(cx, cx.nested, at)?;
    if key.is_group() {
        bounds::property(cx, at)?;
    }
    cx.memo.insert(key.clone(), Memo::Pending);
    cx.nested += 1;
    let outcome = anonymous(cx, at, &key, pieces).map(|it| external::at_place(cx, at, it));
    cx.nested -= 1;
    cx.remember(key, &outcome);
    outcome
}

fn anonymous<'a>(
    cx: &mut LowerCx<'a>,
    at: &SpecPtr,
    key: &MemoKey,
    pieces: Vec<SchemaView<'a>>,
) -> Result<Lowered, Reported> {
    // A place that is derived from another by a schema is named by that schema.
    let way = at.way();
    let is_named = |it: &&SchemaView<'_>| match way.last() {
        Some(PointerSegment::Derived(Derived::With(place))) => it.spot.at == *place,
        Some(PointerSegment::Derived(_) | PointerSegment::Written(_)) | None => it.spot.at == *at,
    };
    let first = pieces.iter().find(is_named).or(pieces.first()).map(|it| it.spot.clone());
    let is_ruled_out = null::is_ruled_out(cx, &pieces);
    let (parts, nullable) = match merge(cx, pieces)? {
        Merged::Reference { spot, nullable } => {
            let target = reference(cx, &spot)?;
            let nullable = (nullable || target.nullable) && !is_ruled_out;
            return Ok(Lowered { nullable, ..target });
        }
        Merged::Parts { parts, nullable } => (parts, nullable),
    };
    of_other_types(&parts);
    let nullable = (nullable || null::is_chosen(cx, &parts)) && !is_ruled_out;
    if let SchemaKind::Plain = kind(cx, &parts) {
        let ty = plain(cx, at, &parts)?;
        return Ok(Lowered { ty, nullable });
    }
    let at = &free_place(cx, at);
    let origin = origin::of(cx, at);
    let id = cx.define(TypeDef {
        origin,
        docs: first.as_ref().map(docs::of).unwrap_or_default(),
        shape: Shape::Broken,
        wish: first.as_ref().and_then(docs::type_wish),
        at: at.clone(),
    });
    let lowered = Lowered { ty: Type::Def(id), nullable };
    cx.memo.insert(key.clone(), Memo::Known(lowered.clone()));
    cx.types[id].shape = named(cx, at, parts)?;
    Ok(lowered)
}

/// A place that no other type has: the schema at a place may be a type alone, and another together with others.
fn free_place(cx: &mut LowerCx<'_>, at: &SpecPtr) -> SpecPtr {
    let mut at = at.clone();
    while !cx.places.insert(at.clone()) {
        at = at.derived(Derived::Other);
    }
    at
}

/// The shape of a schema that has a name.
pub(super) fn shape<'a>(cx: &mut LowerCx<'a>, spot: &NodeRef<'a>) -> Result<Shape, Reported> {
    definition(cx, spot).map(|it| external::named(cx, &spot.at, it))
}

fn definition<'a>(cx: &mut LowerCx<'a>, spot: &NodeRef<'a>) -> Result<Shape, Reported> {
    match merge(cx, vec![SchemaView::new(spot.clone())])? {
        Merged::Reference { spot, .. } => Ok(Shape::Alias(reference(cx, &spot)?.ty)),
        Merged::Parts { parts, .. } => {
            of_other_types(&parts);
            match kind(cx, &parts) {
                SchemaKind::Plain if object::is_open(&parts) => named(cx, &spot.at, parts),
                SchemaKind::Plain => Ok(Shape::Alias(plain(cx, &spot.at, &parts)?)),
                SchemaKind::Enum | SchemaKind::Union | SchemaKind::Struct => {
                    named(cx, &spot.at, parts)
                }
            }
        }
    }
}

/// Lowers the target of a reference.
fn reference<'a>(cx: &mut LowerCx<'a>, spot: &NodeRef<'a>) -> Result<Lowered, Reported> {
    let text = spot.reference().unwrap_or_default();
    let target = cx.document.target(text, &spot.at, cx.sink)?;
    // A parameter or header where a schema is expected means its schema.
    let inner = target.child("schema").filter(|_| !target.mentions("properties"));
    schema(cx, &inner.unwrap_or(target))
}

/// Passes over keywords that speak of values of another type than the one that is stated.
fn of_other_types(parts: &[AllOfMember<'_>]) {
    let Some(ty) = enums::common_type(parts) else { return };
    for spot in parts.iter().map(|it| &it.spot) {
        let other = |key: &&str| match *key {
            "format" => matches!(ty, "array" | "object" | "boolean"),
            key => SchemaKeyword::of(key)
                .map(SchemaKeyword::row)
                .is_some_and(|row| row.weight != Weight::Light && !row.of.has(ty)),
        };
        spot.keys().filter(other).filter_map(|key| spot.child(key)).for_each(|it| it.pass_over());
    }
}

fn kind(cx: &LowerCx<'_>, parts: &[AllOfMember<'_>]) -> SchemaKind {
    if enums::is_enum(parts) {
        SchemaKind::Enum
    } else if union::is_union(cx, parts) {
        SchemaKind::Union
    } else if object::is_struct(parts) {
        SchemaKind::Struct
    } else {
        SchemaKind::Plain
    }
}

fn named<'a>(
    cx: &mut LowerCx<'a>,
    at: &SpecPtr,
    parts: Vec<AllOfMember<'a>>,
) -> Result<Shape, Reported> {
    let kind = kind(cx, &parts);
    if !matches!(kind, SchemaKind::Enum) {
        enums::without_effect(cx, &parts);
    }
    match kind {
        SchemaKind::Enum => Ok(enums::shape(cx, &parts)),
        SchemaKind::Union => union::shape(cx, at, parts),
        SchemaKind::Struct | SchemaKind::Plain => {
            Ok(Shape::Struct(object::structure(cx, at, &parts)?))
        }
    }
}

/// A type that needs no name.
fn plain<'a>(
    cx: &mut LowerCx<'a>,
    at: &SpecPtr,
    parts: &[AllOfMember<'a>],
) -> Result<Type, Reported> {
    enums::without_effect(cx, parts);
    let ty = type_of(cx, at, parts);
    let format = format(cx, parts);
    Ok(match ty.as_deref() {
        Some("array") => list(cx, at, parts)?,
        Some("object") => object::map(cx, at, parts)?,
        Some("string") => external::string(cx, format),
        Some(ty @ ("integer" | "number")) => {
            external::number(cx, format, parts);
            match ty {
                "integer" => scalar::integer(cx, format, parts),
                _ => scalar::number(cx, format, parts),
            }
        }
        Some("boolean") => Type::Scalar(crate::ir::Scalar::Bool),
        None if enums::is_null(parts) => Type::Scalar(crate::ir::Scalar::Null),
        // Other types were told and removed when the document was read.
        Some(_) | None => {
            for part in parts.iter().filter(|it| it.spot.mentions("not")) {
                cx.sink.report(
                    &NO_EFFECT,
                    &part.spot.at.child("not"),
                    "`not` does not restrict the type",
                );
            }
            Type::Json
        }
    })
}

/// The `format` of the parts: the first counts.
fn format<'p>(cx: &mut LowerCx<'_>, parts: &'p [AllOfMember<'_>]) -> Option<&'p str> {
    let mut stated = parts.iter().filter_map(|it| Some((it.keys.format()?, &it.spot)));
    let (first, _) = stated.next()?;
    if let Some((other, spot)) = stated.find(|it| it.0 != first) {
        let message = format_args!(
            "the parts of `allOf` have the formats `{first}` and `{other}`: the first counts"
        );
        cx.sink.report(&MERGE_CONFLICT, &spot.at.child("format"), message);
    }
    Some(first)
}

/// The `type` that the parts agree on.
fn type_of(cx: &mut LowerCx<'_>, at: &SpecPtr, parts: &[AllOfMember<'_>]) -> Option<String> {
    let mut types = enums::types(parts).into_iter();
    let Some((first, part)) = types.next() else {
        let mut items = parts.iter().filter(|it| it.spot.mentions("items"));
        return items.next().map(|_| "array".to_owned());
    };
    let numbers = |ty: &str| matches!(ty, "integer" | "number");
    let agree = |other: &str| other == first || (numbers(other) && numbers(first));
    if let Some((other, conflicting)) = types.find(|(other, _)| !agree(other)) {
        let message =
            format_args!("the parts of `allOf` are `{first}` and `{other}`: the first counts");
        let found = cx.sink.report(&MERGE_CONFLICT, at, message);
        let place = |part: &AllOfMember<'_>| part.spot.id_of("type");
        if let (Some(first), Some(other)) = (place(part), place(conflicting)) {
            found.exactly(Exact::Node(other)).also(first, "this counts");
        }
    }
    enums::common_type(parts).map(str::to_owned)
}

fn list<'a>(
    cx: &mut LowerCx<'a>,
    at: &SpecPtr,
    parts: &[AllOfMember<'a>],
) -> Result<Type, Reported> {
    if let Some(tuple) = parts.iter().find(|it| it.spot.beyond().prefix_items.is_there()) {
        return elements(cx, tuple);
    }
    let items: Vec<_> = parts.iter().filter_map(|it| it.spot.child("items")).collect();
    let items: Vec<_> = items.into_iter().filter(NodeRef::is_object).collect();
    Ok(Type::List(Box::new(match &items[..] {
        [] => Type::Json,
        [one] => schema(cx, one)?.whole(),
        _ => {
            let pieces = items.iter().map(|it| SchemaView::new(it.clone())).collect();
            together(cx, &at.child("items"), pieces)?.whole()
        }
    })))
}

/// `prefixItems`: a tuple if nothing may follow and nothing be left out, else a list of what may stand in it.
fn elements<'a>(cx: &mut LowerCx<'a>, part: &AllOfMember<'a>) -> Result<Type, Reported> {
    let mut types = Vec::new();
    for spot in part.spot.beyond().prefix_items.schemas() {
        types.push(schema(cx, &spot)?.whole());
    }
    let count = types.len() as u64;
    let exact = part.spot.json("maxItems").and_then(|it| it.as_u64()) == Some(count);
    let may_end =
        part.spot.json("minItems").and_then(|it| it.as_u64()).is_some_and(|it| it < count);
    if (part.spot.notes().closed || exact) && !may_end && (1..=12).contains(&count) {
        return Ok(Type::Tuple(types));
    }
    if let Some(rest) = part.spot.child("items").filter(NodeRef::is_object) {
        types.push(schema(cx, &rest)?.whole());
    }
    types.dedup();
    match &types[..] {
        [one] => Ok(Type::List(Box::new(one.clone()))),
        _ => {
            let message = "items of several types in a list of any length are given as JSON";
            cx.sink.report(&NO_EFFECT, &part.spot.at, message);
            Ok(Type::List(Box::new(Type::Json)))
        }
    }
}
