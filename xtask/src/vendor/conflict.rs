//! Where sources disagree, with both places.

use super::collect::Input;
use super::outline::{self, Part, Path};
use crate::text;
use anyhow::{Result, bail};
use generator::diag::line;
use generator::{Node, Value};

/// Conflicts that are shown.
const MOST: usize = 20;
/// Characters of a value that are shown.
const VALUE: usize = 60;

/// A part that two sources do not agree on.
pub(super) struct Conflict<'t> {
    /// The part, or the smallest piece of it that differs.
    path: Path,
    what: What,
    first: Place<'t>,
    second: Place<'t>,
}

#[derive(Clone, Copy)]
enum What {
    Differs,
    /// The first source has it; of the second, what stands around it is shown.
    OnlyFirst,
    /// The other way round.
    OnlySecond,
}

/// The index of a source, and a node of it.
type Place<'t> = (usize, &'t Node);

impl<'t> Conflict<'t> {
    pub(super) fn differs(path: &[String], first: Place<'t>, second: Place<'t>) -> Self {
        let mut path = path.to_vec();
        let (what, one, other) = difference(first.1, second.1, &mut path);
        Self { path, what, first: (first.0, one), second: (second.0, other) }
    }

    fn text(&self, inputs: &[Input]) -> String {
        let place = |(source, node): Place<'_>| {
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
            What::Differs => format!(
                "`{title}` is not the same in two sources\n  --> {first}: {}\n  --> {second}: {}",
                value(self.first.1),
                value(self.second.1)
            ),
            What::OnlyFirst => format!("{only}\n  --> {first}\n  --> {second}: not here"),
            What::OnlySecond => format!("{only}\n  --> {first}: not here\n  --> {second}"),
        }
    }
}

/// Fails if there is a conflict, and shows each.
pub(super) fn check(inputs: &[Input], conflicts: &[Conflict<'_>]) -> Result<()> {
    if conflicts.is_empty() {
        return Ok(());
    }
    let texts = conflicts.iter().map(|it| it.text(inputs)).collect::<Vec<_>>();
    bail!(
        "the sources disagree; nothing was written\n{}  \
         = help: take all of them at the same time, or, with --add, let the new ones count by --replace",
        text::first(MOST, &texts)
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

fn lacking<'t>(inputs: &'t [Input], path: &Path, has: Place<'t>) -> Option<Conflict<'t>> {
    let (key, parents) = path.split_last()?;
    let lacks = |(source, input): (usize, &'t Input)| {
        let parent = parents.iter().try_fold(&input.root, |node, key| node.get(key))?;
        let map = match outline::part(parents, parent) {
            Part::Map(map) => map,
            Part::Leaf(_) | Part::Tags(_) => return None,
        };
        (!map.contains_key(key)).then_some((source, parent))
    };
    if inputs[has.0].gives_way {
        return None;
    }
    let second = inputs.iter().enumerate().filter(|(_, it)| !it.gives_way).find_map(lacks)?;
    Some(Conflict { path: path.clone(), what: What::OnlyFirst, first: has, second })
}

/// The smallest piece in which two values differ.
fn difference<'t>(
    first: &'t Node,
    second: &'t Node,
    path: &mut Path,
) -> (What, &'t Node, &'t Node) {
    let (key, one, other) = match (&first.value, &second.value) {
        (Value::Map(a), Value::Map(b)) => {
            if let Some((key, it)) = a.iter().find(|(key, _)| !b.contains_key(*key)) {
                path.push(key.clone());
                return (What::OnlyFirst, it, second);
            }
            if let Some((key, it)) = b.iter().find(|(key, _)| !a.contains_key(*key)) {
                path.push(key.clone());
                return (What::OnlySecond, first, it);
            }
            let differs = a.iter().find(|(key, it)| b.get(*key) != Some(*it));
            let Some((key, it)) = differs else { return (What::Differs, first, second) };
            (key.clone(), it, &b[key])
        }
        (Value::List(a), Value::List(b)) if a.len() == b.len() => {
            let differs = a.iter().zip(b).position(|(a, b)| a != b);
            let Some(index) = differs else { return (What::Differs, first, second) };
            (index.to_string(), &a[index], &b[index])
        }
        _ => return (What::Differs, first, second),
    };
    path.push(key);
    difference(one, other, path)
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
