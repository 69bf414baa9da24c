//! Types, their fields and variants, and methods that are written out.

use super::Surface;
use super::tokens::{literals_behind, text, type_text, word};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::HashSet;
use syn::{Fields, FnArg, ImplItem, Item, ReceiverKind, ReturnType, Visibility};

/// The parts of the client besides its methods: the types that a macro defines, and the environment variables
/// that `from_env` reads.
pub(super) fn client(surface: &mut Surface, items: &[Item]) {
    surface.line("struct Client".to_owned());
    surface.line("struct ClientBuilder".to_owned());
    let mut variables = Vec::new();
    for item in items {
        if let Item::Static(it) = item {
            let words = ["variable", "variables", "base_url_variable"];
            literals_behind(it.expr.to_token_stream(), &words, &mut variables);
        }
    }
    for it in variables {
        surface.line(format!("Client reads {it}"));
    }
}

/// The public items of a module, whose path is `at`.
pub(super) fn all(surface: &mut Surface, at: &str, items: &[Item]) {
    let scope = if at.is_empty() { String::new() } else { format!("{at}::") };
    let modules: Vec<_> = items.iter().filter_map(module).collect();
    let builders = if at == "types" { builders(items) } else { HashSet::new() };
    for item in items {
        match item {
            Item::Struct(it) if is_public(&it.vis) => structure(surface, &scope, it),
            Item::Enum(it) if is_public(&it.vis) => enumeration(surface, &scope, it),
            Item::Type(it) if is_public(&it.vis) => {
                surface.line(format!("{scope}type {} = {}", it.ident, type_text(&it.ty)));
            }
            Item::Impl(it) if it.trait_.is_none() => {
                let ty = type_text(&it.self_ty);
                let is_builder = builders.contains(&ty);
                for function in it.items.iter().filter_map(public_fn) {
                    let path = format!("{scope}{ty}::{}", function.sig.ident);
                    self::function(surface, &path, function, &scope, &modules);
                    if is_builder && function.sig.ident != "build" {
                        surface.line(format!("{path} is required"));
                    }
                }
            }
            Item::Impl(it) => {
                // Where `Default` is not derived, it is written out.
                let name = it.trait_.as_ref().map(|(path, _)| last(path));
                if let Some(name @ "Default") = name.as_deref() {
                    surface.has(&format!("{scope}{}", type_text(&it.self_ty)), name);
                }
            }
            Item::Macro(it) if last(&it.mac.path) == "payloads" => {
                conversions(surface, &scope, it.mac.tokens.clone());
            }
            // Imports, statics and other calls of macros are nothing that is called by a path of its own.
            _ => {}
        }
    }
}

/// The payloads that make a union, of which the macro names each in parentheses behind its variant.
fn conversions(surface: &mut Surface, scope: &str, tokens: TokenStream) {
    let Some((name, rows)) = word(tokens) else { return };
    let path = format!("{scope}{name}");
    let rows = rows.into_iter().filter_map(group).flatten();
    for payload in rows.filter_map(group) {
        let types = text(&payload);
        let boxed = types.strip_prefix("Box<").and_then(|it| it.strip_suffix('>'));
        for ty in boxed.unwrap_or(&types).split(" | ") {
            // Traits are separated by a comma and a blank.
            surface.has(&path, &format!("From<{}>", ty.replace(", ", ",")));
        }
    }
}

fn group(token: TokenTree) -> Option<TokenStream> {
    match token {
        TokenTree::Group(it) => Some(it.stream()),
        TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    }
}

/// The traits by which types are read and written.
pub(super) fn codecs(surface: &mut Surface, items: &[Item]) {
    for item in items {
        match item {
            Item::Macro(it) => {
                let Some((name, _)) = word(it.mac.tokens.clone()) else { continue };
                let path = format!("types::{name}");
                match last(&it.mac.path).as_str() {
                    // A response enum is read by its operation alone, and schemas are given to types one by one.
                    "response_enum" | "json_schemas" => {}
                    "json_schema" => surface.has(&path, "JsonSchema"),
                    "nested_parts" => surface.has(&path, "IntoParts"),
                    _ => {
                        surface.has(&path, "Serialize");
                        surface.has(&path, "Deserialize");
                    }
                }
            }
            Item::Impl(it) => {
                let name = it.trait_.as_ref().map(|(path, _)| last(path));
                if let Some(name @ ("IntoMultipart" | "IntoParts")) = name.as_deref() {
                    surface.has(&format!("types::{}", type_text(&it.self_ty)), name);
                }
            }
            _ => {}
        }
    }
}

