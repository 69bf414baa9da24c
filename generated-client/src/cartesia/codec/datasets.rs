//! Codecs of the types of datasets.
// @generated from specs/cartesia/openapi.yaml by generator/src/emit/codec.rs: `cargo xtask regen`.

use crate::cartesia::types::{Dataset, PaginatedDatasets};
use client_runtime::{codec, records};

records!(PaginatedDatasets);

impl codec::Record for PaginatedDatasets {
    const NAME: &'static str = "PaginatedDatasets";
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

records!(Dataset);

impl codec::Record for Dataset {
    const NAME: &'static str = "Dataset";
    const FIELDS: &'static [&'static str] = &["id", "name", "created_at", "description"];
    const REQUIRED: &'static [usize] = &[0, 1, 2, 3];

    #[inline]
    fn read(object: &mut codec::Reader<'_>) -> Option<Self> {
        let mut id = None;
        let mut name = None;
        let mut created_at = None;
        let mut description = None;
        while let Some(field) = object.next() {
            match field {
                0 => object.value(&mut id),
                1 => object.value(&mut name),
                2 => object.value(&mut created_at),
                _ => object.value(&mut description),
            }
        }
        let (Some(id), Some(name), Some(created_at), Some(description)) = (
            id,
            name,
            created_at,
            description,
        ) else {
            return object.incomplete();
        };
        Some(Self {
            id,
            name,
            created_at,
            description,
        })
    }

    #[inline]
    fn write(&self, object: &mut codec::Writer<'_>) {
        object.field("id", &self.id);
        object.field("name", &self.name);
        object.field("created_at", &self.created_at);
        object.field("description", &self.description);
    }
}
