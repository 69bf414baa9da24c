//! Names of types: components by their key, anonymous ones by where they stand.

use super::Cx;
use super::claim::{Claim, Scope};
use super::ident::RustIdent;
use super::words::{pascal, spaced, spelled};
use crate::diag::SpecPtr;
use crate::ir::{Id, Operation, Origin, Parent, TypeDef};

/// What a type may not be called: names that are in sight wherever types are written.
pub(super) fn reserved(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "Option",
        "Some",
        "None",
        "Result",
        "Ok",
        "Err",
        "Vec",
        "String",
        "Box",
        "Self",
        "Clone",
        "Copy",
        "Debug",
        "Default",
        "PartialEq",
        "Eq",
        "Hash",
        "Send",
        "Sync",
        "Sized",
        "Drop",
        "Fn",
        "FnMut",
        "FnOnce",
        "From",
        "Into",
        "AsRef",
        "AsMut",
        "TryFrom",
        "TryInto",
        "Iterator",
        "IntoIterator",
        "Extend",
        "ToString",
        "ToOwned",
        "Ord",
        "PartialOrd",
        "Unpin",
        "BTreeMap",
    ];
    NAMES.contains(&name)
}

pub(super) fn names(cx: &mut Cx<'_>) -> Vec<RustIdent> {
    let mut scope = Scope::new("V", "Value", &reserved);
    let all: Vec<(Id<TypeDef>, &TypeDef)> = cx.api.types.iter().collect();
    let live = |(id, _): &(Id<TypeDef>, &TypeDef)| cx.facts.is_live(*id);
    let (components, inline): (Vec<_>, Vec<_>) = all
        .iter()
        .copied()
        .filter(live)
        .partition(|(_, it)| matches!(it.origin, Origin::Component(_)));
    let mut names = vec![None; all.len()];
    let claims: Vec<_> = components.iter().map(|(_, it)| component(cx, it)).collect();
    let given = scope.assign(&claims, cx.old, &mut cx.new, cx.sink);
    for ((id, _), name) in components.iter().zip(given) {
        names[id.index()] = Some(name);
    }
    let claims: Vec<_> = inline.iter().map(|(_, it)| anonymous(cx, it, &names)).collect();
    let given = scope.assign(&claims, cx.old, &mut cx.new, cx.sink);
    for ((id, _), name) in inline.iter().zip(given) {
        names[id.index()] = Some(name);
    }
    let left_out = RustIdent::new("LeftOut").expect("it is plain ASCII");
    names.into_iter().map(|it| it.unwrap_or_else(|| left_out.clone())).collect()
}

fn component(cx: &Cx<'_>, def: &TypeDef) -> Claim {
    let Origin::Component(key) = &def.origin else { unreachable!("the caller chose components") };
    let short = cx.stripped(key);
    Claim {
        key: lock_key(&def.at),
        wire: short.to_owned(),
        candidates: vec![pascal(short), pascal(key), pascal(&spelled(key))],
        wish: cx.rename(&def.at).or_else(|| def.wish.clone()),
        at: def.at.clone(),
    }
}

fn anonymous(cx: &Cx<'_>, def: &TypeDef, names: &[Option<RustIdent>]) -> Claim {
    let Origin::Inline { parent, role } = &def.origin else {
        unreachable!("the caller chose these")
    };
    let parent = match parent {
        Parent::Component(key) => component_name(cx, key, names),
        Parent::Operation(at) => operation_words(cx, at),
        Parent::Path(path) => path.clone(),
        Parent::Shared { name, .. } => name.clone(),
    };
    let words: Vec<String> = role.iter().map(|it| spaced(it)).collect();
    let name = pascal(&format!("{parent} {}", words.join(" ")));
    Claim {
        key: lock_key(&def.at),
        wire: String::new(),
        candidates: vec![
            name.clone(),
            pascal(&format!("{parent} {} {}", words.join(" "), kind(def))),
        ],
        wish: cx.rename(&def.at).or_else(|| def.wish.clone()),
        at: def.at.clone(),
    }
}

/// What the lock knows a type by.
pub(super) fn lock_key(at: &SpecPtr) -> String {
    at.to_string()
}

fn component_name(cx: &Cx<'_>, key: &str, names: &[Option<RustIdent>]) -> String {
    let found = cx.api.types.iter().find(|(_, it)| it.origin == Origin::Component(key.to_owned()));
    let name = found.and_then(|(id, _)| names[id.index()].as_ref());
    name.map_or_else(|| key.to_owned(), |it| it.text().to_owned())
}

/// The words of the operation at a place.
fn operation_words(cx: &Cx<'_>, at: &SpecPtr) -> String {
    let found = cx.api.operations.iter().find(|(_, it)| it.at == *at);
    found.map_or_else(|| at.to_string(), |(_, it)| words_of(cx, it))
}

/// The operationId, or method and path.
pub(super) fn words_of(cx: &Cx<'_>, operation: &Operation) -> String {
    match &operation.wire_name {
        Some(name) => cx.stripped(name).to_owned(),
        None => format!("{:?} {}", operation.method, operation.path),
    }
}

fn kind(def: &TypeDef) -> &'static str {
    use crate::ir::Shape;
    match def.shape {
        Shape::Struct(_) => "object",
        Shape::Enum(_) => "kind",
        Shape::Union(_) => "choice",
        Shape::Alias(_) => "alias",
        Shape::Outcome(_) => "outcome",
        Shape::Broken => "broken",
    }
}
