//! OpenAPI documents in, the files of a Rust client out: no file system, no process, no clock, no network.

mod analysis;
mod config;
pub mod diag;
mod doc_text;
mod emit;
mod files;
mod ir;
mod json_schema;
mod lint;
mod load;
mod lower;
mod name;
mod ordinal;
mod output;
mod plan;
mod print;
mod surface;
mod wire_tests;

pub use config::{reference as client_reference, schema as client_schema};
pub use files::{DocumentFiles, Unreadable};
pub use load::{Keyword, MAX_FILE_BYTES, Map, Node, Usage, Value};
pub use lower::Proposal;
pub use name::is_reserved;
pub use output::{
    CrateLocation, CrateSpec, Edits, GeneratedFile, Output, Run, RuntimeSource, Source, Summary,
    Text, Timing, WireTests,
};

use diag::{Failed, Report, Sink, SourceId};
use output::Clock;
use std::thread;

/// Generates a vendor's client from its document. The report contains the findings.
pub fn generate(source: &Source) -> Run {
    let mut clock = Clock::start(source.now);
    let (output, report) = reported(source, |trees, sink| {
        let document = load::load(source, trees, sink)?;
        clock.lap("load");
        let model = Model::of(source, document, sink, &mut clock);
        lint::run(&model.api, &model.analysis, document, sink);
        sink.check()?;
        clock.lap("name");
        let plans = model.plans();
        let schemas = model.json_schemas();
        clock.lap("plan");
        let cx = emit::EmitCx { schemas: schemas.as_ref(), ..model.cx(&plans, source) };
        let files = print::all(cx, &emit::sections(cx));
        clock.lap("emit and print");
        Ok(Output::new(cx, files))
    });
    Run { output, report, timings: clock.laps() }
}

