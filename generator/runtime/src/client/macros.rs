//! The client of one API and its builder.

/// Defines the client of a service and its builder: `client!(SERVICE)`.
///
/// The builder is a `ClientBuilder(client_runtime::Builder)`; generated code adds the API's own
/// setters.
#[macro_export]
macro_rules! client {
    ($service:ident) => {
        /// A client; it is cheap to clone, and clones share connections, settings and the retry budget.
        #[derive(Clone, Debug)]
        pub struct Client {
            core: $crate::Core,
        }

        impl Client {
            /// Starts to set up a client; what is not set comes from the environment.
            pub fn builder() -> ClientBuilder {
                ClientBuilder($crate::Builder::new(&$service))
            }

            /// A client with all defaults, which reads the environment: credentials, parameters and the
            /// base URL, from the variables that their setters on [`ClientBuilder`] name.
            ///
            /// # Errors
            /// No credential, where each operation needs one: the error names the variables. Settings that
            /// cannot be used.
            pub fn from_env() -> $crate::Result<Self> {
                match $crate::Builder::new(&$service).build_from_env() {
                    ::core::result::Result::Ok(core) => ::core::result::Result::Ok(Self { core }),
                    ::core::result::Result::Err(error) => ::core::result::Result::Err(error),
                }
            }

            /// Starts a call to a path that this client has no method for, with authentication,
            /// retries and limits like any other.
            pub fn request(&self, method: $crate::Method, path: &str) -> $crate::Call {
                self.core.request(method, path)
            }
        }

        /// Sets up a client; what is not set comes from the environment.
        #[derive(Clone, Debug)]
        #[must_use = "a builder does nothing until `build`"]
        pub struct ClientBuilder($crate::Builder);

        impl ClientBuilder {
            /// Builds the client.
            ///
            /// # Errors
            /// URLs and headers that cannot be used, no transport, or TLS that cannot be set up.
            pub fn build(self) -> $crate::Result<Client> {
                match self.0.build() {
                    ::core::result::Result::Ok(core) => ::core::result::Result::Ok(Client { core }),
                    ::core::result::Result::Err(error) => ::core::result::Result::Err(error),
                }
            }
            $crate::__builder_setters!();
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __builder_setters {
    () => {
        /// Replaces the server, its path too. Plain http is refused except on this machine.
        pub fn base_url(self, url: &str) -> Self {
            Self(self.0.base_url(url))
        }
        /// Sets a variable of the servers' URLs.
        pub fn server_variable(self, name: &str, value: &str) -> Self {
            Self(self.0.server_variable(name, value))
        }
        /// Limits how long an attempt may wait for the head of its response, or for the next bytes of a
        /// body in either direction; 60 s by default, `None` for no limit. An attempt that moves may take longer.
        pub fn timeout(self, limit: impl Into<Option<::core::time::Duration>>) -> Self {
            Self(self.0.timeout(limit))
        }
        /// Limits connecting; 5 s by default. It has no effect on a transport of your own.
        pub fn connect_timeout(self, limit: impl Into<Option<::core::time::Duration>>) -> Self {
            Self(self.0.connect_timeout(limit))
        }
        /// Limits all attempts of a call and the waits between them, and the response if that is a
        /// stream; none by default.
        pub fn total_timeout(self, limit: impl Into<Option<::core::time::Duration>>) -> Self {
            Self(self.0.total_timeout(limit))
        }
        /// Limits the time between two chunks of a streamed response; 60 s by default.
        pub fn stall_timeout(self, limit: impl Into<Option<::core::time::Duration>>) -> Self {
            Self(self.0.stall_timeout(limit))
        }
        /// Sets the number of retries; 2 by default, unless the document of the API has a policy.
        pub fn max_retries(self, max_retries: u32) -> Self {
            Self(self.0.max_retries(max_retries))
        }
        /// Sets how calls that failed are repeated, also where the document of the API has a policy.
        pub fn retry(self, policy: $crate::RetryPolicy) -> Self {
            Self(self.0.retry(policy))
        }
        /// Resumes interrupted event streams by `Last-Event-ID`, if their method is idempotent. Off
        /// by default.
        pub fn resume_events(self, resume: bool) -> Self {
            Self(self.0.resume_events(resume))
        }
        /// Limits the size of buffered responses, in bytes after decompression; 64 MiB by default.
        pub fn max_response_bytes(self, limit: u64) -> Self {
            Self(self.0.max_response_bytes(limit))
        }
        /// Limits the size of one event or line of a stream, in bytes; 8 MiB by default.
        pub fn max_event_bytes(self, limit: usize) -> Self {
            Self(self.0.max_event_bytes(limit))
        }
        /// Limits how many pages without items may follow each other; 100 by default.
        pub fn max_empty_pages(self, limit: u32) -> Self {
            Self(self.0.max_empty_pages(limit))
        }
        /// Sends a header with every call; one that holds a credential goes where credentials may go.
        pub fn default_header(self, name: &str, value: &str) -> Self {
            Self(self.0.header(name, value))
        }
        /// Adds the name of your program to the `User-Agent` header.
        pub fn user_agent_suffix(self, suffix: &str) -> Self {
            Self(self.0.user_agent_suffix(suffix))
        }
        /// Permits plain http to other machines.
        pub fn allow_http(self, allow: bool) -> Self {
            Self(self.0.allow_http(allow))
        }
        /// Permits credentials to go to a host besides that of the base URL: by https, on port 443 or
        /// the one that is named (`files.example.com:8443`).
        pub fn trust_host(self, host: &str) -> Self {
            Self(self.0.trust_host(host))
        }
        /// Sends a random key in this header with each call that is not idempotent, which makes its
        /// retries safe. Only for servers that know the header.
        pub fn idempotency_header(self, name: &str) -> Self {
            Self(self.0.idempotency_header(name))
        }
        /// Takes the bearer token of each attempt from a source.
        pub fn token_source(self, source: impl $crate::TokenSource) -> Self {
            Self(self.0.token_source(::core::option::Option::None, source))
        }
        /// Replaces the transport.
        pub fn transport(self, transport: impl $crate::Transport) -> Self {
            Self(self.0.transport(transport))
        }
        /// Puts a layer around the transport and the layers before.
        pub fn layer(self, layer: impl $crate::Layer + 'static) -> Self {
            Self(self.0.layer(layer))
        }
        /// Replaces the clock.
        pub fn timer(self, timer: impl $crate::Timer) -> Self {
            Self(self.0.timer(timer))
        }
        /// Replaces the environment in which variables are looked up.
        pub fn environment(
            self,
            find: impl Fn(&str) -> ::core::option::Option<::std::string::String> + Send + Sync + 'static,
        ) -> Self {
            Self(self.0.environment(find))
        }
        $crate::__connection_setters!();
        $crate::__reqwest_setter!();
        $crate::__drift_setter!();
    };
}

#[cfg(feature = "hyper")]
#[doc(hidden)]
#[macro_export]
macro_rules! __connection_setters {
    () => {
        /// Trusts the certificates in a PEM text besides those of the platform: those of a private
        /// authority, or of a proxy that looks into TLS. It has no effect on a transport of your own.
        pub fn root_certificates(self, pem: &str) -> Self {
            Self(self.0.root_certificates(pem))
        }
        /// Shows a certificate to servers that ask the client for one: a PEM text of the certificate,
        /// those that it was issued by, and the private key. It has no effect on a transport of your own.
        pub fn client_certificate(self, pem: &str) -> Self {
            Self(self.0.client_certificate(pem))
        }
        /// Sends everything through a proxy, such as `http://user:password@proxy.example:3128`, instead
        /// of those of the environment. The scheme is `http`, `https` or, under feature `socks`,
        /// `socks5h`, `socks5`, `socks4a` or `socks4`. Plain http to this machine still goes through none.
        /// It has no effect on a transport of your own.
        pub fn proxy(self, url: &str) -> Self {
            Self(self.0.proxy(url))
        }
        /// Excepts hosts from the proxy that `proxy` sets, in the words of `NO_PROXY`:
        /// `internal.example, 10.0.0.0/8`.
        pub fn proxy_exceptions(self, hosts: &str) -> Self {
            Self(self.0.proxy_exceptions(hosts))
        }
        /// Sends nothing through a proxy, whatever the environment says.
        pub fn no_proxy(self) -> Self {
            Self(self.0.no_proxy())
        }
        /// Limits how many connections are kept open for each host while they are not used; no limit
        /// by default, and 0 keeps none. It has no effect on a transport of your own.
        pub fn max_idle_connections(self, limit: usize) -> Self {
            Self(self.0.max_idle_connections(limit))
        }
        /// Limits how long a connection is kept open while it is not used; 90 s by default. It has no
        /// effect on a transport of your own.
        pub fn idle_timeout(self, limit: impl Into<Option<::core::time::Duration>>) -> Self {
            Self(self.0.idle_timeout(limit))
        }
    };
}

#[cfg(not(feature = "hyper"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __connection_setters {
    () => {};
}

#[cfg(feature = "reqwest")]
#[doc(hidden)]
#[macro_export]
macro_rules! __reqwest_setter {
    () => {
        /// Sends through a reqwest client of your own. Turn its redirects off: it would follow them with
        /// all headers. Its connect timeout, proxies and certificates are yours too: none of this
        /// builder's apply.
        pub fn reqwest_client(self, client: $crate::__private::ReqwestClient) -> Self {
            Self(self.0.reqwest_client(client))
        }
    };
}

#[cfg(not(feature = "reqwest"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __reqwest_setter {
    () => {};
}

#[cfg(feature = "drift")]
#[doc(hidden)]
#[macro_export]
macro_rules! __drift_setter {
    () => {
        /// Notes where responses differ from the document.
        pub fn drift(self, drift: &$crate::Drift) -> Self {
            Self(self.0.drift(drift))
        }
    };
}

#[cfg(not(feature = "drift"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __drift_setter {
    () => {};
}
