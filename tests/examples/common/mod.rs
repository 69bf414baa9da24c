//! What the examples share: documents of a folder, and chance that can be repeated.

use std::fs;
use std::path::{Path, PathBuf};

/// The documents of a folder, in the order of their names.
pub(crate) fn documents(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<_> = entries.map(|it| it.expect("the folder can be read").path()).collect();
    paths.retain(|it| it.extension().is_some_and(|it| it == "json" || it == "yaml" || it == "yml"));
    paths.sort();
    paths
}

/// A sequence of numbers that its start decides.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(start: u64) -> Self {
        Self(start)
    }

    /// A number below `bound`, or zero.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        // Knuth's multiplier.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(self.0 >> 33).expect("31 bits") % bound.max(1)
    }
}
