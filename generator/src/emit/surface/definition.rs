//! The lines of a type: what it is, what it holds, how it is made, and which traits it has.

use super::super::types::{self, From};
use super::super::{Cx, constructors, structs};
use super::text;
use crate::ir::{Id, Shape, Tag, TypeDef};
use crate::plan::{CaseBody, FieldPlan, RustType, StructPlan, TypePlan, UnionPlan};

/// All lines of a type.
pub(super) fn definition(
    cx: Cx<'_>,
    id: Id<TypeDef>,
    plan: &TypePlan<'_>,
    lines: &mut Vec<String>,
) {
    let inside = |it: &RustType| text(&types::rust_type(cx, it, From::Types));
    match plan {
        TypePlan::Struct(it) => structure(cx, id, it, lines),
        TypePlan::Enum(it) => {
            let name = it.ident;
            lines.push(format!("types::enum {name}"));
            lines.extend(it.members.iter().map(|it| format!("types::{name}::{it}")));
            lines.push(format!("types::{name}::Unknown({})", it.unknown));
            has(name.text(), &["Clone", "Debug", "PartialEq", "Eq", "Hash"], &SERDE, lines);
        }
        TypePlan::Union(it) => union(cx, id, it, lines),
        TypePlan::Alias(it) => {
            let name = it.ident;
            match it.is_wrapped {
                true => {
                    lines.push(format!("types::struct {name}({})", inside(&it.ty)));
                    let traits = ["Clone", "Debug", "PartialEq"].iter().chain(&SERDE);
                    let traits = traits.copied().collect::<Vec<_>>().join(", ");
                    lines.push(format!("types::{name} has {traits}"));
                }
                false => lines.push(format!("types::type {name} = {}", inside(&it.ty))),
            }
        }
        TypePlan::Outcome(it) => {
            let name = it.ident;
            lines.push(format!("types::enum {name}"));
            for case in &it.cases {
                let payload = match &case.body {
                    CaseBody::Nothing => String::new(),
                    CaseBody::Json(it) => format!("({})", inside(&it.ty)),
                    CaseBody::Text => "(String)".to_owned(),
                    CaseBody::Bytes => "(Bytes)".to_owned(),
                };
                lines.push(format!("types::{name}::{}{payload}", case.ident));
            }
            has(name.text(), &["Clone", "Debug", "PartialEq"], &[], lines);
        }
        TypePlan::Nothing => {}
    }
}

fn union(cx: Cx<'_>, id: Id<TypeDef>, it: &UnionPlan<'_>, lines: &mut Vec<String>) {
    let name = it.ident;
    lines.push(format!("types::enum {name}"));
    for variant in &it.variants {
        let payload = text(&types::rust_type(cx, &variant.value.ty, From::Types));
        let payload = if variant.is_boxed { format!("Box<{payload}>") } else { payload };
        lines.push(format!("types::{name}::{}({payload})", variant.ident));
    }
    let mut derived = vec!["Clone", "Debug"];
    if it.forms.has_json() {
        let held = match it.tag {
            Tag::Event => " { event: String, data: String }",
            Tag::Property(_) | Tag::Untagged => "(Json)",
        };
        lines.push(format!("types::{name}::Unknown{held}"));
        derived.push("PartialEq");
    }
    has(name.text(), &derived, &codecs(cx, id), lines);
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
        let ty = text(&types::rust_type(cx, &extra.value.ty, types::From::Types));
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
