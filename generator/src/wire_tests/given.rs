//! A call and the values that it is made with, which are recorded beside the request that it makes.

use super::{expected, value};
use crate::emit::Cx;
use crate::ir::{Body, Id, Operation, Param, ParamPlace};
use crate::load::Json;
use proc_macro2::TokenStream;
use serde_json::json;

/// The values that a call sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    All,
    Required,
}

/// A call with values for its parameters, and for the body.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    pub(super) id: Id<Operation>,
    /// One for each parameter; those without a value are left out.
    pub(super) values: &'a [Option<Json>],
    pub(super) body: Option<&'a Json>,
    pub(super) extent: Extent,
}

impl<'a> Call<'a> {
    /// The parameters that are set.
    pub(super) fn params<'c>(
        &self,
        cx: Cx<'c>,
    ) -> impl Iterator<Item = (usize, &'c Param, &'a Json)> + use<'c, 'a> {
        let params = cx.api.operations[self.id].params.iter().zip(self.values).enumerate();
        let extent = self.extent;
        let set = params.filter(move |(_, (it, _))| it.required || extent == Extent::All);
        set.filter_map(|(index, (param, json))| Some((index, param, json.as_ref()?)))
    }

    /// The body, if one is sent.
    pub(super) fn body<'c>(&self, cx: Cx<'c>) -> Option<(&'c Body, &'a Json)> {
        let stated = cx.api.operations[self.id].body.as_ref()?;
        let is_set = stated.required || self.extent == Extent::All;
        Some((stated, self.body.filter(|_| is_set)?))
    }

    /// The operation and its values as JSON; `least` if nothing of them is optional.
    pub(super) fn given(&self, cx: Cx<'_>, least: bool) -> TokenStream {
        let operation = &cx.api.operations[self.id];
        let method = expected::method(operation.method);
        let mut given = json!({"method": method, "path": operation.path, "least": least});
        let mut params = json!({});
        for (_, param, value) in self.params(cx) {
            let place = match param.place {
                ParamPlace::Path => "path",
                ParamPlace::Query => "query",
                ParamPlace::Header => "header",
                ParamPlace::Cookie => "cookie",
            };
            params[place][&param.wire_name] = value.clone();
        }
        given["params"] = params;
        if let Some((_, body)) = self.body(cx) {
            given["body"] = body.clone();
        }
        value::json(&given)
    }
}
