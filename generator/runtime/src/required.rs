//! The errors of builders of types that lack a field.

use crate::error::{Error, ErrorKind};

/// The error that names what a builder was not given: each field with whether it is there.
#[doc(hidden)]
#[must_use]
pub fn missing_fields(name: &str, fields: &[(&str, bool)]) -> Error {
    let missing =
        fields.iter().filter(|(_, present)| !present).map(|(field, _)| format!("`{field}`"));
    let missing = missing.collect::<Vec<_>>().join(", ");
    Error::new(ErrorKind::MissingParameter, format!("`{name}` lacks {missing}"))
}

#[cfg(test)]
mod tests {
    use super::missing_fields;

    #[test]
    fn every_missing_field_is_named() {
        let error = missing_fields("Voice", &[("id", true), ("mode", false), ("language", false)]);
        assert!(error.to_string().contains("`Voice` lacks `mode`, `language`"), "{error}");
    }
}
