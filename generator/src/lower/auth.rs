//! Who may call: security schemes, and what each operation asks for.

use super::{LowerCx, flows};
use crate::config::Auth;
use crate::diag::{
    DANGLING_SCHEME, NO_EFFECT, OVERLAY_HELP, STALE_CLIENT, SourceId, UNSUPPORTED_SCHEME,
};
use crate::ir::{ParamPlace, Scheme, SchemeKind, Security};
use crate::load::{Node, NodeRef};
use indexmap::IndexMap;
use openapiv3 as oas;
use std::collections::{HashMap, HashSet};

/// The schemes that the document declares and a client can follow, and those that `client.yaml` adds.
pub(super) fn schemes(cx: &mut LowerCx<'_>) -> IndexMap<String, Scheme> {
    let components = cx.document.root().child("components");
    let declared: Vec<_> = components.iter().flat_map(|it| it.entries("securitySchemes")).collect();
    let found = declared.into_iter().filter_map(|(key, spot)| scheme(cx, key, spot));
    let mut found: IndexMap<_, _> = found.map(|it| (it.key.clone(), it)).collect();
    for it in &cx.client.auth {
        // One that the document declares is its own, which is reported.
        if let Some(kind) = it.added.clone().filter(|_| !is_declared(cx, &it.scheme)) {
            let (key, at) = (it.scheme.clone(), it.at.clone());
            found.insert(key.clone(), Scheme { key, kind, flow: None, docs: None, at });
        }
    }
    found
}

fn scheme<'a>(cx: &mut LowerCx<'a>, key: &str, spot: NodeRef<'a>) -> Option<Scheme> {
    let spot = cx.document.resolve(spot, cx.sink).ok()?;
    let kind = kind(cx, &spot)?;
    let docs = spot.text("description").map(|it| it.trim().to_owned());
    let flows = spot.child("flows").filter(|_| spot.text("type") == Some("oauth2"));
    let flow = flows.and_then(|it| flows::flow(cx, &it));
    of_other_types(cx, &spot);
    Some(Scheme { key: key.to_owned(), kind, flow, docs, at: spot.at })
}

/// Keywords of schemes that speak of one type of them.
const OF_TYPE: &[(&str, &[&str])] = &[
    ("apiKey", &["name", "in"]),
    ("http", &["scheme"]),
    ("oauth2", &["flows"]),
    ("openIdConnect", &["openIdConnectUrl"]),
];

/// Tells of keywords that schemes of the scheme's type do not have.
fn of_other_types(cx: &mut LowerCx<'_>, spot: &NodeRef<'_>) {
    let stated = spot.text("type").unwrap_or_default();
    for (ty, keys) in OF_TYPE.iter().filter(|it| it.0 != stated) {
        for it in keys.iter().filter_map(|key| spot.child(key)) {
            let key = it.at.segments().last().unwrap_or_default();
            let message = format_args!(
                "`{key}` has no effect beside `type: {stated}`: it belongs to `type: {ty}`"
            );
            cx.sink.report(&NO_EFFECT, &it.at, message).edit(OVERLAY_HELP);
        }
    }
}

fn kind(cx: &mut LowerCx<'_>, spot: &NodeRef<'_>) -> Option<SchemeKind> {
    if spot.text("type") == Some("mutualTLS") {
        spot.pass_over();
        let message = "a client certificate is given to the builder: `client_certificate`";
        cx.sink.report(&UNSUPPORTED_SCHEME, &spot.at, message);
        return None;
    }
    let read = spot.scheme(cx.sink).ok()?;
    match read.by_type() {
        oas::SecurityScheme::APIKey { .. } => {
            let (place, name) = read.api_key()?;
            let name = name.to_owned();
            Some(match place {
                oas::APIKeyLocation::Header => SchemeKind::Header(name),
                oas::APIKeyLocation::Query => SchemeKind::Query(name),
                oas::APIKeyLocation::Cookie => SchemeKind::Cookie(name),
            })
        }
        oas::SecurityScheme::HTTP { .. } => match read.http()? {
            scheme if scheme.eq_ignore_ascii_case("bearer") => Some(SchemeKind::Bearer),
            scheme if scheme.eq_ignore_ascii_case("basic") => Some(SchemeKind::Basic),
            scheme => {
                let message =
                    format_args!("the HTTP scheme `{scheme}` wants a layer around the transport");
                cx.sink.report(&UNSUPPORTED_SCHEME, &spot.at, message);
                None
            }
        },
        oas::SecurityScheme::OAuth2 { .. } | oas::SecurityScheme::OpenIDConnect { .. } => {
            Some(SchemeKind::Bearer)
        }
    }
}

