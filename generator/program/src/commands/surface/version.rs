//! Which version a change asks for, by semantic versioning as Cargo reads it.

use super::compare::SurfaceChange;
use super::rules::Effect;
use semver::Version;

/// The step by which a version must rise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Demand {
    /// Nothing that callers see.
    Patch,
    /// There is more to call.
    Addition,
    /// Someone's program breaks.
    Break,
}

impl Demand {
    /// The step that the worst of some changes asks for.
    pub(crate) fn of<'c>(changes: impl IntoIterator<Item = &'c SurfaceChange>) -> Self {
        let demand = |it: &SurfaceChange| match it.rule.effect {
            Effect::BreaksBuild | Effect::BreaksRun => Self::Break,
            Effect::Adds => Self::Addition,
            Effect::Nothing => Self::Patch,
        };
        changes.into_iter().map(demand).max().unwrap_or(Self::Patch)
    }

    /// The lowest version that may follow. Below 1.0 Cargo takes the first number that is not zero
    /// for the one that breaks.
    pub(crate) fn after(self, it: &Version) -> Version {
        match (self, it.major, it.minor) {
            (_, 0, 0) => Version::new(0, 0, it.patch + 1),
            (Self::Break, 0, minor) => Version::new(0, minor + 1, 0),
            (Self::Addition | Self::Patch, 0, minor) => Version::new(0, minor, it.patch + 1),
            (Self::Break, major, _) => Version::new(major + 1, 0, 0),
            (Self::Addition, major, minor) => Version::new(major, minor + 1, 0),
            (Self::Patch, major, minor) => Version::new(major, minor, it.patch + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_number_that_is_not_zero_is_the_one_that_breaks() {
        let rows = [
            ("0.0.3", ["0.0.4", "0.0.4", "0.0.4"]),
            ("0.1.2", ["0.1.3", "0.1.3", "0.2.0"]),
            ("1.4.2", ["1.4.3", "1.5.0", "2.0.0"]),
        ];
        for (version, next) in rows {
            let version = Version::parse(version).expect("it is one");
            let demands = [Demand::Patch, Demand::Addition, Demand::Break];
            assert_eq!(demands.map(|it| it.after(&version).to_string()), next);
            // Cargo would take what breaks no one, and would not take what does.
            let takes = semver::VersionReq::parse(&format!("^{version}")).expect("it is one");
            assert_eq!(takes.matches(&Demand::Addition.after(&version)), version.minor > 0);
            assert!(!takes.matches(&Demand::Break.after(&version)));
        }
    }
}
