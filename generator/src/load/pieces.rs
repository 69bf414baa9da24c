//! The pieces of a document that openapiv3 reads, each once: what a client asks of them, key by key.

use super::document::Reported;
use super::keyword::{ReadBy, SchemaKeyword};
use super::node_ref::{NodeRef, ReadNode};
use super::openapi::VisibleKeys;
use crate::diag::Sink;
use openapiv3 as oas;

/// A schema without the schemas below it.
pub(crate) struct SchemaKeys<'a> {
    own: ReadNode<'a, oas::AnySchema>,
    discriminator: Option<ReadNode<'a, oas::Discriminator>>,
}

/// True for a keyword that openapiv3 reads.
fn is_read(key: &str) -> bool {
    SchemaKeyword::of(key).is_some_and(|it| it.row().read_by == ReadBy::Piece)
}

impl<'a> NodeRef<'a> {
    /// Reads this piece as a schema. It is used, even if it says nothing: then it is any JSON.
    pub(crate) fn schema(&self, sink: &mut Sink) -> Result<SchemaKeys<'a>, Reported> {
        self.use_it();
        let own = self.read(VisibleKeys::Only(is_read), &[], sink)?;
        let discriminator = self.child("discriminator");
        let discriminator = discriminator
            .map(|it| it.read(VisibleKeys::But(&["mapping"]), &[], sink))
            .transpose()?;
        Ok(SchemaKeys { own, discriminator })
    }

    pub(crate) fn operation(
        &self,
        sink: &mut Sink,
    ) -> Result<ReadNode<'a, oas::Operation>, Reported> {
        const CUT: &[&str] =
            &["parameters", "requestBody", "callbacks", "servers", "security", "externalDocs"];
        self.read(VisibleKeys::But(CUT), &["responses"], sink)
    }

    pub(crate) fn parameter(
        &self,
        sink: &mut Sink,
    ) -> Result<ReadNode<'a, oas::Parameter>, Reported> {
        const CUT: &[&str] = &["example", "examples", "style", "allowReserved"];
        self.read(VisibleKeys::But(CUT), &["schema", "content"], sink)
    }

    pub(crate) fn body(&self, sink: &mut Sink) -> Result<ReadNode<'a, oas::RequestBody>, Reported> {
        self.read(VisibleKeys::But(&["content"]), &[], sink)
    }

    pub(crate) fn server(&self, sink: &mut Sink) -> Result<ReadNode<'a, oas::Server>, Reported> {
        self.read(VisibleKeys::But(&["description", "variables", "name"]), &[], sink)
    }

    pub(crate) fn scheme(
        &self,
        sink: &mut Sink,
    ) -> Result<ReadNode<'a, oas::SecurityScheme>, Reported> {
        self.read(VisibleKeys::But(&[]), &["flows"], sink)
    }
}

impl SchemaKeys<'_> {
    pub(crate) fn typ(&self) -> Option<&str> {
        self.own.using("type").typ.as_deref()
    }

    pub(crate) fn format(&self) -> Option<&str> {
        self.own.using("format").format.as_deref()
    }

    pub(crate) fn required(&self) -> &[String] {
        self.own.spot.values("required");
        &self.own.piece.required
    }

    /// The property that tells variants apart.
    pub(crate) fn discriminator(&self) -> Option<&str> {
        Some(&self.discriminator.as_ref()?.using("propertyName").property_name)
    }
}

impl ReadNode<'_, oas::Operation> {
    pub(crate) fn id(&self) -> Option<&str> {
        self.using("operationId").operation_id.as_deref()
    }

    pub(crate) fn tags(&self) -> &[String] {
        self.spot.values("tags");
        &self.piece.tags
    }

    pub(crate) fn summary(&self) -> Option<&str> {
        self.using("summary").summary.as_deref()
    }

    pub(crate) fn description(&self) -> Option<&str> {
        self.using("description").description.as_deref()
    }
}

impl ReadNode<'_, oas::Parameter> {
    /// The parameter, by where it goes: `in`.
    pub(crate) fn by_place(&self) -> &oas::Parameter {
        self.using("in")
    }

    pub(crate) fn name(&self) -> &str {
        &self.using("name").parameter_data_ref().name
    }

    pub(crate) fn required(&self) -> bool {
        self.using("required").parameter_data_ref().required
    }

    /// `allowEmptyValue` of a parameter in the query. Marks nothing: the caller knows if it has a meaning there.
    pub(crate) fn allows_empty_value(&self) -> bool {
        matches!(self.piece, oas::Parameter::Query { allow_empty_value: Some(true), .. })
    }

    pub(crate) fn explode(&self) -> Option<bool> {
        self.using("explode").parameter_data_ref().explode
    }
}

impl ReadNode<'_, oas::RequestBody> {
    pub(crate) fn required(&self) -> bool {
        self.using("required").required
    }
}

impl ReadNode<'_, oas::Server> {
    pub(crate) fn url(&self) -> &str {
        self.using("url").url.trim()
    }
}

impl ReadNode<'_, oas::SecurityScheme> {
    /// The scheme, by its `type`.
    pub(crate) fn by_type(&self) -> &oas::SecurityScheme {
        self.using("type")
    }

    /// Where a key goes, and what it is called there.
    pub(crate) fn api_key(&self) -> Option<(&oas::APIKeyLocation, &str)> {
        self.using("in");
        match self.using("name") {
            oas::SecurityScheme::APIKey { location, name, .. } => Some((location, name)),
            _ => None,
        }
    }

    /// The name of an HTTP scheme.
    pub(crate) fn http(&self) -> Option<&str> {
        match self.using("scheme") {
            oas::SecurityScheme::HTTP { scheme, .. } => Some(scheme),
            _ => None,
        }
    }
}
