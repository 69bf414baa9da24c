//! The builder of a client.

use super::headers::{default_headers, fixed_headers, header_name, invalid};
use super::server::{TrustedHost, check_url, fill_variables, of_socket};
use super::{Core, Server, Shared};
use crate::auth::{Credential, SharedTokenSource, TokenSource, blank, is_blank};
#[cfg(feature = "drift")]
use crate::drift::Drift;
use crate::error::Result;
use crate::oauth::OAuth;
use crate::options::Options;
use crate::retry::{RetryBudget, RetryPolicy};
use crate::service::{CredentialLocation, Service};
use crate::timer::{Timer, TokioTimer};
use crate::transport::{Connections, Layer, Transport};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The setup of a client. Generated code wraps it in a builder per API.
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct Builder {
    pub(super) service: &'static Service,
    pub(super) base_url: Option<String>,
    variables: Vec<(String, String)>,
    pub(super) credentials: Vec<(&'static str, Credential)>,
    /// Of schemes whose tokens are asked for; they become credentials once there is a transport.
    pub(super) oauth: Vec<(&'static str, OAuth)>,
    pub(super) fixed: Vec<(&'static str, String)>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) params: Vec<(&'static str, String)>,
    pub(super) limits: Options,
    max_event_bytes: usize,
    pub(super) user_agent: Option<String>,
    allow_http: bool,
    trusted_hosts: Vec<String>,
    idempotency_header: Option<String>,
    pub(super) connections: Connections,
    transport: Option<Arc<dyn Transport>>,
    layers: Vec<Arc<dyn Layer>>,
    #[cfg(feature = "drift")]
    drift: Option<Drift>,
    pub(super) timer: Arc<dyn Timer>,
    pub(super) environment: Environment,
}

type Environment = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// Bytes of a buffered response after decompression: 64 MiB.
const MAX_RESPONSE: u64 = 64 << 20;
/// Bytes of one event or line: 8 MiB.
const MAX_EVENT: usize = 8 << 20;

impl Builder {
    /// A client of a service, with its defaults: 60 s for each attempt while nothing moves, 5 s to
    /// connect, 60 s between two chunks of a stream (the vendors' SDKs, November 2026).
    pub fn new(service: &'static Service) -> Self {
        let seconds = |it| Some(Duration::from_secs(it));
        let limits = Options {
            timeout: seconds(60),
            stall_timeout: seconds(60),
            max_response_bytes: Some(MAX_RESPONSE),
            ..Options::default()
        };
        Self {
            service,
            base_url: None,
            variables: Vec::new(),
            credentials: Vec::new(),
            oauth: Vec::new(),
            fixed: Vec::new(),
            headers: Vec::new(),
            params: Vec::new(),
            limits,
            max_event_bytes: MAX_EVENT,
            user_agent: None,
            allow_http: false,
            trusted_hosts: Vec::new(),
            idempotency_header: None,
            connections: Connections::default(),
            transport: None,
            layers: Vec::new(),
            #[cfg(feature = "drift")]
            drift: None,
            timer: Arc::new(TokioTimer),
            environment: Arc::new(|name| std::env::var(name).ok()),
        }
    }

    /// Sets the key or token of a scheme.
    pub fn credential(mut self, scheme: &'static str, secret: &str) -> Self {
        self.set_credential(scheme, Credential::Text(secret.into()));
        self
    }

    /// Sets user and password of a scheme.
    pub fn basic_credential(self, scheme: &'static str, user: &str, password: &str) -> Self {
        self.credential(scheme, &format!("{user}:{password}"))
    }

    /// Sets where the tokens of a scheme come from; without a scheme, those of the first bearer scheme.
    pub fn token_source(mut self, scheme: Option<&'static str>, source: impl TokenSource) -> Self {
        let bearer = || {
            self.service
                .schemes
                .iter()
                .find(|it| it.location == CredentialLocation::Bearer)
                .map(|it| it.name)
        };
        if let Some(scheme) = scheme.or_else(bearer) {
            self.set_credential(
                scheme,
                Credential::Source(Arc::new(SharedTokenSource::new(source))),
            );
        }
        self
    }

    pub(super) fn set_credential(&mut self, scheme: &'static str, credential: Credential) {
        self.credentials.retain(|it| it.0 != scheme);
        self.oauth.retain(|it| it.0 != scheme);
        self.credentials.push((scheme, credential));
    }

    /// Sets one of the service's headers, or any other.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match self.service.headers.iter().find(|it| it.name.eq_ignore_ascii_case(name)) {
            Some(fixed) => self.fixed.push((fixed.name, value.to_owned())),
            None => self.headers.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    /// Sets one of the service's parameters of paths.
    pub fn param(mut self, name: &'static str, value: &str) -> Self {
        self.params.retain(|it| it.0 != name);
        self.params.push((name, value.to_owned()));
        self
    }

    /// Replaces the server, its path too: `https://api.example.com/v3` for a document's server of
    /// `https://example.com/v3`.
    pub fn base_url(mut self, url: &str) -> Self {
        self.base_url = Some(url.to_owned());
        self
    }

    /// Sets a variable of the servers' URLs.
    pub fn server_variable(mut self, name: &str, value: &str) -> Self {
        self.variables.retain(|it| it.0 != name);
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Limits how long an attempt may wait for the head of its response, or for the next bytes of a body in
    /// either direction; 60 s by default, `None` for no limit. An attempt that moves may take longer.
    pub fn timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.limits.timeout = limit.into();
        self
    }

    /// Limits connecting; 5 s by default. It has no effect on a transport of your own.
    pub fn connect_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.connections.connect_timeout = limit.into();
        self
    }

    /// Limits all attempts of a call and the waits between them, and the response if that is a stream; none
    /// by default.
    pub fn total_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.limits.total_timeout = limit.into();
        self
    }

    /// Limits the time between two chunks of a streamed response; 60 s by default.
    pub fn stall_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.limits.stall_timeout = limit.into();
        self
    }

    /// Sets the number of retries; 2 by default, unless the document of the API has a policy.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.limits.max_retries = Some(max_retries);
        self
    }

    /// Sets how calls that failed are repeated, also where the document of the API has a policy.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.limits.retry = Some(policy);
        self.limits.max_retries = None;
        self
    }

    /// Resumes interrupted event streams ([`Call::with_resume`]), if their method is idempotent.
    /// Off by default.
    ///
    /// [`Call::with_resume`]: crate::Call::with_resume
    pub fn resume_events(mut self, resume: bool) -> Self {
        self.limits.resume = Some(resume);
        self
    }

    /// Limits the size of buffered responses, in bytes after decompression; 64 MiB by default.
    pub fn max_response_bytes(mut self, limit: u64) -> Self {
        self.limits.max_response_bytes = Some(limit);
        self
    }

    /// Limits the size of one event or line of a stream, in bytes; 8 MiB by default.
    pub fn max_event_bytes(mut self, limit: usize) -> Self {
        self.max_event_bytes = limit;
        self
    }

    /// Limits how many pages without items may follow each other; 100 by default.
    pub fn max_empty_pages(mut self, limit: u32) -> Self {
        self.limits.max_empty_pages = Some(limit);
        self
    }

    /// Adds the name of your program to the `User-Agent` header.
    pub fn user_agent_suffix(mut self, suffix: &str) -> Self {
        self.user_agent = Some(suffix.to_owned());
        self
    }

    /// Permits plain http to other machines.
    pub fn allow_http(mut self, allow: bool) -> Self {
        self.allow_http = allow;
        self
    }

    /// Permits credentials to go to a host besides that of the base URL: by https, on port 443 or the one
    /// that is named (`files.example.com:8443`).
    pub fn trust_host(mut self, host: &str) -> Self {
        self.trusted_hosts.push(host.to_owned());
        self
    }

    /// Sends a random key in this header with each call that is not idempotent, the same on each attempt,
    /// which makes its retries safe. Only for servers that know the header.
    pub fn idempotency_header(mut self, name: &str) -> Self {
        self.idempotency_header = Some(name.to_owned());
        self
    }

    /// Replaces the transport.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sends through a reqwest client of your own. Turn its redirects off: it would follow them with all
    /// headers. Its connect timeout, proxies and certificates are yours too: none of this builder's apply.
    #[cfg(feature = "reqwest")]
    pub fn reqwest_client(self, client: crate::transport::ReqwestClient) -> Self {
        self.transport(crate::transport::Reqwest(client))
    }

    /// Puts a layer around the transport and the layers before.
    pub fn layer(mut self, layer: impl Layer + 'static) -> Self {
        self.layers.push(Arc::new(layer));
        self
    }

    /// Notes where responses differ from the document.
    #[cfg(feature = "drift")]
    pub fn drift(mut self, drift: &Drift) -> Self {
        self.drift = Some(drift.clone());
        self
    }

    /// Replaces the clock.
    pub fn timer(mut self, timer: impl Timer) -> Self {
        self.timer = Arc::new(timer);
        self
    }

    /// Replaces the environment in which variables are looked up.
    pub fn environment(
        mut self,
        find: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.environment = Arc::new(find);
        self
    }

    /// Builds the client; what was not set comes from the environment.
    ///
    /// # Errors
    /// URLs, keys and headers that cannot be used, no transport, or TLS that cannot be set up.
    pub fn build(mut self) -> Result<Core> {
        self.read_environment();
        for (scheme, credential) in &self.credentials {
            if let Credential::Text(secret) = credential
                && is_blank(secret.expose())
            {
                return Err(blank(scheme));
            }
        }
        let server = self.server()?;
        let headers = default_headers(self.service, self.user_agent.as_deref(), &self.headers)?;
        let fixed = fixed_headers(self.service, &self.fixed)?;
        let idempotency_header = self.idempotency_header.as_deref().map(header_name).transpose();
        let idempotency_header = idempotency_header.map_err(invalid)?;
        let mut transport = match self.transport.take() {
            Some(transport) => transport,
            None => default_transport(&self.connections)?,
        };
        for layer in &self.layers {
            transport = layer.layer(transport);
        }
        self.token_endpoints(&server, &transport, &headers)?;
        let described = || self.service.retry.map(|it| it()).unwrap_or_default();
        let retry = self.limits.retry.clone().unwrap_or_else(described);
        let budget = RetryBudget::new(retry.budget);
        #[cfg(feature = "drift")]
        let drift = self.drift.as_ref().map(|it| it.of_client(self.service)).transpose()?;
        Ok(Core(Arc::new(Shared {
            service: self.service,
            server,
            headers,
            fixed,
            params: self.params,
            credentials: self.credentials,
            transport,
            timer: self.timer,
            retry,
            budget,
            limits: self.limits,
            max_event_bytes: self.max_event_bytes,
            idempotency_header,
            #[cfg(feature = "drift")]
            drift,
        })))
    }

    fn server(&mut self) -> Result<Server> {
        for variable in self.service.server_variables {
            if !self.variables.iter().any(|it| it.0 == variable.name) {
                self.variables.push((variable.name.to_owned(), variable.default.to_owned()));
            }
        }
        let document = match fill_variables(self.service, self.service.server, &self.variables) {
            Ok(document) => of_socket(document).trim_end_matches('/').to_owned(),
            // Nothing of it is used.
            Err(_) if self.base_url.is_some() => String::new(),
            Err(error) => return Err(error),
        };
        let trusted = self.trusted_hosts.iter().map(|it| TrustedHost::read(it));
        let trusted_hosts = trusted.collect::<Result<_>>()?;
        let replaced = self.base_url.is_some();
        let base = self
            .base_url
            .as_ref()
            .map_or_else(|| document.clone(), |it| of_socket(it.trim_end_matches('/').to_owned()));
        check_url(&base, self.allow_http)?;
        Ok(Server {
            base,
            document,
            replaced,
            variables: std::mem::take(&mut self.variables),
            allow_http: self.allow_http,
            trusted_hosts,
        })
    }
}

#[cfg(feature = "hyper")]
fn default_transport(connections: &Connections) -> Result<Arc<dyn Transport>> {
    Ok(Arc::new(crate::transport::Hyper::new(connections)?))
}

#[cfg(not(feature = "hyper"))]
fn default_transport(_: &Connections) -> Result<Arc<dyn Transport>> {
    Err(crate::Error::new(
        crate::ErrorKind::Configuration,
        "no transport: set one, or switch on a feature such as `rustls`",
    ))
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("service", &self.service.name).finish_non_exhaustive()
    }
}
