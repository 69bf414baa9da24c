//! Decides whether a webhook is genuine.

use super::error::{WebhookError, WebhookErrorKind};
use super::mac;
use super::scheme::{SignatureEncoding, SignatureScheme};
use crate::base64;
use crate::codec::{Decode, from_slice};
use crate::timer::{Timer, TokioTimer};
use http::HeaderMap;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// Messages that are remembered at most; the oldest is forgotten first.
const MAX_SEEN: usize = 100_000;

/// Verifies the signatures of webhooks, and reads them.
///
/// The body has to be the bytes that arrived: JSON that was read and written again has another signature.
pub struct Verifier {
    scheme: SignatureScheme,
    keys: Vec<Vec<u8>>,
    timer: Box<dyn Timer>,
    /// Messages that were accepted, if replays are refused.
    seen: Option<Mutex<HashMap<String, SystemTime>>>,
}

/// A webhook whose signature is right.
struct Verified {
    /// The id of the message, or its signature if messages have no id.
    name: String,
    signed_at: Option<SystemTime>,
}

impl Verifier {
    /// A verifier of [Standard Webhooks](https://www.standardwebhooks.com), with a secret such as `whsec_…`.
    ///
    /// # Errors
    /// A secret that is empty or no base64.
    pub fn standard(secret: &str) -> Result<Self, WebhookError> {
        Self::new(&SignatureScheme::STANDARD, secret)
    }

    /// A verifier of the webhooks that are signed in some way.
    ///
    /// # Errors
    /// A secret that is empty, or not written as the scheme has it.
    pub fn new(scheme: &SignatureScheme, secret: &str) -> Result<Self, WebhookError> {
        let verifier = Self {
            scheme: scheme.clone(),
            keys: Vec::new(),
            timer: Box::new(TokioTimer),
            seen: None,
        };
        verifier.or_secret(secret)
    }

    /// Accepts another secret as well, while one takes the place of the other.
    ///
    /// # Errors
    /// A secret that is empty, or not written as the scheme has it.
    pub fn or_secret(mut self, secret: &str) -> Result<Self, WebhookError> {
        let invalid = |why| WebhookError::new(WebhookErrorKind::Configuration, why);
        let key = match self.scheme.secret_prefix {
            None => secret.as_bytes().to_vec(),
            Some(prefix) => base64::decode(secret.strip_prefix(prefix).unwrap_or(secret))
                .ok_or_else(|| invalid("the secret of the webhooks is no base64"))?,
        };
        if key.is_empty() {
            return Err(invalid("the secret of the webhooks is empty"));
        }
        self.keys.push(key);
        Ok(self)
    }

