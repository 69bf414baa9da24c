//! The schema of each shape and type of the model.

use super::json::{SchemaJson, SchemaObject};
use super::{SchemaCx, is_own, words};
use crate::diag::Derived;
use crate::ir::{
    Access, Enum, EnumRepr, ExternalForm, Field, Id, Presence, Scalar, Shape, Struct, Tag, Type,
    TypeDef, Union, Variant,
};
use crate::load::{Json, NodeRef};
use indexmap::IndexSet;

/// The types that a schema refers to.
type SchemaParts = IndexSet<Id<TypeDef>>;

/// The schema of a type with a name.
pub(super) fn definition(
    cx: SchemaCx<'_>,
    id: Id<TypeDef>,
    parts: &mut SchemaParts,
) -> SchemaObject {
    let def = &cx.api.types[id];
    let spot = cx.document.at(&def.at.without(&Derived::Parts));
    let spot = spot.and_then(|it| words::resolved(cx.document, it));
    let mut schema = match &def.shape {
        Shape::Struct(it) => object(cx, id, it, spot.as_ref(), parts),
        Shape::Enum(it) => enumeration(it),
        Shape::Union(it) => union(cx, it, spot.as_ref(), parts),
        Shape::Alias(ty) => of_type(cx, ty, spot.clone(), parts),
        Shape::Outcome(_) | Shape::Broken => SchemaObject::default(),
    };
    if let Some(text) = &def.docs.text {
        schema.insert("description", text.as_str());
    }
    schema.extend(spot.map(|it| words::own(&it)).unwrap_or_default());
    schema.sorted()
}

fn object(
    cx: SchemaCx<'_>,
    id: Id<TypeDef>,
    it: &Struct,
    spot: Option<&NodeRef<'_>>,
    parts: &mut SchemaParts,
) -> SchemaObject {
    let mut schema = SchemaObject::of("type", "object");
    let mut properties = SchemaObject::default();
    for it in &it.fields {
        properties.insert(&it.wire_name, field(cx, it, parts));
    }
    let required = it.fields.iter().filter(|it| is_required(cx, id, it));
    let required: Vec<_> = required.map(|it| it.wire_name.as_str().into()).collect();
    if !properties.is_empty() {
        schema.insert("properties", properties);
    }
    if !required.is_empty() {
        schema.insert("required", SchemaJson::List(required));
    }
    for key in ["minProperties", "maxProperties"] {
        if let Some(limit) = spot.and_then(|it| it.json(key)) {
            schema.insert(key, limit);
        }
    }
    match &it.extra {
        Some(Type::Json) => schema.insert("additionalProperties", true),
        Some(ty) => {
            let spot = spot.and_then(|it| it.child("additionalProperties"));
            schema.insert("additionalProperties", of_type(cx, ty, spot, parts));
        }
        None if it.is_closed => schema.insert("additionalProperties", false),
        None => {}
    }
    schema
}

/// True if each value has the property. Those of one direction alone are not in the values of the other.
fn is_required(cx: SchemaCx<'_>, id: Id<TypeDef>, it: &Field) -> bool {
    let is_other_way = match it.access {
        Access::ReadOnly => cx.analysis.is_sent(id),
        Access::WriteOnly => cx.analysis.is_received(id),
        Access::Both => false,
    };
    matches!(it.presence, Presence::Required | Presence::Nullable) && !is_other_way
}

fn field(cx: SchemaCx<'_>, it: &Field, parts: &mut SchemaParts) -> SchemaObject {
    let spot = cx.document.at(&it.at);
    let mut schema = match &it.constant {
        Some(value) => constant(value),
        None => of_type(cx, &it.ty, spot.clone(), parts),
    };
    if it.constant.is_some()
        && let Some(spot) = &spot
    {
        schema.extend(words::all(cx.document, spot));
    }
    let schema = match it.presence {
        Presence::Nullable | Presence::OptionalNullable => or(schema, null()),
        Presence::Clearable => or(schema, constant(&Json::from(""))),
        Presence::Required | Presence::Optional => schema,
    };
    schema.sorted()
}

