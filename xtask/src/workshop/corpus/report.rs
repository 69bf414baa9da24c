//! The report on a corpus: a table, what is wrong, and totals.

use super::cargo::{Findings, PerCrate};
use super::generated::{Failure, GeneratedClient};
use openapi_clients::terminal::table;
use std::process::ExitCode;

/// Prints it, and fails if anything is not as it should be.
pub(super) fn print(made: &[GeneratedClient<'_>], found: &PerCrate) -> ExitCode {
    let heading = ["document", "operations", "schemas", "skipped", "ms", "result"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    rows.extend(made.iter().map(|it| row(it, of(it, found))));
    print!("{}", table(&rows));
    for it in made {
        details(it, of(it, found));
    }
    let failures = made.iter().filter(|it| !is_right(it, of(it, found))).count();
    println!("{}", totals(made, failures));
    if failures == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn of<'f>(made: &GeneratedClient<'_>, found: &'f PerCrate) -> Option<&'f Findings> {
    found.get(&made.document.krate).filter(|it| it.errors + it.warnings + it.failed.len() > 0)
}

fn is_right(made: &GeneratedClient<'_>, found: Option<&Findings>) -> bool {
    match &made.output {
        Ok(_) => !made.document.refused && found.is_none(),
        Err(Failure::Refused(_)) => made.document.refused,
        Err(Failure::Panicked(_) | Failure::Unreadable(_)) => false,
    }
}

fn row(made: &GeneratedClient<'_>, found: Option<&Findings>) -> Vec<String> {
    let it = made.summary;
    vec![
        made.document.name.clone(),
        format!("{}/{}", it.emitted_operations, it.operations),
        format!("{}/{}", it.emitted_schemas, it.schemas),
        made.skipped.values().sum::<usize>().to_string(),
        made.time.as_millis().to_string(),
        result(made, found),
    ]
}

fn result(made: &GeneratedClient<'_>, found: Option<&Findings>) -> String {
    let reasons = made.skipped.iter().map(|(code, number)| format!("{number} {code}"));
    let mut parts = reasons.collect::<Vec<_>>();
    match (&made.output, made.document.refused) {
        (Ok(_), false) => {}
        (Ok(_), true) => parts.push("NOT REFUSED".to_owned()),
        (Err(Failure::Refused(_)), true) => parts.push("refused, as expected".to_owned()),
        (Err(Failure::Refused(_)), false) => parts.push("REFUSED".to_owned()),
        (Err(Failure::Panicked(_)), _) => parts.push("PANICKED".to_owned()),
        (Err(Failure::Unreadable(_)), _) => parts.push("UNREADABLE".to_owned()),
    }
    if let Some(found) = found {
        let numbers = [found.errors, found.warnings, found.failed.len()];
        for (number, noun) in numbers.into_iter().zip(["ERROR", "WARNING", "FAILED"]) {
            parts.extend((number > 0).then(|| format!("{number} {noun}")));
        }
    }
    if parts.is_empty() { "ok".to_owned() } else { parts.join(", ") }
}

fn details(made: &GeneratedClient<'_>, found: Option<&Findings>) {
    let name = &made.document.name;
    match &made.output {
        Err(Failure::Refused(why)) if !made.document.refused => {
            println!("\n{name} is refused\n{why}");
        }
        Err(Failure::Panicked(why)) => println!("\n{name}: the generator panicked at {why}"),
        Err(Failure::Unreadable(why)) => println!("\n{name}: {why}"),
        Ok(_) | Err(Failure::Refused(_)) => {}
    }
    let Some(found) = found else { return };
    if !found.texts.is_empty() {
        println!("\n{name}: the compiler objects\n{}", found.texts.concat());
    }
    for it in &found.failed {
        println!("\n{name}: {it}");
    }
}

fn totals(made: &[GeneratedClient<'_>], failures: usize) -> String {
    let sum = |number: fn(&GeneratedClient<'_>) -> usize| made.iter().map(number).sum::<usize>();
    let operations =
        share(sum(|it| it.summary.emitted_operations), sum(|it| it.summary.operations));
    let schemas = share(sum(|it| it.summary.emitted_schemas), sum(|it| it.summary.schemas));
    let time = made.iter().map(|it| it.time.as_millis()).sum::<u128>();
    format!(
        "{} documents, {failures} not right; operations {operations}; schemas {schemas}; {time} ms of generating",
        made.len()
    )
}

fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "0/0".to_owned();
    }
    // In hundredths of a percent, cut: a share short of all never reads as all of it.
    let hundredths = part * 10_000 / whole;
    format!("{part}/{whole} = {}.{:02} %", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_share_short_of_all_never_reads_as_all() {
        assert_eq!(share(99_999, 100_000), "99999/100000 = 99.99 %");
        assert_eq!(share(3, 3), "3/3 = 100.00 %");
        assert_eq!(share(0, 0), "0/0");
    }
}
