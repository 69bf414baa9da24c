//! Why a reference to another file leads nowhere, and what may be done about it.

use super::super::limit::{MAX_COPIED_DEPTH, MAX_FILE_BYTES, MAX_FILES};
use crate::Unreadable;
use crate::diag::{CYCLIC_REF, DANGLING_REF, EXTERNAL_REF, Exact, LIMIT, NodeId, Rule};
use crate::diag::{Sink, SpecPtr};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// The path leads above the document's folder.
    Above,
    /// The path starts at the root of a disk.
    Absolute,
    Backslash,
    /// The path has escaped separators, control characters or a query.
    Spelling,
    /// The file's ending is not one of YAML or JSON.
    Ending,
    /// The file at a path was not read.
    Unreadable(String, Unreadable),
    /// There are more files than are read.
    TooMany,
    /// The file has nothing there; a key that was probably meant.
    NoPlace(String, Option<String>),
    /// The file has no schema of that name, or more than one.
    NoAnchor(String),
    /// A file that is put in the place of a reference contains itself.
    Circle,
    /// Files that are put in the place of references are nested too deep.
    Deep,
    /// Files that are put in the place of references are too large together.
    Copies,
    /// The file itself is broken, and that is told there.
    Told,
}

const BELOW: &str =
    "put the file below the document's folder, and refer to it by its path from there";

impl Problem {
    /// True if nothing may be written.
    pub(super) fn is_fatal(&self) -> bool {
        self.rule() == &LIMIT
    }

    fn rule(&self) -> &'static Rule {
        match self {
            Self::Above
            | Self::Absolute
            | Self::Backslash
            | Self::Spelling
            | Self::Ending
            | Self::Unreadable(_, Unreadable::Link) => &EXTERNAL_REF,
            Self::Unreadable(_, Unreadable::TooLarge)
            | Self::TooMany
            | Self::Deep
            | Self::Copies => &LIMIT,
            Self::Unreadable(..) | Self::NoPlace(..) | Self::NoAnchor(_) | Self::Told => {
                &DANGLING_REF
            }
            Self::Circle => &CYCLIC_REF,
        }
    }

    /// Reports it at the node of a reference, which is at a place of the whole document.
    pub(super) fn report(&self, reference: &str, id: NodeId, at: &SpecPtr, sink: &mut Sink) {
        if *self == Self::Told {
            return;
        }
        let (message, help) = self.words(reference);
        let found = sink.report(self.rule(), at, message);
        found.exactly(Exact::Node(id));
        if let Self::NoPlace(_, Some(near)) = self {
            found.label(format_args!("did you mean `{near}`?"));
        }
        if !help.is_empty() {
            found.help(help);
        }
    }

    fn words(&self, it: &str) -> (String, String) {
        let own = |text: &str| text.to_owned();
        match self {
            Self::Above => (format!("`{it}` is above the document's folder"), own(BELOW)),
            Self::Absolute => (format!("`{it}` does not start at this file's folder"), own(BELOW)),
            Self::Backslash => (
                format!("`{it}` is no path: it has a backslash"),
                own("folders in references are parted by `/`, on all systems"),
            ),
            Self::Spelling => (
                format!("`{it}` is no path: it has characters that no file's name has"),
                own("write the path without a query, and without escapes of `/`"),
            ),
            Self::Ending => (
                format!("`{it}` is outside of this document: no file is read under such a name"),
                own("files that end in `.yaml`, `.yml` or `.json` are read"),
            ),
            Self::Unreadable(path, why) => unreadable(it, path, why),
            Self::TooMany => (
                format!("`{it}` would be one of more than {MAX_FILES} files"),
                own("bundle the document into fewer files first"),
            ),
            Self::NoPlace(path, _) => (
                format!("`{it}` points at nothing in {path}"),
                own("correct the reference, or add what it means there"),
            ),
            Self::NoAnchor(path) => (
                format!("`{it}` is the name of no schema in {path}, or of more than one"),
                own("`$anchor` and `$dynamicAnchor` name schemas; or refer to it by a pointer"),
            ),
            Self::Circle => (
                format!("`{it}` stands for something that contains this reference"),
                own("only schemas may contain themselves: refer to it there"),
            ),
            Self::Deep => {
                (format!("`{it}` would be nested more than {MAX_COPIED_DEPTH} deep"), String::new())
            }
            Self::Copies => (
                format!("`{it}` and other references repeat too much"),
                own("refer to components instead of repeating what is in the files"),
            ),
            Self::Told => (String::new(), String::new()),
        }
    }
}

fn unreadable(it: &str, path: &str, why: &Unreadable) -> (String, String) {
    let (message, help) = match why {
        Unreadable::Missing => (
            format!("`{it}` points at nothing: there is no file {path}"),
            "paths are relative to the file in which they stand",
        ),
        Unreadable::Link => (
            format!("`{it}` is not read: {path} is a link, or in a linked folder"),
            "put the file itself below the document's folder",
        ),
        Unreadable::NotAFile(what) => {
            (format!("`{it}` is not read: {path} is {what}"), "refer to a plain file")
        }
        Unreadable::TooLarge => (
            format!("`{it}` makes the document larger than {} MiB", MAX_FILE_BYTES >> 20),
            "leave out what the client does not need",
        ),
        Unreadable::Refused(why) => (format!("`{it}` cannot be read: {why}"), "make it readable"),
    };
    (message, help.to_owned())
}
