//! Diagnostics: findings, their places and suggested fixes.

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
pub(crate) use place::{Derived, PointerSegment};
pub use place::{Location, NodeId, SourceId, SpecPtr};
pub use render::ReportStyle;
pub(crate) use report::OVERLAY_HELP;
pub use report::{Report, line};
pub use rules::*;
pub use sink::{Diagnostic, Exact, Failed, Sink};
