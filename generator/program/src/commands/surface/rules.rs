//! Which change of the surface means what to those who call it: the table that `rules.md` shows.

/// The effect of a change on programs that were written before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Some no longer compile.
    BreaksBuild,
    /// They compile, and some of their calls fail or do something else.
    BreaksRun,
    /// None: there is more to use.
    Adds,
    /// None at all.
    Nothing,
}

impl Effect {
    pub(crate) fn breaks(self) -> bool {
        match self {
            Self::BreaksBuild | Self::BreaksRun => true,
            Self::Adds | Self::Nothing => false,
        }
    }

    /// For the table, and for programs.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::BreaksBuild => "breaks the build",
            Self::BreaksRun => "breaks at run time",
            Self::Adds => "adds",
            Self::Nothing => "nothing",
        }
    }
}

/// A row of the table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    pub(crate) change: &'static str,
    pub(crate) effect: Effect,
    pub(crate) why: &'static str,
}

macro_rules! rules {
    ($($name:ident $effect:ident $change:literal $why:literal)*) => {
        $(
            pub(super) static $name: Rule =
                Rule { change: $change, effect: Effect::$effect, why: $why };
        )*
        #[cfg(test)]
        pub(super) static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    NEW Adds "something is new: a method, setter, type, field, variant, function"
        "structs and enums are `non_exhaustive`, and parameters are setters"
    GONE BreaksBuild "something is gone"
        "what names it no longer compiles"
    MODULE_GONE BreaksBuild "a vendor is gone"
        "its module is gone, and its Cargo feature"
    KIND BreaksBuild "a type is of another kind, or another type's alias"
        "a struct is not matched like an enum"
    FIELD BreaksBuild "a field has another type"
        "what it is assigned to has the old one; `Option` is another type too"
    CONTENT BreaksBuild "a variant holds something else"
        "patterns and constructors name what it holds"
    ARGUMENTS BreaksBuild "a function takes more arguments, fewer, or others"
        "each call spells them out"
    ORDER BreaksRun "arguments change places, and their types are alike"
        "calls compile and send one value in the place of another"
    ARGUMENT_NAME Nothing "an argument has another name"
        "calls do not say it"
    RESULT BreaksBuild "a function gives something else"
        "what it is assigned to has the old type"
    TRAIT_GONE BreaksBuild "a type loses a trait, such as `Default`"
        "what asks for the trait no longer compiles"
    TRAIT_NEW Adds "a type has a trait more"
        "nobody else can have implemented it"
    CLOSED BreaksBuild "a type becomes `non_exhaustive`"
        "it is no longer built or matched in full"
    OPENED Adds "a type is `non_exhaustive` no longer"
        "`..` and `_` are still allowed"
    REQUIRED BreaksRun "a setter must be called now"
        "calls compile without it, and the server or `build` refuses them"
    NOT_REQUIRED Adds "a setter need not be called any more"
        "calling it is still right"
    DEPRECATED Adds "something is deprecated"
        "a warning, which asks for a version that says so"
    NOT_DEPRECATED Nothing "something is deprecated no longer"
        "a warning less"
    VARIABLE_GONE BreaksRun "an environment variable is read no longer"
        "`from_env` compiles, and does not find what was set"
    VARIABLE_NEW Adds "one more environment variable is read"
        "who does not set it sees no difference"
}
