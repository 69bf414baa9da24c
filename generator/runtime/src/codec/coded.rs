//! Values that are written in a wire form.

use super::{Encode, Sink};
use std::marker::PhantomData;

/// A wire form that writes a `T`.
pub trait WriteAs<T: ?Sized> {
    /// Writes the value.
    fn write(value: &T, sink: &mut dyn Sink);
}

/// A value together with its wire form, from [`coded`].
pub struct Coded<'v, C, T: ?Sized>(&'v T, PhantomData<C>);

/// Makes a value of another wire form an [`Encode`], for parameters and forms.
pub fn coded<C: WriteAs<T>, T: ?Sized>(value: &T) -> Coded<'_, C, T> {
    Coded(value, PhantomData)
}

impl<C: WriteAs<T>, T: ?Sized> Encode for Coded<'_, C, T> {
    fn encode(&self, sink: &mut dyn Sink) {
        C::write(self.0, sink);
    }
}
