//! Extensions, wherever they stand: not in values, and not where the names are the vendor's own.

use super::document::Document;
use super::keyword::{KeywordContent, SchemaKeyword};
use super::node::{Node, Value};
use crate::diag::SpecPtr;

/// Keys outside of schemas below which the names are the vendor's own.
const NAMED: &[&str] = &["schemas", "headers", "mapping", "scopes", "variables"];

impl Document {
    /// Shows each extension: its key, and the place of what has it.
    pub(crate) fn extensions(&self, show: &mut dyn FnMut(&str, &SpecPtr)) {
        visit(&self.tree, &SpecPtr::root(), false, show);
    }
}

fn visit(node: &Node, at: &SpecPtr, names: bool, show: &mut dyn FnMut(&str, &SpecPtr)) {
    match &node.value {
        Value::Map(map) => {
            for (key, value) in map {
                let foreign = !names && key.starts_with("x-");
                if foreign {
                    show(key, at);
                    continue;
                }
                if !is_nested(value) {
                    continue;
                }
                let keyword = SchemaKeyword::of(key).filter(|_| !names).map(|it| it.row().holds);
                // Values are the user's: no key in them is OpenAPI's.
                if keyword != Some(KeywordContent::Value) {
                    let named =
                        keyword == Some(KeywordContent::Named) || NAMED.contains(&key.as_str());
                    visit(value, &at.child(key), !names && named, show);
                }
            }
        }
        Value::List(list) => {
            for (index, value) in list.iter().enumerate().filter(|(_, it)| is_nested(it)) {
                visit(value, &at.item(index), false, show);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}

fn is_nested(node: &Node) -> bool {
    matches!(node.value, Value::Map(_) | Value::List(_))
}
