//! A value in an example: an expression that makes one of a type.

use super::example::ExampleCx;
use super::example_expr::ExampleExpr;
use super::{FieldPlan, Input, RustType, Stored, StructPlan, TypePlan, UnionPlan};
use crate::ir::{Id, IntKind, Shape, TypeDef};
use crate::load::Json;

/// The number of nested types that an example shows.
const MAX_DEPTH: usize = 4;
/// The number of values that an example shows.
const MAX_VALUES: usize = 16;
/// The number of optional properties that an example sets.
const MAX_SETTERS: usize = 3;
/// The longest text that is taken from a document.
const MAX_TEXT: usize = 40;

/// An expression for a value that is owned, or `None` where no short one is right for sure.
pub(super) fn example(
    cx: ExampleCx<'_>,
    ty: &RustType,
    name: &str,
    stated: Option<&Json>,
) -> Option<ExampleExpr> {
    let mut maker = Maker { cx, depth: 0, left: MAX_VALUES };
    maker.value(ty, Stored::Value, name, stated)
}

/// A literal of text: what the document says, if it is short and plain, or else the name.
pub(super) fn text(name: &str, stated: Option<&Json>) -> String {
    let is_plain = |it: char| it.is_alphanumeric() || it == ' ' || it.is_ascii_graphic();
    let is_shown = |it: &&str| {
        !it.trim().is_empty()
            && it.len() <= MAX_TEXT
            && it.chars().all(|it| is_plain(it) && it != '`')
    };
    let text = stated.and_then(Json::as_str).filter(is_shown);
    format!("{:?}", text.unwrap_or(name.trim_start_matches("r#")))
}

struct Maker<'a> {
    cx: ExampleCx<'a>,
    depth: usize,
    left: usize,
}

