//! Combines several objects into one, property by property.

use crate::ir::{
    Access, Api, Enum, EnumRepr, Field, Id, Presence, Scalar, Shape, Struct, Type, TypeDef,
};
use crate::load::{Document, Json};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The depth to which objects within objects are combined.
const MAX_DEPTH: u8 = 2;
/// More properties than this are combined on the first level only: each is compared with each on all levels.
const MAX_FIELDS: usize = 32;

/// Several objects at once.
pub(super) struct Joint {
    pub(super) it: Struct,
    /// The objects that a property is at once, where none of them says it all.
    pub(super) nested: BTreeMap<String, Vec<Id<TypeDef>>>,
}

impl From<&Struct> for Joint {
    fn from(it: &Struct) -> Self {
        let it = it.clone();
        Self { it, nested: BTreeMap::new() }
    }
}

impl Joint {
    /// True if it has more than one of the objects, `than`.
    pub(super) fn is_wider(&self, than: &Struct) -> bool {
        self.it.fields.len() > than.fields.len() || !self.nested.is_empty()
    }
}

/// An object that allows properties which it does not name.
pub(super) fn open<'a>(api: &'a Api, document: &Document, id: Id<TypeDef>) -> Option<&'a Struct> {
    let def = &api.types[id];
    let Shape::Struct(it) = &def.shape else { return None };
    let closed = document.at(&def.at).and_then(|it| it.boolean("additionalProperties"));
    (closed != Some(false) && matches!(it.extra, None | Some(Type::Json))).then_some(it)
}

/// Why several objects are not combined.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Apart {
    /// No value is all of them.
    Excluded,
    /// The objects within them, of which one may be several, are too deep or too large.
    Limit,
}

/// Several objects combined, if a value may be all of them.
pub(super) fn all(api: &Api, document: &Document, ids: &[Id<TypeDef>]) -> Result<Joint, Apart> {
    all_within(api, document, ids, MAX_DEPTH)
}

fn all_within(
    api: &Api,
    document: &Document,
    ids: &[Id<TypeDef>],
    depth: u8,
) -> Result<Joint, Apart> {
    let open = |id: Id<TypeDef>| open(api, document, id).ok_or(Apart::Excluded);
    let structs = ids.iter().map(|id| open(*id)).collect::<Result<Vec<_>, _>>()?;
    let left = depth.checked_sub(1).ok_or(Apart::Limit)?;
    let (first, others) = structs.split_first().ok_or(Apart::Excluded)?;
    let mut joint = Joint::from(*first);
    for it in others {
        joint = both_within(api, document, &joint, it, left)?;
        if joint.it.fields.len() > MAX_FIELDS {
            return Err(Apart::Limit);
        }
    }
    Ok(joint)
}

/// The properties of two objects, if a value may be both.
pub(super) fn both(
    api: &Api,
    document: &Document,
    one: &Joint,
    other: &Struct,
) -> Result<Joint, Apart> {
    both_within(api, document, one, other, MAX_DEPTH)
}

fn both_within(
    api: &Api,
    document: &Document,
    one: &Joint,
    other: &Struct,
    depth: u8,
) -> Result<Joint, Apart> {
    let (mut fields, mut nested) = (one.it.fields.clone(), one.nested.clone());
    let mut others: HashMap<&str, &Field> =
        other.fields.iter().map(|it| (&*it.wire_name, it)).collect();
    for field in &mut fields {
        let Some(same) = others.remove(&*field.wire_name) else { continue };
        let ty = match joint_type(api, &field.ty, &same.ty) {
            Some(ty) if !nested.contains_key(&field.wire_name) => ty,
            _ => {
                let ids = objects(api, nested.get(&field.wire_name), field, same);
                let ids = ids.ok_or(Apart::Excluded)?;
                let joint = all_within(api, document, &ids, depth)?;
                let widest = ids
                    .iter()
                    .find(|id| open(api, document, **id).is_some_and(|it| !joint.is_wider(it)));
                let ty = widest.map(|id| Type::Def(*id));
                match ty {
                    Some(_) => nested.remove(&field.wire_name),
                    None => nested.insert(field.wire_name.clone(), ids),
                };
                ty.unwrap_or_else(|| field.ty.clone())
            }
        };
        *field = joint_field(field, same, ty).ok_or(Apart::Excluded)?;
    }
    // The rest are new.
    fields.extend(other.fields.iter().filter(|it| others.contains_key(&*it.wire_name)).cloned());
    let extra = one.it.extra.clone().or_else(|| other.extra.clone());
    Ok(Joint { it: Struct { fields, extra, is_closed: false }, nested })
}

