//! Table of contents of the tests.

mod behavior;
mod compile;
mod downstream;
mod drift;
mod emitted;
mod errors;
mod front;
mod hostile;
mod names;
mod node;
mod programs;
mod referee;
mod reversed;
mod scratch;
mod server;
mod shapes;
mod support;
mod surface;
mod tidy;
mod vendors;
mod wire;
