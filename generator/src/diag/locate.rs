//! Finds the nodes of a file in its text, by counting them as the reader did.

use super::scan::{self, ScanEvent};
use std::ops::{ControlFlow, Range};

/// The position of a node, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Located {
    /// The key of an entry.
    pub(super) key: Option<Range<usize>>,
    /// All of a scalar, the first token of a list or an object.
    pub(super) value: Range<usize>,
    /// True if it is a list or an object.
    pub(super) holds: bool,
}

/// The positions of the nodes of a file.
#[derive(Default)]
pub(super) struct Locations {
    /// Those that are written out and the aliases, by number.
    nodes: Vec<(u32, Located)>,
    /// The nodes that each alias repeats, by number.
    aliases: Vec<Repeat>,
}

/// Numbers that were given to nodes once more.
struct Repeat {
    numbers: Range<u32>,
    first: u32,
}

impl Locations {
    /// Scans a file up to a node, given by its number.
    pub(super) fn up_to(last: u32, text: &str) -> Self {
        let mut counter = Counter::default();
        let found = |piece| {
            counter.count(piece);
            // The node itself is complete as soon as it is counted.
            if counter.next > last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        // The counter holds the wanted nodes, wherever the scan has ended.
        let _ = if text.trim_start().starts_with(['{', '[']) {
            scan::json(text, found)
        } else {
            scan::yaml(text, found)
        };
        counter.found
    }

    /// The position of a node; for one that an alias repeats, the position where it is written out.
    pub(super) fn get(&self, mut serial: u32) -> Option<&Located> {
        while let Some(repeat) = self.repeat(serial) {
            serial = repeat.first + (serial - repeat.numbers.start);
        }
        let index = self.nodes.binary_search_by_key(&serial, |(serial, _)| *serial).ok()?;
        Some(&self.nodes[index].1)
    }

    /// The alias that a node is below; the aliased node itself has the position of the alias.
    fn repeat(&self, serial: u32) -> Option<&Repeat> {
        let after = self.aliases.partition_point(|it| it.numbers.start < serial);
        self.aliases[..after].last().filter(|it| serial < it.numbers.end)
    }
}

/// The first byte of the alias through which a node was read, if there was one.
pub(crate) fn alias_of(text: &str, serial: u32) -> Option<usize> {
    let all = Locations::up_to(serial, text);
    let alias = all.aliases.iter().find(|it| it.numbers.contains(&serial))?;
    Some(all.get(alias.numbers.start)?.value.start)
}

/// Counts the nodes of one file.
#[derive(Default)]
struct Counter {
    next: u32,
    found: Locations,
    /// The lists and objects around the place that was reached.
    open: Vec<Open>,
    /// The numbers of what each anchor marks.
    anchors: Vec<Option<Range<u32>>>,
}

struct Open {
    is_map: bool,
    /// The key whose value comes next.
    key: Option<Range<usize>>,
    serial: u32,
    anchor: usize,
}

impl Counter {
    fn count(&mut self, piece: ScanEvent) {
        match piece {
            ScanEvent::Scalar { place, anchor } => {
                if let Some(serial) = self.node(place, false, anchor) {
                    self.mark(anchor, serial..serial.saturating_add(1));
                }
            }
            ScanEvent::Alias { place, anchor } => self.alias(place, anchor),
            ScanEvent::Open { place, is_map, anchor } => {
                if let Some(serial) = self.node(place, true, anchor) {
                    self.open.push(Open { is_map, key: None, serial, anchor });
                }
            }
            ScanEvent::Close => {
                if let Some(closed) = self.open.pop() {
                    self.mark(closed.anchor, closed.serial..self.next);
                }
            }
        }
    }

    /// Counts a value; a key is kept for the value that follows.
    fn node(&mut self, place: Range<usize>, holds: bool, anchor: usize) -> Option<u32> {
        let mut key = None;
        if let Some(open) = self.open.last_mut().filter(|it| it.is_map) {
            key = open.key.take();
            if key.is_none() {
                open.key = Some(place);
                let at = self.next;
                self.mark(anchor, at..at);
                return None;
            }
        }
        let serial = self.next;
        self.next = self.next.saturating_add(1);
        self.found.nodes.push((serial, Located { key, value: place, holds }));
        Some(serial)
    }

    /// Counts an alias as the nodes that it repeats.
    fn alias(&mut self, place: Range<usize>, anchor: usize) {
        let Some(serial) = self.node(place, false, 0) else { return };
        let Some(original) = self.anchors.get(anchor).cloned().flatten() else { return };
        let more = (original.end - original.start).saturating_sub(1);
        self.next = self.next.saturating_add(more);
        self.found.aliases.push(Repeat { numbers: serial..self.next, first: original.start });
    }

