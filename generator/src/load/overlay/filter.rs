//! Checks whether a node passes the test in `[?…]`.

use super::super::node::{Node, Value};
use super::path::{Compared, Comparison, Test};
use super::select;
use std::cmp::Ordering;

pub(super) fn fits(root: &Node, it: &Node, test: &Test) -> bool {
    match test {
        Test::Any(tests) => tests.iter().any(|test| fits(root, it, test)),
        Test::All(tests) => tests.iter().all(|test| fits(root, it, test)),
        Test::Not(test) => !fits(root, it, test),
        Test::Exists(path) => {
            let start = if path.relative { it } else { root };
            !select::nodes(root, start, path).is_empty()
        }
        Test::Compare(left, comparison, right) => {
            holds(value(root, it, left), *comparison, value(root, it, right))
        }
    }
}

/// The only value that a path selects, or a literal.
fn value<'n>(root: &'n Node, it: &'n Node, compared: &'n Compared) -> Option<&'n Value> {
    match compared {
        Compared::Literal(value) => Some(value),
        Compared::Path(path) => {
            let start = if path.relative { it } else { root };
            match select::nodes(root, start, path)[..] {
                [node] => Some(&node.value),
                _ => None,
            }
        }
    }
}

fn holds(left: Option<&Value>, comparison: Comparison, right: Option<&Value>) -> bool {
    let equal = match (left, right) {
        (Some(Value::Number(left)), Some(Value::Number(right))) => left.as_f64() == right.as_f64(),
        (left, right) => left == right,
    };
    let order = left.zip(right).and_then(|(left, right)| order(left, right));
    match comparison {
        Comparison::Equal => equal,
        Comparison::Unequal => !equal,
        Comparison::Less => order == Some(Ordering::Less),
        Comparison::Greater => order == Some(Ordering::Greater),
        Comparison::LessOrEqual => equal || order == Some(Ordering::Less),
        Comparison::GreaterOrEqual => equal || order == Some(Ordering::Greater),
    }
}

/// Numbers and texts have an order, other values have none.
fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.as_f64()?.partial_cmp(&right.as_f64()?),
        (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
        _ => None,
    }
}
