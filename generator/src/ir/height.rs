//! The depth of the smallest value of each type, which ends recursion.

use super::{Presence, Shape, Table, Type, TypeDef};
use std::collections::VecDeque;

/// The heights of all types.
pub(crate) struct Heights(Vec<u32>);

/// Values of this height have no end.
const ENDLESS: u32 = u32::MAX;

/// Goes over all types, and again over those that hold what has changed, until nothing changes.
pub(crate) fn heights(types: &Table<TypeDef>) -> Heights {
    let mut users = vec![Vec::new(); types.len()];
    for (id, def) in types.iter() {
        def.shape.each_def(&mut |held| users[held.index()].push(id));
    }
    let mut heights = Heights(vec![ENDLESS; types.len()]);
    // Most types come before those that they hold.
    let mut queue: VecDeque<_> = types.ids().collect::<Vec<_>>().into_iter().rev().collect();
    let mut waits = vec![true; types.len()];
    while let Some(id) = queue.pop_front() {
        waits[id.index()] = false;
        let height = shape(&heights, &types[id].shape);
        if std::mem::replace(&mut heights.0[id.index()], height) == height {
            continue;
        }
        for user in &users[id.index()] {
            if !std::mem::replace(&mut waits[user.index()], true) {
                queue.push_back(*user);
            }
        }
    }
    heights
}

fn shape(heights: &Heights, shape: &Shape) -> u32 {
    match shape {
        Shape::Struct(it) => {
            let required = it.fields.iter().filter(|it| it.presence == Presence::Required);
            let fields = required.filter(|it| it.constant.is_none()).map(|it| heights.of(&it.ty));
            fields.max().unwrap_or(0).saturating_add(1)
        }
        Shape::Union(it) => {
            let least = it.variants.iter().map(|it| heights.of(&it.ty)).min();
            least.unwrap_or(0).saturating_add(1)
        }
        Shape::Alias(ty) => heights.of(ty),
        Shape::Enum(_) | Shape::Outcome(_) | Shape::Broken => 0,
    }
}

impl Heights {
    /// True if a type has no finite value.
    pub(crate) fn is_endless(&self, ty: &Type) -> bool {
        self.of(ty) == ENDLESS
    }

    pub(crate) fn of(&self, ty: &Type) -> u32 {
        match ty {
            Type::Def(id) => self.0[id.index()],
            Type::Tuple(types) => types.iter().map(|it| self.of(it)).max().unwrap_or(0),
            Type::List(_) | Type::Map(_) | Type::Nullable(_) | Type::Scalar(_) | Type::Json => 0,
        }
    }
}
