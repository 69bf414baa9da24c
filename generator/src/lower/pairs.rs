//! Choices that hold at once: which schemas of one can hold beside which of the other.

use super::merge::{self, SchemaView};
use super::union::Chooser;
use super::{LowerCx, tags, through};
use crate::diag::{NO_EFFECT, OVERLAY_HELP};
use crate::load::{Json, NodeRef, SchemaKeyword};
use indexmap::IndexMap;
use std::collections::HashSet;

/// The depth to which a schema is read through `allOf` and references.
const MAX_DEPTH: u8 = 16;

/// The type and constants of a schema, which may rule out that its values are values of another schema, too.
pub(super) struct Profile {
    ty: Option<String>,
    constants: IndexMap<String, HashSet<Json>>,
}

impl Profile {
    pub(super) fn of(cx: &LowerCx<'_>, spot: &NodeRef<'_>) -> Self {
        let names = through::property_names(cx, spot, MAX_DEPTH);
        let constant = |name: String| {
            let values = tags::constants(cx, spot, &name)?;
            Some((name, values.into_iter().collect()))
        };
        Self { ty: type_of(cx, spot), constants: names.into_iter().filter_map(constant).collect() }
    }

    fn excludes(&self, other: &Self) -> bool {
        let types = matches!((&self.ty, &other.ty), (Some(one), Some(other)) if one != other);
        types
            || self.constants.iter().any(|(name, values)| {
                other.constants.get(name).is_some_and(|it| it.is_disjoint(values))
            })
    }
}

/// The JSON type that a schema names, or else the one that follows from its keywords.
fn type_of(cx: &LowerCx<'_>, spot: &NodeRef<'_>) -> Option<String> {
    let (mut stated, mut implied) = (None, None);
    through::each(cx, spot, MAX_DEPTH, &mut |it| {
        let ty = it.text("type").map(|it| if it == "integer" { "number" } else { it });
        let found = if it.notes().implied { &mut implied } else { &mut stated };
        *found = found.take().or_else(|| ty.map(str::to_owned));
    });
    stated.or(implied)
}

/// The choice that is left where another choice took a schema with this profile.
pub(super) fn beside<'a>(
    cx: &LowerCx<'a>,
    chooser: &Chooser<'a>,
    profile: &Profile,
    property: Option<&str>,
) -> Chooser<'a> {
    let kept: Vec<_> = (0..chooser.chosen.len())
        .filter(|index| !profile.excludes(&Profile::of(cx, &chooser.chosen[*index])))
        .collect();
    let tags = chooser.tags.as_ref().filter(|it| kept.len() > 1 || Some(&*it.property) != property);
    chooser.only(&kept, tags.map(|it| it.only(&kept)))
}

/// Of what holds beside a schema that a union chooses, what speaks of values that the schema has: properties
/// without a type restrict objects only, and items lists.
pub(super) fn applying<'a>(
    cx: &LowerCx<'_>,
    rest: &[SchemaView<'a>],
    spot: &NodeRef<'_>,
) -> Vec<SchemaView<'a>> {
    let Some(ty) = type_of(cx, spot) else { return rest.to_vec() };
    rest.iter().filter(|it| applies(it, &ty)).cloned().collect()
}

/// True if a schema speaks of values of a type.
fn applies(piece: &SchemaView<'_>, ty: &str) -> bool {
    let node = &piece.spot;
    let mut keys = merge::substance(node);
    let open = node.mentions("additionalProperties") && ty == "object";
    let stated = node.mentions("type") && !node.notes().implied;
    let elsewhere = stated || piece.spot.reference().is_some();
    !piece.flat || elsewhere || open || keys.any(|it| it.row().of.has(ty))
}

/// Tells of what holds beside choices, and speaks of values that no choice has.
pub(super) fn tell_without_effect<'a>(
    cx: &mut LowerCx<'a>,
    rest: &[SchemaView<'a>],
    choosers: &[Chooser<'a>],
) {
    for piece in rest {
        let has_effect = |it: &NodeRef<'_>| type_of(cx, it).is_none_or(|ty| applies(piece, &ty));
        if choosers.iter().flat_map(|it| &it.chosen).any(has_effect) {
            continue;
        }
        for keyword in merge::substance(&piece.spot) {
            let key = keyword.name();
            let message =
                format_args!("`{key}` has no effect: no schema of the choice has such values");
            cx.sink.report(&NO_EFFECT, &piece.spot.at.child(key), message).edit(OVERLAY_HELP);
        }
    }
}

/// True if schemas say something about objects that another schema does not say itself.
pub(super) fn adds(cx: &LowerCx<'_>, rest: &[SchemaView<'_>], spot: &NodeRef<'_>) -> bool {
    let names: HashSet<_> = through::property_names(cx, spot, MAX_DEPTH).into_iter().collect();
    let mut required = HashSet::new();
    through::each(cx, spot, MAX_DEPTH, &mut |it| required.extend(it.words("required")));
    rest.iter().any(|piece| {
        let node = &piece.spot;
        let known = |it| matches!(it, SchemaKeyword::Properties | SchemaKeyword::Required);
        let says_more = merge::substance(node).any(|it| !known(it));
        let open = node.child("additionalProperties").is_some_and(|it| it.is_object());
        says_more
            || open
            || piece.spot.entries("properties").any(|(name, _)| !names.contains(name))
            || node.words("required").any(|it| !required.contains(it))
    })
}
