//! The hash by which files are recognised.

use sha2::{Digest, Sha256};
use std::fmt::Write;

/// SHA-256, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes any text");
        text
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_empty_text_has_its_well_known_hash() {
        let hash = super::sha256(b"");
        assert!(hash.starts_with("e3b0c44298fc1c14") && hash.ends_with("7852b855"), "{hash}");
    }
}
