//! Names of resources, operations and parameters.

use super::ident::RustIdent;
use super::lock::Lock;
use super::members::snakes;
use super::request::{Candidates, NameRequest, Scope};
use super::types::reserved as reserved_type;
use super::words::{pascal, shouty, snake};
use super::{NameCx, OperationNames, ResourceNames};
use crate::ir::{Api, Id, Operation, ParamPlace, Resource, Success};
use std::collections::HashSet;

/// Methods that clients and handles have besides those of resources, and names that no file may have.
fn reserved_resource(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "new",
        "builder",
        "from_env",
        "webhook_verifier",
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
        "runtime",
        "client_runtime",
    ];
    NAMES.contains(&name)
        || super::client::is_device(name)
        || RustIdent::new(name).is_some_and(|it| it.is_keyword())
}

/// True if handles have the name besides their calls, or traits have a method of that name which takes `self` by
/// value: that comes before a method which takes a reference.
fn reserved_call(name: &str) -> bool {
    ["new", "into", "try_into"].contains(&name)
}

/// True if builders of calls have the name besides the setters of parameters.
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

/// Methods of builders of sockets besides the setters of parameters.
fn reserved_handshake(name: &str) -> bool {
    reserved_param(name) || ["connect", "connect_blocking", "with"].contains(&name)
}

/// The names of resources: each follows from its own words, which differ among those of one parent. A handle that comes
/// later than a call beside it leaves the name to the call.
pub(super) fn resources(cx: &NameCx<'_>) -> Vec<ResourceNames> {
    let mut names: Vec<ResourceNames> = Vec::new();
    let calls = cx.old.calls();
    let mut files = HashSet::new();
    for (_, it) in cx.api.resources.iter() {
        let beside = it.parent.map(|id| chain(cx.api, id, &names)).unwrap_or_default();
        let reserved =
            |it: &str| reserved_resource(it) || calls.contains(&*format!("{beside}.{it}"));
        let module = Scope::new("r", "_", &reserved).free(&it.words);
        let handle = Scope::new("R", "Resource", &reserved_type).free(&pascal(&it.words));
        // Those above come first in the table.
        let above =
            it.parent.map(|id| format!("{}_", names[id.index()].file.trim_end_matches('_')));
        let mut file = above.unwrap_or_default() + module.text();
        while !files.insert(file.clone()) {
            file.push('_');
        }
        names.push(ResourceNames { method: module.clone(), module, handle, file });
    }
    names
}

pub(super) fn names(cx: &mut NameCx<'_>, handles: &[ResourceNames]) -> Vec<OperationNames> {
    let mut names: Vec<Option<OperationNames>> = cx.api.operations.ids().map(|_| None).collect();
    let (api, analysis) = (cx.api, cx.analysis);
    let old = cx.old.methods();
    for resource in api.resources.ids() {
        let own = analysis.operations(resource).iter().map(|id| (*id, &api.operations[*id]));
        let own: Vec<_> = own.collect();
        let below = api.resources.iter().filter(|(_, it)| it.parent == Some(resource));
        let below: HashSet<&str> = below.map(|(id, _)| handles[id.index()].method.text()).collect();
        let reserved = |it: &str| reserved_call(it) || below.contains(it);
        let claims: Vec<_> = own.iter().map(|(_, it)| claim(cx, it, &below)).collect();
        let mut scope = Scope::new("call_", "_", &reserved);
        let chain = chain(api, resource, handles);
        for key in idle_calls(&cx.idle, &chain) {
            scope.hold(key, &old);
        }
        let methods = scope.assign(&claims, &old, &mut Lock::default(), cx.sink);
        for (claim, method) in claims.iter().zip(&methods) {
            cx.new.set(&claim.key, &format!("{chain}.{}", method.text()));
        }
        let handle = &handles[resource.index()].handle;
        let builders = builders(cx, handle, &chain, &claims, &methods, &old);
        let constants = constants(&methods, &builders);
        let mut taken: HashSet<_> = builders.iter().map(|it| it.text().to_owned()).collect();
        taken.insert(handles[resource.index()].handle.text().to_owned());
        let both = builders.into_iter().zip(constants);
        for (((id, it), method), (builder, constant)) in own.iter().zip(methods).zip(both) {
            let frames =
                matches!(it.success, Success::Socket(_)).then(|| frames(&builder, &mut taken));
            names[id.index()] = Some(OperationNames { method, builder, constant, frames });
        }
    }
    names.into_iter().map(|it| it.expect("every operation has a resource")).collect()
}

/// The resources from the client down, with dots between them.
fn chain(api: &Api, resource: Id<Resource>, names: &[ResourceNames]) -> String {
    let up = std::iter::successors(Some(resource), |id| api.resources[*id].parent);
    let mut chain: Vec<&str> = up.map(|id| names[id.index()].module.text()).collect();
    chain.reverse();
    chain.join(".")
}

/// The keys of the calls of a resource that are not chosen.
fn idle_calls<'a>(idle: &'a Lock, chain: &str) -> impl Iterator<Item = &'a str> {
    idle.keys("operation ").filter(move |key| {
        idle.name(key).and_then(|it| it.rsplit_once('.')).is_some_and(|it| it.0 == chain)
    })
}

