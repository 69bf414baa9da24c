//! Codecs of the types of fine tunes.
// @generated from specs/cartesia/openapi.yaml by generator/src/emit/codec.rs: `cargo xtask regen`.

use crate::cartesia::types::{FineTune, FineTuneStatus, PaginatedFineTunes};
use client_runtime::{codec, records, text_enum};

records!(PaginatedFineTunes);

impl codec::Record for PaginatedFineTunes {
    const NAME: &'static str = "PaginatedFineTunes";
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

records!(FineTune);

impl codec::Record for FineTune {
    const NAME: &'static str = "FineTune";
    const FIELDS: &'static [&'static str] = &[
        "id",
        "name",
        "description",
        "language",
        "model_id",
        "dataset",
        "status",
    ];
    const REQUIRED: &'static [usize] = &[0, 1, 2, 3, 4, 5, 6];

    #[inline]
    fn read(object: &mut codec::Reader<'_>) -> Option<Self> {
        let mut id = None;
        let mut name = None;
        let mut description = None;
        let mut language = None;
        let mut model_id = None;
        let mut dataset = None;
        let mut status = None;
        while let Some(field) = object.next() {
            match field {
                0 => object.value(&mut id),
                1 => object.value(&mut name),
                2 => object.value(&mut description),
                3 => object.value(&mut language),
                4 => object.value(&mut model_id),
                5 => object.value(&mut dataset),
                _ => object.value(&mut status),
            }
        }
        let (
            Some(id),
            Some(name),
            Some(description),
            Some(language),
            Some(model_id),
            Some(dataset),
            Some(status),
        ) = (id, name, description, language, model_id, dataset, status) else {
            return object.incomplete();
        };
        Some(Self {
            id,
            name,
            description,
            language,
            model_id,
            dataset,
            status,
        })
    }

    #[inline]
    fn write(&self, object: &mut codec::Writer<'_>) {
        object.field("id", &self.id);
        object.field("name", &self.name);
        object.field("description", &self.description);
        object.field("language", &self.language);
        object.field("model_id", &self.model_id);
        object.field("dataset", &self.dataset);
        object.field("status", &self.status);
    }
}

text_enum!(FineTuneStatus {
    Created = "created",
    Training = "training",
    Completed = "completed",
    Failed = "failed",
});
