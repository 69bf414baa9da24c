//! Walks over types: which definitions a thing speaks of.

use std::collections::HashSet;

use super::{BodyContent, Id, Operation, OutcomeBody, Shape, Success, Table, Type, TypeDef, Union};

impl Type {
    /// Calls `f` with each definition that the type names.
    pub(crate) fn each_def(&self, f: &mut impl FnMut(Id<TypeDef>)) {
        match self {
            Type::Def(id) => f(*id),
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => inner.each_def(f),
            Type::Tuple(types) => types.iter().for_each(|it| it.each_def(f)),
            Type::Scalar(_) | Type::Json => {}
        }
    }
}

impl Table<TypeDef> {
    /// The definitions that have a type for which `is_it` holds, at any depth.
    pub(crate) fn holders(&self, is_it: impl Fn(&Type) -> bool) -> HashSet<Id<TypeDef>> {
        let mut users: Vec<Vec<Id<TypeDef>>> = vec![Vec::new(); self.len()];
        let mut queue = Vec::new();
        for (id, def) in self.iter() {
            let mut is_holder = false;
            def.shape.each_type(&mut |ty| is_holder |= is_it(ty));
            def.shape.each_def(&mut |inner| users[inner.index()].push(id));
            queue.extend(Some(id).filter(|_| is_holder));
        }
        let mut holders = HashSet::new();
        while let Some(id) = queue.pop() {
            if holders.insert(id) {
                queue.extend(&users[id.index()]);
            }
        }
        holders
    }

    /// The type behind aliases. Ends also where aliases go in a circle, as they may until they are
    /// found out.
    pub(crate) fn behind<'t>(&'t self, ty: &'t Type) -> &'t Type {
        let mut ty = ty;
        for _ in 0..self.len() {
            let Type::Def(id) = ty else { break };
            let Shape::Alias(inner) = &self[*id].shape else { break };
            ty = inner;
        }
        ty
    }

    /// The objects that a type may be: itself, or the variants of a union.
    pub(crate) fn objects(&self, id: Id<TypeDef>) -> Vec<Id<TypeDef>> {
        let Shape::Union(it) = &self[id].shape else { return vec![id] };
        self.variants(it).collect()
    }

    /// The definitions of a union's variants, where these have one.
    pub(crate) fn variants(&self, it: &Union) -> impl Iterator<Item = Id<TypeDef>> {
        it.variants.iter().filter_map(|it| match self.behind(&it.ty) {
            Type::Def(id) => Some(*id),
            _ => None,
        })
    }
}

impl Shape {
    /// Calls `f` with each type that the shape is made of.
    pub(crate) fn each_type(&self, f: &mut impl FnMut(&Type)) {
        match self {
            Shape::Struct(it) => {
                let told = it.fields.iter().filter(|it| it.constant.is_none());
                told.for_each(|it| f(&it.ty));
                it.extra.iter().for_each(f);
            }
            Shape::Union(it) => it.variants.iter().for_each(|it| f(&it.ty)),
            Shape::Alias(ty) => f(ty),
            Shape::Outcome(cases) => {
                for case in cases {
                    if let OutcomeBody::Json(ty) = &case.body {
                        f(ty);
                    }
                }
            }
            Shape::Enum(_) | Shape::Broken => {}
        }
    }

    /// Calls `f` with each definition that the shape names.
    pub(crate) fn each_def(&self, f: &mut impl FnMut(Id<TypeDef>)) {
        self.each_type(&mut |ty| ty.each_def(f));
    }
}

impl Operation {
    /// Its method and path, as one writes them.
    pub(crate) fn http_line(&self) -> String {
        match self.success {
            Success::Socket(_) => format!("WEBSOCKET {}", self.path),
            _ => format!("{} {}", format!("{:?}", self.method).to_uppercase(), self.path),
        }
    }

    /// Calls `f` with each type that is sent.
    pub(crate) fn each_sent(&self, f: &mut impl FnMut(&Type)) {
        self.params.iter().for_each(|it| f(&it.ty));
        match self.body.as_ref().map(|it| &it.content) {
            Some(BodyContent::Json(ty) | BodyContent::Form(ty, _) | BodyContent::Values(ty, _)) => {
                f(ty);
            }
            Some(BodyContent::Multipart(id, _)) => f(&Type::Def(*id)),
            Some(BodyContent::Parts | BodyContent::Bytes | BodyContent::Text) | None => {}
        }
        if let Success::Socket(it) = &self.success {
            it.sent.types().for_each(f);
        }
    }

    /// Calls `f` with each type that success brings.
    pub(crate) fn each_success(&self, f: &mut impl FnMut(&Type)) {
        let others = self.terminals.iter().map(|it| &it.response);
        for it in std::iter::once(&self.success).chain(others) {
            match it {
                Success::Json(ty) | Success::Events(ty) | Success::Lines(ty, _) => f(ty),
                Success::Outcome(id) => f(&Type::Def(*id)),
                Success::Socket(it) => it.received.types().for_each(&mut *f),
                Success::Nothing | Success::Text | Success::Bytes => {}
            }
        }
    }

    /// Calls `f` with each type that is received.
    pub(crate) fn each_received(&self, f: &mut impl FnMut(&Type)) {
        self.each_success(f);
        self.errors.iter().filter_map(|it| it.ty.as_ref()).for_each(f);
    }

    /// Calls `f` with each type that the operation speaks of.
    pub(crate) fn each_type(&self, f: &mut impl FnMut(&Type)) {
        self.each_sent(f);
        self.each_received(f);
    }
}
