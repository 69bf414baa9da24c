//! Programs that are measured: cargo builds them, optimised, and they say one JSON object a line.

use super::measure;
use super::samples::Samples;
use crate::workshop::cargo;
use anyhow::{Context, Result, anyhow, bail};
use openapi_clients::project::Project;
use serde_json::Value;
use std::path::PathBuf;

/// The program of a benchmark of the runtime.
pub(super) fn benchmark(workspace: &Project, name: &str) -> Result<PathBuf> {
    built(workspace, &["bench", "--package", "client-runtime", "--no-run", "--bench", name])
}

/// The program that users have, as it is built for them.
pub(super) fn generator(workspace: &Project) -> Result<PathBuf> {
    built(workspace, &["build", "--profile", "dist", "--package", "openapi-clients"])
}

/// This program.
pub(super) fn xtask() -> Result<PathBuf> {
    std::env::current_exe().context("this program does not know its place")
}

fn built(workspace: &Project, words: &[&str]) -> Result<PathBuf> {
    eprintln!("building: cargo {}", words.join(" "));
    let mut cargo = cargo::command();
    cargo.args(words).args(["--message-format", "json"]).current_dir(&workspace.root);
    let (_, messages) = measure::run(&mut cargo)?;
    cargo::executable(&messages)
        .with_context(|| format!("cargo {} made no program", words.join(" ")))
}

/// Numbers that a program printed under a name, over all of its runs.
#[derive(Debug)]
pub(super) struct Measurement {
    pub(super) name: String,
    numbers: Vec<(String, Samples)>,
}

impl Measurement {
    /// The numbers of a name.
    pub(super) fn get(&self, name: &str) -> Result<&Samples> {
        let found = self.numbers.iter().find(|it| it.0 == name);
        found.map(|it| &it.1).ok_or_else(|| anyhow!("`{}` says no `{name}`", self.name))
    }
}

/// Adds what a run of a program has said.
pub(super) fn add(rows: &mut Vec<Measurement>, said: &str) -> Result<()> {
    for line in said.lines() {
        let row: Value = serde_json::from_str(line).context("a line of a benchmark is no JSON")?;
        let Some(object) = row.as_object() else { bail!("a line of a benchmark is no object") };
        let name = row["name"].as_str().context("a line of a benchmark has no name")?;
        let at = rows.iter().position(|it| it.name == name).unwrap_or_else(|| {
            rows.push(Measurement { name: name.to_owned(), numbers: Vec::new() });
            rows.len() - 1
        });
        for (name, number) in object.iter().filter_map(|(name, it)| Some((name, it.as_f64()?))) {
            let numbers = &mut rows[at].numbers;
            match numbers.iter_mut().find(|it| it.0 == *name) {
                Some((_, samples)) => samples.add(number),
                None => {
                    let mut samples = Samples::default();
                    samples.add(number);
                    numbers.push((name.clone(), samples));
                }
            }
        }
    }
    Ok(())
}

/// The row of a name.
pub(super) fn row<'r>(rows: &'r [Measurement], name: &str) -> Result<&'r Measurement> {
    let found = rows.iter().find(|it| it.name == name);
    found.with_context(|| format!("the benchmark says nothing of `{name}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_gathered_by_name() {
        let mut rows = Vec::new();
        add(&mut rows, "{\"name\":\"a\",\"us\":1.5}\n{\"name\":\"b\",\"us\":7}\n").expect("rows");
        add(&mut rows, "{\"name\":\"a\",\"us\":2.5}\n").expect("rows");
        let a = row(&rows, "a").expect("it is there");
        assert_eq!(a.get("us").expect("it is there").show(1), "2.0 (1.5)");
        assert!(row(&rows, "c").is_err() && a.get("ms").is_err());
        for wrong in ["oops", "[]", "{\"us\":1}"] {
            add(&mut rows, wrong).expect_err("it is no row");
        }
    }
}
