//! The builder of a call: one for each operation.

use super::types::{From, argument, behind, ty, wire};
use super::{Cx, page, socket, text, waiting};
use crate::doc_text;
use crate::ir::{
    BodyContent, Framing, Id, ItemFraming, Operation, Param, ParamPlace, PartEncoding, Scalar,
    Style, StyleKind, Success, Type,
};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;

/// The builder with its setters.
pub(super) fn builder(cx: Cx<'_>, id: Id<Operation>) -> TokenStream {
    let operation = &cx.api.operations[id];
    let names = cx.names.operation(id);
    let handle = &cx.names.resource(operation.resource).handle;
    let (method, builder) = (&names.method, &names.builder);
    let terminals = operation.terminals.iter().map(|it| self::form(cx, operation, &it.response));
    let terminals = (!operation.terminals.is_empty())
        .then(|| quote!(runtime::terminals!(#builder { #(#terminals),* });));
    let setters: Vec<_> = settable(operation)
        .map(|index| setter(cx, id, index))
        .chain(body_setter(cx, operation))
        .collect();
    if let Some(it) = socket::of(operation) {
        return socket::builder(cx, id, it, &setters);
    }
    let form = form(cx, operation, &operation.success);
    let setters = (!setters.is_empty()).then(|| quote!(impl #builder { #(#setters)* }));
    let paged = operation.paging.iter().map(|it| page::paged(cx, id, it));
    let stateful =
        operation.waiting.as_ref().and_then(|it| waiting::stateful(cx, id, it)).unwrap_or_default();
    quote! {
        runtime::operation!(#builder for #handle::#method -> #form);
        #terminals
        #setters
        #(#paged)*
        #stateful
    }
}

/// The kind of a response, in the words of the runtime's macro.
fn form(cx: Cx<'_>, operation: &Operation, success: &Success) -> TokenStream {
    let outside = |it: &Type| ty(cx, it, From::Outside);
    let coded = |it: &Type| {
        let codec = wire(cx, it, From::Outside).map(|it| quote!(as #it));
        let it = outside(it);
        quote!(#it #codec)
    };
    match success {
        Success::Nothing => quote!(nothing),
        Success::Json(it) => {
            let (coded, it) = (coded(it), outside(it));
            match (&operation.paging, waiting::state(cx, operation)) {
                (Some(_), _) => quote!(pages #it),
                (None, Some(state)) => quote!(json #it, state #state),
                (None, None) => quote!(json #coded),
            }
        }
        Success::Text => quote!(text),
        Success::Bytes => quote!(bytes),
        Success::Events(it) => {
            let it = coded(it);
            quote!(events #it)
        }
        Success::Lines(it, framing) => {
            let it = coded(it);
            match framing {
                ItemFraming::Lines => quote!(lines #it),
                ItemFraming::Values => quote!(values #it),
                ItemFraming::Array => quote!(array #it),
                ItemFraming::Text => quote!(text_lines),
            }
        }
        Success::Outcome(id) => {
            let name = cx.names.ty(*id);
            quote!(outcome types::#name)
        }
        Success::Socket(_) => quote!(socket),
    }
}

/// The parameters that have a setter: all but those of the path, which are arguments.
fn settable(operation: &Operation) -> impl Iterator<Item = usize> {
    let params = operation.params.iter().enumerate();
    params.filter(|(_, it)| it.place != ParamPlace::Path || it.on_client).map(|(index, _)| index)
}

fn setter(cx: Cx<'_>, id: Id<Operation>, index: usize) -> TokenStream {
    let param = &cx.api.operations[id].params[index];
    let name = &cx.names.params(id)[index];
    let docs = text::comment(&setter_docs(param));
    let deprecated = text::deprecated(&param.docs);
    let (ty, call) = passed(cx, param, &quote!(#name));
    quote! {
        #docs
        #deprecated
        pub fn #name(self, #name: #ty) -> Self { Self(self.0 #call) }
    }
}

fn setter_docs(param: &Param) -> Vec<String> {
    let mut lines = text::foreign(param.docs.text.as_deref(), 4);
    let mut notes = Vec::new();
    if param.required && !param.on_client {
        notes.push("Required.".to_owned());
    }
    if param.on_client {
        notes.push("For this call; the client's own otherwise.".to_owned());
    }
    if let Some(default) = param.default.as_ref().filter(|it| !it.is_null()) {
        notes.push(format!("Default: `{}`.", super::enums::code(default)));
    }
    if let Some(limits) = &param.limits {
        notes.push(format!("Range: {limits}."));
    }
    text::paragraph(&mut lines, text::foreign(Some(&notes.join(" ")), 4));
    if lines.is_empty() {
        let place = match param.place {
            ParamPlace::Path => "path",
            ParamPlace::Query => "query",
            ParamPlace::Header => "header",
            ParamPlace::Cookie => "cookie",
        };
        lines.push(format!("Sets the {place} parameter {}.", doc_text::code(&param.wire_name)));
    }
    lines
}

/// The argument of a parameter, and the method of `Call` that takes it.
pub(super) fn passed(cx: Cx<'_>, param: &Param, name: &TokenStream) -> (TokenStream, TokenStream) {
    let argument = argument(cx, &param.ty, name, From::Outside);
    let wire_name = &param.wire_name;
    // Text and numbers look alike in a URL, so an integer that travels as a string needs no codec.
    let value = match (wire(cx, &param.ty, From::Outside), behind(cx, &param.ty)) {
        (None, _) | (_, Type::Scalar(Scalar::IntText(_))) => argument.encoded,
        (Some(codec), _) => {
            let value = argument.borrowed;
            quote!(&runtime::coded::<#codec, _>(#value))
        }
    };
    let method = match param.place {
        ParamPlace::Path => "path",
        ParamPlace::Query => "query",
        ParamPlace::Header => "header",
        ParamPlace::Cookie => "cookie",
    };
    let ident = |text: &str| Ident::new(text, Span::call_site());
    let call = match style(param) {
        None => {
            let method = ident(method);
            quote!(.#method(#wire_name, #value))
        }
        Some(style) => {
            let method = ident(&format!("{method}_as"));
            quote!(.#method(#wire_name, #value, #style))
        }
    };
    (argument.ty, call)
}

/// The style, where it is not the one of its place.
fn style(param: &Param) -> Option<TokenStream> {
    (param.style != Style::usual(param.place)).then(|| style_tokens(param.style))
}

/// A style of the runtime.
pub(super) fn style_tokens(style: Style) -> TokenStream {
    let kind = match style.kind {
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
    let explode = match (style.explode, Style::of(style.kind).explode) {
        (true, false) => quote!(.exploded()),
        (false, true) => quote!(.joined()),
        _ => TokenStream::new(),
    };
    let reserved = style.allow_reserved.then(|| quote!(.allow_reserved()));
    quote!(runtime::Style::#kind #explode #reserved)
}

/// The argument of the body, and the method of `Call` that takes it.
pub(super) fn body(cx: Cx<'_>, operation: &Operation) -> Option<(TokenStream, TokenStream)> {
    let body = operation.body.as_ref()?;
    let mime = &body.mime;
    Some(match &body.content {
        BodyContent::Json(it) => match behind(cx, it) {
            Type::Nullable(inner) => or_null(cx, inner, mime),
            _ => json(cx, it, mime),
        },
        BodyContent::Values(it, framing) => {
            let list = Type::List(Box::new(it.clone()));
            let argument = argument(cx, &list, &quote!(body), From::Outside);
            let value = encoded(cx, &list, argument.encoded, &argument.borrowed);
            let call = match framing {
                Framing::Lines => quote!(.json_lines(#mime, #value)),
                Framing::Records => quote!(.json_sequence(#mime, #value)),
            };
            (argument.ty, call)
        }
        BodyContent::Form(it, styles) => {
            let argument = argument(cx, it, &quote!(body), From::Outside);
            let value = argument.encoded;
            let styles = styles.iter().map(|(name, style)| {
                let style = style_tokens(*style);
                quote!((#name, #style))
            });
            (argument.ty, quote!(.form(#value, &[#(#styles),*])))
        }
        BodyContent::Multipart(id, encodings) => {
            let ty = ty(cx, &Type::Def(*id), From::Outside);
            (ty, multipart(mime, encodings))
        }
        BodyContent::Parts => (quote!(runtime::Multipart), multipart(mime, &[])),
        BodyContent::Bytes => (quote!(runtime::RequestBody), quote!(.bytes(#mime, body))),
        BodyContent::Text => {
            let mime = exact(mime, "text/plain");
            (quote!(&str), quote!(.text(#mime, body)))
        }
    })
}

/// The argument of a body of JSON, and the method of `Call` that takes it.
fn json(cx: Cx<'_>, it: &Type, mime: &str) -> (TokenStream, TokenStream) {
    let argument = argument(cx, it, &quote!(body), From::Outside);
    let value = encoded(cx, it, argument.encoded, &argument.borrowed);
    let call = match exact(mime, "application/json") {
        "application/json" => quote!(.json(#value)),
        mime => quote!(.json_as(#mime, #value)),
    };
    (argument.ty, call)
}

/// The same where the body may be null: a reference or `None`.
fn or_null(cx: Cx<'_>, it: &Type, mime: &str) -> (TokenStream, TokenStream) {
    let (ty, call) = json(cx, it, mime);
    let mut tokens = ty.clone().into_iter();
    let lent = matches!(tokens.next(), Some(TokenTree::Punct(it)) if it.as_char() == '&');
    let (ty, body) = match lent {
        true => {
            let inner: TokenStream = tokens.collect();
            (quote!(impl runtime::OrNull<#inner>), quote!(body.or_null()))
        }
        false => (quote!(impl Into<Option<#ty>>), quote!(Into::<Option<#ty>>::into(body))),
    };
    let mime = exact(mime, "application/json");
    (ty, quote!(.or_null(#mime, #body, |call, body| call #call)))
}

/// A body as something that can be encoded.
fn encoded(cx: Cx<'_>, it: &Type, plain: TokenStream, borrowed: &TokenStream) -> TokenStream {
    match wire(cx, it, From::Outside) {
        Some(codec) => quote!(&runtime::coded::<#codec, _>(#borrowed)),
        None => plain,
    }
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

/// A media type to send: a range such as `image/*` is none, so the caller may name another.
fn exact<'m>(mime: &'m str, usual: &'m str) -> &'m str {
    if mime.contains('*') { usual } else { mime }
}

/// What a caller has to know of a body besides its type.
pub(super) fn body_notes(operation: &Operation) -> Vec<String> {
    let Some(body) = &operation.body else { return Vec::new() };
    match &body.content {
        BodyContent::Bytes if body.mime.contains('*') => vec![format!(
            "The body may be of any media type {}: say of which with [`RequestBody::mime`](runtime::RequestBody::mime).",
            doc_text::code(&body.mime)
        )],
        BodyContent::Json(Type::Nullable(_)) => vec!["`None` sends null.".to_owned()],
        BodyContent::Json(_)
        | BodyContent::Form(..)
        | BodyContent::Multipart(..)
        | BodyContent::Values(..)
        | BodyContent::Parts
        | BodyContent::Bytes
        | BodyContent::Text => Vec::new(),
    }
}

/// The setter of a body that may be left out.
fn body_setter(cx: Cx<'_>, operation: &Operation) -> Option<TokenStream> {
    let stated = operation.body.as_ref()?;
    if stated.required {
        return None;
    }
    let (ty, call) = body(cx, operation)?;
    let mut lines = text::foreign(stated.docs.text.as_deref(), 4);
    if lines.is_empty() {
        lines.push("Sets the body.".to_owned());
    }
    text::paragraph(&mut lines, body_notes(operation));
    let docs = text::comment(&lines);
    Some(quote! {
        #docs
        pub fn body(self, body: #ty) -> Self { Self(self.0 #call) }
    })
}
