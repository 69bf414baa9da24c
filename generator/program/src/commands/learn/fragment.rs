//! A piece of YAML with its keys in the order in which a person would write them.

use generator::{Node, Value};

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fragment {
    Text(String),
    /// A number, `true`, `false` or `null`.
    Word(String),
    List(Vec<Fragment>),
    Map(Vec<(String, Fragment)>),
}

/// Characters of a line: 90.
const MAX_LINE: usize = 90;

impl Fragment {
    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    pub(super) fn map<const N: usize>(entries: [(&str, Self); N]) -> Self {
        Self::Map(entries.into_iter().map(|(key, it)| (key.to_owned(), it)).collect())
    }

    /// An object with one entry.
    pub(super) fn entry(key: &str, value: Self) -> Self {
        Self::map([(key, value)])
    }

    pub(super) fn reference(target: &str) -> Self {
        Self::entry("$ref", Self::text(target))
    }

    pub(super) fn of(node: &Node) -> Self {
        match &node.value {
            Value::Null => Self::Word("null".to_owned()),
            Value::Bool(it) => Self::Word(it.to_string()),
            Value::Number(it) => Self::Word(it.to_string()),
            Value::Text(it) => Self::text(it),
            Value::List(list) => Self::List(list.iter().map(Self::of).collect()),
            Value::Map(map) => {
                Self::Map(map.iter().map(|(key, it)| (key.clone(), Self::of(it))).collect())
            }
        }
    }

    /// Adds an entry to an object.
    pub(super) fn with(mut self, key: &str, value: Self) -> Self {
        if let Self::Map(entries) = &mut self {
            entries.push((key.to_owned(), value));
        }
        self
    }

    /// The lines of an entry: one if it is short.
    pub(super) fn lines(&self, key: &str, indent: usize) -> String {
        let key = format!("{}{}:", " ".repeat(indent), plain(key));
        let line = format!("{key} {}\n", self.on_one_line());
        if line.chars().count() <= MAX_LINE {
            return line;
        }
        match self {
            Self::Map(entries) if !entries.is_empty() => {
                let below = entries.iter().map(|(key, it)| it.lines(key, indent + 2));
                format!("{key}\n{}", below.collect::<String>())
            }
            Self::List(items) => {
                let blanks = " ".repeat(indent + 2);
                let below = items.iter().map(|it| format!("{blanks}- {}\n", it.on_one_line()));
                format!("{key}\n{}", below.collect::<String>())
            }
            Self::Map(_) | Self::Text(_) | Self::Word(_) => line,
        }
    }

    pub(super) fn on_one_line(&self) -> String {
        match self {
            Self::Text(text) => plain(text),
            Self::Word(word) => word.clone(),
            Self::List(items) => {
                let items: Vec<_> = items.iter().map(Self::on_one_line).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Map(entries) => {
                let entries: Vec<_> = entries
                    .iter()
                    .map(|(key, it)| format!("{}: {}", plain(key), it.on_one_line()))
                    .collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }
}

/// A text without quotes where it cannot be taken for anything else.
fn plain(text: &str) -> String {
    let starts = text.starts_with(|it: char| it.is_ascii_alphabetic() || it == '$');
    let signs = text.chars().all(|it| it.is_ascii_alphanumeric() || "_-$./".contains(it));
    let word = text.to_ascii_lowercase();
    let means_else = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"];
    match starts && signs && !means_else.contains(&&*word) {
        true => text.to_owned(),
        false if text.chars().all(|it| !it.is_control() && it != '\'') => format!("'{text}'"),
        false => serde_json::Value::from(text).to_string(),
    }
}
