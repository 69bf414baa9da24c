//! One document of several files: what goes where, what is called how, and what is told.

use crate::{DocumentFiles, Source, Text, Unreadable};
use serde_json::{Value, json};
use std::collections::HashMap;

type Named<'t> = (&'t str, &'t str);

/// A document with the head that it needs, and files beside it.
fn source(document: &str, files: &[Named<'_>]) -> Source {
    let files: HashMap<String, String> =
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let read = move |path: &str, most: u64| {
        let text = files.get(path).ok_or(Unreadable::Missing)?;
        let bytes: Vec<u8> = match text.strip_prefix("sized ") {
            Some(size) => vec![b'#'; size.parse().expect("it is a number")],
            None => text.clone().into_bytes(),
        };
        let fits = bytes.len() as u64 <= most;
        fits.then(|| Text { name: path.to_owned(), bytes }).ok_or(Unreadable::TooLarge)
    };
    let text = format!("openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\n{document}");
    let document = Text { name: "specs/root.yaml".to_owned(), bytes: text.into() };
    let (vendor, files) = ("acme".to_owned(), Some(DocumentFiles::new(read)));
    Source { vendor, document, files, ..Source::default() }
}

/// The document that is made, and what is told: code, file, line and message.
fn made(document: &str, files: &[Named<'_>]) -> (Value, Vec<String>) {
    let bundle = crate::bundle(&source(document, files)).expect("all files are well-formed");
    let bundle = bundle.expect("there are other files");
    (bundle.tree.to_json(), told(&bundle.report))
}

fn told(report: &crate::diag::Report) -> Vec<String> {
    let lines = report.json();
    let lines = lines.lines().map(|it| {
        let it: Value = serde_json::from_str(it).expect("it is JSON");
        let word = |key: &str| it[key].as_str().unwrap_or_default().to_owned();
        format!("{} {}:{} {}", word("code"), word("file"), it["line"], word("message"))
    });
    lines.collect()
}

/// The same of a document that nothing is told of.
fn silent(document: &str, files: &[Named<'_>]) -> Value {
    let (tree, told) = made(document, files);
    assert_eq!(told, [""; 0]);
    tree
}

fn refs(of: &[&str]) -> Value {
    of.iter().map(|it| json!({"$ref": it})).collect()
}

#[test]
fn schemas_of_files_become_components_once() {
    let tree = silent(
        "x: y\ncomponents: {schemas: {All: {anyOf: [{$ref: schemas/pet.json}, {$ref: './schemas/pet.json#'}, {$ref: defs.yaml#/Tag}]}}}",
        &[
            ("schemas/pet.json", r#"{"properties": {"owner": {"$ref": "people/owner.yml"}}}"#),
            ("schemas/people/owner.yml", "properties: {pets: {items: {$ref: ../pet.json}}}"),
            ("defs.yaml", "Tag: {items: {$ref: '#/Word'}}\nWord: {type: string}"),
        ],
    );
    let all =
        refs(&["#/components/schemas/pet", "#/components/schemas/pet", "#/components/schemas/Tag"]);
    let schemas = json!({
        "All": {"anyOf": all},
        "Tag": {"items": {"$ref": "#/components/schemas/Word"}},
        "Word": {"type": "string"},
        "owner": {"properties": {"pets": {"items": {"$ref": "#/components/schemas/pet"}}}},
        "pet": {"properties": {"owner": {"$ref": "#/components/schemas/owner"}}},
    });
    assert_eq!(tree["components"]["schemas"], schemas);
}

#[test]
fn a_component_that_is_a_file_is_found_under_its_own_name() {
    let tree = silent(
        "paths: {/a: {get: {responses: {'200': {$ref: r.yaml}}}}}\ncomponents: {schemas: {Foo: {$ref: foo.yaml}, Bar: {$ref: foo.yaml}}}",
        &[
            ("r.yaml", "content: {a/b: {schema: {$ref: foo.yaml}}}"),
            ("foo.yaml", "properties: {me: {$ref: 'root.yaml#/components/schemas/Foo'}}"),
        ],
    );
    let foo = json!({"$ref": "#/components/schemas/Foo"});
    let schemas = json!({"Foo": {"properties": {"me": foo}}, "Bar": foo});
    assert_eq!(tree["components"]["schemas"], schemas);
    assert_eq!(tree["components"]["responses"]["r"]["content"]["a/b"]["schema"], foo);
    let response = &tree["paths"]["/a"]["get"]["responses"]["200"];
    assert_eq!(*response, json!({"$ref": "#/components/responses/r"}));
}

#[test]
fn path_items_are_put_in_their_place_and_everything_else_into_its_section() {
    let tree = silent(
        "paths: {/a: {$ref: a.yaml, summary: Own.}, /b: {$ref: a.yaml}}",
        &[
            (
                "a.yaml",
                "summary: Other.\nparameters: [{$ref: 'p.yaml#/id'}]\npost:\n  requestBody: {$ref: b.yaml}\n  responses: {'200': {headers: {H: {$ref: h.yaml}}, content: {a/b: {examples: {e: {$ref: e.yaml}}}}}}\n  callbacks: {c: {'{$url}': {$ref: hook.yaml}}}",
            ),
            ("p.yaml", "id: {in: query, name: id}"),
            ("b.yaml", "content: {a/b: {schema: {$ref: s.yaml}}}"),
            ("h.yaml", "schema: {type: string}"),
            ("e.yaml", "value: {$ref: kept.yaml}"),
            ("hook.yaml", "post: {responses: {}}"),
            ("s.yaml", "type: string"),
        ],
    );
    let item = &tree["paths"]["/a"];
    assert_eq!(item["summary"], "Own.");
    assert_eq!(item["$ref"], Value::Null);
    assert_eq!(item["parameters"], refs(&["#/components/parameters/id"]));
    assert_eq!(item["post"]["callbacks"]["c"]["{$url}"], json!({"post": {"responses": {}}}));
    assert_eq!(tree["paths"]["/b"], json!({"$ref": "#/paths/~1a"}));
    let components = json!({
        "parameters": {"id": {"in": "query", "name": "id"}},
        "requestBodies": {"b": {"content": {"a/b": {"schema": {"$ref": "#/components/schemas/s"}}}}},
        "headers": {"h": {"schema": {"type": "string"}}},
        "examples": {"e": {"value": {"$ref": "kept.yaml"}}},
        "schemas": {"s": {"type": "string"}},
    });
    assert_eq!(tree["components"], components);
}

#[test]
fn sections_and_operations_may_be_files_though_openapi_knows_no_such_references() {
    let tree = silent(
        "paths: {$ref: paths.yaml}\ncomponents: {schemas: {$ref: schemas/index.yaml}, responses: {Own: {description: o}, $ref: 'r.yaml#/all'}}\ntags: [{$ref: tag.yaml}]",
        &[
            ("paths.yaml", "/a: {get: {$ref: get.yaml}}"),
            ("get.yaml", "responses: {'200': {$ref: 'r.yaml#/all/Ok'}}"),
            (
                "r.yaml",
                "all: {Ok: {content: {a/b: {schema: {$ref: 'schemas/index.yaml#/Pet'}}}}, Own: {description: not}}",
            ),
            ("schemas/index.yaml", "Pet: {$ref: Pet.yaml}\nCat: {allOf: [{$ref: '#/Pet'}]}"),
            ("schemas/Pet.yaml", "type: object"),
            ("tag.yaml", "name: t"),
        ],
    );
    let pet = json!({"$ref": "#/components/schemas/Pet"});
    assert_eq!(
        tree["components"]["schemas"],
        json!({"Pet": {"type": "object"}, "Cat": {"allOf": [pet]}})
    );
    assert_eq!(tree["components"]["responses"]["Own"], json!({"description": "o"}));
    assert_eq!(tree["components"]["responses"]["Ok"]["content"]["a/b"]["schema"], pet);
    let responses = &tree["paths"]["/a"]["get"]["responses"];
    assert_eq!(*responses, json!({"200": {"$ref": "#/components/responses/Ok"}}));
    assert_eq!(tree["tags"], json!([{"name": "t"}]));
}

#[test]
fn a_part_of_a_component_is_found_there() {
    let tree = silent(
        "components: {schemas: {A: {anyOf: [{$ref: pet.yaml}, {$ref: 'pet.yaml#/definitions/Leg'}, {$ref: 'pet.yaml#/properties/owner/properties/name'}]}}}",
        &[
            (
                "pet.yaml",
                "properties: {leg: {$ref: '#/definitions/Leg'}, owner: {$ref: owner.yaml}}\ndefinitions: {Leg: {type: string}}",
            ),
            ("owner.yaml", "properties: {name: {type: string}}"),
        ],
    );
    let leg = "#/components/schemas/pet/definitions/Leg";
    let schemas = &tree["components"]["schemas"];
    let name = "#/components/schemas/owner/properties/name";
    assert_eq!(schemas["A"]["anyOf"], refs(&["#/components/schemas/pet", leg, name]));
    assert_eq!(schemas["pet"]["properties"]["leg"]["$ref"], leg);
    assert_eq!(schemas.as_object().map(serde_json::Map::len), Some(3));
}

#[test]
fn mappings_lead_to_files_and_names_of_their_own_file() {
    let tree = silent(
        "components: {schemas: {Pet: {discriminator: {propertyName: kind, mapping: {cat: ./cat.yaml, dog: 'dogs.yaml#/components/schemas/Dog', fox: Fox, owl: gone.yaml}}}, Fox: {type: object}}}",
        &[
            ("cat.yaml", "allOf: [{$ref: 'root.yaml#/components/schemas/Pet'}]"),
            (
                "dogs.yaml",
                "components: {schemas: {Dog: {discriminator: {propertyName: size, mapping: {big: Big, fox: Fox}}}, Big: {type: object}}}",
            ),
        ],
    );
    let schemas = &tree["components"]["schemas"];
    let mapping = json!({"cat": "#/components/schemas/cat", "dog": "#/components/schemas/Dog", "fox": "Fox", "owl": "gone.yaml"});
    assert_eq!(schemas["Pet"]["discriminator"]["mapping"], mapping);
    let own = json!({"big": "#/components/schemas/Big", "fox": "Fox"});
    assert_eq!(schemas["Dog"]["discriminator"]["mapping"], own);
    assert_eq!(schemas["cat"]["allOf"], refs(&["#/components/schemas/Pet"]));
}

#[test]
fn names_of_schemas_lead_into_other_files() {
    let tree = silent(
        "components: {schemas: {A: {anyOf: [{$ref: 'b.yaml#leaf'}, {$ref: 'https://example.com/b'}, {$dynamicRef: 'b.yaml#node'}, {$dynamicRef: 'b.yaml#/$defs/x'}]}}}",
        &[
            (
                "b.yaml",
                "$id: https://example.com/b\n$dynamicAnchor: node\nproperties: {a: {$ref: '#leaf'}, b: {$ref: b}, c: {$ref: c.yaml}}\n$defs: {x: {$anchor: leaf}}",
            ),
            ("c.yaml", "type: string"),
        ],
    );
    let schemas = &tree["components"]["schemas"];
    let leaf = "#/components/schemas/b/$defs/x";
    assert_eq!(schemas["A"]["anyOf"][0]["$ref"], leaf);
    assert_eq!(schemas["A"]["anyOf"][1]["$ref"], "https://example.com/b");
    assert_eq!(schemas["A"]["anyOf"][2]["$dynamicRef"], "#node");
    assert_eq!(schemas["A"]["anyOf"][3], json!({"$ref": leaf}));
    let properties =
        json!({"a": {"$ref": leaf}, "b": {"$ref": "b"}, "c": {"$ref": "#/components/schemas/c"}});
    assert_eq!(schemas["b"]["properties"], properties);
}

#[test]
fn what_leads_nowhere_is_told_where_it_stands_and_the_rest_remains() {
    let (tree, told) = made(
        "components:\n  schemas:\n    A:\n      anyOf:\n      - $ref: none.yaml\n      - $ref: b.yaml#/Pett\n      - $ref: ../b.yaml\n      - $ref: /etc/b.yaml\n      - $ref: b.txt\n      - $ref: s\\b.yaml\n      - $ref: a%2Fb.yaml\n      - $ref: b.yaml#Pet\n      - $ref: https://example.com/b.yaml\n      - $ref: file:///etc/b.yaml\n      - $ref: b.yaml#/Pet",
        &[("b.yaml", "Pet:\n  properties:\n    a: {$ref: none.yaml}")],
    );
    let wanted = [
        "dangling-ref specs/root.yaml:7 `none.yaml` points at nothing: there is no file none.yaml",
        "dangling-ref specs/root.yaml:8 `b.yaml#/Pett` points at nothing in b.yaml",
        "external-ref specs/root.yaml:9 `../b.yaml` is above the document's folder",
        "external-ref specs/root.yaml:10 `/etc/b.yaml` does not start at this file's folder",
        "external-ref specs/root.yaml:11 `b.txt` is outside of this document: no file is read under such a name",
        "external-ref specs/root.yaml:12 `s\\b.yaml` is no path: it has a backslash",
        "external-ref specs/root.yaml:13 `a%2Fb.yaml` is no path: it has characters that no file's name has",
        "dangling-ref specs/root.yaml:14 `b.yaml#Pet` is the name of no schema in b.yaml, or of more than one",
        "dangling-ref b.yaml:3 `none.yaml` points at nothing: there is no file none.yaml",
    ];
    assert_eq!(told, wanted);
    let schemas = &tree["components"]["schemas"];
    assert_eq!(schemas["A"]["anyOf"][0]["$ref"], "none.yaml");
    assert_eq!(schemas["A"]["anyOf"][10]["$ref"], "#/components/schemas/Pet");
    assert_eq!(schemas["Pet"]["properties"]["a"]["$ref"], "none.yaml");
}

#[test]
fn circles_of_references_end() {
    let schemas = silent(
        "components: {schemas: {A: {anyOf: [{$ref: a.yaml}, {$ref: c.yaml}]}}}\npaths: {/p: {$ref: p.yaml}}",
        &[
            ("a.yaml", "$ref: b.yaml"),
            ("b.yaml", "$ref: a.yaml"),
            ("c.yaml", "properties: {d: {$ref: d.yaml}}"),
            ("d.yaml", "properties: {c: {$ref: c.yaml}}"),
            ("p.yaml", "$ref: q.yaml"),
            ("q.yaml", "$ref: p.yaml"),
        ],
    );
    assert_eq!(
        schemas["components"]["schemas"]["d"]["properties"]["c"]["$ref"],
        "#/components/schemas/c"
    );
    let (_, told) = made(
        "paths: {/a: {get: {responses: {$ref: r.yaml}}}}",
        &[
            ("r.yaml", "$ref: r2.yaml"),
            ("r2.yaml", "a: {$ref: r.yaml}\n$ref: r3.yaml"),
            ("r3.yaml", "b: {content: {$ref: r2.yaml}}\n$ref: r2.yaml"),
        ],
    );
    assert!(told.iter().any(|it| it.starts_with("cyclic-ref r3.yaml:2 ")), "{told:?}");
}

fn refusal(document: &str, files: &[Named<'_>]) -> Vec<String> {
    let run = crate::generate(&source(document, files));
    assert!(run.output.is_err(), "it is refused");
    told(&run.report)
}

#[test]
fn files_are_limited_together() {
    let root = "components:\n  schemas:\n    A: {$ref: a.yaml}\n    B: {$ref: b.yaml}";
    let half = "sized 34000000";
    let told = refusal(root, &[("a.yaml", half), ("b.yaml", half)]);
    let wanted = "limit specs/root.yaml:6 `b.yaml` makes the document larger than 64 MiB";
    assert!(told.contains(&wanted.to_owned()), "{told:?}");
    let bomb = "a: &a [0,0,0,0,0,0,0,0,0,0]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]";
    crate::bundle(&source(root, &[("a.yaml", bomb), ("b.yaml", "type: string")]))
        .expect("one is read");
    let root = format!("{root}\n    C: {{$ref: c.yaml}}");
    let told = refusal(&root, &[("a.yaml", bomb), ("b.yaml", bomb), ("c.yaml", bomb)]);
    let told = told.join("\n");
    assert!(told.contains("limit c.yaml:") && told.contains("nodes, aliases counted"), "{told}");
}

#[test]
fn what_is_repeated_at_each_step_is_limited() {
    let encodings: Vec<_> = (0..40).map(|step| {
        let next = step + 1;
        (format!("g{step}.yaml"), format!("x: {{headers: {{h: {{content: {{m: {{encoding: {{$ref: g{next}.yaml}}}}, n: {{encoding: {{$ref: g{next}.yaml}}}}}}}}}}}}"))
    }).collect();
    let encodings: Vec<_> = encodings.iter().map(|(path, text)| (&**path, &**text)).collect();
    let root = "paths: {/a: {post: {requestBody: {content: {a/b: {encoding: {$ref: g0.yaml}}}}, responses: {}}}}";
    let told = refusal(root, &encodings).join("\n");
    assert!(told.contains("limit "), "{told}");
}

#[test]
fn a_broken_file_is_told_at_its_own_line() {
    let told =
        refusal("components: {schemas: {A: {$ref: a.yaml}}}", &[("a.yaml", "type: string\nb: [")]);
    assert!(told[0].starts_with("syntax a.yaml:"), "{told:?}");
}

#[test]
fn a_document_in_one_file_asks_for_no_other() {
    let document = "components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: 'https://example.com/a.yaml', discriminator: {propertyName: a, mapping: {a: A}}}}}";
    let source = Source {
        files: Some(DocumentFiles::new(|_, _| panic!("nothing is read"))),
        ..source(document, &[])
    };
    assert!(crate::bundle(&source).expect("it is well-formed").is_none());
}

#[test]
fn findings_of_a_vendored_document_name_the_file_that_a_part_came_from() {
    let document = "paths: {}\ncomponents:\n  schemas:\n    pet: {properties: {a: {$ref: '#/gone'}}}\n    Own: {$ref: '#/gone'}";
    let mut source = source(document, &[]);
    source.origins =
        vec![(crate::diag::SpecPtr::parse("/components/schemas/pet"), "s/pet.yaml".to_owned())];
    let report = crate::generate(&source).report.json();
    let origins: Vec<_> = report
        .lines()
        .map(|it| {
            let it: Value = serde_json::from_str(it).expect("it is JSON");
            (it["code"].clone(), it["origin"].clone())
        })
        .collect();
    assert!(
        origins.contains(&(json!("dangling-ref"), json!("s/pet.yaml#/properties/a/$ref"))),
        "{origins:?}"
    );
    assert!(origins.contains(&(json!("dangling-ref"), Value::Null)), "{origins:?}");
}

#[test]
fn a_thousand_files_are_read_once_each() {
    let files: Vec<_> = (0..1000)
        .map(|it| (format!("f{it}.yaml"), format!("items: {{$ref: f{}.yaml}}", (it + 1) % 1000)))
        .collect();
    let files: Vec<_> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    let tree = silent("components: {schemas: {A: {$ref: f0.yaml}}}", &files);
    let schemas = tree["components"]["schemas"].as_object().expect("there are some");
    assert_eq!(schemas.len(), 1000);
    assert_eq!(schemas["f999"]["items"]["$ref"], "#/components/schemas/A");
}
