//! The wire form of the types that crates for time have, which print dates in ways of their own.

use super::Timestamp;
use crate::codec::{Decode, Encode, ReadAs, Sink, Source, WriteAs, short_name};

/// A date and time, which a type is made from and made into by way of a [`Timestamp`].
///
/// Errors name the type and not the text.
#[derive(Debug)]
pub struct AsTimestamp;

impl<T: TryFrom<Timestamp>> ReadAs<T> for AsTimestamp {
    fn read(source: &mut dyn Source) -> Option<T> {
        let value = T::try_from(Timestamp::decode(source)?).ok();
        if value.is_none() {
            source.fail(&format_args!("expected a date and time for `{}`", short_name::<T>()));
        }
        value
    }
}

impl<T: Clone> WriteAs<T> for AsTimestamp
where
    Timestamp: From<T>,
{
    fn write(value: &T, sink: &mut dyn Sink) {
        Timestamp::from(value.clone()).encode(sink);
    }
}
