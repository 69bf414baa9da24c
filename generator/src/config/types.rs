//! `types` of `client.yaml`: which types of other crates stand in the place of texts, and where those crates are.

use super::derives::{self, DeriveRule, DerivedTrait};
use super::known_types::{CRATES, KnownCrate, KnownType, TYPES, known_type};
use super::type_path::TypePath;
use crate::diag::{BAD_CLIENT, STALE_CLIENT, Sink, SourceId, SpecPtr, nearest_name};
use std::collections::{BTreeSet, HashSet};

/// The types of other crates that an API uses.
#[derive(Clone, Debug, Default)]
pub(crate) struct Types {
    pub(crate) rules: Vec<TypeRule>,
    /// The crates that the file names.
    pub(crate) crates: Vec<CrateSource>,
    /// Traits of the types that are emitted, in the order of their variants.
    pub(crate) derive: BTreeSet<DerivedTrait>,
    /// The entries that they come from.
    pub(crate) derive_entries: Vec<(DerivedTrait, SpecPtr)>,
    pub(crate) derive_at: Vec<DeriveRule>,
}

/// A type of another crate, and what it stands for.
#[derive(Clone, Debug)]
pub(crate) struct TypeRule {
    pub(crate) target: TypeTarget,
    pub(crate) path: TypePath,
    /// The way in which it is read and written, where the file says it.
    pub(crate) stated: Option<TypeForm>,
    /// A value for tests: a text, or JSON.
    pub(crate) example: Option<String>,
    /// Traits that the file says it has.
    pub(crate) traits: BTreeSet<DerivedTrait>,
    pub(crate) at: SpecPtr,
}

/// The thing that a type stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TypeTarget {
    /// Texts of a format.
    Format(String),
    /// One schema.
    Place(SpecPtr),
}

/// The way in which a type of another crate is read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TypeForm {
    /// As text, by `FromStr` and `Display`.
    Text,
    /// As text, by way of the runtime's timestamp.
    Timestamp,
    /// As any JSON, by serde's traits.
    Json,
    /// As base64, from and into bytes.
    Bytes,
}

/// A crate that types are taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CrateSource {
    pub(crate) name: String,
    pub(crate) version: Option<String>,
    pub(crate) path: Option<String>,
    pub(crate) features: Vec<String>,
    pub(crate) default_features: bool,
    pub(crate) at: SpecPtr,
}

impl TypeRule {
    pub(crate) fn known(&self) -> Option<&'static KnownType> {
        known_type(&self.path.to_string())
    }

    /// The traits that the type has, as far as anybody has said.
    pub(crate) fn all_traits(&self) -> BTreeSet<DerivedTrait> {
        let known = self.known().map_or(&[][..], |it| it.traits);
        let known = known.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        self.traits.union(&DerivedTrait::named(&known)).cloned().collect()
    }

    /// The way in which the type is read and written; text for types that nobody here knows.
    pub(crate) fn form(&self) -> TypeForm {
        self.stated.or(self.known().map(|it| it.form)).unwrap_or(TypeForm::Text)
    }
}

impl Types {
    /// The crates that the types of some entries need, and the features of the runtime that convert them.
    pub(crate) fn needed(
        &self,
        used: &HashSet<usize>,
    ) -> (Vec<CrateSource>, BTreeSet<&'static str>) {
        let mut names: BTreeSet<_> = self.derived().filter_map(|it| it.0.krate()).collect();
        let mut features = BTreeSet::new();
        let rules = self.rules.iter().enumerate();
        for (_, rule) in rules.filter(|(index, _)| used.contains(index)) {
            rule.path.each_crate(&mut |it| {
                names.insert(it);
            });
            let known = rule.path.krate().and_then(known_crate);
            features.extend(
                known
                    .and_then(|it| it.runtime_feature)
                    .filter(|_| rule.form() == TypeForm::Timestamp),
            );
        }
        let crates = names.into_iter().filter(|it| !is_std(it));
        (crates.filter_map(|it| self.source(it)).collect(), features)
    }

    /// True if there is a source of a crate.
    pub(super) fn knows_crate(&self, ident: &str) -> bool {
        let is_listed = self.crates.iter().any(|it| self::ident(&it.name) == ident);
        is_listed || is_std(ident) || known_crate(ident).is_some()
    }

