//! Takes what `client.yaml` says out of its tree.

use super::derives::DerivePlace;
use super::{
    AllowedLint, Auth, Client, ClientParam, ConfigEntry, CrateSource, DeriveRule, DerivedTrait,
    HashAlgorithm, Header, NameRules, Only, Pagination, PaginationStyle, Perspective, Resources,
    ResourcesFrom, StreamFormat, StreamOf, Streams, TypeForm, TypePath, TypeRule, TypeTarget,
    Types, Undocumented, Waiter, WebhookSignature, check, keys, schemes, types,
};
use crate::diag::{Failed, Sink, SpecPtr};
use crate::load::{Node, Value};

/// Reads the settings of a file.
///
/// # Errors
/// If it has a key that nothing reads, or a value that has not the form that it must have.
pub(crate) fn read(root: &Node, sink: &mut Sink) -> Result<Client, Failed> {
    let at = SpecPtr::root();
    if root.value == Value::Null {
        return Ok(Client::default());
    }
    if !check::fits(root, &keys::FILE, &at, sink) {
        return Err(Failed);
    }
    if !schemes::fit(root, sink) {
        return Err(Failed);
    }
    let client = client(&ConfigValue { node: Some(root), at });
    if types::check(&client.types, sink) { Ok(client) } else { Err(Failed) }
}

/// A value of the file, which fits its form, or nothing where it is not given.
struct ConfigValue<'n> {
    node: Option<&'n Node>,
    at: SpecPtr,
}

impl<'n> ConfigValue<'n> {
    fn key(&self, key: &str) -> ConfigValue<'n> {
        ConfigValue { node: self.node.and_then(|it| it.get(key)), at: self.at.child(key) }
    }

    fn items<T>(&self, key: &str, read: impl Fn(ConfigValue<'n>) -> T) -> Vec<T> {
        let part = self.key(key);
        let list = part.node.and_then(Node::as_list).unwrap_or_default();
        let item = |(index, node)| read(ConfigValue { node: Some(node), at: part.at.item(index) });
        list.iter().enumerate().map(item).collect()
    }

    fn maybe(&self, key: &str) -> Option<String> {
        self.key(key).node.and_then(Node::as_str).map(str::to_owned)
    }

    fn number(&self, key: &str) -> Option<i64> {
        self.key(key).node?.to_json().as_i64()
    }

    fn text(&self, key: &str) -> String {
        self.maybe(key).unwrap_or_default()
    }

    fn texts(&self, key: &str) -> Vec<String> {
        self.items(key, |it| it.node.and_then(Node::as_str).unwrap_or_default().to_owned())
    }

    fn place(&self, key: &str) -> SpecPtr {
        SpecPtr::parse(&self.text(key))
    }
}

fn client(it: &ConfigValue<'_>) -> Client {
    Client {
        module: it.maybe("module"),
        base_url_variable: it.key("base_url").maybe("variable"),
        auth: it.items("auth", auth),
        params: it.items("params", param),
        headers: it.items("headers", header),
        resources: resources(&it.key("resources")),
        names: names(&it.key("names")),
        pagination: it.items("pagination", pagination),
        waiters: it.items("waiters", waiter),
        streams: streams(&it.key("streams")),
        webhooks: it.key("webhooks").node.map(|_| webhooks(&it.key("webhooks"))),
        perspective: match it.key("sockets").maybe("perspective").as_deref() {
            Some("client") => Some(Perspective::Client),
            Some(_) => Some(Perspective::Server),
            None => None,
        },
        only: only(&it.key("only")),
        keep: it.texts("keep"),
        types: types_of(&it.key("types")),
        undocumented: Undocumented {
            everywhere: it.maybe("extra").is_some(),
            places: it.texts("extra_at").iter().map(|it| SpecPtr::parse(it)).collect(),
        },
        accessors: it.node.is_some_and(|it| it.flag("accessors")),
        drift: it.node.is_some_and(|it| it.flag("drift")),
        skip: it.items("skip", exception),
        idempotent: it.items("idempotent", exception),
        usual_retries: it.maybe("retry").is_some(),
        lints: it.items("lints", lint),
    }
}

fn auth(it: ConfigValue<'_>) -> Auth {
    Auth {
        scheme: it.text("scheme"),
        added: schemes::kind(&it.text("type"), it.maybe("name")),
        operations: it.texts("operations").iter().map(|it| SpecPtr::parse(it)).collect(),
        variable: it.maybe("variable"),
        password_variable: it.maybe("password_variable"),
        setter: it.maybe("setter"),
        client_id_variable: it.maybe("client_id_variable"),
        client_secret_variable: it.maybe("client_secret_variable"),
        secret_in_body: it.text("token_endpoint_auth_method") == "client_secret_post",
        scopes: it.key("scopes").node.map(|_| it.texts("scopes")),
        at: it.at,
    }
}

fn param(it: ConfigValue<'_>) -> ClientParam {
    ClientParam { name: it.text("name"), variable: it.maybe("variable"), at: it.at }
}

#[expect(clippy::needless_pass_by_value, reason = "every reader of a part takes it so")]
fn header(it: ConfigValue<'_>) -> Header {
    Header { name: it.text("name"), default: it.maybe("default") }
}

fn resources(it: &ConfigValue<'_>) -> Resources {
    let from = match it.text("from").as_str() {
        "paths" => Some(ResourcesFrom::Paths),
        "tags" => Some(ResourcesFrom::Tags),
        _ => None,
    };
    let rename = |it: ConfigValue<'_>| (it.text("resource"), it.text("name"), it.at);
    Resources {
        from,
        overrides: it.items("overrides", named),
        renames: it.items("renames", rename),
    }
}

