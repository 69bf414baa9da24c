//! Names of schemas (`$id`, `$anchor`, `$dynamicAnchor`), and what references that use them lead to.

use super::super::document::percent_decoded;
use super::super::node::{Map, Node};
use crate::diag::SpecPtr;
use std::collections::HashMap;

/// The schemas with an `$id` that a place is in: references there are relative to the innermost.
#[derive(Default)]
pub(super) struct Scopes(Vec<(SpecPtr, String)>);

impl Scopes {
    /// Goes into a schema; its own `$id` holds for itself, too.
    pub(super) fn enter(&mut self, map: &Map, at: impl Fn() -> SpecPtr) {
        let id = map.get("$id").and_then(Node::as_str).filter(|it| !it.starts_with('#'));
        if let Some(id) = id {
            let uri = join(self.uri(), id.trim_end_matches('#'));
            self.0.push((at(), uri));
        }
    }

    pub(super) fn leave(&mut self, at: impl Fn() -> SpecPtr) {
        if !self.0.is_empty() {
            let at = at();
            self.0.pop_if(|it| it.0 == at);
        }
    }

    /// The URI of the innermost one; empty for the document itself.
    pub(super) fn uri(&self) -> &str {
        self.0.last().map_or("", |it| it.1.as_str())
    }
}

/// The names that a document gives its schemas.
#[derive(Default)]
pub(super) struct SchemaNames {
    /// Places by URI; none where two have the same.
    ids: HashMap<String, Option<SpecPtr>>,
    /// Places by name, each with the URI that the name belongs to.
    anchors: HashMap<String, Vec<(String, SpecPtr)>>,
}

impl SchemaNames {
    /// Notes the names of a schema.
    pub(super) fn note(&mut self, map: &Map, uri: &str, at: impl Fn() -> SpecPtr) {
        let text = |key: &str| map.get(key).and_then(Node::as_str);
        let id = text("$id");
        if id.is_some_and(|it| !it.starts_with('#')) {
            let place = self.ids.entry(uri.to_owned());
            place.and_modify(|it| *it = None).or_insert_with(|| Some(at()));
        }
        let anchor = id.and_then(|it| it.strip_prefix('#'));
        for name in [anchor, text("$anchor"), text("$dynamicAnchor")].into_iter().flatten() {
            self.anchors.entry(name.to_owned()).or_default().push((uri.to_owned(), at()));
        }
    }

    /// The place that a reference by name leads to, or one that is relative to an `$id`.
    pub(super) fn resolve(&self, root: &Node, uri: &str, reference: &str) -> Option<SpecPtr> {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let resource = if file.is_empty() { uri.to_owned() } else { join(uri, file) };
        let within = match (self.ids.get(&resource), file) {
            (Some(place), _) => place.clone()?,
            // A pointer into the document stays as it is.
            (None, "") if reference.starts_with("#/") => return None,
            (None, "") => SpecPtr::root(),
            (None, _) => return None,
        };
        let fragment = percent_decoded(fragment);
        let place = match fragment.strip_prefix('/') {
            Some(_) => SpecPtr::parse(&fragment).segments().fold(within, |at, key| at.child(&key)),
            None if fragment.is_empty() => within,
            None => self.anchor(&resource, &fragment)?,
        };
        (place != SpecPtr::root() && root.at(&place).is_some()).then_some(place)
    }

    /// The only schema of that name: in the resource, or else in the document.
    fn anchor(&self, uri: &str, name: &str) -> Option<SpecPtr> {
        let all = self.anchors.get(name)?;
        let own: Vec<_> = all.iter().filter(|it| it.0 == uri).collect();
        match (&own[..], &all[..]) {
            ([only], _) => Some(only.1.clone()),
            ([], [only]) => Some(only.1.clone()),
            _ => None,
        }
    }

    /// The schema of that name in the component that a place is in.
    pub(super) fn nearby(&self, name: &str, at: &SpecPtr) -> Option<SpecPtr> {
        let component = component(at);
        let all = self.anchors.get(name)?;
        all.iter().map(|it| &it.1).find(|it| self::component(it) == component).cloned()
    }
}

/// The component that a place is in.
pub(super) fn component(at: &SpecPtr) -> SpecPtr {
    at.segments().take(3).fold(SpecPtr::root(), |at, key| at.child(&key))
}

/// A URI by another that it is relative to (RFC 3986, 5.2, without queries).
pub(in crate::load) fn join(base: &str, uri: &str) -> String {
    let scheme = |it: &str| {
        let name = it.split_once(':').map(|it| it.0);
        name.is_some_and(|it| {
            it.len() > 1 && it.bytes().all(|it| it.is_ascii_alphanumeric() || b"+-.".contains(&it))
        })
    };
    if base.is_empty() || scheme(uri) {
        return uri.to_owned();
    }
    let rest = base.split_once("://").map(|it| it.1);
    let rooted = |it: &str| base.len() - it.len() + it.find('/').unwrap_or(it.len());
    let (host, path) = base.split_at(rest.map_or(0, rooted));
    if uri.starts_with('/') {
        return format!("{host}{uri}");
    }
    let folder = path.rsplit_once('/').map(|it| it.0).or((!host.is_empty()).then_some(""));
    let mut keys: Vec<&str> = folder.into_iter().flat_map(|it| it.split('/')).collect();
    for key in uri.split('/') {
        match key {
            "." => {}
            ".." => drop(keys.pop_if(|it| !it.is_empty())),
            _ => keys.push(key),
        }
    }
    format!("{host}{}", keys.join("/"))
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn uris_are_relative_to_others() {
        let base = "https://example.com/schemas/outer";
        assert_eq!(join(base, "other"), "https://example.com/schemas/other");
        assert_eq!(join(base, "./other"), "https://example.com/schemas/other");
        assert_eq!(join(base, "../other"), "https://example.com/other");
        assert_eq!(join(base, "/other"), "https://example.com/other");
        assert_eq!(join(base, "https://x/a"), "https://x/a");
        assert_eq!(join("", "other"), "other");
        assert_eq!(join("outer.json", "other.json"), "other.json");
        assert_eq!(join("/a/outer", "other"), "/a/other");
        assert_eq!(join("/a/outer", "/other"), "/other");
        assert_eq!(join("https://example.com", "other"), "https://example.com/other");
        assert_eq!(join("urn:a:b", "urn:a:c"), "urn:a:c");
    }
}
