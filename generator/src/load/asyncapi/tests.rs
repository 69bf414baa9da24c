//! What AsyncAPI documents say, in the words of OpenAPI.

use super::{as_openapi, is_asyncapi};
use crate::Text;
use crate::config::Perspective;
use crate::diag::{Sink, SourceId};
use crate::load::{Json, tree};
use serde_json::json;

fn read(text: &str, stated: Option<Perspective>) -> (Option<Json>, Vec<&'static str>) {
    let mut sink = Sink::default();
    let text = Text { name: String::new(), bytes: text.into() };
    let root = tree(&text, SourceId::Document, &mut sink).expect("it is YAML");
    assert!(is_asyncapi(&root));
    let made = as_openapi(&root, stated, &mut sink).ok().map(|it| it.to_json());
    (made, sink.iter().map(|it| it.rule.code).collect())
}

/// A document that is read without objections.
fn plain(text: &str) -> Json {
    let (made, found) = read(text, None);
    assert_eq!(found, [""; 0]);
    made.expect("it has a socket")
}

const VERSION_2: &str = "
asyncapi: 2.6.0
info: {title: Talk, version: '1'}
servers:
  main:
    url: api.talk.example/v1
    protocol: wss
    security: [{key: []}]
channels:
  /rooms/{room}:
    parameters: {room: {schema: {type: string}}}
    bindings: {ws: {query: {type: object, required: [lang], properties: {lang: {type: string}}}}}
    publish: {message: {oneOf: [{$ref: '#/components/messages/say'}, {$ref: '#/components/messages/audio'}]}}
    subscribe: {message: {$ref: '#/components/messages/said'}}
components:
  securitySchemes: {key: {type: httpApiKey, in: header, name: X-Key}}
  messages:
    say: {payload: {$ref: '#/components/schemas/Say'}}
    audio: {contentType: audio/wav, payload: {type: string, format: binary}}
    said: {payload: {type: object, properties: {text: {type: string}}}}
  schemas:
    Say: {type: object, properties: {type: {const: say}}}
";

#[test]
fn a_channel_of_version_2_is_the_operation_that_opens_the_socket() {
    let made = plain(VERSION_2);
    assert_eq!(made["servers"], json!([{"url": "wss://api.talk.example"}]));
    let open = &made["paths"]["/v1/rooms/{room}"]["get"];
    assert_eq!(
        open["requestBody"]["content"],
        json!({
            "application/json": {"schema": {"$ref": "#/components/schemas/Say"}},
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
        })
    );
    assert_eq!(
        open["responses"]["101"]["content"],
        json!({"application/json": {"schema": {"$ref": "#/components/schemas/said"}}})
    );
    assert_eq!(open["security"], json!([{"key": []}]));
    let params = open["parameters"].as_array().expect("a list");
    let params = params.iter().map(|it| (&it["name"], &it["in"], &it["required"]));
    let expected =
        [(json!("room"), json!("path"), json!(true)), (json!("lang"), json!("query"), json!(true))];
    assert!(params.eq(expected.iter().map(|(a, b, c)| (a, b, c))));
    assert_eq!(made["components"]["securitySchemes"]["key"]["type"], json!("apiKey"));
}

#[test]
fn in_version_3_operations_say_who_sends_and_channels_of_one_address_are_one_socket() {
    let made = plain(
        "
asyncapi: 3.0.0
info: {title: Talk, version: '1'}
servers: {main: {host: talk.example, pathname: /live, protocol: ws}}
channels:
  in: {address: /, messages: {ask: {payload: {type: object, properties: {q: {type: string}}}}}}
  out:
    address: /
    messages:
      result: {payload: {type: object, properties: {a: {type: string}}}}
      stop: {contentType: text/plain, payload: {const: stop}}
operations:
  ask: {action: receive, channel: {$ref: '#/channels/in'}, reply: {channel: {$ref: '#/channels/out'}}}
",
    );
    let open = &made["paths"]["/live"]["get"];
    let client = json!({"application/json": {"schema": {"$ref": "#/components/schemas/ask"}}});
    assert_eq!(open["requestBody"]["content"], client);
    let server = json!({
        "application/json": {"schema": {"$ref": "#/components/schemas/result"}},
        "text/plain": {"schema": {"$ref": "#/components/schemas/stop"}},
    });
    assert_eq!(open["responses"]["101"]["content"], server);
}

