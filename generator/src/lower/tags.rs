//! The property that tells the variants of a union apart, and its values for each of them.

use super::heirs::{self, ChosenSchemas, component_name, place_of, tell};
use super::merge::{AllOfMember, SchemaView};
use super::union::Chooser;
use super::{LowerCx, through};
use crate::diag::SpecPtr;
use crate::load::{Json, Node, NodeRef};
use indexmap::IndexSet;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

/// The depth to which a property is looked for through `allOf` and references.
const MAX_DEPTH: u8 = 16;

/// The depth to which a property is looked for in variants of variants.
const NESTED: u8 = 4;

/// A property, and its values for each variant.
#[derive(Clone)]
pub(super) struct VariantTags {
    pub(super) property: String,
    /// A discriminator without a value for a variant chooses between the other variants.
    pub(super) values: Vec<Vec<Json>>,
    /// Unions that have a value for all of their variants, which these may not know.
    whole: Vec<bool>,
}

impl VariantTags {
    /// True if the variant with this number does not write its tag itself.
    pub(super) fn adds(
        &self,
        cx: &LowerCx<'_>,
        index: usize,
        spot: &NodeRef<'_>,
        rest: &[SchemaView<'_>],
    ) -> bool {
        // The union itself may be among the rest: its discriminator says nothing of who writes the tag.
        let declares = |it: &SchemaView<'_>| {
            !through::property(cx, &it.spot, &self.property, MAX_DEPTH).is_empty()
        };
        let writes = rest.iter().any(declares) || writes(cx, spot, &self.property, NESTED);
        self.whole[index] || (!writes && !self.values[index].is_empty())
    }

    /// Those of some variants.
    pub(super) fn only(&self, kept: &[usize]) -> Self {
        Self {
            property: self.property.clone(),
            values: kept.iter().map(|it| self.values[*it].clone()).collect(),
            whole: kept.iter().map(|it| self.whole[*it]).collect(),
        }
    }
}

/// A value as a word.
pub(super) fn spelled(tag: &Json) -> String {
    tag.as_str().map_or_else(|| tag.to_string(), str::to_owned)
}

