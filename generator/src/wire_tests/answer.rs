//! The answers that an operation may get, and what its call must make of them.

use super::sample::{Samples, Wish};
use super::{test, value};
use crate::emit::types::{From, wire};
use crate::ir::{
    Content, ErrorCase, Id, ItemFraming, Operation, OutcomeBody, OutcomeCase, Shape, Success, Tag,
    Terminal, Type, TypeDef,
};
use crate::load::Json;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// The statuses of a document, and codes for them that no two share.
struct Codes<'a> {
    declared: Vec<&'a str>,
}

impl Codes<'_> {
    /// A code for `200`, `2XX` or `default`.
    fn of(&self, status: &str, class: u16) -> Literal {
        Literal::u16_unsuffixed(self.code(status, class))
    }

    fn code(&self, status: &str, class: u16) -> u16 {
        if let Ok(code) = status.parse() {
            return code;
        }
        let class = status
            .chars()
            .next()
            .and_then(|it| it.to_digit(10))
            .map_or(class, |it| u16::try_from(it).unwrap_or(class));
        let free = |code: &u16| !self.declared.contains(&code.to_string().as_str());
        (class * 100..class * 100 + 100).find(free).unwrap_or(class * 100)
    }
}

/// Each declared answer as a call of `Exchange`: `.json(200, …)`.
pub(super) fn all(samples: &Samples<'_>, id: Id<Operation>) -> Vec<TokenStream> {
    let operation = &samples.cx.api.operations[id];
    let contents = contents(samples, id);
    let codes = Codes { declared: contents.iter().map(|it| it.status.as_str()).collect() };
    let mut found = match &operation.success {
        Success::Outcome(ty) => outcomes(samples, &codes, contents, *ty),
        other => successes(samples, &codes, contents, operation, other),
    };
    found.extend(operation.errors.iter().map(|it| error(samples, &codes, contents, it)));
    found
}

