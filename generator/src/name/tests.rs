//! Tests of naming, on small documents.

use crate::diag::{Report, ReportStyle};
use crate::{Output, Run, Source, Text};

const HEAD: &str =
    "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\nservers: [{url: 'https://shop.example'}]\n";

fn run(document: &str, client: &str, names: &str) -> Run {
    let text = |it: &str| Text { name: "it.yaml".to_owned(), bytes: it.into() };
    let file = |it: &str| (!it.is_empty()).then(|| text(it));
    crate::generate(&Source {
        vendor: "shop".to_owned(),
        document: text(&format!("{HEAD}{document}")),
        client: file(client).map(|it| Text { name: "client.yaml".to_owned(), ..it }),
        names: file(names),
        ..Source::default()
    })
}

/// The client of a document, with its `client.yaml` and the names that were given before.
#[track_caller]
fn made(document: &str, client: &str, names: &str) -> Output {
    let Run { output, report, .. } = run(document, client, names);
    output.unwrap_or_else(|_| panic!("{}", report.render(ReportStyle::Plain)))
}

/// The findings in a document and its `client.yaml`.
fn found(document: &str, client: &str) -> Report {
    run(document, client, "").report
}

impl Output {
    /// Asserts that the surface has this line, behind the name of its module.
    #[track_caller]
    fn shows(&self, item: &str) {
        let surface = self.files.iter().find(|it| it.path == "api/shop.txt");
        let surface = &surface.expect("each client has its surface").text;
        assert!(surface.lines().any(|it| it.ends_with(item)), "{item} is not in\n{surface}");
    }

    /// True if the lock has this line.
    fn locks(&self, line: &str) -> bool {
        self.names().lines().any(|it| it.trim_start() == line)
    }
}

const ORDERS: &str = "
paths:
  /orders:
    post:
      operationId: makeOrder
      summary: An order
      tags: [orders]
      parameters: [{name: dry-run, in: query, schema: {type: boolean}}]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Receipt'}}}}
components:
  schemas:
    Order:
      type: object
      required: [goods, address, kind]
      properties:
        goods: {$ref: '#/components/schemas/Goods'}
        address: {$ref: '#/components/schemas/Address'}
        kind: {type: string, const: an-order}
    Address: {type: object, required: [street-name], properties: {street-name: {type: string}}}
    Goods: {oneOf: [{type: string}, {type: integer}]}
    Receipt: {type: object, required: [number, total], properties: {number: {type: string}, total: {type: integer}}}
";

#[test]
fn whatever_has_a_name_can_be_renamed() {
    let entry = |(at, name): (&str, &str)| format!("{{at: '#/{at}', name: {name}, why: it is}}");
    let entries = [
        ("paths/~1orders/post", "place"),
        ("paths/~1orders/post/parameters/0", "trial"),
        ("components/schemas/Order", "Purchase"),
        ("components/schemas/Address/properties/street-name", "street"),
        ("components/schemas/Goods/oneOf/0", "Named"),
    ];
    let client = format!("names: {{renames: [{}]}}", entries.map(entry).join(", "));
    let it = made(ORDERS, &client, "");
    it.shows("::Orders::place(&self) -> Place");
    it.shows("::Place::trial(self, bool) -> Self");
    it.shows("::types::Purchase::new(goods: impl Into<Goods>, address: Address) -> Self");
    it.shows("::types::Address.street: String");
    it.shows("::types::Goods::Named(String)");
}

#[test]
fn a_rename_of_what_is_not_there_is_stale() {
    for at in ["paths/~1orders/post/parameters/1", "components/schemas/Goods/oneOf/2"] {
        let client = format!("names: {{renames: [{{at: '#/{at}', name: other, why: it is}}]}}");
        let found = found(ORDERS, &client);
        let kinds: Vec<_> = found.by_rule().into_keys().collect();
        assert_eq!(kinds, ["stale-client"], "{}", found.render(ReportStyle::Plain));
    }
}

