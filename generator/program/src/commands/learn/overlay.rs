//! The overlay with the proposed actions at its end.

use super::fragment::Fragment;
use super::propose::{Action, Correction, Finding};
use crate::text;
use anyhow::{Result, bail};

/// An overlay that corrects nothing yet.
const EMPTY: &str = "overlay: 1.0.0\ninfo: { title: Corrections, version: 1.0.0 }\nactions:\n";

/// The text of an overlay with more actions. It stays as it is but for them.
pub(super) fn with_actions(name: &str, old: Option<&str>, findings: &[Finding]) -> Result<String> {
    let old = old.unwrap_or(EMPTY);
    let mut lines: Vec<&str> = old.lines().collect();
    let Some(head) = lines.iter().position(|it| it.trim_end() == "actions:") else {
        bail!(
            "{name} has no line `actions:` with a list below it, so nothing can be added\n  \
             = help: write the actions as a list with a line for each `- target:`"
        );
    };
    let is_top = |line: &&str| {
        !line.is_empty() && !line.starts_with([' ', '-', '#', '\t']) && !line.trim().is_empty()
    };
    let below = lines[head + 1..].iter().position(is_top);
    let mut end = below.map_or(lines.len(), |it| head + 1 + it);
    while end > head + 1 && lines[end - 1].trim().is_empty() {
        end -= 1;
    }
    let item = lines[head + 1..end].iter().find(|it| it.trim_start().starts_with("- "));
    let indent = item.map_or(2, |it| it.len() - it.trim_start().len());
    let new = actions(findings, indent);
    let new: Vec<&str> = new.lines().collect();
    lines.splice(end..end, new);
    Ok(text::lines(lines))
}

/// The actions as items of a list, each below the comment that says why.
fn actions(findings: &[Finding], indent: usize) -> String {
    let blanks = " ".repeat(indent);
    let mut all = String::new();
    for finding in findings {
        let Correction::Proposed(actions) = &finding.correction else { continue };
        all.extend(finding.evidence.iter().map(|it| format!("{blanks}# {}.\n", it.sentence())));
        for Action { target, update } in actions {
            let target = Fragment::text(target).on_one_line();
            let change = match update {
                None => format!("{blanks}  remove: true\n"),
                Some(value) => value.lines("update", indent + 2),
            };
            all.extend([format!("{blanks}- target: {target}\n"), change]);
        }
    }
    all
}
