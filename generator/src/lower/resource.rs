//! Which resource each operation belongs to, and what it may be called there.

use super::calls::{self, CallName, Choice, NamedOperation};
use crate::config::{self, ResourcesFrom};
use crate::diag::{FOREIGN_TAGS, STALE_CLIENT, Sink, SourceId, SpecPtr, nearest_name};
use crate::ir::{Api, Id, Operation, Resource, Success, Table};
use crate::load::{Document, NodeRef};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The resource of operations before there are any.
pub(super) fn unknown() -> Id<Resource> {
    Table::default().push(Resource { words: String::new(), parent: None, docs: None })
}

/// Gives each operation its resource and the words of its method.
pub(super) fn group(api: &mut Api, document: &Document, client: &config::Client, sink: &mut Sink) {
    let on_client: HashSet<&str> = client.params.iter().map(|it| it.name.as_str()).collect();
    // An operation of several bodies has a name for each, but one place.
    let mut firsts: Vec<Id<Operation>> = Vec::new();
    let mut seen = HashMap::new();
    for (id, operation) in api.operations.iter() {
        seen.entry(operation.at.clone()).or_insert_with(|| {
            firsts.push(id);
            firsts.len() - 1
        });
    }
    let of = |id: &Id<Operation>| call(&api.operations[*id], client);
    let calls: Vec<CallName<'_>> = firsts.iter().map(of).collect();
    let (choice, why) = choice(&calls, client.resources.from);
    if client.resources.from == Some(ResourcesFrom::Tags) {
        foreign_tags(&calls, sink);
    }
    let mut named = calls::names(&calls, &on_client, choice);
    drop(calls);
    let stated = document.names.resources();
    let renamed = renames(&mut named, client, sink);
    for ((id, named), renamed) in firsts.iter().zip(&mut named).zip(renamed) {
        settle(&api.operations[*id], named, renamed, client, &stated);
    }
    let tags = tags(document);
    let mut known: HashMap<Vec<String>, Id<Resource>> = HashMap::new();
    for id in api.operations.ids() {
        let it = &named[seen[&api.operations[id].at]];
        let resource = resource(&mut api.resources, &mut known, &it.chain, &tags);
        let operation = &mut api.operations[id];
        operation.resource = resource;
        operation.calls = std::iter::once(&it.method).chain(&it.others).cloned().collect();
    }
    api.resources_from = why;
}

/// Tells that tags which were chosen name no resources.
fn foreign_tags(calls: &[CallName<'_>], sink: &mut Sink) {
    if calls::name_no_resources(calls) {
        let at = SpecPtr::root().child("resources").child("from");
        let message = "the tags of most operations name servers or files: paths and operationIds say none of their words";
        sink.report_in(SourceId::Client, &FOREIGN_TAGS, &at, message)
            .help("say `from: paths`, or list `foreign-tags` under `lints` with the reason");
    }
}

fn call<'a>(it: &'a Operation, client: &config::Client) -> CallName<'a> {
    let id = it.wire_name.as_deref().map(|it| client.names.stripped(it));
    let opens_socket = matches!(it.success, Success::Socket(_));
    CallName { method: it.method, path: &it.path, id, tags: &it.tags, opens_socket }
}

