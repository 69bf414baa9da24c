//! YAML's merge key: `<<: *other` adds the entries of `other` that the map does not have itself.

use super::file_error::FileError;
use super::node::{Map, Node, Value};

/// Adds the entries of each `<<`; what is written out wins, then what was merged first.
pub(super) fn apply(map: &mut Map, merged: Vec<Node>) -> Result<(), FileError> {
    for node in merged {
        match node.value {
            Value::List(list) => {
                for item in list {
                    entries(map, item)?;
                }
            }
            value => entries(map, Node::new(node.id, value))?,
        }
    }
    Ok(())
}

fn entries(map: &mut Map, node: Node) -> Result<(), FileError> {
    let Value::Map(other) = node.value else {
        return Err(FileError::syntax("`<<` merges objects only").help("quote it if it is a key"));
    };
    for (key, value) in other {
        map.entry(key).or_insert(value);
    }
    Ok(())
}