/// The builders of calls, each named after its method. Methods that differ may have the same words,
/// such as `get_1` and `get1`: the one that its builder's name leads back to comes first, and what the
/// other gets is kept. Where `client.yaml` renames a call, its builder follows.
fn builders(
    cx: &mut NameCx<'_>,
    handle: &RustIdent,
    chain: &str,
    calls: &[NameRequest],
    methods: &[RustIdent],
    old_methods: &Lock,
) -> Vec<RustIdent> {
    let reserved = |it: &str| reserved_type(it) || it == handle.text();
    let mut scope = Scope::new("Call", "Call", &reserved);
    for key in idle_calls(&cx.idle, chain) {
        scope.hold(&format!("builder {key}"), &cx.idle);
    }
    let claim = |(call, method): (&NameRequest, &RustIdent)| {
        let name = scope.shaped(&pascal(method.text()));
        let leads_back = snake(&name) == method.text();
        NameRequest {
            key: format!("builder {}", call.key),
            wire: if leads_back { name.clone() } else { method.text().to_owned() },
            candidates: Candidates::new(name.clone(), move || vec![format!("{name}Call")]),
            wish: None,
            at: call.at.clone(),
        }
    };
    let claims: Vec<_> = calls.iter().zip(methods).map(claim).collect();
    let named = calls.iter().zip(methods).zip(&claims);
    let renamed = named.filter(|((call, method), _)| old_methods.differs(&call.key, method.text()));
    let old = cx.old.without(renamed.map(|(_, builder)| &*builder.key));
    scope.assign(&claims, &old, &mut cx.new, cx.sink)
}

/// The enums of the messages of a socket, beside handles and builders that may be called so already.
fn frames(builder: &RustIdent, taken: &mut HashSet<String>) -> [RustIdent; 2] {
    ["ClientMessage", "ServerMessage"].map(|word| {
        let mut name = format!("{}{word}", builder.text());
        while !taken.insert(name.clone()) {
            name.push_str("Frame");
        }
        RustIdent::new(&name).expect("a name stays one with words behind it")
    })
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

fn claim(cx: &NameCx<'_>, operation: &Operation, handles: &HashSet<&str>) -> NameRequest<'static> {
    let variant = operation.variant.as_deref().unwrap_or_default();
    let mut key = format!("operation {}", operation.at);
    if !variant.is_empty() {
        key = format!("{key} {variant}");
    }
    let with = |name: String| match variant {
        "" => name,
        _ => format!("{name}_{variant}"),
    };
    let mut candidates: Vec<_> = operation.calls.iter().map(|it| with(snake(it))).collect();
    // Words of its own place are better than an underscore behind the name of a handle.
    candidates.sort_by_key(|it| handles.contains(&**it));
    let best = candidates.remove(0);
    let said = operation.wire_name.as_ref().map_or(0, |it| snake(it).split('_').count());
    NameRequest {
        key,
        candidates: Candidates::new(best, move || candidates.clone()),
        wish: cx.wish(&operation.at, operation.wish.as_ref()).map(|it| it.map(with)),
        // Of operations that would be called alike, those that are deprecated come last, the one whose own name says
        // less first, then the one with the shorter path.
        wire: format!(
            "~{} {said:04} {:04} {} {variant}",
            u8::from(operation.docs.deprecated.is_some()),
            operation.path.len(),
            operation.path
        ),
        at: operation.at.clone(),
    }
}

pub(super) fn params(cx: &mut NameCx<'_>) -> Vec<Vec<RustIdent>> {
    let all: Vec<(Id<Operation>, &Operation)> = cx.api.operations.iter().collect();
    all.into_iter().map(|(_, operation)| params_of(cx, operation)).collect()
}

fn params_of(cx: &mut NameCx<'_>, operation: &Operation) -> Vec<RustIdent> {
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
            NameRequest {
                key: format!("param {} {place} {}", operation.at, param.wire_name),
                candidates: snakes(&param.wire_name).or_with(place),
                wish: cx.wish(&param.at, param.wish.as_ref()),
                wire: param.wire_name.clone(),
                at: param.at.clone(),
            }
        })
        .collect();
    let reserved = match operation.success {
        Success::Socket(_) => reserved_handshake,
        _ => reserved_param,
    };
    let mut scope = Scope::new("param_", "_", &reserved);
    scope.assign(&claims, cx.old, &mut cx.new, cx.sink)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_parameter_clashes_with_what_every_builder_has() {
        let source = include_str!("../../runtime/src/operation_macro.rs");
        let written = source.split("pub fn ").skip(1).filter_map(|it| it.split('(').next());
        let handed_on = source.split("__asks!($name ").skip(1);
        let handed_on: Vec<_> =
            handed_on.flat_map(|it| it.split_whitespace().skip(1).take(2)).collect();
        assert!(handed_on.contains(&"send_text_blocking"), "{handed_on:?}");
        let names = written.filter(|it| !it.starts_with('$')).chain(handed_on);
        let free: Vec<_> = names.filter(|it| !reserved_param(it)).collect();
        assert!(free.is_empty(), "{free:?}");
    }

    #[test]
    fn enums_of_messages_leave_their_names_to_handles_and_builders() {
        let builder = RustIdent::new("Connect").expect("an identifier");
        let mut taken = HashSet::from(["Connect".to_owned(), "ConnectClientMessage".to_owned()]);
        let names = frames(&builder, &mut taken).map(|it| it.text().to_owned());
        assert_eq!(names, ["ConnectClientMessageFrame", "ConnectServerMessage"]);
    }

    #[test]
    fn no_parameter_clashes_with_what_every_builder_of_a_socket_has() {
        let source = include_str!("../../runtime/src/socket/macros.rs");
        let methods = source.split("pub ").skip(1).map(|it| it.trim_start_matches("async "));
        let names = methods.filter_map(|it| it.strip_prefix("fn ")?.split('(').next());
        let names: Vec<_> = names.collect();
        assert!(names.contains(&"connect") && names.contains(&"connect_blocking"), "{names:?}");
        let free: Vec<_> = names.iter().filter(|it| !reserved_handshake(it)).collect();
        assert!(free.is_empty(), "{free:?}");
    }
}
