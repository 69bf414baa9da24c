//! `dump`: shows the state after a pass.

use crate::commands::regen::{self, FindingOptions, MessageFormat};
use crate::project::Project;
use crate::terminal;
use anyhow::{Result, bail};
use generator::Source;
use generator::diag::nearest_name;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    /// Whose document
    vendor: String,
    /// After which pass
    #[arg(value_enum)]
    stage: Stage,
    /// With `file`: the files to show, by their path or its end; their list if none is named
    #[arg(value_name = "NAME")]
    names: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Stage {
    /// The document's tree, after overlay and downgrade
    Node,
    /// The API, without names
    Api,
    /// The name of everything that has one
    Names,
    /// The plan of each type and call
    Plans,
    /// The public surface, one line an item
    Surface,
    /// The emitted files
    File,
}

pub fn run(args: &Args, project: &Project) -> Result<ExitCode> {
    project.pick(std::slice::from_ref(&args.vendor))?;
    let source = project.source(&args.vendor)?;
    let stage = match args.stage {
        Stage::File => return files(&source, &args.names),
        Stage::Node => "node",
        Stage::Api => "api",
        Stage::Names => "names",
        Stage::Plans => "plans",
        Stage::Surface => "surface",
    };
    match generator::dump(&source, stage) {
        Ok(text) => print!("{text}"),
        Err(report) => bail!("this stage was not reached\n{}", report.render(terminal::style())),
    }
    Ok(ExitCode::SUCCESS)
}

fn files(source: &Source, names: &[String]) -> Result<ExitCode> {
    let run = generator::generate(source);
    let options = FindingOptions { format: MessageFormat::Human, verbose: false, strict: false };
    let Ok(output) = run.output else {
        regen::print_findings(&source.vendor, &run.report, options);
        bail!("there are no files");
    };
    if names.is_empty() {
        output.files.iter().for_each(|it| println!("{}", it.path));
    }
    for name in names {
        let mut found = output.files.iter().filter(|it| it.path.ends_with(&**name)).peekable();
        if found.peek().is_none() {
            let near = nearest_name(name, output.files.iter().map(|it| &*it.path));
            let near = near.map(|it| format!(": did you mean `{it}`?")).unwrap_or_default();
            bail!("there is no file `{name}`{near}");
        }
        found.for_each(|it| println!("// {}\n{}", it.path, it.text));
    }
    Ok(ExitCode::SUCCESS)
}
