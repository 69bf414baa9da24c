//! Reads references as paths below the document's folder, as other hosts, or as nothing that is read.

use super::super::document::percent_decoded;
use super::problem::Problem;

/// The endings of files that are read: a document cannot have others shown.
const ENDINGS: [&str; 3] = [".yaml", ".yml", ".json"];

/// True for what has a scheme or names a host: it is never asked for.
pub(super) fn is_remote(file: &str) -> bool {
    let scheme = file.split_once(':').map(|it| it.0);
    let is_scheme = scheme.is_some_and(|it| {
        it.len() > 1
            && it.starts_with(|it: char| it.is_ascii_alphabetic())
            && it.bytes().all(|it| it.is_ascii_alphanumeric() || b"+-.".contains(&it))
    });
    is_scheme || file.starts_with("//")
}

/// True for a text that looks like a file rather than a name.
pub(super) fn is_file_like(text: &str) -> bool {
    text.contains(['/', '#']) || has_ending(text)
}

fn has_ending(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ENDINGS.iter().any(|it| lower.ends_with(it))
}

/// The path from the document's folder of a file that another one, at `from`, refers to.
pub(super) fn path(from: &str, file: &str) -> Result<String, Problem> {
    let has_drive = file.as_bytes().get(1) == Some(&b':');
    if file.starts_with('/') || has_drive {
        return Err(Problem::Absolute);
    }
    if file.contains('\\') {
        return Err(Problem::Backslash);
    }
    let mut keys: Vec<String> = from.split('/').map(str::to_owned).collect();
    keys.pop();
    for key in file.split('/') {
        let key = percent_decoded(key);
        match &*key {
            "" | "." => {}
            ".." => drop(keys.pop().ok_or(Problem::Above)?),
            it if it.contains(['/', '\\', '?']) || it.contains(char::is_control) => {
                return Err(Problem::Spelling);
            }
            it => keys.push(it.to_owned()),
        }
    }
    let path = keys.join("/");
    if has_ending(&path) { Ok(path) } else { Err(Problem::Ending) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_file_in_which_they_stand() {
        let from = "schemas/animals/pet.yaml";
        assert_eq!(path(from, "cat.yaml"), Ok("schemas/animals/cat.yaml".to_owned()));
        assert_eq!(path(from, "./../owner.JSON"), Ok("schemas/owner.JSON".to_owned()));
        assert_eq!(path(from, "../../root.yml"), Ok("root.yml".to_owned()));
        assert_eq!(path("root.yml", "a//b/./c.yaml"), Ok("a/b/c.yaml".to_owned()));
        assert_eq!(path("root.yml", "big%20pet.yaml"), Ok("big pet.yaml".to_owned()));
        assert_eq!(path("root.yml", "50%.yaml"), Ok("50%.yaml".to_owned()));
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        for file in ["../x.yaml", "a/../../x.yaml", "%2e%2e/x.yaml", "a/%2E./%2e%2E/../x.yaml"] {
            assert_eq!(path("root.yaml", file), Err(Problem::Above), "{file}");
        }
        for file in ["/etc/x.yaml", "C:/x.yaml", "C:\\x.yaml"] {
            assert_eq!(path("root.yaml", file), Err(Problem::Absolute), "{file}");
        }
        assert_eq!(path("root.yaml", "a\\..\\..\\x.yaml"), Err(Problem::Backslash));
        for file in ["a%2f..%2f..%2fx.yaml", "a%5Cx.yaml", "a%00.yaml", "a%0A.yaml", "a.yaml?b"] {
            assert_eq!(path("root.yaml", file), Err(Problem::Spelling), "{file}");
        }
        for file in ["id_rsa", "notes.md", "folder/", ".yaml/x", "x.yaml%20"] {
            assert_eq!(path("root.yaml", file), Err(Problem::Ending), "{file}");
        }
    }

    #[test]
    fn what_has_a_scheme_or_a_host_is_remote() {
        for file in ["https://x/a.yaml", "file:///etc/passwd", "urn:a:b", "//host/a.yaml"] {
            assert!(is_remote(file), "{file}");
        }
        for file in ["a.yaml", "C:/x.yaml", "./a:b.yaml", "1:2.yaml", "/a.yaml"] {
            assert!(!is_remote(file), "{file}");
        }
    }
}
