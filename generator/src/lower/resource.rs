//! Which resource an operation belongs to: by its tag or its path, never by counting.

use super::Cx;
use crate::config::ResourcesFrom;
use crate::ir::{Id, Resource};
use crate::load::{Document, Spot};
use std::collections::HashMap;

/// The resource of an operation.
pub(super) fn of(cx: &mut Cx<'_>, path: &str, spot: &Spot<'_>, tags: &[String]) -> Id<Resource> {
    let stated = cx.client.resources.overrides.iter().find(|(target, ..)| *target == spot.at);
    let tag = tags.iter().find(|it| it.chars().any(char::is_alphanumeric));
    let name = match (stated, cx.client.resources.from, tag) {
        (Some((_, name, _)), ..) => name.clone(),
        (None, ResourcesFrom::Tags, Some(tag)) => tag.clone(),
        (None, ResourcesFrom::Tags, None) | (None, ResourcesFrom::Paths, _) => by_path(cx, path),
    };
    if let Some(known) = cx.resource_ids.get(&name) {
        return *known;
    }
    let docs = cx.tags.get(&*name).and_then(|it| it.text("description")).map(str::trim);
    let docs = docs.filter(|it| !it.is_empty()).map(str::to_owned);
    let id = cx.resources.push(Resource { wire_name: name.clone(), docs });
    cx.resource_ids.insert(name, id);
    id
}

/// The collection that a path speaks of: the literal before its last parameter, or a plural at its
/// end, or else its first word.
fn by_path(cx: &Cx<'_>, path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let segments: Vec<&str> = path.split('/').filter(|it| !it.is_empty()).collect();
    let on_client = |it: &str| {
        let name = it.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
        name.is_some_and(|name| cx.client.params.iter().any(|param| param.name == name))
    };
    let mut found = None;
    let mut fallback = None;
    for (index, segment) in segments.iter().enumerate() {
        let next = segments.get(index + 1);
        if segment.starts_with('{') || is_version(segment) {
            continue;
        }
        let word = segment.split([':', '{']).next().unwrap_or(segment);
        // `accounts/{account_id}` before anything else only says whose things follow.
        if next.is_some_and(|it| on_client(it)) && index + 2 < segments.len() {
            continue;
        }
        fallback = fallback.or(Some(word));
        let collection = match next {
            Some(next) => next.starts_with('{'),
            None => word.ends_with('s'),
        };
        if collection {
            found = Some(word);
        }
    }
    found.or(fallback).filter(|it| !it.is_empty()).unwrap_or("root").to_owned()
}

fn is_version(segment: &str) -> bool {
    let digits = segment.strip_prefix(['v', 'V']).unwrap_or(segment);
    !digits.is_empty()
        && digits.starts_with(|it: char| it.is_ascii_digit())
        && digits.chars().all(|it| it.is_ascii_alphanumeric() || it == '.')
        || segment == "api"
}

/// The tags that a document declares, by their names.
pub(super) fn tags(document: &Document) -> HashMap<&str, Spot<'_>> {
    let mut found = HashMap::new();
    for tag in document.root().items("tags") {
        if let Some(name) = tag.text("name") {
            found.entry(name).or_insert(tag);
        }
    }
    found
}
