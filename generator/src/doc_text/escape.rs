//! Escapes, and only where a character would otherwise mean something.

/// Appends raw text such that it reads as it is. `next` is the character that follows it in the
/// same word; what comes before is the end of `out`.
pub(super) fn escape(raw: &str, next: Option<char>, out: &mut String) {
    let mut prev = out.chars().next_back();
    // The end of the run of underscores that was met last, and what comes after.
    let mut run = 0;
    let mut beyond = None;
    let mut chars = raw.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, c)| *c);
        if c == '_' && at >= run {
            run = raw[at..].find(|c| c != '_').map_or(raw.len(), |len| at + len);
            beyond = raw[run..].chars().next();
        }
        let special = match c {
            '`' | '*' | '~' | '[' | ']' => true,
            '\\' => after.is_none_or(|c| c.is_ascii_punctuation()),
            '_' => !(is_word(prev) && is_word(beyond)),
            '<' => after.is_some_and(|c| c.is_ascii_alphabetic() || "/!?".contains(c)),
            '&' => is_entity(&raw[at + 1..]),
            // Before a link it would make an image.
            '!' => after.is_none() && next == Some('['),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
        if c != '_' {
            prev = Some(c);
        }
    }
}

/// True if an ampersand before the text would make an entity.
fn is_entity(text: &str) -> bool {
    let end = text.bytes().take(40).position(|b| !b.is_ascii_alphanumeric() && b != b'#');
    end.is_some_and(|end| end > 0 && text[end..].starts_with(';'))
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

/// Where a word needs a backslash if it is the first of its line, so that it does not start a
/// heading, a quote, a list, a table or an underline.
pub(super) fn line_start(word: &str) -> Option<usize> {
    let all = |set: &str| word.chars().all(|c| set.contains(c));
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    match word.as_bytes().first()? {
        b'>' | b'|' => Some(0),
        b'#' if all("#") => Some(0),
        b'=' if all("=") => Some(0),
        b'+' if word == "+" => Some(0),
        b'-' | b':' if all("-:|") => Some(0),
        b'0'..=b'9' if digits <= 9 && matches!(&word[digits..], "." | ")") => Some(digits),
        _ => None,
    }
}

/// The word as the first of a line.
pub(super) fn at_line_start(word: &str) -> String {
    let mut word = word.to_owned();
    if let Some(at) = line_start(&word) {
        word.insert(at, '\\');
    }
    word
}
