//! The place in a file that a reference means, through names and through references that stand for something else.

use super::super::document::{percent_decoded, pointed};
use super::address;
use super::loaded::LoadedFiles;
use super::problem::Problem;
use crate::diag::{Sink, SourceId, SpecPtr, nearest_name};

/// References that may lead from one to the next.
const MAX_CHAIN: usize = 64;

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct FileLocation {
    pub(super) file: SourceId,
    pub(super) at: SpecPtr,
}

/// The meaning of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Followed {
    Location(FileLocation),
    /// A name of a schema of the document itself, which a later pass follows.
    Name(String),
    /// A reference that is left as it is: to another host, or one by name.
    Left,
}

/// Where a reference stands: the file, and the schema with an `$id` around it.
#[derive(Clone, Debug)]
pub(super) struct ReferenceScope {
    pub(super) file: SourceId,
    pub(super) at: SpecPtr,
    pub(super) uri: String,
}

impl ReferenceScope {
    /// The scope of a place.
    pub(super) fn of(files: &LoadedFiles<'_>, it: &FileLocation) -> Self {
        let (at, uri) = files.scope(it.file, &it.at);
        Self { file: it.file, at, uri }
    }
}

/// Follows a reference.
pub(super) fn follow(
    files: &mut LoadedFiles<'_>,
    from: &ReferenceScope,
    reference: &str,
    sink: &mut Sink,
) -> Result<Followed, Problem> {
    follow_on(files, from, reference, sink, 0)
}

fn follow_on(
    files: &mut LoadedFiles<'_>,
    from: &ReferenceScope,
    reference: &str,
    sink: &mut Sink,
    hops: usize,
) -> Result<Followed, Problem> {
    let (name, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    if address::is_remote(name) || (!name.is_empty() && files.is_name(from.file, &from.uri, name)) {
        return Ok(Followed::Left);
    }
    let file = if name.is_empty() { from.file } else { files.at(from.file, name, sink)? };
    let is_pointer = fragment.is_empty() || fragment.starts_with('/');
    let Some(tree) = files.tree(file) else {
        let target = || FileLocation { file, at: pointed(fragment) };
        return Ok(match is_pointer {
            true => Followed::Location(target()),
            false => Followed::Name(format!("#{fragment}")),
        });
    };
    let at = if is_pointer {
        let at = pointed(fragment);
        let within = at.keys().fold(from.at.clone(), |at, key| at.child(&key));
        if name.is_empty() && tree.at(&within).is_some() { within } else { at }
    } else {
        let anchor = files.anchor(file, &percent_decoded(fragment));
        anchor.ok_or_else(|| Problem::NoAnchor(files.path(file).to_owned()))?
    };
    settle(files, FileLocation { file, at }, sink, hops).map(Followed::Location)
}

/// The place itself, or the one that it is but another name of.
fn settle(
    files: &mut LoadedFiles<'_>,
    target: FileLocation,
    sink: &mut Sink,
    hops: usize,
) -> Result<FileLocation, Problem> {
    let Some(mut node) = files.tree(target.file) else { return Ok(target) };
    let mut reached = SpecPtr::root();
    let mut keys = target.at.segments().collect::<Vec<_>>().into_iter();
    for key in keys.by_ref() {
        if let Some(next) = node.step(&key) {
            (node, reached) = (next, reached.child(&key));
            continue;
        }
        let path = || files.path(target.file).to_owned();
        let near = || {
            let near = node.as_map().into_iter().flat_map(|it| it.keys().map(String::as_str));
            nearest_name(&key, near).map(str::to_owned)
        };
        let Some(reference) = node.text("$ref").map(str::to_owned).filter(|_| hops < MAX_CHAIN)
        else {
            return Err(Problem::NoPlace(path(), near()));
        };
        let scope = ReferenceScope::of(files, &FileLocation { file: target.file, at: reached });
        let nowhere = Problem::NoPlace(path(), None);
        let Followed::Location(through) = follow_on(files, &scope, &reference, sink, hops + 1)?
        else {
            return Err(nowhere);
        };
        let at = keys.fold(through.at.child(&key), |at, key| at.child(&key));
        return settle(files, FileLocation { file: through.file, at }, sink, hops + 1);
    }
    let alias = node.as_map().filter(|it| it.len() == 1 && hops < MAX_CHAIN);
    let Some(reference) = alias.and_then(|it| it.get("$ref")?.as_str()).map(str::to_owned) else {
        return Ok(target);
    };
    let scope = ReferenceScope::of(files, &target);
    match follow_on(files, &scope, &reference, sink, hops + 1) {
        Ok(Followed::Location(other)) => Ok(other),
        // It is told where it is put.
        Ok(Followed::Name(_) | Followed::Left) | Err(_) => Ok(target),
    }
}
