//! The file that runs and processes add their counts to.

use super::tally::Tally;
use serde_json::Value;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// The first entry of a file.
const FORMAT: &str = "drift 1";
/// Counts of a file: 100,000.
const MAX_COUNTS: usize = 100_000;
/// Another process may hold the file so long; after that it has died.
const MAX_WAIT: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(20);

/// The text of a file.
pub(super) fn text(clients: &Tally) -> String {
    let file = serde_json::json!({ "format": FORMAT, "clients": clients.to_json() });
    format!("{file:#}\n")
}

/// Adds counts to a file, which is made if it is not there.
pub(super) fn add(path: &Path, clients: Tally) -> io::Result<()> {
    let _lock = FileLock::of(path)?;
    let mut all = match fs::read_to_string(path) {
        Ok(text) => read(&text).ok_or_else(|| {
            let message = format!("{} is no drift file; it is left as it is", path.display());
            io::Error::new(ErrorKind::InvalidData, message)
        })?,
        Err(error) if error.kind() == ErrorKind::NotFound => Tally::default(),
        Err(error) => return Err(error),
    };
    let mut room = MAX_COUNTS.saturating_sub(all.len());
    all.merge(clients, &mut room);
    let new = beside(path, "new");
    fs::write(&new, text(&all))?;
    fs::rename(&new, path).inspect_err(|_| drop(fs::remove_file(&new)))
}

fn read(text: &str) -> Option<Tally> {
    let file: Value = serde_json::from_str(text).ok()?;
    if file.get("format")?.as_str()? != FORMAT {
        return None;
    }
    Tally::from_json(file.get("clients")?)
}

/// A path in the same folder.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    path.with_file_name(name)
}

/// Keeps other processes from the file while it is there.
struct FileLock(PathBuf);

impl FileLock {
    fn of(path: &Path) -> io::Result<Self> {
        let lock = beside(path, "lock");
        let mut waited = Duration::ZERO;
        loop {
            match OpenOptions::new().write(true).create_new(true).open(&lock) {
                Ok(_) => return Ok(Self(lock)),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
            if waited >= MAX_WAIT {
                drop(fs::remove_file(&lock));
                waited = Duration::ZERO;
            }
            thread::sleep(PAUSE);
            waited += PAUSE;
        }
    }
}

impl Drop for FileLock {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.0));
    }
}
