//! Decisions about each thing that is emitted, made once: identifiers, Rust types, codecs, absence, imports. Emitters
//! print them.

mod environment;
mod example;
mod example_expr;
mod example_value;
mod field;
mod imports;
mod operation;
mod page;
mod param;
mod response;
mod response_header;
mod rust_type;
mod shape;
mod structure;

pub(crate) use environment::{CredentialVariables, EnvironmentPlan};
pub(crate) use example::{BodyExample, OperationExample};
pub(crate) use example_expr::ExampleExpr;
pub(crate) use field::{Absence, FieldPlan, Input, PartPlan, Preset, code};
pub(crate) use imports::Imports;
pub(crate) use operation::OperationPlan;
pub(crate) use page::{NextPlan, PagePlan, PathStep, StatePlan};
pub(crate) use param::{ArgumentPlan, BodyPlan, ContentPlan, FreeForm, ParamPlan};
pub(crate) use response::{ErrorPlan, FormatPlan, MessagesPlan, ResponsePlan};
pub(crate) use response_header::ResponseHeaderPlan;
pub(crate) use rust_type::{Codec, Passing, RustType, Stored, WireType, behind};
pub(crate) use shape::{
    AliasPlan, CaseBody, EnumPlan, Lent, OutcomePlan, TypePlan, UnionPlan, VariantPlan,
};
pub(crate) use structure::{ExtraPlan, StructPlan};

use crate::analysis::Analysis;
use crate::config::Client;
use crate::ir::{Api, Id, Operation, TypeDef};
use crate::lower::StatedExamples;
use crate::name::Names;
use example::ExampleCx;

/// The material of plans.
#[derive(Clone, Copy)]
pub(crate) struct PlanCx<'a> {
    pub(crate) api: &'a Api,
    pub(crate) analysis: &'a Analysis,
    pub(crate) names: &'a Names,
}

/// The plans of a client.
#[derive(Debug)]
pub(crate) struct Plans<'a> {
    types: Vec<TypePlan<'a>>,
    operations: Vec<OperationPlan<'a>>,
    examples: Vec<OperationExample>,
    environment: EnvironmentPlan,
    response_headers: Vec<ResponseHeaderPlan<'a>>,
}

/// Plans everything that is emitted.
pub(crate) fn plan<'a>(
    api: &'a Api,
    analysis: &'a Analysis,
    names: &'a Names,
    client: &Client,
    stated: StatedExamples<'a>,
) -> Plans<'a> {
    let cx = PlanCx { api, analysis, names };
    let environment = environment::plan(cx, client);
    let types: Vec<_> = api.types.ids().map(|id| shape::plan(cx, id)).collect();
    let operations: Vec<_> = api.operations.ids().map(|id| operation::plan(cx, id)).collect();
    let headers = api.response_headers.iter().zip(&names.response_headers);
    let headers = headers.map(|(it, ident)| response_header::plan(cx, it, ident)).collect();
    let cx = ExampleCx { api, types: &types, stated };
    let examples = api.operations.iter().zip(&operations);
    let examples = examples.map(|((_, it), plan)| example::operation(cx, it, plan)).collect();
    Plans { types, operations, examples, environment, response_headers: headers }
}

impl<'a> Plans<'a> {
    pub(crate) fn ty(&self, id: Id<TypeDef>) -> &TypePlan<'a> {
        &self.types[id.index()]
    }

    /// The plan of a struct.
    pub(crate) fn structure(&self, id: Id<TypeDef>) -> Option<&StructPlan<'a>> {
        match self.ty(id) {
            TypePlan::Struct(it) => Some(it),
            TypePlan::Enum(_)
            | TypePlan::Union(_)
            | TypePlan::Alias(_)
            | TypePlan::Outcome(_)
            | TypePlan::Nothing => None,
        }
    }

    /// The headers that responses may have.
    pub(crate) fn response_headers(&self) -> &[ResponseHeaderPlan<'a>] {
        &self.response_headers
    }

    pub(crate) fn operation(&self, id: Id<Operation>) -> &OperationPlan<'a> {
        &self.operations[id.index()]
    }

    pub(crate) fn environment(&self) -> &EnvironmentPlan {
        &self.environment
    }

    /// The values of an operation's example.
    pub(crate) fn example(&self, id: Id<Operation>) -> &OperationExample {
        &self.examples[id.index()]
    }
}
