//! Scalars by type and format.

use crate::ir::{IntKind, Scalar, Type};

/// A string by its format. A format that is not known here is a note about the text, as the
/// specification says, and not another type.
pub(super) fn string(format: Option<&str>) -> Type {
    Type::Scalar(match format {
        Some("date-time") => Scalar::Timestamp,
        Some("byte" | "base64") => Scalar::Base64,
        Some("binary") => Scalar::File,
        Some(format) => match int(format) {
            Some(kind) => Scalar::IntText(kind),
            None => Scalar::Text,
        },
        None => Scalar::Text,
    })
}

/// An integer by its format; 64 bits where it has none.
pub(super) fn integer(format: Option<&str>) -> Type {
    Type::Scalar(Scalar::Int(format.and_then(int).unwrap_or(IntKind::I64)))
}

/// A number by its format. Every one is 64 bits wide, so that none loses digits.
pub(super) fn number(format: Option<&str>) -> Type {
    Type::Scalar(match format.and_then(int) {
        Some(kind) => Scalar::Int(kind),
        None => Scalar::Float,
    })
}

fn int(format: &str) -> Option<IntKind> {
    Some(match format {
        "int8" => IntKind::I8,
        "int16" => IntKind::I16,
        "int32" => IntKind::I32,
        "int64" | "long" => IntKind::I64,
        "uint8" => IntKind::U8,
        "uint16" => IntKind::U16,
        "uint32" | "uint" => IntKind::U32,
        "uint64" => IntKind::U64,
        _ => return None,
    })
}
