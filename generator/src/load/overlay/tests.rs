//! Targets, actions, and what is wrong with them.

use super::overlay;
use super::{path, select};
use crate::Text;
use crate::diag::{Sink, SourceId};
use crate::load::{Node, tree};

fn read(text: &str, source: SourceId) -> Node {
    let file = Text { name: "it.yaml".to_owned(), bytes: text.into() };
    tree(&file, source, &mut Sink::default()).expect("the test's text is well-formed")
}

const DOCUMENT: &str = "
info: {title: t, tags: [a, b]}
paths:
  /a: {get: {operationId: a, parameters: [{name: x, in: query}, {name: y, in: path}]}}
  /b: {post: {operationId: b, deprecated: true, parameters: [{name: x, in: path}]}}
";

/// The texts that a path selects.
fn selected(path: &str) -> Vec<String> {
    let root = read(DOCUMENT, SourceId::Document);
    let places = select::places(&root, &path::parse(path).expect("the path is right"));
    places.iter().map(|place| format!("{place:?}").replace(['"', '[', ']'], "")).collect()
}

#[test]
fn paths_select_as_their_standard_says() {
    assert_eq!(selected("$"), [""]);
    assert_eq!(selected("$.info.title"), ["Name(info), Name(title)"]);
    assert_eq!(selected("$['info'][\"title\"]"), ["Name(info), Name(title)"]);
    assert_eq!(selected("$.paths['/a'].get.parameters[0]").len(), 1);
    assert_eq!(selected("$.paths['/a'].get.parameters[-1,0]").len(), 2);
    assert_eq!(selected("$.info.tags[1:]"), ["Name(info), Name(tags), Index(1)"]);
    assert_eq!(selected("$.info['title','title']").len(), 1);
    assert_eq!(selected("$.info.tags[5]"), [""; 0]);
    assert_eq!(selected("$.paths.*.*.operationId").len(), 2);
    assert_eq!(selected("$..name").len(), 3);
    assert_eq!(selected("$..parameters[*]").len(), 3);
    assert_eq!(selected("$..*").len(), 24);
}

#[test]
fn tests_select_by_what_stands_below() {
    assert_eq!(selected("$.paths.*[?(@.deprecated == true)]").len(), 1);
    assert_eq!(selected("$.paths.*[?@.deprecated]"), ["Name(paths), Name(/b), Name(post)"]);
    assert_eq!(selected("$.paths.*[?!@.deprecated]"), ["Name(paths), Name(/a), Name(get)"]);
    assert_eq!(selected("$..parameters[?@.name=='x' && @.in=='path']").len(), 1);
    assert_eq!(selected("$..parameters[?(@.name=='y' || @.in == \"query\")]").len(), 2);
    assert_eq!(selected("$..parameters[?@.name != 'x']").len(), 1);
    assert_eq!(selected("$..parameters[?@.name >= 'y']").len(), 1);
    assert_eq!(selected("$..parameters[?@.name == $.info.tags[0]]").len(), 0);
}

#[test]
fn numbers_and_texts_are_in_order_and_other_values_are_only_equal() {
    for holds in
        ["1 == 1.0", "1 != 2", "1 < 2", "2 > 1.5", "1 <= 1.0", "1 <= 2", "2 >= 2", "2 >= 1"]
    {
        assert_eq!(selected(&format!("$[?{holds}]")).len(), 2, "{holds}");
    }
    for holds in ["'a' < 'b'", "'b' > 'a'", "null == null", "false == false", "true >= true"] {
        assert_eq!(selected(&format!("$[?{holds}]")).len(), 2, "{holds}");
    }
    for fails in ["1 == 2", "1 != 1.0", "2 < 1", "1 < 1", "1 > 2", "1 > 1", "2 <= 1", "1 >= 2"] {
        assert_eq!(selected(&format!("$[?{fails}]")), [""; 0], "{fails}");
    }
    for fails in ["'b' < 'a'", "false == null", "false < true", "1 < '2'", "@.a < 1"] {
        assert_eq!(selected(&format!("$[?{fails}]")), [""; 0], "{fails}");
    }
}

#[test]
fn tests_may_be_many_and_not_too_deep() {
    let within = |depth: usize| format!("$[?{}@.a{}]", "(".repeat(depth), ")".repeat(depth));
    assert!(path::parse(&within(31)).is_ok());
    assert!(path::parse(&within(32)).is_err());
    let negated = |depth: usize| format!("$[?{}@.a]", "!".repeat(depth));
    assert!(path::parse(&negated(31)).is_ok());
    assert!(path::parse(&negated(32)).is_err());
    assert!(path::parse(&format!("$[?{}]", ["(!@.a)"; 100].join(" && "))).is_ok());
}

#[test]
fn other_paths_are_refused() {
    for path in [
        "",
        "info",
        "$.",
        "$info",
        "$[",
        "$['a",
        "$[?]",
        "$[?@.a ==]",
        "$[?length(@.a) > 1]",
        "$['a'",
        "$[1:2:3]",
        "$..",
        "$[?(@.a]",
        "$.a b",
    ] {
        assert!(path::parse(path).is_err(), "{path}");
    }
    let slice = path::parse("$[1:2:3]").unwrap_err();
    assert_eq!(slice, "expected a slice such as `0:2` before `:3]`");
    assert!(path::parse(&format!("$[?{}@.a]", "(".repeat(100_000))).is_err());
    assert!(path::parse(&format!("$[?{}@.a]", "!".repeat(100_000))).is_err());
}

