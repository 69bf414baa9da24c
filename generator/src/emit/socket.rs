//! Sockets: the channel, its builder, and an enum of the messages of each direction where they come in several frames.

use super::types::{From, ty, wire};
use super::{Cx, operation, text};
use crate::ir::{Id, Messages, Operation, Socket, Success};
use crate::name::RustIdent;
use proc_macro2::TokenStream;
use quote::quote;

/// The socket that an operation opens, if it opens one.
pub(super) fn of(operation: &Operation) -> Option<&Socket> {
    match &operation.success {
        Success::Socket(it) => Some(it),
        _ => None,
    }
}

/// The attribute of each item of a socket, which is there only with the feature.
pub(super) fn gate() -> TokenStream {
    quote!(#[cfg(feature = "websocket")])
}

/// The static that describes the channel.
pub(super) fn description(cx: Cx<'_>, id: Id<Operation>) -> TokenStream {
    let operation = &cx.api.operations[id];
    let constant = &cx.names.operation(id).constant;
    let label = operation::label(cx, id);
    let path = operation::template(operation);
    let details = operation::address(operation);
    let gate = gate();
    quote! {
        #gate
        static #constant: runtime::socket::Channel =
            runtime::socket::Channel::new(#label, #path) #(#details)*;
    }
}

/// The builder, and the enums of messages.
pub(super) fn builder(
    cx: Cx<'_>,
    id: Id<Operation>,
    it: &Socket,
    setters: &[TokenStream],
) -> TokenStream {
    let operation = &cx.api.operations[id];
    let names = cx.names.operation(id);
    let handle = &cx.names.resource(operation.resource).handle;
    let (method, builder) = (&names.method, &names.builder);
    let [sent, received] = messages(cx, id, it);
    let gate = gate();
    let setters = (!setters.is_empty()).then(|| quote!(#gate impl #builder { #(#setters)* }));
    let frames = names.frames.as_ref().map(|[client, server]| {
        let client = frames(cx, client, &it.sent, Direction::Sent);
        let server = frames(cx, server, &it.received, Direction::Received);
        quote!(#client #server)
    });
    quote! {
        #gate
        runtime::channel!(#builder for #handle::#method -> send #sent, receive #received);
        #setters
        #frames
    }
}

/// The types of the messages of both directions.
pub(super) fn messages(cx: Cx<'_>, id: Id<Operation>, it: &Socket) -> [TokenStream; 2] {
    let frames = cx.names.operation(id).frames.as_ref();
    let one = |index: usize, it: &Messages| match (&it.json, is_one_frame(cx, it)) {
        (Some(json), true) => ty(cx, json, From::Outside),
        (None, true) if it.binary => quote!(runtime::Bytes),
        (None, true) => quote!(runtime::socket::RawMessage),
        (_, false) => {
            let name = frames.map(|it| &it[index]);
            quote!(#name)
        }
    };
    [one(0, &it.sent), one(1, &it.received)]
}

/// All messages are JSON that says by its type how it is written, or all are bytes, or there are none.
fn is_one_frame(cx: Cx<'_>, it: &Messages) -> bool {
    let is_coded = it.json.as_ref().is_some_and(|it| wire(cx, it, From::Outside).is_some());
    it.words.is_none() && !is_coded && !(it.binary && it.json.is_some())
}

#[derive(Clone, Copy)]
enum Direction {
    Sent,
    Received,
}

/// The enum of the frames of one direction, where there are several.
fn frames(
    cx: Cx<'_>,
    name: &RustIdent,
    it: &Messages,
    direction: Direction,
) -> Option<TokenStream> {
    if is_one_frame(cx, it) {
        return None;
    }
    let (verb, docs) = match direction {
        Direction::Sent => (quote!(send), "A message that the client sends."),
        Direction::Received => (quote!(receive), "A message that the server sends."),
    };
    let docs = text::comment(&[docs.to_owned()]);
    let mut variants = Vec::new();
    let mut rows = Vec::new();
    // The first row that fits a received message wins, and a word may be any text.
    if let Some(json) = &it.json {
        let codec = wire(cx, json, From::Outside).map(|it| quote!(as #it));
        let json = ty(cx, json, From::Outside);
        variants.push(quote!(#[doc = " JSON."] Json(#json)));
        rows.push(quote!(Json(it) = json #codec));
    }
    if let Some(words) = &it.words {
        let words = ty(cx, words, From::Outside);
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
