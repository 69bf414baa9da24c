//! Calls one after the other, both kinds by turns.

use crate::server::Server;
use crate::{ALLOCATOR, by_hand, described, row};
use stats_alloc::Region;
use std::time::Instant;

/// Rounds, in each of which both kinds take their turn, and how many calls a turn has.
const ROUNDS: usize = 60;
const CALLS: u32 = 200;

pub(crate) async fn run() {
    let server = Server::start(1);
    let base = server.base.as_str();
    let (hand, ours) = (by_hand::client(), described::client(base));
    let mut measured = [Measured::default(), Measured::default()];
    // The first turns open the connections.
    turn(&mut Measured::default(), || by_hand::call(&hand, base)).await;
    turn(&mut Measured::default(), || described::call(&ours)).await;
    for _ in 0..ROUNDS {
        turn(&mut measured[0], || by_hand::call(&hand, base)).await;
        turn(&mut measured[1], || described::call(&ours)).await;
    }
    for (name, measured) in ["reqwest by hand", "client-runtime"].into_iter().zip(measured) {
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
