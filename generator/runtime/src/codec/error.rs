//! Errors of reading and writing values, with the path to the value.

use crate::redact::redact;
use crate::secret::Secret;
use std::fmt;

/// One segment of the path to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// A property that the type declares.
    Field(&'static str),
    /// A key of a map.
    Key(String),
    /// An element of an array.
    Index(usize),
}

/// The path to a value, innermost segment first: segments are added while an error is returned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path(Vec<Segment>);

impl Path {
    pub(crate) fn leave(&mut self, segment: Segment) {
        self.0.push(segment);
    }

    pub(crate) fn prepend(&mut self, inner: Path) {
        self.0.splice(0..0, inner.0);
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, segment) in self.0.iter().rev().enumerate() {
            let dot = if i == 0 { "" } else { "." };
            match segment {
                Segment::Field(name) => write!(f, "{dot}{name}")?,
                Segment::Key(name) => write!(f, "{dot}{}", name.escape_debug())?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Why a value could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError(Box<DecodeErrorInner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct DecodeErrorInner {
    path: Path,
    message: String,
    /// Line and column, from 1.
    position: Option<(usize, usize)>,
}

impl DecodeError {
    /// Without what a server may have repeated of a credential.
    pub(crate) fn redacted(mut self, secrets: &[Secret]) -> Self {
        self.0.message = redact(self.0.message, secrets);
        for segment in &mut self.0.path.0 {
            if let Segment::Key(name) = segment {
                *name = redact(std::mem::take(name), secrets);
            }
        }
        self
    }

    pub(crate) fn new(path: Path, message: String) -> Self {
        Self(Box::new(DecodeErrorInner { path, message, position: None }))
    }

    /// An error of the text as a whole.
    pub(crate) fn of_text(message: String) -> Self {
        Self::new(Path::default(), message)
    }

    /// An error at a byte of a text.
    pub(super) fn located(path: Path, message: String, text: &[u8], at: usize) -> Self {
        let before = &text[..at.min(text.len())];
        let line = before.split(|it| *it == b'\n').count();
        let column = before.iter().rev().take_while(|it| **it != b'\n').count() + 1;
        Self(Box::new(DecodeErrorInner { path, message, position: Some((line, column)) }))
    }

    /// Adds a segment to the path while the error is returned.
    pub(super) fn leave(&mut self, segment: Segment) {
        self.0.path.leave(segment);
    }

    /// The path in the document, such as `datasets[0].exampleCount`; empty for the document itself.
    #[must_use]
    pub fn path(&self) -> String {
        self.0.path.to_string()
    }

    /// The description of the error.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Line and column in the text, from 1; columns count bytes.
    #[must_use]
    pub fn line_and_column(&self) -> Option<(usize, usize)> {
        self.0.position
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let DecodeErrorInner { path, message, position } = &*self.0;
        if !path.0.is_empty() {
            write!(f, "{path}: ")?;
        }
        f.write_str(message)?;
        match position {
            Some((line, column)) => write!(f, " at line {line} column {column}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for DecodeError {}

/// Why a value could not be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError(pub(crate) String);

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for EncodeError {}
