//! Values as the styles of OpenAPI write them (OpenAPI 3.1.1, 4.8.12.3), read back.

use super::text::{is_scalar, percent_decoded};
use serde_json::Value;

/// The form that a style gives a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ParameterStyle<'d> {
    pub(super) name: &'d str,
    pub(super) explode: bool,
}

/// Pairs of a query, of cookies or of a form: names decoded, values as they stand; those that were read are gone.
pub(super) type Pairs<'t> = Vec<(String, &'t str)>;

/// The part of a value that is sent: neither nulls, nor lists and objects of nothing else.
pub(super) fn is_undefined(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        Value::Array(items) => items.iter().all(is_undefined),
        Value::Object(members) => members.values().all(is_undefined),
    }
}

/// Takes the pairs of a value out of a query, and says what is wrong with them.
pub(super) fn take_pairs(
    pairs: &mut Pairs<'_>,
    name: &str,
    style: ParameterStyle<'_>,
    value: &Value,
) -> Result<(), String> {
    let is_list = value.is_array();
    if style.name == "deepObject" && (is_list || value.is_object()) {
        return take_deep(pairs, name, value);
    }
    match value {
        Value::Array(items) if style.explode => {
            let sent = take(pairs, name);
            is_list_of(sent.iter().map(|it| decoded(it, style)), items)
        }
        Value::Object(members) if style.explode => {
            let members = members.iter().filter(|it| !is_undefined(it.1));
            let values = members.flat_map(|(key, it)| match it {
                Value::Array(items) => items.iter().map(|it| (key, it)).collect(),
                _ => vec![(key, it)],
            });
            let mut values = values.filter(|it| !is_undefined(it.1));
            // Another object may have properties of the same names.
            values.try_for_each(|(key, value)| {
                let is_it =
                    |it: &(String, &str)| it.0 == *key && is_scalar(&decoded(it.1, style), value);
                let found = pairs.iter().position(is_it);
                pairs.remove(found.ok_or_else(|| format!("no pair `{key}` of {value}"))?);
                Ok(())
            })
        }
        _ => {
            let sent = take(pairs, name);
            let [one] = &sent[..] else {
                return Err(format!("{} pairs instead of one for {value}", sent.len()));
            };
            let between: &[&str] = match style.name {
                "spaceDelimited" => &["%20", "+"],
                "pipeDelimited" => &["|", "%7C", "%7c"],
                _ => &[","],
            };
            let parts = split(one, between);
            // A delimiter within a value is encoded as the one between values is: nothing tells them apart.
            if between.len() > 1 && is_joined(one, value, &percent_decoded(between[0])) {
                return Ok(());
            }
            is_value(&parts.iter().map(|it| decoded(it, style)).collect::<Vec<_>>(), one, value)
        }
    }
}

/// True if a text is a value of a path segment or a header.
pub(super) fn read_text(
    name: &str,
    style: ParameterStyle<'_>,
    text: &str,
    value: &Value,
) -> Result<(), String> {
    let wrong = || format!("{text:?} has not the style `{}`", style.name);
    let (rest, between) = match style.name {
        "label" => {
            (text.strip_prefix('.').ok_or_else(wrong)?, if style.explode { "." } else { "," })
        }
        "matrix" => {
            (text.strip_prefix(';').ok_or_else(wrong)?, if style.explode { ";" } else { "," })
        }
        _ => (text, ","),
    };
    let is_matrix = style.name == "matrix";
    // `;name=a,b`, but `;a=1;b=2` for an object that is exploded.
    let unnamed = |it: &str| -> Result<String, String> {
        let (key, value) = it.split_once('=').unwrap_or((it, ""));
        if percent_decoded(key) == name { Ok(value.to_owned()) } else { Err(wrong()) }
    };
    match value {
        Value::Object(members) if style.explode => {
            let pairs: Vec<_> = rest
                .split(between)
                .map(|it| it.split_once('=').unwrap_or((it, "")))
                .map(|(key, value)| (decoded(key, style), decoded(value, style)))
                .collect();
            let wanted: Vec<_> = members.iter().filter(|it| !is_undefined(it.1)).collect();
            let same = |(key, value): &(&String, &Value)| {
                pairs.iter().any(|it| it.0 == **key && is_scalar(&it.1, value))
            };
            let is_same = wanted.len() == pairs.len() && wanted.iter().all(same);
            is_same.then_some(()).ok_or_else(|| format!("{text:?} is not {value}"))
        }
        Value::Array(items) if style.explode => {
            let texts: Result<Vec<_>, _> = rest
                .split(between)
                .map(|it| if is_matrix { unnamed(it) } else { Ok(it.to_owned()) })
                .collect();
            is_list_of(texts?.iter().map(|it| decoded(it, style)), items)
        }
        _ => {
            let rest = if is_matrix { unnamed(rest)? } else { rest.to_owned() };
            let parts: Vec<_> = split(&rest, &[","]).iter().map(|it| decoded(it, style)).collect();
            is_value(&parts, &decoded(&rest, style), value)
        }
    }
}

