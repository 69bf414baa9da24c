//! Names of types: components by their key, anonymous ones by their place.

use super::NameCx;
use super::ident::RustIdent;
use super::request::{Candidates, NameRequest, Scope};
use super::words::{pascal, spelled, whole_pascal};
use crate::diag::SpecPtr;
use crate::ir::{Id, Operation, Origin, Parent, TypeDef};
use crate::lower::without_place;
use std::collections::{HashMap, HashSet};

/// The greatest number of arguments of `new`; a type that needs more has a builder.
const MOST_ARGUMENTS: usize = 4;

/// True if a type may not have the name, because it is in scope wherever types are written.
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

/// Names of types. `arguments` are those of their constructors: builders that were named before keep
/// their names.
pub(super) fn names(cx: &mut NameCx<'_>, arguments: &[Vec<usize>]) -> Vec<RustIdent> {
    let built = cx.api.types.iter().filter(|(id, _)| has_builder(*id, arguments));
    let kept: HashSet<&str> =
        built.filter_map(|(_, it)| cx.old.name(&builder_key(&it.at))).collect();
    let idle = cx.idle.keys("builder type ").filter_map(|key| cx.idle.name(key));
    let kept: HashSet<&str> = kept.into_iter().chain(idle).collect();
    let reserved = |it: &str| reserved(it) || kept.contains(it);
    let mut scope = Scope::new("V", "Value", &reserved);
    let all: Vec<(Id<TypeDef>, &TypeDef)> = cx.api.types.iter().collect();
    let live = |(id, _): &(Id<TypeDef>, &TypeDef)| cx.analysis.is_live(*id);
    let (components, inline): (Vec<_>, Vec<_>) = all
        .iter()
        .copied()
        .filter(live)
        .partition(|(_, it)| matches!(it.origin, Origin::Component(_)));
    let mut names = vec![None; all.len()];
    for (_, def) in &inline {
        scope.hold(&lock_key(&def.at), cx.old);
    }
    cx.idle.keys("type ").for_each(|key| scope.hold(key, &cx.idle));
    let claims: Vec<_> = components.iter().map(|(_, it)| component(cx, it)).collect();
    let given = scope.assign(&claims, cx.old, &mut cx.new, cx.sink);
    for ((id, _), name) in components.iter().zip(given) {
        names[id.index()] = Some(name);
    }
    let parents = Parents::of(cx, &components, &names);
    let claims: Vec<_> = inline.iter().map(|(_, it)| anonymous(cx, it, &parents)).collect();
    let given = scope.assign(&claims, cx.old, &mut cx.new, cx.sink);
    for ((id, _), name) in inline.iter().zip(given) {
        names[id.index()] = Some(name);
    }
    let left_out = RustIdent::new("LeftOut").expect("it is plain ASCII");
    names.into_iter().map(|it| it.unwrap_or_else(|| left_out.clone())).collect()
}

/// The builders of the types that have one, each named after its type unless a schema is called so. Where
/// `client.yaml` renames a type, its builder follows.
pub(super) fn builders(
    cx: &mut NameCx<'_>,
    names: &[RustIdent],
    arguments: &[Vec<usize>],
) -> Vec<Option<RustIdent>> {
    let types: HashSet<&str> = names.iter().map(RustIdent::text).collect();
    let is_type = |it: &str| types.contains(it);
    let mut scope = Scope::new("V", "Maker", &is_type);
    for word in ["type ", "builder type "] {
        cx.idle.keys(word).for_each(|key| scope.hold(key, &cx.idle));
    }
    let built: Vec<_> = cx.api.types.ids().filter(|id| has_builder(*id, arguments)).collect();
    let claim = |id: &Id<TypeDef>| {
        let candidates = Candidates::only(format!("{}Builder", names[id.index()].text()));
        let at = cx.api.types[*id].at.clone();
        // The document spells none of these, so the lock has them all: a schema that comes later may
        // be called so.
        NameRequest { key: builder_key(&at), wire: String::new(), candidates, wish: None, at }
    };
    let claims: Vec<_> = built.iter().map(claim).collect();
    let renamed = built
        .iter()
        .zip(&claims)
        .filter(|(id, it)| cx.old.differs(&lock_key(&it.at), names[id.index()].text()));
    let old = cx.old.without(renamed.map(|(_, it)| &*it.key));
    let given = scope.assign(&claims, &old, &mut cx.new, cx.sink);
    let mut builders = vec![None; names.len()];
    for (id, name) in built.into_iter().zip(given) {
        builders[id.index()] = Some(name);
    }
    builders
}

