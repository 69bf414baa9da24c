//! Compares a value with its schema; of a union, with the variant that it is closest to.

use super::contract::{Contract, DocumentNode, SchemaMembers, types};
use super::difference::{Difference, DifferenceKind};
use super::shape::type_of;
use super::words;
use serde_json::{Map, Value};

/// Levels of a value that are compared: 64.
const MAX_DEPTH: usize = 64;
/// Comparisons of a value with a schema that one response may cost: 200,000.
const MAX_COMPARISONS: usize = 200_000;
/// Undocumented properties of one object above which they are taken for those of a map: 20.
const MAX_UNDOCUMENTED: usize = 20;

/// A comparison of one response.
pub(super) struct Comparison<'c, 'v> {
    pub(super) contract: &'c Contract,
    pub(super) found: Vec<Difference<'v>>,
    pub(super) room: usize,
}

impl<'c, 'v> Comparison<'c, 'v> {
    pub(super) fn new(contract: &'c Contract) -> Self {
        Self { contract, found: Vec::new(), room: MAX_COMPARISONS }
    }

    pub(super) fn note(&mut self, at: &str, kind: DifferenceKind, detail: &str) {
        self.found.push(Difference {
            at: at.to_owned(),
            kind,
            detail: detail.to_owned(),
            value: None,
        });
    }

    pub(super) fn note_shape(
        &mut self,
        at: &str,
        kind: DifferenceKind,
        detail: &str,
        value: &'v Value,
    ) {
        self.note(at, kind, detail);
        if let Some(it) = self.found.last_mut() {
            it.value = Some(value);
        }
    }

    /// Compares a value with a schema.
    pub(super) fn value(&mut self, schema: &DocumentNode<'c>, value: &'v Value, depth: usize) {
        if depth == MAX_DEPTH || self.room == 0 {
            return;
        }
        self.room -= 1;
        if value.is_null() {
            if !self.contract.accepts_null(schema, 0) {
                self.note(&schema.at, DifferenceKind::Null, "null");
            }
            return;
        }
        let members = self.contract.members(schema);
        self.members(members, value, depth);
    }

