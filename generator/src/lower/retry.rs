//! The retry policy that `x-speakeasy-retries` describes, of a document or of one operation.

use super::LowerCx;
use crate::diag::{NOT_EXPRESSED, STALE_CLIENT, SourceId, SpecPtr};
use crate::ir::{Method, RetryBackoff, RetryRule};
use crate::load::{self, NodeRef};
use serde_json::{Map, Value as Json};

const KEY: &str = "x-speakeasy-retries";

type Object = Map<String, Json>;

/// The policy at the root or at an operation. One that a client does not express is told, and counts for nothing: half
/// of a policy would be another one.
pub(super) fn policy(cx: &mut LowerCx<'_>, spot: &NodeRef<'_>) -> Option<RetryRule> {
    let described = spot.json(KEY)?;
    cx.has_retries = true;
    if cx.client.usual_retries {
        return None;
    }
    let mut reader = PolicyReader { faults: Vec::new() };
    let found = reader.policy(&described, &spot.at.child(KEY));
    for (at, why) in &reader.faults {
        let message = format_args!("this retry policy is not followed: {why}");
        cx.sink
            .report(&NOT_EXPRESSED, at, message)
            .edit("correct it in {overlay}, or say `retry: default` in {client}");
    }
    found.filter(|_| reader.faults.is_empty())
}

/// The policy of an operation, and whether it may be retried though its method does not promise that: who describes how
/// it is retried says so, like `client.yaml`.
pub(super) fn of_operation(
    cx: &mut LowerCx<'_>,
    spot: &NodeRef<'_>,
    method: Method,
) -> (Option<RetryRule>, bool) {
    let retry = policy(cx, spot);
    let is_retried = matches!(retry, Some(RetryRule::Backoff(_))) && !method.is_idempotent();
    let is_listed = cx.client.idempotent.iter().any(|it| it.target == spot.at);
    (retry, is_retried || is_listed)
}

/// Tells that `client.yaml` overrules a policy which is not there.
pub(super) fn report_stale(cx: &mut LowerCx<'_>) {
    if cx.client.usual_retries && !cx.has_retries && cx.document.selection.is_none() {
        let at = SpecPtr::root().child("retry");
        let message = format_args!("the document has no `{KEY}`");
        let found = cx.sink.report_in(SourceId::Client, &STALE_CLIENT, &at, message);
        found.help("remove the entry");
    }
}

/// Reads a policy, and collects all that is wrong with it.
struct PolicyReader {
    faults: Vec<(SpecPtr, String)>,
}

impl PolicyReader {
    fn policy(&mut self, described: &Json, at: &SpecPtr) -> Option<RetryRule> {
        let Some(it) = described.as_object() else {
            self.fault(at.clone(), "it is no object");
            return None;
        };
        match it.get("strategy") {
            Some(Json::String(it)) if it == "none" => return Some(RetryRule::Never),
            Some(Json::String(it)) if it == "backoff" => {}
            Some(other) => {
                self.fault(at.child("strategy"), format!("{other} is no known strategy"));
                return None;
            }
            None => self.fault(at.clone(), "`strategy` is missing"),
        }
        self.known(it, at, &["strategy", "backoff", "statusCodes", "retryConnectionErrors"]);
        let mut found = self.waits(it.get("backoff"), &at.child("backoff"));
        self.statuses(&mut found, it.get("statusCodes"), at);
        match it.get("retryConnectionErrors") {
            None => {}
            Some(Json::Bool(retried)) => found.connection_errors = *retried,
            Some(_) => self.fault(at.child("retryConnectionErrors"), "it is no boolean"),
        }
        Some(RetryRule::Backoff(Box::new(found)))
    }

