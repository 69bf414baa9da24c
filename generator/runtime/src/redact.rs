//! Takes credentials that a server repeated out of texts.

use crate::secret::Secret;

/// Shorter keys are not looked for: they would be found in words.
const MIN: usize = 8;

const REDACTED: &str = "[redacted]";

/// A text without secrets.
pub(crate) fn redact(text: String, secrets: &[Secret]) -> String {
    let secrets = long(secrets);
    if secrets.is_empty() {
        return text;
    }
    shown(&text, &secrets, usize::MAX, false).0
}

/// The first characters of a text without secrets, and whether there are more.
pub(crate) fn excerpt(text: &str, secrets: &[Secret], max: usize, is_cut: bool) -> (String, bool) {
    shown(text, &long(secrets), max, is_cut)
}

fn long(secrets: &[Secret]) -> Vec<&[u8]> {
    let secrets = secrets.iter().map(|it| it.expose().as_bytes());
    secrets.filter(|it| it.len() >= MIN).collect()
}

fn shown(text: &str, secrets: &[&[u8]], max: usize, is_cut: bool) -> (String, bool) {
    let (mut out, mut count, mut at) = (String::new(), 0, 0);
    while let Some(next) = text[at..].chars().next() {
        if count >= max {
            return (out, true);
        }
        let rest = &text.as_bytes()[at..];
        let found = secrets.iter().filter_map(|it| found(rest, it, is_cut)).max();
        match found {
            Some(len) => {
                at += len;
                while !text.is_char_boundary(at) {
                    at += 1;
                }
                out.push_str(REDACTED);
                count += REDACTED.len();
            }
            None => {
                at += next.len_utf8();
                out.push(next);
                count += 1;
            }
        }
    }
    (out, is_cut)
}

/// The length of the secret, or of its start at the end of the text, that a text begins with.
fn found(text: &[u8], secret: &[u8], is_cut: bool) -> Option<usize> {
    if text.get(..secret.len()).is_some_and(|it| it.eq_ignore_ascii_case(secret)) {
        return Some(secret.len());
    }
    let (mut at, mut known) = (0, 0);
    while known < secret.len() {
        if at == text.len() {
            return (known >= MIN || is_cut && known > 0).then_some(at);
        }
        let (read, same) = unit(&text[at..], &secret[known..])?;
        (at, known) = (at + read, known + same);
    }
    Some(at)
}

/// Matches one character in any spelling: the bytes of the text and of the secret.
fn unit(text: &[u8], secret: &[u8]) -> Option<(usize, usize)> {
    let escaped = match text[0] {
        b'%' => percent(text),
        b'\\' => json(text),
        b'&' => entity(text),
        b'+' => Some((' ', 1)),
        _ => None,
    };
    if let Some((found, read)) = escaped {
        let mut buffer = [0; 4];
        // A percent-encoded byte need not be a whole character.
        let bytes = match found {
            '\u{80}'..='\u{ff}' if text[0] == b'%' => {
                buffer[0] = u8::try_from(u32::from(found)).unwrap_or_default();
                &buffer[..1]
            }
            found => found.encode_utf8(&mut buffer).as_bytes(),
        };
        let is_same = |(one, other): (&u8, &u8)| one.eq_ignore_ascii_case(other);
        if bytes.len() <= secret.len() && bytes.iter().zip(secret).all(is_same) {
            return Some((read, bytes.len()));
        }
    }
    text[0].eq_ignore_ascii_case(&secret[0]).then_some((1, 1))
}

fn number(digits: Option<&[u8]>, radix: u32) -> Option<char> {
    let digits = std::str::from_utf8(digits?).ok()?;
    let digits = Some(digits).filter(|it| it.bytes().all(|it| it.is_ascii_alphanumeric()))?;
    char::from_u32(u32::from_str_radix(digits, radix).ok()?)
}

/// `%2F`, and `%252F` of what was encoded twice.
fn percent(text: &[u8]) -> Option<(char, usize)> {
    let again = text.get(1..3) == Some(b"25");
    let twice = again.then(|| number(text.get(3..5), 16)).flatten().map(|it| (it, 5));
    twice.or_else(|| number(text.get(1..3), 16).map(|it| (it, 3)))
}

/// `\/` and `\u002f`, also behind the backslashes of JSON within JSON.
fn json(text: &[u8]) -> Option<(char, usize)> {
    let slashes = text.iter().take_while(|it| **it == b'\\').count();
    let Some(letter) = text.get(slashes) else { return Some(('\\', slashes)) };
    let one = |it: char| Some((it, slashes + 1));
    match letter {
        b'u' => {
            let at = slashes + 1;
            let first = text.get(at..at + 4)?;
            match number(Some(first), 16) {
                Some(found) => Some((found, at + 4)),
                None => surrogates(first, text.get(at + 4..)?).map(|it| (it.0, at + 4 + it.1)),
            }
        }
        b'/' => one('/'),
        b'"' => one('"'),
        b'n' => one('\n'),
        b'r' => one('\r'),
        b't' => one('\t'),
        _ if slashes > 1 => Some(('\\', 2)),
        _ => None,
    }
}

