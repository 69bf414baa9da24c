//! `conform`: checks the requests that wire tests record against the document itself, by the rules of OpenAPI: nothing here
//! knows what the generator has read in it.

mod body;
mod choice;
mod document;
mod fits;
mod head;
mod multipart;
mod params;
mod presence;
mod schema;
mod sent_params;
mod style;
#[cfg(test)]
mod tests;
mod text;

use anyhow::{Context, Result, anyhow};
use document::{At, CheckedDocument, Concern, Finding};
use generator::diag::{Report, ReportStyle, Severity};
use generator::{Source, Text};
use openapi_clients::input;
use sent_params::SentParams;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The OpenAPI document, YAML or JSON
    spec: PathBuf,
    /// The file that the client's tests wrote, as `WIRE_RECORD` named it
    record: PathBuf,
    /// Corrections of the document (OpenAPI Overlay)
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
    /// The `client.yaml` beside the document
    #[arg(long, value_name = "FILE")]
    client: Option<PathBuf>,
}

/// The end of the objection to an operation without a request.
const NOT_CALLED: &str = ": it was not called";

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let text = |path: &PathBuf| {
        let name = path.display().to_string();
        input::read(path, &name).map(|bytes| Text { name, bytes })
    };
    let source = Source {
        vendor: "client".to_owned(),
        document: text(&args.spec)?,
        files: Some(input::files_around(&args.spec)),
        overlay: args.overlay.as_ref().map(text).transpose()?,
        client: args.client.as_ref().map(text).transpose()?,
        ..Source::default()
    };
    let record = text(&args.record)?;
    let record = String::from_utf8(record.bytes).context("the requests are no text")?;
    let report = generator::generate(&source).report;
    let found = of_source(&source, &report, &record)?;
    for it in &found {
        println!("{it}");
    }
    println!("{} requests, {} objections", record.lines().count(), found.len());
    Ok(if found.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The objections to the recorded requests of a client, which was made with these findings.
pub(crate) fn of_source(source: &Source, report: &Report, record: &str) -> Result<Vec<String>> {
    let document = generator::corrected(source).map_err(|report| {
        anyhow!("the document cannot be read\n{}", report.render(ReportStyle::Plain))
    })?;
    // That a schema is named by no operation says nothing of how it is read where it is used otherwise, and
    // what nobody has read is what this is to find.
    let told = report.iter().filter(|it| !matches!(it.rule.code, "unused-component" | "unread"));
    let told = told.map(|it| Finding {
        code: it.rule.code,
        pointer: it.place.at.to_string(),
        is_left_out: it.rule.severity == Severity::Skipped,
    });
    let told: Vec<_> = told.collect();
    let streams = source.client.as_ref().map(choice::streams).transpose()?.unwrap_or_default();
    let root = document.to_json();
    let mut found = objections(&CheckedDocument::new(&root, &told, &streams), record);
    // Of what `only` chooses no finding names the operations; that each is called follows from the tests themselves.
    if report.iter().any(|it| it.rule.code == "selected") {
        found.retain(|it| !it.ends_with(NOT_CALLED));
    }
    Ok(found)
}

/// A request that was sent.
#[derive(Debug, Deserialize)]
struct Sent {
    given: Given,
    method: String,
    url: String,
    headers: Map<String, Value>,
    body: String,
}

/// The operation that was called, and the values.
#[derive(Debug, Deserialize)]
struct Given {
    method: String,
    path: String,
    /// True if nothing that is optional was given.
    least: bool,
    params: Map<String, Value>,
    #[serde(default, deserialize_with = "present")]
    body: Option<Value>,
}

/// A value that is there, though it may be null.
fn present<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(from).map(Some)
}

impl Sent {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.as_str()
    }

    fn query(&self) -> &str {
        self.url.split_once('?').map_or("", |it| it.1)
    }
}

impl Given {
    fn value(&self, place: &str, name: &str) -> Option<&Value> {
        let values = self.params.get(place)?.as_object()?;
        let is_same = |it: &str| it == name || place == "header" && it.eq_ignore_ascii_case(name);
        values.iter().find(|it| is_same(it.0)).map(|it| it.1)
    }
}

/// The objections to the requests of a record, which has one JSON object on each line. An operation without a request
/// is an objection, too.
fn objections(document: &CheckedDocument<'_>, record: &str) -> Vec<String> {
    let mut found = BTreeSet::new();
    let mut called = BTreeSet::new();
    for line in record.lines() {
        let sent: Sent = match serde_json::from_str(line) {
            Ok(it) => it,
            Err(error) => {
                found.insert(format!("a request was not recorded: {error}"));
                continue;
            }
        };
        let what = format!("{} {}", sent.given.method, sent.given.path);
        found.extend(of_request(document, &sent).into_iter().map(|why| format!("{what}: {why}")));
        called.insert(what);
    }
    let missing = operations(document).into_iter().filter(|it| !called.contains(it));
    found.extend(missing.map(|it| format!("{it}{NOT_CALLED}")));
    found.into_iter().collect()
}

