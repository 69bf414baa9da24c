//! Rules about code.

use super::{SourceFile, none, parsed, sources};
use crate::vendors::VENDORS;
use std::collections::{BTreeMap, BTreeSet};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

const FILE: usize = 800;
const FUNCTION: usize = 60;

#[test]
fn no_file_is_longer_than_800_lines() {
    let long = |it: &SourceFile| {
        let lines = it.text.lines().count();
        (lines > FILE).then(|| format!("{}: {lines} lines", it.path))
    };
    let found: Vec<_> = sources().iter().filter_map(long).collect();
    none("files are too long", &found);
}

#[test]
fn every_file_says_first_what_it_is_for() {
    let mute = sources().into_iter().filter(|it| !it.text.starts_with("//! "));
    let found: Vec<_> = mute.map(|it| it.path).collect();
    none("files do not start with `//! `", &found);
}

#[test]
fn no_function_is_longer_than_60_lines() {
    let mut found = Vec::new();
    for file in sources() {
        let mut functions = Functions::default();
        functions.visit_file(&parsed(&file));
        let long = functions.0.into_iter().filter(|(_, lines)| *lines > FUNCTION);
        found.extend(long.map(|(name, lines)| format!("{}: {name}: {lines} lines", file.path)));
    }
    none("functions are too long", &found);
}

/// Functions and how many lines each has.
#[derive(Default)]
struct Functions(Vec<(String, usize)>);

impl Functions {
    fn add(&mut self, name: &syn::Ident, it: &impl Spanned) {
        let span = it.span();
        self.0.push((name.to_string(), span.end().line - span.start().line + 1));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, it: &'ast syn::ItemFn) {
        self.add(&it.sig.ident, &it.block);
        visit::visit_item_fn(self, it);
    }

    fn visit_impl_item_fn(&mut self, it: &'ast syn::ImplItemFn) {
        self.add(&it.sig.ident, &it.block);
        visit::visit_impl_item_fn(self, it);
    }

    fn visit_trait_item_fn(&mut self, it: &'ast syn::TraitItemFn) {
        self.add(&it.sig.ident, it);
        visit::visit_trait_item_fn(self, it);
    }
}

/// Which crate may be named where: in files whose path starts like one of these.
const LAYERS: &[(&str, &[&str])] = &[
    ("openapiv3", &["generator/src/load/", "generator/src/lower/"]),
    (
        "quote",
        &["generator/src/emit/", "generator/src/surface/", "generator/src/wire_tests/", "tests/"],
    ),
    ("heck", &["generator/src/name/"]),
    ("prettyplease", &["generator/src/print/"]),
    ("annotate_snippets", &["generator/src/diag/"]),
    ("saphyr_parser", &["generator/src/diag/", "generator/src/load/"]),
    (
        "reqwest",
        &[
            "generator/runtime/benches/",
            "generator/runtime/src/transport/",
            "generator/runtime/tests/",
        ],
    ),
    (
        "hyper",
        &[
            "generator/runtime/benches/",
            "generator/runtime/src/transport/",
            "generator/runtime/tests/",
        ],
    ),
    (
        "hyper_util",
        &[
            "generator/runtime/benches/",
            "generator/runtime/src/transport/hyper/",
            "generator/runtime/tests/",
        ],
    ),
    ("std::fs", &["generator/program/", "generator/runtime/", "tests/", "xtask/"]),
    ("std::net", &["generator/runtime/", "tests/", "xtask/"]),
    (
        "std::process",
        &[
            "generator/program/",
            "generator/runtime/benches/",
            "generator/runtime/tests/",
            "tests/",
            "xtask/",
        ],
    ),
    ("std::env", &["generator/program/", "generator/runtime/", "tests/", "xtask/"]),
    // Paths and handles reach files and sockets without those names.
    ("std::os", &["generator/program/", "generator/runtime/", "tests/", "xtask/"]),
    ("std::path", &["generator/program/", "generator/runtime/", "tests/", "xtask/"]),
    ("std::io", &["generator/program/", "generator/runtime/", "tests/", "xtask/"]),
    ("std::time::SystemTime", &["generator/program/", "generator/runtime/", "tests/", "xtask/"]),
];

/// Which crate may be named in one file only.
const ONE_FILE: &[(&str, &str)] = &[("serde_yaml", ""), ("reqwest", "generator/runtime/src/")];

#[test]
fn every_crate_is_named_in_its_own_layer_only() {
    let mut found = BTreeSet::new();
    for file in sources() {
        for name in named(&file) {
            for (krate, places) in LAYERS.iter().filter(|(krate, _)| starts(&name, krate)) {
                if !places.iter().any(|it| file.path.starts_with(it)) {
                    found.insert(format!("{} names {krate}", file.path));
                }
            }
        }
    }
    none("crates are named outside of their layers", &Vec::from_iter(found));
}

#[test]
fn what_may_be_replaced_is_named_in_one_module() {
    let mut places: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for file in sources() {
        for name in named(&file) {
            for (krate, place) in ONE_FILE.iter().filter(|(krate, _)| starts(&name, krate)) {
                if file.path.starts_with(place) {
                    places.entry(krate).or_default().insert(file.path.clone());
                }
            }
        }
    }
    let spread = places.iter().filter(|(_, files)| files.len() != 1);
    let found: Vec<_> = spread.map(|(krate, files)| format!("{krate} in {files:?}")).collect();
    none("crates are named in several modules", &found);
    assert_eq!(places.len(), ONE_FILE.len(), "each is named somewhere");
}

