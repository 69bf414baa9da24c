//! The location of the workspace.

use openapi_clients::project::Project;
use std::path::Path;

/// The workspace around the current folder, or else the one that this program was built in.
pub(crate) fn workspace() -> Project {
    let folder = std::env::current_dir().ok();
    folder.as_deref().and_then(around).unwrap_or_else(|| {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = package.parent().expect("the package has a folder of its own");
        Project::of_generator(root.to_owned())
    })
}

fn around(folder: &Path) -> Option<Project> {
    let is_root = |it: &&Path| it.join("xtask/Cargo.toml").is_file() && it.join("specs").is_dir();
    folder.ancestors().find(is_root).map(|it| Project::of_generator(it.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_workspace_is_the_one_around_the_current_folder() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let below = folder.path().join("specs/acme");
        fs::create_dir_all(&below).expect("the test may write there");
        assert!(around(&below).is_none(), "it has no xtask");
        fs::create_dir(folder.path().join("xtask")).expect("the test may write there");
        fs::write(folder.path().join("xtask/Cargo.toml"), "").expect("the test may write there");
        for place in [&*below, folder.path()] {
            let found = around(place).expect("it is around it");
            assert_eq!(found.root, folder.path());
        }
    }
}
