//! The table of keywords that have no meaning for a client, each with its reason; those of schemas are in `keyword.rs`.
//!
//! A keyword that a pass uses somewhere and that is without meaning elsewhere may stand here too: what was
//! used was marked. A keyword that is neither here nor used is told.

use super::keyword::SchemaKeyword;
use super::kind::NodeKind;

/// Why a keyword has no meaning for a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum IgnoredReason {
    /// A server checks values; a client sends what it is given, and reads what comes.
    Checks,
    /// It is for readers of the document, or for pages made from it, and another text is shown instead.
    Words,
    /// It shows a value that may be sent or come; tests of what calls put on the wire use it.
    Samples,
    /// A default speaks of properties and parameters that may be absent; elsewhere nothing is.
    Default,
    /// Only of properties it matters whether they are sent or come.
    Direction,
    /// It speaks of the document itself.
    Document,
    /// It speaks of XML, whose bodies are bytes for a client.
    Xml,
    /// It says how a token is made, or got by a person at a browser; a client is given the token.
    Token,
    /// It speaks of links from one response to other operations, which are the caller's to follow.
    Links,
    /// Headers of responses are given as they come.
    Headers,
    /// It speaks of forms and of bodies of several parts, and this is neither.
    Forms,
    /// Each operation says it for itself.
    Overridden,
    /// Its content is read where something refers to it.
    Referred,
}

/// A row: in nodes of these kinds, these keywords have no meaning. A key below a keyword that has no kind of its own
/// is written behind a slash.
struct MeaningRow(&'static [NodeKind], &'static [&'static str], IgnoredReason);

const ANY: &[NodeKind] = &[];

const ROWS: &[MeaningRow] = &[
    MeaningRow(
        &[NodeKind::Parameter, NodeKind::Header, NodeKind::MediaType],
        &["example", "examples"],
        IgnoredReason::Samples,
    ),
    MeaningRow(&[NodeKind::Components], &["examples"], IgnoredReason::Samples),
    MeaningRow(ANY, &["externalDocs", "externalDocs/description"], IgnoredReason::Words),
    MeaningRow(&[NodeKind::Document], &["jsonSchemaDialect", "$self"], IgnoredReason::Document),
    MeaningRow(&[NodeKind::Document], &["tags"], IgnoredReason::Words),
    MeaningRow(
        &[NodeKind::Tag],
        &["name", "description", "summary", "parent", "kind"],
        IgnoredReason::Words,
    ),
    MeaningRow(
        &[NodeKind::Info],
        &["summary", "contact", "license", "tags", "externalDocs"],
        IgnoredReason::Words,
    ),
    MeaningRow(
        &[NodeKind::Info],
        &["contact/name", "contact/email", "license/name", "license/identifier"],
        IgnoredReason::Words,
    ),
    MeaningRow(&[NodeKind::PathItem], &["summary", "description"], IgnoredReason::Words),
    MeaningRow(
        &[NodeKind::Response, NodeKind::Body, NodeKind::MediaType],
        &["description", "summary"],
        IgnoredReason::Words,
    ),
    MeaningRow(&[NodeKind::Server], &["description", "name"], IgnoredReason::Words),
    MeaningRow(
        &[NodeKind::SecurityScheme],
        &["bearerFormat", "flows", "openIdConnectUrl", "oauth2MetadataUrl"],
        IgnoredReason::Token,
    ),
    MeaningRow(
        &[NodeKind::Flow],
        &["authorizationUrl", "deviceAuthorizationUrl", "tokenUrl", "refreshUrl", "scopes"],
        IgnoredReason::Token,
    ),
    MeaningRow(&[NodeKind::Components], &["links"], IgnoredReason::Links),
    MeaningRow(
        &[NodeKind::Header],
        &["schema", "content", "required", "deprecated", "style", "explode", "description"],
        IgnoredReason::Headers,
    ),
    MeaningRow(&[NodeKind::Response], &["headers"], IgnoredReason::Headers),
    MeaningRow(&[NodeKind::MediaType], &["encoding"], IgnoredReason::Forms),
    MeaningRow(&[NodeKind::Document], &["security"], IgnoredReason::Overridden),
];

/// The reason why a keyword of a kind of node, or one below a keyword of it, has no meaning for a client; nothing where
/// it has one.
pub(super) fn meaningless(kind: NodeKind, above: Option<&str>, key: &str) -> Option<IgnoredReason> {
    if kind == NodeKind::Schema
        && above.is_none()
        && let Some(why) = SchemaKeyword::of(key).and_then(|it| it.row().idle)
    {
        return Some(why);
    }
    let is_it = |it: &&str| match above {
        None => *it == key,
        Some(above) => it.split_once('/') == Some((above, key)),
    };
    let row = ROWS.iter().find(|MeaningRow(kinds, keys, _)| {
        (kinds.is_empty() || kinds.contains(&kind)) && keys.iter().any(is_it)
    });
    row.map(|it| it.2)
}
