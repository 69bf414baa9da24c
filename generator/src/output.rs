//! Input and output of the generator.

use crate::diag::{Failed, Report, SpecPtr};
use crate::emit::{self, EmitCx};
use crate::files::DocumentFiles;
use crate::ir::{Origin, TypeDef};
use crate::name::Lock;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

/// A file's text and the name under which it is shown.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The name to show, such as `specs/acme/openapi.yaml`.
    pub name: String,
    /// Its bytes, as read.
    pub bytes: Vec<u8>,
}

/// The input from which a vendor's client is generated.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The vendor's name: the module and the Cargo feature, unless `client.yaml` says otherwise.
    pub vendor: String,
    /// The location of the crate, on which the heads of its files depend.
    pub home: CrateLocation,
    /// The Rust name of the crate that contains the client, for the examples in its documentation.
    /// No examples are generated without it.
    pub krate: Option<String>,
    /// The OpenAPI document, or an AsyncAPI document alone.
    pub document: Text,
    /// The files below the document's folder, to which it may refer. Without them it must be whole.
    pub files: Option<DocumentFiles>,
    /// Where parts of the document came from, if it was made of several files: findings name these, too.
    pub origins: Vec<(SpecPtr, String)>,
    /// The AsyncAPI document whose sockets stand beside the operations.
    pub asyncapi: Option<Text>,
    /// Corrections of the document.
    pub overlay: Option<Text>,
    /// `client.yaml`: facts about the API that the document does not state.
    pub client: Option<Text>,
    /// The text of `names.lock`: the names that earlier runs assigned.
    pub names: Option<Text>,
    /// The names by which findings refer to `overlay` and `client`.
    pub edits: Edits,
    /// A clock for the timings of the passes: the generator does not read the time by itself.
    pub now: Option<fn() -> Duration>,
}

/// The names by which findings refer to the files that a person edits, whether they exist yet or not.
#[derive(Clone, Debug)]
pub struct Edits {
    /// The name of the file that corrects the document.
    pub overlay: String,
    /// The name of the file of facts that the document does not state.
    pub client: String,
}

impl Default for Edits {
    fn default() -> Self {
        Self { overlay: "overlay.yaml".to_owned(), client: "client.yaml".to_owned() }
    }
}

/// The result of a run.
#[derive(Debug)]
pub struct Run {
    /// The client, unless an error was found.
    pub output: Result<Output, Failed>,
    /// The findings.
    pub report: Report,
    /// The duration of each pass, if [`Source::now`] was given.
    pub timings: Vec<Timing>,
}

/// The duration of a pass.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// The name of the pass.
    pub pass: &'static str,
    /// Its duration.
    pub time: Duration,
}

/// A vendor's client.
#[derive(Debug)]
pub struct Output {
    /// The Rust module, which is the Cargo feature too.
    pub module: String,
    /// The title of the API.
    pub title: String,
    /// The files, by their path in the crate.
    pub files: Vec<GeneratedFile>,
    /// The numbers of operations, schemas and types.
    pub summary: Summary,
    /// The source of resources, tags or paths, and the reason, in one line.
    pub resources_from: String,
    pub(crate) krate: crate::emit::VendorFacts,
    lock: Arc<Lock>,
}

/// The numbers of operations, schemas and types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Operations of the document.
    pub operations: usize,
    /// Operations that were emitted.
    pub emitted_operations: usize,
    /// Named schemas of the document.
    pub schemas: usize,
    /// Named schemas that were emitted.
    pub emitted_schemas: usize,
    /// Types emitted, anonymous ones included.
    pub types: usize,
}

/// A file of the crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Its path, from the root of the crate, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Tests of the requests and responses of a client.
#[derive(Clone, Debug)]
pub struct WireTests {
    /// The files, by their path in the crate.
    pub files: Vec<GeneratedFile>,
    /// The additions to the crate's manifest, to be put at its end.
    pub manifest: String,
}

