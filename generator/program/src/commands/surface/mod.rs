//! The public surface of the clients: how it differs from that of the last release, and whom that breaks.

mod baseline;
mod compare;
#[cfg(test)]
mod history;
mod item;
mod print;
mod rules;
#[cfg(test)]
mod tests;
mod version;

pub use baseline::Release;
pub(crate) use baseline::{RELEASE, RELEASED, surface};
pub(crate) use compare::{ChangeKind, SurfaceChange};
pub(crate) use print::{json, text};
pub(crate) use version::Demand;

use crate::project::Project;
use anyhow::Result;
use baseline::Baseline;
use generator::Output;
use semver::Version;

/// Differences of the clients from what was there before.
pub(crate) struct Diff {
    /// The last release, unless there was none: then it is compared with the last run.
    pub(crate) since: Option<Version>,
    pub(crate) modules: Vec<Module>,
}

/// Differences of a module.
pub(crate) struct Module {
    pub(crate) name: String,
    pub(crate) state: State,
    pub(crate) changes: Vec<SurfaceChange>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It was not there before.
    New,
    Kept,
    /// It is not there any more.
    Gone,
}

impl Diff {
    /// Of what was generated just now.
    pub(crate) fn of(project: &Project, outputs: &[Output]) -> Result<Self> {
        let Baseline { release, mut surfaces } = Baseline::of(project)?;
        let mut modules = Vec::new();
        for it in outputs {
            let place = surfaces.iter().position(|(module, _)| *module == it.module);
            let old = place.map(|index| surfaces.swap_remove(index).1);
            let state = if old.is_some() { State::Kept } else { State::New };
            modules.push(Module::new(&it.module, state, &old.unwrap_or_default(), surface(it)));
        }
        for (module, old) in surfaces {
            modules.push(Module::new(&module, State::Gone, &old, ""));
        }
        modules.sort_by(|a, b| a.name.cmp(&b.name));
        let since = release.modules.is_some().then_some(release.version);
        Ok(Self { since, modules })
    }

    pub(crate) fn changes(&self) -> impl Iterator<Item = &SurfaceChange> {
        self.modules.iter().flat_map(|it| &it.changes)
    }

    pub(crate) fn breaking(&self) -> usize {
        self.changes().filter(|it| it.rule.effect.breaks()).count()
    }

    /// The step by which the version must rise.
    pub(crate) fn demand(&self) -> Demand {
        Demand::of(self.changes())
    }

    /// The lowest version that may follow the last release, if anything changed since.
    pub(crate) fn asks_for(&self) -> Option<Version> {
        let since = self.since.as_ref().filter(|_| self.changes().next().is_some())?;
        Some(self.demand().after(since))
    }
}

impl Module {
    fn new(name: &str, state: State, old: &str, new: &str) -> Self {
        let whole = |what, rule, text: &str| SurfaceChange {
            what,
            line: name.to_owned(),
            before: None,
            rule,
            along: text.lines().count(),
        };
        let changes = match state {
            State::New => vec![whole(ChangeKind::Added, &rules::NEW, new)],
            State::Kept => compare::between(old, new),
            State::Gone => vec![whole(ChangeKind::Removed, &rules::MODULE_GONE, old)],
        };
        Self { name: name.to_owned(), state, changes }
    }
}
