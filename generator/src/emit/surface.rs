//! The public surface of a client, one line for each item: what a change of it is read off.
//!
//! `xtask/src/commands/surface/item.rs` reads the lines, and its table says what each change of them means.

mod definition;

use super::types::{self, From};
use super::{Cx, call, socket, waiting};
use crate::ir::{Id, Operation, Resource, SchemeKind};
use crate::plan::{FormatPlan, OperationPlan, ParamPlan, RustType};
use proc_macro2::TokenStream;

/// The lines, sorted.
pub(crate) fn surface(cx: Cx<'_>) -> String {
    let mut lines = Vec::new();
    client(cx, &mut lines);
    variables(cx, &mut lines);
    for id in cx.api.resources.ids() {
        resource(cx, id, &mut lines);
    }
    for id in cx.api.types.ids() {
        definition::definition(cx, id, cx.plans.ty(id), &mut lines);
    }
    lines.sort();
    let module = cx.names.module.text();
    lines.iter().fold(String::new(), |text, line| text + module + "::" + line + "\n")
}

fn client(cx: Cx<'_>, lines: &mut Vec<String>) {
    lines.push("struct Client".to_owned());
    lines.push("struct ClientBuilder".to_owned());
    for (scheme, name) in cx.api.schemes.iter().zip(&cx.names.schemes) {
        let arguments = if scheme.kind == SchemeKind::Basic { "&str, &str" } else { "&str" };
        lines.push(format!("ClientBuilder::{name}(self, {arguments}) -> Self"));
    }
    let names = cx.names.headers.iter().chain(&cx.names.client_params);
    for name in names.chain(&cx.names.server_variables) {
        lines.push(format!("ClientBuilder::{name}(self, &str) -> Self"));
    }
}

/// What `from_env` finds in the environment.
fn variables(cx: Cx<'_>, lines: &mut Vec<String>) {
    let schemes = cx
        .api
        .schemes
        .iter()
        .filter_map(|scheme| cx.client.auth.iter().find(|it| it.scheme == scheme.key));
    let schemes = schemes.flat_map(|it| [it.variable.as_ref(), it.password_variable.as_ref()]);
    let params = cx.client.params.iter().map(|it| it.variable.as_ref());
    let all = schemes.chain(params).chain([cx.client.base_url_variable.as_ref()]).flatten();
    lines.extend(all.map(|it| format!("Client reads {it}")));
}

fn resource(cx: Cx<'_>, id: Id<Resource>, lines: &mut Vec<String>) {
    let names = cx.names.resource(id);
    let handle = &names.handle;
    let at = format!("resources::{}", super::resource::modules(cx, id, "::"));
    let above = match cx.api.resources[id].parent {
        None => "Client".to_owned(),
        Some(above) => {
            let modules = super::resource::modules(cx, above, "::");
            format!("resources::{modules}::{}", cx.names.resource(above).handle)
        }
    };
    lines.push(format!("{above}::{}(&self) -> {at}::{handle}", names.method));
    lines.push(format!("{at}::struct {handle}"));
    for id in super::resource::operations(cx, id) {
        operation(cx, id, &at, handle.text(), lines);
    }
}

fn operation(cx: Cx<'_>, id: Id<Operation>, at: &str, handle: &str, lines: &mut Vec<String>) {
    let operation = &cx.api.operations[id];
    let names = cx.names.operation(id);
    let builder = &names.builder;
    let plan = cx.plans.operation(id);
    let mut arguments = vec!["&self".to_owned()];
    for param in &plan.params {
        let (name, ty) = (param.ident, text(&call::passed(cx, param).0));
        match param.is_argument() {
            true => arguments.push(format!("{name}: {ty}")),
            false => setter(&format!("{at}::{builder}::{name}"), &ty, param, lines),
        }
    }
    if let Some(body) = &plan.body {
        let ty = text(&call::body(cx, body).0);
        match body.is_argument {
            true => arguments.push(format!("body: {ty}")),
            false => lines.push(format!("{at}::{builder}::body(self, {ty}) -> Self")),
        }
    }
    lines.push(format!("{at}::struct {builder}"));
    let method = format!("{at}::{handle}::{}", names.method);
    lines.push(format!("{method}({}) -> {builder}", arguments.join(", ")));
    if operation.docs.deprecated.is_some() {
        lines.push(format!("{method} is deprecated"));
    }
    let terminals = terminals(cx, plan).into_iter();
    lines.extend(terminals.map(|(name, ty)| format!("{at}::{builder}::{name}(self) -> {ty}")));
    if let Some(it) = &plan.state {
        let ty = text(&types::rust_type(cx, &it.value, From::Outside));
        let state = text(&waiting::state(cx, it));
        lines.push(format!("{at}::{builder}::wait_until(self, {state}) -> {ty}"));
    }
}

fn setter(path: &str, ty: &str, param: &ParamPlan<'_>, lines: &mut Vec<String>) {
    lines.push(format!("{path}(self, {ty}) -> Self"));
    if param.is_required() {
        lines.push(format!("{path} is required"));
    }
    if param.words.docs.deprecated.is_some() {
        lines.push(format!("{path} is deprecated"));
    }
}

/// What sends a call, and what that comes to once it is awaited. The variants of `send` give the same.
fn terminals(cx: Cx<'_>, plan: &OperationPlan<'_>) -> Vec<(&'static str, String)> {
    let outside = |it: &RustType| text(&types::rust_type(cx, it, From::Outside));
    let send = |it: String| vec![("send", it)];
    let mut all = match &plan.response.format {
        FormatPlan::Nothing => send("()".to_owned()),
        FormatPlan::Json(it) => match &plan.page {
            Some(page) => pages(&outside(&it.ty), &outside(&page.item)),
            None => send(outside(&it.ty)),
        },
        FormatPlan::Text => send("String".to_owned()),
        FormatPlan::Bytes => send("Download".to_owned()),
        FormatPlan::Events(it) | FormatPlan::Lines(it, _) => {
            send(format!("Events<{}>", outside(&it.ty)))
        }
        FormatPlan::Outcome(id) => send(format!("types::{}", cx.names.ty(*id))),
        FormatPlan::Socket(it) => {
            let [sent, received] = socket::messages(cx, it).map(|it| text(&it));
            vec![("connect", format!("Socket<{sent}, {received}>"))]
        }
    };
    all.extend(plan.others.iter().map(|it| {
        let value = match &it.format {
            FormatPlan::Events(item) | FormatPlan::Lines(item, _) => {
                format!("Events<{}>", outside(&item.ty))
            }
            FormatPlan::Bytes => "Download".to_owned(),
            FormatPlan::Nothing
            | FormatPlan::Json(_)
            | FormatPlan::Text
            | FormatPlan::Outcome(_)
            | FormatPlan::Socket(_) => "String".to_owned(),
        };
        (it.method, value)
    }));
    all
}

fn pages(page: &str, item: &str) -> Vec<(&'static str, String)> {
    vec![
        ("send", format!("Page<{page}>")),
        ("pages", format!("Pages<{page}>")),
        ("items", format!("Items<{item}>")),
    ]
}

/// Tokens of a type as one writes them.
pub(super) fn text(tokens: &TokenStream) -> String {
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
