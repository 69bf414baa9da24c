//! Values that are sent as parts of their own: files, and what else may hold them.

use super::{FilePart, Multipart};
use crate::patch::Patch;
use std::collections::BTreeMap;

/// A value that is sent as separate parts: a file, several files, or an object that holds files.
pub trait IntoParts: Sized {
    /// Returns whether the value has several parts. Items of a list then need names of their own.
    const NESTED: bool = false;

    /// Adds its parts under a name.
    fn into_parts(self, form: &mut Multipart, name: &str);
}

impl Multipart {
    /// A file, several, or what holds some.
    pub fn files(&mut self, name: &str, files: impl IntoParts) {
        files.into_parts(self, name);
    }
}

impl IntoParts for FilePart {
    fn into_parts(self, form: &mut Multipart, name: &str) {
        form.file(name, self);
    }
}

impl<T: IntoParts> IntoParts for Box<T> {
    const NESTED: bool = T::NESTED;

    fn into_parts(self, form: &mut Multipart, name: &str) {
        (*self).into_parts(form, name);
    }
}

impl<T: IntoParts> IntoParts for Option<T> {
    const NESTED: bool = T::NESTED;

    fn into_parts(self, form: &mut Multipart, name: &str) {
        if let Some(value) = self {
            value.into_parts(form, name);
        }
    }
}

/// Null is an empty part: a form has no other word for it.
impl<T: IntoParts> IntoParts for Patch<T> {
    const NESTED: bool = T::NESTED;

    fn into_parts(self, form: &mut Multipart, name: &str) {
        match self {
            Self::Absent => {}
            Self::Null => form.text(name, &""),
            Self::Value(value) => value.into_parts(form, name),
        }
    }
}

/// Parts of one name, one for each item, or `name[0]`, `name[1]` and so on where the items have parts themselves.
impl<T: IntoParts> IntoParts for Vec<T> {
    const NESTED: bool = true;

    fn into_parts(self, form: &mut Multipart, name: &str) {
        for (index, item) in self.into_iter().enumerate() {
            match T::NESTED {
                true => form.nested(name, |form| item.into_parts(form, &index.to_string())),
                false => item.into_parts(form, name),
            }
        }
    }
}

/// `name[key]` for each key.
impl<T: IntoParts> IntoParts for BTreeMap<String, T> {
    const NESTED: bool = true;

    fn into_parts(self, form: &mut Multipart, name: &str) {
        form.nested(name, |form| {
            for (key, value) in self {
                value.into_parts(form, &key);
            }
        });
    }
}

/// Types whose parts are named after the property that holds them: `name[part]`.
#[doc(hidden)]
#[macro_export]
macro_rules! nested_parts {
    ($name:ty) => {
        impl $crate::IntoParts for $name {
            const NESTED: bool = true;

            #[inline]
            fn into_parts(self, form: &mut $crate::Multipart, name: &str) {
                form.nested(name, |form| $crate::IntoMultipart::into_multipart(self, form));
            }
        }
    };
}
