//! Changes of the documents themselves since the last commit, where git can tell.

use crate::commands::vendor;
use crate::input;
use crate::workspace::{DOCUMENTS, Workspace};
use crate::yaml;
use generator::Text;
use std::process::{Command, Stdio};

/// The changes of these vendors' documents; empty without git, without a commit, or without changes.
pub(super) fn changes(workspace: &Workspace, vendors: &[String]) -> String {
    let all = vendors.iter().flat_map(|it| DOCUMENTS.map(|file| (it, file)));
    all.filter_map(|(vendor, file)| of(workspace, vendor, file)).collect()
}

fn of(workspace: &Workspace, vendor: &str, file: &str) -> Option<String> {
    let name = format!("specs/{vendor}/{file}");
    let bytes = input::find(&workspace.spec(vendor, file), &name).ok()??;
    let committed = committed(workspace, &name)?;
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
fn committed(workspace: &Workspace, path: &str) -> Option<Vec<u8>> {
    let output = Command::new("git")
        .args(["show", &format!("HEAD:./{path}")])
        .current_dir(&workspace.root)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output.status.success().then_some(output.stdout)
}
