//! Servers: what their variables may be, and where credentials may go.

use super::{SERVICE, json};
use crate::testing::{MockResponse, Scripted, response};
use crate::{Builder, ErrorKind, Method, Operation, SecurityScheme, ServerVariable, Service};

static REGIONS: Service = Service::new("regions", "https://{region}.example.com:{port}/{path}/v1")
    .server_variables(&[
        ServerVariable::new("region", "eu").values(&["eu", "us"]),
        ServerVariable::new("tenant", "acme"),
        ServerVariable::new("port", "443"),
        ServerVariable::new("path", "api/beta"),
    ])
    .schemes(&[SecurityScheme::bearer("Token"), SecurityScheme::header("Key", "X-Own")]);
static TENANTS: Service = Service::new("tenants", "https://{tenant}.example.com")
    .server_variables(&[ServerVariable::new("tenant", "acme")]);
static HOSTS: Service = Service::new("hosts", "https://{host}/v1")
    .server_variables(&[ServerVariable::new("host", "example.com")]);
static SCHEMES: Service = Service::new("schemes", "{scheme}://example.com")
    .server_variables(&[ServerVariable::new("scheme", "https")]);
static GET: Operation = Operation::new("get", Method::Get, "/x").security(&[&["Token"]]);
static ELSEWHERE: Operation =
    Operation::new("get", Method::Get, "/x").server("https://files.example.net");
static LISTED: Operation = Operation::new("list", Method::Get, "/l")
    .security(&[&["Token"]])
    .paging(crate::Paging::next_url());

fn ok() -> MockResponse {
    response(200).json("1")
}

fn bare(service: &'static Service, server: &Scripted) -> Builder {
    let builder = Builder::new(service).environment(|_| None).transport(server.clone());
    builder.credential("Token", "canary-7f3a")
}

/// Where a call goes with a value of a variable; none if the client is not built.
fn goes_to(service: &'static Service, name: &str, value: &str) -> Option<String> {
    let server = Scripted::repeating([ok()]);
    match bare(service, &server).server_variable(name, value).build() {
        Ok(core) => {
            json(core.call(&GET)).unwrap();
            Some(server.requests()[0].uri.to_string())
        }
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Configuration, "{value}");
            assert!(error.to_string().contains(name) || name == "host", "{error}");
            None
        }
    }
}

#[test]
fn a_variable_has_a_value_that_is_listed() {
    let at = |region: &str| goes_to(&REGIONS, "region", region);
    assert_eq!(at("us").unwrap(), "https://us.example.com:443/api/beta/v1/x");
    for value in ["", "asia", "evil.example/", "eu.evil", "EU"] {
        assert_eq!(at(value), None, "{value}");
    }
}

#[test]
fn an_error_shows_the_start_of_a_long_value() {
    for (service, name) in [(&REGIONS, "region"), (&TENANTS, "tenant")] {
        let long = format!("{}/", "v".repeat(100_000));
        let builder = bare(service, &Scripted::repeating([]));
        let text = builder.server_variable(name, &long).build().unwrap_err().to_string();
        assert!(text.contains(&"v".repeat(60)) && text.len() < 1000, "{} bytes", text.len());
    }
}

#[test]
fn a_variable_changes_nothing_but_its_part() {
    let ends =
        ["evil.example/", "evil?", "evil#", "a@evil", "evil:1", "evil\\", "a b", "{x}", "a%2F"];
    for value in ends {
        assert_eq!(goes_to(&TENANTS, "tenant", value), None, "{value}");
        assert_eq!(goes_to(&REGIONS, "port", value), None, "{value}");
    }
    for value in ["evil?", "evil#", "a@b", "a\\b", "a b", "{x}"] {
        assert_eq!(goes_to(&REGIONS, "path", value), None, "{value}");
    }
    assert_eq!(goes_to(&TENANTS, "tenant", "a.b-c_d").unwrap(), "https://a.b-c_d.example.com/x");
    assert_eq!(
        goes_to(&REGIONS, "path", "v2/sub").unwrap(),
        "https://eu.example.com:443/v2/sub/v1/x"
    );
    for (value, fits) in [
        ("ghe.acme.com", true),
        ("ghe.acme.com:8443", true),
        ("[::1]:1", true),
        ("a/b", false),
        ("user@host", false),
        ("host?x", false),
        ("", false),
    ] {
        assert_eq!(goes_to(&HOSTS, "host", value).is_some(), fits, "{value}");
    }
    for (value, fits) in [("https", true), ("https://evil.example/", false), ("ftp", false)] {
        assert_eq!(goes_to(&SCHEMES, "scheme", value).is_some(), fits, "{value}");
    }
}

#[test]
fn a_base_url_needs_no_variables() {
    let server = Scripted::repeating([ok()]);
    let builder = bare(&REGIONS, &server).server_variable("region", "none");
    json(builder.base_url("http://127.0.0.1:1").build().unwrap().call(&GET)).unwrap();
}