/// Methods and paths of the operations that a client has.
fn operations(document: &CheckedDocument<'_>) -> Vec<String> {
    const METHODS: [&str; 9] =
        ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
    let mut found = Vec::new();
    for (path, at) in document.root().entries("paths") {
        let Some(item) = document.resolve(&at) else { continue };
        let named = item.members().into_iter().filter(|it| METHODS.contains(&it.0));
        for (method, operation) in named.filter(|it| it.1.node.is_object()) {
            let is_left_out = [&at, &item].iter().any(|at| {
                let here = at.child(method).unwrap_or_else(|| operation.clone());
                document.is_left_out(at, &here)
            });
            // Tests find no value of some parameters that have no form in their style.
            let mut params = params::declared(document, &item, &operation).into_iter();
            let is_formless =
                params.any(|it| it.is_required() && document.is_told(&it.at, Concern::Nesting));
            if !is_left_out && !is_formless && !path.starts_with("x-") {
                found.push(format!("{} {path}", method.to_ascii_uppercase()));
            }
        }
    }
    found
}

fn of_request(document: &CheckedDocument<'_>, sent: &Sent) -> Vec<String> {
    let given = &sent.given;
    let item = document.root().child("paths").and_then(|it| it.child(&given.path));
    let item = item.and_then(|it| document.resolve(&it));
    let Some(item) = item else { return vec!["the document has no such path".to_owned()] };
    let method = given.method.to_ascii_lowercase();
    let other = || item.child("additionalOperations")?.child(&given.method);
    let Some(operation) = item.child(&method).or_else(other) else {
        return vec!["the document has no such operation".to_owned()];
    };
    let mut found = Vec::new();
    if sent.method != given.method {
        found.push(format!("{} was sent", sent.method));
    }
    found.extend(of_params(document, &item, &operation, sent));
    found.extend(head::accept(document, &operation, sent));
    found.extend(head::security(document, &operation, sent));
    let declared = operation.child("requestBody").and_then(|it| document.resolve(&it));
    found.extend(body::objections(document, &operation, declared.as_ref(), sent));
    if given.least {
        let is_sent = sent.header("content-type").is_some()
            && !body::is_flag_alone(document, &operation, sent);
        found.extend(presence::of_body(declared.as_ref(), is_sent).map(str::to_owned));
        found.extend(of_surplus(document, &operation, declared.as_ref(), sent));
    }
    found
}

fn of_surplus(
    document: &CheckedDocument<'_>,
    operation: &At<'_>,
    declared: Option<&At<'_>>,
    sent: &Sent,
) -> Option<String> {
    let media_type = sent.header("content-type").filter(|it| text::is_json(it))?;
    let contents = declared?.entries("content");
    let entry = contents.iter().find(|it| text::matches(it.0, media_type))?;
    let mut sent: Value = serde_json::from_str(&sent.body).ok()?;
    if let Some(members) = sent.as_object_mut().filter(|_| choice::is_due(document, operation)) {
        members.retain(|_, it| !it.is_boolean());
    }
    presence::surplus(document, &entry.1.child("schema")?, &sent).map(|it| format!("body: {it}"))
}

fn of_params<'d>(
    document: &CheckedDocument<'d>,
    item: &At<'d>,
    operation: &At<'d>,
    sent: &Sent,
) -> Vec<String> {
    let given = &sent.given;
    let is_credential =
        |place: &str, name: &str| head::is_credential(document, operation, place, name);
    let has_choice = choice::is_due(document, operation);
    let mut found = Vec::new();
    let in_path = head::path_values(document, operation, item, &given.path, &sent.url);
    if in_path.is_none() {
        found.push(format!("{} is not a URL of it", sent.url));
    }
    let mut params = SentParams::new(sent, in_path.unwrap_or_default());
    for it in params::declared(document, item, operation) {
        if it.is_ignored() || is_credential(it.place, it.name) {
            continue;
        }
        let wrong = |why: String| format!("{} `{}`: {why}", it.place, it.name);
        if it.place == "querystring" {
            found.extend(params.take_whole_query(given).map(wrong));
            continue;
        }
        let Some(value) = given.value(it.place, it.name) else {
            let is_missing = !given.least || it.is_required();
            if is_missing && !is_set(document, &it, sent) {
                found.push(wrong("it is declared, but was not given".to_owned()));
            }
            continue;
        };
        if given.least && !it.is_required() {
            found.push(wrong("it is given, though it is not required".to_owned()));
        }
        let read = match has_choice {
            true => params.take_choice(document, &it, value),
            false => params.take(document, &it, value),
        };
        found.extend(read.err().map(wrong));
    }
    let SentParams { mut query, mut cookies, .. } = params;
    let fixed = given.path.split_once('?').map_or("", |it| it.1);
    let fixed = text::pairs(fixed, "&");
    query.retain(|it| !is_credential("query", &it.0) && !fixed.contains(it));
    cookies.retain(|it| it.0 != head::KEY && !is_credential("cookie", &it.0));
    found.extend(query.iter().map(|it| format!("the query has {it:?}, which nothing declares")));
    found.extend(
        cookies.iter().map(|it| format!("there is a cookie {it:?}, which nothing declares")),
    );
    found
}

/// True if a parameter is no call's to give: it has only one value, or was told of, or is there all the same. A test
/// may find no value of one that is optional and has no form in its style.
fn is_set(document: &CheckedDocument<'_>, it: &params::Parameter<'_>, sent: &Sent) -> bool {
    let is_there = it.place == "header" && sent.header(&it.name.to_ascii_lowercase()).is_some();
    let schema = it.schema();
    is_there
        || document.is_told(&it.at, Concern::Presence)
        || (!it.is_required() && document.is_told(&it.at, Concern::Nesting))
        || schema.is_some_and(|it| presence::is_only_value(document, &it))
}
