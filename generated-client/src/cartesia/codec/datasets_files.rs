//! Codecs of the types of datasets files.
// @generated from specs/cartesia/openapi.yaml by generator/src/emit/codec.rs: `cargo xtask regen`.

use crate::cartesia::types::{DatasetFile, PaginatedDatasetFiles};
use client_runtime::{codec, records};

records!(PaginatedDatasetFiles);

impl codec::Record for PaginatedDatasetFiles {
    const NAME: &'static str = "PaginatedDatasetFiles";
    const FIELDS: &'static [&'static str] = &["data", "has_more"];
    const REQUIRED: &'static [usize] = &[0, 1];

    #[inline]
    fn read(object: &mut codec::Reader<'_>) -> Option<Self> {
        let mut data = None;
        let mut has_more = None;
        while let Some(field) = object.next() {
            match field {
                0 => object.value(&mut data),
                _ => object.value(&mut has_more),
            }
        }
        let (Some(data), Some(has_more)) = (data, has_more) else {
            return object.incomplete();
        };
        Some(Self { data, has_more })
    }

    #[inline]
    fn write(&self, object: &mut codec::Writer<'_>) {
        object.field("data", &self.data);
        object.field("has_more", &self.has_more);
    }
}

records!(DatasetFile);

impl codec::Record for DatasetFile {
    const NAME: &'static str = "DatasetFile";
    const FIELDS: &'static [&'static str] = &["id", "filename", "created_at", "size"];
    const REQUIRED: &'static [usize] = &[0, 1, 2, 3];

    #[inline]
    fn read(object: &mut codec::Reader<'_>) -> Option<Self> {
        let mut id = None;
        let mut filename = None;
        let mut created_at = None;
        let mut size = None;
        while let Some(field) = object.next() {
            match field {
                0 => object.value(&mut id),
                1 => object.value(&mut filename),
                2 => object.value(&mut created_at),
                _ => object.value(&mut size),
            }
        }
        let (Some(id), Some(filename), Some(created_at), Some(size)) = (
            id,
            filename,
            created_at,
            size,
        ) else {
            return object.incomplete();
        };
        Some(Self {
            id,
            filename,
            created_at,
            size,
        })
    }

    #[inline]
    fn write(&self, object: &mut codec::Writer<'_>) {
        object.field("id", &self.id);
        object.field("filename", &self.filename);
        object.field("created_at", &self.created_at);
        object.field("size", &self.size);
    }
}
