//! Charges what grows while it is read to the memory limit.

use super::limits::allocate;
use super::{Json, Members, Source};
use std::collections::BTreeMap;

/// Adds a value to a list.
pub(super) fn push<T>(
    list: &mut Vec<T>,
    source: &mut dyn Source,
    read: impl FnOnce(&mut dyn Source) -> Option<T>,
) {
    if list.len() == list.capacity() && !grow(list, source) {
        return;
    }
    list.extend(read(source));
}

/// Makes room as vectors do.
#[cold]
fn grow<T>(list: &mut Vec<T>, source: &mut dyn Source) -> bool {
    let first = if size_of::<T>() <= 1024 { 4 } else { 1 };
    let more = list.len().max(first);
    let allowed = allocate(more.saturating_mul(size_of::<T>()));
    match allowed {
        Ok(()) => list.reserve_exact(more),
        Err(message) => source.fail(&message),
    }
    allowed.is_ok()
}

/// Entries of a node of a B-tree, of which about half are in use.
const NODE: usize = 11;

/// Takes memory for the next entry of a map of `len` entries.
pub(super) fn entry<K, T>(len: usize) -> Result<(), &'static str> {
    match len % (NODE / 2) {
        0 => allocate(NODE * (size_of::<K>() + size_of::<T>())),
        _ => Ok(()),
    }
}

/// Adds a member to a map.
pub(super) fn insert<T>(
    map: &mut BTreeMap<String, T>,
    members: &mut dyn Members,
    key: String,
    value: Option<T>,
) {
    let Some(value) = value else { return };
    match entry::<String, T>(map.len()) {
        Ok(()) => drop(map.insert(key, value)),
        Err(message) => members.fail(&message),
    }
}

/// Puts a value behind a pointer.
pub(super) fn boxed<T>(source: &mut dyn Source, value: Option<T>) -> Option<Box<T>> {
    let value = value?;
    // A small value takes little more than the text that it was read from.
    if size_of::<T>() > 128
        && let Err(message) = allocate(size_of::<T>())
    {
        source.fail(&message);
        return None;
    }
    Some(Box::new(value))
}

/// Counts the values in an untyped value, itself among them.
pub(super) fn parts(json: &Json) -> usize {
    1 + match json {
        Json::Array(list) => list.iter().map(parts).sum(),
        Json::Object(map) => map.values().map(parts).sum::<usize>(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => 0,
    }
}

/// Copies an untyped value.
pub(super) fn copy(json: &Json) -> Result<Json, &'static str> {
    if json.is_array() || json.is_object() {
        allocate(memory_of(json))?;
    }
    Ok(json.clone())
}

/// The memory behind an untyped value, but for its texts, which are no longer than they were.
fn memory_of(json: &Json) -> usize {
    match json {
        Json::Array(list) => size_of_val(&**list) + list.iter().map(memory_of).sum::<usize>(),
        Json::Object(map) => {
            let nodes = map.len().div_ceil(NODE / 2);
            let node = NODE * (size_of::<String>() + size_of::<Json>());
            nodes * node + map.values().map(memory_of).sum::<usize>()
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => 0,
    }
}
