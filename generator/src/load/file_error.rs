//! Why a file was not read to its end.

use crate::diag::{Exact, LIMIT, Rule, SYNTAX, Sink, SourceId, SpecPtr};
use std::fmt;

/// The reason, without the place.
pub(super) struct FileError {
    rule: &'static Rule,
    message: String,
    label: Option<String>,
    help: Option<String>,
}

impl FileError {
    fn new(rule: &'static Rule, message: impl fmt::Display) -> Self {
        Self { rule, message: message.to_string(), label: None, help: None }
    }

    pub(super) fn syntax(message: impl fmt::Display) -> Self {
        Self::new(&SYNTAX, message)
    }

    pub(super) fn limit(message: impl fmt::Display) -> Self {
        Self::new(&LIMIT, message)
    }

    pub(super) fn depth() -> Self {
        Self::limit("lists and objects are nested more than 127 deep")
    }

    pub(super) fn tag(tag: &str) -> Self {
        Self::syntax(format_args!("the tag `!{tag}` has no meaning in OpenAPI")).help("remove it")
    }

    pub(super) fn label(mut self, text: impl fmt::Display) -> Self {
        self.label = Some(text.to_string());
        self
    }

    pub(super) fn help(mut self, text: impl fmt::Display) -> Self {
        self.help = Some(text.to_string());
        self
    }

    /// Reports it at a byte of the file.
    pub(super) fn report(self, source: SourceId, offset: usize, sink: &mut Sink) {
        let found = sink.report_in(source, self.rule, &SpecPtr::root(), self.message);
        found.exactly(Exact::Offset(offset));
        found.label = self.label;
        found.help = self.help;
    }
}
