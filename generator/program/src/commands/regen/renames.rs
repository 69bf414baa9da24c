//! Names of `names.lock` that a run changes.

use crate::generated_dir::Write;
use crate::text::{count, first};
use crate::yaml;
use generator::Text;
use serde_json::Value;

/// Renames that are shown.
const SHOWN: usize = 20;

/// The renamed things with both names; empty if nothing was renamed.
pub(super) fn text(specs: &[Write]) -> String {
    let locks = specs.iter().filter(|it| it.path.ends_with("/names.lock"));
    let shown = locks.filter_map(|file| {
        let renames = between(file.old.as_ref()?, file.new.as_bytes());
        let lines: Vec<_> = renames.iter().map(|it| format!("  {it}")).collect();
        let heading = format!("{} in {}:\n", count(lines.len(), "rename"), file.path);
        (!lines.is_empty()).then(|| heading + &first(SHOWN, &lines))
    });
    shown.collect()
}

/// `old → new (what bears it)` for each name that differs.
fn between(old: &[u8], new: &[u8]) -> Vec<String> {
    let names = |bytes: &[u8]| {
        let text = Text { name: "names.lock".to_owned(), bytes: bytes.to_vec() };
        yaml::parse(&text).ok().map(|it| it.to_json()["names"].clone()).unwrap_or_default()
    };
    let (old, new) = (names(old), names(new));
    let all = old.as_object().into_iter().flatten();
    let renamed = all.filter_map(|(key, old)| {
        let new = new.get(key).filter(|it| *it != old)?;
        let word = |it: &Value| it.as_str().map(str::to_owned);
        Some(format!("{} → {} ({key})", word(old)?, word(new)?))
    });
    renamed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &str, old: Option<&str>, new: &str) -> Write {
        let old = old.map(|it| it.as_bytes().to_vec());
        Write { path: path.to_owned(), old, new: new.to_owned() }
    }

    #[test]
    fn both_names_are_shown_of_what_stays_and_is_called_otherwise() {
        let old =
            "names:\n  \"operation #/a\": files.list_parts\n  \"type #/b\": B\n  \"type #/c\": C\n";
        let new =
            "names:\n  \"operation #/a\": files.parts.list\n  \"type #/b\": B\n  \"type #/d\": D\n";
        let found = text(&[
            write("specs/it/names.lock", Some(old), new),
            write("specs/new/names.lock", None, new),
            write("specs/client.schema.json", Some("{}"), "[]"),
        ]);
        let line = "  files.list_parts → files.parts.list (operation #/a)\n";
        assert_eq!(found, format!("1 rename in specs/it/names.lock:\n{line}"));
    }
}
