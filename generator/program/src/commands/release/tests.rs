//! Releases of a small project: which version is taken, what is refused, what is written.

use super::{Args, run};
use crate::commands::regen::tests::{DOCUMENT, RegenProject};
use anyhow::Result;
use semver::Version;
use std::fs;

const SECOND: &str = "
  /parts:
    get:
      tags: [Parts]
      operationId: parts_list
      responses: {'204': {description: none}}
";
const CHANGELOG: &str = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- All of it.\n";
const LOCK: &str = "version = 4\n\n[[package]]\nname = \"generated-client\"\nversion = \"0.1.0\"\n";

fn desk() -> RegenProject {
    let desk = RegenProject::new(&["acme"]);
    desk.put("CHANGELOG.md", CHANGELOG);
    desk.put("Cargo.lock", LOCK);
    desk
}

impl RegenProject {
    fn text(&self, path: &str) -> String {
        self.read(path).expect("it is there")
    }

    fn release(&self, version: Option<&str>) -> Result<()> {
        let version = version.map(|it| Version::parse(it).expect("it is a version"));
        run(&Args { version, dry_run: false }, &self.project).map(|_| ())
    }

    fn too_low(&self, version: &str) -> String {
        format!("{:#}", self.release(Some(version)).expect_err("it is too low"))
    }

    fn version(&self) -> String {
        let text = self.text("specs/release.yaml");
        let line = text.lines().find_map(|it| it.strip_prefix("version: "));
        line.expect("it says the version").to_owned()
    }
}

#[test]
fn versions_follow_what_changed() {
    let desk = desk();
    desk.release(None).expect("nothing was released before");
    assert_eq!(desk.version(), "0.1.0");
    desk.vendor("acme", &format!("{DOCUMENT}{SECOND}"));
    desk.release(None).expect("only something was added");
    assert_eq!(desk.version(), "0.1.1");
    desk.vendor("acme", DOCUMENT);
    desk.release(None).expect("the version rises");
    assert_eq!(desk.version(), "0.2.0");
    desk.release(None).expect("nothing changed for callers");
    assert_eq!(desk.version(), "0.2.1");
    desk.release(Some("1.0.0")).expect("any higher version is allowed");
    desk.vendor("acme", &format!("{DOCUMENT}{SECOND}"));
    desk.release(None).expect("only something was added");
    assert_eq!(desk.version(), "1.1.0");
}

#[test]
fn a_lower_version_than_semver_asks_for_is_refused_and_nothing_is_written() {
    let desk = desk();
    assert!(desk.too_low("0.0.9").contains("the first release is 0.1.0"));
    desk.vendor("acme", &format!("{DOCUMENT}{SECOND}"));
    desk.release(None).expect("nothing was released before");
    let (changelog, baseline) = (desk.text("CHANGELOG.md"), desk.text("specs/acme/released.txt"));
    desk.vendor("acme", DOCUMENT);
    let text = desk.too_low("0.1.1");
    assert!(
        text.contains("semver asks for 0.2.0") && text.contains("acme::Client::parts"),
        "{text}"
    );
    assert_eq!(desk.version(), "0.1.0");
    assert_eq!(desk.text("CHANGELOG.md"), changelog);
    assert_eq!(desk.text("specs/acme/released.txt"), baseline);
}

#[test]
fn a_release_moves_all_that_says_the_version() {
    let desk = desk();
    desk.release(Some("0.3.0")).expect("any higher version is allowed");
    assert!(desk.text("generated-client/Cargo.toml").contains("version = \"0.3.0\""));
    assert_eq!(desk.text("Cargo.lock"), LOCK.replace("0.1.0", "0.3.0"));
    assert_eq!(desk.text("specs/acme/released.txt"), desk.text("generated-client/api/acme.txt"));
    let changelog = desk.text("CHANGELOG.md");
    let body = changelog.strip_prefix("# Changelog\n\n## [Unreleased]\n\n## [0.3.0] - ");
    assert!(body.is_some_and(|it| it.ends_with("\n\n### Added\n\n- All of it.\n")), "{changelog}");
    assert!(desk.is_fresh());
}

#[test]
fn the_changelog_lists_what_breaks() {
    let desk = desk();
    desk.vendor("acme", &format!("{DOCUMENT}{SECOND}"));
    desk.release(None).expect("nothing was released before");
    desk.vendor("acme", DOCUMENT);
    desk.release(None).expect("the version rises");
    let text = desk.text("CHANGELOG.md");
    let entry = text.split("\n## [").nth(2).expect("the newest stands below what is not released");
    assert!(entry.starts_with("0.2.0] - ") && entry.contains("### Breaking changes"), "{entry}");
    assert!(entry.contains("- removed `acme::Client::parts(&self) -> resources::parts::Parts`"));
    assert!(text.ends_with("\n\n### Added\n\n- All of it.\n"), "{text}");
}

#[test]
fn a_vendor_that_goes_is_a_break_though_its_baseline_goes_along() {
    let desk = desk();
    desk.vendor("zeta", DOCUMENT);
    desk.release(None).expect("nothing was released before");
    fs::remove_dir_all(desk.path("specs/zeta")).expect("it is there");
    desk.release(None).expect("the version rises");
    assert_eq!(desk.version(), "0.2.0");
}

#[test]
fn a_dry_run_writes_nothing() {
    let desk = desk();
    run(&Args { version: None, dry_run: true }, &desk.project).expect("all is right");
    assert_eq!(desk.text("CHANGELOG.md"), CHANGELOG);
    assert!(!desk.path("specs/acme/released.txt").exists());
    assert!(!desk.path("generated-client").exists());
}

#[test]
fn what_only_writing_would_find_out_is_found_before_anything_is_written() {
    let desk = desk();
    desk.release(None).expect("nothing was released before");
    desk.vendor("acme", &format!("{DOCUMENT}{SECOND}"));
    let paths = ["CHANGELOG.md", "Cargo.lock", "specs/release.yaml", "specs/acme/released.txt"];
    let before = paths.map(|it| desk.text(it));
    desk.put("generated-client/src/acme/resources/parts.rs", "mine");
    for dry_run in [true, false] {
        let error = run(&Args { version: None, dry_run }, &desk.project);
        let error = format!("{:#}", error.expect_err("a file is in the way"));
        assert!(error.contains("src/acme/resources/parts.rs"), "{error}");
        assert_eq!(paths.map(|it| desk.text(it)), before);
    }
}
