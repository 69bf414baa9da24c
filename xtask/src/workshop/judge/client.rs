//! The clients, with the program that reads values by their types and writes them again: one build for all.

use super::values::Values;
use crate::workshop::corpus::generated::GeneratedClient;
use crate::workshop::scratch;
use anyhow::{Context, Result, bail};
use generator::{CrateSpec, GeneratedFile, Output};
use openapi_clients::commands::generate;
use openapi_clients::project::Project;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

/// `[status, written by the codec, written by serde, as Debug shows it]`; none without a type.
pub(super) type RoundTrip = Option<[String; 4]>;

const TRIP: &str = "tests/judge/trip.rs";
const SERDE: &str = "serde = { version = \"1\", default-features = false }\n\
    serde_json = { version = \"1\", features = [\"float_roundtrip\"] }\n";
const PROFILE: &str = "\n[profile.dev]\ndebug = false\nincremental = false\n";
/// The characters that are shown of the messages of a build that fails.
const LAST_WORDS: usize = 6000;

/// The outcome of each value, of each document that a client was made of.
pub(super) fn outcomes(
    clients: &[GeneratedClient<'_>],
    values: &[Values],
    workspace: &Project,
    folder: &Path,
) -> Result<Vec<Option<Vec<RoundTrip>>>> {
    let root = folder.join("clients");
    let program = build(clients, workspace, &root)?;
    let mut all = Vec::new();
    for (index, (client, values)) in clients.iter().zip(values).enumerate() {
        all.push(match &client.output {
            Ok(_) => Some(ask(&program, index, values).context(client.document.name.clone())?),
            Err(_) => None,
        });
    }
    Ok(all)
}

/// Writes the clients and builds the program, which is given the number of a client.
fn build(clients: &[GeneratedClient<'_>], workspace: &Project, root: &Path) -> Result<PathBuf> {
    let mut members = vec!["judge".to_owned(), "judge-trip".to_owned()];
    let mut dependencies = "judge-trip = { path = \"../judge-trip\" }\n".to_owned();
    let mut arms = String::new();
    for (index, it) in clients.iter().enumerate() {
        let Ok(output) = &it.output else { continue };
        let (krate, module) = (&it.document.krate, &output.module);
        let place = root.join(krate);
        let spec = scratch::spec(krate, &place, workspace)?;
        scratch::put(&place, &client(&spec, output))?;
        let name = krate.replace('-', "_");
        let _ = writeln!(arms, "        {index} => judge_trip::serve({name}::judge::run),");
        let _ = writeln!(
            dependencies,
            "{krate} = {{ path = \"../{krate}\", default-features = false, features = [\"{module}\"] }}"
        );
        members.push(krate.clone());
    }
    let place = root.join("judge-trip");
    let source =
        fs::read_to_string(workspace.root.join(TRIP)).context("cannot read the program")?;
    let needs = format!(
        "client-runtime = {{ path = {:?}, default-features = false }}\n{SERDE}",
        scratch::runtime(&place, workspace)?
    );
    scratch::put(&place, &package("judge-trip", &needs, "src/lib.rs", source))?;
    let main = format!(
        "fn main() {{\n    let client = std::env::args().nth(1).expect(\"a number\");\n    \
         match client.parse::<usize>().expect(\"a number\") {{\n{arms}        \
         _ => panic!(\"there is no such client\"),\n    }}\n}}\n"
    );
    scratch::put(&root.join("judge"), &package("judge", &dependencies, "src/main.rs", main))?;
    scratch::manifest(root, &members, PROFILE, workspace)?;
    cargo(root)
}

fn cargo(root: &Path) -> Result<PathBuf> {
    let mut cargo = crate::workshop::cargo::command();
    cargo.args(["build", "--package", "judge", "--message-format", "json", "--manifest-path"]);
    cargo.arg(root.join("Cargo.toml")).arg("--target-dir").arg(root.join("target"));
    cargo.env("CARGO_INCREMENTAL", "0").env_remove("RUSTFLAGS");
    let output = cargo.stdin(Stdio::null()).output().context("cargo cannot be run")?;
    let said = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        let errors = said.lines().filter_map(|it| {
            let it = serde_json::from_str::<serde_json::Value>(it).ok()?;
            let error = it["message"]["level"] == "error";
            it["message"]["rendered"].as_str().filter(|_| error).map(str::to_owned)
        });
        let mut text = errors.collect::<String>();
        text += &String::from_utf8_lossy(&output.stderr);
        text.truncate(text.floor_char_boundary(LAST_WORDS));
        bail!("the clients do not compile\n{text}");
    }
    crate::workshop::cargo::executable(&said).context("cargo has built no program")
}

fn file(path: &str, text: String) -> GeneratedFile {
    GeneratedFile { path: path.to_owned(), text }
}

/// The files of a crate with one source file.
fn package(name: &str, dependencies: &str, path: &str, source: String) -> Vec<GeneratedFile> {
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}"
    );
    vec![file("Cargo.toml", manifest), file(path, source)]
}

/// A client with a function that knows its types by their numbers.
fn client(spec: &CrateSpec, output: &Output) -> Vec<GeneratedFile> {
    let mut files = generate::krate(spec, output);
    let module = &output.module;
    let arms = types(output).into_iter().fold(String::new(), |mut arms, it| {
        let _ = writeln!(
            arms,
            "        {it} => judge_trip::trip::<crate::{module}::types::JudgeT{it}>(text),"
        );
        arms
    });
    let judge = format!(
        "pub fn run(number: u32, text: &str) -> Option<judge_trip::Outcome> {{\n    let _ = text;\n    \
         Some(match number {{\n{arms}        _ => return None,\n    }})\n}}\n"
    );
    for it in &mut files {
        match &*it.path {
            "Cargo.toml" => {
                let more = "[dependencies]\njudge-trip = { path = \"../judge-trip\" }\n";
                it.text = it.text.replace("[dependencies]\n", more);
            }
            "src/lib.rs" => it.text.push_str("\npub mod judge;\n"),
            _ => {}
        }
    }
    files.push(file("src/judge.rs", judge));
    files
}

/// The numbers of the types that there are.
fn types(output: &Output) -> BTreeSet<u32> {
    let find = |start: &str| {
        let lines = output.files.iter().flat_map(|it| it.text.lines());
        let numbers = lines.filter_map(|it| {
            let rest = it.strip_prefix(start)?;
            let end = rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len());
            rest[..end].parse::<u32>().ok()
        });
        numbers.collect::<BTreeSet<_>>()
    };
    let structs = find("pub struct JudgeT");
    structs.intersection(&find("impl codec::Record for JudgeT")).copied().collect()
}

fn ask(program: &Path, client: usize, values: &Values) -> Result<Vec<RoundTrip>> {
    let mut child = Command::new(program)
        .arg(client.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("the program cannot be run")?;
    let input = child.stdin.take().context("it has no standard input")?;
    let mut input = BufWriter::new(input);
    let output = thread::scope(|scope| {
        scope.spawn(move || {
            for it in &values.all {
                // Where it ends early, fewer outcomes say so.
                let _ = writeln!(input, "{}\t{{\"v\":{}}}", it.number, it.text);
            }
        });
        child.wait_with_output()
    });
    let output = output.context("the program was lost")?;
    let lines = String::from_utf8(output.stdout).context("outcomes are text")?;
    let all = lines.lines().map(serde_json::from_str).collect::<Result<Vec<RoundTrip>, _>>()?;
    if all.len() != values.all.len() {
        let at = values.all.get(all.len()).map(|it| it.text.as_str()).unwrap_or_default();
        bail!("the program ended at {at}");
    }
    Ok(all)
}
