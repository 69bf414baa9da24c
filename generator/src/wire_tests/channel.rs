//! The test of a channel: what opens its socket, and what it makes of each message that goes over it.

use super::call::{self, Extent, TestedCall};
use super::expected;
use super::sample::{SampleRequest, Samples};
use super::{ident, test, value};
use crate::emit::resource;
use crate::emit::types::{From, as_codec, rust_type};
use crate::ir::{Id, Messages, Operation, Shape, Socket, Success, Type};
use crate::load::Json;
use crate::plan::{Imports, MessagesPlan, behind};
use proc_macro2::TokenStream;
use quote::quote;

/// The most messages of one direction of which a test has a sample.
const MAX_MESSAGES: usize = 100;

/// A message as the test writes it, and as it is on the wire.
struct SampleMessage {
    typed: TokenStream,
    raw: TokenStream,
}

/// The test of an operation that opens a socket; none if its required parameters have no values.
pub(super) fn test(samples: &Samples<'_>, krate: &str, id: Id<Operation>) -> Option<TokenStream> {
    let cx = samples.cx;
    let operation = &cx.api.operations[id];
    let Success::Socket(Socket { sent, received }) = &operation.success else { return None };
    let [client, server] = cx.plans.operation(id).socket()?;
    let values = call::params(samples, id)?;
    let mut imports = Imports::default();
    let all = TestedCall { id, values: &values, body: None, extent: Extent::All };
    let call = call::tokens(cx, &all, &mut imports);
    let deprecated = call::deprecation(cx, &all);
    let mut expected = expected::request(cx, id, &values, None);
    expected.headers.shift_remove("accept");
    for (socket, http) in [("ws://", "http://"), ("wss://", "https://")] {
        if let Some(rest) = expected.url.strip_prefix(socket) {
            expected.url = format!("{http}{rest}");
        }
    }
    let stays = expected.elsewhere.then(|| quote!(channel.stay_local();));
    let request = test::request(&expected);
    let label = test::label(cx, id);
    let path = module_path(samples, krate, id);
    let sent = ChannelCx { samples }.sent(client, sent, &mut imports);
    let received = ChannelCx { samples }.received(server, received, &mut imports);
    let uses = test::uses(cx, krate, &imports);
    let both = [(client, &sent), (server, &received)].into_iter();
    let frames = both.filter_map(|(it, samples)| it.frames.filter(|_| samples.is_some()));
    let frames = frames.map(|it| quote!(use #path::#it;));
    let is_changed = stays.is_some() || sent.is_some() || received.is_some();
    let changes = is_changed.then(|| quote!(mut));
    let name = &cx.names.operation(id).method;
    let ignored = samples.reason_to_ignore(id);
    Some(quote! {
        #[cfg(feature = "websocket")]
        #[test]
        #ignored
        #deprecated
        fn #name() {
            #uses
            #(#frames)*
            let request = #request;
            let #changes channel = wire::SocketExchange::new(#label, request, crate::client, |client| {
                let mut opened = None;
                let _ = #call.with(|it| opened.insert(it).clone());
                opened.expect("it is called at once")
            });
            #stays
            #sent
            #received
            channel.finish();
        }
    })
}

