//! The keywords that OpenAPI 3.0, 3.1 and 3.2 give each kind of node: whatever else is there was meant for another
//! place, for Swagger 2, or is misspelled.

use super::keyword::SchemaKeyword;
use super::kind::NodeKind;
use crate::diag::nearest_name;

/// A key that OpenAPI does not have in a node of a kind.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct UnknownKeyword {
    /// The kind of node, with its article.
    pub(crate) within: &'static str,
    /// The keyword that was probably meant.
    pub(crate) near: Option<&'static str>,
    /// The words that say the same in OpenAPI 3, or the kind of node that has the keyword.
    pub(crate) hint: Option<String>,
}

/// A row: the kind, its words, and its keywords.
struct FieldsRow(NodeKind, &'static str, &'static [&'static str]);

/// The order is that in which a kind is looked for that has a keyword.
const ROWS: &[FieldsRow] = &[
    FieldsRow(
        NodeKind::Operation,
        "an operation",
        &[
            "tags",
            "summary",
            "description",
            "externalDocs",
            "operationId",
            "parameters",
            "requestBody",
            "responses",
            "callbacks",
            "deprecated",
            "security",
            "servers",
        ],
    ),
    // The table of the keywords of schemas has the others.
    FieldsRow(NodeKind::Schema, "a schema", &["externalDocs"]),
    FieldsRow(
        NodeKind::MediaType,
        "a media type",
        &[
            "$ref",
            "schema",
            "itemSchema",
            "example",
            "examples",
            "encoding",
            "prefixEncoding",
            "itemEncoding",
        ],
    ),
    FieldsRow(
        NodeKind::Response,
        "a response",
        &["$ref", "summary", "description", "headers", "content", "links"],
    ),
    FieldsRow(
        NodeKind::Parameter,
        "a parameter",
        &[
            "$ref",
            "name",
            "in",
            "summary",
            "description",
            "required",
            "deprecated",
            "allowEmptyValue",
            "example",
            "examples",
            "style",
            "explode",
            "allowReserved",
            "schema",
            "content",
        ],
    ),
    FieldsRow(NodeKind::Body, "a body", &["$ref", "summary", "description", "content", "required"]),
    FieldsRow(
        NodeKind::PathItem,
        "a path",
        &[
            "$ref",
            "summary",
            "description",
            "get",
            "put",
            "post",
            "delete",
            "options",
            "head",
            "patch",
            "trace",
            "query",
            "additionalOperations",
            "servers",
            "parameters",
        ],
    ),
    FieldsRow(
        NodeKind::Header,
        "a header",
        &[
            "$ref",
            "summary",
            "description",
            "required",
            "deprecated",
            "example",
            "examples",
            "style",
            "explode",
            "schema",
            "content",
        ],
    ),
    FieldsRow(
        NodeKind::Encoding,
        "an encoding",
        &[
            "contentType",
            "headers",
            "encoding",
            "prefixEncoding",
            "itemEncoding",
            "style",
            "explode",
            "allowReserved",
        ],
    ),
    FieldsRow(
        NodeKind::SecurityScheme,
        "a security scheme",
        &[
            "$ref",
            "summary",
            "type",
            "description",
            "name",
            "in",
            "scheme",
            "bearerFormat",
            "flows",
            "openIdConnectUrl",
            "oauth2MetadataUrl",
            "deprecated",
        ],
    ),
    FieldsRow(
        NodeKind::Flow,
        "a flow",
        &["authorizationUrl", "deviceAuthorizationUrl", "tokenUrl", "refreshUrl", "scopes"],
    ),
    FieldsRow(
        NodeKind::Document,
        "a document",
        &[
            "openapi",
            "$self",
            "info",
            "jsonSchemaDialect",
            "servers",
            "paths",
            "webhooks",
            "components",
            "security",
            "tags",
            "externalDocs",
        ],
    ),
    FieldsRow(
        NodeKind::Components,
        "the components",
        &[
            "schemas",
            "responses",
            "parameters",
            "examples",
            "requestBodies",
            "headers",
            "securitySchemes",
            "links",
            "callbacks",
            "pathItems",
            "mediaTypes",
        ],
    ),
    FieldsRow(
        NodeKind::Info,
        "`info`",
        &["title", "summary", "description", "termsOfService", "contact", "license", "version"],
    ),
    FieldsRow(
        NodeKind::Tag,
        "a tag",
        &["name", "summary", "description", "externalDocs", "parent", "kind"],
    ),
    FieldsRow(NodeKind::Server, "a server", &["url", "description", "name", "variables"]),
    FieldsRow(
        NodeKind::ServerVariable,
        "a variable of a server",
        &["enum", "default", "description"],
    ),
    FieldsRow(
        NodeKind::Discriminator,
        "a discriminator",
        &["propertyName", "mapping", "defaultMapping"],
    ),
];

/// Keywords of Swagger 2 that other words say since OpenAPI 3.
const OF_SWAGGER_2: &[(&[NodeKind], &[&str], &str)] = &[
    (
        &[NodeKind::Parameter, NodeKind::Header, NodeKind::Schema],
        &["collectionFormat"],
        "it is of Swagger 2: at a parameter, `explode: true` says `multi`, `explode: false` says `csv`, and \
         `style` says the others",
    ),
    (
        &[NodeKind::Response],
        &["schema", "examples", "example"],
        "it is of Swagger 2: `content` says it for each media type",
    ),
    (
        &[NodeKind::Operation, NodeKind::Document],
        &["consumes", "produces"],
        "it is of Swagger 2: `content` of bodies and responses lists media types",
    ),
    (
        &[NodeKind::Operation, NodeKind::Document],
        &["schemes", "host", "basePath"],
        "it is of Swagger 2: `servers` says it",
    ),
    (
        &[NodeKind::Document],
        &["definitions", "parameters", "responses", "securityDefinitions"],
        "it is of Swagger 2: `components` has it",
    ),
];

/// The keywords below `flows` of a security scheme.
pub(crate) const FLOWS: &[&str] =
    &["implicit", "password", "clientCredentials", "authorizationCode", "deviceAuthorization"];

/// Nothing if OpenAPI has the key there, or any key may be there.
pub(super) fn unknown(kind: NodeKind, key: &str) -> Option<UnknownKeyword> {
    let FieldsRow(_, within, keys) = ROWS.iter().find(|it| it.0 == kind)?;
    if has(kind, keys, key) {
        return None;
    }
    let of_schema = SchemaKeyword::NAMES.iter().filter(|_| kind == NodeKind::Schema);
    let near = nearest_name(key, keys.iter().chain(of_schema).copied());
    let older =
        OF_SWAGGER_2.iter().find(|(kinds, keys, _)| kinds.contains(&kind) && keys.contains(&key));
    let elsewhere = || {
        let FieldsRow(_, within, _) = ROWS.iter().find(|it| has(it.0, it.2, key))?;
        Some(format!("it is a keyword of {within}"))
    };
    let near = near.filter(|_| older.is_none());
    let hint = older.map(|it| it.2.to_owned()).or_else(|| near.is_none().then(elsewhere)?);
    Some(UnknownKeyword { within, near, hint })
}

fn has(kind: NodeKind, keys: &[&str], key: &str) -> bool {
    keys.contains(&key) || (kind == NodeKind::Schema && SchemaKeyword::of(key).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kind: NodeKind, key: &str) -> (Option<&'static str>, Option<String>) {
        let found = unknown(kind, key).expect("there is no such keyword");
        (found.near, found.hint)
    }

    #[test]
    fn a_keyword_is_looked_for_in_its_neighbours_and_in_other_places() {
        assert_eq!(told(NodeKind::Schema, "min_items"), (Some("minItems"), None));
        assert_eq!(told(NodeKind::Operation, "operationID"), (Some("operationId"), None));
        assert_eq!(told(NodeKind::Components, "schema"), (Some("schemas"), None));
        assert_eq!(told(NodeKind::Schema, "optional"), (None, None));
        let of = |it: &str| (None, Some(format!("it is a keyword of {it}")));
        assert_eq!(told(NodeKind::PathItem, "tags"), of("an operation"));
        assert_eq!(told(NodeKind::Parameter, "enum"), of("a schema"));
        assert_eq!(told(NodeKind::Body, "schema"), of("a media type"));
        let (near, hint) = told(NodeKind::Response, "schema");
        assert_eq!((near, hint.is_some_and(|it| it.contains("Swagger 2"))), (None, true));
    }

    #[test]
    fn keywords_are_known_where_openapi_has_them() {
        for (kind, key) in [
            (NodeKind::Schema, "minItems"),
            (NodeKind::Schema, "externalDocs"),
            (NodeKind::Operation, "summary"),
            (NodeKind::Streaming, "format"),
        ] {
            assert_eq!(unknown(kind, key), None, "{key}");
        }
    }
}
