//! Flows of OAuth 2.0: where a client gets tokens, and new ones for them, without anyone at a browser.

use super::LowerCx;
use crate::diag::{BAD_SERVER, NO_EFFECT, OVERLAY_HELP, UNKNOWN_KEYWORD, nearest_name};
use crate::ir::OAuthFlow;
use crate::load::{FLOWS, NodeRef};

/// The flows whose tokens come with one that renews them, in the order in which they count.
const RENEWED: &[&str] =
    &["authorizationCode", "password", "deviceAuthorization", "clientCredentials"];

const OF_OTHERS: &str = "a token source of your own can get tokens of this flow";

/// The endpoints that a client can ask for tokens without anyone at a browser.
pub(super) fn flow(cx: &mut LowerCx<'_>, flows: &NodeRef<'_>) -> Option<OAuthFlow> {
    let own = flows.child("clientCredentials");
    let token_url = own.as_ref().and_then(|it| url(cx, it, "tokenUrl"));
    let scopes = own.iter().flat_map(|it| it.entries("scopes")).map(|(scope, spot)| {
        // Only those that an operation asks for have an effect.
        spot.pass_over();
        scope.to_owned()
    });
    let scopes = scopes.collect();
    let renewals = RENEWED.iter().filter_map(|key| flows.child(key));
    let renewals: Vec<_> = renewals.filter_map(|it| Some((renewal(cx, &it)?, it))).collect();
    let refresh_url = renewals.first().map(|it| it.0.clone());
    for (url, it) in &renewals {
        // Client credentials get a new token as they got the first (RFC 6749, 4.4.3).
        let is_other = it.at.segments().last().as_deref() != Some("clientCredentials")
            && refresh_url.as_ref() != Some(url)
            && token_url.as_ref() != Some(url);
        if is_other && let Some(counts) = &refresh_url {
            let message = format_args!(
                "tokens of this flow are renewed at `{url}`, and the client renews all at `{counts}`"
            );
            cx.sink.report(&NO_EFFECT, &it.at, message).help(OF_OTHERS);
        }
    }
    unused(cx, flows);
    if token_url.is_none() && refresh_url.is_none() {
        return None;
    }
    let refresh_url = refresh_url.filter(|it| token_url.as_ref() != Some(it));
    Some(OAuthFlow { token_url, refresh_url, scopes, needed: Vec::new() })
}

/// The URL that renews the tokens of a flow.
fn renewal(cx: &mut LowerCx<'_>, flow: &NodeRef<'_>) -> Option<String> {
    url(cx, flow, "refreshUrl").or_else(|| url(cx, flow, "tokenUrl"))
}

/// Passes over the flows that have nothing for a client, and tells those that there are not.
fn unused(cx: &mut LowerCx<'_>, flows: &NodeRef<'_>) {
    for key in flows.keys().filter(|it| !it.starts_with("x-")) {
        let Some(it) = flows.child(key) else { continue };
        if FLOWS.contains(&key) {
            // Whatever else it says is for those who get the first token.
            it.pass_over();
            continue;
        }
        let message = format_args!("OAuth 2.0 has no flow `{key}`: it has no effect on the client");
        let found = cx.sink.report(&UNKNOWN_KEYWORD, &it.at, message).edit(OVERLAY_HELP);
        let near = match key {
            "accessCode" => Some("authorizationCode"),
            "application" => Some("clientCredentials"),
            _ => nearest_name(key, FLOWS.iter().copied()),
        };
        if let Some(near) = near {
            found.label(format_args!("did you mean `{near}`?"));
        }
    }
}

/// The URL of an endpoint, which may be relative.
fn url(cx: &mut LowerCx<'_>, flow: &NodeRef<'_>, key: &str) -> Option<String> {
    let url = flow.text(key)?.trim();
    if url.is_empty() {
        return None;
    }
    let Some(why) = super::server::malformed(url) else { return Some(url.to_owned()) };
    let at = flow.at.child(key);
    // It may be the URL of two grants.
    if cx.told.insert(at.clone()) {
        let message =
            format_args!("the URL of a token endpoint {why}: the client asks for no token there");
        cx.sink.report(&BAD_SERVER, &at, message).edit(OVERLAY_HELP);
    }
    None
}
