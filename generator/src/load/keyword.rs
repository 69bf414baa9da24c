//! The table of the keywords of a schema: a row says all that the passes must know of one.
//!
//! A keyword that OpenAPI 3.0 has is read by openapiv3, or from the tree. One that it has not is in the second part of
//! the table, and so a field of [`Beyond`]: the compiler names the field until a pass reads it.

use super::meaning::IgnoredReason;
use super::node_ref::NodeRef;

/// The type that the value of a keyword must have, where anything else would be misunderstood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ExpectedType {
    Anything,
    Text,
    Flag,
    /// A number, or the flag that some of them were in OpenAPI 3.0.
    Number,
    List,
    /// A list of texts.
    Texts,
    Object,
    /// An object that names a property.
    Discriminator,
    /// The text of a reference, which is never a number.
    Reference,
    /// A schema or a flag.
    Schema,
}

/// The content of a keyword, and the word that it adds to the names of types in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeywordContent {
    /// Words of the document.
    Nothing,
    /// Values of users: no key in them is OpenAPI's.
    Value,
    Discriminator,
    /// A schema; the word is its own in names, unless it is empty.
    Schema(&'static str),
    /// The same, or a boolean that stays one.
    SchemaOrFlag(&'static str),
    /// A list of schemas, each named by the word and its number.
    Numbered(&'static str),
    /// A list of schemas that hold at once: they add no word.
    Members,
    /// A list of schemas of which one is chosen.
    Variants,
    /// Schemas under names that are the vendor's own.
    Named,
}

/// The type of the values that a keyword speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    Any,
    Texts,
    Numbers,
    Lists,
    Objects,
}

impl Of {
    /// True if a keyword may restrict values of a JSON type.
    pub(crate) fn has(self, ty: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Texts => ty == "string",
            Self::Numbers => matches!(ty, "number" | "integer"),
            Self::Lists => ty == "array",
            Self::Objects => ty == "object",
        }
    }
}

/// The part that a keyword has in describing the type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Nothing, or less than others say.
    Light,
    /// It depends on the schemas in it.
    Structure,
    /// By itself it makes a schema more than words.
    Substance,
}

/// Who reads a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReadBy {
    /// openapiv3.
    Piece,
    /// The passes, from the tree.
    Tree,
    /// The downgrade, which says the same in other words.
    Downgrade,
    /// Nobody: it has no effect on a client, and that is told.
    Nobody,
    /// Nobody: it is for schemas' authors, and nobody misses it.
    Author,
}

/// All properties of a keyword.
#[derive(Clone, Copy)]
pub(crate) struct KeywordRow {
    pub(super) expected: ExpectedType,
    pub(crate) holds: KeywordContent,
    pub(crate) of: Of,
    pub(crate) weight: Weight,
    pub(super) read_by: ReadBy,
    /// Why it has no meaning where nothing uses it; without a reason that is told.
    pub(super) idle: Option<IgnoredReason>,
}

macro_rules! keywords {
    (
        known { $($known:ident $known_name:literal:
            $e:expr, $h:expr, $o:expr, $w:expr, $r:expr, $i:expr;)* }
        beyond { $($beyond:ident $beyond_name:literal, $field:ident as $kind:ident:
            $be:expr, $bh:expr, $bo:expr, $bw:expr, $bi:expr;)* }
    ) => {
        /// A keyword of a schema.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum SchemaKeyword { $($known,)* $($beyond,)* }

        impl SchemaKeyword {
            /// The names of all.
            pub(super) const NAMES: &[&str] = &[$($known_name,)* $($beyond_name,)*];

            /// The keyword of a name.
            pub(crate) fn of(name: &str) -> Option<Self> {
                Some(match name {
                    $($known_name => Self::$known,)*
                    $($beyond_name => Self::$beyond,)*
                    _ => return None,
                })
            }

            pub(crate) fn name(self) -> &'static str {
                match self {
                    $(Self::$known => $known_name,)*
                    $(Self::$beyond => $beyond_name,)*
                }
            }

            pub(crate) fn row(self) -> KeywordRow {
                let (expected, holds, of, weight, read_by, idle) = match self {
                    $(Self::$known => ($e, $h, $o, $w, $r, $i),)*
                    $(Self::$beyond => ($be, $bh, $bo, $bw, ReadBy::Tree, $bi),)*
                };
                KeywordRow { expected, holds, of, weight, read_by, idle }
            }
        }

        /// The keywords of a schema that openapiv3 does not read. Asking for one marks nothing; using it does.
        pub(crate) struct Beyond<'s, 'a> {
            $(pub(crate) $field: $kind<'s, 'a>,)*
        }

        impl<'a> NodeRef<'a> {
            /// The keywords of this schema that OpenAPI 3.0 does not have.
            pub(crate) fn beyond(&self) -> Beyond<'_, 'a> {
                Beyond { $($field: $kind(self, SchemaKeyword::$beyond),)* }
            }
        }
    };
}

