//! Times the codec against derived serde on a page of 100 items: `cargo xtask bench decode`.

#[path = "../common/row.rs"]
mod row;
#[path = "../common/shape.rs"]
mod shape;

use client_runtime::codec;
use shape::{DerivedPage, Page};
use std::hint::black_box;
use std::time::Instant;

/// Rounds, in each of which all take their turn, and how often each works in a round.
const ROUNDS: usize = 400;
const TIMES: u32 = 20;

fn main() {
    let derived = shape::page(100);
    let text = serde_json::to_vec(&derived).expect("plain data");
    let page: Page = codec::from_slice(&text).expect("the same shape");
    let works: [(&str, &dyn Fn() -> bool); 6] = [
        ("decode, derived serde", &|| {
            serde_json::from_slice::<DerivedPage>(black_box(&text)).map(black_box).is_ok()
        }),
        ("decode, codec", &|| codec::from_slice::<Page>(black_box(&text)).map(black_box).is_ok()),
        ("decode, codec through serde", &|| {
            serde_json::from_slice::<Page>(black_box(&text)).map(black_box).is_ok()
        }),
        ("encode, derived serde", &|| {
            serde_json::to_vec(black_box(&derived)).map(black_box).is_ok()
        }),
        ("encode, codec", &|| codec::to_vec(black_box(&page)).map(black_box).is_ok()),
        ("encode, codec through serde", &|| {
            serde_json::to_vec(black_box(&page)).map(black_box).is_ok()
        }),
    ];
    let mut times: [Vec<f64>; 6] = Default::default();
    for _ in 0..ROUNDS {
        for (work, times) in works.iter().zip(&mut times) {
            times.push(time(work.1));
        }
    }
    for ((name, _), times) in works.iter().zip(times) {
        let (median, least) = row::median_and_least(times);
        row::print(name, &[("median_us", median), ("least_us", least)]);
    }
}

/// The time of the work, in µs.
fn time(work: &dyn Fn() -> bool) -> f64 {
    let start = Instant::now();
    for _ in 0..TIMES {
        assert!(work());
    }
    start.elapsed().as_secs_f64() * 1e6 / f64::from(TIMES)
}
