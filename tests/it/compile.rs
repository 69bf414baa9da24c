//! All shapes as one crate: it compiles without a warning, and so do its documentation and the examples in it.

use crate::scratch;
use crate::shapes::{SHAPES, source};
use crate::support::{make, root};
use generator::{CrateSpec, File, Output, RuntimeSource, Source};

#[test]
fn all_shapes_compile_without_a_warning() {
    let folder = scratch::folder("shapes");
    scratch::write(&folder, &files());
    let features = format!("{},testing", SHAPES.join(","));
    let words = ["check", "--no-default-features", "--features", &features];
    scratch::succeeded(&scratch::cargo(&folder, &words, &[]));
    let words = ["doc", "--no-deps", "--no-default-features", "--features", &features];
    scratch::succeeded(&scratch::cargo(&folder, &words, &[("RUSTDOCFLAGS", "-D warnings")]));
    let words = ["test", "--doc", "--no-default-features", "--features", &features];
    let examples = scratch::cargo(&folder, &words, &[]);
    scratch::succeeded(&examples);
    let said = String::from_utf8_lossy(&examples.stdout).into_owned();
    let count = said.matches(" - compile ... ok").count();
    assert!(count > SHAPES.len(), "only {count} examples were compiled:\n{said}");
}

/// The crate, with a module for each shape.
fn files() -> Vec<File> {
    let runtime = root().join("generator/runtime").to_string_lossy().into_owned();
    let spec = CrateSpec {
        name: "shapes".to_owned(),
        version: "0.0.0".to_owned(),
        runtime: RuntimeSource::Path(runtime),
        in_workspace: false,
    };
    let source = |name: &str| Source { krate: Some("shapes".to_owned()), ..source(name) };
    let outputs: Vec<Output> = SHAPES.iter().map(|it| make(&source(it))).collect();
    let mut files = generator::assemble(&spec, &outputs);
    files.extend(outputs.into_iter().flat_map(|it| it.files));
    let manifest = files.iter_mut().find(|it| it.path == "Cargo.toml");
    let manifest = manifest.expect("a crate has a manifest");
    manifest.text.push_str("\n[workspace]\nresolver = \"3\"\n");
    files
}
