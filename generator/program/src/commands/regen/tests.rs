//! Specs in, a crate out: what is written, what is refused, and what comes back.

use super::{Args, run};
use crate::commands::vendor;
use crate::project::Project;
use anyhow::Result;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;
use tempfile::TempDir;

pub(crate) const DOCUMENT: &str = "\
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

/// A project with vendors, each of which came in by `vendor`.
pub(crate) struct RegenProject {
    folder: TempDir,
    pub(crate) project: Project,
}

impl RegenProject {
    pub(crate) fn new(vendors: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let project = Project::of_generator(folder.path().join("project"));
        let desk = Self { folder, project };
        desk.put("specs/release.yaml", "version: 0.1.0\n");
        for it in vendors {
            desk.vendor(it, DOCUMENT);
        }
        desk
    }

    pub(crate) fn vendor(&self, name: &str, document: &str) {
        let file = self.folder.path().join("document.yaml");
        fs::write(&file, document).expect("the test may write there");
        vendor::run(&vendor::Args::of_file(name, file), &self.project).expect("it is a document");
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.project.root.join(path)
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("it has one")).expect("the test may write there");
        fs::write(path, text).expect("the test may write there");
    }

    pub(crate) fn read(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.path(path)).ok()
    }

    fn run(&self, change: impl Fn(&mut Args)) -> Result<ExitCode> {
        let mut args = Args { check: false, ..Args::check() };
        change(&mut args);
        run(&args, &self.project)
    }

    fn regen(&self) {
        let code = self.run(|_| {}).expect("the specs are right");
        assert_eq!(code, ExitCode::SUCCESS);
    }

    pub(crate) fn is_fresh(&self) -> bool {
        self.run(|it| it.check = true).expect("the specs are right") == ExitCode::SUCCESS
    }

    fn refusal(&self, change: impl Fn(&mut Args)) -> String {
        format!("{:#}", self.run(change).expect_err("something is wrong"))
    }

    /// All files with their bytes and times.
    fn files(&self) -> Vec<(PathBuf, Vec<u8>, SystemTime)> {
        let mut found = Vec::new();
        let mut folders = vec![self.project.root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("it is a folder") {
                let entry = entry.expect("it is readable");
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let time = entry.metadata().and_then(|it| it.modified()).expect("it has one");
                    found.push((path.clone(), fs::read(&path).expect("it is readable"), time));
                }
            }
        }
        found.sort();
        found
    }
}

#[test]
fn the_second_run_writes_nothing() {
    let desk = RegenProject::new(&["acme", "zeta"]);
    assert!(!desk.is_fresh());
    desk.regen();
    let before = desk.files();
    desk.regen();
    assert!(desk.is_fresh());
    assert_eq!(desk.files(), before);
}

#[test]
fn a_check_writes_nothing() {
    let desk = RegenProject::new(&["acme"]);
    let before = desk.files();
    assert!(!desk.is_fresh());
    assert_eq!(desk.files(), before);
}

#[test]
fn everything_but_the_manifest_comes_back() {
    let desk = RegenProject::new(&["acme"]);
    desk.regen();
    let bytes =
        |files: Vec<(PathBuf, Vec<u8>, _)>| files.into_iter().map(|(path, bytes, _)| (path, bytes));
    let before = bytes(desk.files()).collect::<Vec<_>>();
    let manifest = desk.read("generated-client/Cargo.toml").expect("the file was written before");
    fs::remove_dir_all(desk.path("generated-client")).expect("it is there");
    desk.put("generated-client/Cargo.toml", &manifest);
    desk.regen();
    assert_eq!(bytes(desk.files()).collect::<Vec<_>>(), before);
}

#[test]
fn an_edit_makes_it_stale_and_is_replaced() {
    let desk = RegenProject::new(&["acme"]);
    desk.regen();
    for path in [
        "generated-client/src/lib.rs",
        "specs/acme/names.lock",
        "specs/client.schema.json",
        "specs/client.md",
    ] {
        desk.put(path, "{}\n");
        assert!(!desk.is_fresh(), "{path}");
        desk.regen();
        assert!(desk.is_fresh(), "{path}");
    }
}

