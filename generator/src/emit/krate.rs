//! The files around the clients: root, README and examples, and the manifest in a module of its own.

mod manifest;

use super::guide::{self, Guide};
use super::{EmitCx, generated};
use crate::config::CrateSource;
use crate::doc_text;
use crate::ir::{Id, Operation};
use crate::output::{CrateSpec, GeneratedFile, Output};
use crate::plan::{CredentialVariables, FormatPlan};
use std::collections::BTreeSet;
use std::fmt::Write;

pub(crate) use manifest::quoted;

/// The facts about a vendor that the crate's own files state.
#[derive(Debug)]
pub(crate) struct VendorFacts {
    version: String,
    pub(super) about: String,
    docs: Option<String>,
    notices: Vec<(&'static str, String)>,
    pub(super) variables: Vec<String>,
    rows: Vec<OperationRow>,
    example: Option<ReadmeExample>,
    depth: usize,
    base_url: String,
    pub(super) guide: Guide,
    /// True if the client can note where responses differ from the document.
    notes_drift: bool,
    /// Of its operations, those that open sockets.
    opens_sockets: Share,
    /// The crates of types that stand in the place of texts, and the features of the runtime that convert them.
    crates: Vec<CrateSource>,
    conversions: BTreeSet<&'static str>,
}

/// The share of things that something is true of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Share {
    None,
    Some,
    All,
}

impl VendorFacts {
    pub(crate) fn opens_sockets(&self) -> bool {
        self.opens_sockets != Share::None
    }
}

impl Share {
    fn of(mut all: impl Iterator<Item = bool>) -> Self {
        let Some(first) = all.next() else { return Self::None };
        match (first, all.all(|it| it == first)) {
            (_, false) => Self::Some,
            (true, true) => Self::All,
            (false, true) => Self::None,
        }
    }
}

/// An operation in the README's table.
#[derive(Debug)]
struct OperationRow {
    call: String,
    http: String,
    about: String,
}

/// A call that needs nothing but a client.
#[derive(Debug)]
struct ReadmeExample {
    call: String,
    paged: bool,
    about: String,
}

/// Gathers what the crate's own files say of a vendor.
pub(crate) fn vendor_facts(cx: EmitCx<'_>) -> VendorFacts {
    let environment = cx.plans.environment();
    let variables = environment.credentials.iter().flat_map(CredentialVariables::names);
    let of_client = cx.api.schemes.iter().filter_map(|it| super::oauth::variables(cx, it));
    let of_client = of_client.flat_map(|(id, secret)| [id, secret]);
    let params = cx.client.params.iter().map(|it| &it.variable);
    let mut rows: Vec<OperationRow> = cx.api.operations.ids().map(|id| row(cx, id)).collect();
    rows.sort_by(|one, other| one.call.cmp(&other.call));
    let (crates, conversions) = cx.client.types.needed(&cx.api.externals.used);
    VendorFacts {
        version: cx.api.version.clone(),
        about: doc_text::summary(&cx.api.title),
        docs: cx.api.docs.clone(),
        notices: cx.api.notices.clone(),
        variables: variables.cloned().chain(of_client).chain(params.flatten().cloned()).collect(),
        rows,
        example: example(cx),
        depth: cx.analysis.depth,
        base_url: environment.base_url.clone(),
        guide: Guide::of(cx),
        crates,
        conversions,
        notes_drift: cx.contract.is_some(),
        opens_sockets: Share::of(
            cx.api.operations.ids().map(|id| cx.plans.operation(id).socket().is_some()),
        ),
    }
}

pub(super) fn path(cx: EmitCx<'_>, id: Id<Operation>) -> String {
    let handles = super::resource::chain(cx, cx.api.operations[id].resource);
    let mut links: Vec<_> = handles.iter().map(|it| format!("{}()", it.method)).collect();
    links.push(cx.names.operation(id).method.to_string());
    links.join(".")
}

fn row(cx: EmitCx<'_>, id: Id<Operation>) -> OperationRow {
    let operation = &cx.api.operations[id];
    let about = operation.summary.as_deref().or(operation.docs.text.as_deref()).unwrap_or_default();
    OperationRow {
        call: path(cx, id),
        http: operation.http_line(),
        about: doc_text::summary(about),
    }
}

/// The operation to show: one that lists, and needs nothing.
fn example(cx: EmitCx<'_>) -> Option<ReadmeExample> {
    let easy = |(id, it): &(Id<Operation>, &Operation)| {
        let plan = cx.plans.operation(*id);
        let is_json = matches!(plan.response.format, FormatPlan::Json(_));
        it.docs.deprecated.is_none() && plan.needs_nothing() && is_json
    };
    let mut easy: Vec<_> = cx.api.operations.iter().filter(easy).collect();
    easy.sort_by_key(|(_, it)| it.paging.is_none());
    let (id, operation) = easy.first()?;
    Some(ReadmeExample {
        call: format!("{}()", path(cx, *id)),
        paged: operation.paging.is_some(),
        about: super::resource::words(cx, operation.resource),
    })
}

/// The files of the crate that are no vendor's own.
pub(crate) fn krate(spec: &CrateSpec, vendors: &[Output]) -> Vec<GeneratedFile> {
    let mut files = vec![
        file("Cargo.toml", manifest::manifest(spec, vendors)),
        file(
            "rustfmt.toml",
            "# prettyplease's layout is the layout.\ndisable_all_formatting = true\n".to_owned(),
        ),
        file("src/lib.rs", root(spec, vendors)),
        file("README.md", readme(spec, vendors)),
    ];
    for vendor in vendors {
        if let Some(example) = &vendor.krate.example {
            files.push(file(
                &format!("examples/{}.rs", vendor.module),
                program(spec, vendor, example, vendors.len()),
            ));
        }
    }
    files
}

