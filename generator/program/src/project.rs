//! A folder with documents under `specs/`, and the crate that is made of them.

mod settings;

use crate::clock;
use crate::input;
use crate::runtime::RuntimeSources;
use anyhow::{Context, Result, bail};
use generator::diag::nearest_name;
use generator::{Edits, Source, Text};
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) use settings::SETTINGS;
pub use settings::{ClientCrate, RuntimeChoice};

/// The documents that a vendor may have.
pub const DOCUMENTS: [&str; 2] = ["openapi.yaml", "asyncapi.yaml"];

/// The program that runs the commands.
#[derive(Clone, Debug)]
pub struct Program {
    /// The words that start it, as messages name them.
    pub command: &'static str,
    /// The sources that it copies beside clients.
    pub runtime: RuntimeSources,
}

/// A folder with documents under `specs/`, and the crate that is made of them.
#[derive(Clone, Debug)]
pub struct Project {
    /// The folder, above `specs/`.
    pub root: PathBuf,
    /// The crate.
    pub krate: ClientCrate,
    /// The program that keeps it.
    pub program: Program,
}

impl Project {
    /// The project around a folder: the nearest one above it that has `specs/project.yaml`.
    pub fn around(folder: &Path, program: Program) -> Result<Self> {
        let Some(root) = folder.ancestors().find(|it| it.join(SETTINGS).is_file()) else {
            bail!(
                "there is no project here: neither {} nor a folder above it has {SETTINGS}\n  \
                 = help: `{} init` makes one",
                folder.display(),
                program.command
            );
        };
        let krate = ClientCrate::read(&root.join(SETTINGS))?;
        Ok(Self { root: root.to_owned(), krate, program })
    }

    /// The workspace of the generator.
    pub fn of_generator(root: PathBuf) -> Self {
        let runtime = RuntimeSources::Workspace(root.clone());
        let program = Program { command: "cargo xtask", runtime };
        Self { root, krate: ClientCrate::of_generator(), program }
    }

    /// The one that holds this package.
    #[cfg(test)]
    pub(crate) fn of_tests() -> Self {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = package.ancestors().nth(2).expect("the package lies in two folders");
        Self::of_generator(root.to_owned())
    }

    /// The folder of the crate.
    pub fn crate_folder(&self) -> PathBuf {
        self.root.join(&self.krate.folder)
    }

    /// The vendors, in alphabetical order.
    pub fn vendors(&self) -> Result<Vec<String>> {
        let specs = self.root.join("specs");
        let mut vendors = Vec::new();
        for entry in fs::read_dir(&specs).context("cannot read specs")? {
            let entry = entry.context("cannot read specs")?;
            if DOCUMENTS.iter().any(|it| entry.path().join(it).is_file()) {
                vendors.extend(entry.file_name().into_string());
            }
        }
        vendors.sort();
        Ok(vendors)
    }

    /// Those of `vendors` that are wanted: all if none is named.
    pub fn pick(&self, wanted: &[String]) -> Result<Vec<String>> {
        let all = self.vendors()?;
        if all.is_empty() {
            bail!(
                "there is no vendor under specs\n  = help: `{} vendor NAME FILE…` adds one",
                self.program.command
            );
        }
        if let Some(name) = wanted.iter().find(|it| !all.contains(it)) {
            let near = nearest_name(name, all.iter().map(String::as_str));
            let near = near.map(|it| format!(": did you mean `{it}`?")).unwrap_or_default();
            bail!("there is no vendor `{name}`{near}\n  = help: there are {}", all.join(", "));
        }
        let picked = |it: &String| wanted.is_empty() || wanted.contains(it);
        Ok(all.into_iter().filter(picked).collect())
    }

    /// One of a vendor's files.
    pub fn spec(&self, vendor: &str, file: &str) -> PathBuf {
        self.root.join("specs").join(vendor).join(file)
    }

