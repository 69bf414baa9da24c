//! Calls of the runtime's macros, which prettyplease sets like running text: a table has a row a line.

use std::fmt::Write;

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

/// The greatest width of a line.
const WIDTH: usize = 100;

/// A macro call in the place of an item.
pub(super) fn call(path: &str, tokens: TokenStream) -> String {
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let rows = tokens.pop_if(|it| is_table(it));
    match rows {
        Some(TokenTree::Group(group)) => table(path, &line(tokens), &group),
        _ => match format!("{path}!({});", line(tokens.clone())) {
            short if short.len() <= WIDTH => format!("{short}\n"),
            _ => format!("{path}!(\n    {}\n);\n", wrapped(tokens)),
        },
    }
}

/// True if a token is a list of rows: in braces, or in parentheses with arrows in it.
fn is_table(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else { return false };
    let has = |wanted: char| {
        let fits = |it: TokenTree| matches!(it, TokenTree::Punct(it) if it.as_char() == wanted);
        group.stream().into_iter().any(fits)
    };
    match group.delimiter() {
        Delimiter::Brace => has(','),
        Delimiter::Parenthesis => has('='),
        Delimiter::Bracket | Delimiter::None => false,
    }
}

fn table(path: &str, head: &str, group: &Group) -> String {
    let (open, close) = match group.delimiter() {
        Delimiter::Parenthesis => ('(', ')'),
        Delimiter::Brace | Delimiter::Bracket | Delimiter::None => ('{', '}'),
    };
    let mut text = format!("{path}!({head} {open}\n");
    let mut row = Vec::new();
    for token in group.stream() {
        if matches!(&token, TokenTree::Punct(it) if it.as_char() == ',') {
            let _ = writeln!(text, "    {},", wrapped(std::mem::take(&mut row)));
        } else {
            row.push(token);
        }
    }
    if !row.is_empty() {
        let _ = writeln!(text, "    {},", wrapped(row));
    }
    let _ = writeln!(text, "{close});");
    text
}

/// Tokens behind four blanks. A line that is too long is broken before a bar, an arrow or `as`, and indented.
fn wrapped(tokens: Vec<TokenTree>) -> String {
    let whole = line(tokens.clone());
    if whole.len() + 5 <= WIDTH {
        return whole;
    }
    let mut text = String::new();
    let mut width = 4;
    for part in breakable(tokens).into_iter().map(line) {
        let part = part.trim_start();
        if text.is_empty() {
            width += part.len();
        } else if width + part.len() + 2 <= WIDTH {
            text.push(' ');
            width += part.len() + 1;
        } else {
            text.push_str("\n        ");
            width = 8 + part.len();
        }
        text.push_str(part);
    }
    text
}

/// Tokens in parts that begin where a line may.
fn breakable(tokens: Vec<TokenTree>) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    for token in tokens {
        let starts = match &token {
            TokenTree::Punct(it) => {
                it.as_char() == '|' || it.as_char() == '-' && it.spacing() == Spacing::Joint
            }
            TokenTree::Ident(it) => it == "as",
            TokenTree::Group(_) | TokenTree::Literal(_) => false,
        };
        match parts.last_mut() {
            Some(last) if !starts => last.push(token),
            _ => parts.push(vec![token]),
        }
    }
    parts
}

/// Tokens on one line, with blanks as one sets them.
fn line(tokens: Vec<TokenTree>) -> String {
    let mut text = String::new();
    let mut tokens = tokens.into_iter().peekable();
    // True if the next token needs a blank before it.
    let mut gap = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => {
                let is_payload = is_payload(&text, &group);
                spaced(&mut text, gap && !is_payload, &inner(&group));
                gap = true;
            }
            TokenTree::Punct(punct) => {
                let joint = punct.spacing() == Spacing::Joint;
                let next = tokens.peek().and_then(|it| match it {
                    TokenTree::Punct(it) if joint => Some(it.as_char()),
                    _ => None,
                });
                match (punct.as_char(), next) {
                    (':', Some(':')) => {
                        tokens.next();
                        text.push_str("::");
                        gap = false;
                    }
                    (first @ ('=' | '-'), Some('>')) => {
                        tokens.next();
                        let _ = write!(text, " {first}>");
                        gap = true;
                    }
                    ('<', _) => {
                        text.push('<');
                        gap = false;
                    }
                    (it @ ('>' | ','), _) => {
                        text.push(it);
                        gap = true;
                    }
                    (it @ ('-' | '&' | '#' | '\''), _) => {
                        spaced(&mut text, gap, it.encode_utf8(&mut [0; 4]));
                        gap = false;
                    }
                    (it, _) => {
                        spaced(&mut text, true, it.encode_utf8(&mut [0; 4]));
                        gap = true;
                    }
                }
            }
            word @ (TokenTree::Ident(_) | TokenTree::Literal(_)) => {
                spaced(&mut text, gap, &word.to_string());
                gap = true;
            }
        }
    }
    text
}

