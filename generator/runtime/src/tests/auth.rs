//! Credentials: who gets them, and who does not.

use super::{Fixed, bare, builder, client, get, json, now, post, shown};
use crate::auth::Credential;
use crate::testing::{MockResponse, Recorder, Scripted, TestClock, response};
use crate::{
    BoxError, BoxFuture, Builder, ErrorKind, Method, Operation, Secret, SecurityScheme, Service,
    TokenSource,
};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

static EITHER: Operation =
    Operation::new("either", Method::Get, "/x").security(&[&["Key", "Cookie"], &["Query"]]);
static BASIC: Operation = Operation::new("basic", Method::Get, "/x").security(&[&["Basic"]]);
static OPTIONAL: Operation =
    Operation::new("optional", Method::Get, "/x").security(&[&["Token"], &[]]);
static NONE: Operation = Operation::new("none", Method::Get, "/x");
static ELSEWHERE: Operation = Operation::new("elsewhere", Method::Get, "/x")
    .security(&[&["Token"]])
    .server("https://uploads.example.net/up");

#[test]
fn each_scheme_puts_its_credential_in_its_place() {
    let server = Scripted::repeating([response(200).json("1")]);
    let core = bare(&server).credential("Key", "k").credential("Cookie", "c").build().unwrap();
    json(core.call(&EITHER)).unwrap();
    let core = bare(&server).credential("Query", "a b&c").build().unwrap();
    json(core.call(&EITHER).query("q", &1)).unwrap();
    let core = bare(&server).basic_credential("Basic", "user", "pass").build().unwrap();
    json(core.call(&BASIC)).unwrap();
    let sent = server.requests();
    assert_eq!((sent[0].header("x-api-key"), sent[0].header("cookie")), (Some("k"), Some("sid=c")));
    assert_eq!(sent[1].target(), "/x?q=1&api_key=a%20b%26c");
    assert_eq!(sent[2].header("authorization"), Some("Basic dXNlcjpwYXNz"));
}

#[test]
fn a_header_that_no_scheme_sets_stands_beside_them() {
    let server = Scripted::repeating([response(200).json("1")]);
    let core = bare(&server).credential("Key", "k").credential("Cookie", "c").build().unwrap();
    let call = core.call(&EITHER).header("Authorization", &"own").header("Cookie", &"a=1; b");
    json(call.cookie("theme", &"dark")).unwrap();
    let sent = server.requests().pop().unwrap();
    assert_eq!((sent.header("authorization"), sent.header("x-api-key")), (Some("own"), Some("k")));
    assert_eq!(sent.header("cookie"), Some("a=1; b; theme=dark; sid=c"));
    assert!(sent.headers["authorization"].is_sensitive() && sent.headers["cookie"].is_sensitive());
    let core = bare(&server).credential("Token", "t").build().unwrap();
    json(core.call(&OPTIONAL).header("Authorization", &"own")).unwrap();
    let sent = server.requests().pop().unwrap();
    assert_eq!(sent.headers.get_all("authorization").iter().count(), 1);
    assert_eq!(sent.header("authorization"), Some("own"));
}

#[test]
fn a_credential_cannot_end_its_cookie() {
    let server = Scripted::repeating([response(200).json("1")]);
    let core = bare(&server).credential("Key", "k").credential("Cookie", "c; a=b").build().unwrap();
    assert_eq!(json(core.call(&EITHER)).unwrap_err().kind(), ErrorKind::Configuration);
    assert!(server.requests().is_empty());
}

#[test]
fn no_credential_goes_where_none_is_asked_for() {
    let (core, server, _) = client([response(200).json("1")]);
    json(core.call(&NONE)).unwrap();
    json(core.call(&OPTIONAL)).unwrap();
    json(core.request(Method::Get, "/y")).unwrap();
    let sent: Vec<_> =
        server.requests().iter().map(|it| it.headers.contains_key("authorization")).collect();
    assert_eq!(sent, [false, true, true]);
}

