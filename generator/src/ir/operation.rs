//! The calls that can be made.

use super::{Docs, ErrorCase, Id, RetryRule, Setting, Success, Terminal, Type, TypeDef};
use crate::diag::SpecPtr;
use serde_json::Value as Json;

#[derive(Debug)]
pub(crate) struct Operation {
    /// The operationId, if there is one.
    pub(crate) wire_name: Option<String>,
    /// Set where an operation takes several media types and this is not the first.
    pub(crate) variant: Option<String>,
    pub(crate) method: Method,
    /// The path as the document writes it.
    pub(crate) path: String,
    pub(crate) template: Vec<PathSegment>,
    /// Query pairs that are part of the path itself.
    pub(crate) fixed_query: Vec<(String, String)>,
    /// Where it differs from the API's server.
    pub(crate) server: Option<Server>,
    pub(crate) params: Vec<Param>,
    pub(crate) body: Option<Body>,
    /// The response that `send` gives.
    pub(crate) success: Success,
    /// The flag or word that `send` sets to get it.
    pub(crate) setting: Option<Setting>,
    /// The other kinds of response that a call can ask for.
    pub(crate) terminals: Vec<Terminal>,
    /// Texts that end its streams, besides those that end all.
    pub(crate) sentinels: Vec<String>,
    pub(crate) errors: Vec<ErrorCase>,
    /// The `Accept` header for the answer, if one media type is expected.
    pub(crate) accept: Option<String>,
    /// Response headers that the document declares for success: name and what it says.
    pub(crate) response_headers: Vec<(String, Option<String>)>,
    pub(crate) paging: Option<Paging>,
    /// Where the answer has a state to wait for.
    pub(crate) waiting: Option<Waiting>,
    pub(crate) security: Security,
    /// Fixed headers of the client that it sends.
    pub(crate) fixed_headers: Vec<String>,
    pub(crate) idempotent: bool,
    /// Where the document gives it a policy of its own.
    pub(crate) retry: Option<RetryRule>,
    pub(crate) tags: Vec<String>,
    pub(crate) resource: Id<Resource>,
    /// Names that it may have within its resource, in words, best first.
    pub(crate) calls: Vec<String>,
    pub(crate) summary: Option<String>,
    pub(crate) docs: Docs,
    pub(crate) wish: Option<String>,
    pub(crate) at: SpecPtr,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
    Query,
}

impl Method {
    /// True if the method promises that sending twice is as good as once.
    pub(crate) fn is_idempotent(self) -> bool {
        !matches!(self, Self::Post | Self::Patch)
    }
}

/// A piece of a path template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PathSegment {
    Literal(String),
    Param(String),
}

#[derive(Clone, Debug)]
pub(crate) struct Param {
    pub(crate) wire_name: String,
    pub(crate) place: ParamPlace,
    pub(crate) ty: Type,
    pub(crate) style: ParamStyle,
    pub(crate) required: bool,
    /// Set once on the client, unless the call sets it.
    pub(crate) on_client: bool,
    pub(crate) default: Option<Json>,
    pub(crate) docs: Docs,
    /// The document's description of its range, in words.
    pub(crate) limits: Option<String>,
    pub(crate) wish: Option<String>,
    pub(crate) at: SpecPtr,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ParamPlace {
    Path,
    Query,
    Header,
    Cookie,
}

/// The style in which a parameter's value becomes text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ParamStyle {
    pub(crate) kind: StyleKind,
    pub(crate) explode: bool,
    /// In a path: it is a text of several segments, whose slashes stay.
    pub(crate) allow_reserved: bool,
}

impl ParamStyle {
    /// The style of parameters that state none.
    pub(crate) fn usual(place: ParamPlace) -> Self {
        Self::of(match place {
            ParamPlace::Query | ParamPlace::Cookie => StyleKind::Form,
            ParamPlace::Path | ParamPlace::Header => StyleKind::Simple,
        })
    }

