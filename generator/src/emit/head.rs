//! The line that says how a file came to be, for whoever would edit it.

use crate::doc_text;
use crate::output::CrateLocation;

/// That line, without its comment marker. A crate outside of the workspace has neither emitters
/// beside it nor a path to the document that stays right.
pub(crate) fn generated(home: CrateLocation, document: Option<&str>, emitter: &str) -> String {
    let name = |it: &str| match home {
        CrateLocation::Workspace => doc_text::visible(it),
        CrateLocation::Alone => doc_text::visible(it.rsplit(['/', '\\']).next().unwrap_or(it)),
    };
    let from = document.map(|it| format!(" from {}", name(it))).unwrap_or_default();
    match home {
        CrateLocation::Workspace => {
            format!("@generated{from} by generator/src/emit/{emitter}: `cargo xtask regen`.")
        }
        CrateLocation::Alone => format!("@generated{from}: `cargo xtask generate`."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_that_stands_alone_names_no_path() {
        let line = generated(CrateLocation::Alone, Some("../docs/pets\u{202e}.yaml"), "client.rs");
        assert_eq!(line, "@generated from pets\\u{202e}.yaml: `cargo xtask generate`.");
    }
}
