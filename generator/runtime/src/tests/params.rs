//! Values of parameters, fields and whole responses: of every type, and those that cannot be sent.

use super::{client, json, now};
use crate::codec::{Encode, Int64String, Json, List, Sink, coded};
use crate::response_format;
use crate::testing::response;
use crate::{Call, Core, ErrorKind, Method, Operation, Style};
use serde_json::json;

fn target(set: impl FnOnce(Call) -> Call) -> Result<String, ErrorKind> {
    let (core, server, _) = client([response(200).json("1")]);
    json(set(core.request(Method::Get, "/p"))).map_err(|it| it.kind())?;
    Ok(server.requests()[0].target().to_owned())
}

#[test]
fn values_of_every_type_become_text() {
    let values: [(&dyn Encode, &str); 9] = [
        (&true, "/p?q=true"),
        (&-7_i64, "/p?q=-7"),
        (&u64::MAX, "/p?q=18446744073709551615"),
        (&1.5_f64, "/p?q=1.5"),
        (&0.1_f32, "/p?q=0.1"),
        (&"a b", "/p?q=a%20b"),
        (&coded::<Int64String, _>(&5_i64), "/p?q=5"),
        (&(), "/p"),
        (&None::<i64>, "/p"),
    ];
    for (value, wanted) in values {
        assert_eq!(target(|it| it.query("q", value)).as_deref(), Ok(wanted));
    }
}

#[test]
fn a_number_that_json_lacks_is_refused_in_parameters_too() {
    let numbers: [&dyn Encode; 4] = [&f64::NAN, &f64::NEG_INFINITY, &f32::NAN, &f32::INFINITY];
    for number in numbers {
        assert_eq!(target(|it| it.query("q", number)), Err(ErrorKind::InvalidParameter));
    }
}

#[test]
fn null_after_a_value_is_null() {
    let list = json!([1, null, 2]);
    assert_eq!(
        target(|it| it.query("q", &list)),
        target(|it| it.query("q", &vec![Some(1), None, Some(2)]))
    );
}

#[test]
fn nothing_is_sent_for_what_is_undefined() {
    for value in
        [json!({}), json!([]), json!([null]), json!({"a": null}), json!({"a": [], "b": {}})]
    {
        let styles = [
            Style::FORM,
            Style::FORM.joined(),
            Style::SPACE_DELIMITED,
            Style::PIPE_DELIMITED,
            Style::DEEP_OBJECT,
        ];
        for style in styles {
            let sent = target(|it| it.query_as("color", &value, style).query("x", &1));
            assert_eq!(sent.as_deref(), Ok("/p?x=1"), "{value} as {style:?}");
        }
        let (core, server, _) = client([response(200).json("1")]);
        let call = core.request(Method::Post, "/p").header("x-a", &value).cookie("c", &value);
        let styled = [("a", Style::FORM.joined())];
        json(call.form(&json!({"a": value, "x": 1}), &styled)).unwrap();
        let request = server.requests().pop().unwrap();
        assert_eq!((request.header("x-a"), request.header("cookie")), (None, None));
        assert_eq!(request.text(), "x=1", "{value}");
    }
}

#[test]
fn what_no_style_has_a_form_for_is_refused() {
    let nested =
        [json!([{"k": "a"}]), json!([["a"]]), json!({"a": {"b": "c"}}), json!({"a": [{}, ["b"]]})];
    for value in nested {
        for style in [Style::FORM, Style::FORM.joined(), Style::PIPE_DELIMITED] {
            let sent = target(|it| it.query_as("q", &value, style));
            assert_eq!(sent, Err(ErrorKind::InvalidParameter), "{value}");
        }
        assert_eq!(target(|it| it.header("x-q", &value)), Err(ErrorKind::InvalidParameter));
        assert_eq!(target(|it| it.cookie("q", &value)), Err(ErrorKind::InvalidParameter));
        assert!(target(|it| it.query_as("q", &value, Style::DEEP_OBJECT)).is_ok());
        assert!(target(|it| it.query_as("q", &value, Style::JSON)).is_ok());
    }
    let list = json!({"size": 2, "sort": ["a", "b"]});
    assert_eq!(target(|it| it.query("q", &list)).as_deref(), Ok("/p?size=2&sort=a&sort=b"));
    assert_eq!(
        target(|it| it.query_as("q", &list, Style::FORM.joined())),
        Err(ErrorKind::InvalidParameter)
    );
}