    /// Compares a value with schemas that all hold of it.
    pub(super) fn members(
        &mut self,
        mut members: SchemaMembers<'c>,
        value: &'v Value,
        depth: usize,
    ) {
        self.room = self.room.saturating_sub(1);
        if self.room == 0
            || !self.scalar(&members, value)
            || !choose(self, &mut members, value, depth)
        {
            return;
        }
        match value {
            Value::Object(object) => self.object(&members, object, depth),
            Value::Array(items) => {
                for schema in &members.schemas {
                    self.items(schema, items, depth);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// Compares type and value with what the schemas say, and tells whether they are theirs.
    pub(super) fn scalar(&mut self, members: &SchemaMembers<'c>, value: &'v Value) -> bool {
        let before = self.found.len();
        for schema in &members.schemas {
            if !has_type(schema, value) {
                self.other_type(&schema.at, value);
                continue;
            }
            let listed = schema.value.get("enum").and_then(Value::as_array);
            let constant = schema.value.get("const").map(std::slice::from_ref);
            let Some(allowed) = listed.map(Vec::as_slice).or(constant) else { continue };
            if !allowed.iter().any(|it| is_equal(it, value)) {
                match allowed.iter().any(|it| type_of(it) == type_of(value)) {
                    true => {
                        let word = words::value(value);
                        self.note(&schema.at, DifferenceKind::UnknownValue, &word);
                    }
                    false => self.other_type(&schema.at, value),
                }
            }
        }
        self.found.len() == before
    }

    pub(super) fn other_type(&mut self, at: &str, value: &'v Value) {
        self.note_shape(at, DifferenceKind::OtherType, type_of(value), value);
    }

    fn items(&mut self, schema: &DocumentNode<'c>, items: &'v [Value], depth: usize) {
        let first = schema.items("prefixItems");
        let rest = schema.key("items");
        for (index, item) in items.iter().enumerate() {
            if let Some(schema) = first.get(index).or(rest.as_ref()) {
                self.value(schema, item, depth + 1);
            }
        }
    }

    fn object(
        &mut self,
        members: &SchemaMembers<'c>,
        object: &'v Map<String, Value>,
        depth: usize,
    ) {
        let mut undocumented = Vec::new();
        for (name, value) in object {
            if !self.property(members, name, value, depth) {
                undocumented.push((name, value));
            }
        }
        let describes = |it: &DocumentNode<'_>| {
            let properties = it.value.get("properties").and_then(Value::as_object);
            properties.is_some_and(|it| !it.is_empty())
                || it.value.get("additionalProperties") == Some(&Value::Bool(false))
        };
        if !members.is_open && members.schemas.iter().any(describes) {
            let is_map = undocumented.len() > MAX_UNDOCUMENTED;
            let at = members.home_of_properties();
            for (name, value) in undocumented {
                let kept = !is_map && words::is_name(name);
                let name = if kept { name } else { words::OTHER_NAMES };
                self.note_shape(at, DifferenceKind::UndocumentedProperty, name, value);
            }
        }
        for schema in &members.schemas {
            let required = schema.value.get("required").and_then(Value::as_array);
            let required = required.into_iter().flatten().filter_map(Value::as_str);
            for name in required.filter(|it| !object.contains_key(*it)) {
                if !self.is_only_sent(members, name) {
                    self.note(&schema.at, DifferenceKind::MissingProperty, name);
                }
            }
        }
    }

    /// Compares a property with all that is said of it, and tells whether anything is.
    fn property(
        &mut self,
        members: &SchemaMembers<'c>,
        name: &str,
        value: &'v Value,
        depth: usize,
    ) -> bool {
        let named = members.schemas.iter().filter_map(|it| it.key("properties")?.key(name));
        let mut schemas: Vec<_> = named.collect();
        if schemas.is_empty() {
            if members.schemas.iter().any(|it| it.has("patternProperties")) {
                return true;
            }
            let others = members.schemas.iter().filter_map(|it| it.key("additionalProperties"));
            schemas.extend(others.filter(|it| *it.value != Value::Bool(false)));
        }
        for schema in &schemas {
            self.value(schema, value, depth + 1);
        }
        !schemas.is_empty()
    }

    /// True if a property is never in responses.
    fn is_only_sent(&self, members: &SchemaMembers<'c>, name: &str) -> bool {
        let mut named = members.schemas.iter().filter_map(|it| it.key("properties")?.key(name));
        named.any(|it| self.contract.members(&it).schemas.iter().any(|it| it.is("writeOnly")))
    }
}

/// True if a value has a type that a schema names, if it names any.
pub(super) fn has_type(schema: &DocumentNode<'_>, value: &Value) -> bool {
    let Some(stated) = schema.value.get("type") else { return true };
    let seen = type_of(value);
    types(stated).any(|it| it == seen || (it == "number" && seen == "integer"))
}

fn is_equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        _ => one == other,
    }
}

/// Adds the schemas of the variants that a value is of to those that hold of it. Notes a value that is of none, and
/// tells whether the rest of it can be compared.
fn choose<'c, 'v>(
    run: &mut Comparison<'c, 'v>,
    members: &mut SchemaMembers<'c>,
    value: &'v Value,
    depth: usize,
) -> bool {
    let mut index = 0;
    while let Some(schema) = members.schemas.get(index).cloned() {
        index += 1;
        if members.chosen.contains(&schema.at) {
            continue;
        }
        members.chosen.push(schema.at.clone());
        let unions = ["oneOf", "anyOf"].map(|key| (key, schema.items(key)));
        let discriminator = schema.value.get("discriminator");
        if unions.iter().all(|it| it.1.is_empty()) {
            if let Some(heir) = discriminator.and_then(|it| heir(run, it, value)) {
                add(run, members, &heir);
            }
            continue;
        }
        for (key, variants) in unions {
            if variants.is_empty() {
                continue;
            }
            let chosen = match tag(discriminator, value) {
                Some((discriminator, tag)) => by_tag(run, discriminator, tag, &variants),
                None => by_fit(run, members, &variants, value, (key == "anyOf", depth)),
            };
            match chosen {
                Chosen::Variants(found) => found.iter().for_each(|it| add(run, members, it)),
                Chosen::OtherType => {
                    run.other_type(&schema.at, value);
                    return false;
                }
                Chosen::Unknown(tag) => {
                    let at = format!("{}/{key}", schema.at);
                    run.note_shape(&at, DifferenceKind::UnknownVariant, &tag, value);
                    return false;
                }
            }
        }
    }
    true
}

enum Chosen<'c> {
    Variants(Vec<DocumentNode<'c>>),
    OtherType,
    /// None of them, with the tag of the value.
    Unknown(String),
}

/// Adds what holds of a variant.
fn add<'c>(run: &Comparison<'c, '_>, members: &mut SchemaMembers<'c>, variant: &DocumentNode<'c>) {
    let of_variant = run.contract.members(variant);
    members.is_open |= of_variant.is_open;
    members.home = of_variant.home;
    for it in of_variant.schemas {
        if !members.schemas.iter().any(|known| known.at == it.at) {
            members.schemas.push(it);
        }
    }
}

