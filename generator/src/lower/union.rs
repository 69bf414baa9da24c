//! `oneOf` and `anyOf`, and schemas that a discriminator tells apart.

use super::heirs;
use super::merge::{self, AllOfMember, Choices, SchemaView};
use super::pairs::{self, Profile};
use super::schema::{Lowered, schema, together};
use super::tags::{self, VariantTags};
use super::{LowerCx, bounds, components, docs, origin, through};
use crate::diag::{Derived, MERGE_CONFLICT, SpecPtr};
use crate::ir::{Docs, Scalar, Shape, Tag, Type, TypeDef, Union, Variant};
use crate::load::{Json, NodeRef, Reported};
use std::collections::HashSet;

/// The number of references that may lead to null.
const MAX_DEPTH: u8 = 16;

/// True if the parts choose between schemas.
pub(super) fn is_union(cx: &LowerCx<'_>, parts: &[AllOfMember<'_>]) -> bool {
    parts.iter().any(|it| Chooser::of(cx, it).is_some())
}

/// Schemas of which a value is one.
pub(super) struct Chooser<'a> {
    pub(super) chosen: Vec<NodeRef<'a>>,
    /// Their places.
    pub(super) places: HashSet<SpecPtr>,
    /// The schema that chooses, which they may extend.
    base: SpecPtr,
    /// True if no keyword lists them: they extend the base, or its mapping names them.
    pub(super) heirs: bool,
    /// The choices of the part besides this one.
    left: Choices,
    pub(super) tags: Option<VariantTags>,
}

impl<'a> Chooser<'a> {
    fn new(chosen: Vec<NodeRef<'a>>, base: SpecPtr, left: Choices) -> Self {
        let places = chosen.iter().map(|it| it.at.clone()).collect();
        Self { chosen, places, base, heirs: false, left, tags: None }
    }

    fn of(cx: &LowerCx<'a>, part: &AllOfMember<'a>) -> Option<Self> {
        let new = |chosen, left| Self::new(chosen, part.spot.at.clone(), left);
        // The whole is nullable: null needs no variant.
        let listed = |key: &str| {
            let mut all = listed(part, key)?;
            if !all.iter().all(|it| is_only_null(cx, it, MAX_DEPTH)) {
                all.retain(|it| !is_only_null(cx, it, MAX_DEPTH));
            }
            Some(all)
        };
        let (one_of, any_of) = match part.choices {
            Choices::All => (listed("oneOf"), listed("anyOf")),
            Choices::AnyOf => (None, listed("anyOf")),
            Choices::None => return None,
        };
        match (one_of, any_of) {
            (Some(it), Some(_)) => Some(new(it, Choices::AnyOf)),
            (Some(it), None) | (None, Some(it)) => Some(new(it, Choices::None)),
            (None, None) => {
                let chosen = heirs_of(cx, part);
                (!chosen.is_empty()).then(|| Self { heirs: true, ..new(chosen, Choices::None) })
            }
        }
    }
}

/// The schemas that a keyword lists, unless they only restrict the part.
pub(super) fn listed<'a>(part: &AllOfMember<'a>, key: &str) -> Option<Vec<NodeRef<'a>>> {
    let all: Vec<_> = part.spot.items(key).collect();
    if all.iter().any(|it| !only_restricts(it)) {
        return Some(all);
    }
    all.iter().for_each(NodeRef::pass_over);
    None
}

/// The schemas that extend a part, told apart by its discriminator.
fn heirs_of<'a>(cx: &LowerCx<'a>, part: &AllOfMember<'a>) -> Vec<NodeRef<'a>> {
    let names = cx.children.get(&part.spot.at).into_iter().flatten();
    let mut found: Vec<_> =
        names.filter_map(|name| cx.document.at(&components::place(name))).collect();
    let is_base = |it: &str| heirs::mapped_to(cx, it).is_some_and(|it| it == part.spot.at);
    let mapping = if found.is_empty() { Vec::new() } else { heirs::mapping(&part.spot) };
    if mapping.iter().any(|(_, it)| it.as_str().is_some_and(is_base)) {
        found.push(part.spot.clone());
    }
    let reachable = reachable(cx, part, &found);
    found.retain(|it| reachable.as_ref().is_none_or(|all| all.contains(&it.at)));
    found
}

