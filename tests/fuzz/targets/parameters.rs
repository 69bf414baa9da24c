//! Values of paths, queries, forms and headers: what is sent reads back as what was given.
#![no_main]

use client_runtime::testing::{RecordedRequest, response};
use client_runtime::{Call, Core, Method, Style};
use percent_encoding::percent_decode_str;

libfuzzer_sys::fuzz_target!(|input: (String, Vec<(String, String)>)| {
    let (text, pairs) = input;
    for style in [Style::SIMPLE, Style::SIMPLE.allow_reserved()] {
        path(&text, style);
    }
    for style in [Style::FORM, Style::FORM.allow_reserved()] {
        cookie(&text, style);
    }
    header(&text);
    query(&pairs);
    form(&pairs);
});

fn sent(call: impl FnOnce(&Core) -> Call) -> Option<RecordedRequest> {
    let (core, server, _) = fuzz::client([response(200).json("1")]);
    let got = fuzz::now(call(&core).send());
    let sent = server.requests().pop();
    assert_eq!(got.is_ok(), sent.is_some(), "what is refused is not sent, and the other way round");
    sent
}

/// A value fills its segment, or is refused because it is empty or dots.
fn path(text: &str, style: Style) {
    let sent = sent(|core| core.request(Method::Get, "/a/{p}/b").path_as("p", &text, style));
    let Some(sent) = sent else { return };
    let segments: Vec<_> = sent.uri.path().split('/').collect();
    let ["", "a", own, "b"] = segments[..] else { panic!("{text:?} gives {}", sent.uri) };
    assert_eq!(percent_decode_str(own).decode_utf8().as_deref(), Ok(text));
    assert!(!text.is_empty() && text != "." && text != "..");
    let url = url::Url::parse(&sent.uri.to_string()).expect("it is a URL");
    assert_eq!(url.path(), sent.uri.path(), "a URL is written in another way");
    assert_eq!(sent.uri.query(), None);
}

/// A cookie's value ends where it should.
fn cookie(text: &str, style: Style) {
    let call = |core: &Core| core.request(Method::Get, "/").cookie_as("c", &text, style);
    let sent = sent(call).expect("a cookie takes anything");
    let value = sent.header("cookie").and_then(|it| it.strip_prefix("c="));
    let value = value.expect("it was given");
    assert!(!value.contains([';', ' ', '"']));
    assert_eq!(percent_decode_str(value).decode_utf8().as_deref(), Ok(text));
}

/// A header's value arrives as it is, or is refused.
fn header(text: &str) {
    let sent = sent(|core| core.request(Method::Get, "/").header("x-value", &text));
    let Some(sent) = sent else { return };
    let value = sent.headers.get("x-value").expect("it was given");
    assert_eq!(value.as_bytes(), text.as_bytes());
    assert!(!text.contains(['\r', '\n', '\0']));
}

fn last_of_each(pairs: &[(String, String)]) -> Vec<(String, String)> {
    let mut kept: Vec<(String, String)> = Vec::new();
    for (name, value) in pairs {
        kept.retain(|it| it.0 != *name);
        kept.push((name.clone(), value.clone()));
    }
    kept
}

fn query(pairs: &[(String, String)]) {
    let pairs = last_of_each(pairs);
    let request = |core: &Core| {
        let call = core.request(Method::Get, "/q");
        pairs.iter().fold(call, |call, (name, value)| call.with_query(name, value))
    };
    let sent = sent(request).expect("a query takes anything");
    let url = url::Url::parse(&sent.uri.to_string()).expect("it is a URL");
    let read: Vec<_> = url.query_pairs().map(|(k, v)| (k.into_owned(), v.into_owned())).collect();
    assert_eq!(read, pairs);
    assert_eq!(sent.uri.path(), "/q");
}

fn form(pairs: &[(String, String)]) {
    let object: serde_json::Map<_, _> =
        pairs.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
    let body = serde_json::Value::Object(object.clone());
    let Some(sent) = sent(|core| core.request(Method::Post, "/f").form(&body, &[])) else {
        panic!("a form takes any text");
    };
    let read: Vec<_> = url::form_urlencoded::parse(&sent.body).into_owned().collect();
    let wanted: Vec<_> = object
        .into_iter()
        .map(|(name, value)| (name, value.as_str().unwrap_or_default().to_owned()))
        .collect();
    assert_eq!(read, wanted);
}
