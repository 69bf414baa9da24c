//! The only place where text becomes a name: once for each thing, and pinned by `names.lock`.

mod client;
mod ident;
mod lock;
mod members;
mod operations;
mod request;
mod types;
mod values;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use client::{FlowNames, RUNTIME_FEATURES, TLS_FEATURES};
pub(crate) use ident::RustIdent;
pub use ident::is_reserved;
pub(crate) use lock::Lock;
pub(crate) use words::snake;

use request::RequestedName;

use crate::analysis::Analysis;
use crate::config;
use crate::diag::{Location, NAME_CLASH, STALE_CLIENT, Sink, SourceId, SpecPtr, nearest_name};
use crate::ir::{Api, Id, Operation, Resource, Shape, TypeDef};
use crate::load::Document;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The names of everything in a client.
#[derive(Debug)]
pub(crate) struct Names {
    pub(crate) module: RustIdent,
    types: Vec<RustIdent>,
    /// The same names as text.
    spelled: HashSet<String>,
    members: Vec<Vec<RustIdent>>,
    accessors: Vec<Vec<AccessorNames>>,
    arguments: Vec<Vec<usize>>,
    builders: Vec<Option<RustIdent>>,
    resources: Vec<ResourceNames>,
    operations: Vec<OperationNames>,
    params: Vec<Vec<RustIdent>>,
    /// Setters of the client's builder, in the order of the API's [`schemes`](crate::ir::Api::schemes).
    pub(crate) schemes: Vec<RustIdent>,
    /// The setters for those of them whose tokens a client can ask for.
    pub(crate) flows: Vec<Option<FlowNames>>,
    pub(crate) headers: Vec<RustIdent>,
    pub(crate) response_headers: Vec<RustIdent>,
    pub(crate) client_params: Vec<RustIdent>,
    pub(crate) server_variables: Vec<RustIdent>,
    pub(crate) lock: Arc<Lock>,
}

/// The names of a resource.
#[derive(Debug)]
pub(crate) struct ResourceNames {
    /// Its module and file.
    pub(crate) module: RustIdent,
    /// The handle's type.
    pub(crate) handle: RustIdent,
    /// The method of the client, or of the handle above it, that gives the handle.
    pub(crate) method: RustIdent,
    /// Its file where files do not nest: the modules in one word.
    pub(crate) file: String,
}

/// The methods that give the payload of a variant.
#[derive(Debug)]
pub(crate) struct AccessorNames {
    /// `as_…`, which lends it.
    pub(crate) lend: RustIdent,
    /// `into_…`, which gives it away.
    pub(crate) give: RustIdent,
}

impl AccessorNames {
    fn of(word: &RustIdent) -> Self {
        Self { lend: word.after("as"), give: word.after("into") }
    }
}

/// The names of an operation.
#[derive(Debug)]
pub(crate) struct OperationNames {
    pub(crate) method: RustIdent,
    pub(crate) builder: RustIdent,
    /// The static that describes it.
    pub(crate) constant: RustIdent,
    /// Of a socket: the enums of the messages that the client sends, and the server.
    pub(crate) frames: Option<[RustIdent; 2]>,
}

/// The context of naming.
struct NameCx<'a> {
    api: &'a Api,
    analysis: &'a Analysis,
    client: &'a config::Client,
    old: &'a Lock,
    /// The names in it of what is in the document and not chosen: they are kept, and given to nothing else.
    idle: Lock,
    /// The names that `client.yaml` gives, by place.
    renames: HashMap<&'a SpecPtr, &'a str>,
    new: Lock,
    sink: &'a mut Sink,
}

/// Names everything.
pub(crate) fn resolve(
    api: &Api,
    analysis: &Analysis,
    vendor: &str,
    document: &Document,
    sink: &mut Sink,
) -> Names {
    let (client, old) = (&document.client, &document.names);
    let mut renames = HashMap::new();
    for (target, name, _) in &client.names.renames {
        renames.entry(target).or_insert(name.as_str());
    }
    let idle = idle_names(api, analysis, document);
    let mut cx = NameCx { api, analysis, client, old, idle, renames, new: Lock::default(), sink };
    check_renames(&mut cx, document);
    let arguments = members::arguments(&mut cx);
    let types = types::names(&mut cx, &arguments);
    let members = members::names(&mut cx, &types);
    let accessors = match cx.client.accessors {
        true => members::accessors(&mut cx, &members),
        false => Vec::new(),
    };
    let builders = types::builders(&mut cx, &types, &arguments);
    let resources = operations::resources(&cx);
    let operations = operations::names(&mut cx, &resources);
    let params = operations::params(&mut cx);
    let client = client::names(&mut cx);
    let response_headers = client::response_headers(&mut cx);
    blame(&mut cx);
    cx.new.add(cx.idle);
    Names {
        module: client::module(vendor, cx.client),
        spelled: types.iter().map(|it| it.text().to_owned()).collect(),
        types,
        members,
        accessors,
        arguments,
        builders,
        resources,
        operations,
        params,
        schemes: client.schemes,
        flows: client.flows,
        headers: client.headers,
        response_headers,
        client_params: client.params,
        server_variables: client.server_variables,
        lock: Arc::new(cx.new),
    }
}

