//! The plans of pages and states: the properties that lead to what matters in a response.

use super::PlanCx;
use super::field::Absence;
use super::rust_type::{Codec, RustType, WireType, behind};
use crate::ir::{NextPage, PageParam, Paging, Scalar, Shape, Success, Type, Waiting};
use crate::name::RustIdent;

/// A page of a list.
#[derive(Debug)]
pub(crate) struct PagePlan<'a> {
    pub(crate) page: WireType,
    pub(crate) item: RustType,
    /// The way to the list of items; none where the page is the list.
    pub(crate) items: Vec<PathStep<'a>>,
    pub(crate) next: NextPlan<'a>,
    /// The way to a flag that says whether there is more.
    pub(crate) more: Option<Vec<PathStep<'a>>>,
    /// The property of an item from which the list continues.
    pub(crate) id: Option<PathStep<'a>>,
}

/// The source of what follows a page.
#[derive(Debug)]
pub(crate) enum NextPlan<'a> {
    HasMore(Vec<PathStep<'a>>),
    Token(Vec<PathStep<'a>>),
    Url(Vec<PathStep<'a>>),
    Total(Vec<PathStep<'a>>),
    Pages(Vec<PathStep<'a>>),
    AnyItems,
    Header,
}

/// A property on the way from a value.
#[derive(Debug)]
pub(crate) struct PathStep<'a> {
    pub(crate) ident: &'a RustIdent,
    pub(crate) absence: Absence,
    pub(crate) is_text: bool,
    /// The codec of a value of another crate's type.
    pub(crate) codec: Option<Codec>,
}

/// A state that changes by itself.
#[derive(Debug)]
pub(crate) struct StatePlan<'a> {
    /// The type of the response.
    pub(crate) value: RustType,
    /// The way to the state.
    pub(crate) steps: Vec<PathStep<'a>>,
    /// The type of the state.
    pub(crate) state: RustType,
    pub(crate) is_text: bool,
    pub(crate) done: &'a [String],
    pub(crate) failed: &'a [String],
}

/// The properties that names lead through, and the type of the last one.
fn follow<'a>(
    cx: PlanCx<'a>,
    from: &'a Type,
    names: &[String],
) -> Option<(Vec<PathStep<'a>>, &'a Type)> {
    let mut ty = from;
    let mut steps = Vec::with_capacity(names.len());
    for name in names {
        let Type::Def(id) = behind(cx, ty) else { return None };
        let Shape::Struct(it) = &cx.api.types[*id].shape else { return None };
        let index = it.fields.iter().position(|it| it.wire_name == *name)?;
        let field = &it.fields[index];
        ty = &field.ty;
        let is_text = *behind(cx, ty) == Type::Scalar(Scalar::Text);
        let (ident, absence) = (&cx.names.members(*id)[index], Absence::of(cx, *id, field));
        let is_external = matches!(behind(cx, ty), Type::Scalar(Scalar::External(_)));
        let codec = Codec::of(cx, ty).filter(|_| is_external);
        steps.push(PathStep { ident, absence, is_text, codec });
    }
    Some((steps, ty))
}

/// The plan of a page.
pub(super) fn page<'a>(cx: PlanCx<'a>, it: &'a Paging) -> PagePlan<'a> {
    let steps = |from: &'a Type, names: &[String]| {
        let found = follow(cx, from, names);
        found.expect("lowering has found the property").0
    };
    let within = |names: &[String]| steps(&it.page, names);
    PagePlan {
        page: WireType::of(cx, &it.page),
        item: RustType::of(cx, &it.item),
        items: within(&it.items),
        next: match (&it.next, &it.walk) {
            (NextPage::HasMore(path), _) => NextPlan::HasMore(within(path)),
            (NextPage::Value(path), PageParam::NextUrl { .. }) => NextPlan::Url(within(path)),
            (NextPage::Value(path), _) => NextPlan::Token(within(path)),
            (NextPage::Total(path), _) => NextPlan::Total(within(path)),
            (NextPage::Pages(path), _) => NextPlan::Pages(within(path)),
            (NextPage::AnyItems, _) => NextPlan::AnyItems,
            (NextPage::Header(_), _) => NextPlan::Header,
        },
        more: it.more.as_deref().map(within),
        id: match &it.walk {
            PageParam::Cursor { id, .. } => steps(&it.item, std::slice::from_ref(id)).pop(),
            PageParam::Token { .. }
            | PageParam::Offset { .. }
            | PageParam::Page { .. }
            | PageParam::Link
            | PageParam::NextUrl { .. } => None,
        },
    }
}

/// The plan of a state, if the response has one.
pub(super) fn state<'a>(
    cx: PlanCx<'a>,
    success: &'a Success,
    it: &'a Waiting,
) -> Option<StatePlan<'a>> {
    let Success::Json(value) = success else { return None };
    let (steps, state) = follow(cx, value, &it.state)?;
    Some(StatePlan {
        value: RustType::of(cx, value),
        is_text: steps.last().is_some_and(|it| it.is_text),
        steps,
        state: RustType::of(cx, state),
        done: &it.done,
        failed: &it.failed,
    })
}