    /// The waits, where those that are not given are the ones that the extension's documentation names.
    fn waits(&mut self, given: Option<&Json>, at: &SpecPtr) -> RetryBackoff {
        let none = Object::new();
        let it = match given {
            None => &none,
            Some(Json::Object(it)) => it,
            Some(_) => {
                self.fault(at.clone(), "`backoff` is no object");
                &none
            }
        };
        self.known(it, at, &["initialInterval", "maxInterval", "maxElapsedTime", "exponent"]);
        let first = self.millis(it, at, "initialInterval", 500);
        let longest = self.millis(it, at, "maxInterval", 60_000);
        let elapsed = self.millis(it, at, "maxElapsedTime", 3_600_000);
        if let (Some(first), Some(longest)) = (first, longest)
            && first > longest
        {
            let message = format!("the first wait is longer than the longest, {longest} ms");
            self.fault(at.child("initialInterval"), message);
        }
        let factor = it.get("exponent").map_or(Some(1.5), Json::as_f64);
        let factor = factor.filter(|it| *it >= 1.0);
        if factor.is_none() {
            self.fault(at.child("exponent"), "`exponent` is no number from 1 on");
        }
        RetryBackoff {
            first: first.unwrap_or_default(),
            longest: longest.unwrap_or_default(),
            factor: factor.unwrap_or_default(),
            elapsed: elapsed.unwrap_or_default(),
            statuses: Vec::new(),
            ranges: Vec::new(),
            connection_errors: false,
        }
    }

    fn millis(&mut self, it: &Object, at: &SpecPtr, key: &str, usual: u64) -> Option<u64> {
        let found = it.get(key).map_or(Some(usual), whole).filter(|it| *it > 0);
        if found.is_none() {
            let message = format!("`{key}` is no whole number of milliseconds above 0");
            self.fault(at.child(key), message);
        }
        found
    }

    fn statuses(&mut self, found: &mut RetryBackoff, given: Option<&Json>, at: &SpecPtr) {
        let at = match given {
            Some(_) => &at.child("statusCodes"),
            None => at,
        };
        let Some(list) = given.and_then(Json::as_array) else {
            return self.fault(at.clone(), "`statusCodes` is no list");
        };
        for (index, item) in list.iter().enumerate() {
            match Statuses::read(item) {
                Some(Statuses::One(it)) if found.statuses.contains(&it) => {}
                Some(Statuses::One(it)) => found.statuses.push(it),
                Some(Statuses::Hundred(it)) => {
                    let range = it * 100..=it * 100 + 99;
                    if !found.ranges.contains(&range) {
                        found.ranges.push(range);
                    }
                }
                None => {
                    self.fault(at.item(index), format!("{item} is no status of an error"));
                }
            }
        }
    }

    /// Reports the keys that say what nobody knows.
    fn known(&mut self, it: &Object, at: &SpecPtr, known: &[&str]) {
        for key in it.keys().filter(|it| !known.contains(&it.as_str())) {
            self.fault(at.child(key), format!("`{key}` has no known meaning"));
        }
    }

    fn fault(&mut self, at: SpecPtr, why: impl Into<String>) {
        self.faults.push((at, why.into()));
    }
}

/// An entry of `statusCodes`.
enum Statuses {
    One(u16),
    /// All with this first digit.
    Hundred(u16),
}

impl Statuses {
    /// Reads `429`, `"429"` or `5XX`, in which capitals make no difference; successes are no errors.
    fn read(item: &Json) -> Option<Self> {
        let status = match item {
            Json::Number(_) => whole(item).and_then(|it| u16::try_from(it).ok()),
            Json::String(it) if it.len() == 3 => match it.to_ascii_lowercase().as_str() {
                "4xx" => return Some(Self::Hundred(4)),
                "5xx" => return Some(Self::Hundred(5)),
                digits => digits.parse().ok(),
            },
            _ => None,
        };
        status.filter(|it| (400..600).contains(it)).map(Self::One)
    }
}

/// A whole number, which may be written as `500.0`.
fn whole(it: &Json) -> Option<u64> {
    it.as_number().and_then(load::whole)?.as_u64()
}
