//! Sockets: the channel, its builder, and an enum of the messages of each direction where they come in several frames.

use super::types::{From, as_codec, rust_type};
use super::{EmitCx, operation, text};
use crate::ir::{Id, Operation};
use crate::plan::MessagesPlan;
use proc_macro2::TokenStream;
use quote::quote;

/// The attribute of each item of a socket, which is there only with the feature.
pub(crate) fn gate() -> TokenStream {
    quote!(#[cfg(feature = "websocket")])
}

/// The static that describes the channel.
pub(super) fn description(cx: EmitCx<'_>, id: Id<Operation>) -> TokenStream {
    let operation = &cx.api.operations[id];
    let constant = &cx.names.operation(id).constant;
    let label = operation::label(cx, id);
    let path = operation::template(operation);
    let fields = operation::address(operation, cx.plans.operation(id));
    let new = quote!(runtime::Operation::new(#label, runtime::Method::Get, #path));
    let value = operation::with_fields(&quote!(runtime::Operation), &fields, &new);
    let gate = gate();
    quote! {
        #gate
        static #constant: runtime::socket::Channel = runtime::socket::Channel::of(#value);
    }
}

/// The builder, and the enums of messages.
pub(super) fn builder(
    cx: EmitCx<'_>,
    id: Id<Operation>,
    both: &[MessagesPlan<'_>; 2],
    setters: &[TokenStream],
) -> TokenStream {
    let operation = &cx.api.operations[id];
    let names = cx.names.operation(id);
    let handle = &cx.names.resource(operation.resource).handle;
    let (method, builder) = (&names.method, &names.builder);
    let [sent, received] = messages(cx, both);
    let gate = gate();
    let setters = (!setters.is_empty()).then(|| quote!(#gate impl #builder { #(#setters)* }));
    let [client, server] = both;
    let client = frames(cx, client, Direction::Sent);
    let server = frames(cx, server, Direction::Received);
    quote! {
        #gate
        runtime::channel!(#builder for #handle::#method -> send #sent, receive #received);
        #setters
        #client
        #server
    }
}

/// The types of the messages of both directions.
pub(super) fn messages(cx: EmitCx<'_>, both: &[MessagesPlan<'_>; 2]) -> [TokenStream; 2] {
    both.each_ref().map(|it| match (it.frames, &it.json) {
        (Some(name), _) => quote!(#name),
        (None, Some(json)) => rust_type(cx, &json.ty, From::Outside),
        (None, None) if it.binary => quote!(runtime::Bytes),
        (None, None) => quote!(runtime::socket::RawMessage),
    })
}

#[derive(Clone, Copy)]
enum Direction {
    Sent,
    Received,
}

/// The enum of the frames of one direction, where there are several.
fn frames(cx: EmitCx<'_>, it: &MessagesPlan<'_>, direction: Direction) -> Option<TokenStream> {
    let name = it.frames?;
    let (verb, docs) = match direction {
        Direction::Sent => (quote!(send), "A message that the client sends."),
        Direction::Received => (quote!(receive), "A message that the server sends."),
    };
    let docs = text::comment(&[docs.to_owned()]);
    let mut variants = Vec::new();
    let mut rows = Vec::new();
    // The first row that fits a received message wins, and a word may be any text.
    if let Some(json) = &it.json {
        let codec = as_codec(json, From::Outside);
        let json = rust_type(cx, &json.ty, From::Outside);
        variants.push(quote!(#[doc = " JSON."] Json(#json)));
        rows.push(quote!(Json(it) = json #codec));
    }
    if let Some(words) = &it.words {
        let words = rust_type(cx, words, From::Outside);
        variants.push(quote!(#[doc = " A word."] Text(#words)));
        rows.push(quote!(Text(it) = text));
    }
    if it.binary {
        variants.push(quote!(
            #[doc = " Bytes."]
            Binary(runtime::Bytes)
        ));
        rows.push(quote!(Binary(it) = binary));
    }
    let gate = gate();
    Some(quote! {
        #gate
        #docs
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }
        #gate
        runtime::messages!(#verb #name { #(#rows),* });
    })
}
