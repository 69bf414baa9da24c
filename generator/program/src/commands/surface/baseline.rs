//! The last release: its version, its modules and their surfaces.

use crate::input;
use crate::project::Project;
use crate::text::lines;
use crate::yaml;
use anyhow::{Result, bail};
use generator::{Node, Output};
use semver::Version;
use std::fs;

/// A vendor's surface at the last release, in its folder under specs.
pub(crate) const RELEASED: &str = "released.txt";
/// The version, and the modules of the last release.
pub(crate) const RELEASE: &str = "specs/release.yaml";

/// `specs/release.yaml`.
pub struct Release {
    /// The version of the crate: the last release's, or the first to be released.
    pub version: Version,
    /// The modules of the last release; `None` before the first.
    pub modules: Option<Vec<String>>,
}

impl Release {
    pub fn of(project: &Project) -> Result<Self> {
        let tree = yaml::read(&project.root.join(RELEASE), RELEASE)?;
        let text = tree.text("version").unwrap_or_default();
        let version =
            Version::parse(text).ok().filter(|it| it.pre.is_empty() && it.build.is_empty());
        let Some(version) = version else {
            bail!("{RELEASE} must say `version: 1.2.3`, three numbers: it is `{text}`");
        };
        let modules = tree.get("released").and_then(Node::as_list);
        let modules =
            modules.map(|it| it.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect());
        Ok(Self { version, modules })
    }

    pub(crate) fn text(&self, project: &Project) -> String {
        let (name, command) = (&project.krate.name, project.program.command);
        let head = [
            format!("# The version of {name}, and the modules of its last release."),
            format!("# `{command} release` writes both."),
            format!("version: {}", self.version),
        ];
        let modules = self.modules.iter().map(|it| format!("released: [{}]", it.join(", ")));
        lines(head.into_iter().chain(modules))
    }
}

/// The surfaces to compare with, by module.
pub(super) struct Baseline {
    pub(super) release: Release,
    pub(super) surfaces: Vec<(String, String)>,
}

impl Baseline {
    /// That of the last release; before the first, that of the last run of regen.
    pub(super) fn of(project: &Project) -> Result<Self> {
        let release = Release::of(project)?;
        let mut surfaces = Vec::new();
        for module in release.modules.iter().flatten() {
            let text = released(project, module)?.unwrap_or_default();
            surfaces.push((module.clone(), text));
        }
        if release.modules.is_none() {
            surfaces = last_run(project);
        }
        Ok(Self { release, surfaces })
    }
}

/// The baseline whose lines speak of a module: the vendor's folder may be called otherwise.
fn released(project: &Project, module: &str) -> Result<Option<String>> {
    let head = format!("{module}::");
    for vendor in project.vendors()? {
        let place = project.spec(&vendor, RELEASED);
        let text = input::find_text(&place, &format!("specs/{vendor}/{RELEASED}"))?;
        if let Some(text) = text.filter(|it| it.starts_with(&head)) {
            return Ok(Some(text));
        }
    }
    Ok(None)
}

fn last_run(project: &Project) -> Vec<(String, String)> {
    let folder = project.crate_folder().join("api");
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found = entries
        .filter_map(|it| {
            let name = it.file_name().into_string().ok()?;
            Some((name.strip_suffix(".txt")?.to_owned(), fs::read_to_string(it.path()).ok()?))
        })
        .collect::<Vec<_>>();
    found.sort();
    found
}

/// A client's surface.
pub(crate) fn surface(output: &Output) -> &str {
    let path = format!("api/{}.txt", output.module);
    let file = output.files.iter().find(|it| it.path == path);
    &file.expect("each client has its surface").text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_three_numbers() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let project = Project::of_generator(folder.path().to_owned());
        fs::create_dir_all(folder.path().join("specs")).expect("the test may write there");
        for (text, right) in [
            ("version: 0.1.0", true),
            ("version: '0.1'", false),
            ("version: 1.2.x", false),
            ("version: 1.2.3-rc.1", false),
            ("{}", false),
        ] {
            fs::write(folder.path().join(RELEASE), text).expect("the test may write there");
            assert_eq!(Release::of(&project).is_ok(), right, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let project = Project::of_generator(folder.path().to_owned());
        fs::create_dir_all(folder.path().join("specs")).expect("the test may write there");
        for modules in [None, Some(vec!["acme".to_owned(), "no".to_owned()])] {
            let release = Release { version: Version::new(1, 2, 3), modules };
            fs::write(folder.path().join(RELEASE), release.text(&project))
                .expect("the test may write there");
            let read = Release::of(&project).expect("the file was written before");
            assert_eq!((read.version, read.modules), (release.version, release.modules));
        }
    }
}
