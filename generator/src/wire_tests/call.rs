//! A call and the values that it is made with, which are recorded beside the request that it makes.

use super::body::some_of;
use super::sample::{SampleRequest, Samples};
use super::scalar::Prose;
use super::tree::of_json;
use super::{expected, value};
use crate::emit::{EmitCx, resource};
use crate::ir::{Body, BodyContent, Id, Operation, Param, ParamPlace, ParamStyle, StyleKind, Type};
use crate::load::Json;
use crate::plan::{BodyPlan, ContentPlan, Imports, behind};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::json;

/// The values that a call sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    All,
    Required,
}

/// A call with values for its parameters, and for the body.
#[derive(Clone, Copy)]
pub(super) struct TestedCall<'a> {
    pub(super) id: Id<Operation>,
    /// One for each parameter; those without a value are left out.
    pub(super) values: &'a [Option<Json>],
    pub(super) body: Option<&'a Json>,
    pub(super) extent: Extent,
}

impl<'a> TestedCall<'a> {
    /// The parameters that are set.
    pub(super) fn params<'c>(
        &self,
        cx: EmitCx<'c>,
    ) -> impl Iterator<Item = (usize, &'c Param, &'a Json)> + use<'c, 'a> {
        let params = cx.api.operations[self.id].params.iter().zip(self.values).enumerate();
        let extent = self.extent;
        let set = params.filter(move |(_, (it, _))| it.required || extent == Extent::All);
        set.filter_map(|(index, (param, json))| Some((index, param, json.as_ref()?)))
    }

    /// The body, if one is sent.
    pub(super) fn body<'c>(&self, cx: EmitCx<'c>) -> Option<(&'c Body, &'a Json)> {
        let stated = cx.api.operations[self.id].body.as_ref()?;
        let is_set = stated.required || self.extent == Extent::All;
        Some((stated, self.body.filter(|_| is_set)?))
    }

    /// The operation and its values as JSON; `least` if nothing of them is optional.
    pub(super) fn given(&self, cx: EmitCx<'_>, least: bool) -> TokenStream {
        let operation = &cx.api.operations[self.id];
        let method = expected::method(operation.method);
        let mut given = json!({"method": method, "path": operation.path, "least": least});
        let mut params = json!({});
        for (_, param, value) in self.params(cx) {
            params[param.place.word()][&param.wire_name] = value.clone();
        }
        given["params"] = params;
        if let Some((_, body)) = self.body(cx) {
            given["body"] = body.clone();
        }
        value::json(&given)
    }
}

/// Values for the parameters; `None` if a required parameter has no value.
pub(super) fn params(samples: &Samples<'_>, id: Id<Operation>) -> Option<Vec<Option<Json>>> {
    let params = &samples.cx.api.operations[id].params;
    let values: Vec<_> = (0..params.len()).map(|it| param(samples, id, it)).collect();
    let mut told = params.iter().zip(&values);
    let misses =
        told.any(|(param, value)| param.required && is_missing(param.place, value.as_ref()));
    (!misses).then_some(values)
}

/// A value of a parameter; none if nothing was found that its style has a form for.
fn param(samples: &Samples<'_>, id: Id<Operation>, index: usize) -> Option<Json> {
    let param = &samples.cx.api.operations[id].params[index];
    let hint = samples.hints().params.get(&(id, index)).cloned().unwrap_or_default();
    let style = param.style;
    let prose = match (style.kind, param.place) {
        (StyleKind::Cookie, _) => Prose::RawCookie,
        (StyleKind::SpaceDelimited, _) if !style.explode => Prose::Item(' '),
        (StyleKind::PipeDelimited, _) if !style.explode => Prose::Item('|'),
        (StyleKind::Form, ParamPlace::Query) if style.allow_reserved && !style.explode => {
            Prose::Item(',')
        }
        (_, place) => Prose::Param(place),
    };
    let wish = SampleRequest { items: 2, prose, ..SampleRequest::FULL };
    let value = samples.of(wish, &param.ty, &hint);
    let sent = flat(&value, param.style);
    (sent == value || samples.fits(&param.ty, &sent)).then_some(sent)
}

/// A value without what its style has no form for, of which the client refuses to send it.
fn flat(value: &Json, style: ParamStyle) -> Json {
    let is_plain = |it: &Json| !it.is_array() && !it.is_object() || of_json(it).is_undefined();
    let repeats = style.explode && matches!(style.kind, StyleKind::Form | StyleKind::Cookie);
    let is_list = |it: &Json| it.as_array().is_some_and(|it| it.iter().all(is_plain));
    match (style.kind, value) {
        (StyleKind::Json | StyleKind::DeepObject, _) => value.clone(),
        (_, Json::Array(items)) => items.iter().filter(|it| is_plain(it)).cloned().collect(),
        (_, Json::Object(map)) => {
            let members = map.iter().filter(|(_, it)| is_plain(it) || repeats && is_list(it));
            Json::Object(members.map(|(key, it)| (key.clone(), it.clone())).collect())
        }
        _ => value.clone(),
    }
}

