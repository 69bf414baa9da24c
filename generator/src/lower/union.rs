//! `oneOf` and `anyOf`, and schemas that a discriminator tells apart.

use super::merge::{self, Part, Piece};
use super::schema::{Lowered, schema, together};
use super::{Cx, components, docs};
use crate::diag::SpecPtr;
use crate::ir::{Shape, Tag, Union, Variant};
use crate::load::{Json, Node, Refused, Spot, pointed};
use indexmap::{IndexMap, IndexSet};

/// How deep a property is looked for through `allOf` and references.
const DEPTH: u8 = 16;

/// Whether the parts choose between schemas.
pub(super) fn is_union(cx: &Cx<'_>, parts: &[Part<'_>]) -> bool {
    parts.iter().any(|it| chooses(cx, it))
}

fn chooses(cx: &Cx<'_>, part: &Part<'_>) -> bool {
    !members(part).is_empty() || !heirs(cx, part).is_empty()
}

/// The schemas that extend a part, told apart by its discriminator.
fn heirs<'a>(cx: &'a Cx<'_>, part: &Part<'_>) -> &'a [String] {
    if part.bare {
        return &[];
    }
    cx.children.get(&part.spot.at).map(Vec::as_slice).unwrap_or_default()
}

/// The schemas that a part chooses from, unless they only restrict it.
fn members<'a>(part: &Part<'a>) -> Vec<Spot<'a>> {
    let all: Vec<_> = part.spot.items("oneOf").chain(part.spot.items("anyOf")).collect();
    let real = !part.bare && all.iter().any(|it| !only_restricts(it.node));
    if real { all } else { Vec::new() }
}

/// Whether a schema says which properties must be there, and nothing of what they are.
fn only_restricts(node: &Node) -> bool {
    const KEYS: &[&str] =
        &["required", "not", "title", "description", "minProperties", "maxProperties"];
    let keys = node.as_map().into_iter().flatten();
    let mut keys = keys.filter(|(key, it)| *key != "type" || it.as_str() != Some("object"));
    node.get("required").or(node.get("not")).is_some()
        && keys.all(|(key, _)| KEYS.contains(&key.as_str()))
}

/// Whether null is all that a schema allows.
fn is_only_null(cx: &Cx<'_>, spot: &Spot<'_>, depth: u8) -> bool {
    if let Some(values) = spot.node.get("enum").and_then(Node::as_list) {
        return matches!(values, [only] if only.to_json().is_null());
    }
    let Some(left) = depth.checked_sub(1) else { return false };
    let target = spot.reference().and_then(|it| it.strip_prefix('#')).map(pointed);
    let target = target.and_then(|at| Some(Spot { node: cx.document.tree.at(&at)?, at }));
    target.is_some_and(|it| is_only_null(cx, &it, left))
}

/// Whether one of the schemas that the parts choose from allows null.
pub(super) fn allows_null(cx: &Cx<'_>, parts: &[Part<'_>]) -> bool {
    parts.iter().flat_map(members).any(|it| merge::is_nullable(cx, &it))
}

/// The union that the parts come to.
pub(super) fn shape<'a>(cx: &mut Cx<'a>, parts: &[Part<'a>]) -> Result<Shape, Refused> {
    let chooser = parts.iter().position(|it| chooses(cx, it)).expect("the caller asked is_union");
    let mut chosen = candidates(cx, &parts[chooser]);
    if !chosen.iter().all(|it| is_only_null(cx, it, DEPTH)) {
        // The whole is nullable: null needs no variant.
        chosen.retain(|it| !is_only_null(cx, it, DEPTH));
    }
    let rest = rest(parts, chooser);
    let tags = tags(cx, &parts[chooser], &chosen);
    among(cx, &chosen, &rest, tags)
}

/// Any of some schemas that no keyword of the document puts together.
pub(super) fn any_of<'a>(cx: &mut Cx<'a>, chosen: &[Spot<'a>]) -> Result<Shape, Refused> {
    let tags = constant_property(cx, chosen);
    among(cx, chosen, &[], tags)
}

