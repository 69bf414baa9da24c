//! Reads JSON.

use super::file_error::FileError;
use super::node::Node;
use super::read::{NextValue, Reader};
use serde::de::DeserializeSeed;

/// The tree of a JSON text, or what is wrong with it at which byte.
pub(super) fn read(text: &str, reader: &mut Reader) -> Result<Node, (FileError, usize)> {
    let mut parser = serde_json::Deserializer::from_str(text);
    NextValue(reader)
        .deserialize(&mut parser)
        .and_then(|node| parser.end().map(|()| node))
        .map_err(|error| refusal(text, reader, &error))
}

fn refusal(text: &str, reader: &mut Reader, error: &serde_json::Error) -> (FileError, usize) {
    let offset = if error.is_eof() {
        text.trim_end().len()
    } else {
        offset(text, error.line(), error.column())
    };
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(&*message, |(it, _)| it);
    let stop = match reader.stop.take() {
        Some(stop) => stop,
        None if message == "recursion limit exceeded" => FileError::depth(),
        None if error.is_eof() => FileError::syntax("the JSON text ends too early"),
        None => FileError::syntax(format_args!("this is not JSON: {message}")),
    };
    (stop, offset)
}

/// The byte at a line and a column, both counted from one; columns are bytes here.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let wanted = start + column.saturating_sub(1);
    (0..=wanted).rev().find(|byte| text.is_char_boundary(*byte)).unwrap_or(0)
}
