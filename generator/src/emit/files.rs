//! Which files a vendor's client has, and what each holds.

use super::{
    EmitCx, aliases, client, codec, enums, resource, response_enum, service, structs, unions,
};
use crate::ir::{Id, Resource, TypeDef};
use crate::plan::{Imports, TypePlan};
use crate::surface::SurfaceScope;
use indexmap::IndexMap;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use std::ops::Range;
use std::sync::Arc;

/// The number of definitions that are printed in one go.
const CHUNK: usize = 48;

/// A section of a file: several sections with one path make the file, in their order.
#[derive(Clone, Debug)]
pub(crate) enum FileSection {
    Client,
    Resource(Id<Resource>),
    Modules(Folder),
    Types(Arc<TypeGroup>, Range<usize>),
    Codec(Arc<TypeGroup>, Range<usize>),
    JsonSchemas,
}

/// The types that share one file.
#[derive(Debug)]
pub(crate) struct TypeGroup {
    /// The resource that they belong to; none for what several share.
    pub(crate) home: Option<Id<Resource>>,
    pub(crate) residents: Vec<Id<TypeDef>>,
}

/// A folder with a file for each resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Folder {
    Resources,
    Types,
    Codec,
}

/// A section of a file of Rust.
pub(crate) struct Code {
    /// The purpose of the file, in one line.
    pub(crate) about: String,
    /// The emitter to change, to change the file.
    pub(crate) emitter: &'static str,
    /// The imports at the head of the file.
    pub(crate) imports: TokenStream,
    pub(crate) items: TokenStream,
}

/// A line about a client, given the title of its API, which may be a name or a description.
fn about(title: &str) -> String {
    let described = title.ends_with(" API") && !title.starts_with("The ");
    format!("The client of {}{title}.", if described { "the " } else { "" })
}

/// The sections of all files.
pub(crate) fn sections(cx: EmitCx<'_>) -> Vec<FileSection> {
    let mut sections = vec![FileSection::Client];
    let resources: Vec<_> = cx.api.resources.ids().collect();
    if !resources.is_empty() {
        sections.push(FileSection::Modules(Folder::Resources));
        sections.extend(resources.into_iter().map(FileSection::Resource));
    }
    if has_types(cx) {
        sections.push(FileSection::Modules(Folder::Types));
        sections.push(FileSection::Modules(Folder::Codec));
    }
    for group in groups(cx).into_iter().map(Arc::new) {
        let count = group.residents.len();
        let chunks = || (0..count).step_by(CHUNK).map(|from| from..(from + CHUNK).min(count));
        sections.extend(chunks().map(|it| FileSection::Types(group.clone(), it)));
        sections.extend(chunks().map(|it| FileSection::Codec(group.clone(), it)));
    }
    sections.extend(cx.schemas.map(|_| FileSection::JsonSchemas));
    sections
}

/// The file that a section belongs to, from the root of the crate.
pub(crate) fn path(cx: EmitCx<'_>, section: &FileSection) -> String {
    let module = cx.names.module.text();
    match section {
        FileSection::Client => format!("src/{module}/mod.rs"),
        FileSection::Resource(id) => {
            format!("src/{module}/resources/{}.rs", resource::modules(cx, *id, "/"))
        }
        FileSection::Modules(Folder::Resources) => format!("src/{module}/resources/mod.rs"),
        FileSection::Modules(Folder::Types) => format!("src/{module}/types/mod.rs"),
        FileSection::Modules(Folder::Codec) => format!("src/{module}/codec/mod.rs"),
        FileSection::Types(group, _) => format!("src/{module}/types/{}.rs", file(cx, group.home)),
        FileSection::Codec(group, _) => format!("src/{module}/codec/{}.rs", file(cx, group.home)),
        FileSection::JsonSchemas => format!("src/{module}/schemas.rs"),
    }
}

