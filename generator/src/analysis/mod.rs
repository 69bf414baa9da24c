//! Facts that emission needs and no document states: roles, boxes, constructors, files.

mod boxes;
mod constants;
mod derives;
mod parts;
mod undocumented;
mod usage;

pub(crate) use derives::obstacles;

use crate::config::DerivedTrait;
use crate::ir::{
    Access, Api, BodyContent, Id, Method, Operation, Presence, Resource, Shape, Struct, Type,
    TypeDef,
};
use std::collections::HashSet;
use usage::TypeScope;

/// Facts about the types of an API.
#[derive(Debug)]
pub(crate) struct Analysis {
    roles: Vec<usage::TypeUsage>,
    /// True for structs and unions, and for what holds one by value.
    large: Vec<bool>,
    parts: parts::Parts,
    /// Fields, by struct and number, that hold their value behind a pointer.
    boxed: HashSet<(Id<TypeDef>, usize)>,
    /// Aliases that contain themselves, and so want a type of their own.
    wrapped: HashSet<Id<TypeDef>>,
    /// Types whose values may contain a constant.
    constant: HashSet<Id<TypeDef>>,
    derives: derives::Derives,
    /// Types that keep properties which the document does not name.
    undocumented: HashSet<Id<TypeDef>>,
    operations: Vec<Vec<Id<Operation>>>,
    /// The longest chain of types that hold each other.
    pub(crate) depth: usize,
}

/// Gathers the facts.
pub(crate) fn analyze(api: &Api) -> Analysis {
    let roles = usage::gather(api);
    let large = larges(api);
    let boxes = boxes::gather(api, &large);
    let parts = parts::gather(api);
    let constant = constants::gather(api);
    let mut operations: Vec<Vec<_>> = api.resources.ids().map(|_| Vec::new()).collect();
    for (id, it) in api.operations.iter() {
        operations[it.resource.index()].push(id);
    }
    let undocumented = undocumented::gather(api, &roles);
    let mut analysis = Analysis {
        roles,
        large,
        parts,
        boxed: boxes.boxed,
        wrapped: boxes.wrapped,
        constant,
        derives: Vec::new(),
        undocumented,
        operations,
        depth: boxes.depth,
    };
    analysis.derives = derives::gather(api, &analysis);
    analysis
}

impl Analysis {
    /// True if the type is part of the client.
    pub(crate) fn is_live(&self, id: Id<TypeDef>) -> bool {
        self.roles[id.index()].live
    }

    /// True if a client sends values of the type.
    pub(crate) fn is_sent(&self, id: Id<TypeDef>) -> bool {
        self.roles[id.index()].sent
    }

    /// True if a client receives values of the type.
    pub(crate) fn is_received(&self, id: Id<TypeDef>) -> bool {
        self.roles[id.index()].received
    }

    /// True if a client sends values of the type by PATCH, where null clears a property.
    pub(crate) fn is_patch(&self, id: Id<TypeDef>) -> bool {
        self.roles[id.index()].patch
    }

    /// True if the type is sent as several parts, and by no other way.
    pub(crate) fn is_multipart(&self, id: Id<TypeDef>) -> bool {
        let roles = &self.roles[id.index()];
        self.parts.has_files(id) || (roles.multipart && !roles.json)
    }

    /// True if the type is sent as several parts, among other ways.
    pub(crate) fn is_form(&self, id: Id<TypeDef>) -> bool {
        self.roles[id.index()].multipart || self.parts.has_files(id)
    }

    /// True if the type is the body of a request of several parts.
    pub(crate) fn is_multipart_body(&self, id: Id<TypeDef>) -> bool {
        self.roles[id.index()].multipart
    }

    /// True if values of a type hold files that are parts.
    pub(crate) fn holds_files(&self, ty: &Type) -> bool {
        self.parts.is_held(ty)
    }

    /// True if the type holds files, and is itself part of a type that does.
    pub(crate) fn is_within_parts(&self, id: Id<TypeDef>) -> bool {
        self.parts.is_within(id)
    }

    /// True if a type holds a struct or a union itself: unions keep it behind a pointer.
    pub(crate) fn is_large(&self, ty: &Type) -> bool {
        is_large_type(ty, &mut |id| self.large[id.index()])
    }

    pub(crate) fn is_boxed(&self, id: Id<TypeDef>, field: usize) -> bool {
        self.boxed.contains(&(id, field))
    }

    /// True if values of the type may contain a constant.
    pub(crate) fn has_constants(&self, id: Id<TypeDef>) -> bool {
        self.constant.contains(&id)
    }

