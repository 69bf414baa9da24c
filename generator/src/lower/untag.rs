//! Unions whose discriminator cannot choose, because a variant is no object and has no properties.

use crate::diag::{NO_EFFECT, Sink};
use crate::ir::{Api, Shape, Tag, Type};

/// Has such unions take the variant that fits best, unless one of them has its tag from the union
/// alone. What tags say of structs stays.
pub(super) fn run(api: &mut Api, sink: &mut Sink) {
    let ids: Vec<_> = api.types.ids().collect();
    for id in ids {
        let Shape::Union(it) = &api.types[id].shape else { continue };
        if it.tag == Tag::Untagged {
            continue;
        }
        let (objects, others): (Vec<_>, Vec<_>) =
            it.variants.iter().partition(|it| is_object(api, &it.ty));
        let Some(plain) = others.first().filter(|_| objects.iter().all(|it| !it.adds_tag)) else {
            continue;
        };
        let message = "a discriminator chooses between objects, and this variant is none";
        sink.report(&NO_EFFECT, &plain.at, message).help("the variant that fits best is taken");
        let Shape::Union(it) = &mut api.types[id].shape else { continue };
        it.tag = Tag::Untagged;
    }
}

/// Whether values of a type are objects, or may be.
fn is_object(api: &Api, ty: &Type) -> bool {
    match api.types.behind(ty) {
        Type::Def(id) => !matches!(api.types[*id].shape, Shape::Enum(_)),
        Type::Map(_) | Type::Json => true,
        Type::Nullable(inner) => is_object(api, inner),
        Type::List(_) | Type::Tuple(_) | Type::Scalar(_) => false,
    }
}
