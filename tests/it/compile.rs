//! All shapes as one crate: it compiles without a warning, and so do its documentation and the examples in it.

use crate::scratch;
use crate::shapes::{SHAPES, krate};

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
