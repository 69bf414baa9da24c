//! Which node of a document is what, by OpenAPI's own structure: never into examples or values.

use super::keyword::{Expected, Holds, SchemaKeyword};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
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
    Info,
    Tag,
    Server,
    ServerVariable,
    Discriminator,
    /// `x-fern-streaming` of an operation.
    Streaming,
}

#[derive(Clone, Copy)]
pub(super) enum Part {
    /// One of a kind.
    One(Kind),
    /// One of a kind, or a boolean that stays one.
    OneUnlessBool(Kind),
    /// A list or a map of a kind.
    Many(Kind),
    /// A map whose keys are free, save that extensions stand between them.
    Extended(Kind),
}

/// The content of `key` in a node of a kind.
pub(super) fn part(kind: Kind, key: &str) -> Option<Part> {
    use Part::{Extended, Many, One, OneUnlessBool};
    Some(match (kind, key) {
        (Kind::Document, "components") => One(Kind::Components),
        (Kind::Document, "info") => One(Kind::Info),
        (Kind::Document, "tags") => Many(Kind::Tag),
        (Kind::Document | Kind::PathItem | Kind::Operation, "servers") => Many(Kind::Server),
        (Kind::Server, "variables") => Many(Kind::ServerVariable),
        (Kind::Document, "paths") => Extended(Kind::PathItem),
        (Kind::Components, "pathItems") => Many(Kind::PathItem),
        (
            Kind::PathItem,
            "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query",
        ) => One(Kind::Operation),
        (Kind::Components | Kind::PathItem | Kind::Operation, "parameters") => {
            Many(Kind::Parameter)
        }
        (Kind::Components | Kind::Response | Kind::Encoding, "headers") => Many(Kind::Header),
        (Kind::Components, "securitySchemes") => Many(Kind::SecurityScheme),
        (Kind::Components, "requestBodies") => Many(Kind::Body),
        (Kind::Operation, "requestBody") => One(Kind::Body),
        (Kind::Operation, "x-fern-streaming") => OneUnlessBool(Kind::Streaming),
        (Kind::Components, "responses") => Many(Kind::Response),
        (Kind::Operation, "responses") => Extended(Kind::Response),
        (Kind::Parameter | Kind::Header | Kind::Body | Kind::Response, "content") => {
            Many(Kind::MediaType)
        }
        (Kind::Components, "mediaTypes") => Many(Kind::MediaType),
        (Kind::MediaType, "encoding") => Many(Kind::Encoding),
        (Kind::Parameter | Kind::Header | Kind::MediaType, "schema")
        | (Kind::MediaType, "itemSchema")
        | (Kind::Streaming, "response" | "response-stream") => One(Kind::Schema),
        (Kind::Components, "schemas") => Many(Kind::Schema),
        (Kind::Schema, key) => match SchemaKeyword::of(key)?.row().holds {
            Holds::Discriminator => One(Kind::Discriminator),
            Holds::Schema(_) => One(Kind::Schema),
            Holds::SchemaOrFlag(_) => OneUnlessBool(Kind::Schema),
            Holds::Numbered(_) | Holds::Members | Holds::Variants | Holds::Named => {
                Many(Kind::Schema)
            }
            Holds::Nothing | Holds::Value => return None,
        },
        _ => return None,
    })
}

/// The value that a keyword of a kind of node must have, where anything else would be misunderstood. Keywords of
/// schemas have a table of their own.
pub(super) fn expected(kind: Kind, key: &str) -> Option<Expected> {
    use Expected::{Anything, Flag, List, Object, Reference, Text, Texts};
    if let (Kind::Schema, Some(it)) = (kind, SchemaKeyword::of(key)) {
        return Some(it.row().expected).filter(|it| *it != Anything);
    }
    Some(match (kind, key) {
        (_, "$ref") => Reference,
        (_, "description" | "summary")
        | (Kind::Info, "title" | "version" | "termsOfService")
        | (Kind::Tag, "name")
        | (Kind::Operation, "operationId")
        | (Kind::Parameter | Kind::Header | Kind::Encoding, "style")
        | (Kind::Encoding, "contentType")
        | (Kind::SecurityScheme, "bearerFormat") => Text,
        (Kind::Operation | Kind::Parameter | Kind::Header, "deprecated")
        | (Kind::Parameter | Kind::Header | Kind::Body, "required")
        | (Kind::Parameter | Kind::Header | Kind::Encoding, "explode" | "allowReserved")
        | (Kind::Parameter, "allowEmptyValue") => Flag,
        (Kind::Document | Kind::Operation, "security")
        | (Kind::Document | Kind::PathItem | Kind::Operation, "servers")
        | (Kind::PathItem | Kind::Operation, "parameters") => List,
        (Kind::Operation, "tags") => Texts,
        (Kind::Operation, "requestBody" | "callbacks")
        | (
            Kind::Components,
            "schemas" | "parameters" | "headers" | "requestBodies" | "responses"
            | "securitySchemes",
        )
        | (Kind::Response, "headers")
        | (Kind::MediaType, "encoding") => Object,
        _ => return None,
    })
}
