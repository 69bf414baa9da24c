//! Types that keep properties which the document neither names nor excludes, because `client.yaml` asks for it.

use super::usage::TypeUsage;
use crate::diag::SpecPtr;
use crate::ir::{Api, Id, Shape, TypeDef};
use std::collections::HashSet;

/// These types. Requests alone are made by the client, which sends nothing that it does not know.
pub(super) fn gather(api: &Api, roles: &[TypeUsage]) -> HashSet<Id<TypeDef>> {
    let rule = &api.undocumented;
    if !rule.everywhere && rule.places.is_empty() {
        return HashSet::new();
    }
    let places: HashSet<&SpecPtr> = rule.places.iter().collect();
    let asked = api.types.iter().filter(|(_, it)| rule.everywhere || places.contains(&it.at));
    let keeping = asked.filter(|(id, it)| obstacle(it, roles[id.index()].received).is_none());
    keeping.map(|(id, _)| id).collect()
}

/// The reason why a type keeps no such properties.
pub(super) fn obstacle(def: &TypeDef, is_received: bool) -> Option<&'static str> {
    match &def.shape {
        Shape::Struct(it) if it.is_closed => Some("it excludes other properties"),
        Shape::Struct(it) if it.extra.is_some() => {
            Some("it has a type for other properties, which are kept")
        }
        Shape::Struct(_) if !is_received => Some("no response has it"),
        Shape::Struct(_) => None,
        Shape::Union(_) => Some("it is a choice: name the objects that it chooses from"),
        Shape::Enum(_) | Shape::Alias(_) | Shape::Outcome(_) | Shape::Broken => {
            Some("it is no object that names properties")
        }
    }
}
