//! Unions whose discriminator cannot choose, because it has no value for a variant, or a variant may be no object.

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
        let Some(plain) = it.variants.iter().find(|it| !is_chosen(api, it)) else { continue };
        let message = if may_be_other(api, &plain.ty, &mut Vec::new()) {
            "a discriminator chooses between objects, and this variant may be something else"
        } else {
            "the discriminator has no value for this variant"
        };
        sink.report(&NO_EFFECT, &plain.at, message).help("the variant that fits best is taken");
        if it.variants.iter().any(|it| it.adds_tag && is_chosen(api, it)) {
            part(api, id);
        } else if let Shape::Union(it) = &mut api.types[id].shape {
            it.tag = Tag::Untagged;
            for it in &mut it.variants {
                it.adds_tag = false;
            }
        }
    }
}

/// Makes the objects of a union that have a tag a union of their own, which is one variant: some of them have
/// it from the union alone.
fn part(api: &mut Api, id: Id<TypeDef>) {
    let Shape::Union(it) = &mut api.types[id].shape else { return };
    let whole = std::mem::replace(it, Union { tag: Tag::Untagged, variants: Vec::new() });
    let (objects, mut others): (Vec<_>, Vec<_>) =
        whole.variants.into_iter().partition(|it| is_chosen(api, it));
    for it in &mut others {
        it.adds_tag = false;
    }
    let word = match others.iter().any(|it| !may_be_other(api, &it.ty, &mut Vec::new())) {
        true => "tagged",
        false => "object",
    };
    let objects = objects_of(&api.types[id], word, Union { tag: whole.tag, variants: objects });
    let (at, ty) = (objects.at.clone(), Type::Def(api.types.push(objects)));
    let (wish, docs) = (Some(word.to_owned()), Docs::default());
    let (tags, adds_tag, lacks_tag) = (Vec::new(), false, false);
    let objects = Variant { ty, tags, adds_tag, lacks_tag, wish, docs, at };
    let Shape::Union(it) = &mut api.types[id].shape else { return };
    it.variants = std::iter::once(objects).chain(others).collect();
}

/// The objects of a union that have a tag, as a type.
fn objects_of(whole: &TypeDef, word: &str, union: Union) -> TypeDef {
    let (parent, mut role) = match &whole.origin {
        Origin::Component(name) => (Parent::Component(name.clone()), Vec::new()),
        Origin::Inline { parent, role } => (parent.clone(), role.clone()),
    };
    role.push(word.to_owned());
    TypeDef {
        origin: Origin::Inline { parent, role },
        docs: Docs::default(),
        shape: Shape::Union(union),
        wish: None,
        at: whole.at.child("discriminator"),
    }
}

/// True for a variant that a tag can choose: it has one, and is an object.
fn is_chosen(api: &Api, it: &Variant) -> bool {
    !it.tags.is_empty() && !may_be_other(api, &it.ty, &mut Vec::new())
}

/// True if values of a type may be something else than objects. Null is left to those who refer to the type.
fn may_be_other(api: &Api, ty: &Type, within: &mut Vec<Id<TypeDef>>) -> bool {
    match api.types.behind(ty) {
        Type::Def(id) => match &api.types[*id].shape {
            Shape::Enum(_) => true,
            Shape::Union(_) if within.contains(id) => false,
            Shape::Union(it) => {
                within.push(*id);
                it.variants.iter().any(|it| may_be_other(api, &it.ty, within))
            }
            Shape::Struct(_) | Shape::Alias(_) | Shape::Outcome(_) | Shape::Broken => false,
        },
        Type::Map(_) => false,
        Type::Nullable(inner) => may_be_other(api, inner, within),
        Type::Json | Type::List(_) | Type::Tuple(_) | Type::Scalar(_) => true,
    }
}
