//! Unions whose variants a property tells apart.

use crate::codec::fit;
use crate::codec::ser::equals;
use crate::codec::{
    Decode, Encode, Json, JsonNode, ObjectSink, Sink, Source as _, WriteObject, Writer,
};

/// The text of the property that tells the variants apart, if it is there.
///
/// Refuses values that are not objects.
pub fn tag<'j>(node: &mut JsonNode<'j, '_>, name: &str) -> Option<&'j str> {
    let json = node.value();
    if !json.is_object() {
        node.fail(&format_args!("expected an object with `{name}`"));
    }
    json.get(name).and_then(Json::as_str)
}

/// True if an object lacks the property that tells the variants apart.
#[must_use]
pub fn lacks_tag(node: &JsonNode<'_, '_>, name: &str) -> bool {
    node.value().as_object().is_some_and(|it| it.get(name).is_none_or(Json::is_null))
}

/// True if the property that tells the variants apart has this value.
#[must_use]
pub fn tag_equals(json: &Json, name: &str, value: &dyn Encode) -> bool {
    json.get(name).is_some_and(|it| equals(it, value))
}

/// Keeps an object whose tag names no variant.
pub fn unknown_variant(node: &mut JsonNode<'_, '_>) -> Option<Json> {
    fit::unknown();
    node.copy()
}

/// Reads the variant that the tag names.
pub fn variant<T: Decode>(node: &mut JsonNode<'_, '_>) -> Option<T> {
    let (value, fit) = fit::measure(|| T::decode(node));
    fit.tagged(false).add();
    value
}

/// Reads the variant that the tag names, where the payload does not know the tag: this one unknown
/// key is no reason to like another type better.
pub fn tagged_variant<T: Decode>(node: &mut JsonNode<'_, '_>, tag: &'static str) -> Option<T> {
    let (value, fit) = fit::measure(|| node.without(tag));
    fit.tagged(true).add();
    value
}

/// Writes the payload of a variant with the tag as its first member.
pub fn encode_tagged(
    sink: &mut dyn Sink,
    name: &'static str,
    tag: &dyn Encode,
    payload: &dyn Encode,
) {
    sink.object(&Tagged { name, tag, payload });
}

struct Tagged<'v> {
    name: &'static str,
    tag: &'v dyn Encode,
    payload: &'v dyn Encode,
}

impl WriteObject for Tagged<'_> {
    fn write(&self, writer: &mut Writer<'_>) {
        writer.field(self.name, self.tag);
        // A payload that keeps what it does not know may have been given the tag, too.
        writer.hide(self.name);
        self.payload.encode(&mut Flatten(writer));
    }
}

/// Writes the members of an object into the object that surrounds it.
struct Flatten<'w, 'f>(&'w mut Writer<'f>);

impl ObjectSink for Flatten<'_, '_> {
    const NOT_AN_OBJECT: &'static str = "a tagged variant must be an object";

    fn write_object(&mut self, fields: &dyn WriteObject) {
        fields.write(self.0);
    }

    fn reject(&mut self, why: &str) {
        self.0.field("", &Unencodable(why));
    }
}

/// A value that refuses to be written.
struct Unencodable<'w>(&'w str);

impl Encode for Unencodable<'_> {
    fn encode(&self, sink: &mut dyn Sink) {
        sink.fail(self.0);
    }
}

