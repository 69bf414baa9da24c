//! A document whose pieces can be asked for by their place.

use super::node::Node;
use super::piece;
use crate::config;
use crate::diag::{
    CYCLIC_REF, DANGLING_REF, EXTERNAL_REF, INVALID, Rule, Sink, SpecPtr, nearest_name,
};
use crate::name::Lock;
use openapiv3 as oas;

/// A document after the overlay and the downgrade.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) tree: Node,
    /// What `client.yaml` says of it.
    pub(crate) client: config::Client,
    /// The names that were given before.
    pub(crate) names: Lock,
}

/// Marks that what was asked for is unusable, and that the sink knows why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refused;

/// A node and its place.
#[derive(Clone, Debug)]
pub(crate) struct Spot<'a> {
    pub(crate) at: SpecPtr,
    pub(crate) node: &'a Node,
}

impl<'a> Spot<'a> {
    pub(crate) fn child(&self, key: &str) -> Option<Spot<'a>> {
        Some(Spot { node: self.node.get(key)?, at: self.at.child(key) })
    }

    /// The entries of the object under `key`.
    pub(crate) fn entries(&self, key: &str) -> impl Iterator<Item = (&'a str, Spot<'a>)> + use<'a> {
        let at = self.at.child(key);
        let map = self.node.get(key).and_then(Node::as_map);
        map.into_iter()
            .flatten()
            .map(move |(key, node)| (key.as_str(), Spot { at: at.child(key), node }))
    }

    /// The items of the list under `key`.
    pub(crate) fn items(&self, key: &str) -> impl Iterator<Item = Spot<'a>> + use<'a> {
        let at = self.at.child(key);
        let list = self.node.get(key).and_then(Node::as_list).unwrap_or_default();
        list.iter().enumerate().map(move |(index, node)| Spot { at: at.item(index), node })
    }

    /// The target's text, if this is a reference.
    pub(crate) fn reference(&self) -> Option<&'a str> {
        self.node.text("$ref")
    }

    /// Reads this piece with openapiv3; see [`piece::read`].
    pub(crate) fn read<T: serde::de::DeserializeOwned>(
        &self,
        cut: &'static [&'static str],
        blank: &'static [&'static str],
        sink: &mut Sink,
    ) -> Result<T, Refused> {
        piece::read(self.node, cut, blank).map_err(|why| {
            sink.report(&INVALID, &self.at, why);
            Refused
        })
    }

    /// Reads this piece as a schema without the schemas below it.
    pub(crate) fn schema(
        &self,
        sink: &mut Sink,
    ) -> Result<(oas::SchemaData, oas::AnySchema), Refused> {
        Ok((self.read(SCHEMA_CUT, &[], sink)?, self.read(SCHEMA_CUT, &[], sink)?))
    }
}

/// What a schema holds besides its own keywords, and values that are read as they are.
const SCHEMA_CUT: &[&str] = &[
    "$ref",
    "properties",
    "items",
    "additionalProperties",
    "oneOf",
    "anyOf",
    "allOf",
    "not",
    "enum",
    "default",
    "example",
    "x-ir-prefix-items",
    "x-ir-pattern-properties",
    "x-ir-content-schema",
    "$defs",
    "definitions",
    "multipleOf",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "externalDocs",
];

