//! Which keywords are taken out.

use super::Args;
use crate::workshop::corpus::documents::CorpusDocument;
use anyhow::{Context, Result};
use generator::diag::SpecPtr;
use generator::{Keyword, Source, Text, Usage};
use serde_json::Value as Json;
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};

/// A document and what is taken out of it.
pub(super) struct Drawn {
    pub(super) name: String,
    pub(super) json: Json,
    pub(super) keywords: Vec<Keyword>,
}

/// Draws keywords of all documents that are small enough: the seed decides, not the order of anything.
pub(super) fn draw(documents: &[CorpusDocument], args: &Args) -> Result<Vec<Drawn>> {
    let mut found = Vec::new();
    for it in documents.iter().filter(|it| !it.refused) {
        let bytes = fs::read(&it.path).with_context(|| format!("cannot read {}", it.name))?;
        if bytes.len() as u64 > args.largest {
            continue;
        }
        let text = Text { name: it.name.clone(), bytes };
        let Ok(tree) = generator::read(&text) else { continue };
        let json = tree.to_json();
        let Ok(keywords) = generator::usage(&source(&it.name, &json)) else { continue };
        found.push(Drawn { name: it.name.clone(), json, keywords });
    }
    let (used, idle) = (lots(&found, Usage::Used, args), lots(&found, Usage::Meaningless, args));
    // Where one kind has too few, the other makes up for it.
    let half = args.nodes / 2;
    let drawn = |other: &[u64]| args.nodes - other.len().min(half);
    for (usage, own, other) in [(Usage::Used, &used, &idle), (Usage::Meaningless, &idle, &used)] {
        let last = drawn(other).checked_sub(1).map(|it| own.get(it).copied().unwrap_or(u64::MAX));
        for it in &mut found {
            let name = &it.name;
            it.keywords.retain(|key| {
                key.usage != usage || last.is_some_and(|last| lot(args.seed, name, &key.at) <= last)
            });
        }
    }
    Ok(found)
}

/// The lots of all keywords of a kind, in their order.
fn lots(found: &[Drawn], usage: Usage, args: &Args) -> Vec<u64> {
    let mut lots: Vec<u64> = found
        .iter()
        .flat_map(|it| it.keywords.iter().map(move |keyword| (it, keyword)))
        .filter(|(_, keyword)| keyword.usage == usage)
        .map(|(it, keyword)| lot(args.seed, &it.name, &keyword.at))
        .collect();
    lots.sort_unstable();
    lots
}

fn lot(seed: u64, name: &str, at: &SpecPtr) -> u64 {
    let mut hasher = DefaultHasher::new();
    (seed, name, at.text()).hash(&mut hasher);
    hasher.finish()
}

/// A source for a client, from JSON.
pub(super) fn source(name: &str, json: &Json) -> Source {
    let bytes = json.to_string().into_bytes();
    let document = Text { name: name.to_owned(), bytes };
    Source { vendor: "probe".to_owned(), document, ..Source::default() }
}
