//! Every place from which text reaches the output, times every text that means harm: what is
//! emitted has the same form as with a harmless word, and holds the text as a value only.

use super::inspect::{Emitted, emitted};
use super::payloads::payloads;
use crate::support::file;
use generator::diag::ReportStyle;
use generator::{CrateSpec, Node, Output, RuntimeSource, Source, Text, Value, WireTests};
use serde_json::Value as Json;
use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Documents for these tests.
pub(crate) const HOSTILE: &[&str] = &["api", "operations", "schemas"];

/// Documents in which every place holds a word of its own, which starts so.
const WORD: &str = "sink";

#[test]
fn words_of_an_api_are_values_and_nothing_else() {
    check("api", 40);
}

#[test]
fn words_of_operations_are_values_and_nothing_else() {
    check("operations", 40);
}

#[test]
fn words_of_schemas_are_values_and_nothing_else() {
    check("schemas", 35);
}

/// A document and what stands beside it, as trees.
struct Template {
    document: Node,
    client: Option<Node>,
}

fn template(name: &str) -> Template {
    let tree = |ending: &str| {
        let text = file(&format!("tests/fixtures/hostile/{name}{ending}"))?;
        Some(generator::read(&text).expect("the fixture is YAML"))
    };
    let document = tree(".yaml").expect("each test has a document");
    Template { document, client: tree(".client.yaml") }
}

impl Template {
    /// The words that stand in it.
    fn words(&self) -> Vec<String> {
        let mut text = self.document.to_json().to_string();
        text.extend(self.client.iter().map(|it| it.to_json().to_string()));
        let parts = text.split(|it: char| !it.is_ascii_alphabetic());
        let words: BTreeSet<_> = parts.filter(|it| it.starts_with(WORD)).collect();
        words.into_iter().map(str::to_owned).collect()
    }

    /// With a word replaced wherever it stands.
    fn with(&self, word: &str, by: &str) -> Source {
        let text = |name: &str, tree: &Node| {
            let mut text = String::new();
            write(tree, word, by, &mut text);
            Text { name: name.to_owned(), bytes: text.into_bytes() }
        };
        Source {
            vendor: "hostile".to_owned(),
            document: text("openapi.yaml", &self.document),
            client: self.client.as_ref().map(|it| text("client.yaml", it)),
            ..Source::default()
        }
    }
}

/// A tree as JSON in its own order, with a word replaced in keys and values, and in references as
/// they spell it.
fn write(tree: &Node, word: &str, by: &str, out: &mut String) {
    let text = |it: &str| {
        let replaced = match it.starts_with("#/") {
            true => put(it, word, &by.replace('~', "~0").replace('/', "~1").replace('%', "%25")),
            false => put(it, word, by),
        };
        Json::from(replaced).to_string()
    };
    match &tree.value {
        Value::Text(it) => out.push_str(&text(it)),
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                out.push(if index == 0 { '[' } else { ',' });
                write(item, word, by, out);
            }
            out.push_str(if items.is_empty() { "[]" } else { "]" });
        }
        Value::Map(map) => {
            for (index, (key, value)) in map.iter().enumerate() {
                out.push(if index == 0 { '{' } else { ',' });
                out.push_str(&text(key));
                out.push(':');
                write(value, word, by, out);
            }
            out.push_str(if map.is_empty() { "{}" } else { "}" });
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {
            out.push_str(&tree.to_json().to_string());
        }
    }
}

/// A text with a word replaced, where it does not go on.
pub(super) fn put(text: &str, word: &str, by: &str) -> String {
    let mut pieces = text.split(word).peekable();
    let mut whole = String::new();
    while let Some(piece) = pieces.next() {
        whole.push_str(piece);
        let Some(next) = pieces.peek() else { break };
        let goes_on = next.starts_with(|it: char| it.is_ascii_alphabetic());
        whole.push_str(if goes_on { word } else { by });
    }
    whole
}

/// The result of a source: all files, and the number of findings of each rule.
struct Made {
    emitted: Emitted,
    findings: BTreeMap<String, usize>,
}

/// Makes a client and its crate, perhaps with its tests and once more; nothing if the source is refused, with a reason.
fn make(source: &Source, whole: bool) -> Option<Made> {
    let run = generator::generate(source);
    let shown = run.report.render(ReportStyle::Plain);
    let hidden = shown.chars().find(|it| it.is_control() && *it != '\n');
    assert_eq!(hidden, None, "a finding shows a control character: {shown:?}");
    let Ok(output) = run.output else {
        assert!(shown.contains("error["), "it is refused without a reason");
        return None;
    };
    let mut findings = BTreeMap::new();
    for line in run.report.json().lines() {
        let it: Json = serde_json::from_str(line).expect("each finding is an object");
        *findings.entry(it["code"].to_string()).or_default() += 1;
    }
    if whole {
        keeps_its_names(source, &output);
    }
    let spec = CrateSpec::alone("hostile", RuntimeSource::Path("runtime".to_owned()));
    let mut files = generator::assemble(&spec, std::slice::from_ref(&output));
    files.extend(output.files);
    if whole {
        let WireTests { files: tests, manifest } =
            generator::wire_tests(&spec, source).expect("a client can be tested");
        files[0].text.push_str(&manifest);
        files.extend(tests);
    }
    Some(Made { emitted: emitted(&files), findings })
}

