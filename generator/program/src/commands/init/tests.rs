//! Folders that become projects, and those that do not.

use super::*;
use crate::runtime::RuntimeSources;
use tempfile::TempDir;

/// A copy of a runtime that is quick to write.
const RUNTIME: &[(&str, &str)] = &[("Cargo.toml", "[package]\n"), ("src/lib.rs", "")];

fn program() -> Program {
    Program { command: "openapi-clients", runtime: RuntimeSources::Embedded(RUNTIME) }
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::Builder::new().prefix("acme").tempdir().expect("it can be made");
    for (path, text) in files {
        let place = folder.path().join(path);
        fs::create_dir_all(place.parent().expect("it has one")).expect("the test may write there");
        fs::write(place, text).expect("the test may write there");
    }
    folder
}

fn init(root: &Path, change: impl Fn(&mut Args)) -> Result<ExitCode> {
    let mut args = Args {
        root: root.to_owned(),
        name: Some("acme-clients".to_owned()),
        folder: "clients".to_owned(),
        runtime: "vendored".to_owned(),
    };
    change(&mut args);
    run(&args, &program())
}

fn read(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap_or_else(|_| panic!("no {path}"))
}

fn refusal(folder: &TempDir, change: impl Fn(&mut Args)) -> String {
    let error = init(folder.path(), change).expect_err("something is there");
    assert!(!folder.path().join(RELEASE).exists(), "nothing was written");
    format!("{error:#}")
}

#[test]
fn an_empty_folder_becomes_a_workspace_with_the_crate_in_it() {
    let folder = folder(&[]);
    init(folder.path(), |_| {}).expect("it is empty");
    assert!(read(&folder, "Cargo.toml").contains("members = [\"clients\"]"));
    let manifest = read(&folder, "clients/Cargo.toml");
    assert!(
        manifest.contains("name = \"acme-clients\"") && manifest.contains("path = \"runtime\"")
    );
    assert!(!manifest.contains("[workspace]"), "{manifest}");
    assert_eq!(read(&folder, "clients/runtime/Cargo.toml"), "[package]\n");
    let project = Project::around(&folder.path().join("clients/src"), program());
    let project = project.expect("it is one now");
    assert_eq!((&*project.krate.name, &*project.krate.folder), ("acme-clients", "clients"));
}

#[test]
fn a_crate_that_is_published_says_what_a_registry_asks_for() {
    let folder = folder(&[]);
    init(folder.path(), |_| {}).expect("it is empty");
    let settings = folder.path().join(SETTINGS);
    let more = "license: MIT\nrepository: https://example.com/acme\n";
    fs::write(&settings, read(&folder, SETTINGS) + more).expect("the test may write there");
    let project = Project::around(folder.path(), program()).expect("it is one");
    let files = regen::crate_files(&project, &[], "0.1.0").expect("the runtime is there");
    let manifest = files.iter().find(|it| it.path == "Cargo.toml").expect("it has one");
    let manifest: DocumentMut = manifest.text.parse().expect("it is TOML");
    let said = |key: &str| manifest["package"][key].as_str().map(str::to_owned);
    assert_eq!(said("license").as_deref(), Some("MIT"));
    assert_eq!(said("repository").as_deref(), Some("https://example.com/acme"));
    assert_eq!(manifest["package"]["categories"][0].as_str(), Some("api-bindings"));
}

#[test]
fn what_is_there_stays_as_it_is() {
    let package = "[package]\nname = \"acme\"\nversion = \"0.1.0\"\n";
    let there = [("Cargo.toml", package), ("specs/release.yaml", "version: 3.0.0\n")];
    let folder = folder(&there);
    init(folder.path(), |_| {}).expect("nothing is in its way");
    for (path, text) in there {
        assert_eq!(read(&folder, path), text);
    }
    let manifest = read(&folder, "clients/Cargo.toml");
    assert!(manifest.contains("\n[workspace]\n"), "the package has no workspace: {manifest}");
    assert!(manifest.contains("version = \"3.0.0\""), "{manifest}");
    assert!(!folder.path().join(".gitignore").exists());
}

#[test]
fn below_a_workspace_the_crate_is_to_be_a_member() {
    let folder = folder(&[("Cargo.toml", "[workspace]\nmembers = [\"app\"]\n")]);
    init(folder.path(), |it| it.runtime = "registry".to_owned()).expect("nothing is in its way");
    assert_eq!(read(&folder, "Cargo.toml"), "[workspace]\nmembers = [\"app\"]\n");
    let manifest = read(&folder, "clients/Cargo.toml");
    assert!(!manifest.contains("[workspace]"), "{manifest}");
    let runtime = format!("client-runtime = {{ version = \"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(manifest.contains(&runtime), "{manifest}");
}

#[test]
fn a_project_is_not_made_twice() {
    let folder = folder(&[]);
    init(folder.path(), |_| {}).expect("it is empty");
    let error = init(folder.path(), |_| {}).expect_err("it is one").to_string();
    assert!(error.contains("is a project already") && error.contains("vendor NAME"), "{error}");
}

#[test]
fn the_crate_is_made_in_an_empty_folder_only() {
    for there in ["clients/mine.rs", "clients"] {
        let text = refusal(&folder(&[(there, "")]), |_| {});
        assert!(
            text.contains("clients is no empty folder") && text.contains("`--folder`"),
            "{text}"
        );
    }
    let empty = folder(&[]);
    fs::create_dir(empty.path().join("clients")).expect("the test may write there");
    init(empty.path(), |_| {}).expect("nothing is in it");
    assert!(read(&empty, "clients/Cargo.toml").contains("acme-clients"));

    for name in ["..", "/tmp", "specs", ""] {
        let text = refusal(&folder(&[]), |it| name.clone_into(&mut it.folder));
        assert!(text.contains("`--folder`"), "{text}");
    }
}

#[test]
fn a_name_that_is_taken_or_no_crate_may_have_is_refused() {
    let package = "[package]\nname = \"acme-clients\"\nversion = \"0.1.0\"\n";
    for place in ["Cargo.toml", "app/Cargo.toml"] {
        let text = refusal(&folder(&[(place, package)]), |_| {});
        assert!(text.contains(place) && text.contains("`--name`"), "{text}");
        init(folder(&[(place, package)]).path(), |it| it.name = Some("others".to_owned()))
            .expect("this name is free");
    }
    for (name, said) in [("std", "such as `std-client`"), ("a b", "such as `a-b`")] {
        let text = refusal(&folder(&[]), |it| it.name = Some(name.to_owned()));
        assert!(text.contains(said), "{text}");
    }
}

#[test]
fn a_runtime_that_is_not_there_is_refused() {
    let runtime = |word: &'static str| move |it: &mut Args| word.clone_into(&mut it.runtime);
    for word in ["vendord", "", "../no-runtime"] {
        let text = refusal(&folder(&[]), runtime(word));
        assert!(text.contains(&format!("`--runtime` is `{word}`")), "{text}");
    }
    let beside = folder(&[("mine/Cargo.toml", "[package]\nname = \"client-runtime\"\n")]);
    init(beside.path(), runtime("mine")).expect("it is there");
    assert!(read(&beside, "clients/Cargo.toml").contains("path = \"../mine\""));
}

#[test]
fn a_file_becomes_no_project() {
    let folder = folder(&[("acme", "text")]);
    let error = init(&folder.path().join("acme"), |_| {}).expect_err("it is a file");
    assert!(format!("{error:#}").contains("cannot create"), "{error:#}");
    assert_eq!(read(&folder, "acme"), "text");
}
