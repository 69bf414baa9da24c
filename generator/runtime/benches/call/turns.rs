//! Calls one after the other, all kinds by turns.

use crate::server::Server;
use crate::{ALLOCATOR, described, row, with_hyper, with_reqwest};
use stats_alloc::Region;
use std::time::Instant;

/// Rounds, in each of which all kinds take their turn, and how many calls a turn has.
const ROUNDS: usize = 60;
const CALLS: u32 = 200;

pub(crate) async fn run() {
    let server = Server::start(1);
    let base = server.base.as_str();
    let (reqwest, hyper) = (with_reqwest::client(), with_hyper::client());
    let ours = described::client(base);
    let mut measured: [Measured; 3] = Default::default();
    // The first round opens the connections.
    for round in 0..=ROUNDS {
        if round == 1 {
            measured = Default::default();
        }
        turn(&mut measured[0], || with_reqwest::call(&reqwest, base)).await;
        turn(&mut measured[1], || with_hyper::call(&hyper, base)).await;
        turn(&mut measured[2], || described::call(&ours)).await;
    }
    let names = ["reqwest by hand", "hyper by hand", "client-runtime"];
    for (name, measured) in names.into_iter().zip(measured) {
        let (median, least) = row::median_and_least(measured.times);
        let (allocations, _) = row::median_and_least(measured.allocations);
        let numbers = [("median_us", median), ("least_us", least), ("allocations", allocations)];
        row::print(name, &numbers);
    }
}

/// Per call: µs, and how often memory was asked for.
#[derive(Default)]
struct Measured {
    times: Vec<f64>,
    allocations: Vec<f64>,
}

async fn turn<F: Future<Output = usize>>(measured: &mut Measured, call: impl Fn() -> F) {
    let (start, region) = (Instant::now(), Region::new(ALLOCATOR));
    for _ in 0..CALLS {
        assert_eq!(call().await, 20);
    }
    measured.times.push(start.elapsed().as_secs_f64() * 1e6 / f64::from(CALLS));
    let change = region.change();
    let count = u32::try_from(change.allocations + change.reallocations).expect("a few thousand");
    measured.allocations.push(f64::from(count) / f64::from(CALLS));
}
