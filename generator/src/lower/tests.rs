//! What streams bring.

use crate::diag::Sink;
use crate::ir::{Scalar, Success, Type};
use crate::{Source, Text, load};

/// What a stream of these items brings.
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