#[test]
fn a_server_without_slashes_leads_nowhere() {
    macro_rules! at {
        ($($url:literal),*) => {[$({
            static IT: Operation =
                Operation::new("odd", Method::Get, "/x").security(&[&["Token"]]).server($url);
            &IT
        }),*]};
    }
    let odd = at!(
        "http:/files.example.com",
        "https:files.example.com",
        "HTTP:/evil",
        "javascript:x",
        "\\\\evil.example",
        "localhost:80/x",
        "http://files.example.com"
    );
    for operation in odd {
        let server = Scripted::repeating([ok()]);
        let core = bare(&SERVICE, &server).build().unwrap();
        let error = json(core.call(operation)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
        assert!(server.requests().is_empty(), "{operation:?}");
    }
    for operation in at!("/v2", "v2", "./v2", "//api.example.com/v2") {
        let server = Scripted::repeating([ok()]);
        json(bare(&SERVICE, &server).build().unwrap().call(operation)).unwrap();
        assert_eq!(server.requests()[0].uri, "https://api.example.com/v2/x");
    }
}

#[test]
fn a_relative_server_is_kept_in_what_is_proposed() {
    static RELATIVE: Service = Service::new("relative", "/api/v3");
    let error = bare(&RELATIVE, &Scripted::repeating([])).build().unwrap_err();
    assert!(error.to_string().contains("`https://api.example.com/api/v3`"), "{error}");
}

/// True if the stream of pages follows a link to a next page.
fn follows(trusted: &[&str], allow_http: bool, next: &str) -> bool {
    let page = format!(r#"{{"data":["a"],"token":"{next}"}}"#);
    let last = r#"{"data":[],"token":""}"#;
    let server = Scripted::repeating([response(200).json(&page), response(200).json(last)]);
    let builder = bare(&SERVICE, &server).allow_http(allow_http);
    let builder = trusted.iter().fold(builder, |it, host| it.trust_host(host));
    let mut items = builder.build().unwrap().call(&LISTED).items::<super::pages::Walk>();
    super::now(async {
        items.next().await.unwrap().unwrap();
        let followed = items.next().await.is_none();
        assert_eq!(server.requests().len(), 1 + usize::from(followed), "{next}");
        followed
    })
}

#[test]
fn trust_holds_for_https_and_the_port_that_was_named() {
    let files = &["files.example.net"][..];
    let ported = &["files.example.net:8443"][..];
    for (trusted, allow_http, next, follow) in [
        (files, false, "https://files.example.net/l", true),
        (files, false, "https://FILES.example.net:443/l", true),
        (files, false, "https://files.example.net:8443/l", false),
        (files, false, "http://files.example.net/l", false),
        (files, false, "http://files.example.net:443/l", false),
        (files, true, "http://files.example.net/l", true),
        (files, true, "http://files.example.net:8080/l", false),
        (files, false, "https://evil.files.example.net/l", false),
        (files, false, "https://files.example.net.evil.example/l", false),
        (ported, false, "https://files.example.net:8443/l", true),
        (ported, false, "https://files.example.net/l", false),
        (&["https://files.example.net"], false, "https://files.example.net/l", true),
        (&["Files.Example.Net"], false, "https://files.example.net/l", true),
        (&["127.0.0.1:8080"], false, "http://127.0.0.1:8080/l", true),
        (&["127.0.0.1:8080"], false, "http://127.0.0.1:8081/l", false),
        (&[], false, "https://api.example.com:8443/l", false),
        (&[], false, "https://api.example.com:443/l", true),
        (&[], false, "http://api.example.com/l", false),
    ] {
        assert_eq!(follows(trusted, allow_http, next), follow, "{trusted:?} {allow_http} {next}");
    }
    for odd in ["", "a b", "files.example.net/path", "user@files.example.net", "https://x?y"] {
        let built = bare(&SERVICE, &Scripted::repeating([])).trust_host(odd).build();
        assert_eq!(built.unwrap_err().kind(), ErrorKind::Configuration, "{odd}");
    }
}

#[test]
fn credentials_in_headers_go_where_credentials_may_go() {
    let secret = ["authorization", "x-api-key", "X-Own", "x-acme-token", "cookie", "client_secret"];
    let plain = ["x-trace", "idempotency-key", "accept-language", "x-author", "x-keyboard"];
    for (names, is_secret) in [(&secret[..], true), (&plain[..], false)] {
        for name in names {
            let server = Scripted::repeating([ok()]);
            let builder = || bare(&REGIONS, &server).base_url("https://other.example.org");
            let of_client = builder().header(name, "secret-of-mine").build().unwrap();
            let of_call = builder().build().unwrap();
            for call in [
                of_client.call(&ELSEWHERE),
                of_call.call(&ELSEWHERE).with_header(name, "secret-of-mine"),
            ] {
                let result = json(call);
                assert_eq!(result.is_err(), is_secret, "{name}");
                if let Err(error) = result {
                    assert_eq!(error.kind(), ErrorKind::Configuration);
                    assert!(!error.to_string().contains("secret-of-mine"), "{error}");
                }
            }
            assert_eq!(server.requests().len(), if is_secret { 0 } else { 2 }, "{name}");
            json(of_client.call(&GET)).unwrap();
            let trusting = builder().header(name, "secret-of-mine").trust_host("files.example.net");
            json(trusting.build().unwrap().call(&ELSEWHERE)).unwrap();
            let sent = server.requests().pop().unwrap();
            assert_eq!(sent.header(name), Some("secret-of-mine"));
            assert_eq!(sent.headers[*name].is_sensitive(), is_secret, "{name}");
        }
    }
}
