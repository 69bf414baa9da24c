//! Changes of the documents themselves since the last commit, where git can tell.

use crate::commands::vendor;
use crate::input;
use crate::project::{DOCUMENTS, Project};
use crate::yaml;
use generator::Text;
use std::process::{Command, Stdio};

/// The changes of these vendors' documents; empty without git, without a commit, or without changes.
pub(super) fn changes(project: &Project, vendors: &[String]) -> String {
    let all = vendors.iter().flat_map(|it| DOCUMENTS.map(|file| (it, file)));
    all.filter_map(|(vendor, file)| of(project, vendor, file)).collect()
}

fn of(project: &Project, vendor: &str, file: &str) -> Option<String> {
    let name = format!("specs/{vendor}/{file}");
    let bytes = input::find(&project.spec(vendor, file), &name).ok()??;
    let committed = committed(project, &name)?;
    if committed == bytes {
        return None;
    }
    let read = |bytes| yaml::parse(&Text { name: name.clone(), bytes }).ok();
    Some(vendor::changes(
        &format!("{name} since the last commit:"),
        &read(committed)?,
        &read(bytes)?,
    ))
}

/// A file as it was committed last, if it was. `./` keeps git from taking another folder for ours.
fn committed(project: &Project, path: &str) -> Option<Vec<u8>> {
    let output = Command::new("git")
        .args(["show", &format!("HEAD:./{path}")])
        .current_dir(&project.root)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output.status.success().then_some(output.stdout)
}
