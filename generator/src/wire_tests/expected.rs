//! The request that a call must send, by the document: rendered anew from OpenAPI's table of styles,
//! so that it does not merely repeat the client's behaviour.

use super::body::Sent;
use super::parts::SentPart;
use super::tree::{DocumentTree, tree};
use super::{auth, body, server};
use crate::emit::EmitCx;
use crate::ir::{
    Id, Method, Operation, ParamPlace, ParamStyle, PathSegment, Setting, SettingPlace, StyleKind,
};
use crate::load::Json;
use indexmap::IndexMap;
use serde_json::json;
use std::collections::{HashMap, HashSet};
use std::fmt::Write;

/// A request.
#[derive(Clone, Debug, Default)]
pub(super) struct ExpectedRequest {
    pub(super) method: &'static str,
    /// Server and path.
    pub(super) url: String,
    /// Names as they are, values as they are encoded.
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: IndexMap<String, String>,
    /// Names as they are, values as they are encoded.
    pub(super) cookies: Vec<(String, String)>,
    pub(super) body: body::Sent,
    /// True if it goes to another server than the client's.
    pub(super) elsewhere: bool,
}

/// The request of an operation with values for its parameters, where they have one, and for its body.
pub(super) fn request(
    cx: EmitCx<'_>,
    id: Id<Operation>,
    values: &[Option<Json>],
    sample: Option<&Json>,
) -> ExpectedRequest {
    let operation = &cx.api.operations[id];
    let server = server::of(cx, operation);
    let mut expected = ExpectedRequest {
        method: method(operation.method),
        url: server.url,
        elsewhere: server.elsewhere,
        body: body::sent(cx, operation, sample),
        ..ExpectedRequest::default()
    };
    let accept = operation.accept.as_deref().unwrap_or("application/json");
    expected.header("accept", accept);
    for name in &operation.fixed_headers {
        let fixed = cx.api.headers.iter().find(|it| it.wire_name == *name);
        if let Some(default) = fixed.and_then(|it| it.default.as_deref()) {
            expected.header(name, default);
        }
    }
    let (mut in_path, mut in_query) = (HashMap::new(), HashSet::new());
    for (param, value) in operation.params.iter().zip(values) {
        let Some(value) = value else { continue };
        let (name, style) = (param.wire_name.as_str(), param.style);
        let value = body::sendable(cx, &param.ty, value);
        let value = &match style.kind {
            StyleKind::Json if !value.is_null() => DocumentTree::Text(value.to_string()),
            _ => tree(cx, &param.ty, &value),
        };
        match param.place {
            ParamPlace::Path => {
                in_path.insert(name, path(name, value, style));
            }
            ParamPlace::Query => {
                in_query.insert(name);
                expected.query.extend(pairs(name, value, style));
            }
            ParamPlace::Header if value.is_undefined() => {}
            ParamPlace::Header => expected.header(name, &header(value, style)),
            ParamPlace::Cookie => expected.cookies.extend(pairs(name, value, style)),
        }
    }
    for segment in &operation.template {
        match segment {
            PathSegment::Literal(text) => expected.url.push_str(&literal(text)),
            PathSegment::Param(name) => {
                expected.url.push_str(in_path.get(name.as_str()).map_or("", String::as_str));
            }
        }
    }
    let fixed = operation.fixed_query.iter().filter(|(name, _)| !in_query.contains(name.as_str()));
    expected.query.extend(fixed.map(|(name, it)| (name.clone(), encoded(it, false))));
    auth::add(cx, operation, &mut expected);
    expected
}

