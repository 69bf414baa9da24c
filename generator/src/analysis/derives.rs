//! The traits that types are given because `client.yaml` asks for them, where all that they hold has them.

use super::Analysis;
use crate::config::{DeriveRule, DerivedTrait};
use crate::diag::SpecPtr;
use crate::ir::{Api, EnumRepr, Field, Id, Presence, Scalar, Shape, Tag, Type, TypeDef};
use std::collections::HashSet;

/// The traits, each with the types that have it.
pub(crate) type Derives = Vec<(DerivedTrait, Derivers)>;

/// The types that have a trait.
#[derive(Debug)]
pub(crate) enum Derivers {
    AllBut(HashSet<Id<TypeDef>>),
    Only(HashSet<Id<TypeDef>>),
}

impl Derivers {
    pub(super) fn contains(&self, id: Id<TypeDef>) -> bool {
        match self {
            Self::AllBut(lacking) => !lacking.contains(&id),
            Self::Only(them) => them.contains(&id),
        }
    }
}

/// The reason why a type, and all that hold it, cannot have a trait.
#[derive(Debug)]
pub(crate) struct Obstacle<'a> {
    pub(crate) wanted: &'a DerivedTrait,
    pub(crate) at: SpecPtr,
    pub(crate) why: String,
}

/// For each trait the types that have it: all but those with an obstacle of their own and those that hold one of them,
/// or the ones at the places that an entry names.
pub(super) fn gather(api: &Api, analysis: &Analysis) -> Derives {
    if api.derives.is_empty() && api.derives_at.is_empty() {
        return Vec::new();
    }
    let mut users: Vec<Vec<Id<TypeDef>>> = vec![Vec::new(); api.types.len()];
    for (id, def) in api.types.iter() {
        def.shape.each_def(&mut |to| users[to.index()].push(id));
    }
    let lacking = |wanted: &DerivedTrait| {
        let own = api.types.ids().filter(|id| obstacle(api, analysis, *id, wanted).is_some());
        reached(own.collect(), |id, queue| queue.extend(&users[id.index()]))
    };
    let everywhere = api.derives.iter().map(|it| (it.clone(), Derivers::AllBut(lacking(it))));
    let single = api.derives_at.iter().map(|it| {
        let mut them = meant(api, it);
        if it.derived == DerivedTrait::JsonSchema {
            let lacking = lacking(&it.derived);
            them.retain(|id| !lacking.contains(id));
        }
        (it.derived.clone(), Derivers::Only(them))
    });
    everywhere.chain(single).collect()
}

/// The types that an entry means. A schema refers to others, which the types of these must have, too.
pub(super) fn meant(api: &Api, rule: &DeriveRule) -> HashSet<Id<TypeDef>> {
    let own = api.types.iter().filter(|(_, it)| rule.means(&it.at)).map(|it| it.0);
    let is_schema = rule.derived == DerivedTrait::JsonSchema;
    reached(own.collect(), |id, queue| {
        if is_schema {
            api.types[id].shape.each_def(&mut |to| queue.push(to));
        }
    })
}

/// The types of a queue, and all that further ones lead to.
fn reached(
    mut queue: Vec<Id<TypeDef>>,
    further: impl Fn(Id<TypeDef>, &mut Vec<Id<TypeDef>>),
) -> HashSet<Id<TypeDef>> {
    let mut found = HashSet::new();
    while let Some(id) = queue.pop() {
        if found.insert(id) {
            further(id, &mut queue);
        }
    }
    found
}

/// The obstacles of all types that are part of the client. Entries for single types have none but for JSON Schemas: whoever
/// names a type knows what the trait asks of it.
pub(crate) fn obstacles<'a>(api: &'a Api, analysis: &Analysis) -> Vec<Obstacle<'a>> {
    let of = |id| api.derives.iter().filter_map(move |it| obstacle(api, analysis, id, it));
    let live = api.types.ids().filter(|id| analysis.is_live(*id));
    let mut found: Vec<_> = live.flat_map(of).collect();
    for it in api.derives_at.iter().filter(|it| it.derived == DerivedTrait::JsonSchema) {
        let them = meant(api, it);
        let live = api.types.ids().filter(|id| analysis.is_live(*id) && them.contains(id));
        found.extend(live.filter_map(|id| obstacle(api, analysis, id, &it.derived)));
    }
    found
}

