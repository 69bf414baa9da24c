//! Walks down a document by OpenAPI's own structure, and lets a visitor change each node.

pub(super) use super::super::kind::NodeKind;
use super::super::kind::{ChildKind, part};
use super::super::node::{Node, Value};
use crate::diag::SpecPtr;

/// The way from the root to a node.
#[derive(Clone, Copy)]
pub(super) struct DowngradePath<'t> {
    up: Option<&'t DowngradePath<'t>>,
    step: DowngradeStep<'t>,
}

#[derive(Clone, Copy)]
enum DowngradeStep<'t> {
    Key(&'t str),
    Index(usize),
}

impl<'t> DowngradePath<'t> {
    pub(super) const ROOT: DowngradePath<'static> =
        DowngradePath { up: None, step: DowngradeStep::Index(0) };

    fn key(&'t self, key: &'t str) -> Self {
        Self { up: Some(self), step: DowngradeStep::Key(key) }
    }

    fn index(&'t self, index: usize) -> Self {
        Self { up: Some(self), step: DowngradeStep::Index(index) }
    }

    /// True if this is the schema of a property.
    pub(super) fn is_property(&self, name: &str) -> bool {
        let is = |trail: &DowngradePath<'_>, name: &str| matches!(trail.step, DowngradeStep::Key(it) if it == name);
        is(self, name) && self.up.is_some_and(|it| is(it, "properties"))
    }

    /// The schema whose `allOf` contains this one, or else this one.
    pub(super) fn extended(&'t self) -> &'t Self {
        let all_of =
            self.up.filter(|it| self.is_item() && matches!(it.step, DowngradeStep::Key("allOf")));
        all_of.and_then(|it| it.up).map_or(self, DowngradePath::extended)
    }

    /// True if this is a schema among the components.
    pub(super) fn is_component(&self) -> bool {
        let is = |trail: &DowngradePath<'_>, name: &str| matches!(trail.step, DowngradeStep::Key(it) if it == name);
        let schemas = self.up.filter(|it| is(it, "schemas"));
        schemas.and_then(|it| it.up).is_some_and(|it| is(it, "components"))
    }

    /// True if this is an item of the list under a key.
    pub(super) fn is_member_of(&self, key: &str) -> bool {
        let is = |it: &DowngradePath<'_>| matches!(it.step, DowngradeStep::Key(it) if it == key);
        self.is_item() && self.up.is_some_and(is)
    }

    /// True in a list.
    pub(super) fn is_item(&self) -> bool {
        matches!(self.step, DowngradeStep::Index(_))
    }

    /// True for one of the schemas that another chooses from.
    pub(super) fn is_variant(&self) -> bool {
        let choice =
            |it: &DowngradePath<'_>| matches!(it.step, DowngradeStep::Key("oneOf" | "anyOf"));
        self.is_item() && self.up.is_some_and(choice)
    }

    pub(super) fn pointer(&self) -> SpecPtr {
        match (self.up, self.step) {
            (None, _) => SpecPtr::root(),
            (Some(up), DowngradeStep::Key(key)) => up.pointer().child(key),
            (Some(up), DowngradeStep::Index(index)) => up.pointer().item(index),
        }
    }
}

/// Sees every node that has a kind, before and after the nodes below it.
pub(super) trait Visitor {
    fn before(&mut self, kind: NodeKind, node: &mut Node, at: &DowngradePath<'_>);
    fn after(&mut self, _kind: NodeKind, _node: &mut Node, _at: &DowngradePath<'_>) {}
}

/// Goes through a node and all below it.
pub(super) fn walk(
    kind: NodeKind,
    node: &mut Node,
    at: &DowngradePath<'_>,
    visitor: &mut dyn Visitor,
) {
    visitor.before(kind, node, at);
    if let Value::Map(map) = &mut node.value {
        for (key, child) in map.iter_mut() {
            let at = at.key(key);
            match part(kind, key) {
                Some(ChildKind::OneUnlessBool(_)) if child.as_bool().is_some() => {}
                Some(ChildKind::One(kind) | ChildKind::OneUnlessBool(kind)) => {
                    walk(kind, child, &at, visitor);
                }
                Some(ChildKind::Many(kind)) => many(kind, child, &at, visitor, false),
                Some(ChildKind::Extended(kind)) => many(kind, child, &at, visitor, true),
                None => {}
            }
        }
    }
    visitor.after(kind, node, at);
}

fn many(
    kind: NodeKind,
    node: &mut Node,
    at: &DowngradePath<'_>,
    visitor: &mut dyn Visitor,
    extended: bool,
) {
    match &mut node.value {
        Value::List(list) => {
            for (index, item) in list.iter_mut().enumerate() {
                walk(kind, item, &at.index(index), visitor);
            }
        }
        Value::Map(map) => {
            for (key, child) in map.iter_mut() {
                if !(extended && key.starts_with("x-")) {
                    walk(kind, child, &at.key(key), visitor);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}