/// The document after some actions, or the findings.
fn after(actions: &str) -> Result<Node, Vec<String>> {
    let mut root = read(DOCUMENT, SourceId::Document);
    let file = read(&format!("overlay: 1.0.0\nactions: {actions}"), SourceId::Overlay);
    let mut sink = Sink::default();
    let result = overlay(&mut root, None, &file, &mut sink);
    let found = sink.into_diagnostics().into_iter();
    result.map(|()| root).map_err(|_| {
        found.map(|it| format!("{} {}: {}", it.rule.code, it.place.at, it.message)).collect()
    })
}

#[test]
fn updates_merge_objects_join_lists_and_replace_scalars() {
    let root =
        after("[{target: $.info, update: {title: u, tags: [c], new: {x: 1}}}]").expect("it fits");
    let info = read("title: u\ntags: [a, b, c]\nnew: {x: 1}", SourceId::Document);
    assert_eq!(root.get("info"), Some(&info));
    let new = root.get("info").and_then(|it| it.get("new")).expect("it is there");
    assert_eq!(new.id.source, SourceId::Overlay);
    let root = after("[{target: $.info.tags, update: c}]").expect("it fits");
    let tags = root.get("info").and_then(|it| it.get("tags"));
    assert_eq!(tags, Some(&read("- a\n- b\n- c", SourceId::Document)));
}

#[test]
fn items_of_lists_are_corrected_and_added() {
    let text = "[{target: '$.paths[\"/a\"].get.parameters[1]', update: {name: z}}, {target: '$.paths[\"/b\"].post.parameters', update: {name: w}}]";
    let root = after(text).expect("it fits");
    let expected = "
/a: {get: {operationId: a, parameters: [{name: x, in: query}, {name: z, in: path}]}}
/b: {post: {operationId: b, deprecated: true, parameters: [{name: x, in: path}, {name: w}]}}
";
    assert_eq!(root.get("paths"), Some(&read(expected, SourceId::Document)));
}

#[test]
fn removals_do_not_disturb_each_other() {
    let root =
        after("[{target: '$.info.tags[*]', remove: true}, {target: $..parameters, remove: true}]");
    let root = root.expect("it fits");
    assert_eq!(root.get("info"), Some(&read("title: t\ntags: []", SourceId::Document)));
    let all = after("[{target: '$.info.tags[1,0,1]', remove: true}]").expect("it fits");
    assert_eq!(all.get("info"), root.get("info"));
    assert_eq!(
        root.get("paths"),
        Some(&read(
            "/a: {get: {operationId: a}}\n/b: {post: {operationId: b, deprecated: true}}",
            SourceId::Document
        ))
    );
}

#[test]
fn actions_that_do_nothing_are_errors() {
    assert_eq!(
        after("[{target: $.nope, remove: true}, {target: $.info, update: {}}, {target: $.info}]")
            .unwrap_err(),
        [
            "stale-overlay #/actions/0/target: `$.nope` matches nothing",
            "bad-overlay #/actions/2: an action has `update` or `remove: true`",
        ]
    );
}

#[test]
fn malformed_overlays_are_refused_where_they_are() {
    let found = |actions: &str| after(actions).unwrap_err().remove(0);
    assert_eq!(found("1"), "bad-overlay #/actions: an overlay has a list of `actions`");
    let mut sink = Sink::default();
    let later = read("overlay: 2.0.0\nactions: []", SourceId::Overlay);
    assert!(overlay(&mut read(DOCUMENT, SourceId::Document), None, &later, &mut sink).is_err());
    let messages: Vec<_> = sink.into_diagnostics().into_iter().map(|it| it.message).collect();
    assert_eq!(messages, ["an overlay starts with `overlay: 1.0.0`"]);
    assert_eq!(
        found("[{target: $.info, updates: {}}]"),
        "bad-overlay #/actions/0/updates: `updates` means nothing here"
    );
    assert_eq!(
        found("[{target: $.info, update: 1}]"),
        "bad-overlay #/actions/0: the target is an object, so `update` must be one too"
    );
    assert_eq!(
        found("[{target: $, remove: true}]"),
        "bad-overlay #/actions/0: the whole document cannot be removed"
    );
    assert_eq!(
        found("[{target: info, remove: true}]"),
        "bad-overlay #/actions/0/target: `info` cannot be read: expected `$` at the start before `info`"
    );
}

#[test]
fn an_action_is_about_the_document_that_has_its_target_and_one_of_components_about_both() {
    let document =
        "info: {title: t}\ncomponents: {schemas: {A: {type: string}}}\nservers: [{url: /}]";
    let beside = "info: {title: t}\nchannels: {a: {}}\ncomponents: {schemas: {A: {type: string}}}\nservers: {main: {}}";
    let actions = "overlay: 1.0.0\nactions:\n  - {target: $.info, update: {title: u}}\n  \
                   - {target: $.channels.a, update: {address: /a}}\n  \
                   - {target: $.components.schemas.A, update: {type: number}}\n  \
                   - {target: $.servers.main, update: {host: h}}";
    let (mut root, mut other) =
        (read(document, SourceId::Document), read(beside, SourceId::Asyncapi));
    let actions = read(actions, SourceId::Overlay);
    let mut sink = Sink::default();
    overlay(&mut root, Some(&mut other), &actions, &mut sink).expect("each fits");
    let changed = |it: &str| it.replace("string", "number");
    assert_eq!(root, read(&changed(document).replace("title: t", "title: u"), SourceId::Document));
    let beside =
        changed(beside).replace("a: {}", "a: {address: /a}").replace("main: {}", "main: {host: h}");
    assert_eq!(other, read(&beside, SourceId::Asyncapi));
    let stale =
        read("overlay: 1.0.0\nactions: [{target: $.channels.b, remove: true}]", SourceId::Overlay);
    assert!(overlay(&mut root, Some(&mut other), &stale, &mut sink).is_err());
    assert_eq!(sink.into_diagnostics().len(), 1);
}
