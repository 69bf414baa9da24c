//! The test of types: what is read is written again, and nothing of it is lost on the way.

use super::sample::{SampleRequest, Samples};
use super::{test, value};
use crate::emit::{EmitCx, files};
use crate::ir::{Id, Shape, Type, TypeDef};
use crate::load::Json;
use crate::plan::Imports;
use proc_macro2::TokenStream;
use quote::quote;

/// The number of types that one test checks.
const CHUNK: usize = 32;
/// The most variants of a union of which a test has a value: each value is compared with all variants.
const MAX_VARIANTS: usize = 100;

/// The tests of some types, none where all of them are of the kind that only is sent in parts.
pub(super) fn group(
    samples: &Samples<'_>,
    krate: &str,
    about: String,
    ids: &[Id<TypeDef>],
) -> Option<files::Code> {
    let mut imports = Imports::default();
    let checks = ids.iter().filter_map(|id| check(samples, *id, &mut imports)).collect::<Vec<_>>();
    if checks.is_empty() {
        return None;
    }
    let tests: Vec<_> = checks
        .chunks(CHUNK)
        .enumerate()
        .map(|(index, checks)| {
            let name = quote::format_ident!("round_trips_{}", index + 1);
            quote! {
                #[test]
                fn #name() {
                    let mut trips = wire::RoundTrips::default();
                    #(#checks)*
                    trips.finish();
                }
            }
        })
        .collect();
    Some(files::Code {
        about,
        emitter: "wire/types.rs",
        imports: test::uses(samples.cx, krate, &imports),
        items: quote!(#(#tests)*),
    })
}

/// The full value and the minimal one; of a union a value of each variant.
fn check(samples: &Samples<'_>, id: Id<TypeDef>, imports: &mut Imports) -> Option<TokenStream> {
    let cx = samples.cx;
    let ty = Type::Def(id);
    let count = match &cx.api.types[id].shape {
        Shape::Struct(_) | Shape::Union(_) if cx.analysis.is_multipart(id) => return None,
        Shape::Union(it) => it.variants.len().min(MAX_VARIANTS),
        Shape::Struct(_) | Shape::Enum(_) => 1,
        Shape::Alias(_) if cx.analysis.is_wrapped(id) => 1,
        Shape::Alias(_) | Shape::Outcome(_) | Shape::Broken => return None,
    };
    let mut values: Vec<Json> = (0..count)
        .map(|variant| sample(samples, SampleRequest { variant, ..all(cx, id) }, &ty))
        .collect();
    values.push(sample(samples, SampleRequest { full: false, ..all(cx, id) }, &ty));
    values.dedup();
    values.retain(|it| samples.fits(&ty, it));
    let values = values.iter().map(value::json);
    let name = cx.names.ty(id);
    let label = name.text();
    imports.types.insert(id);
    Some(quote!(trips.check::<types::#name>(#label, &[#(#values),*]);))
}

/// All properties of a type; if it is only received, without those that only the client sends.
fn all(cx: EmitCx<'_>, id: Id<TypeDef>) -> SampleRequest {
    if cx.analysis.is_sent(id) { SampleRequest::FULL } else { SampleRequest::ANSWER }
}

fn sample(samples: &Samples<'_>, wish: SampleRequest, ty: &Type) -> Json {
    samples.of(wish, ty, &test::no_hint())
}
