//! The layers of the runtime: no circle of modules, and the order that ARCHITECTURE.md shows.

use super::modules::{Edge, ItemPath, Modules};
use super::none;
use crate::support::read;
use std::collections::BTreeMap;

/// The modules of a folder that each of its modules names, with one edge that shows it.
type Siblings = BTreeMap<String, BTreeMap<String, Edge>>;

#[test]
fn modules_of_the_runtime_form_no_circle() {
    let folders = folders(&Modules::of_runtime());
    assert!(folders.len() > 5, "modules and folders are where they are looked for");
    let found: Vec<_> = folders.values().filter_map(circle).collect();
    none("modules form a circle", &found);
}

#[test]
fn modules_of_the_runtime_name_only_those_of_lower_layers() {
    let modules = Modules::of_runtime();
    let page = read("ARCHITECTURE.md");
    let section = page.split("## Layers of the runtime").nth(1).expect("there is such a section");
    let layers = section.split("```").nth(1).expect("its first block lists the layers");
    let lines = layers.lines().filter(|it| !it.is_empty()).enumerate();
    let place: BTreeMap<&str, usize> =
        lines.flat_map(|(at, line)| line.split_whitespace().map(move |it| (it, at))).collect();

    let mut listed: Vec<_> = place.keys().copied().collect();
    listed.sort_unstable();
    assert_eq!(listed, modules.within(&[]), "ARCHITECTURE.md lists each module of the runtime");

    let top = &folders(&modules)[&Vec::new()];
    let edges = top.iter().flat_map(|(from, to)| to.iter().map(move |(to, edge)| (from, to, edge)));
    let rising = edges.filter(|(from, to, _)| place[&***from] <= place[&***to]);
    let found: Vec<_> = rising.map(|(from, to, edge)| step(from, to, edge)).collect();
    none("modules name what is not below them", &found);
}

/// For each folder of modules, those that name each other.
fn folders(modules: &Modules) -> BTreeMap<ItemPath, Siblings> {
    let mut folders: BTreeMap<ItemPath, Siblings> = BTreeMap::new();
    for edge in modules.edges() {
        let common = edge.from.iter().zip(&edge.to).take_while(|(from, to)| from == to).count();
        // A module may name what is in it, and what the module around it holds.
        if let (Some(from), Some(to)) = (edge.from.get(common), edge.to.get(common)) {
            let (from, to) = (from.clone(), to.clone());
            let folder = folders.entry(edge.from[..common].to_owned()).or_default();
            folder.entry(from).or_default().entry(to).or_insert(edge);
        }
    }
    folders
}

/// A shortest circle, one step on each line.
fn circle(siblings: &Siblings) -> Option<String> {
    let circles = siblings.keys().filter_map(|it| way_back(siblings, it));
    let shortest = circles.min_by_key(Vec::len)?;
    let steps = shortest.iter().zip(shortest.iter().cycle().skip(1));
    let steps: Vec<_> = steps.map(|(from, to)| step(from, to, &siblings[*from][*to])).collect();
    Some(steps.join("\n"))
}

/// The shortest way from a module back to itself.
fn way_back<'s>(siblings: &'s Siblings, start: &'s String) -> Option<Vec<&'s String>> {
    let mut before: BTreeMap<&String, &String> = BTreeMap::new();
    let mut reached = vec![start];
    while let Some(at) = reached.pop() {
        for next in siblings.get(at).into_iter().flat_map(BTreeMap::keys) {
            if next == start {
                let mut way = vec![at];
                while let Some(from) = before.get(way[0]).filter(|_| way[0] != start) {
                    way.insert(0, from);
                }
                return Some(way);
            }
            if next != start && !before.contains_key(next) {
                before.insert(next, at);
                reached.insert(0, next);
            }
        }
    }
    None
}

fn step(from: &str, to: &str, edge: &Edge) -> String {
    format!("{from} names {to}: `{}` in {}", edge.by, edge.from.join("::"))
}
