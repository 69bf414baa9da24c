//! Base64 text (RFC 4648): written with padding, read with or without, in both alphabets.

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// The symbols that a URL or a file name may hold (RFC 4648, section 5).
const URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

pub(crate) fn encode(bytes: &[u8]) -> String {
    encode_by(STANDARD, bytes)
}

pub(crate) fn encode_for_url(bytes: &[u8]) -> String {
    encode_by(URL, bytes)
}

fn encode_by(alphabet: &[u8; 64], bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, byte| group << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for digit in 0..4 {
            let index = (group >> (18 - 6 * digit)) & 63;
            text.push(if digit <= chunk.len() {
                char::from(alphabet[index as usize])
            } else {
                '='
            });
        }
    }
    text
}

pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut group, mut bits) = (0_u32, 0);
    for symbol in text.bytes().filter(|symbol| !matches!(symbol, b'\r' | b'\n')) {
        let value = match symbol {
            b'A'..=b'Z' => symbol - b'A',
            b'a'..=b'z' => symbol - b'a' + 26,
            b'0'..=b'9' => symbol - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        group = group << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.extend(u8::try_from(group >> bits));
            group &= (1 << bits) - 1;
        }
    }
    (bits < 6 && group == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{decode, encode, encode_for_url};

    #[test]
    fn what_is_written_is_read() {
        for len in 0..=9_u8 {
            let bytes: Vec<u8> = (0..len).map(|it| it.wrapping_mul(91).wrapping_add(250)).collect();
            assert_eq!(decode(&encode(&bytes)).as_ref(), Some(&bytes));
            assert_eq!(decode(&encode_for_url(&bytes)), Some(bytes));
        }
        assert_eq!(encode(b"ab"), "YWI=");
    }

    #[test]
    fn each_alphabet_has_its_own_symbols() {
        let bytes = [0xfb, 0xff, 0xbf, 0xfe];
        assert_eq!(encode(&bytes), "+/+//g==");
        assert_eq!(encode_for_url(&bytes), "-_-__g==");
    }

    #[test]
    fn padding_is_optional_and_both_alphabets_are_read() {
        assert_eq!(decode("YWI").as_deref(), Some(&b"ab"[..]));
        assert_eq!(decode("-_-_"), decode("+/+/"));
    }

    #[test]
    fn other_text_is_refused() {
        for text in ["Y", "Y*I=", "YWI=YWI=", "YWJ"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