/// The objects that a property is in both.
fn objects(
    api: &Api,
    known: Option<&Vec<Id<TypeDef>>>,
    one: &Field,
    other: &Field,
) -> Option<Vec<Id<TypeDef>>> {
    let object = |it: &Field| match api.types.behind(&it.ty) {
        Type::Def(id) => Some(*id),
        Type::List(_)
        | Type::Map(_)
        | Type::Tuple(_)
        | Type::Nullable(_)
        | Type::Scalar(_)
        | Type::Json => None,
    };
    let (own, new) = (object(one)?, object(other)?);
    let mut ids = known.cloned().unwrap_or_else(|| vec![own]);
    if !ids.contains(&new) {
        ids.push(new);
    }
    Some(ids)
}

/// One property of two objects.
fn joint_field(one: &Field, other: &Field, ty: Type) -> Option<Field> {
    let constant = match (&one.constant, &other.constant) {
        (Some(left), Some(right)) if left != right => return None,
        (left, right) => left.clone().or_else(|| right.clone()),
    };
    let (left, right) = (one.presence, other.presence);
    let presence = match (left, right) {
        (Presence::Clearable, Presence::Clearable) => Presence::Clearable,
        _ => presence(
            is_required(left) || is_required(right),
            is_nullable(left) && is_nullable(right),
        ),
    };
    let access = if one.access == other.access { one.access } else { Access::Both };
    Some(Field { ty, presence, access, constant, ..one.clone() })
}

pub(super) fn is_required(it: Presence) -> bool {
    matches!(it, Presence::Required | Presence::Nullable)
}

pub(super) fn is_nullable(it: Presence) -> bool {
    matches!(it, Presence::Nullable | Presence::OptionalNullable)
}

pub(super) fn presence(required: bool, nullable: bool) -> Presence {
    match (required, nullable) {
        (true, false) => Presence::Required,
        (true, true) => Presence::Nullable,
        (false, false) => Presence::Optional,
        (false, true) => Presence::OptionalNullable,
    }
}

/// The type of values that are of both types, where that is plain.
fn joint_type(api: &Api, one: &Type, other: &Type) -> Option<Type> {
    if is_within(api, one, other) {
        return Some(one.clone());
    }
    is_within(api, other, one).then(|| other.clone())
}

/// True if all values of a type are values of another type, too.
fn is_within(api: &Api, narrow: &Type, wide: &Type) -> bool {
    let (narrow, wide) = (api.types.behind(narrow), api.types.behind(wide));
    match (narrow, wide) {
        (_, Type::Json) | (Type::Scalar(Scalar::Int(_)), Type::Scalar(Scalar::Float)) => true,
        (_, Type::Scalar(Scalar::Text)) => {
            narrow == wide || listed(api, narrow).is_some_and(|it| it.repr == EnumRepr::Text)
        }
        _ => match (listed(api, narrow), listed(api, wide)) {
            (Some(narrow), Some(wide)) => {
                let known: HashSet<&Json> = wide.values.iter().map(|it| &it.value).collect();
                narrow.values.iter().all(|it| known.contains(&it.value))
            }
            _ => narrow == wide,
        },
    }
}

fn listed<'a>(api: &'a Api, ty: &Type) -> Option<&'a Enum> {
    let Type::Def(id) = ty else { return None };
    match &api.types[*id].shape {
        Shape::Enum(it) => Some(it),
        Shape::Struct(_)
        | Shape::Union(_)
        | Shape::Alias(_)
        | Shape::Outcome(_)
        | Shape::Broken => None,
    }
}
