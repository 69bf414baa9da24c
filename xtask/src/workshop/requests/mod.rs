//! `requests`: calls every operation of many documents at a server of judges that others wrote.

mod judged;
mod known;
mod server;

use crate::workshop::corpus::{self, Program};
use crate::workshop::npm;
use crate::workshop::referee;
use anyhow::{Result, bail};
use judged::Judged;
use known::KnownObjections;
use openapi_clients::project::Project;
use openapi_clients::terminal::table;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The program that serves, the documents that CI takes, and what judges are known to object to.
const FOLDER: &str = "tests/validators";
const LIST: &str = "documents.txt";
const KNOWN: &str = "known.txt";

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder with the documents
    dir: PathBuf,
    /// Take those that this file names, one a line, instead of those of tests/validators/documents.txt
    #[arg(long, value_name = "FILE")]
    list: Option<PathBuf>,
    /// Known objections, instead of those of tests/validators/known.txt:
    /// `DOCUMENT | JUDGE | METHOD PATH | PART OF THE OBJECTION | WHY`
    #[arg(long, value_name = "FILE")]
    known: Option<PathBuf>,
    /// Print every objection, also those that are explained
    #[arg(long)]
    all: bool,
}

impl Args {
    /// The documents of a folder that CI takes.
    pub(crate) fn of(dir: PathBuf) -> Self {
        Self { dir, list: None, known: None, all: false }
    }
}

pub(crate) fn run(args: &Args, workspace: &Project) -> Result<ExitCode> {
    let folder = workspace.root.join(FOLDER);
    let mut known =
        KnownObjections::of(args.known.as_deref().unwrap_or(&folder.join(KNOWN)), known::FORM)?;
    let installed = workspace.target().join("validators");
    npm::install(&folder, &installed)?;
    let program = installed.join("server.mjs");
    let list = args.list.clone().unwrap_or_else(|| folder.join(LIST));
    let programs = corpus::programs(&args.dir, &list, workspace)?;
    let mut rows = vec![judged::HEADING.map(str::to_owned).to_vec()];
    let mut open = Vec::new();
    for it in &programs {
        let judged = match call(it, &program) {
            Ok(judged) => judged,
            Err(error) => {
                open.push(format!("{}: {error:#}", it.name));
                continue;
            }
        };
        let sorted = known::sort(&mut known, &it.name, &judged.objections());
        if args.all {
            sorted.explained.iter().for_each(|said| println!("{}: {said}", it.name));
        }
        rows.push(judged.row(&it.name, &sorted));
        open.extend(sorted.open.iter().map(|said| format!("{}: {said}", it.name)));
    }
    let stale = known.unused(|[document, ..]| {
        args.list.is_none() || programs.iter().any(|it| it.name == *document)
    });
    open.extend(stale.iter().map(|it| format!("nothing is explained by the line\n  {it}")));
    print!("{}", table(&rows));
    for it in &open {
        println!("\n{it}");
    }
    Ok(if open.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Makes the calls of a client's tests at a server of its document.
fn call(program: &Program, server: &Path) -> Result<Judged> {
    let server = server::start(server, &program.document)?;
    // The server gives no response of the document, so tests that call it fail.
    let (url, least) = (server.url(), "1");
    let variables = [("WIRE_BASE_URL", url.as_ref()), ("WIRE_LEAST", least.as_ref())];
    referee::failures(&program.tests, &variables)?;
    let judged = server.end()?;
    if judged.requests.is_empty() {
        bail!("no request came");
    }
    Ok(judged)
}
