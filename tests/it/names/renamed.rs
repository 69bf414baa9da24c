//! A rename in `client.yaml` is whole, also where the lock has the old names.

use crate::support::{make, surface, text};
use generator::Source;

const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: Models, version: '1'}
paths:
  /models:
    post:
      operationId: createModel
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Model'}}}
      responses: {'204': {description: Done}}
    get: {operationId: listModels, responses: {'204': {description: Done}}}
components:
  schemas:
    Model:
      type: object
      required: [one, two, three, four, five, six, seven, eight]
      properties:
        one: {type: string}
        two: {type: string}
        three: {type: string}
        four: {type: string}
        five: {type: string}
        six: {type: string}
        seven: {type: string}
        eight: {type: string}
";

const CLIENT: &str = "
names:
  renames:
    - {at: '#/paths/~1models/post', name: load, why: the vendor says so}
    - {at: '#/components/schemas/Model', name: Weights, why: the vendor says so}
";

#[test]
fn builders_follow_their_call_and_type() {
    let document = text("openapi.yaml", DOCUMENT);
    let source = Source { vendor: "models".to_owned(), document, ..Source::default() };
    let first = make(&source);
    assert_has(&first, &["Models::create(&self, body: &types::Model) -> Create", "::ModelBuilder"]);
    let names = Some(text("names.lock", &first.names()));
    let renamed = make(&Source { names, client: Some(text("client.yaml", CLIENT)), ..source });
    assert_has(
        &renamed,
        &["Models::load(&self, body: &types::Weights) -> Load", "::WeightsBuilder"],
    );
    assert_has(&renamed, &["Models::list(&self) -> List"]);
}

fn assert_has(output: &generator::Output, parts: &[&str]) {
    let surface = surface(output);
    for part in parts {
        assert!(surface.contains(part), "{part} is not in\n{surface}");
    }
}
