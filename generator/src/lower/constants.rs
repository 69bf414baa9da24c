//! Properties that tell the variants of a union apart: their value is known, so nobody has to give it.

use crate::ir::{Api, Id, Presence, Shape, Tag, Type, TypeDef};
use crate::load::Json;
use std::collections::BTreeMap;

/// Makes the tag of each variant a constant of the variant's struct, where no other union says otherwise.
pub(super) fn of_tags(api: &mut Api) {
    let mut known: BTreeMap<(Id<TypeDef>, String), Vec<Json>> = BTreeMap::new();
    for (_, def) in api.types.iter() {
        let Shape::Union(it) = &def.shape else { continue };
        let Tag::Property(tag) = &it.tag else { continue };
        for variant in &it.variants {
            let Some(id) = structure(api, &variant.ty) else { continue };
            let values = known.entry((id, tag.clone())).or_default();
            values.extend(
                variant.tags.iter().filter(|it| !values.contains(it)).cloned().collect::<Vec<_>>(),
            );
        }
    }
    for ((id, tag), values) in known {
        let ([value], Shape::Struct(it)) = (&values[..], &mut api.types[id].shape) else {
            continue;
        };
        let field = it.fields.iter_mut().find(|it| it.wire_name == tag);
        if let Some(field) = field.filter(|it| it.presence == Presence::Required) {
            field.constant = Some(value.clone());
        }
    }
}

/// The struct behind a type.
fn structure(api: &Api, ty: &Type) -> Option<Id<TypeDef>> {
    let Type::Def(id) = api.types.behind(ty) else { return None };
    matches!(api.types[*id].shape, Shape::Struct(_)).then_some(*id)
}
