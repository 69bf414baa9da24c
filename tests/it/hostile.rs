//! Documents that mean harm, and documents that nobody meant: nothing breaks, leaks or is injected.

mod documents;
mod inspect;
mod limits;
mod markdown;
mod payloads;
mod reach;
mod regressions;
mod sinks;
mod unique;
mod whole;

pub(crate) use sinks::HOSTILE;
