//! Who gets which name in one scope: what is locked first, then exact spellings, then the rest,
//! each by its own spelling and never by who asks first.

use super::ident::RustIdent;
use super::lock::Lock;
use super::words::{self, snake};
use crate::diag::{NAME_CLASH, NO_EFFECT, Sink, SpecPtr};
use crate::ordinal::ordinal;
use std::collections::{HashMap, HashSet};

/// A thing that wants a name.
pub(super) struct NameRequest<'a> {
    /// Its key in the lock.
    pub(super) key: String,
    /// Its spelling in the document.
    pub(super) wire: String,
    /// The names that it could have.
    pub(super) candidates: Candidates<'a>,
    /// A name that somebody gives it.
    pub(super) wish: Option<RequestedName>,
    pub(super) at: SpecPtr,
}

/// Names that a thing could have, best first.
pub(super) struct Candidates<'a> {
    best: String,
    /// Most things have the best: the others are made where it is taken.
    others: Box<dyn Fn() -> Vec<String> + 'a>,
}

impl<'a> Candidates<'a> {
    pub(super) fn new(best: String, others: impl Fn() -> Vec<String> + 'a) -> Self {
        Self { best, others: Box::new(others) }
    }

    /// These names, and no others.
    pub(super) fn only(best: String) -> Self {
        Self::new(best, Vec::new)
    }

    /// The same with a better one.
    pub(super) fn behind(self, best: String) -> Self {
        Self::new(best, move || [vec![self.best.clone()], (self.others)()].concat())
    }

    /// The same, and the best with a word behind it as second best.
    pub(super) fn or_with(self, word: &'a str) -> Self {
        let best = self.best.clone();
        Self::new(best, move || [vec![format!("{}_{word}", self.best)], (self.others)()].concat())
    }

    /// Each of them changed.
    pub(super) fn each(self, change: impl Fn(&str) -> String + 'a) -> Self {
        Self::new(change(&self.best), move || (self.others)().iter().map(|it| change(it)).collect())
    }

    /// The same with more of them behind.
    pub(super) fn before(self, more: impl Fn() -> Vec<String> + 'a) -> Self {
        Self::new(self.best, move || [(self.others)(), more()].concat())
    }
}

/// A name that comes before those which are made.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RequestedName {
    /// `client.yaml` gives it: it is used unchanged, or is an error.
    Client(String),
    /// The document asks for it: spelled as Rust does, and only if it can be had.
    Document(String),
}

impl RequestedName {
    pub(super) fn map(self, change: impl FnOnce(String) -> String) -> Self {
        match self {
            Self::Client(it) => Self::Client(change(it)),
            Self::Document(it) => Self::Document(change(it)),
        }
    }
}

/// The names of one scope.
pub(super) struct Scope<'a> {
    taken: HashSet<String>,
    /// Names that are kept for things which are named later, by what the lock knows those by.
    held: HashMap<String, String>,
    /// Things so far that nothing but a number tells apart, by the name of the first.
    namesakes: HashMap<String, usize>,
    /// Names that nothing of the document may bear, and what is put behind one that would.
    reserved: &'a dyn Fn(&str) -> bool,
    suffix: &'static str,
    /// The prefix of a name that would start with a digit.
    prefix: &'static str,
}