fn names(it: &ConfigValue<'_>) -> NameRules {
    NameRules { strip_prefix: it.texts("strip_prefix"), renames: it.items("renames", named) }
}

fn named(it: ConfigValue<'_>) -> (SpecPtr, String, SpecPtr) {
    (it.place("at"), it.text("name"), it.at)
}

fn pagination(it: ConfigValue<'_>) -> Pagination {
    let style = match it.text("style").as_str() {
        "cursor" => PaginationStyle::Cursor,
        "token" => PaginationStyle::Token,
        "offset" => PaginationStyle::Offset,
        "page" => PaginationStyle::Page,
        "link" => PaginationStyle::Link,
        "next_url" => PaginationStyle::NextUrl,
        _ => PaginationStyle::None,
    };
    Pagination {
        operations: it.texts("operations").iter().map(|it| SpecPtr::parse(it)).collect(),
        style,
        param: it.maybe("param"),
        first: it.number("first"),
        backwards: it.maybe("backwards"),
        items: it.maybe("items"),
        next: it.maybe("next"),
        at: it.at,
    }
}

fn waiter(it: ConfigValue<'_>) -> Waiter {
    Waiter {
        target: it.place("at"),
        state: it.texts("state"),
        done: it.texts("done"),
        failed: it.texts("failed"),
        at: it.at,
    }
}

fn streams(it: &ConfigValue<'_>) -> Streams {
    Streams {
        sentinels: it.texts("sentinels"),
        end_events: it.texts("end_events"),
        ignored_events: it.texts("ignored_events"),
        operations: it.items("operations", stream_of),
    }
}

fn webhooks(it: &ConfigValue<'_>) -> WebhookSignature {
    WebhookSignature {
        header: it.text("header"),
        algorithm: match it.text("algorithm").as_str() {
            "sha1" => HashAlgorithm::Sha1,
            "sha512" => HashAlgorithm::Sha512,
            _ => HashAlgorithm::Sha256,
        },
        in_base64: it.text("encoding") == "base64",
        prefix: it.maybe("prefix"),
        signed: it.maybe("signed"),
        timestamp_header: it.maybe("timestamp_header"),
        timestamp_prefix: it.maybe("timestamp_prefix"),
        id_header: it.maybe("id_header"),
        secret_prefix: it.maybe("secret_prefix"),
        tolerance: it.number("tolerance"),
        at: it.at.clone(),
    }
}

fn stream_of(it: ConfigValue<'_>) -> StreamOf {
    let format = match it.text("format").as_str() {
        "events" => StreamFormat::Events,
        "lines" => StreamFormat::Lines,
        "json" => StreamFormat::Json,
        "array" => StreamFormat::Array,
        _ => StreamFormat::Text,
    };
    StreamOf {
        target: it.place("at"),
        format,
        item: it.maybe("item").map(|at| SpecPtr::parse(&at)),
        flag: it.maybe("flag"),
        sentinels: it.texts("sentinels"),
        at: it.at,
    }
}

/// An object that names nothing chooses everything.
fn only(it: &ConfigValue<'_>) -> Option<Only> {
    let only = Only {
        tags: it.texts("tags"),
        paths: it.texts("paths"),
        operations: it.texts("operations"),
    };
    let Only { tags, paths, operations } = &only;
    let is_empty = tags.is_empty() && paths.is_empty() && operations.is_empty();
    (!is_empty).then_some(only)
}

fn types_of(it: &ConfigValue<'_>) -> Types {
    let mut rules = it.items("formats", |it| {
        let format = it.text("format");
        type_rule(it, TypeTarget::Format(format))
    });
    rules.extend(it.items("places", |it| {
        let place = it.place("at");
        type_rule(it, TypeTarget::Place(place))
    }));
    Types {
        rules: rules.into_iter().flatten().collect(),
        crates: it.items("crates", krate),
        derive: DerivedTrait::named(&it.texts("derive")),
        derive_entries: it.items("derive", derived).into_iter().flatten().collect(),
        derive_at: it.items("derive_at", derive_rule).into_iter().flatten().collect(),
    }
}

/// A type that replaces what the document has; `None` if its path is no path of a type, which was reported.
fn type_rule(it: ConfigValue<'_>, target: TypeTarget) -> Option<TypeRule> {
    Some(TypeRule {
        target,
        path: TypePath::parse(&it.text("type"))?,
        stated: match it.text("as").as_str() {
            "text" => Some(TypeForm::Text),
            "json" => Some(TypeForm::Json),
            _ => None,
        },
        example: it.maybe("example"),
        traits: DerivedTrait::named(&it.texts("traits")),
        at: it.at,
    })
}

fn derived(it: ConfigValue<'_>) -> Option<(DerivedTrait, SpecPtr)> {
    Some((DerivedTrait::parse(it.node?.as_str()?)?, it.at))
}

fn derive_rule(it: ConfigValue<'_>) -> Option<DeriveRule> {
    Some(DeriveRule {
        derived: DerivedTrait::parse(&it.text("derive"))?,
        places: it.texts("at").iter().map(|it| DerivePlace::parse(it)).collect(),
        at: it.at,
    })
}

fn krate(it: ConfigValue<'_>) -> CrateSource {
    CrateSource {
        name: it.text("name"),
        version: it.maybe("version"),
        path: it.maybe("path"),
        features: it.texts("features"),
        default_features: true,
        at: it.at,
    }
}

fn exception(it: ConfigValue<'_>) -> ConfigEntry {
    ConfigEntry { target: it.place("at"), why: it.text("why"), at: it.at }
}

fn lint(it: ConfigValue<'_>) -> AllowedLint {
    AllowedLint {
        rule: it.text("rule"),
        target: it.maybe("at").map(|at| SpecPtr::parse(&at)),
        at: it.at,
    }
}