impl Document {
    pub(crate) fn root(&self) -> Spot<'_> {
        Spot { at: SpecPtr::root(), node: &self.tree }
    }

    /// The place that a reference at `at` points to.
    pub(crate) fn target(
        &self,
        reference: &str,
        at: &SpecPtr,
        sink: &mut Sink,
    ) -> Result<Spot<'_>, Refused> {
        let at_ref = at.child("$ref");
        let Some(fragment) = reference.strip_prefix('#') else {
            let message = format!("`{reference}` is outside of this document");
            sink.report(&EXTERNAL_REF, &at_ref, message)
                .help("bundle the document into one file first: the generator opens no other");
            return Err(Refused);
        };
        let pointer = pointed(fragment);
        match self.through(pointer.clone()) {
            Some(spot) if fragment.starts_with('/') => Ok(spot),
            _ => {
                self.dangling(&DANGLING_REF, reference, &pointer, &at_ref, sink);
                Err(Refused)
            }
        }
    }

    /// The place of a pointer, which may lead through references: tools that dereference a document
    /// and put the references back write such.
    fn through(&self, mut pointer: SpecPtr) -> Option<Spot<'_>> {
        for _ in 0..64 {
            if let Some(node) = self.tree.at(&pointer) {
                return Some(Spot { at: pointer, node });
            }
            let mut node = &self.tree;
            let mut rest = pointer.segments();
            let mut at = SpecPtr::root();
            let missing = rest.find(|key| match node.step(key) {
                Some(next) => {
                    node = next;
                    at = at.child(key);
                    false
                }
                None => true,
            })?;
            let reference = (Spot { at, node }).reference()?.strip_prefix('#')?;
            let target = pointed(reference).child(&missing);
            pointer = rest.fold(target, |pointer, key| pointer.child(&key));
        }
        None
    }

    /// Follows references from `spot` until something else comes.
    pub(crate) fn resolve<'a>(
        &'a self,
        spot: Spot<'a>,
        sink: &mut Sink,
    ) -> Result<Spot<'a>, Refused> {
        let start = spot.at.clone();
        let mut spot = spot;
        for _ in 0..64 {
            let Some(reference) = spot.reference() else { return Ok(spot) };
            spot = self.target(reference, &spot.at, sink)?;
        }
        sink.report(&CYCLIC_REF, &start, "this chain of references never ends");
        Err(Refused)
    }

    /// The media types of a parameter, body or answer; from 3.2 on they may be references.
    pub(crate) fn contents<'a>(
        &'a self,
        spot: &Spot<'a>,
        sink: &mut Sink,
    ) -> Result<Vec<(&'a str, Spot<'a>)>, Refused> {
        let entries = spot.entries("content");
        entries.map(|(mime, it)| Ok((mime, self.resolve(it, sink)?))).collect()
    }

    fn dangling(
        &self,
        rule: &'static Rule,
        reference: &str,
        pointer: &SpecPtr,
        at: &SpecPtr,
        sink: &mut Sink,
    ) {
        let by_name =
            reference.strip_prefix('#').is_some_and(|it| !it.is_empty() && !it.starts_with('/'));
        if by_name {
            let message = format!("no schema, or more than one, has `{reference}` for a name");
            sink.report(rule, at, message).help(
                "`$anchor` and `$dynamicAnchor` name schemas, and `$ref` and `$dynamicRef` find one that is named once",
            );
            return;
        }
        let message = format!("`{reference}` points at nothing");
        let wanted = pointer.segments().last().unwrap_or_default();
        let siblings = self.tree.nearest(pointer).as_map();
        let near =
            nearest_name(&wanted, siblings.into_iter().flatten().map(|(key, _)| key.as_str()));
        let found = sink.report(rule, at, message);
        if let Some(near) = near {
            found.label(format_args!("did you mean `{near}`?"));
        }
    }
}

/// The place that a reference within the document means.
pub(crate) fn pointed(reference: &str) -> SpecPtr {
    SpecPtr::parse(&percent_decoded(reference))
}

/// Undoes the percent-encoding that a URL's fragment may have.
pub(super) fn percent_decoded(fragment: &str) -> String {
    let bytes = fragment.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        let hex = (*first == b'%').then(|| tail.get(..2)).flatten();
        let hex = hex.filter(|it| it.iter().all(u8::is_ascii_hexdigit));
        let code = hex.and_then(|it| std::str::from_utf8(it).ok());
        match code.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                rest = &tail[2..];
            }
            None => {
                decoded.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| fragment.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Text;
    use crate::diag::SourceId;
    use crate::load::tree;

    #[test]
    fn a_fragment_that_is_no_pointer_points_at_nothing() {
        let text = Text { name: String::new(), bytes: "a: {b: 1}".into() };
        let tree = tree(&text, SourceId::Document, &mut Sink::default()).expect("it is YAML");
        let document = Document { tree, client: config::Client::default(), names: Lock::default() };
        let leads = |it| document.target(it, &SpecPtr::root(), &mut Sink::default()).is_ok();
        assert!(leads("#/a/b"));
        assert!(!leads("#a/b"));
        assert!(!leads("#"));
    }

    #[test]
    fn fragments_are_decoded() {
        assert_eq!(percent_decoded("/paths/~1x%7Bid%7D"), "/paths/~1x{id}");
        assert_eq!(percent_decoded("/a%zz%2"), "/a%zz%2");
        assert_eq!(percent_decoded("/a%ff"), "/a%ff");
        assert_eq!(percent_decoded("/a%+f"), "/a%+f");
    }
}
