//! `bench cold`: a program that does nothing, from nothing but sources, on a client and by hand.

use super::measure;
use super::samples::Samples;
use anyhow::{Context, Result};
use openapi_clients::project::Project;
use openapi_clients::terminal::table;
use std::fs;
use std::path::Path;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Builds of each program, all by turns
    #[arg(long, value_name = "N", default_value_t = 1)]
    runs: usize,
}

/// A program, and what it depends on.
struct ColdProgram {
    name: &'static str,
    dependencies: String,
    cpu: Samples,
    crates: usize,
}

pub(super) fn run(args: &Args, workspace: &Project) -> Result<()> {
    let scratch = workspace.target().join("bench/cold");
    let mut programs = programs(workspace);
    for run in 0..args.runs {
        for it in &mut programs {
            eprintln!("run {}: {}", run + 1, it.name);
            build(it, &scratch)?;
        }
    }
    print!("{}", shown(&programs));
    println!(
        "CPU s of all processes of a debug build, median (least) of {} runs by turns",
        args.runs
    );
    Ok(())
}

fn programs(workspace: &Project) -> Vec<ColdProgram> {
    let client = workspace.root.join("generated-client").display().to_string();
    let client = format!("generated-client = {{ path = {} }}\n", toml_edit::Value::from(client));
    let by_hand = "reqwest = { version = \"0.13\", features = [\"json\"] }\nserde_json = \"1\"\n";
    let hyper = "hyper-util = { version = \"0.1\", features = [\"client-legacy\", \"client-proxy\", \"http1\", \"tokio\"] }\n\
        hyper-rustls = { version = \"0.27\", default-features = false, features = [\"http1\", \"ring\", \"rustls-platform-verifier\", \"tls12\"] }\n\
        serde_json = \"1\"\n";
    let program = |name, dependencies: &str| ColdProgram {
        name,
        dependencies: dependencies.to_owned(),
        cpu: Samples::default(),
        crates: 0,
    };
    vec![
        program("reqwest by hand", by_hand),
        program("hyper by hand", hyper),
        program("generated-client", &client),
    ]
}

/// Builds a program once, in a folder of its own that nothing has been built in.
fn build(program: &mut ColdProgram, scratch: &Path) -> Result<()> {
    let folder = scratch.join(program.name.replace(' ', "-"));
    let source = folder.join("src");
    fs::create_dir_all(&source).with_context(|| format!("cannot create {}", source.display()))?;
    let manifest = format!(
        "[package]\nname = \"hello\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{}\n[workspace]\n",
        program.dependencies
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(source.join("main.rs"), "fn main() {\n    println!(\"hello\");\n}\n")?;
    let cargo = |words: &[&str]| {
        let mut cargo = crate::workshop::cargo::command();
        cargo.args(words).current_dir(&folder);
        cargo
    };
    measure::run(&mut cargo(&["fetch"]))?;
    let words = ["tree", "--edges", "normal", "--prefix", "none", "--format", "{p}", "--no-dedupe"];
    let (_, tree) = measure::run(&mut cargo(&words))?;
    program.crates = below(&tree);
    let target = tempfile::tempdir_in(scratch).context("there is no room to build in")?;
    let (used, _) = measure::run(cargo(&["build"]).env("CARGO_TARGET_DIR", target.path()))?;
    program.cpu.add(used.cpu.as_secs_f64());
    Ok(())
}

/// The number of packages below the program of a tree.
fn below(tree: &str) -> usize {
    let packages: std::collections::BTreeSet<_> =
        tree.lines().filter(|it| !it.is_empty()).collect();
    packages.len().saturating_sub(1)
}

fn shown(programs: &[ColdProgram]) -> String {
    let mut rows = vec![
        ["cold build of a program on", "CPU s", "ratio", "crates below"]
            .map(str::to_owned)
            .to_vec(),
    ];
    for it in programs {
        rows.push(vec![
            it.name.to_owned(),
            it.cpu.show(1),
            it.cpu.times(&programs[0].cpu),
            it.crates.to_string(),
        ]);
    }
    table(&rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_program_is_what_others_are_compared_with() {
        let program = |name, cpu: f64| {
            let mut samples = Samples::default();
            samples.add(cpu);
            ColdProgram { name, dependencies: String::new(), cpu: samples, crates: 3 }
        };
        let text = shown(&[program("hand", 60.0), program("ours", 30.0)]);
        let cells: Vec<&str> =
            text.lines().last().expect("it has rows").split_whitespace().collect();
        assert_eq!(cells, ["ours", "30.0", "(30.0)", "0.50", "3"]);
    }

    #[test]
    fn packages_are_counted_once_and_without_the_program() {
        assert_eq!(below("hello v0.1.0\nbytes v1.11.0\nhttp v1.4.0\nbytes v1.11.0\n\n"), 2);
    }
}
