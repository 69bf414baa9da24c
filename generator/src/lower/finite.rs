//! Structs that would hold themselves without end: what a server really sends leaves something out.

use crate::diag::{NO_EFFECT, Sink};
use crate::ir::{Api, Field, Heights, Id, Presence, Shape, Type, TypeDef, components, heights};

/// Makes the properties optional by which such a struct leads back to itself.
pub(super) fn run(api: &mut Api, sink: &mut Sink) {
    let heights = heights(&api.types);
    let held: Vec<_> = api.types.iter().map(|(_, it)| held(&heights, it)).collect();
    let groups = components(&held);
    let ids: Vec<_> = api.types.ids().collect();
    for id in ids {
        let Shape::Struct(it) = &mut api.types[id].shape else { continue };
        for field in it.fields.iter_mut().filter(|it| is_endless(&heights, it)) {
            let mut circular = false;
            field.ty.each_def(&mut |to| circular |= groups[to.index()] == groups[id.index()]);
            if circular {
                let message = "a required property whose type leads back to it would never end";
                sink.report(&NO_EFFECT, &field.at, message).help("it is optional for the client");
                field.presence = Presence::Optional;
            }
        }
    }
}

/// True if a value must have this field, and the field's type is endless.
fn is_endless(heights: &Heights, field: &Field) -> bool {
    field.presence == Presence::Required
        && field.constant.is_none()
        && heights.is_endless(&field.ty)
}

/// The endless types that each value of a type must hold, or of which it must hold one.
fn held(heights: &Heights, def: &TypeDef) -> Vec<Id<TypeDef>> {
    let mut found = Vec::new();
    let mut hold = |ty: &Type| {
        if heights.is_endless(ty) {
            ty.each_def(&mut |id| found.push(id));
        }
    };
    match &def.shape {
        Shape::Struct(it) => {
            it.fields.iter().filter(|it| is_endless(heights, it)).for_each(|it| hold(&it.ty));
        }
        Shape::Union(it) => it.variants.iter().for_each(|it| hold(&it.ty)),
        Shape::Alias(ty) => hold(ty),
        Shape::Enum(_) | Shape::Outcome(_) | Shape::Broken => {}
    }
    found
}