    /// Sets the time between signing and arrival that is accepted, in both directions; 5 minutes by default.
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.scheme.tolerance = tolerance;
        self
    }

    /// Replaces the clock.
    #[must_use]
    pub fn timer(mut self, timer: impl Timer) -> Self {
        self.timer = Box::new(timer);
        self
    }

    /// Refuses a message that was accepted before, as long as its time of signing is accepted. Off by default: a server
    /// sends a message again, under the same name, if its receiver failed; [`forget`](Self::forget) permits that.
    #[must_use]
    pub fn refuse_replays(mut self) -> Self {
        self.seen = Some(Mutex::default());
        self
    }

    /// Checks that a webhook is genuine.
    ///
    /// # Errors
    /// Missing headers, a wrong signature, a time of signing that is not accepted, a replay.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), WebhookError> {
        let verified = self.check(headers, body)?;
        self.remember(&verified)
    }

    /// Checks that a webhook is genuine, and reads it.
    ///
    /// # Errors
    /// As [`verify`](Self::verify), and a body that is not what was declared.
    pub fn verify_and_parse<T: Decode>(
        &self,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<T, WebhookError> {
        let verified = self.check(headers, body)?;
        let value = from_slice(body).map_err(WebhookError::decode)?;
        self.remember(&verified)?;
        Ok(value)
    }

    /// Permits a message that was accepted to come again: its receiver failed.
    pub fn forget(&self, headers: &HeaderMap) {
        let Some(seen) = &self.seen else { return };
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(id) = self.scheme.id_header.and_then(|it| text(headers, it).ok()) {
            seen.remove(id);
        }
        for signature in self.signatures(text(headers, self.scheme.header).unwrap_or_default()) {
            seen.remove(&base64::encode(&signature));
        }
    }

    fn check(&self, headers: &HeaderMap, body: &[u8]) -> Result<Verified, WebhookError> {
        let scheme = &self.scheme;
        let mut signatures = self.signatures(text(headers, scheme.header)?);
        let id = scheme.id_header.map(|it| text(headers, it)).transpose()?;
        let timestamp = scheme.timestamp.map(|it| self.timestamp(headers, it)).transpose()?;
        let signed = parts(scheme.signed, body, id, timestamp)?;
        let is_right = |signature: &Vec<u8>| {
            let mut keys = self.keys.iter();
            keys.any(|key| mac::verify(scheme.algorithm, key, &signed, signature))
        };
        let Some(signature) = signatures.find(is_right) else {
            let message = format!("no signature in `{}` is that of the body", scheme.header);
            return Err(WebhookError::new(WebhookErrorKind::Signature, message));
        };
        let signed_at = timestamp.map(|it| self.accepted(it)).transpose()?;
        // The header itself may have been changed beside the signature.
        let name = id.map_or_else(|| base64::encode(&signature), str::to_owned);
        Ok(Verified { name, signed_at })
    }

    /// The signatures in a header.
    fn signatures(&self, header: &str) -> impl Iterator<Item = Vec<u8>> {
        let SignatureScheme { separator, prefix, encoding, .. } = self.scheme;
        let entries = header.split(separator).map(str::trim);
        entries.filter_map(move |it| bytes(encoding, it.strip_prefix(prefix)?))
    }

    /// The time of signing, as it is written.
    fn timestamp<'h>(
        &self,
        headers: &'h HeaderMap,
        (header, prefix): (&'static str, &'static str),
    ) -> Result<&'h str, WebhookError> {
        let mut entries = text(headers, header)?.split(self.scheme.separator).map(str::trim);
        entries.find_map(|it| it.strip_prefix(prefix)).ok_or_else(|| {
            let message = format!("the header `{header}` has no entry `{prefix}…`");
            WebhookError::new(WebhookErrorKind::Header, message)
        })
    }

    /// The time of signing, if it is near enough.
    fn accepted(&self, timestamp: &str) -> Result<SystemTime, WebhookError> {
        let since = timestamp.parse().ok().map(Duration::from_secs);
        let time = since.and_then(|it| SystemTime::UNIX_EPOCH.checked_add(it));
        let time = time.ok_or_else(|| {
            let message = format!("the time of signing {timestamp:?} is no number of seconds");
            WebhookError::new(WebhookErrorKind::Header, message)
        })?;
        let now = self.timer.wall();
        let distance = now.duration_since(time).or_else(|_| time.duration_since(now));
        if distance.is_ok_and(|it| it <= self.scheme.tolerance) {
            return Ok(time);
        }
        let message = format!("it was signed more than {:?} away from now", self.scheme.tolerance);
        Err(WebhookError::new(WebhookErrorKind::Timestamp, message))
    }

    fn remember(&self, verified: &Verified) -> Result<(), WebhookError> {
        let Some(seen) = &self.seen else { return Ok(()) };
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.timer.wall();
        // Those that are refused for their age need not be known; without a time of signing none is.
        if verified.signed_at.is_some() {
            seen.retain(|_, time| now <= *time + self.scheme.tolerance);
        }
        if seen.contains_key(&verified.name) {
            let message = "this webhook was accepted before";
            return Err(WebhookError::new(WebhookErrorKind::Replay, message));
        }
        if seen.len() >= MAX_SEEN
            && let Some(oldest) = seen.iter().min_by_key(|it| it.1).map(|it| it.0.clone())
        {
            seen.remove(&oldest);
        }
        seen.insert(verified.name.clone(), verified.signed_at.unwrap_or(now));
        Ok(())
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier").field("scheme", &self.scheme).finish_non_exhaustive()
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Result<&'h str, WebhookError> {
    let text = headers.get(name).and_then(|it| it.to_str().ok());
    text.ok_or_else(|| {
        let message = format!("the header `{name}` is missing, or no text");
        WebhookError::new(WebhookErrorKind::Header, message)
    })
}

/// The texts that are signed, in order.
fn parts<'t>(
    template: &'t str,
    body: &'t [u8],
    id: Option<&'t str>,
    timestamp: Option<&'t str>,
) -> Result<Vec<&'t [u8]>, WebhookError> {
    let unknown = |name: &str| {
        let message = format!("nothing is known of `{{{name}}}`, which is signed");
        WebhookError::new(WebhookErrorKind::Configuration, message)
    };
    let (mut parts, mut rest) = (Vec::new(), template);
    while let Some((before, name, after)) = rest
        .split_once('{')
        .and_then(|(before, rest)| rest.split_once('}').map(|(name, after)| (before, name, after)))
    {
        parts.push(before.as_bytes());
        parts.push(match name {
            "body" => body,
            "id" => id.ok_or_else(|| unknown(name))?.as_bytes(),
            "timestamp" => timestamp.ok_or_else(|| unknown(name))?.as_bytes(),
            name => return Err(unknown(name)),
        });
        rest = after;
    }
    parts.push(rest.as_bytes());
    Ok(parts)
}

pub(super) fn bytes(encoding: SignatureEncoding, text: &str) -> Option<Vec<u8>> {
    match encoding {
        SignatureEncoding::Base64 => base64::decode(text),
        SignatureEncoding::Hex => {
            let digits: Option<Vec<u32>> = text.chars().map(|it| it.to_digit(16)).collect();
            let digits = digits.filter(|it| it.len() % 2 == 0)?;
            digits.chunks(2).map(|it| u8::try_from(it[0] * 16 + it[1]).ok()).collect()
        }
    }
}
