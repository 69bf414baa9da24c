//! Differences inside of a part of a document, in the words of those who call the API.

use generator::{Map, Node, Value};

/// Keys whose value is a schema.
const SCHEMAS: [&str; 4] = ["schema", "items", "additionalProperties", "not"];
/// Keys that say something to readers alone.
pub(super) const WORDING: [&str; 6] =
    ["description", "summary", "title", "example", "examples", "externalDocs"];

/// The differences, a line each. What is worded otherwise is counted in the last one.
pub(super) fn between(old: &Node, new: &Node) -> Vec<String> {
    let mut found = Differences::default();
    found.nodes("", old, new);
    let worded = match found.worded {
        0 => None,
        1 => Some("~ a description or example".to_owned()),
        number => Some(format!("~ {number} descriptions or examples")),
    };
    found.lines.into_iter().chain(worded).collect()
}

#[derive(Default)]
struct Differences {
    lines: Vec<String>,
    worded: usize,
}

impl Differences {
    fn add(&mut self, sign: char, place: &str, what: &str) {
        let gap = if place.is_empty() { "" } else { ": " };
        self.lines.push(format!("{sign} {place}{gap}{what}"));
    }

    fn nodes(&mut self, place: &str, old: &Node, new: &Node) {
        match (old.as_map(), new.as_map()) {
            _ if old == new => {}
            (Some(old), Some(new)) => self.maps(place, old, new),
            _ => self.add('~', place, &format!("{} → {}", short(old), short(new))),
        }
    }

    /// An object whose keys are those of the specification.
    fn maps(&mut self, place: &str, old: &Map, new: &Map) {
        for (key, it) in new {
            match old.get(key) {
                Some(was) if was == it => {}
                Some(was) => self.member(place, key, (was, it), (old, new)),
                None => self.one_sided('+', place, key, it, new),
            }
        }
        for (key, it) in old.iter().filter(|(key, _)| !new.contains_key(*key)) {
            self.one_sided('-', place, key, it, old);
        }
    }

    /// A key that both have.
    fn member(&mut self, place: &str, key: &str, of: (&Node, &Node), whole: (&Map, &Map)) {
        let (old, new) = of;
        let inner = |what: &str| join(place, what);
        match (key, old.as_map(), new.as_map(), old.as_list(), new.as_list()) {
            ("properties", Some(was), Some(it), ..) => self.properties(place, (was, it), whole.1),
            ("responses", Some(was), Some(it), ..) => self.named(place, "response", was, it),
            ("content", Some(was), Some(it), ..) => self.named(place, "body", was, it),
            ("headers", Some(was), Some(it), ..) => self.named(place, "header", was, it),
            ("parameters", .., Some(was), Some(it)) => self.parameters(place, was, it),
            ("required", .., Some(was), Some(it)) => self.required(place, (was, it), whole),
            ("enum", .., Some(was), Some(it)) => self.listed(place, "value", was, it),
            ("allOf" | "oneOf" | "anyOf", .., Some(was), Some(it)) if was.len() == it.len() => {
                for (index, (was, it)) in was.iter().zip(it).enumerate() {
                    self.nodes(&inner(&format!("{key} {}", index + 1)), was, it);
                }
            }
            ("allOf" | "oneOf" | "anyOf", .., Some(was), Some(it)) => {
                self.listed(place, key, was, it);
            }
            ("required", ..) => self.obligation(place, new),
            ("requestBody", ..) => self.nodes(&inner("request body"), old, new),
            ("schema", ..) => self.nodes(place, old, new),
            _ if SCHEMAS.contains(&key) => self.nodes(&inner(key), old, new),
            _ if WORDING.contains(&key) => self.worded += 1,
            _ => self.add('~', place, &format!("{key} {} → {}", short(old), short(new))),
        }
    }

