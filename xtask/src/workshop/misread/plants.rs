//! The list of misreadings: what is changed in the sources, and who is to find it in which documents.

use anyhow::{Context, Result, bail};
use generator::Node;
use openapi_clients::yaml;
use std::fs;
use std::path::{Path, PathBuf};

/// A misreading.
#[derive(Debug)]
pub(super) struct Plant {
    pub(super) name: String,
    /// A source file of the generator, from the workspace's folder.
    pub(super) file: PathBuf,
    find: String,
    replace: String,
    /// Documents that say otherwise.
    pub(super) documents: Vec<String>,
    /// Words that the judge must say.
    pub(super) says: String,
}

/// The plants that a judge can find, or those of them that are wanted.
pub(super) fn read(path: &Path, judge: &str, wanted: &[String]) -> Result<Vec<Plant>> {
    let tree = yaml::read(path, &path.display().to_string())?;
    let all = tree.as_list().context("the plants are no list")?;
    let mut plants = Vec::new();
    for node in all {
        let text = |node: &Node, key: &str| {
            let text = node.text(key).map(str::to_owned);
            text.with_context(|| format!("a plant lacks `{key}`"))
        };
        let Some(of_judge) = node.get("judges").and_then(|it| it.get(judge)) else { continue };
        let documents = of_judge.get("documents").and_then(Node::as_list).unwrap_or_default();
        plants.push(Plant {
            name: text(node, "name")?,
            file: text(node, "file")?.into(),
            find: text(node, "find")?,
            replace: text(node, "replace")?,
            documents: documents.iter().filter_map(Node::as_str).map(str::to_owned).collect(),
            says: text(of_judge, "says")?,
        });
    }
    if let Some(name) = wanted.iter().find(|it| !plants.iter().any(|plant| plant.name == **it)) {
        bail!("there is no plant `{name}` that `{judge}` can find");
    }
    plants.retain(|it| wanted.is_empty() || wanted.contains(&it.name));
    if plants.is_empty() {
        bail!("there is no plant that `{judge}` can find");
    }
    Ok(plants)
}

impl Plant {
    /// The text of its file with the misreading in it.
    pub(super) fn planted(&self, root: &Path) -> Result<String> {
        let text = fs::read_to_string(root.join(&self.file))
            .with_context(|| format!("cannot read {}", self.file.display()))?;
        let count = text.matches(&self.find).count();
        if count != 1 {
            bail!(
                "`{}` cannot be planted: {} has what it replaces {count} times\n  = help: bring \
                 tests/misread/plants.yaml up to date",
                self.name,
                self.file.display()
            );
        }
        Ok(text.replacen(&self.find, &self.replace, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever changes what is replaced there learns it from the tests already.
    #[test]
    fn all_can_be_planted() {
        let root = crate::location::workspace().root;
        let of = |judge: &str| read(&root.join(super::super::PLANTS), judge, &[]);
        let of_wire = of("wire").expect("they are there");
        assert!(of_wire.len() >= 5, "{}", of_wire.len());
        let others = ["values", "servers"].map(|it| of(it).expect("they are there"));
        for it in of_wire.into_iter().chain(others.into_iter().flatten()) {
            it.planted(&root).expect("it fits the sources");
            for document in &it.documents {
                assert!(root.join(document).is_file(), "{document}");
            }
        }
    }

    #[test]
    fn what_is_replaced_must_be_there_once() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let plant = |find: &str| Plant {
            name: "it".to_owned(),
            file: "a.rs".into(),
            find: find.to_owned(),
            replace: "c".to_owned(),
            documents: Vec::new(),
            says: String::new(),
        };
        fs::write(folder.path().join("a.rs"), "a b a").expect("the test may write there");
        assert_eq!(plant("b").planted(folder.path()).expect("it is there"), "a c a");
        for wrong in ["a", "d"] {
            let error = plant(wrong).planted(folder.path()).expect_err("it is not there once");
            assert!(error.to_string().contains("cannot be planted"), "{error}");
        }
    }
}
