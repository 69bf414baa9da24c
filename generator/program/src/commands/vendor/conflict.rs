//! Where sources disagree, with both places.

use super::collect::Input;
use super::detail;
use super::outline::{self, DocumentPart, Path};
use crate::text;
use anyhow::{Result, bail};
use generator::diag::line;
use generator::{Node, Value};

/// Conflicts that are shown.
const MAX_LINES: usize = 20;
/// Keys below which names stand, whatever they are. Below `parameters` these are numbers, save in links.
const NAMED: [&str; 17] = [
    "properties",
    "patternProperties",
    "$defs",
    "definitions",
    "dependentSchemas",
    "dependentRequired",
    "responses",
    "headers",
    "content",
    "encoding",
    "mapping",
    "variables",
    "links",
    "messages",
    "parameters",
    "callbacks",
    "scopes",
];
/// Keys below which values stand: none of the keys in these is a word of OpenAPI.
const VALUES: [&str; 4] = ["default", "const", "enum", "security"];
/// Characters of a value that are shown.
const VALUE: usize = 60;

/// A part that two sources do not agree on.
pub(super) struct Conflict<'t> {
    /// The part, or the smallest piece of it that differs.
    path: Path,
    what: Difference,
    first: ConflictLocation<'t>,
    second: ConflictLocation<'t>,
}

#[derive(Clone, Copy)]
enum Difference {
    Differs,
    /// The first source has it; of the second, what stands around it is shown.
    OnlyFirst,
    /// The other way round.
    OnlySecond,
}

/// The index of a source, and a node of it.
type ConflictLocation<'t> = (usize, &'t Node);

impl<'t> Conflict<'t> {
    /// All differences of two values of a part; those that are no more than words come last.
    pub(super) fn all(
        path: &[String],
        first: ConflictLocation<'t>,
        second: ConflictLocation<'t>,
    ) -> Vec<Self> {
        let mut found = Vec::new();
        differences(&mut path.to_vec(), first, second, &mut found);
        found.sort_by_key(Self::is_prose);
        found
    }

    /// True if the two say the same to a client: readers alone see the difference.
    pub(super) fn is_prose(&self) -> bool {
        // The first keys lead to the object that a part is of.
        let start = match self.path.first().map(String::as_str) {
            Some("components") => 3,
            Some("paths" | "webhooks" | "tags" | "channels" | "operations") => 2,
            _ => 0,
        };
        let mut keys = self.path.iter().skip(start).map(String::as_str);
        while let Some(key) = keys.next() {
            if is_wording(key) {
                return true;
            }
            if VALUES.contains(&key) || key.starts_with("x-") {
                return false;
            }
            if NAMED.contains(&key) {
                keys.next();
            }
        }
        false
    }

    fn text(&self, inputs: &[Input]) -> String {
        let place = |(source, node): ConflictLocation<'_>| {
            let text = &inputs[source].text;
            format!(
                "{}:{}",
                text.name,
                line(text, node.id).map_or(String::new(), |it| it.to_string())
            )
        };
        let title = outline::title(&self.path);
        let (first, second) = (place(self.first), place(self.second));
        let only = format!("`{title}` is in one source and not in the other");
        match self.what {
            Difference::Differs => format!(
                "`{title}` is not the same in two sources\n  --> {first}: {}\n  --> {second}: {}",
                value(self.first.1),
                value(self.second.1)
            ),
            Difference::OnlyFirst => format!("{only}\n  --> {first}\n  --> {second}: not here"),
            Difference::OnlySecond => format!("{only}\n  --> {first}: not here\n  --> {second}"),
        }
    }
}

/// True if a key speaks to readers alone. A title may become the name of a type.
fn is_wording(key: &str) -> bool {
    key != "title" && detail::WORDING.contains(&key)
}

/// Fails if there is a conflict, and shows each. Those of words alone are warnings.
pub(super) fn check(inputs: &[Input], conflicts: &[Conflict<'_>]) -> Result<()> {
    let (prose, real): (Vec<_>, Vec<_>) = conflicts.iter().partition(|it| it.is_prose());
    let texts = |of: &[&Conflict<'_>]| of.iter().map(|it| it.text(inputs)).collect::<Vec<_>>();
    if real.is_empty() {
        if !prose.is_empty() {
            let texts = text::first(MAX_LINES, &texts(&prose));
            eprint!("warning: the sources word things differently; the last one counts\n{texts}");
        }
        return Ok(());
    }
    let texts = texts(&[real, prose].concat());
    bail!(
        "the sources disagree; nothing was written\n{}  \
         = help: take all of them at the same time, or, with --add, let the new ones count by --replace",
        text::first(MAX_LINES, &texts)
    )
}

/// Parts that speak for what stands beside them, and that not all sources have which have such things.
pub(super) fn missing(inputs: &[Input]) -> Vec<Conflict<'_>> {
    let mut found: Vec<Conflict<'_>> = Vec::new();
    for (source, input) in inputs.iter().enumerate() {
        for (path, node) in outline::leaves(&input.root) {
            let new = !found.iter().any(|it| it.path == path);
            if new && outline::speaks_for_siblings(&path) {
                found.extend(lacking(inputs, &path, (source, node)));
            }
        }
    }
    found
}

fn lacking<'t>(
    inputs: &'t [Input],
    path: &Path,
    has: ConflictLocation<'t>,
) -> Option<Conflict<'t>> {
    let (key, parents) = path.split_last()?;
    let lacks = |(source, input): (usize, &'t Input)| {
        let parent = parents.iter().try_fold(&input.root, |node, key| node.get(key))?;
        let map = match outline::part(parents, parent) {
            DocumentPart::Map(map) => map,
            DocumentPart::Leaf(_) | DocumentPart::Tags(_) => return None,
        };
        (!map.contains_key(key)).then_some((source, parent))
    };
    if inputs[has.0].gives_way {
        return None;
    }
    let second = inputs.iter().enumerate().filter(|(_, it)| !it.gives_way).find_map(lacks)?;
    Some(Conflict { path: path.clone(), what: Difference::OnlyFirst, first: has, second })
}