    /// A key that only one has.
    fn one_sided(&mut self, sign: char, place: &str, key: &str, it: &Node, whole: &Map) {
        let empty = Map::default();
        let (none, all) = (&empty, it.as_map().unwrap_or(&empty));
        let (nothing, list) = (&[][..], it.as_list().unwrap_or_default());
        let added = sign == '+';
        let maps = if added { (none, all) } else { (all, none) };
        let (was, now) = if added { (nothing, list) } else { (list, nothing) };
        match key {
            "properties" => self.properties(place, maps, whole),
            "responses" => self.named(place, "response", maps.0, maps.1),
            "parameters" => self.parameters(place, was, now),
            "required" if it.as_list().is_some() => {
                let whole = if added { (none, whole) } else { (whole, none) };
                self.required(place, (was, now), whole);
            }
            // Parameters that do not say so are optional.
            "required" if it.as_bool() != Some(true) => {}
            "required" if added => self.add('~', place, "is required now"),
            "required" => self.add('~', place, "is optional now"),
            "requestBody" => self.add(sign, place, "request body"),
            _ if WORDING.contains(&key) => self.worded += 1,
            _ => self.add(sign, place, &format!("{key} {}", short(it))),
        }
    }

    fn properties(&mut self, place: &str, (old, new): (&Map, &Map), schema: &Map) {
        let required = schema.get("required").and_then(Node::as_list).unwrap_or_default();
        for (name, it) in new {
            let called = format!("property `{name}`");
            match old.get(name) {
                Some(was) => self.nodes(&join(place, &called), was, it),
                None if required.iter().any(|it| it.as_str() == Some(&**name)) => {
                    self.add('+', place, &format!("{called}, required"));
                }
                None => self.add('+', place, &called),
            }
        }
        for (name, _) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
            self.add('-', place, &format!("property `{name}`"));
        }
    }

    /// Properties that were there and are there, and whose obligation is another.
    fn required(&mut self, place: &str, (old, new): (&[Node], &[Node]), (was, it): (&Map, &Map)) {
        let has = |map: &Map, name: &str| {
            map.get("properties").and_then(Node::as_map).is_none_or(|it| it.contains_key(name))
        };
        let both =
            |name: &&str| (was.is_empty() || has(was, name)) && (it.is_empty() || has(it, name));
        let missing = |list: &[Node], name: &str| !list.iter().any(|it| it.as_str() == Some(name));
        for name in new.iter().filter_map(Node::as_str).filter(|it| missing(old, it)).filter(both) {
            self.add('~', place, &format!("property `{name}` is required now"));
        }
        for name in old.iter().filter_map(Node::as_str).filter(|it| missing(new, it)).filter(both) {
            self.add('~', place, &format!("property `{name}` is optional now"));
        }
    }

    /// Of a parameter or body.
    fn obligation(&mut self, place: &str, new: &Node) {
        let what = if new.as_bool() == Some(true) { "required" } else { "optional" };
        self.add('~', place, &format!("is {what} now"));
    }

    fn named(&mut self, place: &str, what: &str, old: &Map, new: &Map) {
        for (name, it) in new {
            let called = format!("{what} {name}");
            match old.get(name) {
                Some(was) => self.nodes(&join(place, &called), was, it),
                None => self.add('+', place, &called),
            }
        }
        for (name, _) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
            self.add('-', place, &format!("{what} {name}"));
        }
    }

    fn parameters(&mut self, place: &str, old: &[Node], new: &[Node]) {
        for it in new {
            let called = parameter(it);
            match old.iter().find(|was| parameter(was) == called) {
                Some(was) => self.nodes(&join(place, &called), was, it),
                None if it.flag("required") => {
                    self.add('+', place, &format!("{called}, required"));
                }
                None => self.add('+', place, &called),
            }
        }
        for it in old {
            let called = parameter(it);
            if !new.iter().any(|it| parameter(it) == called) {
                self.add('-', place, &called);
            }
        }
    }

    fn listed(&mut self, place: &str, what: &str, old: &[Node], new: &[Node]) {
        for it in new.iter().filter(|it| !old.contains(it)) {
            self.add('+', place, &format!("{what} {}", short(it)));
        }
        for it in old.iter().filter(|it| !new.contains(it)) {
            self.add('-', place, &format!("{what} {}", short(it)));
        }
    }
}

fn join(place: &str, what: &str) -> String {
    if place.is_empty() { what.to_owned() } else { format!("{place}, {what}") }
}

/// The name of a parameter: its place and its own name.
fn parameter(it: &Node) -> String {
    match (it.text("in"), it.text("name"), it.text("$ref")) {
        (Some(place), Some(name), _) => format!("{place} parameter `{name}`"),
        (_, _, Some(reference)) => format!("parameter `{}`", last(reference)),
        _ => "a parameter without a name".to_owned(),
    }
}

