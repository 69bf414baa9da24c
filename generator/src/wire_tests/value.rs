//! Samples as Rust: literals where a literal says it, else JSON that the client reads.

use super::body::others;
use super::fits;
use super::parts::FILE;
use crate::emit::Cx;
use crate::emit::types::{From, behind, runtime, ty};
use crate::ir::{Id, Scalar, Shape, Struct, Type, TypeDef, Union};
use crate::load::Json;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The longest JSON that stands on one line.
const LINE: usize = 72;

/// A value as the argument of a method.
pub(super) fn argument(cx: Cx<'_>, it: &Type, json: &Json) -> TokenStream {
    match (behind(cx, it), json) {
        (Type::Scalar(Scalar::Text | Scalar::File), Json::String(text)) => quote!(#text),
        (
            Type::Scalar(
                Scalar::Bool | Scalar::Int(_) | Scalar::IntText(_) | Scalar::Float | Scalar::Null,
            ),
            _,
        ) => owned(cx, it, json),
        (Type::List(inner), Json::Array(items)) => {
            let items = items.iter().map(|it| owned(cx, inner, it));
            quote!(&[#(#items),*])
        }
        _ => {
            let value = owned(cx, it, json);
            quote!(&#value)
        }
    }
}

/// A value.
pub(super) fn owned(cx: Cx<'_>, it: &Type, json: &Json) -> TokenStream {
    match (behind(cx, it), json) {
        (Type::Scalar(it), _) => scalar(cx, *it, json),
        (Type::List(inner), Json::Array(items)) => {
            let items = items.iter().map(|it| owned(cx, inner, it));
            quote!(vec![#(#items),*])
        }
        (Type::Map(inner), Json::Object(map)) if !map.is_empty() => {
            let entries = map.iter().map(|(key, it)| {
                let value = owned(cx, inner, it);
                quote!((#key.to_owned(), #value))
            });
            quote!(std::collections::BTreeMap::from([#(#entries),*]))
        }
        (Type::Map(_), _) => quote!(std::collections::BTreeMap::new()),
        (Type::Tuple(types), Json::Array(items)) => {
            let items = types.iter().zip(items).map(|(ty, it)| owned(cx, ty, it));
            quote!((#(#items,)*))
        }
        (Type::Def(id), _) if cx.facts.is_multipart(*id) => match &cx.api.types[*id].shape {
            Shape::Struct(it) => form(cx, *id, it, json),
            Shape::Union(it) => choice(cx, *id, it, json),
            _ => sample(json),
        },
        (Type::Nullable(_), Json::Null) => quote!(None),
        (Type::Nullable(inner), _) => {
            let value = owned(cx, inner, json);
            quote!(Some(#value))
        }
        _ => sample(json),
    }
}

fn scalar(cx: Cx<'_>, it: Scalar, json: &Json) -> TokenStream {
    match (it, json) {
        (Scalar::Bool, Json::Bool(it)) => quote!(#it),
        (Scalar::Text | Scalar::File, Json::String(text)) => quote!(#text.to_owned()),
        (Scalar::Timestamp, Json::String(text)) => {
            let timestamp = runtime(cx, "Timestamp", From::Outside);
            quote!(#timestamp::from(#text))
        }
        (Scalar::Part, Json::String(content)) => quote!(runtime::FilePart::bytes(#FILE, #content)),
        (Scalar::Base64 | Scalar::Base64Url, Json::String(_)) => quote!(b"sample".to_vec()),
        (Scalar::Int(_) | Scalar::IntText(_), Json::Number(_) | Json::String(_)) => {
            let text = json.as_str().map_or_else(|| json.to_string(), str::to_owned);
            let digits: Literal =
                text.trim_start_matches('-').parse().expect("digits are a literal");
            if text.starts_with('-') { quote!(-#digits) } else { quote!(#digits) }
        }
        (Scalar::Float, Json::Number(number)) => match number.as_f64() {
            // Others may be near to a constant of std, which clippy would rather see.
            Some(float) if float >= 0.0 && (float * 2.0).fract() == 0.0 && float < 1e9 => {
                let literal = Literal::f64_unsuffixed(float);
                quote!(#literal)
            }
            Some(_) | None => sample(json),
        },
        (Scalar::Null, _) => quote!(()),
        _ => sample(json),
    }
}

/// A value that the client reads from JSON.
fn sample(json: &Json) -> TokenStream {
    let json = self::json(json);
    quote!(wire::sample(#json))
}

/// JSON as a literal.
pub(super) fn json(json: &Json) -> TokenStream {
    let line = json.to_string();
    let text = match line.len() <= LINE {
        true => line,
        false => serde_json::to_string_pretty(json).expect("JSON can be written"),
    };
    text_literal(&visible(&text))
}

/// JSON on one line, as events and lines want it.
pub(super) fn json_line(json: &Json) -> TokenStream {
    text_literal(&visible(&json.to_string()))
}

/// Marks that turn the direction of text may not stand in source as they are.
fn visible(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for symbol in json.chars() {
        let hidden = matches!(symbol, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{7f}'..='\u{9f}');
        match hidden {
            true => out.extend(format!("\\u{:04x}", u32::from(symbol)).chars()),
            false => out.push(symbol),
        }
    }
    out
}

/// A raw literal where that spares backslashes.
fn text_literal(text: &str) -> TokenStream {
    if !text.contains(['"', '\\']) || text.contains('\r') {
        return quote!(#text);
    }
    let mut fence = "#".to_owned();
    while text.contains(&format!("\"{fence}")) {
        fence.push('#');
    }
    let literal: Literal =
        format!("r{fence}\"{text}\"{fence}").parse().expect("the fence is longer");
    quote!(#literal)
}

/// One of several things that are sent in parts.
fn choice(cx: Cx<'_>, id: Id<TypeDef>, it: &Union, json: &Json) -> TokenStream {
    let Some(index) = fits::variant(cx.api, it, json) else { return sample(json) };
    let name = ty(cx, &Type::Def(id), From::Outside);
    let variant = &cx.names.members(id)[index];
    let ty = &it.variants[index].ty;
    let value = owned(cx, ty, json);
    let value = if cx.facts.is_large(ty) { quote!(Box::new(#value)) } else { value };
    quote!(#name::#variant(#value))
}

/// A multipart form, which is made by its constructor: nobody receives one.
fn form(cx: Cx<'_>, id: Id<TypeDef>, it: &Struct, json: &Json) -> TokenStream {
    let name = ty(cx, &Type::Def(id), From::Outside);
    let names = cx.names.members(id);
    let asked = cx.names.arguments(id);
    let value = |index: usize| {
        let field = &it.fields[index];
        part(cx, &field.ty, json.get(&field.wire_name).unwrap_or(&Json::Null))
    };
    let set = settable(it, json).filter(|index| !asked.contains(index)).map(|index| {
        let (name, value) = (&names[index], value(index));
        quote!(.#name(#value))
    });
    let set: Vec<_> = set.collect();
    if cx.names.builder(id).is_some() {
        let required = asked.iter().map(|index| {
            let (name, value) = (&names[*index], value(*index));
            quote!(.#name(#value))
        });
        let built = quote!(#name::builder() #(#required)* .build().expect("nothing is missing"));
        return open(cx, it, json, quote!(#built #(#set)*));
    }
    let arguments = asked.iter().map(|index| value(*index));
    open(cx, it, json, quote!(#name::new(#(#arguments),*) #(#set)*))
}

/// A form with properties beyond the named ones, which have no setters.
fn open(cx: Cx<'_>, it: &Struct, json: &Json, form: TokenStream) -> TokenStream {
    let Some(ty) = &it.extra else { return form };
    let others = others(it, json).map(|(name, json)| {
        let value = owned(cx, ty, json);
        quote!(form.additional_properties.insert(#name.to_owned(), #value);)
    });
    let others: Vec<_> = others.collect();
    if others.is_empty() {
        return form;
    }
    quote!({ let mut form = #form; #(#others)* form })
}

/// The fields of a form that a sample has.
fn settable<'s>(it: &'s Struct, json: &'s Json) -> impl Iterator<Item = usize> + use<'s> {
    let fields = it.fields.iter().enumerate();
    let present = fields.filter(|(_, field)| {
        field.constant.is_none()
            && field.access != crate::ir::Access::ReadOnly
            && json.get(&field.wire_name).is_some_and(|it| !it.is_null())
    });
    present.map(|(index, _)| index)
}

/// Whether making what is sent in parts calls a method that is deprecated.
pub(super) fn is_deprecated(cx: Cx<'_>, ty: &Type, json: &Json) -> bool {
    match (behind(cx, ty), json) {
        (Type::List(inner), Json::Array(items)) => {
            items.iter().any(|it| is_deprecated(cx, inner, it))
        }
        (Type::Map(inner), Json::Object(map)) => {
            map.values().any(|it| is_deprecated(cx, inner, it))
        }
        (Type::Nullable(inner), _) => is_deprecated(cx, inner, json),
        (Type::Def(id), _) if cx.facts.is_multipart(*id) => match &cx.api.types[*id].shape {
            Shape::Struct(it) => settable(it, json).any(|index| {
                let field = &it.fields[index];
                let value = &json[field.wire_name.as_str()];
                field.docs.deprecated.is_some() || is_deprecated(cx, &field.ty, value)
            }),
            Shape::Union(it) => fits::variant(cx.api, it, json)
                .is_some_and(|index| is_deprecated(cx, &it.variants[index].ty, json)),
            Shape::Enum(_) | Shape::Alias(_) | Shape::Outcome(_) | Shape::Broken => false,
        },
        _ => false,
    }
}

/// A part as its setter takes it.
fn part(cx: Cx<'_>, ty: &Type, json: &Json) -> TokenStream {
    match (behind(cx, ty), json) {
        (Type::Scalar(Scalar::Text | Scalar::File), Json::String(text)) => quote!(#text),
        _ => owned(cx, ty, json),
    }
}