impl ExpectedRequest {
    /// The same request where it asks for one kind of response.
    pub(super) fn asking(mut self, setting: Option<&Setting>) -> Self {
        let Some(Setting { place, name, value, always }) = setting else { return self };
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let set = |pairs: &mut Vec<(String, String)>| {
            let known = pairs.len();
            pairs.retain(|it| it.0 != *name);
            if *always || pairs.len() < known {
                pairs.push((name.clone(), text.clone()));
            }
        };
        match (place, &mut self.body) {
            (SettingPlace::Query, _) => set(&mut self.query),
            (SettingPlace::Header, _) => {
                if *always || self.headers.contains_key(&name.to_ascii_lowercase()) {
                    self.header(name, &text);
                }
            }
            (SettingPlace::Body, Sent::Json { json, .. }) => {
                if let Some(it) = json.as_object_mut()
                    && (*always || it.get(name).is_some_and(|it| !it.is_null()))
                {
                    it.insert(name.clone(), value.clone());
                }
            }
            (SettingPlace::Body, Sent::Form(pairs)) => set(pairs),
            (SettingPlace::Body, Sent::Parts { parts, .. }) => {
                let known = parts.len();
                parts.retain(|it| it.name != *name);
                if *always || parts.len() < known {
                    let name = name.clone();
                    parts.push(SentPart { name, file: false, mime: None, content: text });
                }
            }
            (SettingPlace::Body, body @ Sent::Nothing) if *always => {
                let (mime, json) = ("application/json".to_owned(), json!({ name: value }));
                *body = Sent::Json { mime, json };
            }
            (SettingPlace::Body, Sent::Nothing | Sent::Values { .. } | Sent::Content { .. }) => {}
        }
        self
    }
}

impl ExpectedRequest {
    /// Sets a header; of two with one name the later wins.
    pub(super) fn header(&mut self, name: &str, value: &str) {
        let name = name.to_ascii_lowercase();
        self.headers.shift_remove(&name);
        self.headers.insert(name, value.to_owned());
    }
}

pub(super) fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Put => "PUT",
        Method::Post => "POST",
        Method::Delete => "DELETE",
        Method::Options => "OPTIONS",
        Method::Head => "HEAD",
        Method::Patch => "PATCH",
        Method::Trace => "TRACE",
        Method::Query => "QUERY",
    }
}

/// The pairs of a query, cookie or form: `style` and `explode` by the table of OpenAPI 3.1.1, 4.8.12.
pub(super) fn pairs(name: &str, value: &DocumentTree, style: ParamStyle) -> Vec<(String, String)> {
    let encode = |text: &str| match style.kind {
        StyleKind::Cookie => text.to_owned(),
        _ => encoded(text, style.allow_reserved),
    };
    let one = |name: &str, value: &DocumentTree| (name.to_owned(), encode(&value.text()));
    let joined = |between: &str| {
        let parts = value.parts().iter().map(|it| encode(it)).collect::<Vec<_>>();
        vec![(name.to_owned(), parts.join(between))]
    };
    match (style.kind, value) {
        _ if value.is_undefined() => Vec::new(),
        (StyleKind::DeepObject, _) => deep(name, value, style),
        (_, DocumentTree::List(_)) if style.explode => {
            value.items().map(|it| one(name, it)).collect()
        }
        (_, DocumentTree::Map(_)) if style.explode => {
            let members = value.members().flat_map(|(key, it)| match it {
                DocumentTree::List(_) => it.items().map(|it| one(key, it)).collect(),
                DocumentTree::Null | DocumentTree::Text(_) | DocumentTree::Map(_) => {
                    vec![one(key, it)]
                }
            });
            members.collect()
        }
        (StyleKind::SpaceDelimited, DocumentTree::List(_) | DocumentTree::Map(_)) => joined("%20"),
        (StyleKind::PipeDelimited, DocumentTree::List(_) | DocumentTree::Map(_)) => joined("%7C"),
        (_, DocumentTree::List(_) | DocumentTree::Map(_)) => joined(","),
        (_, DocumentTree::Null | DocumentTree::Text(_)) => vec![one(name, value)],
    }
}