/// The property that tells the schemas apart from which a part chooses.
pub(super) fn of(
    cx: &mut LowerCx<'_>,
    part: &AllOfMember<'_>,
    chooser: &Chooser<'_>,
    rest: &[SchemaView<'_>],
) -> Option<VariantTags> {
    let chosen = &chooser.chosen;
    let handed = cx.handed_down.get(&part.spot.at).cloned().unwrap_or_default();
    let stated = part.keys.discriminator().map(str::to_owned);
    let property = stated.clone().or_else(|| Some(handed.first()?.0.clone()));
    let Some(property) = property else { return by_constants(cx, chosen) };
    let mut values = vec![Vec::new(); chosen.len()];
    let mut whole = vec![false; chosen.len()];
    let mut keys = MappingKeys::new(chosen, rest, &property);
    for (key, entry) in heirs::mapping(&part.spot) {
        let target = entry.as_str().unwrap_or_default();
        let at = heirs::mapped_to(cx, target);
        let at =
            if chooser.heirs { at.map(|it| heirs::last(cx, it, key, &chooser.places)) } else { at };
        let found = at.as_ref().and_then(|it| keys.position(cx, it));
        let found = found.or_else(|| keys.by_constant(cx, key));
        match (found, at) {
            (Some(index), at) => {
                let spot = &chosen[index];
                let value = keys.typed(cx, index, key);
                let is_it = at.is_some_and(|it| place_of(spot) == it) && is_nested(cx, spot);
                whole[index] |= is_it && !keys.own(cx, index).contains(&value);
                values[index].push(value);
            }
            (None, Some(_)) => {
                tell(cx, &entry.at, format_args!("`{target}` is no variant of this schema"));
            }
            (None, None) => {
                tell(cx, &entry.at, format_args!("`{target}` names no schema of this document"));
            }
        }
    }
    let mut known: HashSet<Json> = values.iter().flatten().cloned().collect();
    for (_, key, target) in handed.iter().filter(|it| it.0 == property) {
        let Some(index) = keys.position(cx, target) else { continue };
        let value = keys.typed(cx, index, key);
        if known.insert(value.clone()) {
            values[index].push(value);
        }
    }
    complete(cx, chooser, &property, &mut values, stated.is_some());
    let told_apart = distinct(&values) && values.iter().any(|it| !it.is_empty());
    if told_apart && values.iter().all(|it| !it.is_empty()) {
        return Some(VariantTags { property, values, whole });
    }
    let found = by_constants(cx, chosen);
    if found.is_none() && stated.is_some() && told_apart {
        return Some(VariantTags { property, values, whole });
    }
    if found.is_none() && stated.is_some() && chosen.len() > 1 {
        let at = part.spot.at.child("discriminator");
        tell(
            cx,
            &at,
            "the discriminator has no value of its own for each variant: the one that fits best is taken",
        );
    }
    found
}

/// Adds the values that the variants state themselves, and those that are implied.
fn complete(
    cx: &LowerCx<'_>,
    chooser: &Chooser<'_>,
    property: &str,
    values: &mut [Vec<Json>],
    implied: bool,
) {
    let chosen = &chooser.chosen;
    // Those that extend an heir are chosen beside it.
    let depth = if chooser.heirs { 0 } else { NESTED };
    let stated: Vec<_> = chosen.iter().map(|it| values_of(cx, it, property, depth)).collect();
    let names = chooser.names(cx, property);
    let names: HashSet<&Json> = names.iter().collect();
    let claimed: HashSet<Json> =
        values.iter().flatten().chain(names.iter().copied()).cloned().collect();
    for (index, spot) in chosen.iter().enumerate() {
        if values[index].is_empty() {
            let name = component_name(&place_of(spot)).filter(|_| implied).map(Json::from);
            let mut own = stated[index].clone().unwrap_or_default();
            // An heir has the list of its base, which has the values of the others.
            let is_listed = chooser.heirs && name.as_ref().is_some_and(|it| names.contains(it));
            own.retain(|it| !(is_listed || (chooser.heirs && claimed.contains(it))));
            values[index] = if own.is_empty() { Vec::from_iter(name) } else { own };
        }
    }
    // A mapping that names some values of a variant does not exclude the others that only this variant has.
    let mut owners: HashMap<&Json, Option<usize>> = HashMap::new();
    for (index, own) in stated.iter().enumerate() {
        for value in own.iter().flatten() {
            let owner = owners.entry(value).or_insert(Some(index));
            *owner = owner.filter(|it| *it == index);
        }
    }
    let mut claimed: HashMap<Json, usize> = HashMap::new();
    for (index, own) in values.iter().enumerate() {
        claimed.extend(own.iter().map(|it| (it.clone(), index)));
    }
    for (index, own) in stated.iter().enumerate() {
        // An heir that lists the value of another one has the list of its base, which is not about itself.
        let of_others = |it: &Json| claimed.get(it).is_some_and(|it| *it != index);
        if chooser.heirs && own.iter().flatten().any(of_others) {
            continue;
        }
        for value in own.iter().flatten() {
            let is_own = owners.get(value) == Some(&Some(index));
            if is_own && !names.contains(value) && !claimed.contains_key(value) {
                claimed.insert(value.clone(), index);
                values[index].push(value.clone());
            }
        }
    }
}

/// The meaning of a mapping's keys; everything is computed once for all of them.
struct MappingKeys<'c, 'a> {
    spots: &'c [NodeRef<'a>],
    rest: &'c [SchemaView<'a>],
    property: &'c str,
    chosen: ChosenSchemas,
    /// The type that any of the schemas names for the property.
    ty: OnceCell<Option<String>>,
    /// The values that each schema states itself.
    own: Vec<Option<HashSet<Json>>>,
    /// The first schema that states a value, as it is spelled.
    constants: Option<HashMap<String, usize>>,
    /// The values that are no texts and that each schema lists outside of unions.
    listed: Vec<Option<HashSet<Json>>>,
}