fn decoded(text: &str, style: ParameterStyle<'_>) -> String {
    match style.name {
        // Headers, and cookies of the style of that name, encode nothing.
        "header" | "cookie" => text.to_owned(),
        _ => percent_decoded(text),
    }
}

fn split(text: &str, between: &[&str]) -> Vec<String> {
    let mut parts = vec![text.to_owned()];
    for it in between {
        parts = parts.iter().flat_map(|part| part.split(it)).map(str::to_owned).collect();
    }
    parts
}

/// True if a text is the parts of a value with a delimiter between them, the members of an object in any order.
fn is_joined(text: &str, value: &Value, delimiter: &str) -> bool {
    let plain = |it: &Value| it.as_str().map_or_else(|| it.to_string(), str::to_owned);
    let text = percent_decoded(text);
    match value {
        Value::Array(items) => {
            let items = items.iter().filter(|it| !is_undefined(it)).map(plain);
            text == items.collect::<Vec<_>>().join(delimiter)
        }
        Value::Object(members) => {
            let members = members.iter().filter(|it| !is_undefined(it.1));
            let mut parts: Vec<_> = members
                .map(|(key, it)| format!("{delimiter}{key}{delimiter}{}", plain(it)))
                .collect();
            // The longest first: it may hold others.
            parts.sort_by_key(|it| std::cmp::Reverse(it.len()));
            let mut rest = format!("{delimiter}{text}");
            let is_all = parts.iter().all(|part| {
                let found = rest.find(part.as_str());
                found.inspect(|at| rest.replace_range(*at..at + part.len(), "")).is_some()
            });
            is_all && rest.is_empty()
        }
        _ => false,
    }
}

/// True if parts, or the whole that they were, are a value that is not exploded.
fn is_value(parts: &[String], whole: &str, value: &Value) -> Result<(), String> {
    match value {
        Value::Array(items) => is_list_of(parts.iter().cloned(), items),
        Value::Object(members) => {
            let pairs: Vec<_> = parts.chunks(2).collect();
            let wanted: Vec<_> = members.iter().filter(|it| !is_undefined(it.1)).collect();
            let same = |(key, value): &(&String, &Value)| {
                pairs.iter().any(|it| matches!(it, [k, v] if k == *key && is_scalar(v, value)))
            };
            let is_same = wanted.len() == pairs.len() && wanted.iter().all(same);
            is_same.then_some(()).ok_or_else(|| format!("{whole:?} is not {value}"))
        }
        _ => {
            // Triples stay as they are where reserved characters do.
            let is_reserved =
                || value.as_str().map(percent_decoded) == Some(percent_decoded(whole));
            let is_same = is_scalar(&percent_decoded(whole), value)
                || is_scalar(whole, value)
                || is_reserved();
            is_same.then_some(()).ok_or_else(|| format!("{whole:?} is not {value}"))
        }
    }
}

fn is_list_of(texts: impl Iterator<Item = String>, items: &[Value]) -> Result<(), String> {
    let texts: Vec<_> = texts.collect();
    let wanted: Vec<_> = items.iter().filter(|it| !is_undefined(it)).collect();
    let is_same =
        texts.len() == wanted.len() && texts.iter().zip(&wanted).all(|(a, b)| is_scalar(a, b));
    is_same.then_some(()).ok_or_else(|| format!("{texts:?} is not {}", Value::from(items)))
}

/// The values of a name, taken out.
pub(super) fn take<'t>(pairs: &mut Pairs<'t>, name: &str) -> Vec<&'t str> {
    let found = pairs.iter().filter(|it| it.0 == name).map(|it| it.1).collect();
    pairs.retain(|it| it.0 != name);
    found
}

