//! Makes one document of several files: what its references to other files lead to becomes a part of it.
//!
//! Nodes keep their numbers in their own files, so that findings show these.

mod address;
mod collect;
mod collector;
mod link;
mod loaded;
mod names;
mod others;
mod problem;
mod site;
mod target;
#[cfg(test)]
mod tests;

use super::limit::ReadSum;
use super::node::Node;
use crate::diag::{NodeId, Sink, SpecPtr};
use crate::{DocumentFiles, Text};
use collector::Collector;
use loaded::LoadedFiles;
use std::collections::HashSet;

/// The references to other files, once they are followed.
#[derive(Debug, Default)]
pub(crate) struct Bundled {
    /// The references that lead nowhere, which is told.
    pub(super) told: HashSet<NodeId>,
    /// Places of the document, and what of which file was put there.
    pub(crate) origins: Vec<(SpecPtr, String)>,
}

/// True for an entry of an object that may lead to another file.
pub(super) fn may_refer(key: &str, value: &Node) -> bool {
    let leads_out = |it: &str| !it.starts_with('#') && !address::is_remote(it);
    match key {
        "$ref" | "$dynamicRef" => value.as_str().is_some_and(leads_out),
        "mapping" => {
            let mut entries = value.as_map().into_iter().flat_map(|it| it.values());
            entries
                .any(|it| it.as_str().is_some_and(|it| address::is_file_like(it) && leads_out(it)))
        }
        _ => false,
    }
}

/// Puts what references to files lead to into the document, which was read from a file of that name.
pub(super) fn bundle(
    root: &mut Node,
    name: &str,
    files: &DocumentFiles,
    sum: ReadSum,
    texts: &mut Vec<Text>,
    sink: &mut Sink,
) -> Bundled {
    let mut files = LoadedFiles::new(files, name, root, sum, texts);
    let mut collector = Collector::new(&mut files, sink);
    let components = collect::collect(&mut collector, root);
    link::link(&mut collector, components, root)
}
