//! The builder of a call: one for each operation.

use super::types::{self, From};
use super::{EmitCx, page, response, socket, text, waiting};
use crate::doc_text;
use crate::ir::{Framing, Id, Operation, ParamPlace, ParamStyle, PartEncoding, StyleKind};
use crate::plan::{
    ArgumentPlan, BodyPlan, ContentPlan, FreeForm, OperationPlan, ParamPlan, Passing,
};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// The builder with its setters.
pub(super) fn builder(cx: EmitCx<'_>, id: Id<Operation>) -> TokenStream {
    let names = cx.names.operation(id);
    let handle = &cx.names.resource(cx.api.operations[id].resource).handle;
    let (method, builder) = (&names.method, &names.builder);
    let plan = cx.plans.operation(id);
    let body = plan.body.iter().filter(|it| !it.is_argument).map(|it| body_setter(cx, it));
    let setters: Vec<_> = plan.settable().map(|it| setter(cx, it)).chain(body).collect();
    if let Some(it) = plan.socket() {
        return socket::builder(cx, id, it, &setters);
    }
    let (format, terminals) = (response::usual(cx, plan), response::others(cx, builder, plan));
    let setters = (!setters.is_empty()).then(|| quote!(impl #builder { #(#setters)* }));
    let paged = plan.page.iter().map(|it| page::paged(cx, id, it));
    let stateful = plan.state.iter().map(|it| waiting::stateful(cx, id, it));
    quote! {
        runtime::operation!(#builder for #handle::#method -> #format);
        #terminals
        #setters
        #(#paged)*
        #(#stateful)*
    }
}

fn setter(cx: EmitCx<'_>, it: &ParamPlan<'_>) -> TokenStream {
    let name = it.ident;
    let docs = text::comment(&setter_docs(it));
    let deprecated = text::deprecated(it.words.docs);
    let (ty, call) = passed(cx, it);
    quote! {
        #docs
        #deprecated
        pub fn #name(self, #name: #ty) -> Self { Self(self.0 #call) }
    }
}

fn setter_docs(it: &ParamPlan<'_>) -> Vec<String> {
    let mut lines = text::foreign(it.words.docs.text.as_deref(), 4);
    text::paragraph(&mut lines, text::foreign(Some(&it.words.notes.join(" ")), 4));
    if lines.is_empty() {
        let place = it.place.word();
        lines.push(format!("Sets the {place} parameter {}.", doc_text::code(it.wire_name)));
    }
    lines
}

/// The argument of a parameter, and the method of `Call` that takes it.
pub(super) fn passed(cx: EmitCx<'_>, it: &ParamPlan<'_>) -> (TokenStream, TokenStream) {
    let (name, wire_name) = (it.ident, it.wire_name);
    let value = encoded(&it.value, &quote!(#name));
    let ident = |text: &str| Ident::new(text, Span::call_site());
    let call = match it.style {
        None => {
            let method = ident(it.place.word());
            quote!(.#method(#wire_name, #value))
        }
        Some(style) => {
            let method = ident(&format!("{}_as", it.place.word()));
            let style = style_tokens(style);
            quote!(.#method(#wire_name, #value, #style))
        }
    };
    (argument(cx, &it.value), call)
}

/// The type of an argument of a call.
pub(super) fn argument(cx: EmitCx<'_>, it: &ArgumentPlan) -> TokenStream {
    match &it.passing {
        Passing::Str => quote!(&str),
        Passing::Value => types::rust_type(cx, &it.value.ty, From::Outside),
        Passing::Slice(item) => {
            let item = types::rust_type(cx, item, From::Outside);
            quote!(&[#item])
        }
        Passing::Reference => {
            let ty = types::rust_type(cx, &it.value.ty, From::Outside);
            quote!(&#ty)
        }
    }
}

/// An argument of a call as something that can be encoded.
fn encoded(it: &ArgumentPlan, name: &TokenStream) -> TokenStream {
    let codec = it.value.codec.as_ref().map(|it| types::codec(it, From::Outside));
    match (codec, &it.passing) {
        (None, Passing::Reference) => quote!(#name),
        (None, Passing::Value | Passing::Str | Passing::Slice(_)) => quote!(&#name),
        (Some(codec), Passing::Value) => quote!(&runtime::coded::<#codec, _>(&#name)),
        (Some(codec), Passing::Str | Passing::Slice(_) | Passing::Reference) => {
            quote!(&runtime::coded::<#codec, _>(#name))
        }
    }
}

/// The names of the parameters that a request must have, by their place.
pub(super) fn required(plan: &OperationPlan<'_>) -> Vec<TokenStream> {
    let lists = [
        (ParamPlace::Query, quote!(required)),
        (ParamPlace::Header, quote!(required_headers)),
        (ParamPlace::Cookie, quote!(required_cookies)),
    ];
    let lists = lists.into_iter().filter_map(|(place, field)| {
        let params = plan.params.iter().filter(|it| it.is_needed && it.place == place);
        let names: Vec<_> = params.map(|it| it.wire_name).collect();
        (!names.is_empty()).then(|| quote!(#field: &[#(#names),*]))
    });
    lists.collect()
}

/// A style of the runtime.
pub(super) fn style_tokens(style: ParamStyle) -> TokenStream {
    let kind = match style.kind {
        StyleKind::Simple if style.allow_reserved => return quote!(runtime::Style::SEGMENTS),
        StyleKind::Simple => quote!(SIMPLE),
        StyleKind::Label => quote!(LABEL),
        StyleKind::Matrix => quote!(MATRIX),
        StyleKind::Form => quote!(FORM),
        StyleKind::SpaceDelimited => quote!(SPACE_DELIMITED),
        StyleKind::PipeDelimited => quote!(PIPE_DELIMITED),
        StyleKind::DeepObject => quote!(DEEP_OBJECT),
        StyleKind::Json => quote!(JSON),
        StyleKind::Cookie => quote!(COOKIE),
    };
    let explode = match (style.explode, ParamStyle::of(style.kind).explode) {
        (true, false) => quote!(.exploded()),
        (false, true) => quote!(.joined()),
        _ => TokenStream::new(),
    };
    let reserved = style.allow_reserved.then(|| quote!(.allow_reserved()));
    quote!(runtime::Style::#kind #explode #reserved)
}

/// The argument of the body, and the method of `Call` that takes it.
pub(super) fn body(cx: EmitCx<'_>, it: &BodyPlan<'_>) -> (TokenStream, TokenStream) {
    let mime = it.mime;
    let value = |it: &ArgumentPlan| encoded(it, &quote!(body));
    match &it.content {
        ContentPlan::Nullable(it) => or_null(cx, it, mime),
        ContentPlan::Json(it) => json(cx, it, mime),
        ContentPlan::Free(_, form) => {
            let mime = exact(mime, "application/json");
            let call = match form {
                FreeForm::Any => quote!(.json_of(#mime, body)),
                FreeForm::Object => quote!(.object_of(#mime, body)),
            };
            (quote!(&(impl runtime::Serialize + ?Sized)), call)
        }
        ContentPlan::Values(it, framing) => {
            let value = value(it);
            let call = match framing {
                Framing::Lines => quote!(.json_lines(#mime, #value)),
                Framing::Records => quote!(.json_sequence(#mime, #value)),
            };
            (argument(cx, it), call)
        }
        ContentPlan::Form(it, styles) => {
            let value = value(it);
            let styles = styles.iter().map(|(name, style)| {
                let style = style_tokens(*style);
                quote!((#name, #style))
            });
            (argument(cx, it), quote!(.form(#value, &[#(#styles),*])))
        }
        ContentPlan::Multipart(ty, encodings) => {
            (types::rust_type(cx, ty, From::Outside), multipart(mime, encodings))
        }
        ContentPlan::Parts => (quote!(runtime::Multipart), multipart(mime, &[])),
        ContentPlan::Bytes => (quote!(runtime::RequestBody), quote!(.bytes(#mime, body))),
        ContentPlan::Text => {
            let mime = exact(mime, "text/plain");
            (quote!(&str), quote!(.text(#mime, body)))
        }
    }
}

/// The argument of a body of JSON, and the method of `Call` that takes it.
fn json(cx: EmitCx<'_>, it: &ArgumentPlan, mime: &str) -> (TokenStream, TokenStream) {
    let value = encoded(it, &quote!(body));
    let call = match exact(mime, "application/json") {
        "application/json" => quote!(.json(#value)),
        mime => quote!(.json_as(#mime, #value)),
    };
    (argument(cx, it), call)
}

/// The same where the body may be null: a reference or `None`.
fn or_null(cx: EmitCx<'_>, it: &ArgumentPlan, mime: &str) -> (TokenStream, TokenStream) {
    let (ty, call) = json(cx, it, mime);
    let (ty, body) = match lent(cx, it) {
        Some(inner) => (quote!(impl runtime::OrNull<#inner>), quote!(body.or_null())),
        None => (quote!(impl Into<Option<#ty>>), quote!(Into::<Option<#ty>>::into(body))),
    };
    let mime = exact(mime, "application/json");
    (ty, quote!(.or_null(#mime, #body, |call, body| call #call)))
}

/// The type that an argument refers to, if it is a reference.
fn lent(cx: EmitCx<'_>, it: &ArgumentPlan) -> Option<TokenStream> {
    Some(match &it.passing {
        Passing::Value => return None,
        Passing::Str => quote!(str),
        Passing::Slice(item) => {
            let item = types::rust_type(cx, item, From::Outside);
            quote!([#item])
        }
        Passing::Reference => types::rust_type(cx, &it.value.ty, From::Outside),
    })
}

/// The method of `Call` that takes several parts.
fn multipart(mime: &str, encodings: &[(String, PartEncoding)]) -> TokenStream {
    if mime == "multipart/form-data" && encodings.is_empty() {
        return quote!(.multipart(body));
    }
    let encodings = encodings.iter().map(|(name, it)| match it {
        PartEncoding::Type(mime) => quote!((#name, runtime::PartEncoding::Type(#mime))),
        PartEncoding::DeepObject => quote!((#name, runtime::PartEncoding::DeepObject)),
    });
    quote!(.multipart_as(#mime, &[#(#encodings),*], body))
}

/// A media type to send: a range such as `image/*` cannot be sent, so the caller may name another.
fn exact<'m>(mime: &'m str, usual: &'m str) -> &'m str {
    if mime.contains('*') { usual } else { mime }
}

/// Notes for the caller on a body, besides its type.
pub(super) fn body_notes(it: &BodyPlan<'_>) -> Vec<String> {
    match &it.content {
        ContentPlan::Bytes if it.mime.contains('*') => vec![format!(
            "The body may be of any media type {}: say of which with [`RequestBody::mime`](runtime::RequestBody::mime).",
            doc_text::code(it.mime)
        )],
        ContentPlan::Nullable(_) => vec!["`None` sends null.".to_owned()],
        ContentPlan::Free(_, FreeForm::Any) => {
            vec!["The body is any JSON: a value of any type that serde can write.".to_owned()]
        }
        ContentPlan::Free(_, FreeForm::Object) => {
            vec![
                "The body is any JSON object: a value of any type that serde writes as one."
                    .to_owned(),
            ]
        }
        ContentPlan::Json(_)
        | ContentPlan::Form(..)
        | ContentPlan::Multipart(..)
        | ContentPlan::Values(..)
        | ContentPlan::Parts
        | ContentPlan::Bytes
        | ContentPlan::Text => Vec::new(),
    }
}

/// The setter of a body that may be left out.
fn body_setter(cx: EmitCx<'_>, it: &BodyPlan<'_>) -> TokenStream {
    let (ty, call) = body(cx, it);
    let mut lines = text::foreign(it.docs.text.as_deref(), 4);
    if lines.is_empty() {
        lines.push("Sets the body.".to_owned());
    }
    text::paragraph(&mut lines, body_notes(it));
    let docs = text::comment(&lines);
    quote! {
        #docs
        pub fn body(self, body: #ty) -> Self { Self(self.0 #call) }
    }
}
