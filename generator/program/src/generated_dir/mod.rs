//! A folder that holds files of ours: what would change in it, and the change itself.
//!
//! Nothing outside of this folder is ever touched, nor a file in it that is not ours.

mod diff;
mod location;
mod manifest;
mod plan;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use diff::{differences, unified};
pub(crate) use manifest::Manifest;
pub use plan::{Plan, Write, plan};
pub use write::{apply, atomically};
