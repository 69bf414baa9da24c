//! The client.yaml that a new vendor starts with: how its calls are named, and examples to uncomment.

use generator::Proposal;
use std::fmt::Write;

/// Characters of a line of examples, at most.
const WIDTH: usize = 110;

/// Its text.
pub(super) fn client_yaml(vendor: &str, proposal: Option<&Proposal>) -> String {
    let variable: String = vendor.to_uppercase();
    let mut text = format!(
        "\
# yaml-language-server: $schema=../client.schema.json
# Facts that the document does not state; ../client.md lists the keys, once `regen` ran. All of it is optional; an empty file is right.
#
# base_url:
#   variable: {variable}_BASE_URL
# auth:
#   - scheme: BearerAuth        # its key in components.securitySchemes
#     variable: {variable}_API_KEY
#     setter: api_key
"
    );
    let Some(proposal) = proposal else {
        text.push_str("# resources:\n#   from: paths               # or: tags\n");
        return text;
    };
    if !proposal.params.is_empty() {
        text.push_str("\n# Nearly every path begins with it. Without this entry it is an argument of each call.\nparams:\n");
    }
    for param in &proposal.params {
        let name = serde_json::Value::from(param.as_str());
        let _ = writeln!(text, "  - name: {name}\n    # variable: {variable}_{}", snake(param));
    }
    let _ = writeln!(text, "\n# Resources from {}: {}.", proposal.from, proposal.why);
    for (by_tags, by_paths) in &proposal.examples {
        let line = format!("#   tags: {by_tags}, paths: {by_paths}");
        if line.len() <= WIDTH {
            let _ = writeln!(text, "{line}");
        }
    }
    let _ = writeln!(text, "resources:\n  from: {}", proposal.from);
    text
}

/// A parameter's name as that of an environment variable.
fn snake(name: &str) -> String {
    let mut text = String::new();
    for it in name.chars() {
        if it.is_ascii_uppercase() && text.ends_with(|it: char| it.is_ascii_alphanumeric()) {
            text.push('_');
        }
        text.push(if it.is_ascii_alphanumeric() { it.to_ascii_uppercase() } else { '_' });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_proposed_is_written_with_both_outcomes() {
        let proposal = Proposal {
            from: "paths",
            why: "paths nest, and tags do not",
            examples: vec![("things.list_parts".to_owned(), "things.parts.list".to_owned())],
            params: vec!["accountId".to_owned()],
        };
        let text = client_yaml("acme", Some(&proposal));
        let (_, said) = text.split_once("api_key\n").expect("the examples end so");
        let wanted = "\n# Nearly every path begins with it. Without this entry it is an argument of each call.\n\
                      params:\n  - name: \"accountId\"\n    # variable: ACME_ACCOUNT_ID\n\n\
                      # Resources from paths: paths nest, and tags do not.\n\
                      #   tags: things.list_parts, paths: things.parts.list\n\
                      resources:\n  from: paths\n";
        assert_eq!(said, wanted);
    }
}
