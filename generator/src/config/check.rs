//! Compares `client.yaml` with the table of its keys, and objects to each difference where it is.

use super::DerivedTrait;
use super::type_path::TypePath;
use super::value_form::{ConfigKey, ValueForm};
use crate::diag::{
    BAD_CLIENT, Diagnostic, Exact, RULES, Sink, SourceId, SpecPtr, UNKNOWN_KEY, nearest_name,
};
use crate::load::{Map, Node, Value};
use std::collections::HashMap;
use std::fmt;

/// True if a value has its form.
pub(super) fn fits(node: &Node, form: &ValueForm, at: &SpecPtr, sink: &mut Sink) -> bool {
    match form {
        ValueForm::Object(keys) => match &node.value {
            Value::Map(map) => object(map, keys, at, sink),
            _ => bad(sink, at, "expected keys and values here"),
        },
        ValueForm::List(form) => items(node, form, at, sink),
        ValueForm::Entries(key, keys) => {
            items(node, &ValueForm::Object(keys), at, sink) && differ(node, (key, keys), at, sink)
        }
        ValueForm::Number => match node.to_json().as_u64() {
            Some(number) if i64::try_from(number).is_ok() => true,
            Some(_) | None => bad(sink, at, "expected a number here, such as 0 or 1"),
        },
        ValueForm::Flag => {
            node.as_bool().is_some() || bad(sink, at, "expected `true` or `false` here")
        }
        ValueForm::Text | ValueForm::Header => text(node, at, sink).is_some(),
        ValueForm::Variable => named(
            node,
            is_variable,
            "expected an environment variable's name, such as `ACME_API_KEY`",
            at,
            sink,
        ),
        ValueForm::Identifier => {
            named(node, is_identifier, "expected a Rust name in small letters", at, sink)
        }
        ValueForm::Pointer => pointer(node, at, sink),
        ValueForm::TypePath => named(
            node,
            |it| TypePath::parse(it).is_some(),
            "expected the path of a type of another crate, such as `uuid::Uuid`",
            at,
            sink,
        ),
        ValueForm::Trait => derived(node, at, sink),
        ValueForm::TraitPath => named(
            node,
            |it| {
                matches!(
                    DerivedTrait::parse(it),
                    Some(DerivedTrait::Path(_) | DerivedTrait::JsonSchema)
                )
            },
            "expected the path of a derive macro, such as `arbitrary::Arbitrary`",
            at,
            sink,
        ),
        ValueForm::Rule => choice(node, RULES.iter().map(|it| it.code), at, sink),
        ValueForm::Choice(words) => choice(node, words.iter().copied(), at, sink),
    }
}

fn items(node: &Node, form: &ValueForm, at: &SpecPtr, sink: &mut Sink) -> bool {
    let Value::List(list) = &node.value else { return bad(sink, at, "expected a list here") };
    let fit = |(index, it): (usize, &Node)| fits(it, form, &at.item(index), sink);
    list.iter().enumerate().map(fit).fold(true, |all, it| all & it)
}

/// True if all objects have different texts in a key.
fn differ(node: &Node, (key, keys): (&str, &[ConfigKey]), at: &SpecPtr, sink: &mut Sink) -> bool {
    let folds = keys.iter().any(|it| it.name == key && matches!(it.form, ValueForm::Header));
    let mut seen = HashMap::new();
    let mut all = true;
    for (index, it) in node.as_list().into_iter().flatten().enumerate() {
        let Some((text, id)) = it.get(key).and_then(|it| Some((it.as_str()?, it.id))) else {
            continue;
        };
        let thing = if folds { text.to_ascii_lowercase() } else { text.to_owned() };
        let Some(first) = seen.get(&thing) else {
            seen.insert(thing, id);
            continue;
        };
        let at = at.item(index).child(key);
        let found = report(sink, &at, format_args!("`{text}` has two entries"));
        found.also(*first, "first here").help("write one entry for both");
        all = false;
    }
    all
}