#[test]
fn a_document_of_the_clients_side_is_turned_round_and_that_is_told() {
    let turned = VERSION_2
        .replace("publish:", "other:")
        .replace("subscribe:", "publish:")
        .replace("other:", "subscribe:")
        .replace("messages/say'", "messages/sayRequest'")
        .replace("    say:", "    sayRequest:");
    let (made, found) = read(&turned, None);
    assert_eq!(found, ["assumed-perspective"]);
    let client = |made: &Option<Json>| {
        let made = made.as_ref().expect("it has a socket");
        let content = &made["paths"]["/v1/rooms/{room}"]["get"]["requestBody"]["content"];
        content.as_object().expect("an object").len()
    };
    assert_eq!(client(&made), 2);
    let (made, found) = read(&turned, Some(Perspective::Server));
    assert_eq!((client(&made), found.len()), (1, 0));
    let (made, found) = read(&turned, Some(Perspective::Client));
    assert_eq!((client(&made), found.len()), (2, 0));
}

#[test]
fn the_block_of_a_page_is_a_document_of_one_channel() {
    let made = plain(
        "
id: /live
title: Live
servers: [{id: main, protocol: wss, host: talk.example, bindings: [], variables: []}]
address: /live
parameters: [{id: lang, jsonSchema: {type: string}, required: true}]
bindings: []
operations:
  - id: sendWords
    type: receive
    messages:
      - id: words
        payload: [{name: Words, type: object}]
        jsonPayloadSchema: {type: object, properties: {q: {type: string}}, x-parser-schema-id: LiveWords}
sendOperations: []
receiveOperations: []
securitySchemes: [{id: key, type: httpApiKey, name: X-Key, in: header}]
",
    );
    let open = &made["paths"]["/live"]["get"];
    let client =
        json!({"application/json": {"schema": {"$ref": "#/components/schemas/LiveWords"}}});
    assert_eq!(open["requestBody"]["content"], client);
    assert_eq!(open["parameters"][0]["in"], json!("query"));
    assert_eq!(open["parameters"][0]["required"], json!(false));
    assert_eq!(open["security"], json!([{"key": []}]));
}

#[test]
fn what_speaks_no_websocket_or_is_elsewhere_is_refused_with_its_reason() {
    let other = VERSION_2.replace("protocol: wss", "protocol: mqtt");
    assert_eq!(read(&other, None), (None, vec!["not-openapi"]));
    let elsewhere = "
asyncapi: 3.0.0
info: {title: Talk, version: '1'}
channels: {talk: {$ref: ./talk.yaml}}
operations: {}
";
    assert_eq!(read(elsewhere, None), (None, vec!["not-expressed", "not-openapi"]));
    let packed =
        VERSION_2.replace("audio/wav", "application/msgpack").replace(", format: binary", "");
    let (made, found) = read(&packed, None);
    assert!(made.is_some());
    assert_eq!(found, ["not-expressed"]);
}

#[test]
fn a_reference_into_a_key_with_a_slash_may_be_unescaped() {
    let slashed = VERSION_2
        .replace("messages/said'", "messages/v1/talk.said'")
        .replace("    said:", "    v1/talk.said:");
    let made = plain(&slashed);
    let open = &made["paths"]["/v1/rooms/{room}"]["get"];
    let server =
        json!({"application/json": {"schema": {"$ref": "#/components/schemas/talk.said"}}});
    assert_eq!(open["responses"]["101"]["content"], server);
}

#[test]
fn messages_and_schemas_in_circles_end() {
    let circle = VERSION_2
        .replace("    said: {payload: {type: object, properties: {text: {type: string}}}}", "    said: {oneOf: [{$ref: '#/components/messages/said'}, {$ref: '#/components/messages/told'}]}
    told: {payload: {type: object, properties: {again: {$ref: '#/components/messages/told'}, said: {$ref: '#/components/schemas/Said'}}}}")
        + "    Said: {oneOf: [{$ref: '#/components/messages/told'}, {$ref: '#/components/messages/told/payload'}]}\n";
    let made = plain(&circle);
    let schemas = made["components"]["schemas"].as_object().expect("an object");
    assert_eq!(schemas.keys().collect::<Vec<_>>(), ["Said", "Say", "told"]);
    let told = json!({"$ref": "#/components/schemas/told"});
    assert_eq!(schemas["Said"]["oneOf"], json!([told, told]));
    assert_eq!(schemas["told"]["properties"]["again"], told);
}

#[test]
fn messages_that_share_a_name_stay_apart() {
    let talk = |text: &str| {
        format!(
            "{{message: {{name: talk, payload: {{type: object, properties: {{{text}: {{type: string}}}}}}}}}}"
        )
    };
    let document = format!(
        "
asyncapi: 2.0.0
info: {{title: Talk, version: '1'}}
servers: {{main: {{url: talk.example, protocol: wss}}}}
channels:
  /a: {{publish: {}, subscribe: {}}}
",
        talk("x").replace("{message", "{operationId: talk, message"),
        talk("y").replace("{message", "{operationId: talk, message"),
    );
    let made = plain(&document);
    let names: Vec<_> =
        made["components"]["schemas"].as_object().expect("an object").keys().collect();
    assert_eq!(names, ["talk", "talk message"]);
}
