//! Names of the module and of what is set on a client.

use super::NameCx;
use super::ident::RustIdent;
use super::members::snakes;
use super::request::{NameRequest, RequestedName, Scope};
use super::words::snake;
use crate::config;
use crate::diag::SpecPtr;
use crate::ir::{Scheme, SchemeKind};
use std::collections::HashMap;

/// The setters of a client's builder.
pub(super) struct ClientNames {
    pub(super) schemes: Vec<RustIdent>,
    pub(super) flows: Vec<Option<FlowNames>>,
    pub(super) headers: Vec<RustIdent>,
    pub(super) params: Vec<RustIdent>,
    pub(super) server_variables: Vec<RustIdent>,
}

/// The setters for a scheme whose tokens a client can ask for.
#[derive(Debug)]
pub(crate) struct FlowNames {
    /// Any way to ask.
    pub(crate) grant: RustIdent,
    /// Id and secret of the client.
    pub(crate) client_credentials: RustIdent,
}

/// The features of every generated crate that choose its TLS.
pub(crate) const TLS_FEATURES: &[&str] = &["rustls", "native-tls", "rustls-no-provider"];

/// The features of every generated crate for what its runtime can do besides.
pub(crate) const RUNTIME_FEATURES: &[&str] = &[
    "blocking",
    "chrono",
    "gzip",
    "http2",
    "jiff",
    "preserve-order",
    "reqwest",
    "socks",
    "testing",
    "time",
    "tracing",
    "webhooks",
];

/// The module of a vendor, which is a feature too.
pub(super) fn module(vendor: &str, client: &config::Client) -> RustIdent {
    let wanted = snake(client.module.as_deref().unwrap_or(vendor));
    let wanted = if wanted.starts_with(|it: char| it.is_ascii_digit()) {
        format!("api_{wanted}")
    } else {
        wanted
    };
    let taken = matches!(&*wanted, "drift" | "websocket")
        || TLS_FEATURES.iter().chain(RUNTIME_FEATURES).any(|it| *it == wanted);
    // A name that some systems keep for devices cannot be a folder there.
    let taken = taken || wanted == "default" || is_device(&wanted);
    let wanted = if taken { format!("{wanted}_api") } else { wanted };
    let wanted = RustIdent::new(&wanted).filter(|it| !it.is_keyword() && it.text() != "runtime");
    wanted.unwrap_or_else(|| RustIdent::new("api").expect("it is plain ASCII"))
}

/// True if a system keeps a name for a device, whatever follows a dot.
pub(super) fn is_device(name: &str) -> bool {
    let numbered = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    matches!(name, "con" | "prn" | "aux" | "nul")
        || numbered.is_some_and(|it| matches!(it.as_bytes(), [b'1'..=b'9']))
}

/// True if the builder of every vendor's client has a method of this name.
fn reserved(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "new",
        "build",
        "clone",
        "base_url",
        "server_variable",
        "timeout",
        "connect_timeout",
        "total_timeout",
        "max_retries",
        "header",
        "transport",
        "layer",
        "timer",
        "user_agent",
        "into",
        "from",
        "max_response_bytes",
        "allow_http",
        "token_source",
        "reqwest_client",
        "client_certificate",
        "proxy",
        "proxy_exceptions",
        "no_proxy",
        "max_idle_connections",
        "idle_timeout",
        "retry",
        "credential",
        "param",
        "stall_timeout",
        "attempt_timeout",
        "query",
        "default_header",
        "environment",
        "idempotency_header",
        "max_event_bytes",
        "max_empty_pages",
        "resume_events",
        "root_certificates",
        "trust_host",
        "user_agent_suffix",
        "drift",
    ];
    NAMES.contains(&name)
}

pub(super) fn names(cx: &mut NameCx<'_>) -> ClientNames {
    let mut scope = Scope::new("set_", "_", &reserved);
    cx.idle.keys("client ").for_each(|key| scope.hold(key, &cx.idle));
    let mut kinds: HashMap<u8, usize> = HashMap::new();
    for scheme in &cx.api.schemes {
        *kinds.entry(kind(scheme)).or_default() += 1;
    }
    let is_alone = |it: &Scheme| kinds.get(&kind(it)) == Some(&1);
    let claims: Vec<_> = cx.api.schemes.iter().map(|it| scheme(cx, it, is_alone(it))).collect();
    let schemes = scope.assign(&claims, cx.old, &mut cx.new, cx.sink);
    let with_flow: Vec<_> = cx.api.schemes.iter().filter(|it| it.flow.is_some()).collect();
    let is_only = with_flow.len() == 1;
    let setters = [("oauth_grant", "grant"), ("client_credentials", "client_credentials")];
    let mut setters = setters.map(|(alone, usual)| {
        let alone = is_only.then_some(alone);
        let claims: Vec<_> = with_flow.iter().map(|it| of_flow(it, alone, usual)).collect();
        scope.assign(&claims, cx.old, &mut cx.new, cx.sink).into_iter()
    });
    let flows = cx.api.schemes.iter().map(|it| {
        it.flow.as_ref()?;
        let [grant, client_credentials] = setters.each_mut().map(Iterator::next);
        Some(FlowNames { grant: grant?, client_credentials: client_credentials? })
    });
    let flows = flows.collect();
    let claims: Vec<_> =
        cx.api.headers.iter().map(|it| plain("header", &it.wire_name, &it.at)).collect();
    let headers = scope.assign(&claims, cx.old, &mut cx.new, cx.sink);
    let claims: Vec<_> =
        cx.client.params.iter().map(|it| plain("param", &it.name, &it.at)).collect();
    let params = scope.assign(&claims, cx.old, &mut cx.new, cx.sink);
    let variables = cx.api.server.variables.iter();
    let claims: Vec<_> = variables.map(|it| plain("server", &it.name, &SpecPtr::root())).collect();
    let server_variables = scope.assign(&claims, cx.old, &mut cx.new, cx.sink);
    ClientNames { schemes, flows, headers, params, server_variables }
}

