//! The test that values are written as they were read.

use super::check::same;
use crate::codec::{Decode, Encode, Json, from_slice, measure_fit, to_json};
use serde::{Deserialize, Serialize};

/// Reads and writes samples, and gathers what is wrong.
#[derive(Debug, Default)]
#[must_use = "what is wrong comes out in `finish`"]
pub struct RoundTrips(Vec<String>);

impl RoundTrips {
    /// Reads samples of a type, each with nothing that the type does not know; writes them, which
    /// must give the same JSON; and does both again through serde.
    pub fn check<T>(&mut self, name: &str, samples: &[&str])
    where
        T: Decode + Encode + Serialize + for<'de> Deserialize<'de> + PartialEq,
    {
        for sample in samples {
            if let Err(why) = round_trip::<T>(sample) {
                self.0.push(format!("{name}: {why}\n  sample: {sample}"));
            }
        }
    }

    /// Ends the test.
    ///
    /// # Panics
    /// If anything was wrong.
    pub fn finish(self) {
        assert!(self.0.is_empty(), "{}", self.0.join("\n"));
    }
}

fn round_trip<T>(sample: &str) -> Result<(), String>
where
    T: Decode + Encode + Serialize + for<'de> Deserialize<'de> + PartialEq,
{
    let json: Json = from_slice(sample.as_bytes()).map_err(|it| it.to_string())?;
    let (value, unknown) = measure_fit(|| from_slice::<T>(sample.as_bytes()));
    let value = value.map_err(|it| it.to_string())?;
    if unknown.unfamiliar() > 0 {
        return Err(format!("{} things in it are unknown to the type", unknown.unfamiliar()));
    }
    let written = to_json(&value).map_err(|it| it.to_string())?;
    compare("it is written as", &written, &json)?;
    let through_serde: T = serde_json::from_value(json.clone()).map_err(|it| it.to_string())?;
    if through_serde != value {
        return Err("serde reads another value".to_owned());
    }
    let written = serde_json::to_value(&value).map_err(|it| it.to_string())?;
    compare("serde writes it as", &written, &json)
}

fn compare(what: &str, written: &Json, json: &Json) -> Result<(), String> {
    if same(written, json) { Ok(()) } else { Err(format!("{what} {written}")) }
}
