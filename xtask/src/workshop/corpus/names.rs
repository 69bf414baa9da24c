//! Lists public names that say nothing to their readers: with a hash, a number that the document has not, or `Variant0`.

use super::generated::GeneratedClient;
use std::collections::BTreeSet;

/// Digits of several numbers that are looked at together, at most.
const MOST_DIGITS: usize = 32;

/// Prints them, and says whether there are any.
pub(super) fn print(made: &[GeneratedClient<'_>]) -> bool {
    let mut found = false;
    for it in made {
        let Ok(output) = &it.output else { continue };
        let surface = output.files.iter().filter(|it| it.path.starts_with("api/"));
        let text = std::fs::read_to_string(&it.document.path).unwrap_or_default();
        let names: BTreeSet<_> = surface.flat_map(|it| names(&it.text)).collect();
        let known = known(&format!("{text} {}", it.document.krate));
        for name in names.iter().filter(|it| is_made(it, &known)) {
            println!("{}: `{name}`", it.document.name);
            found = true;
        }
    }
    if !found {
        println!("no public name has a hash, a number of ours or `Variant0`");
    }
    found
}

/// The identifiers of a surface.
fn names(surface: &str) -> impl Iterator<Item = &str> {
    surface.split(|it: char| !it.is_ascii_alphanumeric() && it != '_').filter(|it| !it.is_empty())
}

/// The numbers at the end of a document's words, and of words with marks between them: `4:3`, `2024-08-06`.
fn known(document: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut end = String::new();
    for word in document.split(|it: char| !it.is_ascii_alphanumeric()) {
        let number = digits(word);
        let is_number = !number.is_empty() && number.len() == word.len();
        if !is_number {
            end.clear();
        }
        for start in 0..end.len() {
            found.insert(format!("{}{number}", &end[start..]));
        }
        found.insert(number.to_owned());
        if end.len() < MOST_DIGITS {
            end.push_str(number);
        }
    }
    // Letters that a name cannot have are there by their codes.
    let odd = document.chars().filter(|it| !it.is_ascii());
    found.extend(odd.map(|it| digits(&format!("{:x}", u32::from(it))).to_owned()));
    found
}

/// The digits at the end of a name.
fn digits(name: &str) -> &str {
    &name[name.trim_end_matches(|it: char| it.is_ascii_digit()).len()..]
}

fn is_made(name: &str, known: &BTreeSet<String>) -> bool {
    let number = digits(name.trim_end_matches('_'));
    // Types of Rust itself.
    let own = matches!(
        name,
        "i8" | "i16" | "i32" | "i64" | "i128" | "u8" | "u16" | "u32" | "u64" | "f32" | "f64"
    );
    let stem = &name[..name.trim_end_matches('_').len() - number.len()];
    let is_number = !number.is_empty() && !own && !known.contains(number);
    is_hashed(name) || stem == "Variant" && !number.is_empty() || is_number
}

/// True if a name has an `x` and six hexadecimal digits as a word.
fn is_hashed(name: &str) -> bool {
    let bytes = name.as_bytes();
    let word = |at: usize| {
        let hex = &bytes[at + 1..at + 7];
        let before = at == 0 || bytes[at - 1] == b'_' || bytes[at] == b'X';
        let end =
            bytes.get(at + 7).is_none_or(|it| !it.is_ascii_lowercase() && !it.is_ascii_digit());
        let mixed = hex.iter().any(u8::is_ascii_digit) && hex.iter().all(u8::is_ascii_hexdigit);
        before && end && mixed
    };
    (0..bytes.len().saturating_sub(6)).any(|at| bytes[at].eq_ignore_ascii_case(&b'x') && word(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_and_numbers_that_the_document_has_not_are_found() {
        let known =
            known("GET /v1/things: {maxItems: 64, name: h264, ratio: '4:3', of: gpt-4-2024-08-06}");
        for name in ["files_x6e647f", "ThingX0a1b2c", "Variant0", "Thing7", "list_9"] {
            assert!(is_made(name, &known), "{name}");
        }
        for name in [
            "Things",
            "i64",
            "H264",
            "Ratio43",
            "Gpt420240806",
            "V1",
            "next_prefix",
            "HexColor",
            "Variant",
        ] {
            assert!(!is_made(name, &known), "{name}");
        }
    }
}
