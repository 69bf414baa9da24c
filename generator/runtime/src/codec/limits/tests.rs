//! Small responses that would take the stack or the memory of the process are errors, or are read all the same.

use super::{MEMORY_PER_BYTE, STACK, TOO_LARGE, attempt};
use crate::codec::{
    Boxed, Decode, DecodeError, Json, Reader, Record, Writer, deserialize, from_json, from_slice,
    from_slice_lenient,
};
use crate::{records, untagged_union};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::hint::black_box;

/// A record whose frame has so many bytes: that of many fields in a debug build.
#[derive(Clone, Debug, PartialEq)]
struct Deep<const FRAME: usize>(Option<Box<Self>>);

impl<const FRAME: usize> Record for Deep<FRAME> {
    const NAME: &'static str = "Deep";
    const FIELDS: &'static [&'static str] = &["in"];

    #[inline(never)]
    fn read(object: &mut Reader<'_>) -> Option<Self> {
        let mut frame = [0_u8; FRAME];
        black_box(&mut frame);
        let mut inner = None;
        while object.next().is_some() {
            object.optional_as::<Boxed, _>(&mut inner);
        }
        black_box(&frame);
        Some(Self(inner))
    }

    fn write(&self, _: &mut Writer<'_>) {}
}

/// The same behind an untagged union.
#[derive(Clone, Debug, PartialEq)]
enum Tried {
    Text(String),
    Deep(Deep<1_000_000>),
    Unknown(Json),
}

untagged_union!(Tried { Text, Deep });
records!(Huge);

fn nested(depth: usize) -> String {
    format!("{}{{}}{}", "{\"in\":".repeat(depth - 1), "}".repeat(depth - 1))
}

fn depth<const FRAME: usize>(mut deep: &Deep<FRAME>) -> usize {
    let mut depth = 1;
    while let Some(inner) = &deep.0 {
        (deep, depth) = (inner, depth + 1);
    }
    depth
}

/// Reads on a stack as small as those of workers.
fn on_small_stack<T: Send>(read: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(2 << 20);
        let thread = builder.spawn_scoped(scope, read).expect("there is memory for a stack");
        thread.join().expect("it does not panic")
    })
}

#[test]
fn types_with_large_frames_are_read_at_any_depth_of_json() {
    let text = nested(126);
    let deep = on_small_stack(|| from_slice::<Deep<40_000>>(text.as_bytes())).unwrap();
    assert_eq!(depth(&deep), 126);
    let json: Json = serde_json::from_str(&text).unwrap();
    let deep = on_small_stack(|| from_json::<Deep<40_000>>(&json)).unwrap();
    assert_eq!(depth(&deep), 126);
}

fn rejected<T: Debug>(read: Result<T, DecodeError>, message: &str) {
    let error = read.unwrap_err();
    assert!(error.message().contains(message), "{error}");
}

#[test]
fn what_no_stack_is_large_enough_for_is_refused() {
    let text = nested(126);
    let json: Json = serde_json::from_str(&text).unwrap();
    let read = || from_slice::<Deep<1_000_000>>(text.as_bytes());
    rejected(on_small_stack(read), "nested too deeply");
    rejected(on_small_stack(|| from_json::<Deep<1_000_000>>(&json)), "nested too deeply");
    // A union passes over the errors of its variants, but not over this one.
    rejected(on_small_stack(|| from_slice::<Tried>(text.as_bytes())), "nested too deeply");
    let by_serde = on_small_stack(|| {
        let mut reader = serde_json::Deserializer::from_str(&text);
        deserialize::<_, Deep<40_000>>(&mut reader).map_err(|it| it.to_string())
    });
    assert!(by_serde.unwrap_err().contains("nested too deeply"));
    // The next reading starts anew.
    assert_eq!(from_slice::<Deep<40_000>>(b"{\"in\":{}}").map(|it| depth(&it)), Ok(2));
}

#[test]
fn bad_items_are_left_out_beside_what_takes_a_large_stack() {
    let text = format!("[1,{}]", nested(126));
    let read = on_small_stack(|| from_slice_lenient::<Vec<Deep<40_000>>>(text.as_bytes()));
    let (items, errors) = read.unwrap();
    assert_eq!(items.iter().map(depth).collect::<Vec<_>>(), [126]);
    assert_eq!(errors.iter().map(DecodeError::path).collect::<Vec<_>>(), ["[0]"]);
}

