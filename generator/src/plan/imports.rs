//! The names that a file uses and does not define: noted of its plans, printed as its `use` lines.

use super::rust_type::{Codec, RustType, WireType};
use crate::ir::{Id, TypeDef};
use std::collections::BTreeSet;

/// The imports of a file.
#[derive(Debug, Default)]
pub(crate) struct Imports {
    /// Types of the client.
    pub(crate) types: BTreeSet<Id<TypeDef>>,
    /// Items of the runtime.
    pub(crate) runtime: BTreeSet<&'static str>,
    /// `BTreeMap`.
    pub(crate) map: bool,
}

impl Imports {
    /// The imports that are noted by `note`.
    pub(crate) fn noted(note: impl FnOnce(&mut Self)) -> Self {
        let mut imports = Self::default();
        note(&mut imports);
        imports
    }

    /// Notes the names in a type.
    pub(crate) fn ty(&mut self, it: &RustType) {
        match it {
            RustType::Named(id) => {
                self.types.insert(*id);
            }
            RustType::Runtime(name) => {
                self.runtime.insert(name);
            }
            RustType::List(inner) | RustType::Option(inner) => self.ty(inner),
            RustType::Map(inner) => {
                self.map = true;
                self.ty(inner);
            }
            RustType::Tuple(types) => types.iter().for_each(|it| self.ty(it)),
            RustType::Bool
            | RustType::Int(_)
            | RustType::Float
            | RustType::Text
            | RustType::Bytes
            | RustType::External(_)
            | RustType::Unit => {}
        }
    }

    /// Notes a codec, if there is one.
    pub(crate) fn codec(&mut self, it: Option<&Codec>) {
        if it.is_some() {
            self.runtime.insert("codec");
        }
    }

    /// Notes a type and its codec.
    pub(crate) fn wire_type(&mut self, it: &WireType) {
        self.ty(&it.ty);
        self.codec(it.codec.as_ref());
    }
}