#[test]
fn an_item_that_would_arrive_as_two_is_refused() {
    let reserved = Style::FORM.joined().allow_reserved();
    for (style, separator) in
        [(Style::SPACE_DELIMITED, " "), (Style::PIPE_DELIMITED, "|"), (reserved, ",")]
    {
        let split = format!("a{separator}b");
        for value in [json!([split, "c"]), json!({"k": split}), json!({(split.clone()): "c"})] {
            let sent = target(|it| it.query_as("q", &value, style));
            assert_eq!(sent, Err(ErrorKind::InvalidParameter), "{value} as {style:?}");
        }
        for value in [json!(split), json!(["a", "b"])] {
            assert!(target(|it| it.query_as("q", &value, style)).is_ok(), "{value} as {style:?}");
        }
        let list = json!([split, "c"]);
        assert!(target(|it| it.query_as("q", &list, style.exploded())).is_ok(), "{style:?}");
    }
    let commas = json!(["a,b", "c"]);
    assert!(target(|it| it.query_as("q", &commas, Style::FORM.joined())).is_ok(), "it is encoded");
    assert!(target(|it| it.cookie_as("q", &commas, reserved)).is_ok(), "it is encoded");
}

/// A value that cannot be written.
struct Unfit;

impl Encode for Unfit {
    fn encode(&self, sink: &mut dyn Sink) {
        sink.fail("it is unfit");
        sink.fail("and so is this");
    }
}

#[test]
fn what_cannot_be_written_is_refused_with_the_first_reason() {
    let (core, server, _) = client([response(200).json("1")]);
    let values: [&dyn Encode; 2] = [&Unfit, &[Unfit, Unfit].as_slice()];
    for value in values {
        let error = json(core.request(Method::Get, "/p").query("q", value)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidParameter);
        assert!(error.to_string().contains("it is unfit"), "{error}");
    }
    assert!(server.requests().is_empty());
}

fn path(core: &Core, value: &Json, style: Style) -> Result<Json, crate::Error> {
    static OBJECTS: crate::Operation = crate::Operation::new("o", Method::Get, "/o/{id}");
    json(core.call(&OBJECTS).path_as("id", value, style))
}

fn refused(core: &Core, value: &Json, style: Style) {
    let error = path(core, value, style).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidParameter, "{value}");
    assert!(error.to_string().contains("parameter `id`"), "{error}");
}

#[test]
fn a_path_needs_a_value_in_every_form() {
    let (core, server, _) = client([response(200).json("1")]);
    for value in [json!(null), json!(""), json!([]), json!({}), json!([""])] {
        refused(&core, &value, Style::SIMPLE);
    }
    assert!(server.requests().is_empty());
    for value in [json!([null]), json!({"a": null, "b": []})] {
        refused(&core, &value, Style::SIMPLE);
        refused(&core, &value, Style::MATRIX);
    }
    for value in [json!({"a": 1}), json!({"a": ""}), json!({"a": null, "b": 1})] {
        assert!(path(&core, &value, Style::SIMPLE).is_ok(), "{value}");
    }
    for style in [Style::MATRIX, Style::MATRIX.exploded()] {
        path(&core, &json!(""), style).unwrap();
        assert_eq!(server.requests().pop().unwrap().target(), "/o/;id");
    }
}

