//! Documents that once did harm: each gives a client that is Rust, and the same with its own names.

use super::inspect::emitted;
use super::whole::hold;
use crate::support::{files_under, fixtures, text};
use generator::{CrateSpec, RuntimeSource, Source, Text};
use std::fs;

#[test]
fn what_did_harm_once_does_none_now() {
    let folder = fixtures("regressions");
    let all = files_under(&folder);
    assert!(!all.is_empty(), "there are no regressions where they are looked for");
    for path in all {
        let bytes = fs::read(folder.join(&path)).expect("it is there");
        hold(&bytes);
        let document = Text { name: path.clone(), bytes };
        let source = Source { vendor: "harm".to_owned(), document, ..Source::default() };
        let made = generator::generate(&source).output;
        let made = made.unwrap_or_else(|_| panic!("{path} is refused"));
        let spec = CrateSpec {
            name: "harm".to_owned(),
            version: "0.0.0".to_owned(),
            runtime: RuntimeSource::Path("../runtime of e\u{301}".to_owned()),
            in_workspace: false,
        };
        generator::wire_tests(&spec, &source).expect("what makes a client makes its tests");
        let names = Some(text("names.lock", &made.names));
        let again = generator::generate(&Source { names, ..source }).output;
        let again = again.unwrap_or_else(|_| panic!("{path} is refused with its own names"));
        assert!(again.files == made.files, "{path} gives other files with its own names");
        let mut files = generator::assemble(&spec, std::slice::from_ref(&made));
        files.extend(made.files);
        let _ = emitted(&files);
    }
}
