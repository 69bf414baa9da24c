//! Which nodes of a document may be references to files, and what becomes of each: more of them than those that a
//! client needs, since a vendored document keeps them all.

use super::super::kind::{ChildKind, NodeKind, part};

/// A node that may be a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Site {
    Of(Referable),
    /// A list or a map of such nodes; the flag says that extensions stand between them.
    Many(Referable, bool),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Referable {
    Node(NodeKind),
    Example,
    Link,
    Callback,
}

/// The place of what a reference leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// A section of the components; the reference stays one.
    Section(&'static str),
    /// The place of the first reference, to which the others lead.
    First,
    /// The place of each reference: OpenAPI knows no reference there.
    Each,
}

impl Site {
    pub(super) const DOCUMENT: Self = Self::Of(Referable::Node(NodeKind::Document));

    /// The node under a key.
    pub(super) fn entry(self, key: &str) -> Option<Self> {
        match self {
            Self::Many(_, true) if key.starts_with("x-") => None,
            Self::Many(it, _) => Some(Self::Of(it)),
            Self::Of(Referable::Node(kind)) => own(kind, key).or_else(|| {
                Some(match part(kind, key)? {
                    ChildKind::One(it) | ChildKind::OneUnlessBool(it) => {
                        Self::Of(Referable::Node(it))
                    }
                    ChildKind::Many(it) => Self::Many(Referable::Node(it), false),
                    ChildKind::Extended(it) => Self::Many(Referable::Node(it), true),
                })
            }),
            Self::Of(Referable::Callback) if !key.starts_with("x-") => {
                Some(Self::Of(Referable::Node(NodeKind::PathItem)))
            }
            Self::Of(Referable::Callback | Referable::Example | Referable::Link) => None,
        }
    }

    /// An item of a list.
    pub(super) fn item(self) -> Option<Self> {
        match self {
            Self::Many(it, _) => Some(Self::Of(it)),
            Self::Of(_) => None,
        }
    }

    pub(super) fn destination(self) -> Destination {
        use Destination::{Each, First, Section};
        let Self::Of(it) = self else { return Each };
        match it {
            Referable::Example => Section("examples"),
            Referable::Link => Section("links"),
            Referable::Callback => Section("callbacks"),
            Referable::Node(kind) => match kind {
                NodeKind::Schema => Section("schemas"),
                NodeKind::Parameter => Section("parameters"),
                NodeKind::Header => Section("headers"),
                NodeKind::Body => Section("requestBodies"),
                NodeKind::Response => Section("responses"),
                NodeKind::SecurityScheme => Section("securitySchemes"),
                NodeKind::PathItem => First,
                NodeKind::Document
                | NodeKind::Components
                | NodeKind::Operation
                | NodeKind::MediaType
                | NodeKind::Encoding
                | NodeKind::Flow
                | NodeKind::Info
                | NodeKind::Tag
                | NodeKind::Server
                | NodeKind::ServerVariable
                | NodeKind::Discriminator
                | NodeKind::Streaming => Each,
            },
        }
    }
}

/// The nodes that other passes do not go down to.
fn own(kind: NodeKind, key: &str) -> Option<Site> {
    Some(match (kind, key) {
        (NodeKind::Document, "webhooks" | "x-webhooks") => {
            Site::Many(Referable::Node(NodeKind::PathItem), true)
        }
        (NodeKind::Components | NodeKind::Operation, "callbacks") => {
            Site::Many(Referable::Callback, false)
        }
        (NodeKind::Components | NodeKind::Response, "links") => Site::Many(Referable::Link, false),
        (
            NodeKind::Components | NodeKind::Parameter | NodeKind::Header | NodeKind::MediaType,
            "examples",
        ) => Site::Many(Referable::Example, false),
        (NodeKind::PathItem, "additionalOperations") => {
            Site::Many(Referable::Node(NodeKind::Operation), false)
        }
        _ => return None,
    })
}
