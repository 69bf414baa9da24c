//! Chooses between tags and paths as the source of resources.

use super::CallName;
use super::words::words;
use std::collections::{HashMap, HashSet};

/// The source of resources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// Paths.
    Paths,
    /// The first tag, as a whole.
    Tags,
    /// The first tag, with which every operationId begins.
    Prefixes,
    /// The first tag, whose parts nest.
    Trees,
}

/// Why the choice was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChoiceReason {
    EveryIdBeginsWithItsTag,
    TagsNest,
    TagsNameNoResources,
    PathsSayMore,
    NoTags,
}

impl ChoiceReason {
    /// In words, to stand behind a colon.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::EveryIdBeginsWithItsTag => "every operationId begins with its tag",
            Self::TagsNest => "the tags are themselves a tree of resources",
            Self::TagsNameNoResources => "the tags name servers or files, not resources",
            Self::PathsSayMore => "paths nest, and tags do not",
            Self::NoTags => "most operations have no tag",
        }
    }
}

/// The choice that fits a document best.
pub(crate) fn choose(calls: &[CallName<'_>]) -> (Choice, ChoiceReason) {
    let tag = |it: &CallName<'_>| it.tags.first().cloned();
    let tags: Vec<String> = calls.iter().filter_map(tag).collect();
    if tags.len() * 2 < calls.len() || calls.is_empty() {
        return (Choice::Paths, ChoiceReason::NoTags);
    }
    let begins = |it: &CallName<'_>| match (it.id, it.tags.first()) {
        (Some(id), Some(tag)) => behind_tag(id, tag).is_some(),
        _ => false,
    };
    if calls.iter().all(begins) {
        return (Choice::Prefixes, ChoiceReason::EveryIdBeginsWithItsTag);
    }
    if is_tree(&tags) {
        return (Choice::Trees, ChoiceReason::TagsNest);
    }
    if name_no_resources(calls) {
        return (Choice::Paths, ChoiceReason::TagsNameNoResources);
    }
    (Choice::Paths, ChoiceReason::PathsSayMore)
}

/// The part of an operationId behind a tag and a separator.
pub(super) fn behind_tag<'i>(id: &'i str, tag: &str) -> Option<&'i str> {
    let (head, rest) = id.split_once(['/', '.'])?;
    (words(head) == words(tag) && !words(rest).is_empty()).then_some(rest)
}

/// The parts of a tag that nests: `beta.files`, `manage > projects`.
pub(super) fn branches(tag: &str) -> impl Iterator<Item = &str> {
    tag.split(['.', '>', '/', '|', ':']).map(str::trim).filter(|it| !words(it).is_empty())
}

/// True if a quarter of the tags have parts, and some begin with the same part.
fn is_tree(tags: &[String]) -> bool {
    let deep = tags.iter().filter(|it| branches(it).nth(1).is_some());
    let mut heads: HashMap<&str, HashSet<&str>> = HashMap::new();
    let mut count = 0;
    for tag in deep {
        count += 1;
        heads.entry(branches(tag).next().unwrap_or_default()).or_default().insert(tag);
    }
    count * 4 >= tags.len() && heads.values().any(|it| it.len() > 1)
}

/// True if few tags serve many operations, and most of them share no word with the paths.
pub(crate) fn name_no_resources(calls: &[CallName<'_>]) -> bool {
    let tagged: Vec<_> = calls.iter().filter(|it| !it.tags.is_empty()).collect();
    let is_foreign = |it: &&&CallName<'_>| {
        let said: HashSet<String> =
            words(it.path).iter().map(|it| super::words::singular(it)).collect();
        let tag = words(&it.tags[0]);
        !tag.iter().any(|it| said.contains(&super::words::singular(it)))
    };
    let foreign = tagged.iter().filter(is_foreign).count();
    let kinds: HashSet<&str> = tagged.iter().map(|it| &*it.tags[0]).collect();
    // Few tags for many operations, of which the paths say nothing.
    tagged.len() >= 8 && foreign * 3 >= tagged.len() * 2 && kinds.len() * 8 <= tagged.len()
}
