//! Findings about a document that is otherwise understood: one function for each rule.

use crate::config::Client;
use crate::diag::{MISSING_DOCS, Sink, UNPAGED_LIST};
use crate::facts::Facts;
use crate::ir::{Api, Operation, ParamPlace, Shape, Success, Type};

/// Runs every rule that `client.yaml` does not switch off.
pub(crate) fn run(api: &Api, _facts: &Facts, _client: &Client, sink: &mut Sink) {
    for (_, operation) in api.operations.iter() {
        missing_docs(operation, sink);
        unpaged_list(api, operation, sink);
    }
}

fn missing_docs(operation: &Operation, sink: &mut Sink) {
    if operation.summary.is_none() && operation.docs.text.is_none() {
        sink.report(&MISSING_DOCS, &operation.at, "neither summary nor description says what this does");
    }
}

/// A list that takes a cursor, token, offset or page, and whose paging was not understood.
fn unpaged_list(api: &Api, operation: &Operation, sink: &mut Sink) {
    const MOVES: &[&str] = &["cursor", "offset", "page", "page_token", "pageToken", "starting_after"];
    let moves = operation.params.iter().any(|it| {
        it.place == ParamPlace::Query && MOVES.contains(&it.wire_name.as_str())
    });
    let Success::Json(ty) = &operation.success else { return };
    let listed = match ty {
        Type::List(_) => true,
        Type::Def(id) => match &api.types[*id].shape {
            Shape::Struct(it) => it.fields.iter().any(|it| matches!(it.ty, Type::List(_))),
            _ => false,
        },
        _ => false,
    };
    if moves && listed && operation.paging.is_none() {
        sink.report(&UNPAGED_LIST, &operation.at, "this looks like a list in pages, but how it goes on is not plain")
            .help("say so under `pagination` in client.yaml");
    }
}