    /// The source of a vendor's client.
    pub fn source(&self, vendor: &str) -> Result<Source> {
        let text =
            |file: &str| optional(&self.spec(vendor, file), &format!("specs/{vendor}/{file}"));
        let [openapi, asyncapi] = DOCUMENTS.map(text);
        let (document, asyncapi) = match (openapi?, asyncapi?) {
            (Some(document), beside) => (document, beside),
            (None, Some(only)) => (only, None),
            (None, None) => bail!("specs/{vendor}/openapi.yaml is missing"),
        };
        Ok(Source {
            vendor: vendor.to_owned(),
            home: self.krate.location,
            krate: Some(self.krate.name.replace('-', "_")),
            document,
            files: None,
            origins: Vec::new(),
            asyncapi,
            overlay: text("overlay.yaml")?,
            client: text("client.yaml")?,
            names: text("names.lock")?,
            edits: Edits {
                overlay: format!("specs/{vendor}/overlay.yaml"),
                client: format!("specs/{vendor}/client.yaml"),
            },
            now: Some(clock::now),
        })
    }

    /// Where cargo builds.
    pub fn target(&self) -> PathBuf {
        match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => self.root.join(folder),
            None => self.root.join("target"),
        }
    }
}

/// A file that need not be there.
pub fn optional(path: &Path, name: &str) -> Result<Option<Text>> {
    Ok(input::find(path, name)?.map(|bytes| Text { name: name.to_owned(), bytes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(vendors: &[&str]) -> (tempfile::TempDir, Project) {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let project = Project::of_generator(folder.path().to_owned());
        fs::create_dir_all(folder.path().join("specs/no-document"))
            .expect("the test may write there");
        for vendor in vendors {
            let path = project.spec(vendor, "openapi.yaml");
            fs::create_dir_all(path.parent().expect("it has one"))
                .expect("the test may write there");
            fs::write(path, "openapi: 3.0.0\n").expect("the test may write there");
        }
        (folder, project)
    }

    #[cfg(unix)]
    #[test]
    fn no_file_of_a_vendor_may_be_a_device() {
        for file in ["openapi.yaml", "asyncapi.yaml", "overlay.yaml", "client.yaml", "names.lock"] {
            let (_folder, project) = project(&["acme"]);
            project.source("acme").expect("all are plain files");
            let place = project.spec("acme", file);
            let _ = fs::remove_file(&place);
            std::os::unix::fs::symlink("/dev/zero", &place).expect("the test may write there");
            let error = project.source("acme").expect_err("it has no end").to_string();
            assert!(error.contains("a device or a pipe") && error.contains(file), "{error}");
        }
    }

    #[test]
    fn a_project_is_found_from_below_it() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let below = folder.path().join("specs/pets");
        fs::create_dir_all(&below).expect("the test may write there");
        let program = || Project::of_generator(folder.path().to_owned()).program;
        let missing = Project::around(&below, program()).expect_err("it says nothing yet");
        let text = missing.to_string();
        assert!(text.contains("has specs/project.yaml") && text.contains("init"), "{text}");
        let settings = "name: pets\nfolder: clients\nruntime: vendored\n";
        fs::write(folder.path().join(SETTINGS), settings).expect("the test may write there");
        for place in [&*below, folder.path()] {
            let found = Project::around(place, program()).expect("it is around it");
            assert_eq!(found.root, folder.path());
            assert_eq!(found.crate_folder(), folder.path().join("clients"));
        }
    }

    #[test]
    fn a_vendor_is_a_folder_with_a_document() {
        let (_folder, project) = project(&["zeta", "acme"]);
        assert_eq!(project.pick(&[]).expect("there are two"), ["acme", "zeta"]);
        assert_eq!(project.pick(&["zeta".to_owned()]).expect("it is there"), ["zeta"]);
    }

    #[test]
    fn an_unknown_vendor_is_guessed_at_but_not_taken() {
        let (_folder, project) = project(&["acme"]);
        let error = project.pick(&["acne".to_owned()]).expect_err("it is not there").to_string();
        assert!(error.contains("did you mean `acme`?"), "{error}");
    }
}
