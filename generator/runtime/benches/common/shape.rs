//! A page of files, once as generated code describes it and once with serde's derives.

use client_runtime::codec::{Reader, Record, Writer};

#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub(crate) struct DerivedFile {
    pub(crate) id: String,
    pub(crate) filename: String,
    pub(crate) created_at: String,
    pub(crate) size: i64,
    pub(crate) description: Option<String>,
    pub(crate) ready: bool,
}

#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub(crate) struct DerivedPage {
    pub(crate) data: Vec<DerivedFile>,
    pub(crate) has_more: bool,
}

/// A page with so many items.
pub(crate) fn page(items: i64) -> DerivedPage {
    let file = |i: i64| DerivedFile {
        id: format!("file_{i:012}"),
        filename: format!("speech sample {i}.wav"),
        created_at: String::from("2026-03-01T12:34:56.789Z"),
        size: i * 48_211,
        description: (i % 2 == 0).then(|| String::from("Sample read by a \"native\" speaker")),
        ready: i % 3 == 0,
    };
    DerivedPage { data: (0..items).map(file).collect(), has_more: true }
}

#[derive(Clone, Debug, PartialEq)]
#[expect(unreachable_pub, reason = "`Paged` is public, and so is what it names")]
pub struct File {
    pub(crate) id: String,
    pub(crate) filename: String,
    pub(crate) created_at: String,
    pub(crate) size: i64,
    pub(crate) description: Option<String>,
    pub(crate) ready: bool,
}

#[derive(Clone, Debug, PartialEq)]
#[expect(unreachable_pub, reason = "`Paged` is public, and so is what it names")]
pub struct Page {
    pub(crate) data: Vec<File>,
    pub(crate) has_more: bool,
}

client_runtime::records!(File, Page);

impl Record for File {
    const NAME: &'static str = "File";
    const FIELDS: &'static [&'static str] =
        &["id", "filename", "created_at", "size", "description", "ready"];

    fn read(object: &mut Reader<'_>) -> Option<Self> {
        let (mut id, mut filename, mut created_at, mut size, mut description, mut ready) =
            (None, None, None, None, None, None);
        while let Some(field) = object.next() {
            match field {
                0 => object.value(&mut id),
                1 => object.value(&mut filename),
                2 => object.value(&mut created_at),
                3 => object.value(&mut size),
                4 => object.optional(&mut description),
                _ => object.value(&mut ready),
            }
        }
        let (Some(id), Some(filename), Some(created_at), Some(size), Some(ready)) =
            (id, filename, created_at, size, ready)
        else {
            return object.incomplete();
        };
        Some(Self { id, filename, created_at, size, description, ready })
    }

    fn write(&self, object: &mut Writer<'_>) {
        object.field("id", &self.id);
        object.field("filename", &self.filename);
        object.field("created_at", &self.created_at);
        object.field("size", &self.size);
        object.optional("description", &self.description);
        object.field("ready", &self.ready);
    }
}

impl Record for Page {
    const NAME: &'static str = "Page";
    const FIELDS: &'static [&'static str] = &["data", "has_more"];

    fn read(object: &mut Reader<'_>) -> Option<Self> {
        let (mut data, mut has_more) = (None, None);
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

    fn write(&self, object: &mut Writer<'_>) {
        object.field("data", &self.data);
        object.field("has_more", &self.has_more);
    }
}