#[test]
fn a_missing_credential_is_a_local_error_that_names_the_way_out() {
    let server = Scripted::repeating([response(200)]);
    let core = bare(&server).build().unwrap();
    let error = json(get(&core)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(
        error.to_string(),
        "get: no credential: on the builder of the client, set `Token` (environment variable `EXAMPLE_TOKEN`)"
    );
    assert!(server.requests().is_empty());
    json(core.call(&OPTIONAL)).unwrap_err();
    assert_eq!(server.requests().len(), 1);
    let error = bare(&server).build_from_env().unwrap_err();
    assert!(error.to_string().contains("EXAMPLE_TOKEN"), "{error}");
}

#[test]
fn a_client_does_without_credentials_where_some_calls_need_none() {
    static OPEN: Service = Service::new("open", "https://api.example.com")
        .schemes(&[SecurityScheme::bearer("Token").variable("OPEN_TOKEN")])
        .credentials_are_optional();
    let builder = || Builder::new(&OPEN).environment(|_| None);
    let server = Scripted::repeating([response(200).json("1")]);
    let core = builder().transport(server.clone()).build_from_env().unwrap();
    json(core.call(&NONE)).unwrap();
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn the_environment_fills_what_is_not_set() {
    let server = Scripted::repeating([response(200).json("1")]);
    let environment = |name: &str| match name {
        "EXAMPLE_TOKEN" => Some("from-env".to_owned()),
        "EXAMPLE_BASE_URL" => Some("http://127.0.0.1:1/v1/".to_owned()),
        "EXAMPLE_ACCOUNT" => Some(String::new()),
        _ => None,
    };
    let core = bare(&server).environment(environment).build_from_env().unwrap();
    json(get(&core)).unwrap();
    let sent = &server.requests()[0];
    assert_eq!(sent.uri, "http://127.0.0.1:1/v1/items/a");
    assert_eq!(sent.header("authorization"), Some("Bearer from-env"));
}

#[test]
fn credentials_stay_on_the_host_of_the_client() {
    let (core, server, _) = client([response(200).json("1")]);
    json(core.call(&ELSEWHERE)).unwrap();
    assert_eq!(server.requests()[0].uri, "https://uploads.example.net/up/x");

    let clock = TestClock::default();
    let core = builder(&server, &clock).base_url("https://proxy.example.org").build().unwrap();
    assert_eq!(json(core.call(&ELSEWHERE)).unwrap_err().kind(), ErrorKind::Configuration);
    assert_eq!(server.requests().len(), 1);
    let core = builder(&server, &clock)
        .base_url("https://proxy.example.org")
        .trust_host("uploads.example.net")
        .build()
        .unwrap();
    json(core.call(&ELSEWHERE)).unwrap();
}

#[test]
fn no_path_leads_credentials_to_another_host() {
    let paths =
        ["//evil.example/x", "@evil.example", ".evil.example", ":1@evil.example", "\\\\evil"];
    for path in paths.into_iter().chain(["", "?@evil.example", "#@evil.example", "/x/{id}"]) {
        let (core, server, _) = client([response(200).json("1")]);
        json(core.request(Method::Get, path).path("id", &"//evil.example")).unwrap();
        let request = &server.requests()[0];
        assert!(request.header("authorization").is_some(), "{path}");
        let url = url::Url::parse(&request.uri.to_string()).unwrap();
        assert_eq!(url.host_str(), Some("api.example.com"), "{path}: {url}");
        assert!(url.username().is_empty() && url.port().is_none(), "{path}: {url}");
    }
}

#[test]
fn plain_http_is_refused_but_for_this_machine() {
    let server = Scripted::repeating([response(200)]);
    for (url, fits) in [
        ("http://api.example.com", false),
        ("http://localhost.example.com", false),
        ("http://localhost:8080", true),
        ("http://127.0.0.1", true),
        ("http://[::1]:1", true),
        ("ftp://example.com", false),
        ("/v1", false),
        ("", false),
        ("https://user:pass@example.com", false),
        ("https://example.com?x=1", false),
        ("https://example.com#x", false),
        ("https:/example.com", false),
        ("https://exam\tple.com", false),
        ("https://example.com\n", false),
        ("https://b\u{fc}cher.example", false),
        ("https://xn--bcher-kva.example", true),
    ] {
        let built = bare(&server).base_url(url).build();
        assert_eq!(built.is_ok(), fits, "{url}");
        assert!(built.is_ok() || built.unwrap_err().kind() == ErrorKind::Configuration);
    }
    assert!(bare(&server).base_url("http://api.example.com").allow_http(true).build().is_ok());
}

struct Counting(AtomicUsize);

impl TokenSource for Counting {
    fn token<'a>(
        &'a self,
        rejected: Option<&'a Secret>,
    ) -> BoxFuture<'a, Result<Secret, BoxError>> {
        let stale = rejected.is_some();
        Box::pin(async move {
            Ok(format!(
                "t{}",
                self.0.fetch_add(usize::from(stale), Ordering::SeqCst) + usize::from(stale)
            )
            .into())
        })
    }
}