/// Runs passes, and reports what they find. They follow a document's own nesting, which takes more
/// of a stack than a thread usually has.
fn reported<T: Send>(
    source: &Source,
    passes: impl FnOnce(&mut load::Trees, &mut Sink) -> Result<T, Failed> + Send,
) -> (Result<T, Failed>, Report) {
    let run = || {
        let mut sink = Sink::default();
        let mut trees = load::Trees::default();
        let outcome = passes(&mut trees, &mut sink);
        (outcome, Report::new(sink, &trees, source))
    };
    thread::scope(|scope| {
        let deep = thread::Builder::new().stack_size(print::STACK).spawn_scoped(scope, run);
        let done = deep.expect("a thread can be started").join();
        done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// The model of an API, complete before anything is emitted.
struct Model<'d> {
    document: &'d load::Document,
    api: ir::Api,
    analysis: analysis::Analysis,
    names: name::Names,
}

impl<'d> Model<'d> {
    fn of(
        source: &Source,
        document: &'d load::Document,
        sink: &mut Sink,
        clock: &mut Clock,
    ) -> Self {
        let api = lower::lower(document, &document.client, sink);
        clock.lap("lower");
        let analysis = analysis::analyze(&api);
        let vendor = &source.vendor;
        let names = name::resolve(&api, &analysis, vendor, document, sink);
        Self { document, api, analysis, names }
    }

    fn plans(&self) -> plan::Plans<'_> {
        let stated = lower::StatedExamples::of(self.document);
        plan::plan(&self.api, &self.analysis, &self.names, &self.document.client, stated)
    }

    fn json_schemas(&self) -> Option<json_schema::JsonSchemas> {
        json_schema::all(self.document, &self.api, &self.analysis, &self.names)
    }

    fn cx<'m>(&'m self, plans: &'m plan::Plans<'m>, source: &'m Source) -> emit::EmitCx<'m> {
        emit::EmitCx {
            plans,
            api: &self.api,
            analysis: &self.analysis,
            names: &self.names,
            client: &self.document.client,
            home: source.home,
            document: &source.document.name,
            contract: self.document.contract.as_deref(),
            schemas: None,
            krate: source.krate.as_deref(),
        }
    }
}

/// The files of the crate that holds the clients of `vendors`, besides those of each vendor.
pub fn assemble(spec: &CrateSpec, vendors: &[Output]) -> Vec<GeneratedFile> {
    emit::krate(spec, vendors)
}

/// The tests of a vendor's client, for the same crate.
///
/// # Errors
/// Findings that stop the passes, with their places.
pub fn wire_tests(spec: &CrateSpec, source: &Source) -> Result<WireTests, Report> {
    let (tests, report) = reported(source, |trees, sink| {
        let document = load::load(source, trees, sink)?;
        let model = Model::of(source, document, sink, &mut Clock::start(None));
        sink.check()?;
        let plans = model.plans();
        let cx = model.cx(&plans, source);
        let hints = lower::hints(document, &model.api);
        Ok(WireTests {
            files: print::tests(cx, wire_tests::files(cx, &spec.name.replace('-', "_"), &hints)),
            manifest: wire_tests::manifest(cx, &spec.runtime),
        })
    });
    tests.map_err(|Failed| report)
}

/// The tree of a YAML or JSON file, read in the same way as a document.
///
/// # Errors
/// Findings that make the file unreadable, with their places.
pub fn read(text: &Text) -> Result<Node, Report> {
    let mut sink = Sink::default();
    load::tree(text, SourceId::Document, &mut sink).map_err(|Failed| {
        let source = Source { document: text.clone(), ..Source::default() };
        Report::new(sink, &load::Trees::default(), &source)
    })
}

/// The AsyncAPI document that the block of a documentation page was made from, as far as the page shows it. `None` if
/// the tree is no such block.
pub fn document_of_channel(block: &Node) -> Option<Node> {
    load::document_of_page(block)
}

/// The tree of a document as its overlay corrects it.
///
/// # Errors
/// Findings that stop the passes, with their places.
pub fn corrected(source: &Source) -> Result<Node, Report> {
    corrected_documents(source).map(|it| it.0)
}

/// The same of both documents, where an AsyncAPI document stands beside the other one.
///
/// # Errors
/// Findings that stop the passes, with their places.
pub fn corrected_documents(source: &Source) -> Result<(Node, Option<Node>), Report> {
    let (found, report) = reported(source, |trees, sink| load::corrected(source, trees, sink));
    found.map_err(|Failed| report)
}

/// A document that was in several files.
#[derive(Debug)]
pub struct Bundle {
    /// The document with all that it refers to in other files.
    pub tree: Node,
    /// Places of the document, and what of which file was put there.
    pub origins: Vec<(diag::SpecPtr, String)>,
    /// The references that lead nowhere.
    pub report: Report,
}

/// Makes one document of several files. `None` if it is in one file already.
///
/// # Errors
/// Findings that make a file unreadable, with their places.
pub fn bundle(source: &Source) -> Result<Option<Bundle>, Report> {
    let (found, report) = reported(source, |trees, sink| load::bundled(source, trees, sink));
    match found {
        Ok(found) => Ok(found.map(|(tree, it)| Bundle { tree, origins: it.origins, report })),
        Err(Failed) => Err(report),
    }
}

/// The keywords of a document: each was used, or has no meaning for a client.
///
/// # Errors
/// Findings that stop the passes, with their places.
pub fn usage(source: &Source) -> Result<Vec<Keyword>, Report> {
    let (found, report) = reported(source, |trees, sink| {
        let document = load::load(source, trees, sink)?;
        let model = Model::of(source, document, sink, &mut Clock::start(None));
        lint::run(&model.api, &model.analysis, document, sink);
        sink.check()?;
        let written = load::tree(&source.document, SourceId::Document, &mut Sink::default())?;
        Ok(document.usage(&written, &lint::reach(&model.api, document, sink)))
    });
    found.map_err(|Failed| report)
}

/// The `client.yaml` that is proposed for a new vendor, from its document alone.
///
/// # Errors
/// Findings that stop the passes, with their places.
pub fn propose(source: &Source) -> Result<Proposal, Report> {
    let (proposal, report) = reported(source, |trees, sink| {
        let document = load::load(source, trees, sink)?;
        let api = lower::lower(document, &document.client, sink);
        Ok(lower::propose(&api))
    });
    proposal.map_err(|Failed| report)
}

/// A value as YAML, for whoever keeps files beside a document.
///
/// # Errors
/// A value that YAML cannot express, such as a map with lists for keys.
pub fn write_yaml(value: &impl serde::Serialize) -> Result<String, String> {
    load::write_yaml(value)
}

/// The result of a pass over a document, for developers of the generator: `node`, `api`, `names`,
/// `plans` or `surface`.
///
/// # Errors
/// Findings that stop the passes up to that one, with their places.
pub fn dump(source: &Source, stage: &str) -> Result<String, Report> {
    let (text, report) = reported(source, |trees, sink| {
        let document = load::load(source, trees, sink)?;
        if stage == "node" {
            return Ok(format!("{:#}\n", document.to_json()));
        }
        let model = Model::of(source, document, sink, &mut Clock::start(None));
        Ok(match stage {
            "api" => format!("{:#?}\n", model.api),
            "names" => format!("{:#?}\n", model.names),
            "plans" => format!("{:#?}\n", model.plans()),
            _ => {
                let plans = model.plans();
                let schemas = model.json_schemas();
                let cx = emit::EmitCx { schemas: schemas.as_ref(), ..model.cx(&plans, source) };
                print::surface(cx, &emit::sections(cx))
            }
        })
    });
    text.map_err(|Failed| report)
}
