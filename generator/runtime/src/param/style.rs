//! The styles in which OpenAPI serialises parameters.

use super::{Node, is_unreserved, push_encoded, push_reserved};

/// How a parameter is serialised (OpenAPI, "Style Values").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    pub(crate) kind: Kind,
    pub(crate) explode: bool,
    pub(crate) reserved: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Form,
    Simple,
    Label,
    Matrix,
    Space,
    Pipe,
    DeepObject,
    Json,
}

impl Style {
    /// `a=1&a=2`; the default of queries and cookies, exploded.
    pub const FORM: Self = Self::new(Kind::Form, true);
    /// `1,2`; the default of paths and headers.
    pub const SIMPLE: Self = Self::new(Kind::Simple, false);
    /// `.1.2`, in paths.
    pub const LABEL: Self = Self::new(Kind::Label, false);
    /// `;a=1,2`, in paths.
    pub const MATRIX: Self = Self::new(Kind::Matrix, false);
    /// `a=1%202`, in queries.
    pub const SPACE_DELIMITED: Self = Self::new(Kind::Space, false);
    /// `a=1%7C2`, in queries.
    pub const PIPE_DELIMITED: Self = Self::new(Kind::Pipe, false);
    /// `a[x]=1&a[y]=2`, in queries.
    pub const DEEP_OBJECT: Self = Self::new(Kind::DeepObject, true);
    /// JSON text: a parameter with `content: application/json`.
    pub const JSON: Self = Self::new(Kind::Json, false);

    const fn new(kind: Kind, explode: bool) -> Self {
        Self { kind, explode, reserved: false }
    }

    /// `explode: false`.
    #[must_use]
    pub const fn joined(mut self) -> Self {
        self.explode = false;
        self
    }

    /// `explode: true`.
    #[must_use]
    pub const fn exploded(mut self) -> Self {
        self.explode = true;
        self
    }

    /// `allowReserved: true`, in queries and forms. `&`, `#` and `+` are encoded all the same: they
    /// would change the query. In paths and cookies it has no effect: `/`, `?` and `;` end a value there.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.reserved = true;
        self
    }

    /// Whether values are JSON text, whatever else is said of it.
    pub(crate) fn is_json(self) -> bool {
        self.kind == Kind::Json
    }

    /// The same where reserved characters would lead out of the value.
    const fn strict(self) -> Self {
        Self { reserved: false, ..self }
    }

    fn push(self, out: &mut String, text: &str) {
        if self.reserved { push_reserved(out, text) } else { push_encoded(out, text) }
    }

    fn joined_text(self, node: &Node, between: &str, inner: &str, encode: bool) -> String {
        let mut out = String::new();
        self.push_joined(&mut out, node, between, inner, encode);
        out
    }

    fn push_joined(self, out: &mut String, node: &Node, between: &str, inner: &str, encode: bool) {
        let push = |out: &mut String, text: &str| {
            if encode { self.push(out, text) } else { out.push_str(text) }
        };
        match node {
            Node::Null => {}
            Node::Text(text) => push(out, text),
            Node::List(items) => {
                for (i, item) in items.iter().enumerate() {
                    out.push_str(if i == 0 { "" } else { between });
                    push(out, &item.flat());
                }
            }
            Node::Map(pairs) => {
                for (i, (name, value)) in
                    pairs.iter().filter(|pair| pair.1 != Node::Null).enumerate()
                {
                    out.push_str(if i == 0 { "" } else { between });
                    push(out, name);
                    out.push_str(inner);
                    push(out, &value.flat());
                }
            }
        }
    }
}

/// A query parameter: pairs in the form `name=value`, joined by `&`, encoded. Empty means absent.
pub(crate) fn query(name: &str, node: &Node, style: Style) -> String {
    let mut out = match node {
        Node::Text(text) => String::with_capacity(name.len() + 1 + text.len()),
        Node::Null | Node::List(_) | Node::Map(_) => String::new(),
    };
    pairs(&mut out, name, node, style, "&");
    out
}

/// A cookie: pairs in the form `name=value`, joined by `; `, encoded. Empty means absent.
pub(crate) fn cookie(name: &str, node: &Node, style: Style) -> String {
    let mut out = String::new();
    pairs(&mut out, name, node, style.strict(), "; ");
    out
}