impl Maker<'_> {
    fn value(
        &mut self,
        ty: &RustType,
        stored: Stored,
        name: &str,
        stated: Option<&Json>,
    ) -> Option<ExampleExpr> {
        self.left = self.left.checked_sub(1)?;
        let word = |it: String| Some(ExampleExpr::Word(it));
        match ty {
            RustType::Bool => word(stated.and_then(Json::as_bool).unwrap_or(true).to_string()),
            RustType::Int(kind) => word(int(*kind, stated).to_string()),
            RustType::Float => word(format!("{:?}", stated.and_then(Json::as_f64).unwrap_or(1.0))),
            RustType::Text => {
                let text = self::text(name, stated);
                word(if stored == Stored::Str { text } else { format!("{text}.to_owned()") })
            }
            RustType::Bytes => word(format!("b\"{}\".to_vec()", name.trim_start_matches("r#"))),
            RustType::Unit => word("()".to_owned()),
            RustType::Runtime("Timestamp") => {
                let time = text("2030-01-31T12:00:00Z", stated);
                word(format!("runtime::Timestamp::from({time})"))
            }
            RustType::Runtime("FilePart") => {
                word(format!("runtime::FilePart::file({:?})", name.trim_start_matches("r#")))
            }
            RustType::Runtime(_) | RustType::External(_) | RustType::Tuple(_) => None,
            RustType::List(inner) => {
                let first = stated.and_then(|it| it.get(0));
                let item = self.value(inner, Stored::Value, name, first)?;
                Some(ExampleExpr::Items("vec![", vec![item], "]"))
            }
            RustType::Map(inner) => {
                let entry = stated.and_then(Json::as_object).and_then(|it| it.iter().next());
                let key = text("key", entry.map(|it| Json::from(it.0.as_str())).as_ref());
                let key = ExampleExpr::Word(format!("{key}.to_owned()"));
                let item = self.value(inner, Stored::Value, name, entry.map(|it| it.1))?;
                let pair = ExampleExpr::Items("(", vec![key, item], ")");
                Some(ExampleExpr::Items("[", vec![pair], "].into()"))
            }
            RustType::Option(inner) => {
                let inner = self.value(inner, Stored::Value, name, stated)?;
                Some(ExampleExpr::Items("Some(", vec![inner], ")"))
            }
            RustType::Named(id) => self.named(*id, stored, name, stated),
        }
    }

    fn named(
        &mut self,
        id: Id<TypeDef>,
        stored: Stored,
        name: &str,
        stated: Option<&Json>,
    ) -> Option<ExampleExpr> {
        if self.depth == MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let own = match stated {
            Some(_) => None,
            None => self.cx.stated.at(&self.cx.api.types[id].at),
        };
        let stated = stated.or(own.as_ref());
        let found = match &self.cx.types[id.index()] {
            TypePlan::Struct(it) => self.structure(id, it, stated),
            TypePlan::Enum(it) => {
                let values = it.values.iter().zip(it.members);
                let mut current = values.filter(|(it, _)| it.docs.deprecated.is_none());
                let listed = current.clone().find(|(it, _)| Some(&it.value) == stated);
                let shown = listed.or_else(|| current.next());
                shown.map(|(_, member)| ExampleExpr::Word(format!("types::{}::{member}", it.ident)))
            }
            TypePlan::Union(it) => self.union(it, stored, name, stated),
            TypePlan::Alias(it) if !it.is_wrapped => self.value(&it.ty, stored, name, stated),
            TypePlan::Alias(_) | TypePlan::Outcome(_) | TypePlan::Nothing => None,
        };
        self.depth -= 1;
        found
    }

    fn structure(
        &mut self,
        id: Id<TypeDef>,
        it: &StructPlan<'_>,
        stated: Option<&Json>,
    ) -> Option<ExampleExpr> {
        if !it.is_made {
            return None;
        }
        let mut required = Vec::new();
        for index in it.arguments {
            required.push(self.field(id, it, *index, stated)?);
        }
        let optional = self.optional(id, it, stated);
        let named = |index: usize, value| (it.fields[index].ident.to_string(), value);
        let name = it.ident;
        Some(if it.builder.is_some() {
            let required = it.arguments.iter().zip(required).map(|(index, it)| named(*index, it));
            let head = format!("types::{name}::builder");
            ExampleExpr::Built { head, setters: required.chain(optional).collect() }
        } else {
            let head = format!("types::{name}::new");
            ExampleExpr::Call { head, arguments: required, setters: optional }
        })
    }

    /// Setters of properties that the document has an example of. A value has one at least, if it has any
    /// property of a kind that needs no example.
    fn optional(
        &mut self,
        id: Id<TypeDef>,
        it: &StructPlan<'_>,
        stated: Option<&Json>,
    ) -> Vec<(String, ExampleExpr)> {
        // A builder has setters of what is required alone.
        if self.depth > 1 || it.builder.is_some() {
            return Vec::new();
        }
        let Shape::Struct(fields) = &self.cx.api.types[id].shape else { return Vec::new() };
        let mut found = Vec::new();
        let is_set =
            |it: &FieldPlan<'_>| it.input == Input::Setter && it.words.docs.deprecated.is_none();
        let settable = || it.fields.iter().enumerate().filter(|(_, it)| is_set(it));
        for (index, plan) in settable() {
            if found.len() == MAX_SETTERS {
                break;
            }
            let own = stated.and_then(|it| it.get(plan.wire_name)).cloned();
            let own = own.or_else(|| self.cx.stated.at(&fields.fields[index].at));
            // The default needs no setter.
            let is_usual = |it: &Json| Some(it) == fields.fields[index].default.as_ref();
            let Some(own) = own.filter(|it| !it.is_null() && !is_usual(it)) else { continue };
            let value = self.value(&plan.ty, plan.stored, plan.ident.text(), Some(&own));
            found.extend(value.map(|it| (plan.ident.to_string(), it)));
        }
        if found.is_empty() && it.arguments.is_empty() {
            let is_file = |it: &FieldPlan<'_>| it.ty == RustType::Runtime("FilePart");
            let is_text = |it: &FieldPlan<'_>| it.ty == RustType::Text;
            let first = settable().find(|(_, it)| is_file(it));
            let first = first.or_else(|| settable().find(|(_, it)| is_text(it)));
            if let Some((index, plan)) = first.or_else(|| settable().next())
                && let Some(value) = self.field(id, it, index, stated)
            {
                found.push((plan.ident.to_string(), value));
            }
        }
        found
    }

    fn field(
        &mut self,
        id: Id<TypeDef>,
        it: &StructPlan<'_>,
        index: usize,
        stated: Option<&Json>,
    ) -> Option<ExampleExpr> {
        let plan = &it.fields[index];
        let of_object = stated.and_then(|it| it.get(plan.wire_name)).filter(|it| !it.is_null());
        let own = match (of_object, &self.cx.api.types[id].shape) {
            (None, Shape::Struct(it)) => self.cx.stated.at(&it.fields[index].at),
            _ => None,
        };
        self.value(&plan.ty, plan.stored, plan.ident.text(), of_object.or(own.as_ref()))
    }

    /// A variant that fits what is stated, or else the first that can be shown.
    fn union(
        &mut self,
        it: &UnionPlan<'_>,
        stored: Stored,
        name: &str,
        stated: Option<&Json>,
    ) -> Option<ExampleExpr> {
        let mut variants: Vec<_> = it.variants.iter().collect();
        let is_text = stated.map(Json::is_string);
        variants.sort_by_key(|it| is_text.is_some_and(|is| is != (it.value.ty == RustType::Text)));
        variants.into_iter().find_map(|variant| {
            let is_text = variant.value.ty == RustType::Text;
            let converts = stored == Stored::Into
                && variant.payload.is_some()
                && (is_text || matches!(variant.value.ty, RustType::Named(_)));
            let inner = if is_text && converts { Stored::Str } else { Stored::Value };
            let value = self.value(&variant.value.ty, inner, name, stated)?;
            if converts {
                return Some(value);
            }
            let (value, maker) = match (variant.is_boxed, &variant.payload) {
                (true, Some(_)) => (value, "from".to_owned()),
                (true, None) => {
                    let boxed = ExampleExpr::Items("Box::new(", vec![value], ")");
                    (boxed, variant.ident.to_string())
                }
                (false, _) => (value, variant.ident.to_string()),
            };
            let head = format!("types::{}::{maker}", it.ident);
            Some(ExampleExpr::Call { head, arguments: vec![value], setters: Vec::new() })
        })
    }
}

fn int(kind: IntKind, stated: Option<&Json>) -> i128 {
    let stated = stated.and_then(|it| it.as_i64().map(i128::from));
    stated.filter(|it| kind.range().contains(it)).unwrap_or(1)
}
