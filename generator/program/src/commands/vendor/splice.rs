//! Puts a merged document together from the lines of its sources, so that every part stays as the vendor wrote it.

use super::collect::Input;
use super::merge::Tree;
use super::outline::{self, DocumentPart, Path};
use generator::Node;
use std::collections::HashMap;
use std::ops::Range;

/// Where the parts of a source stand, in lines.
#[derive(Default)]
struct Layout<'t> {
    lines: Vec<&'t str>,
    leaves: HashMap<Path, Range<usize>>,
    /// The line of the key of what is taken apart.
    heads: HashMap<Path, usize>,
}

/// The text; `None` where a source is not written as a block of lines. Whether it says what it must is for the
/// caller to see: lines of sources that are indented differently need not fit together.
pub(super) fn splice(document: &Tree<'_>, inputs: &[Input]) -> Option<String> {
    let layouts = inputs.iter().map(Layout::of).collect::<Option<Vec<_>>>()?;
    let mut lines = Vec::new();
    write(document, &mut Vec::new(), &layouts, &mut lines)?;
    Some(lines.join("\n") + "\n")
}

fn write<'t>(
    tree: &Tree<'_>,
    path: &mut Path,
    layouts: &[Layout<'t>],
    lines: &mut Vec<&'t str>,
) -> Option<()> {
    let (Tree::Map(entries) | Tree::Tags(entries)) = tree else {
        let Tree::Leaf(source, _) = tree else { return None };
        let layout = &layouts[*source];
        lines.extend(&layout.lines[layout.leaves.get(path)?.clone()]);
        return Some(());
    };
    if entries.is_empty() {
        lines.extend(layouts.iter().find_map(|it| Some(&it.lines[it.leaves.get(path)?.clone()]))?);
        return Some(());
    }
    if !path.is_empty() {
        let head = layouts.iter().find_map(|it| Some(it.lines[*it.heads.get(path)?]))?;
        lines.push(head);
    }
    for (key, child) in entries {
        path.push(key.clone());
        write(child, path, layouts, lines)?;
        path.pop();
    }
    Some(())
}

impl<'t> Layout<'t> {
    fn of(input: &'t Input) -> Option<Self> {
        let text =
            std::str::from_utf8(&input.bytes).ok()?.trim_start_matches('\u{feff}').trim_end();
        let mut layout = Self { lines: text.lines().collect(), ..Self::default() };
        let all = 0..layout.lines.len();
        layout.add(&input.root, &mut Vec::new(), all)?;
        Some(layout)
    }

    /// Takes in what stands at `path`, in these lines.
    fn add(&mut self, node: &Node, path: &mut Path, lines: Range<usize>) -> Option<()> {
        let children: Vec<(&str, &Node)> = match outline::part(path, node) {
            DocumentPart::Map(map) if !map.is_empty() => {
                map.iter().map(|(key, it)| (&**key, it)).collect()
            }
            DocumentPart::Tags(tags) if !tags.is_empty() => tags,
            DocumentPart::Map(_) | DocumentPart::Tags(_) | DocumentPart::Leaf(_) => {
                self.leaves.insert(path.clone(), lines);
                return Some(());
            }
        };
        let mut body = lines;
        if !path.is_empty() {
            let head = body.next()?;
            self.lines[head].trim_end().strip_suffix(':')?;
            self.heads.insert(path.clone(), head);
        }
        let entries = self.entries(body, path == &["tags"])?;
        if entries.len() != children.len() {
            return None;
        }
        for ((key, child), lines) in children.into_iter().zip(entries) {
            path.push(key.to_owned());
            self.add(child, path, lines)?;
            path.pop();
        }
        Some(())
    }

    /// The lines of each entry of a block.
    fn entries(&self, lines: Range<usize>, list: bool) -> Option<Vec<Range<usize>>> {
        let starts = |indent: usize, line: &str| {
            let rest =
                line.get(indent..).filter(|_| line.bytes().take(indent).all(|it| it == b' '));
            rest.is_some_and(|it| match it.chars().next() {
                Some('-') => list && it.starts_with("- "),
                Some(' ' | '#' | '%') | None => false,
                Some(_) => !list,
            })
        };
        let indent = lines.clone().find_map(|it| {
            let line = self.lines[it];
            let indent = line.len() - line.trim_start_matches(' ').len();
            starts(indent, line).then_some(indent)
        })?;
        let mut found: Vec<usize> =
            lines.clone().filter(|it| starts(indent, self.lines[*it])).collect();
        found.push(lines.end);
        Some(found.windows(2).map(|it| it[0]..it[1]).collect())
    }
}