#[test]
fn a_document_that_was_edited_is_refused_with_both_ways_out() {
    let desk = RegenProject::new(&["acme"]);
    desk.put("specs/acme/openapi.yaml", &DOCUMENT.replace("Lists", "Shows"));
    let text = desk.refusal(|_| {});
    assert!(
        text.contains("cargo xtask vendor acme") && text.contains("specs/acme/overlay.yaml"),
        "{text}"
    );
    assert!(!desk.path("generated-client").exists());
}

#[test]
fn an_error_in_one_vendor_keeps_all_from_being_written() {
    let desk = RegenProject::new(&["acme", "zeta"]);
    desk.regen();
    desk.vendor("acme", &DOCUMENT.replace("Lists things", "Shows things"));
    desk.put("specs/zeta/client.yaml", "unknown: key\n");
    let before = desk.files();
    let text = desk.refusal(|_| {});
    assert_eq!(text, "nothing was written: zeta has 1 error");
    assert_eq!(desk.files(), before);
}

#[test]
fn strictly_nothing_may_be_left_out() {
    let desk = RegenProject::new(&["acme"]);
    let broken = DOCUMENT.replace("{description: none}", "{$ref: '#/components/responses/None'}");
    desk.vendor("acme", &broken);
    let text = desk.refusal(|it| it.strict = true);
    assert_eq!(text, "nothing was written: acme has 1 piece left out, which --strict forbids");
    assert!(!desk.path("generated-client").exists());
    desk.regen();
}

#[test]
fn only_the_files_of_the_wanted_vendor_are_written() {
    let desk = RegenProject::new(&["acme", "zeta"]);
    desk.regen();
    for vendor in ["acme", "zeta"] {
        desk.vendor(vendor, &DOCUMENT.replace("Lists things", "Shows things"));
    }
    let read =
        |vendor: &str| desk.read(&format!("generated-client/src/{vendor}/resources/things.rs"));
    desk.run(|it| it.vendors.push("zeta".to_owned())).expect("the specs are right");
    assert!(read("zeta").is_some_and(|it| it.contains("Shows things")));
    assert!(read("acme").is_some_and(|it| it.contains("Lists things")));
    desk.regen();
    assert!(read("acme").is_some_and(|it| it.contains("Shows things")));
}

#[test]
fn a_vendor_that_is_gone_takes_its_files_along() {
    let desk = RegenProject::new(&["acme", "zeta"]);
    desk.regen();
    fs::remove_dir_all(desk.path("specs/zeta")).expect("it is there");
    desk.regen();
    assert!(!desk.path("generated-client/src/zeta").exists());
    assert!(desk.path("generated-client/src/acme").exists());
}

#[test]
fn the_ledger_has_one_object_a_line() {
    let desk = RegenProject::new(&["acme"]);
    desk.vendor("acme", &DOCUMENT.replace("{description: none}", "{$ref: '#/x'}"));
    let place = desk.folder.path().join("ledger.jsonl");
    desk.run(|it| it.ledger = Some(place.clone())).expect("only an operation is left out");
    let text = fs::read_to_string(place).expect("the file was written before");
    let line = text.lines().next().expect("there is a finding");
    let finding: serde_json::Value = serde_json::from_str(line).expect("it is JSON");
    assert_eq!(finding["severity"], "skipped");
}

#[test]
fn findings_name_the_file_that_a_part_of_the_document_came_from() {
    let desk = RegenProject::new(&[]);
    let root = DOCUMENT.replace("  /things:\n", "  /others: {$ref: others.yaml}\n  /things:\n");
    let item = "get:\n  operationId: others\n  description: Others.\n  responses: {'200': {description: All., \
                content: {application/json: {schema: {$ref: '#/gone'}}}}}\n";
    fs::write(desk.folder.path().join("others.yaml"), item).expect("the test may write there");
    desk.vendor("acme", &root);
    let ledger = desk.path("ledger");
    let place = ledger.clone();
    desk.run(|it| it.ledger = Some(place.clone())).expect("one operation is left out");
    let found = fs::read_to_string(ledger).expect("it was written");
    let dangling = found.lines().find(|it| it.contains("\"dangling-ref\"")).expect("it is told");
    assert!(dangling.contains("\"origin\":\"others.yaml#/get/responses/200/"), "{dangling}");
    assert!(dangling.contains("\"file\":\"specs/acme/openapi.yaml\""), "{dangling}");
}
