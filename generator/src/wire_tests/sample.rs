//! Values to send and to receive: the document's own examples where they fit, else made up.

use super::fits::{self, fits};
use super::scalar::{self, Prose};
use crate::emit::EmitCx;
use crate::ir::{
    Access, ExternalType, Field, Heights, Hints, Id, Operation, Presence, Scalar, Shape, Struct,
    Tag, Type, TypeDef, Union, ValueHint, heights,
};
use crate::load::Json;
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Map;
use std::collections::HashSet;

/// The number of nested objects down to which a full value has all its properties.
const MAX_SAMPLE_DEPTH: usize = 3;
/// The number of properties of a full value, over all its objects, after which only required ones are added.
const MAX_FULL_PROPERTIES: usize = 160;

/// The greatest number of values within one value.
const MAX_SAMPLE_NODES: usize = 20_000;

/// The greatest number of types around a list that has its least number of items: each may ask for the next.
const MAX_LIST_NESTING: usize = 32;

/// The greatest number of types around a value: no reader of JSON goes as deep.
const NESTED: usize = 128;

/// The data that samples are made from.
pub(super) struct Samples<'a> {
    pub(super) cx: EmitCx<'a>,
    hints: &'a Hints,
    heights: Heights,
    /// Definitions that hold a value of another crate's type of which no sample is known.
    unknown: HashSet<Id<TypeDef>>,
}

/// Which value of a type is wanted.
#[derive(Clone, Copy)]
pub(super) struct SampleRequest {
    /// All properties, or only what is required.
    pub(super) full: bool,
    /// True if properties that only the client sends are left out.
    pub(super) received: bool,
    /// The number of items of a list.
    pub(super) items: usize,
    /// The variant, where the type is a union.
    pub(super) variant: usize,
    pub(super) prose: Prose,
}

impl SampleRequest {
    pub(super) const FULL: Self =
        Self { full: true, received: false, items: 1, variant: 0, prose: Prose::Json };
    pub(super) const ANSWER: Self = Self { received: true, ..Self::FULL };
}

/// The types around a value, and the number of values that it may still hold.
struct SamplePath {
    within: Vec<Id<TypeDef>>,
    left: usize,
    /// Values of any kind that it may still hold.
    most: usize,
    /// The number of the item, in a list whose items differ.
    nth: usize,
}

impl<'a> Samples<'a> {
    pub(super) fn new(cx: EmitCx<'a>, hints: &'a Hints) -> Self {
        let lacks = |ty: &Type| without_sample(cx, ty).is_some();
        let has_any = cx.api.externals.types.iter().any(|(_, it)| it.samples.is_empty());
        let unknown = if has_any { cx.api.types.holders(lacks) } else { HashSet::new() };
        Self { cx, hints, heights: heights(&cx.api.types), unknown }
    }

