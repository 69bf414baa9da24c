//! Decisions about each thing that is emitted, made once: identifiers, Rust types, codecs, absence. Emitters print them.

mod field;
mod operation;
mod param;
mod rust_type;
mod structure;

pub(crate) use field::{Absence, FieldPlan, Input, PartPlan, Preset, code};
pub(crate) use operation::OperationPlan;
pub(crate) use param::{ArgumentPlan, BodyPlan, ContentPlan, ParamPlan};
pub(crate) use rust_type::{Codec, Passing, RustType, behind};
pub(crate) use structure::{ExtraPlan, StructPlan};

use crate::facts::Facts;
use crate::ir::{Api, Id, Operation, Shape, TypeDef};
use crate::name::Names;

/// The material of plans.
#[derive(Clone, Copy)]
pub(crate) struct PlanCx<'a> {
    pub(crate) api: &'a Api,
    pub(crate) facts: &'a Facts,
    pub(crate) names: &'a Names,
}

/// The plans of a client.
pub(crate) struct Plans<'a> {
    structs: Vec<Option<StructPlan<'a>>>,
    operations: Vec<OperationPlan<'a>>,
}

/// Plans everything that is emitted.
pub(crate) fn plan<'a>(api: &'a Api, facts: &'a Facts, names: &'a Names) -> Plans<'a> {
    let cx = PlanCx { api, facts, names };
    let structs = api.types.iter().map(|(id, def)| match &def.shape {
        Shape::Struct(it) if facts.is_live(id) => Some(structure::plan(cx, id, it)),
        Shape::Struct(_)
        | Shape::Enum(_)
        | Shape::Union(_)
        | Shape::Alias(_)
        | Shape::Outcome(_)
        | Shape::Broken => None,
    });
    let operations = api.operations.ids().map(|id| operation::plan(cx, id));
    Plans { structs: structs.collect(), operations: operations.collect() }
}

impl<'a> Plans<'a> {
    /// The plan of a struct that is part of the client.
    pub(crate) fn structure(&self, id: Id<TypeDef>) -> &StructPlan<'a> {
        self.structs[id.index()].as_ref().expect("structs of the client have a plan")
    }

    pub(crate) fn operation(&self, id: Id<Operation>) -> &OperationPlan<'a> {
        &self.operations[id.index()]
    }
}
