//! Samples as Rust: literals where a literal says it, else JSON that the client reads.

use super::body::others;
use super::fits;
use super::parts::FILE;
use crate::emit::{EmitCx, types};
use crate::ir::{Scalar, Shape, Struct, Type, Union};
use crate::load::Json;
use crate::plan::{
    Codec, Imports, Input, Passing, Stored, StructPlan, TypePlan, UnionPlan, behind,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The longest JSON that is written on one line.
const LINE: usize = 72;

/// A value as the argument of a method.
pub(super) fn argument(
    cx: EmitCx<'_>,
    passing: &Passing,
    it: &Type,
    json: &Json,
    imports: &mut Imports,
) -> TokenStream {
    match (passing, behind(cx.plan(), it), json) {
        (Passing::Str, _, Json::String(text)) => quote!(#text),
        (Passing::Slice(_), Type::List(inner), Json::Array(items)) => {
            let items = items.iter().map(|it| owned(cx, inner, it, imports));
            quote!(&[#(#items),*])
        }
        (Passing::Value, ..) => owned(cx, it, json, imports),
        (Passing::Str | Passing::Slice(_) | Passing::Reference, ..) => {
            let value = owned(cx, it, json, imports);
            quote!(&#value)
        }
    }
}

/// A value.
pub(super) fn owned(cx: EmitCx<'_>, it: &Type, json: &Json, imports: &mut Imports) -> TokenStream {
    match (behind(cx.plan(), it), json) {
        (Type::Scalar(it), _) => scalar(cx, *it, json, imports),
        (Type::List(inner), Json::Array(items)) => {
            let items = items.iter().map(|it| owned(cx, inner, it, imports));
            quote!(vec![#(#items),*])
        }
        (Type::Map(inner), Json::Object(map)) if !map.is_empty() => {
            let entries = map.iter().map(|(key, it)| {
                let value = owned(cx, inner, it, imports);
                quote!((#key.to_owned(), #value))
            });
            quote!(std::collections::BTreeMap::from([#(#entries),*]))
        }
        (Type::Map(_), _) => quote!(std::collections::BTreeMap::new()),
        (Type::Tuple(types), Json::Array(items)) => {
            let items = types.iter().zip(items).map(|(ty, it)| owned(cx, ty, it, imports));
            quote!((#(#items,)*))
        }
        (Type::Def(id), _) if cx.analysis.is_multipart(*id) => {
            match (&cx.api.types[*id].shape, cx.plans.ty(*id)) {
                (Shape::Struct(it), TypePlan::Struct(plan)) => {
                    imports.types.insert(*id);
                    form(cx, it, plan, json, imports)
                }
                (Shape::Union(it), TypePlan::Union(plan)) => {
                    imports.types.insert(*id);
                    choice(cx, it, plan, json, imports)
                }
                _ => sample(json),
            }
        }
        (Type::Nullable(_), Json::Null) => quote!(None),
        (Type::Nullable(inner), _) => {
            let value = owned(cx, inner, json, imports);
            quote!(Some(#value))
        }
        _ => sample(json),
    }
}

fn scalar(cx: EmitCx<'_>, it: Scalar, json: &Json, imports: &mut Imports) -> TokenStream {
    match (it, json) {
        (Scalar::External(_), _) => {
            let codec = Codec::of(cx.plan(), &Type::Scalar(it));
            let codec = codec.map(|it| types::codec(&it, types::From::Outside));
            imports.runtime.insert("codec");
            let json = self::json(json);
            quote!(wire::sample_as::<#codec, _>(#json))
        }
        (Scalar::Bool, Json::Bool(it)) => quote!(#it),
        (Scalar::Text | Scalar::File, Json::String(text)) => quote!(#text.to_owned()),
        (Scalar::Timestamp, Json::String(text)) => {
            imports.runtime.insert("Timestamp");
            quote!(runtime::Timestamp::from(#text))
        }
        (Scalar::Part, Json::String(content)) => {
            imports.runtime.insert("FilePart");
            quote!(runtime::FilePart::bytes(#FILE, #content))
        }
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

/// Marks that change the direction of text may not be written literally in source.
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
fn choice(
    cx: EmitCx<'_>,
    it: &Union,
    plan: &UnionPlan<'_>,
    json: &Json,
    imports: &mut Imports,
) -> TokenStream {
    let Some(index) = fits::variant(cx.api, it, json) else { return sample(json) };
    let (name, variant) = (plan.ident, &plan.variants[index]);
    let value = owned(cx, &it.variants[index].ty, json, imports);
    let value = if variant.is_boxed { quote!(Box::new(#value)) } else { value };
    let variant = variant.ident;
    quote!(types::#name::#variant(#value))
}

/// A multipart form, which is made by its constructor: nobody receives one.
fn form(
    cx: EmitCx<'_>,
    it: &Struct,
    plan: &StructPlan<'_>,
    json: &Json,
    imports: &mut Imports,
) -> TokenStream {
    let name = plan.ident;
    let mut value = |index: usize| {
        let json = json.get(plan.fields[index].wire_name).unwrap_or(&Json::Null);
        part(cx, plan.fields[index].stored, &it.fields[index].ty, json, imports)
    };
    let call = |index: usize, value: TokenStream| {
        let name = plan.fields[index].ident;
        quote!(.#name(#value))
    };
    let made = match plan.builder {
        Some(_) => {
            let required = plan.arguments.iter().map(|index| call(*index, value(*index)));
            quote!(types::#name::builder() #(#required)* .build().expect("nothing is missing"))
        }
        None => {
            let arguments = plan.arguments.iter().map(|index| value(*index));
            quote!(types::#name::new(#(#arguments),*))
        }
    };
    let set = given(plan, json).filter(|index| plan.fields[*index].input == Input::Setter);
    let set: Vec<_> = set.map(|index| call(index, value(index))).collect();
    open(cx, it, json, quote!(#made #(#set)*), imports)
}

/// A form with properties beyond the named ones, which have no setters.
fn open(
    cx: EmitCx<'_>,
    it: &Struct,
    json: &Json,
    form: TokenStream,
    imports: &mut Imports,
) -> TokenStream {
    let Some(ty) = &it.extra else { return form };
    let others = others(it, json).map(|(name, json)| {
        let value = owned(cx, ty, json, imports);
        quote!(form.additional_properties.insert(#name.to_owned(), #value);)
    });
    let others: Vec<_> = others.collect();
    if others.is_empty() {
        return form;
    }
    quote!({ let mut form = #form; #(#others)* form })
}

/// The fields of a form that a sample has, by their numbers.
fn given<'s>(plan: &'s StructPlan<'_>, json: &'s Json) -> impl Iterator<Item = usize> + 's {
    let fields = plan.fields.iter().enumerate();
    let present = fields.filter(|(_, field)| {
        field.input != Input::Nothing && json.get(field.wire_name).is_some_and(|it| !it.is_null())
    });
    present.map(|(index, _)| index)
}

/// True if making a value that is sent in parts calls a deprecated method.
pub(super) fn is_deprecated(cx: EmitCx<'_>, ty: &Type, json: &Json) -> bool {
    match (behind(cx.plan(), ty), json) {
        (Type::List(inner), Json::Array(items)) => {
            items.iter().any(|it| is_deprecated(cx, inner, it))
        }
        (Type::Map(inner), Json::Object(map)) => {
            map.values().any(|it| is_deprecated(cx, inner, it))
        }
        (Type::Nullable(inner), _) => is_deprecated(cx, inner, json),
        (Type::Def(id), _) if cx.analysis.is_multipart(*id) => {
            match (&cx.api.types[*id].shape, cx.plans.ty(*id)) {
                (Shape::Struct(it), TypePlan::Struct(plan)) => given(plan, json).any(|index| {
                    let (field, plan) = (&it.fields[index], &plan.fields[index]);
                    let value = &json[plan.wire_name];
                    plan.words.docs.deprecated.is_some() || is_deprecated(cx, &field.ty, value)
                }),
                (Shape::Union(it), _) => fits::variant(cx.api, it, json)
                    .is_some_and(|index| is_deprecated(cx, &it.variants[index].ty, json)),
                _ => false,
            }
        }
        _ => false,
    }
}

/// A part as its setter takes it.
fn part(
    cx: EmitCx<'_>,
    stored: Stored,
    ty: &Type,
    json: &Json,
    imports: &mut Imports,
) -> TokenStream {
    match (stored, json, behind(cx.plan(), ty)) {
        (Stored::Str, Json::String(text), _) => quote!(#text),
        // The setter takes other types too.
        (Stored::Into, _, Type::Def(id)) if !cx.analysis.is_multipart(*id) => {
            imports.types.insert(*id);
            let (name, json) = (cx.names.ty(*id), self::json(json));
            quote!(wire::sample::<types::#name>(#json))
        }
        (Stored::Value | Stored::Str | Stored::Into, ..) => owned(cx, ty, json, imports),
    }
}
