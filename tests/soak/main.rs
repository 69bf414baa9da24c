//! Calls a chaotic server for some time, and counts what is lost or done twice: `soak SECONDS CALLS`.

mod calls;
mod routes;
mod server;

use calls::{Caller, Tally};
use server::State;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

fn main() -> ExitCode {
    let number = |at: usize| std::env::args().nth(at).and_then(|it| it.parse::<u64>().ok());
    let (Some(seconds), Some(calls)) = (number(1), number(2)) else {
        eprintln!("the seconds and the number of calls at the same time are missing");
        return ExitCode::FAILURE;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let is_fine = runtime.expect("a runtime").block_on(soak(Duration::from_secs(seconds), calls));
    if is_fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Keeps so many calls in flight, tells of each tenth of the time, and says whether all was well.
async fn soak(time: Duration, calls: u64) -> bool {
    let state: &State = Box::leak(Box::default());
    let tally: &Tally = Box::leak(Box::default());
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    tokio::spawn(server::serve(listener, state));
    let start = Instant::now();
    let caller = Caller::new(&url, state, tally, start + time);
    let callers: Vec<_> = (0..calls).map(|_| tokio::spawn(caller.clone().run())).collect();
    println!("{}", COLUMNS.map(|it| format!("{it:>10}")).concat());
    for tenth in 1..=10 {
        tokio::time::sleep_until((start + time / 10 * tenth).into()).await;
        state.sweep();
        println!("{}", row(start, state, tally));
    }
    for it in callers {
        // A caller that panics has lost its call.
        if it.await.is_err() {
            tally.lose("a call panicked");
        }
    }
    // Calls that are under way may end.
    tokio::time::sleep(Duration::from_secs(3)).await;
    println!("{}", row(start, state, tally));
    println!("{}", tally.kinds());
    tally.lost() == 0 && state.twice() == 0
}

const COLUMNS: [&str; 9] =
    ["seconds", "calls", "failed", "requests", "lost", "twice", "MiB", "peak MiB", "open"];

fn row(start: Instant, state: &State, tally: &Tally) -> String {
    let mib = |name| status(name).map_or("-".to_owned(), |kib| (kib / 1024).to_string());
    let open = std::fs::read_dir("/proc/self/fd").map(Iterator::count);
    let cells = [
        start.elapsed().as_secs().to_string(),
        tally.calls().to_string(),
        tally.failed().to_string(),
        state.requests().to_string(),
        tally.lost().to_string(),
        state.twice().to_string(),
        mib("VmRSS:"),
        mib("VmHWM:"),
        open.map_or("-".to_owned(), |it| it.to_string()),
    ];
    cells.map(|it| format!("{it:>10}")).concat()
}

/// A number that Linux tells of this process.
fn status(name: &str) -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|it| it.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}
