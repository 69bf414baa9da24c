//! From the bytes of a document to its pieces.

mod asyncapi;
mod bundle;
mod document;
mod downgrade;
mod duplicate_keys;
mod extensions;
mod file_error;
mod files;
mod json;
mod keyword;
mod kind;
mod limit;
mod lookup;
mod marks;
mod meaning;
mod merge;
mod node;
mod node_ref;
mod openapi;
mod overlay;
mod pieces;
mod read;
mod select;
#[cfg(test)]
mod tests;
mod text;
mod tree;
mod unused_nodes;
mod usage;
mod yaml;

pub(crate) use asyncapi::document_of_page;
pub(crate) use document::{Document, Reported, pointed};
pub(crate) use downgrade::as_type;
pub(crate) use files::{Trees, bundled, corrected, load};
pub(crate) use keyword::{KeywordContent, SchemaKeyword, Weight};
pub use limit::MAX_FILE_BYTES;
pub(crate) use lookup::schema_place;
pub use node::{Map, Node, Value};
pub(crate) use node_ref::{NodeRef, ReadNode};
pub(crate) use pieces::SchemaKeys;
pub(crate) use serde_json::Value as Json;
pub(crate) use text::body;
pub(crate) use tree::tree;
pub(crate) use unused_nodes::Reach;
pub use usage::{Keyword, Usage};
pub(crate) use yaml::write as write_yaml;
