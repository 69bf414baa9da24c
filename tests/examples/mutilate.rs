//! Generates clients of damaged documents: `cargo run --release -p tests --example mutilate -- FOLDER`.
//!
//! Each document of the folder is cut off at each percent, has bytes changed in as many ways, and has
//! the keys of its objects turned around. Nothing of that may stop the generator or take it long, and
//! the order of keys may change neither files nor names nor the public surface.

mod common;
#[path = "../it/reversed.rs"]
mod reversed;

use common::Dice;
use generator::{Output, Source, Text};
use reversed::reversed;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

/// What no document may take: far more than the largest one that is whole.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes that mean something to YAML or JSON, or are none of UTF-8.
const SIGNS: &[u8] = b"{}[]:,-#&*!|>'\"%@`?~<= \n\t\r\0\xff\xc3\x80";

fn main() -> ExitCode {
    let Some(folder) = env::args_os().nth(1) else {
        eprintln!("the folder with the documents is missing");
        return ExitCode::FAILURE;
    };
    let documents = common::documents(Path::new(&folder));
    let next = AtomicUsize::new(0);
    let work = || {
        let mut sum = Sum::default();
        while let Some(path) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
            sum.add(damage(path));
        }
        sum
    };
    let sum = thread::scope(|scope| {
        let workers: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        workers.into_iter().fold(Sum::default(), |mut sum, it| {
            sum.add(it.join().expect("panics are caught"));
            sum
        })
    });
    sum.found.iter().for_each(|it| println!("{it}"));
    println!(
        "{} documents, {} damaged ones, {} clients; the longest took {} ms; {} findings",
        documents.len(),
        sum.tried,
        sum.made,
        sum.longest.as_millis(),
        sum.found.len()
    );
    if sum.found.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What came of some documents.
#[derive(Default)]
struct Sum {
    tried: usize,
    made: usize,
    longest: Duration,
    found: Vec<String>,
}

impl Sum {
    fn add(&mut self, other: Self) {
        self.tried += other.tried;
        self.made += other.made;
        self.longest = self.longest.max(other.longest);
        self.found.extend(other.found);
    }

    /// Generates a client, and notes what must not be.
    fn generate(&mut self, what: &str, source: &Source) -> Option<Output> {
        let start = Instant::now();
        let run = panic::catch_unwind(AssertUnwindSafe(|| generator::generate(source)));
        let time = start.elapsed();
        self.tried += 1;
        self.longest = self.longest.max(time);
        if time > PATIENCE {
            self.found.push(format!("{what} takes {} ms", time.as_millis()));
        }
        let Ok(run) = run else {
            self.found.push(format!("{what} stops the generator"));
            return None;
        };
        let output = run.output.ok();
        self.made += usize::from(output.is_some());
        output
    }
}

fn damage(path: &Path) -> Sum {
    let mut sum = Sum::default();
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = fs::read(path).expect("the document can be read");
    for percent in 0..100 {
        let part = bytes[..bytes.len() * percent / 100].to_vec();
        sum.generate(&format!("{name}, cut off at {percent} %,"), &source(&name, part));
    }
    let mut dice = Dice::new(bytes.len() as u64);
    let mut below = |bound| dice.below(bound);
    for number in 0..100 {
        let mut changed = bytes.clone();
        for _ in 0..=below(4) {
            let at = below(changed.len());
            match below(3) {
                0 => changed[at] = SIGNS[below(SIGNS.len())],
                1 => changed.insert(at, SIGNS[below(SIGNS.len())]),
                _ => changed[at] ^= 1 << below(8),
            }
        }
        sum.generate(&format!("{name}, changed in way {number},"), &source(&name, changed));
    }
    turn_around(&mut sum, &name, bytes);
    sum
}

/// Compares the client with that of the same document whose keys stand the other way round.
fn turn_around(sum: &mut Sum, name: &str, bytes: Vec<u8>) {
    let whole = source(name, bytes);
    let Ok(tree) = generator::read(&whole.document) else { return };
    let Some(first) = sum.generate(name, &whole) else { return };
    let mut text = String::new();
    reversed(&tree.to_json(), &mut text);
    let names = Text { name: "names.lock".to_owned(), bytes: first.names().into_bytes() };
    let other = Source { names: Some(names), ..source(name, text.into_bytes()) };
    let what = format!("{name}, turned around,");
    let Some(second) = sum.generate(&what, &other) else {
        sum.found.push(format!("{what} gives no client"));
        return;
    };
    let paths = |it: &Output| it.files.iter().map(|it| it.path.clone()).collect::<Vec<_>>();
    let surface = |it: &Output| {
        let api = it.files.iter().find(|it| it.path.starts_with("api/"));
        api.map(|it| it.text.clone()).unwrap_or_default()
    };
    if paths(&first) != paths(&second) {
        sum.found.push(format!("{what} gives other files"));
    }
    let (one, two) = (surface(&first), surface(&second));
    if let Some((one, two)) = one.lines().zip(two.lines()).find(|(one, two)| one != two) {
        sum.found.push(format!("{what} has another surface: `{one}` and `{two}`"));
    }
}

fn source(name: &str, bytes: Vec<u8>) -> Source {
    let document = Text { name: name.to_owned(), bytes };
    Source { vendor: "damaged".to_owned(), document, ..Source::default() }
}