fn tag<'d, 'v>(discriminator: Option<&'d Value>, value: &'v Value) -> Option<(&'d Value, &'v str)> {
    let discriminator = discriminator?;
    let name = discriminator.get("propertyName")?.as_str()?;
    Some((discriminator, value.get(name)?.as_str()?))
}

/// The heir of a schema without variants that a tag means.
fn heir<'c>(
    run: &Comparison<'c, '_>,
    discriminator: &'c Value,
    value: &Value,
) -> Option<DocumentNode<'c>> {
    let (discriminator, tag) = tag(Some(discriminator), value)?;
    run.contract.mapped(discriminator, tag)
}

fn by_tag<'c>(
    run: &Comparison<'c, '_>,
    discriminator: &Value,
    tag: &str,
    variants: &[DocumentNode<'c>],
) -> Chosen<'c> {
    let name = discriminator.get("propertyName").and_then(Value::as_str).unwrap_or_default();
    let has_tag = |it: &&DocumentNode<'c>| {
        let members = run.contract.members(it);
        let stated = members.schemas.iter().filter_map(|it| it.key("properties")?.key(name));
        stated.flat_map(|it| run.contract.members(&it).schemas).any(|it| {
            let listed = it.value.get("enum").and_then(Value::as_array);
            let listed = listed.into_iter().flatten().chain(it.value.get("const"));
            listed.filter_map(Value::as_str).any(|it| it == tag)
        })
    };
    // A name in the mapping or among the components counts only if it is one of the variants.
    let target = run.contract.mapped(discriminator, tag);
    let is_target = |it: &&DocumentNode<'c>| {
        let own = run.contract.resolve(it).map(|it| it.at);
        own.is_some() && own == target.as_ref().map(|it| it.at.clone())
    };
    let found = variants.iter().find(is_target).or_else(|| variants.iter().find(has_tag));
    match (found, target) {
        (Some(it), _) => Chosen::Variants(vec![it.clone()]),
        (None, Some(it))
            if discriminator.get("mapping").is_some_and(|it| it.get(tag).is_some()) =>
        {
            Chosen::Variants(vec![it])
        }
        (None, _) => Chosen::Unknown(words::value(&Value::from(tag))),
    }
}

/// A variant, and where a value differs from it.
struct Trial<'c, 'v> {
    variant: DocumentNode<'c>,
    found: Vec<Difference<'v>>,
}

fn trial<'c, 'v>(
    run: &mut Comparison<'c, 'v>,
    members: SchemaMembers<'c>,
    value: &'v Value,
    depth: usize,
) -> Vec<Difference<'v>> {
    let before = run.found.len();
    run.members(members, value, depth);
    run.found.split_off(before)
}

