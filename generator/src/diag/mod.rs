//! What went wrong, where, and what to do about it.

mod chars;
mod excerpt;
mod locate;
mod nearest;
mod place;
mod render;
mod report;
mod rules;
mod scan;
mod sink;
#[cfg(test)]
mod tests;
mod visible;

pub(crate) use locate::alias_of;
pub use nearest::nearest_name;
pub(crate) use place::{Derived, Segment};
pub use place::{NodeId, Place, SourceId, SpecPtr};
pub use render::Style;
pub(crate) use report::OVERLAY_HELP;
pub use report::{Report, line};
pub use rules::*;
pub use sink::{Diagnostic, Exact, Failed, Sink};
