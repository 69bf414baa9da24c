//! Types with named fields.

use super::reader::bit;
use super::{Decode, Encode, Members, ReadObject, Reader, Sink, Source, WriteObject, Writer};

/// A type with named fields, as a table of names and two functions: so it is [`Decode`] and
/// [`Encode`] too.
///
/// The two follow from this trait, not from an impl per type: a type costs two impls less to
/// compile. For that, no pointer has them ([`Box`] and `&` would overlap): [`Boxed`](super::Boxed)
/// is the codec of boxes.
pub trait Record: Sized + Send {
    /// The name of the type, for error messages.
    const NAME: &'static str;
    /// The names on the wire, in the order in which servers send them.
    const FIELDS: &'static [&'static str];
    /// The indices in [`FIELDS`](Record::FIELDS) of the properties that the document requires. A
    /// missing null or constant is no error, but makes a variant of a union fit less.
    const REQUIRED: &'static [usize] = &[];
    /// The same as bits.
    #[doc(hidden)]
    const REQUIRED_BITS: u128 = bits(Self::REQUIRED);
    /// True if unknown keys arrive at [`Reader::additional_properties`]; otherwise they are skipped.
    const OPEN: bool = false;
    /// True if they arrive there though the document does not speak of them: where a union has a choice, they
    /// still count as unknown.
    const UNDOCUMENTED: bool = false;
    /// Reads all fields.
    fn read(object: &mut Reader<'_>) -> Option<Self>;
    /// Writes all fields.
    fn write(&self, object: &mut Writer<'_>);
}

const fn bits(fields: &[usize]) -> u128 {
    let (mut all, mut index) = (0, 0);
    while index < fields.len() {
        all |= bit(fields[index]);
        index += 1;
    }
    all
}

impl<T: Record> Decode for T {
    fn decode(source: &mut dyn Source) -> Option<Self> {
        let mut slot = RecordSlot::<T>(None);
        source.object(&mut slot);
        slot.0
    }
}

struct RecordSlot<T>(Option<T>);

impl<T: Record> ReadObject for RecordSlot<T> {
    fn names(&self) -> &'static [&'static str] {
        T::FIELDS
    }

    fn open(&self) -> bool {
        T::OPEN
    }

    fn counts_unknown(&self) -> bool {
        T::UNDOCUMENTED || !T::OPEN
    }

    fn read(&mut self, members: &mut dyn Members) {
        let mut reader = Reader {
            members,
            name: T::NAME,
            names: T::FIELDS,
            required: T::REQUIRED,
            expected: 0,
            seen: 0,
        };
        self.0 = T::read(&mut reader);
        reader.count_absent(T::REQUIRED_BITS);
    }
}

impl<T: Record> Encode for T {
    fn encode(&self, sink: &mut dyn Sink) {
        sink.object(self);
    }
}

impl<T: Record> WriteObject for T {
    fn write(&self, writer: &mut Writer<'_>) {
        Record::write(self, writer);
    }
}
