//! Unions whose variants the name of an event tells apart.

use crate::codec::texts::DONE;
use crate::codec::{
    Decode, DecodeError, Encode, Json, ReadAs, Sink, Source, WriteObject, Writer, fit,
};

/// A variant: the names of its events, and how the data of one is read.
pub type EventRow<U> = (&'static [&'static str], fn(&str) -> Result<U, DecodeError>);

/// Reads the data of an event as the variant that its name chooses. An event without a name is one of `message`
/// (HTML, "Server-sent events"); where no variant has that name, it is the only one that its data fit.
///
/// # Errors
/// Data that do not fit the variant.
pub fn event_variant<U>(
    rows: &[EventRow<U>],
    name: Option<&str>,
    data: &str,
    unknown: fn(String, String) -> U,
) -> Result<U, DecodeError> {
    let event = name.unwrap_or("message");
    if let Some((_, read)) = rows.iter().find(|(names, _)| names.contains(&event)) {
        return read(data);
    }
    if data.trim() == DONE {
        return Err(DecodeError::of_text("the end of a stream is no event".to_owned()));
    }
    if name.is_none() {
        let fits = |row: &EventRow<U>| {
            let (value, fit) = fit::measure(|| row.1(data));
            value.ok().filter(|_| !fit.keeps_unknown())
        };
        let mut fitting = rows.iter().filter_map(fits);
        if let (Some(only), None) = (fitting.next(), fitting.next()) {
            return Ok(only);
        }
    }
    fit::unknown();
    Ok(unknown(event.to_owned(), data.to_owned()))
}

/// Reads the data of an event by the codec of a variant.
///
/// # Errors
/// Data that do not fit the variant.
pub fn event_data<C: ReadAs<T>, T: Send, U>(
    data: &str,
    variant: fn(T) -> U,
) -> Result<U, DecodeError> {
    C::from_text(data).map(variant)
}

/// Reads an event from an object with the properties `event` and `data`.
pub fn read_event<U: Decode>(source: &mut dyn Source) -> Option<U> {
    let json = source.json()?;
    let name = json.get("event").and_then(Json::as_str);
    let data = match json.get("data") {
        Some(Json::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => {
            source.fail(&"expected an object with `data`");
            return None;
        }
    };
    match U::from_event(name, &data) {
        Ok(value) => Some(value),
        Err(error) => {
            source.fail(&error);
            None
        }
    }
}

/// Writes an event as an object with the properties `event` and `data`.
pub fn encode_event(sink: &mut dyn Sink, event: &str, data: &dyn Encode) {
    sink.object(&Envelope { event, data });
}

struct Envelope<'v> {
    event: &'v str,
    data: &'v dyn Encode,
}

impl WriteObject for Envelope<'_> {
    fn write(&self, writer: &mut Writer<'_>) {
        writer.field("event", &self.event);
        writer.field("data", self.data);
    }
}