fn has_builder(id: Id<TypeDef>, arguments: &[Vec<usize>]) -> bool {
    arguments[id.index()].len() > MOST_ARGUMENTS
}

fn builder_key(at: &SpecPtr) -> String {
    format!("builder {}", lock_key(at))
}

fn component<'a>(cx: &NameCx<'_>, def: &'a TypeDef) -> NameRequest<'a> {
    let Origin::Component(key) = &def.origin else { unreachable!("the caller chose components") };
    let short = cx.stripped(key);
    NameRequest {
        key: lock_key(&def.at),
        wire: key.clone(),
        candidates: Candidates::new(pascal(short), || vec![pascal(key), pascal(&spelled(key))]),
        wish: cx.wish(&def.at, def.wish.as_ref()),
        at: def.at.clone(),
    }
}

/// The words that name the items which contain inline types.
struct Parents {
    components: HashMap<String, String>,
    operations: HashMap<SpecPtr, Vec<String>>,
}

impl Parents {
    fn of(
        cx: &NameCx<'_>,
        components: &[(Id<TypeDef>, &TypeDef)],
        names: &[Option<RustIdent>],
    ) -> Self {
        let key = |it: &TypeDef| match &it.origin {
            Origin::Component(key) => key.clone(),
            Origin::Inline { .. } => String::new(),
        };
        let name = |id: &Id<TypeDef>| Some(names[id.index()].as_ref()?.text().to_owned());
        Self {
            components: components
                .iter()
                .filter_map(|(id, it)| Some((key(it), name(id)?)))
                .collect(),
            operations: cx
                .api
                .operations
                .iter()
                .map(|(_, it)| (it.at.clone(), words_of(cx, it)))
                .collect(),
        }
    }

    /// The words, best first.
    fn words(&self, parent: &Parent) -> Vec<String> {
        let words = match parent {
            Parent::Component(key) => self.components.get(key).unwrap_or(key).clone(),
            Parent::Operation(at) => {
                return self.operations.get(at).cloned().unwrap_or_else(|| vec![at.to_string()]);
            }
            Parent::Path(path) => literals(path),
            Parent::Shared { name, .. } => name.clone(),
        };
        vec![words]
    }
}

/// The words of a path without its parameters.
fn literals(path: &str) -> String {
    path.split('/').filter(|it| !it.starts_with('{')).collect::<Vec<_>>().join(" ")
}

fn anonymous<'a>(cx: &NameCx<'_>, def: &'a TypeDef, parents: &'a Parents) -> NameRequest<'a> {
    let Origin::Inline { parent, role } = &def.origin else {
        unreachable!("the caller chose these")
    };
    let parents = parents.words(parent);
    let best = names_within(&parents[0], role).swap_remove(0);
    let others = move || {
        let within = |role: &[String]| -> Vec<String> {
            parents.iter().flat_map(|parent| names_within(parent, role)).collect()
        };
        let with_kind = [&role[..], &[kind(def).to_owned()]].concat();
        [within(role).split_off(1), within(&with_kind)].concat()
    };
    NameRequest {
        key: lock_key(&def.at),
        wire: String::new(),
        candidates: Candidates::new(best, others),
        wish: cx.wish(&def.at, def.wish.as_ref()),
        at: def.at.clone(),
    }
}

/// The name of a type by its role in its parent. Where it has too many characters for one, names without words
/// from the midst: the last ones say most.
fn names_within(parent: &str, role: &[String]) -> Vec<String> {
    let name = |words: &[String]| format!("{parent} {}", words.join(" "));
    let whole = name(role);
    if let Some(it) = whole_pascal(&whole) {
        return vec![it];
    }
    let shorter = |from: usize| whole_pascal(&name(&[&role[..1], &role[from..]].concat()));
    let found: Vec<_> = (2..role.len()).filter_map(shorter).collect();
    if found.is_empty() { vec![pascal(&whole)] } else { found }
}

/// The key of a type in the lock.
pub(super) fn lock_key(at: &SpecPtr) -> String {
    format!("type {at}")
}

/// The operationId, first without what a framework adds to it, or else method and path.
fn words_of(cx: &NameCx<'_>, operation: &Operation) -> Vec<String> {
    let Some(name) = &operation.wire_name else {
        return vec![format!("{:?} {}", operation.method, operation.path)];
    };
    let name = cx.stripped(name);
    let short = without_place(name, operation.method, &operation.path);
    short.into_iter().chain([name.to_owned()]).collect()
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
