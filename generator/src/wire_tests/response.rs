//! The answers that an operation may get, and what its call must make of them.

use super::sample::{SampleRequest, Samples};
use super::{test, value};
use crate::emit::types::{self, From};
use crate::ir::{
    Content, ErrorCase, Id, ItemFraming, Operation, OutcomeBody, OutcomeCase, Shape, Success, Tag,
    Type, TypeDef,
};
use crate::load::Json;
use crate::plan::{ErrorPlan, Imports, OperationPlan, ResponsePlan};
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
pub(super) fn all(
    samples: &Samples<'_>,
    id: Id<Operation>,
    imports: &mut Imports,
) -> Vec<TokenStream> {
    let operation = &samples.cx.api.operations[id];
    let plan = samples.cx.plans.operation(id);
    let contents = contents(samples, id);
    let codes = Codes { declared: contents.iter().map(|it| it.status.as_str()).collect() };
    let mut found = match &operation.success {
        Success::Outcome(ty) => {
            imports.types.insert(*ty);
            outcomes(samples, &codes, contents, *ty)
        }
        other => successes(samples, &codes, contents, plan, other, imports),
    };
    let errors = operation.errors.iter().zip(&plan.errors);
    found.extend(errors.map(|(it, plan)| error(samples, &codes, contents, it, plan, imports)));
    found
}

/// A response of another kind than the one that `send` gives.
pub(super) fn asked_for(
    samples: &Samples<'_>,
    id: Id<Operation>,
    success: &Success,
    plan: &ResponsePlan<'_>,
    imports: &mut Imports,
) -> Vec<TokenStream> {
    let contents = contents(samples, id);
    let codes = Codes { declared: contents.iter().map(|it| it.status.as_str()).collect() };
    let code = codes.of(good(contents)[0], 2);
    let mime = plan.accept.split([',', ';']).next().unwrap_or_default();
    let send = Ident::new(plan.method, Span::call_site());
    match success {
        Success::Events(ty) => vec![event(samples, ty, plan, &code, imports)],
        Success::Lines(ty, framing) => vec![item(samples, ty, *framing, plan, &code, imports)],
        Success::Bytes => vec![quote!(.bytes(#code, #mime, |call| call.#send()))],
        Success::Text => vec![quote!(.text(#code, #mime, "text", |call| call.#send()))],
        Success::Nothing | Success::Json(_) | Success::Outcome(_) | Success::Socket(_) => {
            Vec::new()
        }
    }
}

/// The codec of a response, if it needs one.
fn codec(plan: &ResponsePlan<'_>, imports: &mut Imports) -> Option<TokenStream> {
    let codec = plan.format.wire_type()?.codec.as_ref();
    imports.codec(codec);
    codec.map(|it| types::codec(it, From::Outside))
}

/// A response of one event.
fn event(
    samples: &Samples<'_>,
    ty: &Type,
    plan: &ResponsePlan<'_>,
    code: &Literal,
    imports: &mut Imports,
) -> TokenStream {
    let send = Ident::new(plan.method, Span::call_site());
    let sample = samples.of(SampleRequest::ANSWER, ty, &test::no_hint());
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
    match codec(plan, imports) {
        Some(it) => quote!(.events_as::<#it, _>(#code, #line, |call| call.#send())),
        None => quote!(.events(#code, #line, |call| call.#send())),
    }
}

/// A response of one line, or of one value.
fn item(
    samples: &Samples<'_>,
    ty: &Type,
    framing: ItemFraming,
    plan: &ResponsePlan<'_>,
    code: &Literal,
    imports: &mut Imports,
) -> TokenStream {
    let send = Ident::new(plan.method, Span::call_site());
    let line = match framing {
        ItemFraming::Text => quote!("text"),
        ItemFraming::Lines | ItemFraming::Values | ItemFraming::Array => line(samples, ty),
    };
    match codec(plan, imports) {
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
    plan: &OperationPlan<'_>,
    success: &Success,
    imports: &mut Imports,
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
    let answers = good.into_iter().map(|status| {
        let code = codes.of(status, 2);
        match success {
            Success::Nothing | Success::Outcome(_) | Success::Socket(_) => {
                quote!(.nothing(#code, |call| call.send()))
            }
            Success::Json(ty) => {
                let json = value::json(&json(samples, contents, status, ty));
                match (codec(&plan.response, imports), plan.page.is_some()) {
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
            Success::Events(ty) => event(samples, ty, &plan.response, &code, imports),
            Success::Lines(ty, framing) => {
                item(samples, ty, *framing, &plan.response, &code, imports)
            }
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
    samples.of(SampleRequest::ANSWER, ty, &hint)
}

fn line(samples: &Samples<'_>, ty: &Type) -> TokenStream {
    value::json_line(&samples.of(SampleRequest::ANSWER, ty, &test::no_hint()))
}

fn outcomes(
    samples: &Samples<'_>,
    codes: &Codes<'_>,
    contents: &[Content],
    id: Id<TypeDef>,
) -> Vec<TokenStream> {
    let cx = samples.cx;
    let Shape::Outcome(cases) = &cx.api.types[id].shape else { return Vec::new() };
    let ty = cx.names.ty(id);
    let cases = cases.iter().zip(cx.names.members(id)).map(|(case, name)| {
        let code = codes.of(&case.status, 2);
        let held = match &case.body {
            OutcomeBody::Nothing => quote!(types::#ty::#name),
            OutcomeBody::Json(_) | OutcomeBody::Text | OutcomeBody::Bytes => {
                quote!(types::#ty::#name(_))
            }
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
    plan: &ErrorPlan<'_>,
    imports: &mut Imports,
) -> TokenStream {
    let code = codes.of(&case.status, 5);
    // An error's body cannot be requested as a type that needs a codec.
    let body = plan.body.as_ref().filter(|it| it.codec.is_none());
    let (Some(ty), Some(body)) = (&case.ty, body) else {
        return quote!(.error(#code, |call| call.send()));
    };
    let json = value::json(&json(samples, contents, &case.status, ty));
    imports.ty(&body.ty);
    let ty = types::rust_type(samples.cx, &body.ty, From::Outside);
    quote!(.error_as::<#ty, _>(#code, #json, |call| call.send()))
}
