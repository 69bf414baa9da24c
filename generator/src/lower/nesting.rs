//! The nesting depth of the values of a type: styles of parameters know texts, and lists and objects of texts.

use super::LowerCx;
use crate::ir::{Id, Presence, Shape, Struct, Type, TypeDef};
use std::collections::HashMap;

/// The nesting depth of a value.
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
pub(super) enum CountedValues {
    /// All: the deepest variant of a union, the deepest property of an object.
    All,
    /// Those that go least deep: the flattest variant, and properties that must be there.
    Flattest,
}

/// The nesting depth of the values of a type. Any JSON counts as text.
pub(super) fn depth(cx: &LowerCx<'_>, ty: &Type, values: CountedValues) -> Depth {
    let mut walk = DepthVisitor { cx, values, known: HashMap::new(), round: 0, is_stale: false };
    loop {
        (walk.round, walk.is_stale) = (walk.round + 1, false);
        let depth = walk.of(ty);
        if !walk.is_stale {
            return depth;
        }
    }
}

/// A walk over types, which is repeated while it has used what it found to be otherwise later.
struct DepthVisitor<'c, 'a> {
    cx: &'c LowerCx<'a>,
    values: CountedValues,
    known: HashMap<Id<TypeDef>, KnownDepth>,
    round: u32,
    is_stale: bool,
}

/// The depth of a definition: the last one that was found, and nested before that.
#[derive(Clone, Copy)]
struct KnownDepth {
    depth: Depth,
    /// The round in which it was met last.
    round: u32,
    /// True if the definition was met within itself.
    is_circular: bool,
}

impl DepthVisitor<'_, '_> {
    fn of(&mut self, ty: &Type) -> Depth {
        match ty {
            Type::Scalar(_) | Type::Json => Depth::Text,
            Type::Nullable(inner) => self.of(inner),
            Type::List(inner) => list(self.of(inner)),
            Type::Tuple(types) => {
                let items = types.iter().map(|it| self.of(it)).max();
                list(items.unwrap_or(Depth::Text))
            }
            Type::Map(inner) => object(self.of(inner)),
            Type::Def(id) => self.definition(*id),
        }
    }

    fn definition(&mut self, id: Id<TypeDef>) -> Depth {
        let new = KnownDepth { depth: Depth::Nested, round: 0, is_circular: false };
        let known = self.known.entry(id).or_insert(new);
        let before = known.depth;
        if known.round == self.round {
            known.is_circular = true;
            return before;
        }
        known.round = self.round;
        let depth = match &self.cx.types[id].shape {
            Shape::Enum(_) | Shape::Outcome(_) | Shape::Broken => Depth::Text,
            Shape::Alias(inner) => self.of(inner),
            Shape::Union(it) => {
                let values = self.values;
                let variants = it.variants.iter().map(|it| self.of(&it.ty));
                let depth = match values {
                    CountedValues::All => variants.max(),
                    CountedValues::Flattest => variants.min(),
                };
                depth.unwrap_or(Depth::Text)
            }
            Shape::Struct(it) => self.properties(it),
        };
        if let Some(known) = self.known.get_mut(&id) {
            known.depth = depth;
            self.is_stale |= known.is_circular && depth != before;
        }
        depth
    }

    fn properties(&mut self, it: &Struct) -> Depth {
        let values = self.values;
        let counts = |presence: Presence| match (values, presence) {
            (CountedValues::All, _) | (_, Presence::Required) => true,
            (
                _,
                Presence::Optional
                | Presence::Nullable
                | Presence::OptionalNullable
                | Presence::Clearable,
            ) => false,
        };
        let named = it.fields.iter().filter(|it| counts(it.presence)).map(|it| &it.ty);
        let extra = it.extra.iter().filter(|_| values == CountedValues::All);
        let members = named.chain(extra).map(|it| object(self.of(it))).max();
        members.unwrap_or(Depth::Object)
    }
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
