//! JSON Schemas of the types for other programs: the structure is that of the model, so that it is what clients read and
//! write, and the words and limits are those of the document.

mod json;
mod shape;
mod words;

use crate::analysis::Analysis;
use crate::ir::{Api, Id, Shape, TypeDef};
use crate::load::Document;
use crate::name::Names;
use indexmap::IndexSet;
use json::{SchemaJson, SchemaObject};

/// The schemas of an API.
#[derive(Debug)]
pub(crate) struct JsonSchemas {
    /// All of them as one document, in which they refer to each other.
    pub(crate) text: String,
    /// The types in the order of their names, each with those that its schema refers to.
    pub(crate) rows: Vec<(Id<TypeDef>, Vec<Id<TypeDef>>)>,
}

/// The material of schemas.
#[derive(Clone, Copy)]
struct SchemaCx<'a> {
    document: &'a Document,
    api: &'a Api,
    analysis: &'a Analysis,
    names: &'a Names,
}

/// The schemas that `client.yaml` asks for.
pub(crate) fn all(
    document: &Document,
    api: &Api,
    analysis: &Analysis,
    names: &Names,
) -> Option<JsonSchemas> {
    if !analysis.has_json_schemas() {
        return None;
    }
    let cx = SchemaCx { document, api, analysis, names };
    let own = |id: &Id<TypeDef>| analysis.is_live(*id) && analysis.has_json_schema(*id);
    let mut ids: Vec<_> = api.types.ids().filter(own).filter(|id| is_own(cx, *id)).collect();
    ids.sort_by_key(|id| names.ty(*id).text());
    let mut definitions = SchemaObject::default();
    let mut rows = Vec::new();
    for id in ids {
        let mut parts = IndexSet::new();
        let schema = shape::definition(cx, id, &mut parts);
        definitions.insert(names.ty(id).text(), schema);
        rows.push((id, parts.into_iter().collect()));
    }
    let mut root = SchemaObject::default();
    root.insert("$defs", SchemaJson::Object(definitions));
    Some(JsonSchemas { text: root.text(), rows })
}

/// True if a type has a name in Rust that a trait can be implemented for, and values in JSON.
fn is_own(cx: SchemaCx<'_>, id: Id<TypeDef>) -> bool {
    match &cx.api.types[id].shape {
        Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) => true,
        Shape::Alias(_) => cx.analysis.is_wrapped(id),
        Shape::Outcome(_) | Shape::Broken => false,
    }
}
