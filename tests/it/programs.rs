//! Programs that call clients of the shapes: they build with what a runtime can do besides, and run.

use crate::scratch;
use crate::shapes::krate;
use crate::support::read;
use generator::File;

/// The programs, each a file of tests.
pub(crate) const PROGRAMS: &[&str] = &["waits"];

/// Those that call clients of whole documents, which `cargo xtask referee` runs.
pub(crate) const WHOLE: &[&str] = &["cartesia-full", "fireworks-full"];

#[test]
fn programs_over_generated_clients_build_and_run() {
    let shapes = ["paging_cursor", "waiters"];
    let folder = scratch::folder("programs");
    let mut files = krate("programs", &shapes);
    files.extend(PROGRAMS.iter().map(|name| File {
        path: format!("tests/{name}.rs"),
        text: read(&format!("tests/programs/{name}.rs")),
    }));
    scratch::write(&folder, &files);
    let features = format!("{},blocking,testing", shapes.join(","));
    let words = ["test", "--tests", "--no-default-features", "--features", &features];
    let run = scratch::cargo(&folder, &words, &[]);
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success(), "{}{said}", String::from_utf8_lossy(&run.stderr));
    for name in PROGRAMS {
        let wanted = read(&format!("tests/programs/{name}.rs")).matches("#[test]").count();
        assert!(said.contains(&format!("ok. {wanted} passed")), "`{name}` was not run:\n{said}");
    }
}