/// The heirs that a tag can name, if each value that it may have is in the mapping of their base, or a name.
fn reachable(
    cx: &LowerCx<'_>,
    part: &AllOfMember<'_>,
    heirs: &[NodeRef<'_>],
) -> Option<HashSet<SpecPtr>> {
    let property = part.keys.discriminator()?;
    let values = tags::constants(cx, &part.spot, property)?;
    let places: HashSet<SpecPtr> = heirs.iter().map(|it| it.at.clone()).collect();
    let mut found = HashSet::new();
    for value in &values {
        let value = tags::spelled(value);
        let place = components::place(&value);
        let is_name = || part.spot.at == place || places.contains(&place);
        found.insert(match heirs::entry(&part.spot, &value) {
            Some(entry) => {
                let at = heirs::mapped_to(cx, entry.as_str()?)?;
                heirs::last(cx, at, &value, &places)
            }
            None if is_name() => place,
            None => return None,
        });
    }
    Some(found)
}

/// True if a schema says which properties must be there, and nothing about their types.
pub(super) fn only_restricts(spot: &NodeRef<'_>) -> bool {
    const KEYS: &[&str] =
        &["required", "not", "title", "description", "minProperties", "maxProperties"];
    (spot.mentions("required") || spot.mentions("not"))
        && spot
            .keys()
            .all(|key| KEYS.contains(&key) || (key == "type" && spot.text(key) == Some("object")))
}

/// True if null is all that a schema allows.
fn is_only_null(cx: &LowerCx<'_>, spot: &NodeRef<'_>, depth: u8) -> bool {
    if let Some(values) = spot.values("enum") {
        return matches!(values, [only] if only.to_json().is_null());
    }
    let Some(left) = depth.checked_sub(1) else { return false };
    cx.document.behind(spot).is_some_and(|it| is_only_null(cx, &it, left))
}

/// The union that the parts of the schema at `at` come to.
pub(super) fn shape<'a>(
    cx: &mut LowerCx<'a>,
    at: &SpecPtr,
    mut parts: Vec<AllOfMember<'a>>,
) -> Result<Shape, Reported> {
    let mut choosers = Vec::new();
    for (index, part) in parts.iter_mut().enumerate() {
        while let Some(chooser) = Chooser::of(cx, part) {
            part.choices = chooser.left;
            choosers.push((index, chooser));
        }
    }
    let rest = rest(&parts);
    for (index, it) in &mut choosers {
        it.tags = tags::of(cx, &parts[*index], it, &rest);
    }
    let mut choosers: Vec<_> = choosers.into_iter().map(|(_, it)| it).collect();
    pairs::tell_without_effect(cx, &rest, &choosers);
    for part in parts.iter().filter(|part| !rest.iter().any(|it| it.spot.at == part.spot.at)) {
        merge::excludes_nothing(cx, &part.spot, "each type of a choice says it for itself");
    }
    if choosers.len() > 1 {
        bounds::pairs(cx, at, choosers.iter().map(|it| it.chosen.len()))?;
        // Choices with a tag come first.
        choosers.sort_by_key(|it| it.tags.is_none());
    }
    pairs(cx, at, choosers, &rest, 1)
}

/// Any of some schemas that no keyword of the document puts together.
pub(super) fn any_of<'a>(cx: &mut LowerCx<'a>, chosen: &[NodeRef<'a>]) -> Result<Shape, Reported> {
    let tags = tags::by_constants(cx, chosen);
    let new = Chooser::new(chosen.to_vec(), SpecPtr::root(), Choices::None);
    let chooser = Chooser { tags, ..new };
    among(cx, &SpecPtr::root(), &chooser, &[], 1)
}

