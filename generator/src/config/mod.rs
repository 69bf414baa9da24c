//! `client.yaml`: everything about a vendor that its document does not say.

mod check;
mod derives;
mod keys;
mod known_types;
mod read;
mod reference;
mod schema;
mod schemes;
#[cfg(test)]
mod tests;
mod type_path;
mod types;
mod value_form;

pub(crate) use derives::{DeriveRule, DerivedTrait};
pub(crate) use read::read;
pub use reference::reference;
pub use schema::schema;
pub(crate) use type_path::TypePath;
pub(crate) use types::{CrateSource, TypeForm, TypeRule, TypeTarget, Types};

use crate::diag::SpecPtr;
use crate::ir::SchemeKind;

/// The content of `client.yaml`. The default is that of an empty file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Client {
    /// The Rust module; the vendor's name where it is not given.
    pub(crate) module: Option<String>,
    /// The environment variable that replaces the base URL.
    pub(crate) base_url_variable: Option<String>,
    pub(crate) auth: Vec<Auth>,
    /// Path parameters that are set once, on the client.
    pub(crate) params: Vec<ClientParam>,
    /// Headers that are set once, on the client.
    pub(crate) headers: Vec<Header>,
    pub(crate) resources: Resources,
    pub(crate) names: NameRules,
    pub(crate) pagination: Vec<Pagination>,
    /// Operations whose answer has a state to wait for.
    pub(crate) waiters: Vec<Waiter>,
    pub(crate) streams: Streams,
    /// The way in which webhooks are signed.
    pub(crate) webhooks: Option<WebhookSignature>,
    /// Whose sending and receiving an AsyncAPI document describes.
    pub(crate) perspective: Option<Perspective>,
    /// The operations that are chosen; all if it is not given.
    pub(crate) only: Option<Only>,
    /// Names of schemas that are types though no operation needs them.
    pub(crate) keep: Vec<String>,
    /// Types of other crates.
    pub(crate) types: Types,
    /// Types that keep properties which the document does not name.
    pub(crate) undocumented: Undocumented,
    /// True if unions have methods that give the payloads of their variants.
    pub(crate) accessors: bool,
    /// True if the client can note where responses differ from the document.
    pub(crate) drift: bool,
    /// Operations that are left out on purpose.
    pub(crate) skip: Vec<ConfigEntry>,
    /// Operations that may be retried though their method does not promise it.
    pub(crate) idempotent: Vec<ConfigEntry>,
    /// True if the document's retry policies are not followed.
    pub(crate) usual_retries: bool,
    /// Findings that are known and accepted.
    pub(crate) lints: Vec<AllowedLint>,
}

/// The types that keep properties of responses which the document neither names nor excludes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Undocumented {
    /// True for all types.
    pub(crate) everywhere: bool,
    /// The places of single schemas.
    pub(crate) places: Vec<SpecPtr>,
}

/// Where the key of a security scheme comes from.
#[derive(Clone, Debug)]
pub(crate) struct Auth {
    /// The scheme's key in `components.securitySchemes`.
    pub(crate) scheme: String,
    /// The kind of a scheme that the document does not declare.
    pub(crate) added: Option<SchemeKind>,
    /// The operations that ask for such a scheme. If empty: all whose security the document does not state.
    pub(crate) operations: Vec<SpecPtr>,
    /// The environment variable (for basic authentication, of the user name).
    pub(crate) variable: Option<String>,
    /// For basic authentication: the environment variable of the password.
    pub(crate) password_variable: Option<String>,
    /// The setter's name on the client's builder, such as `api_key`.
    pub(crate) setter: Option<String>,
    /// For client credentials: the environment variables of id and secret.
    pub(crate) client_id_variable: Option<String>,
    pub(crate) client_secret_variable: Option<String>,
    /// True if id and secret go to the token endpoint in the body.
    pub(crate) secret_in_body: bool,
    /// The scopes that client credentials ask for; those that operations need where it is not given.
    pub(crate) scopes: Option<Vec<String>>,
    pub(crate) at: SpecPtr,
}

#[derive(Clone, Debug)]
pub(crate) struct ClientParam {
    pub(crate) name: String,
    pub(crate) variable: Option<String>,
    pub(crate) at: SpecPtr,
}

#[derive(Clone, Debug)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) default: Option<String>,
}

