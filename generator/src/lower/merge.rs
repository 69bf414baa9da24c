//! `allOf`: the schemas that hold at once, taken apart into parts that have no `allOf` of their own.

use super::{LowerCx, bounds, heirs, null, scalar};
use crate::diag::{CYCLIC_REF, Exact, NO_EFFECT, SpecPtr};
use crate::load::{NodeRef, Reported, SchemaKeys, SchemaKeyword, Weight};
use std::collections::HashSet;

/// A schema that contributes to a type, with what openapiv3 read of it.
pub(super) struct AllOfMember<'a> {
    pub(super) spot: NodeRef<'a>,
    pub(super) keys: SchemaKeys<'a>,
    pub(super) choices: Choices,
}

/// The choices of a schema that count; the others are being taken apart already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Choices {
    All,
    /// Not `oneOf`.
    AnyOf,
    None,
}

impl Choices {
    pub(super) fn keywords(self) -> &'static [&'static str] {
        match self {
            Self::All => &["oneOf", "anyOf"],
            Self::AnyOf => &["anyOf"],
            Self::None => &[],
        }
    }
}

/// A schema to be lowered, perhaps without its `oneOf` and `anyOf`.
#[derive(Clone)]
pub(super) struct SchemaView<'a> {
    pub(super) spot: NodeRef<'a>,
    pub(super) choices: Choices,
    /// Its `allOf` does not count either.
    pub(super) flat: bool,
}

impl<'a> SchemaView<'a> {
    pub(super) fn new(spot: NodeRef<'a>) -> Self {
        Self { spot, choices: Choices::All, flat: false }
    }
}

/// The result of merging a group of schemas.
pub(super) enum Merged<'a> {
    /// One reference and words about it.
    Reference {
        spot: NodeRef<'a>,
        nullable: bool,
    },
    Parts {
        parts: Vec<AllOfMember<'a>>,
        nullable: bool,
    },
}

/// Takes schemas apart that hold at once.
pub(super) fn merge<'a>(
    cx: &mut LowerCx<'a>,
    pieces: Vec<SchemaView<'a>>,
) -> Result<Merged<'a>, Reported> {
    let mut way = ReferencePath::of(&pieces);
    let flat = flatten(pieces);
    // Schemas that say only words are used too: they restrict nothing.
    for it in &flat {
        it.spot.use_it();
    }
    let several = flat.len() > 1;
    // A base chooses between those that extend it, though it may say nothing else itself.
    let is_base =
        |it: &SchemaView<'_>| it.choices == Choices::All && cx.children.contains_key(&it.spot.at);
    let is_words = |it: &SchemaView<'_>| {
        it.spot.reference().is_none() && !has_substance(it, several) && !is_base(it)
    };
    let is_bounded = |it: &SchemaView<'_>| scalar::is_bounded(&it.spot);
    let words: Vec<bool> = flat.iter().map(is_words).collect();
    if several {
        flat.iter().zip(&words).filter(|it| *it.1).for_each(|it| says_nothing(&it.0.spot));
    }
    let real = flat.iter().zip(&words).filter(|(_, is_words)| !**is_words);
    let mut real: Vec<SchemaView<'_>> = real.map(|(it, _)| it.clone()).collect();
    let nullable = null::is_flagged(cx, &flat);
    if let [one] = &real[..]
        && one.spot.reference().is_some()
        && !heirs::is_extension(cx, &one.spot)
        && !(flat.iter().any(is_bounded) && scalar::is_integer(cx, &one.spot))
        && !(flat.iter().any(|it| scalar::is_formatted(cx, &it.spot))
            && scalar::is_plain(cx, &one.spot))
    {
        for it in &flat {
            excludes_nothing(cx, &it.spot, "the type is that of the reference");
        }
        return Ok(Merged::Reference { spot: one.spot.clone(), nullable });
    }
    match real.is_empty() {
        true => real = flat,
        // The bounds and formats of all parts together say which scalar it is, and one may close the object.
        false => {
            let words = flat.into_iter().zip(words).filter(|(_, is_words)| *is_words);
            let words = words.map(|(it, _)| it);
            let counts = |it: &SchemaView<'_>| {
                is_bounded(it) || it.spot.mentions("format") || it.spot.notes().unevaluated
            };
            real.extend(words.filter(counts));
        }
    }
    let mut parts = Vec::new();
    for piece in real {
        expand(cx, piece, &mut way, &mut parts)?;
    }
    Ok(Merged::Parts { parts, nullable })
}

/// Schemas and the members of their `allOf`, references left as they are.
pub(super) fn flatten<'a>(pieces: impl IntoIterator<Item = SchemaView<'a>>) -> Vec<SchemaView<'a>> {
    let (mut flat, mut seen) = (Vec::new(), HashSet::new());
    for piece in pieces {
        flatten_one(piece, &mut seen, &mut flat);
    }
    flat
}

