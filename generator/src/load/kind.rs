//! Which node of a document is what, by OpenAPI's own structure: never into examples or values.

use super::keyword::{ExpectedType, KeywordContent, SchemaKeyword};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NodeKind {
    Document,
    Components,
    PathItem,
    Operation,
    Parameter,
    Header,
    Body,
    Response,
    MediaType,
    Encoding,
    Schema,
    SecurityScheme,
    /// A flow of OAuth 2.0.
    Flow,
    Info,
    Tag,
    Server,
    ServerVariable,
    Discriminator,
    /// `x-fern-streaming` of an operation.
    Streaming,
}

#[derive(Clone, Copy)]
pub(super) enum ChildKind {
    /// One of a kind.
    One(NodeKind),
    /// One of a kind, or a boolean that stays one.
    OneUnlessBool(NodeKind),
    /// A list or a map of a kind.
    Many(NodeKind),
    /// A map whose keys are free, save that extensions stand between them.
    Extended(NodeKind),
}

/// The content of `key` in a node of a kind.
pub(super) fn part(kind: NodeKind, key: &str) -> Option<ChildKind> {
    use ChildKind::{Extended, Many, One, OneUnlessBool};
    Some(match (kind, key) {
        (NodeKind::Document, "components") => One(NodeKind::Components),
        (NodeKind::Document, "info") => One(NodeKind::Info),
        (NodeKind::Document, "tags") => Many(NodeKind::Tag),
        (NodeKind::Document | NodeKind::PathItem | NodeKind::Operation, "servers") => {
            Many(NodeKind::Server)
        }
        (NodeKind::Server, "variables") => Many(NodeKind::ServerVariable),
        (NodeKind::Document, "paths") => Extended(NodeKind::PathItem),
        (NodeKind::Components, "pathItems") => Many(NodeKind::PathItem),
        (
            NodeKind::PathItem,
            "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query",
        ) => One(NodeKind::Operation),
        (NodeKind::Components | NodeKind::PathItem | NodeKind::Operation, "parameters") => {
            Many(NodeKind::Parameter)
        }
        (NodeKind::Components | NodeKind::Response | NodeKind::Encoding, "headers") => {
            Many(NodeKind::Header)
        }
        (NodeKind::Components, "securitySchemes") => Many(NodeKind::SecurityScheme),
        (NodeKind::SecurityScheme, "flows") => Extended(NodeKind::Flow),
        (NodeKind::Components, "requestBodies") => Many(NodeKind::Body),
        (NodeKind::Operation, "requestBody") => One(NodeKind::Body),
        (NodeKind::Operation, "x-fern-streaming") => OneUnlessBool(NodeKind::Streaming),
        (NodeKind::Components, "responses") => Many(NodeKind::Response),
        (NodeKind::Operation, "responses") => Extended(NodeKind::Response),
        (
            NodeKind::Parameter | NodeKind::Header | NodeKind::Body | NodeKind::Response,
            "content",
        )
        | (NodeKind::Components, "mediaTypes") => Many(NodeKind::MediaType),
        (NodeKind::MediaType, "encoding") => Many(NodeKind::Encoding),
        (NodeKind::Parameter | NodeKind::Header | NodeKind::MediaType, "schema")
        | (NodeKind::MediaType, "itemSchema")
        | (NodeKind::Streaming, "response" | "response-stream") => One(NodeKind::Schema),
        (NodeKind::Components, "schemas") => Many(NodeKind::Schema),
        (NodeKind::Schema, key) => match SchemaKeyword::of(key)?.row().holds {
            KeywordContent::Discriminator => One(NodeKind::Discriminator),
            KeywordContent::Schema(_) => One(NodeKind::Schema),
            KeywordContent::SchemaOrFlag(_) => OneUnlessBool(NodeKind::Schema),
            KeywordContent::Numbered(_)
            | KeywordContent::Members
            | KeywordContent::Variants
            | KeywordContent::Named => Many(NodeKind::Schema),
            KeywordContent::Nothing | KeywordContent::Value => return None,
        },
        _ => return None,
    })
}

/// The value that a keyword of a kind of node must have, where anything else would be misunderstood. Keywords of
/// schemas have a table of their own.
pub(super) fn expected(kind: NodeKind, key: &str) -> Option<ExpectedType> {
    use ExpectedType::{Anything, Flag, List, Object, Reference, Text, Texts};
    if let (NodeKind::Schema, Some(it)) = (kind, SchemaKeyword::of(key)) {
        return Some(it.row().expected).filter(|it| *it != Anything);
    }
    Some(match (kind, key) {
        (_, "$ref") => Reference,
        (_, "description" | "summary")
        | (NodeKind::Info, "title" | "version" | "termsOfService")
        | (NodeKind::Tag, "name")
        | (NodeKind::Operation, "operationId")
        | (NodeKind::Parameter | NodeKind::Header | NodeKind::Encoding, "style")
        | (NodeKind::Encoding, "contentType")
        | (NodeKind::SecurityScheme, "bearerFormat")
        | (NodeKind::Flow, "tokenUrl" | "refreshUrl") => Text,
        (NodeKind::Operation | NodeKind::Parameter | NodeKind::Header, "deprecated")
        | (NodeKind::Parameter | NodeKind::Header | NodeKind::Body, "required")
        | (
            NodeKind::Parameter | NodeKind::Header | NodeKind::Encoding,
            "explode" | "allowReserved",
        )
        | (NodeKind::Parameter, "allowEmptyValue") => Flag,
        (NodeKind::Document | NodeKind::Operation, "security")
        | (NodeKind::Document | NodeKind::PathItem | NodeKind::Operation, "servers")
        | (NodeKind::PathItem | NodeKind::Operation, "parameters") => List,
        (NodeKind::Operation, "tags") => Texts,
        (NodeKind::Operation, "requestBody" | "callbacks")
        | (
            NodeKind::Components,
            "schemas" | "parameters" | "headers" | "requestBodies" | "responses"
            | "securitySchemes",
        )
        | (NodeKind::Response, "headers")
        | (NodeKind::MediaType, "encoding") => Object,
        _ => return None,
    })
}
