//! The summary that regen prints in the end.

use super::vendor_outputs::{VendorOutputs, VendorSummary, timings};
use crate::clock::Elapsed;
use crate::commands::surface;
use crate::generated_dir::{Manifest, Plan, Write};
use crate::project::Project;
use crate::terminal::table;
use crate::text::{count, first};
use serde_json::{Value, json};

/// Paths that are named.
const PATHS: usize = 20;

/// The findings of a run, and the files that it writes.
#[derive(Clone, Copy)]
pub(super) struct Told<'r> {
    pub(super) project: &'r Project,
    pub(super) outcome: &'r VendorOutputs,
    pub(super) plan: &'r Plan,
    pub(super) specs: &'r [Write],
    pub(super) api: &'r surface::Diff,
}

impl Told<'_> {
    /// True if there is nothing to write.
    pub(super) fn is_fresh(&self) -> bool {
        self.plan.is_empty() && self.specs.is_empty()
    }
}

/// Prints what was done, or what is as it should be.
pub(super) fn print(json: bool, passes: bool, told: &Told<'_>, time: Elapsed) {
    if json {
        println!("{}", object(told, time));
        return;
    }
    if told.is_fresh() {
        println!("{}", fresh(told.outcome, told.plan, time));
    } else {
        print!("{}", changes(told.outcome, told.plan, told.specs, time));
    }
    print!("{}", surface::text(told.api));
    if passes {
        for it in &told.outcome.facts {
            println!("{}: {}", it.vendor, timings(&it.timings));
        }
    }
}

/// One line for a run that had nothing to do.
fn fresh(outcome: &VendorOutputs, plan: &Plan, time: Elapsed) -> String {
    let operations = outcome.facts.iter().map(|it| it.summary.emitted_operations).sum();
    let skipped = outcome.facts.iter().map(VendorSummary::skipped).sum::<usize>();
    format!(
        "up to date: {}, {}, {skipped} skipped; {}",
        count(plan.unchanged, "file"),
        count(operations, "operation"),
        spent(time)
    )
}

fn changes(outcome: &VendorOutputs, plan: &Plan, specs: &[Write], time: Elapsed) -> String {
    let heading = ["vendor", "operations", "types", "skipped", "warnings"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    for it in &outcome.facts {
        let numbers =
            [it.summary.emitted_operations, it.summary.types, it.skipped(), it.warnings()];
        let cells = numbers.iter().map(ToString::to_string);
        rows.push(std::iter::once(it.vendor.clone()).chain(cells).collect());
    }
    let written = plan.writes.len() + specs.len();
    format!(
        "{}{} written, {} removed, {} unchanged; {}\n",
        table(&rows),
        count(written, "file"),
        plan.removals.len(),
        plan.unchanged,
        spent(time)
    )
}

/// The message of `--check` where something differs.
pub(super) fn stale(told: &Told<'_>) -> String {
    let Told { project, plan, specs, .. } = *told;
    let folder = &project.krate.folder;
    let paths = plan.paths().map(|it| format!("  {folder}/{it}"));
    let list = plan.list_changes().then(|| format!("  {folder}/{}", Manifest::NAME));
    let specs = specs.iter().map(|it| format!("  {}", it.path));
    let all = paths.chain(list).chain(specs).collect::<Vec<_>>();
    format!(
        "{}error: {} not as the specs would have {}\n{}  = help: run `{} regen`\n",
        edited(folder, plan, "are not as regen left them"),
        if all.len() == 1 { "a file is".to_owned() } else { format!("{} files are", all.len()) },
        if all.len() == 1 { "it" } else { "them" },
        first(PATHS, &all),
        project.program.command
    )
}

/// Names the files that would be lost.
pub(super) fn edited(folder: &str, plan: &Plan, what: &str) -> String {
    if plan.edited.is_empty() {
        return String::new();
    }
    let paths = plan.edited.iter().map(|it| format!("  {folder}/{it}")).collect::<Vec<_>>();
    format!("files that someone else has changed {what}:\n{}", first(PATHS, &paths))
}

/// Names the files that are left where they are.
pub(crate) fn kept(paths: &[String]) -> String {
    if paths.is_empty() {
        return String::new();
    }
    let paths = paths.iter().map(|it| format!("  {it}")).collect::<Vec<_>>();
    format!(
        "files that are no longer made, and are not as they were written, are kept:\n{}  = help: delete them if nobody \
         needs them\n",
        first(PATHS, &paths)
    )
}

fn spent(time: Elapsed) -> String {
    format!("{} ms of CPU, {} ms", time.cpu.as_millis(), time.wall.as_millis())
}

fn object(told: &Told<'_>, time: Elapsed) -> Value {
    let Told { outcome, plan, specs, api, .. } = *told;
    let vendors = outcome.facts.iter().map(|it| {
        json!({
            "vendor": it.vendor,
            "operations": it.summary.operations,
            "emitted_operations": it.summary.emitted_operations,
            "schemas": it.summary.schemas,
            "emitted_schemas": it.summary.emitted_schemas,
            "types": it.summary.types,
            "skipped": it.skipped(),
            "warnings": it.warnings(),
            "passes": it.timings.iter().map(|it| json!([it.pass, it.time.as_secs_f64()])).collect::<Vec<_>>(),
        })
    });
    json!({
        "vendors": vendors.collect::<Vec<_>>(),
        "changed": plan.writes.iter().map(|it| &it.path).collect::<Vec<_>>(),
        "removed": plan.removals.iter().map(|it| &it.path).collect::<Vec<_>>(),
        "edited": plan.edited,
        "specs": specs.iter().map(|it| &it.path).collect::<Vec<_>>(),
        "unchanged": plan.unchanged,
        "fresh": told.is_fresh(),
        "api": surface::json(api),
        "cpu_seconds": time.cpu.as_secs_f64(),
        "seconds": time.wall.as_secs_f64(),
    })
}
