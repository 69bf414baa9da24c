//! The manifest of the crate.

use super::{Share, VendorFacts};
use crate::emit::generated;
use crate::name::{RUNTIME_FEATURES, TLS_FEATURES};
use crate::output::{CrateLocation, CrateSpec, Output};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The text of the manifest.
pub(super) fn manifest(spec: &CrateSpec, vendors: &[Output]) -> String {
    let (name, version) = (&spec.name, &spec.version);
    let titles: Vec<_> = vendors.iter().map(|it| it.krate.about.replace(['"', '\\'], "")).collect();
    let about = quoted(&format!("Generated clients of: {}", titles.join(", ")));
    let made = generated(spec.home, None, "krate/manifest.rs");
    let package = package(spec);
    let runtime = spec.runtime.key();
    let modules: Vec<_> = vendors.iter().map(|it| format!("{:?}", it.module)).collect();
    let sockets: Vec<_> = vendors.iter().map(|it| it.krate.opens_sockets).collect();
    let has_sockets = sockets.iter().any(|it| *it != Share::None);
    let mut default = [modules.clone(), vec!["\"rustls\"".to_owned()]].concat();
    if has_sockets && sockets.iter().all(|it| *it == Share::All) {
        default.push("\"websocket\"".to_owned());
    }
    let default = default.join(", ");
    let mut text = format!(
        "# {made}\n[package]\nname = {name:?}\nversion = {version:?}\ndescription = {about}\nreadme = \"README.md\"\nrust-version = \"1.88\"\n{package}autoexamples = true\n\n\
         [package.metadata.docs.rs]\nall-features = true\n\n\
         [lib]\npath = \"src/lib.rs\"\n\n\
         [features]\ndefault = [{default}]\n# One for each API.\n"
    );
    for vendor in vendors {
        let _ = writeln!(text, "{} = [{}]", vendor.module, vendor.krate.needed().join(", "));
    }
    text.push_str("# TLS: one of these; without any, bring a transport of your own.\n");
    for feature in TLS_FEATURES {
        let _ = writeln!(text, "{feature} = [\"client-runtime/{feature}\"]");
    }
    if has_sockets {
        text.push_str("# Calls that open sockets.\nwebsocket = [\"client-runtime/websocket\"]\n");
    }
    if vendors.iter().any(|it| it.krate.notes_drift) {
        text.push_str("# Notes where responses differ from the document.\n");
        text.push_str("drift = [\"client-runtime/drift\"]\n");
    }
    text.push_str("# Further features of the runtime.\n");
    for feature in RUNTIME_FEATURES {
        let _ = writeln!(text, "{feature} = [\"client-runtime/{feature}\"]");
    }
    let _ = writeln!(
        text,
        "\n[dependencies]\nclient-runtime = {{ {runtime}, default-features = false }}"
    );
    text.extend(dependencies(vendors));
    let _ = write!(
        text,
        "\n[dev-dependencies]\ntokio = {{ version = \"1.48\", features = [\"rt\"] }}\n"
    );
    text.extend(examples(vendors));
    text.push_str("\n[lints.rust]\nunsafe_code = \"forbid\"\n");
    text
}

/// The lines of a manifest that are about the package as others find and use it.
fn package(spec: &CrateSpec) -> String {
    let mut lines = match spec.home {
        CrateLocation::Workspace => {
            "edition.workspace = true\nlicense.workspace = true\nrepository.workspace = true\n"
        }
        CrateLocation::Project | CrateLocation::Alone => "edition = \"2024\"\n",
    }
    .to_owned();
    for (key, value) in [("license", &spec.license), ("repository", &spec.repository)] {
        lines.extend(value.iter().map(|it| format!("{key} = {}\n", quoted(it))));
    }
    lines
        + "keywords = [\"api\", \"client\", \"openapi\", \"sdk\"]\ncategories = [\"api-bindings\"]\n"
}

/// The entries of the example programs.
fn examples(vendors: &[Output]) -> impl Iterator<Item = String> {
    vendors.iter().filter(|it| it.krate.example.is_some()).map(|it| {
        let module = &it.module;
        format!(
            "\n[[example]]\nname = {module:?}\npath = \"examples/{module}.rs\"\nrequired-features = [{module:?}]\n"
        )
    })
}

impl VendorFacts {
    /// The features and crates that the feature of the client switches on.
    fn needed(&self) -> Vec<String> {
        let features = self.conversions.iter().map(|it| quoted(&format!("client-runtime/{it}")));
        let crates = self.crates.iter().map(|it| quoted(&format!("dep:{}", it.name)));
        features.chain(crates).collect()
    }
}

/// The entries of the crates that types are taken from. Two clients that want a crate from two places have two entries,
/// which Cargo refuses with their names.
fn dependencies(vendors: &[Output]) -> BTreeSet<String> {
    let mut features: BTreeMap<_, BTreeSet<&String>> = BTreeMap::new();
    for it in vendors.iter().flat_map(|it| &it.krate.crates) {
        let source = (&*it.name, it.version.as_deref(), it.path.as_deref(), it.default_features);
        features.entry(source).or_default().extend(&it.features);
    }
    let mut entries = BTreeSet::new();
    for ((name, version, path, default_features), features) in features {
        let features: Vec<_> = features.into_iter().map(|it| quoted(it)).collect();
        let keys = [
            version.map(|it| format!("version = {}", quoted(it))),
            path.map(|it| format!("path = {}", quoted(it))),
            (!default_features).then(|| "default-features = false".to_owned()),
            (!features.is_empty()).then(|| format!("features = [{}]", features.join(", "))),
            Some("optional = true".to_owned()),
        ];
        let keys: Vec<_> = keys.into_iter().flatten().collect();
        entries.insert(format!("{name} = {{ {} }}\n", keys.join(", ")));
    }
    entries
}

/// A text in a manifest. Rust's own escapes are not those of TOML.
pub(crate) fn quoted(text: &str) -> String {
    let escaped = |it: char| match it {
        '"' | '\\' => format!("\\{it}"),
        it if it.is_control() => format!("\\u{:04x}", u32::from(it)),
        it => it.to_string(),
    };
    let escaped: String = text.chars().map(escaped).collect();
    format!("\"{escaped}\"")
}