/// The content of a section.
pub(crate) fn unprinted(cx: EmitCx<'_>, section: &FileSection) -> Code {
    match section {
        FileSection::Client => Code {
            about: about(&crate::doc_text::summary(&cx.api.title)),
            emitter: "client.rs",
            imports: service::imports(cx),
            items: client::client(cx),
        },
        FileSection::Resource(id) => Code {
            about: format!("Calls to {}.", resource::words(cx, *id)),
            emitter: "resource.rs",
            imports: TokenStream::new(),
            items: resource::resource(cx, *id),
        },
        FileSection::Modules(folder) => modules(cx, *folder),
        FileSection::Types(group, part) => types(cx, group, part),
        FileSection::Codec(group, part) => codecs(cx, group, part),
        FileSection::JsonSchemas => schemas(cx),
    }
}

/// The part of the public surface that the items of a section add to.
pub(crate) fn scope(cx: EmitCx<'_>, section: &FileSection) -> Option<SurfaceScope> {
    match section {
        FileSection::Client => Some(SurfaceScope::Client),
        FileSection::Resource(id) => {
            Some(SurfaceScope::Resource(format!("resources::{}", resource::modules(cx, *id, "::"))))
        }
        FileSection::Modules(_) => None,
        FileSection::Types(..) => Some(SurfaceScope::Types),
        FileSection::Codec(..) | FileSection::JsonSchemas => Some(SurfaceScope::Codec),
    }
}

/// True if the API has types at all.
pub(super) fn has_types(cx: EmitCx<'_>) -> bool {
    emitted(cx).next().is_some()
}

/// The types that have a name in the output.
fn emitted(cx: EmitCx<'_>) -> impl Iterator<Item = Id<TypeDef>> {
    cx.api.types.ids().filter(move |id| !matches!(cx.plans.ty(*id), TypePlan::Nothing))
}

/// The groups of types that there are: one for each resource, and one for what several share.
pub(crate) fn groups(cx: EmitCx<'_>) -> Vec<TypeGroup> {
    let homes = cx.api.resources.ids().map(Some).chain([None]);
    let mut groups: IndexMap<_, _> = homes.map(|home| (home, Vec::new())).collect();
    for id in emitted(cx) {
        groups[&cx.analysis.home(id)].push(id);
    }
    let filled = groups.into_iter().filter(|(_, residents)| !residents.is_empty());
    filled.map(|(home, residents)| TypeGroup { home, residents }).collect()
}

pub(crate) fn file(cx: EmitCx<'_>, home: Option<Id<Resource>>) -> String {
    home.map_or_else(|| shared(cx), |id| cx.names.resource(id).file.clone())
}

/// The file of types that several resources share.
fn shared(cx: EmitCx<'_>) -> String {
    let mut name = "shared".to_owned();
    while cx.api.resources.ids().any(|id| cx.names.resource(id).file == name) {
        name.push('_');
    }
    name
}

