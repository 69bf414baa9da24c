//! The listed public surface is that of the emitted code: what is public is listed, and nothing else.

use crate::shapes::{SHAPES, source};
use crate::support::{make, surface, vendor};
use crate::vendors::VENDORS;
use generator::Output;
use std::collections::BTreeSet;
use syn::spanned::Spanned;
use syn::{Fields, FnArg, ImplItem, Item, ReturnType, Visibility};

#[test]
fn what_is_public_is_listed_and_nothing_else() {
    let shapes = SHAPES.iter().map(|it| make(&source(it)));
    let mut wrong = Vec::new();
    for output in shapes.chain(VENDORS.iter().map(|it| make(&vendor(it)))) {
        let (listed, emitted) = (listed(&output), emitted(&output));
        wrong.extend(emitted.difference(&listed).map(|it| format!("not listed: {it}")));
        let unknown = listed.difference(&emitted).filter(|it| !is_of_the_runtime(it));
        wrong.extend(unknown.map(|it| format!("not emitted: {it}")));
    }
    assert!(wrong.is_empty(), "{} lines:\n{}", wrong.len(), wrong.join("\n"));
}

/// The lines without what spaces say, each trait in a line of its own.
fn listed(output: &Output) -> BTreeSet<String> {
    let lines = surface(output).lines().flat_map(|line| match line.split_once(" has ") {
        Some((path, traits)) => {
            traits.split(", ").map(|it| format!("{path} has {it}")).collect::<Vec<_>>()
        }
        None => vec![line.to_owned()],
    });
    lines.map(|it| bare(&it)).collect()
}

/// Lines of what macros of the runtime define, and of what is no item.
fn is_of_the_runtime(line: &str) -> bool {
    const TERMINALS: [&str; 5] = ["send", "send_events", "send_lines", "pages", "items"];
    const TRAITS: [&str; 4] =
        ["hasSerialize", "hasDeserialize", "hasIntoMultipart", "hasIntoParts"];
    TERMINALS.iter().any(|it| line.contains(&format!("::{it}(self)->")))
        || line.contains("::wait_until(self,")
        || TRAITS.iter().any(|it| line.ends_with(it))
        || line.contains("hasFrom<")
        || line.ends_with("isrequired")
        || line.contains("Clientreads")
        || line.ends_with("::structClient")
        || line.ends_with("::structClientBuilder")
}

fn bare(text: &str) -> String {
    let text = text.split_whitespace().collect::<String>();
    text.replace("client_runtime::", "").replace(",)", ")").replace(",>", ">")
}

fn emitted(output: &Output) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for file in &output.files {
        let Some(scope) = scope(output, &file.path) else { continue };
        let tree = syn::parse_file(&file.text).expect("emitted code is Rust");
        let mut own = BTreeSet::new();
        for item in &tree.items {
            add(&scope, item, &mut own);
        }
        // Items of a file's inner modules are listed by their whole path.
        let path = scope.strip_prefix(&format!("{}::", output.module)).unwrap_or_default();
        let modules = tree.items.iter().filter_map(|it| match it {
            Item::Mod(it) if path.starts_with("resources::") => Some(it.ident.to_string()),
            _ => None,
        });
        let modules: Vec<_> = modules.collect();
        lines.extend(own.iter().map(|it| {
            let whole = |text: String, module: &String| {
                text.replace(&format!("->{module}::"), &format!("->{path}::{module}::"))
            };
            modules.iter().fold(bare(it), whole)
        }));
    }
    lines
}

/// Where the items of a file are seen from outside.
fn scope(output: &Output, path: &str) -> Option<String> {
    let module = &output.module;
    let inner = path.strip_prefix(&format!("src/{module}/"))?.strip_suffix(".rs")?;
    match inner.split_once('/') {
        None => Some(module.clone()),
        Some((_, "mod") | ("codec", _)) => None,
        Some(("types", _)) => Some(format!("{module}::types")),
        Some((folder, file)) => Some(format!("{module}::{folder}::{}", file.replace('/', "::"))),
    }
}