/// The schema of one value, which says its type for those who read no constants.
fn constant(value: &Json) -> SchemaObject {
    let ty = match value {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(it) if it.is_f64() => "number",
        Json::Number(_) => "integer",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    };
    let mut schema = SchemaObject::of("type", ty);
    schema.insert("const", value.clone());
    schema
}

fn enumeration(it: &Enum) -> SchemaObject {
    let values = it.values.iter().map(|it| it.value.clone().into()).collect();
    let mut schema = SchemaObject::default();
    match it.repr {
        EnumRepr::Text => schema.insert("type", "string"),
        EnumRepr::Int => schema.insert("type", "integer"),
        EnumRepr::Mixed => {}
    }
    schema.insert("enum", SchemaJson::List(values));
    if it.is_open {
        let any = SchemaObject::of("type", "string");
        return SchemaObject::of("anyOf", SchemaJson::List(vec![schema.into(), any.into()]));
    }
    schema
}

fn union(
    cx: SchemaCx<'_>,
    it: &Union,
    spot: Option<&NodeRef<'_>>,
    parts: &mut SchemaParts,
) -> SchemaObject {
    let says = |key: &str| spot.is_some_and(|it| it.has(key));
    let key = match it.tag {
        Tag::Property(_) if says("anyOf") && !says("oneOf") => "anyOf",
        Tag::Property(_) => "oneOf",
        Tag::Untagged if says("oneOf") => "oneOf",
        Tag::Untagged | Tag::Event => "anyOf",
    };
    let variants = it.variants.iter().map(|variant| {
        let mut schema = of_type(cx, &variant.ty, cx.document.at(&variant.at), parts);
        if let Tag::Property(tag) = &it.tag
            && !has_tag(cx, variant, tag)
        {
            tagged(&mut schema, variant, tag);
        }
        schema.sorted().into()
    });
    SchemaObject::of(key, SchemaJson::List(variants.collect()))
}

/// True if the payload itself has the tag of its variant, and no other.
fn has_tag(cx: SchemaCx<'_>, variant: &Variant, tag: &str) -> bool {
    let Type::Def(id) = cx.api.types.behind(&variant.ty) else { return false };
    let Shape::Struct(it) = &cx.api.types[*id].shape else { return false };
    let field = it.fields.iter().find(|it| it.wire_name == tag);
    field.is_some_and(|it| match &it.constant {
        Some(value) => it.presence == Presence::Required && variant.tags == [value.clone()],
        None => false,
    })
}

/// Adds the tag that chooses a variant.
fn tagged(schema: &mut SchemaObject, variant: &Variant, tag: &str) {
    let value = match &*variant.tags {
        [one] => constant(one),
        several => {
            let values = several.iter().map(|it| it.clone().into()).collect();
            let mut schema = SchemaObject::of("enum", SchemaJson::List(values));
            if several.iter().all(Json::is_string) {
                schema.insert("type", "string");
            }
            schema.sorted()
        }
    };
    schema.insert("properties", SchemaObject::of(tag, value));
    if !variant.lacks_tag {
        schema.insert("required", SchemaJson::List(vec![tag.into()]));
    }
}

