//! Every key of `client.yaml`: the check and the JSON Schema are both made from this table.

use super::value_form::ValueForm::{
    Choice, Entries, Flag, Header, Identifier, List, Number, Object, Pointer, Rule, Text, Trait,
    TraitPath, TypePath, Variable,
};
use super::value_form::{ConfigKey, ValueForm, may, must};

pub(super) const FILE: ValueForm = Object(&[
    may(
        "module",
        Identifier,
        "The Rust module and Cargo feature; the name of the vendor's folder if not given.",
    ),
    may("base_url", Object(BASE_URL), "Where requests go, if not where the document says."),
    may("auth", Entries("scheme", AUTH), "Where the keys of security schemes come from."),
    may("params", Entries("name", PARAM), "Path parameters that are set once, on the client."),
    may("headers", Entries("name", HEADER), "Headers that are set once, on the client."),
    may("resources", Object(RESOURCES), "How operations are grouped."),
    may("names", Object(NAMES), "How things are named."),
    may(
        "pagination",
        List(&Object(PAGINATION)),
        "How lists go on, where the document is not plain.",
    ),
    may("waiters", Entries("at", WAITER), "Operations whose answer has a state to wait for."),
    may("streams", Object(STREAMS), "What ends event streams, and what is passed over in them."),
    may("webhooks", Object(WEBHOOKS), "How webhooks are signed, if not by Standard Webhooks."),
    may("sockets", Object(SOCKETS), "How an AsyncAPI document is read."),
    may("only", Object(ONLY), "The operations that are generated; all of them if not given."),
    may(
        "keep",
        List(&Text),
        "Schemas, by their keys in the components, that are types though no operation needs them.",
    ),
    may("types", Object(TYPES), "Types of other crates in the place of texts."),
    may(
        "extra",
        Choice(&["keep"]),
        "Properties of responses that the document neither names nor excludes are kept by all types.",
    ),
    may(
        "extra_at",
        List(&Pointer),
        "The same for single schemas: the places of objects whose types keep such properties.",
    ),
    may(
        "accessors",
        Flag,
        "`true` gives unions the methods `as_…` and `into_…` for the payload of each variant.",
    ),
    may(
        "drift",
        Flag,
        "`true` gives the client a feature `drift`, with which it can note where responses differ from the document.",
    ),
    may("skip", Entries("at", EXCEPTION), "Operations that are left out on purpose."),
    may(
        "idempotent",
        Entries("at", EXCEPTION),
        "Operations that may be sent twice, though their method does not promise it.",
    ),
    may(
        "retry",
        Choice(&["default"]),
        "`default` keeps the usual retry policy where the document has another (`x-speakeasy-retries`), for all or for one operation.",
    ),
    may("lints", List(&Object(LINT)), "Findings that are known and accepted."),
]);

const WHY: &str = "The reason, for whoever reads this next.";

const BASE_URL: &[ConfigKey] = &[must(
    "variable",
    Variable,
    "The environment variable that replaces the base URL; `<MODULE>_BASE_URL` if not given.",
)];

const AUTH: &[ConfigKey] = &[
    must(
        "scheme",
        Text,
        "The scheme's key in `components.securitySchemes`, or with `type` that of one more.",
    ),
    may(
        "type",
        Choice(&["bearer", "basic", "header", "query", "cookie"]),
        "The kind of a scheme that the document does not declare: this adds it.",
    ),
    may("name", Text, "The name of an added scheme's header, query parameter or cookie."),
    may(
        "operations",
        List(&Pointer),
        "The operations that ask for an added scheme; if not given, all whose security the document does not state.",
    ),
    may(
        "variable",
        Variable,
        "The environment variable of the key, for basic authentication of the user name; `<MODULE>_API_KEY`, `_TOKEN` or `_USERNAME` if not given.",
    ),
    may(
        "password_variable",
        Variable,
        "For basic authentication: the environment variable of the password; `<MODULE>_PASSWORD` if not given.",
    ),
    may("setter", Identifier, "The setter's name on the client's builder, such as `api_key`."),
    may(
        "client_id_variable",
        Variable,
        "For client credentials: the environment variable of the id; `<MODULE>_CLIENT_ID` if not given.",
    ),
    may(
        "client_secret_variable",
        Variable,
        "For client credentials: the environment variable of the secret; `<MODULE>_CLIENT_SECRET` if not given.",
    ),
    may(
        "token_endpoint_auth_method",
        Choice(&["client_secret_basic", "client_secret_post"]),
        "How the token endpoint is told id and secret: in the header `Authorization`, which is the default, or in the body.",
    ),
    may(
        "scopes",
        List(&Text),
        "The scopes that client credentials ask for; those that the operations need if not given.",
    ),
];

