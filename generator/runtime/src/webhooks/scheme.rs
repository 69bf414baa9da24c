//! The way in which an API signs its webhooks.

use std::time::Duration;

/// The time between signing and arrival that is accepted, in both directions: 5 minutes, as Standard Webhooks has it.
const TOLERANCE: Duration = Duration::from_secs(300);

/// The way in which an API signs its webhooks: an HMAC in a header, over the body and what stands beside it.
#[derive(Clone, Debug)]
pub struct SignatureScheme {
    pub(super) header: &'static str,
    pub(super) algorithm: SignatureAlgorithm,
    pub(super) encoding: SignatureEncoding,
    pub(super) prefix: &'static str,
    pub(super) separator: char,
    pub(super) signed: &'static str,
    pub(super) timestamp: Option<(&'static str, &'static str)>,
    pub(super) id_header: Option<&'static str>,
    pub(super) secret_prefix: Option<&'static str>,
    pub(super) tolerance: Duration,
}

/// The hash function of an HMAC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureAlgorithm {
    /// HMAC-SHA1.
    Sha1,
    /// HMAC-SHA256.
    Sha256,
    /// HMAC-SHA512.
    Sha512,
}

/// The text that the bytes of a signature are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureEncoding {
    /// Two hexadecimal digits for each byte, capital or small.
    Hex,
    /// Base64, in either alphabet.
    Base64,
}

impl SignatureScheme {
    /// [Standard Webhooks](https://www.standardwebhooks.com), version 1: `webhook-id`, `webhook-timestamp` and
    /// `webhook-signature`.
    pub const STANDARD: Self = Self {
        prefix: "v1,",
        separator: ' ',
        encoding: SignatureEncoding::Base64,
        signed: "{id}.{timestamp}.{body}",
        timestamp: Some(("webhook-timestamp", "")),
        id_header: Some("webhook-id"),
        secret_prefix: Some("whsec_"),
        ..Self::new("webhook-signature")
    };

    /// HMAC-SHA256 over the body, in hexadecimal digits.
    #[must_use]
    pub const fn new(header: &'static str) -> Self {
        Self {
            header,
            algorithm: SignatureAlgorithm::Sha256,
            encoding: SignatureEncoding::Hex,
            prefix: "",
            separator: ',',
            signed: "{body}",
            timestamp: None,
            id_header: None,
            secret_prefix: None,
            tolerance: TOLERANCE,
        }
    }

    /// Sets the hash function.
    #[must_use]
    pub const fn algorithm(mut self, algorithm: SignatureAlgorithm) -> Self {
        self.algorithm = algorithm;
        self
    }

    /// Sets the text that signatures are written as.
    #[must_use]
    pub const fn encoding(mut self, encoding: SignatureEncoding) -> Self {
        self.encoding = encoding;
        self
    }

    /// Sets the text before a signature, such as `sha256=`. Entries of the header, between commas, that do not start
    /// with it are no signatures.
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        self.prefix = prefix;
        self
    }

    /// Sets what is signed: a text with `{body}`, and `{timestamp}` and `{id}` where there are such.
    #[must_use]
    pub const fn signed(mut self, template: &'static str) -> Self {
        self.signed = template;
        self
    }

    /// Sets the header that holds the time of signing, in seconds since 1970, behind a prefix: `""`, or `t=` for an
    /// entry between commas.
    #[must_use]
    pub const fn timestamp(mut self, header: &'static str, prefix: &'static str) -> Self {
        self.timestamp = Some((header, prefix));
        self
    }

    /// Sets the header that names the message, by which replays are found.
    #[must_use]
    pub const fn id_header(mut self, header: &'static str) -> Self {
        self.id_header = Some(header);
        self
    }

    /// Sets the time between signing and arrival that is accepted, in both directions; 5 minutes by default.
    #[must_use]
    pub const fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Reads secrets as base64 behind a prefix, which may be missing; else the text itself is the key.
    #[must_use]
    pub const fn base64_secrets(mut self, prefix: &'static str) -> Self {
        self.secret_prefix = Some(prefix);
        self
    }
}
