//! Bodies of several parts, byte by byte.

use super::{client, now};
use crate::testing::response;
use crate::{
    Call, FilePart, IntoMultipart, IntoParts, Method, Multipart, PartEncoding, Patch, RequestBody,
};
use std::collections::BTreeMap;

/// The content type and the body of a call, with `B` as boundary.
fn sent(set: impl FnOnce(Call) -> Call) -> (String, String) {
    let (core, server, _) = client([response(200)]);
    now(set(core.request(Method::Post, "/p")).send_nothing()).unwrap();
    let request = server.requests().remove(0);
    let mime = request.header("content-type").unwrap().to_owned();
    let boundary = mime.split_once("boundary=").unwrap().1.to_owned();
    (mime.replace(&boundary, "B"), request.text().replace(&boundary, "B"))
}

fn file(name: &str) -> FilePart {
    FilePart::bytes(name, "x")
}

/// A struct with a file in it, as it is emitted.
struct Cover(FilePart);

impl IntoMultipart for Cover {
    fn into_multipart(self, form: &mut Multipart) {
        form.text("title", &"t");
        form.files("scan", self.0);
    }
}

crate::nested_parts!(Cover);

/// Name, file name and media type of each part.
fn heads(form: Multipart) -> Vec<String> {
    let (_, text) = sent(|call| call.multipart(form));
    let lines = text.lines().filter_map(|it| it.strip_prefix("Content-Disposition: form-data; "));
    lines.map(|it| it.replace('"', "")).collect()
}

#[test]
fn files_within_something_are_parts_with_brackets() {
    let mut form = Multipart::new();
    form.files("covers", vec![Cover(file("a")), Cover(file("b"))]);
    form.files("pages", BTreeMap::from([("one".to_owned(), vec![file("c"), file("d")])]));
    form.files("all", Some(Box::new(vec![file("e")])));
    let wanted = [
        "name=covers[0][title]",
        "name=covers[0][scan]; filename=a",
        "name=covers[1][title]",
        "name=covers[1][scan]; filename=b",
        "name=pages[one]; filename=c",
        "name=pages[one]; filename=d",
        "name=all; filename=e",
    ];
    assert_eq!(heads(form), wanted);
}

#[test]
fn changes_of_a_part_are_none_an_empty_part_or_the_value() {
    let mut form = Multipart::new();
    form.patch("a", &Patch::<i64>::Absent);
    form.patch("b", &Patch::<i64>::Null);
    form.patch("c", &Patch::Value(1));
    Patch::<FilePart>::Null.into_parts(&mut form, "d");
    form.files("e", Patch::<FilePart>::Absent);
    form.nullable("f", &None::<i64>);
    form.text("g", &None::<i64>);
    let (_, text) = sent(|call| call.multipart(form));
    let part = |name: &str, text: &str| {
        format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
    };
    let wanted = [part("b", ""), part("c", "1"), part("d", ""), part("f", "")].concat();
    assert_eq!(text, wanted + "--B--\r\n");
}

#[test]
fn encodings_say_how_parts_are_written() {
    const ENCODINGS: &[(&str, PartEncoding)] = &[
        ("list", PartEncoding::Type("application/json; charset=utf-8")),
        ("deep", PartEncoding::DeepObject),
        ("plain", PartEncoding::Type("text/plain")),
        ("image", PartEncoding::Type("image/png, image/jpeg")),
        ("other", PartEncoding::Type("image/*")),
        ("pages", PartEncoding::Type("application/pdf")),
    ];
    let json = |text: &str| crate::codec::from_slice::<crate::Json>(text.as_bytes()).unwrap();
    let mut form = Multipart::encoded(ENCODINGS);
    form.text("list", &["a", "b"].as_slice());
    form.text("deep", &json(r#"{"a": {"b": 1}, "c": [2]}"#));
    form.text("plain", &json(r#"{"a": 1}"#));
    form.file("image", file("a.jpg"));
    form.file("other", file("a.bin"));
    form.file("pages", file("a").mime("image/gif"));
    form.files("pages", BTreeMap::from([("one".to_owned(), file("b"))]));
    let (_, text) = sent(|call| {
        let call = call.multipart_as("multipart/form-data; boundary=no", ENCODINGS, Nothing);
        call.multipart(form)
    });
    let parts: Vec<_> = text
        .split("--B\r\n")
        .skip(1)
        .map(|it| it.replace("Content-Disposition: form-data; ", "").replace(['"', '\r'], ""))
        .map(|it| it.trim_end_matches("--B--\n").trim_end().replace("Content-Type: ", ""))
        .collect();
    let wanted = [
        "name=list\napplication/json; charset=utf-8\n\n[a,b]",
        "name=deep[a][b]\n\n1",
        "name=deep[c][]\n\n2",
        "name=plain\ntext/plain\n\n{a:1}",
        "name=image; filename=a.jpg\nimage/jpeg\n\nx",
        "name=other; filename=a.bin\napplication/octet-stream\n\nx",
        "name=pages; filename=a\nimage/gif\n\nx",
        "name=pages[one]; filename=b\napplication/pdf\n\nx",
    ];
    assert_eq!(parts, wanted);
}

struct Nothing;

impl IntoMultipart for Nothing {
    fn into_multipart(self, _: &mut Multipart) {}
}

#[test]
fn other_multipart_types_have_their_own_heads() {
    let form = || {
        let mut form = Multipart::new();
        form.json("meta", &1_i64);
        form.text("note", &"n");
        form.file("media", file("a.bin").mime("audio/wav"));
        form
    };
    let parts = "--B\r\nContent-Disposition: inline; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n1\r\n\
        --B\r\nContent-Disposition: inline; name=\"note\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nn\r\n\
        --B\r\nContent-Disposition: attachment; name=\"media\"; filename=\"a.bin\"\r\nContent-Type: audio/wav\r\n\r\nx\r\n--B--\r\n";
    let rows = [
        ("multipart/mixed", "multipart/mixed; boundary=B"),
        ("multipart/related", "multipart/related; type=\"application/json\"; boundary=B"),
        (
            "multipart/related; Type=\"text/x\"; Boundary=y",
            "multipart/related; Type=\"text/x\"; boundary=B",
        ),
    ];
    for (mime, wanted) in rows {
        assert_eq!(
            sent(|call| call.multipart_as(mime, &[], form())),
            (wanted.into(), parts.into())
        );
    }
}

#[test]
fn a_body_of_any_type_says_its_own() {
    let mime = |allowed: &'static str, body: RequestBody| {
        let (core, server, _) = client([response(200)]);
        now(core.request(Method::Put, "/b").bytes(allowed, body).send_nothing())
            .map(|()| server.requests()[0].header("content-type").unwrap().to_owned())
            .map_err(|it| it.to_string())
    };
    let bytes = || RequestBody::from("x");
    assert_eq!(mime("image/*", bytes().mime("image/png")).unwrap(), "image/png");
    assert_eq!(mime("*/*", bytes()).unwrap(), "application/octet-stream");
    assert_eq!(mime("audio/wav", bytes()).unwrap(), "audio/wav");
    assert_eq!(mime("audio/wav", bytes().mime("audio/ogg")).unwrap(), "audio/ogg");
    assert!(mime("image/*", bytes()).unwrap_err().contains("name one of `image/*`"));
    assert_eq!(RequestBody::file("a/b.PNG").chosen("image/*").as_deref(), Some("image/png"));
    assert_eq!(RequestBody::file("a.pdf").chosen("image/*"), None);
}
