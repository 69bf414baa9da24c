//! A file's tree.

use super::file_error::FileError;
use super::limit::{Limits, ReadSum};
use super::node::{Node, Value};
use super::read::Reader;
use super::{json, text, yaml};
use crate::Text;
use crate::diag::{Failed, Sink, SourceId};

/// A tree, and what was noticed while it was read.
pub(super) struct ReadTree {
    pub(super) node: Node,
    /// True if a reference in it may lead to another file.
    pub(super) refers: bool,
}

/// Reads a file. Only our own files may be empty: they are `Null` then.
pub(crate) fn tree(text: &Text, source: SourceId, sink: &mut Sink) -> Result<Node, Failed> {
    counted(text, source, &mut ReadSum::default(), sink).map(|it| it.node)
}

/// The same after other files of the document, which count too.
pub(super) fn counted(
    text: &Text,
    source: SourceId,
    sum: &mut ReadSum,
    sink: &mut Sink,
) -> Result<ReadTree, Failed> {
    let (read, reader) = match start(text, source, sum) {
        Ok((body, mut reader)) => (parse(body, &mut reader), Some(reader)),
        Err(refusal) => (Err(refusal), None),
    };
    let mut refers = false;
    if let Some(reader) = reader {
        *sum = reader.sum();
        refers = reader.refers;
        reader.doubles.report(source, sink);
    }
    match read {
        Ok(node) if node.value == Value::Null && needs_content(source) => {
            FileError::syntax("the file is empty").report(source, 0, sink);
            Err(Failed)
        }
        Ok(node) => Ok(ReadTree { node, refers }),
        Err((stop, offset)) => {
            stop.report(source, offset, sink);
            Err(Failed)
        }
    }
}

fn start<'t>(
    text: &'t Text,
    source: SourceId,
    sum: &ReadSum,
) -> Result<(&'t str, Reader), (FileError, usize)> {
    let limits = Limits::after(sum, text.bytes.len()).map_err(|stop| (stop, 0))?;
    let body = text::decode(&text.bytes)
        .map_err(|it| (FileError::syntax(it.message).help(it.help), it.offset))?;
    Ok((body, Reader::new(source, !is_json(body), limits)))
}

fn parse(body: &str, reader: &mut Reader) -> Result<Node, (FileError, usize)> {
    if is_json(body) { json::read(body, reader) } else { yaml::read(body, reader) }
}

fn is_json(body: &str) -> bool {
    body.trim_start().starts_with(['{', '['])
}

fn needs_content(source: SourceId) -> bool {
    match source {
        SourceId::Document | SourceId::File(_) | SourceId::Asyncapi | SourceId::Overlay => true,
        SourceId::Client | SourceId::Names => false,
    }
}
