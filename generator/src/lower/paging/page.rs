//! The page of a list: where its items are, and what it says of the page after it.

use super::value::{ValueKind, said, value};
use super::words::{LISTS, NESTED, SIDE_LISTS, WRAPPERS, is_key, key};
use super::{PagingCx, find, structure};
use crate::ir::{Field, Struct, Type};

/// The depth in a page to which such properties are looked for.
const MAX_DEPTH: usize = 3;

/// Properties of a page, or of an object in it.
pub(super) struct PropertyGroup<'a> {
    /// The properties from the page down to the object.
    path: Vec<String>,
    /// The object's own name.
    container: String,
    fields: &'a [Field],
}

/// A property of a page.
pub(super) struct PageProperty<'a> {
    pub(super) path: Vec<String>,
    pub(super) key: String,
    /// The name of the object that contains it; empty for the page.
    pub(super) container: &'a str,
    pub(super) field: &'a Field,
}

/// The page's own properties, and those of objects in which pages keep what they say of the list,
/// outermost first.
pub(super) fn groups<'a>(cx: &PagingCx<'a>, page: Option<&'a Struct>) -> Vec<PropertyGroup<'a>> {
    let Some(page) = page else { return Vec::new() };
    let mut groups =
        vec![PropertyGroup { path: Vec::new(), container: String::new(), fields: &page.fields }];
    let mut index = 0;
    while let Some(group) = groups.get(index) {
        index += 1;
        if group.path.len() == MAX_DEPTH {
            continue;
        }
        let (path, fields) = (group.path.clone(), group.fields);
        let words = NESTED.iter().chain(WRAPPERS.iter().filter(|_| path.is_empty()));
        for word in words {
            for field in fields.iter().filter(|it| is_key(&it.wire_name, word)) {
                let Some(inner) = structure(cx.api, &field.ty) else { continue };
                let path = [&path[..], std::slice::from_ref(&field.wire_name)].concat();
                groups.push(PropertyGroup {
                    path,
                    container: (*word).to_owned(),
                    fields: &inner.fields,
                });
            }
        }
    }
    groups
}

/// The properties of all groups with one of these names: by the group, then by the name.
pub(super) fn properties<'g>(
    groups: &'g [PropertyGroup<'_>],
    names: &[&str],
) -> Vec<PageProperty<'g>> {
    let mut found = Vec::new();
    for group in groups {
        for name in names {
            let fields = group.fields.iter().filter(|it| it.constant.is_none());
            found.extend(fields.filter(|it| is_key(&it.wire_name, name)).map(|field| {
                PageProperty {
                    path: [&group.path[..], std::slice::from_ref(&field.wire_name)].concat(),
                    key: (*name).to_owned(),
                    container: &group.container,
                    field,
                }
            }));
        }
    }
    found
}

impl PageProperty<'_> {
    /// The values that it may have.
    pub(super) fn value(&self, cx: &PagingCx<'_>) -> ValueKind {
        value(cx.api, &self.field.ty, &said(cx.document, &self.field.at))
    }
}

/// The items of a page: the way to their list, and their type.
pub(super) struct Items {
    pub(super) path: Vec<String>,
    pub(super) item: Type,
}

/// Why a page has no list of items that is plain.
pub(super) enum NoItems {
    /// It has no list.
    NoList,
    /// It has several.
    Several,
}

/// The list of items in a page: the one list, or the one with a usual name.
pub(super) fn items(
    cx: &PagingCx<'_>,
    page: &Type,
    stated: Option<&str>,
) -> Result<Items, NoItems> {
    if let Some(item) = list(cx, page) {
        return Ok(Items { path: Vec::new(), item });
    }
    let page = structure(cx.api, page).ok_or(NoItems::NoList)?;
    let own = chosen(cx, page, stated);
    if !matches!(own, Err(NoItems::NoList)) {
        return own;
    }
    let inside = page.fields.iter().filter(|it| WRAPPERS.contains(&&*key(&it.wire_name)));
    for outer in inside {
        let Some(inner) = structure(cx.api, &outer.ty) else { continue };
        match chosen(cx, inner, stated) {
            Err(NoItems::NoList) => {}
            Ok(mut items) => {
                items.path.insert(0, outer.wire_name.clone());
                return Ok(items);
            }
            Err(NoItems::Several) => return Err(NoItems::Several),
        }
    }
    Err(NoItems::NoList)
}

fn chosen(cx: &PagingCx<'_>, page: &Struct, stated: Option<&str>) -> Result<Items, NoItems> {
    let lists = page.fields.iter().filter_map(|it| Some((it, list(cx, &it.ty)?)));
    let lists: Vec<_> = lists.collect();
    let items = |(field, item): &(&Field, Type)| Items {
        path: vec![field.wire_name.clone()],
        item: item.clone(),
    };
    if let Some(name) = stated {
        let found = lists.iter().find(|it| it.0.wire_name == name);
        return found.map(items).ok_or(NoItems::NoList);
    }
    let main: Vec<_> =
        lists.iter().filter(|it| !SIDE_LISTS.contains(&&*key(&it.0.wire_name))).collect();
    let named = |name: &str| lists.iter().find(|it| is_key(&it.0.wire_name, name));
    match (&main[..], &lists[..]) {
        ([one], _) => Ok(items(one)),
        (_, [one]) => Ok(items(one)),
        (_, []) => Err(NoItems::NoList),
        _ => {
            let resource = key(&cx.api.resources[cx.operation.resource].words);
            let found = named(&resource).or_else(|| LISTS.iter().find_map(|it| named(it)));
            found.map(items).ok_or(NoItems::Several)
        }
    }
}

pub(super) fn list(cx: &PagingCx<'_>, ty: &Type) -> Option<Type> {
    match cx.api.types.behind(ty) {
        // A list of itself is a type of its own.
        Type::List(item) if **item == *ty => None,
        Type::List(item) => Some((**item).clone()),
        _ => None,
    }
}

/// The type of the property that a path leads to.
pub(super) fn follow<'a>(cx: &PagingCx<'a>, page: &'a Type, path: &[String]) -> Option<&'a Type> {
    path.iter().try_fold(page, |ty, name| {
        let inner = match cx.api.types.behind(ty) {
            Type::Nullable(inner) => inner,
            other => other,
        };
        find(structure(cx.api, inner)?, name).map(|it| &it.ty)
    })
}
