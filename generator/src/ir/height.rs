//! How deep the smallest value of each type is: what ends recursion.

use super::{Presence, Shape, Table, Type, TypeDef};

/// The heights of all types.
pub(crate) struct Heights(Vec<u32>);

/// Values of this height have no end.
const ENDLESS: u32 = u32::MAX;

/// Goes over all types until nothing changes.
pub(crate) fn heights(types: &Table<TypeDef>) -> Heights {
    let mut heights = Heights(vec![ENDLESS; types.len()]);
    loop {
        let mut changed = false;
        for (id, def) in types.iter() {
            let height = shape(&heights, &def.shape);
            changed |= height != heights.0[id.index()];
            heights.0[id.index()] = height;
        }
        if !changed {
            return heights;
        }
    }
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
    /// Whether no value of a type ends.
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
