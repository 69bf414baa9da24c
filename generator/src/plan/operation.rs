//! The plan of an operation: its parameters and body.

use super::PlanCx;
use super::param::{self, BodyPlan, ParamPlan};
use crate::ir::{Id, Operation};

/// An operation.
#[derive(Debug)]
pub(crate) struct OperationPlan<'a> {
    /// In the order of the document.
    pub(crate) params: Vec<ParamPlan<'a>>,
    pub(crate) body: Option<BodyPlan<'a>>,
}

impl<'a> OperationPlan<'a> {
    /// The parameters that the method asks for.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = &ParamPlan<'a>> {
        self.params.iter().filter(|it| it.is_argument)
    }

    /// The parameters with a setter.
    pub(crate) fn settable(&self) -> impl Iterator<Item = &ParamPlan<'a>> {
        self.params.iter().filter(|it| !it.is_argument)
    }

    /// The body that the method asks for.
    pub(crate) fn body_argument(&self) -> Option<&BodyPlan<'a>> {
        self.body.as_ref().filter(|it| it.is_argument)
    }
}

/// The plan of an operation.
pub(super) fn plan(cx: PlanCx<'_>, id: Id<Operation>) -> OperationPlan<'_> {
    let operation = &cx.api.operations[id];
    let params = operation.params.iter().zip(cx.names.params(id));
    OperationPlan {
        params: params.map(|(it, ident)| param::plan(cx, it, ident)).collect(),
        body: operation.body.as_ref().map(|it| param::body(cx, it)),
    }
}
