//! The table of keywords that have no meaning for a client, each with its reason; those of schemas are in `keyword.rs`.
//!
//! A keyword that a pass uses somewhere and that is without meaning elsewhere may stand here too: what was
//! used was marked. A keyword that is neither here nor used is told.

use super::keyword::SchemaKeyword;
use super::kind::Kind;

/// Why a keyword has no meaning for a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
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
    /// It says how a token is made or got; a client is given the token.
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
struct Row(&'static [Kind], &'static [&'static str], Reason);

const ANY: &[Kind] = &[];

const ROWS: &[Row] = &[
    Row(
        &[Kind::Parameter, Kind::Header, Kind::MediaType],
        &["example", "examples"],
        Reason::Samples,
    ),
    Row(&[Kind::Components], &["examples"], Reason::Samples),
    Row(ANY, &["externalDocs", "externalDocs/description"], Reason::Words),
    Row(&[Kind::Document], &["jsonSchemaDialect", "$self"], Reason::Document),
    Row(&[Kind::Document], &["tags"], Reason::Words),
    Row(&[Kind::Tag], &["name", "description", "summary", "parent", "kind"], Reason::Words),
    Row(&[Kind::Info], &["summary", "contact", "license", "tags", "externalDocs"], Reason::Words),
    Row(
        &[Kind::Info],
        &["contact/name", "contact/email", "license/name", "license/identifier"],
        Reason::Words,
    ),
    Row(&[Kind::PathItem], &["summary", "description"], Reason::Words),
    Row(&[Kind::Response, Kind::Body, Kind::MediaType], &["description", "summary"], Reason::Words),
    Row(&[Kind::Server], &["description", "name"], Reason::Words),
    Row(
        &[Kind::SecurityScheme],
        &["bearerFormat", "flows", "openIdConnectUrl", "oauth2MetadataUrl"],
        Reason::Token,
    ),
    Row(&[Kind::Components], &["links"], Reason::Links),
    Row(
        &[Kind::Header],
        &["schema", "content", "required", "deprecated", "style", "explode", "description"],
        Reason::Headers,
    ),
    Row(&[Kind::Response], &["headers"], Reason::Headers),
    Row(&[Kind::MediaType], &["encoding"], Reason::Forms),
    Row(&[Kind::Document], &["security"], Reason::Overridden),
];

/// Why a keyword of a kind of node, or one below a keyword of it, has no meaning for a client; nothing where it has one.
pub(super) fn meaningless(kind: Kind, above: Option<&str>, key: &str) -> Option<Reason> {
    if kind == Kind::Schema
        && above.is_none()
        && let Some(why) = SchemaKeyword::of(key).and_then(|it| it.row().idle)
    {
        return Some(why);
    }
    let is_it = |it: &&str| match above {
        None => *it == key,
        Some(above) => it.split_once('/') == Some((above, key)),
    };
    let row = ROWS.iter().find(|Row(kinds, keys, _)| {
        (kinds.is_empty() || kinds.contains(&kind)) && keys.iter().any(is_it)
    });
    row.map(|it| it.2)
}
