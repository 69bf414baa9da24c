//! Sets parts of real documents into each other:
//! `cargo run --release -p tests --example splice -- FOLDER COUNT OUT [SEED]`.
//!
//! Each document that is written has a few operations of those in the folder, changed in a few places:
//! a schema, parameter, body or answer of another stands there, or a schema is put into a list, a map,
//! a tuple or a union. What comes out is odd but allowed, so that `cargo xtask corpus --wire-tests OUT`
//! must find nothing.

mod change;
#[path = "../common/mod.rs"]
mod common;
mod cut;
mod places;

use change::Parts;
use common::Dice;
use generator::Text;
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

/// Operations and changes of a document.
const OPERATIONS: usize = 4;
const CHANGES: usize = 16;
/// Maps whose entries are taken over one by one: of paths, and of components.
const MAPS: &[&str] = &[
    "paths",
    "components",
    "schemas",
    "parameters",
    "responses",
    "requestBodies",
    "headers",
    "examples",
    "links",
    "callbacks",
    "securitySchemes",
];

fn main() -> ExitCode {
    let words: Vec<_> = env::args().skip(1).collect();
    let [folder, count, out, seed @ ..] = &*words else {
        eprintln!("the folder with the documents, a number and a folder to write to are missing");
        return ExitCode::FAILURE;
    };
    let number = |it: &String| it.parse().expect("a number");
    let mut dice = Dice::new(seed.first().map_or(1, number));
    let documents = common::documents(Path::new(folder));
    let operations: Vec<_> = documents.iter().flat_map(|it| cut::operations(&tree(it))).collect();
    let parts = Parts::of(&operations);
    fs::create_dir_all(out).expect("the folder can be made");
    for index in 0..number(count) {
        let path = Path::new(out).join(format!("s{index:05}.json"));
        let text = format!("{:#}", document(&operations, &parts, &mut dice));
        fs::write(path, text).expect("the folder can be written to");
    }
    println!("{count} documents of {} operations in {out}", operations.len());
    ExitCode::SUCCESS
}

/// A document's tree; none if the document is wrong.
fn tree(path: &Path) -> Value {
    let bytes = fs::read(path).expect("the document can be read");
    let name = path.display().to_string();
    generator::read(&Text { name, bytes }).map(|it| it.to_json()).unwrap_or_default()
}

fn document(operations: &[Value], parts: &Parts, dice: &mut Dice) -> Value {
    let mut document = operations[dice.below(operations.len())].clone();
    for _ in 0..dice.below(OPERATIONS) {
        join(&mut document, &operations[dice.below(operations.len())]);
    }
    for _ in 0..=dice.below(CHANGES) {
        change::change(&mut document, parts, dice);
    }
    if dice.below(3) > 0 {
        document["openapi"] = json!("3.1.0");
    }
    cut::mend(&mut document, dice);
    document
}

/// Adds what another document has under keys that are free.
fn join(document: &mut Value, other: &Value) {
    let (Value::Object(ours), Value::Object(theirs)) = (document, other) else { return };
    for (key, value) in theirs {
        match ours.get_mut(key) {
            Some(there) if MAPS.contains(&&**key) => join(there, value),
            // What stands under a path or a name is not mixed.
            Some(_) => {}
            None => drop(ours.insert(key.clone(), value.clone())),
        }
    }
}
