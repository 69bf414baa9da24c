//! Documents that once did harm: each gives a client that is Rust, and the same with its own names.

use super::inspect::emitted;
use super::whole::hold;
use crate::support::{files_under, fixtures};
use generator::{Source, Text};
use std::fs;

#[test]
fn what_did_harm_once_does_none_now() {
    let folder = fixtures("regressions");
    let all = files_under(&folder);
    assert!(!all.is_empty(), "there are no regressions where they are looked for");
    for name in all {
        let bytes = fs::read(folder.join(&name)).expect("it is there");
        println!("{name}");
        let document = Text { name, bytes };
        let source = Source { vendor: "acme".to_owned(), document, ..Source::default() };
        let files = hold(source).expect("no regression is refused");
        let _ = emitted(&files);
    }
}
