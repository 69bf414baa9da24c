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
mod types;
mod unions;
mod useless;
mod values;
mod walk;

#[cfg(test)]
mod tests;

use super::node::Node;
use crate::diag::{Failed, Sink};
pub(crate) use values::as_type;
use walk::{Kind, Trail, Visitor};

/// Rewrites a document in place.
///
/// # Errors
/// If the document is not an OpenAPI document of version 3.0, 3.1 or 3.2.
pub(crate) fn downgrade(root: &mut Node, sink: &mut Sink) -> Result<(), Failed> {
    document::check(root, sink)?;
    document::complete(root, sink);
    let moved = reference::prepare(root);
    walk::walk(Kind::Document, root, &Trail::ROOT, &mut Downgrade { sink });
    reference::follow(root, moved);
    Ok(())
}

struct Downgrade<'s> {
    sink: &'s mut Sink,
}

impl Visitor for Downgrade<'_> {
    fn before(&mut self, kind: Kind, node: &mut Node, at: &Trail<'_>) {
        mistyped::correct(kind, node, at, self.sink);
        match kind {
            Kind::Schema => schema::before(node, at, self.sink),
            Kind::PathItem => document::path_item(node, at, self.sink),
            Kind::Operation => document::operation(node, at, self.sink),
            Kind::Parameter | Kind::Header => parameter::parameter(node, at, self.sink),
            Kind::Response => document::response(node, at, self.sink),
            Kind::Document
            | Kind::Components
            | Kind::Body
            | Kind::MediaType
            | Kind::Encoding
            | Kind::SecurityScheme
            | Kind::Info
            | Kind::Server
            | Kind::ServerVariable
            | Kind::Discriminator
            | Kind::Streaming
            | Kind::Tag => {}
        }
    }

    fn after(&mut self, kind: Kind, node: &mut Node, at: &Trail<'_>) {
        if kind == Kind::Schema {
            schema::after(node, at, self.sink);
        }
    }
}
