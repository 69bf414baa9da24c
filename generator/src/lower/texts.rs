//! Unions of nothing but texts, which are one enum: a text says by itself which of its values it is.

use crate::ir::{Api, Enum, EnumRepr, Id, Scalar, Shape, Tag, Type, TypeDef, Union};

/// Makes enums of such unions. One that has a plain text among its variants takes any text.
pub(super) fn run(api: &mut Api) {
    let found = api.types.iter().filter_map(|(id, it)| match &it.shape {
        Shape::Union(it) if it.tag == Tag::Untagged => {
            let mut values = Enum { repr: EnumRepr::Text, values: Vec::new(), is_open: false };
            collect(api, it, &mut values, &mut vec![id]).then_some((id, values))
        }
        _ => None,
    });
    let found: Vec<_> = found.collect();
    for (id, it) in found {
        api.types[id].shape = match it.values.is_empty() {
            true => Shape::Alias(Type::Scalar(Scalar::Text)),
            false => Shape::Enum(it),
        };
    }
}

/// Adds the values of a union; false if something in it is no text.
fn collect(api: &Api, union: &Union, into: &mut Enum, within: &mut Vec<Id<TypeDef>>) -> bool {
    union.variants.iter().all(|variant| match api.types.behind(&variant.ty) {
        Type::Scalar(Scalar::Text) => {
            into.is_open = true;
            true
        }
        Type::Def(id) => match &api.types[*id].shape {
            Shape::Enum(it) if it.repr == EnumRepr::Text => {
                into.is_open |= it.is_open;
                let is_one = it.values.len() == 1;
                for value in &it.values {
                    if into.values.iter().any(|it| it.value == value.value) {
                        continue;
                    }
                    let mut value = value.clone();
                    // The documentation of the variant is that of its only value.
                    if is_one {
                        value.wish = value.wish.or_else(|| variant.wish.clone());
                        value.docs.text = value.docs.text.or_else(|| variant.docs.text.clone());
                    }
                    into.values.push(value);
                }
                true
            }
            Shape::Union(it) if it.tag == Tag::Untagged && !within.contains(id) => {
                within.push(*id);
                collect(api, it, into, within)
            }
            _ => false,
        },
        _ => false,
    })
}
