//! Names of an enum's values.

use super::NameCx;
use super::ident::RustIdent;
use super::members::{pascals, reserved_variant};
use super::request::{NameRequest, Scope};
use super::words::{pascal, snake};
use crate::diag::pointer_key;
use crate::ir::{Enum, TypeDef};
use crate::load::Json;
use std::collections::HashSet;

pub(super) fn names(
    cx: &mut NameCx<'_>,
    def: &TypeDef,
    it: &Enum,
    ty: &RustIdent,
) -> Vec<RustIdent> {
    let texts: HashSet<&str> = it.values.iter().filter_map(|it| it.value.as_str()).collect();
    let shared = shared(&texts, ty.text());
    let wires: Vec<String> = it.values.iter().map(|it| text(&it.value)).collect();
    let place = def.at.child("enum").to_string();
    let claims = it.values.iter().zip(&wires).map(|(value, wire)| {
        let mut candidates = pascals(wire);
        if let Some(name) = shorter(wire, shared).or_else(|| ordered(wire, &texts)) {
            candidates = candidates.behind(name);
        }
        if let Some(wish) = &value.wish {
            candidates = candidates.behind(pascal(wish));
        }
        // `true` and `"true"` may both be values.
        let twin = !value.value.is_string() && texts.contains(&**wire);
        let kind = if twin { "literal" } else { "value" };
        NameRequest {
            key: format!("{kind} {place}/{}", pointer_key(wire)),
            candidates,
            wish: None,
            wire: wire.clone(),
            at: def.at.clone(),
        }
    });
    let claims: Vec<_> = claims.collect();
    let mut scope = Scope::new("V", "Value", &reserved_variant);
    scope.assign(&claims, cx.old, &mut cx.new, cx.sink)
}

/// A scalar as text.
fn text(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The number of words that all values begin with and the name of their enum ends with, such as those of
/// `JOB_STATE_DONE` and `JobState`. None where a value would be left without a letter.
fn shared(texts: &HashSet<&str>, ty: &str) -> usize {
    let ty = snake(ty);
    let ty: Vec<&str> = ty.split('_').collect();
    let values: Vec<String> = texts.iter().map(|it| snake(it)).collect();
    let values: Vec<Vec<&str>> = values.iter().map(|it| it.split('_').collect()).collect();
    let holds = |count: &usize| {
        let words = &ty[ty.len() - count..];
        values.iter().all(|it| {
            let rest = it.strip_prefix(words).and_then(|it| it.first());
            rest.is_some_and(|it| it.starts_with(|it: char| it.is_ascii_alphabetic()))
        })
    };
    if values.len() < 2 { 0 } else { (1..=ty.len()).rev().find(holds).unwrap_or(0) }
}

/// The name of a value without the words that all share.
fn shorter(wire: &str, shared: usize) -> Option<String> {
    if shared == 0 {
        return None;
    }
    let words = snake(wire);
    let rest: Vec<&str> = words.split('_').skip(shared).collect();
    Some(pascal(&rest.join(" ")))
}

/// The name of `-x` or `+x` beside `x` or the other of the two: the same order, turned around or not.
fn ordered(wire: &str, texts: &HashSet<&str>) -> Option<String> {
    let sign = wire.chars().next()?;
    let (other, order) = match sign {
        '-' => ('+', "Descending"),
        '+' => ('-', "Ascending"),
        _ => return None,
    };
    let plain = &wire[1..];
    let is_word = plain.starts_with(|it: char| it.is_ascii_alphabetic());
    let is_beside = texts.contains(plain) || texts.contains(&*format!("{other}{plain}"));
    (is_word && is_beside).then(|| format!("{}{order}", pascal(plain)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(values: &[&str], ty: &str) -> usize {
        shared(&values.iter().copied().collect(), ty)
    }

    #[test]
    fn words_go_that_all_values_share_with_their_enum() {
        assert_eq!(count(&["JOB_STATE_DONE", "JOB_STATE_NEW"], "GatewayJobState"), 2);
        assert_eq!(count(&["STATE_DONE", "STATE_NEW"], "JobState"), 1);
        assert_eq!(count(&["JOB_STATE_DONE", "NEW"], "JobState"), 0);
        assert_eq!(count(&["JOB_STATE_DONE"], "JobState"), 0);
        assert_eq!(count(&["model-1", "model-a"], "Model"), 0);
        assert_eq!(count(&["model", "model-a"], "Model"), 0);
        assert_eq!(shorter("JOB_STATE_DONE", 2).as_deref(), Some("Done"));
    }

    #[test]
    fn a_sign_before_a_word_that_is_there_without_it_or_with_the_other_is_an_order() {
        let texts = HashSet::from([
            "-created_at",
            "created_at",
            "+created_at",
            "-inf",
            "-1",
            "1",
            "+up",
            "-up",
        ]);
        assert_eq!(ordered("-created_at", &texts).as_deref(), Some("CreatedAtDescending"));
        assert_eq!(ordered("+created_at", &texts).as_deref(), Some("CreatedAtAscending"));
        assert_eq!(ordered("+up", &texts).as_deref(), Some("UpAscending"));
        assert_eq!(ordered("created_at", &texts), None);
        assert_eq!(ordered("-inf", &texts), None);
        assert_eq!(ordered("-1", &texts), None);
    }
}
