//! The forms of the values of `client.yaml`.

/// The form of a value.
#[derive(Debug)]
pub(super) enum ValueForm {
    /// A text that is not empty.
    Text,
    /// An integer that is not negative.
    Number,
    /// `true` or `false`.
    Flag,
    /// The name of a header, in which capitals make no difference.
    Header,
    /// The name of an environment variable.
    Variable,
    /// A Rust name in small letters.
    Identifier,
    /// The place of something in the document: `#/paths/~1users/get`.
    Pointer,
    /// The path of a type of another crate.
    TypePath,
    /// A trait that types may be given: one that is known, or the path of a derive macro.
    Trait,
    /// The path of a derive macro of another crate.
    TraitPath,
    /// The code of a finding.
    Rule,
    /// One of some words.
    Choice(&'static [&'static str]),
    List(&'static ValueForm),
    /// Objects that are each about something else: the key says about what.
    Entries(&'static str, &'static [ConfigKey]),
    Object(&'static [ConfigKey]),
}

/// A key of an object.
#[derive(Debug)]
pub(super) struct ConfigKey {
    pub(super) name: &'static str,
    pub(super) form: ValueForm,
    pub(super) required: bool,
    /// One sentence, shown by editors.
    pub(super) about: &'static str,
}

pub(super) const fn may(name: &'static str, form: ValueForm, about: &'static str) -> ConfigKey {
    ConfigKey { name, form, required: false, about }
}

pub(super) const fn must(name: &'static str, form: ValueForm, about: &'static str) -> ConfigKey {
    ConfigKey { name, form, required: true, about }
}
