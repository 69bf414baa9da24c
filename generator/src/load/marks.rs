//! Which nodes of a document have been given a meaning.

use crate::diag::{NodeId, SourceId};
use std::cell::RefCell;

/// A node was used: it decides what is emitted or told.
const USED: u8 = 1;
/// All below it was used, too: it is a value that was taken as it is.
const WHOLE: u8 = 2;
/// A pass decided that it has no meaning for a client; the code that decides gives the reason.
const LISTED: u8 = 4;

/// One byte for each node of the documents, and for each that the overlay brought. They are set while the
/// document is borrowed, so they lie in cells.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    document: RefCell<Vec<u8>>,
    files: Vec<RefCell<Vec<u8>>>,
    asyncapi: RefCell<Vec<u8>>,
    overlay: RefCell<Vec<u8>>,
}

impl Marks {
    /// For a document that refers to so many files.
    pub(super) fn of_files(count: usize) -> Self {
        Self { files: vec![RefCell::default(); count], ..Self::default() }
    }

    pub(super) fn used(&self, id: NodeId) {
        self.set(id, USED);
    }

    pub(super) fn whole(&self, id: NodeId) {
        self.set(id, USED | WHOLE);
    }

    pub(super) fn listed(&self, id: NodeId) {
        self.set(id, LISTED);
    }

    pub(super) fn is_used(&self, id: NodeId) -> bool {
        self.get(id) & USED != 0
    }

    pub(super) fn is_whole(&self, id: NodeId) -> bool {
        self.get(id) & WHOLE != 0
    }

    pub(super) fn is_listed(&self, id: NodeId) -> bool {
        self.get(id) & LISTED != 0
    }

    fn set(&self, id: NodeId, bits: u8) {
        let Some(marks) = self.of(id.source) else { return };
        let mut marks = marks.borrow_mut();
        let index = id.serial as usize;
        if index >= marks.len() {
            let grown = (index + 1).max(marks.len() * 2);
            marks.resize(grown, 0);
        }
        marks[index] |= bits;
    }

    fn get(&self, id: NodeId) -> u8 {
        let marks = self.of(id.source);
        marks.and_then(|it| it.borrow().get(id.serial as usize).copied()).unwrap_or_default()
    }

    fn of(&self, source: SourceId) -> Option<&RefCell<Vec<u8>>> {
        match source {
            SourceId::Document => Some(&self.document),
            SourceId::File(number) => self.files.get(usize::from(number)),
            SourceId::Asyncapi => Some(&self.asyncapi),
            SourceId::Overlay => Some(&self.overlay),
            SourceId::Client | SourceId::Names => None,
        }
    }
}