use ExpectedType::{Anything, Flag, List, Number, Object, Reference, Schema, Text};
use IgnoredReason::{Checks, Default, Direction, Document, Referred, Samples, Words, Xml};
use KeywordContent::{Members, Named, Nothing, Numbered, SchemaOrFlag, Value, Variants};
use Of::{Any, Lists, Numbers, Objects, Texts};
use ReadBy::{Author, Downgrade, Nobody, Piece, Tree};
use Weight::{Light, Structure, Substance};

keywords! {
    // The keyword: what it must be, what it holds, of which values it speaks, how much it says, who reads it, and why
    // it may be idle.
    known {
        Ref "$ref": Reference, Nothing, Any, Light, Tree, None;
        Type "type": Anything, Nothing, Any, Light, Piece, None;
        Format "format": Text, Nothing, Any, Light, Piece, None;
        Nullable "nullable": Flag, Nothing, Any, Light, Piece, None;
        Properties "properties": Object, Named, Objects, Substance, Tree, None;
        Required "required": ExpectedType::Texts, Nothing, Objects, Substance, Piece, None;
        AdditionalProperties "additionalProperties": Schema, SchemaOrFlag("value"), Objects, Structure, Tree, None;
        Items "items": Anything, SchemaOrFlag("item"), Lists, Substance, Tree, None;
        AllOf "allOf": List, Members, Any, Structure, Tree, None;
        OneOf "oneOf": List, Variants, Any, Structure, Tree, None;
        AnyOf "anyOf": List, Variants, Any, Structure, Tree, None;
        Not "not": Anything, KeywordContent::Schema("not"), Any, Light, Tree, None;
        Discriminator "discriminator": ExpectedType::Discriminator, KeywordContent::Discriminator, Any, Light, Tree, None;
        Enum "enum": List, Value, Any, Substance, Tree, None;
        Const "const": Anything, Value, Any, Light, Downgrade, None;
        Default "default": Anything, Value, Any, Light, Tree, Some(Default);
        Example "example": Anything, Value, Any, Light, Tree, Some(Samples);
        Examples "examples": Anything, Value, Any, Light, Downgrade, Some(Samples);
        Deprecated "deprecated": Flag, Nothing, Any, Light, Piece, None;
        ReadOnly "readOnly": Flag, Nothing, Any, Light, Piece, Some(Direction);
        WriteOnly "writeOnly": Flag, Nothing, Any, Light, Piece, Some(Direction);
        Title "title": Text, Nothing, Any, Light, Tree, Some(Words);
        Description "description": Text, Nothing, Any, Light, Tree, Some(Words);
        Xml "xml": Anything, Nothing, Any, Light, Tree, Some(Xml);

        MinLength "minLength": Anything, Nothing, Texts, Light, Piece, Some(Checks);
        MaxLength "maxLength": Anything, Nothing, Texts, Light, Piece, Some(Checks);
        Pattern "pattern": Text, Nothing, Texts, Light, Piece, Some(Checks);
        ContentEncoding "contentEncoding": Anything, Nothing, Texts, Light, Downgrade, None;
        ContentMediaType "contentMediaType": Anything, Nothing, Texts, Light, Downgrade, None;
        Minimum "minimum": Number, Nothing, Numbers, Light, Tree, Some(Checks);
        Maximum "maximum": Number, Nothing, Numbers, Light, Tree, Some(Checks);
        ExclusiveMinimum "exclusiveMinimum": Number, Nothing, Numbers, Light, Tree, Some(Checks);
        ExclusiveMaximum "exclusiveMaximum": Number, Nothing, Numbers, Light, Tree, Some(Checks);
        MultipleOf "multipleOf": Number, Nothing, Numbers, Light, Tree, Some(Checks);
        MinItems "minItems": Anything, Nothing, Lists, Light, Piece, Some(Checks);
        MaxItems "maxItems": Anything, Nothing, Lists, Light, Piece, Some(Checks);
        UniqueItems "uniqueItems": Flag, Nothing, Lists, Light, Piece, Some(Checks);
        AdditionalItems "additionalItems": Anything, Nothing, Any, Light, Downgrade, None;
        MinProperties "minProperties": Anything, Nothing, Objects, Light, Piece, Some(Checks);
        MaxProperties "maxProperties": Anything, Nothing, Objects, Light, Piece, Some(Checks);

        Id "$id": Anything, Nothing, Any, Light, Tree, Some(Document);
        IdOfDraft4 "id": Anything, Nothing, Any, Light, Tree, Some(Document);
        Dialect "$schema": Anything, Nothing, Any, Light, Tree, Some(Document);
        Defs "$defs": Object, Named, Any, Light, Tree, Some(Referred);
        Definitions "definitions": Object, Named, Any, Light, Tree, Some(Referred);
        DynamicRef "$dynamicRef": Anything, Nothing, Any, Light, Downgrade, None;
        RecursiveRef "$recursiveRef": Anything, Nothing, Any, Light, Downgrade, None;

        Comment "$comment": Anything, Nothing, Any, Light, Author, Some(Document);
        Anchor "$anchor": Anything, Nothing, Any, Light, Author, None;
        DynamicAnchor "$dynamicAnchor": Anything, Nothing, Any, Light, Author, None;
        RecursiveAnchor "$recursiveAnchor": Anything, Nothing, Any, Light, Author, Some(Document);
        Vocabulary "$vocabulary": Anything, Nothing, Any, Light, Author, Some(Document);
        If "if": Anything, Nothing, Any, Light, Nobody, None;
        Then "then": Anything, Nothing, Any, Light, Nobody, None;
        Else "else": Anything, Nothing, Any, Light, Nobody, None;
        DependentSchemas "dependentSchemas": Anything, Nothing, Any, Light, Nobody, None;
        DependentRequired "dependentRequired": Anything, Nothing, Any, Light, Nobody, None;
        Dependencies "dependencies": Anything, Nothing, Any, Light, Nobody, None;
        UnevaluatedProperties "unevaluatedProperties": Schema, SchemaOrFlag("value"), Objects, Structure, Downgrade, None;
        UnevaluatedItems "unevaluatedItems": Anything, Nothing, Any, Light, Nobody, None;
        Contains "contains": Anything, Nothing, Any, Light, Nobody, None;
        MinContains "minContains": Anything, Nothing, Any, Light, Nobody, None;
        MaxContains "maxContains": Anything, Nothing, Any, Light, Nobody, None;
        PropertyNames "propertyNames": Anything, Nothing, Any, Light, Nobody, None;
    }
    // Keywords that OpenAPI 3.0 does not have: the name of the field and how it is read, then the same.
    beyond {
        PrefixItems "prefixItems", prefix_items as SchemaList:
            List, Numbered("element"), Lists, Substance, None;
        PatternProperties "patternProperties", pattern_properties as NamedSchemas:
            Object, Named, Objects, Substance, None;
        // It stays with the schema of an event's data, whatever types that has.
        ContentSchema "contentSchema", content_schema as OneSchema:
            Anything, KeywordContent::Schema(""), Any, Light, None;
    }
}

/// A list of schemas under a keyword.
pub(crate) struct SchemaList<'s, 'a>(&'s NodeRef<'a>, SchemaKeyword);

impl<'a> SchemaList<'_, 'a> {
    /// True if the schema has the keyword.
    pub(crate) fn is_there(&self) -> bool {
        self.0.mentions(self.1.name())
    }

    pub(crate) fn schemas(&self) -> impl Iterator<Item = NodeRef<'a>> + use<'a> {
        self.0.items(self.1.name())
    }
}

/// Schemas by name under a keyword.
pub(crate) struct NamedSchemas<'s, 'a>(&'s NodeRef<'a>, SchemaKeyword);

impl<'a> NamedSchemas<'_, 'a> {
    pub(crate) fn schemas(&self) -> impl Iterator<Item = NodeRef<'a>> + use<'a> {
        self.0.entries(self.1.name()).map(|(_, it)| it)
    }
}

/// The schema under a keyword.
pub(crate) struct OneSchema<'s, 'a>(&'s NodeRef<'a>, SchemaKeyword);

impl<'a> OneSchema<'_, 'a> {
    pub(crate) fn schema(&self) -> Option<NodeRef<'a>> {
        self.0.child(self.1.name())
    }
}
