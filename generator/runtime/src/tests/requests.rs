//! Requests as they are sent.

use super::{builder, client, get, json, now, post};
use crate::codec::{Int64String, List, coded};
use crate::testing::{Scripted, TestClock, fault, response};
use crate::{Call, ErrorKind, Method, Multipart, Operation, Style, TransportErrorKind};
use serde_json::json as value;
use std::collections::BTreeMap;

static OWN: Operation =
    Operation::new("own", Method::Post, "/accounts/{account_id}/items/{id}:run")
        .client_params(&["account_id"])
        .fixed_query(&[("beta", "true")])
        .required(&["q"]);

fn sent(call: impl FnOnce(&crate::Core) -> Call) -> crate::testing::RecordedRequest {
    let (core, server, _) = client([response(200).json("1")]);
    json(call(&core)).unwrap();
    server.requests().remove(0)
}

fn target(call: impl FnOnce(Call) -> Call) -> String {
    sent(|core| call(core.request(Method::Get, "/p"))).target().to_owned()
}

#[test]
fn a_request_carries_its_headers_and_nothing_else() {
    let request = sent(get);
    let mut names: Vec<_> = request.headers.keys().map(http::HeaderName::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "authorization", "example-version", "user-agent"]);
    assert_eq!(request.header("example-version"), Some("2026-03-01"));
    assert!(request.header("user-agent").unwrap().starts_with("client-runtime/"));
    assert_eq!(sent(post).header("content-type"), Some("application/json"));
}

#[derive(serde::Serialize)]
struct Tool {
    name: &'static str,
    kind: &'static str,
    arguments: Option<u8>,
}

#[test]
fn a_free_body_is_written_by_serde_in_the_order_of_its_fields() {
    let tool = Tool { name: "find", kind: "function", arguments: None };
    let wanted = r#"{"name":"find","kind":"function","arguments":null}"#;
    let body = |it: crate::testing::RecordedRequest| it.text();
    assert_eq!(body(sent(|core| post(core).json_of("application/json", &tool))), wanted);
    let request =
        sent(|core| post(core).object_of("application/json", &tool).with_body_field("a", &1));
    assert_eq!(body(request), wanted.replace("null}", "null,\"a\":1}"));
    let (core, ..) = client([response(200).json("1")]);
    let error = json(post(&core).object_of("application/json", "text")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidParameter);
    assert!(
        error.to_string().contains("the body cannot be written: it is no JSON object"),
        "{error}"
    );
}

#[test]
fn query_styles_are_those_of_openapi() {
    let list = ["a b", "c,d"];
    let map: BTreeMap<String, i64> = [("x".to_owned(), 1), ("y".to_owned(), 2)].into();
    assert_eq!(target(|it| it.query("q", &list.as_slice())), "/p?q=a%20b&q=c%2Cd");
    assert_eq!(
        target(|it| it.query_as("q", &list.as_slice(), Style::FORM.joined())),
        "/p?q=a%20b,c%2Cd"
    );
    assert_eq!(
        target(|it| it.query_as("q", &["a|b", "c,d"].as_slice(), Style::SPACE_DELIMITED)),
        "/p?q=a%7Cb%20c%2Cd"
    );
    assert_eq!(
        target(|it| it.query_as("q", &list.as_slice(), Style::PIPE_DELIMITED)),
        "/p?q=a%20b%7Cc%2Cd"
    );
    assert_eq!(target(|it| it.query("q", &map)), "/p?x=1&y=2");
    assert_eq!(target(|it| it.query_as("q", &map, Style::FORM.joined())), "/p?q=x,1,y,2");
    assert_eq!(target(|it| it.query_as("q", &map, Style::DEEP_OBJECT)), "/p?q%5Bx%5D=1&q%5By%5D=2");
    assert_eq!(
        target(|it| it.query_as("q", &value!({"a": {"b": [1, 2]}}), Style::DEEP_OBJECT)),
        "/p?q%5Ba%5D%5Bb%5D%5B%5D=1&q%5Ba%5D%5Bb%5D%5B%5D=2"
    );
    assert_eq!(
        target(|it| it.query_as("q", &map, Style::JSON)),
        "/p?q=%7B%22x%22%3A1%2C%22y%22%3A2%7D"
    );
    assert_eq!(
        target(|it| it.query_as("q", &"a/b?c&d#e+f", Style::FORM.allow_reserved())),
        "/p?q=a/b?c%26d%23e%2Bf"
    );
    assert_eq!(
        target(|it| it.query("q", &coded::<List<Int64String>, _>(&[1_i64, 2][..]))),
        "/p?q=1&q=2"
    );
    assert_eq!(target(|it| it.query("a[b]=&c", &"x=é&")), "/p?a%5Bb%5D%3D%26c=x%3D%C3%A9%26");
}

