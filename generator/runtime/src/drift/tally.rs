//! A tree of counts: all that a drift file is made of, so that two of them add up.

use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Counts by name, at any depth.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tally {
    Count(u64),
    Names(BTreeMap<String, Tally>),
}

impl Default for Tally {
    fn default() -> Self {
        Self::Names(BTreeMap::new())
    }
}

impl Tally {
    /// Adds to the count at the end of a path.
    pub(super) fn add(&mut self, path: &[&str], count: u64) {
        if let Some(names) = self.at(&path[..path.len() - 1]).and_then(Self::names_mut)
            && let Self::Count(it) =
                names.entry(path[path.len() - 1].to_owned()).or_insert(Self::Count(0))
        {
            *it = it.saturating_add(count);
        }
    }

    /// The tree below a path, which is made where it is not there.
    pub(super) fn at(&mut self, path: &[&str]) -> Option<&mut Self> {
        let mut tally = self;
        for name in path {
            tally = tally.names_mut()?.entry((*name).to_owned()).or_default();
        }
        Some(tally)
    }

    /// The tree below a path, if there is one.
    pub(super) fn get(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |tally, name| match tally {
            Self::Names(names) => names.get(*name),
            Self::Count(_) => None,
        })
    }

    fn names_mut(&mut self) -> Option<&mut BTreeMap<String, Self>> {
        match self {
            Self::Names(names) => Some(names),
            Self::Count(_) => None,
        }
    }

    /// Adds the counts of another tree. Those without a name here need room, and are dropped without it.
    pub(super) fn merge(&mut self, other: Self, room: &mut usize) {
        match (self, other) {
            (Self::Count(it), Self::Count(more)) => *it = it.saturating_add(more),
            (Self::Names(names), Self::Names(more)) => {
                for (name, tally) in more {
                    match names.get_mut(&name) {
                        Some(known) => known.merge(tally, room),
                        None if tally.len() <= *room => {
                            *room -= tally.len();
                            names.insert(name, tally);
                        }
                        None => {}
                    }
                }
            }
            (Self::Count(_), Self::Names(_)) | (Self::Names(_), Self::Count(_)) => {}
        }
    }

    /// The number of counts.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Count(_) => 1,
            Self::Names(names) => names.values().map(Self::len).sum(),
        }
    }

    pub(super) fn to_json(&self) -> Value {
        match self {
            Self::Count(it) => Value::from(*it),
            Self::Names(names) => {
                let entries = names.iter().map(|(name, it)| (name.clone(), it.to_json()));
                Value::Object(entries.collect::<Map<_, _>>())
            }
        }
    }

    /// The tree that was written as JSON; none if it holds anything else.
    pub(super) fn from_json(json: &Value) -> Option<Self> {
        match json {
            Value::Number(it) => it.as_u64().map(Self::Count),
            Value::Object(entries) => {
                let entries = entries.iter().map(|(name, it)| {
                    let tally = Self::from_json(it)?;
                    Some((name.clone(), tally))
                });
                Some(Self::Names(entries.collect::<Option<_>>()?))
            }
            Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) => None,
        }
    }
}
