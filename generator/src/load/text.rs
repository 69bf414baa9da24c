//! A file's bytes as text: UTF-8, with or without a byte order mark.

/// Why bytes are no text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotText {
    /// The first byte that does not fit.
    pub(super) offset: usize,
    pub(super) message: &'static str,
    pub(super) help: &'static str,
}

/// The bytes behind the byte order mark, where there is one: places are counted from here.
pub(crate) fn body(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// The text of a file.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, NotText> {
    if is_utf16(bytes) {
        return Err(NotText { offset: 0, message: "the file is UTF-16", help: "save it as UTF-8" });
    }
    let body = body(bytes);
    if let Some(offset) = body.iter().position(|&byte| byte == 0) {
        return Err(NotText {
            offset,
            message: "the file is binary: it has a byte 0",
            help: "give the path of a YAML or JSON file",
        });
    }
    std::str::from_utf8(body).map_err(|error| NotText {
        offset: error.valid_up_to(),
        message: "the file is not UTF-8 from here on",
        help: "save it as UTF-8",
    })
}

/// By its byte order mark, or since the document's first character is ASCII.
fn is_utf16(bytes: &[u8]) -> bool {
    match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => true,
        [0, second, ..] => *second != 0,
        [first, 0, third, 0, ..] => *first != 0 && *third != 0,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(decode(b"\xEF\xBB\xBFa: 1"), Ok("a: 1"));
    }

    #[test]
    fn utf16_is_named_with_and_without_its_mark() {
        for bytes in [&b"\xFF\xFEo\0p\0"[..], b"\xFE\xFF\0o", b"\0o\0p", b"o\0p\0"] {
            assert_eq!(decode(bytes).map_err(|it| it.message), Err("the file is UTF-16"));
        }
        assert_ne!(decode(b"o\0\0\0").map_err(|it| it.message), Err("the file is UTF-16"));
    }

    #[test]
    fn bytes_that_are_no_text_are_refused_where_they_stand() {
        assert_eq!(decode(b"ok: \xC3(").map_err(|it| it.offset), Err(4));
        assert_eq!(decode(b"\x7FELF\x02\x01\0").map_err(|it| it.offset), Err(6));
    }
}
