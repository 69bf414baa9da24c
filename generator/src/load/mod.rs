//! From the bytes of a document to its pieces.

mod asyncapi;
mod document;
mod double;
mod downgrade;
mod extensions;
mod files;
mod json;
mod keyword;
mod kind;
mod limit;
mod marks;
mod meaning;
mod merge;
mod node;
mod overlay;
mod piece;
mod pieces;
mod read;
mod spot;
mod stop;
#[cfg(test)]
mod tests;
mod text;
mod tree;
mod unread;
mod usage;
mod yaml;

pub(crate) use document::{Document, Reported, pointed};
pub(crate) use downgrade::as_type;
pub(crate) use files::{Trees, corrected, load};
pub(crate) use keyword::{KeywordContent, SchemaKeyword, Weight};
pub use limit::MAX_FILE_BYTES;
pub use node::{Map, Node, Value};
pub(crate) use pieces::SchemaKeys;
pub(crate) use serde_json::Value as Json;
pub(crate) use spot::{ReadNode, Spot};
pub(crate) use text::body;
pub(crate) use tree::tree;
pub(crate) use unread::Reach;
pub use usage::{Keyword, Usage};
pub(crate) use yaml::write as write_yaml;
