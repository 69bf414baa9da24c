//! Waiting: which operations answer with a state that changes by itself, as `client.yaml` says.

use super::paging::{find, structure};
use crate::config::{Client, Waiter};
use crate::diag::{STALE_CLIENT, Sink, SourceId, SpecPtr, nearest_name};
use crate::ir::{Api, EnumRepr, Id, Operation, Scalar, Shape, Success, Type, Waiting};

/// Takes over what `client.yaml` says; what it says of a state that is not there is stale.
pub(super) fn take(api: &mut Api, client: &Client, sink: &mut Sink) {
    for it in &client.waiters {
        let ids: Vec<Id<Operation>> = api
            .operations
            .iter()
            .filter(|(_, operation)| operation.at == it.target)
            .map(|(id, _)| id)
            .collect();
        for (index, id) in ids.into_iter().enumerate() {
            // Variants of an operation share its answer: one finding is enough.
            let mut unheard = Sink::default();
            let sink = if index == 0 { &mut *sink } else { &mut unheard };
            let waiting = of(api, &api.operations[id], it, sink);
            api.operations[id].waiting = waiting;
        }
    }
}

fn of(api: &Api, operation: &Operation, it: &Waiter, sink: &mut Sink) -> Option<Waiting> {
    let answer = match &operation.success {
        Success::Json(answer) if operation.paging.is_none() => answer,
        _ => {
            stale(sink, &it.at.child("at"), "this operation does not answer with one JSON value");
            return None;
        }
    };
    let mut ty = answer;
    for (index, name) in it.state.iter().enumerate() {
        let Some(field) = structure(api, ty).and_then(|it| find(it, name)) else {
            let message = format!("the answer has no property `{}`", it.state[..=index].join("."));
            stale(sink, &it.at.child("state").item(index), &message);
            return None;
        };
        ty = &field.ty;
    }
    let values = match texts(api, ty) {
        Some(values) if !it.state.is_empty() => values,
        _ => {
            let message = "a state must be a property that is a text or an enum of texts";
            stale(sink, &it.at.child("state"), message);
            return None;
        }
    };
    known(&values, &it.done, &it.at.child("done"), sink);
    known(&values, &it.failed, &it.at.child("failed"), sink);
    let Waiter { state, done, failed, .. } = it.clone();
    Some(Waiting { state, done, failed })
}

/// The values of an enum of texts; none for any other text.
fn texts(api: &Api, ty: &Type) -> Option<Vec<String>> {
    match api.types.behind(ty) {
        Type::Scalar(Scalar::Text) => Some(Vec::new()),
        Type::Def(id) => match &api.types[*id].shape {
            Shape::Enum(it) if it.repr == EnumRepr::Text => Some(
                it.values.iter().filter_map(|it| it.value.as_str().map(str::to_owned)).collect(),
            ),
            Shape::Enum(_)
            | Shape::Struct(_)
            | Shape::Union(_)
            | Shape::Alias(_)
            | Shape::Outcome(_)
            | Shape::Broken => None,
        },
        Type::Scalar(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Tuple(_)
        | Type::Nullable(_)
        | Type::Json => None,
    }
}

/// Objects to states that an enum does not have.
fn known(values: &[String], stated: &[String], at: &SpecPtr, sink: &mut Sink) {
    for (index, state) in stated.iter().enumerate() {
        if values.is_empty() || values.contains(state) {
            continue;
        }
        let message = format_args!("`{state}` is none of the states that the document knows");
        let found = sink.report_in(SourceId::Client, &STALE_CLIENT, &at.item(index), message);
        if let Some(near) = nearest_name(state, values.iter().map(String::as_str)) {
            found.label(format_args!("did you mean `{near}`?"));
        }
    }
}

fn stale(sink: &mut Sink, at: &SpecPtr, message: &str) {
    sink.report_in(SourceId::Client, &STALE_CLIENT, at, message)
        .help("remove the entry, or correct it");
}