/// The variants that a value fits, or the one that it differs from least.
fn by_fit<'c, 'v>(
    run: &mut Comparison<'c, 'v>,
    members: &SchemaMembers<'c>,
    variants: &[DocumentNode<'c>],
    value: &'v Value,
    (takes_all, depth): (bool, usize),
) -> Chosen<'c> {
    // The unions of the schemas around are chosen by themselves.
    let mut around = SchemaMembers { is_open: true, ..members.clone() };
    around.chosen.extend(around.schemas.iter().map(|it| it.at.clone()));
    let common = trial(run, around.clone(), value, depth);
    let is_common = |it: &Difference<'_>| {
        common.iter().any(|known| (&known.at, known.kind) == (&it.at, it.kind))
    };
    let mut trials = Vec::new();
    for variant in variants {
        let of_variant = run.contract.members(variant);
        if !of_variant.schemas.iter().all(|it| has_type(it, value)) {
            continue;
        }
        let mut own = SchemaMembers { is_open: members.is_open, ..around.clone() };
        add(run, &mut own, variant);
        let mut found = trial(run, own, value, depth);
        found.retain(|it| !is_common(it));
        trials.push(Trial { variant: variant.clone(), found });
    }
    if trials.is_empty() {
        return Chosen::OtherType;
    }
    let is_fit = |it: &Trial<'_, '_>| {
        it.found.iter().all(|it| it.kind == DifferenceKind::UndocumentedProperty)
    };
    if takes_all && trials.iter().any(is_fit) {
        let fit = trials.into_iter().filter(is_fit).map(|it| it.variant);
        return Chosen::Variants(fit.collect());
    }
    let tags: Vec<_> = trials.iter().map(|it| other_tag(run, it, value)).collect();
    let is_open = |index: usize| tags[index].is_none();
    let fewest = (0..trials.len()).filter(|it| is_open(*it)).map(|it| trials[it].found.len()).min();
    let Some(fewest) = fewest else {
        return Chosen::Unknown(tags.into_iter().flatten().next().unwrap_or_default());
    };
    let mut closest: Vec<_> = (0..trials.len())
        .filter(|it| is_open(*it) && trials[*it].found.len() == fewest)
        .map(|it| &trials[it])
        .collect();
    match closest.len() {
        1 => Chosen::Variants(vec![closest.remove(0).variant.clone()]),
        _ => match closest.iter().find(|it| is_fit(it)) {
            Some(it) => Chosen::Variants(vec![it.variant.clone()]),
            None => Chosen::Unknown(words::value(value)),
        },
    }
}

/// The value by which a value says that it is another variant: a property, or the value itself, that the variant has
/// only one value for.
fn other_tag(run: &Comparison<'_, '_>, trial: &Trial<'_, '_>, value: &Value) -> Option<String> {
    let members = run.contract.members(&trial.variant);
    let own = members.schemas.iter().map(|it| (it.at.clone(), Some(value)));
    let of_properties = members.schemas.iter().filter_map(|it| it.key("properties"));
    let of_properties = of_properties.flat_map(|properties| {
        let names: Vec<_> = properties.value.as_object().into_iter().flatten().collect();
        let pairs = names.into_iter().filter_map(|(name, _)| {
            let schema = run.contract.resolve(&properties.key(name)?)?;
            Some((schema.at, value.get(name)))
        });
        pairs.collect::<Vec<_>>()
    });
    let places: Vec<_> = own.chain(of_properties).collect();
    trial.found.iter().filter(|it| it.kind == DifferenceKind::UnknownValue).find_map(|it| {
        let (at, value) = places.iter().find(|(at, _)| *at == it.at)?;
        let schema = run.contract.target(at)?;
        let listed = schema.value.get("enum").and_then(Value::as_array).map(Vec::len);
        let is_tag = schema.has("const") || listed == Some(1);
        is_tag.then(|| value.map_or_else(|| it.detail.clone(), words::value))
    })
}
