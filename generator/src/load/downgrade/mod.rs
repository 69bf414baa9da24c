//! Says what a document of OpenAPI 3.1 or 3.2 says in the words of 3.0: a table of small rewrites, none of which
//! does anything where its keyword does not stand.

mod content;
mod counts;
mod document;
mod dynamic;
mod lists;
mod mistyped;
mod names;
mod parameter;
mod reference;
mod schema;
mod spelling;
mod traverse;
mod types;
mod unions;
mod useless;
mod values;
mod webhooks;

#[cfg(test)]
mod tests;

use super::node::Node;
use crate::diag::{Failed, Sink};
pub(super) use names::join;
use traverse::{DowngradePath, NodeKind, Visitor};
pub(crate) use values::{as_type, whole};

/// Rewrites a document in place.
///
/// # Errors
/// If the document is not an OpenAPI document of version 3.0, 3.1 or 3.2.
pub(crate) fn downgrade(root: &mut Node, sink: &mut Sink) -> Result<(), Failed> {
    document::check(root, sink)?;
    document::complete(root, sink);
    let moved = reference::prepare(root);
    traverse::walk(NodeKind::Document, root, &DowngradePath::ROOT, &mut Downgrade { sink });
    reference::follow(root, moved);
    Ok(())
}

struct Downgrade<'s> {
    sink: &'s mut Sink,
}

impl Visitor for Downgrade<'_> {
    fn before(&mut self, kind: NodeKind, node: &mut Node, at: &DowngradePath<'_>) {
        mistyped::correct(kind, node, at, self.sink);
        match kind {
            NodeKind::Schema => schema::before(node, at, self.sink),
            NodeKind::PathItem => document::path_item(node, at, self.sink),
            NodeKind::Operation => document::operation(node, at, self.sink),
            NodeKind::Parameter | NodeKind::Header => parameter::parameter(node, at, self.sink),
            NodeKind::Response => document::response(node, at, self.sink),
            NodeKind::Document
            | NodeKind::Components
            | NodeKind::Body
            | NodeKind::MediaType
            | NodeKind::Encoding
            | NodeKind::SecurityScheme
            | NodeKind::Flow
            | NodeKind::Info
            | NodeKind::Server
            | NodeKind::ServerVariable
            | NodeKind::Discriminator
            | NodeKind::Streaming
            | NodeKind::Tag => {}
        }
    }

    fn after(&mut self, kind: NodeKind, node: &mut Node, at: &DowngradePath<'_>) {
        if kind == NodeKind::Schema {
            schema::after(node, at, self.sink);
        }
    }
}
