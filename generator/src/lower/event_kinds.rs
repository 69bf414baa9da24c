//! Events that the document describes with their own fields: what their data is, kind by kind.

use super::LowerCx;
use super::event::MAX_DEPTH;
use super::through::{choices, each, keywords, property, property_names, requires, types};
use crate::diag::SpecPtr;
use crate::load::NodeRef;
use std::collections::HashSet;

/// The fields of an event (HTML, "Server-sent events").
const FIELDS: &[&str] = &["data", "event", "id", "retry"];

/// Kinds of events of one stream, at most.
const MAX_EVENT_KINDS: usize = 256;

/// JSON that an event carries.
pub(super) struct Carried<'a> {
    /// Names that the event may have.
    pub(super) names: Vec<&'a str>,
    pub(super) data: NodeRef<'a>,
}

impl<'a> Carried<'a> {
    /// The event's name.
    pub(super) fn name(&self) -> Option<&'a str> {
        match self.names[..] {
            [one] => Some(one),
            _ => None,
        }
    }
}

/// One of several kinds of events.
pub(super) struct EventKind<'a> {
    /// Names that the event may have.
    pub(super) names: Vec<&'a str>,
    pub(super) data: KindData<'a>,
    /// The texts that its data may be, if these are listed.
    pub(super) words: Vec<&'a str>,
    /// The schema of the event.
    pub(super) event: NodeRef<'a>,
}

pub(super) enum KindData<'a> {
    Json(NodeRef<'a>),
    Text(NodeRef<'a>),
}

/// The data of events.
#[derive(Default)]
pub(super) struct Data<'a> {
    /// True if the document states the schemas as those of events.
    of_event: bool,
    pub(super) json: Vec<Carried<'a>>,
    /// Texts that are all there can be.
    pub(super) words: Vec<&'a str>,
    /// True if the data may be any text.
    pub(super) text: bool,
    /// The schemas of any text.
    pub(super) texts: Vec<NodeRef<'a>>,
    /// All of these, in the order of the document.
    pub(super) kinds: Vec<EventKind<'a>>,
    /// The schemas that were taken apart, and are no types of their own.
    pub(super) taken: Vec<NodeRef<'a>>,
    /// The schemas that were looked at.
    seen: HashSet<SpecPtr>,
}

/// The properties of an event that the schema around its choice declares.
#[derive(Default)]
pub(super) struct Outer<'a> {
    data: Option<NodeRef<'a>>,
    /// True if it has a field that makes it an event: one that other JSON would hardly have.
    named: bool,
    /// True if it has no properties other than the fields of an event.
    bare: bool,
    /// True if it has another field of an event than `data`, or must have `data`.
    certain: bool,
}

impl Outer<'_> {
    /// An event without a schema around its choice.
    pub(super) fn nothing() -> Self {
        Self { bare: true, ..Self::default() }
    }
}

impl<'a> Data<'a> {
    /// Nothing so far; `of_event` says that the document states the schemas as those of events.
    pub(super) fn of(of_event: bool) -> Self {
        Self { of_event, ..Self::default() }
    }

    /// True if there are several kinds of events, each of which has names that no other has.
    pub(super) fn are_named_apart(&self) -> bool {
        let mut seen = HashSet::new();
        let mut names = self.kinds.iter().flat_map(|it| &it.names);
        self.kinds.len() > 1
            && self.kinds.iter().all(|it| !it.names.is_empty())
            && names.all(|it| seen.insert(*it))
    }