/// The names that were given to what `client.yaml` does not choose now.
fn idle_names(api: &Api, analysis: &Analysis, document: &Document) -> Lock {
    let Some(selection) = &document.selection else { return Lock::default() };
    let idle = api.types.iter().filter(|(id, _)| !analysis.is_live(*id));
    let idle: HashSet<&SpecPtr> = idle.map(|(_, it)| &it.at).collect();
    document.names.of_owners(|it| selection.leaves_out(it) || idle.contains(it))
}

/// A clash over a name that `client.yaml` gives is a matter of the entry there.
fn blame(cx: &mut NameCx<'_>) {
    let place = |at: &SpecPtr, key: &str| Location { source: SourceId::Client, at: at.child(key) };
    let mut entries = HashMap::new();
    for (target, _, at) in &cx.client.names.renames {
        entries.entry(target).or_insert_with(|| place(at, "name"));
    }
    for stated in cx.client.auth.iter().filter(|it| it.setter.is_some()) {
        if let Some(scheme) = cx.api.schemes.iter().find(|it| it.key == stated.scheme) {
            entries.entry(&scheme.at).or_insert_with(|| place(&stated.at, "setter"));
        }
    }
    cx.sink.blame(&NAME_CLASH, &entries);
}

/// A rename of something that is not there any more is an error.
fn check_renames(cx: &mut NameCx<'_>, document: &Document) {
    if cx.client.names.renames.is_empty() {
        return;
    }
    let places = places(cx.api);
    for (target, _, at) in &cx.client.names.renames {
        if !places.contains(target) && !document.leaves_out(target) {
            let message = format_args!("`{target}` names nothing in the document");
            let near = nearest_place(cx.api, target);
            let found =
                cx.sink.report_in(SourceId::Client, &STALE_CLIENT, &at.child("at"), message);
            found.help("remove the entry, or correct its pointer");
            if let Some(near) = near {
                found.label(format_args!("did you mean `{near}`?"));
            }
        }
    }
}

/// The place of something that has a name, and that was probably meant.
fn nearest_place(api: &Api, target: &SpecPtr) -> Option<SpecPtr> {
    let types = api.types.iter().map(|(_, it)| &it.at);
    let operations = api.operations.iter().map(|(_, it)| &it.at);
    let all: Vec<_> = types.chain(operations).map(SpecPtr::text).collect();
    nearest_name(&target.text(), all.iter().map(String::as_str)).map(SpecPtr::parse)
}

/// The places of all that has a name.
fn places(api: &Api) -> HashSet<&SpecPtr> {
    let mut found = HashSet::new();
    for (_, def) in api.types.iter() {
        found.insert(&def.at);
        match &def.shape {
            Shape::Struct(it) => found.extend(it.fields.iter().map(|it| &it.at)),
            Shape::Union(it) => found.extend(it.variants.iter().map(|it| &it.at)),
            Shape::Enum(_) | Shape::Alias(_) | Shape::Outcome(_) | Shape::Broken => {}
        }
    }
    for (_, operation) in api.operations.iter() {
        found.insert(&operation.at);
        found.extend(operation.params.iter().map(|it| &it.at));
    }
    found
}

impl NameCx<'_> {
    /// The name that `client.yaml`, or else the document itself, gives to the item at a place.
    fn wish(&self, at: &SpecPtr, own: Option<&String>) -> Option<RequestedName> {
        let given = self.renames.get(at).map(|it| RequestedName::Client((*it).to_owned()));
        given.or_else(|| own.cloned().map(RequestedName::Document))
    }

    /// A text without the prefixes that names lose.
    fn stripped<'t>(&self, text: &'t str) -> &'t str {
        self.client.names.stripped(text)
    }
}

impl Names {
    pub(crate) fn ty(&self, id: Id<TypeDef>) -> &RustIdent {
        &self.types[id.index()]
    }

    /// The fields of a struct, the variants of an enum, union or outcome, in their order.
    pub(crate) fn members(&self, id: Id<TypeDef>) -> &[RustIdent] {
        &self.members[id.index()]
    }

    /// The accessors of a union's variants, in their order; none where `client.yaml` does not ask for them.
    pub(crate) fn accessors(&self, id: Id<TypeDef>) -> &[AccessorNames] {
        self.accessors.get(id.index()).map_or(&[], Vec::as_slice)
    }

    /// The fields that a constructor asks for, in the order of its arguments.
    pub(crate) fn arguments(&self, id: Id<TypeDef>) -> &[usize] {
        &self.arguments[id.index()]
    }

    /// The builder of a value that has more required fields than `new` may have arguments.
    pub(crate) fn builder(&self, id: Id<TypeDef>) -> Option<&RustIdent> {
        self.builders[id.index()].as_ref()
    }

    pub(crate) fn resource(&self, id: Id<Resource>) -> &ResourceNames {
        &self.resources[id.index()]
    }

    pub(crate) fn operation(&self, id: Id<Operation>) -> &OperationNames {
        &self.operations[id.index()]
    }

    pub(crate) fn params(&self, id: Id<Operation>) -> &[RustIdent] {
        &self.params[id.index()]
    }

    /// True if a type of the client has this name.
    pub(crate) fn is_type(&self, name: &str) -> bool {
        self.spelled.contains(name)
    }
}
