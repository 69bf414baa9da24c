//! `bench call`: calls on loopback, beside reqwest and hyper by hand.

use super::program::{self, Measurement};
use super::samples::Usages;
use super::{measure, samples::Samples};
use anyhow::Result;
use openapi_clients::project::Project;
use openapi_clients::terminal::table;
use std::process::Command;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Runs of the program; in each, all ways take 60 turns of 200 calls
    #[arg(long, value_name = "N", default_value_t = 3)]
    runs: usize,
    /// Make so many calls at the same time instead of one after the other
    #[arg(long, value_name = "CALLS")]
    in_flight: Option<u32>,
}

const HAND: &str = "reqwest by hand";
/// The least that a call on the default transport can take: it is made by hyper-util's client.
const LEAST: &str = "hyper by hand";
const OURS: &str = "client-runtime";

pub(super) fn run(args: &Args, workspace: &Project) -> Result<()> {
    let program = program::benchmark(workspace, "call")?;
    match args.in_flight {
        None => {
            let mut rows = Vec::new();
            for _ in 0..args.runs {
                program::add(&mut rows, &measure::run(&mut Command::new(&program))?.1)?;
            }
            print!("{}", sequential(&rows)?);
        }
        Some(calls) => {
            let mut rows = Vec::new();
            let mut usages = [Usages::default(), Usages::default()];
            for _ in 0..args.runs {
                for (usages, who) in usages.iter_mut().zip(["reqwest-by-hand", OURS]) {
                    let mut flight = Command::new(&program);
                    flight.args(["in-flight", who, &calls.to_string()]);
                    let (used, said) = measure::run(&mut flight)?;
                    usages.add(used);
                    program::add(&mut rows, &said)?;
                }
            }
            print!("{}", in_flight(&rows, &usages)?);
            println!("{calls} calls at the same time, no error; the server is another process");
        }
    }
    println!("median (least) of {} runs", args.runs);
    Ok(())
}

fn sequential(rows: &[Measurement]) -> Result<String> {
    let hand = CallCosts::of(rows, HAND)?;
    let mut out =
        vec![["", "µs a call", "more", "ratio", "allocations", "more"].map(str::to_owned).to_vec()];
    for name in [HAND, LEAST, OURS] {
        let it = CallCosts::of(rows, name)?;
        out.push(vec![
            name.to_owned(),
            format!("{:.1} ({:.1})", it.median, it.least),
            format!("{:.1} ({:.1})", it.median - hand.median, it.least - hand.least),
            format!("{:.2} ({:.2})", it.median / hand.median, it.least / hand.least),
            format!("{:.0}", it.allocations),
            format!("{:.0}", it.allocations - hand.allocations),
        ]);
    }
    Ok(table(&out))
}

/// Per call: µs, and how often memory is asked for.
struct CallCosts {
    median: f64,
    least: f64,
    allocations: f64,
}

impl CallCosts {
    fn of(rows: &[Measurement], name: &str) -> Result<Self> {
        let row = program::row(rows, name)?;
        Ok(Self {
            median: row.get("median_us").map(Samples::median)?,
            least: row.get("least_us").map(Samples::least)?,
            allocations: row.get("allocations").map(Samples::median)?,
        })
    }
}

fn in_flight(rows: &[Measurement], usages: &[Usages; 2]) -> Result<String> {
    let heading = ["", "seconds", "KiB a call", "ratio", "peak MiB of the process", "CPU s"];
    let mut out = vec![heading.map(str::to_owned).to_vec()];
    let hand = program::row(rows, "reqwest-by-hand")?.get("kib_per_call")?;
    for ((name, shown), used) in [("reqwest-by-hand", HAND), (OURS, OURS)].iter().zip(usages) {
        let row = program::row(rows, name)?;
        let memory = row.get("kib_per_call")?;
        out.push(vec![
            (*shown).to_owned(),
            row.get("seconds")?.show(2),
            memory.show(1),
            memory.times(hand),
            used.peak.show(0),
            used.cpu.show(2),
        ]);
    }
    Ok(table(&out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_more_than_by_hand_is_shown() {
        let mut rows = Vec::new();
        for (name, us, allocations) in [(HAND, 20, 135), (LEAST, 16, 97), (OURS, 22, 149)] {
            let line = format!(
                "{{\"name\":\"{name}\",\"median_us\":{us},\"least_us\":{us},\"allocations\":{allocations}}}"
            );
            program::add(&mut rows, &line).expect("it is a row");
        }
        let text = sequential(&rows).expect("all is there");
        let ours = text.lines().last().expect("it has rows");
        let cells: Vec<&str> = ours.split_whitespace().collect();
        let right = ["22.0", "(22.0)", "2.0", "(2.0)", "1.10", "(1.10)", "149", "14"];
        assert_eq!(cells[1..], right);
    }
}
