//! The styles in which OpenAPI serialises parameters.

use super::sink::{defined, defined_pairs};
use super::{Node, is_unreserved, push_encoded, push_reserved};

const NESTED: &str = "a list or an object within a list or an object cannot be sent in this style";

const NO_COOKIE: &str = "spaces, quotes, commas, semicolons, backslashes and characters beyond ASCII are not allowed in a cookie: escape them";

/// The serialization of a parameter (OpenAPI, "Style Values").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    pub(crate) kind: StyleKind,
    pub(crate) explode: bool,
    pub(crate) reserved: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StyleKind {
    Form,
    Simple,
    Segments,
    Label,
    Matrix,
    Space,
    Pipe,
    DeepObject,
    Json,
    Cookie,
}

impl Style {
    /// `a=1&a=2`; the default of queries and cookies, exploded.
    pub const FORM: Self = Self::new(StyleKind::Form, true);
    /// `1,2`; the default of paths and headers.
    pub const SIMPLE: Self = Self::new(StyleKind::Simple, false);
    /// A text of several segments of a path, or of none: its slashes stay.
    pub const SEGMENTS: Self = Self::new(StyleKind::Segments, false);
    /// `.1.2`, in paths.
    pub const LABEL: Self = Self::new(StyleKind::Label, false);
    /// `;a=1,2`, in paths.
    pub const MATRIX: Self = Self::new(StyleKind::Matrix, false);
    /// `a=1%202`, in queries.
    pub const SPACE_DELIMITED: Self = Self::new(StyleKind::Space, false);
    /// `a=1%7C2`, in queries.
    pub const PIPE_DELIMITED: Self = Self::new(StyleKind::Pipe, false);
    /// `a[x]=1&a[y]=2`, in queries.
    pub const DEEP_OBJECT: Self = Self::new(StyleKind::DeepObject, true);
    /// JSON text: a parameter with `content: application/json`.
    pub const JSON: Self = Self::new(StyleKind::Json, false);

    /// `a=1; a=2`, in cookies: form, but nothing is encoded.
    pub const COOKIE: Self = Self::new(StyleKind::Cookie, true);

    const fn new(kind: StyleKind, explode: bool) -> Self {
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

    /// `allowReserved: true`, in queries and forms. What is percent-encoded already stays. `&`, `#`
    /// and `+` are encoded all the same, as they would change the query, and so are `[` and `]`,
    /// which are not allowed there. In paths and cookies it has no effect: `/`, `?` and `;` end a
    /// value there.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.reserved = true;
        self
    }

    /// True if values are JSON text, whatever the other settings.
    pub(crate) fn is_json(self) -> bool {
        self.kind == StyleKind::Json
    }

    /// True for a value of a path that may hold several segments, or none.
    pub(crate) fn has_segments(self) -> bool {
        self.kind == StyleKind::Segments
    }

    pub(crate) fn is_matrix(self) -> bool {
        self.kind == StyleKind::Matrix
    }

    /// The same where reserved characters would lead out of the value.
    pub(crate) const fn strict(self) -> Self {
        Self { reserved: false, ..self }
    }

    fn push(self, out: &mut String, text: &str) {
        match self.kind {
            StyleKind::Cookie => out.push_str(text),
            _ if self.reserved => push_reserved(out, text),
            _ => push_encoded(out, text),
        }
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
                for (i, item) in defined(items).enumerate() {
                    out.push_str(if i == 0 { "" } else { between });
                    push(out, &item.flat());
                }
            }
            Node::Map(pairs) => {
                for (i, (name, value)) in defined_pairs(pairs).enumerate() {
                    out.push_str(if i == 0 { "" } else { between });
                    push(out, name);
                    out.push_str(inner);
                    push(out, &value.flat());
                }
            }
        }
    }
}

