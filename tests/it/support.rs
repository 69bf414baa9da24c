//! Helpers of the tests: places of files, clients that are made, texts that are pinned.

use generator::diag::{Report, ReportStyle};
use generator::{CrateLocation, DocumentFiles, Edits, Output, Source, Text, Unreadable};
use std::fs;
use std::path::{Path, PathBuf};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests stand in the root").to_owned()
}

/// Where the tests' own files are.
pub(crate) fn fixtures(kind: &str) -> PathBuf {
    root().join("tests/fixtures").join(kind)
}

/// Where the pinned texts of a kind are.
pub(crate) fn snapshots(kind: &str) -> PathBuf {
    root().join("tests/snapshots").join(kind)
}

/// A file of the repository.
pub(crate) fn read(path: &str) -> String {
    let place = root().join(path);
    fs::read_to_string(&place).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A text under a name.
pub(crate) fn text(name: &str, content: &str) -> Text {
    Text { name: name.to_owned(), bytes: content.into() }
}

/// A file of the repository, if it is there, under its path.
pub(crate) fn file(path: &str) -> Option<Text> {
    let bytes = fs::read(root().join(path)).ok()?;
    Some(Text { name: path.to_owned(), bytes })
}

/// The files below a folder of the repository, for a document there.
pub(crate) fn files_around(folder: &str) -> DocumentFiles {
    let folder = folder.to_owned();
    DocumentFiles::new(move |path, _| file(&format!("{folder}/{path}")).ok_or(Unreadable::Missing))
}

/// A vendor's files.
pub(crate) fn vendor(name: &str) -> Source {
    let of = |what: &str| file(&format!("specs/{name}/{what}"));
    Source {
        vendor: name.to_owned(),
        home: CrateLocation::Workspace,
        krate: Some("generated_client".to_owned()),
        document: of("openapi.yaml").expect("each vendor has a document"),
        files: None,
        origins: Vec::new(),
        asyncapi: of("asyncapi.yaml"),
        overlay: of("overlay.yaml"),
        client: of("client.yaml"),
        names: of("names.lock"),
        edits: Edits::default(),
        now: None,
    }
}

/// The client of a source that has no errors.
pub(crate) fn make(source: &Source) -> Output {
    make_with_report(source).0
}

/// The same, with what was found on the way.
pub(crate) fn make_with_report(source: &Source) -> (Output, Report) {
    let run = generator::generate(source);
    let Ok(output) = run.output else {
        panic!("{} is refused:\n{}", source.vendor, run.report.render(ReportStyle::Plain));
    };
    (output, run.report)
}

/// The public surface of a client.
pub(crate) fn surface(output: &Output) -> &str {
    let path = format!("api/{}.txt", output.module);
    let file = output.files.iter().find(|it| it.path == path);
    &file.expect("each client has its surface").text
}

/// Pins a text as `tests/snapshots/KIND/NAME.snap`.
pub(crate) fn pin(kind: &str, name: &str, content: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(snapshots(kind));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, content));
}

/// The paths of all files under a folder, from there, sorted.
pub(crate) fn files_under(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut left = vec![folder.to_owned()];
    while let Some(next) = left.pop() {
        let Ok(entries) = fs::read_dir(&next) else { continue };
        for entry in entries {
            let path = entry.expect("the folder is readable").path();
            if path.is_dir() {
                left.push(path);
            } else {
                let inner = path.strip_prefix(folder).expect("it was found there");
                found.push(inner.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}