/// The shape of several choices that hold at once: a variant for each group of schemas that one value can fit at once.
/// `depth` counts the choices that make one variant.
fn pairs<'a>(
    cx: &mut LowerCx<'a>,
    at: &SpecPtr,
    mut choosers: Vec<Chooser<'a>>,
    rest: &[SchemaView<'a>],
    depth: usize,
) -> Result<Shape, Reported> {
    let first = choosers.remove(0);
    if choosers.is_empty() {
        return among(cx, at, &first, rest, depth);
    }
    let mut variants: Vec<Variant> = Vec::new();
    for (index, spot) in first.chosen.iter().enumerate() {
        let profile = Profile::of(cx, spot);
        let property = first.tags.as_ref().map(|it| it.property.as_str());
        let others: Vec<_> =
            choosers.iter().map(|it| pairs::beside(cx, it, &profile, property)).collect();
        if others.iter().any(|it| it.chosen.is_empty()) {
            continue;
        }
        let place = place(at, spot);
        let beside: Vec<_> = rest.iter().cloned().chain([own(cx, &first, spot).0]).collect();
        // A choice with a tag is a union within the union, the rest are variants side by side.
        let depth = if first.tags.is_some() { 1 } else { depth + 1 };
        let ty = match pairs(cx, &place, others, &beside, depth)? {
            Shape::Union(it) if first.tags.is_none() && it.tag == Tag::Untagged => {
                variants.extend(it.variants);
                continue;
            }
            Shape::Alias(ty) => ty,
            shape => {
                let (origin, docs) = (origin::of(cx, &place), docs::of(spot));
                Type::Def(cx.define(TypeDef { origin, docs, shape, wish: None, at: place.clone() }))
            }
        };
        let values = first.tags.as_ref().map(|it| it.values[index].clone()).unwrap_or_default();
        let mut variant = new(cx, spot, ty, values);
        variant.adds_tag = first.tags.as_ref().is_some_and(|it| it.adds(cx, index, spot, rest));
        variants.push(variant);
    }
    if variants.is_empty() {
        choosers.iter().flat_map(|it| &it.chosen).for_each(NodeRef::pass_over);
        let message = "the choices that hold here at once exclude each other: the first counts";
        cx.sink.report(&MERGE_CONFLICT, at, message);
        return among(cx, at, &first, rest, depth);
    }
    Ok(finish(variants, first.tags))
}

impl Chooser<'_> {
    /// The names of heirs and of their base that the base lists as values of a property.
    pub(super) fn names(&self, cx: &LowerCx<'_>, property: &str) -> Vec<Json> {
        let base = cx.document.at(&self.base).filter(|_| self.heirs);
        let listed = base.and_then(|it| tags::constants(cx, &it, property));
        let is_name = |it: &Json| {
            let place = components::place(&tags::spelled(it));
            self.base == place || self.places.contains(&place)
        };
        listed.unwrap_or_default().into_iter().filter(is_name).collect()
    }

    /// The same with some of its schemas only.
    pub(super) fn only(&self, kept: &[usize], tags: Option<VariantTags>) -> Self {
        let chosen = kept.iter().map(|it| self.chosen[*it].clone()).collect();
        Self { heirs: self.heirs, tags, ..Self::new(chosen, self.base.clone(), self.left) }
    }
}

fn among<'a>(
    cx: &mut LowerCx<'a>,
    at: &SpecPtr,
    chooser: &Chooser<'a>,
    rest: &[SchemaView<'a>],
    depth: usize,
) -> Result<Shape, Reported> {
    let mut variants: Vec<Variant> = Vec::new();
    let mut known = HashSet::new();
    for (index, spot) in chooser.chosen.iter().enumerate() {
        let lowered = variant(cx, at, chooser, spot, rest)?;
        let values = chooser.tags.as_ref().map(|it| it.values[index].clone()).unwrap_or_default();
        if !known.insert(lowered.ty.clone()) && values.is_empty() {
            continue;
        }
        let mut variant = new(cx, spot, lowered.ty, values);
        if chooser.heirs {
            variant.wish = variant.wish.or_else(|| heirs::component_name(&spot.at));
        }
        if depth > 1 {
            variant.at = place(at, spot);
            variant.wish = origin::last_words(cx, &variant.at, depth);
        }
        variant.adds_tag = chooser.tags.as_ref().is_some_and(|it| it.adds(cx, index, spot, rest));
        variants.push(variant);
    }
    Ok(finish(variants, chooser.tags.clone()))
}

/// The union of some variants, or the one that is no choice.
fn finish(mut variants: Vec<Variant>, tags: Option<VariantTags>) -> Shape {
    if tags.is_none() {
        integers_first(&mut variants);
    }
    match (&variants[..], tags) {
        ([one], None) => Shape::Alias(one.ty.clone()),
        (_, None) => Shape::Union(Union { tag: Tag::Untagged, variants }),
        (_, Some(tags)) => {
            let variants = variants.into_iter().flat_map(each_tag).collect();
            Shape::Union(Union { tag: Tag::Property(tags.property), variants })
        }
    }
}

