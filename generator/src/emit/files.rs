//! Which files a vendor's client has, and what each holds.

use super::{Cx, aliases, client, codec, enums, outcome, resource, structs, surface, unions};
use crate::ir::{EnumRepr, Id, Origin, OutcomeBody, Resource, Scalar, Shape, Tag, Type, TypeDef};
use crate::plan::{Absence, Codec, PartPlan};
use indexmap::IndexMap;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// How many definitions are printed in one go.
const CHUNK: usize = 48;

/// A piece of a file: several pieces with one path make the file, in their order.
#[derive(Clone, Debug)]
pub(crate) enum Plan {
    Client,
    Surface,
    Resource(Id<Resource>),
    Modules(Folder),
    Types(Arc<Group>, Range<usize>),
    Codec(Arc<Group>, Range<usize>),
}

/// The types that stand in one file.
#[derive(Debug)]
pub(crate) struct Group {
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

/// A piece of a file, before it is printed.
pub(crate) enum Draft {
    Code(Code),
    Text(String),
}

/// A piece of a file of Rust.
pub(crate) struct Code {
    /// What the file is for, in one line.
    pub(crate) about: String,
    /// The emitter to change, to change the file.
    pub(crate) emitter: &'static str,
    /// What stands at the head of the file.
    pub(crate) imports: TokenStream,
    pub(crate) items: TokenStream,
}

/// What a client is, given the title of its API, which may be a name or a description.
fn about(title: &str) -> String {
    let described = title.ends_with(" API") && !title.starts_with("The ");
    format!("The client of {}{title}.", if described { "the " } else { "" })
}

/// The pieces of all files.
pub(crate) fn plan(cx: Cx<'_>) -> Vec<Plan> {
    let mut plans = vec![Plan::Client];
    let resources: Vec<_> = cx.api.resources.ids().collect();
    if !resources.is_empty() {
        plans.push(Plan::Modules(Folder::Resources));
        plans.extend(resources.into_iter().map(Plan::Resource));
    }
    if has_types(cx) {
        plans.push(Plan::Modules(Folder::Types));
        plans.push(Plan::Modules(Folder::Codec));
    }
    for group in groups(cx).into_iter().map(Arc::new) {
        let count = group.residents.len();
        let chunks = || (0..count).step_by(CHUNK).map(|from| from..(from + CHUNK).min(count));
        plans.extend(chunks().map(|it| Plan::Types(group.clone(), it)));
        plans.extend(chunks().map(|it| Plan::Codec(group.clone(), it)));
    }
    plans.push(Plan::Surface);
    plans
}

/// The file that a piece belongs to, from the root of the crate.
pub(crate) fn path(cx: Cx<'_>, plan: &Plan) -> String {
    let module = cx.names.module.text();
    match plan {
        Plan::Client => format!("src/{module}/mod.rs"),
        Plan::Surface => format!("api/{module}.txt"),
        Plan::Resource(id) => {
            format!("src/{module}/resources/{}.rs", resource::modules(cx, *id, "/"))
        }
        Plan::Modules(Folder::Resources) => format!("src/{module}/resources/mod.rs"),
        Plan::Modules(Folder::Types) => format!("src/{module}/types/mod.rs"),
        Plan::Modules(Folder::Codec) => format!("src/{module}/codec/mod.rs"),
        Plan::Types(group, _) => format!("src/{module}/types/{}.rs", file(cx, group.home)),
        Plan::Codec(group, _) => format!("src/{module}/codec/{}.rs", file(cx, group.home)),
    }
}

/// What a piece of a file holds.
pub(crate) fn draft(cx: Cx<'_>, plan: &Plan) -> Draft {
    Draft::Code(match plan {
        Plan::Surface => return Draft::Text(surface::surface(cx)),
        Plan::Client => Code {
            about: about(&crate::doc_text::summary(&cx.api.title)),
            emitter: "client.rs",
            imports: TokenStream::new(),
            items: client::client(cx),
        },
        Plan::Resource(id) => Code {
            about: format!("Calls to {}.", resource::words(cx, *id)),
            emitter: "resource.rs",
            imports: TokenStream::new(),
            items: resource::resource(cx, *id),
        },
        Plan::Modules(folder) => modules(cx, *folder),
        Plan::Types(group, part) => types(cx, group, part),
        Plan::Codec(group, part) => codecs(cx, group, part),
    })
}

/// Whether the API has types at all.
pub(super) fn has_types(cx: Cx<'_>) -> bool {
    emitted(cx).next().is_some()
}

/// The types that have a name in the output.
fn emitted(cx: Cx<'_>) -> impl Iterator<Item = Id<TypeDef>> {
    cx.api.types.ids().filter(move |id| cx.facts.is_live(*id) && is_emitted(cx, *id))
}

/// The groups of types that there are: one for each resource, and one for what several share.
pub(crate) fn groups(cx: Cx<'_>) -> Vec<Group> {
    let homes = cx.api.resources.ids().map(Some).chain([None]);
    let mut groups: IndexMap<_, _> = homes.map(|home| (home, Vec::new())).collect();
    for id in emitted(cx) {
        groups[&cx.facts.home(id)].push(id);
    }
    let filled = groups.into_iter().filter(|(_, residents)| !residents.is_empty());
    filled.map(|(home, residents)| Group { home, residents }).collect()
}

/// Whether a type has a name in the output: anonymous aliases are written out where they are used.
pub(super) fn is_emitted(cx: Cx<'_>, id: Id<TypeDef>) -> bool {
    let def = &cx.api.types[id];
    let inline = matches!((&def.shape, &def.origin), (Shape::Alias(_), Origin::Inline { .. }));
    !inline || cx.facts.is_wrapped(id)
}

pub(crate) fn file(cx: Cx<'_>, home: Option<Id<Resource>>) -> String {
    home.map_or_else(|| shared(cx), |id| cx.names.resource(id).file.clone())
}

/// The file of types that several resources share.
fn shared(cx: Cx<'_>) -> String {
    let mut name = "shared".to_owned();
    while cx.api.resources.ids().any(|id| cx.names.resource(id).file == name) {
        name.push('_');
    }
    name
}

/// The modules of a folder.
fn modules(cx: Cx<'_>, folder: Folder) -> Code {
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
        Folder::Resources => ("What can be called, by resource.", quote!(#(pub mod #names;)*)),
        Folder::Types => {
            ("What is sent and received.", quote!(#(mod #names;)* #(pub use #names::*;)*))
        }
        Folder::Codec => ("How types are read and written.", quote!(#(mod #names;)*)),
    };
    Code { about: about.to_owned(), emitter: "files.rs", imports: TokenStream::new(), items }
}

fn types(cx: Cx<'_>, group: &Group, part: &Range<usize>) -> Code {
    let items = group.residents[part.clone()].iter().map(|id| match &cx.api.types[*id].shape {
        Shape::Struct(_) => structs::structure(cx, cx.plans.structure(*id)),
        Shape::Enum(it) => enums::enumeration(cx, *id, it),
        Shape::Union(it) => unions::union(cx, *id, it),
        Shape::Alias(it) => aliases::alias(cx, *id, it),
        Shape::Outcome(it) => outcome::outcome(cx, *id, it),
        Shape::Broken => TokenStream::new(),
    });
    Code {
        about: match group.home {
            Some(id) => format!("Types of {}.", resource::words(cx, id)),
            None => "Types that several resources share.".to_owned(),
        },
        emitter: "structs.rs, enums.rs and unions.rs",
        items: quote!(#(#items)*),
        imports: if part.start == 0 {
            type_imports(cx, &group.residents)
        } else {
            TokenStream::new()
        },
    }
}

/// What the types of a file name besides each other.
fn type_imports(cx: Cx<'_>, residents: &[Id<TypeDef>]) -> TokenStream {
    let mut mentions = Mentions::default();
    for id in residents {
        mentions.of(cx, *id);
    }
    let own: BTreeSet<_> = residents.iter().copied().collect();
    let mut names: Vec<_> = mentions.defs.difference(&own).map(|id| cx.names.ty(*id)).collect();
    names.sort();
    let others = (!names.is_empty()).then(|| quote!(use super::{#(#names),*};));
    let runtime = mentions.runtime.iter().filter(|it| !cx.names.is_type(it));
    let runtime: Vec<_> = runtime.map(|it| Ident::new(it, Span::call_site())).collect();
    let runtime = (!runtime.is_empty()).then(|| quote!(use client_runtime::{#(#runtime),*};));
    let map = mentions.map.then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    quote!(#others #runtime #map)
}

/// What a definition's Rust names.
#[derive(Default)]
struct Mentions {
    defs: BTreeSet<Id<TypeDef>>,
    runtime: BTreeSet<&'static str>,
    map: bool,
}

impl Mentions {
    fn of(&mut self, cx: Cx<'_>, id: Id<TypeDef>) {
        match &cx.api.types[id].shape {
            Shape::Struct(it) => {
                if cx.plans.structure(id).kept().any(|it| it.absence == Absence::Patch) {
                    self.runtime.insert("Patch");
                }
                it.fields
                    .iter()
                    .filter(|it| it.constant.is_none())
                    .for_each(|it| self.ty(cx, &it.ty));
                if let Some(ty) = &it.extra {
                    self.map = true;
                    self.ty(cx, ty);
                }
            }
            Shape::Enum(it) => {
                self.runtime.insert(match it.repr {
                    EnumRepr::Text => "UnknownValue",
                    EnumRepr::Int => "UnknownInt",
                    EnumRepr::Mixed => "UnknownLiteral",
                });
            }
            Shape::Union(it) => {
                if !cx.facts.is_multipart(id) && it.tag != Tag::Event {
                    self.runtime.insert("Json");
                }
                it.variants.iter().for_each(|it| self.ty(cx, &it.ty));
            }
            Shape::Alias(ty) => self.ty(cx, ty),
            Shape::Outcome(cases) => {
                for case in cases {
                    if let OutcomeBody::Json(ty) = &case.body {
                        self.ty(cx, ty);
                    }
                }
            }
            Shape::Broken => {}
        }
    }

    fn ty(&mut self, cx: Cx<'_>, ty: &Type) {
        match ty {
            Type::Def(id) if is_emitted(cx, *id) => {
                self.defs.insert(*id);
            }
            // One that is written out may name an alias that is not.
            Type::Def(id) => {
                if let Shape::Alias(inner) = &cx.api.types[*id].shape {
                    self.ty(cx, inner);
                }
            }
            Type::List(inner) | Type::Nullable(inner) => self.ty(cx, inner),
            Type::Map(inner) => {
                self.map = true;
                self.ty(cx, inner);
            }
            Type::Tuple(types) => types.iter().for_each(|it| self.ty(cx, it)),
            Type::Json => {
                self.runtime.insert("Json");
            }
            Type::Scalar(Scalar::Timestamp) => {
                self.runtime.insert("Timestamp");
            }
            Type::Scalar(Scalar::Part) => {
                self.runtime.insert("FilePart");
            }
            Type::Scalar(_) => {}
        }
    }
}

fn codecs(cx: Cx<'_>, group: &Group, part: &Range<usize>) -> Code {
    let items = group.residents[part.clone()].iter().map(|id| match &cx.api.types[*id].shape {
        Shape::Struct(_) => codec::record(cx.plans.structure(*id)),
        Shape::Enum(it) => enums::codec(cx, *id, it),
        Shape::Union(it) => unions::codec(cx, *id, it),
        Shape::Alias(_) => aliases::codec(cx, *id),
        Shape::Outcome(it) => outcome::codec(cx, *id, it),
        Shape::Broken => TokenStream::new(),
    });
    Code {
        about: match group.home {
            Some(id) => {
                format!("How the types of {} are read and written.", resource::words(cx, id))
            }
            None => "How the types that several resources share are read and written.".to_owned(),
        },
        emitter: "codec.rs",
        items: quote!(#(#items)*),
        imports: if part.start == 0 {
            codec_imports(cx, &group.residents)
        } else {
            TokenStream::new()
        },
    }
}

fn codec_imports(cx: Cx<'_>, residents: &[Id<TypeDef>]) -> TokenStream {
    let module = &cx.names.module;
    let shape = |id: &Id<TypeDef>| &cx.api.types[*id].shape;
    let mut names: Vec<_> = residents
        .iter()
        .filter(|id| !matches!(shape(id), Shape::Alias(_)) || cx.facts.is_wrapped(**id))
        .map(|id| cx.names.ty(*id))
        .collect();
    names.sort();
    let types = (!names.is_empty()).then(|| quote!(use crate::#module::types::{#(#names),*};));
    let records = residents.iter().filter(|id| !cx.facts.is_multipart(**id));
    let records: Vec<_> = records
        .filter_map(|id| match shape(id) {
            Shape::Struct(it) => Some(it),
            _ => None,
        })
        .collect();
    let needs = |ty| super::types::wire(cx, ty, super::types::From::Types).is_some();
    let coded = residents.iter().any(|id| match shape(id) {
        Shape::Struct(_) => cx.plans.structure(*id).names_codec(),
        Shape::Union(it) if cx.facts.is_multipart(*id) => it.variants.iter().any(|it| {
            let codec = Codec::of(cx.plan(), &it.ty);
            PartPlan::of(cx.plan(), &it.ty, codec.as_ref()).codec().is_some()
        }),
        // Rows with tags hold objects, which read and write themselves.
        Shape::Union(it) if matches!(it.tag, Tag::Untagged | Tag::Event) => {
            it.variants.iter().any(|it| needs(&it.ty))
        }
        Shape::Outcome(cases) => {
            cases.iter().any(|it| matches!(&it.body, OutcomeBody::Json(ty) if needs(ty)))
        }
        _ => false,
    });
    let import = (!records.is_empty() || coded).then(|| {
        quote!(
            use client_runtime::codec;
        )
    });
    let map = records.iter().any(|it| it.extra.is_some()).then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    quote!(#types #import #map)
}
