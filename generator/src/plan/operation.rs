//! The plan of an operation: its parameters, its body, and the responses that it may get.

use super::PlanCx;
use super::imports::Imports;
use super::page::{self, PagePlan, StatePlan};
use super::param::{self, BodyPlan, ParamPlan};
use super::response::{self, ErrorPlan, FormatPlan, MessagesPlan, ResponsePlan};
use super::rust_type::Passing;
use crate::ir::{Id, Operation};

/// An operation.
#[derive(Debug)]
pub(crate) struct OperationPlan<'a> {
    /// In the order of the document.
    pub(crate) params: Vec<ParamPlan<'a>>,
    pub(crate) body: Option<BodyPlan<'a>>,
    /// The response that `send` gives.
    pub(crate) response: ResponsePlan<'a>,
    /// The other kinds of response that a call can ask for.
    pub(crate) others: Vec<ResponsePlan<'a>>,
    pub(crate) errors: Vec<ErrorPlan<'a>>,
    /// Where the response is a page of a list.
    pub(crate) page: Option<PagePlan<'a>>,
    /// Where the response has a state to wait for.
    pub(crate) state: Option<StatePlan<'a>>,
}

impl<'a> OperationPlan<'a> {
    /// The parameters that the method asks for.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = &ParamPlan<'a>> {
        self.params.iter().filter(|it| it.is_argument())
    }

    /// The parameters with a setter.
    pub(crate) fn settable(&self) -> impl Iterator<Item = &ParamPlan<'a>> {
        self.params.iter().filter(|it| !it.is_argument())
    }

    /// The body that the method asks for.
    pub(crate) fn body_argument(&self) -> Option<&BodyPlan<'a>> {
        self.body.as_ref().filter(|it| it.is_argument)
    }

    /// The least number of arguments of a call that are not text, and the least number of those that are.
    pub(crate) fn least_arguments(&self) -> (usize, usize) {
        let needed = self.params.iter().filter(|it| it.is_required() || it.is_argument());
        let (words, values): (Vec<_>, Vec<_>) =
            needed.partition(|it| it.value.passing == Passing::Str);
        (values.len() + usize::from(self.body_argument().is_some()), words.len())
    }

    /// Tells whether a request may leave something out.
    pub(crate) fn has_optional(&self) -> bool {
        self.params.iter().any(|it| !it.is_needed) || self.body.iter().any(|it| !it.is_argument)
    }

    /// Tells whether a call works though nothing is given.
    pub(crate) fn needs_nothing(&self) -> bool {
        let is_optional = |it: &ParamPlan<'_>| !it.is_required() || it.has_default;
        self.body.is_none() && self.params.iter().all(|it| !it.is_argument() && is_optional(it))
    }

    /// All kinds of response, that of `send` first.
    pub(crate) fn responses(&self) -> impl Iterator<Item = &ResponsePlan<'a>> {
        std::iter::once(&self.response).chain(&self.others)
    }

    /// The messages of the socket that it opens, if it opens one: those that are sent, and received.
    pub(crate) fn socket(&self) -> Option<&[MessagesPlan<'a>; 2]> {
        match &self.response.format {
            FormatPlan::Socket(it) => Some(it),
            FormatPlan::Nothing
            | FormatPlan::Json(_)
            | FormatPlan::Text
            | FormatPlan::Bytes
            | FormatPlan::Events(_)
            | FormatPlan::Lines(..)
            | FormatPlan::Outcome(_) => None,
        }
    }

    /// Notes the names in the method and the builder of the operation.
    pub(crate) fn imports(&self, imports: &mut Imports) {
        self.params.iter().for_each(|it| it.value.imports(imports));
        self.body.iter().for_each(|it| it.imports(imports));
        self.responses().for_each(|it| it.imports(imports));
        if let Some(it) = &self.page {
            imports.wire_type(&it.page);
            imports.ty(&it.item);
        }
        if let Some(it) = self.state.as_ref().filter(|it| !it.is_text) {
            imports.ty(&it.state);
        }
    }
}

/// The plan of an operation.
pub(super) fn plan(cx: PlanCx<'_>, id: Id<Operation>) -> OperationPlan<'_> {
    let operation = &cx.api.operations[id];
    let params = operation.params.iter().zip(cx.names.params(id));
    let waiting = operation.waiting.as_ref();
    OperationPlan {
        params: params.map(|(it, ident)| param::plan(cx, it, ident)).collect(),
        body: operation.body.as_ref().map(|it| param::body(cx, it)),
        response: response::usual(cx, id),
        others: response::others(cx, id),
        errors: operation.errors.iter().map(|it| response::error(cx, it)).collect(),
        page: operation.paging.as_ref().map(|it| page::page(cx, it)),
        state: waiting.and_then(|it| page::state(cx, &operation.success, it)),
    }
}
