//! Arguments that may be null.

/// A reference to a value, or `None` for null.
pub trait OrNull<T: ?Sized> {
    /// The value, if there is one.
    fn or_null(&self) -> Option<&T>;
}

impl<T: ?Sized> OrNull<T> for &T {
    fn or_null(&self) -> Option<&T> {
        Some(self)
    }
}

impl<T: ?Sized> OrNull<T> for Option<&T> {
    fn or_null(&self) -> Option<&T> {
        *self
    }
}

impl<T> OrNull<[T]> for &Vec<T> {
    fn or_null(&self) -> Option<&[T]> {
        Some(self)
    }
}

impl<T, const N: usize> OrNull<[T]> for &[T; N] {
    fn or_null(&self) -> Option<&[T]> {
        Some(*self)
    }
}

impl OrNull<str> for &String {
    fn or_null(&self) -> Option<&str> {
        Some(self)
    }
}
