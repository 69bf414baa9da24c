//! Notes where responses differ from the document, under feature `drift`.

mod check;
mod contract;
mod difference;
mod file;
mod response;
mod shape;
mod tally;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use contract::Contract;

use crate::error::{Error, ErrorKind, Result};
use crate::service::Service;
use difference::Difference;
use response::{ResponseView, essence, is_json};
use serde_json::Value;
use shape::shape;
use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tally::Tally;

/// Counts that are kept in memory: 20,000.
const MAX_COUNTS: usize = 20_000;
/// Details of one kind at one place that are kept one by one: 64.
const MAX_DETAILS: usize = 64;
/// Bytes of a body that is looked at: 8 MiB.
const MAX_BODY: usize = 8 << 20;

/// A record of where responses differ from the document that a client was generated from: values that an enum lacks,
/// required properties that are missing, null, other types, and properties, statuses and variants that are not
/// documented. The command `learn` of `openapi-clients` proposes corrections of the document from it.
///
/// A client is given one by `drift` of its builder, several clients may share one, and clones are the same record.
/// It looks at each JSON body that is received whole, up to 8 MiB, and at the status of every response; events, lines
/// and what sockets receive are not looked at. It never makes a call fail.
///
/// # What is kept
///
/// Of a response that is as documented: that there was one. Of a difference: the operation's method and path
/// template, the status, the place in the document, the kind, and how many responses had it; besides that
///
/// - the name of an undocumented property, unless it looks like data, such as the key of a map;
/// - the value that an enum or a discriminator lacks, if it is a word of at most 40 letters, digits and `_.:/+-`, has no
///   long number in it and is no UUID, or a number up to 99,999;
/// - the JSON type that was met instead of another one;
/// - of undocumented properties, variants and bodies the names of properties by the same rule, and the JSON types.
///
/// Neither other values nor parameters, headers or URLs are kept.
#[derive(Clone, Default)]
pub struct Drift {
    found: Arc<Mutex<Tally>>,
    contract: Option<Arc<Contract>>,
}

impl Drift {
    /// A record of differences from the documents that the clients were generated from.
    pub fn new() -> Self {
        Self::default()
    }

    /// A record of differences from another document: the text of the file `contract.json` of a generated client.
    ///
    /// # Errors
    /// A text that is no such file.
    pub fn of_contract(text: &str) -> Result<Self> {
        Ok(Self { contract: Some(Arc::new(Contract::read(text)?)), ..Self::default() })
    }

    /// Adds what was noted since the last time to a file, which several programs may share, and which is made if it is
    /// not there. If that fails, nothing is lost: the next time adds it.
    ///
    /// # Errors
    /// A file that cannot be written, or holds something else.
    pub fn save(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let found = std::mem::take(&mut *self.found());
        file::add(path.as_ref(), found.clone()).inspect_err(|_| {
            self.found().merge(found, &mut MAX_COUNTS.clone());
        })
    }

    /// The text that [`save`](Self::save) would write into a new file.
    pub fn to_json(&self) -> String {
        file::text(&self.found())
    }

    fn found(&self) -> MutexGuard<'_, Tally> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The record of one client.
    pub(crate) fn of_client(&self, service: &'static Service) -> Result<ClientDrift> {
        let client = service.name;
        let contract = match (&self.contract, service.contract) {
            (Some(stated), _) => stated.clone(),
            (None, Some(text)) => Arc::new(Contract::read(text)?),
            (None, None) => {
                let message = format!(
                    "`{client}` has no contract that responses could differ from: write `drift: true` into its client.yaml"
                );
                return Err(Error::new(ErrorKind::Configuration, message));
            }
        };
        Ok(ClientDrift { client, contract, drift: self.clone() })
    }
}

impl fmt::Debug for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Drift").field("counts", &self.found().len()).finish_non_exhaustive()
    }
}

/// A record, and the document of one client.
pub(crate) struct ClientDrift {
    client: &'static str,
    contract: Arc<Contract>,
    drift: Drift,
}

impl ClientDrift {
    /// Notes where a response differs. The body is given if it was received whole.
    pub(crate) fn note(
        &self,
        (method, path): (&str, &str),
        status: u16,
        media_type: Option<&str>,
        body: Option<&[u8]>,
    ) {
        let Some((path, responses)) = self.contract.operation(method, path) else { return };
        let media_type = media_type.map(essence);
        let is_json = media_type.as_deref().is_none_or(is_json);
        let body = body.filter(|it| is_json && !it.is_empty() && it.len() <= MAX_BODY);
        let body: Option<Value> = body.and_then(|it| serde_json::from_slice(it).ok());
        let view = ResponseView { status, media_type: media_type.as_deref(), body: body.as_ref() };
        let found = response::differences(&self.contract, &responses, view);
        let operation = format!("{} {path}", method.to_uppercase());
        let mut all = self.drift.found();
        let key = [self.client, &operation, &status.to_string()];
        // Whoever sends what is documented does not pay for counting the rest.
        let room = if found.is_empty() { 0 } else { MAX_COUNTS.saturating_sub(all.len()) };
        if let Some(tally) = all.at(&key) {
            add(tally, &found, room);
        }
    }
}

/// Adds the differences of one response.
fn add(tally: &mut Tally, found: &[Difference<'_>], mut room: usize) {
    tally.add(&["responses"], 1);
    let mut counted = BTreeSet::new();
    for it in found {
        let kinds = ["differences", &it.at, it.kind.name()];
        let has_room = |known: &Tally| match known {
            Tally::Names(names) => {
                names.contains_key(&it.detail) || (names.len() < MAX_DETAILS && room > 0)
            }
            Tally::Count(_) => false,
        };
        // To look must make nothing, so that a full record stays as it is.
        let is_kept = tally.get(&kinds).map_or(room > 0, has_room);
        if !is_kept && room == 0 {
            continue;
        }
        let detail = if is_kept { &*it.detail } else { it.kind.other_details() };
        let Some(entry) = tally.at(&[kinds[0], kinds[1], kinds[2], detail]) else { continue };
        let before = entry.len();
        if counted.insert((it.at.clone(), it.kind, detail.to_owned())) {
            entry.add(&["responses"], 1);
        }
        let names = |it: &&Value| it.is_object() || it.is_array();
        let is_shape = |kind| kind != difference::DifferenceKind::OtherType;
        let value = it.value.filter(|value| is_shape(it.kind) || names(value));
        if let Some(value) = value
            && let Some(known) = entry.at(&["shape"])
        {
            known.merge(shape(value), &mut room);
        }
        room = room.saturating_sub(entry.len() - before);
    }
}