/// Implements the traits of a union whose variants the name of an event tells apart:
/// `event_union!(Feed { "created" => Created(Box), "moved" | "renamed" => Moved, "size" => Size as Int64String })`.
///
/// The enum has one variant with one payload per row, and `Unknown { event, data }`.
#[macro_export]
macro_rules! event_union {
    ($name:ident { $($event:literal $(| $other:literal)* => $variant:ident $(($pointer:ident))? $(as $codec:ty)?),* $(,)? }) => {
        impl $crate::codec::Decode for $name {
            #[inline]
            fn decode(source: &mut dyn $crate::codec::Source) -> ::core::option::Option<Self> {
                $crate::codec::read_event(source)
            }

            #[inline]
            fn from_event(
                name: ::core::option::Option<&str>,
                data: &str,
            ) -> ::core::result::Result<Self, $crate::codec::DecodeError> {
                let rows: &[$crate::codec::EventRow<Self>] = &[
                    $((&[$event $(, $other)*], |data| {
                        $crate::__event_data!(data $variant $(($pointer))? $(as $codec)?)
                    }),)*
                ];
                $crate::codec::event_variant(rows, name, data, |event, data| {
                    Self::Unknown { event, data }
                })
            }
        }

        impl $crate::codec::Encode for $name {
            #[inline]
            fn encode(&self, sink: &mut dyn $crate::codec::Sink) {
                match self {
                    $(Self::$variant(it) => $crate::__event_encode!(sink $event it $(($pointer))? $(as $codec)?),)*
                    Self::Unknown { event, data } => $crate::codec::encode_event(sink, event, data),
                }
            }
        }
        $crate::__serde!($name);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __event_data {
    ($data:ident $variant:ident (Box) $(as $codec:ty)?) => {
        $crate::codec::event_data::<$crate::__event_codec!($($codec)?), _, _>($data, |it| {
            Self::$variant(::std::boxed::Box::new(it))
        })
    };
    ($data:ident $variant:ident $(as $codec:ty)?) => {
        $crate::codec::event_data::<$crate::__event_codec!($($codec)?), _, _>($data, Self::$variant)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __event_codec {
    () => {
        $crate::codec::Same
    };
    ($codec:ty) => {
        $codec
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __event_encode {
    ($sink:ident $event:literal $it:ident (Box) $(as $codec:ty)?) => {
        $crate::codec::encode_event(
            $sink,
            $event,
            &$crate::codec::coded::<$crate::__event_codec!($($codec)?), _>(&**$it),
        )
    };
    ($sink:ident $event:literal $it:ident $(as $codec:ty)?) => {
        $crate::codec::encode_event(
            $sink,
            $event,
            &$crate::codec::coded::<$crate::__event_codec!($($codec)?), _>($it),
        )
    };
}

#[cfg(test)]
mod tests {
    use crate::codec::{Decode, Int64String, from_slice, to_vec};

    #[derive(Clone, Debug, PartialEq)]
    #[expect(clippy::box_collection, reason = "a row may say that its payload is behind a pointer")]
    enum Feed {
        Made(Box<Vec<i64>>),
        Gone(Vec<i64>),
        Said(String),
        Size(i64),
        Unknown { event: String, data: String },
    }

    event_union!(Feed {
        "made" => Made(Box),
        "gone" | "lost" => Gone,
        "said" => Said,
        "size" => Size as Int64String,
    });

    fn feed(name: &str, data: &str) -> Feed {
        Feed::from_event(Some(name), data).expect("the data fit")
    }

    #[test]
    fn the_name_of_an_event_chooses_the_variant() {
        assert_eq!(feed("made", "[1]"), Feed::Made(Box::new(vec![1])));
        assert_eq!(feed("gone", "[1]"), Feed::Gone(vec![1]));
        assert_eq!(feed("lost", "[1]"), Feed::Gone(vec![1]));
        assert_eq!(feed("said", "[1]"), Feed::Said("[1]".to_owned()));
        assert_eq!(feed("size", "7"), Feed::Size(7));
        assert!(Feed::from_event(Some("made"), "{}").is_err());
    }

    #[test]
    fn unknown_names_are_kept() {
        let unknown = Feed::Unknown { event: "later".to_owned(), data: "{}".to_owned() };
        assert_eq!(feed("later", "{}"), unknown);
        assert_eq!(to_vec(&unknown).expect("it is JSON"), br#"{"event":"later","data":"{}"}"#);
    }

    #[test]
    fn an_event_without_a_name_is_the_only_one_that_fits() {
        let found = |data: &str| Feed::from_event(None, data).expect("the data are kept");
        let unknown = Feed::Unknown { event: "message".to_owned(), data: "[1]".to_owned() };
        assert_eq!(found("[1]"), unknown, "two variants have such data");
        assert_eq!(found("hello"), Feed::Said("hello".to_owned()));
    }

    #[test]
    fn an_envelope_is_read_and_written() {
        let text = br#"{"event":"made","data":[1]}"#;
        let made = from_slice::<Feed>(text).expect("it is an envelope");
        assert_eq!(made, Feed::Made(Box::new(vec![1])));
        assert_eq!(to_vec(&made).expect("it is JSON"), text);
        assert!(from_slice::<Feed>(br#"{"event":"made"}"#).is_err());
        assert!(from_slice::<Feed>(br#"{"event":"made","data":{}}"#).is_err());
    }
}
