//! Reads files that others wrote: plain files only, and never more of them than the generator would take.

use anyhow::{Context, Result, bail};
use generator::MAX_FILE_BYTES;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

/// The content of a file that is shown as `name`.
///
/// A device or a pipe may have no end, and opening a pipe may wait for ever, so both are refused before
/// anything is opened. The size is asked for first, and the limit holds while reading too: a file may grow.
pub fn read(path: &Path, name: &str) -> Result<Vec<u8>> {
    find(path, name)?.with_context(|| format!("cannot read {name}: there is no such file"))
}

/// The same of a file that need not be there.
pub fn find(path: &Path, name: &str) -> Result<Option<Vec<u8>>> {
    let about = match fs::metadata(path) {
        Ok(about) => about,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("cannot read {name}")),
    };
    if !about.is_file() {
        let what = if about.is_dir() { "a folder" } else { "a device or a pipe" };
        bail!("cannot read {name}: it is {what}\n  = help: give the path of a plain file");
    }
    let mut bytes = Vec::new();
    if about.len() <= MAX_FILE_BYTES {
        let file = File::open(path).with_context(|| format!("cannot read {name}"))?;
        let mut file = file.take(MAX_FILE_BYTES + 1);
        file.read_to_end(&mut bytes).with_context(|| format!("cannot read {name}"))?;
    }
    if about.len().max(bytes.len() as u64) > MAX_FILE_BYTES {
        bail!("cannot read {name}: it is larger than {} MiB", MAX_FILE_BYTES >> 20);
    }
    Ok(Some(bytes))
}

/// The same as text; bytes that are not UTF-8 become `U+FFFD`.
pub fn find_text(path: &Path, name: &str) -> Result<Option<String>> {
    Ok(find(path, name)?.map(|it| String::from_utf8_lossy(&it).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(path: &Path) -> String {
        read(path, "it").expect_err("it is refused").to_string()
    }

    #[test]
    fn a_file_of_three_gigabytes_is_refused_by_its_size() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("large.yaml");
        let file = File::create(&path).expect("the test may write there");
        file.set_len(3 << 30).expect("a sparse file takes no room");
        assert_eq!(refused(&path), "cannot read it: it is larger than 64 MiB");
    }

    #[test]
    fn the_largest_file_is_read() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("large.yaml");
        let file = File::create(&path).expect("the test may write there");
        file.set_len(MAX_FILE_BYTES).expect("a sparse file takes no room");
        assert_eq!(read(&path, "it").expect("it is read").len() as u64, MAX_FILE_BYTES);
        file.set_len(MAX_FILE_BYTES + 1).expect("a sparse file takes no room");
        assert_eq!(refused(&path), "cannot read it: it is larger than 64 MiB");
    }

    #[test]
    fn a_file_that_is_not_there_is_told_or_none() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("missing.yaml");
        assert_eq!(refused(&path), "cannot read it: there is no such file");
        assert_eq!(find(&path, "it").expect("it need not be there"), None);
    }

    #[test]
    fn a_folder_is_refused() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        assert!(refused(folder.path()).starts_with("cannot read it: it is a folder\n"));
    }

    #[cfg(unix)]
    #[test]
    fn devices_and_pipes_are_refused_before_they_are_opened() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo can be run").success());
        for path in [&pipe, Path::new("/dev/zero")] {
            assert!(refused(path).starts_with("cannot read it: it is a device or a pipe\n"));
        }
    }
}
