//! Who gets which name in one scope: what is locked first, then exact spellings, then the rest,
//! each by its own spelling and never by who asks first.

use super::ident::RustIdent;
use super::lock::Lock;
use super::words;
use crate::diag::{NAME_CLASH, Sink, SpecPtr};
use std::collections::{HashMap, HashSet};

/// A thing that wants a name.
pub(super) struct Claim {
    /// What the lock knows it by.
    pub(super) key: String,
    /// How the document spells it.
    pub(super) wire: String,
    /// What it would like to be called, best first.
    pub(super) candidates: Vec<String>,
    /// A name that `client.yaml` or the document gives it.
    pub(super) wish: Option<String>,
    pub(super) at: SpecPtr,
}

/// The names of one scope.
pub(super) struct Scope<'a> {
    taken: HashSet<String>,
    /// Names that are kept for things which are named later, by what the lock knows those by.
    held: HashMap<String, String>,
    /// Names that nothing of the document may bear, and what is put behind one that would.
    reserved: &'a dyn Fn(&str) -> bool,
    suffix: &'static str,
    /// What stands before a name that would start with a digit.
    prefix: &'static str,
}

impl<'a> Scope<'a> {
    pub(super) fn new(
        prefix: &'static str,
        suffix: &'static str,
        reserved: &'a dyn Fn(&str) -> bool,
    ) -> Self {
        Self { taken: HashSet::new(), held: HashMap::new(), reserved, suffix, prefix }
    }

    /// Keeps the name that the lock has for something that is named later.
    pub(super) fn hold(&mut self, key: &str, lock: &Lock) {
        if let Some(name) = lock.name(key) {
            self.held.entry(name.to_owned()).or_insert_with(|| key.to_owned());
        }
    }

    /// Gives each claim a name.
    pub(super) fn assign(
        &mut self,
        claims: &[Claim],
        old: &Lock,
        new: &mut Lock,
        sink: &mut Sink,
    ) -> Vec<RustIdent> {
        let mut names: Vec<Option<RustIdent>> = vec![None; claims.len()];
        for (claim, name) in claims.iter().zip(&mut names) {
            if let Some(wish) = &claim.wish {
                *name = self.wished(claim, wish, sink);
            }
        }
        for (claim, name) in claims.iter().zip(&mut names).filter(|(_, name)| name.is_none()) {
            *name = old.name(&claim.key).and_then(|it| self.take(it, &claim.key));
        }
        for (claim, name) in claims.iter().zip(&mut names).filter(|(_, name)| name.is_none()) {
            if claim.candidates.first().is_some_and(|it| *it == claim.wire) {
                *name = self.take(&claim.wire, &claim.key);
            }
        }
        let mut rest: Vec<usize> = (0..claims.len()).filter(|it| names[*it].is_none()).collect();
        rest.sort_by(|one, other| {
            let key = |it: &usize| (&claims[*it].wire, &claims[*it].key);
            key(one).cmp(&key(other))
        });
        for index in rest {
            names[index] = Some(self.give(&claims[index]));
        }
        let names: Vec<_> = names.into_iter().flatten().collect();
        for (claim, name) in claims.iter().zip(&names) {
            if name.text() != claim.wire {
                new.set(&claim.key, name.text());
            }
        }
        names
    }

    fn wished(&mut self, claim: &Claim, wish: &str, sink: &mut Sink) -> Option<RustIdent> {
        let Some(name) = RustIdent::new(wish) else {
            let message = format_args!("`{wish}` is not a Rust name");
            sink.report(&NAME_CLASH, &claim.at, message);
            return None;
        };
        let taken = self.take(name.text(), &claim.key);
        if taken.is_none() {
            let message = format_args!("`{wish}` is the name of something else already");
            sink.report(&NAME_CLASH, &claim.at, message).edit("choose another in {client}");
        }
        taken
    }

    fn give(&mut self, claim: &Claim) -> RustIdent {
        let hashed =
            |base: &str| format!("{base}{}", words::pascal_or_snake(self.prefix, &claim.key));
        let last = claim.candidates.first().map_or(String::new(), |it| hashed(it));
        let candidates: Vec<String> = claim.candidates.iter().cloned().chain([last]).collect();
        for candidate in candidates {
            let shaped = self.shaped(&candidate);
            if let Some(name) = self.take(&shaped, &claim.key) {
                return name;
            }
        }
        // Two hashes met, which takes a document made for it: count on.
        let numbered = |count: usize| format!("{}{}{count}", self.prefix, words::hash(&claim.key));
        let free = (1..=self.taken.len() + 1).map(numbered).find(|it| !self.taken.contains(it));
        let free = free.expect("there are more numbers than names");
        self.take(&free, &claim.key).expect("a letter and hexadecimal digits make an identifier")
    }

    /// A candidate that starts with no digit and is not reserved.
    pub(super) fn shaped(&self, candidate: &str) -> String {
        let digit = candidate.starts_with(|it: char| it.is_ascii_digit());
        let mut name =
            if digit { format!("{}{candidate}", self.prefix) } else { candidate.to_owned() };
        if (self.reserved)(&name) || matches!(name.as_str(), "self" | "Self" | "super" | "crate") {
            name.push_str(self.suffix);
        }
        name
    }

    fn take(&mut self, name: &str, key: &str) -> Option<RustIdent> {
        let kept = self.held.get(name).is_some_and(|it| it != key);
        if kept || (self.reserved)(name) {
            return None;
        }
        let ident = RustIdent::new(name)?;
        self.taken.insert(name.to_owned()).then_some(ident)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_whose_hashes_meet_are_counted() {
        let mut scope = Scope::new("r", "_", &|_| false);
        let claim = Claim {
            key: "resource it".to_owned(),
            wire: "It".to_owned(),
            candidates: vec!["it".to_owned()],
            wish: None,
            at: SpecPtr::root(),
        };
        let hash = words::hash(&claim.key);
        for name in ["it".to_owned(), format!("it_{hash}"), format!("r{hash}1")] {
            scope.take(&name, "other").expect("nothing has this name");
        }
        let names =
            scope.assign(&[claim], &Lock::default(), &mut Lock::default(), &mut Sink::default());
        assert_eq!(names[0].text(), format!("r{hash}2"));
    }
}
