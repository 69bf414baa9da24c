//! Builders of calls: what the runtime's macros define of them, and which setters must be called.

use super::Surface;
use super::items::public_fn;
use super::tokens::{before, first_of, literals, literals_behind, split, text, word};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::BTreeMap;
use syn::{ImplItem, Item, ReturnType};

/// The methods of a resource's calls besides the setters that are written out.
pub(super) fn all(surface: &mut Surface, at: &str, items: &[Item]) {
    for item in items {
        let Item::Macro(it) = item else { continue };
        let name = it.mac.path.segments.last().map(|it| it.ident.to_string()).unwrap_or_default();
        let Some((builder, rest)) = word(it.mac.tokens.clone()) else { continue };
        let path = format!("{at}::{builder}");
        match name.as_str() {
            "operation" => {
                surface.line(format!("{at}::struct {builder}"));
                let format = split(behind_arrow(rest));
                operation(surface, &path, &format, &item_of(items, &builder));
            }
            "channel" => {
                surface.line(format!("{at}::struct {builder}"));
                let [sent, received] = ["send", "receive"].map(|verb| {
                    let parts = split(behind_arrow(rest.clone())).into_iter().filter_map(word);
                    let mut types = parts.filter(|it| it.0 == verb).map(|it| text(&it.1));
                    types.next().unwrap_or_default()
                });
                surface.line(format!("{path}::connect(self) -> Socket<{sent}, {received}>"));
            }
            "terminals" => terminals(surface, &path, rest),
            _ => {}
        }
    }
    required(surface, at, items);
}

/// The methods that send a call, and their awaited results. The variants of `send` give the same.
fn operation(surface: &mut Surface, path: &str, format: &[TokenStream], item: &str) {
    let mut parts = format.iter().cloned().filter_map(word);
    let Some((word, ty)) = parts.next() else { return };
    let ty = text(&before(ty, "as"));
    let mut add = |name: &str, value: &str| surface.line(format!("{path}::{name}(self{value}"));
    match word.as_str() {
        "pages" => {
            add("send", &format!(") -> Page<{ty}>"));
            add("pages", &format!(") -> Pages<{ty}>"));
            add("items", &format!(") -> Items<{item}>"));
        }
        word => add("send", &format!(") -> {}", value(word, &ty))),
    }
    if let Some((_, state)) = parts.find(|it| it.0 == "state") {
        add("wait_until", &format!(", {}) -> {ty}", text(&state)));
    }
}

/// The value of a format of responses, in the words of the runtime's macro.
fn value(word: &str, ty: &str) -> String {
    match word {
        "nothing" => "()".to_owned(),
        "text" => "String".to_owned(),
        "bytes" => "Download".to_owned(),
        "text_lines" => "Events<String>".to_owned(),
        "events" | "lines" | "values" | "array" => format!("Events<{ty}>"),
        _ => ty.to_owned(),
    }
}

/// The other formats that a call can ask for: `{ events Piece, bytes }`.
fn terminals(surface: &mut Surface, path: &str, rows: TokenStream) {
    let rows = rows.into_iter().filter_map(|it| match it {
        TokenTree::Group(it) => Some(split(it.stream())),
        _ => None,
    });
    for (word, ty) in rows.flatten().filter_map(word) {
        let name = match word.as_str() {
            "events" => "send_events",
            "bytes" => "send_bytes",
            "text" => "send_text",
            _ => "send_lines",
        };
        let ty = text(&before(ty, "as"));
        surface.line(format!("{path}::{name}(self) -> {}", value(&word, &ty)));
    }
}

fn behind_arrow(tokens: TokenStream) -> TokenStream {
    let mut before = ' ';
    let is_arrow = |it: &TokenTree| {
        let mark = match it {
            TokenTree::Punct(it) => it.as_char(),
            _ => ' ',
        };
        std::mem::replace(&mut before, mark) == '-' && mark == '>'
    };
    let mut is_arrow = is_arrow;
    tokens.into_iter().skip_while(|it| !is_arrow(it)).skip(1).collect()
}

/// The items of the pages that a call gives.
fn item_of(items: &[Item], builder: &str) -> String {
    let found = items.iter().find_map(|item| match item {
        Item::Impl(it) if it.trait_.is_some() && text(&it.self_ty) == builder => {
            it.items.iter().find_map(|it| match it {
                ImplItem::Type(it) if it.ident == "Item" => Some(text(&it.ty)),
                _ => None,
            })
        }
        _ => None,
    });
    found.unwrap_or_default()
}

/// Says which setters must be called: the static of each operation lists them by their names on the wire.
fn required(surface: &mut Surface, at: &str, items: &[Item]) {
    let mut statics = BTreeMap::new();
    for item in items {
        if let Item::Static(it) = item {
            let lists = PLACES.map(|(_, list)| {
                let mut names = Vec::new();
                literals_behind(it.expr.to_token_stream(), &[list], &mut names);
                names
            });
            if lists.iter().any(|it| !it.is_empty()) {
                statics.insert(it.ident.to_string(), lists);
            }
        }
    }
    if statics.is_empty() {
        return;
    }
    let mut builders = BTreeMap::new();
    for (_, function) in methods(items) {
        let body = function.block.to_token_stream();
        let found = first_of(body, &|it| statics.contains_key(it));
        if let (Some(name), ReturnType::Type(_, builder)) = (found, &function.sig.output) {
            builders.insert(text(builder), name);
        }
    }
    for (builder, function) in methods(items) {
        let Some(lists) = builders.get(&builder).and_then(|it| statics.get(it)) else { continue };
        if sent(function).is_some_and(|(place, name)| lists[place].contains(&name)) {
            surface.line(format!("{at}::{builder}::{} is required", function.sig.ident));
        }
    }
}

/// Where a setter puts its value, and the list of the names that must be there.
const PLACES: [(&str, &str); 3] =
    [("query", "required"), ("header", "required_headers"), ("cookie", "required_cookies")];

/// The place and the name of the parameter that a setter sets: `Self(self.0.query("limit", &limit))`.
fn sent(setter: &syn::ImplItemFn) -> Option<(usize, String)> {
    let [syn::Stmt::Expr(syn::Expr::Call(call), None)] = &setter.block.stmts[..] else {
        return None;
    };
    let Some(syn::Expr::MethodCall(it)) = call.args.first() else { return None };
    let method = it.method.to_string();
    let method = method.strip_suffix("_as").unwrap_or(&method);
    let place = PLACES.iter().position(|it| it.0 == method)?;
    Some((place, literals(it.args.first()?.to_token_stream()).pop()?))
}

/// The public methods of all types, each with the name of its type.
fn methods(items: &[Item]) -> impl Iterator<Item = (String, &syn::ImplItemFn)> {
    let impls = items.iter().filter_map(|it| match it {
        Item::Impl(it) if it.trait_.is_none() => Some(it),
        _ => None,
    });
    impls.flat_map(|it| {
        let ty = text(&it.self_ty);
        it.items.iter().filter_map(public_fn).map(move |it| (ty.clone(), it))
    })
}
