//! The sources of `client-runtime` without its tests, with a manifest that stands on its own: copied beside a client.

use anyhow::{Context, Result};
use generator::GeneratedFile;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use toml_edit::{DocumentMut, Item, Table, TableLike};

/// Where it is in the workspace.
const FOLDER: &str = "generator/runtime";

const ONLY_TESTS: &str = "#[cfg(test)]";
const ONLY_SOME_TESTS: &str = "#[cfg(all(test,";
/// A copy is not copied again.
const ONLY_COPIES: &str = "#[cfg(feature = \"sources\")]";

/// The place of these sources.
#[derive(Clone, Debug)]
pub enum RuntimeSources {
    /// The workspace of the generator, below this folder.
    Workspace(PathBuf),
    /// The program itself: the text of each file that is copied, by its path.
    Embedded(&'static [(&'static str, &'static str)]),
}

impl RuntimeSources {
    /// The files, below `folder`.
    pub fn files(&self, folder: &str) -> Result<Vec<GeneratedFile>> {
        let mut files = match self {
            Self::Workspace(root) => in_workspace(root)?,
            Self::Embedded(files) => files
                .iter()
                .map(|(path, text)| GeneratedFile {
                    path: path.to_string(),
                    text: text.to_string(),
                })
                .collect(),
        };
        files = without_tests(files);
        for it in &mut files {
            it.path = format!("{folder}/{}", it.path);
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }
}

fn in_workspace(root: &Path) -> Result<Vec<GeneratedFile>> {
    let from = root.join(FOLDER);
    let mut files = vec![GeneratedFile { path: "Cargo.toml".to_owned(), text: manifest(root)? }];
    for (place, name) in [(root, "LICENSE-APACHE"), (root, "LICENSE-MIT"), (&from, "README.md")] {
        if place.join(name).exists() {
            files.push(GeneratedFile { path: name.to_owned(), text: read(&place.join(name))? });
        }
    }
    read_sources(&from.join("src"), "src", &mut files)?;
    Ok(files)
}

/// Sources without what only tests have: those need packages that the manifest no longer names.
fn without_tests(sources: Vec<GeneratedFile>) -> Vec<GeneratedFile> {
    let mut tests = HashSet::new();
    let mut left = Vec::new();
    for file in sources {
        let (text, modules) = without_test_modules(file.text);
        let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        let below = match name {
            "lib.rs" | "mod.rs" => folder.to_owned(),
            _ => file.path.trim_end_matches(".rs").to_owned(),
        };
        for module in modules {
            tests.extend([format!("{below}/{module}.rs"), format!("{below}/{module}")]);
        }
        left.push(GeneratedFile { path: file.path, text });
    }
    let ends = |path: &str| path.match_indices('/').map(|(at, _)| at).collect::<Vec<_>>();
    left.retain(|it| {
        !tests.contains(&it.path)
            && ends(&it.path).iter().all(|end| !tests.contains(&it.path[..*end]))
    });
    left
}

/// A source without the modules that only tests have, and the names of those that are files of their own.
fn without_test_modules(text: String) -> (String, Vec<String>) {
    if ![ONLY_TESTS, ONLY_SOME_TESTS, ONLY_COPIES].iter().any(|it| text.contains(it)) {
        return (text, Vec::new());
    }
    let (mut left, mut names) = (Vec::new(), Vec::new());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let is_left_out =
            matches!(line, ONLY_TESTS | ONLY_COPIES) || line.starts_with(ONLY_SOME_TESTS);
        let next = lines.peek().map(|it| it.strip_prefix("pub ").unwrap_or(it));
        match next.and_then(|it| it.strip_prefix("mod ")).filter(|_| is_left_out) {
            Some(module) => match module.strip_suffix(';') {
                Some(name) => {
                    names.push(name.to_owned());
                    lines.next();
                }
                None => while lines.next().is_some_and(|it| it != "}") {},
            },
            None => left.push(line),
        }
    }
    while left.last().is_some_and(|it| it.is_empty()) {
        left.pop();
    }
    (left.join("\n") + "\n", names)
}

fn read_sources(from: &Path, to: &str, files: &mut Vec<GeneratedFile>) -> Result<()> {
    for entry in fs::read_dir(from).context("cannot read the sources of client-runtime")? {
        let entry = entry.context("cannot read the sources of client-runtime")?;
        let (path, name) = (entry.path(), entry.file_name());
        let to = format!("{to}/{}", name.to_string_lossy());
        if path.is_dir() {
            read_sources(&path, &to, files)?;
        } else {
            files.push(GeneratedFile { path: to, text: read(&path)? });
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Its manifest with what it takes from the workspace filled in, and without what only tests need.
fn manifest(root: &Path) -> Result<String> {
    let mut manifest = document(&root.join(FOLDER).join("Cargo.toml"))?;
    let workspace = document(&root.join("Cargo.toml"))?;
    let workspace =
        workspace["workspace"].as_table_like().context("Cargo.toml has no [workspace]")?;
    for key in ["lints", "dev-dependencies", "example", "bench", "test"] {
        manifest.remove(key);
    }
    if let Some(features) = manifest.get_mut("features").and_then(Item::as_table_like_mut) {
        features.remove("sources");
    }
    inherit(manifest.get_mut("package"), workspace.get("package"));
    for item in dependencies(&mut manifest) {
        inherit(Some(item), workspace.get("dependencies"));
    }
    Ok(manifest.to_string())
}

fn document(path: &Path) -> Result<DocumentMut> {
    read(path)?.parse().with_context(|| format!("cannot read {}", path.display()))
}

/// All tables of dependencies, also those for one kind of target.
fn dependencies(manifest: &mut Table) -> Vec<&mut Item> {
    let mut found = Vec::new();
    for (key, item) in manifest.iter_mut() {
        match key.get() {
            "dependencies" | "build-dependencies" => found.push(item),
            "target" => {
                let targets = item.as_table_like_mut().into_iter().flat_map(TableLike::iter_mut);
                let tables = targets.filter_map(|(_, it)| it.as_table_like_mut());
                found.extend(tables.filter_map(|it| it.get_mut("dependencies")));
            }
            _ => {}
        }
    }
    found
}

/// Replaces each `workspace = true` by what the workspace says under the same key.
fn inherit(items: Option<&mut Item>, defaults: Option<&Item>) {
    let items = items.and_then(Item::as_table_like_mut);
    for (key, item) in items.into_iter().flat_map(TableLike::iter_mut) {
        let Some(table) = item.as_table_like_mut() else { continue };
        if table.remove("workspace").is_none() {
            continue;
        }
        let own = table.iter().map(|(key, it)| (key.to_owned(), it.clone())).collect::<Vec<_>>();
        let Some(default) = defaults.and_then(|it| it.get(key.get())) else { continue };
        *item = if own.is_empty() { default.clone() } else { extended(default, own) };
    }
}

/// A dependency of the workspace with what the package adds to it; its features come on top.
fn extended(default: &Item, own: Vec<(String, Item)>) -> Item {
    let mut table = toml_edit::InlineTable::new();
    match default.as_table_like() {
        Some(default) => {
            for (key, value) in default.iter() {
                table.extend(value.as_value().map(|it| (key, it.clone())));
            }
        }
        None => table.extend(default.as_value().map(|it| ("version", it.clone()))),
    }
    for (key, value) in own {
        let Some(value) = value.into_value().ok() else { continue };
        match (table.get_mut(&key).and_then(|it| it.as_array_mut()), value.as_array()) {
            (Some(there), Some(more)) => there.extend(more.iter().cloned()),
            _ => {
                table.insert(&key, value);
            }
        }
    }
    Item::Value(table.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_tests_have_is_left_out() {
        let file =
            |path: &str, text: &str| GeneratedFile { path: path.to_owned(), text: text.to_owned() };
        let sources = vec![
            file(
                "src/lib.rs",
                "mod a;\n#[cfg(feature = \"sources\")]\npub mod sources;\n#[cfg(test)]\nmod tests;\nmod testing;\n",
            ),
            file("src/sources.rs", "fn s() {}\n"),
            file("src/sources/manifest.toml", "[package]\n"),
            file("src/a.rs", "#[cfg(all(test, feature = \"x\"))]\nmod more;\n\nfn a() {}\n"),
            file("src/a/more.rs", "fn b() {}\n"),
            file("src/tests/mod.rs", "mod deep;\n"),
            file("src/tests/deep/it.rs", "fn c() {}\n"),
            file(
                "src/testing.rs",
                "#[cfg(test)]\nuse x;\nfn d() {}\n\n#[cfg(test)]\nmod tests {\n    fn e() {\n    }\n}\n",
            ),
        ];
        let left = without_tests(sources).into_iter().map(|it| (it.path, it.text));
        assert_eq!(
            left.collect::<Vec<_>>(),
            [
                ("src/lib.rs", "mod a;\nmod testing;\n"),
                ("src/a.rs", "\nfn a() {}\n"),
                ("src/testing.rs", "#[cfg(test)]\nuse x;\nfn d() {}\n"),
            ]
            .map(|(path, text)| (path.to_owned(), text.to_owned()))
        );
    }

    #[cfg(feature = "embedded")]
    #[test]
    fn the_program_has_the_sources_that_are_in_the_workspace() {
        let RuntimeSources::Embedded(embedded) = crate::program().runtime else {
            panic!("it has them within itself")
        };
        let project = crate::project::Project::of_tests();
        let whole = without_tests(in_workspace(&project.root).expect("they are there"));
        let paths: Vec<&str> = whole.iter().map(|it| &*it.path).collect();
        let mut missing: Vec<&str> = paths.clone();
        missing.retain(|path| !embedded.iter().any(|it| it.0 == *path));
        let further = embedded.iter().map(|it| it.0).filter(|it| !paths.contains(it));
        let further: Vec<_> = further.collect();
        let list = "generator/runtime/src/sources.rs";
        assert!(missing.is_empty(), "{list} must list {missing:?}");
        assert!(further.is_empty(), "{list} must not list {further:?}");
        let manifest = &embedded.iter().find(|it| it.0 == "Cargo.toml").expect("it is listed").1;
        let wanted = &whole.iter().find(|it| it.path == "Cargo.toml").expect("it is there").text;
        assert!(
            manifest == wanted,
            "generator/runtime/src/sources/manifest.toml is to be\n{wanted}"
        );
        let copied = project.program.runtime.files("runtime").expect("they are there");
        assert_eq!(crate::program().runtime.files("runtime").expect("it has them"), copied);
    }

    #[test]
    fn the_manifest_stands_on_its_own() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        fs::create_dir_all(folder.path().join(FOLDER)).expect("the test may write there");
        let root = "[workspace.package]\nedition = \"2024\"\n[workspace.dependencies]\na = \"1\"\nb = { version = \"2\", features = [\"x\"] }\n";
        fs::write(folder.path().join("Cargo.toml"), root).expect("the test may write there");
        let package = "[package]\nname = \"r\"\nedition.workspace = true\n[dependencies]\na.workspace = true\nb = { workspace = true, features = [\"y\"], optional = true }\nc = \"3\"\n[target.'cfg(unix)'.dependencies]\na = { workspace = true, optional = true }\n[dev-dependencies]\na.workspace = true\n[lints]\nworkspace = true\n";
        fs::write(folder.path().join(FOLDER).join("Cargo.toml"), package)
            .expect("the test may write there");
        let text = manifest(folder.path()).expect("both can be read");
        let table = text.parse::<DocumentMut>().expect("it can be read again");
        assert!(!text.contains("workspace") && !text.contains("dev-"), "{text}");
        assert_eq!(table["package"]["edition"].as_str(), Some("2024"));
        assert_eq!(table["dependencies"]["a"].as_str(), Some("1"));
        assert_eq!(table["dependencies"]["b"]["version"].as_str(), Some("2"));
        assert_eq!(
            table["dependencies"]["b"]["features"].as_array().map(toml_edit::Array::len),
            Some(2)
        );
        assert_eq!(
            table["target"]["cfg(unix)"]["dependencies"]["a"]["version"].as_str(),
            Some("1")
        );
    }
}
