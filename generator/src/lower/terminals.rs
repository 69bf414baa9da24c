//! Several kinds of response of one operation: what asks for each.

use super::streaming::StreamHint;
use super::{LowerCx, flags};
use crate::ir::{
    Body, BodyContent, Enum, Field, Id, Param, ParamPlace, Scalar, Setting, SettingPlace, Shape,
    Success, Tag, Terminal, Type, TypeDef, Union,
};
use crate::load::Json;
use std::collections::HashMap;

/// The parameters and the body of a request, in which something may ask for a kind of response.
pub(super) type RequestInputs<'r> = (&'r [Param], Option<&'r Body>);

/// Names of flags that ask for a stream, without case, `-`, `_` and a leading `x`.
const FLAGS: &[&str] = &["stream", "streaming"];

/// The same for parameters, which may ask to follow something.
const PARAM_FLAGS: &[&str] = &["stream", "streaming", "follow", "watch"];

/// Words that ask for events.
const EVENTS: &[&str] = &["sse", "events", "eventstream", "texteventstream", "streaming"];

/// Words that ask for lines.
const LINES: &[&str] = &["ndjson", "jsonl", "jsonlines", "xndjson", "streaming"];

/// A property or parameter that asks for a stream.
#[derive(Clone, Debug)]
pub(super) struct Switch {
    place: SettingPlace,
    name: String,
    values: SwitchValues,
    /// True if each request has to send it.
    always: bool,
}

#[derive(Clone, Debug)]
enum SwitchValues {
    /// A flag, and whether its absence asks for a stream too.
    Flag { by_default: bool },
    /// The only value of a flag.
    Only(bool),
    /// Words of a list.
    Words { all: Vec<String>, default: Option<String> },
}

impl Switch {
    /// True if it is the property or parameter with this name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name == name
    }

    /// `true` if it always asks for a stream, `false` if it never does.
    pub(super) fn only(&self) -> Option<bool> {
        match self.values {
            SwitchValues::Only(it) => Some(it),
            SwitchValues::Flag { .. } | SwitchValues::Words { .. } => None,
        }
    }

    /// Takes in what another variant of the same body says.
    fn join(&mut self, other: &Self) {
        self.values = match (&self.values, &other.values) {
            (SwitchValues::Only(one), SwitchValues::Only(other)) if one == other => return,
            (SwitchValues::Flag { by_default: one }, SwitchValues::Flag { by_default: other }) => {
                SwitchValues::Flag { by_default: *one || *other }
            }
            // One variant may ask for a stream where another may not: what is called says which.
            (
                SwitchValues::Only(_) | SwitchValues::Flag { .. },
                SwitchValues::Only(_) | SwitchValues::Flag { .. },
            ) => {
                self.always = true;
                SwitchValues::Flag { by_default: false }
            }
            (SwitchValues::Words { .. }, _) | (_, SwitchValues::Words { .. }) => return,
        };
    }

    /// The setting that a kind of response needs.
    fn setting(&self, kind: &Success) -> Option<Setting> {
        let streams = is_stream(kind);
        let setting = |value: Json, always: bool| Setting {
            place: self.place,
            name: self.name.clone(),
            value,
            always: always || self.always,
        };
        match &self.values {
            SwitchValues::Flag { by_default } => {
                Some(setting(streams.into(), streams || *by_default))
            }
            SwitchValues::Only(it) => {
                (self.place != SettingPlace::Body).then(|| setting((*it).into(), true))
            }
            SwitchValues::Words { all, default } => {
                let asks = |it: &&String| asks_for(it, kind);
                let wanted = match streams {
                    true => all.iter().find(asks),
                    false => {
                        let plain = |it: &&String| !is_stream_word(it);
                        default.as_ref().filter(plain).or_else(|| all.iter().find(plain))
                    }
                }?;
                let is_default = default.as_ref() == Some(wanted);
                let is_said = streams || default.as_ref().is_some_and(|it| is_stream_word(it));
                Some(setting(wanted.as_str().into(), is_said && !is_default))
            }
        }
    }
}

/// Says of each kind of response what asks for it.
pub(super) fn settle(
    cx: &LowerCx<'_>,
    asked: RequestInputs<'_>,
    hint: Option<&StreamHint<'_>>,
    success: &Success,
    terminals: &mut [Terminal],
) -> Option<Setting> {
    let switch = switch(cx, asked, hint)?;
    for it in terminals.iter_mut() {
        it.setting = switch.setting(&it.response);
    }
    // Where all is a stream, a flag may say how long it lasts, and no more.
    let is_choice = !terminals.is_empty() || FLAGS.contains(&&*plain(&switch.name));
    let any = is_stream(success) || terminals.iter().any(|it| is_stream(&it.response));
    switch.setting(success).filter(|_| is_choice && any)
}

