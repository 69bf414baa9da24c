//! Who sends a type, who receives it, and which resources speak of it.

use crate::ir::{Access, Api, BodyContent, Id, Origin, Resource, Shape, Type, TypeDef};

/// The uses of a type.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each role stands for itself, and all may hold at once"
)]
pub(super) struct TypeUsage {
    pub(super) live: bool,
    pub(super) sent: bool,
    pub(super) received: bool,
    /// Sent by PATCH: absent and null differ.
    pub(super) patch: bool,
    /// The body of a multipart form.
    pub(super) multipart: bool,
    /// Read or written as JSON, a form or a parameter.
    pub(super) json: bool,
    /// A header of the client holds it, by the document; the client takes any text. Or a header of responses does.
    pub(super) header: bool,
    pub(super) home: TypeScope,
}

/// The resources whose operations use a type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum TypeScope {
    #[default]
    Nowhere,
    One(Id<Resource>),
    Several,
}

pub(super) fn gather(api: &Api) -> Vec<TypeUsage> {
    let mut roles = vec![TypeUsage::default(); api.types.len()];
    for (_, operation) in api.operations.iter() {
        let resource = operation.resource;
        operation.each_type(&mut |ty| {
            spread(api, &mut roles, ty, &mut |it| it.belongs(resource), Access::Both);
        });
        operation.each_sent(&mut |ty| {
            spread(api, &mut roles, ty, &mut |it| set(&mut it.sent), Access::WriteOnly);
        });
        // Servers also send what they call write-only: then it is read, however little of it there is.
        operation.each_received(&mut |ty| {
            spread(
                api,
                &mut roles,
                ty,
                &mut |it| set(&mut it.received) | set(&mut it.json),
                Access::Both,
            );
        });
        operation.each_sent(&mut |ty| match operation.body.as_ref().map(|it| &it.content) {
            Some(BodyContent::Multipart(id, _)) if *ty == Type::Def(*id) => {
                for id in api.types.objects(*id) {
                    set(&mut roles[id.index()].multipart);
                    api.types[id].shape.each_type(&mut |ty| json(api, &mut roles, ty));
                }
                set(&mut roles[id.index()].multipart);
            }
            _ => json(api, &mut roles, ty),
        });
    }
    for id in super::patch_body(api) {
        spread(api, &mut roles, &Type::Def(id), &mut |it| set(&mut it.patch), Access::WriteOnly);
    }
    for ty in api.headers.iter().flat_map(|it| &it.types) {
        spread(api, &mut roles, ty, &mut |it| set(&mut it.header), Access::Both);
    }
    for it in &api.response_headers {
        let mut mark = |it: &mut TypeUsage| {
            set(&mut it.live) | set(&mut it.received) | set(&mut it.json) | set(&mut it.header)
        };
        spread(api, &mut roles, &it.ty, &mut mark, Access::Both);
    }
    unused(api, &mut roles);
    roles
}

fn json(api: &Api, roles: &mut [TypeUsage], ty: &Type) {
    spread(api, roles, ty, &mut |it| set(&mut it.json), Access::Both);
}

/// Named schemas that no operation reaches are for their users to send and receive.
fn unused(api: &Api, roles: &mut [TypeUsage]) {
    for (id, def) in api.types.iter() {
        let named = matches!(def.origin, Origin::Component(_))
            && api.kept.as_ref().is_none_or(|it| it.contains(&def.at));
        if !named || matches!(def.shape, Shape::Broken) || roles[id.index()].live {
            continue;
        }
        let mut mark = |it: &mut TypeUsage| {
            set(&mut it.live) | set(&mut it.sent) | set(&mut it.received) | set(&mut it.json)
        };
        spread(api, roles, &Type::Def(id), &mut mark, Access::Both);
    }
}

impl TypeUsage {
    fn belongs(&mut self, resource: Id<Resource>) -> bool {
        let home = match self.home {
            TypeScope::Nowhere => TypeScope::One(resource),
            TypeScope::One(known) if known == resource => self.home,
            TypeScope::One(_) | TypeScope::Several => TypeScope::Several,
        };
        let moved = std::mem::replace(&mut self.home, home) != home;
        set(&mut self.live) | moved
    }
}

/// Sets a flag, and says whether that is news.
fn set(flag: &mut bool) -> bool {
    !std::mem::replace(flag, true)
}

/// Marks a type and what it is made of, as far as the mark is news. Fields that travel only the
/// other way than `way` do not count.
fn spread(
    api: &Api,
    roles: &mut [TypeUsage],
    ty: &Type,
    mark: &mut impl FnMut(&mut TypeUsage) -> bool,
    way: Access,
) {
    let mut queue: Vec<Id<TypeDef>> = Vec::new();
    ty.each_def(&mut |id| queue.push(id));
    while let Some(id) = queue.pop() {
        if !mark(&mut roles[id.index()]) {
            continue;
        }
        match &api.types[id].shape {
            Shape::Struct(it) => {
                let fields = it.fields.iter().filter(|it| it.constant.is_none()).filter(|it| {
                    way == Access::Both || it.access == Access::Both || it.access == way
                });
                fields.for_each(|it| it.ty.each_def(&mut |id| queue.push(id)));
                it.extra.iter().for_each(|it| it.each_def(&mut |id| queue.push(id)));
            }
            other => other.each_def(&mut |id| queue.push(id)),
        }
    }
}
