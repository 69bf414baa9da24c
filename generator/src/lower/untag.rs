//! Unions whose discriminator cannot choose, because it has no value for a variant, or a variant may be no object.

use crate::diag::{NO_EFFECT, Sink};
use crate::ir::{Api, Docs, Id, Origin, Parent, Shape, Tag, Type, TypeDef, Union, Variant};

/// Has such unions take the variant that fits best. What tags say of structs stays.
pub(super) fn run(api: &mut Api, sink: &mut Sink) {
    let others = Others::of(api);
    for id in api.types.ids() {
        let Shape::Union(it) = &api.types[id].shape else { continue };
        if matches!(it.tag, Tag::Untagged | Tag::Event) {
            continue;
        }
        let Some(plain) = it.variants.iter().find(|it| !is_chosen(&others, it)) else { continue };
        let message = if others.has(&plain.ty) {
            "a discriminator chooses between objects, and this variant may be something else"
        } else {
            "the discriminator has no value for this variant"
        };
        sink.report(&NO_EFFECT, &plain.at, message).help("the variant that fits best is taken");
        if it.variants.iter().any(|it| it.adds_tag && is_chosen(&others, it)) {
            part(api, &others, id);
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
fn part(api: &mut Api, others: &Others, id: Id<TypeDef>) {
    let Shape::Union(it) = &mut api.types[id].shape else { return };
    let whole = std::mem::replace(it, Union { tag: Tag::Untagged, variants: Vec::new() });
    let (objects, mut rest): (Vec<_>, Vec<_>) =
        whole.variants.into_iter().partition(|it| is_chosen(others, it));
    for it in &mut rest {
        it.adds_tag = false;
    }
    let word = match rest.iter().any(|it| !others.has(&it.ty)) {
        true => "tagged",
        false => "object",
    };
    let objects = objects_of(&api.types[id], word, Union { tag: whole.tag, variants: objects });
    let (at, ty) = (objects.at.clone(), Type::Def(api.types.push(objects)));
    let (wish, docs) = (Some(word.to_owned()), Docs::default());
    let (tags, adds_tag, lacks_tag) = (Vec::new(), false, false);
    let objects = Variant { ty, tags, adds_tag, lacks_tag, wish, docs, at };
    let Shape::Union(it) = &mut api.types[id].shape else { return };
    it.variants = std::iter::once(objects).chain(rest).collect();
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
fn is_chosen(others: &Others, it: &Variant) -> bool {
    !it.tags.is_empty() && !others.has(&it.ty)
}

/// The types of which values may be something else than objects. Null is left to those who refer to the type.
struct Others(Vec<bool>);

impl Others {
    fn of(api: &Api) -> Self {
        let mut found = Self(vec![false; api.types.len()]);
        let (mut users, mut queue) = (vec![Vec::new(); api.types.len()], Vec::new());
        for (id, def) in api.types.iter() {
            let is_other = match &def.shape {
                Shape::Enum(_) => true,
                Shape::Alias(ty) => note(ty, id, &mut users),
                Shape::Union(it) => it.variants.iter().any(|it| note(&it.ty, id, &mut users)),
                Shape::Struct(_) | Shape::Outcome(_) | Shape::Broken => false,
            };
            queue.extend(is_other.then_some(id));
        }
        while let Some(id) = queue.pop() {
            if !std::mem::replace(&mut found.0[id.index()], true) {
                queue.append(&mut users[id.index()]);
            }
        }
        found
    }

    /// Unions that were made of objects later are not among them.
    fn has(&self, ty: &Type) -> bool {
        match ty {
            Type::Def(id) => self.0.get(id.index()).copied().unwrap_or(false),
            Type::Nullable(inner) => self.has(inner),
            Type::Map(_) => false,
            Type::Json | Type::List(_) | Type::Tuple(_) | Type::Scalar(_) => true,
        }
    }
}

/// True if a type by itself is something other than an object. Otherwise notes its user for the type it refers to.
fn note(ty: &Type, user: Id<TypeDef>, users: &mut [Vec<Id<TypeDef>>]) -> bool {
    match ty {
        Type::Def(id) => users[id.index()].push(user),
        Type::Nullable(inner) => return note(inner, user, users),
        Type::Map(_) => {}
        Type::Json | Type::List(_) | Type::Tuple(_) | Type::Scalar(_) => return true,
    }
    false
}