impl<'c, 'a> MappingKeys<'c, 'a> {
    fn new(spots: &'c [NodeRef<'a>], rest: &'c [SchemaView<'a>], property: &'c str) -> Self {
        let (chosen, own) = (ChosenSchemas::of(spots), vec![None; spots.len()]);
        let (ty, listed) = (OnceCell::new(), own.clone());
        Self { spots, rest, property, chosen, ty, own, constants: None, listed }
    }

    /// The schema at a place, or else the one that chooses it.
    fn position(&mut self, cx: &LowerCx<'a>, at: &SpecPtr) -> Option<usize> {
        self.chosen.stands(at).or_else(|| self.chosen.leads(cx, self.spots, at))
    }

    /// The values that a schema states.
    fn own(&mut self, cx: &LowerCx<'a>, index: usize) -> &HashSet<Json> {
        let values = || values_of(cx, &self.spots[index], self.property, NESTED);
        self.own[index].get_or_insert_with(|| values().into_iter().flatten().collect())
    }

    /// The schema that states the value itself.
    fn by_constant(&mut self, cx: &LowerCx<'a>, key: &str) -> Option<usize> {
        if self.constants.is_none() {
            let mut found = HashMap::new();
            for index in 0..self.spots.len() {
                for value in self.own(cx, index) {
                    found.entry(spelled(value)).or_insert(index);
                }
            }
            self.constants = Some(found);
        }
        self.constants.as_ref()?.get(key).copied()
    }

    /// A mapping's key as the JSON type that the property has.
    fn typed(&mut self, cx: &LowerCx<'a>, index: usize, key: &str) -> Json {
        let property = self.property;
        let own = std::iter::once(&self.spots[index]).chain(self.rest.iter().map(|it| &it.spot));
        let ty = own.into_iter().find_map(|it| type_of(cx, it, property, NESTED)).or_else(|| {
            let any = || self.spots.iter().find_map(|it| type_of(cx, it, property, NESTED));
            self.ty.get_or_init(any).clone()
        });
        let read: Option<Json> = serde_json::from_str(key).ok();
        let mut is_typed = |it: &Json| match ty.as_deref() {
            Some("integer") => it.is_i64(),
            Some("number") => it.is_number(),
            Some("boolean") => it.is_boolean(),
            Some(_) => false,
            None => self.listed[index]
                .get_or_insert_with(|| {
                    let listed = constants(cx, &self.spots[index], property).unwrap_or_default();
                    listed.into_iter().filter(|it| !it.is_string()).collect()
                })
                .contains(it),
        };
        read.filter(|it| is_typed(it)).unwrap_or_else(|| Json::from(key))
    }
}

/// A property that every variant has, with values that no other variant has.
pub(super) fn by_constants(cx: &LowerCx<'_>, chosen: &[NodeRef<'_>]) -> Option<VariantTags> {
    let first = chosen.first()?;
    if chosen.len() < 2 {
        return None;
    }
    names(cx, first, NESTED).into_iter().find_map(|property| {
        let values: Option<Vec<_>> =
            chosen.iter().map(|spot| values_of(cx, spot, &property, NESTED)).collect();
        let values = values.filter(|it| distinct(it))?;
        Some(VariantTags { property, whole: vec![false; values.len()], values })
    })
}

/// The properties by which a schema may be told apart.
fn names(cx: &LowerCx<'_>, spot: &NodeRef<'_>, depth: u8) -> Vec<String> {
    let found = through::property_names(cx, spot, MAX_DEPTH);
    let Some(left) = depth.checked_sub(1).filter(|_| found.is_empty()) else { return found };
    let Some(inner) = nested(cx, spot) else { return found };
    let own = inner.child("discriminator").and_then(|it| it.text("propertyName"));
    let first = heirs::variants(cx, &inner).into_iter().next();
    own.map(str::to_owned)
        .into_iter()
        .chain(first.iter().flat_map(|it| names(cx, it, left)))
        .collect()
}

fn distinct(values: &[Vec<Json>]) -> bool {
    let mut seen = HashSet::new();
    values.iter().flatten().all(|it| seen.insert(it.to_string()))
}

/// The union that a schema is.
fn nested<'a>(cx: &LowerCx<'a>, spot: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let at = place_of(spot);
    let inner = cx.document.at(&at)?;
    (!heirs::variants(cx, &inner).is_empty()).then_some(inner)
}

/// True if a schema is a union that tells its variants apart itself.
pub(super) fn is_nested(cx: &LowerCx<'_>, spot: &NodeRef<'_>) -> bool {
    nested(cx, spot).is_some()
}

