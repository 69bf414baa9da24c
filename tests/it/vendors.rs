//! Clients of the vendored documents: pinned file by file, fresh, and always the same bytes.

use crate::reversed::reversed;
use crate::shapes::{SHAPES, source as shape};
use crate::support::{
    file, files_under, make, make_with_report, pin, read, root, surface, text, vendor,
};
use generator::diag::ReportStyle;
use generator::{CrateLocation, CrateSpec, GeneratedFile, Output, RuntimeSource, Source};
use std::collections::BTreeMap;
use std::thread;

pub(crate) const VENDORS: &[&str] = &["cartesia", "fireworks"];

/// The names under which a vendor's files and findings are pinned.
pub(crate) fn snapshot_names(vendor_name: &str) -> Vec<String> {
    let output = make(&vendor(vendor_name));
    let files = output.files.iter().map(|it| snapshot_name(&output, it));
    files.chain([format!("{vendor_name}.report")]).collect()
}

/// `src/acme/types/users.rs` is pinned as `acme.types.users`, `api/acme.txt` as `acme.api`.
fn snapshot_name(output: &Output, file: &GeneratedFile) -> String {
    let module = &output.module;
    match file.path.strip_prefix(&format!("src/{module}/")) {
        Some(inner) => format!("{module}.{}", inner.trim_end_matches(".rs").replace('/', ".")),
        None => format!("{module}.api"),
    }
}

fn pin_all(name: &str) {
    let (output, report) = make_with_report(&vendor(name));
    for file in &output.files {
        pin("vendors", &snapshot_name(&output, file), &file.text);
    }
    let found = report.render(ReportStyle::Plain);
    pin("vendors", &format!("{name}.report"), if found.is_empty() { "nothing" } else { &found });
}

#[test]
fn cartesia_is_emitted_as_pinned() {
    pin_all("cartesia");
}

#[test]
fn fireworks_is_emitted_as_pinned() {
    pin_all("fireworks");
}

/// All files of generated-client, by their path.
fn whole_crate() -> BTreeMap<String, String> {
    let release = read("specs/release.yaml");
    let version = release.lines().find_map(|it| it.strip_prefix("version: "));
    let spec = CrateSpec {
        name: "generated-client".to_owned(),
        version: version.expect("the release has a version").to_owned(),
        runtime: RuntimeSource::Workspace,
        home: CrateLocation::Workspace,
        license: None,
        repository: None,
    };
    let outputs: Vec<_> = VENDORS.iter().map(|it| make(&vendor(it))).collect();
    let mut files = generator::assemble(&spec, &outputs);
    files.extend(outputs.into_iter().flat_map(|it| it.files));
    files.into_iter().map(|it| (it.path, it.text)).collect()
}

#[test]
fn the_committed_client_is_what_the_specs_give() {
    let fresh = whole_crate();
    let folder = root().join("generated-client");
    let mut there = files_under(&folder);
    there.retain(|it| it != ".generated");
    assert_eq!(there, fresh.keys().cloned().collect::<Vec<_>>(), "files of generated-client");
    for (path, text) in &fresh {
        let committed = read(&format!("generated-client/{path}"));
        assert!(committed == *text, "generated-client/{path} is stale: run `cargo xtask regen`");
    }
}

#[test]
fn the_committed_names_are_what_the_specs_give() {
    for name in VENDORS {
        let path = format!("specs/{name}/names.lock");
        assert!(make(&vendor(name)).names() == read(&path), "{path} is stale");
    }
}

#[test]
fn twice_gives_the_same_bytes() {
    for name in VENDORS {
        let source = vendor(name);
        let (one, other) = (make(&source), make(&source));
        assert_eq!(one.files, other.files);
        assert_eq!(one.names(), other.names());
    }
}

#[test]
fn parallel_threads_give_the_same_bytes() {
    let alone = whole_crate();
    let together: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(whole_crate)).collect();
        threads.into_iter().map(|it| it.join().expect("no thread panics")).collect()
    });
    for other in together {
        assert!(alone == other, "a thread gave other bytes");
    }
}

#[test]
fn another_folder_changes_the_head_line_alone() {
    for name in VENDORS {
        let here = vendor(name);
        let mut elsewhere = here.clone();
        elsewhere.document.name = "/elsewhere/acme.yaml".to_owned();
        let (here, elsewhere) = (make(&here), make(&elsewhere));
        assert_eq!(here.names(), elsewhere.names());
        for (one, other) in here.files.iter().zip(&elsewhere.files) {
            assert_eq!(one.path, other.path);
            let expected =
                one.text.replacen(&format!("specs/{name}/openapi.yaml"), "/elsewhere/acme.yaml", 1);
            assert_eq!(expected, other.text, "{}", one.path);
            let changed =
                one.text.lines().zip(other.text.lines()).filter(|(one, other)| one != other);
            assert!(changed.count() <= 1, "{}", one.path);
        }
    }
}

#[test]
fn the_order_of_the_lock_file_does_not_matter() {
    for name in VENDORS {
        let source = vendor(name);
        let lock = read(&format!("specs/{name}/names.lock"));
        let (head, entries) = lock.split_once("names:\n").expect("a lock has names");
        let mut lines: Vec<_> = entries.lines().collect();
        lines.reverse();
        let shuffled = format!("{head}names:\n{}\n", lines.join("\n"));
        assert_ne!(shuffled, lock);
        let other = Source { names: Some(text("names.lock", &shuffled)), ..source.clone() };
        assert_eq!(make(&source).files, make(&other).files);
    }
}

#[test]
fn the_order_of_keys_in_the_document_changes_no_name() {
    for name in VENDORS {
        let source = vendor(name);
        let tree = generator::read(&source.document).expect("the document is YAML").to_json();
        let mut shuffled = String::new();
        reversed(&tree, &mut shuffled);
        let document = text("openapi.json", &shuffled);
        for names in [source.names.clone(), None] {
            let other = Source { document: document.clone(), names, ..source.clone() };
            assert_eq!(surface(&make(&source)), surface(&make(&other)));
        }
    }
}

#[test]
fn the_order_of_keys_in_a_shape_changes_nothing_that_is_public() {
    for name in SHAPES {
        let source = shape(name);
        let first = make(&source);
        let tree = generator::read(&source.document).expect("the document is YAML").to_json();
        let mut turned = String::new();
        reversed(&tree, &mut turned);
        let names = Some(text("names.lock", &first.names()));
        let other = Source { document: text("openapi.json", &turned), names, ..source };
        assert_eq!(surface(&first), surface(&make(&other)), "{name}");
    }
}

#[test]
fn names_do_not_depend_on_the_lock_while_nothing_was_added() {
    for name in VENDORS {
        let source = vendor(name);
        assert!(file(&format!("specs/{name}/names.lock")).is_some());
        let anew = Source { names: None, ..source.clone() };
        assert_eq!(make(&source).files, make(&anew).files);
    }
}
