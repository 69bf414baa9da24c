//! Adds variants to unions.

use super::document::CorrectedDocument;
use super::evidence::Evidence;
use super::fragment::Fragment;
use super::infer::{self, Dialect};
use super::propose::{Action, Correction, NOT_KEPT, told};
use generator::Node;
use generator::diag::SpecPtr;
use serde_json::Value;

const TAG_MISSING: &str =
    "the variants have no property by which they are told apart; write the new one by hand";

/// True if a union has a variant with the tag that was met.
pub(super) fn has(document: &CorrectedDocument, it: &Evidence, union: &Node) -> bool {
    let Some(above) = above(document, &it.at) else { return false };
    let mapping = above.get("discriminator").and_then(|it| it.get("mapping"));
    let variants = || union.as_list().unwrap_or_default().iter();
    let names = |variant: &Node| {
        variant.text("$ref").is_some_and(|target| target.rsplit('/').next() == Some(&it.detail))
    };
    mapping.is_some_and(|mapping| mapping.get(&it.detail).is_some())
        || (above.get("discriminator").is_some() && variants().any(names))
        || variants().any(|variant| tags(document, variant).iter().any(|tag| tag.1 == it.detail))
}

/// The schema that has the union.
fn above<'d>(document: &'d CorrectedDocument, union: &SpecPtr) -> Option<&'d Node> {
    document.at(&up(union)?.0)
}

/// The place above, and the last key.
fn up(at: &SpecPtr) -> Option<(SpecPtr, String)> {
    let mut keys: Vec<_> = at.segments().collect();
    let last = keys.pop()?;
    Some((keys.iter().fold(SpecPtr::root(), |at, key| at.child(key)), last))
}

/// The properties of a variant that have one value only, or the variant itself under no name.
fn tags(document: &CorrectedDocument, variant: &Node) -> Vec<(String, String)> {
    let Some(schema) = document.resolve(variant) else { return Vec::new() };
    let members = schema.get("allOf").and_then(Node::as_list).unwrap_or_default();
    let inherited = members.iter().flat_map(|it| tags(document, it));
    let properties = schema.get("properties").and_then(Node::as_map).into_iter().flatten();
    let named = properties.filter_map(|(name, it)| {
        let value = document.resolve(it).and_then(only_value);
        value.map(|value| (name.clone(), value))
    });
    let own = only_value(schema).map(|value| (String::new(), value));
    named.chain(own).chain(inherited).collect()
}

fn only_value(schema: &Node) -> Option<String> {
    let listed = schema.get("enum").and_then(Node::as_list);
    let only = schema.get("const").or(match listed {
        Some([only]) => Some(only),
        _ => None,
    });
    only?.as_str().map(str::to_owned)
}

/// A variant with the tag and the properties that were met.
pub(super) fn add(document: &CorrectedDocument, union: &Node, it: &Evidence) -> Correction {
    let (Some((at, key)), Some(shape)) = (up(&it.at), &it.shape) else {
        return told("the file does not say what was met");
    };
    if it.detail == NOT_KEPT {
        return told("its tag looks like data, and was not kept; write the variant by hand");
    }
    let variants = union.as_list().unwrap_or_default();
    let schema = document.at(&at);
    let discriminator = schema.and_then(|it| it.get("discriminator"));
    if shape.get("object").is_none() {
        let is_value = |it: &Node| tags(document, it).iter().any(|it| it.0.is_empty());
        if !variants.iter().all(is_value) {
            return told(TAG_MISSING);
        }
        let variant = constant(document, &it.detail);
        return Correction::Proposed(vec![appended(document, &at, &key, variant, None)]);
    }
    let stated = discriminator.and_then(|it| it.text("propertyName")).map(str::to_owned);
    let of_variants = || variants.iter().flat_map(|it| tags(document, it)).map(|it| it.0);
    let Some(tag) = stated.or_else(|| of_variants().find(|it| !it.is_empty())) else {
        return told(TAG_MISSING);
    };
    let Some(variant) = with_tag(document, shape, &tag, &it.detail) else {
        return told("it had no properties");
    };
    if variants.iter().any(|it| it.get("$ref").is_none()) {
        return Correction::Proposed(vec![appended(document, &at, &key, variant, None)]);
    }
    let mapping = discriminator.and_then(|it| it.get("mapping"));
    let name = match (discriminator, mapping) {
        // Without a mapping the tag is the name of the component.
        (Some(_), None) => it.detail.clone(),
        _ => free_name(document, &pascal(&it.detail)),
    };
    let schemas = SpecPtr::root().child("components").child("schemas");
    if name.is_empty() || document.at(&schemas.child(&name)).is_some() {
        return told("the component that its tag names is no variant; write it by hand");
    }
    let reference = format!("#/components/schemas/{name}");
    let mapped = mapping.map(|_| (it.detail.clone(), Fragment::text(&reference)));
    Correction::Proposed(vec![
        Action::update(document.path(&schemas), Fragment::Map(vec![(name, variant)])),
        appended(document, &at, &key, Fragment::reference(&reference), mapped),
    ])
}

fn appended(
    document: &CorrectedDocument,
    at: &SpecPtr,
    key: &str,
    variant: Fragment,
    mapped: Option<(String, Fragment)>,
) -> Action {
    let mut update = Fragment::entry(key, Fragment::List(vec![variant]));
    if let Some(entry) = mapped {
        let mapping = Fragment::entry("mapping", Fragment::Map(vec![entry]));
        update = update.with("discriminator", mapping);
    }
    Action::update(document.path(at), update)
}

/// The schema of one text.
fn constant(document: &CorrectedDocument, value: &str) -> Fragment {
    match document.dialect {
        Dialect::Nullable => Fragment::entry("type", Fragment::text("string"))
            .with("enum", Fragment::List(vec![Fragment::text(value)])),
        Dialect::NullType => Fragment::entry("const", Fragment::text(value)),
    }
}

fn with_tag(
    document: &CorrectedDocument,
    shape: &Value,
    tag: &str,
    value: &str,
) -> Option<Fragment> {
    let Fragment::Map(keys) = infer::schema(shape, document.dialect)? else { return None };
    let mut schema = Vec::new();
    for (key, inferred) in keys {
        match (&*key, inferred) {
            ("properties", Fragment::Map(mut properties)) => {
                properties.retain(|it| it.0 != tag);
                properties.insert(0, (tag.to_owned(), constant(document, value)));
                let required = Fragment::List(vec![Fragment::text(tag)]);
                schema.push(("required".to_owned(), required));
                schema.push((key, Fragment::Map(properties)));
            }
            (_, inferred) => schema.push((key, inferred)),
        }
    }
    Some(Fragment::Map(schema))
}

fn pascal(text: &str) -> String {
    let words = text.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    let capital = |it: &str| [it[..1].to_ascii_uppercase(), it[1..].to_owned()];
    words.flat_map(capital).collect()
}

/// A name that no schema has.
fn free_name(document: &CorrectedDocument, wanted: &str) -> String {
    let schemas = document.root.get("components").and_then(|it| it.get("schemas"));
    let is_taken = |it: &str| schemas.is_some_and(|schemas| schemas.get(it).is_some());
    let names = ["", "Variant", "Variant2", "Variant3"].map(|it| format!("{wanted}{it}"));
    names.into_iter().find(|it| !is_taken(it)).unwrap_or_default()
}
