//! Shows how the surface differs: what breaks first, and in full.

use super::compare::{ChangeKind, SurfaceChange};
use super::{Diff, State};
use crate::text::{count, first, lines};
use serde_json::{Value, json as object};

/// Changes that break no one and are shown.
const MAX_LINES: usize = 40;

/// For people; empty if nothing differs.
pub(crate) fn text(diff: &Diff) -> String {
    if diff.changes().next().is_none() {
        return String::new();
    }
    let (breaking, harmless): (Vec<_>, Vec<_>) =
        diff.changes().partition(|it| it.rule.effect.breaks());
    let breaking = breaking.into_iter().flat_map(|it| {
        [line(it, '!'), format!("        {}: {}", it.rule.effect.word(), it.rule.why)]
    });
    let harmless = harmless.into_iter().map(|it| line(it, ' ')).collect::<Vec<_>>();
    format!("{}\n{}{}", heading(diff), lines(breaking), first(MAX_LINES, &harmless))
}

fn heading(diff: &Diff) -> String {
    let all = count(diff.changes().count(), "change");
    let breaks = match diff.breaking() {
        0 => "which breaks no caller".to_owned(),
        number => format!("{number} of which may break callers"),
    };
    match (&diff.since, diff.asks_for()) {
        (Some(since), Some(next)) => {
            format!("api: {all} since {since}, {breaks}: semver asks for {next}")
        }
        _ => format!("api: {all} since the last run, {breaks}; nothing was released yet"),
    }
}

fn line(it: &SurfaceChange, mark: char) -> String {
    let sign = match it.what {
        ChangeKind::Added => '+',
        ChangeKind::Changed => '~',
        ChangeKind::Removed => '-',
    };
    let along = match it.along {
        0 => String::new(),
        number => format!(" with {}", count(number, "item")),
    };
    let before = it.before.as_ref().map(|it| format!("\n        before: {it}")).unwrap_or_default();
    format!("  {mark} {sign} {}{along}{before}", it.line)
}

/// For programs.
pub(crate) fn json(diff: &Diff) -> Value {
    let modules = diff.modules.iter().map(|module| {
        let state = match module.state {
            State::New => "new",
            State::Kept => "kept",
            State::Gone => "gone",
        };
        let changes = module.changes.iter().map(|it| {
            object!({
                "change": match it.what {
                    ChangeKind::Added => "added",
                    ChangeKind::Changed => "changed",
                    ChangeKind::Removed => "removed",
                },
                "item": it.line,
                "before": it.before,
                "rule": it.rule.change,
                "effect": it.rule.effect.word(),
                "breaks": it.rule.effect.breaks(),
                "along": it.along,
            })
        });
        object!({"module": module.name, "state": state, "changes": changes.collect::<Vec<_>>()})
    });
    object!({
        "since": diff.since.as_ref().map(ToString::to_string),
        "asks_for": diff.asks_for().map(|it| it.to_string()),
        "breaking": diff.breaking(),
        "modules": modules.collect::<Vec<_>>(),
    })
}
