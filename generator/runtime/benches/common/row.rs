//! The output of a benchmark: one JSON object a line, which `cargo xtask bench` makes a table of.

/// Prints what was measured under a name, as numbers by their names.
pub(crate) fn print(name: &str, numbers: &[(&str, f64)]) {
    let mut row = serde_json::Map::new();
    row.insert("name".to_owned(), name.into());
    row.extend(numbers.iter().map(|(name, number)| ((*name).to_owned(), (*number).into())));
    println!("{}", serde_json::Value::Object(row));
}

/// The median and the least of what was measured.
pub(crate) fn median_and_least(mut measured: Vec<f64>) -> (f64, f64) {
    measured.sort_unstable_by(f64::total_cmp);
    (measured[measured.len() / 2], measured[0])
}