fn file(path: &str, text: String) -> GeneratedFile {
    GeneratedFile { path: path.to_owned(), text }
}

fn root(spec: &CrateSpec, vendors: &[Output]) -> String {
    let mut text = String::new();
    for line in guide::page(spec, vendors) {
        let _ = writeln!(text, "{}", format!("//! {line}").trim_end());
    }
    let _ = writeln!(text, "// {}\n", generated(spec.home, None, "krate.rs and guide.rs"));
    let depth = vendors.iter().map(|it| it.krate.depth).max().unwrap_or(0);
    if depth > 48 {
        let _ = writeln!(text, "#![recursion_limit = \"{}\"]\n", (depth * 8).max(256));
    }
    if let [only] = vendors {
        // Everything is at the root; the module is there for programs that have several such crates.
        let module = &only.module;
        let gate = format!("#[cfg(feature = {module:?})]\n");
        let _ = writeln!(text, "{gate}#[doc(hidden)]\npub mod {module};\n");
        let _ = writeln!(text, "{gate}#[doc(inline)]\npub use {module}::*;\n");
    } else {
        for vendor in vendors {
            let module = &vendor.module;
            for line in vendor.krate.described() {
                let _ = writeln!(text, "{}", format!("/// {line}").trim_end());
            }
            let _ = writeln!(text, "#[cfg(feature = {module:?})]\npub mod {module};\n");
        }
    }
    text.push_str("pub use client_runtime;\n");
    text
}

impl VendorFacts {
    /// The document's words about the API, line by line.
    pub(super) fn described(&self) -> Vec<String> {
        let mut lines = doc_text::lines(&self.about, 90);
        if let Some(docs) = &self.docs {
            lines.push(String::new());
            lines.extend(doc_text::lines(docs, 90));
        }
        for (label, said) in &self.notices {
            lines.push(String::new());
            lines.extend(doc_text::lines(&format!("{label}: {said}"), 90));
        }
        lines
    }
}

/// Where the client of an API is: at the root of a crate that has no other.
pub(super) fn client_path(krate: &str, module: &str, vendors: usize) -> String {
    if vendors == 1 { krate.to_owned() } else { format!("{krate}::{module}") }
}

fn readme(spec: &CrateSpec, vendors: &[Output]) -> String {
    let about = match vendors {
        [_] => "A client of this API, generated from its OpenAPI document.",
        _ => "Clients of these APIs, generated from their OpenAPI documents.",
    };
    let mut text = format!("# {}\n\n{about}\n", spec.name);
    for vendor in vendors {
        let facts = &vendor.krate;
        let _ = match vendors {
            [_] => write!(text, "\n## {}\n", facts.about),
            _ => write!(text, "\n## `{}`: {}\n", vendor.module, facts.about),
        };
        if !facts.version.trim().is_empty() {
            let _ = write!(
                text,
                "\nFrom version {} of its document.\n",
                doc_text::summary(&facts.version)
            );
        }
        if !facts.variables.is_empty() {
            let variables: Vec<_> = facts.variables.iter().map(|it| format!("`{it}`")).collect();
            let _ = write!(text, "\n`Client::from_env()` reads {}.\n", variables.join(", "));
        }
        let _ = write!(text, "\n`{}` replaces the URL of the server.\n", facts.base_url);
        for (label, said) in &facts.notices {
            let _ = write!(text, "\n{label}: {}\n", doc_text::summary(said));
        }
        text.push_str("\n| call | request | |\n|---|---|---|\n");
        for row in &facts.rows {
            let http = row
                .http
                .split_once(' ')
                .map(|(method, path)| format!("{} {path}", method.to_uppercase()));
            let http = doc_text::code(&http.unwrap_or_default()).replace('|', "\\|");
            let _ = writeln!(text, "| `{}` | {http} | {} |", row.call, row.about);
        }
    }
    text
}

/// An example program.
fn program(spec: &CrateSpec, vendor: &Output, example: &ReadmeExample, vendors: usize) -> String {
    let module = &vendor.module;
    let path = client_path(&spec.name.replace('-', "_"), module, vendors);
    let made = generated(spec.home, None, "krate.rs");
    let call = &example.call;
    let body = match example.paged {
        true => format!(
            "    let mut items = client.{call}.items();\n    while let Some(item) = items.next().await {{\n        println!(\"{{:#?}}\", item?);\n    }}\n"
        ),
        false => format!("    println!(\"{{:#?}}\", client.{call}.send().await?);\n"),
    };
    let variables: Vec<_> = vendor.krate.variables.iter().map(|it| format!("`{it}`")).collect();
    let mut setting = match variables.is_empty() {
        true => String::new(),
        false => format!("//!\n//! It reads {} from the environment.\n", variables.join(", ")),
    };
    let variable = &vendor.krate.base_url;
    let _ = writeln!(setting, "//! `{variable}` sends it elsewhere, such as to a mock server.");
    format!(
        "//! Prints {}: `cargo run --example {module}`.\n{setting}// {made}\n\n\
         use {path}::Client;\nuse std::error::Error;\n\n\
         fn main() -> Result<(), Box<dyn Error>> {{\n    \
         let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;\n    \
         runtime.block_on(run())\n}}\n\n\
         async fn run() -> Result<(), Box<dyn Error>> {{\n    \
         let client = Client::from_env()?;\n{body}    Ok(())\n}}\n",
        example.about
    )
}