    /// True if a schema describes an event; adds its data. The properties of `outer` count where a
    /// choice does not declare them.
    pub(super) fn describe(
        &mut self,
        cx: &LowerCx<'a>,
        spot: &NodeRef<'a>,
        outer: &Outer<'a>,
    ) -> bool {
        if !self.seen.insert(spot.at.clone()) {
            return true;
        }
        if self.seen.len() > MAX_EVENT_KINDS {
            return false;
        }
        self.taken.push(spot.clone());
        // The runtime gives these fields with each event.
        let given =
            ["id", "event", "retry"].into_iter().flat_map(|it| property(cx, spot, it, MAX_DEPTH));
        for it in given {
            it.use_it();
            it.pass_over();
        }
        let names = property_names(cx, spot, MAX_DEPTH);
        let fields = names.iter().map(String::as_str);
        let own = property(cx, spot, "data", MAX_DEPTH);
        let carries = own.iter().find(|it| within(cx, it).is_some());
        // One that says no type of its own is as all of them are.
        let says = |it: &&NodeRef<'a>| {
            let typed =
                !types(cx, it, MAX_DEPTH).is_empty() || !keywords(cx, it, MAX_DEPTH).is_empty();
            outer.data.is_none() || typed || !choices(cx, it, MAX_DEPTH).is_empty()
        };
        let own = carries.or(own.iter().find(says));
        let data = own.cloned().or_else(|| outer.data.clone());
        let event = Outer {
            named: fields.clone().any(|it| matches!(it, "event" | "retry")) || outer.named,
            bare: outer.bare && fields.clone().all(|it| FIELDS.contains(&it)),
            certain: outer.certain
                || fields.clone().any(|it| it != "data" && FIELDS.contains(&it))
                || requires(cx, spot, "data", MAX_DEPTH),
            data,
        };
        let choices = choices(cx, spot, MAX_DEPTH);
        if !choices.is_empty() {
            return choices.iter().all(|it| self.describe(cx, it, &event));
        }
        let stated = property(cx, spot, "event", MAX_DEPTH);
        let names = stated.iter().flat_map(|it| keywords(cx, it, MAX_DEPTH)).collect();
        self.taken.extend(stated);
        match &event.data {
            Some(data) => self.add(cx, spot, names, data, &event),
            // An event without data is not dispatched (HTML, 9.2.6): the others say what comes.
            None => event.bare && event.named,
        }
    }

    /// Adds what the data of one event is, if that is what a schema describes.
    fn add(
        &mut self,
        cx: &LowerCx<'a>,
        spot: &NodeRef<'a>,
        names: Vec<&'a str>,
        data: &NodeRef<'a>,
        event: &Outer<'a>,
    ) -> bool {
        let kind = |data, words: &[&'a str]| EventKind {
            names: names.clone(),
            data,
            words: words.to_vec(),
            event: spot.clone(),
        };
        if let Some(json) = within(cx, data) {
            self.taken.push(data.clone());
            self.kinds.push(kind(KindData::Json(json.clone()), &[]));
            self.json.push(Carried { names, data: json });
            return true;
        }
        let envelope = event.bare && event.certain;
        let types = types(cx, data, MAX_DEPTH);
        let words = keywords(cx, data, MAX_DEPTH);
        let is_text = types.iter().any(|it| it == "string") || !words.is_empty();
        match is_text && choices(cx, data, MAX_DEPTH).is_empty() {
            true if envelope || (self.of_event && (event.named || event.bare)) => {
                self.taken.push(data.clone());
                self.kinds.push(kind(KindData::Text(data.clone()), &words));
                match words.is_empty() {
                    true => {
                        self.text = true;
                        self.texts.push(data.clone());
                    }
                    false => self.words.extend(words),
                }
                true
            }
            false if envelope => {
                self.kinds.push(kind(KindData::Json(data.clone()), &[]));
                self.json.push(Carried { names, data: data.clone() });
                true
            }
            true | false => false,
        }
    }
}

/// The schema of the JSON within a text, which may stand behind references and in `allOf`.
fn within<'a>(cx: &LowerCx<'a>, data: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let mut found = data.beyond().content_schema.schema();
    each(cx, data, MAX_DEPTH, &mut |it| {
        found = found.take().or_else(|| it.beyond().content_schema.schema());
    });
    found
}
