//! Operations: each method of each path, and each media type of its body.

use super::body::{self, Bodies};
use super::params::{self, OperationParams};
use super::path::{self, PathTemplate};
use super::response::{self, Responses};
use super::streaming::{self, StreamHint};
use super::{LowerCx, auth, docs, retry, server, socket, terminals};
use crate::diag::{INVALID, SKIPPED_BY_CLIENT, SKIPPED_SCHEMA};
use crate::ir::{Docs, Method, Operation, Param};
use crate::load::{NodeRef, Reported};

pub(super) const METHODS: &[(&str, Method)] = &[
    ("get", Method::Get),
    ("put", Method::Put),
    ("post", Method::Post),
    ("delete", Method::Delete),
    ("options", Method::Options),
    ("head", Method::Head),
    ("patch", Method::Patch),
    ("trace", Method::Trace),
    ("query", Method::Query),
];

/// True for the keys under which paths have their operations.
pub(crate) fn is_method(key: &str) -> bool {
    METHODS.iter().any(|it| it.0 == key)
}

/// Lowers every operation; one that cannot be understood is left out.
pub(super) fn all(cx: &mut LowerCx<'_>) {
    for (path, item) in cx.document.root().entries("paths") {
        if path.starts_with("x-") {
            continue;
        }
        if !path.starts_with('/') {
            let message = format_args!("the path `{path}` does not start with `/`");
            cx.sink.report(&INVALID, &item.at, message);
            continue;
        }
        // The target of a reference has its own place; the operations keep the path's.
        let Ok(target) = cx.document.resolve(item.clone(), cx.sink) else { continue };
        let item = target.moved_to(item.at);
        for (key, method) in METHODS {
            if let Some(spot) = item.child(key).filter(|it| !it.notes().left_out) {
                cx.declared_operations += 1;
                let known = cx.sink.len();
                let outcome = operation(cx, path, &item, &spot, *method);
                if outcome.is_err() && cx.sink.len() == known {
                    let message = "this operation needs a schema that was left out";
                    cx.sink.report(&SKIPPED_SCHEMA, &spot.at, message);
                }
            }
        }
    }
    retry::report_stale(cx);
}

fn operation<'a>(
    cx: &mut LowerCx<'a>,
    path: &str,
    item: &NodeRef<'a>,
    spot: &NodeRef<'a>,
    method: Method,
) -> Result<(), Reported> {
    if let Some(entry) = cx.client.skip.iter().find(|it| it.target == spot.at) {
        cx.sink.report(&SKIPPED_BY_CLIENT, &spot.at, &entry.why);
        return Ok(());
    }
    let read = spot.operation(cx.sink)?;
    let security = auth::of_operation(cx, spot);
    let OperationParams { params, fixed_headers } = params::of(cx, item, spot, &security)?;
    let PathTemplate { template, fixed_query, params } = path::of(cx, path, &spot.at, params)?;
    let hint = streaming::hint(cx, spot);
    let (bodies, responses) = match socket::of(cx, spot)? {
        Some(socket) => (Bodies::default(), socket),
        None => bodies_and_responses(cx, spot, method, &params, hint.as_ref())?,
    };
    let Responses { success, terminals, sentinels, errors, accept, headers } = responses;
    // Which one it is follows from all operations together.
    let resource = cx.resource;
    let (retry, idempotent) = retry::of_operation(cx, spot, method);
    let Bodies { first, others } = bodies;
    let others = others.into_iter().map(|(variant, body)| (Some(variant), Some(body)));
    for (variant, body) in std::iter::once((None, first)).chain(others) {
        let mut terminals = terminals.clone();
        let asked = (params.as_slice(), body.as_ref());
        let setting = terminals::settle(cx, asked, hint.as_ref(), &success, &mut terminals);
        let operation = Operation {
            wire_name: words(read.id()),
            variant,
            method,
            path: path.to_owned(),
            template: template.clone(),
            fixed_query: fixed_query.clone(),
            server: server::of_operation(cx, item, spot),
            params: params.clone(),
            body,
            success: success.clone(),
            setting,
            terminals,
            sentinels: sentinels.clone(),
            errors: errors.clone(),
            accept: accept.clone(),
            response_headers: headers.clone(),
            paging: None,
            waiting: None,
            security: security.clone(),
            fixed_headers: fixed_headers.clone(),
            idempotent,
            retry: retry.clone(),
            tags: read.tags().to_vec(),
            resource,
            calls: Vec::new(),
            summary: words(read.summary()),
            docs: Docs { text: words(read.description()), deprecated: docs::deprecated(spot) },
            wish: docs::wish(spot),
            at: spot.at.clone(),
        };
        cx.operations.push(operation);
    }
    Ok(())
}

fn bodies_and_responses<'a>(
    cx: &mut LowerCx<'a>,
    spot: &NodeRef<'a>,
    method: Method,
    params: &[Param],
    hint: Option<&StreamHint<'a>>,
) -> Result<(Bodies, Responses), Reported> {
    let bodies = body::of(cx, spot)?;
    let responses = response::of(cx, spot, method, (params, bodies.first.as_ref()), hint)?;
    Ok((bodies, responses))
}

/// A text, unless it is blank.
fn words(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned)
}
