//! The public surface of a client, one line for each item: what a change of it is read off.

use super::types::{self, From};
use super::{Cx, call, constructors, waiting};
use crate::ir::{
    Id, Operation, OutcomeBody, ParamPlace, Resource, Shape, Struct, Success, Type, TypeDef,
};
use proc_macro2::TokenStream;

/// The lines, sorted.
pub(crate) fn surface(cx: Cx<'_>) -> String {
    let mut lines = Vec::new();
    client(cx, &mut lines);
    for id in cx.api.resources.ids() {
        resource(cx, id, &mut lines);
    }
    for (id, def) in cx.api.types.iter() {
        if cx.facts.is_live(id) && super::files::is_emitted(cx, id) {
            definition(cx, id, def, &mut lines);
        }
    }
    lines.sort();
    let module = cx.names.module.text();
    lines.iter().fold(String::new(), |text, line| text + module + "::" + line + "\n")
}

fn client(cx: Cx<'_>, lines: &mut Vec<String>) {
    lines.push("struct Client".to_owned());
    lines.push("struct ClientBuilder".to_owned());
    let names = cx.names.schemes.iter().chain(&cx.names.headers).chain(&cx.names.client_params);
    for name in names.chain(&cx.names.server_variables) {
        lines.push(format!("ClientBuilder::{name}(self, &str) -> Self"));
    }
}

fn resource(cx: Cx<'_>, id: Id<Resource>, lines: &mut Vec<String>) {
    let names = cx.names.resource(id);
    let (file, handle) = (&names.module, &names.handle);
    let operations: Vec<_> = super::resource::operations(cx, id).collect();
    if operations.is_empty() {
        return;
    }
    lines.push(format!("Client::{}(&self) -> resources::{file}::{handle}", names.method));
    lines.push(format!("resources::{file}::struct {handle}"));
    for id in operations {
        operation(cx, id, &format!("resources::{file}"), handle.text(), lines);
    }
}

fn operation(cx: Cx<'_>, id: Id<Operation>, at: &str, handle: &str, lines: &mut Vec<String>) {
    let operation = &cx.api.operations[id];
    let names = cx.names.operation(id);
    let builder = &names.builder;
    let mut arguments = vec!["&self".to_owned()];
    for (index, param) in operation.params.iter().enumerate() {
        let name = &cx.names.params(id)[index];
        let ty = text(&call::passed(cx, param, &TokenStream::new()).0);
        match param.place {
            ParamPlace::Path if !param.on_client => arguments.push(format!("{name}: {ty}")),
            _ => lines.push(format!("{at}::{builder}::{name}(self, {ty}) -> Self")),
        }
    }
    if let (Some(body), Some((ty, _))) = (&operation.body, call::body(cx, operation)) {
        match body.required {
            true => arguments.push(format!("body: {}", text(&ty))),
            false => lines.push(format!("{at}::{builder}::body(self, {}) -> Self", text(&ty))),
        }
    }
    lines.push(format!("{at}::{handle}::{}({}) -> {builder}", names.method, arguments.join(", ")));
    lines.push(format!("{at}::{builder} => {}", success(cx, operation)));
}

fn success(cx: Cx<'_>, operation: &Operation) -> String {
    let outside = |it: &Type| text(&types::ty(cx, it, From::Outside));
    match &operation.success {
        Success::Nothing => "nothing".to_owned(),
        Success::Json(it) if operation.paging.is_some() => format!("pages {}", outside(it)),
        Success::Json(it) => match waiting::state(cx, operation) {
            Some(state) => format!("{} until {}", outside(it), text(&state)),
            None => outside(it),
        },
        Success::Text => "text".to_owned(),
        Success::Bytes => "bytes".to_owned(),
        Success::Events(it) => format!("events {}", outside(it)),
        Success::Lines(it) => format!("lines {}", outside(it)),
        Success::JsonOrEvents { json, events, .. } => {
            format!("{} or events {}", outside(json), outside(events))
        }
        Success::Outcome(id) => format!("types::{}", cx.names.ty(*id)),
    }
}

fn definition(cx: Cx<'_>, id: Id<TypeDef>, def: &TypeDef, lines: &mut Vec<String>) {
    let name = cx.names.ty(id);
    let members = cx.names.members(id);
    match &def.shape {
        Shape::Struct(it) => structure(cx, id, it, lines),
        Shape::Enum(_) => {
            lines.push(format!("types::enum {name}"));
            lines.extend(members.iter().map(|it| format!("types::{name}::{it}")));
        }
        Shape::Union(it) => {
            lines.push(format!("types::enum {name}"));
            for (variant, member) in it.variants.iter().zip(members) {
                let payload = text(&types::ty(cx, &variant.ty, From::Types));
                let boxed = crate::facts::is_large(cx.api, &variant.ty);
                let payload = if boxed { format!("Box<{payload}>") } else { payload };
                lines.push(format!("types::{name}::{member}({payload})"));
            }
        }
        Shape::Alias(it) => {
            let target = text(&types::ty(cx, it, From::Types));
            match cx.facts.is_wrapped(id) {
                true => lines.push(format!("types::struct {name}({target})")),
                false => lines.push(format!("types::type {name} = {target}")),
            }
        }
        Shape::Outcome(cases) => {
            lines.push(format!("types::enum {name}"));
            for (case, member) in cases.iter().zip(members) {
                let payload = match &case.body {
                    OutcomeBody::Nothing => String::new(),
                    OutcomeBody::Json(it) => format!("({})", text(&types::ty(cx, it, From::Types))),
                    OutcomeBody::Text => "(String)".to_owned(),
                    OutcomeBody::Bytes => "(Bytes)".to_owned(),
                };
                lines.push(format!("types::{name}::{member}{payload}"));
            }
        }
        Shape::Broken => {}
    }
}

fn structure(cx: Cx<'_>, id: Id<TypeDef>, it: &Struct, lines: &mut Vec<String>) {
    let name = cx.names.ty(id);
    let members = cx.names.members(id);
    lines.push(format!("types::struct {name}"));
    for (index, field) in it.fields.iter().enumerate().filter(|(_, it)| it.constant.is_none()) {
        let ty = text(&types::field(cx, id, index, field));
        lines.push(format!("types::{name}.{}: {ty}", members[index]));
    }
    if let Some(extra) = &it.extra {
        let ty = text(&types::ty(cx, extra, From::Types));
        lines.push(format!("types::{name}.additional_properties: BTreeMap<String, {ty}>"));
    }
    if !cx.facts.is_sent(id) {
        return;
    }
    let arguments = cx.names.arguments(id);
    if constructors::has_builder(cx, id) {
        let names = arguments.iter().map(|it| members[*it].to_string()).collect::<Vec<_>>();
        lines.push(format!("types::{name}::builder() for {}", names.join(", ")));
    } else {
        let arguments = arguments.iter().map(|index| {
            let ty = text(&types::value(cx, id, *index, &it.fields[*index]));
            format!("{}: {ty}", members[*index])
        });
        lines.push(format!(
            "types::{name}::new({}) -> Self",
            arguments.collect::<Vec<_>>().join(", ")
        ));
    }
}

/// Tokens of a type as one writes them.
fn text(tokens: &TokenStream) -> String {
    let mut text = tokens.to_string();
    for (from, to) in [
        (" < ", "<"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" :: ", "::"),
        (" ,", ","),
        ("& ", "&"),
        ("( ", "("),
        (" )", ")"),
        ("[ ", "["),
        (" ]", "]"),
    ] {
        text = text.replace(from, to);
    }
    text
}
