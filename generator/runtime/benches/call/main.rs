//! Times calls for a page of 20 items against reqwest and hyper by hand: `cargo xtask bench call`.

mod described;
mod flight;
#[path = "../common/row.rs"]
mod row;
mod server;
#[path = "../common/shape.rs"]
mod shape;
mod turns;
mod with_hyper;
mod with_reqwest;

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use std::alloc::System;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// One thread, so that what is counted is what one call does.
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let number = |it: &str| it.parse().expect("a number of calls");
    match *args {
        ["serve", together] => server::serve(number(together)).await,
        ["in-flight", who, calls] => flight::run(who, number(calls)).await,
        [] => turns::run().await,
        _ => panic!("unknown arguments {args:?}"),
    }
}
