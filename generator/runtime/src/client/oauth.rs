//! Clients whose tokens come from a token endpoint.

use super::{Builder, Server};
use crate::auth::{Credential, SharedTokenSource, blank};
use crate::error::{Error, ErrorKind, Result};
use crate::oauth::{ClientAuthentication, OAuth, OAuthTokens, TokenEndpoint};
use crate::service::SecurityScheme;
use crate::transport::Transport;
use http::header::USER_AGENT;
use http::{HeaderMap, Uri};
use std::sync::Arc;

impl Builder {
    /// Sets how the tokens of a scheme are got.
    pub fn oauth(mut self, scheme: &'static str, oauth: OAuth) -> Self {
        self.credentials.retain(|it| it.0 != scheme);
        self.oauth.retain(|it| it.0 != scheme);
        self.oauth.push((scheme, oauth));
        self
    }

    /// Makes credentials of what was set for OAuth 2.0.
    pub(super) fn token_endpoints(
        &mut self,
        server: &Server,
        transport: &Arc<dyn Transport>,
        headers: &HeaderMap,
    ) -> Result<()> {
        for (name, mut oauth) in std::mem::take(&mut self.oauth) {
            if oauth.is_blank() {
                return Err(blank(name));
            }
            let scheme = self.service.scheme(name);
            let url = match &oauth.url {
                Some(own) => server.of_tokens(self.service, own, true)?,
                None => server.of_tokens(self.service, stated(scheme, &oauth, name)?, false)?,
            };
            let flow = scheme.and_then(|it| it.oauth);
            if let (None, None, Some(flow)) = (&oauth.scopes, &oauth.refresh_token, &flow) {
                oauth.scopes = Some(flow.scopes.iter().map(|it| (*it).to_owned()).collect());
            }
            let url = Uri::try_from(url.as_str()).map_err(|_| unknown(name))?;
            let authentication = match flow.is_some_and(|it| it.secret_in_body) {
                true => ClientAuthentication::Post,
                false => ClientAuthentication::Basic,
            };
            let endpoint = TokenEndpoint {
                url,
                authentication,
                user_agent: headers.get(USER_AGENT).cloned(),
                transport: transport.clone(),
                timer: self.timer.clone(),
                limit: self.limits.timeout,
            };
            let source = SharedTokenSource::new(OAuthTokens::new(endpoint, oauth));
            self.set_credential(name, Credential::Source(Arc::new(source)));
        }
        Ok(())
    }
}

/// The URL that the document states for a grant.
fn stated(
    scheme: Option<&'static SecurityScheme>,
    oauth: &OAuth,
    name: &str,
) -> Result<&'static str> {
    let flow = scheme.and_then(|it| it.oauth.as_ref());
    let url = flow.and_then(|it| match oauth.refresh_token {
        Some(_) => it.refresh_url.or(it.token_url),
        None => it.token_url,
    });
    url.ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> Error {
    let message =
        format!("no token endpoint is known for `{name}`: set it by `token_url` of `OAuth`");
    Error::new(ErrorKind::Configuration, message)
}
