//! Releases of a small workspace: which version is taken, what is refused, what is written.

use super::{Args, run};
use crate::regen;
use crate::vendor;
use crate::workspace::Workspace;
use anyhow::Result;
use semver::Version;
use std::fs;
use tempfile::TempDir;

const DOCUMENT: &str = "\
openapi: 3.0.1
info: {title: Acme, version: '1'}
servers: [{url: 'https://api.acme.test'}]
paths:
  /things:
    get:
      tags: [Things]
      operationId: things_list
      description: Lists things.
      responses: {'204': {description: none}}
";
const SECOND: &str = "
  /parts:
    get:
      tags: [Parts]
      operationId: parts_list
      responses: {'204': {description: none}}
";
const CHANGELOG: &str = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- All of it.\n";
const LOCK: &str = "version = 4\n\n[[package]]\nname = \"generated-client\"\nversion = \"0.1.0\"\n";

struct Desk {
    folder: TempDir,
    workspace: Workspace,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let workspace = Workspace { root: folder.path().join("workspace") };
        let desk = Self { folder, workspace };
        desk.put("specs/release.yaml", "version: 0.1.0\n");
        desk.put("CHANGELOG.md", CHANGELOG);
        desk.put("Cargo.lock", LOCK);
        desk.vendor(DOCUMENT);
        desk
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.workspace.root.join(path);
        fs::create_dir_all(path.parent().expect("it has one")).expect("it is writable");
        fs::write(path, text).expect("it is writable");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.workspace.root.join(path)).expect("it is there")
    }

    fn vendor(&self, document: &str) {
        let file = self.folder.path().join("document.yaml");
        fs::write(&file, document).expect("it is writable");
        vendor::run(&vendor::Args::of_file("acme", file), &self.workspace)
            .expect("it is a document");
    }

    fn release(&self, version: Option<&str>) -> Result<()> {
        let version = version.map(|it| Version::parse(it).expect("it is a version"));
        run(&Args { version, dry_run: false }, &self.workspace).map(|_| ())
    }

    fn refusal(&self, version: &str) -> String {
        format!("{:#}", self.release(Some(version)).expect_err("it is too low"))
    }

    fn version(&self) -> String {
        let text = self.read("specs/release.yaml");
        let line = text.lines().find_map(|it| it.strip_prefix("version: "));
        line.expect("it says the version").to_owned()
    }
}

#[test]
fn versions_follow_what_changed() {
    let desk = Desk::new();
    desk.release(None).expect("nothing was released before");
    assert_eq!(desk.version(), "0.1.0");
    desk.vendor(&format!("{DOCUMENT}{SECOND}"));
    desk.release(None).expect("only something was added");
    assert_eq!(desk.version(), "0.1.1");
    desk.vendor(DOCUMENT);
    desk.release(None).expect("the version rises");
    assert_eq!(desk.version(), "0.2.0");
    desk.release(None).expect("nothing changed for callers");
    assert_eq!(desk.version(), "0.2.1");
    desk.release(Some("1.0.0")).expect("any higher version is allowed");
    desk.vendor(&format!("{DOCUMENT}{SECOND}"));
    desk.release(None).expect("only something was added");
    assert_eq!(desk.version(), "1.1.0");
}

#[test]
fn a_lower_version_than_semver_asks_for_is_refused_and_nothing_is_written() {
    let desk = Desk::new();
    assert!(desk.refusal("0.0.9").contains("the first release is 0.1.0"));
    desk.vendor(&format!("{DOCUMENT}{SECOND}"));
    desk.release(None).expect("nothing was released before");
    let (changelog, baseline) = (desk.read("CHANGELOG.md"), desk.read("specs/acme/released.txt"));
    desk.vendor(DOCUMENT);
    let text = desk.refusal("0.1.1");
    assert!(
        text.contains("semver asks for 0.2.0") && text.contains("acme::Client::parts"),
        "{text}"
    );
    assert_eq!(desk.version(), "0.1.0");
    assert_eq!(desk.read("CHANGELOG.md"), changelog);
    assert_eq!(desk.read("specs/acme/released.txt"), baseline);
}

#[test]
fn a_release_moves_all_that_says_the_version() {
    let desk = Desk::new();
    desk.release(Some("0.3.0")).expect("any higher version is allowed");
    assert!(desk.read("generated-client/Cargo.toml").contains("version = \"0.3.0\""));
    assert_eq!(desk.read("Cargo.lock"), LOCK.replace("0.1.0", "0.3.0"));
    assert_eq!(desk.read("specs/acme/released.txt"), desk.read("generated-client/api/acme.txt"));
    let changelog = desk.read("CHANGELOG.md");
    let body = changelog.strip_prefix("# Changelog\n\n## [Unreleased]\n\n## [0.3.0] - ");
    assert!(body.is_some_and(|it| it.ends_with("\n\n### Added\n\n- All of it.\n")), "{changelog}");
    let fresh = regen::run(&regen::Args::check(), &desk.workspace).expect("the specs are right");
    assert_eq!(fresh, std::process::ExitCode::SUCCESS);
}

#[test]
fn the_changelog_lists_what_breaks() {
    let desk = Desk::new();
    desk.vendor(&format!("{DOCUMENT}{SECOND}"));
    desk.release(None).expect("nothing was released before");
    desk.vendor(DOCUMENT);
    desk.release(None).expect("the version rises");
    let text = desk.read("CHANGELOG.md");
    let entry = text.split("\n## [").nth(2).expect("the newest stands below what is not released");
    assert!(entry.starts_with("0.2.0] - ") && entry.contains("### Breaking changes"), "{entry}");
    assert!(entry.contains("- removed `acme::Client::parts(&self) -> resources::parts::Parts`"));
    assert!(text.ends_with("\n\n### Added\n\n- All of it.\n"), "{text}");
}

#[test]
fn a_vendor_that_goes_is_a_break_though_its_baseline_goes_along() {
    let desk = Desk::new();
    let file = desk.folder.path().join("document.yaml");
    vendor::run(&vendor::Args::of_file("zeta", file), &desk.workspace).expect("it is a document");
    desk.release(None).expect("nothing was released before");
    fs::remove_dir_all(desk.workspace.root.join("specs/zeta")).expect("it is there");
    desk.release(None).expect("the version rises");
    assert_eq!(desk.version(), "0.2.0");
}

#[test]
fn a_dry_run_writes_nothing() {
    let desk = Desk::new();
    run(&Args { version: None, dry_run: true }, &desk.workspace).expect("all is right");
    assert_eq!(desk.read("CHANGELOG.md"), CHANGELOG);
    assert!(!desk.workspace.root.join("specs/acme/released.txt").exists());
    assert!(!desk.workspace.root.join("generated-client").exists());
}
