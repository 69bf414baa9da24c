//! How deep the values of a type go: styles of parameters know texts, and lists and objects of texts.

use super::Cx;
use crate::ir::{Id, Presence, Shape, Struct, Type, TypeDef};
use std::collections::HashMap;

/// How deep a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Depth {
    Text,
    List,
    Object,
    /// An object of which a member is a list.
    ObjectOfLists,
    Nested,
}

/// Which values of a type count.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Values {
    /// All: the deepest variant of a union, the deepest property of an object.
    All,
    /// Those that go least deep: the flattest variant, and properties that must be there.
    Flattest,
}

/// How deep values of a type go. What may be any JSON counts as text.
pub(super) fn depth(cx: &Cx<'_>, ty: &Type, values: Values) -> Depth {
    of(cx, ty, values, &mut HashMap::new())
}

fn of(cx: &Cx<'_>, ty: &Type, values: Values, known: &mut HashMap<Id<TypeDef>, Depth>) -> Depth {
    match ty {
        Type::Scalar(_) | Type::Json => Depth::Text,
        Type::Nullable(inner) => of(cx, inner, values, known),
        Type::List(inner) => list(of(cx, inner, values, known)),
        Type::Tuple(types) => {
            let items = types.iter().map(|it| of(cx, it, values, known)).max();
            list(items.unwrap_or(Depth::Text))
        }
        Type::Map(inner) => object(of(cx, inner, values, known)),
        Type::Def(id) => {
            // A type that is met within itself is nested.
            if let Some(known) = known.get(id) {
                return *known;
            }
            known.insert(*id, Depth::Nested);
            let depth = match &cx.types[*id].shape {
                Shape::Enum(_) | Shape::Outcome(_) | Shape::Broken => Depth::Text,
                Shape::Alias(inner) => of(cx, inner, values, known),
                Shape::Union(it) => {
                    let variants = it.variants.iter().map(|it| of(cx, &it.ty, values, known));
                    let depth = match values {
                        Values::All => variants.max(),
                        Values::Flattest => variants.min(),
                    };
                    depth.unwrap_or(Depth::Text)
                }
                Shape::Struct(it) => properties(cx, it, values, known),
            };
            known.insert(*id, depth);
            depth
        }
    }
}

fn properties(
    cx: &Cx<'_>,
    it: &Struct,
    values: Values,
    known: &mut HashMap<Id<TypeDef>, Depth>,
) -> Depth {
    let counts = |presence: Presence| match (values, presence) {
        (Values::All, _) | (_, Presence::Required) => true,
        (_, Presence::Optional | Presence::Nullable | Presence::OptionalNullable) => false,
    };
    let named = it.fields.iter().filter(|it| counts(it.presence)).map(|it| &it.ty);
    let extra = it.extra.iter().filter(|_| values == Values::All);
    let members = named.chain(extra).map(|it| object(of(cx, it, values, known))).max();
    members.unwrap_or(Depth::Object)
}

fn list(item: Depth) -> Depth {
    if item == Depth::Text { Depth::List } else { Depth::Nested }
}

fn object(member: Depth) -> Depth {
    match member {
        Depth::Text => Depth::Object,
        Depth::List => Depth::ObjectOfLists,
        Depth::Object | Depth::ObjectOfLists | Depth::Nested => Depth::Nested,
    }
}
