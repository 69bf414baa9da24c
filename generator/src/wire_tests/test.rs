//! The test of an operation: what its call sends, and what it makes of each declared answer.

use super::body::Sent;
use super::call::{self, Extent, TestedCall};
use super::expected::{self, ExpectedRequest};
use super::parts::{FILE, SentPart};
use super::sample::{SampleRequest, Samples};
use super::{channel, response, value};
use crate::emit::{EmitCx, files, resource};
use crate::ir::{BodyContent, Id, Operation, Resource, Success, Type, ValueHint};
use crate::load::Json;
use crate::plan::Imports;
use proc_macro2::TokenStream;
use quote::quote;

/// The tests of a resource, if any of its calls can be made; false where all of them are of sockets.
pub(super) fn resource(
    samples: &Samples<'_>,
    krate: &str,
    id: Id<Resource>,
) -> Option<(files::Code, bool)> {
    let cx = samples.cx;
    let mut imports = Imports::default();
    let calls = resource::operations(cx, id).filter_map(|id| test(samples, id, &mut imports));
    let calls: Vec<_> = calls.collect();
    let sockets = resource::operations(cx, id).filter_map(|id| channel::test(samples, krate, id));
    let sockets: Vec<_> = sockets.collect();
    if calls.is_empty() && sockets.is_empty() {
        return None;
    }
    let code = files::Code {
        about: format!(
            "What calls to {} put on the wire, and what they make of answers.",
            resource::words(cx, id)
        ),
        emitter: "wire/test.rs",
        imports: match calls.is_empty() {
            true => TokenStream::new(),
            false => uses(cx, krate, &imports),
        },
        items: quote!(#(#calls)* #(#sockets)*),
    };
    Some((code, !calls.is_empty()))
}

/// The `use` lines of a file of tests.
pub(super) fn uses(cx: EmitCx<'_>, krate: &str, imports: &Imports) -> TokenStream {
    let (krate, module) = (super::ident(krate), &cx.names.module);
    let types = (!imports.types.is_empty()).then(|| quote!(use ::#krate::#module::types;));
    let runtime = (!imports.runtime.is_empty()).then(|| {
        quote!(
            use client_runtime as runtime;
        )
    });
    quote! {
        #runtime
        use client_runtime::testing::wire;
        #types
    }
}

pub(super) fn test(
    samples: &Samples<'_>,
    id: Id<Operation>,
    imports: &mut Imports,
) -> Option<TokenStream> {
    let cx = samples.cx;
    let operation = &cx.api.operations[id];
    if matches!(operation.success, Success::Socket(_)) {
        return None;
    }
    let values = call::params(samples, id)?;
    let body = body(samples, id, SampleRequest::FULL);
    let all = TestedCall { id, values: &values, body: body.as_ref(), extent: Extent::All };
    let call = call::tokens(cx, &all, imports);
    let least = least(samples, &all, imports);
    let given = all.given(cx, least.is_none());
    let expected = expected::request(cx, id, &values, body.as_ref());
    let label = label(cx, id);
    let deprecated = call::deprecation(cx, &all);
    let name = &cx.names.operation(id).method;
    let ignored = samples.reason_to_ignore(id);
    let answers = response::all(samples, id, imports).into_iter().chain(least);
    let first = expected.clone().asking(operation.setting.as_ref());
    let first = exchange(&label, &first, &given, &call, &answers.collect::<Vec<_>>());
    let others = operation.terminals.iter().zip(&cx.plans.operation(id).others);
    let others = others.map(|(it, plan)| {
        let mut expected = expected.clone().asking(it.setting.as_ref());
        expected.header("accept", &it.accept);
        let answers = response::asked_for(samples, id, &it.response, plan, imports);
        exchange(&label, &expected, &given, &call, &answers)
    });
    Some(quote! {
        #[test]
        #ignored
        #deprecated
        fn #name() {
            #first
            #(#others)*
        }
    })
}

fn exchange(
    label: &str,
    expected: &ExpectedRequest,
    given: &TokenStream,
    call: &TokenStream,
    answers: &[TokenStream],
) -> TokenStream {
    let request = request(expected);
    let stays = expected.elsewhere.then(|| quote!(exchange.stay_local();));
    quote! {
        let request = #request;
        let mut exchange = wire::Exchange::new(#label, request, crate::client, |client| #call);
        exchange.given(#given);
        #stays
        #(exchange #answers;)*
        exchange.finish();
    }
}

/// The operation's name in the document, or its method there and in the client.
pub(super) fn label(cx: EmitCx<'_>, id: Id<Operation>) -> String {
    let operation = &cx.api.operations[id];
    let named = operation.wire_name.clone();
    named.unwrap_or_else(|| format!("{:?} {}", operation.method, operation.path))
}

/// The call with what is required alone, if that is less than all.
fn least(
    samples: &Samples<'_>,
    all: &TestedCall<'_>,
    imports: &mut Imports,
) -> Option<TokenStream> {
    let operation = &samples.cx.api.operations[all.id];
    let body = body(samples, all.id, SampleRequest { full: false, ..SampleRequest::FULL });
    let fits = |it: &Json| match operation.body.as_ref().map(|it| &it.content) {
        Some(BodyContent::Json(ty) | BodyContent::Form(ty, _)) => samples.fits(ty, it),
        Some(BodyContent::Multipart(id, _)) => samples.fits(&Type::Def(*id), it),
        _ => true,
    };
    let body = body.filter(fits).or_else(|| all.body.cloned());
    if !samples.cx.plans.operation(all.id).has_optional() && body.as_ref() == all.body {
        return None;
    }
    let least = TestedCall { body: body.as_ref(), extent: Extent::Required, ..*all };
    let (given, call) = (least.given(samples.cx, true), call::tokens(samples.cx, &least, imports));
    Some(quote!(.least(#given, |client| #call, |call| call.send())))
}

fn body(samples: &Samples<'_>, id: Id<Operation>, wish: SampleRequest) -> Option<Json> {
    let operation = &samples.cx.api.operations[id];
    let body = operation.body.as_ref()?;
    let contents = samples.hints().bodies.get(&id).into_iter().flatten();
    let own = contents.into_iter().find(|it| it.mime == body.mime).map(|it| it.hint.clone());
    let hint = own.unwrap_or_default();
    Some(match &body.content {
        BodyContent::Json(ty) => samples.of(wish, ty, &hint),
        // Only between two items is there a delimiter.
        BodyContent::Form(ty, _) => samples.of(SampleRequest { items: 2, ..wish }, ty, &hint),
        BodyContent::Values(ty, _) => {
            let wish = SampleRequest { items: 2, ..wish };
            samples.of(wish, &Type::List(Box::new(ty.clone())), &hint)
        }
        BodyContent::Multipart(id, _) => samples.of(wish, &Type::Def(*id), &hint),
        BodyContent::Text | BodyContent::Bytes | BodyContent::Parts => "content".into(),
    })
}

pub(super) fn request(expected: &ExpectedRequest) -> TokenStream {
    let (method, url) = (expected.method, &expected.url);
    let pairs = |name: &str, pairs: &[(String, String)]| -> Vec<TokenStream> {
        let method = proc_macro2::Ident::new(name, proc_macro2::Span::call_site());
        pairs.iter().map(|(name, value)| quote!(.#method(#name, #value))).collect()
    };
    let query = pairs("query", &expected.query);
    let headers = expected.headers.iter().map(|(name, value)| quote!(.header(#name, #value)));
    let cookies = pairs("cookie", &expected.cookies);
    let body = match &expected.body {
        Sent::Nothing => Vec::new(),
        Sent::Json { mime, json } => {
            let json = value::json(json);
            vec![quote!(.json(#mime, #json))]
        }
        Sent::Form(found) => [vec![quote!(.form())], pairs("field", found)].concat(),
        Sent::Parts { mime, parts } => {
            [vec![quote!(.multipart(#mime))], parts.iter().map(part).collect()].concat()
        }
        Sent::Values { mime, list } => {
            let list = value::json(list);
            vec![quote!(.values(#mime, #list))]
        }
        Sent::Content { mime, text } => vec![quote!(.content(#mime, #text))],
    };
    quote!(wire::ExpectedRequest::new(#method, #url) #(#query)* #(#headers)* #(#cookies)* #(#body)*)
}

fn part(part: &SentPart) -> TokenStream {
    let (name, content) = (&part.name, &part.content);
    let mime = part.mime.as_deref().unwrap_or_default();
    match part.file {
        true => {
            quote!(.file(#name, #FILE, #mime, #content))
        }
        false => quote!(.part(#name, #mime, #content)),
    }
}

/// The hint of a value that the document says nothing of.
pub(super) fn no_hint() -> ValueHint {
    ValueHint::default()
}
