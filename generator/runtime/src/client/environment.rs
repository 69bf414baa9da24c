//! Settings from the environment.

use super::{Builder, Core};
use crate::auth::Credential;
use crate::error::{Error, ErrorKind, Result};
use crate::secret::Secret;

impl Builder {
    /// Builds the client, and refuses to if there is no credential at all.
    ///
    /// # Errors
    /// As [`build`](Self::build), and a missing credential: the error names the variables.
    pub fn build_from_env(mut self) -> Result<Core> {
        self.read_environment();
        let mut variables = self.service.schemes.iter().filter_map(|it| it.variable).peekable();
        if self.credentials.is_empty() && variables.peek().is_some() {
            let names: Vec<_> = variables.map(|it| format!("`{it}`")).collect();
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
            if self.credentials.iter().any(|it| it.0 == scheme.name) {
                continue;
            }
            let text = match (scheme.variable.and_then(find), scheme.password_variable) {
                (Some(user), Some(password)) => {
                    find(password).map(|password| format!("{user}:{password}"))
                }
                (text, _) => text,
            };
            self.credentials
                .extend(text.map(|text| (scheme.name, Credential::Text(Secret::from(text)))));
        }
    }
}