/// The schema of a type, and what the document says at its place.
fn of_type(
    cx: SchemaCx<'_>,
    ty: &Type,
    spot: Option<NodeRef<'_>>,
    parts: &mut SchemaParts,
) -> SchemaObject {
    let inner = |key: &str| words::resolved(cx.document, spot.clone()?)?.child(key);
    let mut schema = match ty {
        Type::Def(id) => return referred(cx, *id, spot, parts),
        Type::Nullable(ty) => return or(of_type(cx, ty, spot, parts), null()),
        Type::List(ty) => {
            let mut schema = SchemaObject::of("type", "array");
            schema.insert("items", of_type(cx, ty, inner("items"), parts));
            schema
        }
        Type::Map(ty) => {
            let mut schema = SchemaObject::of("type", "object");
            let values = of_type(cx, ty, inner("additionalProperties"), parts);
            schema.insert("additionalProperties", values);
            schema
        }
        Type::Tuple(types) => {
            let items = types.iter().map(|it| of_type(cx, it, None, parts).into()).collect();
            let mut schema = SchemaObject::of("type", "array");
            schema.insert("prefixItems", SchemaJson::List(items));
            schema.insert("minItems", types.len());
            schema.insert("maxItems", types.len());
            schema
        }
        Type::Scalar(it) => scalar(cx, *it),
        Type::Json => SchemaObject::default(),
    };
    if let Some(spot) = &spot {
        schema.extend(words::all(cx.document, spot));
    }
    if schema.get("contentEncoding").is_some() {
        schema.take("format");
    }
    schema.sorted()
}

/// The schema of a type with a name: a reference, or that of the type that it is another name for.
fn referred(
    cx: SchemaCx<'_>,
    id: Id<TypeDef>,
    spot: Option<NodeRef<'_>>,
    parts: &mut SchemaParts,
) -> SchemaObject {
    let def = &cx.api.types[id];
    // The place of a type itself says nothing that the type does not say.
    let beside = spot.filter(|it| it.at != def.at);
    let mut schema = match &def.shape {
        Shape::Alias(ty) if !is_own(cx, id) => of_type(cx, ty, cx.document.at(&def.at), parts),
        _ => {
            parts.insert(id);
            SchemaObject::of("$ref", format!("#/$defs/{}", cx.names.ty(id).text()))
        }
    };
    schema.extend(beside.map(|it| words::own(&it)).unwrap_or_default());
    schema.sorted()
}

fn scalar(cx: SchemaCx<'_>, it: Scalar) -> SchemaObject {
    let encoded = |encoding: &str| {
        let mut schema = SchemaObject::of("type", "string");
        schema.insert("contentEncoding", encoding);
        schema
    };
    let ty = match it {
        Scalar::Bool => "boolean",
        Scalar::Int(_) => "integer",
        Scalar::Float => "number",
        Scalar::IntText(_) | Scalar::Text | Scalar::Timestamp | Scalar::File | Scalar::Part => {
            "string"
        }
        Scalar::Base64 => return encoded("base64"),
        Scalar::Base64Url => return encoded("base64url"),
        Scalar::Null => "null",
        Scalar::External(id) => match cx.api.externals.types[id].form {
            ExternalForm::Text | ExternalForm::Timestamp => "string",
            ExternalForm::Base64 => return encoded("base64"),
            ExternalForm::Base64Url => return encoded("base64url"),
            // Its own traits decide what it reads.
            ExternalForm::Json => return SchemaObject::default(),
        },
    };
    SchemaObject::of("type", ty)
}

fn null() -> SchemaObject {
    SchemaObject::of("type", "null")
}

/// The schema of what fits either of two.
fn or(mut schema: SchemaObject, other: SchemaObject) -> SchemaObject {
    if schema.is_empty() {
        return schema;
    }
    if other == null() && schema.get("const").is_none() {
        match schema.get_mut("type") {
            Some(ty @ SchemaJson::Value(Json::String(_))) => {
                *ty = SchemaJson::List(vec![ty.clone(), "null".into()]);
                if let Some(SchemaJson::List(values)) = schema.get_mut("enum") {
                    values.push(Json::Null.into());
                }
                return schema;
            }
            Some(_) => return schema,
            None => {}
        }
    }
    let mut whole = SchemaObject::default();
    for key in words::WORDS {
        if let Some(it) = schema.take(key) {
            whole.insert(key, it);
        }
    }
    if schema.is_empty() {
        return whole;
    }
    whole.insert("anyOf", SchemaJson::List(vec![schema.into(), other.into()]));
    whole
}