/// The smallest pieces in which two values differ.
fn differences<'t>(
    path: &mut Path,
    first: ConflictLocation<'t>,
    second: ConflictLocation<'t>,
    found: &mut Vec<Conflict<'t>>,
) {
    let mut add = |path: &Path, what, first, second| {
        found.push(Conflict { path: path.clone(), what, first, second });
    };
    let pairs: Vec<(String, &Node, &Node)> = match (&first.1.value, &second.1.value) {
        _ if first.1 == second.1 => return,
        (Value::Map(a), Value::Map(b)) => {
            for (key, it) in a.iter().filter(|(key, _)| !b.contains_key(*key)) {
                add(
                    &[&path[..], std::slice::from_ref(key)].concat(),
                    Difference::OnlyFirst,
                    (first.0, it),
                    second,
                );
            }
            for (key, it) in b.iter().filter(|(key, _)| !a.contains_key(*key)) {
                add(
                    &[&path[..], std::slice::from_ref(key)].concat(),
                    Difference::OnlySecond,
                    first,
                    (second.0, it),
                );
            }
            let both = a.iter().filter_map(|(key, it)| Some((key.clone(), it, b.get(key)?)));
            both.collect()
        }
        (Value::List(a), Value::List(b)) if a.len() == b.len() => {
            let both = a.iter().zip(b).enumerate();
            both.map(|(index, (one, other))| (index.to_string(), one, other)).collect()
        }
        _ => return add(path, Difference::Differs, first, second),
    };
    for (key, one, other) in pairs {
        path.push(key);
        differences(path, (first.0, one), (second.0, other), found);
        path.pop();
    }
}

/// A value in short.
fn value(node: &Node) -> String {
    let text = match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(it) => it.to_string(),
        Value::Number(it) => it.to_string(),
        Value::Text(it) => format!("{it:?}"),
        Value::List(items) => format!("a list of {}", items.len()),
        Value::Map(map) => {
            format!("an object with {}", map.keys().map(|it| &**it).collect::<Vec<_>>().join(", "))
        }
    };
    if text.chars().count() <= VALUE {
        return text;
    }
    text.chars().take(VALUE).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use generator::Text;

    fn read(text: &str) -> Node {
        // A text that starts with a brace would be JSON.
        let bytes = format!("---\n{text}").into();
        generator::read(&Text { name: "x".to_owned(), bytes }).expect("it is YAML")
    }

    /// True if two values of a part say the same to a client.
    fn is_prose(path: &[&str], one: &str, other: &str) -> bool {
        let path: Vec<_> = path.iter().map(|it| (*it).to_owned()).collect();
        let (one, other) = (read(one), read(other));
        let found = Conflict::all(&path, (0, &one), (1, &other));
        assert!(!found.is_empty(), "{path:?}");
        found.iter().all(Conflict::is_prose)
    }

    #[test]
    fn names_and_values_are_no_words() {
        let operation = ["paths", "/a", "post"];
        for key in NAMED {
            let value = |it: &str| format!("{{{key}: {{description: {{in: {it}}}}}}}");
            assert!(!is_prose(&operation, &value("a"), &value("b")), "{key}");
            let value = |it: &str| format!("{{{key}: {{description: {{description: {it}}}}}}}");
            assert!(is_prose(&operation, &value("a"), &value("b")), "{key}");
        }
        for key in VALUES.into_iter().chain(["x-own"]) {
            let value = |it: &str| format!("{{{key}: {{a: {{description: {it}}}}}}}");
            assert!(!is_prose(&operation, &value("a"), &value("b")), "{key}");
        }
        let property = |it: &str| format!("{{properties: {{properties: {{summary: {it}}}}}}}");
        assert!(is_prose(&["components", "schemas", "A"], &property("a"), &property("b")));
    }

    #[test]
    fn words_are_known_wherever_they_stand() {
        for path in [&["paths", "/a", "summary"][..], &["info", "description"], &["externalDocs"]] {
            assert!(is_prose(path, "a", "b"), "{path:?}");
        }
        let server = |it: &str| format!("[{{url: /, description: {it}}}]");
        assert!(is_prose(&["servers"], &server("a"), &server("b")));
        assert!(!is_prose(&["info", "title"], "a", "b"), "it names the client");
    }
}
