//! Examples that a document states, looked up where documentation shows one.

use super::hint::{example, resolve};
use crate::diag::SpecPtr;
use crate::load::{Document, Json, NodeRef};

/// The examples of a document.
#[derive(Clone, Copy)]
pub(crate) struct StatedExamples<'d>(&'d Document);

impl<'d> StatedExamples<'d> {
    pub(crate) fn of(document: &'d Document) -> Self {
        Self(document)
    }

    /// The example of a schema or parameter.
    pub(crate) fn at(self, at: &SpecPtr) -> Option<Json> {
        self.of_node(&resolve(self.0, self.0.at(at)?)?)
    }

    /// The example of an operation's body of a media type.
    pub(crate) fn of_body(self, operation: &SpecPtr, mime: &str) -> Option<Json> {
        let body = resolve(self.0, self.0.at(operation)?.child("requestBody")?)?;
        let content = body.child("content")?.child(mime)?;
        self.of_node(&resolve(self.0, content)?)
    }

    /// The node's own example, or that of its schema.
    fn of_node(self, node: &NodeRef<'d>) -> Option<Json> {
        let own = example(self.0, node);
        let of_schema = || resolve(self.0, node.child("schema")?)?.json("example");
        own.or_else(of_schema).filter(|it| !it.is_null())
    }
}
