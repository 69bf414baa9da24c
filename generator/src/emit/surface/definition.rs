//! The lines of a type: what it is, what it holds, how it is made, and which traits it has.

use super::super::types::{self, From};
use super::super::{Cx, constructors, enums, structs, unions};
use super::text;
use crate::ir::{Id, OutcomeBody, Shape, Tag, Type, TypeDef};
use crate::plan::{FieldPlan, StructPlan};

/// All lines of a type.
pub(super) fn definition(cx: Cx<'_>, id: Id<TypeDef>, def: &TypeDef, lines: &mut Vec<String>) {
    let name = cx.names.ty(id);
    let members = cx.names.members(id);
    let inside = |it: &Type| text(&types::ty(cx, it, From::Types));
    match &def.shape {
        Shape::Struct(_) => structure(cx, id, cx.plans.structure(id), lines),
        Shape::Enum(it) => {
            lines.push(format!("types::enum {name}"));
            lines.extend(members.iter().map(|it| format!("types::{name}::{it}")));
            lines.push(format!("types::{name}::Unknown({})", enums::unknown(it)));
            has(name.text(), &["Clone", "Debug", "PartialEq", "Eq", "Hash"], &SERDE, lines);
        }
        Shape::Union(it) => {
            lines.push(format!("types::enum {name}"));
            for (variant, member) in it.variants.iter().zip(members) {
                let boxed = cx.facts.is_large(&variant.ty);
                let payload = inside(&variant.ty);
                let payload = if boxed { format!("Box<{payload}>") } else { payload };
                lines.push(format!("types::{name}::{member}({payload})"));
            }
            if !cx.facts.is_multipart(id) {
                let held = match it.tag {
                    Tag::Event => " { event: String, data: String }",
                    Tag::Property(_) | Tag::Untagged => "(Json)",
                };
                lines.push(format!("types::{name}::Unknown{held}"));
            }
            has(name.text(), &unions::derives(cx, id), &codecs(cx, id), lines);
        }
        Shape::Alias(it) => match cx.facts.is_wrapped(id) {
            true => {
                lines.push(format!("types::struct {name}({})", inside(it)));
                let traits = ["Clone", "Debug", "PartialEq"].iter().chain(&SERDE);
                let traits = traits.copied().collect::<Vec<_>>().join(", ");
                lines.push(format!("types::{name} has {traits}"));
            }
            false => lines.push(format!("types::type {name} = {}", inside(it))),
        },
        Shape::Outcome(cases) => {
            lines.push(format!("types::enum {name}"));
            for (case, member) in cases.iter().zip(members) {
                let payload = match &case.body {
                    OutcomeBody::Nothing => String::new(),
                    OutcomeBody::Json(it) => format!("({})", inside(it)),
                    OutcomeBody::Text => "(String)".to_owned(),
                    OutcomeBody::Bytes => "(Bytes)".to_owned(),
                };
                lines.push(format!("types::{name}::{member}{payload}"));
            }
            has(name.text(), &["Clone", "Debug", "PartialEq"], &[], lines);
        }
        Shape::Broken => {}
    }
}

/// Traits by which values are read and written.
const SERDE: [&str; 2] = ["Serialize", "Deserialize"];

/// What can be done with any value of a type that may grow.
fn has(name: &str, derived: &[&str], codec: &[&str], lines: &mut Vec<String>) {
    let all = ["non_exhaustive"].iter().chain(derived).chain(codec).copied();
    lines.push(format!("types::{name} has {}", all.collect::<Vec<_>>().join(", ")));
}

/// The traits by which a type is written and read.
fn codecs(cx: Cx<'_>, id: Id<TypeDef>) -> Vec<&'static str> {
    let mut found = if cx.facts.is_multipart(id) { Vec::new() } else { SERDE.to_vec() };
    let is_union = matches!(cx.api.types[id].shape, Shape::Union(_));
    if if is_union { cx.facts.is_multipart_body(id) } else { cx.facts.is_form(id) } {
        found.push("IntoMultipart");
    }
    if cx.facts.is_within_parts(id) {
        found.push("IntoParts");
    }
    found
}

fn structure(cx: Cx<'_>, id: Id<TypeDef>, it: &StructPlan<'_>, lines: &mut Vec<String>) {
    let name = it.ident;
    lines.push(format!("types::struct {name}"));
    for field in it.kept() {
        let ty = text(&types::field(cx, field));
        lines.push(format!("types::{name}.{}: {ty}", field.ident));
    }
    if let Some(extra) = &it.extra {
        let ty = text(&types::rust_type(cx, &extra.ty, types::From::Types));
        lines.push(format!("types::{name}.additional_properties: BTreeMap<String, {ty}>"));
    }
    has(name.text(), &structs::derives(it), &codecs(cx, id), lines);
    if it.is_made {
        made(cx, it, lines);
    }
}

/// How a value is made, and what is set on it.
fn made(cx: Cx<'_>, it: &StructPlan<'_>, lines: &mut Vec<String>) {
    let name = it.ident;
    let input = |it: &FieldPlan<'_>| text(&constructors::input(cx, it).0);
    if let Some(builder) = it.builder {
        lines.push(format!("types::struct {builder}"));
        lines.push(format!("types::{name}::builder() -> {builder}"));
        lines.push(format!("types::{builder}::build(self) -> Result<{name}, Error>"));
        for field in it.asked() {
            let (member, ty) = (field.ident, input(field));
            lines.push(format!("types::{builder}::{member}(self, {ty}) -> Self"));
            lines.push(format!("types::{builder}::{member} is required"));
        }
    } else {
        let inputs = it.asked().map(|it| format!("{}: {}", it.ident, input(it)));
        let inputs = inputs.collect::<Vec<_>>().join(", ");
        lines.push(format!("types::{name}::new({inputs}) -> Self"));
    }
    for field in it.settable() {
        let path = format!("types::{name}::{}", field.ident);
        lines.push(format!("{path}(self, {}) -> Self", input(field)));
        if field.words.docs.deprecated.is_some() {
            lines.push(format!("{path} is deprecated"));
        }
    }
}
