//! Reads files that others wrote: plain files only, and never more of them than the generator would take.

use anyhow::{Context, Result, bail};
use generator::{DocumentFiles, MAX_FILE_BYTES, Text, Unreadable};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path};

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

/// The files below a document's folder, for references to them.
pub fn files_around(document: &Path) -> DocumentFiles {
    let folder = document.parent().unwrap_or(Path::new("")).to_owned();
    DocumentFiles::new(move |path, most| below(&folder, path, most))
}

/// A file below a folder. No link is followed: it may lead out of the folder.
fn below(folder: &Path, path: &str, most: u64) -> Result<Text, Unreadable> {
    let refused = |error: io::Error| match error.kind() {
        ErrorKind::NotFound => Unreadable::Missing,
        _ => Unreadable::Refused(error.to_string()),
    };
    let mut place = folder.to_owned();
    let mut keys = path.split('/').peekable();
    while let Some(key) = keys.next() {
        let mut parts = Path::new(key).components();
        if !matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None)) {
            return Err(Unreadable::Missing);
        }
        place.push(key);
        let about = fs::symlink_metadata(&place).map_err(refused)?;
        let is_last = keys.peek().is_none();
        match about.file_type() {
            it if it.is_symlink() => return Err(Unreadable::Link),
            it if it.is_dir() && !is_last => {}
            it if it.is_dir() => return Err(Unreadable::NotAFile("a folder")),
            _ if !is_last => return Err(Unreadable::Missing),
            it if !it.is_file() => return Err(Unreadable::NotAFile("a device or a pipe")),
            _ if about.len() > most => return Err(Unreadable::TooLarge),
            _ => {}
        }
    }
    let mut bytes = Vec::new();
    let file = File::open(&place).map_err(refused)?;
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(refused)?;
    if bytes.len() as u64 > most {
        return Err(Unreadable::TooLarge);
    }
    Ok(Text { name: place.display().to_string(), bytes })
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
    fn files_below_a_folder_are_read_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let root = folder.path().join("api");
        fs::create_dir_all(root.join("schemas")).expect("the test may write there");
        fs::write(folder.path().join("secret.yaml"), "a: 1").expect("the test may write there");
        fs::write(root.join("schemas/pet.yaml"), "b: 2").expect("the test may write there");
        let read = |path: &str, most| below(&root, path, most).map(|it| it.bytes);
        assert_eq!(read("schemas/pet.yaml", 4), Ok(b"b: 2".to_vec()));
        assert_eq!(read("schemas/pet.yaml", 3), Err(Unreadable::TooLarge));
        assert_eq!(read("schemas", 9), Err(Unreadable::NotAFile("a folder")));
        let missing = ["none.yaml", "schemas/pet.yaml/x", "../secret.yaml", "schemas//pet.yaml"];
        for path in missing.into_iter().chain(["./schemas/pet.yaml", "/etc/hostname", ""]) {
            assert_eq!(read(path, 9), Err(Unreadable::Missing), "{path}");
        }
    }

    #[test]
    fn a_file_of_a_gigabyte_is_refused_by_its_size() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let file = File::create(folder.path().join("a.yaml")).expect("the test may write there");
        file.set_len(1 << 30).expect("a sparse file takes no room");
        let found = below(folder.path(), "a.yaml", MAX_FILE_BYTES);
        assert_eq!(found.map(|it| it.bytes), Err(Unreadable::TooLarge));
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed_below_a_folder() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let root = folder.path().join("api");
        fs::create_dir(&root).expect("the test may write there");
        fs::write(folder.path().join("secret.yaml"), "a: 1").expect("the test may write there");
        fs::write(root.join("own.yaml"), "a: 1").expect("the test may write there");
        symlink("../secret.yaml", root.join("link.yaml")).expect("the test may write there");
        symlink("own.yaml", root.join("inner.yaml")).expect("the test may write there");
        symlink("..", root.join("up")).expect("the test may write there");
        let pipe = std::process::Command::new("mkfifo").arg(root.join("pipe.yaml")).status();
        assert!(pipe.expect("mkfifo can be run").success());
        for path in ["link.yaml", "inner.yaml", "up/secret.yaml"] {
            let found = below(&root, path, 9).map(|it| it.bytes);
            assert_eq!(found, Err(Unreadable::Link), "{path}");
        }
        let pipe = below(&root, "pipe.yaml", 9).map(|it| it.bytes);
        assert_eq!(pipe, Err(Unreadable::NotAFile("a device or a pipe")));
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