#[test]
fn null_and_empty_lists_are_left_out_and_the_last_value_of_a_name_counts() {
    assert_eq!(target(|it| it.query("q", &None::<i64>).query("r", &Vec::<i64>::new())), "/p");
    assert_eq!(target(|it| it.query("q", &1).query("r", &2).query("q", &3)), "/p?r=2&q=3");
    assert_eq!(target(|it| it.query("q", &"").with_query("r", &true)), "/p?q=&r=true");
}

#[test]
fn path_styles_are_those_of_openapi() {
    let path = |value: &dyn crate::Encode, style| {
        sent(|core| core.request(Method::Get, "/x/{p}/y").path_as("p", value, style))
            .target()
            .to_owned()
    };
    let map: BTreeMap<String, i64> = [("x".to_owned(), 1), ("y".to_owned(), 2)].into();
    let list = [3, 4];
    let list = &list.as_slice();
    for (value, style, wanted) in [
        (&"a/b?c#d é" as &dyn crate::Encode, Style::SIMPLE, "a%2Fb%3Fc%23d%20%C3%A9"),
        (list, Style::SIMPLE, "3,4"),
        (&map, Style::SIMPLE, "x,1,y,2"),
        (&map, Style::SIMPLE.exploded(), "x=1,y=2"),
        (&5, Style::LABEL, ".5"),
        (list, Style::LABEL, ".3,4"),
        (list, Style::LABEL.exploded(), ".3.4"),
        (&map, Style::LABEL.exploded(), ".x=1.y=2"),
        (&5, Style::MATRIX, ";p=5"),
        (list, Style::MATRIX, ";p=3,4"),
        (list, Style::MATRIX.exploded(), ";p=3;p=4"),
        (&map, Style::MATRIX, ";p=x,1,y,2"),
        (&map, Style::MATRIX.exploded(), ";x=1;y=2"),
        (&"a/b?c;d", Style::SIMPLE.allow_reserved(), "a%2Fb%3Fc%3Bd"),
    ] {
        assert_eq!(path(value, style), format!("/x/{wanted}/y"));
    }
}

#[test]
fn a_path_value_cannot_change_the_route() {
    let (core, server, _) = client([response(200).json("1")]);
    let dots = r". .. %2e%2e %2E. %25252e%25252e a/../b ..\b ../ %2e%2e%2fadmin ..;x a/.;/b ..%3bx";
    for id in dots.split(' ').chain([""]) {
        let error = json(core.call(&super::GET).path("id", &id)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidParameter, "{id}");
        assert!(error.to_string().contains("path parameter `id`"), "{error}");
    }
    assert_eq!(
        json(core.request(Method::Get, "/a/../b")).unwrap_err().kind(),
        ErrorKind::InvalidParameter
    );
    assert_eq!(
        json(core.request(Method::Get, "/{a}{a}").path("a", &Vec::<String>::new()))
            .unwrap_err()
            .kind(),
        ErrorKind::InvalidParameter
    );
    assert!(server.requests().is_empty());
    for id in ["...", "a..b", ".a", "%41", "a%2fb", "a;..", ";.."] {
        json(core.call(&super::GET).path("id", &id)).unwrap();
    }
    assert_eq!(server.requests()[3].target(), "/items/%2541");
}

