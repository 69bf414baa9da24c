//! Table of contents of the tests.

mod support;
mod vendors;