    pub(crate) fn is_wrapped(&self, id: Id<TypeDef>) -> bool {
        self.wrapped.contains(&id)
    }

    /// True if values of the type keep properties that the document does not name.
    pub(crate) fn keeps_undocumented(&self, id: Id<TypeDef>) -> bool {
        self.undocumented.contains(&id)
    }

    /// The reason why the type keeps none, though `client.yaml` asks for it.
    pub(crate) fn excludes_undocumented(&self, api: &Api, id: Id<TypeDef>) -> Option<&'static str> {
        undocumented::obstacle(&api.types[id], self.is_received(id))
    }

    /// The traits that a type is given besides the usual ones.
    pub(crate) fn derives(&self, id: Id<TypeDef>) -> Vec<&str> {
        let derived = self.derives.iter().filter(|(it, _)| *it != DerivedTrait::JsonSchema);
        derived.filter(|(_, them)| them.contains(id)).map(|(it, _)| it.name()).collect()
    }

    /// True if the type has a JSON Schema for other programs.
    pub(crate) fn has_json_schema(&self, id: Id<TypeDef>) -> bool {
        let schemas = self.derives.iter().filter(|(it, _)| *it == DerivedTrait::JsonSchema);
        schemas.into_iter().any(|(_, them)| them.contains(id))
    }

    /// True if there are JSON Schemas at all.
    pub(crate) fn has_json_schemas(&self) -> bool {
        self.derives.iter().any(|(it, _)| *it == DerivedTrait::JsonSchema)
    }

    /// The operations of a resource.
    pub(crate) fn operations(&self, id: Id<Resource>) -> &[Id<Operation>] {
        &self.operations[id.index()]
    }

    /// True if no operation reaches the type.
    pub(crate) fn is_unused(&self, id: Id<TypeDef>) -> bool {
        let roles = &self.roles[id.index()];
        roles.live && roles.home == TypeScope::Nowhere && !roles.header
    }

    /// The one resource whose operations use the type.
    pub(crate) fn home(&self, id: Id<TypeDef>) -> Option<Id<Resource>> {
        match self.roles[id.index()].home {
            TypeScope::One(one) => Some(one),
            TypeScope::Nowhere | TypeScope::Several => None,
        }
    }

    /// The fields that a constructor asks for, in the order of the document.
    pub(crate) fn arguments(it: &Struct) -> Vec<usize> {
        let asked = it.fields.iter().enumerate().filter(|(_, field)| {
            field.presence == Presence::Required
                && field.access != Access::ReadOnly
                && field.constant.is_none()
        });
        asked.map(|(index, _)| index).collect()
    }
}

/// For each type, whether it is large, computed once for all aliases of a chain.
fn larges(api: &Api) -> Vec<bool> {
    let mut known = vec![None; api.types.len()];
    for id in api.types.ids() {
        if known[id.index()].is_none() {
            is_large_def(api, id, &mut known);
        }
    }
    known.into_iter().map(|it| it == Some(true)).collect()
}

fn is_large_def(api: &Api, id: Id<TypeDef>, known: &mut [Option<bool>]) -> bool {
    if let Some(known) = known[id.index()] {
        return known;
    }
    // An alias that leads back to itself adds nothing.
    known[id.index()] = Some(false);
    let large = match &api.types[id].shape {
        Shape::Struct(_) | Shape::Union(_) => true,
        Shape::Alias(inner) => is_large_type(inner, &mut |id| is_large_def(api, id, known)),
        Shape::Enum(_) | Shape::Outcome(_) | Shape::Broken => false,
    };
    known[id.index()] = Some(large);
    large
}

/// True if a type is a large definition, or holds one by value.
fn is_large_type(ty: &Type, is_large: &mut impl FnMut(Id<TypeDef>) -> bool) -> bool {
    match ty {
        Type::Def(id) => is_large(*id),
        Type::Nullable(inner) => is_large_type(inner, is_large),
        Type::Tuple(types) => types.iter().any(|it| is_large_type(it, is_large)),
        Type::List(_) | Type::Map(_) | Type::Scalar(_) | Type::Json => false,
    }
}

/// The definition of a PATCH body, where null clears a field.
fn patch_body(api: &Api) -> impl Iterator<Item = Id<TypeDef>> {
    let patches = api.operations.iter().filter(|(_, it)| it.method == Method::Patch);
    patches.filter_map(|(_, it)| match it.body.as_ref()?.content {
        BodyContent::Json(Type::Def(id))
        | BodyContent::Form(Type::Def(id), _)
        | BodyContent::Multipart(id, _) => Some(id),
        _ => None,
    })
}
