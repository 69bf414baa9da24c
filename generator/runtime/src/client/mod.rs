//! The core that all handles and calls of a client share.

mod builder;
#[cfg(feature = "hyper")]
mod connecting;
mod environment;
mod headers;
mod macros;
mod oauth;
mod server;

pub use builder::Builder;
pub(crate) use headers::own_header;
pub(crate) use server::Server;

use crate::auth::{Credential, Credentials};
#[cfg(feature = "drift")]
use crate::drift::ClientDrift;
use crate::options::Options;
use crate::retry::{RetryBudget, RetryPolicy};
use crate::service::Service;
use crate::timer::Timer;
use crate::transport::Transport;
use http::{HeaderMap, HeaderName, HeaderValue};
use std::fmt;
use std::sync::Arc;

/// The state that the handles and calls of a client share. It is cheap to clone.
#[derive(Clone)]
pub struct Core(pub(crate) Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) service: &'static Service,
    pub(crate) server: Server,
    pub(crate) headers: HeaderMap,
    pub(crate) fixed: Vec<(&'static str, HeaderName, HeaderValue)>,
    pub(crate) params: Vec<(&'static str, String)>,
    pub(crate) credentials: Credentials,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) timer: Arc<dyn Timer>,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: RetryBudget,
    pub(crate) limits: Options,
    pub(crate) max_event_bytes: usize,
    pub(crate) idempotency_header: Option<HeaderName>,
    #[cfg(feature = "drift")]
    pub(crate) drift: Option<ClientDrift>,
}

impl Shared {
    pub(crate) fn credential(&self, scheme: &str) -> Option<&Credential> {
        self.credentials.iter().find(|it| it.0 == scheme).map(|it| &it.1)
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shared = &*self.0;
        f.debug_struct("Core")
            .field("service", &shared.service.name)
            .field("base_url", &shared.server.base)
            .finish_non_exhaustive()
    }
}
