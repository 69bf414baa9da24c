//! The entry of a release in `CHANGELOG.md`.

use crate::commands::surface::{ChangeKind, Diff, SurfaceChange};
use anyhow::{Context, Result};
use semver::Version;
use std::fmt::Write;

const UNRELEASED: &str = "## [Unreleased]\n";
/// Changes that break no one and are listed.
const MAX_LINES: usize = 60;

/// The changelog, in which what was not released is, together with what changed in the surface.
pub(super) fn with(text: &str, version: &Version, date: &str, diff: &Diff) -> Result<String> {
    let (before, rest) = text.split_once(UNRELEASED).with_context(|| {
        format!("CHANGELOG.md has no `{}` to put the release below", UNRELEASED.trim())
    })?;
    let end = rest.find("\n## [").map_or(rest.len(), |it| it + 1);
    let (body, older) = rest.split_at(end);
    let mut entry = format!("{before}{UNRELEASED}\n## [{version}] - {date}\n");
    for part in [body.trim(), surface(diff).trim()].iter().filter(|it| !it.is_empty()) {
        let _ = write!(entry, "\n{part}\n");
    }
    let gap = if older.is_empty() { "" } else { "\n" };
    Ok(format!("{entry}{gap}{older}"))
}

/// Changes for callers. Of a first release there is nothing to say.
fn surface(diff: &Diff) -> String {
    if diff.since.is_none() {
        return String::new();
    }
    let (breaking, harmless): (Vec<_>, Vec<_>) =
        diff.changes().partition(|it| it.rule.effect.breaks());
    let mut text = String::new();
    section(&mut text, "Breaking changes of the clients", &breaking, usize::MAX);
    section(&mut text, "Other changes of the clients", &harmless, MAX_LINES);
    text
}

fn section(text: &mut String, title: &str, changes: &[&SurfaceChange], most: usize) {
    if changes.is_empty() {
        return;
    }
    let _ = write!(text, "### {title}\n\n");
    for it in changes.iter().take(most) {
        let _ = match (it.what, &it.before) {
            (ChangeKind::Added, _) => writeln!(text, "- added `{}`", it.line),
            (ChangeKind::Removed, _) => writeln!(text, "- removed `{}`", it.line),
            (ChangeKind::Changed, Some(before)) => writeln!(text, "- `{before}` is `{}`", it.line),
            (ChangeKind::Changed, None) => writeln!(text, "- changed `{}`", it.line),
        };
    }
    match changes.len().saturating_sub(most) {
        0 => text.push('\n'),
        more => {
            let _ = write!(text, "- and {more} more\n\n");
        }
    }
}
