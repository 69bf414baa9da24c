//! Changes that a folder would need: looks, and writes nothing.

use super::{Manifest, location};
use anyhow::{Result, bail};
use generator::GeneratedFile;
use std::path::{Path, PathBuf};

/// Changes that would be made.
#[derive(Debug)]
pub struct Plan {
    pub(super) root: PathBuf,
    /// Files to write, by path.
    pub writes: Vec<Write>,
    /// Files of ours that are no longer made.
    pub removals: Vec<Removal>,
    /// Files that are as they should be.
    pub unchanged: usize,
    /// Files to write that someone else has changed since we wrote them.
    pub edited: Vec<String>,
    /// Files that are no longer made and not as we wrote them, if we did: they are left alone.
    pub kept: Vec<String>,
    pub(super) before: Manifest,
    pub(super) after: Manifest,
    /// True if the list itself changes.
    pub(super) list_differs: bool,
}

/// A file to write.
#[derive(Debug)]
pub struct Write {
    /// Its path in the folder.
    pub path: String,
    /// The text that is there now.
    pub old: Option<Vec<u8>>,
    pub new: String,
}

/// A file to remove.
#[derive(Debug)]
pub struct Removal {
    pub path: String,
}

impl Plan {
    /// True if all is as it should be.
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.removals.is_empty() && !self.list_differs
    }

    /// True if the list alone changes.
    pub fn list_changes(&self) -> bool {
        self.list_differs && self.writes.is_empty() && self.removals.is_empty()
    }

    /// The paths of what would change.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let writes = self.writes.iter().map(|it| &*it.path);
        writes.chain(self.removals.iter().map(|it| &*it.path))
    }
}

/// Changes until the folder holds `files`, and of ours nothing else but the paths that `keep` accepts.
///
/// Where the folder has no list, whatever stands where a file goes is replaced; where it has one,
/// a file that is not in it is refused.
pub fn plan(root: &Path, files: Vec<GeneratedFile>, keep: impl Fn(&str) -> bool) -> Result<Plan> {
    let list = Manifest::of(root)?;
    let before = list.clone().unwrap_or_default();
    let mut after = Manifest::new(&files);
    after.keep(&before, |path| keep(path) && !files.iter().any(|it| it.path == path));
    let mut plan = Plan {
        root: root.to_owned(),
        writes: Vec::new(),
        removals: Vec::new(),
        unchanged: 0,
        edited: Vec::new(),
        kept: Vec::new(),
        list_differs: list.as_ref() != Some(&after),
        before,
        after,
    };
    plan.look_at_files(files, list.is_some())?;
    plan.look_at_leftovers()?;
    Ok(plan)
}

impl Plan {
    fn look_at_files(&mut self, files: Vec<GeneratedFile>, listed: bool) -> Result<()> {
        let mut foreign = Vec::new();
        for file in by_path(files)? {
            match location::read(&self.root, &file.path)? {
                Some(old) if old == file.text.as_bytes() => self.unchanged += 1,
                Some(_) if listed && !self.before.contains(&file.path) => foreign.push(file.path),
                old => self.write(file, old),
            }
        }
        if !foreign.is_empty() {
            let list = Manifest::NAME;
            bail!(
                "files stand where generated ones go, and are not in {list}: {}\n  \
                 = help: move them away, or delete them if they were generated",
                foreign.join(", ")
            );
        }
        Ok(())
    }

    fn write(&mut self, file: GeneratedFile, old: Option<Vec<u8>>) {
        if old.as_ref().is_some_and(|old| !self.before.knows(&file.path, old)) {
            self.edited.push(file.path.clone());
        }
        self.writes.push(Write { path: file.path, old, new: file.text });
    }

    fn look_at_leftovers(&mut self) -> Result<()> {
        for path in self.before.paths().filter(|it| !self.after.contains(it)) {
            let Some(old) = location::read(&self.root, path)? else { continue };
            match self.before.knows(path, &old) {
                true => self.removals.push(Removal { path: path.to_owned() }),
                false => self.kept.push(path.to_owned()),
            }
        }
        Ok(())
    }
}

/// The files in the order of their paths; two of one path would be a bug in the generator.
fn by_path(mut files: Vec<GeneratedFile>) -> Result<Vec<GeneratedFile>> {
    files.sort_by(|one, other| one.path.cmp(&other.path));
    if let Some(twins) = files.windows(2).find(|it| it[0].path == it[1].path) {
        bail!("the generator made two files of the path `{}`", twins[0].path);
    }
    Ok(files)
}
