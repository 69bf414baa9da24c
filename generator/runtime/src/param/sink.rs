//! A [`Sink`] that makes a value a tree of text.

use crate::codec::{Encode, Fields, Sink, WriteList, WriteObject, Writer, to_vec};

/// As in JSON: what no schema of numbers allows would be text to a server.
const NOT_FINITE: &str = "a number is neither infinite nor not-a-number";

/// A value as text, without types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Null,
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Node {
    /// The text of a value that has no parts; the parts of others are joined by commas.
    pub(crate) fn flat(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Text(text) => text.clone(),
            Self::List(items) => defined(items).map(Self::flat).collect::<Vec<_>>().join(","),
            Self::Map(pairs) => defined_pairs(pairs)
                .map(|(name, it)| format!("{name},{}", it.flat()))
                .collect::<Vec<_>>()
                .join(","),
        }
    }

    /// True if nothing is sent for it: null, and lists and objects that hold nothing else (RFC
    /// 6570, 2.3).
    pub(crate) fn is_undefined(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(_) => false,
            Self::List(items) => items.iter().all(Self::is_undefined),
            Self::Map(pairs) => pairs.iter().all(|it| it.1.is_undefined()),
        }
    }
}

/// The items of a list that are sent.
pub(super) fn defined(items: &[Node]) -> impl Iterator<Item = &Node> {
    items.iter().filter(|it| !it.is_undefined())
}

/// The members of an object that are sent.
pub(super) fn defined_pairs(pairs: &[(String, Node)]) -> impl Iterator<Item = &(String, Node)> {
    pairs.iter().filter(|it| !it.1.is_undefined())
}

/// Takes a value apart.
pub(crate) fn node(value: &dyn Encode) -> Result<Node, String> {
    let mut sink = NodeSink { node: Node::Null, error: None };
    value.encode(&mut sink);
    sink.error.map_or(Ok(sink.node), Err)
}

/// A value as JSON text.
pub(crate) fn json(value: &dyn Encode) -> Result<Node, String> {
    let text = to_vec(value).map_err(|it| it.to_string())?;
    if text == b"null" {
        return Ok(Node::Null);
    }
    Ok(Node::Text(String::from_utf8_lossy(&text).into_owned()))
}

struct NodeSink {
    node: Node,
    error: Option<String>,
}

impl NodeSink {
    fn child(&mut self, value: &dyn Encode) -> Node {
        self.kept(node(value))
    }

    /// The node, or null after an error, of which the first is kept.
    fn kept(&mut self, node: Result<Node, String>) -> Node {
        match node {
            Ok(node) => node,
            Err(error) => {
                self.error.get_or_insert(error);
                Node::Null
            }
        }
    }
}

impl Sink for NodeSink {
    fn null(&mut self) {
        self.node = Node::Null;
    }

    fn bool(&mut self, value: bool) {
        self.text(if value { "true" } else { "false" });
    }

    fn int(&mut self, value: i64) {
        self.text(itoa::Buffer::new().format(value));
    }

    fn uint(&mut self, value: u64) {
        self.text(itoa::Buffer::new().format(value));
    }

    fn float(&mut self, value: f64) {
        match value.is_finite() {
            true => self.text(&value.to_string()),
            false => self.fail(NOT_FINITE),
        }
    }

    fn float32(&mut self, value: f32) {
        match value.is_finite() {
            true => self.text(&value.to_string()),
            false => self.fail(NOT_FINITE),
        }
    }

    fn text(&mut self, value: &str) {
        self.node = Node::Text(value.to_owned());
    }

    fn list(&mut self, items: &dyn WriteList) {
        let mut nodes = Vec::new();
        items.write(&mut |item| nodes.push(self.child(item)));
        self.node = Node::List(nodes);
    }

    fn object(&mut self, fields: &dyn WriteObject) {
        let mut object = NodeObjectSink { pairs: Vec::new(), parent: self };
        fields.write(&mut Writer::new(&mut object));
        self.node = Node::Map(object.pairs);
    }

    fn fail(&mut self, message: &str) {
        self.error.get_or_insert_with(|| message.to_owned());
    }
}

struct NodeObjectSink<'p> {
    pairs: Vec<(String, Node)>,
    parent: &'p mut NodeSink,
}

impl Fields for NodeObjectSink<'_> {
    fn field(&mut self, name: &str, value: &dyn Encode) {
        let node = self.parent.child(value);
        self.pairs.push((name.to_owned(), node));
    }
}
