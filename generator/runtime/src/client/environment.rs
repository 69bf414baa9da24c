//! Settings from the environment.

use super::{Builder, Core};
use crate::auth::Credential;
use crate::error::{Error, ErrorKind, Result};
use crate::oauth::OAuth;
use crate::secret::Secret;
use crate::service::SecurityScheme;

impl Builder {
    /// Builds the client. If every operation needs a credential and no credential was found, it is an error.
    ///
    /// # Errors
    /// As [`build`](Self::build), and a missing credential: the error names the variables.
    pub fn build_from_env(mut self) -> Result<Core> {
        self.read_environment();
        let names: Vec<_> = self.service.schemes.iter().flat_map(variables).collect();
        let is_needed = !(self.service.credentials_are_optional || names.is_empty());
        if is_needed && self.credentials.is_empty() && self.oauth.is_empty() {
            let message =
                format!("no credential: set the environment variable {}", names.join(" or "));
            return Err(Error::new(ErrorKind::Configuration, message));
        }
        self.build()
    }

    /// Fills what was not set.
    pub(super) fn read_environment(&mut self) {
        let find = |name: &str| (self.environment)(name).filter(|it| !it.is_empty());
        if self.base_url.is_none() {
            self.base_url = self.service.base_url_variable.and_then(find);
        }
        for param in self.service.params {
            if !self.params.iter().any(|it| it.0 == param.name) {
                self.params.extend(param.variable.and_then(find).map(|value| (param.name, value)));
            }
        }
        for scheme in self.service.schemes {
            let is_set = |it: &str| it == scheme.name;
            if self.credentials.iter().any(|it| is_set(it.0))
                || self.oauth.iter().any(|it| is_set(it.0))
            {
                continue;
            }
            let text = match (scheme.variable.and_then(find), scheme.password_variable) {
                (Some(user), Some(password)) => {
                    find(password).map(|password| format!("{user}:{password}"))
                }
                (text, _) => text,
            };
            if let Some(text) = text {
                self.credentials.push((scheme.name, Credential::Text(Secret::from(text))));
                continue;
            }
            let variables = scheme.oauth.and_then(|it| it.variables);
            let client = variables.and_then(|(id, secret)| find(id).zip(find(secret)));
            self.oauth.extend(
                client.map(|(id, secret)| (scheme.name, OAuth::client_credentials(&id, &secret))),
            );
        }
    }
}

/// The variables that a scheme's credential comes from.
fn variables(scheme: &SecurityScheme) -> Vec<String> {
    let client = scheme.oauth.and_then(|it| it.variables);
    let client = client.map(|(id, secret)| format!("`{id}` with `{secret}`"));
    scheme.variable.map(|it| format!("`{it}`")).into_iter().chain(client).collect()
}