#[test]
fn nothing_within_a_value_leads_out_of_a_path() {
    let (core, server, _) = client([response(200).json("1")]);
    for value in [
        json!([".."]),
        json!(["../a", "b"]),
        json!({"a/../b": 1}),
        json!({"a": "x/%2e%2e/b"}),
        json!({"a": {"b\\..\\c": 1}}),
        json!([{"a": "x/./y"}]),
    ] {
        refused(&core, &value, Style::SIMPLE);
    }
    refused(&core, &json!("."), Style::LABEL);
    assert!(server.requests().is_empty());
    for (value, style, wanted) in [
        (json!(["a", ".."]), Style::SIMPLE, "/o/a,.."),
        (json!({"..": ".."}), Style::SIMPLE.exploded(), "/o/..=.."),
        (json!(".."), Style::LABEL, "/o/..."),
        (json!(".."), Style::MATRIX, "/o/;id=.."),
    ] {
        path(&core, &value, style).unwrap();
        assert_eq!(server.requests().pop().unwrap().target(), wanted);
    }
}

#[test]
fn fields_are_added_only_to_what_has_fields() {
    let (core, server, _) = client([response(200).json("1")]);
    let call = || core.request(Method::Post, "/p");
    let error = json(call().bytes("text/plain", "text").with_body_field("a", &1)).unwrap_err();
    assert_eq!((error.kind(), server.requests().len()), (ErrorKind::InvalidParameter, 0));
    json(call().with_body_field("a", &1)).unwrap();
    assert_eq!(server.requests()[0].text(), r#"{"a":1}"#);
}

#[test]
fn a_response_is_read_by_a_codec() {
    type Ids = response_format::JsonFormat<Vec<i64>, List<Int64String>>;
    let (core, _, _) = client([response(200).json(r#"["1","9007199254740993"]"#)]);
    assert_eq!(
        now(core.request(Method::Get, "/ids").send_as::<Ids>()).unwrap(),
        [1, 9_007_199_254_740_993]
    );
    let (core, _, _) = client([response(200).json(r#"["1","x"]"#)]);
    let error = now(core.request(Method::Get, "/ids").send_as::<Ids>()).unwrap_err().to_string();
    assert!(error.contains("`[1]`"), "{error}");
}

#[test]
fn a_parameter_or_a_property_of_a_form_can_be_json() {
    for style in [Style::JSON, Style::JSON.exploded()] {
        let (core, server, _) = client([response(200).json("1")]);
        let value = json!({"a": [1, "x"]});
        json(core.request(Method::Get, "/o/{id}").path_as("id", &value, style)).unwrap();
        assert_eq!(server.requests()[0].target(), "/o/%7B%22a%22%3A%5B1%2C%22x%22%5D%7D");
    }
    let (core, server, _) = client([response(200).json("1")]);
    let body = json!({"a": [1, "x"], "b": {"a": [2]}, "c": null, "d": "x"});
    let styles = [("a", Style::JSON), ("c", Style::JSON), ("d", Style::JSON)];
    json(core.request(Method::Post, "/f").form(&body, &styles)).unwrap();
    let wanted = "a=%5B1%2C%22x%22%5D&b=%7B%22a%22%3A%5B2%5D%7D&c=null&d=%22x%22";
    assert_eq!(server.requests()[0].text(), wanted);
}

#[test]
fn what_is_required_in_one_place_is_not_set_in_another() {
    static THRICE: Operation = Operation::new("thrice", Method::Get, "/p")
        .required(&["key"])
        .required_headers(&["Key"])
        .required_cookies(&["key"]);
    let (core, server, _) = client([response(200).json("1")]);
    let call = || core.call(&THRICE);
    for call in [
        call().query("key", &1).header("key", &1),
        call().query("key", &1).cookie("key", &1),
        call().header("key", &1).cookie("key", &1),
    ] {
        assert_eq!(json(call).unwrap_err().kind(), ErrorKind::MissingParameter);
    }
    json(call().query("key", &1).header("key", &1).cookie("key", &1)).unwrap();
    assert_eq!(server.requests().len(), 1);
}
