//! The shapes of values.

use super::{ExternalType, Id, OutcomeCase};
use crate::diag::SpecPtr;
use serde_json::Value as Json;
use std::ops::RangeInclusive;

/// A type with a name of its own.
#[derive(Clone, Debug)]
pub(crate) struct TypeDef {
    pub(crate) origin: Origin,
    pub(crate) docs: Docs,
    pub(crate) shape: Shape,
    /// A name that the document asks for (`x-rust-name`).
    pub(crate) wish: Option<String>,
    pub(crate) at: SpecPtr,
}

/// Where a type came from: a wish for a name, not a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Origin {
    /// A schema in `components`, by its key.
    Component(String),
    /// A schema inside something else, and the words of the way to it.
    Inline { parent: Parent, role: Vec<String> },
}

/// The item that contains an inline type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Parent {
    /// A named schema.
    Component(String),
    /// The operation at a place.
    Operation(SpecPtr),
    /// A path, for what its operations share.
    Path(String),
    /// A parameter, response, body or header in `components`.
    Shared { kind: String, name: String },
}

/// The document's description of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Docs {
    pub(crate) text: Option<String>,
    /// The note that goes with `deprecated`, empty where there is none.
    pub(crate) deprecated: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Struct(Struct),
    Enum(Enum),
    Union(Union),
    Alias(Type),
    /// Several success answers of one operation, told apart by status and media type.
    Outcome(Vec<OutcomeCase>),
    /// Not understood: it and whatever needs it are left out.
    Broken,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Type {
    Def(Id<TypeDef>),
    List(Box<Type>),
    Map(Box<Type>),
    Tuple(Vec<Type>),
    Nullable(Box<Type>),
    Scalar(Scalar),
    /// Any JSON, because the document says so.
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Scalar {
    Bool,
    Int(IntKind),
    /// An integer that travels as a string (`type: string, format: int64`).
    IntText(IntKind),
    Float,
    Text,
    Timestamp,
    /// Bytes in base64.
    Base64,
    /// The same with the alphabet for URLs.
    Base64Url,
    /// Bytes of any kind, which JSON and forms can hold as text only.
    File,
    /// A file that is a part of a multipart body, with its name and media type.
    Part,
    Null,
    /// A value of a type of another crate.
    External(Id<ExternalType>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum IntKind {
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
}

impl IntKind {
    /// The values that it has.
    pub(crate) fn range(self) -> RangeInclusive<i128> {
        match self {
            IntKind::I8 => i8::MIN.into()..=i8::MAX.into(),
            IntKind::I16 => i16::MIN.into()..=i16::MAX.into(),
            IntKind::I32 => i32::MIN.into()..=i32::MAX.into(),
            IntKind::I64 => i64::MIN.into()..=i64::MAX.into(),
            IntKind::U8 => 0..=u8::MAX.into(),
            IntKind::U16 => 0..=u16::MAX.into(),
            IntKind::U32 => 0..=u32::MAX.into(),
            IntKind::U64 => 0..=u64::MAX.into(),
        }
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Struct {
    pub(crate) fields: Vec<Field>,
    /// Properties beyond the named ones.
    pub(crate) extra: Option<Type>,
    /// The document excludes other properties.
    pub(crate) is_closed: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) wire_name: String,
    pub(crate) ty: Type,
    pub(crate) presence: Presence,
    pub(crate) access: Access,
    /// The only value that it may have: written always, and no field of the struct.
    pub(crate) constant: Option<Json>,
    /// The value that constructors give it: the tag of a variant that may come without one.
    pub(crate) preset: Option<Json>,
    pub(crate) default: Option<Json>,
    /// The document's description of its range, in words.
    pub(crate) limits: Option<String>,
    pub(crate) docs: Docs,
    pub(crate) wish: Option<String>,
    pub(crate) at: SpecPtr,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    Required,
    Optional,
    Nullable,
    OptionalNullable,
    /// Optional, and an empty text stands in the place of null.
    Clearable,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Both,
    /// Sent by the server only.
    ReadOnly,
    /// Sent by the client only.
    WriteOnly,
}

#[derive(Clone, Debug)]
pub(crate) struct Enum {
    pub(crate) repr: EnumRepr,
    pub(crate) values: Vec<EnumValue>,
    /// Any other text is a value too, by the document.
    pub(crate) is_open: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EnumRepr {
    Text,
    Int,
    /// Scalars of several JSON types.
    Mixed,
}

#[derive(Clone, Debug)]
pub(crate) struct EnumValue {
    pub(crate) value: Json,
    /// The document's own name for it (`x-enum-varnames`).
    pub(crate) wish: Option<String>,
    pub(crate) docs: Docs,
}

#[derive(Clone, Debug)]
pub(crate) struct Union {
    pub(crate) tag: Tag,
    pub(crate) variants: Vec<Variant>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    /// The property whose value chooses the variant.
    Property(String),
    /// The name of the event whose data it is.
    Event,
    /// The variant that fits.
    Untagged,
}

#[derive(Clone, Debug)]
pub(crate) struct Variant {
    pub(crate) ty: Type,
    /// The tag's values that choose it.
    pub(crate) tags: Vec<Json>,
    /// The tag is not a property of the payload, so the union writes it.
    pub(crate) adds_tag: bool,
    /// The payload may come without the tag.
    pub(crate) lacks_tag: bool,
    /// The name that it asks for, instead of that of its type.
    pub(crate) wish: Option<String>,
    pub(crate) docs: Docs,
    pub(crate) at: SpecPtr,
}
