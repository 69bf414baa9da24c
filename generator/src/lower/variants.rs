//! Names of the anonymous variants of a list, by the words that each alone has.

use crate::load::NodeRef;
use crate::ordinal::ordinal;
use std::collections::{BTreeMap, HashMap};

/// The words of a variant about itself: its title, the schema that it refers to, its one value or that of one of its
/// properties.
fn said(spot: &NodeRef<'_>) -> Option<String> {
    if let Some(title) = spot.text("title") {
        return Some(title.to_owned());
    }
    if let Some(reference) = spot.reference() {
        return reference.rsplit('/').next().map(str::to_owned);
    }
    if let Some(value) = only_value(spot) {
        return Some(value.to_owned()).filter(|it| !it.is_empty()).or(Some("empty".to_owned()));
    }
    spot.entries("properties").find_map(|(_, it)| only_value(&it)).map(str::to_owned)
}

pub(super) fn only_value<'a>(spot: &NodeRef<'a>) -> Option<&'a str> {
    match spot.values("enum")? {
        [one] => one.as_str(),
        _ => None,
    }
}

/// Words for all variants of a list. Those that say nothing of themselves are called by what they are, if no other is
/// that too, or by a property that they alone have or require; else by what they are if no other is left that
/// is that too, and last by their position.
pub(super) fn words(all: &[NodeRef<'_>]) -> Vec<String> {
    let mut words: Vec<Option<String>> = all.iter().map(said).collect();
    let of = |it: &NodeRef<'_>| kind(it).map(str::to_owned).into_iter().collect();
    let kinds: Vec<Vec<String>> = all.iter().map(of).collect();
    fill(&mut words, &kinds, |_| true);
    let same = same(&words);
    let sets: [fn(&NodeRef<'_>) -> Vec<String>; 3] = [properties, required, inner];
    for set in sets {
        if words.iter().any(Option::is_none) {
            let sets: Vec<_> = all.iter().map(set).collect();
            fill(&mut words, &sets, |_| true);
        }
    }
    tell_apart(&mut words, same, all);
    let is_left: Vec<bool> = words.iter().map(Option::is_none).collect();
    fill(&mut words, &kinds, |it| is_left[it]);
    let words = words.into_iter().enumerate();
    words.map(|(at, it)| it.unwrap_or_else(|| ordinal(at + 1))).collect()
}

/// Variants that say the same of themselves.
fn same(words: &[Option<String>]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, word) in words.iter().enumerate() {
        if let Some(word) = word {
            groups.entry(word).or_default().push(at);
        }
    }
    groups.into_values().filter(|it| it.len() > 1).collect()
}

/// Puts a property behind the words of those that say the same, where they alone among these have or require it.
fn tell_apart(words: &mut [Option<String>], groups: Vec<Vec<usize>>, all: &[NodeRef<'_>]) {
    for group in groups {
        let mut found = vec![None; group.len()];
        let sets: [fn(&NodeRef<'_>) -> Vec<String>; 3] = [properties, required, inner];
        for set in sets {
            let own: Vec<_> = group.iter().map(|it| set(&all[*it])).collect();
            fill(&mut found, &own, |_| true);
        }
        for (at, own) in group.into_iter().zip(found) {
            if let (Some(word), Some(own)) = (&mut words[at], own) {
                *word = format!("{word} {own}");
            }
        }
    }
}

fn properties(spot: &NodeRef<'_>) -> Vec<String> {
    spot.entries("properties").map(|it| it.0.to_owned()).collect()
}

fn required(spot: &NodeRef<'_>) -> Vec<String> {
    spot.words("required").map(str::to_owned).collect()
}

/// Gives those that have no word the first of their own that no other of those that count has.
fn fill(words: &mut [Option<String>], own: &[Vec<String>], counts: impl Fn(usize) -> bool) {
    let mut owners: HashMap<&str, usize> = HashMap::new();
    for set in own.iter().enumerate().filter(|it| counts(it.0)).map(|it| it.1) {
        for word in set {
            *owners.entry(word).or_default() += 1;
        }
    }
    for (word, own) in words.iter_mut().zip(own).filter(|it| it.0.is_none()) {
        *word = own.iter().find(|it| owners.get(it.as_str()) == Some(&1)).cloned();
    }
}

/// The constants of the properties of a variant's properties, the schemas that its properties refer to, and the names
/// of their properties, each behind the name of the outer one.
fn inner(spot: &NodeRef<'_>) -> Vec<String> {
    let (mut values, mut names) = (Vec::new(), Vec::new());
    for (outer, it) in spot.entries("properties") {
        let name_of = |it: &str| it.rsplit('/').next().unwrap_or_default().to_owned();
        values.extend(it.reference().map(name_of));
        let items = it.child("items");
        let below = it.entries("properties");
        for (name, it) in below.chain(items.iter().flat_map(|it| it.entries("properties"))) {
            values.extend(only_value(&it).map(str::to_owned));
            names.push(format!("{outer} {name}"));
        }
    }
    [values, names].concat()
}

/// The kind of a variant that gets a type of its own.
fn kind(spot: &NodeRef<'_>) -> Option<&'static str> {
    if let Some(values) = spot.values("enum") {
        let all = |is: fn(&crate::load::Node) -> bool| values.iter().all(is);
        let is_text = all(|it| it.as_str().is_some());
        return Some(if is_text { "keyword" } else { "constant" });
    }
    if spot.mentions("oneOf") || spot.mentions("anyOf") {
        return Some("choice");
    }
    match spot.text("type") {
        Some("object") => Some("object"),
        Some("array") => Some("list"),
        Some(_) => None,
        None => (spot.mentions("properties") || spot.mentions("allOf")).then_some("object"),
    }
}