fn is_stream(kind: &Success) -> bool {
    match kind {
        Success::Events(_) | Success::Lines(..) => true,
        Success::Nothing
        | Success::Json(_)
        | Success::Text
        | Success::Bytes
        | Success::Outcome(_)
        | Success::Socket(_) => false,
    }
}

/// A word without case and marks.
fn plain(word: &str) -> String {
    word.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// True if a word may name the data that is requested as well as the form of the response.
fn is_vague(word: &str) -> bool {
    matches!(&*plain(word), "events" | "streaming")
}

/// True if something is named after a form or way of responding.
fn names_a_form(name: &str) -> bool {
    let name = plain(name);
    name == "alt" || ["form", "mode", "stream", "response"].iter().any(|it| name.contains(it))
}

fn is_stream_word(word: &str) -> bool {
    EVENTS.contains(&&*plain(word)) || LINES.contains(&&*plain(word))
}

fn asks_for(word: &str, kind: &Success) -> bool {
    match kind {
        Success::Events(_) => EVENTS.contains(&&*plain(word)),
        Success::Lines(..) => LINES.contains(&&*plain(word)),
        _ => false,
    }
}

/// The property of a body, or the parameter, that asks for a stream. A hint may name it.
pub(super) fn switch(
    cx: &LowerCx<'_>,
    (params, body): RequestInputs<'_>,
    hint: Option<&StreamHint<'_>>,
) -> Option<Switch> {
    let hint = hint.and_then(StreamHint::flag);
    let by_param = || {
        let usual = |it: &&Param| is_flag_name(it, hint);
        let flag = params.iter().filter(usual).find_map(|it| of_param(cx, it));
        flag.or_else(|| params.iter().find_map(|it| words_of_param(cx, it)))
    };
    body.and_then(|it| of_body(cx, it, hint)).or_else(by_param)
}

fn is_flag_name(param: &Param, hint: Option<&str>) -> bool {
    let name = plain(&param.wire_name);
    let name = match param.place {
        ParamPlace::Header => name.strip_prefix('x').unwrap_or(&name),
        ParamPlace::Path | ParamPlace::Query | ParamPlace::Cookie => &name,
    };
    PARAM_FLAGS.contains(&name) || hint == Some(&*param.wire_name)
}

fn place(param: &Param) -> Option<SettingPlace> {
    match param.place {
        ParamPlace::Query => Some(SettingPlace::Query),
        ParamPlace::Header => Some(SettingPlace::Header),
        ParamPlace::Path | ParamPlace::Cookie => None,
    }
}

fn of_param(cx: &LowerCx<'_>, param: &Param) -> Option<Switch> {
    let by_default = param.default.as_ref().is_some_and(|it| *it == true);
    let schema = cx.document.at(&param.at).and_then(|it| it.child("schema"));
    let only = schema.and_then(|it| flags::only(cx, &[it]));
    let values = match (only.and_then(|it| it.as_bool()), cx.types.behind(not_null(cx, &param.ty)))
    {
        (Some(only), _) if param.required => SwitchValues::Only(only),
        (_, Type::Scalar(Scalar::Bool)) => SwitchValues::Flag { by_default },
        _ => return None,
    };
    let (name, always) = (param.wire_name.clone(), param.required);
    Some(Switch { place: place(param)?, name, values, always })
}

fn words_of_param(cx: &LowerCx<'_>, param: &Param) -> Option<Switch> {
    let default = param.default.as_ref().and_then(Json::as_str);
    let values = words(cx, &param.wire_name, &param.ty, default)?;
    let (name, always) = (param.wire_name.clone(), param.required);
    Some(Switch { place: place(param)?, name, values, always })
}

/// The words of an enum of which one asks for a stream and one does not.
fn words(cx: &LowerCx<'_>, name: &str, ty: &Type, default: Option<&str>) -> Option<SwitchValues> {
    let Type::Def(id) = cx.types.behind(not_null(cx, ty)) else { return None };
    let Shape::Enum(Enum { values, .. }) = &cx.types[*id].shape else { return None };
    let all = values.iter().map(|it| it.value.as_str().map(str::to_owned));
    let all: Vec<String> = all.collect::<Option<_>>()?;
    let is_sure = |it: &String| is_stream_word(it) && (!is_vague(it) || names_a_form(name));
    let is_switch = all.iter().any(is_sure) && !all.iter().all(|it| is_stream_word(it));
    is_switch.then(|| SwitchValues::Words { all, default: default.map(str::to_owned) })
}

fn not_null<'t>(cx: &'t LowerCx<'_>, ty: &'t Type) -> &'t Type {
    match cx.types.behind(ty) {
        Type::Nullable(inner) => inner,
        other => other,
    }
}