fn add(scope: &str, item: &Item, lines: &mut BTreeSet<String>) {
    match item {
        Item::Struct(it) if is_public(&it.vis) => {
            let path = format!("{scope}::{}", it.ident);
            let content = match &it.fields {
                Fields::Unnamed(fields) => format!("({})", text(&fields.unnamed[0].ty)),
                Fields::Named(_) | Fields::Unit => String::new(),
            };
            lines.insert(format!("{scope}::struct {}{content}", it.ident));
            for field in it.fields.iter().filter(|it| is_public(&it.vis)) {
                let Some(name) = &field.ident else { continue };
                lines.insert(format!("{path}.{name}: {}", text(&field.ty)));
            }
            // Traits are listed of types; handles and builders have the same ones, always.
            if scope.ends_with("::types") && !it.ident.to_string().ends_with("Builder") {
                traits(&path, &it.attrs, lines);
            }
        }
        Item::Enum(it) => {
            let path = format!("{scope}::{}", it.ident);
            lines.insert(format!("{scope}::enum {}", it.ident));
            traits(&path, &it.attrs, lines);
            for variant in &it.variants {
                let content = variant.fields.iter().map(|it| match &it.ident {
                    Some(name) => format!("{name}: {}", text(&it.ty)),
                    None => format!("({})", text(&it.ty)),
                });
                let content = content.collect::<Vec<_>>();
                let content = match variant.fields {
                    Fields::Named(_) => format!("{{ {} }}", content.join(", ")),
                    Fields::Unnamed(_) | Fields::Unit => content.concat(),
                };
                lines.insert(format!("{path}::{}{content}", variant.ident));
            }
        }
        Item::Type(it) => {
            lines.insert(format!("{scope}::type {} = {}", it.ident, text(&it.ty)));
        }
        Item::Impl(it) if it.trait_.is_none() => {
            let path = format!("{scope}::{}", text(&it.self_ty));
            it.items.iter().for_each(|it| function(&path, it, lines));
        }
        Item::Macro(it) if text(&it.mac.path).ends_with("operation") => {
            let builder = it.mac.tokens.clone().into_iter().next().expect("it names a builder");
            lines.insert(format!("{scope}::struct {builder}"));
        }
        // `use`, `mod`, `static` and impls of traits: nothing that is called by a path of its own.
        _ => {}
    }
}

fn traits(path: &str, attributes: &[syn::Attribute], lines: &mut BTreeSet<String>) {
    for it in attributes {
        if it.path().is_ident("non_exhaustive") {
            lines.insert(format!("{path} has non_exhaustive"));
        }
        if it.path().is_ident("derive") {
            let _ = it.parse_nested_meta(|it| {
                lines.insert(format!("{path} has {}", text(&it.path)));
                Ok(())
            });
        }
    }
}

/// A function; arguments of setters stand without their names.
fn function(path: &str, item: &ImplItem, lines: &mut BTreeSet<String>) {
    let ImplItem::Fn(it) = item else { return };
    if !is_public(&it.vis) {
        return;
    }
    let by_value = it.sig.receiver().is_some_and(|it| !text(it).starts_with('&'));
    let arguments = it.sig.inputs.iter().map(|argument| match argument {
        FnArg::Receiver(_) if !by_value => "&self".to_owned(),
        FnArg::Receiver(_) => "self".to_owned(),
        FnArg::Typed(it) if by_value => text(&it.ty),
        FnArg::Typed(it) => format!("{}: {}", text(&it.pat), text(&it.ty)),
    });
    let arguments = arguments.collect::<Vec<_>>().join(", ");
    let ReturnType::Type(_, result) = &it.sig.output else { panic!("it gives something") };
    let name = &it.sig.ident;
    lines.insert(format!("{path}::{name}({arguments}) -> {}", text(result)));
    if it.attrs.iter().any(|it| it.path().is_ident("deprecated")) {
        lines.insert(format!("{path}::{name} is deprecated"));
    }
}

fn is_public(it: &Visibility) -> bool {
    matches!(it, Visibility::Public(_))
}

/// The text that something was parsed from.
fn text(it: &impl Spanned) -> String {
    it.span().source_text().expect("spans are kept")
}
