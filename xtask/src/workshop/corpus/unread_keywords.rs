//! Lists the unread keywords of the documents.

use super::generated::GeneratedClient;
use generator::diag::UNREAD;
use openapi_clients::terminal::table;
use std::collections::BTreeMap;

/// Prints each keyword with how often it stands unread, in how many documents, and where for example.
pub(super) fn print(made: &[GeneratedClient<'_>]) {
    let mut rows: BTreeMap<String, KeywordCount> = BTreeMap::new();
    for it in made {
        let found = it
            .report
            .iter()
            .flat_map(generator::diag::Report::iter)
            .filter(|it| *it.rule == UNREAD);
        for finding in found {
            let keys: Vec<_> = finding.place.at.segments().collect();
            let named = |it: &&String| it.parse::<usize>().is_err();
            let keyword = keys.iter().rev().find(named).cloned().unwrap_or_default();
            let row = rows.entry(keyword).or_default();
            row.nodes += 1;
            if row.last.as_deref() != Some(&it.document.name) {
                row.documents += 1;
                row.last = Some(it.document.name.clone());
            }
            row.example.get_or_insert_with(|| format!("{} {}", it.document.name, finding.place.at));
        }
    }
    let total: usize = rows.values().map(|it| it.nodes).sum();
    println!("{total} nodes are neither read, nor without meaning, nor told");
    if total > 0 {
        let heading = ["keyword", "nodes", "documents", "for example"];
        let mut lines = vec![heading.map(str::to_owned).to_vec()];
        lines.extend(rows.into_iter().map(|(keyword, it)| {
            let example = it.example.unwrap_or_default();
            vec![keyword, it.nodes.to_string(), it.documents.to_string(), example]
        }));
        print!("{}", table(&lines));
    }
}

#[derive(Default)]
struct KeywordCount {
    nodes: usize,
    documents: usize,
    last: Option<String>,
    example: Option<String>,
}
