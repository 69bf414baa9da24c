//! Properties of an object in JSON text, replaced in place.

use super::Parser;
use std::borrow::Cow;
use std::ops::Range;

/// A property that is set in an object: its name, and its value as JSON text.
pub(crate) type Property = (String, Vec<u8>);

/// The text of an object in which properties have the given values. All other bytes stay as they are: what is there
/// already is replaced in its place, what is new comes last. `None` if the text is no object.
pub(crate) fn with_properties(text: &[u8], properties: &[Property]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(text).ok()?;
    let members = members(text)?;
    let mut out = Vec::with_capacity(text.len() + 64);
    let mut copied = 0;
    for (name, value) in &members {
        if let Some((_, new)) = properties.iter().find(|it| it.0 == **name) {
            out.extend_from_slice(&text.as_bytes()[copied..value.start]);
            out.extend_from_slice(new);
            copied = value.end;
        }
    }
    let end = text.rfind('}')?;
    out.extend_from_slice(&text.as_bytes()[copied..end]);
    let mut is_first = members.is_empty();
    for (name, value) in properties.iter().filter(|it| members.iter().all(|old| old.0 != it.0)) {
        if !std::mem::take(&mut is_first) {
            out.push(b',');
        }
        crate::codec::escapes::write_text(&mut out, name);
        out.push(b':');
        out.extend_from_slice(value);
    }
    out.extend_from_slice(&text.as_bytes()[end..]);
    Some(out)
}

/// The text of the value of a property of an object.
pub(crate) fn property<'t>(text: &'t [u8], name: &str) -> Option<&'t str> {
    let text = std::str::from_utf8(text).ok()?;
    let members = members(text)?;
    members.into_iter().rfind(|it| it.0 == name).map(|it| &text[it.1])
}

/// The names of the properties of an object, and where their values are.
fn members(text: &str) -> Option<Vec<(Cow<'_, str>, Range<usize>)>> {
    let mut parser = Parser::new(text);
    let (mut members, mut first) = (Vec::new(), true);
    if !parser.expect(b'{') || !parser.enter() {
        return None;
    }
    while parser.more(b'}', &mut first) {
        if parser.peek() != Some(b'"') {
            return None;
        }
        let name = parser.string_slice()?;
        parser.expect(b':');
        parser.peek();
        let start = parser.at;
        parser.skip();
        members.push((name, start..parser.at));
    }
    (!parser.failed() && parser.peek().is_none()).then_some(members)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, properties: &[(&str, &str)]) -> Option<String> {
        let properties: Vec<Property> =
            properties.iter().map(|it| (it.0.to_owned(), it.1.as_bytes().to_vec())).collect();
        with_properties(text.as_bytes(), &properties)
            .map(|it| String::from_utf8(it).expect("it was text"))
    }

    #[test]
    fn no_byte_changes_but_those_of_the_values() {
        let text = r#" { "z" : 0.1000 , "a":[1e2, {"b":2}],"\u0062":"}" } "#;
        assert_eq!(set(text, &[]).as_deref(), Some(text));
        assert_eq!(
            set(text, &[("a", "1"), ("new", "\"x\""), ("b", "{}"), ("q\"", "null")]).unwrap(),
            r#" { "z" : 0.1000 , "a":1,"\u0062":{} ,"new":"x","q\"":null} "#
        );
        assert_eq!(set("{}", &[("a", "1"), ("b", "2")]).unwrap(), r#"{"a":1,"b":2}"#);
    }

    #[test]
    fn only_objects_have_properties() {
        for text in ["1", "[]", "null", "\"{}\"", "{", "{}}", "{1:2}", "{\"a\" 1}", "{\"a\":}", ""]
        {
            assert_eq!(set(text, &[("a", "1")]), None, "{text}");
        }
    }

    #[test]
    fn the_value_of_a_property_is_found() {
        assert_eq!(property(br#"{"a":{"b":1},"b": true }"#, "b"), Some("true"));
        assert_eq!(property(br#"{"a":{"b":1}}"#, "b"), None);
        assert_eq!(property(b"[]", "b"), None);
    }
}
