//! `bench decode`: a page of 100 items through the codec, beside derived serde.

use super::program::{self, Measurement};
use super::{measure, samples::Samples};
use anyhow::Result;
use openapi_clients::project::Project;
use openapi_clients::terminal::table;
use std::process::Command;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Runs of the program; in each, all that is compared takes 400 turns
    #[arg(long, value_name = "N", default_value_t = 3)]
    runs: usize,
}

const DERIVED: &str = "derived serde";
const WAYS: [&str; 3] = [DERIVED, "codec", "codec through serde"];

pub(super) fn run(args: &Args, workspace: &Project) -> Result<()> {
    let program = program::benchmark(workspace, "decode")?;
    let mut rows = Vec::new();
    for _ in 0..args.runs {
        program::add(&mut rows, &measure::run(&mut Command::new(&program))?.1)?;
    }
    print!("{}", report(&rows)?);
    println!("a page of 100 items, µs: median (least) of {} runs", args.runs);
    Ok(())
}

fn report(rows: &[Measurement]) -> Result<String> {
    let heading = ["", "decode", "ratio", "encode", "ratio", "both", "ratio"];
    let mut out = vec![heading.map(str::to_owned).to_vec()];
    for way in WAYS {
        let times = |way: &str, what: &str| CodecTimes::of(rows, &format!("{what}, {way}"));
        let (decode, encode) = (times(way, "decode")?, times(way, "encode")?);
        let (reading, writing) = (times(DERIVED, "decode")?, times(DERIVED, "encode")?);
        let (both, derived) = (decode.and(encode), reading.and(writing));
        out.push(vec![
            way.to_owned(),
            decode.show(),
            decode.times(reading),
            encode.show(),
            encode.times(writing),
            both.show(),
            both.times(derived),
        ]);
    }
    Ok(table(&out))
}

/// The median and the least, in µs.
#[derive(Clone, Copy)]
struct CodecTimes(f64, f64);

impl CodecTimes {
    fn of(rows: &[Measurement], name: &str) -> Result<Self> {
        let row = program::row(rows, name)?;
        Ok(Self(row.get("median_us").map(Samples::median)?, row.get("least_us")?.least()))
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 + other.0, self.1 + other.1)
    }

    fn show(self) -> String {
        format!("{:.1} ({:.1})", self.0, self.1)
    }

    fn times(self, other: Self) -> String {
        format!("{:.2} ({:.2})", self.0 / other.0, self.1 / other.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_to_derived_serde() {
        let mut rows = Vec::new();
        for (name, us) in [
            ("decode, derived serde", 10),
            ("decode, codec", 8),
            ("decode, codec through serde", 12),
            ("encode, derived serde", 5),
            ("encode, codec", 4),
            ("encode, codec through serde", 6),
        ] {
            let line = format!("{{\"name\":\"{name}\",\"median_us\":{us},\"least_us\":{us}}}");
            program::add(&mut rows, &line).expect("it is a row");
        }
        let text = report(&rows).expect("all is there");
        let codec = text.lines().find(|it| it.starts_with("codec ")).expect("it has a row");
        let cells: Vec<&str> = codec.split_whitespace().collect();
        assert_eq!(cells[1..5], ["8.0", "(8.0)", "0.80", "(0.80)"]);
        assert_eq!(cells[9..], ["12.0", "(12.0)", "0.80", "(0.80)"]);
    }
}
