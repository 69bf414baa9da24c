//! Names of resources, operations and parameters.

use super::claim::{Claim, Scope};
use super::ident::RustIdent;
use super::members::snakes;
use super::types::{reserved as reserved_type, words_of};
use super::words::{pascal, shouty, singular, snake, spelled};
use super::{Cx, OperationNames, ResourceNames};
use crate::ir::{Id, Method, Operation, ParamPlace, Resource};
use std::collections::HashSet;

/// Methods that a client has besides those of its resources, and names that no file may have.
fn reserved_resource(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "new",
        "builder",
        "from_env",
        "request",
        "clone",
        "into",
        "try_into",
        "types",
        "codec",
        "resources",
        "mod",
        "lib",
        "main",
        "core",
    ];
    NAMES.contains(&name)
        || super::client::is_device(name)
        || RustIdent::new(name).is_some_and(|it| it.is_keyword())
}

/// What handles have besides their calls, and what traits take by value: that comes before a method
/// which takes a reference.
fn reserved_call(name: &str) -> bool {
    ["new", "into", "try_into"].contains(&name)
}

/// What builders of calls have besides the setters of parameters.
fn reserved_param(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "send",
        "pages",
        "pages_blocking",
        "items",
        "items_blocking",
        "wait_until",
        "wait_until_blocking",
        "clone",
        "into",
        "from",
        "body",
        "new",
    ];
    let taken = ["with_", "send_"].iter().any(|it| name.starts_with(it)) && !name.ends_with('_');
    NAMES.contains(&name) || taken
}

pub(super) fn resources(cx: &mut Cx<'_>) -> Vec<ResourceNames> {
    let all: Vec<(Id<Resource>, &Resource)> = cx.api.resources.iter().collect();
    let claims: Vec<_> = all
        .iter()
        .map(|(_, it)| Claim {
            key: format!("resource {}", it.wire_name),
            candidates: vec![snake(cx.stripped(&it.wire_name)), snake(&spelled(&it.wire_name))],
            wish: None,
            wire: it.wire_name.clone(),
            at: crate::diag::SpecPtr::root(),
        })
        .collect();
    let mut scope = Scope::new("r", "_", &reserved_resource);
    let names = scope.assign(&claims, cx.old, &mut cx.new, cx.sink);
    let mut handles = Scope::new("R", "Resource", &reserved_type);
    let claims: Vec<_> = claims
        .into_iter()
        .zip(&names)
        .map(|(claim, name)| Claim {
            key: format!("handle {}", claim.wire),
            candidates: vec![pascal(name.text())],
            ..claim
        })
        .collect();
    let mut unlocked = super::Lock::default();
    let handles = handles.assign(&claims, cx.old, &mut unlocked, cx.sink);
    let both = names.into_iter().zip(handles);
    both.map(|(name, handle)| ResourceNames { module: name.clone(), handle, method: name })
        .collect()
}

pub(super) fn names(cx: &mut Cx<'_>, handles: &[ResourceNames]) -> Vec<OperationNames> {
    let mut names: Vec<Option<OperationNames>> = cx.api.operations.ids().map(|_| None).collect();
    let (api, facts) = (cx.api, cx.facts);
    for resource in api.resources.ids() {
        let own = facts.operations(resource).iter().map(|id| (*id, &api.operations[*id]));
        let own: Vec<_> = own.collect();
        let claims: Vec<_> = own.iter().map(|(_, it)| claim(cx, it)).collect();
        let mut scope = Scope::new("call_", "_", &reserved_call);
        let methods = scope.assign(&claims, cx.old, &mut cx.new, cx.sink);
        let builders = builders(cx, &handles[resource.index()].handle, &claims, &methods);
        let constants = constants(&methods, &builders);
        let both = builders.into_iter().zip(constants);
        for (((id, _), method), (builder, constant)) in own.iter().zip(methods).zip(both) {
            names[id.index()] = Some(OperationNames { method, builder, constant });
        }
    }
    names.into_iter().map(|it| it.expect("every operation has a resource")).collect()
}

/// The builders of calls, each named after its method. Methods that differ may have the same words,
/// such as `get_1` and `get1`: the one that its builder's name leads back to comes first, and what the
/// other gets is kept.
fn builders(
    cx: &mut Cx<'_>,
    handle: &RustIdent,
    calls: &[Claim],
    methods: &[RustIdent],
) -> Vec<RustIdent> {
    let reserved = |it: &str| reserved_type(it) || it == handle.text();
    let mut scope = Scope::new("Call", "Call", &reserved);
    let claim = |(call, method): (&Claim, &RustIdent)| {
        let name = scope.shaped(&pascal(method.text()));
        let leads_back = snake(&name) == method.text();
        Claim {
            key: format!("builder {}", call.key),
            wire: if leads_back { name.clone() } else { method.text().to_owned() },
            candidates: vec![name.clone(), format!("{name}Call")],
            wish: None,
            at: call.at.clone(),
        }
    };
    let claims: Vec<_> = calls.iter().zip(methods).map(claim).collect();
    scope.assign(&claims, cx.old, &mut cx.new, cx.sink)
}

/// The statics that describe the operations. Nobody sees their names, so nothing keeps them.
fn constants(methods: &[RustIdent], builders: &[RustIdent]) -> Vec<RustIdent> {
    let mut taken: HashSet<String> = builders.iter().map(|it| it.text().to_owned()).collect();
    let name = |method: &RustIdent| {
        let mut name = shouty(method.text());
        if !name.starts_with(|it: char| it.is_ascii_alphabetic()) {
            name.insert_str(0, "CALL_");
        }
        if taken.contains(&name) {
            name.push_str("_OPERATION");
        }
        while !taken.insert(name.clone()) {
            name.push('_');
        }
        RustIdent::new(&name).expect("capitals, digits and underscores make an identifier")
    };
    methods.iter().map(name).collect()
}