    fn mark(&mut self, anchor: usize, numbers: Range<u32>) {
        if anchor > 0 {
            let size = self.anchors.len().max(anchor + 1);
            self.anchors.resize(size, None);
            self.anchors[anchor] = Some(numbers);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Text;
    use crate::diag::{Sink, SourceId};
    use crate::load::{Node, Value, tree};

    /// Locates every node of a document, and compares the text there with the value that was read.
    fn check(text: &str) {
        let file = Text { name: "it.yaml".to_owned(), bytes: text.into() };
        let root =
            tree(&file, SourceId::Document, &mut Sink::default()).expect("it is well-formed");
        let all = Locations::up_to(u32::MAX, text);
        visit(&root, &mut |node, key| {
            let it = all.get(node.id.serial).expect("every node stands somewhere");
            let value = &text[it.value.clone()];
            if let (Some(key), Some(place)) = (key, &it.key) {
                assert_eq!(text[place.clone()].trim_matches(['"', '\'']), key);
            }
            if !it.holds && !value.starts_with('*') {
                assert!(says(value, node, text.starts_with('{')), "at {value:?}: {:?}", node.value);
            }
        });
    }

    /// True if a node was read from a piece of text.
    fn says(piece: &str, node: &Node, json: bool) -> bool {
        let words = |it: &str| it.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        if node.as_str().is_some_and(|read| words(read) == words(piece)) {
            return true;
        }
        let piece = if json { format!("[{piece}]") } else { format!("- {piece}") };
        let file = Text { name: String::new(), bytes: piece.into() };
        let again =
            tree(&file, SourceId::Document, &mut Sink::default()).expect("a list of a scalar");
        match (&again.as_list().expect("it is a list")[0].value, &node.value) {
            (Value::Text(again), Value::Text(read)) => words(again) == words(read),
            (again, read) => again == read,
        }
    }

    fn visit(node: &Node, each: &mut impl FnMut(&Node, Option<&str>)) {
        match &node.value {
            Value::List(list) => list.iter().for_each(|it| {
                each(it, None);
                visit(it, each);
            }),
            Value::Map(map) => map.iter().for_each(|(key, it)| {
                each(it, Some(key));
                visit(it, each);
            }),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
        }
    }

    #[test]
    fn every_node_of_plain_yaml_is_found() {
        check(
            "a: 1\nb:\n  - x y\n  - {c: 'd', e: [1, 2.5, null]}\n  -\nf: |\n  two\n  lines\ng: é ü\nh: >-\n  z\n200: ok\n",
        );
    }

    #[test]
    fn line_ends_of_other_systems_do_not_disturb_the_count() {
        check(
            "a: 1\r\nb:\r\n  - \"x\u{2028}y\u{85}\"\r\n  - 'é'\r\nc: |\r\n  two\r\n  lines\r\nd: 2\r\n",
        );
    }

    #[test]
    fn every_node_of_json_is_found() {
        check(
            "{\"a\": [1, -2e3, true, null, \"x\\\"y\", \"\\ud83d\\ude00\"],\n\t\"b\": {}, \"c\":[[],[{}]],\"d\":\"€\"}",
        );
    }

    #[test]
    fn what_an_alias_repeats_is_found_where_it_is_written_out() {
        check(
            "a: &a {x: 1, y: [2, 3]}\nb: *a\nc: &c [*a, 4, *a]\nd: *c\ne: &e five\nf: [*e, *c, *e]\ng: 6\n",
        );
    }

    #[test]
    fn merge_keys_do_not_disturb_the_count() {
        check(
            "a: &a {x: 1, y: 2}\nb: {z: 3, <<: *a, y: 4}\nc:\n  <<: [*a, {w: 5}]\n  v: 6\nd: 7\n",
        );
    }

    #[test]
    fn keys_that_stand_twice_do_not_disturb_the_count() {
        check("a: {x: [1, 2], x: [1, 2]}\nb: {description: one, description: two}\nd: 3\n");
    }

    #[test]
    fn the_alias_itself_stands_where_it_is_used() {
        let text = "a: &a {x: 1}\nb: *a\n";
        let all = Locations::up_to(u32::MAX, text);
        let place = |serial| all.get(serial).map(|it| &text[it.value.clone()]);
        assert_eq!((place(3), place(4), place(5)), (Some("*a"), Some("1"), None));
    }

    #[test]
    fn an_alias_inside_of_itself_ends() {
        let all = Locations::up_to(u32::MAX, "a: &a [*a, *a]\nb: 1\n");
        assert!(all.get(4).is_some());
    }
}
