//! Documents that each show one feature: what is emitted for it is pinned, and compiles.

use crate::support::{file, fixtures, make, make_with_report, pin, root};
use generator::diag::ReportStyle;
use generator::{CrateSpec, GeneratedFile, Output, RuntimeSource, Source};
use std::fmt::Write;
use std::fs;

/// A test for each document, and the list of them.
macro_rules! shapes {
    ($($name:ident)*) => {
        pub(crate) const SHAPES: &[&str] = &[$(stringify!($name)),*];
        $(
            #[test]
            fn $name() {
                pin("shapes", stringify!($name), &shown(stringify!($name)));
            }
        )*
    };
}

shapes! {
    additional_properties all_of all_of_conflict bad_paths bodies client_parameters
    discriminator_inheritance discriminator_mapping discriminator_without_mapping docs
    enum_extensions enum_odd_values enum_unknown enum_words enums_of_all_types fixed_headers form formats
    inline_names int64_text left_out many_required maps multipart multipart_open multipart_parts nested_resources not_expressed nullable_3_0
    nullable_3_1 openapi_3_2 operation_names outcomes paging_cursor paging_link paging_next_url
    paging_number paging_offset paging_stated paging_token paging_token_nested paging_unclear
    parameter_enums parameter_names parameter_styles partial_segments patch property_collisions
    property_names read_and_write_only recursion recursion_without_end ref_siblings refs_through resources_from_paths responses
    rust_names rust_names_odd schema_names security selected servers short_names streams trailing_slashes tuples union_constant
    undocumented union_of_more_than_objects union_titles union_untagged union_without_titles waiters
}

/// A document and its `client.yaml`, if it has one.
pub(crate) fn source(name: &str) -> Source {
    let of = |ending: &str| file(&format!("tests/fixtures/shapes/{name}{ending}"));
    Source {
        vendor: name.to_owned(),
        document: of(".yaml").expect("each test has a document"),
        client: of(".client.yaml"),
        ..Source::default()
    }
}

/// A crate outside of the workspace, with a module for each of these shapes.
pub(crate) fn krate(name: &str, shapes: &[&str]) -> Vec<GeneratedFile> {
    krate_of(name, shapes.iter().map(|it| source(it)))
}

/// A crate outside of the workspace, with a module for each of these sources.
pub(crate) fn krate_of(name: &str, sources: impl Iterator<Item = Source>) -> Vec<GeneratedFile> {
    let runtime = root().join("generator/runtime").to_string_lossy().into_owned();
    let spec = CrateSpec::alone(name, RuntimeSource::Path(runtime));
    let inside = |it| Source { krate: Some(name.to_owned()), ..it };
    let outputs: Vec<Output> = sources.map(|it| make(&inside(it))).collect();
    let mut files = generator::assemble(&spec, &outputs);
    files.extend(outputs.into_iter().flat_map(|it| it.files));
    let manifest = files.iter_mut().find(|it| it.path == "Cargo.toml");
    let manifest = manifest.expect("a crate has a manifest");
    manifest.text.push_str("\n[workspace]\nresolver = \"3\"\n");
    files
}

/// The parts that a document shows, by its second line: `# shows: types codec`.
fn shows(name: &str) -> Vec<String> {
    let path = fixtures("shapes").join(format!("{name}.yaml"));
    let text = fs::read_to_string(path).expect("each test has a document");
    let line = text.lines().nth(1).and_then(|it| it.strip_prefix("# shows: "));
    let line = line.expect("the second line says what is shown");
    line.split(' ').map(str::to_owned).collect()
}

/// The emitted files that matter, without their heads, and what was found.
fn shown(name: &str) -> String {
    let (output, report) = make_with_report(&source(name));
    let mut text = String::new();
    for kind in shows(name) {
        for (path, items) in items(&output, &kind) {
            let _ = write!(text, "── {path}\n\n{items}\n\n");
        }
    }
    let found = report.render(ReportStyle::Plain);
    if !found.is_empty() {
        let _ = write!(text, "── found\n\n{found}");
    }
    text
}

/// The items of the files of a kind, by the path in the module.
fn items(output: &Output, kind: &str) -> Vec<(String, String)> {
    let module = format!("src/{}/", output.module);
    let wanted = |inner: &str| match kind {
        "client" => inner == "mod.rs",
        "surface" => inner.starts_with("api/"),
        folder => inner.starts_with(&format!("{folder}/")) && !inner.ends_with("/mod.rs"),
    };
    let inner = |path: &str| path.strip_prefix(&module).unwrap_or(path).to_owned();
    let files = output.files.iter().map(|it| (inner(&it.path), headless(&it.text)));
    let found: Vec<_> = files.filter(|(path, _)| wanted(path)).collect();
    assert!(!found.is_empty(), "there is no file of the kind `{kind}`");
    found
}

/// A file without the lines that say what it is and where it comes from.
fn headless(text: &str) -> String {
    let is_head = |it: &&str| it.starts_with("//!") || it.starts_with("// ") || it.is_empty();
    text.lines().skip_while(is_head).collect::<Vec<_>>().join("\n")
}
