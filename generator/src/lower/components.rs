//! Named schemas: ids for all of them first, bodies second, so that cycles are ordinary.

use super::schema::{self, Lowered};
use super::{LowerCx, Memo, MemoKey, docs, heirs, null};
use crate::diag::SpecPtr;
use crate::ir::{Origin, Shape, Type, TypeDef};
use crate::load::{NodeRef, schema_place};
use std::collections::HashSet;

fn all<'a>(cx: &LowerCx<'a>) -> Vec<(&'a str, NodeRef<'a>)> {
    let Some(components) = cx.document.root().child("components") else { return Vec::new() };
    components.entries("schemas").collect()
}

/// The place of a named schema.
pub(super) fn place(name: &str) -> SpecPtr {
    schema_place(name)
}

/// Gives each named schema its id.
pub(super) fn reserve(cx: &mut LowerCx<'_>) {
    for (name, spot) in all(cx) {
        let nullable = null::is_nullable(cx, &spot);
        let id = cx.define(TypeDef {
            origin: Origin::Component(name.to_owned()),
            docs: docs::of(&spot),
            shape: Shape::Broken,
            wish: docs::wish(&spot),
            at: spot.at.clone(),
        });
        cx.memo
            .insert(MemoKey::one(&spot.at), Memo::Known(Lowered { ty: Type::Def(id), nullable }));
    }
    heirs::find(cx);
}

/// Fills in the shape of each named schema.
pub(super) fn fill(cx: &mut LowerCx<'_>) {
    for (_, spot) in all(cx) {
        let key = MemoKey::one(&spot.at);
        let Some(Memo::Known(Lowered { ty: Type::Def(id), .. })) = cx.memo.get(&key) else {
            continue;
        };
        let id = *id;
        match schema::shape(cx, &spot) {
            Ok(shape) => cx.types[id].shape = shape,
            Err(_) => {
                cx.memo.insert(key, Memo::Refused);
            }
        }
    }
}

/// The places of the schemas that are types whoever needs them: those that `client.yaml` keeps, and what webhooks send.
pub(super) fn kept(cx: &LowerCx<'_>) -> HashSet<SpecPtr> {
    let sent = all(cx).into_iter().filter(|(_, spot)| spot.notes().webhook);
    let named = cx.client.keep.iter().map(|name| place(name));
    named.chain(sent.map(|it| it.1.at)).collect()
}