    /// The style of a kind where nothing else is stated.
    pub(crate) fn of(kind: StyleKind) -> Self {
        let explode = matches!(kind, StyleKind::Form | StyleKind::DeepObject | StyleKind::Cookie);
        Self { kind, explode, allow_reserved: false }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StyleKind {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Json,
    /// Form, in cookies, of which nothing is encoded.
    Cookie,
}

#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) content: BodyContent,
    /// The media type, or a range of which the caller chooses one.
    pub(crate) mime: String,
    pub(crate) required: bool,
    pub(crate) docs: Docs,
}

#[derive(Debug)]
pub(crate) enum BodyContent {
    Json(Type),
    /// A form, with the style of each property that has one of its own.
    Form(Type, Vec<(String, ParamStyle)>),
    /// Several parts, and how those are written of which more is said than their type.
    Multipart(Id<TypeDef>, Vec<(String, PartEncoding)>),
    /// JSON values one after the other: each on its line, or as records of a sequence (RFC 7464).
    Values(Type, Framing),
    /// Several parts that the document does not name.
    Parts,
    Bytes,
    Text,
}

/// The framing of successive JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    Lines,
    Records,
}

/// The encoding of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PartEncoding {
    /// In a media type; of a file several may be open, with commas between them.
    Type(String),
    /// With a part for each property, named `part[property]`.
    DeepObject,
}

/// The pagination of a list.
#[derive(Debug)]
pub(crate) struct Paging {
    pub(crate) walk: PageParam,
    /// The parameter that says how many items a page has.
    pub(crate) limit: Option<String>,
    /// The page's type.
    pub(crate) page: Type,
    /// Fields from the page to the list of items; none where the page is the list.
    pub(crate) items: Vec<String>,
    pub(crate) item: Type,
    pub(crate) next: NextPage,
    /// Fields from the page to a flag beside the token, which says whether there is more.
    pub(crate) more: Option<Vec<String>>,
}

/// Which parameter moves through a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PageParam {
    /// By the id of the last item.
    Cursor {
        param: String,
        backwards: Option<String>,
        id: String,
    },
    /// By a token of the page before.
    Token {
        param: String,
    },
    /// By the number of items to pass over, or the position of the first one.
    Offset {
        param: String,
        first: i64,
    },
    Page {
        param: String,
        first: i64,
    },
    /// By the `Link` header.
    Link,
    /// By a URL in the page, or a token, if a parameter takes one.
    NextUrl {
        token: Option<String>,
    },
}

/// The sign of whether there is a next page, and where: fields from the page down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NextPage {
    /// A flag.
    HasMore(Vec<String>),
    /// The next token or URL itself.
    Value(Vec<String>),
    /// The total number of items.
    Total(Vec<String>),
    /// The total number of pages.
    Pages(Vec<String>),
    /// Only that the page was not empty.
    AnyItems,
    /// A header says it: `Link`, or one with a token.
    Header(Option<String>),
}

/// A state that changes by itself.
#[derive(Clone, Debug)]
pub(crate) struct Waiting {
    /// Fields from the answer down to the state: a text or an enum of texts.
    pub(crate) state: Vec<String>,
    /// States that are never left, after a success.
    pub(crate) done: Vec<String>,
    /// States that are never left, after a failure.
    pub(crate) failed: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Security {
    /// Any one of the alternatives; all schemes of it. An empty alternative: it may be anonymous.
    Any(Vec<Vec<String>>),
    None,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) variables: Vec<ServerVariable>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ServerVariable {
    pub(crate) name: String,
    pub(crate) default: String,
    /// All values that it may have; none where any may be.
    pub(crate) values: Vec<String>,
    pub(crate) docs: Option<String>,
}

/// A header that is set once on the client because it has one allowed value, or `client.yaml` lists it.
#[derive(Debug)]
pub(crate) struct FixedHeader {
    pub(crate) wire_name: String,
    pub(crate) default: Option<String>,
    /// The types that operations declare for it; the client takes any text.
    pub(crate) types: Vec<Type>,
    pub(crate) docs: Docs,
    pub(crate) at: SpecPtr,
}

/// Operations that belong together. Resources nest.
#[derive(Debug)]
pub(crate) struct Resource {
    /// The words that it is named by, with `_` between them.
    pub(crate) words: String,
    /// The resource above it, unless the client itself gives it.
    pub(crate) parent: Option<Id<Resource>>,
    pub(crate) docs: Option<String>,
}
