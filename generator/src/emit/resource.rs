//! Resources: a handle with one thin method for each operation.

use super::types::From;
use super::{Cx, call, docs, operation, text};
use crate::ir::{Id, Operation, ParamPlace, Resource, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// The file of a resource.
pub(super) fn resource(cx: Cx<'_>, id: Id<Resource>) -> TokenStream {
    let it = &cx.api.resources[id];
    let names = cx.names.resource(id);
    let (handle, method, module) = (&names.handle, &names.method, &cx.names.module);
    let operations: Vec<_> = operations(cx, id).collect();
    let mut lines = vec![format!(
        "Calls to {}, from [`Client::{method}`](crate::{module}::Client::{method}).",
        words(&it.wire_name),
    )];
    text::paragraph(&mut lines, text::foreign(it.docs.as_deref(), 0));
    let docs = text::comment(&lines);
    let methods = operations.iter().map(|id| method_of(cx, *id));
    let builders = operations.iter().map(|id| call::builder(cx, *id));
    let descriptions = operations.iter().map(|id| operation::description(cx, *id));
    let uses_types = operations.iter().any(|id| mentions_types(cx, *id));
    let types = uses_types.then(|| quote!(use crate::#module::types;));
    quote! {
        #types
        use client_runtime as runtime;

        #docs
        #[derive(Clone, Debug)]
        pub struct #handle { core: runtime::Core }
        impl #handle {
            pub(crate) fn new(core: &runtime::Core) -> Self { Self { core: core.clone() } }
            #(#methods)*
        }
        #(#builders)*
        #(#descriptions)*
    }
}

/// The operations of a resource.
pub(super) fn operations(cx: Cx<'_>, id: Id<Resource>) -> impl Iterator<Item = Id<Operation>> {
    cx.api.operations.iter().filter(move |(_, it)| it.resource == id).map(|(id, _)| id)
}

/// A resource's name in words.
pub(super) fn words(name: &str) -> String {
    let words: Vec<_> = name.split(['_', '-', '/', ' ']).filter(|it| !it.is_empty()).collect();
    docs::summary(&words.join(" ").to_lowercase())
}

/// Whether the calls of an operation name a type of the API.
fn mentions_types(cx: Cx<'_>, id: Id<Operation>) -> bool {
    let mut found = false;
    let operation = &cx.api.operations[id];
    operation.each_sent(&mut |it| found |= names_a_type(cx, it));
    operation.each_success(&mut |it| found |= names_a_type(cx, it));
    found
}

fn names_a_type(cx: Cx<'_>, it: &Type) -> bool {
    super::types::ty(cx, it, From::Outside).to_string().contains("types ::")
}

fn method_of(cx: Cx<'_>, id: Id<Operation>) -> TokenStream {
    let operation = &cx.api.operations[id];
    let names = cx.names.operation(id);
    let (method, builder, constant) = (&names.method, &names.builder, &names.constant);
    let docs = text::comment(&docs_of(cx, id));
    let deprecated = text::deprecated(&operation.docs);
    let mut arguments = Vec::new();
    let mut steps = Vec::new();
    for (index, param) in operation.params.iter().enumerate() {
        if param.place != ParamPlace::Path || param.on_client {
            continue;
        }
        let name = &cx.names.params(id)[index];
        let (ty, step) = call::passed(cx, param, &quote!(#name));
        arguments.push(quote!(#name: #ty));
        steps.push(step);
    }
    if operation.body.as_ref().is_some_and(|it| it.required)
        && let Some((ty, step)) = call::body(cx, operation)
    {
        arguments.push(quote!(body: #ty));
        steps.push(step);
    }
    quote! {
        #docs
        #deprecated
        pub fn #method(&self, #(#arguments),*) -> #builder {
            #builder(self.core.call(&#constant) #(#steps)*)
        }
    }
}

/// What an operation does, its HTTP line, its arguments and its errors.
fn docs_of(cx: Cx<'_>, id: Id<Operation>) -> Vec<String> {
    let operation = &cx.api.operations[id];
    let mut lines = text::foreign(operation.summary.as_deref(), 4);
    let description =
        operation.docs.text.as_deref().filter(|it| Some(*it) != operation.summary.as_deref());
    text::paragraph(&mut lines, text::foreign(description, 4));
    let method = format!("{:?}", operation.method).to_uppercase();
    text::paragraph(&mut lines, vec![format!("`{method} {}`", operation.path.replace('`', "'"))]);
    let mut items = Vec::new();
    for (index, param) in operation.params.iter().enumerate() {
        if param.place == ParamPlace::Path && !param.on_client {
            let name = cx.names.params(id)[index].text();
            items.push(item(name, param.docs.text.as_deref()));
        }
    }
    if let Some(body) = operation.body.as_ref().filter(|it| it.required && it.docs.text.is_some()) {
        items.push(item("body", body.docs.text.as_deref()));
    }
    items.retain(|it| !it.is_empty());
    text::paragraph(&mut lines, text::foreign(Some(&items.join("\n")), 4));
    text::paragraph(&mut lines, errors(cx, operation));
    lines
}

/// An item of a list in Markdown.
fn item(name: &str, said: Option<&str>) -> String {
    let said = said.map(docs::summary).unwrap_or_default();
    if said.is_empty() { String::new() } else { format!("- `{name}`: {said}") }
}

/// What the document declares of errors.
fn errors(cx: Cx<'_>, operation: &Operation) -> Vec<String> {
    let listed = operation.errors.iter().map(|it| {
        let said = it.docs.as_deref().map(docs::summary).unwrap_or_default();
        let said = if said.is_empty() {
            String::new()
        } else {
            format!(": {}", text::foreign(Some(&said), 6).join(" "))
        };
        let body = match &it.ty {
            Some(Type::Def(id)) => {
                let (name, module) = (cx.names.ty(*id), &cx.names.module);
                format!(", as [`{name}`](crate::{module}::types::{name})")
            }
            _ => String::new(),
        };
        format!("- `{}`{body}{said}", it.status)
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