/// `name[key]=value`; items of lists are `name[]` or have numbers, as servers read them.
fn take_deep(pairs: &mut Pairs<'_>, name: &str, value: &Value) -> Result<(), String> {
    let mut wanted = Vec::new();
    leaves(name, value, &mut wanted);
    for (key, value) in wanted {
        let found = pairs.iter().position(|it| {
            without_numbers(&it.0) == key && is_scalar(&percent_decoded(it.1), value)
        });
        let found = found.ok_or_else(|| format!("no pair `{key}` of {value}"))?;
        pairs.remove(found);
    }
    Ok(())
}

fn leaves<'v>(name: &str, value: &'v Value, found: &mut Vec<(String, &'v Value)>) {
    match value {
        Value::Null => {}
        Value::Array(items) => {
            for it in items {
                leaves(&format!("{name}[]"), it, found);
            }
        }
        Value::Object(members) => {
            for (key, it) in members {
                leaves(&format!("{name}[{key}]"), it, found);
            }
        }
        _ => found.push((name.to_owned(), value)),
    }
}

/// `a[0][b]` as `a[][b]`.
fn without_numbers(name: &str) -> String {
    let mut parts = name.split('[');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| {
        let key = part.strip_suffix(']').unwrap_or(part);
        let is_number = key.bytes().all(|it| it.is_ascii_digit());
        format!("{out}[{}]", if is_number { "" } else { key })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workshop::conform::text::pairs;
    use serde_json::json;

    fn query(text: &str, name: &'static str, explode: bool, value: &Value) -> bool {
        let mut pairs = pairs(text, "&");
        let read = take_pairs(&mut pairs, "color", ParameterStyle { name, explode }, value);
        read.is_ok() && pairs.is_empty()
    }

    /// The examples of the table itself, and each by the other reading.
    #[test]
    fn queries_are_read_by_the_table_of_styles() {
        let list = json!(["blue", "black", "brown"]);
        let object = json!({"R": 100, "G": 200, "B": 150});
        let rows = [
            ("color=blue,black,brown", "form", false, &list),
            ("color=blue&color=black&color=brown", "form", true, &list),
            ("color=R,100,G,200,B,150", "form", false, &object),
            ("R=100&G=200&B=150", "form", true, &object),
            ("color=blue%20black%20brown", "spaceDelimited", false, &list),
            ("color=blue%7Cblack%7Cbrown", "pipeDelimited", false, &list),
            ("color=R|100|G|200|B|150", "pipeDelimited", false, &object),
            ("color%5BR%5D=100&color[G]=200&color[B]=150", "deepObject", true, &object),
        ];
        for (text, style, explode, value) in rows {
            assert!(query(text, style, explode, value), "{text}");
            for (other, other_style, other_explode, _) in rows {
                let differs = (style, explode) != (other_style, other_explode);
                assert!(!differs || !query(other, style, explode, value), "{other} as {style}");
            }
        }
        assert!(query("color=a%2Cb,c%20d", "form", false, &json!(["a,b", "c d"])));
        assert!(!query("color=a,b", "form", true, &json!(["a", "b"])));
        let object = json!({"a": "x y", "b": 1});
        assert!(query("color=b%201%20a%20x%20y", "spaceDelimited", false, &object));
        assert!(!query("color=b%201%20a%20x", "spaceDelimited", false, &object));
    }

    #[test]
    fn paths_are_read_by_the_table_of_styles() {
        let list = json!(["blue", "black", "brown"]);
        let object = json!({"R": 100, "G": 200, "B": 150});
        let rows = [
            ("matrix", false, ";color=blue,black,brown", ";color=R,100,G,200,B,150"),
            ("matrix", true, ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"),
            ("label", false, ".blue,black,brown", ".R,100,G,200,B,150"),
            ("label", true, ".blue.black.brown", ".R=100.G=200.B=150"),
            ("simple", false, "blue,black,brown", "R,100,G,200,B,150"),
            ("simple", true, "blue,black,brown", "R=100,G=200,B=150"),
        ];
        for (name, explode, of_list, of_object) in rows {
            let style = ParameterStyle { name, explode };
            let is = |text, value| read_text("color", style, text, value).is_ok();
            assert!(is(of_list, &list) && is(of_object, &object), "{name} {explode}");
            for (_, _, other_list, other_object) in rows {
                assert!(other_list == of_list || !is(other_list, &list), "{other_list} as {name}");
                assert!(other_object == of_object || !is(other_object, &object), "{other_object}");
            }
        }
    }
}
