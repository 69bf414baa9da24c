//! The differences between a request that was sent and the expected one.

use super::multipart::{self, SentPart};
use super::request::{ExpectedBody, ExpectedPart, ExpectedRequest};
use crate::codec::{Json, from_slice};
use crate::error::Error;
use crate::testing::RecordedRequest;
use percent_encoding::percent_decode_str;
use std::fmt::Debug;

/// Everything that differs, in words.
pub(super) fn differences(sent: &RecordedRequest, wanted: &ExpectedRequest) -> Vec<String> {
    let mut found = Vec::new();
    differ(&mut found, "method", &wanted.method, &sent.method.as_str());
    let (path, query) = sent.target().split_once('?').unwrap_or((sent.target(), ""));
    let server = format!(
        "{}://{}",
        sent.uri.scheme_str().unwrap_or_default(),
        sent.uri.authority().map_or("", |it| it.as_str())
    );
    let url = format!("{server}{path}");
    let rooted = |url: &str| match url.matches('/').count() {
        2 => format!("{url}/"),
        _ => url.to_owned(),
    };
    let (wanted_url, sent_url) = (normal(&rooted(wanted.url)), normal(&rooted(&url)));
    if !same_segments(&wanted_url, &sent_url) {
        differ(&mut found, "URL", &wanted_url, &sent_url);
    }
    pairs(&mut found, "query", &wanted.query, query.split('&'));
    for (name, value) in wanted.headers.iter().filter(|it| it.0 != "cookie") {
        let sent = sent.headers.get(*name).map(|it| String::from_utf8_lossy(it.as_bytes()));
        if !sent.as_ref().is_some_and(|it| same_json(it, value)) {
            differ(&mut found, &format!("header `{name}`"), &Some((*value).into()), &sent);
        }
    }
    let cookies = sent.header("cookie").unwrap_or_default();
    // A header of that name may be a parameter; its cookies are among the others then.
    let given = wanted.headers.iter().filter(|it| it.0 == "cookie");
    let given =
        given.flat_map(|it| it.1.split("; ")).map(|it| it.split_once('=').unwrap_or((it, "")));
    let wanted_cookies: Vec<_> = given.chain(wanted.cookies.iter().copied()).collect();
    pairs(&mut found, "cookie", &wanted_cookies, cookies.split("; "));
    body(&mut found, sent, &wanted.body);
    found
}

fn differ<T: PartialEq + Debug + ?Sized>(
    found: &mut Vec<String>,
    what: &str,
    wanted: &T,
    sent: &T,
) {
    if wanted != sent {
        found.push(format!("{what}: wanted {wanted:?}, sent {sent:?}"));
    }
}

/// True if two URLs have the same segments, or the same JSON there.
fn same_segments(one: &str, other: &str) -> bool {
    let (one, other): (Vec<_>, Vec<_>) = (one.split('/').collect(), other.split('/').collect());
    let same = |(a, b): (&&str, &&str)| a == b || same_json(&decoded(a), &decoded(b));
    one.len() == other.len() && one.iter().zip(&other).all(same)
}

/// Pairs in any order, though those of one name in theirs.
fn pairs<'s>(
    found: &mut Vec<String>,
    what: &str,
    wanted: &[(&str, &str)],
    sent: impl Iterator<Item = &'s str>,
) {
    let sent = sent.filter(|it| !it.is_empty()).map(|it| it.split_once('=').unwrap_or((it, "")));
    let mut sent: Vec<_> = sent.map(|(name, value)| (decoded(name), normal(value))).collect();
    let wanted = wanted.iter().map(|(name, value)| ((*name).to_owned(), normal(value)));
    let mut wanted: Vec<_> = wanted.collect();
    sent.sort_by(|a, b| a.0.cmp(&b.0));
    wanted.sort_by(|a, b| a.0.cmp(&b.0));
    let equal = |a: &(String, String), b: &(String, String)| {
        a.0 == b.0 && (a.1 == b.1 || same_json(&decoded(&a.1), &decoded(&b.1)))
    };
    if sent.len() != wanted.len() || !sent.iter().zip(&wanted).all(|(a, b)| equal(a, b)) {
        found.push(format!("{what}: wanted {wanted:?}, sent {sent:?}"));
    }
}

/// True if two texts are the same object or list, as JSON.
fn same_json(one: &str, other: &str) -> bool {
    let json = |text: &str| {
        text.starts_with(['{', '[']).then(|| from_slice::<Json>(text.as_bytes()).ok()).flatten()
    };
    matches!((json(one), json(other)), (Some(a), Some(b)) if same(&a, &b))
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Percent-encoding in one spelling: capital digits, and none for unreserved characters.
fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((start, tail)) = rest.split_once('%') {
        out.push_str(start);
        let byte = tail.get(..2).and_then(|it| u8::from_str_radix(it, 16).ok());
        let Some(byte) = byte else {
            out.push('%');
            rest = tail;
            continue;
        };
        match char::from(byte) {
            plain @ ('a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '.' | '_' | '~') => out.push(plain),
            _ => out.extend(format!("%{byte:02X}").chars()),
        }
        rest = &tail[2..];
    }
    out.push_str(rest);
    out.replace('|', "%7C")
}

/// True if two values are equal, however their numbers are written.
pub(super) fn same(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::Number(a), Json::Number(b)) => {
            a == b || (a.is_f64() || b.is_f64()) && a.as_f64() == b.as_f64()
        }
        (Json::Array(a), Json::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Json::Object(a), Json::Object(b)) => {
            let equal = |(key, a): (&String, &Json)| b.get(key).is_some_and(|b| same(a, b));
            a.len() == b.len() && a.iter().all(equal)
        }
        _ => one == other,
    }
}