#[test]
fn the_lock_keeps_names_and_the_order_of_arguments() {
    let it = made(ORDERS, "", "");
    let text = it.names();
    let (names, arguments) = text.split_once("arguments:\n").expect("there are some");
    // A type that is only received has no constructor, and one argument has no order.
    assert_eq!(arguments, "  \"#/components/schemas/Order\": [\"goods\", \"address\"]\n");
    assert!(
        !names.contains("\"type #/components/schemas/Order/"),
        "the constant has no type:\n{names}"
    );
    let lock = "
names:
  'type #/components/schemas/Receipt': Bill
  'operation #/paths/~1orders/post': shop.buy
arguments:
  '#/components/schemas/Order': [address, goods]
";
    let it = made(ORDERS, "", lock);
    it.shows("::Client::shop(&self) -> resources::shop::Shop");
    it.shows("::Buy::send(self) -> types::Bill");
    it.shows("::types::Order::new(address: Address, goods: impl Into<Goods>) -> Self");
    assert!(it.locks("\"#/components/schemas/Order\": [\"address\", \"goods\"]"));
}

const SCHEMES: &str = "
paths: {}
components:
  securitySchemes:
    a-key: {type: apiKey, in: header, name: a}
    b-key: {type: apiKey, in: header, name: b}
";

#[test]
fn a_setter_is_that_of_its_own_scheme() {
    let it = made(SCHEMES, "auth: [{scheme: a-key, setter: first}]", "");
    it.shows("::ClientBuilder::first(self, &str) -> Self");
    it.shows("::ClientBuilder::b_key(self, &str) -> Self");
    assert!(it.locks("\"client scheme a-key\": first"));
    let found = found(
        SCHEMES,
        "auth:\n  - {scheme: a-key, setter: same}\n  - {scheme: b-key, setter: same}",
    );
    let places: Vec<_> = found.iter().map(|it| it.place.at.text()).collect();
    assert_eq!(places, ["/auth/1/setter"]);
}

#[test]
fn operations_without_a_name_are_named_by_what_they_do() {
    let operations = [
        ("/orders", "post"),
        ("/orders/{id}/start", "post"),
        ("/orders/{id}:cancel", "post"),
        ("/orders/{id}:", "get"),
        ("/start/orders", "delete"),
        ("/shop/orders/{id}", "post"),
        ("/checkout", "post"),
    ];
    let path = |(path, method): (&str, &str)| {
        let id = match path.contains("{id}") {
            true => "{name: id, in: path, required: true, schema: {type: string}}",
            false => "",
        };
        format!(
            "  '{path}': {{{method}: {{tags: [orders], parameters: [{id}], responses: {{'204': {{description: ok}}}}}}}}\n"
        )
    };
    let it = made(&format!("paths:\n{}", operations.map(path).concat()), "", "");
    for (place, name) in [
        ("~1orders/post", "orders.create"),
        ("~1orders~1{id}~1start/post", "orders.start"),
        ("~1orders~1{id}:cancel/post", "orders.cancel"),
        ("~1orders~1{id}:/get", "orders.get"),
        ("~1start~1orders/delete", "start.delete_orders"),
        ("~1shop~1orders~1{id}/post", "shop.orders.update"),
        ("~1checkout/post", "checkout.create"),
    ] {
        assert!(it.locks(&format!("\"operation #/paths/{place}\": {name}")), "{name}");
    }
}

#[test]
fn each_form_of_a_body_has_a_method_that_keeps_its_name() {
    let body = "requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}, multipart/form-data: {schema: {type: object, properties: {b: {type: string}}}}}}";
    let document = format!(
        "paths: {{/orders: {{post: {{operationId: make-order, tags: [orders], {body}, responses: {{'204': {{description: ok}}}}}}}}}}"
    );
    let it = made(&document, "", "");
    assert!(it.locks("\"operation #/paths/~1orders/post\": orders.make"));
    assert!(it.locks("\"operation #/paths/~1orders/post multipart\": orders.make_multipart"));
    let lock = "names: {'operation #/paths/~1orders/post multipart': orders.upload}";
    let it = made(&document, "", lock);
    it.shows("::Orders::make(&self) -> Make");
    it.shows("::Orders::upload(&self) -> Upload");
}