const PARAM: &[ConfigKey] = &[
    must("name", Text, "The parameter's name in the document."),
    may("variable", Variable, "The environment variable that it is read from."),
];

const HEADER: &[ConfigKey] = &[
    must("name", Header, "The header's name, in which capitals make no difference."),
    may(
        "default",
        Text,
        "Its value, if it is not set; the document's only allowed value if not given.",
    ),
];

const RESOURCES: &[ConfigKey] = &[
    may(
        "from",
        Choice(&["tags", "paths"]),
        "By the first tag, or by the fixed segments of paths; what fits the document better if not given.",
    ),
    may(
        "overrides",
        Entries("at", NAMED),
        "Operations that belong elsewhere, such as to `chat.completions`.",
    ),
    may(
        "renames",
        Entries("resource", RESOURCE),
        "Resources that are called otherwise, with all below them.",
    ),
];

const RESOURCE: &[ConfigKey] = &[
    must(
        "resource",
        Text,
        "The resource, as it would be called without the entry: `users.api_keys`.",
    ),
    must("name", Text, "What it is called: `api_keys`."),
    must("why", Text, WHY),
];

const NAMES: &[ConfigKey] = &[
    may("strip_prefix", List(&Text), "Prefixes that the names of schemas and operations lose."),
    may("renames", Entries("at", NAMED), "Things that are called otherwise."),
];

const NAMED: &[ConfigKey] = &[
    must("at", Pointer, "The place in the document."),
    must("name", Text, "The name."),
    must("why", Text, WHY),
];

const PAGINATION: &[ConfigKey] = &[
    must(
        "style",
        Choice(&["cursor", "token", "offset", "page", "link", "next_url", "none"]),
        "How a list goes on.",
    ),
    may(
        "operations",
        List(&Pointer),
        "The operations meant; every operation with these fields if not given.",
    ),
    may("param", Text, "The query parameter that moves through the list."),
    may(
        "first",
        Number,
        "The number of the first page, or the position of the first item; what the document says of the parameter if not given.",
    ),
    may("backwards", Text, "The query parameter that walks backwards."),
    may("items", Text, "The response property that holds the items."),
    may("next", Text, "The response property that says where to go on, or whether there is more."),
];

const WAITER: &[ConfigKey] = &[
    must("at", Pointer, "The operation's place in the document."),
    must(
        "state",
        List(&Text),
        "The response property that holds the state, from the outermost down.",
    ),
    must("done", List(&Text), "States that end well and are never left."),
    may("failed", List(&Text), "States that end badly and are never left."),
    must("why", Text, WHY),
];

const STREAMS: &[ConfigKey] = &[
    may("sentinels", List(&Text), "Data that ends a stream, such as `[DONE]`."),
    may("end_events", List(&Text), "Events that end a stream."),
    may("ignored_events", List(&Text), "Events that are passed over."),
    may(
        "operations",
        Entries("at", STREAM_OF),
        "Operations that stream, where the document does not say so.",
    ),
];

const STREAM_OF: &[ConfigKey] = &[
    must("at", Pointer, "The operation's place in the document."),
    must(
        "format",
        Choice(&["events", "lines", "json", "array", "text"]),
        "How items follow each other: server-sent events, lines of JSON, JSON values with or without line ends, the items of one array, or lines of text.",
    ),
    may("item", Pointer, "The schema of an item; that of the response if not given."),
    may(
        "flag",
        Text,
        "The property or parameter that asks for the stream, which is then one of two kinds of response.",
    ),
    may("sentinels", List(&Text), "Data that ends this stream."),
    must("why", Text, WHY),
];