/// Refuses a value that the style has no form for: nested ones, and items that would arrive as two.
pub(crate) fn reject_unfit(node: &Node, style: Style) -> Result<(), String> {
    reject_nested(node, style)?;
    // Encoded or not, a server splits at it. Elsewhere it is encoded in an item alone.
    let separator = match (style.kind, style.explode) {
        (StyleKind::Space, false) => ' ',
        (StyleKind::Pipe, false) => '|',
        (StyleKind::Form, false) if style.reserved => ',',
        _ => return Ok(()),
    };
    let is_split = |text: &str| text.contains(separator);
    let found = match node {
        Node::Null | Node::Text(_) => false,
        Node::List(items) => defined(items).any(|it| is_split(&it.flat())),
        Node::Map(pairs) => {
            defined_pairs(pairs).any(|(name, it)| is_split(name) || is_split(&it.flat()))
        }
    };
    match found {
        true => Err(format!("an item holds `{separator}`, which separates items in this style")),
        false => Ok(()),
    }
}

/// Refuses nested values: the tables of OpenAPI know lists and objects of plain ones. Lists within an exploded
/// object repeat their own name, and deep objects may be nested, as servers read them.
fn reject_nested(node: &Node, style: Style) -> Result<(), String> {
    let is_plain = |it: &Node| matches!(it, Node::Null | Node::Text(_)) || it.is_undefined();
    let is_list = |it: &Node| matches!(it, Node::List(items) if items.iter().all(is_plain));
    let repeats = style.explode && matches!(style.kind, StyleKind::Form | StyleKind::Cookie);
    let fits = match node {
        Node::Null | Node::Text(_) => true,
        Node::List(_) | Node::Map(_) if style.kind == StyleKind::DeepObject => true,
        Node::List(items) => items.iter().all(is_plain),
        Node::Map(pairs) => pairs.iter().all(|it| is_plain(&it.1) || repeats && is_list(&it.1)),
    };
    if fits { Ok(()) } else { Err(NESTED.to_owned()) }
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

/// A cookie: pairs in the form `name=value`, joined by `; `. Encoded, unless the style is that of
/// cookies, which rejects characters that a cookie cannot have. Empty means absent.
pub(crate) fn cookie(name: &str, node: &Node, style: Style) -> Result<String, String> {
    if style.kind == StyleKind::Cookie {
        cookie_octets(name, node, style)?;
    }
    let mut out = String::new();
    pairs(&mut out, name, node, style.strict(), "; ");
    Ok(out)
}

/// Rejects names and values that RFC 6265 (4.1.1) does not allow in a cookie.
fn cookie_octets(name: &str, node: &Node, style: Style) -> Result<(), String> {
    let bare =
        |text: &str| text.bytes().all(|it| it.is_ascii_graphic() && !b"\",;\\".contains(&it));
    let value = |text: &str| {
        let quoted = text.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        if bare(quoted.unwrap_or(text)) { Ok(()) } else { Err(NO_COOKIE.to_owned()) }
    };
    let key = |key: &str| {
        let is_name = !key.is_empty() && bare(key) && !key.contains('=');
        if is_name { Ok(()) } else { Err(format!("{key:?} is no name for a cookie")) }
    };
    key(name)?;
    match node {
        Node::Map(pairs) if style.explode => defined_pairs(pairs).try_for_each(|(name, node)| {
            key(name)?;
            match node {
                Node::List(items) => defined(items).try_for_each(|it| value(&it.flat())),
                Node::Null | Node::Text(_) | Node::Map(_) => value(&node.flat()),
            }
        }),
        Node::Map(pairs) => {
            let mut texts = defined_pairs(pairs);
            texts.try_for_each(|(name, node)| value(name).and_then(|()| value(&node.flat())))
        }
        Node::List(items) => defined(items).try_for_each(|it| value(&it.flat())),
        Node::Null | Node::Text(_) => value(&node.flat()),
    }
}

fn pairs(out: &mut String, name: &str, node: &Node, style: Style, between: &str) {
    if node.is_undefined() {
        return;
    }
    let delimiter = match style.kind {
        StyleKind::Space => "%20",
        StyleKind::Pipe => "%7C",
        StyleKind::DeepObject => return deep(out, &mut name.to_owned(), node, style, between),
        StyleKind::Form
        | StyleKind::Simple
        | StyleKind::Segments
        | StyleKind::Label
        | StyleKind::Matrix
        | StyleKind::Json
        | StyleKind::Cookie => ",",
    };
    match node {
        Node::List(items) if style.explode => {
            for item in defined(items) {
                pair(out, name, &item.flat(), style, between);
            }
        }
        Node::Map(members) if style.explode => {
            for (name, value) in defined_pairs(members) {
                match value {
                    Node::List(items) => {
                        for item in defined(items) {
                            pair(out, name, &item.flat(), style, between);
                        }
                    }
                    Node::Null | Node::Text(_) | Node::Map(_) => {
                        pair(out, name, &value.flat(), style, between);
                    }
                }
            }
        }
        Node::Null | Node::Text(_) | Node::List(_) | Node::Map(_) => {
            start(out, name, style, between);
            style.push_joined(out, node, delimiter, delimiter, true);
        }
    }
}

fn start(out: &mut String, name: &str, style: Style, between: &str) {
    if !out.is_empty() {
        out.push_str(between);
    }
    if style.kind == StyleKind::Cookie {
        out.push_str(name);
    } else {
        push_encoded(out, name);
    }
    out.push('=');
}

fn pair(out: &mut String, name: &str, value: &str, style: Style, between: &str) {
    start(out, name, style, between);
    style.push(out, value);
}

fn deep(out: &mut String, name: &mut String, node: &Node, style: Style, between: &str) {
    let len = name.len();
    match node {
        Node::Null => {}
        Node::Text(text) => pair(out, name, text, style, between),
        Node::List(items) => {
            for (i, item) in defined(items).enumerate() {
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
        Node::Text(text) if style.kind == StyleKind::Simple && is_unreserved(&text) => text,
        Node::Text(text) if style.has_segments() => segments(&text),
        node => styled_path(name, &node, style.strict()),
    }
}

/// A value of several segments, whose slashes stay.
fn segments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, segment) in text.split('/').enumerate() {
        out.push_str(if index > 0 { "/" } else { "" });
        push_encoded(&mut out, segment);
    }
    out
}

fn styled_path(name: &str, node: &Node, style: Style) -> String {
    let (prefix, between) = match (style.kind, style.explode) {
        (StyleKind::Label, true) => (".", "."),
        (StyleKind::Label, false) => (".", ","),
        (StyleKind::Matrix, _) => return matrix(name, node, style),
        _ => ("", ","),
    };
    let inner = if style.explode { "=" } else { between };
    prefix.to_owned() + &style.joined_text(node, between, inner, true)
}

fn matrix(name: &str, node: &Node, style: Style) -> String {
    let mut out = String::new();
    // An empty value has no `=` (RFC 6570, 3.2.7).
    let mut pair = |name: &str, value: &str| {
        out.push(';');
        push_encoded(&mut out, name);
        out.push_str(if value.is_empty() { "" } else { "=" });
        out.push_str(value);
    };
    let text = |node: &Node| style.joined_text(node, ",", ",", true);
    match node {
        Node::List(items) if style.explode => defined(items).for_each(|it| pair(name, &text(it))),
        Node::Map(pairs) if style.explode => {
            defined_pairs(pairs).for_each(|(key, it)| pair(key, &text(it)));
        }
        Node::Null | Node::Text(_) | Node::List(_) | Node::Map(_) => pair(name, &text(node)),
    }
    out
}

/// The text of a header, as it is.
pub(crate) fn header(node: &Node, style: Style) -> String {
    style.joined_text(node, ",", if style.explode { "=" } else { "," }, false)
}