fn among<'a>(
    cx: &mut Cx<'a>,
    chosen: &[Spot<'a>],
    rest: &[Piece<'a>],
    tags: Option<Tags>,
) -> Result<Shape, Refused> {
    let mut variants: Vec<Variant> = Vec::new();
    for (index, spot) in chosen.iter().enumerate() {
        let lowered = variant(cx, spot, rest)?;
        let values = tags.as_ref().map(|it| it.values[index].clone()).unwrap_or_default();
        add(&mut variants, spot, lowered, values);
    }
    if let ([one], None) = (&variants[..], &tags) {
        return Ok(Shape::Alias(one.ty.clone()));
    }
    let Some(tags) = tags else {
        return Ok(Shape::Union(Union { tag: Tag::Untagged, variants }));
    };
    for (variant, spot) in variants.iter_mut().zip(chosen) {
        variant.adds_tag = !writes_tag(cx, spot, rest, &tags.property);
    }
    Ok(Shape::Union(Union { tag: Tag::Property(tags.property), variants }))
}

/// The schemas to choose from.
fn candidates<'a>(cx: &Cx<'a>, part: &Part<'a>) -> Vec<Spot<'a>> {
    let heirs = heirs(cx, part);
    if heirs.is_empty() {
        return members(part);
    }
    let mut found: Vec<_> = heirs
        .iter()
        .filter_map(|name| {
            let at = components::place(name);
            Some(Spot { node: cx.document.tree.at(&at)?, at })
        })
        .collect();
    let mapped = part.data.discriminator.iter().flat_map(|it| it.mapping.values());
    if mapped.clone().any(|it| refers_to(it, &part.spot.at)) {
        found.push(part.spot.clone());
    }
    found
}

/// What holds beside the choice.
fn rest<'a>(parts: &[Part<'a>], chooser: usize) -> Vec<Piece<'a>> {
    let pieces = parts.iter().enumerate().map(|(index, part)| Piece {
        spot: part.spot.clone(),
        bare: part.bare || index == chooser,
        flat: true,
    });
    pieces.filter(|it| merge::has_substance(it, true) && !only_restricts(it.spot.node)).collect()
}

fn variant<'a>(cx: &mut Cx<'a>, spot: &Spot<'a>, rest: &[Piece<'a>]) -> Result<Lowered, Refused> {
    let heir = spot.at.segments().count() == 3;
    if heir && cx.children.contains_key(&spot.at) {
        let own = Piece { spot: spot.clone(), bare: true, flat: false };
        return together(cx, &spot.at.child("x-ir-own"), vec![own]);
    }
    if rest.is_empty() || heir {
        return schema(cx, spot);
    }
    let mut pieces = rest.to_vec();
    pieces.push(Piece { spot: spot.clone(), bare: false, flat: false });
    together(cx, &spot.at, pieces)
}

/// Adds a variant; one that is there already gains what chooses it.
fn add(variants: &mut Vec<Variant>, spot: &Spot<'_>, lowered: Lowered, tags: Vec<Json>) {
    if tags.is_empty()
        && let Some(same) = variants.iter_mut().find(|it| it.ty == lowered.ty)
    {
        same.tags.extend(tags);
        return;
    }
    let spelled = tags.first().map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned));
    variants.push(Variant {
        ty: lowered.ty,
        tags,
        adds_tag: false,
        wish: spelled.or_else(|| spot.node.text("title").map(str::to_owned)),
        docs: docs::of(spot),
        at: spot.at.clone(),
    });
}

/// The property that tells variants apart, and its values for each.
struct Tags {
    property: String,
    values: Vec<Vec<Json>>,
}

fn tags(cx: &Cx<'_>, part: &Part<'_>, chosen: &[Spot<'_>]) -> Option<Tags> {
    let Some(discriminator) = &part.data.discriminator else {
        return constant_property(cx, chosen);
    };
    let property = &discriminator.property_name;
    let values: Option<Vec<_>> = chosen
        .iter()
        .map(|spot| {
            let place = place_of(spot);
            let mapped = discriminator.mapping.iter().filter(|(_, it)| refers_to(it, &place));
            let mapped: Vec<_> =
                mapped.map(|(value, _)| typed(cx, spot, property, value)).collect();
            let stated = || constants(cx, spot, property);
            let implied = || component_name(&place).map(|it| vec![Json::from(it)]);
            Some(mapped).filter(|it| !it.is_empty()).or_else(stated).or_else(implied)
        })
        .collect();
    let values = values.filter(|it| distinct(it));
    values
        .map(|values| Tags { property: property.clone(), values })
        .or_else(|| constant_property(cx, chosen))
}

/// A property that every variant has, with values that no other variant has.
fn constant_property(cx: &Cx<'_>, chosen: &[Spot<'_>]) -> Option<Tags> {
    let first = chosen.first()?;
    if chosen.len() < 2 {
        return None;
    }
    merge::property_names(cx, first, DEPTH).into_iter().find_map(|property| {
        let values: Option<Vec<_>> =
            chosen.iter().map(|spot| constants(cx, spot, &property)).collect();
        values.filter(|it| distinct(it)).map(|values| Tags { property, values })
    })
}