fn flatten_one<'a>(
    piece: SchemaView<'a>,
    seen: &mut HashSet<SpecPtr>,
    flat: &mut Vec<SchemaView<'a>>,
) {
    if !seen.insert(piece.spot.at.clone()) {
        return;
    }
    let members: Vec<_> = piece.spot.items("allOf").filter(|_| !piece.flat).collect();
    flat.push(piece);
    for spot in members {
        flatten_one(SchemaView::new(spot), seen, flat);
    }
}

/// The schemas that references led to: those that contain the current one, and all so far.
struct ReferencePath {
    /// The schemas that are being lowered.
    users: Vec<SpecPtr>,
    within: Vec<SpecPtr>,
    seen: HashSet<SpecPtr>,
}

impl ReferencePath {
    fn of(pieces: &[SchemaView<'_>]) -> Self {
        // A schema that holds beside others need not be taken once more where these refer to it.
        let beside = pieces.iter().filter(|it| it.flat).map(|it| it.spot.at.clone());
        let users = pieces.iter().map(|it| heirs::extender(&it.spot.at)).collect();
        Self { users, within: Vec::new(), seen: beside.collect() }
    }
}

/// A schema without its `allOf`, and what its references lead to.
fn expand<'a>(
    cx: &mut LowerCx<'a>,
    piece: SchemaView<'a>,
    way: &mut ReferencePath,
    parts: &mut Vec<AllOfMember<'a>>,
) -> Result<(), Reported> {
    let Some(reference) = piece.spot.reference() else {
        let keys = piece.spot.schema(cx.sink)?;
        parts.push(AllOfMember { spot: piece.spot, keys, choices: piece.choices });
        return Ok(());
    };
    let target = cx.document.target(reference, &piece.spot.at, cx.sink)?;
    if way.within.contains(&target.at) {
        cx.sink.report(&CYCLIC_REF, &piece.spot.at, format_args!("`{reference}` contains itself"));
        return Err(Reported);
    }
    // To hold twice is to hold: a schema that several parts extend is taken once.
    if !way.seen.insert(target.at.clone()) {
        return Ok(());
    }
    bounds::nested(cx, way.within.len(), &piece.spot.at)?;
    // A schema that extends another as one of its variants has its properties, and chooses no further.
    let extends = heirs::is_variant_of(cx, &target, way.users.iter().chain(&way.within));
    let choices = if extends { Choices::None } else { Choices::All };
    way.within.push(target.at.clone());
    for piece in flatten([SchemaView { spot: target, choices, flat: false }]) {
        expand(cx, piece, way, parts)?;
    }
    way.within.pop();
    Ok(())
}

/// The keywords by which a schema says something, whatever its type.
pub(super) fn substance<'a>(spot: &NodeRef<'a>) -> impl Iterator<Item = SchemaKeyword> + use<'a> {
    let keywords = spot.keys().filter_map(SchemaKeyword::of);
    keywords.filter(|it| it.row().weight == Weight::Substance)
}

/// Tells that `unevaluatedProperties: false` excludes nothing.
pub(super) fn excludes_nothing(cx: &mut LowerCx<'_>, spot: &NodeRef<'_>, why: &str) {
    const KEY: &str = "additionalProperties";
    let Some(id) = spot.id_of(KEY).filter(|_| spot.notes().unevaluated) else { return };
    if spot.boolean(KEY) == Some(false) && cx.told.insert(spot.at.child(KEY)) {
        let message = format_args!("`unevaluatedProperties` has no effect here: {why}");
        cx.sink.report(&NO_EFFECT, &spot.at, message).exactly(Exact::Key(id)).help(CLOSE);
    }
}

const CLOSE: &str = "say it in the schema that names the properties";

/// Passes over lists and objects that say nothing because they are empty: `properties: {}`.
fn says_nothing(spot: &NodeRef<'_>) {
    substance(spot).filter_map(|it| spot.child(it.name())).for_each(|it| it.pass_over());
}

/// True if a schema says more than documentation.
pub(super) fn has_substance(piece: &SchemaView<'_>, beside_others: bool) -> bool {
    let spot = &piece.spot;
    let unions = piece.choices.keywords().iter().any(|key| spot.mentions(key));
    let typed = match spot.text("type") {
        None => false,
        Some("object") => !beside_others,
        Some(_) => true,
    };
    let extra = spot.mentions("additionalProperties")
        && spot.boolean("additionalProperties") != Some(false);
    unions || typed || extra || substance(spot).any(|it| spot.fills(it.name()))
}