/// The methods that read headers of responses.
pub(super) fn response_headers(cx: &mut NameCx<'_>) -> Vec<RustIdent> {
    let reserved = |it: &str| matches!(it, "of" | "clone" | "into" | "from");
    let mut scope = Scope::new("header_", "_", &reserved);
    cx.idle.keys("client ").for_each(|key| scope.hold(key, &cx.idle));
    let all = cx.api.response_headers.iter();
    let claims: Vec<_> = all.map(|it| plain("response_header", &it.wire_name, &it.at)).collect();
    scope.assign(&claims, cx.old, &mut cx.new, cx.sink)
}

fn plain<'a>(kind: &'a str, wire: &'a str, at: &SpecPtr) -> NameRequest<'a> {
    NameRequest {
        key: format!("client {kind} {wire}"),
        candidates: snakes(wire).or_with(kind),
        wish: None,
        wire: wire.to_owned(),
        at: at.clone(),
    }
}

fn scheme<'a>(cx: &NameCx<'_>, scheme: &'a Scheme, alone: bool) -> NameRequest<'a> {
    let stated = cx.client.auth.iter().find(|it| it.scheme == scheme.key);
    let usual = match scheme.kind {
        SchemeKind::Bearer => "bearer_token",
        SchemeKind::Basic => "basic_auth",
        SchemeKind::Header(_) | SchemeKind::Query(_) | SchemeKind::Cookie(_) => "api_key",
    };
    let mut candidates = snakes(&scheme.key);
    if alone {
        candidates = candidates.behind(usual.to_owned());
    }
    NameRequest {
        key: format!("client scheme {}", scheme.key),
        candidates,
        wish: stated.and_then(|it| it.setter.clone()).map(RequestedName::Client),
        wire: scheme.key.clone(),
        at: scheme.at.clone(),
    }
}

/// The setter of a way to get tokens, which has the name of its scheme where several schemes have one.
fn of_flow<'a>(scheme: &'a Scheme, alone: Option<&str>, usual: &'a str) -> NameRequest<'a> {
    let mut candidates = snakes(&scheme.key).each(move |it| format!("{it}_{usual}"));
    if let Some(alone) = alone {
        candidates = candidates.behind(alone.to_owned());
    }
    NameRequest {
        key: format!("client {usual} {}", scheme.key),
        candidates,
        wish: None,
        wire: scheme.key.clone(),
        at: scheme.at.clone(),
    }
}

fn kind(scheme: &Scheme) -> u8 {
    match scheme.kind {
        SchemeKind::Bearer => 0,
        SchemeKind::Basic => 1,
        SchemeKind::Header(_) | SchemeKind::Query(_) | SchemeKind::Cookie(_) => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_setter_of_a_vendor_clashes_with_one_that_every_builder_has() {
        let source = include_str!("../../runtime/src/client/macros.rs");
        let setters = source.split("macro_rules! __builder_setters").nth(1).expect("it is there");
        let names = setters.split("pub fn ").skip(1);
        let names: Vec<_> = names.filter_map(|it| it.split('(').next()).collect();
        assert!(names.len() > 20);
        let free: Vec<_> = names.into_iter().filter(|it| !reserved(it)).collect();
        assert!(free.is_empty(), "{free:?}");
    }

    #[test]
    fn no_module_has_the_name_of_another_feature_or_of_a_device() {
        let named = |name| module(name, &config::Client::default()).text().to_owned();
        for name in ["time", "Rustls", "default", "testing", "Con", "nul", "COM1", "lpt9"] {
            assert_eq!(named(name), format!("{}_api", name.to_lowercase()));
        }
        for name in ["type", "runtime", "-"] {
            assert_eq!(named(name), "api");
        }
        for name in ["timely", "common", "com0", "com10", "lpt"] {
            assert_eq!(named(name), name);
        }
    }
}
