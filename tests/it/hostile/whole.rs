//! All that one document can come to: a client, its crate and its tests, or findings. The fuzz targets
//! call this too.

use super::markdown;
use super::unique::Defined;
use generator::diag::ReportStyle;
use generator::{CrateSpec, GeneratedFile, RuntimeSource, Source, Text};

/// Makes a client and its tests, and holds all that comes out against what it must be. The files of
/// the crate, unless the document is refused.
pub(crate) fn hold(source: Source) -> Option<Vec<GeneratedFile>> {
    let run = generator::generate(&source);
    let shown = run.report.render(ReportStyle::Plain);
    let hidden = shown.chars().find(|it| it.is_control() && *it != '\n');
    assert_eq!(hidden, None, "a finding shows a control character");
    let Ok(output) = run.output else {
        assert!(!shown.is_empty(), "it is refused without a word");
        return None;
    };
    let runtime = RuntimeSource::Path("../runtime of e\u{301}".to_owned());
    let spec = CrateSpec::alone("client", runtime);
    let tests = generator::wire_tests(&spec, &source).expect("what was made can be tested");
    let around = generator::assemble(&spec, std::slice::from_ref(&output));
    for it in &output.files {
        documentation(&it.path, &it.text);
    }
    for it in &around {
        documentation(&it.path, &without_lessons(&it.text));
    }
    let mut defined = Defined::default();
    for file in output.files.iter().chain(&around).chain(&tests.files) {
        let plain = |it: char| it.is_ascii_alphanumeric() || "_./".contains(it);
        assert!(file.path.chars().all(plain) && !file.path.contains(".."), "{:?}", file.path);
        if ending(&file.path) == Some("rs") {
            match syn::parse_file(&file.text) {
                Ok(it) => defined.add(&file.path, &it),
                Err(it) => panic!("{}: {it}\n{}", file.path, file.text),
            }
        }
    }
    let names = Some(Text { name: "names.lock".to_owned(), bytes: output.names().into_bytes() });
    let again = generator::generate(&Source { names, ..source });
    let again = again.output.expect("its own names do not stand in its way");
    assert!(again.files == output.files, "names that were kept give other files");
    Some(output.files.into_iter().chain(around).collect())
}

fn ending(path: &str) -> Option<&str> {
    path.rsplit_once('.').map(|it| it.1)
}

/// A text without the Rust by which the pages of a crate teach.
fn without_lessons(text: &str) -> String {
    let mut lesson = false;
    let lines = text.lines().filter(|line| {
        let words = line.trim_start_matches("//! ");
        let (begins, ends) = (words.starts_with("```no_run"), lesson && words == "```");
        lesson = (lesson || begins) && !ends;
        !lesson && !ends
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Holds the documentation of a file against what may stand in one.
fn documentation(path: &str, text: &str) {
    if ending(path) == Some("md") {
        markdown::inert(text);
    }
    let mut lines = Vec::new();
    for line in text.lines().map(str::trim_start).chain([""]) {
        match line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) {
            Some(words) => lines.push(words),
            None => markdown::inert(&std::mem::take(&mut lines).join("\n")),
        }
    }
}
