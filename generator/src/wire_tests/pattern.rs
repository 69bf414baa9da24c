//! Texts for the ordinary regular expressions of documents; others have none.

use std::iter::Peekable;
use std::str::Chars;

/// A text that a pattern accepts; none where the pattern has constructs beyond the ordinary.
pub(super) fn sample(pattern: &str) -> Option<String> {
    let mut rest = pattern.chars().peekable();
    let text = alternatives(&mut rest)?;
    rest.next().is_none().then_some(text)
}

/// `a|b`: the first one.
fn alternatives(rest: &mut Peekable<Chars<'_>>) -> Option<String> {
    let first = sequence(rest)?;
    while rest.next_if_eq(&'|').is_some() {
        sequence(rest)?;
    }
    Some(first)
}

fn sequence(rest: &mut Peekable<Chars<'_>>) -> Option<String> {
    let mut out = String::new();
    while let Some(symbol) = rest.next_if(|it| !matches!(it, '|' | ')')) {
        let piece = match symbol {
            '^' | '$' => continue,
            '(' => group(rest)?,
            '[' => class(rest)?.to_string(),
            '.' => "a".to_owned(),
            '\\' => escaped(rest.next()?)?.to_string(),
            '*' | '+' | '?' | '{' => return None,
            other => other.to_string(),
        };
        out.push_str(&piece.repeat(times(rest)?));
    }
    Some(out)
}

fn group(rest: &mut Peekable<Chars<'_>>) -> Option<String> {
    if rest.next_if_eq(&'?').is_some() {
        rest.next_if_eq(&':')?;
    }
    let text = alternatives(rest)?;
    rest.next_if_eq(&')')?;
    Some(text)
}

/// A character of a class such as `[^a-z_]`.
fn class(rest: &mut Peekable<Chars<'_>>) -> Option<char> {
    let negated = rest.next_if_eq(&'^').is_some();
    let mut ranges: Vec<(char, char)> = Vec::new();
    loop {
        let mut first = rest.next()?;
        if first == ']' && !ranges.is_empty() {
            break;
        }
        if first == '\\' {
            first = escaped(rest.next()?)?;
        }
        let mut last = first;
        if rest.next_if_eq(&'-').is_some() {
            if rest.peek() == Some(&']') {
                ranges.push(('-', '-'));
            } else {
                last = rest.next()?;
            }
        }
        ranges.push((first, last));
    }
    match negated {
        false => ranges.first().map(|it| it.0),
        true => {
            ('a'..='z').chain('0'..='9').find(|it| !ranges.iter().any(|r| (r.0..=r.1).contains(it)))
        }
    }
}

/// A character for the symbol behind a backslash: one of a class, or the symbol itself.
fn escaped(symbol: char) -> Option<char> {
    match symbol {
        'd' => Some('1'),
        's' => Some(' '),
        'w' | 'S' | 'D' => Some('a'),
        'n' => Some('\n'),
        't' => Some('\t'),
        other if other.is_ascii_alphanumeric() => None,
        other => Some(other),
    }
}

/// The number of repetitions of the preceding piece: the least that is allowed, but once where that is allowed.
fn times(rest: &mut Peekable<Chars<'_>>) -> Option<usize> {
    let count = match rest.peek() {
        Some('*' | '+' | '?') => {
            rest.next();
            1
        }
        Some('{') => {
            rest.next();
            let inside: String = std::iter::from_fn(|| rest.next_if(|it| *it != '}')).collect();
            rest.next()?;
            let least = inside.split(',').next()?.trim().parse::<usize>().ok()?;
            if least == 0 && !inside.ends_with(",0") { 1 } else { least }
        }
        _ => return Some(1),
    };
    rest.next_if_eq(&'?');
    (count <= 4096).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_patterns_have_a_sample() {
        let samples = [
            ("^[a-z]{2}-[A-Z]{2}$", Some("aa-AA")),
            ("^[a-zA-Z0-9_-]{1,128}$", Some("a")),
            (r"^\+?\d{3,}(?:\.x|y)*$", Some("+111.x")),
            ("[^a-c]+", Some("d")),
            ("^(?=a)b$", None),
            (r"\p{L}", None),
        ];
        for (pattern, text) in samples {
            assert_eq!(sample(pattern).as_deref(), text, "{pattern}");
        }
    }
}