/// `name[key]=value`. Deeper values and lists follow the custom of servers: the table is silent about them.
fn deep(name: &str, value: &DocumentTree, style: ParamStyle) -> Vec<(String, String)> {
    match value {
        DocumentTree::Null => Vec::new(),
        DocumentTree::Map(_) => {
            let members = value.members();
            members.flat_map(|(key, it)| deep(&format!("{name}[{key}]"), it, style)).collect()
        }
        DocumentTree::List(_) => {
            let items = value.items().enumerate().map(|(index, it)| match it {
                DocumentTree::Text(_) => (format!("{name}[]"), it),
                DocumentTree::Null | DocumentTree::List(_) | DocumentTree::Map(_) => {
                    (format!("{name}[{index}]"), it)
                }
            });
            items.flat_map(|(name, it)| deep(&name, it, style)).collect()
        }
        DocumentTree::Text(text) => vec![(name.to_owned(), encoded(text, style.allow_reserved))],
    }
}

/// A value in a path.
fn path(name: &str, value: &DocumentTree, style: ParamStyle) -> String {
    let encode = |text: &str| encoded(text, false);
    let (lead, between) = match (style.kind, style.explode) {
        (StyleKind::Label, true) => (".", "."),
        (StyleKind::Label, false) => (".", ","),
        (StyleKind::Matrix, true) => (";", ";"),
        (StyleKind::Matrix, false) => (";", ","),
        _ => ("", ","),
    };
    let matrix = style.kind == StyleKind::Matrix;
    let name = encode(name);
    // Of the styles that name their values, only this one leaves `=` out where nothing follows.
    let pair = |name: String, value: String| match matrix && value.is_empty() {
        true => name,
        false => format!("{name}={value}"),
    };
    let member = |(key, it): (&str, &DocumentTree)| pair(encode(key), encode(&it.text()));
    let texts: Vec<_> = match value {
        DocumentTree::Map(_) if style.explode => value.members().map(member).collect(),
        DocumentTree::List(_) if style.explode && matrix => {
            value.items().map(|it| pair(name.clone(), encode(&it.text()))).collect()
        }
        _ => value.parts().iter().map(|it| encode(it)).collect(),
    };
    let named = match value {
        DocumentTree::Map(_) | DocumentTree::List(_) => matrix && !style.explode,
        DocumentTree::Null | DocumentTree::Text(_) => matrix,
    };
    let text = texts.join(between);
    format!("{lead}{}", if named { pair(name, text) } else { text })
}

/// A value in a header: nothing is encoded there.
fn header(value: &DocumentTree, style: ParamStyle) -> String {
    match value {
        DocumentTree::Map(_) if style.explode => {
            let members = value.members().map(|(key, it)| format!("{key}={}", it.text()));
            members.collect::<Vec<_>>().join(",")
        }
        _ => value.parts().join(","),
    }
}

/// Percent-encoding by RFC 3986: unreserved characters stay, and reserved ones where a parameter
/// allows them, save those that would end or change the value, or are not allowed there. What is
/// percent-encoded already stays then.
pub(super) fn encoded(text: &str, reserved: bool) -> String {
    if !reserved {
        return escaped(text, b"-._~");
    }
    let mut parts = text.split('%').map(|it| escaped(it, b"-._~:/?@!$'()*,;="));
    let first = parts.next().unwrap_or_default();
    text.split('%').skip(1).zip(parts).fold(first, |out, (raw, part)| {
        let is_triple = raw.len() >= 2 && raw.bytes().take(2).all(|it| it.is_ascii_hexdigit());
        out + if is_triple { "%" } else { "%25" } + &part
    })
}

/// The fixed part of a path: only characters that are not allowed there are encoded.
fn literal(text: &str) -> String {
    escaped(text, b"-._~:/@!$&'()*+,;=%")
}

