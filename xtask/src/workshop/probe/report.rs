//! Prints the results of the trials.

use super::trial::Trial;
use generator::Usage;
use openapi_clients::terminal::table;
use std::collections::BTreeMap;
use std::process::ExitCode;

/// Prints both counts, and the exceptions by keyword; fails if one of them is not explained.
pub(super) fn print(trials: &[Trial]) -> ExitCode {
    let mut unexplained = 0;
    for (usage, wanted, words) in [
        (Usage::Used, true, "used keywords: without them, output or findings are others"),
        (Usage::Meaningless, false, "keywords without a meaning: without them, nothing changes"),
    ] {
        let all: Vec<_> = trials.iter().filter(|it| it.usage == usage).collect();
        let exceptions: Vec<_> = all.iter().filter(|it| it.changed != wanted).collect();
        println!("{} {words}; {} exceptions", all.len(), exceptions.len());
        let mut rows: BTreeMap<String, (usize, String)> = BTreeMap::new();
        unexplained += exceptions.iter().filter(|it| why(it).is_none()).count();
        for it in exceptions {
            let row = rows.entry(keyword(it)).or_default();
            row.0 += 1;
            if row.1.is_empty() {
                row.1 = format!("{} {}", it.document, it.at);
            }
        }
        let mut rows: Vec<_> = rows.into_iter().collect();
        rows.sort_by_key(|it| std::cmp::Reverse(it.1.0));
        let lines = rows.into_iter().map(|(key, (count, example))| {
            let why = reason(usage, &key).unwrap_or("NOT EXPLAINED");
            vec![key, count.to_string(), why.to_owned(), example]
        });
        print!("{}", table(&lines.collect::<Vec<_>>()));
    }
    if unexplained == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Why taking out a keyword may show nothing though its mark is true, or something though it has no meaning. The reasons
/// are those of the examples that were looked at: they are given by keyword, not found anew for each exception.
const REASONS: &[(Usage, &[&str], &str)] = &[
    (
        Usage::Used,
        &["type", "schema"],
        "follows from the keywords beside it, or any JSON is meant either way",
    ),
    (
        Usage::Used,
        &[
            "style",
            "explode",
            "contentType",
            "encoding",
            "servers",
            "deprecated",
            "additionalProperties",
        ],
        "says the default",
    ),
    (Usage::Used, &["required"], "holds anyway: a path's parameter, or said elsewhere too"),
    (Usage::Used, &["nullable", "allOf", "const", "readOnly"], "said elsewhere too"),
    (Usage::Used, &["tags", "title", "name", "description"], "gives the words that hold anyway"),
    (Usage::Used, &["mapping", "mapping/*"], "names what is implied"),
    (
        Usage::Used,
        &["responses", "responses/*", "headers", "headers/*"],
        "an empty one holds anyway",
    ),
    (
        Usage::Used,
        &["content", "content/*", "$ref"],
        "of a body that is given as it comes, or that another media type says too",
    ),
    (Usage::Used, &["format", "contentMediaType"], "looked at: it has no type of its own"),
    (
        Usage::Used,
        &["example", "examples", "default", "minimum", "maximum", "pattern"],
        "looked at for sizes, URLs and paging",
    ),
    (
        Usage::Used,
        &["items", "oneOf", "properties", "properties/*"],
        "of another type than the values that are left",
    ),
    (
        Usage::Meaningless,
        &["$defs", "$id"],
        "references lead into it by names, which are resolved before",
    ),
    (Usage::Used, &["$anchor", "$dynamicAnchor", "$recursiveRef"], "names what no reference needs"),
];

fn why(trial: &Trial) -> Option<&'static str> {
    reason(trial.usage, &keyword(trial))
}

fn reason(usage: Usage, keyword: &str) -> Option<&'static str> {
    let row = REASONS.iter().find(|it| it.0 == usage && it.1.contains(&keyword));
    row.map(|it| it.2)
}

/// The keyword, and what it stands in where that says what it is.
fn keyword(trial: &Trial) -> String {
    let keys: Vec<_> = trial.at.segments().collect();
    match &keys[..] {
        // A property may be called as a keyword is.
        [.., above, _, last] if above == "properties" => last.clone(),
        [.., up, _] if NAMED.contains(&up.as_str()) => format!("{up}/*"),
        [.., last] => last.clone(),
        [] => String::new(),
    }
}

/// Keywords below which names stand.
const NAMED: &[&str] = &[
    "paths",
    "schemas",
    "parameters",
    "responses",
    "headers",
    "content",
    "properties",
    "requestBodies",
    "securitySchemes",
    "mapping",
    "variables",
    "encoding",
    "examples",
];
