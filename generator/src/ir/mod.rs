//! The model that a client must express, free of OpenAPI's spelling and of Rust's: no Rust names, no lifetimes.

mod external;
mod graph;
mod height;
mod hint;
mod operation;
mod response;
mod retry;
mod table;
mod types;
mod visit;

pub(crate) use external::{ExternalForm, ExternalType, Externals};
pub(crate) use graph::{components, longest_chain};
pub(crate) use height::{Heights, heights};
pub(crate) use hint::{Content, Hints, ValueHint};
pub(crate) use operation::{
    Body, BodyContent, FixedHeader, Framing, Method, NextPage, Operation, PageParam, Paging, Param,
    ParamPlace, ParamStyle, PartEncoding, PathSegment, Resource, Security, Server, ServerVariable,
    StyleKind, Waiting,
};
pub(crate) use response::{
    ErrorCase, ItemFraming, Messages, OutcomeBody, OutcomeCase, Setting, SettingPlace, Socket,
    Success, Terminal,
};
pub(crate) use retry::{RetryBackoff, RetryRule};
pub(crate) use table::{Id, Table};
pub(crate) use types::{
    Access, Docs, Enum, EnumRepr, EnumValue, Field, IntKind, Origin, Parent, Presence, Scalar,
    Shape, Struct, Tag, Type, TypeDef, Union, Variant,
};

use crate::config::{DeriveRule, DerivedTrait, Undocumented};
use crate::diag::SpecPtr;
use std::collections::HashSet;

/// One vendor's API.
#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) docs: Option<String>,
    /// Terms, contact and licence, as the document gives them: label and text or link.
    pub(crate) notices: Vec<(&'static str, String)>,
    pub(crate) server: Server,
    pub(crate) schemes: Vec<Scheme>,
    pub(crate) headers: Vec<FixedHeader>,
    /// Headers that responses may have.
    pub(crate) response_headers: Vec<ResponseHeader>,
    pub(crate) types: Table<TypeDef>,
    /// Types of other crates.
    pub(crate) externals: Externals,
    /// Traits that types are given where they can have them.
    pub(crate) derives: Vec<DerivedTrait>,
    /// Traits that single types are given.
    pub(crate) derives_at: Vec<DeriveRule>,
    /// The types that keep properties which the document does not name.
    pub(crate) undocumented: Undocumented,
    /// Schemas among the components that operations refer to, at any distance.
    pub(crate) referenced: HashSet<SpecPtr>,
    /// Schemas among the components that are types though no operation reaches them; all of them if it is not given.
    pub(crate) kept: Option<HashSet<SpecPtr>>,
    pub(crate) operations: Table<Operation>,
    /// The policy of the document for calls that fail.
    pub(crate) retry: Option<RetryRule>,
    /// The number of operations of the document, left out ones included.
    pub(crate) declared_operations: usize,
    pub(crate) resources: Table<Resource>,
    /// The source of resources, tags or paths, and the reason.
    pub(crate) resources_from: String,
}

/// A header that the document declares for responses.
#[derive(Debug)]
pub(crate) struct ResponseHeader {
    /// As it is spelled where it comes first.
    pub(crate) wire_name: String,
    pub(crate) ty: Type,
    pub(crate) docs: Option<String>,
    pub(crate) at: SpecPtr,
}

/// A scheme by which a call proves who makes it.
#[derive(Debug)]
pub(crate) struct Scheme {
    /// Its key in the document.
    pub(crate) key: String,
    pub(crate) kind: SchemeKind,
    /// The endpoints that give its tokens.
    pub(crate) flow: Option<OAuthFlow>,
    pub(crate) docs: Option<String>,
    pub(crate) at: SpecPtr,
}

/// The endpoints of OAuth 2.0 that a client can ask for tokens by itself.
#[derive(Debug)]
pub(crate) struct OAuthFlow {
    /// For client credentials.
    pub(crate) token_url: Option<String>,
    /// For refresh tokens.
    pub(crate) refresh_url: Option<String>,
    /// The scopes that the document names for client credentials.
    pub(crate) scopes: Vec<String>,
    /// Those of them that an operation asks for.
    pub(crate) needed: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SchemeKind {
    Bearer,
    Basic,
    Header(String),
    Query(String),
    Cookie(String),
}