/// The grouping of operations.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resources {
    /// Decided anew each time where it is not given.
    pub(crate) from: Option<ResourcesFrom>,
    /// Operation pointer → its resource, such as `chat.completions`.
    pub(crate) overrides: Vec<(SpecPtr, String, SpecPtr)>,
    /// Resource → what it is called with all below it, such as `users.api_keys` → `api_keys`.
    pub(crate) renames: Vec<(String, String, SpecPtr)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResourcesFrom {
    /// By the first tag; by path where an operation has no tag.
    Tags,
    /// By the literals of paths.
    Paths,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct NameRules {
    /// Prefixes that schema names and operationIds lose.
    pub(crate) strip_prefix: Vec<String>,
    /// Pointer of the thing → its Rust name, with the place of the entry.
    pub(crate) renames: Vec<(SpecPtr, String, SpecPtr)>,
}

impl NameRules {
    /// A text without the prefixes that names lose.
    pub(crate) fn stripped<'t>(&self, text: &'t str) -> &'t str {
        let prefixes = self.strip_prefix.iter();
        let longest = prefixes.filter(|it| text.starts_with(it.as_str())).max_by_key(|it| it.len());
        let rest = longest.map_or(text, |it| &text[it.len()..]);
        if rest.starts_with(|it: char| it.is_alphanumeric()) { rest } else { text }
    }
}

/// The pagination of some operations.
#[derive(Clone, Debug)]
pub(crate) struct Pagination {
    /// The operations that it speaks of, by pointer; every operation with these fields where empty.
    pub(crate) operations: Vec<SpecPtr>,
    pub(crate) style: PaginationStyle,
    /// The query parameter that moves through the list.
    pub(crate) param: Option<String>,
    /// The number of the first page, or the position of the first item.
    pub(crate) first: Option<i64>,
    /// The parameter that walks backwards.
    pub(crate) backwards: Option<String>,
    /// The response property that holds the items.
    pub(crate) items: Option<String>,
    /// The response property that says where the next page is (token, URL) or whether there is one.
    pub(crate) next: Option<String>,
    pub(crate) at: SpecPtr,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PaginationStyle {
    Cursor,
    Token,
    Offset,
    Page,
    Link,
    NextUrl,
    /// Not paged, whatever it looks like.
    None,
}

/// A state that changes by itself.
#[derive(Clone, Debug)]
pub(crate) struct Waiter {
    pub(crate) target: SpecPtr,
    /// Properties from the answer down to the state.
    pub(crate) state: Vec<String>,
    /// States that are never left, after a success.
    pub(crate) done: Vec<String>,
    /// States that are never left, after a failure.
    pub(crate) failed: Vec<String>,
    pub(crate) at: SpecPtr,
}

/// The settings of the vendor's event streams: the events that end them or are skipped.
#[derive(Clone, Debug, Default)]
pub(crate) struct Streams {
    pub(crate) sentinels: Vec<String>,
    pub(crate) end_events: Vec<String>,
    pub(crate) ignored_events: Vec<String>,
    pub(crate) operations: Vec<StreamOf>,
}

/// The stream of an operation whose document does not say all of it.
#[derive(Clone, Debug)]
pub(crate) struct StreamOf {
    pub(crate) target: SpecPtr,
    pub(crate) format: StreamFormat,
    /// The schema of an item.
    pub(crate) item: Option<SpecPtr>,
    /// The property or parameter that asks for it.
    pub(crate) flag: Option<String>,
    pub(crate) sentinels: Vec<String>,
    pub(crate) at: SpecPtr,
}

/// The framing of the items of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StreamFormat {
    Events,
    Lines,
    Json,
    Array,
    Text,
}

/// The way in which webhooks are signed.
#[derive(Clone, Debug)]
pub(crate) struct WebhookSignature {
    pub(crate) header: String,
    pub(crate) algorithm: HashAlgorithm,
    pub(crate) in_base64: bool,
    pub(crate) prefix: Option<String>,
    /// A text with `{body}`, `{timestamp}` and `{id}`.
    pub(crate) signed: Option<String>,
    pub(crate) timestamp_header: Option<String>,
    pub(crate) timestamp_prefix: Option<String>,
    pub(crate) id_header: Option<String>,
    pub(crate) secret_prefix: Option<String>,
    pub(crate) tolerance: Option<i64>,
    pub(crate) at: SpecPtr,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HashAlgorithm {
    Sha1,
    Sha256,
    Sha512,
}

/// The side that an AsyncAPI document is written from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Perspective {
    Client,
    Server,
}

/// Operations that are chosen, each by one of these.
#[derive(Clone, Debug)]
pub(crate) struct Only {
    pub(crate) tags: Vec<String>,
    /// The beginnings of paths.
    pub(crate) paths: Vec<String>,
    /// Names, each an operationId, a method and a path, or a place.
    pub(crate) operations: Vec<String>,
}

/// An exception at a place of the document.
#[derive(Clone, Debug)]
pub(crate) struct ConfigEntry {
    pub(crate) target: SpecPtr,
    pub(crate) why: String,
    /// The place of the entry itself in `client.yaml`.
    pub(crate) at: SpecPtr,
}

#[derive(Clone, Debug)]
pub(crate) struct AllowedLint {
    pub(crate) rule: String,
    /// Everywhere, where it is not given.
    pub(crate) target: Option<SpecPtr>,
    pub(crate) at: SpecPtr,
}
