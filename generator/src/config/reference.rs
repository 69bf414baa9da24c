//! The reference of `client.yaml` as a page: a table of each object, with a row for each key.

use super::keys;
use super::value_form::{ConfigKey, ValueForm};
use std::fmt::Write;

/// The page, in Markdown.
pub fn reference() -> String {
    let mut page = "# client.yaml\n\nThis file says what a document does not say of its API. Every key may be left out, but \
                    for those in bold, which their object must have.\n"
        .to_owned();
    tables(&mut page, "", &keys::FILE);
    page
}

/// The tables of an object, the value of `path`, and of those within it.
fn tables(page: &mut String, path: &str, form: &ValueForm) {
    let Some(keys) = keys_of(form) else { return };
    if !path.is_empty() {
        let _ = write!(page, "\n## {path}\n");
    }
    page.push_str("\n| key | value | |\n|---|---|---|\n");
    let below = |name: &str| {
        if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
    };
    for key in keys {
        let mut name = format!("`{}`", key.name);
        if key.required {
            name = format!("**{name}**");
        }
        if keys_of(&key.form).is_some() {
            // Of a heading, its anchor has the letters and `_`.
            name = format!("[{name}](#{})", below(key.name).replace('.', ""));
        }
        let _ =
            writeln!(page, "| {name} | {} | {} |", value(&key.form), key.about.replace('|', "\\|"));
    }
    for ConfigKey { name, form, .. } in keys {
        tables(page, &below(name), form);
    }
}

/// The keys of the object that a value is, or of those in a list.
fn keys_of(form: &ValueForm) -> Option<&'static [ConfigKey]> {
    match form {
        ValueForm::Object(keys) | ValueForm::Entries(_, keys) => Some(keys),
        ValueForm::List(form) => keys_of(form),
        ValueForm::Text
        | ValueForm::Flag
        | ValueForm::Number
        | ValueForm::Header
        | ValueForm::Variable
        | ValueForm::Identifier
        | ValueForm::TypePath
        | ValueForm::Trait
        | ValueForm::TraitPath
        | ValueForm::Pointer
        | ValueForm::Rule
        | ValueForm::Choice(_) => None,
    }
}

/// The form of a value, in words.
fn value(form: &ValueForm) -> String {
    match form {
        ValueForm::Text => "a text".to_owned(),
        ValueForm::Flag => "`true` or `false`".to_owned(),
        ValueForm::Number => "a number".to_owned(),
        ValueForm::Header => "the name of a header".to_owned(),
        ValueForm::Variable => "an environment variable".to_owned(),
        ValueForm::Identifier => "a Rust name".to_owned(),
        ValueForm::TypePath => "the path of a type".to_owned(),
        ValueForm::Trait => {
            "`Eq`, `PartialOrd`, `Ord`, `Hash` or the path of a derive macro".to_owned()
        }
        ValueForm::TraitPath => "the path of a derive macro".to_owned(),
        ValueForm::Pointer => "a place in the document, such as `#/paths/~1users/get`".to_owned(),
        ValueForm::Rule => "the code of a finding".to_owned(),
        ValueForm::Choice(words) => {
            words.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(" or ")
        }
        ValueForm::List(ValueForm::Object(_)) => "a list of objects".to_owned(),
        ValueForm::List(form) => format!("a list, each {}", value(form)),
        ValueForm::Entries(key, _) => format!("a list of objects, one for each `{key}`"),
        ValueForm::Object(_) => "an object".to_owned(),
    }
}