/// The names that were given can be read again, and change nothing.
fn keeps_its_names(source: &Source, output: &Output) {
    let names = Text { name: "names.lock".to_owned(), bytes: output.names().into_bytes() };
    let again = generator::generate(&Source { names: Some(names), ..source.clone() });
    let shown = again.report.render(ReportStyle::Plain);
    let again = again.output.unwrap_or_else(|_| panic!("its own names are refused: {shown}"));
    assert!(again.files == output.files, "its own names change what is emitted");
    assert_eq!(again.names(), output.names());
}

/// Tries every word of a fixture with every text.
fn check(name: &str, least: usize) {
    let template = template(name);
    let words = template.words();
    assert!(words.len() >= least, "{name} has only {} places", words.len());
    let plain = make(&template.with(WORD, WORD), false).expect("the fixture is harmless");
    let mute: Vec<_> = words.iter().filter(|it| !plain.emitted.mentions(it)).collect();
    println!("{name}: these reach no output: {mute:?}");
    let payloads = payloads();
    let (mut equal, mut fewer, mut refused, mut wrong) = (0, 0, 0, Vec::new());
    for (turn, word) in words.iter().enumerate() {
        // Long lines are laid out in another way.
        let long = make(&template.with(word, &LONG.repeat(50)), false);
        let long = long.as_ref().unwrap_or(&plain);
        for (index, payload) in payloads.iter().enumerate() {
            // Names that are kept and tests cost as much as everything else: each text meets them
            // in some places, and each place with some texts.
            let whole = (turn + index) % SHARE == 0;
            let source = template.with(word, payload);
            let made = match catch_unwind(AssertUnwindSafe(|| make(&source, whole))) {
                Ok(Some(made)) => made,
                Ok(None) => {
                    refused += 1;
                    continue;
                }
                Err(panic) => {
                    wrong.push(format!("{word} = {payload:?}: {}", said(&*panic)));
                    continue;
                }
            };
            let found = more(&plain.findings, &made.findings) || means_more(word, payload);
            let harmless = [&plain.emitted, &long.emitted];
            match made.emitted.against(harmless, word, payload, found) {
                Ok(true) => equal += 1,
                Ok(false) => fewer += 1,
                Err(why) => wrong.push(format!("{word} = {payload:?}: {why}")),
            }
        }
    }
    let all = words.len() * payloads.len();
    println!(
        "{name}: {} places × {} texts = {all} combinations: {equal} of the same form, {fewer} with \
         something left out or read otherwise and a finding, {refused} refused",
        words.len(),
        payloads.len(),
    );
    assert!(wrong.is_empty(), "{} of {all} are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(equal * 2 > all, "most texts are harmless and pass");
}

/// One in so many combinations is tried with names that are kept, and with its tests.
const SHARE: usize = 7;

/// A word that is repeated to make a long one.
const LONG: &str = "abcdef";

/// True if a text says something else in its place by the rules of that place, and no finding is due.
fn means_more(word: &str, text: &str) -> bool {
    const SIGNS: &[(&[&str], &str)] = &[
        // A query has pairs, and ends where a fragment starts.
        (&["sinkFixedQuery", "sinkFixedValue"], "&#{"),
        // A path has segments, of which handles are made.
        (&["sinkSegment", "sinkVerb", "sinkPath"], "?#/"),
        // A media type has parameters, and its first word a meaning; a range or a list is none to send.
        (&["sinkJsonMime", "sinkTextMime", "sinkPartMime"], ";*,"),
    ];
    let sign = SIGNS.iter().find(|(words, _)| words.contains(&word));
    // Types of the runtime are written out where a schema has their name; a text of JSON is JSON.
    let named = ["Json", "Unknown"].contains(&text);
    // A segment without letters names no resource.
    let says_nothing = !text.chars().any(char::is_alphabetic);
    named
        || (["sinkSegment", "sinkPath"].contains(&word) && says_nothing)
        || text.len() > 200
        || sign.is_some_and(|(_, signs)| text.contains(|it| signs.contains(it)))
}

/// The message of a panic.
fn said(panic: &(dyn Any + Send)) -> &str {
    let owned = panic.downcast_ref::<String>().map(String::as_str);
    owned.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or_default()
}

/// True if there are findings that were not made before.
fn more(before: &BTreeMap<String, usize>, after: &BTreeMap<String, usize>) -> bool {
    after.iter().any(|(code, count)| before.get(code).is_none_or(|it| it < count))
}
