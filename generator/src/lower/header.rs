//! Headers of the client: set once, because calls send them alike.

use super::operation::METHODS;
use super::{LowerCx, params};
use crate::diag::Sink;
use crate::ir::{FixedHeader, Type};
use crate::load::{Document, NodeRef};
use std::collections::{BTreeMap, HashMap};

/// By name in lower case, headers that some operation requires with one value: the value that most
/// require, and how they spell the name. It does not depend on which of them comes first.
pub(super) struct Shared(HashMap<String, (String, String)>);

impl Shared {
    pub(super) fn of(document: &Document) -> Self {
        // Errors of a parameter are reported where its operation is lowered.
        let sink = &mut Sink::default();
        let mut uses: BTreeMap<String, BTreeMap<String, BTreeMap<String, usize>>> = BTreeMap::new();
        for (_, item) in document.root().entries("paths") {
            let Ok(item) = document.resolve(item, sink) else { continue };
            for operation in METHODS.iter().filter_map(|(key, _)| item.child(key)) {
                for spot in operation.items("parameters").chain(item.items("parameters")) {
                    let Ok(spot) = document.resolve(spot, sink) else { continue };
                    let Some(value) = only_value(document, &spot, sink) else { continue };
                    let name = spot.text("name").unwrap_or_default();
                    let values = uses.entry(name.to_ascii_lowercase()).or_default();
                    *values.entry(value).or_default().entry(name.to_owned()).or_default() += 1;
                }
            }
        }
        let most = |values: BTreeMap<String, BTreeMap<String, usize>>| {
            let (value, names) =
                values.into_iter().max_by_key(|(_, names)| names.values().sum::<usize>())?;
            Some((value, names.into_iter().max_by_key(|(_, count)| *count)?.0))
        };
        Self(uses.into_iter().filter_map(|(name, values)| Some((name, most(values)?))).collect())
    }
}

/// The one value that a header may have, if it must be sent.
fn only_value(document: &Document, spot: &NodeRef<'_>, sink: &mut Sink) -> Option<String> {
    if spot.text("in") != Some("header") || !spot.flag("required") {
        return None;
    }
    let schema = document.resolve(spot.child("schema")?, sink).ok()?;
    match schema.values("enum")? {
        [one] => one.as_str().map(str::to_owned),
        _ => None,
    }
}

/// The name of the client's header that this parameter is: one that has the value which most
/// operations require, or one that `client.yaml` lists.
pub(super) fn fixed(
    cx: &mut LowerCx<'_>,
    spot: &NodeRef<'_>,
    name: &str,
    ty: &Type,
) -> Option<String> {
    let key = name.to_ascii_lowercase();
    let listed = cx.client.headers.iter().find(|it| it.name.eq_ignore_ascii_case(name));
    let shared = cx.shared_headers.0.get(&key);
    let alike = || {
        let own = only_value(cx.document, spot, &mut Sink::default());
        own.is_some() && own.as_ref() == shared.map(|it| &it.0)
    };
    if listed.is_none() && !alike() {
        return None;
    }
    let default = listed.and_then(|it| it.default.clone()).or(shared.map(|it| it.0.clone()));
    let wire_name = shared.map_or(name, |it| &it.1).to_owned();
    let schema = spot.child("schema");
    let header = cx.headers.entry(key).or_insert_with(|| FixedHeader {
        wire_name,
        default,
        types: Vec::new(),
        docs: params::words(spot, schema.as_ref()),
        at: spot.at.clone(),
    });
    // Its words are those of the first operation that has it.
    ["description", "deprecated"]
        .iter()
        .filter_map(|it| spot.child(it))
        .for_each(|it| it.pass_over());
    header.types.push(ty.clone());
    Some(header.wire_name.clone())
}
