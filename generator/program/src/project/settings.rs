//! `specs/project.yaml`: the crate that is made, and where its runtime comes from.

use crate::yaml;
use anyhow::{Context, Result, bail};
use generator::diag::nearest_name;
use generator::{CrateLocation, Node};
use std::path::{Component, Path};

/// The file by which a project is found.
pub(crate) const SETTINGS: &str = "specs/project.yaml";

const KEYS: [&str; 5] = ["name", "folder", "runtime", "license", "repository"];

/// The crate that a project's documents become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientCrate {
    /// Its name.
    pub name: String,
    /// Its folder, from that of the project, with `/`.
    pub folder: String,
    /// The source of its runtime.
    pub runtime: RuntimeChoice,
    /// The kind of project, on which the heads of its files depend.
    pub location: CrateLocation,
    /// Its licence, an SPDX expression, which a registry asks for.
    pub license: Option<String>,
    /// The URL of its repository.
    pub repository: Option<String>,
}

/// The source of a crate's runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuntimeChoice {
    /// The dependency of the workspace.
    Workspace,
    /// A copy of its sources in the crate's folder.
    Vendored,
    /// The registry.
    Registry,
    /// A folder.
    Folder(String),
}

impl RuntimeChoice {
    /// The choice that a word names: `vendored`, `registry`, or else a folder.
    pub(crate) fn of(word: &str) -> Self {
        match word {
            "vendored" => Self::Vendored,
            "registry" => Self::Registry,
            folder => Self::Folder(folder.to_owned()),
        }
    }
}

impl ClientCrate {
    pub(super) fn of_generator() -> Self {
        let name = "generated-client".to_owned();
        let (runtime, location) = (RuntimeChoice::Workspace, CrateLocation::Workspace);
        // The workspace has both.
        let (license, repository) = (None, None);
        Self { folder: name.clone(), name, runtime, location, license, repository }
    }

    /// The crate that a file describes.
    pub(super) fn read(place: &Path) -> Result<Self> {
        let tree = yaml::read(place, SETTINGS)?;
        let map = tree.as_map().with_context(|| format!("{SETTINGS} is no map"))?;
        if let Some((key, _)) = map.iter().find(|(key, _)| !KEYS.contains(&key.as_str())) {
            let near = nearest_name(key, KEYS).map(|it| format!(": did you mean `{it}`?"));
            bail!(
                "{SETTINGS} has no key `{key}`{}\n  = help: the keys are {}",
                near.unwrap_or_default(),
                KEYS.join(", ")
            );
        }
        let folder = text(&tree, "folder")?.to_owned();
        let name = crate::commands::generate::checked_name(text(&tree, "name")?)
            .with_context(|| format!("`name` in {SETTINGS}"))?;
        let runtime = RuntimeChoice::of(text(&tree, "runtime")?);
        let location = CrateLocation::Project;
        let [license, repository] = ["license", "repository"].map(|key| match tree.get(key) {
            Some(_) => text(&tree, key).map(|it| Some(it.to_owned())),
            None => Ok(None),
        });
        let (license, repository) = (license?, repository?);
        let krate = Self { name, folder, runtime, location, license, repository };
        krate.check_folder(&format!("`folder` in {SETTINGS}"))?;
        Ok(krate)
    }

    /// Fails if the crate's folder, which `said` names, is not one of its own in the project.
    pub(crate) fn check_folder(&self, said: &str) -> Result<()> {
        let is_below = |it| matches!(it, Component::Normal(_));
        let path = Path::new(&self.folder);
        if path.components().all(is_below) && !path.starts_with("specs") && !self.folder.is_empty()
        {
            return Ok(());
        }
        bail!(
            "{said} is `{}`\n  = help: name a folder beside specs, such as `clients`",
            self.folder
        );
    }

    /// The file that says so.
    pub(crate) fn text(&self) -> String {
        let quoted = |it: &str| serde_json::Value::from(it).to_string();
        let runtime = match &self.runtime {
            RuntimeChoice::Folder(folder) => quoted(folder),
            RuntimeChoice::Registry => "registry".to_owned(),
            RuntimeChoice::Vendored | RuntimeChoice::Workspace => "vendored".to_owned(),
        };
        let line = |key: &str, it: &Option<String>| {
            it.as_ref().map(|it| format!("{key}: {}\n", quoted(it))).unwrap_or_default()
        };
        let (license, repository) =
            (line("license", &self.license), line("repository", &self.repository));
        format!(
            "# The crate that `openapi-clients regen` makes of the documents in this folder.\n\
             name: {}\n\
             # Its folder, from the one above this.\n\
             folder: {}\n\
             # Where it has client-runtime from: `vendored` (a copy in its folder), `registry`, or a path from the folder above.\n\
             runtime: {runtime}\n\
             # What a registry asks for: `license`, an SPDX expression such as MIT, and `repository`, a URL.\n\
             {license}{repository}",
            quoted(&self.name),
            quoted(&self.folder)
        )
    }
}

fn text<'n>(tree: &'n Node, key: &str) -> Result<&'n str> {
    let found = tree.text(key).filter(|it| !it.is_empty());
    found.with_context(|| format!("{SETTINGS} does not say `{key}`, a text"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn read(text: &str) -> Result<ClientCrate> {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let place = folder.path().join("project.yaml");
        fs::write(&place, text).expect("the test may write there");
        ClientCrate::read(&place)
    }

    #[test]
    fn what_is_written_is_read() {
        for word in ["vendored", "registry", "../runtime: \"x\""] {
            let krate = ClientCrate {
                name: "acme-clients".to_owned(),
                folder: "crates/clients".to_owned(),
                runtime: RuntimeChoice::of(word),
                location: CrateLocation::Project,
                license: Some("MIT OR Apache-2.0".to_owned()),
                repository: None,
            };
            assert_eq!(read(&krate.text()).expect("it was written so"), krate);
        }
    }

    #[test]
    fn what_it_does_not_say_is_told() {
        let whole = "name: acme\nfolder: clients\nruntime: vendored\n";
        read(whole).expect("it says all");
        for (old, new, said) in [
            ("name: acme\n", "", "does not say `name`"),
            ("acme", "std", "`name` in specs/project.yaml"),
            ("clients", "../clients", "`folder` in specs/project.yaml is `../clients`"),
            ("clients", "/tmp", "`folder` in specs/project.yaml is `/tmp`"),
            ("clients", "specs", "`folder` in specs/project.yaml is `specs`"),
            ("runtime", "runtim", "did you mean `runtime`?"),
            ("name: acme\n", "name: acme\nlicense: [MIT]\n", "does not say `license`"),
        ] {
            let error = format!("{:#}", read(&whole.replace(old, new)).expect_err(said));
            assert!(error.contains(said), "{error}");
        }
    }
}