fn of_body(cx: &LowerCx<'_>, body: &Body, hint: Option<&str>) -> Option<Switch> {
    let id = match &body.content {
        BodyContent::Json(it) | BodyContent::Form(it, _) => match cx.types.behind(not_null(cx, it))
        {
            Type::Def(id) => *id,
            _ => return None,
        },
        BodyContent::Multipart(id, _) => *id,
        BodyContent::Values(..) | BodyContent::Parts | BodyContent::Bytes | BodyContent::Text => {
            return None;
        }
    };
    Search { cx, hint, known: HashMap::new() }.of_type(id, 0)
}

/// The search for a switch in the types of a body. Unions may share variants that are unions.
struct Search<'c, 'a> {
    cx: &'c LowerCx<'a>,
    hint: Option<&'c str>,
    /// The switch of each type at each depth.
    known: HashMap<(Id<TypeDef>, u8), Option<Switch>>,
}

impl Search<'_, '_> {
    fn of_type(&mut self, id: Id<TypeDef>, depth: u8) -> Option<Switch> {
        const MAX_DEPTH: u8 = 8;
        if depth > MAX_DEPTH {
            return None;
        }
        if let Some(known) = self.known.get(&(id, depth)) {
            return known.clone();
        }
        let found = self.of_shape(id, depth);
        self.known.insert((id, depth), found.clone());
        found
    }

    /// The switch of an object, or of each variant of a union.
    fn of_shape(&mut self, id: Id<TypeDef>, depth: u8) -> Option<Switch> {
        let cx = self.cx;
        match &cx.types[id].shape {
            Shape::Struct(it) => of_fields(cx, &it.fields, self.hint),
            Shape::Alias(inner) => match cx.types.behind(not_null(cx, inner)) {
                Type::Def(inner) if *inner != id => self.of_type(*inner, depth + 1),
                _ => None,
            },
            Shape::Union(Union { tag: Tag::Property(tag), .. })
                if FLAGS.contains(&&*plain(tag)) =>
            {
                let values = SwitchValues::Flag { by_default: false };
                let (place, name) = (SettingPlace::Body, tag.clone());
                Some(Switch { place, name, values, always: true })
            }
            Shape::Union(it) => {
                let mut of = |ty: &Type| match cx.types.behind(not_null(cx, ty)) {
                    Type::Def(inner) => self.of_type(*inner, depth + 1),
                    _ => None,
                };
                let all: Option<Vec<_>> = it.variants.iter().map(|it| of(&it.ty)).collect();
                let mut all = all?.into_iter();
                let mut first = all.next()?;
                for other in all {
                    if other.name != first.name {
                        return None;
                    }
                    first.join(&other);
                }
                Some(first)
            }
            Shape::Enum(_) | Shape::Outcome(_) | Shape::Broken => None,
        }
    }
}

fn of_fields(cx: &LowerCx<'_>, fields: &[Field], hint: Option<&str>) -> Option<Switch> {
    let made = |field: &Field, values| Switch {
        place: SettingPlace::Body,
        name: field.wire_name.clone(),
        values,
        always: false,
    };
    let is_named = |it: &&Field| match hint {
        Some(name) => it.wire_name == name,
        None => FLAGS.contains(&&*plain(&it.wire_name)),
    };
    let flag = fields.iter().filter(is_named).find_map(|it| {
        match (&it.constant, cx.types.behind(not_null(cx, &it.ty))) {
            (Some(only), _) => only.as_bool().map(|only| made(it, SwitchValues::Only(only))),
            (None, Type::Scalar(Scalar::Bool)) => {
                let by_default = it.default.as_ref().is_some_and(|it| *it == true);
                Some(made(it, SwitchValues::Flag { by_default }))
            }
            _ => None,
        }
    });
    let by_words = || {
        fields.iter().filter(|it| it.constant.is_none()).find_map(|it| {
            let default = it.default.as_ref().and_then(Json::as_str);
            Some(made(it, words(cx, &it.wire_name, &it.ty, default)?))
        })
    };
    flag.or_else(by_words)
}