#[test]
fn parameters_of_the_client_fill_the_path_unless_the_call_sets_them() {
    let (server, clock) = (Scripted::repeating([response(200).json("1")]), TestClock::default());
    let core = builder(&server, &clock).param("account_id", "acme").build().unwrap();
    let call = || core.call(&OWN).path("id", &"a").query("q", &1).json(&value!({}));
    json(call()).unwrap();
    json(call().path("account_id", &"other").query("beta", &false)).unwrap();
    let targets: Vec<_> = server.requests().iter().map(|it| it.target().to_owned()).collect();
    assert_eq!(
        targets,
        ["/accounts/acme/items/a:run?beta=true&q=1", "/accounts/other/items/a:run?q=1&beta=false"]
    );
}

#[test]
fn what_is_required_and_missing_is_a_local_error() {
    let (core, server, _) = client([response(200).json("1")]);
    let full = || core.call(&OWN).path("id", &"a").path("account_id", &"b").query("q", &1).json(&1);
    json(full()).unwrap();
    for (call, text) in [
        (
            core.call(&OWN).path("id", &"a").query("q", &1).json(&1),
            "own: `account_id` is not set: set it on the call, on the client or in the environment variable `EXAMPLE_ACCOUNT`",
        ),
        (
            full().query("q", &()),
            "own: `q` is required and empty: a query has no form for an empty list or null",
        ),
        (
            core.call(&OWN).path("account_id", &"b").query("q", &1).json(&1),
            "own: path parameter `id` is not set",
        ),
    ] {
        let error = json(call).unwrap_err();
        assert_eq!((error.kind(), &*error.to_string()), (ErrorKind::MissingParameter, text));
    }
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn header_and_cookie_values_cannot_break_out() {
    let (core, server, _) = client([response(200).json("1")]);
    for call in [
        get(&core).header("X-A", &"a\r\nb: c"),
        get(&core).with_header("X-A", "a\nb"),
        get(&core).with_header("X A", "b"),
    ] {
        assert_eq!(json(call).unwrap_err().kind(), ErrorKind::InvalidParameter);
    }
    json(
        get(&core)
            .header("X-A", &["a", "b"].as_slice())
            .cookie("sid", &"a; b=c")
            .cookie("n", &1)
            .cookie_as("raw", &"a; b=c", Style::FORM.allow_reserved())
            .header("X-N", &None::<i64>),
    )
    .unwrap();
    let request = &server.requests()[0];
    assert_eq!(
        (request.header("x-a"), request.header("cookie"), request.header("x-n")),
        (Some("a,b"), Some("sid=a%3B%20b%3Dc; n=1; raw=a%3B%20b%3Dc"), None)
    );
}

#[test]
fn forms_explode_lists_and_write_objects_as_json() {
    let body = value!({"a": [1, 2], "b": {"c": {"d": "x y"}}, "e": null, "f": true, "g": [{"h": 1}, [2]], "i": {"j": 1}});
    let request = sent(|core| {
        core.request(Method::Post, "/f")
            .form(&body, &[("a", Style::FORM.joined()), ("i", Style::DEEP_OBJECT)])
            .with_body_field("z", &1)
    });
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    let wanted = "a=1,2&b=%7B%22c%22%3A%7B%22d%22%3A%22x%20y%22%7D%7D&e=&f=true\
        &g=%7B%22h%22%3A1%7D&g=%5B2%5D&i%5Bj%5D=1&z=1";
    assert_eq!(request.text(), wanted);
}

#[test]
fn fields_are_added_to_bodies_of_json_and_refused_elsewhere() {
    let request = sent(|core| {
        post(core).with_body_field("extra", &value!([1])).with_body_field("name", &"y")
    });
    assert_eq!(request.text(), r#"{"name":"y","extra":[1]}"#);
    let (core, ..) = client([response(200).json("1")]);
    for call in [
        core.request(Method::Post, "/").json(&1),
        core.request(Method::Post, "/").text("text/plain", "x"),
    ] {
        assert_eq!(
            json(call.with_body_field("a", &1)).unwrap_err().kind(),
            ErrorKind::InvalidParameter
        );
    }
}

#[test]
fn the_stream_flag_is_set_and_taken_back() {
    let call = |core: &crate::Core, body| core.call(&super::POST).json(&body);
    let asked = |body| sent(|it| call(it, body).requesting(crate::ResponseKind::Events)).text();
    let text = |body| sent(|it| call(it, body)).text();
    assert_eq!(asked(value!({"a": 1})), r#"{"a":1,"stream":true}"#);
    assert_eq!(text(value!({"a": 1})), r#"{"a":1}"#);
    assert_eq!(text(value!({"stream": true})), r#"{"stream":false}"#);
}

#[test]
fn a_stream_is_asked_for_by_its_media_type_too() {
    let (core, server, _) = client([response(200).events("data: 1\n\n")]);
    let requesting = || post(&core).requesting(crate::ResponseKind::Events);
    now(requesting().send_events::<i64>()).unwrap();
    now(requesting().with_header("accept", "*/*").send_events::<i64>()).unwrap();
    let accepted: Vec<_> =
        server.requests().iter().map(|it| it.header("accept").map(str::to_owned)).collect();
    assert_eq!(accepted, [Some("text/event-stream".to_owned()), Some("*/*".to_owned())]);
}

#[test]
fn parts_of_a_form_are_json_where_they_have_parts() {
    let mut form = Multipart::new();
    form.text("any", &value!("auto"));
    form.text("list", &value!([{"a": 1}, "b", ["c", 1]]));
    form.text("items", &[value!({"a": 1}), value!({"a": 2})].as_slice());
    let text = sent(|core| core.request(Method::Post, "/p").multipart(form)).text();
    assert_eq!(text.matches("application/json").count(), 4);
    for part in ["auto", "b", r#"["c",1]"#, r#"{"a":2}"#] {
        assert!(text.contains(&format!("\r\n\r\n{part}\r\n")), "{text}");
    }
}

#[test]
fn multipart_quotes_names_and_keeps_the_order() {
    let mut form = Multipart::new();
    form.text("list", &["a", "b"].as_slice());
    form.file("fi\"le", crate::FilePart::bytes("x\r\ny.wav", &b"RIFF"[..]).mime("audio/wav"));
    form.json("meta", &value!({"a": 1}));
    form.text("none", &None::<i64>);
    let request = sent(|core| core.request(Method::Post, "/m").multipart(form));
    let mime = request.header("content-type").unwrap().to_owned();
    let boundary = mime.strip_prefix("multipart/form-data; boundary=").unwrap();
    let text = request.text().replace(boundary, "B");
    let wanted = "--B\r\nContent-Disposition: form-data; name=\"list\"\r\n\r\na\r\n\
        --B\r\nContent-Disposition: form-data; name=\"list\"\r\n\r\nb\r\n\
        --B\r\nContent-Disposition: form-data; name=\"fi%22le\"; filename=\"x%0D%0Ay.wav\"\r\nContent-Type: audio/wav\r\n\r\nRIFF\r\n\
        --B\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n--B--\r\n";
    assert_eq!(text, wanted);
}

#[test]
fn a_file_is_sent_with_its_length_and_progress_is_told() {
    let path = std::env::temp_dir().join(format!("client-runtime-{}.bin", std::process::id()));
    std::fs::write(&path, vec![7; 100_000]).unwrap();
    let told = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let tell = told.clone();
    let file = crate::RequestBody::file(&path);
    let (server, clock) = (Scripted::repeating([response(200).json("1")]), TestClock::default());
    let core = builder(&server, &clock).timer(crate::TokioTimer).build().unwrap();
    json(
        core.request(Method::Put, "/f")
            .bytes("audio/wav", file)
            .with_progress(move |sent, len| tell.lock().unwrap().push((sent, len))),
    )
    .unwrap();
    let request = server.requests().remove(0);
    std::fs::remove_file(&path).unwrap();
    assert_eq!((request.body.len(), request.header("content-length")), (100_000, Some("100000")));
    assert_eq!(told.lock().unwrap().last(), Some(&(100_000, Some(100_000))));
    assert!(told.lock().unwrap().len() > 1);

    let (core, server, _) = client([response(200)]);
    let error = json(
        core.request(Method::Put, "/f").bytes("audio/wav", crate::RequestBody::file("/nowhere")),
    )
    .unwrap_err();
    assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Body, 0));
}

#[test]
fn responses_that_do_not_fit_name_the_place_and_keep_the_body() {
    let (core, ..) = client([response(200).header("x-request-id", "r1").json(r#"[[1,"x"]]"#)]);
    let error = now(get(&core).send_json::<Vec<Vec<i64>>>()).unwrap_err();
    assert_eq!(
        (error.kind(), error.path(), error.request_id()),
        (ErrorKind::Decode, Some("[0][1]"), Some("r1"))
    );
    assert_eq!(error.body().unwrap(), &r#"[[1,"x"]]"#);
    assert_eq!(
        error.to_string(),
        r#"get: the response is not what was declared: expected an integer, found a string at `[0][1]` (request r1): [[1,"x"]]"#
    );
    assert_eq!(size_of::<crate::Error>(), size_of::<usize>());
}

#[test]
fn a_declared_error_body_is_read_and_a_long_one_is_cut_where_it_shows() {
    let (core, ..) =
        client([response(422).json(r#"{"code":7}"#), response(400).chunk("x".repeat(5000))]);
    let error = json(get(&core)).unwrap_err();
    assert_eq!(error.body_as::<BTreeMap<String, i64>>().unwrap()["code"], 7);
    let error = json(get(&core)).unwrap_err();
    assert_eq!(error.body().unwrap().len(), 5000);
    assert!(error.to_string().len() < 400);
}

#[test]
fn redirects_are_refused_and_named() {
    for status in [301, 302, 303, 307, 308] {
        let (core, server, _) =
            client([response(status).header("location", "https://evil.example/steal")]);
        let error = json(post(&core)).unwrap_err();
        assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Redirect, 1));
        assert!(error.to_string().contains("evil.example"), "{error}");
    }
}

#[test]
fn responses_are_bounded() {
    let (core, server, _) = client([response(200).chunk(vec![b' '; 600]).chunk(vec![b' '; 600])]);
    let error = json(get(&core).with_max_response_bytes(1000)).unwrap_err();
    assert_eq!((error.kind(), server.requests().len()), (ErrorKind::TooLarge, 1));
    let error = now(async {
        get(&core).with_max_response_bytes(1000).send_bytes().await.unwrap().bytes().await
    })
    .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(
        now(async { get(&core).send_bytes().await.unwrap().bytes().await }).unwrap().len(),
        1200
    );
}

#[test]
fn a_download_is_saved_and_one_that_breaks_off_is_an_error() {
    let (core, ..) = client([
        response(200).chunk("ab").chunk("cd"),
        response(200).chunk("ab").broken(TransportErrorKind::Broken),
        fault(TransportErrorKind::Tls),
    ]);
    let path = std::env::temp_dir().join(format!("client-runtime-{}.out", std::process::id()));
    assert_eq!(now(async { get(&core).send_bytes().await.unwrap().save(&path).await }).unwrap(), 4);
    assert_eq!(std::fs::read(&path).unwrap(), b"abcd");
    std::fs::remove_file(&path).unwrap();
    assert_eq!(
        now(async { get(&core).send_bytes().await.unwrap().bytes().await }).unwrap_err().kind(),
        ErrorKind::Transport
    );
    assert_eq!(json(get(&core)).unwrap_err().kind(), ErrorKind::Tls);
}

#[test]
fn status_headers_and_tries_come_with_the_value() {
    let (core, ..) = client([response(500), response(201).header("x-request-id", "r").json("[1]")]);
    let it = now(get(&core).send_with_meta_as::<crate::response_format::JsonFormat<Vec<i64>>>())
        .unwrap();
    assert_eq!(
        (it.status().as_u16(), it.request_id(), it.attempts(), it.value()),
        (201, Some("r"), 2, &vec![1])
    );
}
