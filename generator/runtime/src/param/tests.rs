//! The table of styles (OpenAPI 3.0.4, 3.1.1 and 3.2.0, "Style Examples"; RFC 6570), row by row.

use super::{Node, Style, cookie, header, path, query};

fn text(text: &str) -> Node {
    Node::Text(text.to_owned())
}

/// A value, or null.
fn value(it: Option<&str>) -> Node {
    it.map_or(Node::Null, text)
}

fn list<const N: usize>(items: [Option<&str>; N]) -> Node {
    Node::List(items.map(value).to_vec())
}

fn object<const N: usize>(members: [(&str, Option<&str>); N]) -> Node {
    Node::Map(members.map(|(key, it)| (key.to_owned(), value(it))).to_vec())
}

/// The values of the table's columns, and of those that RFC 6570 adds: what is undefined is left out.
fn values() -> [Node; 12] {
    [
        text(""),
        text("blue"),
        list([Some("blue"), Some("black"), Some("brown")]),
        object([("R", Some("100")), ("G", Some("200")), ("B", Some("150"))]),
        list([Some("blue"), None, Some("brown")]),
        object([("R", Some("100")), ("G", None), ("B", Some("150"))]),
        object([("R", Some("")), ("G", Some("200"))]),
        list([Some(""), Some("blue")]),
        list([]),
        object([]),
        list([None, None]),
        object([("R", None), ("G", None)]),
    ]
}

/// Compares each value in a style with what must be sent; `""` where nothing is.
fn row(style: Style, text: fn(&str, &Node, Style) -> String, wanted: [&str; 12]) {
    for (value, wanted) in values().iter().zip(wanted) {
        assert_eq!(text("color", value, style), wanted, "{value:?} as {style:?}");
    }
}

fn in_query(name: &str, value: &Node, style: Style) -> String {
    query(name, value, style)
}

fn in_cookie(name: &str, value: &Node, style: Style) -> String {
    cookie(name, value, style).expect("it can stand in a cookie")
}

/// A value in a path; `""` where none may be sent.
fn in_path(name: &str, value: &Node, style: Style) -> String {
    if value.is_undefined() { String::new() } else { path(name, value.clone(), style) }
}

fn in_header(_: &str, value: &Node, style: Style) -> String {
    header(value, style)
}

#[test]
fn form_in_a_query() {
    row(
        Style::FORM.joined(),
        in_query,
        [
            "color=",
            "color=blue",
            "color=blue,black,brown",
            "color=R,100,G,200,B,150",
            "color=blue,brown",
            "color=R,100,B,150",
            "color=R,,G,200",
            "color=,blue",
            "",
            "",
            "",
            "",
        ],
    );
    row(
        Style::FORM,
        in_query,
        [
            "color=",
            "color=blue",
            "color=blue&color=black&color=brown",
            "R=100&G=200&B=150",
            "color=blue&color=brown",
            "R=100&B=150",
            "R=&G=200",
            "color=&color=blue",
            "",
            "",
            "",
            "",
        ],
    );
}

#[test]
fn delimited_in_a_query() {
    for (style, delimiter) in [(Style::SPACE_DELIMITED, "%20"), (Style::PIPE_DELIMITED, "%7C")] {
        let wanted = [
            "color=",
            "color=blue",
            "color=blue|black|brown",
            "color=R|100|G|200|B|150",
            "color=blue|brown",
            "color=R|100|B|150",
            "color=R||G|200",
            "color=|blue",
            "",
            "",
            "",
            "",
        ];
        let wanted = wanted.map(|it| it.replace('|', delimiter));
        row(style, in_query, wanted.each_ref().map(String::as_str));
    }
}

