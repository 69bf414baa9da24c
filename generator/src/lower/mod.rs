//! From openapiv3's pieces to what a client must express.

mod accept;
mod auth;
mod body;
mod bounds;
mod calls;
mod clearable;
mod combine;
mod components;
mod constants;
mod docs;
mod empty_values;
mod encoding;
mod enums;
mod errors;
mod event;
mod event_kinds;
mod external;
mod finite;
mod flags;
mod flows;
mod header;
mod heirs;
mod hint;
mod joint;
mod media;
mod memo;
mod merge;
mod nesting;
mod null;
mod object;
mod operation;
mod origin;
mod paging;
mod pairs;
mod params;
mod parts;
mod path;
mod prune;
mod reach;
mod resource;
mod response;
mod response_header;
mod retry;
mod scalar;
mod schema;
mod server;
mod socket;
mod stated;
mod status;
mod streaming;
mod tags;
mod terminals;
#[cfg(test)]
mod tests;
mod texts;
mod through;
mod union;
mod untag;
mod variants;
mod waiting;

pub(crate) use calls::without_place;
pub(crate) use hint::hints;
pub(crate) use operation::is_method;
pub(crate) use paging::key as paging_key;
pub use resource::Proposal;
pub(crate) use resource::propose;
pub(crate) use stated::StatedExamples;

use crate::config;
use crate::diag::{Sink, SpecPtr};
use crate::ir::{
    Api, Externals, FixedHeader, Id, Operation, Resource, ResponseHeader, Scheme, Server, Table,
    TypeDef,
};
use crate::load::{Document, Reported};
use indexmap::IndexMap;
use memo::{Memo, MemoKey};
use std::collections::{HashMap, HashSet};

/// Lowers a document. What cannot be understood is reported and left out.
pub(crate) fn lower(document: &Document, client: &config::Client, sink: &mut Sink) -> Api {
    let mut cx = LowerCx::new(document, client, sink);
    cx.server = server::of_document(&mut cx);
    cx.schemes = auth::schemes(&mut cx);
    let retry = retry::policy(&mut cx, &document.root());
    components::reserve(&mut cx);
    components::fill(&mut cx);
    if bounds::chain(&mut cx).is_ok() {
        operation::all(&mut cx);
        event::report_unread(&mut cx);
        auth::drop_unused(&mut cx);
    }
    let (title, version, docs, notices) = docs::info(&mut cx);
    server::report_others(&mut cx);
    let (referenced, selection) = (reach::referenced(&cx), document.selection.as_ref());
    let left_out = selection.map_or(0, |it| it.operations);
    let kept = selection.map(|_| components::kept(&cx));
    let mut api = Api {
        title,
        version,
        docs,
        notices,
        server: cx.server,
        schemes: cx.schemes.into_values().collect(),
        headers: cx.headers.into_values().collect(),
        response_headers: cx.response_headers.into_values().collect(),
        types: cx.types,
        externals: cx.externals,
        derives: client.types.derive.iter().cloned().collect(),
        derives_at: client.types.derive_at.clone(),
        undocumented: client.undocumented.clone(),
        referenced,
        kept,
        operations: cx.operations,
        retry,
        declared_operations: cx.declared_operations + left_out,
        resources: Table::default(),
        resources_from: String::new(),
    };
    if cx.stopped {
        return Api { types: Table::default(), operations: Table::default(), ..api };
    }
    prune::run(&mut api, cx.sink);
    response_header::settle(&mut api);
    parts::run(&mut api, cx.sink);
    flags::settle(&mut api, &cx.flags, cx.sink);
    constants::of_tags(&mut api);
    finite::run(&mut api, cx.sink);
    untag::run(&mut api, cx.sink);
    if cx.has_clearable {
        clearable::settle(&mut api, document);
    }
    texts::run(&mut api);
    combine::run(&mut api, document, cx.sink);
    constants::of_absence(&mut api);
    resource::group(&mut api, document, client, cx.sink);
    paging::infer(&mut api, document, client, cx.sink);
    waiting::take(&mut api, client, cx.sink);
    api
}

/// The state of the lowering.
struct LowerCx<'a> {
    document: &'a Document,
    client: &'a config::Client,
    sink: &'a mut Sink,
    /// The API's own, from which that of an operation may differ.
    server: Server,
    /// Schemes that a client can follow.
    schemes: IndexMap<String, Scheme>,
    types: Table<TypeDef>,
    externals: Externals,
    operations: Table<Operation>,
    declared_operations: usize,
    /// The resource of every operation, until all operations are known.
    resource: Id<Resource>,
    /// Headers that may be the client's.
    shared_headers: header::Shared,
    /// Those that are, by their names in lower case.
    headers: IndexMap<String, FixedHeader>,
    /// Those that responses may have, by the same.
    response_headers: IndexMap<String, ResponseHeader>,
    /// Schemas that are being read within each other.
    nested: usize,
    /// Properties so far.
    properties: usize,
    /// True if a limit was exceeded.
    stopped: bool,
    /// True if the document has a retry policy somewhere.
    has_retries: bool,
    /// True if a property may take an empty text that clears it.
    has_clearable: bool,
    /// Schemas that describe a stream, and are no types of their own.
    absorbed: HashSet<SpecPtr>,
    /// Booleans and fractions of which one value is allowed.
    flags: flags::Flags,
    /// The state of each schema so far, and of each group of schemas.
    memo: HashMap<MemoKey, Memo>,
    /// The places of types that have no name of their own.
    places: HashSet<SpecPtr>,
    /// Schemas that are variants of a schema with a discriminator, by the place of the latter.
    children: HashMap<SpecPtr, Vec<String>>,
    /// The entries of mappings for the variants of a variant, by the place of the latter: property, value and schema.
    handed_down: HashMap<SpecPtr, Vec<(String, String, SpecPtr)>>,
    /// The places that variants of a union stand for or extend, by the union's place, once asked for.
    reached: HashMap<SpecPtr, HashSet<SpecPtr>>,
    /// Words for the variants of lists of schemas, by the list's place.
    siblings: HashMap<SpecPtr, Vec<String>>,
    /// Entries of mappings that were reported.
    told: HashSet<SpecPtr>,
}

impl<'a> LowerCx<'a> {
    fn new(document: &'a Document, client: &'a config::Client, sink: &'a mut Sink) -> Self {
        Self {
            document,
            client,
            sink,
            server: Server::default(),
            schemes: IndexMap::new(),
            types: Table::default(),
            externals: Externals::default(),
            operations: Table::default(),
            declared_operations: 0,
            resource: resource::unknown(),
            shared_headers: header::Shared::of(document),
            headers: IndexMap::new(),
            response_headers: IndexMap::new(),
            nested: 0,
            properties: 0,
            stopped: false,
            has_retries: false,
            has_clearable: false,
            absorbed: HashSet::new(),
            flags: flags::Flags::default(),
            memo: HashMap::new(),
            places: HashSet::new(),
            children: HashMap::new(),
            handed_down: HashMap::new(),
            reached: HashMap::new(),
            siblings: HashMap::new(),
            told: HashSet::new(),
        }
    }

    fn remember(&mut self, key: MemoKey, outcome: &Result<schema::Lowered, Reported>) {
        let memo = match outcome {
            Ok(lowered) => Memo::Known(lowered.clone()),
            Err(Reported) => Memo::Refused,
        };
        self.memo.insert(key, memo);
    }

    fn define(&mut self, def: TypeDef) -> Id<TypeDef> {
        self.types.push(def)
    }
}