/// The choice between tags and paths, and a line that says so.
fn choice(calls: &[CallName<'_>], stated: Option<ResourcesFrom>) -> (Choice, String) {
    let (best, reason) = calls::choose(calls);
    match stated {
        None => {
            let word = if best == Choice::Paths { "paths" } else { "tags" };
            (best, format!("resources from {word}: {}", reason.text()))
        }
        Some(ResourcesFrom::Paths) => {
            (Choice::Paths, "resources from paths: client.yaml says so".to_owned())
        }
        Some(ResourcesFrom::Tags) => {
            let choice = if best == Choice::Paths { Choice::Tags } else { best };
            (choice, "resources from tags: client.yaml says so".to_owned())
        }
    }
}

/// Applies the entries that rename resources, and says whom they have moved.
fn renames(named: &mut [NamedOperation], client: &config::Client, sink: &mut Sink) -> Vec<bool> {
    let mut moved = vec![false; named.len()];
    let all: BTreeSet<String> = named.iter().flat_map(|it| ancestors(&it.chain)).collect();
    for (from, to, at) in &client.resources.renames {
        let from_chain: Vec<&str> = from.split('.').collect();
        let to_chain: Vec<String> = segments(to);
        let mut found = false;
        for (it, moved) in named.iter_mut().zip(&mut moved) {
            let begins = it.chain.len() >= from_chain.len()
                && it.chain.iter().zip(&from_chain).all(|(one, other)| one == other);
            if begins && !*moved {
                it.chain.splice(..from_chain.len(), to_chain.iter().cloned());
                (*moved, found) = (true, true);
            }
        }
        // It may be one of what is left out.
        if !found && client.only.is_none() {
            let message = format_args!("`{from}` is no resource of the document");
            let report =
                sink.report_in(SourceId::Client, &STALE_CLIENT, &at.child("resource"), message);
            report.help("remove the entry, or correct the resource");
            if let Some(near) = nearest_name(from, all.iter().map(String::as_str)) {
                report.label(format_args!("did you mean `{near}`?"));
            }
        }
    }
    moved
}

fn ancestors(chain: &[String]) -> impl Iterator<Item = String> {
    (1..=chain.len()).map(|end| chain[..end].join("."))
}

fn segments(path: &str) -> Vec<String> {
    path.split('.').map(|it| calls::words(it).join("_")).filter(|it| !it.is_empty()).collect()
}

/// The resource that `client.yaml` gives, or else the one that the lock keeps.
fn settle(
    operation: &Operation,
    named: &mut NamedOperation,
    renamed: bool,
    client: &config::Client,
    locked: &HashMap<&str, &str>,
) {
    let stated = client.resources.overrides.iter().find(|(at, ..)| *at == operation.at);
    let stated = stated.map(|(_, name, _)| segments(name)).filter(|it| !it.is_empty());
    let kept = || {
        let kept = locked.get(&*operation.at.to_string()).map(|it| segments(it));
        kept.filter(|it| !renamed && !it.is_empty())
    };
    if let Some(chain) = stated.or_else(kept) {
        named.chain = chain;
    }
    // The list of files is `list` once files are a resource.
    let listed = named.method.strip_prefix("list_");
    if listed.is_some() && listed == named.chain.last().map(String::as_str) {
        named.method = String::from("list");
    }
}

/// The resource of a chain, made with those above it where it is new.
fn resource(
    all: &mut Table<Resource>,
    known: &mut HashMap<Vec<String>, Id<Resource>>,
    chain: &[String],
    tags: &HashMap<Vec<String>, NodeRef<'_>>,
) -> Id<Resource> {
    let mut parent = None;
    for end in 1..=chain.len() {
        let id = *known.entry(chain[..end].to_vec()).or_insert_with(|| {
            let words = chain[end - 1].clone();
            let docs = tags
                .get(&calls::words(&words))
                .or_else(|| tags.get(&calls::words(&chain[..end].join("_"))));
            let docs = docs.and_then(|it| it.text("description")).map(str::trim);
            let docs = docs.filter(|it| !it.is_empty()).map(str::to_owned);
            all.push(Resource { words, parent, docs })
        });
        parent = Some(id);
    }
    parent.expect("a chain has a resource")
}

/// The tags that a document declares, by the words of their names.
fn tags(document: &Document) -> HashMap<Vec<String>, NodeRef<'_>> {
    let mut found = HashMap::new();
    for tag in document.root().items("tags") {
        if let Some(name) = tag.text("name") {
            found.entry(calls::words(name)).or_insert(tag);
        }
    }
    found
}

/// The proposed content of a new vendor's `client.yaml`.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// `tags` or `paths`.
    pub from: &'static str,
    /// The reason, in words.
    pub why: &'static str,
    /// Calls by tags and by paths.
    pub examples: Vec<(String, String)>,
    /// Parameters that nearly all paths begin with.
    pub params: Vec<String>,
}

/// The proposal for an API without a `client.yaml`.
pub(crate) fn propose(api: &Api) -> Proposal {
    let client = config::Client::default();
    let calls: Vec<CallName<'_>> = api.operations.iter().map(|(_, it)| call(it, &client)).collect();
    let (choice, reason) = calls::choose(&calls);
    let params = calls::common_params(&calls);
    let on_client = params.iter().map(String::as_str).collect();
    let other = if choice == Choice::Paths { Choice::Tags } else { choice };
    let by_tags = calls::names(&calls, &on_client, other);
    let by_paths = calls::names(&calls, &on_client, Choice::Paths);
    let shown = |it: &NamedOperation| format!("{}.{}", it.chain.join("."), it.method);
    let pairs = by_tags.iter().zip(&by_paths).map(|(one, other)| (shown(one), shown(other)));
    let differing = pairs.filter(|(one, other)| one != other);
    Proposal {
        from: if choice == Choice::Paths { "paths" } else { "tags" },
        why: reason.text(),
        examples: differing.take(3).collect(),
        params,
    }
}