/// The modules of a folder.
fn modules(cx: EmitCx<'_>, folder: Folder) -> Code {
    let ident = |name: &str| Ident::new(name, Span::call_site());
    let mut names: Vec<Ident> = match folder {
        Folder::Resources => {
            resource::below(cx, None).map(|id| ident(cx.names.resource(id).module.text())).collect()
        }
        Folder::Types | Folder::Codec => {
            groups(cx).iter().map(|it| ident(&file(cx, it.home))).collect()
        }
    };
    names.sort();
    let (about, items) = match folder {
        Folder::Resources => ("Resources and their calls.", quote!(#(pub mod #names;)*)),
        Folder::Types => {
            ("Types that are sent and received.", quote!(#(mod #names;)* #(pub use #names::*;)*))
        }
        Folder::Codec => ("Codecs of the types.", quote!(#(mod #names;)*)),
    };
    Code { about: about.to_owned(), emitter: "files.rs", imports: TokenStream::new(), items }
}

fn types(cx: EmitCx<'_>, group: &TypeGroup, part: &Range<usize>) -> Code {
    let items = group.residents[part.clone()].iter().map(|id| match cx.plans.ty(*id) {
        TypePlan::Struct(it) => structs::structure(cx, it),
        TypePlan::Enum(it) => enums::enumeration(cx, it),
        TypePlan::Union(it) => unions::union(cx, it),
        TypePlan::Alias(it) => aliases::alias(cx, it),
        TypePlan::Outcome(it) => response_enum::outcome(cx, it),
        TypePlan::Nothing => TokenStream::new(),
    });
    Code {
        about: match group.home {
            Some(id) => format!("Types of {}.", resource::words(cx, id)),
            None => "Types that several resources share.".to_owned(),
        },
        emitter: "structs.rs, enums.rs and unions.rs",
        items: quote!(#(#items)*),
        imports: head(part, || {
            let mut imports = Imports::noted(|imports| {
                group.residents.iter().for_each(|id| cx.plans.ty(*id).imports(imports));
            });
            group.residents.iter().for_each(|id| {
                imports.types.remove(id);
            });
            uses(cx, &imports, &quote!(super))
        }),
    }
}

fn codecs(cx: EmitCx<'_>, group: &TypeGroup, part: &Range<usize>) -> Code {
    let items = group.residents[part.clone()].iter().map(|id| match cx.plans.ty(*id) {
        TypePlan::Struct(it) => codec::record(it),
        TypePlan::Enum(it) => enums::codec(it),
        TypePlan::Union(it) => unions::codec(it),
        TypePlan::Alias(it) => aliases::codec(it),
        TypePlan::Outcome(it) => response_enum::codec(it),
        TypePlan::Nothing => TokenStream::new(),
    });
    let module = &cx.names.module;
    Code {
        about: match group.home {
            Some(id) => {
                format!("Codecs of the types of {}.", resource::words(cx, id))
            }
            None => "Codecs of the types that several resources share.".to_owned(),
        },
        emitter: "codec.rs",
        items: quote!(#(#items)*),
        imports: head(part, || {
            let imports = Imports::noted(|imports| {
                group.residents.iter().for_each(|id| cx.plans.ty(*id).codec_imports(*id, imports));
            });
            uses(cx, &imports, &quote!(crate::#module::types))
        }),
    }
}

/// The schemas of types for other programs, whose texts are in a file of JSON.
fn schemas(cx: EmitCx<'_>) -> Code {
    let rows = cx.schemas.map_or(&[][..], |it| &it.rows);
    let items = rows.iter().map(|(id, parts)| {
        let name = cx.names.ty(*id);
        let parts = parts.iter().map(|id| cx.names.ty(*id));
        let parts: Vec<_> = parts.collect();
        let parts = (!parts.is_empty()).then(|| quote!((#(#parts),*)));
        quote!(json_schema!(#name #parts);)
    });
    let types = rows.iter().map(|(id, _)| cx.names.ty(*id));
    let imports = quote! {
        use super::types::{#(#types),*};
        use client_runtime::{json_schema, json_schemas};
    };
    Code {
        about: "JSON Schemas of the types, as the document describes them.".to_owned(),
        emitter: "files.rs",
        items: quote!(json_schemas!("schemas.json"); #(#items)*),
        imports: if rows.is_empty() { TokenStream::new() } else { imports },
    }
}

/// The imports of a file of types, which its first section has.
fn head(part: &Range<usize>, imports: impl FnOnce() -> TokenStream) -> TokenStream {
    if part.start == 0 { imports() } else { TokenStream::new() }
}

/// The `use` lines of a file, given the module of the types.
fn uses(cx: EmitCx<'_>, imports: &Imports, module: &TokenStream) -> TokenStream {
    let mut types: Vec<_> = imports.types.iter().map(|id| cx.names.ty(*id)).collect();
    types.sort();
    let types = (!types.is_empty()).then(|| quote!(use #module::{#(#types),*};));
    let runtime = imports.runtime.iter().filter(|it| !cx.names.is_type(it));
    let runtime: Vec<_> = runtime.map(|it| Ident::new(it, Span::call_site())).collect();
    let runtime = (!runtime.is_empty()).then(|| quote!(use client_runtime::{#(#runtime),*};));
    let map = imports.map.then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    quote!(#types #runtime #map)
}
