//! Compares a whole response with what its operation documents.

use super::check::Comparison;
use super::contract::{Contract, DocumentNode};
use super::difference::{Difference, DifferenceKind};
use serde_json::Value;

/// A response as far as it is looked at.
#[derive(Clone, Copy)]
pub(super) struct ResponseView<'v> {
    pub(super) status: u16,
    /// The media type without its parameters, in small letters.
    pub(super) media_type: Option<&'v str>,
    /// The body, if it is JSON.
    pub(super) body: Option<&'v Value>,
}

/// The differences between a response and those that are documented.
pub(super) fn differences<'v>(
    contract: &Contract,
    responses: &DocumentNode<'_>,
    it: ResponseView<'v>,
) -> Vec<Difference<'v>> {
    let mut run = Comparison::new(contract);
    let status = it.status.to_string();
    let range = [format!("{}XX", &status[..1]), format!("{}xx", &status[..1])];
    let documented = responses
        .key(&status)
        .or_else(|| responses.key(&range[0]))
        .or_else(|| responses.key(&range[1]))
        .or_else(|| responses.key("default"));
    let Some(documented) = documented else {
        run.note(&responses.at, DifferenceKind::UndocumentedStatus, &status);
        if let Some(found) = run.found.last_mut() {
            found.value = it.body;
        }
        return run.found;
    };
    let (Some(response), Some(body)) = (contract.resolve(&documented), it.body) else {
        return run.found;
    };
    let content = response.key("content");
    let media_types = content.as_ref().and_then(|it| it.value.as_object());
    let Some(content) = content.filter(|_| media_types.is_some_and(|it| !it.is_empty())) else {
        run.note_shape(&response.at, DifferenceKind::UndocumentedBody, "json", body);
        return run.found;
    };
    if let Some(schema) = schema(contract, &content, it.media_type) {
        run.value(&schema, body, 0);
    }
    run.found
}

/// The schema of the media type that a response has, or of another one of JSON.
fn schema<'c>(
    contract: &'c Contract,
    content: &DocumentNode<'c>,
    media_type: Option<&str>,
) -> Option<DocumentNode<'c>> {
    let entries = content.value.as_object()?;
    let named = |wanted: &dyn Fn(&str) -> bool| entries.keys().find(|it| wanted(&essence(it)));
    let found = named(&|it| Some(it) == media_type)
        .or_else(|| named(&is_json))
        .or_else(|| named(&|it| matches!(it, "*/*" | "application/*")))?;
    contract.resolve(&content.key(found)?)?.key("schema")
}

/// A media type without its parameters, in small letters.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

pub(super) fn is_json(media_type: &str) -> bool {
    media_type == "application/json" || media_type == "text/json" || media_type.ends_with("+json")
}
