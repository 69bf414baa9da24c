//! `types.derive` and `types.derive_at` of `client.yaml`: the traits that emitted types are given.

use super::Types;
use super::type_path::TypePath;
use crate::diag::{BAD_CLIENT, Sink, SourceId, SpecPtr};
use std::collections::BTreeSet;

/// A trait that types may be given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum DerivedTrait {
    Eq,
    PartialOrd,
    Ord,
    Hash,
    /// A derive macro of another crate, by its path.
    Path(String),
    /// That of `schemars`, which is implemented by the document's schemas and not derived.
    JsonSchema,
}

const JSON_SCHEMA: &str = "schemars::JsonSchema";

impl DerivedTrait {
    pub(crate) const KNOWN: [Self; 4] = [Self::Eq, Self::PartialOrd, Self::Ord, Self::Hash];

    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Eq => "Eq",
            Self::PartialOrd => "PartialOrd",
            Self::Ord => "Ord",
            Self::Hash => "Hash",
            Self::Path(path) => path,
            Self::JsonSchema => JSON_SCHEMA,
        }
    }

    pub(crate) fn is_order(&self) -> bool {
        matches!(self, Self::PartialOrd | Self::Ord)
    }

    /// Reads the name of a known trait, or the path of another one.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut known = Self::KNOWN.into_iter().chain([Self::JsonSchema]);
        if let Some(it) = known.find(|it| it.name() == text) {
            return Some(it);
        }
        let path = TypePath::parse(text).filter(|it| it.arguments.is_empty())?;
        Some(Self::Path(path.to_string()))
    }

    /// The traits of a list of names, with those that they rest on.
    pub(super) fn named(names: &[String]) -> BTreeSet<Self> {
        let mut all: BTreeSet<_> = names.iter().filter_map(|it| Self::parse(it)).collect();
        if all.contains(&Self::Ord) {
            all.extend([Self::Eq, Self::PartialOrd]);
        }
        all
    }

    /// The crate that a derive macro is taken from.
    pub(super) fn krate(&self) -> Option<&str> {
        match self {
            Self::Path(_) | Self::JsonSchema => self.name().split("::").next(),
            Self::Eq | Self::PartialOrd | Self::Ord | Self::Hash => None,
        }
    }
}

/// A trait of single types.
#[derive(Clone, Debug)]
pub(crate) struct DeriveRule {
    pub(crate) derived: DerivedTrait,
    pub(crate) places: Vec<DerivePlace>,
    pub(crate) at: SpecPtr,
}

impl DeriveRule {
    /// True if it means the type of a schema.
    pub(crate) fn means(&self, at: &SpecPtr) -> bool {
        self.places.iter().any(|it| it.means(at))
    }

    /// The places of the document that are named, each with that of its entry.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (SpecPtr, SpecPtr)> {
        let at = self.at.child("at");
        self.places.iter().enumerate().map(move |(index, it)| (it.place.clone(), at.item(index)))
    }
}

/// The schemas of an entry.
#[derive(Clone, Debug)]
pub(crate) struct DerivePlace {
    pub(crate) place: SpecPtr,
    /// All below the place, and not the one there.
    pub(crate) is_all: bool,
}

impl DerivePlace {
    pub(super) fn parse(text: &str) -> Self {
        let above = text.strip_suffix("/*");
        Self { place: SpecPtr::parse(above.unwrap_or(text)), is_all: above.is_some() }
    }

    pub(crate) fn means(&self, at: &SpecPtr) -> bool {
        if self.is_all { at.is_below(&self.place) } else { *at == self.place }
    }
}

impl Types {
    /// The traits of all entries, with the places of those that are taken from crates.
    pub(super) fn derived(&self) -> impl Iterator<Item = (&DerivedTrait, SpecPtr)> {
        let everywhere = self.derive_entries.iter().map(|(it, at)| (it, at.clone()));
        everywhere.chain(self.derive_at.iter().map(|it| (&it.derived, it.at.child("derive"))))
    }
}

/// Objects to traits of unknown crates, and to those that types have anyway.
pub(super) fn check(types: &Types, sink: &mut Sink) -> bool {
    let mut fits = true;
    for (derived, at) in types.derived() {
        let name = derived.name();
        let mut report = |message: String, help: &str| {
            sink.report_in(SourceId::Client, &BAD_CLIENT, &at, message).help(help);
            fits = false;
        };
        if matches!(name, "serde::Serialize" | "serde::Deserialize") {
            let help = "remove it: they are read and written as the document says";
            report(format!("types have `{name}` already"), help);
        } else if let Some(krate) = derived.krate()
            && !types.knows_crate(krate)
        {
            let help = "list it under `types.crates`, by `version` or by `path`";
            report(format!("no entry says where the crate `{krate}` of `{name}` is"), help);
        }
    }
    for it in types.derive_at.iter().filter(|it| types.derive.contains(&it.derived)) {
        let at = it.at.child("derive");
        let message = format_args!("`{}` is under `types.derive` already", it.derived.name());
        let found = sink.report_in(SourceId::Client, &BAD_CLIENT, &at, message);
        found.help("remove it from either of the two");
        fits = false;
    }
    fits
}
