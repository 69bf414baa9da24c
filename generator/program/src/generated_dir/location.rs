//! Where a file may stand: below the folder, and behind no symbolic link.

use anyhow::{Context, Result, bail};
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path};

/// The bytes of the file at `path` in `root`, if it is there. Refuses what leads out of `root`.
pub(super) fn read(root: &Path, path: &str) -> Result<Option<Vec<u8>>> {
    if !is_plain(path) {
        bail!("`{path}` is no path inside of the folder");
    }
    let mut place = root.to_owned();
    let mut parts = Path::new(path).components().peekable();
    while let Some(part) = parts.next() {
        place.push(part);
        let about = match fs::symlink_metadata(&place) {
            Ok(about) => about,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("cannot look at `{path}`")),
        };
        if about.is_symlink() {
            let link = place.strip_prefix(root).expect("it was put together from there").display();
            bail!("`{link}` is a symbolic link, which is not followed\n  = help: remove it");
        }
        let wanted = if parts.peek().is_some() { about.is_dir() } else { about.is_file() };
        if !wanted {
            let there = place.strip_prefix(root).expect("it was put together from there").display();
            bail!("`{there}` stands where `{path}` goes\n  = help: move it away");
        }
    }
    fs::read(&place).map(Some).with_context(|| format!("cannot read `{path}`"))
}

/// True if a path goes down only.
fn is_plain(path: &str) -> bool {
    let down = |it| matches!(it, Component::Normal(_));
    !path.is_empty() && !path.contains('\\') && Path::new(path).components().all(down)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_go_down_only() {
        for path in ["src/lib.rs", "Cargo.toml"] {
            assert!(is_plain(path), "{path}");
        }
        for path in ["", "/etc/x", "../x", "src/../../x", "./x", "a\\..\\b"] {
            assert!(!is_plain(path), "{path}");
        }
    }

    #[test]
    fn a_folder_where_a_file_goes_is_named() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        fs::create_dir_all(folder.path().join("src/lib.rs")).expect("the test may write there");
        let error = read(folder.path(), "src/lib.rs").expect_err("it is a folder").to_string();
        assert!(error.starts_with("`src/lib.rs` stands where"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let other = tempfile::tempdir().expect("a temporary folder can be made");
        std::os::unix::fs::symlink(other.path(), folder.path().join("src")).expect("it is new");
        fs::write(other.path().join("lib.rs"), "mine").expect("the test may write there");
        let error = read(folder.path(), "src/lib.rs").expect_err("it is a link").to_string();
        assert!(error.starts_with("`src` is a symbolic link"), "{error}");
    }
}
