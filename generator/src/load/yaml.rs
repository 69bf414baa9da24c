//! Reads and writes YAML. The only module that names the library that does.

use super::file_error::FileError;
use super::node::Node;
use super::read::{NextValue, Reader};
use crate::diag::alias_of;
use saphyr_parser::{Event, Parser};
use serde::de::DeserializeSeed;

/// Opening brackets that a document may have before they are looked at more closely: the parser
/// takes time with the square of their nesting. Large documents have some 5,000, none deep.
const BRACKETS: usize = 6_000;

/// The tree of a YAML text, or what is wrong with it at which byte.
pub(super) fn read(text: &str, reader: &mut Reader) -> Result<Node, (FileError, usize)> {
    if let Some(offset) = deep_brackets(text) {
        return Err((FileError::depth(), offset));
    }
    NextValue(reader)
        .deserialize(serde_yaml::Deserializer::from_str(text))
        .map_err(|error| refusal(text, reader, &error))
}

/// A value as YAML.
pub(crate) fn write(value: &impl serde::Serialize) -> Result<String, String> {
    serde_yaml::to_string(value).map_err(|error| error.to_string())
}

fn refusal(text: &str, reader: &mut Reader, error: &serde_yaml::Error) -> (FileError, usize) {
    let mut offset = error.location().map_or(0, |it| byte_at(text, it.line(), it.column()));
    let message = error.to_string();
    let (message, rest) = message.split_once(" at line ").unwrap_or((&message, ""));
    let stop = match reader.stop.take() {
        Some(stop) => stop,
        None if message.contains("more than one document") => {
            let help = "keep one document, and remove the line `---` before the other";
            return (FileError::syntax("the file has a second document").help(help), second(text));
        }
        None if message.contains("repetition limit") => {
            // The parser does not say where; the last node that was read came from there.
            offset = alias_of(text, reader.count().saturating_sub(1)).unwrap_or(offset);
            FileError::limit("aliases repeat too much").help("write out what the aliases stand for")
        }
        None if message.contains("tab character") || text[offset..].starts_with('\t') => {
            FileError::syntax("a tab cannot indent YAML").help("indent by blanks")
        }
        None if message.contains("text as key") => FileError::syntax("a key must be a text"),
        None => {
            let stop = FileError::syntax(format_args!("this is not YAML: {message}"));
            match rest.split_once(", ") {
                Some((_, context)) => stop.label(context),
                None => stop,
            }
        }
    };
    (stop, offset)
}

/// The byte at a line and a column, both counted from one, as the parser counts them: its index is
/// wrong behind line ends of two characters.
fn byte_at(text: &str, line: usize, column: usize) -> usize {
    let mut chars = text.char_indices().peekable();
    for _ in 1..line {
        while let Some((_, c)) = chars.next() {
            let pair = c == '\r' && chars.peek().is_some_and(|(_, next)| *next == '\n');
            if !pair && matches!(c, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}') {
                break;
            }
        }
    }
    chars.nth(column.saturating_sub(1)).map_or(text.len(), |(byte, _)| byte)
}

fn byte_of_char(text: &str, index: usize) -> usize {
    text.char_indices().nth(index).map_or(text.len(), |(byte, _)| byte)
}

/// Where the second document starts.
fn second(text: &str) -> usize {
    Parser::new_from_str(text)
        .map_while(Result::ok)
        .filter(|(event, _)| matches!(event, Event::DocumentStart(_)))
        .nth(1)
        .map_or(0, |(_, span)| byte_of_char(text, span.start.index()))
}

/// Where brackets are nested too deep.
fn deep_brackets(text: &str) -> Option<usize> {
    let brackets = text.bytes().filter(|it| matches!(it, b'[' | b'{')).count();
    if brackets <= BRACKETS {
        return None;
    }
    let error = Parser::new_from_str(text).find_map(Result::err)?;
    let deep = error.info().contains("recursion limit");
    deep.then(|| byte_of_char(text, error.marker().index()))
}