/// Only accessors mark what they hand out. A reference is no meaning, and neither is a name that an entry of
/// `client.yaml` may speak of: whoever looks for them may see the tree.
#[test]
fn the_document_is_read_through_accessors_only() {
    const BESIDES: &[&str] = &["generator/src/lint/unfit.rs", "generator/src/lower/reach.rs"];
    let passes = ["lower", "lint", "analysis", "name", "plan", "emit", "wire_tests", "doc_text"];
    let of_pass = |it: &SourceFile| {
        passes.iter().any(|pass| it.path.starts_with(&format!("generator/src/{pass}/")))
    };
    let all = sources();
    for pass in passes {
        let folder = format!("generator/src/{pass}/");
        assert!(all.iter().any(|it| it.path.starts_with(&folder)), "{folder} is gone");
    }
    let sees_tree = |it: &&SourceFile| {
        [".tree()", ".node.", "Node::get"].iter().any(|word| it.text.contains(word))
    };
    let besides = all.iter().filter(sees_tree).filter(|it| BESIDES.contains(&it.path.as_str()));
    assert_eq!(besides.count(), BESIDES.len(), "each of these is there, and sees the tree");
    let found = all.iter().filter(|it| of_pass(it)).filter(sees_tree);
    let found = found.filter(|it| !BESIDES.contains(&it.path.as_str()));
    let found: Vec<_> = found.map(|it| it.path.clone()).collect();
    none("passes read nodes past the accessors", &found);
}

/// Types, codecs and absence are decided in `plan/`, once. An emitter that looks at the IR's types decides them again.
#[test]
fn emitters_print_plans() {
    const DECIDED: &[&str] = &[
        "Access",
        "Body",
        "BodyContent",
        "Field",
        "OutcomeBody",
        "Param",
        "Presence",
        "Scalar",
        "Shape",
        "Struct",
        "Success",
        "Type",
        "Union",
    ];
    let mut emitters = sources();
    emitters.retain(|it| it.path.starts_with("generator/src/emit/"));
    let names: Vec<_> = emitters.iter().map(|it| (it.path.as_str(), named(it))).collect();
    let reads_plans = |names: &[String]| names.iter().any(|it| starts(it, "crate::plan"));
    assert!(names.iter().filter(|it| reads_plans(&it.1)).count() > 10, "plans are printed there");
    let is_decided = |name: &str| {
        let first = name.strip_prefix("crate::ir::").and_then(|it| it.split("::").next());
        first.is_some_and(|it| it == "*" || DECIDED.contains(&it))
    };
    let found = names.iter().flat_map(|(path, names)| {
        let found = names.iter().filter(|it| is_decided(it));
        found.map(move |it| format!("{path}: {it}"))
    });
    let found: Vec<_> = found.collect();
    none("emitters decide anew", &found);
}

fn starts(name: &str, krate: &str) -> bool {
    name.strip_prefix(krate).is_some_and(|it| it.is_empty() || it.starts_with("::"))
}

/// All paths that are used or written out, save those into modules that the file declares.
fn named(file: &SourceFile) -> Vec<String> {
    let mut names = Names::default();
    names.visit_file(&parsed(file));
    let Names(mut paths, modules) = names;
    paths.retain(|path| !modules.iter().any(|it| starts(path, it)));
    paths
}

/// Paths, and modules.
#[derive(Default)]
struct Names(Vec<String>, Vec<String>);

impl<'ast> Visit<'ast> for Names {
    fn visit_item_use(&mut self, it: &'ast syn::ItemUse) {
        self.tree("", &it.tree);
    }

    fn visit_item_mod(&mut self, it: &'ast syn::ItemMod) {
        self.1.push(it.ident.to_string());
        visit::visit_item_mod(self, it);
    }

    fn visit_path(&mut self, it: &'ast syn::Path) {
        if it.segments.len() > 1 {
            let segments: Vec<_> = it.segments.iter().map(|it| it.ident.to_string()).collect();
            self.0.push(segments.join("::"));
        }
        visit::visit_path(self, it);
    }
}

impl Names {
    fn tree(&mut self, before: &str, tree: &syn::UseTree) {
        let join = |ident: &syn::Ident| {
            if before.is_empty() { ident.to_string() } else { format!("{before}::{ident}") }
        };
        match tree {
            syn::UseTree::Path(it) => self.tree(&join(&it.ident), &it.tree),
            syn::UseTree::Name(it) => self.0.push(join(&it.ident)),
            syn::UseTree::Rename(it) => self.0.push(join(&it.ident)),
            syn::UseTree::Glob(_) => self.0.push(before.to_owned()),
            syn::UseTree::Group(it) => it.items.iter().for_each(|it| self.tree(before, it)),
        }
    }
}

#[test]
fn generator_and_runtime_know_no_vendor() {
    let mut found = Vec::new();
    for file in sources().iter().filter(|it| it.path.starts_with("generator/")) {
        for (number, line) in file.text.lines().enumerate() {
            let line = line.to_lowercase();
            if VENDORS.iter().any(|it| line.contains(it)) {
                found.push(format!("{}:{}: {}", file.path, number + 1, line.trim()));
            }
        }
    }
    none("the generator or the runtime names a vendor", &found);
}

#[test]
fn the_tests_of_all_vendors_are_listed() {
    let specs = crate::support::files_under(&crate::support::root().join("specs"));
    let folders = specs.iter().filter_map(|it| it.strip_suffix("/openapi.yaml"));
    assert_eq!(folders.collect::<Vec<_>>(), VENDORS);
}

#[test]
fn the_root_of_the_tests_is_a_table_of_contents() {
    let sources = sources();
    let root = sources.iter().find(|it| it.path == "tests/it/main.rs").expect("it is there");
    let other = parsed(root).items.into_iter().any(|it| match it {
        syn::Item::Mod(it) => it.content.is_some(),
        _ => true,
    });
    assert!(!other, "tests/it/main.rs holds more than `mod …;`");
}