#[test]
fn variants_are_called_by_their_titles_or_by_what_they_hold() {
    let document = "
paths: {}
components:
  schemas:
    Part: {type: object, properties: {end: {type: object, properties: {a: {type: string}}}}}
    Whole:
      oneOf:
        - {title: a number, type: integer}
        - {type: string}
        - {allOf: [{$ref: '#/components/schemas/Part'}], title: a part}
        - {$ref: '#/components/schemas/Part'}
        - {title: an object, type: object, properties: {c: {type: integer}}}
        - {title: the end, allOf: [{$ref: '#/components/schemas/Part/properties/end'}]}
        - {title: a list, type: array, items: {type: object, properties: {b: {type: integer}}}}
    Told:
      oneOf: [{$ref: '#/components/schemas/One'}, {$ref: '#/components/schemas/Other'}]
      discriminator: {propertyName: kind, mapping: {first: '#/components/schemas/One', second: '#/components/schemas/Other'}}
    One: {type: object, required: [kind], properties: {kind: {type: string}}}
    Other: {type: object, required: [kind], properties: {kind: {type: string}}}
";
    let it = made(document, "", "");
    for variant in [
        "Whole::ANumber(i64)",
        "Whole::String(String)",
        "Whole::Part(Box<Part>)",
        "Whole::AnObject(Box<WholeAnObject>)",
        "Whole::TheEnd(Box<PartEnd>)",
        "Whole::AList(Vec<WholeAListItem>)",
        "Told::First(Box<One>)",
        "Told::Second(Box<Other>)",
    ] {
        it.shows(&format!("::types::{variant}"));
    }
}

#[test]
fn a_value_and_a_text_that_reads_like_it_have_a_name_each() {
    let document = "paths: {}\ncomponents: {schemas: {Values: {enum: [true, 'true', 1, a]}}}";
    let it = made(document, "", "");
    for (value, name) in [("literal", "true\": True"), ("value", "1\": V1"), ("value", "a\": A")] {
        let line = format!("\"{value} #/components/schemas/Values/enum/{name}");
        assert!(it.locks(&line), "{line} is not in\n{}", it.names());
    }
    let again = made(document, "", &it.names());
    assert_eq!(again.names(), it.names());
}

#[test]
fn calls_and_resources_make_way_for_what_traits_take_by_value() {
    let get = "get: {operationId: into/into, tags: [into], summary: One, responses: {'204': {description: ok}}}";
    let it = made(&format!("paths: {{/a: {{{get}}}}}"), "", "");
    it.shows("::Client::into_(&self) -> resources::into_::IntoResource");
    it.shows("::IntoResource::into_(&self) -> IntoCall");
}

fn calls(ids: &[&str]) -> String {
    let paths = ids.iter().map(|id| {
        format!("\n  /{id}: {{get: {{operationId: x/{id}, tags: [x], summary: One, responses: {{'204': {{description: ok}}}}}}}}")
    });
    format!("paths:{}", paths.collect::<String>())
}

#[test]
fn builders_of_calls_with_the_same_words_keep_their_names() {
    let first = made(&calls(&["get_1"]), "", "");
    first.shows("::X::get_1(&self) -> Get1");
    let grown = made(&calls(&["get1", "get_1"]), "", &first.names());
    grown.shows("::X::get_1(&self) -> Get1");
    grown.shows("::X::get1(&self) -> Get1Call");
    let anew = made(&calls(&["get_1", "get1"]), "", "");
    anew.shows("::X::get1(&self) -> Get1");
    anew.shows("::X::get_1(&self) -> Get1Call");
    let reserved = made(&calls(&["string", "stringCall"]), "", "");
    reserved.shows("::X::string_call(&self) -> StringCall");
    reserved.shows("::X::string(&self) -> StringCallCall");
}

#[test]
fn names_that_a_document_asks_for_are_spelled_as_rust_spells_them() {
    let document = "paths: {}\ncomponents:\n  schemas:\n    A: {x-rust-name: Big_Thing, type: object, \
                    properties: {b: {type: string, x-rust-name: twoWords}, c: {type: string, x-rust-name: two__more}}}\n    \
                    D: {x-rust-name: URL, type: object, properties: {e: {type: string, x-rust-name: _f_}}}\n";
    let it = made(document, "", "");
    for item in [
        "BigThing.two_words: Option<String>",
        "BigThing.two_more: Option<String>",
        "URL._f_: Option<String>",
    ] {
        it.shows(item);
    }
}