    /// The reason why the test of a call is left out, if nobody knows values for it.
    pub(super) fn reason_to_ignore(&self, id: Id<Operation>) -> Option<TokenStream> {
        let (mut found, mut is_within) = (None, false);
        self.cx.api.operations[id].each_type(&mut |ty| {
            found = found.take().or_else(|| without_sample(self.cx, ty));
            ty.each_def(&mut |id| is_within |= self.unknown.contains(&id));
        });
        let all = &self.cx.api.externals.types;
        let any = || all.iter().find(|(_, it)| it.samples.is_empty()).map(|it| it.0);
        let id = found.or_else(|| any().filter(|_| is_within))?;
        let why = format!("`types` of client.yaml has no `example` of `{}`", all[id].path);
        Some(quote!(#[ignore = #why]))
    }

    pub(super) fn hints(&self) -> &'a Hints {
        self.hints
    }

    /// A value of a type.
    pub(super) fn of(&self, wish: SampleRequest, ty: &Type, hint: &ValueHint) -> Json {
        let mut trail = SamplePath {
            within: Vec::new(),
            left: MAX_FULL_PROPERTIES,
            most: MAX_SAMPLE_NODES,
            nth: 0,
        };
        self.value(wish, ty, hint, None, &mut trail)
    }

    fn value(
        &self,
        wish: SampleRequest,
        ty: &Type,
        hint: &ValueHint,
        given: Option<&Json>,
        trail: &mut SamplePath,
    ) -> Json {
        // A value that does not end comes to nothing, before it fills the memory.
        let Some(most) = trail.most.checked_sub(1) else { return Json::Null };
        trail.most = most;
        if trail.within.len() > NESTED {
            return Json::Null;
        }
        let given = given.or(hint.example.as_ref());
        match ty {
            Type::Def(id) => self.def(wish, *id, hint, given, trail),
            Type::List(inner) => self.list(wish, inner, hint, given, trail),
            Type::Map(inner) => self.map(wish, inner, hint, given, trail),
            Type::Tuple(types) => {
                let given = given.and_then(Json::as_array).filter(|it| it.len() == types.len());
                let items = types.iter().enumerate().map(|(index, ty)| {
                    let given = given.map(|it| &it[index]);
                    self.value(wish, ty, &ValueHint::default(), given, trail)
                });
                Json::Array(items.collect())
            }
            Type::Nullable(_) if !wish.full => Json::Null,
            Type::Nullable(inner) => self.value(wish, inner, hint, given, trail),
            Type::Scalar(Scalar::External(id)) => {
                let sample = self.cx.api.externals.types[*id].sample(trail.nth);
                sample.cloned().unwrap_or_default()
            }
            Type::Scalar(it) => {
                let fit = |json: &&Json| fits::scalar(self.cx.api, *it, json);
                let stated = given.filter(fit).or(hint.default.as_ref().filter(fit));
                let stated = stated.filter(|it| trail.nth == 0 && wish.prose.takes(it));
                stated.cloned().unwrap_or_else(|| scalar::made(*it, hint, wish.prose, trail.nth))
            }
            Type::Json => {
                given.filter(|it| !it.is_null()).cloned().unwrap_or_else(|| wish.prose.any())
            }
        }
    }

    fn list(
        &self,
        wish: SampleRequest,
        inner: &Type,
        hint: &ValueHint,
        given: Option<&Json>,
        trail: &mut SamplePath,
    ) -> Json {
        let least = hint.min_items.filter(|_| trail.within.len() <= MAX_LIST_NESTING).unwrap_or(0);
        let again = !wish.full || trail.meets(inner);
        let count = if again { least } else { wish.items.max(least) };
        let count = count.min(hint.max_items.unwrap_or(count));
        let default = ValueHint::default();
        let inner_hint = hint.inner.as_deref().unwrap_or(&default);
        let given = given.and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
        let count = if again { count } else { count.max(given.len().min(2)) };
        let before = trail.nth;
        let items = (0..count).map(|index| {
            let own = given.get(index);
            trail.nth = if own.is_some() { 0 } else { index };
            self.value(wish, inner, inner_hint, own, trail)
        });
        let items = items.collect();
        trail.nth = before;
        Json::Array(items)
    }

    fn map(
        &self,
        wish: SampleRequest,
        inner: &Type,
        hint: &ValueHint,
        given: Option<&Json>,
        trail: &mut SamplePath,
    ) -> Json {
        if !wish.full || trail.meets(inner) {
            return Json::Object(Map::new());
        }
        let default = ValueHint::default();
        let inner_hint = hint.inner.as_deref().unwrap_or(&default);
        let stated = given.and_then(Json::as_object).filter(|it| !it.is_empty());
        let entries: Vec<_> = match stated {
            Some(stated) => {
                stated.iter().take(2).map(|(key, it)| (key.clone(), Some(it))).collect()
            }
            None => vec![("key".to_owned(), None)],
        };
        let entries = entries
            .into_iter()
            .map(|(key, own)| (key, self.value(wish, inner, inner_hint, own, trail)));
        Json::Object(entries.collect())
    }

    fn def(
        &self,
        wish: SampleRequest,
        id: Id<TypeDef>,
        hint: &ValueHint,
        given: Option<&Json>,
        trail: &mut SamplePath,
    ) -> Json {
        let own = self.hints.types.get(&id);
        let given = given.or_else(|| own?.example.as_ref());
        trail.within.push(id);
        let value = match &self.cx.api.types[id].shape {
            Shape::Struct(it) => Json::Object(self.object(wish, id, it, given, trail)),
            Shape::Enum(it) => {
                let stated = [given, hint.default.as_ref(), own.and_then(|it| it.default.as_ref())];
                let all = it.values.iter().map(|it| &it.value);
                let mut fitting = all.filter(|it| wish.prose.takes(it));
                let is_listed = |it: &&Json| fitting.clone().any(|listed| listed == *it);
                let mut stated = stated.into_iter().flatten().filter(|_| trail.nth == 0);
                let stated = stated.find(is_listed);
                let nth = || match trail.nth {
                    0 => fitting.next(),
                    nth => fitting.clone().nth(nth % fitting.count().max(1)),
                };
                stated.or_else(nth).cloned().unwrap_or_default()
            }
            Shape::Union(it) => self.union(wish, it, given, trail),
            Shape::Alias(inner) => {
                let mut both = hint.clone();
                if let Some(own) = own {
                    both.add(own.clone());
                }
                self.value(wish, inner, &both, given, trail)
            }
            Shape::Outcome(_) | Shape::Broken => Json::Null,
        };
        trail.within.pop();
        value
    }

    fn object(
        &self,
        wish: SampleRequest,
        id: Id<TypeDef>,
        it: &Struct,
        given: Option<&Json>,
        trail: &mut SamplePath,
    ) -> Map<String, Json> {
        let mut object = Map::new();
        let nth = std::mem::take(&mut trail.nth);
        let deep = trail.within.iter().filter(|it| self.is_struct(**it)).count();
        // A large object has all of its properties where it is the whole value: others hold it again and again.
        let full = wish.full
            && deep <= MAX_SAMPLE_DEPTH
            && (deep < 2 || it.fields.len() <= MAX_FULL_PROPERTIES);
        for (index, field) in it.fields.iter().enumerate() {
            let all = full && trail.left > 0 && !trail.meets(&field.ty);
            let clears = |it: &Json| match field.presence {
                Presence::Clearable => it.as_str() == Some(""),
                Presence::Required
                | Presence::Optional
                | Presence::Nullable
                | Presence::OptionalNullable => it.is_null(),
            };
            let stated = given.and_then(|it| it.get(&field.wire_name)).filter(|it| !clears(it));
            let value =
                self.member(SampleRequest { full: all, ..wish }, id, index, field, stated, trail);
            // An optional property that is null is left out.
            let optional = matches!(
                field.presence,
                Presence::Optional | Presence::OptionalNullable | Presence::Clearable
            );
            if let Some(value) = value.filter(|it| !(optional && it.is_null())) {
                trail.left = trail.left.saturating_sub(1);
                object.insert(field.wire_name.clone(), value);
            }
        }
        if let Some(ty) = it.extra.as_ref().filter(|it| full && trail.left > 0 && !trail.meets(it))
        {
            object.insert(
                "another".to_owned(),
                self.value(wish, ty, &ValueHint::default(), None, trail),
            );
        }
        trail.nth = nth;
        object
    }

    fn is_struct(&self, id: Id<TypeDef>) -> bool {
        matches!(self.cx.api.types[id].shape, Shape::Struct(_))
    }

    fn member(
        &self,
        wish: SampleRequest,
        id: Id<TypeDef>,
        index: usize,
        field: &Field,
        given: Option<&Json>,
        trail: &mut SamplePath,
    ) -> Option<Json> {
        if let Some(constant) = &field.constant {
            return Some(constant.clone());
        }
        // Bodies in parts are made by a constructor, which sets it.
        if let Some(preset) = field.preset.as_ref().filter(|_| self.cx.analysis.is_multipart(id)) {
            return Some(preset.clone());
        }
        let absent = match field.access {
            Access::ReadOnly => !wish.received && self.cx.analysis.is_sent(id),
            Access::WriteOnly => wish.received,
            Access::Both => false,
        };
        let value = |trail: &mut SamplePath| {
            // Of a tag only this value says what the object is.
            if let Some(preset) = &field.preset {
                return Some(preset.clone());
            }
            let hint = self.hints.fields.get(&(id, index)).cloned().unwrap_or_default();
            Some(self.value(wish, &field.ty, &hint, given, trail))
        };
        match field.presence {
            // A required property that may be null is null where it would otherwise be absent.
            Presence::Nullable if !wish.full || (absent && wish.received) => Some(Json::Null),
            _ if absent && wish.received => None,
            _ if absent && !wish.full => None,
            Presence::Optional | Presence::OptionalNullable | Presence::Clearable if !wish.full => {
                None
            }
            Presence::Required
            | Presence::Nullable
            | Presence::Optional
            | Presence::OptionalNullable
            | Presence::Clearable => value(trail),
        }
    }

    fn union(
        &self,
        wish: SampleRequest,
        it: &Union,
        given: Option<&Json>,
        trail: &mut SamplePath,
    ) -> Json {
        let top = trail.within.len() == 1;
        let fitting = |json: &&Json| fits::variant(self.cx.api, it, json);
        let chosen = given.and_then(|json| fitting(&json)).filter(|_| !top || wish.variant == 0);
        let given = given.filter(|_| chosen.is_some());
        let low = |index: &usize| self.heights.of(&it.variants[*index].ty);
        let lowest = || (0..it.variants.len()).min_by_key(low).unwrap_or(0);
        let wanted = if top { wish.variant } else { 0 };
        let wanted = match it.variants.get(wanted) {
            Some(variant) if wish.full && !trail.meets(&variant.ty) => wanted,
            Some(_) | None => {
                if top && wish.variant > 0 {
                    wanted
                } else {
                    lowest()
                }
            }
        };
        let Some(variant) = it.variants.get(chosen.unwrap_or(wanted)) else { return Json::Null };
        let mut value = self.value(wish, &variant.ty, &ValueHint::default(), given, trail);
        if let (Tag::Property(tag), Json::Object(object)) = (&it.tag, &mut value)
            && let Some(first) = variant.tags.first()
            && !object.get(tag).is_some_and(|it| variant.tags.contains(it))
        {
            object.insert(tag.clone(), first.clone());
        }
        if it.tag == Tag::Event {
            return serde_json::json!({"event": variant.tags.first(), "data": value});
        }
        value
    }

    /// True if a value is one of the type, so that it comes back from the client as it went in.
    pub(super) fn fits(&self, ty: &Type, json: &Json) -> bool {
        fits(self.cx.api, ty, json)
    }
}

/// The type of another crate in a type, if no sample of it is known.
fn without_sample(cx: EmitCx<'_>, ty: &Type) -> Option<Id<ExternalType>> {
    match ty {
        Type::Scalar(Scalar::External(id)) => {
            Some(*id).filter(|id| cx.api.externals.types[*id].samples.is_empty())
        }
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => without_sample(cx, inner),
        Type::Tuple(types) => types.iter().find_map(|it| without_sample(cx, it)),
        Type::Def(_) | Type::Scalar(_) | Type::Json => None,
    }
}

impl SamplePath {
    /// True if a type leads back to one of the types around the value.
    fn meets(&self, ty: &Type) -> bool {
        let mut met = false;
        ty.each_def(&mut |id| met |= self.within.contains(&id));
        met
    }
}
