//! The client.yaml that a new vendor starts with: empty, with examples to uncomment.

/// Its text.
pub(super) fn client_yaml(vendor: &str) -> String {
    let variable = vendor.to_uppercase();
    format!(
        "\
# yaml-language-server: $schema=../client.schema.json
# Difference the document does not say. All of it is optional; an empty file is right.
#
# base_url:
#   variable: {variable}_BASE_URL
# auth:
#   - scheme: BearerAuth        # its key in components.securitySchemes
#     variable: {variable}_API_KEY
#     setter: api_key
# resources:
#   from: tags                  # or: paths
"
    )
}