#[test]
fn a_refused_token_is_renewed_once() {
    let script = [response(401), response(200).json("1"), response(401)];
    let server = Scripted::repeating(script);
    let core = bare(&server).token_source(None, Counting(AtomicUsize::new(0))).build().unwrap();
    json(get(&core)).unwrap();
    json(post(&core)).unwrap_err();
    let sent: Vec<_> =
        server.requests().iter().map(|it| it.header("authorization").unwrap().to_owned()).collect();
    assert_eq!(sent, ["Bearer t0", "Bearer t1", "Bearer t1", "Bearer t2"]);
}

#[test]
fn the_key_shows_nowhere() {
    let (server, clock, recorder) = (
        Scripted::repeating([response(403).json(r#"{"error":"bad key canary-7f3a"}"#)]),
        TestClock::default(),
        Recorder::new(),
    );
    let builder = builder(&server, &clock)
        .credential("Query", "canary-7f3a")
        .basic_credential("Basic", "u", "canary-7f3a")
        .layer(recorder.clone());
    let mut texts = vec![format!("{builder:?}")];
    let core = builder.build().unwrap();
    let call = get(&core);
    texts.push(format!(
        "{core:?} {call:?} {:?} {:?}",
        Secret::from("canary-7f3a"),
        Secret::from("canary-7f3a").to_string()
    ));
    let error = json(call).unwrap_err();
    texts.push(shown(&error));
    texts.push(format!("{:?} {:?}", server.requests(), recorder.requests()));
    texts.push(format!("{:?}", now(get(&core).send_raw()).unwrap()));
    texts.push(builder_with("canary-7f3a\r\nx: y"));
    let texts = texts.concat();
    assert!(!texts.contains("canary-7f3a"), "{texts}");
    assert!(texts.contains("[redacted]"));
}

#[test]
fn a_secret_says_that_it_is_one() {
    let (secret, credential) = (Secret::from("k"), Credential::Text("k".into()));
    assert_eq!(format!("{secret} {secret:?} {credential:?}"), "[redacted] [redacted] [redacted]");
}

fn builder_with(key: &str) -> String {
    let server = Scripted::repeating([response(200)]);
    let core = bare(&server).credential("Token", key).build().unwrap();
    let error = json(get(&core)).unwrap_err();
    assert!(server.requests().is_empty());
    format!("{error} {error:?}")
}

/// Answers that repeat a key wherever a server could.
fn echoes(key: &str) -> Vec<MockResponse> {
    let object = format!(r#"{{"{key}": {{"{key}": "{key}"}}}}"#);
    let text = format!(r#""{key}""#);
    let mut echoes = Vec::new();
    for body in [object, text, key.to_owned()] {
        for status in [200, 307, 401, 500] {
            let response = response(status).json(&body).header("x-request-id", key);
            echoes.push(response.header("location", &format!("https://{key}.example/{key}")));
        }
    }
    echoes
}

type Nested = std::collections::BTreeMap<String, std::collections::BTreeMap<String, i64>>;

#[test]
fn a_key_that_a_server_repeats_shows_nowhere() {
    let ways: [(&'static Operation, &dyn Fn(Builder) -> Builder); 3] = [
        (&super::POST, &|it| it.credential("Token", "canary-7f3a")),
        (&super::POST, &|it| it.token_source(None, Fixed("canary-7f3a"))),
        (&BASIC, &|it| it.basic_credential("Basic", "u", "canary-7f3a")),
    ];
    for (operation, set) in ways {
        for echo in echoes("canary-7f3a").into_iter().chain(echoes("dTpjYW5hcnktN2YzYQ==")) {
            let is_basic = operation.id == "basic";
            let core = set(bare(&Scripted::repeating([echo.clone()]))).timer(TestClock::default());
            let core = core.build().unwrap();
            let call = || core.call(operation);
            let mut errors = vec![
                now(call().send_json::<Nested>()).unwrap_err(),
                now(call().send_json::<Vec<i64>>()).unwrap_err(),
                now(call().send_json::<i64>()).unwrap_err(),
            ];
            errors.extend(now(call().send_events::<Nested>()).err());
            let text = errors.iter().map(shown).collect::<Vec<_>>().concat();
            assert!(!text.contains("canary-7f3a"), "{text}");
            assert!(!is_basic || !text.contains("dTpjYW5hcnktN2YzYQ=="), "{text}");
        }
    }
}

#[test]
fn a_key_in_an_event_shows_nowhere() {
    for data in [r#"{"canary-7f3a": {"canary-7f3a": "canary-7f3a"}}"#, "canary-7f3a"] {
        let server = Scripted::repeating([
            response(200).events(&format!("event: canary-7f3a\ndata: {data}\n\n"))
        ]);
        let core = bare(&server).credential("Token", "canary-7f3a").build().unwrap();
        let error = now(async {
            let mut events = get(&core).send_events::<Nested>().await.unwrap();
            events.next().await.unwrap().unwrap_err()
        });
        assert!(!shown(&error).contains("canary-7f3a"), "{}", shown(&error));
    }
}

#[test]
fn a_token_is_renewed_once_and_only_where_the_server_refuses_it() {
    for (status, requests) in [(401, 2), (403, 1), (404, 1)] {
        let (server, clock) = (Scripted::repeating([response(status)]), TestClock::default());
        let core = bare(&server).timer(clock).token_source(None, Fixed("t")).build().unwrap();
        json(get(&core)).unwrap_err();
        assert_eq!(server.requests().len(), requests, "{status}");
    }
}

/// Keeps the tokens that it is told to replace, and gives another one then.
#[derive(Clone)]
struct Renewing(&'static str, Arc<Mutex<Vec<String>>>);

impl TokenSource for Renewing {
    fn token<'a>(
        &'a self,
        rejected: Option<&'a Secret>,
    ) -> BoxFuture<'a, Result<Secret, BoxError>> {
        let mut told = self.1.lock().unwrap();
        told.extend(rejected.map(|it| it.expose().to_owned()));
        let token = format!("{}-{}", self.0, told.len());
        Box::pin(std::future::ready(Ok(token.into())))
    }
}

#[test]
fn each_source_is_told_of_its_own_token_alone() {
    static BOTH: Operation =
        Operation::new("both", Method::Get, "/x").security(&[&["Token", "Key"]]);
    let server = Scripted::repeating([response(401), response(200).json("1")]);
    let (token, key) = (Renewing("token", Arc::default()), Renewing("key", Arc::default()));
    let core = bare(&server).token_source(None, token.clone());
    let core = core.token_source(Some("Key"), key.clone()).build().unwrap();
    json(core.call(&BOTH)).unwrap();
    assert_eq!(*token.1.lock().unwrap(), ["token-0"]);
    assert_eq!(*key.1.lock().unwrap(), ["key-0"]);
    let sent = server.requests().pop().unwrap();
    assert_eq!(sent.header("authorization"), Some("Bearer token-1"));
    assert_eq!(sent.header("x-api-key"), Some("key-1"));
}