/// One property of a form: objects are deep unless a style is given.
pub(crate) fn form(name: &str, node: &Node, style: Option<Style>) -> String {
    let default = if matches!(node, Node::Map(_)) { Style::DEEP_OBJECT } else { Style::FORM };
    query(name, node, style.unwrap_or(default))
}

fn pairs(out: &mut String, name: &str, node: &Node, style: Style, between: &str) {
    if matches!(node, Node::Null) || matches!(node, Node::List(items) if items.is_empty()) {
        return;
    }
    let delimiter = match style.kind {
        Kind::Space => "%20",
        Kind::Pipe => "%7C",
        Kind::DeepObject => return deep(out, &mut name.to_owned(), node, style, between),
        Kind::Form | Kind::Simple | Kind::Label | Kind::Matrix | Kind::Json => ",",
    };
    match node {
        Node::List(items) if style.explode => {
            for item in items {
                pair(out, name, &item.flat(), style, between);
            }
        }
        Node::Map(members) if style.explode => {
            for (name, value) in members {
                match value {
                    Node::Null => {}
                    Node::List(items) => {
                        for item in items {
                            pair(out, name, &item.flat(), style, between);
                        }
                    }
                    Node::Text(_) | Node::Map(_) => pair(out, name, &value.flat(), style, between),
                }
            }
        }
        Node::Null | Node::Text(_) | Node::List(_) | Node::Map(_) => {
            start(out, name, between);
            style.push_joined(out, node, delimiter, delimiter, true);
        }
    }
}

fn start(out: &mut String, name: &str, between: &str) {
    if !out.is_empty() {
        out.push_str(between);
    }
    push_encoded(out, name);
    out.push('=');
}

fn pair(out: &mut String, name: &str, value: &str, style: Style, between: &str) {
    start(out, name, between);
    style.push(out, value);
}

fn deep(out: &mut String, name: &mut String, node: &Node, style: Style, between: &str) {
    let len = name.len();
    match node {
        Node::Null => {}
        Node::Text(text) => pair(out, name, text, style, between),
        Node::List(items) => {
            for (i, item) in items.iter().enumerate() {
                let index =
                    if matches!(item, Node::Text(_)) { String::new() } else { i.to_string() };
                name.extend(["[", &index, "]"]);
                deep(out, name, item, style, between);
                name.truncate(len);
            }
        }
        Node::Map(pairs) => {
            for (key, value) in pairs {
                name.extend(["[", key, "]"]);
                deep(out, name, value, style, between);
                name.truncate(len);
            }
        }
    }
}

/// The text of a path parameter, encoded.
pub(crate) fn path(name: &str, node: Node, style: Style) -> String {
    match node {
        // Most values are ids, of which nothing is encoded.
        Node::Text(text) if style.kind == Kind::Simple && is_unreserved(&text) => text,
        node => styled_path(name, &node, style.strict()),
    }
}

fn styled_path(name: &str, node: &Node, style: Style) -> String {
    let (lead, between) = match (style.kind, style.explode) {
        (Kind::Label, true) => (".", "."),
        (Kind::Label, false) => (".", ","),
        (Kind::Matrix, _) => return matrix(name, node, style),
        _ => ("", ","),
    };
    let inner = if style.explode { "=" } else { between };
    lead.to_owned() + &style.joined_text(node, between, inner, true)
}

fn matrix(name: &str, node: &Node, style: Style) -> String {
    let mut out = String::from(";");
    match node {
        Node::List(items) if style.explode => {
            let pairs = items.iter().map(|it| (name.to_owned(), it.clone())).collect();
            out.push_str(&style.joined_text(&Node::Map(pairs), ";", "=", true));
        }
        Node::Map(_) if style.explode => out.push_str(&style.joined_text(node, ";", "=", true)),
        Node::Null | Node::Text(_) | Node::List(_) | Node::Map(_) => {
            push_encoded(&mut out, name);
            out.push('=');
            out.push_str(&style.joined_text(node, ",", ",", true));
        }
    }
    out
}

/// The text of a header, as it is.
pub(crate) fn header(node: &Node, style: Style) -> String {
    style.joined_text(node, ",", if style.explode { "=" } else { "," }, false)
}
