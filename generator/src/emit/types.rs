//! Types of values, as Rust, and how they travel.

use super::EmitCx;
use crate::config::TypePath;
use crate::ir::IntKind;
use crate::plan::{Absence, Codec, FieldPlan, RustType, WireType};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// From where a type is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    /// Among the types themselves, which import what they name.
    Types,
    /// From a file that has imported `types`.
    Outside,
    /// From the client's own file, which has the module `types` and imports nothing for them.
    Client,
}

/// A Rust type.
pub(crate) fn rust_type(cx: EmitCx<'_>, it: &RustType, from: From) -> TokenStream {
    match it {
        RustType::Bool => quote!(bool),
        RustType::Int(kind) => int(*kind),
        RustType::Float => quote!(f64),
        RustType::Text => quote!(String),
        RustType::Bytes => quote!(Vec<u8>),
        RustType::Unit => quote!(()),
        RustType::Named(id) => {
            let name = cx.names.ty(*id);
            match from {
                From::Types => quote!(#name),
                From::Outside | From::Client => quote!(types::#name),
            }
        }
        RustType::Runtime(name) => runtime(cx, name, from),
        RustType::External(id) => external(cx, &cx.api.externals.types[*id].path, from),
        RustType::List(inner) => {
            let inner = rust_type(cx, inner, from);
            quote!(Vec<#inner>)
        }
        RustType::Map(inner) => {
            let inner = rust_type(cx, inner, from);
            match from {
                From::Types => quote!(BTreeMap<String, #inner>),
                From::Outside | From::Client => {
                    quote!(std::collections::BTreeMap<String, #inner>)
                }
            }
        }
        RustType::Tuple(types) => {
            let types = types.iter().map(|it| rust_type(cx, it, from));
            quote!((#(#types,)*))
        }
        RustType::Option(inner) => {
            let inner = rust_type(cx, inner, from);
            quote!(Option<#inner>)
        }
    }
}

/// The path of a type of another crate. Where a module of calls bears the name of the crate, it says which is meant.
fn external(cx: EmitCx<'_>, path: &TypePath, from: From) -> TokenStream {
    let segments = path.segments.iter().map(|it| Ident::new(it, Span::call_site()));
    let arguments: Vec<_> = path.arguments.iter().map(|it| external(cx, it, from)).collect();
    let arguments = (!arguments.is_empty()).then(|| quote!(<#(#arguments),*>));
    let is_module =
        |name: &&str| cx.api.resources.ids().any(|id| cx.names.resource(id).module.text() == *name);
    let root = path.krate().filter(|it| from == From::Outside && is_module(it)).map(|_| quote!(::));
    quote!(#root #(#segments)::* #arguments)
}

fn int(kind: IntKind) -> TokenStream {
    match kind {
        IntKind::I8 => quote!(i8),
        IntKind::I16 => quote!(i16),
        IntKind::I32 => quote!(i32),
        IntKind::I64 => quote!(i64),
        IntKind::U8 => quote!(u8),
        IntKind::U16 => quote!(u16),
        IntKind::U32 => quote!(u32),
        IntKind::U64 => quote!(u64),
    }
}

/// A type of the runtime: by its name where it is imported, which it is unless the API has a type
/// of that name.
pub(super) fn runtime(cx: EmitCx<'_>, name: &str, from: From) -> TokenStream {
    let ident = Ident::new(name, Span::call_site());
    match from {
        From::Types if !cx.names.is_type(name) => quote!(#ident),
        From::Types | From::Client => quote!(client_runtime::#ident),
        From::Outside => quote!(runtime::#ident),
    }
}

/// The type of a field, as the struct has it.
pub(super) fn field(cx: EmitCx<'_>, field: &FieldPlan<'_>) -> TokenStream {
    let value = value(cx, field);
    match field.absence {
        Absence::Never => value,
        Absence::Null | Absence::Omitted => quote!(Option<#value>),
        Absence::Patch | Absence::EmptyText => {
            let patch = runtime(cx, "Patch", From::Types);
            quote!(#patch<#value>)
        }
    }
}

/// The type of a field's value, where there is one.
pub(super) fn value(cx: EmitCx<'_>, field: &FieldPlan<'_>) -> TokenStream {
    let value = rust_type(cx, &field.ty, From::Types);
    match field.is_boxed {
        true => quote!(Box<#value>),
        false => value,
    }
}

/// A codec of the runtime.
pub(crate) fn codec(it: &Codec, from: From) -> TokenStream {
    let module = match from {
        From::Types => quote!(codec),
        From::Outside => quote!(runtime::codec),
        From::Client => quote!(client_runtime::codec),
    };
    let name = match it {
        Codec::Int64String => quote!(Int64String),
        Codec::Base64 => quote!(Base64),
        Codec::Base64Url => quote!(Base64Url),
        Codec::AsText => quote!(AsText),
        Codec::AsJson => quote!(AsJson),
        // The codecs of JSON know nothing of dates.
        Codec::AsTimestamp => {
            return match from {
                From::Types | From::Client => quote!(client_runtime::AsTimestamp),
                From::Outside => quote!(runtime::AsTimestamp),
            };
        }
        Codec::List(inner) => {
            let inner = codec(inner, from);
            quote!(List<#inner>)
        }
        Codec::Map(inner) => {
            let inner = codec(inner, from);
            quote!(Map<#inner>)
        }
        Codec::Nullable(inner) => {
            let inner = codec(inner, from);
            quote!(Nullable<#inner>)
        }
        Codec::Boxed(None) => quote!(Boxed),
        Codec::Boxed(Some(inner)) => {
            let inner = codec(inner, from);
            quote!(Boxed<#inner>)
        }
        Codec::Tuple(items) => {
            let items = items.iter().map(|it| match it {
                Some(it) => codec(it, from),
                None => quote!(#module::Same),
            });
            return quote!((#(#items,)*));
        }
    };
    quote!(#module::#name)
}

/// The codec of a type as a row of the runtime's macros says it.
pub(crate) fn as_codec(it: &WireType, from: From) -> Option<TokenStream> {
    let codec = it.codec.as_ref().map(|it| codec(it, from))?;
    Some(quote!(as #codec))
}