/// The crate that clients are put into.
#[derive(Clone, Debug)]
pub struct CrateSpec {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The source of `client-runtime`.
    pub runtime: RuntimeSource,
    /// Its location.
    pub home: CrateLocation,
    /// Its licence, an SPDX expression, where it is not that of a workspace.
    pub license: Option<String>,
    /// The URL of its repository, likewise.
    pub repository: Option<String>,
}

impl CrateSpec {
    /// A crate of its own.
    #[must_use]
    pub fn alone(name: &str, runtime: RuntimeSource) -> Self {
        let version = "0.1.0".to_owned();
        let (name, home) = (name.to_owned(), CrateLocation::Alone);
        Self { name, version, runtime, home, license: None, repository: None }
    }
}

/// The location of a crate, which decides which command generates it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CrateLocation {
    /// In the workspace of the generator, which defines metadata and holds the documents: `cargo xtask regen`.
    Workspace,
    /// In any other project, which holds the documents: `openapi-clients regen`.
    Project,
    /// Anywhere: `generate`.
    #[default]
    Alone,
}

/// The source of `client-runtime`.
#[derive(Clone, Debug)]
pub enum RuntimeSource {
    /// The dependency of that name in the workspace.
    Workspace,
    /// A folder, from the root of the crate.
    Path(String),
    /// The registry, from which cargo takes a version that fits this one.
    Version(String),
}

impl RuntimeSource {
    /// The key of the dependency that says where it comes from.
    pub(crate) fn key(&self) -> String {
        match self {
            Self::Workspace => "workspace = true".to_owned(),
            Self::Path(path) => format!("path = {}", emit::krate::quoted(path)),
            Self::Version(version) => format!("version = {}", emit::krate::quoted(version)),
        }
    }
}

impl Output {
    pub(crate) fn new(cx: EmitCx<'_>, mut files: Vec<GeneratedFile>) -> Self {
        files.extend(cx.contract.map(|text| GeneratedFile {
            path: format!("src/{}/contract.json", cx.names.module.text()),
            text: text.to_owned(),
        }));
        files.extend(cx.schemas.map(|it| GeneratedFile {
            path: format!("src/{}/schemas.json", cx.names.module.text()),
            text: it.text.clone(),
        }));
        Self {
            title: cx.api.title.clone(),
            summary: Summary::of(cx),
            resources_from: cx.api.resources_from.clone(),
            krate: emit::vendor_facts(cx),
            module: cx.names.module.text().to_owned(),
            files,
            lock: Arc::clone(&cx.names.lock),
        }
    }

    /// The new text of `names.lock`.
    pub fn names(&self) -> String {
        self.lock.to_text()
    }
}

impl Output {
    /// True if calls of the client open sockets, which needs a feature of the runtime.
    pub fn opens_sockets(&self) -> bool {
        self.krate.opens_sockets()
    }
}

impl Summary {
    fn of(cx: EmitCx<'_>) -> Self {
        let named = |def: &TypeDef| matches!(def.origin, Origin::Component(_));
        let live = || cx.api.types.iter().filter(|(id, _)| cx.analysis.is_live(*id));
        let operations: HashSet<_> = cx.api.operations.iter().map(|(_, it)| &it.at).collect();
        Self {
            operations: cx.api.declared_operations,
            emitted_operations: operations.len(),
            schemas: cx.api.types.iter().filter(|(_, it)| named(it)).count(),
            emitted_schemas: live().filter(|(_, it)| named(it)).count(),
            types: live().count(),
        }
    }
}

/// Measures the duration of passes.
pub(crate) struct Clock {
    now: Option<fn() -> Duration>,
    last: Duration,
    laps: Vec<Timing>,
}

impl Clock {
    pub(crate) fn start(now: Option<fn() -> Duration>) -> Self {
        Self { now, last: now.map_or(Duration::ZERO, |now| now()), laps: Vec::new() }
    }

    pub(crate) fn lap(&mut self, pass: &'static str) {
        let Some(now) = self.now else { return };
        let time = now();
        self.laps.push(Timing { pass, time: time.saturating_sub(self.last) });
        self.last = time;
    }

    pub(crate) fn laps(self) -> Vec<Timing> {
        self.laps
    }
}