/// Puts an integer before the number that would read it, too, and write it with a fraction.
fn integers_first(variants: &mut [Variant]) {
    let is_number = |it: &Variant| it.ty == Type::Scalar(Scalar::Float);
    let is_integer = |it: &Variant| matches!(it.ty, Type::Scalar(Scalar::Int(_)));
    let Some(number) = variants.iter().position(is_number) else { return };
    for index in number + 1..variants.len() {
        if is_integer(&variants[index]) {
            variants[number..=index].rotate_right(1);
            return;
        }
    }
}

/// A variant for each of its tags, where nothing but the variant says which of them was read.
fn each_tag(mut variant: Variant) -> Vec<Variant> {
    if !variant.adds_tag || variant.tags.len() < 2 {
        return vec![variant];
    }
    let others = variant.tags.split_off(1);
    let of = |tag: Json| Variant {
        ty: variant.ty.clone(),
        adds_tag: true,
        lacks_tag: false,
        wish: Some(tags::spelled(&tag)),
        docs: Docs { ..variant.docs.clone() },
        at: variant.at.derived(Derived::Tag(tags::spelled(&tag))),
        tags: vec![tag],
    };
    let others: Vec<_> = others.into_iter().map(of).collect();
    std::iter::once(variant).chain(others).collect()
}

/// All parts as what holds beside their choices.
fn rest<'a>(parts: &[AllOfMember<'a>]) -> Vec<SchemaView<'a>> {
    let pieces = parts.iter().map(|part| SchemaView {
        spot: part.spot.clone(),
        choices: Choices::None,
        flat: true,
    });
    pieces.filter(|it| merge::has_substance(it, true) && !only_restricts(&it.spot)).collect()
}

/// The place of a variant of the schema at `at`: its own, or one below the schema that uses it.
fn place(at: &SpecPtr, spot: &NodeRef<'_>) -> SpecPtr {
    match spot.at.is_below(at) {
        true => spot.at.clone(),
        false => at.derived(Derived::With(spot.at.clone())),
    }
}

/// A chosen schema, and whether it extends the schema that chooses: then it counts without its own variants, and
/// the schemas that extend it in turn are chosen beside it.
fn own<'a>(cx: &LowerCx<'a>, chooser: &Chooser<'a>, spot: &NodeRef<'a>) -> (SchemaView<'a>, bool) {
    let extends = through::reaches(cx, spot, &chooser.base);
    let mut own = SchemaView::new(spot.clone());
    let is_chosen = |it: &NodeRef<'_>| chooser.places.contains(&it.at);
    let is_base = || cx.children.contains_key(&spot.at);
    if chooser.heirs && extends && is_base() && heirs::variants(cx, spot).iter().all(is_chosen) {
        own.choices = Choices::None;
    }
    (own, extends)
}

fn variant<'a>(
    cx: &mut LowerCx<'a>,
    at: &SpecPtr,
    chooser: &Chooser<'a>,
    spot: &NodeRef<'a>,
    rest: &[SchemaView<'a>],
) -> Result<Lowered, Reported> {
    let rest = pairs::applying(cx, rest, spot);
    if rest.is_empty() && !chooser.heirs {
        return schema(cx, spot);
    }
    let (own, extends) = own(cx, chooser, spot);
    // A schema that extends the base has all of its content; one that only the mapping names may lack some of it.
    let whole = extends && *at == chooser.base;
    let whole = whole || (chooser.heirs && !pairs::adds(cx, &rest, spot));
    if whole {
        for it in &rest {
            it.spot.pass_over();
        }
        return match own.choices {
            Choices::None => together(cx, &spot.at.derived(Derived::Own), vec![own]),
            Choices::All | Choices::AnyOf => schema(cx, spot),
        };
    }
    let pieces = rest.into_iter().chain([own]).collect();
    together(cx, &place(at, spot), pieces)
}

/// A variant, named by its tag unless it tells several apart itself.
fn new(cx: &LowerCx<'_>, spot: &NodeRef<'_>, ty: Type, tags: Vec<Json>) -> Variant {
    let spelled =
        tags.first().filter(|_| tags.len() == 1 || !tags::is_nested(cx, spot)).map(tags::spelled);
    Variant {
        ty,
        tags,
        adds_tag: false,
        lacks_tag: false,
        wish: spelled.or_else(|| spot.text("title").map(str::to_owned)),
        docs: docs::of(spot),
        at: spot.at.clone(),
    }
}