    /// The source of a crate: what the file says of it, over what is known of it.
    fn source(&self, ident: &str) -> Option<CrateSource> {
        let stated = self.crates.iter().find(|it| self::ident(&it.name) == ident);
        let Some(known) = known_crate(ident) else { return stated.cloned() };
        let mut source = CrateSource {
            name: known.name.to_owned(),
            version: Some(known.version.to_owned()),
            path: None,
            features: known.features.iter().map(|it| (*it).to_owned()).collect(),
            default_features: false,
            at: SpecPtr::root(),
        };
        if let Some(stated) = stated {
            source.version = stated.version.clone().or(source.version);
            source.path.clone_from(&stated.path);
            source.features.extend(stated.features.iter().cloned());
            source.features.dedup();
        }
        Some(source)
    }
}

fn known_crate(ident: &str) -> Option<&'static KnownCrate> {
    CRATES.iter().find(|it| self::ident(it.name) == ident)
}

fn is_std(krate: &str) -> bool {
    matches!(krate, "std" | "core")
}

/// The name of a crate in paths.
fn ident(name: &str) -> String {
    name.replace('-', "_")
}

/// Objects to types of unknown crates, to types that nobody knows how to read, and to crates that no type is of.
pub(super) fn check(types: &Types, sink: &mut Sink) -> bool {
    let fit = types.rules.iter().fold(true, |all, it| all & rule(types, it, sink));
    let fit = fit & derives::check(types, sink);
    types.crates.iter().fold(fit, |all, it| all & krate(types, it, sink))
}

fn rule(types: &Types, it: &TypeRule, sink: &mut Sink) -> bool {
    let mut fits = true;
    let at = it.at.child("type");
    it.path.each_crate(&mut |name| {
        if types.knows_crate(name) {
            return;
        }
        fits = false;
        let message = format_args!("no entry says where the crate `{name}` is");
        let found = sink.report_in(SourceId::Client, &BAD_CLIENT, &at, message);
        found.help("list it under `types.crates`, by `version` or by `path`");
        if let Some(near) = nearest_type(it) {
            found.label(format_args!("did you mean `{near}`?"));
        }
    });
    let name = it.path.krate().unwrap_or_default();
    let is_foreign = types.crates.iter().any(|it| ident(&it.name) == name);
    if fits && !is_foreign && it.stated.is_none() && it.known().is_none() {
        fits = false;
        let message = format_args!("nothing is known of the type `{}`", it.path);
        let found = sink.report_in(SourceId::Client, &BAD_CLIENT, &at, message);
        found.help("say how it is read and written: `as: text` or `as: json`");
        if let Some(near) = nearest_type(it) {
            found.label(format_args!("did you mean `{near}`?"));
        }
    }
    let json = |it: &String| serde_json::from_str::<serde_json::Value>(it).is_ok();
    if it.form() == TypeForm::Json && !it.example.as_ref().is_none_or(json) {
        fits = false;
        let message = "the example is not JSON, as which the type is read";
        sink.report_in(SourceId::Client, &BAD_CLIENT, &it.at.child("example"), message);
    }
    fits
}

/// The known type whose path is nearest, that has the same name, or that is usual for the format.
fn nearest_type(it: &TypeRule) -> Option<&'static str> {
    let near = nearest_name(&it.path.to_string(), TYPES.iter().map(|it| it.path));
    let name = it.path.segments.last()?;
    let same = || TYPES.iter().find(|it| it.path.rsplit("::").next() == Some(name.as_str()));
    let usual = || match &it.target {
        TypeTarget::Format(format) => TYPES.iter().find(|it| it.format == format),
        TypeTarget::Place(_) => None,
    };
    near.or_else(|| same().or_else(usual).map(|it| it.path))
}

fn krate(types: &Types, it: &CrateSource, sink: &mut Sink) -> bool {
    let name = ident(&it.name);
    if it.version.is_none() && it.path.is_none() && known_crate(&name).is_none() {
        let message = format_args!("neither `version` nor `path` says where `{}` is", it.name);
        sink.report_in(SourceId::Client, &BAD_CLIENT, &it.at, message);
        return false;
    }
    let is_name = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-');
    if !it.name.chars().all(is_name) {
        let message = format_args!("`{}` is no name of a package", it.name);
        sink.report_in(SourceId::Client, &BAD_CLIENT, &it.at.child("name"), message);
        return false;
    }
    let mut names: BTreeSet<_> = types.derived().filter_map(|it| it.0.krate()).collect();
    for rule in &types.rules {
        rule.path.each_crate(&mut |it| {
            names.insert(it);
        });
    }
    if names.contains(&*name) {
        return true;
    }
    let message = format_args!("no type and no derive is of the crate `{}`", it.name);
    let found = sink.report_in(SourceId::Client, &STALE_CLIENT, &it.at.child("name"), message);
    if let Some(near) = nearest_name(&name, names) {
        found.label(format_args!("did you mean `{near}`?"));
    }
    false
}