/// The security of an operation: its own `security`, else the document's.
pub(super) fn of_operation(cx: &mut LowerCx<'_>, operation: &NodeRef<'_>) -> Security {
    let named = added(cx, |it| it.operations.contains(&operation.at));
    if !named.is_empty() {
        return Security::Any(named);
    }
    let (spot, list) = match operation.values("security") {
        Some(list) => (operation.clone(), list),
        None => match cx.document.root().values("security") {
            Some(list) => (cx.document.root(), list),
            None => {
                let all = added(cx, |it| it.operations.is_empty());
                return if all.is_empty() { Security::None } else { Security::Any(all) };
            }
        },
    };
    let mut alternatives = Vec::new();
    for (index, requirement) in list.iter().enumerate() {
        let keys = requirement.as_map().into_iter().flatten().map(|(key, _)| key.clone());
        let keys: Vec<_> = keys.collect();
        let usable = |key: &&String| cx.schemes.contains_key(*key);
        match keys.iter().find(|key| !usable(key)) {
            None => {
                for key in &keys {
                    need(cx, key, requirement);
                }
                alternatives.push(keys);
            }
            // Its errors were reported where it is declared.
            Some(missing) if is_declared(cx, missing) => {}
            Some(missing) => {
                let at = spot.at.child("security").item(index);
                let message = format_args!("the security scheme `{missing}` is not declared");
                cx.sink.report(&DANGLING_SCHEME, &at, message);
            }
        }
    }
    if alternatives.is_empty() { Security::None } else { Security::Any(alternatives) }
}

/// Alternatives of one scheme each: those of the added schemes that apply.
fn added(cx: &LowerCx<'_>, applies: impl Fn(&Auth) -> bool) -> Vec<Vec<String>> {
    let added = cx.client.auth.iter().filter(|it| it.added.is_some() && applies(it));
    added.map(|it| vec![it.scheme.clone()]).collect()
}

/// Notes the scopes that an operation asks a token for; a token of client credentials serves all operations.
fn need(cx: &mut LowerCx<'_>, key: &str, requirement: &Node) {
    let Some(flow) = cx.schemes.get_mut(key).and_then(|it| it.flow.as_mut()) else { return };
    let asked = requirement.get(key).and_then(Node::as_list).unwrap_or_default();
    for scope in asked.iter().filter_map(Node::as_str) {
        // The scopes of other grants are no use.
        let is_new = !flow.needed.iter().any(|it| it == scope);
        if is_new && flow.scopes.iter().any(|it| it == scope) {
            flow.needed.push(scope.to_owned());
        }
    }
}

/// Leaves out the schemes that no operation asks for: their setters would do nothing.
pub(super) fn drop_unused(cx: &mut LowerCx<'_>) {
    if cx.operations.iter().next().is_none() {
        return;
    }
    let asked = cx.operations.iter().filter_map(|(_, it)| match &it.security {
        Security::Any(alternatives) => Some(alternatives.iter().flatten()),
        Security::None => None,
    });
    let asked: HashSet<&str> = asked.flatten().map(String::as_str).collect();
    let (used, unused): (IndexMap<_, _>, IndexMap<_, _>) =
        std::mem::take(&mut cx.schemes).into_iter().partition(|(key, _)| asked.contains(&**key));
    cx.schemes = used;
    for scheme in unused.into_values() {
        let is_added = |it: &&Auth| it.added.is_some() && it.scheme == scheme.key;
        if let Some(it) = cx.client.auth.iter().find(is_added) {
            let message = format_args!("no operation asks for `{}`", scheme.key);
            let at = it.at.child("scheme");
            let found = cx.sink.report_in(SourceId::Client, &STALE_CLIENT, &at, message);
            found.help("the document says of all operations what they ask for: list those meant under `operations`");
            continue;
        }
        let message =
            format_args!("no operation asks for `{}`: the client does not take it", scheme.key);
        cx.sink.report(&NO_EFFECT, &scheme.at, message).edit(OVERLAY_HELP);
    }
}

/// Parameters that the schemes of an operation set, each with the key of the first scheme that does.
#[derive(Default)]
pub(super) struct Setters(HashMap<(ParamPlace, String), String>);

impl Setters {
    pub(super) fn of(schemes: &IndexMap<String, Scheme>, security: &Security) -> Self {
        let Security::Any(alternatives) = security else { return Self::default() };
        let asked: HashSet<&String> = alternatives.iter().flatten().collect();
        let mut asked: Vec<_> = asked.into_iter().filter_map(|it| schemes.get_full(it)).collect();
        asked.sort_by_key(|(index, ..)| *index);
        let mut setters = HashMap::new();
        for (_, key, scheme) in asked {
            let set = match &scheme.kind {
                SchemeKind::Bearer | SchemeKind::Basic => {
                    (ParamPlace::Header, "authorization".to_owned())
                }
                SchemeKind::Header(name) => (ParamPlace::Header, name.to_ascii_lowercase()),
                SchemeKind::Query(name) => (ParamPlace::Query, name.clone()),
                SchemeKind::Cookie(name) => (ParamPlace::Cookie, name.clone()),
            };
            setters.entry(set).or_insert_with(|| key.clone());
        }
        Self(setters)
    }

    /// The key of the scheme that sets what a parameter would set.
    pub(super) fn of_param(&self, place: ParamPlace, name: &str) -> Option<&str> {
        let name = match place {
            ParamPlace::Header => name.to_ascii_lowercase(),
            ParamPlace::Path | ParamPlace::Query | ParamPlace::Cookie => name.to_owned(),
        };
        self.0.get(&(place, name)).map(String::as_str)
    }
}

fn is_declared(cx: &LowerCx<'_>, key: &str) -> bool {
    let components = cx.document.root().child("components");
    components.and_then(|it| it.child("securitySchemes")?.child(key)).is_some()
}
