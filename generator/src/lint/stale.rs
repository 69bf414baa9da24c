//! Entries of `client.yaml` that point at a place which is not there any more.

use crate::config::{Auth, DeriveRule, TypeTarget};
use crate::diag::{STALE_CLIENT, Sink, SourceId, SpecPtr, nearest_name};
use crate::load::{Document, NodeRef};

/// Reports them.
pub(super) fn run(document: &Document, sink: &mut Sink) {
    let client = &document.client;
    let mut places: Vec<(&SpecPtr, SpecPtr)> = Vec::new();
    places.extend(
        client.skip.iter().chain(&client.idempotent).map(|it| (&it.target, it.at.child("at"))),
    );
    places
        .extend(client.resources.overrides.iter().map(|(target, _, at)| (target, at.child("at"))));
    places.extend(
        client.lints.iter().filter_map(|it| Some((it.target.as_ref()?, it.at.child("at")))),
    );
    let streams = client.streams.operations.iter();
    places.extend(streams.map(|it| (&it.target, it.at.child("at"))));
    places.extend(client.waiters.iter().map(|it| (&it.target, it.at.child("at"))));
    for rule in &client.pagination {
        let operations = rule.operations.iter().enumerate();
        places.extend(operations.map(|(index, it)| (it, rule.at.child("operations").item(index))));
    }
    let types = client.types.rules.iter().filter_map(|it| match &it.target {
        TypeTarget::Place(place) => Some((place, it.at.child("at"))),
        TypeTarget::Format(_) => None,
    });
    places.extend(types);
    // `*` at the end of an entry is no key of the document.
    let all: Vec<_> = client.types.derive_at.iter().flat_map(DeriveRule::entries).collect();
    places.extend(all.iter().map(|(target, at)| (target, at.clone())));
    for it in &client.auth {
        let at = it.at.child("operations");
        places.extend(it.operations.iter().enumerate().map(|(index, it)| (it, at.item(index))));
    }
    let keeping = client.undocumented.places.iter().enumerate();
    places.extend(keeping.map(|(index, it)| (it, SpecPtr::parse("/extra_at").item(index))));
    for (target, at) in places {
        if document.at(target).is_none() && !document.leaves_out(target) {
            let message = format_args!("`{target}` is no place in the document");
            let found = sink.report_in(SourceId::Client, &STALE_CLIENT, &at, message);
            found.help("remove the entry, or correct its pointer");
            if let Some(near) = nearest_place(document, target) {
                found.label(format_args!("did you mean `{near}`?"));
            }
        }
    }
    schemes(document, sink);
}

/// The place that differs by one key, where the pointer leaves the document.
fn nearest_place(document: &Document, target: &SpecPtr) -> Option<SpecPtr> {
    let mut at = SpecPtr::root();
    let mut keys = target.segments();
    let (here, missing) = keys.by_ref().find_map(|key| {
        let here = document.at(&at)?;
        let next = at.child(&key);
        match document.at(&next) {
            Some(_) => {
                at = next;
                None
            }
            None => Some((here, key)),
        }
    })?;
    let near = nearest_name(&missing, here.keys())?;
    let found = keys.fold(at.child(near), |at, key| at.child(&key));
    document.at(&found).map(|_| found)
}

fn schemes(document: &Document, sink: &mut Sink) {
    let declared = document.at(&SpecPtr::parse("/components/securitySchemes"));
    let names = || declared.iter().flat_map(NodeRef::keys);
    for auth in &document.client.auth {
        if names().any(|it| it == auth.scheme) {
            if auth.added.is_some() {
                let message = format_args!("the document declares `{}` itself", auth.scheme);
                let at = auth.at.child("type");
                let found = sink.report_in(SourceId::Client, &STALE_CLIENT, &at, message);
                found.help("remove `type`, `name` and `operations`, or choose another key");
            }
            client_credentials(document, auth, sink);
            continue;
        }
        if auth.added.is_some() {
            continue;
        }
        let schemes = SpecPtr::root().child("components").child("securitySchemes");
        if document.leaves_out(&schemes.child(&auth.scheme)) {
            continue;
        }
        let message = format_args!("the document declares no security scheme `{}`", auth.scheme);
        let found =
            sink.report_in(SourceId::Client, &STALE_CLIENT, &auth.at.child("scheme"), message);
        if let Some(near) = nearest_name(&auth.scheme, names()) {
            found.label(format_args!("did you mean `{near}`?"));
        }
    }
}

/// Settings for client credentials, of a scheme that the document has no endpoint for.
fn client_credentials(document: &Document, auth: &Auth, sink: &mut Sink) {
    let path = ["components", "securitySchemes", &auth.scheme, "flows", "clientCredentials"];
    let at = path.iter().fold(SpecPtr::root(), |at, key| at.child(key));
    if document.at(&at).is_some() {
        return;
    }
    let stated = [
        ("client_id_variable", auth.client_id_variable.is_some()),
        ("client_secret_variable", auth.client_secret_variable.is_some()),
        ("scopes", auth.scopes.is_some()),
    ];
    for (key, _) in stated.into_iter().filter(|it| it.1) {
        let message = format_args!("`{}` has no flow `clientCredentials`", auth.scheme);
        sink.report_in(SourceId::Client, &STALE_CLIENT, &auth.at.child(key), message);
    }
}
