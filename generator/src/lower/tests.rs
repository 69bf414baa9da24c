//! The items of streams.

use crate::diag::Sink;
use crate::ir::{Scalar, Success, Type};
use crate::{Source, Text, load};

/// The type that a stream of these items yields.
fn stream_of(item: &str) -> Type {
    let text = format!(
        "openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\nservers: [{{url: 'https://a.example'}}]\n\
         paths: {{/a: {{get: {{responses: {{'200': {{content: {{text/event-stream: {{itemSchema: {item}}}}}}}}}}}}}}}\n"
    );
    let document = Text { name: "test".to_owned(), bytes: text.into_bytes() };
    let source = Source { vendor: "test".to_owned(), document, ..Source::default() };
    let (mut sink, mut trees) = (Sink::default(), load::Trees::default());
    let document = load::load(&source, &mut trees, &mut sink).expect("the document can be read");
    let api = super::lower(document, &document.client, &mut sink);
    let (_, operation) = api.operations.iter().next().expect("there is one operation");
    let Success::Events(ty) = &operation.success else { panic!("it is a stream of events") };
    ty.clone()
}

#[test]
fn what_has_nothing_but_fields_of_an_event_is_one() {
    let carries = |properties: &str| stream_of(&format!("{{properties: {{{properties}}}}}"));
    let text = Type::Scalar(Scalar::Text);
    assert_eq!(carries("data: {type: string}, id: {type: string}"), text);
    assert_ne!(carries("data: {type: string}, done: {type: boolean}"), text);
    assert_eq!(carries("data: {type: string}, event: {type: string}, done: {type: boolean}"), text);
}

/// Each of these unions has all of the next layer as its variants: ways through them are many, unions are few.
#[test]
fn unions_that_share_variants_are_searched_for_a_switch_once() {
    const WIDTH: usize = 12;
    const LAYERS: usize = 7;
    let union = |layer: usize, it: usize| {
        let all =
            (0..WIDTH).map(|it| format!("{{$ref: '#/components/schemas/U{}_{it}'}}", layer + 1));
        format!("    U{layer}_{it}: {{oneOf: [{}]}}", all.collect::<Vec<_>>().join(", "))
    };
    let object = |it: usize| {
        format!(
            "    U{LAYERS}_{it}: {{type: object, required: [k{it}], properties: {{stream: {{type: boolean}}, k{it}: {{type: string}}}}}}"
        )
    };
    let unions = (0..LAYERS).flat_map(|layer| (0..WIDTH).map(move |it| union(layer, it)));
    let schemas = unions.chain((0..WIDTH).map(object)).collect::<Vec<_>>().join("\n");
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\nservers: [{{url: 'https://a.example'}}]\n\
         paths: {{/a: {{post: {{requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/U0_0'}}}}}}}}, responses: {{'200': {{content: {{application/json: {{}}, text/event-stream: {{}}}}}}}}}}}}}}\n\
         components:\n  schemas:\n{schemas}\n"
    );
    let document = Text { name: "test".to_owned(), bytes: text.into_bytes() };
    let source = Source { vendor: "test".to_owned(), document, ..Source::default() };
    let (mut sink, mut trees) = (Sink::default(), load::Trees::default());
    let document = load::load(&source, &mut trees, &mut sink).expect("the document can be read");
    let start = std::time::Instant::now();
    let api = super::lower(document, &document.client, &mut sink);
    assert!(start.elapsed() < std::time::Duration::from_secs(20), "{:?}", start.elapsed());
    let (_, operation) = api.operations.iter().next().expect("there is one operation");
    let streams = operation.terminals.iter().filter(|it| it.setting.is_some());
    assert_eq!(streams.count(), operation.terminals.len());
    assert!(!operation.terminals.is_empty());
}