/// The values that a schema allows a property, if it lists them: in a union, those of all its variants.
fn values_of(cx: &LowerCx<'_>, spot: &NodeRef<'_>, property: &str, depth: u8) -> Option<Vec<Json>> {
    if let Some(found) = constants(cx, spot, property) {
        return Some(found);
    }
    let (left, inner) = (depth.checked_sub(1)?, nested(cx, spot)?);
    let members = heirs::variants(cx, &inner);
    let own = inner.child("discriminator").and_then(|it| it.text("propertyName"));
    let mapping = if own == Some(property) { heirs::mapping(&inner) } else { Vec::new() };
    let mut found = Vec::new();
    let mut mapped = vec![false; members.len()];
    let mut keys = MappingKeys::new(&members, &[], property);
    for (key, entry) in mapping {
        let at = entry.as_str().and_then(|it| heirs::mapped_to(cx, it));
        let Some(index) = at.and_then(|it| keys.position(cx, &it)) else { continue };
        mapped[index] = true;
        found.push(keys.typed(cx, index, key));
    }
    for (member, _) in members.iter().zip(mapped).filter(|it| !it.1) {
        let name = || component_name(&place_of(member)).filter(|_| own == Some(property));
        let values = values_of(cx, member, property, left);
        found.extend(values.or_else(|| Some(vec![Json::from(name()?)]))?);
    }
    // A base that is no variant of its own is meant by its name, too.
    let is_base = cx.children.contains_key(&inner.at) && own == Some(property);
    let name = component_name(&inner.at).filter(|_| is_base).map(Json::from);
    found.extend(name.filter(|it| !found.contains(it)));
    Some(found)
}

/// The values that a schema allows a property, if it lists them. Where its parts have none in common, all of
/// them, as the property itself does.
pub(super) fn constants(cx: &LowerCx<'_>, spot: &NodeRef<'_>, property: &str) -> Option<Vec<Json>> {
    let found = through::property(cx, spot, property, MAX_DEPTH);
    let mut lists: Vec<_> = found.iter().filter_map(|it| listed(cx, it, MAX_DEPTH)).collect();
    if lists.len() < 2 {
        return lists.pop();
    }
    let shortest = lists.iter().min_by_key(|it| it.len())?;
    let sets: Vec<HashSet<&Json>> = lists.iter().map(|it| it.iter().collect()).collect();
    let common = shortest.iter().filter(|value| sets.iter().all(|it| it.contains(value)));
    let common: Vec<_> = common.cloned().collect();
    if !common.is_empty() {
        return Some(common);
    }
    let all: IndexSet<Json> = lists.into_iter().flatten().collect();
    Some(all.into_iter().collect())
}

fn listed(cx: &LowerCx<'_>, spot: &NodeRef<'_>, depth: u8) -> Option<Vec<Json>> {
    if depth == 0 || spot.flag("x-extensible-enum") {
        return None;
    }
    if let Some(list) = spot.values("enum") {
        let text = spot.text("type") == Some("string");
        let value = |it: &Node| match it.to_json() {
            it if text && !it.is_null() => Json::from(spelled(&it)),
            it => it,
        };
        let values: Vec<_> = list.iter().map(value).collect();
        let tag = |it: &Json| it.is_string() || it.is_number() || it.is_boolean();
        return (!values.is_empty() && values.iter().all(tag)).then_some(values);
    }
    match cx.document.behind(spot) {
        Some(target) => listed(cx, &target, depth - 1),
        None => spot.items("allOf").find_map(|it| listed(cx, &it, depth - 1)),
    }
}

/// The type that a schema names for a property.
fn type_of(cx: &LowerCx<'_>, spot: &NodeRef<'_>, property: &str, depth: u8) -> Option<String> {
    for found in through::property(cx, spot, property, MAX_DEPTH) {
        let mut ty = None;
        through::each(cx, &found, MAX_DEPTH, &mut |it| {
            ty = ty.take().or_else(|| it.text("type").map(str::to_owned));
        });
        if ty.is_some() {
            return ty;
        }
    }
    let (left, inner) = (depth.checked_sub(1)?, nested(cx, spot)?);
    heirs::variants(cx, &inner).iter().find_map(|it| type_of(cx, it, property, left))
}

/// True if values of a schema have the property of the tag themselves.
fn writes(cx: &LowerCx<'_>, spot: &NodeRef<'_>, property: &str, depth: u8) -> bool {
    if !through::property(cx, spot, property, MAX_DEPTH).is_empty() {
        return true;
    }
    let (Some(left), Some(inner)) = (depth.checked_sub(1), nested(cx, spot)) else { return false };
    let own = inner.child("discriminator").and_then(|it| it.text("propertyName"));
    let handed = cx.handed_down.get(&inner.at).is_some_and(|it| it[0].0 == property);
    own == Some(property)
        || handed
        || heirs::variants(cx, &inner).iter().all(|it| writes(cx, it, property, left))
}
