//! Files in bodies of several parts: each is a part of its own, wherever it is. Types that JSON has as well become two:
//! there a file is a text.

use super::media::is_octets;
use crate::diag::{Derived, NOT_EXPRESSED, Sink};
use crate::ir::{
    Api, BodyContent, Id, Operation, Origin, Parent, PartEncoding, Scalar, Shape, Struct, Type,
    TypeDef,
};
use std::collections::{HashMap, HashSet};

/// The number of nested lists and maps in which a file is looked for.
const MAX_DEPTH: u8 = 16;

/// The type of a body, and how some of its parts are written.
type MultipartBody = (Id<TypeDef>, Vec<(String, PartEncoding)>);

/// Gives files in bodies of several parts a type of their own.
pub(super) fn run(api: &mut Api, sink: &mut Sink) {
    let bodies: Vec<_> = api.operations.iter().filter_map(|(_, it)| body(it)).collect();
    if bodies.is_empty() {
        return;
    }
    let files = api.types.holders(is_file);
    let mut pass = Pass {
        shared: shared(api),
        known: HashMap::new(),
        files,
        octets: HashSet::new(),
        api,
        sink,
    };
    for (id, encodings) in &bodies {
        let octets = encodings
            .iter()
            .filter(|(_, it)| matches!(it, PartEncoding::Type(it) if is_octets(it)));
        let names: Vec<_> = octets.map(|(name, _)| name.clone()).collect();
        for id in pass.api.types.objects(*id) {
            pass.octets.extend(names.iter().map(|name| (id, name.clone())));
        }
    }
    let changed: HashMap<_, _> =
        bodies.iter().filter_map(|(id, _)| Some((*id, pass.body(*id)?))).collect();
    for operation in api.operations.ids() {
        if let Some(body) = &mut api.operations[operation].body
            && let BodyContent::Multipart(id, _) = &mut body.content
            && let Some(new) = changed.get(id)
        {
            *id = *new;
        }
    }
}

/// The type of a body of several parts, and how some of them are written.
fn body(operation: &Operation) -> Option<MultipartBody> {
    match &operation.body.as_ref()?.content {
        BodyContent::Multipart(id, encodings) => Some((*id, encodings.clone())),
        BodyContent::Json(_)
        | BodyContent::Form(..)
        | BodyContent::Values(..)
        | BodyContent::Parts
        | BodyContent::Bytes
        | BodyContent::Text => None,
    }
}

/// True if a type is bytes, or a list or map of them.
fn is_file(ty: &Type) -> bool {
    match ty {
        Type::Scalar(it) => *it == Scalar::File,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => is_file(inner),
        Type::Tuple(_) | Type::Def(_) | Type::Json => false,
    }
}

/// The types that are sent or received by other ways than as parts, and those that stand in tuples.
fn shared(api: &Api) -> HashSet<Id<TypeDef>> {
    let mut found = HashSet::new();
    for (_, operation) in api.operations.iter() {
        let own = body(operation).map(|it| Type::Def(it.0));
        operation.each_received(&mut |ty| spread(api, ty, &mut found));
        operation.each_sent(&mut |ty| {
            if own.as_ref() != Some(ty) {
                spread(api, ty, &mut found);
            }
        });
    }
    for (_, def) in api.types.iter() {
        def.shape.each_type(&mut |ty| tuples(api, ty, &mut found));
    }
    found
}

fn tuples(api: &Api, ty: &Type, found: &mut HashSet<Id<TypeDef>>) {
    match ty {
        Type::Tuple(_) => spread(api, ty, found),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => tuples(api, inner, found),
        Type::Def(_) | Type::Scalar(_) | Type::Json => {}
    }
}

/// Adds the types that a type is made of.
pub(super) fn spread(api: &Api, ty: &Type, found: &mut HashSet<Id<TypeDef>>) {
    let mut queue = Vec::new();
    ty.each_def(&mut |id| queue.push(id));
    while let Some(id) = queue.pop() {
        if found.insert(id) {
            api.types[id].shape.each_def(&mut |id| queue.push(id));
        }
    }
}

/// The position of a value in a body.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PartPosition {
    /// It is a part, and no more: bytes in base64 are a file, too.
    Part,
    /// It is a part of which an encoding says that it is bytes.
    Octets,
    /// It is within a part, or one that JSON has as well.
    Within,
}

impl PartPosition {
    /// The place of what a union has chosen, which says itself whether it is bytes.
    fn of_variants(self) -> Self {
        if self == Self::Octets { Self::Part } else { self }
    }
}

