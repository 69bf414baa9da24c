//! AsyncAPI documents in the words of OpenAPI.

use super::{as_openapi, is_asyncapi};
use crate::Text;
use crate::config::Perspective;
use crate::diag::{Sink, SourceId};
use crate::load::{Json, tree};
use serde_json::json;

pub(super) fn read(text: &str, stated: Option<Perspective>) -> (Option<Json>, Vec<&'static str>) {
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
    let (made, found) = read(
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
        None,
    );
    assert_eq!(found, ["not-expressed"], "a reply is a message as any other");
    let made = made.expect("it has a socket");
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

/// The places of a document at which something is told.
fn told(text: &str) -> Vec<String> {
    let mut sink = Sink::default();
    let text = Text { name: String::new(), bytes: text.into() };
    let root = tree(&text, SourceId::Document, &mut sink).expect("it is YAML");
    as_openapi(&root, None, &mut sink).ok();
    sink.iter().map(|it| it.place.at.to_string()).collect()
}

/// A document of AsyncAPI 3 with one server, and one message for each of its channels.
fn channels(servers: &str, channels: &str, more: &str) -> String {
    let names = channels.lines().filter_map(|it| Some(it.trim().split_once(':')?.0));
    let operations = names
        .map(|it| format!("  {it}: {{action: send, channel: {{$ref: '#/channels/{it}'}}}}\n"))
        .collect::<Vec<_>>()
        .concat();
    format!(
        "asyncapi: 3.0.0\ninfo: {{title: Talk, version: '1'}}\nservers: {servers}\nchannels:\n{channels}\noperations:\n{operations}{more}"
    )
}

#[test]
fn a_channel_is_at_the_server_that_it_names_and_at_no_other() {
    let document = channels(
        "{us: {$ref: '#/components/servers/west'}, eu: {$ref: '#/components/servers/europe'}, log: {host: log.example, protocol: kafka}}",
        "  one: {address: /one, servers: [{$ref: '#/servers/eu'}]}\n  two: {address: /two, servers: [{$ref: '#/servers/log'}]}",
        "components: {servers: {west: {host: us.example, protocol: wss}, europe: {host: eu.example, protocol: wss}}}\n",
    );
    let (made, found) = read(&document, None);
    let made = made.expect("it has a socket");
    assert_eq!(made["servers"], json!([{"url": "wss://eu.example"}]));
    assert_eq!(made["paths"].as_object().expect("an object").keys().collect::<Vec<_>>(), ["/one"]);
    assert_eq!(found, ["bad-server", "not-expressed", "not-expressed"]);
    let places = told(&document);
    assert_eq!(places, ["#/servers/log", "#/channels/two", "#/servers/us"]);
}

#[test]
fn queries_of_servers_and_addresses_stay_behind_the_path() {
    let document = channels(
        "{main: {host: live, pathname: '/v1?x=1', protocol: wss}}",
        "  one: {address: /live}\n  two: {address: '/ws?key={token}&v=2', parameters: {token: {}}}",
        "",
    );
    let made = plain(&document);
    let paths = made["paths"].as_object().expect("an object");
    assert_eq!(paths.keys().collect::<Vec<_>>(), ["/v1/live?x=1", "/v1/ws?v=2&x=1"]);
    let token = &paths["/v1/ws?v=2&x=1"]["get"]["parameters"][0];
    assert_eq!((&token["in"], &token["name"]), (&json!("query"), &json!("key")));
    assert_eq!(token["required"], json!(true));
}

#[test]
fn a_host_is_no_path_and_an_address_may_be_a_url() {
    let document = channels(
        "{main: {host: live, protocol: ws}}",
        "  one: {address: /live}\n  two: {address: 'wss://other.example/talk'}",
        "",
    );
    assert_eq!(told(&document), ["#/channels/two"]);
    let made = read(&document, None).0.expect("it has sockets");
    let paths = made["paths"].as_object().expect("an object");
    assert_eq!(paths.keys().collect::<Vec<_>>(), ["/live", "/talk"]);
    assert_eq!(paths["/talk"]["get"]["servers"], json!([{"url": "wss://other.example"}]));
}

#[test]
fn a_parameter_of_an_address_that_is_no_path_is_told_and_not_sent() {
    let document = channels(
        "{main: {host: talk.example, protocol: wss}}",
        "  one: {address: 'rooms.{room}', parameters: {room: {}, lang: {}}}",
        "",
    );
    let places = told(&document);
    assert_eq!(places, ["#/channels/one/parameters/room"]);
    let made = read(&document, None).0.expect("it has a socket");
    let params = made["paths"]["/"]["get"]["parameters"].as_array().expect("a list");
    assert_eq!(params.iter().map(|it| &it["name"]).collect::<Vec<_>>(), ["lang"]);
}

#[test]
fn operations_of_unknown_channels_are_told() {
    let document = channels(
        "{main: {host: talk.example, protocol: wss}}",
        "  one: {address: /one}\n  gone: {$ref: 'gone.yaml'}",
        "  two: {action: send, channel: {$ref: '#/components/channels/two'}}
  three: {$ref: '#/components/operations/three'}
  four: {action: send, channel: {$ref: '#/channels/one'}, messages: {m: {}}}
components: {channels: {two: {address: /two}}}
",
    );
    let places = told(&document);
    let expected = [
        "#/channels/gone",
        "#/operations/two/channel",
        "#/operations/three",
        "#/operations/four/messages",
    ];
    assert_eq!(places, expected);
}

#[test]
fn schemes_stand_at_servers_and_operations_as_well() {
    let document = channels(
        "{main: {host: talk.example, protocol: wss, security: [{type: httpApiKey, in: query, name: key}, {type: X509}]}}",
        "  one: {address: /one}",
        "",
    );
    let (made, found) = read(&document, None);
    let made = made.expect("it has a socket");
    assert_eq!(made["paths"]["/one"]["get"]["security"], json!([{"httpApiKey": []}]));
    let scheme = json!({"type": "apiKey", "in": "query", "name": "key"});
    assert_eq!(made["components"]["securitySchemes"]["httpApiKey"], scheme);
    assert_eq!(found, ["unsupported-scheme"]);
    let unknown = VERSION_2.replace("security: [{key: []}]", "security: [{keys: []}]");
    let open = &plain(&unknown)["paths"]["/v1/rooms/{room}"]["get"];
    assert_eq!(open["security"], json!([{"keys": []}]));
}

#[test]
fn what_a_message_is_follows_from_its_format_and_its_schema_and_not_from_its_examples() {
    let message =
        |it: &str| VERSION_2.replace("{type: object, properties: {text: {type: string}}}", it);
    let server = |text: &str| {
        let (made, found) = read(&message(text), None);
        let made = made.expect("it has a socket");
        (made["paths"]["/v1/rooms/{room}"]["get"]["responses"]["101"]["content"].clone(), found)
    };
    let said = |mime: &str| json!({mime: {"schema": {"$ref": "#/components/schemas/said"}}});
    let word = said("text/plain");
    for text in ["{const: ping}", "{enum: [ping, pong]}", "{type: [string]}"] {
        assert_eq!(server(text), (word.clone(), Vec::new()), "{text}");
    }
    for text in [
        "{enum: [ping, 1]}",
        "{type: object, examples: [{$ref: other.yaml}], properties: {default: {const: {$ref: no}}}}",
    ] {
        assert_eq!(server(text), (said("application/json"), Vec::new()), "{text}");
    }
    let (content, found) = server("{properties: {default: {$ref: other.yaml}}}");
    assert_eq!((content, found), (serde_json::Value::Null, vec!["not-expressed"]));
    let record =
        "{type: record, fields: []}, schemaFormat: 'application/vnd.apache.avro;version=1.9.0'";
    assert_eq!(server(record), (serde_json::Value::Null, vec!["not-expressed"]));
    let schema = "{type: object}, schemaFormat: 'application/vnd.aai.asyncapi+yaml;version=2.6.0'";
    assert_eq!(server(schema), (said("application/json"), Vec::new()));
}

#[test]
fn messages_without_a_key_have_the_names_that_they_state() {
    let inline = VERSION_2.replace(
        "{$ref: '#/components/messages/said'}",
        "{oneOf: [{name: told, payload: {type: object, title: a}}, {messageId: held, payload: {type: object, title: b}}, {payload: {type: object, title: c}}]}",
    );
    let made = plain(&inline);
    let schemas = made["components"]["schemas"].as_object().expect("an object");
    assert!(schemas.contains_key("told") && schemas.contains_key("held"), "{schemas:?}");
    assert!(schemas.contains_key("{room}_3"), "{schemas:?}");
}

#[test]
fn what_a_page_lists_under_one_id_or_none_stays_apart() {
    let made = plain(
        "
id: a%20b
address: /live
servers: [{id: main, protocol: wss, host: talk.example}]
operations:
  - {type: receive, messages: [{jsonPayloadSchema: {type: object, properties: {q: {type: string}}}}]}
  - {type: send, messages: [{jsonPayloadSchema: {type: object, properties: {r: {type: string}}}}]}
",
    );
    let open = &made["paths"]["/live"]["get"];
    let client = &open["requestBody"]["content"]["application/json"]["schema"]["$ref"];
    let server = &open["responses"]["101"]["content"]["application/json"]["schema"]["$ref"];
    assert_eq!(client, &json!("#/components/schemas/message"));
    assert_eq!(server, &json!("#/components/schemas/message_2"));
}
