//! Decides which words of a response may be kept: those that a person has chosen for all callers, and no data of one.

use serde_json::Value;

/// Stands for a value that is not kept.
pub(super) const NOT_KEPT: &str = "(not kept)";
/// Stands for names of properties that are not kept: those of a map, or too many.
pub(super) const OTHER_NAMES: &str = "(other names)";

/// Characters of a word: 40.
const MAX_WORD: usize = 40;
/// Digits of a value, and of a name, above which it is data: 12 and 4.
const MAX_DIGITS: usize = 12;
const MAX_DIGITS_OF_NAMES: usize = 4;
/// Digits in a row, and changes between letters and digits in a row of both: 8 and 3.
const MAX_DIGITS_IN_A_ROW: usize = 8;
const MAX_CHANGES: usize = 3;
/// The largest number that is kept.
const MAX_NUMBER: u64 = 99_999;

/// The value of an enum as it is kept.
pub(super) fn value(value: &Value) -> String {
    let kept = match value {
        Value::String(it) if is_word(it, "_.:/+-", MAX_DIGITS) => Some(it.clone()),
        Value::Number(it) => {
            let size = it.as_i64().map(i64::unsigned_abs);
            size.filter(|it| *it <= MAX_NUMBER).map(|_| it.to_string())
        }
        Value::Bool(it) => Some(it.to_string()),
        _ => None,
    };
    kept.unwrap_or_else(|| NOT_KEPT.to_owned())
}

/// True if the name of a property is kept.
pub(super) fn is_name(name: &str) -> bool {
    let plain = name.strip_prefix(['@', '$']).unwrap_or(name);
    is_word(plain, "_-", MAX_DIGITS_OF_NAMES)
}

fn is_word(text: &str, signs: &str, max_digits: usize) -> bool {
    let starts = text.starts_with(|it: char| it.is_ascii_alphanumeric() || it == '_');
    let plain = text.chars().all(|it| it.is_ascii_alphanumeric() || signs.contains(it));
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let mut rows = text.split(|it: char| !it.is_ascii_alphanumeric());
    starts
        && plain
        && text.len() <= MAX_WORD
        && digits <= max_digits
        && !is_uuid(text)
        && rows.all(|it| !is_random(it.as_bytes()))
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36 && text.bytes().all(|it| it.is_ascii_hexdigit() || it == b'-')
}

/// True for what nobody would call a thing: a long number, or letters and digits in turn.
fn is_random(row: &[u8]) -> bool {
    let is_digit = u8::is_ascii_digit;
    let digits = row.split(|it| !is_digit(it)).map(<[u8]>::len).max().unwrap_or(0);
    let changes = row.windows(2).filter(|it| is_digit(&it[0]) != is_digit(&it[1])).count();
    digits > MAX_DIGITS_IN_A_ROW || changes > MAX_CHANGES
}