fn obstacle<'a>(
    api: &Api,
    analysis: &Analysis,
    id: Id<TypeDef>,
    wanted: &'a DerivedTrait,
) -> Option<Obstacle<'a>> {
    let def = &api.types[id];
    let found =
        |at: &SpecPtr, why: &str| Some(Obstacle { wanted, at: at.clone(), why: why.to_owned() });
    let of_type = |at: &SpecPtr, ty: &Type| found(at, &missing(api, ty, wanted)?);
    let is_path = matches!(wanted, DerivedTrait::Path(_));
    if let Some(why) = in_parts(wanted).filter(|_| analysis.is_multipart(id)) {
        return found(&def.at, why);
    }
    if *wanted == DerivedTrait::JsonSchema {
        return None;
    }
    match &def.shape {
        Shape::Struct(it) => {
            let mut fields = it.fields.iter().filter(|it| it.constant.is_none());
            let patch = fields.clone().find(|field| is_path && is_patch(analysis, id, field));
            let field = fields.find_map(|it| of_type(&it.at, &it.ty));
            let others =
                if analysis.keeps_undocumented(id) { Some(&Type::Json) } else { it.extra.as_ref() };
            field
                .or_else(|| found(&patch?.at, "the runtime's `Patch` does not have it"))
                .or_else(|| of_type(&def.at, others?))
        }
        Shape::Union(it) if it.tag != Tag::Event && wanted.is_order() => {
            found(&def.at, "JSON, as which unknown variants are kept, has no order")
        }
        Shape::Union(it) => {
            let variant = it.variants.iter().find_map(|it| of_type(&it.at, &it.ty));
            let unknown = || found(&def.at, "unknown variants are kept as JSON");
            variant.or_else(|| if is_path && it.tag != Tag::Event { unknown() } else { None })
        }
        Shape::Enum(it) if it.repr == EnumRepr::Mixed && wanted.is_order() => {
            found(&def.at, "values of several types have no order")
        }
        Shape::Enum(_) if is_path => {
            found(&def.at, "values that are not listed are kept in a type of the runtime")
        }
        Shape::Alias(ty) => of_type(&def.at, ty),
        Shape::Enum(_) | Shape::Outcome(_) | Shape::Broken => None,
    }
}

/// The reason why a body in parts lacks a trait.
fn in_parts(wanted: &DerivedTrait) -> Option<&'static str> {
    match wanted {
        DerivedTrait::JsonSchema => Some("a body in parts is no JSON"),
        DerivedTrait::Path(_) => None,
        DerivedTrait::Eq | DerivedTrait::PartialOrd | DerivedTrait::Ord | DerivedTrait::Hash => {
            Some("a body in parts cannot be compared")
        }
    }
}

/// True if the type of a field can say that null clears it.
fn is_patch(analysis: &Analysis, id: Id<TypeDef>, field: &Field) -> bool {
    match field.presence {
        Presence::OptionalNullable => analysis.is_patch(id),
        Presence::Clearable => true,
        Presence::Required | Presence::Optional | Presence::Nullable => false,
    }
}

/// The reason why values of a type lack a trait, if its own parts are one.
fn missing(api: &Api, ty: &Type, wanted: &DerivedTrait) -> Option<String> {
    let is_path = matches!(wanted, DerivedTrait::Path(_));
    let why = match ty {
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => {
            return missing(api, inner, wanted);
        }
        Type::Tuple(types) => return types.iter().find_map(|it| missing(api, it, wanted)),
        Type::Json if wanted.is_order() => "JSON has no order",
        Type::Json if is_path => "JSON is not known to have it",
        Type::Scalar(Scalar::Float) if !is_path && !matches!(wanted, DerivedTrait::PartialOrd) => {
            "this is a float, which may be no number"
        }
        Type::Scalar(Scalar::Timestamp) if wanted.is_order() => {
            "the text of a point in time does not say its order"
        }
        Type::Scalar(Scalar::Timestamp) if is_path => "the runtime's `Timestamp` does not have it",
        Type::Scalar(Scalar::Part) if is_path => "the runtime's `FilePart` does not have it",
        Type::Scalar(Scalar::Part) => "a file cannot be compared",
        Type::Scalar(Scalar::External(id)) => {
            let external = &api.externals.types[*id];
            let lacks = !external.traits.contains(wanted);
            return lacks.then(|| format!("`{}` is not known to have it", external.path));
        }
        Type::Def(_) | Type::Json | Type::Scalar(_) => return None,
    };
    Some(why.to_owned())
}
