//! Types of values, as Rust, and how they travel.

use super::Cx;
use crate::facts::Wrapping;
use crate::ir::{Field, Id, IntKind, Origin, Scalar, Shape, Type, TypeDef};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// From where a type is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    /// Among the types themselves, which import what they name.
    Types,
    /// From a file that has imported `types`.
    Outside,
}

/// A type.
pub(crate) fn ty(cx: Cx<'_>, ty: &Type, from: From) -> TokenStream {
    match ty {
        Type::Def(id) => named(cx, *id, from),
        Type::List(inner) => {
            let inner = self::ty(cx, inner, from);
            quote!(Vec<#inner>)
        }
        Type::Map(inner) => {
            let inner = self::ty(cx, inner, from);
            match from {
                From::Types => quote!(BTreeMap<String, #inner>),
                From::Outside => quote!(std::collections::BTreeMap<String, #inner>),
            }
        }
        Type::Tuple(types) => {
            let types = types.iter().map(|it| self::ty(cx, it, from));
            quote!((#(#types,)*))
        }
        Type::Nullable(inner) => {
            let inner = self::ty(cx, inner, from);
            quote!(Option<#inner>)
        }
        Type::Json => runtime(cx, "Json", from),
        Type::Scalar(it) => scalar(cx, *it, from),
    }
}

fn named(cx: Cx<'_>, id: Id<TypeDef>, from: From) -> TokenStream {
    let def = &cx.api.types[id];
    if let (Shape::Alias(inner), Origin::Inline { .. }) = (&def.shape, &def.origin)
        && !cx.facts.is_wrapped(id)
    {
        return ty(cx, inner, from);
    }
    let name = cx.names.ty(id);
    match from {
        From::Types => quote!(#name),
        From::Outside => quote!(types::#name),
    }
}

fn scalar(cx: Cx<'_>, scalar: Scalar, from: From) -> TokenStream {
    match scalar {
        Scalar::Bool => quote!(bool),
        Scalar::Int(kind) | Scalar::IntText(kind) => int(kind),
        Scalar::Float => quote!(f64),
        Scalar::Text | Scalar::File => quote!(String),
        Scalar::Part => runtime(cx, "FilePart", from),
        Scalar::Timestamp => runtime(cx, "Timestamp", from),
        Scalar::Base64 | Scalar::Base64Url => quote!(Vec<u8>),
        Scalar::Null => quote!(()),
    }
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
pub(crate) fn runtime(cx: Cx<'_>, name: &str, from: From) -> TokenStream {
    let ident = Ident::new(name, Span::call_site());
    match from {
        From::Types if !cx.names.is_type(name) => quote!(#ident),
        From::Types => quote!(client_runtime::#ident),
        From::Outside => quote!(runtime::#ident),
    }
}

/// The type of a field, as the struct has it.
pub(super) fn field(cx: Cx<'_>, id: Id<TypeDef>, index: usize, field: &Field) -> TokenStream {
    let value = value(cx, id, index, field);
    match cx.facts.wrapping(id, field) {
        Wrapping::Bare => value,
        Wrapping::Option => quote!(Option<#value>),
        Wrapping::Patch => {
            let patch = runtime(cx, "Patch", From::Types);
            quote!(#patch<#value>)
        }
    }
}

/// The type of a field's value, where there is one.
pub(super) fn value(cx: Cx<'_>, id: Id<TypeDef>, index: usize, field: &Field) -> TokenStream {
    let value = ty(cx, &field.ty, From::Types);
    match cx.facts.is_boxed(id, index) {
        true => quote!(Box<#value>),
        false => value,
    }
}

/// The type behind aliases.
pub(crate) fn behind<'a>(cx: Cx<'a>, ty: &'a Type) -> &'a Type {
    let mut ty = ty;
    while let Type::Def(id) = ty {
        let Shape::Alias(inner) = &cx.api.types[*id].shape else { break };
        if cx.facts.is_wrapped(*id) {
            break;
        }
        ty = inner;
    }
    ty
}

/// How a type travels, where its Rust type does not say so already.
pub(crate) fn wire(cx: Cx<'_>, ty: &Type, from: From) -> Option<TokenStream> {
    wire_of(cx, ty, from, false)
}

/// The same, where a tuple within a tuple has none: written out, they could double at each step.
fn wire_of(cx: Cx<'_>, ty: &Type, from: From, in_tuple: bool) -> Option<TokenStream> {
    let codec = match from {
        From::Types => quote!(codec),
        From::Outside => quote!(runtime::codec),
    };
    Some(match behind(cx, ty) {
        Type::Scalar(Scalar::IntText(_)) => quote!(#codec::Int64String),
        Type::Scalar(Scalar::Base64) => quote!(#codec::Base64),
        Type::Scalar(Scalar::Base64Url) => quote!(#codec::Base64Url),
        Type::List(inner) => {
            let inner = wire_of(cx, inner, from, in_tuple)?;
            quote!(#codec::List<#inner>)
        }
        Type::Map(inner) => {
            let inner = wire_of(cx, inner, from, in_tuple)?;
            quote!(#codec::Map<#inner>)
        }
        Type::Nullable(inner) => {
            let inner = wire_of(cx, inner, from, in_tuple)?;
            quote!(#codec::Nullable<#inner>)
        }
        Type::Tuple(types) if !in_tuple => {
            let codecs: Vec<_> = types.iter().map(|it| wire_of(cx, it, from, true)).collect();
            if codecs.iter().all(Option::is_none) {
                return None;
            }
            let codecs = codecs.into_iter().map(|it| it.unwrap_or_else(|| quote!(#codec::Plain)));
            quote!((#(#codecs,)*))
        }
        Type::Def(_) | Type::Tuple(_) | Type::Scalar(_) | Type::Json => return None,
    })
}

/// An argument: its type, and the value of type `ty` that it becomes.
pub(super) struct Argument {
    pub(super) ty: TokenStream,
    pub(super) owned: TokenStream,
    /// The argument as something that can be encoded.
    pub(super) encoded: TokenStream,
    /// A reference to the value, for a codec.
    pub(super) borrowed: TokenStream,
}

/// How a value is passed to a method: text and lists by reference, small things by value.
pub(super) fn argument(cx: Cx<'_>, it: &Type, name: &TokenStream, from: From) -> Argument {
    let by_value = |ty: TokenStream| Argument {
        ty,
        owned: quote!(#name),
        encoded: quote!(&#name),
        borrowed: quote!(&#name),
    };
    match behind(cx, it) {
        Type::Scalar(Scalar::Text | Scalar::File) => {
            let (owned, encoded) = (quote!(#name.to_owned()), quote!(&#name));
            Argument { ty: quote!(&str), owned, encoded, borrowed: name.clone() }
        }
        Type::Scalar(
            Scalar::Bool | Scalar::Int(_) | Scalar::IntText(_) | Scalar::Float | Scalar::Null,
        ) => by_value(ty(cx, it, from)),
        Type::List(inner) if from == From::Outside => {
            let inner = ty(cx, inner, from);
            let (owned, encoded) = (quote!(#name.to_vec()), quote!(&#name));
            Argument { ty: quote!(&[#inner]), owned, encoded, borrowed: name.clone() }
        }
        _ if from == From::Outside => {
            let ty = ty(cx, it, from);
            let owned = quote!(#name.clone());
            Argument { ty: quote!(&#ty), owned, encoded: name.clone(), borrowed: name.clone() }
        }
        _ => by_value(ty(cx, it, from)),
    }
}
