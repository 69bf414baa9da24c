//! All shapes as one crate: it compiles without a warning, and so do its documentation and the examples
//! in it. What did harm once compiles too.

use crate::scratch;
use crate::shapes::{SHAPES, krate, krate_of};
use crate::support::{file, files_under, fixtures};
use generator::Source;

#[test]
fn all_shapes_compile_without_a_warning() {
    let folder = scratch::folder("shapes");
    scratch::write(&folder, &krate("shapes", SHAPES));
    let features = format!("{},testing", SHAPES.join(","));
    let words = ["check", "--no-default-features", "--features", &features];
    scratch::succeeded(&scratch::cargo(&folder, &words, &[]));
    let more = format!("{features},blocking");
    let words = ["doc", "--no-deps", "--no-default-features", "--features", &more];
    scratch::succeeded(&scratch::cargo(&folder, &words, &[("RUSTDOCFLAGS", "-D warnings")]));
    let words = ["test", "--doc", "--no-default-features", "--features", &features];
    let examples = scratch::cargo(&folder, &words, &[]);
    scratch::succeeded(&examples);
    let said = String::from_utf8_lossy(&examples.stdout).into_owned();
    let count = said.matches(" - compile ... ok").count();
    assert!(count > SHAPES.len(), "only {count} examples were compiled:\n{said}");
}

#[test]
fn what_did_harm_once_compiles_without_a_warning() {
    let folder = scratch::folder("regressions");
    let names = files_under(&fixtures("regressions"));
    let modules: Vec<&str> = names.iter().filter_map(|it| it.strip_suffix(".yaml")).collect();
    assert_eq!(modules.len(), names.len(), "{names:?}");
    let source = |it: &&str| Source {
        vendor: (*it).to_owned(),
        document: file(&format!("tests/fixtures/regressions/{it}.yaml")).expect("it is there"),
        ..Source::default()
    };
    scratch::write(&folder, &krate_of("regressions", modules.iter().map(source)));
    let features = modules.join(",");
    let words = ["check", "--no-default-features", "--features", &features];
    scratch::succeeded(&scratch::cargo(&folder, &words, &[]));
}
