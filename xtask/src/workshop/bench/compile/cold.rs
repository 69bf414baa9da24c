//! Cold builds: a program that does nothing, with a client, from nothing but sources.

use super::super::measure;
use super::super::samples::Samples;
use super::krate::Krate;
use super::rustc;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Resources of a cold build.
pub(super) struct Cold {
    /// Of all processes, build scripts and linkers too: seconds of CPU.
    pub(super) cpu: Samples,
    /// The compiler's seconds for each crate, those that need most first.
    pub(super) crates: Vec<(String, f64)>,
}

/// Builds a program on a client. All sources have been fetched.
pub(super) fn build(krate: &Krate, scratch: &Path) -> Result<Cold> {
    let folder = scratch.join("hello");
    let source = folder.join("src");
    fs::create_dir_all(&source).with_context(|| format!("cannot create {}", source.display()))?;
    let manifest = format!(
        "[package]\nname = \"hello\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\n{} = {{ path = {} }}\n\n[workspace]\n",
        krate.name,
        toml_edit::Value::from(krate.folder.display().to_string())
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(source.join("main.rs"), "fn main() {\n    println!(\"hello\");\n}\n")?;
    // With the versions that the client itself is compiled with.
    fs::copy(krate.folder.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let target = tempfile::tempdir_in(scratch).context("there is no room to build in")?;
    let notes = target.path().join("notes");
    let mut cargo = crate::workshop::cargo::command();
    cargo.arg("build").current_dir(&folder).env("CARGO_TARGET_DIR", target.path());
    rustc::observe(&mut cargo, &notes)?;
    let (used, _) = measure::run(&mut cargo)?;
    let mut cpu = Samples::default();
    cpu.add(used.cpu.as_secs_f64());
    let noted = fs::read_to_string(&notes).context("the compiler was not observed")?;
    Ok(Cold { cpu, crates: by_crate(&noted) })
}

/// A crate and its build script stand under two names; crates that are compiled twice under one.
fn by_crate(noted: &str) -> Vec<(String, f64)> {
    let mut crates: Vec<(String, f64)> = Vec::new();
    for (name, used) in rustc::read(noted) {
        match crates.iter_mut().find(|it| it.0 == name) {
            Some(it) => it.1 += used.cpu.as_secs_f64(),
            None => crates.push((name, used.cpu.as_secs_f64())),
        }
    }
    crates.sort_by(|a, b| b.1.total_cmp(&a.1));
    crates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dearest_crates_come_first() {
        let noted = "{\"crate\":\"a\",\"wall\":1,\"cpu\":1,\"peak\":1}\n\
            {\"crate\":\"b\",\"wall\":1,\"cpu\":1.5,\"peak\":1}\n\
            {\"crate\":\"a\",\"wall\":1,\"cpu\":1,\"peak\":1}\n";
        assert_eq!(by_crate(noted), [("a".to_owned(), 2.0), ("b".to_owned(), 1.5)]);
    }
}