fn claim(cx: &Cx<'_>, operation: &Operation) -> Claim {
    let variant = operation.variant.as_deref().unwrap_or_default();
    let mut key = format!("operation {}", operation.at);
    if !variant.is_empty() {
        key = format!("{key} {variant}");
    }
    let with = |name: String| match variant {
        "" => name,
        _ => format!("{name}_{variant}"),
    };
    let full = snake(&words_of(cx, operation));
    let short = shortened(cx, operation);
    let method = format!("{:?}", operation.method).to_lowercase();
    Claim {
        key,
        candidates: vec![with(short), with(full.clone()), with(format!("{full}_{method}"))],
        wish: cx.wish(&operation.at, operation.wish.as_ref()).map(|it| it.map(with)),
        // Names that the document gives come before those that are made up.
        wire: operation.wire_name.clone().unwrap_or_else(|| format!("~{}", operation.path)),
        at: operation.at.clone(),
    }
}

/// The operation's name without its resource's.
fn shortened(cx: &Cx<'_>, operation: &Operation) -> String {
    let resource = &cx.api.resources[operation.resource].wire_name;
    let resource: Vec<String> = words(&snake(cx.stripped(resource)));
    let Some(name) = &operation.wire_name else { return by_path(operation, &resource) };
    let full = words(&snake(cx.stripped(name)));
    let same = |one: &String, other: &String| one == other || singular(one) == singular(other);
    let found = (!resource.is_empty()).then(|| {
        full.windows(resource.len())
            .position(|it| it.iter().zip(&resource).all(|(a, b)| same(a, b)))
    });
    let Some(at) = found.flatten() else { return full.join("_") };
    let mut rest = full.clone();
    rest.drain(at..at + resource.len());
    if rest.is_empty() { full.join("_") } else { rest.join("_") }
}

fn words(snake: &str) -> Vec<String> {
    snake.split('_').filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// What an operation without an operationId does: by its method, and by the path behind its resource.
fn by_path(operation: &Operation, resource: &[String]) -> String {
    let path = operation.path.split(['?', '#']).next().unwrap_or_default();
    let pieces: Vec<&str> = path.split('/').filter(|it| !it.is_empty()).collect();
    let own =
        pieces.iter().rposition(|it| words(&snake(it.split(':').next().unwrap_or(it))) == resource);
    let rest = own.map_or(&pieces[..], |at| &pieces[at + 1..]);
    let param = |it: &&str| it.starts_with('{');
    let action = pieces.last().and_then(|it| it.rsplit_once(':')).map(|(_, verb)| snake(verb));
    let literals = rest.iter().filter(|it| !param(it)).map(|it| snake(it));
    let literals = literals.filter(|it| !it.is_empty()).collect::<Vec<_>>().join("_");
    let verb = verb(operation.method, own.is_some() && rest.is_empty(), literals.is_empty());
    match (action, operation.method) {
        (Some(action), _) if !action.is_empty() => action,
        (_, Method::Post) if !literals.is_empty() && own.is_some() => literals,
        _ if literals.is_empty() => verb.to_owned(),
        _ => format!("{verb}_{literals}"),
    }
}

/// The usual word for a method: of a collection, or of one of its items.
fn verb(method: Method, collection: bool, plain: bool) -> &'static str {
    match (method, collection && plain) {
        (Method::Get, true) => "list",
        (Method::Get, false) => "get",
        (Method::Put, true) => "replace_all",
        (Method::Put, false) => "replace",
        (Method::Post, true) => "create",
        (Method::Post, false) => "post",
        (Method::Delete, true) => "delete_all",
        (Method::Delete, false) => "delete",
        (Method::Patch, true) => "update_all",
        (Method::Patch, false) => "update",
        (Method::Options, _) => "options",
        (Method::Head, _) => "head",
        (Method::Trace, _) => "trace",
        (Method::Query, _) => "query",
    }
}

pub(super) fn params(cx: &mut Cx<'_>) -> Vec<Vec<RustIdent>> {
    let all: Vec<(Id<Operation>, &Operation)> = cx.api.operations.iter().collect();
    all.into_iter().map(|(_, operation)| params_of(cx, operation)).collect()
}

fn params_of(cx: &mut Cx<'_>, operation: &Operation) -> Vec<RustIdent> {
    let claims: Vec<_> = operation
        .params
        .iter()
        .map(|param| {
            let place = match param.place {
                ParamPlace::Path => "path",
                ParamPlace::Query => "query",
                ParamPlace::Header => "header",
                ParamPlace::Cookie => "cookie",
            };
            let mut candidates = snakes(&param.wire_name);
            candidates.insert(1, format!("{}_{place}", candidates[0]));
            Claim {
                key: format!("param {} {place} {}", operation.at, param.wire_name),
                candidates,
                wish: cx.wish(&param.at, param.wish.as_ref()),
                wire: param.wire_name.clone(),
                at: param.at.clone(),
            }
        })
        .collect();
    let mut scope = Scope::new("param_", "_", &reserved_param);
    scope.assign(&claims, cx.old, &mut cx.new, cx.sink)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_parameter_clashes_with_what_every_builder_has() {
        let source = include_str!("../../runtime/src/operation_macro.rs");
        let written = source.split("pub fn ").skip(1).filter_map(|it| it.split('(').next());
        let handed_on = source.split("__streams_blocking!($name, ").skip(1);
        let handed_on = handed_on.filter_map(|it| it.split(',').next());
        let names = written.filter(|it| *it != "$method").chain(handed_on);
        let free: Vec<_> = names.filter(|it| !reserved_param(it)).collect();
        assert!(free.is_empty(), "{free:?}");
    }
}
