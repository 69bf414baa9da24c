//! HMAC (RFC 2104), compared in constant time.

use super::scheme::SignatureAlgorithm;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Sha256, Sha512};

/// True if a signature is that of these texts, one behind the other.
pub(super) fn verify(
    algorithm: SignatureAlgorithm,
    key: &[u8],
    texts: &[&[u8]],
    signature: &[u8],
) -> bool {
    match algorithm {
        SignatureAlgorithm::Sha1 => is_of::<Hmac<Sha1>>(key, texts, signature),
        SignatureAlgorithm::Sha256 => is_of::<Hmac<Sha256>>(key, texts, signature),
        SignatureAlgorithm::Sha512 => is_of::<Hmac<Sha512>>(key, texts, signature),
    }
}

fn is_of<M: Mac + KeyInit>(key: &[u8], texts: &[&[u8]], signature: &[u8]) -> bool {
    let Ok(mut mac) = <M as KeyInit>::new_from_slice(key) else { return false };
    for text in texts {
        mac.update(text);
    }
    // It compares in constant time, and refuses a signature of another length.
    mac.verify_slice(signature).is_ok()
}
