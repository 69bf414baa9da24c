//! Times the codec against derived serde on a page of 100 items:
//! `cargo run --release -p client-runtime --example codec_speed`.

use client_runtime::codec::{self, Reader, Record, Writer};
use std::hint::black_box;
use std::time::{Duration, Instant};

#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct DerivedFile {
    id: String,
    filename: String,
    created_at: String,
    size: i64,
    description: Option<String>,
    ready: bool,
}

#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct DerivedPage {
    data: Vec<DerivedFile>,
    has_more: bool,
}

#[derive(Clone, Debug, PartialEq)]
struct File {
    id: String,
    filename: String,
    created_at: String,
    size: i64,
    description: Option<String>,
    ready: bool,
}

#[derive(Clone, Debug, PartialEq)]
struct Page {
    data: Vec<File>,
    has_more: bool,
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

fn main() {
    let file = |i: i64| DerivedFile {
        id: format!("file_{i:012}"),
        filename: format!("speech sample {i}.wav"),
        created_at: String::from("2026-03-01T12:34:56.789Z"),
        size: i * 48_211,
        description: (i % 2 == 0).then(|| String::from("Sample read by a \"native\" speaker")),
        ready: i % 3 == 0,
    };
    let derived = DerivedPage { data: (0..100).map(file).collect(), has_more: true };
    let text = serde_json::to_vec(&derived).expect("plain data");
    let page: Page = codec::from_slice(&text).expect("the same shape");

    let (mut times, mut rounds) =
        ([Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new()], 0);
    while rounds < 400 {
        rounds += 1;
        times[0].push(time(|| {
            black_box(serde_json::from_slice::<DerivedPage>(black_box(&text)).is_ok())
        }));
        times[1].push(time(|| black_box(codec::from_slice::<Page>(black_box(&text)).is_ok())));
        times[2].push(time(|| black_box(serde_json::to_vec(black_box(&derived)).is_ok())));
        times[3].push(time(|| black_box(codec::to_vec(black_box(&page)).is_ok())));
        times[4].push(time(|| black_box(serde_json::from_slice::<Page>(black_box(&text)).is_ok())));
        times[5].push(time(|| black_box(serde_json::to_vec(black_box(&page)).is_ok())));
    }
    let [derived_in, ours_in, derived_out, ours_out, serde_in, serde_out] =
        times.map(|it| median(it).as_secs_f64() * 1e6);
    println!("{} bytes, medians of {rounds} rounds of 20, µs", text.len());
    println!(
        "decode: derived {derived_in:.1}, ours {ours_in:.1}, ratio {:.2} (through serde {serde_in:.1}, {:.2})",
        ours_in / derived_in,
        serde_in / derived_in
    );
    println!(
        "encode: derived {derived_out:.1}, ours {ours_out:.1}, ratio {:.2} (through serde {serde_out:.1}, {:.2})",
        ours_out / derived_out,
        serde_out / derived_out
    );
    println!("both:   ratio {:.2}", (ours_in + ours_out) / (derived_in + derived_out));
}

fn time(work: impl Fn() -> bool) -> Duration {
    let start = Instant::now();
    for _ in 0..20 {
        work();
    }
    start.elapsed() / 20
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
