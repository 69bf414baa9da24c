//! Each row of the table, on lines that show it.

use super::compare::{ChangeKind, SurfaceChange, between};
use super::rules::{self, Effect, RULES, Rule};
use super::{Diff, Module, State, json, text};
use crate::project::Project;
use semver::Version;

/// An example of each rule: the lines before and after.
fn examples() -> Vec<(&'static Rule, &'static str, &'static str)> {
    vec![
        (&rules::NEW, "a::types::enum E", "a::types::E::New\na::types::enum E"),
        (&rules::NEW, "a::struct C", "a::C::b(self, &str) -> Self\na::struct C"),
        (&rules::GONE, "a::types::T.f: String\na::types::struct T", "a::types::struct T"),
        (&rules::GONE, "a::types::struct T", ""),
        (&rules::KIND, "a::types::struct T", "a::types::enum T"),
        (&rules::KIND, "a::types::type T = i32", "a::types::type T = i64"),
        (&rules::FIELD, "a::types::T.f: String", "a::types::T.f: Option<String>"),
        (&rules::CONTENT, "a::types::T::V(String)", "a::types::T::V(i64)"),
        (&rules::ARGUMENTS, "a::T::new(f: &str) -> Self", "a::T::new(f: &str, g: i64) -> Self"),
        (&rules::ARGUMENTS, "a::T::new(f: &str) -> Self", "a::T::new(f: i64) -> Self"),
        (
            &rules::ORDER,
            "a::D::get(&self, id: &str, of: &str) -> G",
            "a::D::get(&self, of: &str, id: &str) -> G",
        ),
        (
            &rules::ARGUMENT_NAME,
            "a::D::get(&self, id: &str) -> G",
            "a::D::get(&self, ds: &str) -> G",
        ),
        (&rules::RESULT, "a::G::send(self) -> ()", "a::G::send(self) -> types::T"),
        (&rules::TRAIT_GONE, "a::T has Clone, Default", "a::T has Clone"),
        (&rules::TRAIT_NEW, "a::T has Clone", "a::T has Clone, Default"),
        (&rules::CLOSED, "a::T has Clone", "a::T has non_exhaustive, Clone"),
        (&rules::OPENED, "a::T has non_exhaustive, Clone", "a::T has Clone"),
        (
            &rules::REQUIRED,
            "a::L::q(self, &str) -> Self\na::struct L",
            "a::L::q is required\na::L::q(self, &str) -> Self\na::struct L",
        ),
        (&rules::NOT_REQUIRED, "a::L::q is required\na::struct L", "a::struct L"),
        (&rules::DEPRECATED, "a::struct D", "a::D::get is deprecated\na::struct D"),
        (&rules::NOT_DEPRECATED, "a::D::get is deprecated\na::struct D", "a::struct D"),
        (&rules::VARIABLE_GONE, "a::Client reads KEY\na::struct Client", "a::struct Client"),
        (&rules::VARIABLE_NEW, "a::struct Client", "a::Client reads KEY\na::struct Client"),
    ]
}

#[test]
fn each_change_is_judged_by_its_rule() {
    for (rule, old, new) in examples() {
        let changes = between(old, new);
        let found = changes.iter().map(|it| it.rule).collect::<Vec<_>>();
        assert_eq!(found, [rule], "{old}\n→\n{new}");
    }
}

#[test]
fn each_rule_has_an_example() {
    let examples = examples();
    for rule in RULES.iter().filter(|it| **it != &rules::MODULE_GONE) {
        assert!(examples.iter().any(|it| it.0 == *rule), "{}", rule.change);
    }
}

#[test]
fn a_module_that_is_gone_is_one_change_that_breaks() {
    let module = Module::new("acme", State::Gone, "acme::struct Client\n", "");
    assert_eq!(module.changes.iter().map(|it| it.rule).collect::<Vec<_>>(), [&rules::MODULE_GONE]);
}

#[test]
fn the_table_beside_this_is_the_one_of_the_rules() {
    let place = Project::of_tests().root;
    let place = place.join("generator/program/src/commands/surface/rules.md");
    let page = std::fs::read_to_string(place).expect("it is there");
    for rule in RULES {
        let row = format!("| {} | {} | {} |", rule.change, rule.effect.word(), rule.why);
        assert!(page.contains(&row), "rules.md lacks\n{row}");
    }
}

#[test]
fn what_does_not_differ_is_no_change() {
    let text = "a::T has Clone, Debug\na::T::new(f: &str) -> Self\na::types::struct T\n";
    assert!(between(text, text).is_empty());
    let shuffled = "a::types::struct T\na::T::new(f: &str) -> Self\na::T has Debug, Clone\n";
    assert!(between(text, shuffled).is_empty());
}

#[test]
fn what_a_new_type_asks_for_breaks_no_one() {
    let new = "a::L::q is required\na::L::q(self, &str) -> Self\na::struct L\n";
    let changes = between("", new);
    let shown = changes.iter().map(|it| (it.what, &*it.line, it.along)).collect::<Vec<_>>();
    assert_eq!(shown, [(ChangeKind::Added, "a::struct L", 2)]);
    assert_eq!(changes[0].rule.effect, Effect::Adds);
}

#[test]
fn the_text_shows_what_breaks_first_and_says_why() {
    let old = "a::types::T.f: String\na::types::T.g: i64\na::types::struct T\n";
    let new = "a::types::T.a: i64\na::types::T.f: i64\na::types::struct T\n";
    let changes: Vec<SurfaceChange> = between(old, new);
    let module = Module { name: "a".to_owned(), state: State::Kept, changes };
    let diff = Diff { since: Some(Version::new(0, 1, 0)), modules: vec![module] };
    assert_eq!(
        text(&diff),
        "api: 3 changes since 0.1.0, 2 of which may break callers: semver asks for 0.2.0\n  \
         ! ~ a::types::T.f: i64\n        before: a::types::T.f: String\n        \
         breaks the build: what it is assigned to has the old one; `Option` is another type too\n  \
         ! - a::types::T.g: i64\n        breaks the build: what names it no longer compiles\n    \
         + a::types::T.a: i64\n"
    );
}

#[test]
fn programs_are_told_the_same() {
    let changes = between("a::types::T.f: String\na::types::struct T\n", "a::types::struct T\n");
    let module = Module { name: "a".to_owned(), state: State::Kept, changes };
    let mut diff = Diff { since: Some(Version::new(1, 2, 3)), modules: vec![module] };
    let told = json(&diff);
    assert_eq!((told["asks_for"].as_str(), told["breaking"].as_u64()), (Some("2.0.0"), Some(1)));
    let change = &told["modules"][0]["changes"][0];
    assert_eq!(change["item"], "a::types::T.f: String");
    assert_eq!(change["breaks"], true);
    diff.modules.clear();
    assert!(json(&diff)["asks_for"].is_null() && text(&diff).is_empty());
}