/// Implements the traits of a union whose variants a property tells apart:
/// `tagged_union!(Voice by "mode" { "id" => Id, "embedding" => Embedding + tag })`.
///
/// The enum has one variant with one payload per row, and `Unknown(Json)`. `+ tag` writes the tag,
/// for payloads that do not write it themselves, and `(Box)` marks a payload behind a pointer:
/// `Id(Box) + tag`. Tags other than strings are written in parentheses:
/// `tagged_union!(Shape by "sides" (3 => Triangle, 4 => Square))`.
///
/// Where the tag may be missing, `optional` is written before it and after the variants that may
/// come without. Of those, the one that fits best is read:
/// `tagged_union!(Voice by optional "mode" { "id" => Id, "tone" => Tone + optional })`.
#[macro_export]
macro_rules! tagged_union {
    ($name:ident by $tag:literal { $($($value:literal)|+ => $variant:ident $(($pointer:ident))? $(+ $flag:ident)?),* $(,)? }) => {
        impl $crate::codec::Decode for $name {
            #[inline]
            fn decode(source: &mut dyn $crate::codec::Source) -> ::core::option::Option<Self> {
                $crate::codec::read_union(source, |node| {
                    $crate::__text_tag!(node $tag { $($($value)|+ => $variant $(($pointer))? $(+ $flag)?),* })
                })
            }
        }
        $crate::__tagged_encode!($name $tag { $($($value)|+ => $variant $(($pointer))? $(+ $flag)?),* });
    };
    ($name:ident by $tag:literal ( $($($value:literal)|+ => $variant:ident $(($pointer:ident))? $(+ $flag:ident)?),* $(,)? )) => {
        impl $crate::codec::Decode for $name {
            #[inline]
            fn decode(source: &mut dyn $crate::codec::Source) -> ::core::option::Option<Self> {
                $crate::codec::read_union(source, |node| {
                    $crate::__other_tag!(node $tag { $($($value)|+ => $variant $(($pointer))? $(+ $flag)?),* })
                })
            }
        }
        $crate::__tagged_encode!($name $tag { $($($value)|+ => $variant $(($pointer))? $(+ $flag)?),* });
    };
    ($name:ident by optional $tag:literal { $($($value:literal)|+ => $variant:ident $(($pointer:ident))? $(+ $flag:ident)?),* $(,)? }) => {
        impl $crate::codec::Decode for $name {
            #[inline]
            fn decode(source: &mut dyn $crate::codec::Source) -> ::core::option::Option<Self> {
                $crate::codec::read_union(source, |node| {
                    if $crate::codec::lacks_tag(node, $tag) {
                        return $crate::__best_untagged!(node { $($variant $(($pointer))? $(+ $flag)?),* });
                    }
                    $crate::__text_tag!(node $tag { $($($value)|+ => $variant $(($pointer))? $(+ $flag)?),* })
                })
            }
        }
        $crate::__tagged_encode!($name $tag { $($($value)|+ => $variant $(($pointer))? $(+ $flag)?),* });
    };
    ($name:ident by optional $tag:literal ( $($($value:literal)|+ => $variant:ident $(($pointer:ident))? $(+ $flag:ident)?),* $(,)? )) => {
        impl $crate::codec::Decode for $name {
            #[inline]
            fn decode(source: &mut dyn $crate::codec::Source) -> ::core::option::Option<Self> {
                $crate::codec::read_union(source, |node| {
                    if $crate::codec::lacks_tag(node, $tag) {
                        return $crate::__best_untagged!(node { $($variant $(($pointer))? $(+ $flag)?),* });
                    }
                    $crate::__other_tag!(node $tag { $($($value)|+ => $variant $(($pointer))? $(+ $flag)?),* })
                })
            }
        }
        $crate::__tagged_encode!($name $tag { $($($value)|+ => $variant $(($pointer))? $(+ $flag)?),* });
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __text_tag {
    ($node:ident $tag:literal { $($($value:literal)|+ => $variant:ident $(($pointer:ident))? $(+ $flag:ident)?),* $(,)? }) => {
        match $crate::codec::tag($node, $tag) {
            $(::core::option::Option::Some($($value)|+) => $crate::__read_variant!($node $tag $(($pointer))? $($flag)?).map(Self::$variant),)*
            _ => $crate::codec::unknown_variant($node).map(Self::Unknown),
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __other_tag {
    ($node:ident $tag:literal { $($($value:literal)|+ => $variant:ident $(($pointer:ident))? $(+ $flag:ident)?),* $(,)? }) => {{
        $crate::codec::tag($node, $tag);
        $(if $($crate::codec::tag_equals($node.value(), $tag, &$value))||+ {
            return $crate::__read_variant!($node $tag $(($pointer))? $($flag)?).map(Self::$variant);
        })*
        $crate::codec::unknown_variant($node).map(Self::Unknown)
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __best_untagged {
    ($node:ident { $($variant:ident $(($pointer:ident))? $(+ $flag:ident)?),* }) => {
        $crate::codec::best_variant(
            $node,
            false,
            |attempts| {
                $($crate::__attempt_untagged!(attempts $variant $(($pointer))? $($flag)?);)*
            },
            Self::Unknown,
        )
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __attempt_untagged {
    ($attempts:ident $variant:ident $(($pointer:ident))? optional) => {
        $crate::__attempt!($attempts $variant $(($pointer))?)
    };
    ($attempts:ident $variant:ident $(($pointer:ident))? $(tag)?) => {};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __read_variant {
    ($node:ident $tag:literal (Box) $($flag:ident)?) => {
        $crate::__read_variant!($node $tag $($flag)?).map(::std::boxed::Box::new)
    };
    ($node:ident $tag:literal $(optional)?) => {
        $crate::codec::variant($node)
    };
    ($node:ident $tag:literal tag) => {
        $crate::codec::tagged_variant($node, $tag)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __tagged_encode {
    ($name:ident $tag:literal { $($value:literal $(| $other:literal)* => $variant:ident $(($pointer:ident))? $(+ $flag:ident)?),* }) => {
        impl $crate::codec::Encode for $name {
            #[inline]
            fn encode(&self, sink: &mut dyn $crate::codec::Sink) {
                match self {
                    $(Self::$variant(it) => $crate::__tagged_variant!(sink $tag $value it $(($pointer))? $($flag)?),)*
                    Self::Unknown(json) => $crate::codec::Encode::encode(json, sink),
                }
            }
        }
        $crate::__serde!($name);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __tagged_variant {
    ($sink:ident $tag:literal $value:literal $it:tt (Box) $($flag:ident)?) => {
        $crate::__tagged_variant!($sink $tag $value (&**$it) $($flag)?)
    };
    ($sink:ident $tag:literal $value:literal $it:tt $(optional)?) => {
        $crate::codec::Encode::encode($it, $sink)
    };
    ($sink:ident $tag:literal $value:literal $it:tt tag) => {
        $crate::codec::encode_tagged($sink, $tag, &$value, $it)
    };
}

#[cfg(test)]
mod tests {
    use crate::codec::{Json, Reader, Record, Writer, from_slice, to_vec};
    use crate::records;

    #[derive(Clone, Debug, PartialEq)]
    struct Tone {
        kind: Option<String>,
        pitch: i64,
    }

    records!(Tone);

    impl Record for Tone {
        const NAME: &'static str = "Tone";
        const FIELDS: &'static [&'static str] = &["kind", "pitch"];
        const REQUIRED: &'static [usize] = &[1];

        fn read(object: &mut Reader<'_>) -> Option<Self> {
            let (mut kind, mut pitch) = (None, None);
            while let Some(field) = object.next() {
                match field {
                    0 => object.optional(&mut kind),
                    _ => object.value(&mut pitch),
                }
            }
            let Some(pitch) = pitch else { return object.incomplete() };
            Some(Self { kind, pitch })
        }

        fn write(&self, object: &mut Writer<'_>) {
            object.optional("kind", &self.kind);
            object.field("pitch", &self.pitch);
        }
    }

    #[derive(Clone, Debug, PartialEq)]
    enum Sound {
        Blank(Tone),
        High(Box<Tone>),
        Unknown(Json),
    }

    tagged_union!(Sound by optional "kind" { "" => Blank, "high" => High(Box) + optional });

    #[derive(Clone, Debug, PartialEq)]
    enum Level {
        One(Tone),
        Unknown(Json),
    }

    tagged_union!(Level by "level" (1 => One + tag));

    fn sound(text: &str) -> Sound {
        let sound = from_slice::<Sound>(text.as_bytes()).expect("any object is a sound");
        assert_eq!(to_vec(&sound).expect("it is JSON"), text.as_bytes());
        sound
    }

    #[test]
    fn where_the_tag_is_missing_only_variants_that_may_lack_it_are_read() {
        assert!(matches!(sound(r#"{"pitch":1}"#), Sound::High(_)));
        assert!(matches!(sound(r#"{"kind":"high","pitch":1}"#), Sound::High(_)));
        assert!(matches!(sound(r#"{"kind":"","pitch":1}"#), Sound::Blank(_)));
        assert!(matches!(sound(r#"{"kind":"low","pitch":1}"#), Sound::Unknown(_)));
        assert!(matches!(sound(r#"{"loud":true}"#), Sound::Unknown(_)));
        assert!(from_slice::<Sound>(b"[]").is_err());
    }

    #[test]
    fn whole_floats_are_the_same_tag() {
        for text in [r#"{"level":1,"pitch":2}"#, r#"{"level":1.0,"pitch":2}"#] {
            let level = from_slice::<Level>(text.as_bytes()).expect("any object is a level");
            assert_eq!(to_vec(&level).expect("it is JSON"), br#"{"level":1,"pitch":2}"#);
        }
        for text in [r#"{"level":1.5,"pitch":2}"#, r#"{"level":"1","pitch":2}"#] {
            let level = from_slice::<Level>(text.as_bytes()).expect("any object is a level");
            assert!(matches!(level, Level::Unknown(_)));
        }
    }
}
