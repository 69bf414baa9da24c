//! Tests of connecting that hold for both transports.

use std::time::Duration;

/// The settings of connections that a test asks for.
#[derive(Default)]
pub(crate) struct Setup {
    /// Certificates of authorities, in PEM.
    pub(crate) roots: Vec<String>,
    /// The certificate of the client and its key, in PEM.
    pub(crate) identity: Option<String>,
    pub(crate) proxy: Option<String>,
    pub(crate) proxy_exceptions: &'static str,
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) max_idle: Option<usize>,
    pub(crate) idle_timeout: Option<Duration>,
}
