//! Adds responses and bodies that are not documented.

use super::document::CorrectedDocument;
use super::evidence::Evidence;
use super::fragment::Fragment;
use super::infer;
use super::propose::{Action, Correction, told};
use generator::Node;
use generator::diag::SpecPtr;
use serde_json::Value;

/// True if responses have a status, by itself or with others.
pub(super) fn documents(responses: &Node, status: &str) -> bool {
    let class = &status[..status.len().min(1)];
    let ranges = [format!("{class}XX"), format!("{class}xx")];
    let keys = [status, &ranges[0], &ranges[1], "default"];
    keys.iter().any(|it| responses.get(it).is_some())
}

/// A response with a status. It is that of another status of errors where its body fits.
pub(super) fn status(document: &CorrectedDocument, node: &Node, it: &Evidence) -> Correction {
    let is_error = it.detail.starts_with(['4', '5']);
    let shared = it.shape.as_ref().filter(|_| is_error);
    let shared = shared.and_then(|shape| sibling(document, node, &it.at, shape));
    let response = match (shared, &it.shape) {
        (Some(Shared::Response(reference)), _) => Fragment::reference(&reference),
        (Some(Shared::Schema(schema)), _) => described(&it.detail).with("content", content(schema)),
        (None, Some(shape)) => match infer::schema(shape, document.dialect) {
            Some(schema) => described(&it.detail).with("content", content(schema)),
            None => described(&it.detail),
        },
        (None, None) if it.detail.starts_with('5') => {
            return told("it had no body of JSON, so something before the server may have sent it");
        }
        (None, None) => described(&it.detail),
    };
    let update = Fragment::Map(vec![(it.detail.clone(), response)]);
    Correction::Proposed(vec![Action::update(document.path(&it.at), update)])
}

/// A body of a response that had none.
pub(super) fn body(document: &CorrectedDocument, it: &Evidence) -> Correction {
    let schema = it.shape.as_ref().and_then(|it| infer::schema(it, document.dialect));
    let Some(schema) = schema else { return told("it was null each time") };
    let update = Fragment::entry("content", content(schema));
    Correction::Proposed(vec![Action::update(document.path(&it.at), update)])
}

fn content(schema: Fragment) -> Fragment {
    Fragment::entry("application/json", Fragment::entry("schema", schema))
}

/// The part of a documented response that another one can have, too.
enum Shared {
    /// The reference to a component.
    Response(String),
    Schema(Fragment),
}

/// The documented error whose schema a body fits: first of the same operation, then of any other.
fn sibling(
    document: &CorrectedDocument,
    own: &Node,
    at: &SpecPtr,
    shape: &Value,
) -> Option<Shared> {
    let paths = document.root.get("paths").and_then(Node::as_map).into_iter().flatten();
    let operations = paths.flat_map(|(_, item)| item.as_map().into_iter().flatten());
    let others = operations.filter_map(|(_, it)| it.get("responses"));
    let others = others.filter(|it| document.at(at).is_none_or(|own| !std::ptr::eq(*it, own)));
    std::iter::once(own).chain(others).find_map(|responses| {
        let errors = responses.as_map()?.iter();
        let mut errors =
            errors.filter(|(status, _)| status.starts_with(['4', '5']) || *status == "default");
        errors.find_map(|(_, response)| shared(document, response, shape))
    })
}

/// The whole of a response, if it is a component, or its schema, if a body fits it.
fn shared(document: &CorrectedDocument, response: &Node, shape: &Value) -> Option<Shared> {
    let content = document.resolve(response)?.get("content")?.as_map()?;
    let json = content.iter().find(|(it, _)| it.contains("json"))?.1;
    let schema = json.get("schema").filter(|it| document.fits(shape, it))?;
    Some(match response.text("$ref") {
        Some(reference) => Shared::Response(reference.to_owned()),
        None => Shared::Schema(Fragment::of(schema)),
    })
}

/// A response with a description, which each must have.
fn described(status: &str) -> Fragment {
    let text = match status {
        "200" => "OK.",
        "201" => "Created.",
        "202" => "Accepted.",
        "204" => "No content.",
        "400" => "Bad request.",
        "401" => "Unauthorized.",
        "402" => "Payment required.",
        "403" => "Forbidden.",
        "404" => "Not found.",
        "409" => "Conflict.",
        "410" => "Gone.",
        "422" => "Unprocessable content.",
        "429" => "Too many requests.",
        "500" => "Internal server error.",
        "503" => "Service unavailable.",
        _ => return Fragment::entry("description", Fragment::Text(format!("Status {status}."))),
    };
    Fragment::entry("description", Fragment::text(text))
}