fn structure(surface: &mut Surface, scope: &str, it: &syn::ItemStruct) {
    let path = format!("{scope}{}", it.ident);
    let content = match &it.fields {
        Fields::Unnamed(fields) => {
            let held = fields.unnamed.iter().map(|it| type_text(&it.ty)).collect::<Vec<_>>();
            format!("({})", held.join(", "))
        }
        Fields::Named(_) | Fields::Unit => String::new(),
    };
    surface.line(format!("{scope}struct {}{content}", it.ident));
    for field in it.fields.iter().filter(|it| is_public(&it.vis)) {
        if let Some(name) = &field.ident {
            surface.line(format!("{path}.{name}: {}", type_text(&field.ty)));
        }
    }
    // Handles and builders have the same traits, always.
    if scope == "types::" && !is_only_made(it) {
        traits(surface, &path, &it.attrs);
    }
}

fn enumeration(surface: &mut Surface, scope: &str, it: &syn::ItemEnum) {
    let path = format!("{scope}{}", it.ident);
    surface.line(format!("{scope}enum {}", it.ident));
    traits(surface, &path, &it.attrs);
    for variant in &it.variants {
        let held = variant.fields.iter().map(|it| match &it.ident {
            Some(name) => format!("{name}: {}", type_text(&it.ty)),
            None => short(&type_text(&it.ty)),
        });
        let held = held.collect::<Vec<_>>().join(", ");
        let content = match &variant.fields {
            Fields::Named(_) => format!(" {{ {held} }}"),
            Fields::Unnamed(_) => format!("({held})"),
            Fields::Unit => String::new(),
        };
        surface.line(format!("{path}::{}{content}", variant.ident));
    }
}

fn traits(surface: &mut Surface, path: &str, attributes: &[syn::Attribute]) {
    for it in attributes {
        if it.path().is_ident("non_exhaustive") {
            surface.has(path, "non_exhaustive");
        }
        if it.path().is_ident("derive") {
            // A derive has nothing but names, or rustc objects.
            let _ = it.parse_nested_meta(|it| {
                surface.has(path, &last(&it.path));
                Ok(())
            });
        }
    }
}

/// A method or function; arguments of setters are without their names.
fn function(
    surface: &mut Surface,
    path: &str,
    it: &syn::ImplItemFn,
    scope: &str,
    modules: &[String],
) {
    let by_value = it.sig.receiver().is_some_and(|it| matches!(it.kind, ReceiverKind::Value));
    let arguments = it.sig.inputs.iter().map(|argument| match argument {
        FnArg::Receiver(_) if by_value => "self".to_owned(),
        FnArg::Receiver(_) => "&self".to_owned(),
        FnArg::Typed(it) if by_value => type_text(&it.ty),
        FnArg::Typed(it) => format!("{}: {}", text(&it.pat), type_text(&it.ty)),
    });
    let arguments = arguments.collect::<Vec<_>>().join(", ");
    let mut result = match &it.sig.output {
        ReturnType::Type(_, ty) => short(&type_text(ty)),
        ReturnType::Default => "()".to_owned(),
    };
    // Whoever reads the line is in no module: a handle in one below has its whole path.
    let is_below = result.split("::").next().is_some_and(|it| modules.iter().any(|own| own == it));
    if is_below {
        result.insert_str(0, scope);
    }
    surface.line(format!("{path}({arguments}) -> {result}"));
    if it.attrs.iter().any(|it| it.path().is_ident("deprecated")) {
        surface.line(format!("{path} is deprecated"));
    }
}

/// Errors and bytes are written in full only because types of the file may be called like them.
fn short(ty: &str) -> String {
    ty.replace("client_runtime::Error", "Error").replace("client_runtime::Bytes", "Bytes")
}

pub(super) fn public_fn(item: &ImplItem) -> Option<&syn::ImplItemFn> {
    match item {
        ImplItem::Fn(it) if is_public(&it.vis) => Some(it),
        _ => None,
    }
}

fn module(item: &Item) -> Option<String> {
    match item {
        Item::Mod(it) => Some(it.ident.to_string()),
        _ => None,
    }
}

/// The types that build others.
fn builders(items: &[Item]) -> HashSet<String> {
    let made = items.iter().filter_map(|it| match it {
        Item::Struct(it) if is_only_made(it) => Some(it.ident.to_string()),
        _ => None,
    });
    let made: HashSet<_> = made.collect();
    let built = items.iter().filter_map(|it| match it {
        Item::Impl(it) if it.trait_.is_none() => {
            let mut methods = it.items.iter().filter_map(public_fn);
            methods.any(|it| it.sig.ident == "build").then(|| type_text(&it.self_ty))
        }
        _ => None,
    });
    built.filter(|it| made.contains(it)).collect()
}

/// A struct that shows nothing of what it holds.
fn is_only_made(it: &syn::ItemStruct) -> bool {
    !it.attrs.iter().any(|it| it.path().is_ident("non_exhaustive"))
        && !it.fields.iter().any(|it| is_public(&it.vis))
}

fn last(path: &syn::Path) -> String {
    path.segments.last().map(|it| it.ident.to_string()).unwrap_or_default()
}

fn is_public(it: &Visibility) -> bool {
    matches!(it, Visibility::Public(_))
}