fn object(map: &Map, keys: &[ConfigKey], at: &SpecPtr, sink: &mut Sink) -> bool {
    let mut all = true;
    for (name, node) in map {
        let at = at.child(name);
        all &= match keys.iter().find(|key| key.name == name) {
            // A key without a value says nothing.
            Some(key) if node.value == Value::Null && !key.required => true,
            Some(key) => fits(node, &key.form, &at, sink),
            None => unknown((name, node), keys, &at, sink),
        };
    }
    for key in keys.iter().filter(|key| key.required && !map.contains_key(key.name)) {
        let found = report(sink, at, format_args!("`{}` is missing", key.name));
        found.help(format_args!("add `{}:`. {}", key.name, key.about));
        all = false;
    }
    all
}

fn unknown((name, node): (&str, &Node), keys: &[ConfigKey], at: &SpecPtr, sink: &mut Sink) -> bool {
    let message = format_args!("nothing reads the key `{name}`");
    let found = sink.report_in(SourceId::Client, &UNKNOWN_KEY, at, message);
    found.exactly(Exact::Key(node.id));
    let names = || keys.iter().map(|key| key.name);
    match nearest_name(name, names()) {
        Some(near) => found.label(format_args!("did you mean `{near}`?")),
        None => found.help(format_args!("there is {}", list(names()))),
    };
    false
}

/// A text that is not empty.
fn text<'n>(node: &'n Node, at: &SpecPtr, sink: &mut Sink) -> Option<&'n str> {
    match &node.value {
        Value::Text(text) if !text.trim().is_empty() => Some(text),
        Value::Text(_) | Value::Null => {
            report(sink, at, "expected a text, and this is empty");
            None
        }
        Value::Bool(_) | Value::Number(_) => {
            report(sink, at, "expected a text here").help("put it in quotes");
            None
        }
        Value::List(_) | Value::Map(_) => {
            report(sink, at, "expected a text here");
            None
        }
    }
}

/// A known trait, or the path of a derive macro.
fn derived(node: &Node, at: &SpecPtr, sink: &mut Sink) -> bool {
    let Some(text) = text(node, at, sink) else { return false };
    if DerivedTrait::parse(text).is_some() {
        return true;
    }
    let known = DerivedTrait::KNOWN;
    let message = "expected `Eq`, `PartialOrd`, `Ord`, `Hash` or the path of a derive macro, such as `arbitrary::Arbitrary`";
    let found = report(sink, at, message);
    if let Some(near) = nearest_name(text, known.iter().map(DerivedTrait::name)) {
        found.label(format_args!("did you mean `{near}`?"));
    }
    false
}

fn is_variable(text: &str) -> bool {
    text.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_')
}

fn is_identifier(text: &str) -> bool {
    text.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_')
}

fn named(
    node: &Node,
    letters: fn(&str) -> bool,
    wanted: &str,
    at: &SpecPtr,
    sink: &mut Sink,
) -> bool {
    let Some(text) = text(node, at, sink) else { return false };
    let fits = letters(text) && !text.starts_with(|c: char| c.is_ascii_digit());
    fits || bad(sink, at, wanted)
}

fn pointer(node: &Node, at: &SpecPtr, sink: &mut Sink) -> bool {
    let Some(text) = text(node, at, sink) else { return false };
    if text.starts_with("#/") {
        return true;
    }
    let found = report(sink, at, "expected a place in the document");
    found.help("write it as `'#/paths/~1users~1{id}/get'`: `/` in a key is `~1`, `~` is `~0`");
    false
}

fn choice(
    node: &Node,
    words: impl Iterator<Item = &'static str> + Clone,
    at: &SpecPtr,
    sink: &mut Sink,
) -> bool {
    let Some(text) = text(node, at, sink) else { return false };
    if words.clone().any(|word| word == text) {
        return true;
    }
    let found = report(sink, at, format_args!("`{text}` is none of the words that fit here"));
    if let Some(near) = nearest_name(text, words.clone()) {
        found.label(format_args!("did you mean `{near}`?"));
    }
    found.help(format_args!("there is {}", list(words)));
    false
}

fn list(words: impl Iterator<Item = &'static str>) -> String {
    words.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn bad(sink: &mut Sink, at: &SpecPtr, message: &str) -> bool {
    report(sink, at, message);
    false
}

fn report<'s>(sink: &'s mut Sink, at: &SpecPtr, message: impl fmt::Display) -> &'s mut Diagnostic {
    sink.report_in(SourceId::Client, &BAD_CLIENT, at, message)
}
