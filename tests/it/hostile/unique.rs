//! In what is emitted, each name is defined once: the compiler would say so too, and take longer.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::HashSet;
use syn::{Fields, ImplItem, Item, UseTree};

/// Definitions so far, by their place and kind.
#[derive(Default)]
pub(crate) struct Defined(HashSet<String>);

impl Defined {
    /// Adds what a file defines, and fails where that was defined already.
    pub(crate) fn add(&mut self, path: &str, file: &syn::File) {
        // Types are exported from one module, whatever file they stand in; imports are not.
        let of_types = path.split_once("/types/").filter(|_| path.starts_with("src/"));
        for item in &file.items {
            match (item, of_types) {
                (Item::Use(_), _) | (_, None) => self.item(path, item),
                (_, Some((module, _))) => self.item(module, item),
            }
        }
    }

    fn once(&mut self, name: String) {
        assert!(!self.0.contains(&name), "there are two of {name}");
        self.0.insert(name);
    }

    fn ty(&mut self, module: &str, name: &dyn ToTokens) {
        self.once(format!("{module}: type {}", name.to_token_stream()));
    }

    fn value(&mut self, module: &str, name: &dyn ToTokens) {
        self.once(format!("{module}: value {}", name.to_token_stream()));
    }

    fn item(&mut self, module: &str, item: &Item) {
        match item {
            Item::Struct(it) => {
                self.ty(module, &it.ident);
                if !matches!(it.fields, Fields::Named(_)) {
                    self.value(module, &it.ident);
                }
                for field in it.fields.iter().filter_map(|it| it.ident.as_ref()) {
                    self.once(format!("{module}: field {} of {}", field, it.ident));
                }
            }
            Item::Enum(it) => {
                self.ty(module, &it.ident);
                for variant in &it.variants {
                    self.once(format!("{module}: variant {} of {}", variant.ident, it.ident));
                }
            }
            Item::Type(it) => self.ty(module, &it.ident),
            Item::Mod(it) => self.ty(module, &it.ident),
            Item::Fn(it) => self.value(module, &it.sig.ident),
            Item::Static(it) => self.value(module, &it.ident),
            Item::Const(it) => self.value(module, &it.ident),
            Item::Use(it) => self.import(module, &it.tree),
            Item::Macro(it) => self.called(module, &it.mac),
            Item::Impl(it) => self.members(module, it),
            _ => {}
        }
    }

    fn import(&mut self, module: &str, tree: &UseTree) {
        match tree {
            UseTree::Path(it) => self.import(module, &it.tree),
            UseTree::Name(it) => self.ty(module, &it.ident),
            UseTree::Rename(it) => self.ty(module, &it.rename),
            UseTree::Group(it) => it.items.iter().for_each(|it| self.import(module, it)),
            UseTree::Glob(_) => {}
        }
    }

    /// Macros that define something.
    fn called(&mut self, module: &str, call: &syn::Macro) {
        let name = call.path.segments.last().map(|it| it.ident.to_string());
        match name.as_deref() {
            Some("operation") => {
                let builder = first(&call.tokens);
                self.ty(module, &builder);
                self.value(module, &builder);
            }
            Some("client") => {
                for name in ["Client", "ClientBuilder"] {
                    self.once(format!("{module}: type {name}"));
                }
            }
            _ => {}
        }
    }

    fn members(&mut self, module: &str, it: &syn::ItemImpl) {
        let of = it.self_ty.to_token_stream();
        if let Some((it, _)) = &it.trait_ {
            return self.once(format!("{module}: impl {} for {of}", it.to_token_stream()));
        }
        for member in &it.items {
            if let ImplItem::Fn(it) = member {
                self.once(format!("{module}: method {} of {of}", it.sig.ident));
            }
        }
    }
}

fn first(tokens: &TokenStream) -> TokenTree {
    tokens.clone().into_iter().next().expect("a call of this macro names something")
}
