//! Unions whose discriminator cannot choose, because a variant is no object and has no properties.

use crate::diag::{NO_EFFECT, Sink};
use crate::ir::{Api, Docs, Id, Origin, Parent, Shape, Tag, Type, TypeDef, Union, Variant};

/// Has such unions take the variant that fits best. What tags say of structs stays.
pub(super) fn run(api: &mut Api, sink: &mut Sink) {
    let ids: Vec<_> = api.types.ids().collect();
    for id in ids {
        let Shape::Union(it) = &api.types[id].shape else { continue };
        if it.tag == Tag::Untagged {
            continue;
        }
        let Some(plain) = it.variants.iter().find(|it| !is_object(api, &it.ty)) else { continue };
        let message = "a discriminator chooses between objects, and this variant is none";
        sink.report(&NO_EFFECT, &plain.at, message).help("the variant that fits best is taken");
        if it.variants.iter().any(|it| it.adds_tag && is_object(api, &it.ty)) {
            part(api, id);
        } else if let Shape::Union(it) = &mut api.types[id].shape {
            it.tag = Tag::Untagged;
        }
    }
}

/// Makes the objects of a union a union of their own, which is one variant: some of them have their
/// tag from the union alone.
fn part(api: &mut Api, id: Id<TypeDef>) {
    let Shape::Union(it) = &mut api.types[id].shape else { return };
    let whole = std::mem::replace(it, Union { tag: Tag::Untagged, variants: Vec::new() });
    let (objects, others): (Vec<_>, Vec<_>) =
        whole.variants.into_iter().partition(|it| is_object(api, &it.ty));
    let objects = objects_of(&api.types[id], Union { tag: whole.tag, variants: objects });
    let (at, ty) = (objects.at.clone(), Type::Def(api.types.push(objects)));
    let (wish, docs) = (None, Docs::default());
    let (tags, adds_tag, lacks_tag) = (Vec::new(), false, false);
    let objects = Variant { ty, tags, adds_tag, lacks_tag, wish, docs, at };
    let Shape::Union(it) = &mut api.types[id].shape else { return };
    it.variants = std::iter::once(objects).chain(others).collect();
}

/// The objects of a union, as a type.
fn objects_of(whole: &TypeDef, union: Union) -> TypeDef {
    let (parent, mut role) = match &whole.origin {
        Origin::Component(name) => (Parent::Component(name.clone()), Vec::new()),
        Origin::Inline { parent, role } => (parent.clone(), role.clone()),
    };
    role.push("object".to_owned());
    TypeDef {
        origin: Origin::Inline { parent, role },
        docs: Docs::default(),
        shape: Shape::Union(union),
        wish: None,
        at: whole.at.child("discriminator"),
    }
}

/// Whether values of a type are objects, or may be.
fn is_object(api: &Api, ty: &Type) -> bool {
    may_be_object(api, ty, &mut Vec::new())
}

fn may_be_object(api: &Api, ty: &Type, within: &mut Vec<Id<TypeDef>>) -> bool {
    match api.types.behind(ty) {
        Type::Def(id) => match &api.types[*id].shape {
            Shape::Enum(_) => false,
            Shape::Union(_) if within.contains(id) => false,
            Shape::Union(it) => {
                within.push(*id);
                it.variants.iter().any(|it| may_be_object(api, &it.ty, within))
            }
            Shape::Struct(_) | Shape::Alias(_) | Shape::Outcome(_) | Shape::Broken => true,
        },
        Type::Map(_) | Type::Json => true,
        Type::Nullable(inner) => may_be_object(api, inner, within),
        Type::List(_) | Type::Tuple(_) | Type::Scalar(_) => false,
    }
}