#[test]
fn deep_objects_in_a_query() {
    let objects = [
        (values()[3].clone(), "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
        (values()[5].clone(), "color%5BR%5D=100&color%5BB%5D=150"),
        (values()[6].clone(), "color%5BR%5D=&color%5BG%5D=200"),
        (object([]), ""),
        (object([("R", None)]), ""),
    ];
    for (value, wanted) in objects {
        assert_eq!(in_query("color", &value, Style::DEEP_OBJECT), wanted);
    }
}

#[test]
fn simple_in_a_path_and_in_a_header() {
    let joined = [
        "",
        "blue",
        "blue,black,brown",
        "R,100,G,200,B,150",
        "blue,brown",
        "R,100,B,150",
        "R,,G,200",
        ",blue",
        "",
        "",
        "",
        "",
    ];
    let mut exploded = joined;
    exploded[3] = "R=100,G=200,B=150";
    exploded[5] = "R=100,B=150";
    exploded[6] = "R=,G=200";
    for text in [in_path, in_header] {
        row(Style::SIMPLE, text, joined);
        row(Style::SIMPLE.exploded(), text, exploded);
    }
}

#[test]
fn label_in_a_path() {
    row(
        Style::LABEL,
        in_path,
        [
            ".",
            ".blue",
            ".blue,black,brown",
            ".R,100,G,200,B,150",
            ".blue,brown",
            ".R,100,B,150",
            ".R,,G,200",
            ".,blue",
            "",
            "",
            "",
            "",
        ],
    );
    row(
        Style::LABEL.exploded(),
        in_path,
        [
            ".",
            ".blue",
            ".blue.black.brown",
            ".R=100.G=200.B=150",
            ".blue.brown",
            ".R=100.B=150",
            ".R=.G=200",
            "..blue",
            "",
            "",
            "",
            "",
        ],
    );
}

#[test]
fn matrix_in_a_path() {
    row(
        Style::MATRIX,
        in_path,
        [
            ";color",
            ";color=blue",
            ";color=blue,black,brown",
            ";color=R,100,G,200,B,150",
            ";color=blue,brown",
            ";color=R,100,B,150",
            ";color=R,,G,200",
            ";color=,blue",
            "",
            "",
            "",
            "",
        ],
    );
    row(
        Style::MATRIX.exploded(),
        in_path,
        [
            ";color",
            ";color=blue",
            ";color=blue;color=black;color=brown",
            ";R=100;G=200;B=150",
            ";color=blue;color=brown",
            ";R=100;B=150",
            ";R;G=200",
            ";color;color=blue",
            "",
            "",
            "",
            "",
        ],
    );
}

#[test]
fn cookies_in_both_styles() {
    for (style, pairs) in [(Style::FORM, "; "), (Style::COOKIE, "; ")] {
        let joined = [
            "color=",
            "color=blue",
            "color=blue,black,brown",
            "color=R,100,G,200,B,150",
            "color=blue,brown",
            "color=R,100,B,150",
            "color=R,,G,200",
            "color=,blue",
            "",
            "",
            "",
            "",
        ];
        row(style.joined(), in_cookie, joined);
        let exploded = [
            "color=",
            "color=blue",
            "color=blue|color=black|color=brown",
            "R=100|G=200|B=150",
            "color=blue|color=brown",
            "R=100|B=150",
            "R=|G=200",
            "color=|color=blue",
            "",
            "",
            "",
            "",
        ];
        let exploded = exploded.map(|it| it.replace('|', pairs));
        row(style, in_cookie, exploded.each_ref().map(String::as_str));
    }
}

#[test]
fn the_style_of_cookies_encodes_nothing_and_refuses_what_cannot_stand_there() {
    for it in ["YWI/+w==", "a%20b", "\"quoted\"", "!#$%&'()*+-./:<=>?@[]^_`{|}~", ""] {
        assert_eq!(in_cookie("sid", &text(it), Style::COOKIE), format!("sid={it}"));
    }
    assert_eq!(in_cookie("sid", &text("YWI/+w=="), Style::FORM), "sid=YWI%2F%2Bw%3D%3D");
    let refused = |name: &str, value: Node, style| {
        let result = cookie(name, &value, style);
        assert!(result.is_err(), "{name} {value:?}: {result:?}");
    };
    for it in ["a;b", "a b", "a,b", "a\\b", "a\"b", "\"", "caf\u{e9}", "a\r\nb", "a\tb"] {
        refused("sid", text(it), Style::COOKIE);
        refused("sid", list([Some(it)]), Style::COOKIE);
        refused("sid", list([Some("a"), Some(it)]), Style::COOKIE.joined());
        refused("sid", object([("a", Some(it))]), Style::COOKIE);
        refused("sid", Node::Map(vec![("a".to_owned(), list([Some(it)]))]), Style::COOKIE);
        refused("sid", object([(it, Some("a"))]), Style::COOKIE);
        refused("sid", object([(it, Some("a"))]), Style::COOKIE.joined());
        refused(it, text("a"), Style::COOKIE);
    }
    refused("a=b", text("c"), Style::COOKIE);
}

#[test]
fn allow_reserved_keeps_reserved_characters_and_triples() {
    let style = Style::FORM.allow_reserved();
    let rows = [
        (":/?@!$'()*,;=", "q=:/?@!$'()*,;="),
        ("x%2By", "q=x%2By"),
        ("%e2%82%ac", "q=%e2%82%ac"),
        ("100%", "q=100%25"),
        ("%zz%4", "q=%25zz%254"),
        ("%%41", "q=%25%41"),
        ("a[0]&b#c+d e", "q=a%5B0%5D%26b%23c%2Bd%20e"),
        ("\u{e9}", "q=%C3%A9"),
    ];
    for (it, wanted) in rows {
        assert_eq!(in_query("q", &text(it), style), wanted);
    }
    let items = list([Some("a/b"), Some("c%2Cd")]);
    assert_eq!(in_query("q", &items, style.joined()), "q=a/b,c%2Cd");
}