const WEBHOOKS: &[ConfigKey] = &[
    must("header", Header, "The header that holds the signature, an HMAC."),
    may(
        "algorithm",
        Choice(&["sha1", "sha256", "sha512"]),
        "The hash function; `sha256` if not given.",
    ),
    may(
        "encoding",
        Choice(&["hex", "base64"]),
        "The text that a signature is written as; `hex` if not given.",
    ),
    may(
        "prefix",
        Text,
        "The text before a signature, such as `sha256=`, by which it is told from other entries between commas.",
    ),
    may(
        "signed",
        Text,
        "What is signed: a text with `{body}`, and `{timestamp}` and `{id}` of their headers; the body if not given.",
    ),
    may(
        "timestamp_header",
        Header,
        "The header that holds the time of signing, in seconds since 1970.",
    ),
    may(
        "timestamp_prefix",
        Text,
        "The text before the time, such as `t=`, by which it is told from other entries between commas.",
    ),
    may("id_header", Header, "The header that names the message."),
    may(
        "secret_prefix",
        Text,
        "The text before secrets, which are base64; if not given, the bytes of the secret's text are the key.",
    ),
    may(
        "tolerance",
        Number,
        "The seconds between signing and arrival that are accepted; 300 if not given.",
    ),
];

const SOCKETS: &[ConfigKey] = &[may(
    "perspective",
    Choice(&["client", "server"]),
    "Whose sending and receiving the document describes; by the names of messages if not given.",
)];

const ONLY: &[ConfigKey] = &[
    may("tags", List(&Text), "Those with one of these tags."),
    may("paths", List(&Text), "Those whose path begins with these segments, such as `/chat`."),
    may(
        "operations",
        List(&Text),
        "These: by `operationId`, as `GET /users/{id}`, or by their place in the document.",
    ),
];

const TYPES: &[ConfigKey] = &[
    may("formats", Entries("format", TYPE_OF_FORMAT), "Types of all texts of a format."),
    may("places", Entries("at", TYPE_OF_PLACE), "Types of single schemas."),
    may(
        "crates",
        Entries("name", CRATE),
        "Where crates of these types are, if they are not well known.",
    ),
    may(
        "derive",
        List(&Trait),
        "Traits that emitted types are given besides the usual ones, where all that they hold has them; of `schemars::JsonSchema` they get the document's schemas.",
    ),
    may("derive_at", Entries("derive", DERIVE_AT), "Derive macros of single types."),
];

const DERIVE_AT: &[ConfigKey] = &[
    must("derive", TraitPath, "The path of the derive macro, such as `strum::EnumCount`."),
    must(
        "at",
        List(&Pointer),
        "The schemas whose types have it, whatever they hold; `/*` at the end means all below a place. `schemars::JsonSchema` is given to what they refer to, too.",
    ),
];

const TYPE: ConfigKey = must(
    "type",
    TypePath,
    "The path of the type: `uuid::Uuid`, `chrono::NaiveDate`, `acme_types::Id`.",
);

const AS: ConfigKey = may(
    "as",
    Choice(&["text", "json"]),
    "How it is read and written: by `FromStr` and `Display`, or by serde's traits; what is known of the type if not given, else `text`.",
);

const EXAMPLE: ConfigKey = may(
    "example",
    Text,
    "A value for tests that the type writes as it reads it: its text, or with `as: json` its JSON.",
);

const TRAITS: ConfigKey = may(
    "traits",
    List(&Trait),
    "Traits that it has, of those that `derive` may ask for; what is known of the type if not given.",
);

const TYPE_OF_FORMAT: &[ConfigKey] =
    &[must("format", Text, "The format, such as `uuid`."), TYPE, AS, EXAMPLE, TRAITS];

const TYPE_OF_PLACE: &[ConfigKey] = &[
    must("at", Pointer, "The schema's place in the document."),
    TYPE,
    AS,
    EXAMPLE,
    TRAITS,
    must("why", Text, WHY),
];

const CRATE: &[ConfigKey] = &[
    must("name", Text, "The name of the crate's package."),
    may("version", Text, "The version that its manifest entry asks for."),
    may("path", Text, "Its folder, from the folder of the generated crate."),
    may("features", List(&Text), "Features of it that are needed."),
];

const EXCEPTION: &[ConfigKey] =
    &[must("at", Pointer, "The operation's place in the document."), must("why", Text, WHY)];

const LINT: &[ConfigKey] = &[
    must("rule", Rule, "The finding's code."),
    may("at", Pointer, "The place where it is accepted; everywhere if not given."),
    must("why", Text, WHY),
];
