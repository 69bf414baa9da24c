//! Many calls at once: the server responds when all of them have arrived.

use crate::server::Server;
use crate::{ALLOCATOR, described, row, with_reqwest};
use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::task::{JoinSet, LocalSet};

/// The interval at which memory in use is read.
const LOOK: Duration = Duration::from_millis(5);

/// Makes so many calls in flight at the same time, of one kind.
pub(crate) async fn run(who: &str, calls: usize) {
    let server = Server::start(calls);
    let local = LocalSet::new();
    let (seconds, most) = local.run_until(all(who, &server.base, calls)).await;
    let count = f64::from(u32::try_from(calls).expect("thousands of calls"));
    let numbers = [("seconds", seconds), ("kib_per_call", most / count / 1024.0)];
    row::print(who, &numbers);
}

/// The time of all calls, and the most bytes that were in use at a time.
async fn all(who: &str, base: &str, calls: usize) -> (f64, f64) {
    let most = Rc::new(Cell::new(0));
    let before = in_use();
    let seen = Rc::clone(&most);
    let looking = tokio::task::spawn_local(async move {
        loop {
            seen.set(seen.get().max(in_use()));
            tokio::time::sleep(LOOK).await;
        }
    });
    let start = Instant::now();
    let mut flying = JoinSet::new();
    match who {
        "reqwest-by-hand" => {
            let client = with_reqwest::client();
            for _ in 0..calls {
                let (client, base) = (client.clone(), base.to_owned());
                flying.spawn_local(async move { with_reqwest::call(&client, &base).await });
            }
        }
        "client-runtime" => {
            let client = described::client(base);
            for _ in 0..calls {
                let client = client.clone();
                flying.spawn_local(async move { described::call(&client).await });
            }
        }
        _ => panic!("`{who}` makes no calls"),
    }
    while let Some(items) = flying.join_next().await {
        assert_eq!(items.expect("no call fails"), 20);
    }
    let seconds = start.elapsed().as_secs_f64();
    looking.abort();
    let bytes = u32::try_from((most.get() - before) / 1024).expect("less than 4 TiB");
    (seconds, f64::from(bytes) * 1024.0)
}

/// Bytes that are allocated now.
fn in_use() -> usize {
    let stats = ALLOCATOR.stats();
    stats.bytes_allocated - stats.bytes_deallocated
}