fn body(found: &mut Vec<String>, sent: &RecordedRequest, wanted: &ExpectedBody) {
    match wanted {
        ExpectedBody::Nothing => {
            differ(found, "body", "", &*sent.text());
            differ(found, "content type", &None, &sent.header("content-type"));
        }
        ExpectedBody::Json(mime, json) => {
            content_type(found, sent, mime);
            match from_slice::<Json>(&sent.body) {
                Ok(body) if same(&body, json) => {}
                Ok(body) => found.push(format!("body: wanted {json}, sent {body}")),
                Err(error) => found.push(format!("body: {error} in {:?}", sent.text())),
            }
        }
        ExpectedBody::Form(wanted) => {
            content_type(found, sent, "application/x-www-form-urlencoded");
            let text = sent.text().replace('+', "%20");
            pairs(found, "form", wanted, text.split('&'));
        }
        ExpectedBody::Multipart(mime, wanted) => {
            content_type(found, sent, mime);
            match multipart::parts(sent) {
                Some(parts) => self::parts(found, parts, wanted),
                None => found.push(format!("body: no multipart form: {:?}", sent.text())),
            }
        }
        ExpectedBody::Values(mime, wanted) => {
            content_type(found, sent, mime);
            let text = sent.text();
            let lines = text.lines().map(|it| it.trim_start_matches('\u{1e}'));
            let values: Result<Vec<Json>, _> = lines.map(serde_json::from_str).collect();
            let equal = |it: &[Json]| {
                it.len() == wanted.len() && it.iter().zip(wanted).all(|(a, b)| same(a, b))
            };
            if !values.is_ok_and(|it| equal(&it)) {
                found.push(format!("body: wanted {wanted:?}, sent {text:?}"));
            }
        }
        ExpectedBody::Content(mime, wanted) => {
            content_type(found, sent, mime);
            differ(found, "body", *wanted, &*sent.text());
        }
    }
}

/// The media type; for a range such as `image/*` it is for the caller to say which of it is sent.
fn content_type(found: &mut Vec<String>, sent: &RecordedRequest, wanted: &str) {
    let essence = |it: &str| it.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (wanted, sent) = (essence(wanted), sent.header("content-type").map(essence));
    let fits = sent.as_ref().is_some_and(|sent| match wanted.contains('*') {
        true => !sent.contains('*'),
        false => *sent == wanted,
    });
    if !fits {
        found.push(format!("content type: wanted {wanted:?}, sent {sent:?}"));
    }
}

fn parts(found: &mut Vec<String>, mut sent: Vec<SentPart>, wanted: &[ExpectedPart]) {
    let mut wanted: Vec<_> = wanted.iter().collect();
    sent.sort_by(|a, b| a.name.cmp(&b.name));
    wanted.sort_by(|a, b| a.name.cmp(&b.name));
    let names = |it: &[&ExpectedPart]| it.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
    let sent_names: Vec<_> = sent.iter().map(|it| it.name.clone()).collect();
    differ(found, "parts", &names(&wanted), &sent_names);
    for (sent, wanted) in sent.iter().zip(wanted).filter(|(a, b)| a.name == b.name) {
        let name = &wanted.name;
        differ(found, &format!("file name of `{name}`"), &wanted.file_name, &sent.file_name);
        let plain = |mime: &str| if mime.is_empty() { "text/plain" } else { mime }.to_owned();
        let essence = |mime: &str| mime.split(';').next().unwrap_or_default().trim().to_owned();
        let sent_mime = essence(&plain(sent.mime.as_deref().unwrap_or_default()));
        differ(found, &format!("type of `{name}`"), &essence(&plain(&wanted.mime)), &sent_mime);
        if !same_part(&sent.content, &wanted.content) {
            found.push(format!("`{name}`: wanted {:?}, sent {:?}", wanted.content, sent.content));
        }
    }
}

fn same_part(one: &str, other: &str) -> bool {
    let json = |text: &str| from_slice::<Json>(text.as_bytes()).ok();
    one == other || matches!((json(one), json(other)), (Some(a), Some(b)) if same(&a, &b))
}

/// The description of an error with the body of its response.
pub(super) fn describe(error: &Error) -> String {
    let body = error.body().map(|it| String::from_utf8_lossy(it).into_owned());
    let status = error.status().map(|it| format!("status {}, ", it.as_u16())).unwrap_or_default();
    let source = std::error::Error::source(error).map(|it| format!(": {it}")).unwrap_or_default();
    format!("{status}{error}{source}\n  body: {}", body.as_deref().unwrap_or("none"))
}

/// The text of an event as JSON, or as a string if it is not JSON.
pub(super) fn json_or_text(sample: &str) -> Json {
    from_slice(sample.as_bytes()).unwrap_or_else(|_| sample.into())
}
