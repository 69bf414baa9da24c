//! A vendor's document over the years, judged by rustc: a program of the first day compiles exactly
//! when the rules say so.

mod changes;

use super::compare::{SurfaceChange, between};
use super::rules::{Effect, Rule};
use super::surface;
use crate::commands::generate;
use crate::generated_dir;
use crate::project::Project;
use changes::SINGLES;
use generator::diag::ReportStyle;
use generator::{CrateSpec, GeneratedFile, Output, RuntimeSource, Source, Text};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const NOTES: &str = include_str!("notes.yaml");
const PROGRAM: &str = include_str!("program.rs");

#[test]
fn rustc_agrees_with_the_rules() {
    let mut outputs = Vec::new();
    let first = client("first", &notes(), None);
    for it in SINGLES {
        let mut document = notes();
        (it.edit)(&mut document);
        outputs.push(client(it.name, &document, Some(&first.names())));
    }
    let compiled = compiled(outputs.as_slice());
    for (it, output) in SINGLES.iter().zip(&outputs) {
        let changes = changes(&first, output);
        let judged = distinct(&changes);
        assert_eq!(judged, it.rules, "{}:\n{changes:#?}", it.name);
        let breaks = judged.iter().any(|it| it.effect == Effect::BreaksBuild);
        assert_eq!(compiled.contains(it.name), !breaks, "rustc on {}", it.name);
    }
}

#[test]
fn growing_breaks_no_one_and_shrinking_again_comes_back_to_the_first_byte() {
    let project = Project::of_tests();
    let vendors = project.vendors().expect("the specs are there");
    let seeds = project.source(&vendors[0]).expect("it is vendored");
    let seeds = generator::read(&seeds.document).expect("it is a document").to_json();
    let mut grown = seeds.clone();
    for part in ["paths", "components"] {
        merge(&mut grown[part], &notes()[part]);
    }
    let small = client("acme", &seeds, None);
    let large = client("acme", &grown, Some(&small.names()));
    let growth = changes(&small, &large);
    assert!(!growth.is_empty() && growth.iter().all(|it| it.rule.effect == Effect::Adds));
    let back = client("acme", &seeds, Some(&large.names()));
    assert!(changes(&large, &back).iter().any(|it| it.rule.effect == Effect::BreaksBuild));
    assert_eq!(surface(&back), surface(&small));
    assert_eq!(back.files, small.files);
}

fn notes() -> Value {
    let text = Text { name: "notes.yaml".to_owned(), bytes: NOTES.into() };
    generator::read(&text).expect("it is a document").to_json()
}

fn merge(into: &mut Value, from: &Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from.clone(),
    }
}

/// The client of a document, with the names that were given before.
fn client(module: &str, document: &Value, names: Option<&str>) -> Output {
    let text = |name: &str, text: &str| Text { name: name.to_owned(), bytes: text.into() };
    let source = Source {
        vendor: module.to_owned(),
        document: text("notes.json", &document.to_string()),
        // Else it would be one of the module, which differs here.
        client: Some(text("client.yaml", "base_url: {variable: ACME_BASE_URL}")),
        names: names.map(|it| text("names.lock", it)),
        ..Source::default()
    };
    let run = generator::generate(&source);
    run.output.unwrap_or_else(|_| panic!("{module}:\n{}", run.report.render(ReportStyle::Plain)))
}

fn changes(old: &Output, new: &Output) -> Vec<SurfaceChange> {
    let of = |it: &Output| {
        let head = format!("{}::", it.module);
        surface(it).lines().fold(String::new(), |text, line| {
            text + "acme::" + line.strip_prefix(&head).expect("each line says the module") + "\n"
        })
    };
    between(&of(old), &of(new))
}

fn distinct(changes: &[SurfaceChange]) -> Vec<&'static Rule> {
    let mut rules = Vec::new();
    for it in changes {
        if !rules.contains(&it.rule) {
            rules.push(it.rule);
        }
    }
    rules
}

/// The modules with which the program compiles: one crate of all clients, a program for each, and
/// one run of cargo over them.
fn compiled(outputs: &[Output]) -> BTreeSet<String> {
    let project = Project::of_tests();
    let root = project.target().join("history");
    write(&root, &project, outputs);
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["check", "--offline", "--keep-going", "--bins", "--message-format", "json"])
        .args(["--package", "programs", "--target-dir"])
        .arg(root.join("target"))
        .current_dir(&root)
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .stdin(Stdio::null())
        .output()
        .expect("cargo can be run");
    let messages = String::from_utf8_lossy(&output.stdout);
    let messages = messages.lines().filter_map(|it| serde_json::from_str::<Value>(it).ok());
    let artifacts = messages.filter(|it| it["reason"] == "compiler-artifact");
    let names = artifacts.filter(|it| it["target"]["kind"][0] == "bin");
    let names = names.filter_map(|it| it["target"]["name"].as_str().map(str::to_owned));
    let names = names.collect::<BTreeSet<_>>();
    // The program compiles with the first client, or cargo came to nothing at all.
    assert!(names.contains("nothing"), "{}", String::from_utf8_lossy(&output.stderr));
    names
}

fn write(root: &Path, project: &Project, outputs: &[Output]) {
    let folder = root.join("clients");
    let runtime = generate::path_from(&folder, &project.root.join("generator/runtime"));
    let runtime = RuntimeSource::Path(runtime.expect("the runtime is there"));
    let spec = CrateSpec::alone("clients", runtime);
    let mut files = generator::assemble(&spec, outputs);
    files.extend(outputs.iter().flat_map(|it| it.files.iter().cloned()));
    apply(&folder, &files);
    let features = outputs.iter().map(|it| &*it.module).collect::<Vec<_>>();
    let manifest = format!(
        "[package]\nname = \"programs\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         clients = {{ path = \"../clients\", default-features = false, features = {features:?} }}\n"
    );
    let programs =
        features.iter().map(|it| (format!("src/bin/{it}.rs"), PROGRAM.replace("MODULE", it)));
    let file = |(path, text)| GeneratedFile { path, text };
    let all = [("Cargo.toml".to_owned(), manifest)].into_iter().chain(programs).map(file);
    apply(&root.join("programs"), &all.collect::<Vec<_>>());
    let members = "[workspace]\nresolver = \"3\"\nmembers = [\"clients\", \"programs\"]\n";
    let lock = fs::read_to_string(project.root.join("Cargo.lock")).expect("it is locked");
    for (file, text) in [("Cargo.toml", members), ("Cargo.lock", &*lock)] {
        generated_dir::atomically(&root.join(file), text.as_bytes())
            .expect("the test may write there");
    }
}

/// Writes what is not there yet, so that cargo need not check it again.
fn apply(folder: &Path, files: &[GeneratedFile]) {
    let plan = generated_dir::plan(folder, files.to_vec(), |_| false).expect("the folder is ours");
    generated_dir::apply(&plan).expect("the test may write there");
}