/// A response of another kind than the one that `send` gives.
pub(super) fn asked_for(
    samples: &Samples<'_>,
    id: Id<Operation>,
    terminal: &Terminal,
) -> Vec<TokenStream> {
    let contents = contents(samples, id);
    let codes = Codes { declared: contents.iter().map(|it| it.status.as_str()).collect() };
    let code = codes.of(good(contents)[0], 2);
    let mime = terminal.accept.split([',', ';']).next().unwrap_or_default();
    let send = Ident::new(terminal.method(), Span::call_site());
    match &terminal.response {
        Success::Events(ty) => vec![event(samples, ty, &code, &send)],
        Success::Lines(ty, framing) => vec![item(samples, ty, *framing, &code, &send)],
        Success::Bytes => vec![quote!(.bytes(#code, #mime, |call| call.#send()))],
        Success::Text => vec![quote!(.text(#code, #mime, "text", |call| call.#send()))],
        Success::Nothing | Success::Json(_) | Success::Outcome(_) | Success::Socket(_) => {
            Vec::new()
        }
    }
}

/// A response of one event.
fn event(samples: &Samples<'_>, ty: &Type, code: &Literal, send: &Ident) -> TokenStream {
    let sample = samples.of(Wish::ANSWER, ty, &test::no_hint());
    let is_named = match samples.cx.api.types.behind(ty) {
        Type::Def(id) => {
            matches!(&samples.cx.api.types[*id].shape, Shape::Union(it) if it.tag == Tag::Event)
        }
        _ => false,
    };
    if let (true, Some(name)) = (is_named, sample["event"].as_str()) {
        // A text has no quotes there.
        let data = match &sample["data"] {
            Json::String(text) => quote!(#text),
            other => value::json_line(other),
        };
        let whole = value::json_line(&sample);
        return quote!(.named_event(#code, #name, #data, #whole, |call| call.#send()));
    }
    let line = value::json_line(&sample);
    match wire(samples.cx, ty, From::Outside) {
        Some(it) => quote!(.events_as::<#it, _>(#code, #line, |call| call.#send())),
        None => quote!(.events(#code, #line, |call| call.#send())),
    }
}

/// A response of one line, or of one value.
fn item(
    samples: &Samples<'_>,
    ty: &Type,
    framing: ItemFraming,
    code: &Literal,
    send: &Ident,
) -> TokenStream {
    let line = match framing {
        ItemFraming::Text => quote!("text"),
        ItemFraming::Lines | ItemFraming::Values | ItemFraming::Array => line(samples, ty),
    };
    match wire(samples.cx, ty, From::Outside) {
        Some(it) => quote!(.lines_as::<#it, _>(#code, #line, |call| call.#send())),
        None => quote!(.lines(#code, #line, |call| call.#send())),
    }
}

fn contents<'a>(samples: &Samples<'a>, id: Id<Operation>) -> &'a [Content] {
    samples.hints().answers.get(&id).map(Vec::as_slice).unwrap_or_default()
}

/// The statuses that mean success, each once.
fn good(contents: &[Content]) -> Vec<&str> {
    let any = contents.iter().any(|it| it.status.starts_with('2'));
    let good = contents.iter().map(|it| it.status.as_str());
    let good = good.filter(|it| it.starts_with('2') || (*it == "default" && !any));
    let mut good: Vec<_> = good.collect();
    good.dedup();
    if good.is_empty() { vec!["200"] } else { good }
}

fn successes(
    samples: &Samples<'_>,
    codes: &Codes<'_>,
    contents: &[Content],
    operation: &Operation,
    success: &Success,
) -> Vec<TokenStream> {
    let has = |status: &str, word: &str| {
        contents.iter().any(|it| it.status == status && it.mime.to_ascii_lowercase().contains(word))
    };
    let fits = |status: &&str| match success {
        Success::Events(_) => has(status, "event-stream"),
        Success::Lines(..) => has(status, "json"),
        _ => true,
    };
    let mut good = good(contents);
    // A stream that only an extension or client.yaml tells of comes with the declared statuses.
    if good.iter().any(fits) {
        good.retain(fits);
    }
    let send = Ident::new("send", Span::call_site());
    let answers = good.into_iter().map(|status| {
        let code = codes.of(status, 2);
        match success {
            Success::Nothing | Success::Outcome(_) | Success::Socket(_) => {
                quote!(.nothing(#code, |call| call.send()))
            }
            Success::Json(ty) => {
                let json = value::json(&json(samples, contents, status, ty));
                let codec = wire(samples.cx, ty, From::Outside);
                match (codec, operation.paging.is_some()) {
                    (Some(codec), true) => {
                        quote!(.page_as::<#codec, _>(#code, #json, |call| call.send()))
                    }
                    (Some(codec), false) => {
                        quote!(.json_as::<#codec, _>(#code, #json, |call| call.send()))
                    }
                    (None, true) => quote!(.page(#code, #json, |call| call.send())),
                    (None, false) => quote!(.json(#code, #json, |call| call.send())),
                }
            }
            Success::Text => {
                let mime = mime(contents, status, "text/plain");
                quote!(.text(#code, #mime, "text", |call| call.send()))
            }
            Success::Bytes => {
                let mime = mime(contents, status, "application/octet-stream");
                quote!(.bytes(#code, #mime, |call| call.send()))
            }
            Success::Events(ty) => event(samples, ty, &code, &send),
            Success::Lines(ty, framing) => item(samples, ty, *framing, &code, &send),
        }
    });
    answers.collect()
}

/// The first media type of a status.
fn mime<'a>(contents: &'a [Content], status: &str, usual: &'a str) -> &'a str {
    let own = contents.iter().find(|it| it.status == status && !it.mime.is_empty());
    own.map_or(usual, |it| it.mime.as_str()).split(';').next().unwrap_or(usual)
}

/// A sample of what a status brings.
fn json(samples: &Samples<'_>, contents: &[Content], status: &str, ty: &Type) -> Json {
    let own = contents.iter().find(|it| it.status == status && it.mime.contains("json"));
    let hint = own.map(|it| it.hint.clone()).unwrap_or_default();
    samples.of(Wish::ANSWER, ty, &hint)
}

fn line(samples: &Samples<'_>, ty: &Type) -> TokenStream {
    value::json_line(&samples.of(Wish::ANSWER, ty, &test::no_hint()))
}

fn outcomes(
    samples: &Samples<'_>,
    codes: &Codes<'_>,
    contents: &[Content],
    id: Id<TypeDef>,
) -> Vec<TokenStream> {
    let cx = samples.cx;
    let Shape::Outcome(cases) = &cx.api.types[id].shape else { return Vec::new() };
    let cases = cases.iter().zip(cx.names.members(id)).map(|(case, name)| {
        let code = codes.of(&case.status, 2);
        let ty = test::named(cx, &Type::Def(id));
        let held = match &case.body {
            OutcomeBody::Nothing => quote!(#ty::#name),
            OutcomeBody::Json(_) | OutcomeBody::Text | OutcomeBody::Bytes => quote!(#ty::#name(_)),
        };
        let (mime, body) = carried(samples, contents, case);
        quote!(.response_enum(#code, #mime, #body, |call| call.send(), |it| matches!(it, #held)))
    });
    cases.collect()
}

fn carried(
    samples: &Samples<'_>,
    contents: &[Content],
    case: &OutcomeCase,
) -> (TokenStream, TokenStream) {
    let usual = match &case.body {
        OutcomeBody::Nothing => "",
        OutcomeBody::Json(_) => "application/json",
        OutcomeBody::Text => "text/plain",
        OutcomeBody::Bytes => "application/octet-stream",
    };
    let mime = match &case.body {
        OutcomeBody::Json(_) => {
            let own =
                contents.iter().find(|it| it.status == case.status && it.mime.contains("json"));
            own.map_or(usual, |it| it.mime.as_str())
        }
        OutcomeBody::Nothing | OutcomeBody::Text | OutcomeBody::Bytes => {
            mime(contents, &case.status, usual)
        }
    };
    let body = match &case.body {
        OutcomeBody::Nothing => quote!(""),
        OutcomeBody::Json(ty) => value::json(&json(samples, contents, &case.status, ty)),
        OutcomeBody::Text | OutcomeBody::Bytes => quote!("content"),
    };
    (quote!(#mime), body)
}

fn error(
    samples: &Samples<'_>,
    codes: &Codes<'_>,
    contents: &[Content],
    case: &ErrorCase,
) -> TokenStream {
    let code = codes.of(&case.status, 5);
    // What a codec reads is no type that an error's body can be asked for as.
    let ty = case.ty.as_ref().filter(|it| wire(samples.cx, it, From::Outside).is_none());
    let Some(ty) = ty else { return quote!(.error(#code, |call| call.send())) };
    let json = value::json(&json(samples, contents, &case.status, ty));
    let ty = test::named(samples.cx, ty);
    quote!(.error_as::<#ty, _>(#code, #json, |call| call.send()))
}
