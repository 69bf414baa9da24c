//! A copy of a document that says more plainly what Prism does not understand of it.

use anyhow::{Context, Result, bail};
use generator::Text;
use openapi_clients::input;
use serde_json::{Map, Value};
use std::fs;
use std::path::{Path, PathBuf};

/// Writes the copy as JSON.
///
/// Prism puts any text where the format wants digits, and it ignores the paths of servers: formats
/// become patterns, and the paths of servers a part of the operations' own.
pub(super) fn write(spec: &Path, folder: &Path) -> Result<PathBuf> {
    let name = spec.display().to_string();
    let bytes = input::read(spec, &name)?;
    let Ok(tree) = generator::read(&Text { name: name.clone(), bytes }) else {
        bail!("{name} cannot be read: `generate` says why");
    };
    let mut document = tree.to_json();
    spell_out(&mut document);
    move_servers(&mut document);
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let stem = spec.file_stem().unwrap_or_default().to_string_lossy();
    let place = folder.join(format!("{stem}.json"));
    fs::write(&place, document.to_string())
        .with_context(|| format!("cannot write {}", place.display()))?;
    Ok(place)
}

/// Gives texts of a format a pattern and an example.
fn spell_out(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.values_mut().for_each(spell_out);
            let is_text = map.get("type").is_some_and(|it| it == "string");
            let free = !map.contains_key("enum") && !map.contains_key("pattern");
            let told = match map.get("format").and_then(Value::as_str) {
                Some("int64" | "uint64") if is_text && free => ("^[1-9][0-9]{0,8}$", "5"),
                Some("byte") if is_text && free => ("^[A-Za-z]{4}$", "c2FtcGxl"),
                _ => return,
            };
            map.insert("pattern".to_owned(), told.0.into());
            map.insert("example".to_owned(), told.1.into());
            map.remove("examples");
        }
        Value::Array(list) => list.iter_mut().for_each(spell_out),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Puts what the server of a path adds to that of the document in front of the path.
fn move_servers(document: &mut Value) {
    let all = |document: &Value| document["paths"].as_object().cloned().unwrap_or_default();
    let base = server(&document["servers"]).unwrap_or_else(|| {
        let urls = all(document);
        let mut urls: Vec<_> = urls.values().filter_map(|it| server(&it["servers"])).collect();
        urls.sort_by_key(String::len);
        urls.into_iter().next().unwrap_or_default()
    });
    let moved = all(document).into_iter().map(|(path, mut item)| {
        let own = server(&item["servers"]);
        let more = own.as_deref().and_then(|it| it.strip_prefix(&*base)).unwrap_or_default();
        let path = format!("{more}{path}");
        item.as_object_mut().map(|it| it.remove("servers"));
        (path, item)
    });
    document["paths"] = Value::Object(moved.collect::<Map<_, _>>());
}

/// The first server's URL, without a slash at its end.
fn server(servers: &Value) -> Option<String> {
    Some(servers.get(0)?.get("url")?.as_str()?.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn formats_of_text_become_patterns() {
        let mut schema = json!({
            "id": {"type": "string", "format": "int64", "examples": ["x"]},
            "name": {"type": "string"},
            "size": {"type": "integer", "format": "int64"},
        });
        spell_out(&mut schema);
        assert_eq!(
            schema,
            json!({
                "id": {"type": "string", "format": "int64", "pattern": "^[1-9][0-9]{0,8}$", "example": "5"},
                "name": {"type": "string"},
                "size": {"type": "integer", "format": "int64"},
            })
        );
    }

    #[test]
    fn the_path_of_a_server_becomes_part_of_the_operations_own() {
        let own = json!([{"url": "https://a.example/more/"}]);
        let main = json!([{"url": "https://a.example"}]);
        let mut document = json!({"paths": {"/x": {"servers": own}, "/y": {"servers": main}}});
        move_servers(&mut document);
        assert_eq!(document, json!({"paths": {"/more/x": {}, "/y": {}}}));
    }
}
