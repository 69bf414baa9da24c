//! A file's tree.

use super::file_error::FileError;
use super::limit::Limits;
use super::node::{Node, Value};
use super::read::Reader;
use super::{json, text, yaml};
use crate::Text;
use crate::diag::{Failed, Sink, SourceId};

/// Reads a file. Only our own files may be empty: they are `Null` then.
pub(crate) fn tree(text: &Text, source: SourceId, sink: &mut Sink) -> Result<Node, Failed> {
    let (read, doubles) = match start(text, source) {
        Ok((body, mut reader)) => (parse(body, &mut reader), Some(reader.doubles)),
        Err(refusal) => (Err(refusal), None),
    };
    if let Some(doubles) = doubles {
        doubles.report(source, sink);
    }
    match read {
        Ok(node) if node.value == Value::Null && needs_content(source) => {
            FileError::syntax("the file is empty").report(source, 0, sink);
            Err(Failed)
        }
        Ok(node) => Ok(node),
        Err((stop, offset)) => {
            stop.report(source, offset, sink);
            Err(Failed)
        }
    }
}

fn start(text: &Text, source: SourceId) -> Result<(&str, Reader), (FileError, usize)> {
    let limits = Limits::of_file(text.bytes.len()).map_err(|stop| (stop, 0))?;
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
        SourceId::Document | SourceId::Asyncapi | SourceId::Overlay => true,
        SourceId::Client | SourceId::Names => false,
    }
}
