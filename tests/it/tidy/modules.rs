//! The modules of the runtime, and the paths that each of them names, tests aside.

use super::{SourceFile, parsed, sources};
use std::collections::{BTreeMap, BTreeSet};
use syn::visit::{self, Visit};

const RUNTIME: &str = "generator/runtime/src/";

/// The names on the way from the root of the crate to a module or to an item in it.
pub(crate) type ItemPath = Vec<String>;

/// The modules of the runtime.
pub(crate) struct Modules(BTreeMap<ItemPath, Module>);

/// A file, and the modules that are written out in it.
#[derive(Default)]
struct Module {
    /// Paths as they are written, each with the module that it is written in.
    named: Vec<(ItemPath, ItemPath)>,
    /// Names that stand for a path here: those of `use` lines.
    imported: BTreeMap<String, ItemPath>,
    /// Modules that are compiled for tests alone.
    tests: Vec<ItemPath>,
}

/// One module that names another.
pub(crate) struct Edge {
    pub(crate) from: ItemPath,
    pub(crate) to: ItemPath,
    /// The path by which it does.
    pub(crate) by: String,
}

impl Modules {
    pub(crate) fn of_runtime() -> Self {
        let files = sources();
        let files = files.iter().filter(|it| it.path.starts_with(RUNTIME));
        let mut modules: BTreeMap<_, _> = files.map(|it| (path_of(it), Module::read(it))).collect();
        let tests: BTreeSet<_> = modules.values().flat_map(|it| it.tests.clone()).collect();
        modules.retain(|path, _| !tests.iter().any(|it| path.starts_with(it)));
        Self(modules)
    }

    /// The modules of a folder.
    pub(crate) fn within(&self, folder: &[String]) -> Vec<&str> {
        let inner = self.0.keys().filter(|it| it.starts_with(folder));
        inner
            .filter_map(|it| (it.len() == folder.len() + 1).then(|| it.last())?)
            .map(|it| &**it)
            .collect()
    }

    /// Every path that leads from one module to another.
    pub(crate) fn edges(&self) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (from, module) in &self.0 {
            for (at, written) in &module.named {
                let Some(target) = self.absolute(at, written) else { continue };
                let to = self.defined_in(&target, 0);
                edges.push(Edge { from: from.clone(), to, by: written.join("::") });
            }
        }
        edges
    }

    /// A path from the root of the crate; none for what comes from other crates.
    fn absolute(&self, at: &[String], written: &[String]) -> Option<ItemPath> {
        let mut base = at.to_owned();
        let mut rest = written;
        match rest.first()?.as_str() {
            "crate" => (base, rest) = (Vec::new(), &rest[1..]),
            "self" => rest = &rest[1..],
            "super" => {}
            first => {
                base.push(first.to_owned());
                return self.0.contains_key(&base).then(|| [at, written].concat());
            }
        }
        while rest.first().is_some_and(|it| it == "super") {
            base.pop();
            rest = &rest[1..];
        }
        Some([&base, rest].concat())
    }

    /// The module that an item is written in, past all modules that only hand it on.
    fn defined_in(&self, path: &[String], depth: usize) -> ItemPath {
        assert!(depth < 20, "`use` leads from {path:?} to itself");
        let is_module = |len: &usize| self.0.contains_key(&path[..*len]);
        let len = (0..=path.len()).rev().find(is_module).expect("the root is a module");
        let module = &path[..len];
        let handed_on = path.get(len).and_then(|it| self.0[module].imported.get(it));
        let target = handed_on.and_then(|it| self.absolute(module, it));
        match target {
            Some(mut target) => {
                target.extend_from_slice(&path[len + 1..]);
                self.defined_in(&target, depth + 1)
            }
            None => module.to_owned(),
        }
    }
}

/// `page/walk.rs` is `page::walk`, and `page/mod.rs` is `page`.
fn path_of(file: &SourceFile) -> ItemPath {
    let path = file.path.trim_start_matches(RUNTIME).trim_end_matches(".rs");
    let names = path.split('/').filter(|it| !matches!(*it, "lib" | "mod"));
    names.map(str::to_owned).collect()
}

impl Module {
    fn read(file: &SourceFile) -> Self {
        let mut reader = Reader { at: path_of(file), module: Self::default(), depth: 0 };
        reader.visit_file(&parsed(file));
        reader.module
    }
}

/// Reads a file.
struct Reader {
    at: ItemPath,
    module: Module,
    /// The number of modules of this file around the item at hand.
    depth: usize,
}

impl Reader {
    fn tree(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |ident: &syn::Ident| [before, &[ident.to_string()]].concat();
        match tree {
            syn::UseTree::Path(it) => self.tree(&with(&it.ident), &it.tree),
            syn::UseTree::Name(it) if it.ident == "self" => self.import(before.last(), before),
            syn::UseTree::Name(it) => self.import(Some(&it.ident.to_string()), &with(&it.ident)),
            syn::UseTree::Rename(it) => {
                self.import(Some(&it.rename.to_string()), &with(&it.ident));
            }
            syn::UseTree::Glob(_) => self.import(None, before),
            syn::UseTree::Group(it) => it.items.iter().for_each(|it| self.tree(before, it)),
        }
    }

    fn import(&mut self, name: Option<&String>, path: &[String]) {
        self.module.named.push((self.at.clone(), path.to_owned()));
        if let (0, Some(name)) = (self.depth, name) {
            self.module.imported.insert(name.clone(), path.to_owned());
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, it: &'ast syn::Item) {
        let (attrs, module): (&[_], _) = match it {
            syn::Item::Mod(it) => (&it.attrs, Some(&it.ident)),
            syn::Item::Use(it) => (&it.attrs, None),
            syn::Item::Fn(it) => (&it.attrs, None),
            _ => (&[], None),
        };
        if attrs.iter().any(is_for_tests) {
            let path = module.map(|it| [&*self.at, &[it.to_string()]].concat());
            self.module.tests.extend(path);
            return;
        }
        visit::visit_item(self, it);
    }

    fn visit_item_mod(&mut self, it: &'ast syn::ItemMod) {
        self.at.push(it.ident.to_string());
        self.depth += 1;
        visit::visit_item_mod(self, it);
        self.depth -= 1;
        self.at.pop();
    }

    fn visit_item_use(&mut self, it: &'ast syn::ItemUse) {
        self.tree(&[], &it.tree);
    }

    fn visit_path(&mut self, it: &'ast syn::Path) {
        let names: Vec<_> = it.segments.iter().map(|it| it.ident.to_string()).collect();
        if names.len() > 1 && matches!(&*names[0], "crate" | "self" | "super") {
            self.module.named.push((self.at.clone(), names));
        }
        visit::visit_path(self, it);
    }
}

/// True for `#[cfg(test)]`.
fn is_for_tests(it: &syn::Attribute) -> bool {
    it.path().is_ident("cfg")
        && it.meta.require_list().is_ok_and(|it| it.tokens.to_string() == "test")
}