/// The character of two halves, and the bytes of the second one.
fn surrogates(first: &[u8], rest: &[u8]) -> Option<(char, usize)> {
    let slashes = rest.iter().take_while(|it| **it == b'\\').count();
    let half = |it: &[u8]| u16::from_str_radix(std::str::from_utf8(it).ok()?, 16).ok();
    let second = rest.get(slashes..)?.strip_prefix(b"u")?.get(..4)?;
    let found = char::decode_utf16([half(first)?, half(second)?]).next()?.ok()?;
    Some((found, slashes + 5))
}

/// `&#47;`, `&#x2f;` and the five names that HTML and XML share.
fn entity(text: &[u8]) -> Option<(char, usize)> {
    let end = text.iter().take(12).position(|it| *it == b';')?;
    let found = match &text[1..end] {
        b"amp" => '&',
        b"lt" => '<',
        b"gt" => '>',
        b"quot" => '"',
        b"apos" => '\'',
        [b'#', b'x' | b'X', digits @ ..] => number(Some(digits), 16)?,
        [b'#', digits @ ..] => number(Some(digits), 10)?,
        _ => return None,
    };
    Some((found, end + 1))
}

#[cfg(test)]
mod tests {
    use super::{MIN, excerpt, redact};
    use crate::secret::Secret;

    const KEY: &str = "sk/+é\"&key=1";

    fn secrets() -> [Secret; 1] {
        [KEY.into()]
    }

    #[test]
    fn every_spelling_of_a_key_is_found() {
        for spelling in [
            KEY,
            r#"sk\/+é\"&key=1"#,
            r"sk\u002F\u002b\u00e9\u0022\u0026key\u003d1",
            r#"sk\\/+\\u00e9\\\"&key=1"#,
            "sk%2F%2b%C3%A9%22%26key%3D1",
            "sk%252F%252b%25C3%25A9%2522%2526key%253D1",
            "sk&#47;&#x2b;&#233;&quot;&amp;key=1",
            "SK/+é\"&KEY=1",
        ] {
            let text = redact(format!("a {spelling} b {spelling}"), &secrets());
            assert_eq!(text, "a [redacted] b [redacted]", "{spelling}");
        }
        let emoji: Secret = "key-😀-key".into();
        let text = redact(r"key-\ud83d\ude00-key".to_owned(), &[emoji]);
        assert_eq!(text, "[redacted]");
        let spaced: Secret = "a key with spaces".into();
        assert_eq!(redact("a+key%20with+spaces".to_owned(), &[spaced]), "[redacted]");
        let slashes: Secret = r"back\slash\\key".into();
        for spelling in [r"back\slash\\key", r"back\\slash\\\\key"] {
            assert_eq!(redact(spelling.to_owned(), std::slice::from_ref(&slashes)), "[redacted]");
        }
    }

    #[test]
    fn the_part_of_a_key_at_the_end_of_a_cut_text_is_taken_out() {
        let key = "k".to_owned() + &"0123456789".repeat(600);
        let secrets = [Secret::from(key.as_str())];
        for len in [MIN, 200, 5000] {
            let text = redact(format!("x {}", &key[..len]), &secrets);
            assert_eq!(text, "x [redacted]", "{len}");
        }
        assert_eq!(redact(key[..MIN - 1].to_owned(), &secrets), key[..MIN - 1]);
        assert_eq!(excerpt("x k0", &secrets, 300, true).0, "x [redacted]");
        assert_eq!(excerpt("x k0", &secrets, 300, false).0, "x k0");
    }

    #[test]
    fn short_keys_change_no_words() {
        let secrets = ["a".into(), "".into(), "request".into(), Secret::from("long enough")];
        assert_eq!(redact("a request".to_owned(), &secrets), "a request");
    }

    #[test]
    fn of_keys_that_begin_alike_the_longest_is_taken_out() {
        let secrets = [Secret::from("key-0123"), Secret::from("key-0123:password")];
        assert_eq!(redact("key-0123:password!".to_owned(), &secrets), "[redacted]!");
    }

    #[test]
    fn an_excerpt_ends_after_as_many_characters_and_says_so() {
        let text = format!("{KEY}{KEY} and {}", "é".repeat(400));
        let (shown, more) = excerpt(&text, &secrets(), 30, false);
        assert_eq!((shown.as_str(), more), ("[redacted][redacted] and ééééé", true));
        assert_eq!(excerpt("abc", &secrets(), 3, false), ("abc".to_owned(), false));
    }
}