/// True if a group is the payload behind the name of a variant: `Id(Box)`, or `Id(Map<A, B>)` at the start of a row;
/// other types with parentheses are tuples, and have a comma.
fn is_payload(before: &str, group: &Group) -> bool {
    let is_variant = before.starts_with(|it: char| it.is_ascii_uppercase())
        && before.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
    group.delimiter() == Delimiter::Parenthesis
        && (is_variant || group.stream().into_iter().count() == 1)
}

fn spaced(text: &mut String, gap: bool, word: &str) {
    if gap && !text.is_empty() {
        text.push(' ');
    }
    text.push_str(word);
}

fn inner(group: &Group) -> String {
    let (open, close) = match group.delimiter() {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{ ", " }"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    };
    format!("{open}{}{close}", line(group.stream().into_iter().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(path: &str, text: &str) -> String {
        call(path, text.parse().unwrap())
    }

    #[test]
    fn a_table_has_a_row_a_line() {
        let rows =
            r#"Voice by "mode" { "id" | "ids" => Id, "embedding" => Embedding(Box) + tag, }"#;
        assert_eq!(
            set("tagged_union", rows),
            "tagged_union!(Voice by \"mode\" {\n    \"id\" | \"ids\" => Id,\n    \"embedding\" => Embedding(Box) + tag,\n});\n"
        );
        assert_eq!(
            set("tagged_union", "Shape by \"sides\" (3 => Triangle, -1 => Odd)"),
            "tagged_union!(Shape by \"sides\" (\n    3 => Triangle,\n    -1 => Odd,\n));\n"
        );
    }

    #[test]
    fn payloads_of_variants_are_set_like_those_of_an_enum() {
        assert_eq!(
            set("payloads", "U { Text(String | &str), Map(BTreeMap<String, i64>), Id(Box<Id>), }"),
            "payloads!(U {\n    Text(String | &str),\n    Map(BTreeMap<String, i64>),\n    Id(Box<Id>),\n});\n"
        );
    }

    #[test]
    fn what_is_too_long_for_a_line_goes_on_in_the_next_one() {
        let tags: Vec<_> = (0..12).map(|it| format!("\"transfer_{it}\"")).collect();
        let text =
            set("tagged_union", &format!("T by \"t\" {{ {} => Id(Box), }}", tags.join(" | ")));
        assert!(text.lines().all(|it| it.len() <= WIDTH), "{text}");
        assert!(text.contains("\n        | \"transfer_"), "{text}");

        let long = "SomeRatherLongNameOfABuilder for SomeRatherLongNameOfAHandle::some_method";
        assert_eq!(
            set("runtime::operation", &format!("{long} -> json types::SomeRatherLongNameOfAType")),
            format!(
                "runtime::operation!(\n    {long}\n        -> json types::SomeRatherLongNameOfAType\n);\n"
            )
        );
    }

    #[test]
    fn types_are_set_without_blanks() {
        assert_eq!(
            set(
                "operation",
                "List for Users::list -> pages Vec<std::collections::BTreeMap<String, types::User>>"
            ),
            "operation!(List for Users::list -> pages Vec<std::collections::BTreeMap<String, types::User>>);\n"
        );
        assert_eq!(set("records", "Dataset"), "records!(Dataset);\n");
        assert_eq!(
            set("operation", "A for B::c -> json (i64, String,)"),
            "operation!(A for B::c -> json (i64, String,));\n"
        );
    }

    #[test]
    fn what_is_set_reads_as_the_same_tokens() {
        let text = r#"Input { Text, Count as codec::List<codec::Int64String>, B = r"x", C = -1.5, D = 3000000000i64, }"#;
        let tokens = |text: &str| text.parse::<TokenStream>().unwrap().to_string();
        let printed = set("untagged_union", text);
        assert_eq!(tokens(&printed), tokens(&format!("untagged_union!({text});")));
    }
}
