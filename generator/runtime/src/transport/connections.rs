//! Settings of the default transport.

use std::time::Duration;

/// Certificates, proxies and limits of the default transport.
#[derive(Clone)]
#[cfg_attr(not(feature = "hyper"), expect(dead_code, reason = "there is no default transport"))]
pub(crate) struct Connections {
    pub(crate) connect_timeout: Option<Duration>,
    /// Certificates of authorities besides the platform's, each a PEM text.
    pub(crate) roots: Vec<String>,
    /// The certificate and the key of the client, in one PEM text.
    pub(crate) identity: Option<String>,
    pub(crate) proxy: ProxyChoice,
    /// Hosts, domains and networks that a proxy with a URL of its own does not get.
    pub(crate) proxy_exceptions: String,
    /// Connections that are kept open for each host.
    pub(crate) max_idle: usize,
    pub(crate) idle_timeout: Option<Duration>,
}

/// Which proxies requests go through.
#[derive(Clone, Default)]
#[cfg_attr(not(feature = "hyper"), expect(dead_code, reason = "there is no default transport"))]
pub(crate) enum ProxyChoice {
    /// Those of the environment; on macOS and Windows those of the system's settings too.
    #[default]
    System,
    None,
    Url(String),
}

/// Idle connections are closed after this time; reqwest has the same default.
const IDLE: Duration = Duration::from_secs(90);

impl Default for Connections {
    fn default() -> Self {
        Self {
            connect_timeout: Some(Duration::from_secs(5)),
            roots: Vec::new(),
            identity: None,
            proxy: ProxyChoice::System,
            proxy_exceptions: String::new(),
            max_idle: usize::MAX,
            idle_timeout: Some(IDLE),
        }
    }
}
