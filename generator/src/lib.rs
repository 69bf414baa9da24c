//! OpenAPI documents in, the files of a Rust client out: no file system, no process, no clock, no network.

mod config;
pub mod diag;
mod emit;
mod facts;
mod ir;
mod lint;
mod load;
mod lower;
mod name;
mod output;
mod print;

pub use config::schema as client_schema;
pub use load::{Map, Node, Value};
pub use output::{
    CrateSpec, File, Output, Run, RuntimeSource, Source, Summary, Text, Timing, WireTests,
};

use diag::{Failed, Report, Sink, SourceId};
use output::Clock;

/// Makes a vendor's client from its document. The report says what was found on the way.
pub fn generate(source: &Source) -> Run {
    let mut sink = Sink::default();
    let mut clock = Clock::start(source.now);
    let mut trees = load::Trees::default();
    let output = pipeline(source, &mut trees, &mut sink, &mut clock);
    Run { output, report: Report::new(sink, &trees, source), timings: clock.laps() }
}

fn pipeline(
    source: &Source,
    trees: &mut load::Trees,
    sink: &mut Sink,
    clock: &mut Clock,
) -> Result<Output, Failed> {
    let document = load::load(source, trees, sink)?;
    clock.lap("load");
    let api = lower::lower(document, &document.client, sink);
    clock.lap("lower");
    let facts = facts::gather(&api);
    let names =
        name::resolve(&api, &facts, &source.vendor, &document.client, &document.names, sink);
    lint::run(&api, &facts, document, sink);
    sink.check()?;
    clock.lap("name");
    let cx = emit::Cx {
        api: &api,
        facts: &facts,
        names: &names,
        client: &document.client,
        document: &source.document.name,
    };
    let files = print::all(cx, &emit::plan(cx));
    clock.lap("emit and print");
    Ok(Output::new(cx, files))
}

/// The files of the crate that holds the clients of `vendors`, besides those of each vendor.
pub fn assemble(spec: &CrateSpec, vendors: &[Output]) -> Vec<File> {
    emit::krate(spec, vendors)
}

/// Tests of a vendor's client, which stand in the crate beside it.
///
/// # Errors
/// What stands in the way of the client.
pub fn wire_tests(spec: &CrateSpec, source: &Source) -> Result<WireTests, Report> {
    let mut sink = Sink::default();
    let mut trees = load::Trees::default();
    let tests = tests(spec, source, &mut trees, &mut sink);
    tests.map_err(|Failed| Report::new(sink, &trees, source))
}

fn tests(
    spec: &CrateSpec,
    source: &Source,
    trees: &mut load::Trees,
    sink: &mut Sink,
) -> Result<WireTests, Failed> {
    let document = load::load(source, trees, sink)?;
    let api = lower::lower(document, &document.client, sink);
    let hints = lower::hints(document, &api);
    let facts = facts::gather(&api);
    let names =
        name::resolve(&api, &facts, &source.vendor, &document.client, &document.names, sink);
    sink.check()?;
    let cx = emit::Cx {
        api: &api,
        facts: &facts,
        names: &names,
        client: &document.client,
        document: &source.document.name,
    };
    Ok(WireTests {
        files: print::tests(cx, emit::wire(cx, &spec.name.replace('-', "_"), &hints)),
        manifest: emit::wire_manifest(cx, &spec.runtime),
    })
}

/// The tree of a YAML or JSON file, as a document is read.
///
/// # Errors
/// What stands in the way, with its places.
pub fn read(text: &Text) -> Result<Node, Report> {
    let mut sink = Sink::default();
    load::tree(text, SourceId::Document, &mut sink).map_err(|Failed| {
        let source = Source { document: text.clone(), ..Source::default() };
        Report::new(sink, &load::Trees::default(), &source)
    })
}

/// A value as YAML, for whoever keeps files beside a document.
///
/// # Errors
/// A value that YAML cannot express, such as a map with lists for keys.
pub fn write_yaml(value: &impl serde::Serialize) -> Result<String, String> {
    load::write_yaml(value)
}

/// What a pass makes of a document, for whoever works on the generator: `node`, `api`, `names` or `surface`.
///
/// # Errors
/// What stands in the way of that pass.
pub fn dump(source: &Source, stage: &str) -> Result<String, Report> {
    let mut sink = Sink::default();
    let mut trees = load::Trees::default();
    let text = dumped(source, stage, &mut trees, &mut sink);
    text.map_err(|Failed| Report::new(sink, &trees, source))
}

fn dumped(
    source: &Source,
    stage: &str,
    trees: &mut load::Trees,
    sink: &mut Sink,
) -> Result<String, Failed> {
    let document = load::load(source, trees, sink)?;
    if stage == "node" {
        return Ok(format!("{:#}\n", document.tree.to_json()));
    }
    let api = lower::lower(document, &document.client, sink);
    if stage == "api" {
        return Ok(format!("{api:#?}\n"));
    }
    let facts = facts::gather(&api);
    let names =
        name::resolve(&api, &facts, &source.vendor, &document.client, &document.names, sink);
    if stage == "names" {
        return Ok(format!("{names:#?}\n"));
    }
    let cx = emit::Cx {
        api: &api,
        facts: &facts,
        names: &names,
        client: &document.client,
        document: "",
    };
    Ok(emit::surface(cx))
}
