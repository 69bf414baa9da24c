//! Makes a client with and without a keyword.

use super::draw::{Drawn, source};
use generator::diag::SpecPtr;
use generator::{CrateSpec, RuntimeSource, Usage};
use serde_json::Value as Json;
use std::thread;

/// A keyword, and whether anything is different without it.
pub(super) struct Trial {
    pub(super) document: String,
    pub(super) at: SpecPtr,
    pub(super) usage: Usage,
    pub(super) changed: bool,
}

/// All trials, in the order of the documents.
pub(super) fn all(drawn: &[Drawn]) -> Vec<Trial> {
    let jobs = thread::available_parallelism().map_or(1, Into::into);
    let mut trials: Vec<_> = thread::scope(|scope| {
        let part = |job: usize| {
            move || drawn.iter().skip(job).step_by(jobs).flat_map(of).collect::<Vec<_>>()
        };
        let threads: Vec<_> = (0..jobs).map(|job| scope.spawn(part(job))).collect();
        threads.into_iter().flat_map(|it| it.join().expect("a trial does not panic")).collect()
    });
    trials.sort_by(|a, b| (&a.document, a.at.text()).cmp(&(&b.document, b.at.text())));
    trials
}

fn of(drawn: &Drawn) -> Vec<Trial> {
    if drawn.keywords.is_empty() {
        return Vec::new();
    }
    let whole = outcome(&drawn.name, &drawn.json);
    let mut trials = Vec::new();
    // Documentation shows an example where it has a place for one.
    let is_shown = |it: &SpecPtr| it.segments().any(|it| matches!(&*it, "example" | "examples"));
    for it in drawn.keywords.iter().filter(|it| !is_shown(&it.at)) {
        let mut json = drawn.json.clone();
        if remove(&mut json, &it.at) {
            trials.push(Trial {
                document: drawn.name.clone(),
                at: it.at.clone(),
                usage: it.usage,
                changed: outcome(&drawn.name, &json) != whole,
            });
        }
    }
    trials
}

/// All that a user can see: files and findings, without lines and columns.
fn outcome(name: &str, json: &Json) -> Vec<String> {
    let run = generator::generate(&source(name, json));
    let mut found: Vec<_> = run
        .report
        .iter()
        .map(|it| format!("{} {} {}", it.rule.code, it.place.at, it.message))
        .collect();
    if let Ok(output) = run.output {
        let spec = CrateSpec::alone("probe", RuntimeSource::Workspace);
        let assembled = generator::assemble(&spec, std::slice::from_ref(&output));
        found.extend(assembled.into_iter().map(|it| it.text));
        found.push(output.names());
        found.extend(output.files.into_iter().flat_map(|it| [it.path, it.text]));
    }
    found
}

fn remove(json: &mut Json, at: &SpecPtr) -> bool {
    let keys: Vec<_> = at.segments().collect();
    let Some((last, up)) = keys.split_last() else { return false };
    let mut node = json;
    for key in up {
        let next = match node {
            Json::Object(map) => map.get_mut(key),
            Json::Array(list) => key.parse::<usize>().ok().and_then(|it| list.get_mut(it)),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => None,
        };
        let Some(next) = next else { return false };
        node = next;
    }
    node.as_object_mut().is_some_and(|it| it.remove(last).is_some())
}