/// A record of many optional fields.
#[derive(Clone, Debug, PartialEq)]
struct Huge {
    fields: [u64; 1500],
    next: Option<Box<Huge>>,
    list: Option<Vec<Huge>>,
    map: Option<BTreeMap<String, Huge>>,
}

impl Record for Huge {
    const NAME: &'static str = "Huge";
    const FIELDS: &'static [&'static str] = &["next", "list", "map"];

    fn read(object: &mut Reader<'_>) -> Option<Self> {
        let (mut next, mut list, mut map) = (None, None, None);
        while let Some(field) = object.next() {
            match field {
                0 => object.optional_as::<Boxed, _>(&mut next),
                1 => object.optional(&mut list),
                _ => object.optional(&mut map),
            }
        }
        Some(Self { fields: [0; 1500], next, list, map })
    }

    fn write(&self, _: &mut Writer<'_>) {}
}

#[derive(Clone, Debug, PartialEq)]
enum Trial {
    Texts(Vec<String>),
    Huge(Vec<Huge>),
    Unknown(Json),
}

untagged_union!(Trial { Texts, Huge });

fn many(count: usize, item: impl Fn(usize) -> String, [open, close]: [char; 2]) -> String {
    let items: Vec<String> = (0..count).map(item).collect();
    format!("{open}{}{close}", items.join(","))
}

fn is_bounded<T: Decode + Debug>(text: impl Fn(usize) -> String) {
    assert!(from_slice::<T>(text(1000).as_bytes()).is_ok(), "{}", text(2));
    rejected(from_slice::<T>(text(97_000).as_bytes()), "far more memory");
}

#[test]
fn a_small_text_cannot_take_all_memory() {
    let list = |count| many(count, |_| "{}".to_owned(), ['[', ']']);
    is_bounded::<Vec<Huge>>(list);
    is_bounded::<Vec<Trial>>(|count| format!("[{}]", list(count)));
    is_bounded::<Vec<Huge>>(|count| many(count, |_| r#"{"next":{}}"#.to_owned(), ['[', ']']));
    is_bounded::<BTreeMap<String, Huge>>(|count| {
        many(count, |at| format!("\"{at}\":{{}}"), ['{', '}'])
    });
    is_bounded::<Huge>(|count| format!("{{\"list\":{}}}", list(count)));
}

/// Reads with no more memory beside the text than comes with its bytes.
fn read_small<T: Decode>(text: &str) -> Result<T, &'static str> {
    let mut value = None;
    let memory = text.len() * MEMORY_PER_BYTE;
    let read =
        attempt(STACK, memory, &mut || crate::codec::text::read(text.as_bytes(), &mut value));
    read.map_err(|it| it.0)?
        .map_err(|it| if it.message() == TOO_LARGE { TOO_LARGE } else { "" })?;
    value.ok_or("no value")
}

#[test]
fn untyped_values_have_a_limit_that_usual_responses_do_not_meet() {
    let small = many(1000, |_| r#"{"":{"":1}}"#.to_owned(), ['[', ']']);
    assert_eq!(read_small::<Json>(&small), Err(TOO_LARGE));
    assert!(from_slice::<Json>(small.as_bytes()).is_ok());
    for item in ["1", "[1]", "\"\"", r#"{"x":1,"y":2}"#] {
        let text = many(1000, |_| item.to_owned(), ['[', ']']);
        assert!(read_small::<Json>(&text).is_ok(), "{item}");
    }
}

#[test]
fn what_is_tried_and_dropped_does_not_count() {
    // Each value is read as untyped JSON first, which is gone once the variant is read.
    let item = |_| r#"{"in":{"in":{"a":{}}}}"#.to_owned();
    let text = many(1000, item, ['[', ']']);
    assert_eq!(read_small::<Vec<Json>>(&text), Err(TOO_LARGE));
    let read = read_small::<Vec<Small>>(&text).unwrap();
    assert!(read.iter().all(|it| matches!(it, Small::Deep(it) if depth(it) == 3)));
}

/// A union whose values take less memory than their text as untyped JSON.
#[derive(Clone, Debug, PartialEq)]
enum Small {
    Maps(BTreeMap<String, BTreeMap<String, BTreeMap<String, bool>>>),
    Deep(Deep<1>),
    Unknown(Json),
}

untagged_union!(Small { Maps, Deep });
