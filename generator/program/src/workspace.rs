//! Where things are in the workspace.

use crate::clock;
use crate::input;
use anyhow::{Context, Result, bail};
use generator::diag::nearest_name;
use generator::{CrateLocation, Edits, Source, Text};
use std::fs;
use std::path::{Path, PathBuf};

/// The documents that a vendor may have.
pub const DOCUMENTS: [&str; 2] = ["openapi.yaml", "asyncapi.yaml"];

/// A folder with the rooms that ARCHITECTURE.md names.
pub struct Workspace {
    pub root: PathBuf,
}

impl Workspace {
    /// The one that holds this package.
    #[cfg(test)]
    pub(crate) fn of_tests() -> Self {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self {
            root: package.ancestors().nth(2).expect("the package lies in two folders").to_owned(),
        }
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
                "there is no vendor under specs\n  = help: `cargo xtask vendor NAME FILE…` adds one"
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
            home: CrateLocation::Workspace,
            krate: Some("generated_client".to_owned()),
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

    fn workspace(vendors: &[&str]) -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let workspace = Workspace { root: folder.path().to_owned() };
        fs::create_dir_all(folder.path().join("specs/no-document"))
            .expect("the test may write there");
        for vendor in vendors {
            let path = workspace.spec(vendor, "openapi.yaml");
            fs::create_dir_all(path.parent().expect("it has one"))
                .expect("the test may write there");
            fs::write(path, "openapi: 3.0.0\n").expect("the test may write there");
        }
        (folder, workspace)
    }

    #[cfg(unix)]
    #[test]
    fn no_file_of_a_vendor_may_be_a_device() {
        for file in ["openapi.yaml", "asyncapi.yaml", "overlay.yaml", "client.yaml", "names.lock"] {
            let (_folder, workspace) = workspace(&["acme"]);
            workspace.source("acme").expect("all are plain files");
            let place = workspace.spec("acme", file);
            let _ = fs::remove_file(&place);
            std::os::unix::fs::symlink("/dev/zero", &place).expect("the test may write there");
            let error = workspace.source("acme").expect_err("it has no end").to_string();
            assert!(error.contains("a device or a pipe") && error.contains(file), "{error}");
        }
    }

    #[test]
    fn a_vendor_is_a_folder_with_a_document() {
        let (_folder, workspace) = workspace(&["zeta", "acme"]);
        assert_eq!(workspace.pick(&[]).expect("there are two"), ["acme", "zeta"]);
        assert_eq!(workspace.pick(&["zeta".to_owned()]).expect("it is there"), ["zeta"]);
    }

    #[test]
    fn an_unknown_vendor_is_guessed_at_but_not_taken() {
        let (_folder, workspace) = workspace(&["acme"]);
        let error = workspace.pick(&["acne".to_owned()]).expect_err("it is not there").to_string();
        assert!(error.contains("did you mean `acme`?"), "{error}");
    }
}