fn distinct(values: &[Vec<Json>]) -> bool {
    let all: Vec<_> = values.iter().flatten().collect();
    all.iter().enumerate().all(|(index, it)| !all[..index].contains(it))
}

/// The values that a schema allows a property, if it lists them.
fn constants(cx: &Cx<'_>, spot: &Spot<'_>, property: &str) -> Option<Vec<Json>> {
    let found = merge::property(cx, spot, property, DEPTH);
    let lists = found.iter().filter_map(|it| listed(cx, it, DEPTH));
    lists.min_by_key(Vec::len)
}

fn listed(cx: &Cx<'_>, spot: &Spot<'_>, depth: u8) -> Option<Vec<Json>> {
    if depth == 0 || spot.node.flag("x-extensible-enum") {
        return None;
    }
    if let Some(list) = spot.node.get("enum").and_then(Node::as_list) {
        let values: Vec<_> = list.iter().map(Node::to_json).collect();
        let tag = |it: &Json| it.is_string() || it.is_i64() || it.is_boolean();
        return (!values.is_empty() && values.iter().all(tag)).then_some(values);
    }
    let target = spot.reference().and_then(|it| it.strip_prefix('#')).and_then(|pointer| {
        let at = pointed(pointer);
        Some(Spot { node: cx.document.tree.at(&at)?, at })
    });
    match target {
        Some(target) => listed(cx, &target, depth - 1),
        None => spot.items("allOf").find_map(|it| listed(cx, &it, depth - 1)),
    }
}

/// A mapping's key as the JSON type that the property has.
fn typed(cx: &Cx<'_>, spot: &Spot<'_>, property: &str, key: &str) -> Json {
    let stated = constants(cx, spot, property).unwrap_or_default();
    let read: Option<Json> = serde_json::from_str(key).ok();
    let same = stated.into_iter().find(|it| !it.is_string() && Some(it) == read.as_ref());
    same.unwrap_or_else(|| Json::from(key))
}

/// Whether the variant's own type writes the tag.
fn writes_tag(cx: &Cx<'_>, spot: &Spot<'_>, rest: &[Piece<'_>], property: &str) -> bool {
    let own = rest.iter().map(|it| &it.spot).chain([spot]);
    own.flat_map(|it| merge::property(cx, it, property, DEPTH)).next().is_some()
}

/// The place that a schema stands at or refers to.
fn place_of(spot: &Spot<'_>) -> SpecPtr {
    if component_name(&spot.at).is_some() {
        return spot.at.clone();
    }
    match spot.reference().or_else(|| spot.items("allOf").find_map(|it| it.reference())) {
        Some(reference) => pointed(reference),
        None => spot.at.clone(),
    }
}

fn component_name(at: &SpecPtr) -> Option<String> {
    let segments: Vec<_> = at.segments().collect();
    match &segments[..] {
        [components, schemas, name] if components == "components" && schemas == "schemas" => {
            Some(name.clone())
        }
        _ => None,
    }
}

/// Whether a mapping's value, a reference or a bare name, means the schema at `at`.
fn refers_to(value: &str, at: &SpecPtr) -> bool {
    if value.contains('/') || value.starts_with('#') {
        return pointed(value) == *at;
    }
    component_name(at).is_some_and(|it| it == value)
}

/// Notes who extends a schema that has a discriminator.
pub(super) fn find_children(cx: &mut Cx<'_>) {
    let Some(all) = cx.document.root().child("components") else { return };
    let mut bases: IndexMap<String, Vec<String>> = IndexMap::new();
    for (name, spot) in all.entries("schemas") {
        for member in spot.items("allOf") {
            let base = member.reference().map(pointed).and_then(|it| component_name(&it));
            if let Some(base) = base {
                bases.entry(base).or_default().push(name.to_owned());
            }
        }
    }
    for (name, spot) in all.entries("schemas") {
        let chooses = spot.node.get("oneOf").or(spot.node.get("anyOf")).is_some();
        if spot.node.get("discriminator").is_none() || chooses {
            continue;
        }
        let mut found = IndexSet::new();
        descend(&bases, name, &mut found);
        if !found.is_empty() {
            cx.children.insert(spot.at, found.into_iter().collect());
        }
    }
}

fn descend(bases: &IndexMap<String, Vec<String>>, name: &str, found: &mut IndexSet<String>) {
    for child in bases.get(name).into_iter().flatten() {
        if found.insert(child.clone()) {
            descend(bases, child, found);
        }
    }
}
