//! Diagnostics: findings, their places and suggested fixes.

mod chars;
mod excerpt;
mod locate;
mod location;
mod nearest;
mod render;
mod report;
mod rules;
mod scan;
mod sink;
#[cfg(test)]
mod tests;
mod visible;

pub(crate) use locate::alias_of;
pub(crate) use location::{Derived, PointerSegment, pointer_key};
pub use location::{Location, NodeId, SourceId, SpecPtr};
pub use nearest::nearest_name;
pub use render::ReportStyle;
pub(crate) use report::OVERLAY_HELP;
pub use report::{Report, line};
pub use rules::*;
pub use sink::{Diagnostic, Exact, Failed, Sink};
