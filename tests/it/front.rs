//! Tests of the first page of a crate's documentation.

use crate::shapes::krate_of;
use crate::support::text;
use generator::Source;

const KEYS: &str = r"openapi: 3.1.0
info: {title: Agents, version: '1'}
servers: [{url: 'https://api.example.com'}]
security: [{Key: []}]
paths:
  /agents:
    get:
      operationId: listAgents
      parameters: [{name: cursor, in: query, schema: {type: string}}]
      responses: {'200': {description: Agents., content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}}}
  /speech:
    post:
      operationId: speak
      security: [{Token: []}, {Key: []}]
      responses: {'200': {description: Sound., content: {audio/mpeg: {schema: {type: string, format: binary}}}}}
components:
  securitySchemes:
    Token: {type: http, scheme: bearer}
    Key: {type: apiKey, in: header, name: X-Key}
  schemas:
    Page:
      type: object
      required: [data]
      properties: {data: {type: array, items: {type: string}}, next_cursor: {type: string}}
";

#[test]
fn the_key_that_it_sets_is_enough_for_each_call_that_it_shows() {
    let source = Source {
        vendor: "agents".to_owned(),
        document: text("agents.yaml", KEYS),
        ..Source::default()
    };
    let files = krate_of("agents-client", [source].into_iter());
    let page = &files.iter().find(|it| it.path == "src/lib.rs").expect("a crate has a root").text;
    assert!(
        page.contains("use agents_client::Client;") && page.contains("pub use agents::*;"),
        "{page}"
    );
    assert!(page.contains(".list()") && page.contains(".speech()"), "{page}");
    assert!(page.contains("builder().api_key(\"secret\").build()"), "{page}");
    assert!(!page.contains("bearer_token("), "it does not do for all:\n{page}");
}
