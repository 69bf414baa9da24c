//! Writes the flag or word that asks for a kind of response into a call. It replaces what the caller has set.

use super::{Payload, RequestParts};
use crate::body::BodyField;
use crate::codec::{Encode, Sink, property, to_vec};
use crate::response_kind::{Setting, SettingLocation, SettingValue};
use http::header::ACCEPT;
use http::{HeaderName, HeaderValue};
use std::borrow::Cow;

impl RequestParts {
    /// Sets what asks for the kind of response. A header that the caller sets stays, and a response that is not
    /// judged is what the call itself asks for.
    pub(crate) fn apply_response_kind(&mut self) {
        let setting = match self.terminal {
            Some(terminal) => {
                if !self.headers.iter().any(|it| it.0 == ACCEPT) {
                    self.headers.push((ACCEPT, HeaderValue::from_static(terminal.accept)));
                }
                terminal.setting
            }
            None if self.accepts_any_response => None,
            None => self.operation.setting,
        };
        if let Some(setting) = setting.filter(|it| it.always || self.differs_from(it)) {
            self.set(&setting);
        }
    }

    /// True if the caller has set the property or parameter to another value.
    fn differs_from(&self, setting: &Setting) -> bool {
        let Setting { location, name, value, .. } = setting;
        let text = value.text();
        match location {
            SettingLocation::Query => self.query.iter().any(|it| it.0 == *name),
            SettingLocation::Header => self.header_named(name).is_some_and(|it| it != text),
            SettingLocation::Body => {
                let is_added = self.added_fields.iter().any(|it| it.name == *name);
                is_added
                    || match &self.body {
                        Payload::Json(_, body) => {
                            let json = to_vec(value).unwrap_or_default();
                            let found = property(body, name);
                            found.is_some_and(|it| it != "null" && it.as_bytes() != json)
                        }
                        Payload::Form(body) => pairs(body, name).next().is_some(),
                        Payload::Multipart(_, parts) => parts.has(name),
                        Payload::None | Payload::Other(..) => false,
                    }
            }
        }
    }

    fn header_named(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|it| it.0.as_str().eq_ignore_ascii_case(name));
        found.and_then(|it| it.1.to_str().ok())
    }

    fn set(&mut self, setting: &Setting) {
        let Setting { location, name, value, .. } = setting;
        match location {
            SettingLocation::Query => {
                let text = crate::param::query(name, &value.node(), crate::param::Style::FORM);
                self.set_query(Cow::Borrowed(name), text);
            }
            SettingLocation::Header => {
                let value = HeaderValue::from_static(value.text());
                if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
                    self.headers.retain(|it| it.0 != name);
                    self.headers.push((name, value));
                }
            }
            SettingLocation::Body => {
                if let Payload::Form(body) = &mut self.body {
                    let stale: Vec<_> = pairs(body, name).map(str::to_owned).collect();
                    let kept = body.split('&').filter(|it| !stale.iter().any(|stale| stale == it));
                    *body = kept.collect::<Vec<_>>().join("&");
                }
                if let (false, Ok(field)) =
                    (matches!(self.body, Payload::Other(..)), BodyField::new(name, value))
                {
                    self.set_field(field);
                }
            }
        }
    }
}

/// The pairs of a form that have a name.
fn pairs<'f>(form: &'f str, name: &'f str) -> impl Iterator<Item = &'f str> {
    form.split('&').filter(move |it| it.split_once('=').is_some_and(|it| it.0 == name))
}

impl SettingValue {
    fn text(self) -> &'static str {
        match self {
            Self::Flag(true) => "true",
            Self::Flag(false) => "false",
            Self::Word(word) => word,
        }
    }

    fn node(self) -> crate::param::Node {
        crate::param::node(&self).expect("flags and words are texts")
    }
}

impl Encode for SettingValue {
    fn encode(&self, sink: &mut dyn Sink) {
        match self {
            Self::Flag(it) => it.encode(sink),
            Self::Word(it) => it.encode(sink),
        }
    }
}
