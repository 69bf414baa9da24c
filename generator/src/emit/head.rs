//! The line that says how a file came to be, for whoever would edit it.

use crate::doc_text;
use crate::output::CrateLocation;

/// That line, without its comment marker. Emitters are in the workspace alone, and a crate that stands alone has no path
/// to its document that stays right.
pub(crate) fn generated(home: CrateLocation, document: Option<&str>, emitter: &str) -> String {
    let name = |it: &str| match home {
        CrateLocation::Workspace | CrateLocation::Project => doc_text::visible(it),
        CrateLocation::Alone => doc_text::visible(it.rsplit(['/', '\\']).next().unwrap_or(it)),
    };
    let from = document.map(|it| format!(" from {}", name(it))).unwrap_or_default();
    match home {
        CrateLocation::Workspace => {
            format!("@generated{from} by generator/src/emit/{emitter}: `cargo xtask regen`.")
        }
        CrateLocation::Project => format!("@generated{from}: `openapi-clients regen`."),
        CrateLocation::Alone => format!("@generated{from}: `openapi-clients generate`."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_of_a_project_names_the_document_by_its_path() {
        let line = generated(CrateLocation::Project, Some("specs/pets/openapi.yaml"), "client.rs");
        assert_eq!(line, "@generated from specs/pets/openapi.yaml: `openapi-clients regen`.");
    }

    #[test]
    fn a_crate_that_stands_alone_names_no_path() {
        let line = generated(CrateLocation::Alone, Some("../docs/pets\u{202e}.yaml"), "client.rs");
        assert_eq!(line, "@generated from pets\\u{202e}.yaml: `openapi-clients generate`.");
    }
}