/// The path of the module that has the enums of an operation's frames.
fn module_path(samples: &Samples<'_>, krate: &str, id: Id<Operation>) -> TokenStream {
    let cx = samples.cx;
    let (krate, module) = (ident(krate), &cx.names.module);
    let chain = resource::chain(cx, cx.api.operations[id].resource);
    let modules = chain.iter().map(|it| &it.module);
    quote!(::#krate::#module::resources #(::#modules)*)
}

struct ChannelCx<'a, 's> {
    samples: &'a Samples<'s>,
}

impl ChannelCx<'_, '_> {
    fn sent(
        &self,
        plan: &MessagesPlan<'_>,
        messages: &Messages,
        imports: &mut Imports,
    ) -> Option<TokenStream> {
        let all = self.all(plan, messages, SampleRequest::FULL, imports);
        let pairs = all.iter().map(|SampleMessage { typed, raw }| quote!((#typed, #raw)));
        (!all.is_empty()).then(|| quote!(channel.sends(&[#(#pairs),*]);))
    }

    fn received(
        &self,
        plan: &MessagesPlan<'_>,
        messages: &Messages,
        imports: &mut Imports,
    ) -> Option<TokenStream> {
        let all = self.all(plan, messages, SampleRequest::ANSWER, imports);
        let raw = all.iter().map(|it| &it.raw);
        let again = match plan.frames {
            Some(name) => {
                let json = plan.json.as_ref().filter(|it| as_codec(it, From::Outside).is_none());
                let json = json.map(|_| quote!(#name::Json(it) => wire::json_of(it),));
                let words =
                    plan.words.as_ref().map(|_| quote!(#name::Text(it) => wire::text_of(it),));
                let bytes = plan.binary.then(|| quote!(#name::Binary(it) => wire::binary(it),));
                quote!(|it: &#name| match it { #json #words #bytes _ => wire::text("") })
            }
            None if plan.json.is_none() => quote!(|it: &::client_runtime::Bytes| wire::binary(it)),
            None => {
                let json = plan.json.as_ref()?;
                let ty = rust_type(self.samples.cx, &json.ty, From::Outside);
                quote!(|it: &#ty| wire::json_of(it))
            }
        };
        (!all.is_empty()).then(|| quote!(channel.receives(&[#(#raw),*], #again);))
    }

    /// The samples of all messages of a direction.
    fn all(
        &self,
        plan: &MessagesPlan<'_>,
        messages: &Messages,
        wish: SampleRequest,
        imports: &mut Imports,
    ) -> Vec<SampleMessage> {
        let framed = |kind: &str, value: TokenStream| match plan.frames {
            Some(name) => {
                let kind = ident(kind);
                quote!(#name::#kind(#value))
            }
            None => value,
        };
        let mut found = Vec::new();
        // A codec in front of a message is one of its type's own samples.
        let json = plan.json.as_ref().filter(|it| as_codec(it, From::Outside).is_none());
        if let (Some(json), Some(ty)) = (json, &messages.json) {
            if plan.frames.is_none() {
                imports.ty(&json.ty);
            }
            for sample in self.values(ty, wish) {
                let text = value::json(&sample);
                let ty = rust_type(self.samples.cx, &json.ty, From::Outside);
                let value = match plan.frames {
                    Some(_) => quote!(wire::sample(#text)),
                    None => quote!(wire::sample::<#ty>(#text)),
                };
                found.push(SampleMessage {
                    typed: framed("Json", value),
                    raw: quote!(wire::text(#text)),
                });
            }
        }
        if let (Some(_), Some(ty)) = (&plan.words, &messages.words) {
            for sample in self.values(ty, wish) {
                let Some(word) = sample.as_str() else { continue };
                let text = value::json(&sample);
                let raw = quote!(wire::text(#word));
                found.push(SampleMessage {
                    typed: framed("Text", quote!(wire::sample(#text))),
                    raw,
                });
            }
        }
        if plan.binary {
            let typed = framed("Binary", quote!(wire::bytes()));
            found.push(SampleMessage { typed, raw: quote!(wire::binary(&wire::bytes())) });
        }
        found
    }

    /// A value of each message: all of it, and what is required alone.
    fn values(&self, ty: &Type, wish: SampleRequest) -> Vec<Json> {
        let cx = self.samples.cx;
        let count = match behind(cx.plan(), ty) {
            Type::Def(id) => match &cx.api.types[*id].shape {
                Shape::Union(it) => it.variants.len().min(MAX_MESSAGES),
                Shape::Enum(it) => it.values.len().min(MAX_MESSAGES),
                Shape::Struct(_) | Shape::Alias(_) | Shape::Outcome(_) | Shape::Broken => 1,
            },
            _ => 1,
        };
        let each = (0..count)
            .flat_map(|variant| [true, false].map(|full| SampleRequest { full, variant, ..wish }));
        let mut values = Vec::new();
        for wish in each {
            let value = self.samples.of(wish, ty, &test::no_hint());
            if self.samples.fits(ty, &value) && !values.contains(&value) {
                values.push(value);
            }
        }
        values
    }
}