impl<'a> Scope<'a> {
    pub(super) fn new(
        prefix: &'static str,
        suffix: &'static str,
        reserved: &'a dyn Fn(&str) -> bool,
    ) -> Self {
        Self {
            taken: HashSet::new(),
            held: HashMap::new(),
            namesakes: HashMap::new(),
            reserved,
            suffix,
            prefix,
        }
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
        claims: &[NameRequest<'_>],
        old: &Lock,
        new: &mut Lock,
        sink: &mut Sink,
    ) -> Vec<RustIdent> {
        let mut names: Vec<Option<RustIdent>> = vec![None; claims.len()];
        let mut wished: Vec<usize> =
            (0..claims.len()).filter(|it| claims[*it].wish.is_some()).collect();
        wished.sort_by_key(|it| {
            let claim = &claims[*it];
            (&claim.wish, old.name(&claim.key).is_none(), &claim.wire, &claim.key)
        });
        for index in wished {
            names[index] = self.wished(&claims[index], sink);
        }
        for (claim, name) in claims.iter().zip(&mut names).filter(|(_, name)| name.is_none()) {
            *name = old.name(&claim.key).and_then(|it| self.take(it, &claim.key));
        }
        for (claim, name) in claims.iter().zip(&mut names).filter(|(_, name)| name.is_none()) {
            if claim.candidates.best == claim.wire {
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
            new.set(&claim.key, name.text());
        }
        names
    }

    fn wished(&mut self, claim: &NameRequest<'_>, sink: &mut Sink) -> Option<RustIdent> {
        let (rule, wish, name) = match claim.wish.as_ref()? {
            RequestedName::Client(it) => (&NAME_CLASH, it.clone(), it.clone()),
            RequestedName::Document(it) => {
                (&NO_EFFECT, format!("x-rust-name: {it}"), self.spelled(it))
            }
        };
        if RustIdent::new(&name).is_none() {
            sink.report(rule, &claim.at, format_args!("`{wish}` is not a Rust name"));
            return None;
        }
        let usual = self.spelled(&name);
        if usual != name {
            let message = format_args!("`{wish}` is not spelled as Rust spells such names");
            sink.report(rule, &claim.at, message).help(format_args!("call it `{usual}`"));
            return None;
        }
        let given = self.take(&name, &claim.key);
        if given.is_none() {
            let message = format_args!("`{wish}` is the name of something else already");
            sink.report(rule, &claim.at, message).edit("choose another in {client}");
        }
        given
    }

    /// A name as rustc wants names of this scope spelled: as it is where that will do.
    fn spelled(&self, name: &str) -> String {
        match self.prefix.starts_with(char::is_uppercase) {
            true if name.starts_with(char::is_lowercase) || name.contains('_') => {
                words::pascal(name)
            }
            false if name.contains(char::is_uppercase) || name.trim_matches('_').contains("__") => {
                words::snake(name)
            }
            _ => name.to_owned(),
        }
    }

    fn give(&mut self, claim: &NameRequest<'_>) -> RustIdent {
        let mut base = self.shaped(&claim.candidates.best);
        if let Some(name) = self.take(&base, &claim.key) {
            return name;
        }
        for candidate in (claim.candidates.others)() {
            let shaped = self.shaped(&candidate);
            if let Some(name) = self.take(&shaped, &claim.key) {
                return name;
            }
        }
        // Nothing in its own place tells it from its namesakes; the lock keeps who came first.
        base.push_str(self.suffix);
        if let Some(name) = self.take(&base, &claim.key) {
            return name;
        }
        loop {
            let namesakes = self.namesakes.entry(base.clone()).or_insert(1);
            *namesakes += 1;
            let number = snake(&ordinal(*namesakes));
            let base = words::with_room(&base, number.len() + 1);
            let name = self.spelled(&format!("{base}_{number}"));
            if let Some(name) = self.take(&name, &claim.key) {
                return name;
            }
        }
    }

    /// The name of a candidate that nothing else in the scope bears.
    pub(super) fn free(&self, candidate: &str) -> RustIdent {
        RustIdent::new(&self.shaped(candidate))
            .expect("letters, digits and underscores make an identifier")
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
    fn things_that_nothing_tells_apart_have_the_word_for_what_they_are_and_a_number() {
        let mut scope = Scope::new("V", "Value", &|it| it == "ItValueSecond");
        let claim = |key: &str| NameRequest {
            key: key.to_owned(),
            wire: "it".to_owned(),
            candidates: Candidates::only("It".to_owned()),
            wish: None,
            at: SpecPtr::root(),
        };
        let claims = [claim("one"), claim("other"), claim("third")];
        let names =
            scope.assign(&claims, &Lock::default(), &mut Lock::default(), &mut Sink::default());
        assert_eq!(
            names.iter().map(RustIdent::text).collect::<Vec<_>>(),
            ["It", "ItValue", "ItValueThird"]
        );
    }

    #[test]
    fn a_name_that_is_as_long_as_may_be_makes_room_for_its_number() {
        let mut scope = Scope::new("value_", "_value", &|_| false);
        let long = "many_".repeat(23) + "words";
        let claims = ["one", "other", "third"].map(|key| NameRequest {
            key: key.to_owned(),
            wire: long.clone(),
            candidates: Candidates::only(long.clone()),
            wish: None,
            at: SpecPtr::root(),
        });
        let names =
            scope.assign(&claims, &Lock::default(), &mut Lock::default(), &mut Sink::default());
        let short = "many_".repeat(22);
        assert_eq!(
            names.iter().map(RustIdent::text).collect::<Vec<_>>(),
            [&long, &format!("{long}_value"), &format!("{short}second")]
        );
    }
}
