//! Rules about manifests.

use super::none;
use crate::support::{read, root};
use std::collections::BTreeSet;
use toml_edit::{DocumentMut, Item, TableLike};

/// The members of the workspace.
fn members() -> Vec<String> {
    let manifest = read("Cargo.toml");
    let line = manifest.lines().find_map(|it| it.strip_prefix("members = ["));
    let list = line.expect("the members stand on one line").trim_end_matches(']');
    list.split(',').map(|it| it.trim().trim_matches('"').to_owned()).collect()
}

#[test]
fn unsafe_code_is_forbidden_everywhere() {
    assert!(read("Cargo.toml").contains("[workspace.lints.rust]\nunsafe_code = \"forbid\"\n"));
    let allows = |it: &&String| {
        let manifest = read(&format!("{it}/Cargo.toml"));
        let inherits = manifest.contains("[lints]\nworkspace = true\n");
        !inherits && !manifest.contains("[lints.rust]\nunsafe_code = \"forbid\"\n")
    };
    let members = members();
    assert!(members.len() >= 5);
    let found: Vec<_> = members.iter().filter(allows).cloned().collect();
    none("members do not forbid unsafe code", &found);
}

#[test]
fn members_take_versions_from_the_workspace() {
    let mut found = Vec::new();
    for member in members().iter().filter(|it| !it.starts_with("generat")) {
        let manifest = read(&format!("{member}/Cargo.toml"));
        let own = manifest.lines().filter(|it| it.contains(" = \"") && it.contains("version"));
        found.extend(
            own.filter(|it| !it.starts_with("version")).map(|it| format!("{member}: {it}")),
        );
    }
    none("members state versions of their own", &found);
}

#[test]
fn the_lock_file_is_committed_with_every_member() {
    let lock = read("Cargo.lock");
    for member in members() {
        let manifest = read(&format!("{member}/Cargo.toml"));
        let name = manifest.lines().find(|it| it.starts_with("name = "));
        let name = name.expect("a package has a name");
        assert!(lock.lines().any(|it| it == name), "{member} is not in Cargo.lock");
    }
    assert!(root().join("rustfmt.toml").exists());
}

/// A dependency costs each user time and trust, so there is a reason for it.
#[test]
fn each_dependency_has_a_reason() {
    let page = read("generator/decisions/dependencies.md");
    let listed: BTreeSet<&str> =
        page.split(|it: char| !(it.is_ascii_alphanumeric() || "-_".contains(it))).collect();
    let mut found = Vec::new();
    for member in members() {
        let manifest = read(&format!("{member}/Cargo.toml"));
        let manifest: DocumentMut = manifest.parse().expect("a manifest is TOML");
        let targets = manifest.get("target").and_then(Item::as_table_like);
        let targets = targets.into_iter().flat_map(TableLike::iter);
        for of in [manifest.as_item()].into_iter().chain(targets.map(|it| it.1)) {
            let tables = ["dependencies", "dev-dependencies"].map(|it| of.get(it));
            let names = tables.into_iter().flatten().filter_map(Item::as_table_like);
            let names = names.flat_map(TableLike::iter).map(|it| it.0);
            let ours = |it: &&str| {
                matches!(
                    *it,
                    "client-runtime" | "generated-client" | "generator" | "openapi-clients"
                )
            };
            let unlisted = names.filter(|it| !ours(it) && !listed.contains(it));
            found.extend(unlisted.map(|it| format!("{member}: {it}")));
        }
    }
    none("dependencies have no row in generator/decisions/dependencies.md", &found);
}
