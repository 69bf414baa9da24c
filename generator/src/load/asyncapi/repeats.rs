//! Documents that repeat much by few references: a few bytes could cost much time and memory.

use super::tests::read;
use crate::load::Json;
use std::time::{Duration, Instant};

const MAX_REPEATS: usize = 2000;
const VERSION_2: &str = "asyncapi: 2.6.0
info: {title: T, version: '1'}
servers: {main: {url: t.example, protocol: wss}}
";
const VERSION_3: &str = "asyncapi: 3.0.0
info: {title: T, version: '1'}
servers: {main: {host: t.example, protocol: wss}}
";

fn lines(line: impl Fn(usize) -> String) -> String {
    (0..MAX_REPEATS).map(line).collect::<Vec<_>>().concat()
}

/// Reads a document, and what is told of it. Where the time grew with the square of its size, it took minutes.
fn in_time(text: &str) -> (Json, Vec<&'static str>) {
    let start = Instant::now();
    let (made, found) = read(text, None);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    (made.expect("it has a socket"), found)
}

fn lengths(made: &Json) -> (usize, usize) {
    let length = |it: &Json| it.as_object().expect("an object").len();
    (length(&made["paths"]), length(&made["components"]["schemas"]))
}

#[test]
fn messages_of_one_channel_in_many_operations() {
    let messages =
        lines(|it| format!("      m{it}: {{payload: {{type: object, title: t{it}}}}}\n"));
    let operations =
        lines(|it| format!("  o{it}: {{action: send, channel: {{$ref: '#/channels/a'}}}}\n"));
    let (made, found) = in_time(&format!(
        "{VERSION_3}channels:\n  a:\n    address: /a\n    messages:\n{messages}operations:\n{operations}"
    ));
    assert_eq!((lengths(&made), found.len()), ((1, MAX_REPEATS + 1), 0));
}

#[test]
fn one_choice_of_messages_in_many_channels() {
    let choice = lines(|it| format!("      - {{name: m{it}, payload: {{title: t{it}}}}}\n"));
    let channels = lines(|it| {
        format!("  /c{it}: {{subscribe: {{message: {{$ref: '#/components/messages/all'}}}}}}\n")
    });
    let (made, found) = in_time(&format!(
        "{VERSION_2}channels:\n{channels}components:\n  messages:\n    all:\n      oneOf:\n{choice}"
    ));
    assert_eq!((lengths(&made).0, found), (MAX_REPEATS, vec!["not-expressed"]));
}

#[test]
fn one_schema_that_needs_something_elsewhere_in_many_messages() {
    let inner = lines(|it| format!("        p{it}: {{type: string}}\n"));
    let messages =
        lines(|it| format!("      m{it}: {{payload: {{$ref: '#/components/schemas/S'}}}}\n"));
    let (_, found) = in_time(&format!(
        "{VERSION_3}channels:\n  a:\n    address: /a\n    messages:\n{messages}operations: {{o: {{action: send, channel: {{$ref: '#/channels/a'}}}}}}\ncomponents:\n  schemas:\n    S:\n      properties:\n{inner}        z: {{$ref: other.yaml}}\n"
    ));
    assert_eq!(found.len(), MAX_REPEATS);
}

#[test]
fn one_path_at_many_servers() {
    let servers = lines(|it| format!("  s{it}: {{host: h{it}.example, protocol: wss}}\n"));
    let channels =
        lines(|it| format!("  c{it}: {{address: /a, servers: [{{$ref: '#/servers/s{it}'}}]}}\n"));
    let operations =
        lines(|it| format!("  o{it}: {{action: send, channel: {{$ref: '#/channels/c{it}'}}}}\n"));
    let (made, found) = in_time(&format!(
        "asyncapi: 3.0.0\nservers:\n{servers}channels:\n{channels}operations:\n{operations}"
    ));
    assert_eq!((lengths(&made).0, found.len()), (MAX_REPEATS, 1));
}

#[test]
fn parameters_that_many_sockets_have() {
    let query = lines(|it| format!("        q{it}: {{type: string}}\n"));
    let channels = lines(|it| {
        format!(
            "  /c{it}: {{bindings: {{$ref: '#/components/channelBindings/b'}}, subscribe: {{}}}}\n"
        )
    });
    let (made, found) = in_time(&format!(
        "{VERSION_2}channels:\n{channels}components:\n  channelBindings:\n    b: {{ws: {{query: {{$ref: '#/components/schemas/Q'}}}}}}\n  schemas:\n    Q:\n      properties:\n{query}"
    ));
    assert!((1..MAX_REPEATS).contains(&lengths(&made).0));
    assert_eq!(found, ["not-expressed"]);
}

#[test]
fn messages_that_are_chains_of_choices() {
    let chain = lines(|it| {
        let next = it + 1;
        format!(
            "    m{it}: {{oneOf: [{{$ref: '#/components/messages/m{next}'}}, {{payload: {{title: t{it}}}}}]}}\n"
        )
    });
    let (made, found) = in_time(&format!(
        "{VERSION_2}channels:\n  /c: {{subscribe: {{message: {{$ref: '#/components/messages/m0'}}}}}}\ncomponents:\n  messages:\n{chain}    m{MAX_REPEATS}: {{payload: {{type: object}}}}\n"
    ));
    assert_eq!((lengths(&made), found.len()), ((1, MAX_REPEATS + 2), 0));
}