struct Pass<'a> {
    api: &'a mut Api,
    sink: &'a mut Sink,
    shared: HashSet<Id<TypeDef>>,
    files: HashSet<Id<TypeDef>>,
    /// Parts that are bytes by their encoding, by body and property.
    octets: HashSet<(Id<TypeDef>, String)>,
    /// The new type for each type.
    known: HashMap<Id<TypeDef>, Id<TypeDef>>,
}

impl Pass<'_> {
    /// The type of a body with files in it; none where it holds no file.
    fn body(&mut self, id: Id<TypeDef>) -> Option<Id<TypeDef>> {
        let holds =
            self.api.types.objects(id).into_iter().any(|id| match &self.api.types[id].shape {
                Shape::Struct(it) => {
                    let place = |name: &str| self.of_property(id, name, PartPosition::Part);
                    it.fields.iter().any(|it| self.is_held(&it.ty, place(&it.wire_name)))
                        || it.extra.iter().any(|it| self.is_held(it, place("")))
                }
                Shape::Union(_)
                | Shape::Enum(_)
                | Shape::Alias(_)
                | Shape::Outcome(_)
                | Shape::Broken => false,
            });
        holds.then(|| self.def(id, PartPosition::Part))
    }

    /// True if a type holds a file, in a place of a body.
    fn is_held(&self, ty: &Type, place: PartPosition) -> bool {
        self.is_held_below(ty, place, MAX_DEPTH)
    }

    fn is_held_below(&self, ty: &Type, place: PartPosition, depth: u8) -> bool {
        let Some(left) = depth.checked_sub(1) else { return false };
        match self.api.types.behind(ty) {
            Type::Scalar(Scalar::File | Scalar::Part) => true,
            Type::Scalar(Scalar::Base64 | Scalar::Base64Url) => place != PartPosition::Within,
            Type::Scalar(Scalar::External(id)) if self.api.externals.types[*id].form.is_bytes() => {
                place != PartPosition::Within
            }
            Type::Scalar(Scalar::Text) | Type::Json => place == PartPosition::Octets,
            Type::List(inner) => self.is_held_below(inner, self.of_items(inner, place), left),
            Type::Nullable(inner) => self.is_held_below(inner, place, left),
            Type::Map(inner) => self.is_held_below(inner, PartPosition::Within, left),
            Type::Def(id) => match &self.api.types[*id].shape {
                _ if self.files.contains(id) => true,
                Shape::Union(it) => {
                    let place = place.of_variants();
                    it.variants.iter().any(|it| self.is_held_below(&it.ty, place, left))
                }
                Shape::Struct(_)
                | Shape::Enum(_)
                | Shape::Alias(_)
                | Shape::Outcome(_)
                | Shape::Broken => false,
            },
            Type::Scalar(_) | Type::Tuple(_) => false,
        }
    }

    /// The place of the items of a list: each is a part, unless it is a list again.
    fn of_items(&self, item: &Type, place: PartPosition) -> PartPosition {
        let is_list = matches!(self.api.types.behind(item), Type::List(_));
        if is_list { PartPosition::Within } else { place }
    }

    /// A type with files in the place of bytes.
    fn ty(&mut self, ty: &Type, place: PartPosition) -> Type {
        if !self.is_held(ty, place) {
            return ty.clone();
        }
        match ty {
            Type::Scalar(_) | Type::Json => Type::Scalar(Scalar::Part),
            Type::List(inner) => {
                let place = self.of_items(inner, place);
                Type::List(Box::new(self.ty(inner, place)))
            }
            Type::Nullable(inner) => Type::Nullable(Box::new(self.ty(inner, place))),
            Type::Map(inner) => Type::Map(Box::new(self.ty(inner, PartPosition::Within))),
            Type::Tuple(_) => ty.clone(),
            Type::Def(id) => match &self.api.types[*id].shape {
                Shape::Alias(inner)
                    if self.shared.contains(id) || place == PartPosition::Octets =>
                {
                    let inner = inner.clone();
                    self.ty(&inner, place)
                }
                _ => Type::Def(self.def(*id, place)),
            },
        }
    }

    /// A definition with files in the place of bytes: itself, or another one if JSON has it as it is.
    fn def(&mut self, id: Id<TypeDef>, place: PartPosition) -> Id<TypeDef> {
        if let Some(known) = self.known.get(&id) {
            return *known;
        }
        let new = if self.shared.contains(&id) { self.copy(id) } else { id };
        self.known.insert(id, new);
        self.known.insert(new, new);
        let mut shape = self.api.types[id].shape.clone();
        match &mut shape {
            Shape::Struct(it) => self.properties(id, it, place),
            Shape::Union(it) => {
                let place = place.of_variants();
                for variant in &mut it.variants {
                    variant.ty = self.ty(&variant.ty, place);
                }
            }
            Shape::Alias(ty) => *ty = self.ty(ty, place),
            Shape::Enum(_) | Shape::Outcome(_) | Shape::Broken => {}
        }
        self.api.types[new].shape = shape;
        new
    }

    /// The place of a property. What JSON has as base64 as well is base64 in parts, too.
    fn of_property(&self, id: Id<TypeDef>, name: &str, place: PartPosition) -> PartPosition {
        let octets = self.octets.contains(&(id, name.to_owned()));
        match place {
            PartPosition::Part | PartPosition::Octets if octets => PartPosition::Octets,
            PartPosition::Part | PartPosition::Octets if !self.shared.contains(&id) => {
                PartPosition::Part
            }
            PartPosition::Part | PartPosition::Octets | PartPosition::Within => {
                PartPosition::Within
            }
        }
    }

    fn properties(&mut self, id: Id<TypeDef>, it: &mut Struct, place: PartPosition) {
        for field in it.fields.iter_mut().filter(|it| it.constant.is_none()) {
            let place = self.of_property(id, &field.wire_name, place);
            let held = self.is_held(&field.ty, place);
            let ty = self.ty(&field.ty, place);
            if held && self.is_within(&ty, MAX_DEPTH) {
                let message = format_args!(
                    "no specification names the files within a part: they are sent as parts `{}[…]`",
                    field.wire_name
                );
                self.sink.report(&NOT_EXPRESSED, &field.at, message);
            }
            if self.is_in_tuple(&field.ty) {
                let message =
                    format_args!("a file in the tuple `{}` is sent as text", field.wire_name);
                self.sink.report(&NOT_EXPRESSED, &field.at, message);
            }
            field.ty = ty;
        }
        let place = self.of_property(id, "", place);
        it.extra = it.extra.as_ref().map(|it| self.ty(it, place));
    }

    /// True if a file is within something that has names of its own.
    fn is_within(&self, ty: &Type, depth: u8) -> bool {
        let Some(left) = depth.checked_sub(1) else { return false };
        match self.api.types.behind(ty) {
            Type::List(inner) => match self.api.types.behind(inner) {
                // The items of a list within a list have its number in their names.
                Type::List(item) => self.is_held(item, PartPosition::Within),
                inner => self.is_within(inner, left),
            },
            Type::Nullable(inner) => self.is_within(inner, left),
            Type::Map(inner) => self.is_held(inner, PartPosition::Within),
            Type::Def(id) => match &self.api.types[*id].shape {
                Shape::Union(it) => it.variants.iter().any(|it| self.is_within(&it.ty, left)),
                Shape::Struct(_) => self.files.contains(id),
                Shape::Enum(_) | Shape::Alias(_) | Shape::Outcome(_) | Shape::Broken => false,
            },
            Type::Scalar(_) | Type::Tuple(_) | Type::Json => false,
        }
    }

    /// True if a file is in a tuple, whose items cannot be parts.
    fn is_in_tuple(&self, ty: &Type) -> bool {
        match ty {
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => self.is_in_tuple(inner),
            Type::Tuple(types) => types.iter().any(|it| {
                let mut held = is_file(it) || self.is_in_tuple(it);
                it.each_def(&mut |id| held |= self.files.contains(&id));
                held
            }),
            Type::Scalar(_) | Type::Def(_) | Type::Json => false,
        }
    }

    /// Another type of the same shape.
    fn copy(&mut self, id: Id<TypeDef>) -> Id<TypeDef> {
        let def = &self.api.types[id];
        let (parent, mut role) = match &def.origin {
            Origin::Component(name) => (Parent::Component(name.clone()), Vec::new()),
            Origin::Inline { parent, role } => (parent.clone(), role.clone()),
        };
        role.push("parts".to_owned());
        let origin = Origin::Inline { parent, role };
        let def = TypeDef { origin, at: def.at.derived(Derived::Parts), ..def.clone() };
        let new = self.api.types.push(TypeDef { wish: None, ..def });
        if self.files.contains(&id) {
            self.files.insert(new);
        }
        new
    }
}
