//! Every finding that there is, one line each: its code is stable, and names it in `client.yaml` and in the ledger.

/// The effect of a finding on the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Generated, but a keyword has no effect.
    Warning,
    /// One operation, or one schema with the operations that need it, is left out.
    Skipped,
    /// The document, or one of our files, cannot be trusted as a whole: nothing is written.
    Error,
}

/// A kind of finding.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its stable name.
    pub code: &'static str,
    /// The effect of its findings on the output.
    pub severity: Severity,
    /// A general description of its findings.
    pub about: &'static str,
}

macro_rules! rules {
    ($($name:ident = $severity:ident $code:literal: $about:literal;)*) => {
        $(
            #[doc = $about]
            pub static $name: Rule = Rule { code: $code, severity: Severity::$severity, about: $about };
        )*
        /// All rules.
        pub static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    SYNTAX = Error "syntax": "the text is neither YAML nor JSON";
    LIMIT = Error "limit": "the document is larger than the generator is willing to read";
    DUPLICATE_KEY = Error "duplicate-key": "an object has a key twice, with different values";
    DUPLICATE_DOCS = Warning "duplicate-docs": "an object has a documentation key twice: the last one counts";
    NOT_OPENAPI = Error "not-openapi": "the document is neither OpenAPI 3.0, 3.1 or 3.2 nor AsyncAPI 2 or 3 with sockets";
    STALE_OVERLAY = Error "stale-overlay": "an overlay action matches nothing";
    BAD_OVERLAY = Error "bad-overlay": "the overlay is not an OpenAPI Overlay 1.0 document";
    BAD_CLIENT = Error "bad-client": "client.yaml does not say what it must";
    UNKNOWN_KEY = Error "unknown-key": "client.yaml has a key that nothing reads";
    STALE_CLIENT = Error "stale-client": "an entry of client.yaml points at nothing";
    BAD_LOCK = Error "bad-lock": "names.lock cannot be read";
    NAME_CLASH = Error "name-clash": "two things would bear the same Rust name";
    LOST_OPERATION = Error "lost-operation": "an operation that was generated last time would be left out";
    DANGLING_REF = Skipped "dangling-ref": "a reference points at nothing";
    EXTERNAL_REF = Skipped "external-ref": "a reference leaves the document: for another host, or for a file that is not read";
    CYCLIC_REF = Skipped "cyclic-ref": "a chain of references never arrives at a schema";
    INVALID = Skipped "invalid": "a piece of the document does not have the form that OpenAPI gives it";
    UNSUPPORTED = Skipped "unsupported": "a shape that the generator does not understand";
    BAD_PATH = Skipped "bad-path": "a path template and its parameters do not agree";
    SKIPPED_SCHEMA = Skipped "needs-skipped": "an operation needs a schema that was left out";
    SKIPPED_BY_CLIENT = Warning "skipped-by-client": "client.yaml leaves this operation out";
    SELECTED = Warning "selected": "client.yaml chooses some of the operations";
    MISTYPED = Warning "mistyped": "a keyword or value of another type than OpenAPI gives it: it is left out or corrected";
    NO_EFFECT = Warning "no-effect": "a keyword has no effect on the client";
    BAD_SERVER = Warning "bad-server": "a server that no request can be sent to";
    DANGLING_SCHEME = Warning "dangling-scheme": "an operation asks for a security scheme that is not declared";
    NO_SCHEME = Warning "no-scheme": "operations ask for a credential, and no security scheme says which";
    UNSUPPORTED_SCHEME = Warning "unsupported-scheme": "a security scheme that the client cannot follow by itself";
    IMPLIED_PARAM = Warning "implied-param": "a path names a parameter that is not declared";
    MERGE_CONFLICT = Warning "merge-conflict": "parts of an `allOf` contradict each other";
    UNKNOWN_EXTENSION = Warning "unknown-extension": "an extension that the generator does not know";
    UNKNOWN_KEYWORD = Warning "unknown-keyword": "a keyword that OpenAPI does not have in its place";
    ASSUMED_PERSPECTIVE = Warning "assumed-perspective": "an AsyncAPI document is read from the side that the standard does not give it";
    SCHEMA_CLASH = Warning "schema-clash": "the OpenAPI and the AsyncAPI document have different schemas of one name";
    NOT_EXPRESSED = Warning "not-expressed": "a construct that a client of this API does not express";
    NOT_DERIVED = Warning "not-derived": "a type cannot have a trait that client.yaml asks for";
    UNPAGED_LIST = Warning "unpaged-list": "an operation looks like a list, but how it goes on is not plain";
    FOREIGN_TAGS = Warning "foreign-tags": "client.yaml takes resources from tags that name servers or files";
    MISSING_DOCS = Warning "missing-docs": "an operation has neither summary nor description";
    OVERLAPPING_UNION = Warning "overlapping-union": "variants of an untagged union cannot be told apart";
    UNREAD = Warning "unread": "a keyword that has no effect on the client, and none that is known to have none";
    UNUSED_COMPONENT = Warning "unused-component": "no operation reaches this schema";
}
