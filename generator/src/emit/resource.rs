//! Resources: a handle with one thin method for each operation, and one for each resource below.

use super::{EmitCx, call, example, operation, socket, text};
use crate::doc_text;
use crate::ir::{Docs, Id, Operation, Resource};
use crate::name::ResourceNames;
use crate::plan::{Imports, OperationPlan, RustType};
use proc_macro2::TokenStream;
use quote::quote;

/// Calls and handles that are listed of a handle, at most.
const MAX_LISTED: usize = 12;

/// The file of a resource.
pub(super) fn resource(cx: EmitCx<'_>, id: Id<Resource>) -> TokenStream {
    let it = &cx.api.resources[id];
    let names = cx.names.resource(id);
    let (handle, module) = (&names.handle, &cx.names.module);
    let operations: Vec<_> = operations(cx, id).collect();
    let below: Vec<_> = below(cx, Some(id)).collect();
    let mut lines = vec![origin(cx, id)];
    text::paragraph(&mut lines, text::foreign(it.docs.as_deref(), 0));
    text::paragraph(&mut lines, listed(cx, &below));
    let docs = text::comment(&lines);
    let modules = below.iter().map(|id| &cx.names.resource(*id).module);
    let modules = quote!(#(pub mod #modules;)*);
    let handles = below.iter().map(|id| handle_of(cx, *id, &quote!()));
    let handles = quote!(#(#handles)*);
    let methods = operations.iter().map(|id| method_of(cx, *id));
    let methods = quote!(#(#methods)*);
    let builders = operations.iter().map(|id| call::builder(cx, *id));
    let builders = quote!(#(#builders)*);
    let descriptions = operations.iter().map(|id| match cx.plans.operation(*id).socket() {
        Some(_) => socket::description(cx, *id),
        None => operation::description(cx, *id),
    });
    // Without the feature a handle of nothing but sockets has no calls.
    let is_socket = !operations.is_empty()
        && operations.iter().all(|id| cx.plans.operation(*id).socket().is_some());
    let types = names_types(cx, &operations).then(|| {
        let gate = is_socket.then(socket::gate);
        quote!(#gate use crate::#module::types;)
    });
    let idle = (is_socket && below.is_empty()).then(
        || quote!(#[cfg_attr(not(feature = "websocket"), expect(dead_code, reason = "all calls open sockets"))]),
    );
    quote! {
        #types
        use client_runtime as runtime;
        #modules

        #docs
        #[derive(Clone, Debug)]
        #idle
        pub struct #handle { core: runtime::Core }
        impl #handle {
            pub(crate) fn new(core: &runtime::Core) -> Self { Self { core: core.clone() } }
            #handles
            #methods
        }
        #builders
        #(#descriptions)*
    }
}

/// The operations of a resource.
pub(crate) fn operations(cx: EmitCx<'_>, id: Id<Resource>) -> impl Iterator<Item = Id<Operation>> {
    cx.analysis.operations(id).iter().copied()
}

/// The method that gives the handle of a resource, whose module is in `at`.
pub(super) fn handle_of(cx: EmitCx<'_>, id: Id<Resource>, at: &TokenStream) -> TokenStream {
    let ResourceNames { module, handle, method, .. } = cx.names.resource(id);
    let docs = text::comment(&[format!("Calls to {}.", own_words(cx.names.resource(id)))]);
    quote! {
        #docs
        pub fn #method(&self) -> #at #module::#handle { #at #module::#handle::new(&self.core) }
    }
}

/// Where a handle comes from.
fn origin(cx: EmitCx<'_>, id: Id<Resource>) -> String {
    let (names, module) = (cx.names.resource(id), &cx.names.module);
    let method = &names.method;
    let above = match cx.api.resources[id].parent {
        None => format!("[`Client::{method}`](crate::{module}::Client::{method})"),
        Some(above) => {
            let handle = &cx.names.resource(above).handle;
            format!("[`{handle}::{method}`](super::{handle}::{method})")
        }
    };
    format!("Calls to {}, from {above}.", words(cx, id))
}

/// The handles below one, each with what it has.
fn listed(cx: EmitCx<'_>, below: &[Id<Resource>]) -> Vec<String> {
    let item = |id: &Id<Resource>| {
        let ResourceNames { module, handle, method, .. } = cx.names.resource(*id);
        let calls = operations(cx, *id).map(|id| &cx.names.operation(id).method);
        let handles = self::below(cx, Some(*id)).map(|id| &cx.names.resource(id).method);
        let all: Vec<_> = calls.chain(handles).map(|it| format!("`{it}`")).collect();
        let (shown, more) = all.split_at(all.len().min(MAX_LISTED));
        let more = if more.is_empty() { "" } else { " and more" };
        format!("- [`{method}`]({module}::{handle}): {}{more}", shown.join(", "))
    };
    let head = (!below.is_empty()).then(|| ["Below it:".to_owned(), String::new()]);
    head.into_iter().flatten().chain(below.iter().map(item)).collect()
}

/// The resources of the client itself or of another one, in the order of their names.
pub(super) fn below(
    cx: EmitCx<'_>,
    parent: Option<Id<Resource>>,
) -> impl Iterator<Item = Id<Resource>> {
    let own = cx.api.resources.iter().filter(move |(_, it)| it.parent == parent);
    let mut own: Vec<_> = own.map(|(id, _)| id).collect();
    own.sort_by_key(|id| cx.names.resource(*id).module.text());
    own.into_iter()
}

/// A resource and those above it, from the client down.
pub(crate) fn chain(cx: EmitCx<'_>, id: Id<Resource>) -> Vec<&ResourceNames> {
    let up = std::iter::successors(Some(id), |id| cx.api.resources[*id].parent);
    let mut chain: Vec<_> = up.map(|id| cx.names.resource(id)).collect();
    chain.reverse();
    chain
}

/// The modules of a resource, with something between them.
pub(super) fn modules(cx: EmitCx<'_>, id: Id<Resource>, between: &str) -> String {
    chain(cx, id).iter().map(|it| it.module.text()).collect::<Vec<_>>().join(between)
}

/// A resource's name in words, after those that it is below.
pub(crate) fn words(cx: EmitCx<'_>, id: Id<Resource>) -> String {
    chain(cx, id).into_iter().map(own_words).collect::<Vec<_>>().join(" ")
}

fn own_words(names: &ResourceNames) -> String {
    names.module.text().trim_end_matches('_').replace('_', " ")
}

/// Tells whether operations name types of the client.
fn names_types(cx: EmitCx<'_>, operations: &[Id<Operation>]) -> bool {
    let all = operations.iter().map(|id| cx.plans.operation(*id));
    !Imports::noted(|imports| all.for_each(|it| it.imports(imports))).types.is_empty()
}

fn method_of(cx: EmitCx<'_>, id: Id<Operation>) -> TokenStream {
    let operation = &cx.api.operations[id];
    let names = cx.names.operation(id);
    let (method, builder, constant) = (&names.method, &names.builder, &names.constant);
    let docs = text::comment(&docs_of(cx, id));
    let deprecated = text::deprecated(&operation.docs);
    let plan = cx.plans.operation(id);
    let mut arguments = Vec::new();
    let mut steps = Vec::new();
    for it in plan.arguments() {
        let name = it.ident;
        let (ty, step) = call::passed(cx, it);
        arguments.push(quote!(#name: #ty));
        steps.push(step);
    }
    if let Some(it) = plan.body_argument() {
        let (ty, step) = call::body(cx, it);
        arguments.push(quote!(body: #ty));
        steps.push(step);
    }
    let (gate, start) = match plan.socket() {
        Some(_) => (Some(socket::gate()), quote!(channel)),
        None => (None, quote!(call)),
    };
    quote! {
        #docs
        #deprecated
        #gate
        pub fn #method(&self, #(#arguments),*) -> #builder {
            #builder(self.core.#start(&#constant) #(#steps)*)
        }
    }
}

/// The documentation of an operation: its purpose, its HTTP line, its arguments, an example and its errors.
fn docs_of(cx: EmitCx<'_>, id: Id<Operation>) -> Vec<String> {
    let operation = &cx.api.operations[id];
    let mut lines = text::foreign(operation.summary.as_deref(), 4);
    let description = beyond(operation.summary.as_deref(), operation.docs.text.as_deref());
    text::paragraph(&mut lines, text::foreign(description, 4));
    text::paragraph(&mut lines, vec![doc_text::code(&operation.http_line())]);
    let plan = cx.plans.operation(id);
    let params = plan.arguments().map(|it| item(it.ident.text(), it.words.docs));
    let body = plan.body_argument().map(|it| item("body", it.docs));
    let items: Vec<_> = params.chain(body).filter(|it| !it.is_empty()).collect();
    text::paragraph(&mut lines, text::foreign(Some(&items.join("\n")), 4));
    text::paragraph(&mut lines, plan.body.as_ref().map(call::body_notes).unwrap_or_default());
    text::paragraph(&mut lines, example::section(cx, id));
    text::paragraph(&mut lines, response_headers(operation));
    text::paragraph(&mut lines, errors(cx, plan));
    lines
}

/// The headers that the document declares for a success.
fn response_headers(operation: &Operation) -> Vec<String> {
    let mut names: Vec<_> = operation.response_headers.iter().map(|it| it.0.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let names: Vec<_> = names.into_iter().map(doc_text::code).collect();
    match names.is_empty() {
        true => Vec::new(),
        false => vec![format!("Response headers: {}.", names.join(", "))],
    }
}

/// A description without the summary, where it starts by saying that again.
fn beyond<'d>(summary: Option<&str>, description: Option<&'d str>) -> Option<&'d str> {
    let description = description?;
    let Some(summary) = summary.map(|it| it.trim_end_matches('.')) else {
        return Some(description);
    };
    let rest =
        description.strip_prefix(summary).filter(|it| it.is_empty() || it.starts_with(['.', '\n']));
    Some(rest.map_or(description, |it| it.trim_start_matches('.').trim_start()))
}

/// An item of a list in Markdown.
fn item(name: &str, said: &Docs) -> String {
    let said = said.text.as_deref().map(doc_text::summary).unwrap_or_default();
    if said.is_empty() { String::new() } else { format!("- `{name}`: {said}") }
}

/// The errors that the document declares.
fn errors(cx: EmitCx<'_>, plan: &OperationPlan<'_>) -> Vec<String> {
    let listed = plan.errors.iter().map(|it| {
        let said = it.docs.map(doc_text::summary).unwrap_or_default();
        let said = if said.is_empty() {
            String::new()
        } else {
            format!(": {}", text::foreign(Some(&said), 6).join(" "))
        };
        let body = match it.body.as_ref().map(|it| &it.ty) {
            Some(RustType::Named(id)) => {
                let (name, module) = (cx.names.ty(*id), &cx.names.module);
                format!(", as [`{name}`](crate::{module}::types::{name})")
            }
            _ => String::new(),
        };
        format!("- {}{body}{said}", doc_text::code(it.status))
    });
    let listed: Vec<_> = listed.collect();
    if listed.is_empty() {
        return Vec::new();
    }
    let head = [
        "# Errors".to_owned(),
        String::new(),
        "Besides those of any call, these statuses:".to_owned(),
        String::new(),
    ];
    head.into_iter().chain(listed).collect()
}