fn escaped(text: &str, kept: &[u8]) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(kind: StyleKind, explode: bool) -> ParamStyle {
        ParamStyle { kind, explode, allow_reserved: false }
    }

    fn text(text: &str) -> DocumentTree {
        DocumentTree::Text(text.to_owned())
    }

    fn joined(value: &DocumentTree, kind: StyleKind, explode: bool) -> String {
        let pairs = pairs("color", value, style(kind, explode));
        pairs.iter().map(|it| format!("{}={}", it.0, it.1)).collect::<Vec<_>>().join("&")
    }

    /// The examples of the table itself.
    #[test]
    fn the_table_of_styles() {
        use StyleKind::{DeepObject, Form, Label, Matrix, PipeDelimited, Simple, SpaceDelimited};
        let blue = text("blue");
        let list = DocumentTree::List(["blue", "black", "brown"].map(text).to_vec());
        let object = [("R", "100"), ("G", "200"), ("B", "150")];
        let object = DocumentTree::Map(object.map(|it| (it.0.to_owned(), text(it.1))).to_vec());
        let rows = [
            (Matrix, false, ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"),
            (
                Matrix,
                true,
                ";color=blue",
                ";color=blue;color=black;color=brown",
                ";R=100;G=200;B=150",
            ),
            (Label, false, ".blue", ".blue,black,brown", ".R,100,G,200,B,150"),
            (Label, true, ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
            (Simple, false, "blue", "blue,black,brown", "R,100,G,200,B,150"),
            (Simple, true, "blue", "blue,black,brown", "R=100,G=200,B=150"),
        ];
        for (kind, explode, of_text, of_list, of_object) in rows {
            let it = style(kind, explode);
            assert_eq!(path("color", &blue, it), of_text);
            assert_eq!(path("color", &list, it), of_list);
            assert_eq!(path("color", &object, it), of_object);
        }
        assert_eq!(joined(&blue, Form, true), "color=blue");
        assert_eq!(joined(&list, Form, false), "color=blue,black,brown");
        assert_eq!(joined(&list, Form, true), "color=blue&color=black&color=brown");
        assert_eq!(joined(&object, Form, false), "color=R,100,G,200,B,150");
        assert_eq!(joined(&object, Form, true), "R=100&G=200&B=150");
        assert_eq!(joined(&list, SpaceDelimited, false), "color=blue%20black%20brown");
        assert_eq!(joined(&list, PipeDelimited, false), "color=blue%7Cblack%7Cbrown");
        let deep = "color[R]=100&color[G]=200&color[B]=150";
        assert_eq!(joined(&object, DeepObject, true), deep);
    }

    #[test]
    fn what_is_undefined_is_left_out() {
        let list = DocumentTree::List(vec![text("a"), DocumentTree::Null, text("b")]);
        assert_eq!(joined(&list, StyleKind::Form, true), "color=a&color=b");
        assert_eq!(joined(&list, StyleKind::Form, false), "color=a,b");
        let empty = [
            DocumentTree::List(vec![DocumentTree::Null]),
            DocumentTree::Map(vec![("a".to_owned(), DocumentTree::Null)]),
        ];
        for value in
            [DocumentTree::List(Vec::new()), DocumentTree::Map(Vec::new())].iter().chain(&empty)
        {
            for kind in [StyleKind::Form, StyleKind::PipeDelimited, StyleKind::DeepObject] {
                assert_eq!(joined(value, kind, false), "", "{value:?}");
            }
        }
        let object =
            DocumentTree::Map(vec![("a".to_owned(), text("")), ("b".to_owned(), text("1"))]);
        assert_eq!(path("color", &object, style(StyleKind::Matrix, true)), ";a;b=1");
        assert_eq!(path("color", &text(""), style(StyleKind::Matrix, false)), ";color");
    }

    #[test]
    fn delimiters_within_values_are_encoded() {
        let list = DocumentTree::List(["a,b", "c d"].map(text).to_vec());
        assert_eq!(joined(&list, StyleKind::Form, false), "color=a%2Cb,c%20d");
        assert_eq!(encoded("a/b?c&d#\u{e9}", true), "a/b?c%26d%23%C3%A9");
        assert_eq!(encoded("%2B[100%]%4", true), "%2B%5B100%25%5D%254");
        assert_eq!(literal("/v1/{x}:a b"), "/v1/%7Bx%7D:a%20b");
    }
}