/// Tells whether a parameter is not sent, though this is the best value that its schema has.
fn is_missing(place: ParamPlace, value: Option<&Json>) -> bool {
    value.is_none_or(|value| {
        let is_empty_segment = place == ParamPlace::Path && value.as_str() == Some("");
        is_empty_segment || of_json(value).is_undefined()
    })
}

/// The call itself.
pub(super) fn tokens(cx: EmitCx<'_>, it: &TestedCall<'_>, imports: &mut Imports) -> TokenStream {
    let handles = resource::chain(cx, cx.api.operations[it.id].resource);
    let handles = handles.iter().map(|it| &it.method);
    let method = &cx.names.operation(it.id).method;
    let plan = cx.plans.operation(it.id);
    let (mut arguments, mut setters) = (Vec::new(), Vec::new());
    for (index, param, json) in it.params(cx) {
        let plan = &plan.params[index];
        let argument = value::argument(cx, &plan.value.passing, &param.ty, json, imports);
        match plan.is_argument() {
            true => arguments.push(argument),
            false => {
                let name = plan.ident;
                setters.push(quote!(.#name(#argument)));
            }
        }
    }
    if let (Some((stated, json)), Some(plan)) = (it.body(cx), &plan.body) {
        let body = sent(cx, stated, plan, json, imports);
        match plan.is_argument {
            true => arguments.push(body),
            false => setters.push(quote!(.body(#body))),
        }
    }
    quote!(client #(.#handles())* .#method(#(#arguments),*) #(#setters)*)
}

fn sent(
    cx: EmitCx<'_>,
    body: &Body,
    plan: &BodyPlan<'_>,
    json: &Json,
    imports: &mut Imports,
) -> TokenStream {
    let text = json.as_str().unwrap_or_default();
    match (&body.content, &plan.content) {
        (BodyContent::Json(_), ContentPlan::Nullable(_)) if json.is_null() => quote!(None),
        (BodyContent::Json(ty), ContentPlan::Nullable(plan)) => match behind(cx.plan(), ty) {
            Type::Nullable(inner) => value::argument(cx, &plan.passing, inner, json, imports),
            _ => value::argument(cx, &plan.passing, ty, json, imports),
        },
        // Whatever can be written is taken, so a type must be named.
        (_, ContentPlan::Free(..)) => {
            imports.runtime.insert("Json");
            let json = value::json(json);
            quote!(&wire::sample::<runtime::Json>(#json))
        }
        (BodyContent::Values(ty, _), ContentPlan::Values(plan, _)) => {
            let list = Type::List(Box::new(ty.clone()));
            value::argument(cx, &plan.passing, &list, json, imports)
        }
        (
            BodyContent::Json(ty) | BodyContent::Form(ty, _),
            ContentPlan::Json(plan) | ContentPlan::Form(plan, _),
        ) => value::argument(cx, &plan.passing, ty, json, imports),
        (BodyContent::Multipart(id, _), _) => value::owned(cx, &Type::Def(*id), json, imports),
        (_, ContentPlan::Parts) => {
            imports.runtime.insert("Multipart");
            quote!({
                let mut form = runtime::Multipart::new();
                form.text("part", &#text);
                form
            })
        }
        (_, ContentPlan::Bytes) => {
            imports.runtime.insert("RequestBody");
            let chosen = some_of(&body.mime);
            let mime = (chosen != body.mime).then(|| quote!(.mime(#chosen)));
            quote!(runtime::RequestBody::from(#text) #mime)
        }
        _ => quote!(#text),
    }
}

/// Calls that are deprecated are tested too.
pub(super) fn deprecation(cx: EmitCx<'_>, all: &TestedCall<'_>) -> Option<TokenStream> {
    let operation = &cx.api.operations[all.id];
    let setter = all.params(cx).any(|(_, it, _)| {
        (it.place != ParamPlace::Path || it.on_client) && it.docs.deprecated.is_some()
    });
    let part = match operation.body.as_ref().map(|it| &it.content) {
        Some(BodyContent::Multipart(id, _)) => {
            all.body.is_some_and(|json| value::is_deprecated(cx, &Type::Def(*id), json))
        }
        _ => false,
    };
    (operation.docs.deprecated.is_some() || setter || part)
        .then(|| quote!(#[expect(deprecated, reason = "what is deprecated must work too")]))
}
