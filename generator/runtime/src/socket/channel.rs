//! Channels as generated code describes them.

use crate::operation::{Method, Operation};

/// One channel of an API: where its socket is opened, and with what.
#[derive(Debug)]
pub struct Channel {
    pub(super) operation: Operation,
    pub(super) subprotocols: &'static [&'static str],
}

impl Channel {
    /// A channel and its path: a template with parameters in braces.
    #[must_use]
    pub const fn new(id: &'static str, path: &'static str) -> Self {
        Self { operation: Operation::new(id, Method::Get, path), subprotocols: &[] }
    }

    /// A channel that is opened as an operation's request would be sent.
    #[must_use]
    pub const fn of(operation: Operation) -> Self {
        Self { operation, subprotocols: &[] }
    }

    /// A server of its own: a URL of `ws`, `wss`, `http` or `https`, which may hold `{variables}` or be relative.
    #[must_use]
    pub const fn server(mut self, server: &'static str) -> Self {
        self.operation = self.operation.server(server);
        self
    }

    /// Alternatives of combinations of schemes; none means that no credential is sent.
    #[must_use]
    pub const fn security(mut self, alternatives: &'static [&'static [&'static str]]) -> Self {
        self.operation = self.operation.security(alternatives);
        self
    }

    /// Which of the service's headers the handshake sends.
    #[must_use]
    pub const fn fixed_headers(mut self, names: &'static [&'static str]) -> Self {
        self.operation = self.operation.fixed_headers(names);
        self
    }

    /// Which parameters of its path come from the client unless the caller sets them.
    #[must_use]
    pub const fn client_params(mut self, names: &'static [&'static str]) -> Self {
        self.operation = self.operation.client_params(names);
        self
    }

    /// Query parameters that are always sent.
    #[must_use]
    pub const fn fixed_query(mut self, pairs: &'static [(&'static str, &'static str)]) -> Self {
        self.operation = self.operation.fixed_query(pairs);
        self
    }

    /// Query parameters that a setter must have set before the socket is opened.
    #[must_use]
    pub const fn required(mut self, names: &'static [&'static str]) -> Self {
        self.operation = self.operation.required(names);
        self
    }

    /// Headers that a setter must have set before the socket is opened.
    #[must_use]
    pub const fn required_headers(mut self, names: &'static [&'static str]) -> Self {
        self.operation = self.operation.required_headers(names);
        self
    }

    /// The subprotocols that are offered, the preferred one first.
    #[must_use]
    pub const fn subprotocols(mut self, names: &'static [&'static str]) -> Self {
        self.subprotocols = names;
        self
    }
}