fn last(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}

/// A value in few words.
fn short(it: &Node) -> String {
    const MAX_SHOWN_LENGTH: usize = 40;
    match &it.value {
        Value::Null => "null".to_owned(),
        Value::Bool(it) => it.to_string(),
        Value::Number(it) => it.to_string(),
        Value::Text(it) if it.chars().count() <= MAX_SHOWN_LENGTH => format!("`{it}`"),
        Value::Text(it) => format!("`{}…`", it.chars().take(MAX_SHOWN_LENGTH).collect::<String>()),
        Value::List(items) => {
            let items = items.iter().take(4).map(short).collect::<Vec<_>>().join(", ");
            format!("[{items}]")
        }
        Value::Map(map) => match (it.text("$ref"), it.text("type")) {
            (Some(reference), _) => format!("`{}`", last(reference)),
            (None, Some(ty)) => format!("of type `{ty}`"),
            (None, None) => format!("with {} keys", map.len()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differences(old: &str, new: &str) -> Vec<String> {
        let read = |text: &str| {
            // A text that starts with a brace would be JSON.
            let bytes = format!("---\n{text}").into();
            let text = generator::Text { name: "x".to_owned(), bytes };
            generator::read(&text).expect("it is YAML")
        };
        between(&read(old), &read(new))
    }

    #[test]
    fn operations_differ_by_parameters_bodies_and_responses() {
        let old = "\
parameters:
- {name: limit, in: query, schema: {type: integer}}
- {name: old, in: header, schema: {type: string}}
responses:
  '200': {description: a, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}
  '404': {description: none}
";
        let new = "\
parameters:
- {name: limit, in: query, required: true, schema: {type: string}}
- {name: owner, in: query, required: true, schema: {type: string}}
requestBody: {content: {}}
responses:
  '200': {description: b, content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}
  '409': {description: none}
deprecated: true
";
        assert_eq!(
            differences(old, new),
            [
                "~ query parameter `limit`: is required now",
                "~ query parameter `limit`: type `integer` → `string`",
                "+ query parameter `owner`, required",
                "- header parameter `old`",
                "+ request body",
                "~ response 200, body application/json: $ref `#/components/schemas/A` → `#/components/schemas/B`",
                "+ response 409",
                "- response 404",
                "+ deprecated true",
                "~ a description or example",
            ]
        );
    }

    #[test]
    fn schemas_differ_by_properties_obligations_and_values() {
        let old = "\
required: [a, gone]
properties:
  a: {type: string, description: one}
  b: {type: object, properties: {enum: {type: string}}}
  gone: {type: string}
  state: {type: string, enum: [on, off]}
";
        let new = "\
required: [b, new]
properties:
  a: {type: string, description: two}
  b: {type: object, properties: {enum: {type: integer}}}
  new: {type: string}
  state: {type: string, enum: [on, idle]}
";
        assert_eq!(
            differences(old, new),
            [
                "~ property `b` is required now",
                "~ property `a` is optional now",
                "~ property `b`, property `enum`: type `string` → `integer`",
                "+ property `new`, required",
                "+ property `state`: value `idle`",
                "- property `state`: value `off`",
                "- property `gone`",
                "~ a description or example",
            ]
        );
    }

    #[test]
    fn what_comes_or_goes_as_a_whole_is_named() {
        assert_eq!(
            differences("{type: object}", "{type: object, properties: {a: {}}}"),
            ["+ property `a`"]
        );
        assert_eq!(
            differences("{required: [a], properties: {a: {}}}", "{properties: {a: {}}}"),
            ["~ property `a` is optional now"]
        );
        assert_eq!(differences("{enum: [a]}", "{}"), ["- enum [`a`]"]);
        assert_eq!(
            differences("{items: {type: string}}", "{items: {type: integer}}"),
            ["~ items: type `string` → `integer`"]
        );
        assert_eq!(
            differences("{oneOf: [{type: string}]}", "{oneOf: [{type: string}, {type: integer}]}"),
            ["+ oneOf of type `integer`"]
        );
        assert!(differences("{a: 1}", "{a: 1}").is_empty());
    }
}
