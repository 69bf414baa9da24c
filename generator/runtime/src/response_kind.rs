//! The kinds of response of an operation that can response in several ways, and what asks for each.

/// A kind of response besides that of `send`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseKind {
    /// Server-sent events.
    Events,
    /// Items one after another.
    Lines,
    /// Bytes.
    Bytes,
    /// Text.
    Text,
}

/// A kind of response and what asks for it: media types, and perhaps a property or parameter.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    pub(crate) kind: ResponseKind,
    pub(crate) accept: &'static str,
    pub(crate) setting: Option<Setting>,
}

impl Terminal {
    /// A kind and its media types.
    #[must_use]
    pub const fn new(kind: ResponseKind, accept: &'static str) -> Self {
        Self { kind, accept, setting: None }
    }

    /// The property or parameter that asks for it.
    #[must_use]
    pub const fn setting(mut self, setting: Setting) -> Self {
        self.setting = Some(setting);
        self
    }
}

/// A property or parameter that asks for a kind of response.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    pub(crate) location: SettingLocation,
    pub(crate) name: &'static str,
    pub(crate) value: SettingValue,
    pub(crate) always: bool,
}

/// The part of the request that has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SettingLocation {
    Body,
    Query,
    Header,
}

/// Its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SettingValue {
    Flag(bool),
    Word(&'static str),
}

impl Setting {
    /// A flag of the body.
    #[must_use]
    pub const fn body(name: &'static str, value: bool) -> Self {
        Self {
            location: SettingLocation::Body,
            name,
            value: SettingValue::Flag(value),
            always: false,
        }
    }

    /// A flag of the query.
    #[must_use]
    pub const fn query(name: &'static str, value: bool) -> Self {
        Self { location: SettingLocation::Query, ..Self::body(name, value) }
    }

    /// A flag in a header.
    #[must_use]
    pub const fn header(name: &'static str, value: bool) -> Self {
        Self { location: SettingLocation::Header, ..Self::body(name, value) }
    }

    /// A word in the place of a flag.
    #[must_use]
    pub const fn word(mut self, word: &'static str) -> Self {
        self.value = SettingValue::Word(word);
        self
    }

    /// Says it, too, where the caller says nothing of it.
    #[must_use]
    pub const fn always(mut self) -> Self {
        self.always = true;
        self
    }
}
