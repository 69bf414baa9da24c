//! Runs the generator over documents; a panic is a finding about the document that caused it.

use super::documents::CorpusDocument;
use anyhow::Result;
use generator::diag::{Report, ReportStyle, Severity};
use generator::{Output, Source, Summary, Text};
use indicatif::ProgressBar;
use openapi_clients::{clock, input};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// A document, and the crate or the errors that came of it.
pub(crate) struct GeneratedClient<'d> {
    pub(crate) document: &'d CorpusDocument,
    /// The client, or why there is none.
    pub(crate) output: Result<Output, Failure>,
    pub(crate) summary: Summary,
    /// Numbers of things that each rule left out.
    pub(crate) skipped: BTreeMap<&'static str, usize>,
    /// The findings, if the generator came to its end.
    pub(crate) report: Option<Report>,
    pub(crate) time: Duration,
}

pub(crate) enum Failure {
    /// The generator said why.
    Refused(String),
    /// The generator is wrong.
    Panicked(String),
    Unreadable(String),
}

impl Failure {
    /// The text of the report.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Refused(text) | Self::Panicked(text) | Self::Unreadable(text) => text,
        }
    }
}

/// All clients, in the order of their documents.
pub(crate) fn all(documents: &[CorpusDocument], jobs: Option<usize>) -> Vec<GeneratedClient<'_>> {
    let jobs = jobs.or_else(|| thread::available_parallelism().ok().map(Into::into)).unwrap_or(1);
    let bar = super::cargo::bar(documents.len(), "generating");
    let next = AtomicUsize::new(0);
    let made = Mutex::new(BTreeMap::new());
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|info| LAST.set(info.location().map(ToString::to_string))));
    thread::scope(|scope| {
        for _ in 0..jobs.min(documents.len()) {
            scope.spawn(|| work(documents, &next, &made, &bar));
        }
    });
    panic::set_hook(hook);
    bar.finish_and_clear();
    let made = made.into_inner().expect("panics are caught before the lock is taken");
    made.into_values().collect()
}

thread_local! {
    /// Where this thread last panicked.
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

fn work<'d>(
    documents: &'d [CorpusDocument],
    next: &AtomicUsize,
    made: &Mutex<BTreeMap<usize, GeneratedClient<'d>>>,
    bar: &ProgressBar,
) {
    while let Some((index, document)) = {
        let index = next.fetch_add(1, Ordering::Relaxed);
        documents.get(index).map(|it| (index, it))
    } {
        let one = one(document);
        made.lock().expect("panics are caught before the lock is taken").insert(index, one);
        bar.inc(1);
    }
}

fn one(document: &CorpusDocument) -> GeneratedClient<'_> {
    let source = match source(document) {
        Ok(source) => source,
        Err(error) => {
            return failed(document, Failure::Unreadable(error.to_string()), Duration::ZERO);
        }
    };
    let start = Instant::now();
    let run = panic::catch_unwind(AssertUnwindSafe(|| generator::generate(&source)));
    let time = start.elapsed();
    let run = match run {
        Ok(run) => run,
        Err(panic) => return failed(document, Failure::Panicked(message(&*panic)), time),
    };
    let why = || Failure::Refused(run.report.render_from(Severity::Error, ReportStyle::Plain));
    let output = run.output.map_err(|_| why());
    GeneratedClient {
        document,
        summary: output.as_ref().map(|it| it.summary).unwrap_or_default(),
        output,
        skipped: skipped(&run.report),
        report: Some(run.report),
        time,
    }
}

/// The input of the generator.
pub(crate) fn source(document: &CorpusDocument) -> Result<Source> {
    let text = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = input::read(path, &name)?;
        Ok::<_, anyhow::Error>(Text { name, bytes })
    };
    let vendor = document.krate.replace('-', "_");
    Ok(Source {
        krate: Some(vendor.clone()),
        vendor,
        document: text(&document.path)?,
        files: Some(input::files_around(&document.path)),
        client: document.client.as_deref().map(text).transpose()?,
        asyncapi: document.asyncapi.as_deref().map(text).transpose()?,
        overlay: document.overlay.as_deref().map(text).transpose()?,
        now: Some(clock::now),
        ..Source::default()
    })
}

fn failed(document: &CorpusDocument, why: Failure, time: Duration) -> GeneratedClient<'_> {
    let summary = Summary::default();
    GeneratedClient {
        document,
        output: Err(why),
        summary,
        skipped: BTreeMap::new(),
        report: None,
        time,
    }
}

fn skipped(report: &Report) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for it in report.iter().filter(|it| it.rule.severity == Severity::Skipped) {
        *counts.entry(it.rule.code).or_default() += 1;
    }
    counts
}

/// The message of a panic, and its place if it was in this thread.
fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    match LAST.take() {
        Some(place) => format!("{place}: {text}"),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_with_its_place() {
        let hook = panic::take_hook();
        panic::set_hook(Box::new(|info| LAST.set(info.location().map(ToString::to_string))));
        let caught = panic::catch_unwind(|| panic!("number {}", 7)).expect_err("it panicked");
        panic::set_hook(hook);
        let text = message(&*caught);
        assert!(text.contains("generated.rs:") && text.ends_with(": number 7"), "{text}");
    }
}
