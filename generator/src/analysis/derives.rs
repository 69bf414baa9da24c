//! The traits that types are given because `client.yaml` asks for them, where all that they hold has them.

use super::Analysis;
use crate::config::DerivedTrait;
use crate::diag::SpecPtr;
use crate::ir::{Api, EnumRepr, Id, Scalar, Shape, Tag, Type, TypeDef};
use std::collections::HashSet;

/// The traits, each with the types that cannot have it.
pub(crate) type Derives = Vec<(DerivedTrait, HashSet<Id<TypeDef>>)>;

/// The reason why a type, and all that hold it, cannot have a trait.
#[derive(Debug)]
pub(crate) struct Obstacle {
    pub(crate) wanted: DerivedTrait,
    pub(crate) at: SpecPtr,
    pub(crate) why: String,
}

/// For each trait the types that cannot have it: those with an obstacle of their own, and all that hold one of them.
pub(super) fn gather(api: &Api, analysis: &Analysis) -> Derives {
    if api.derives.is_empty() {
        return Vec::new();
    }
    let mut users: Vec<Vec<Id<TypeDef>>> = vec![Vec::new(); api.types.len()];
    for (id, def) in api.types.iter() {
        def.shape.each_def(&mut |to| users[to.index()].push(id));
    }
    let lacking = |wanted: DerivedTrait| {
        let own = api.types.ids().filter(|id| obstacle(api, analysis, *id, wanted).is_some());
        let mut queue: Vec<_> = own.collect();
        let mut found: HashSet<_> = queue.iter().copied().collect();
        while let Some(id) = queue.pop() {
            queue.extend(users[id.index()].iter().copied().filter(|it| found.insert(*it)));
        }
        found
    };
    api.derives.iter().map(|wanted| (*wanted, lacking(*wanted))).collect()
}

/// The obstacles of all types that are part of the client.
pub(crate) fn obstacles(api: &Api, analysis: &Analysis) -> Vec<Obstacle> {
    let of = |id| api.derives.iter().filter_map(move |it| obstacle(api, analysis, id, *it));
    api.types.ids().filter(|id| analysis.is_live(*id)).flat_map(of).collect()
}

fn obstacle(
    api: &Api,
    analysis: &Analysis,
    id: Id<TypeDef>,
    wanted: DerivedTrait,
) -> Option<Obstacle> {
    let def = &api.types[id];
    let found = |at: &SpecPtr, why: String| Some(Obstacle { wanted, at: at.clone(), why });
    let of_type = |at: &SpecPtr, ty: &Type| found(at, missing(api, ty, wanted)?);
    if analysis.is_multipart(id) {
        return found(&def.at, "a body in parts cannot be compared".to_owned());
    }
    match &def.shape {
        Shape::Struct(it) => {
            let mut fields = it.fields.iter().filter(|it| it.constant.is_none());
            let field = fields.find_map(|it| of_type(&it.at, &it.ty));
            let others =
                if analysis.keeps_undocumented(id) { Some(&Type::Json) } else { it.extra.as_ref() };
            field.or_else(|| of_type(&def.at, others?))
        }
        Shape::Union(it) if it.tag != Tag::Event && wanted.is_order() => {
            found(&def.at, "JSON, as which unknown variants are kept, has no order".to_owned())
        }
        Shape::Union(it) => it.variants.iter().find_map(|it| of_type(&it.at, &it.ty)),
        Shape::Enum(it) if it.repr == EnumRepr::Mixed && wanted.is_order() => {
            found(&def.at, "values of several types have no order".to_owned())
        }
        Shape::Alias(ty) => of_type(&def.at, ty),
        Shape::Enum(_) | Shape::Outcome(_) | Shape::Broken => None,
    }
}

/// The reason why values of a type lack a trait, if its own parts are one.
fn missing(api: &Api, ty: &Type, wanted: DerivedTrait) -> Option<String> {
    let why = match ty {
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => {
            return missing(api, inner, wanted);
        }
        Type::Tuple(types) => return types.iter().find_map(|it| missing(api, it, wanted)),
        Type::Json if wanted.is_order() => "JSON has no order",
        Type::Scalar(Scalar::Float) if wanted != DerivedTrait::PartialOrd => {
            "this is a float, which may be no number"
        }
        Type::Scalar(Scalar::Timestamp) if wanted.is_order() => {
            "the text of a point in time does not say its order"
        }
        Type::Scalar(Scalar::Part) => "a file cannot be compared",
        Type::Scalar(Scalar::External(id)) => {
            let external = &api.externals.types[*id];
            let lacks = !external.traits.contains(&wanted);
            return lacks.then(|| format!("`{}` is not known to have it", external.path));
        }
        Type::Def(_) | Type::Json | Type::Scalar(_) => return None,
    };
    Some(why.to_owned())
}
