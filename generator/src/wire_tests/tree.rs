//! A value as text with its parts in the order in which its type names them.

use super::fits;
use crate::emit::EmitCx;
use crate::ir::{Shape, Tag, Type};
use crate::load::Json;
use std::collections::HashSet;

/// A value without types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DocumentTree {
    Null,
    Text(String),
    List(Vec<DocumentTree>),
    Map(Vec<(String, DocumentTree)>),
}

/// A value of a type.
pub(super) fn tree(cx: EmitCx<'_>, ty: &Type, json: &Json) -> DocumentTree {
    match (ty, json) {
        (Type::Def(id), Json::Object(object)) => match &cx.api.types[*id].shape {
            Shape::Struct(it) => {
                let named = it.fields.iter().filter_map(|field| {
                    let value = object.get(&field.wire_name)?;
                    Some((field.wire_name.clone(), tree(cx, &field.ty, value)))
                });
                let names: HashSet<_> = it.fields.iter().map(|it| it.wire_name.as_str()).collect();
                let known = |name: &str| names.contains(name);
                let extra = object.iter().filter(|(name, _)| !known(name));
                let ty = it.extra.as_ref().unwrap_or(&Type::Json);
                let extra = extra.map(|(name, value)| (name.clone(), tree(cx, ty, value)));
                DocumentTree::Map(named.chain(extra).collect())
            }
            Shape::Union(it) => match fits::variant(cx.api, it, json) {
                Some(index) => {
                    let variant = &it.variants[index];
                    let mut inner = tree(cx, &variant.ty, json);
                    if let (Tag::Property(tag), DocumentTree::Map(members)) = (&it.tag, &mut inner)
                        && variant.adds_tag
                        && let Some(at) = members.iter().position(|it| it.0 == *tag)
                    {
                        let first = members.remove(at);
                        members.insert(0, first);
                    }
                    inner
                }
                None => of_json(json),
            },
            Shape::Alias(inner) => tree(cx, inner, json),
            Shape::Enum(_) | Shape::Outcome(_) | Shape::Broken => of_json(json),
        },
        (Type::Def(id), Json::Array(_)) => match &cx.api.types[*id].shape {
            Shape::Alias(inner) => tree(cx, inner, json),
            _ => of_json(json),
        },
        (Type::List(inner), Json::Array(items)) => {
            DocumentTree::List(items.iter().map(|it| tree(cx, inner, it)).collect())
        }
        (Type::Tuple(types), Json::Array(items)) => {
            DocumentTree::List(types.iter().zip(items).map(|(ty, it)| tree(cx, ty, it)).collect())
        }
        (Type::Map(inner), Json::Object(object)) => {
            let members = object.iter().map(|(key, it)| (key.clone(), tree(cx, inner, it)));
            DocumentTree::Map(members.collect())
        }
        (Type::Nullable(inner), _) if !json.is_null() => tree(cx, inner, json),
        _ => of_json(json),
    }
}

/// A value of which no type is known.
pub(super) fn of_json(json: &Json) -> DocumentTree {
    match json {
        Json::Null => DocumentTree::Null,
        Json::Bool(it) => DocumentTree::Text(it.to_string()),
        Json::String(text) => DocumentTree::Text(text.clone()),
        Json::Number(number) => DocumentTree::Text(match number.as_f64() {
            Some(float) if number.is_f64() => float.to_string(),
            Some(_) | None => number.to_string(),
        }),
        Json::Array(items) => DocumentTree::List(items.iter().map(of_json).collect()),
        Json::Object(object) => {
            DocumentTree::Map(object.iter().map(|(key, it)| (key.clone(), of_json(it))).collect())
        }
    }
}

impl DocumentTree {
    /// The items of a list, keys and values of an object, or the text itself.
    pub(super) fn parts(&self) -> Vec<String> {
        match self {
            Self::Null => Vec::new(),
            Self::Text(text) => vec![text.clone()],
            Self::List(_) => self.items().map(Self::text).collect(),
            Self::Map(_) => {
                self.members().flat_map(|(key, it)| [key.to_owned(), it.text()]).collect()
            }
        }
    }

    /// The members of an object that are sent.
    pub(super) fn members(&self) -> impl Iterator<Item = (&str, &DocumentTree)> {
        let all = if let Self::Map(members) = self { &members[..] } else { &[] };
        all.iter().filter(|it| !it.1.is_undefined()).map(|it| (it.0.as_str(), &it.1))
    }

    /// The items of a list that are sent.
    pub(super) fn items(&self) -> impl Iterator<Item = &DocumentTree> {
        let all = if let Self::List(items) = self { &items[..] } else { &[] };
        all.iter().filter(|it| !it.is_undefined())
    }

    /// True if nothing is sent for it (RFC 6570, 2.3).
    pub(super) fn is_undefined(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(_) => false,
            Self::List(items) => items.iter().all(Self::is_undefined),
            Self::Map(members) => members.iter().all(|it| it.1.is_undefined()),
        }
    }

    /// The text; a value with parts is joined by commas where only a text is possible.
    pub(super) fn text(&self) -> String {
        self.parts().join(",")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_written_as_short_as_can_be() {
        let texts = of_json(&json!([1.0, 9_007_199_254_740_993_i64, true, null])).parts();
        assert_eq!(texts, ["1", "9007199254740993", "true"]);
    }
}
