//! Tokens that a client asks for: when, in which bytes, and what comes of failures.

use super::{json, now, shown};
use crate::testing::{MockResponse, Scripted, TestClock, fault, hang, response};
use crate::{
    BoxFuture, Builder, Core, ErrorKind, IssuedTokens, Method, OAuth, OAuthFlow, Operation,
    Request, Response, SecurityScheme, Service, Timer as _, TokioTimer, Transport, TransportError,
    TransportErrorKind,
};
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

static SERVICE: Service = Service::new("example", "https://api.example.com/v1").schemes(&[
    SecurityScheme::bearer("OAuth").setter("bearer_token").oauth(
        OAuthFlow::new()
            .token_url("https://auth.example.com/token")
            .refresh_url("/oauth/refresh?v=2")
            .scopes(&["read", "write:all"])
            .variables("EXAMPLE_CLIENT_ID", "EXAMPLE_CLIENT_SECRET")
            .setter("client_credentials"),
    ),
    SecurityScheme::bearer("Post").oauth(OAuthFlow::new().token_url("token").secret_in_body()),
]);
static GET: Operation = Operation::new("get", Method::Get, "/x").security(&[&["OAuth"]]);
static POST: Operation = Operation::new("post", Method::Get, "/x").security(&[&["Post"]]);

fn bare(server: &Scripted, clock: &TestClock) -> Builder {
    Builder::new(&SERVICE).environment(|_| None).transport(server.clone()).timer(clock.clone())
}

/// Client credentials of RFC 6749, section 4.4.2.
fn credentials() -> OAuth {
    OAuth::client_credentials("s6BhdRkqt3", "gX1fBat3bV")
}

fn client(responses: impl IntoIterator<Item = MockResponse>) -> (Core, Scripted, TestClock) {
    let (server, clock) = (Scripted::new(responses), TestClock::with_random(0.0));
    let builder = bare(&server, &clock).oauth("OAuth", credentials());
    (builder.build().unwrap(), server, clock)
}

fn token(token: &str, rest: &str) -> MockResponse {
    response(200).json(&format!(r#"{{"access_token":"{token}","token_type":"Bearer"{rest}}}"#))
}

fn ok() -> MockResponse {
    response(200).json("1")
}

/// Each request as its host and path, its `Authorization`, and its body.
fn sent(server: &Scripted) -> Vec<String> {
    let line = |it: &crate::testing::RecordedRequest| {
        let authorization = it.header("authorization").unwrap_or("-");
        format!("{} {} {authorization} {}", it.method, it.uri, it.text()).trim_end().to_owned()
    };
    server.requests().iter().map(line).collect()
}

#[test]
fn a_token_is_asked_for_and_used_for_all_calls() {
    let (core, server, _) = client([token("t1", ""), ok(), ok()]);
    json(core.call(&GET)).unwrap();
    json(core.call(&GET)).unwrap();
    assert_eq!(
        sent(&server),
        [
            "POST https://auth.example.com/token Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW grant_type=client_credentials&scope=read%20write%3Aall",
            "GET https://api.example.com/v1/x Bearer t1",
            "GET https://api.example.com/v1/x Bearer t1",
        ]
    );
    let asked = &server.requests()[0];
    assert_eq!(asked.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(asked.header("accept"), Some("application/json"));
    assert!(asked.header("user-agent").is_some_and(|it| it.starts_with("client-runtime/")));
    assert!(asked.headers["authorization"].is_sensitive());
}

#[test]
fn id_and_secret_are_in_the_body_where_the_endpoint_wants_them_there() {
    let server = Scripted::new([token("t1", ""), ok()]);
    let oauth =
        OAuth::client_credentials("a:b", "c&d").scopes(&["x"]).param("audience", "all of it");
    let core = bare(&server, &TestClock::default()).oauth("Post", oauth).build().unwrap();
    json(core.call(&POST)).unwrap();
    assert_eq!(
        sent(&server)[0],
        "POST https://api.example.com/token - grant_type=client_credentials&scope=x&client_id=a%3Ab&client_secret=c%26d&audience=all%20of%20it"
    );
}

#[test]
fn id_and_secret_are_encoded_before_they_are_joined() {
    let server = Scripted::new([token("t1", ""), ok()]);
    let oauth = OAuth::client_credentials("a:b", "p q").scopes(&[]);
    let core = bare(&server, &TestClock::default()).oauth("OAuth", oauth).build().unwrap();
    json(core.call(&GET)).unwrap();
    // `a%3Ab:p%20q`.
    let expected =
        "POST https://auth.example.com/token Basic YSUzQWI6cCUyMHE= grant_type=client_credentials";
    assert_eq!(sent(&server)[0], expected);
}

#[test]
fn a_token_is_replaced_before_it_expires() {
    for (life, still, late) in [("3600", 3539, 2), (r#""3600""#, 3539, 2), ("10", 8, 2)] {
        let expires = format!(r#","expires_in":{life}"#);
        let (core, server, clock) =
            client([token("t1", &expires), ok(), ok(), token("t2", ""), ok()]);
        json(core.call(&GET)).unwrap();
        now(clock.sleep(Duration::from_secs(still)));
        json(core.call(&GET)).unwrap();
        now(clock.sleep(Duration::from_secs(late)));
        json(core.call(&GET)).unwrap();
        let tokens: Vec<_> = sent(&server)
            .iter()
            .filter_map(|it| Some(it.split_once("Bearer ")?.1.to_owned()))
            .collect();
        assert_eq!(tokens, ["t1", "t1", "t2"], "{life}");
    }
}

#[test]
fn a_token_that_is_still_good_outlives_a_failure() {
    let busy = || response(503);
    let (core, server, clock) = client([
        token("t1", r#","expires_in":3600"#),
        ok(),
        busy(),
        ok(),
        ok(),
        token("t2", ""),
        ok(),
    ]);
    json(core.call(&GET)).unwrap();
    now(clock.sleep(Duration::from_secs(3541)));
    json(core.call(&GET)).unwrap();
    json(core.call(&GET)).unwrap();
    now(clock.sleep(Duration::from_secs(5)));
    json(core.call(&GET)).unwrap();
    let lines = sent(&server);
    let asked: Vec<_> = lines.iter().map(|it| it.starts_with("POST")).collect();
    assert_eq!(asked, [true, false, true, false, false, true, false]);
    assert!(lines[4].ends_with("Bearer t1") && lines[6].ends_with("Bearer t2"), "{lines:?}");
}

#[test]
fn a_refused_token_is_replaced_once() {
    let script = [token("t1", ""), response(401), token("t2", ""), response(401)];
    let (core, server, _) = client(script);
    let error = json(core.call(&GET)).unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), server.left()), (401, 0));
    let lines = sent(&server);
    assert!(lines[1].ends_with("Bearer t1") && lines[3].ends_with("Bearer t2"), "{lines:?}");
}

#[test]
fn a_refused_token_does_not_come_back_if_no_other_is_given() {
    let script = [token("t1", ""), response(401), response(503), token("t2", ""), ok()];
    let (core, server, _) = client(script);
    json(core.call(&GET)).unwrap();
    assert!(sent(&server)[4].ends_with("Bearer t2"), "{:?}", sent(&server));
}

#[test]
fn refusals_name_the_endpoint_and_the_reason() {
    let refused = r#"{"error":"invalid_client","error_description":"Unknown client \u001b[0m"}"#;
    let reasons = [
        (response(401).json(refused), "invalid_client: Unknown client \\u{1b}[0m (status 401)"),
        (response(400).json(r#"{"error":"invalid_scope"}"#), "invalid_scope (status 400)"),
        (response(200).json(r#"{"error":"bad_verification"}"#), "bad_verification (status 200)"),
        (response(404).chunk("no such page"), "no such page (status 404)"),
        (response(302), "the server gives no reason (status 302)"),
    ];
    for (refusal, reason) in reasons {
        let (core, server, _) = client([refusal]);
        let error = json(core.call(&GET)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let expected = format!("get: no token from `https://auth.example.com/token`: {reason}");
        assert_eq!(error.to_string(), expected);
        assert_eq!(server.requests().len(), 1);
    }
}

#[test]
fn what_is_no_token_is_told() {
    let mac = r#"{"access_token":"t1","token_type":"mac"}"#;
    let cases = [
        ("[]", "the response holds no `access_token`"),
        ("t1", "the response holds no `access_token`"),
        (r#"{"access_token":""}"#, "the response holds no `access_token`"),
        (mac, "tokens of type `mac` cannot be sent"),
    ];
    for (body, reason) in cases {
        let (core, ..) = client([response(200).json(body)]);
        let error = json(core.call(&GET)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert!(error.to_string().ends_with(reason), "{error}");
    }
    let (core, ..) = client([response(200).json(r#"{"access_token":"t1"}"#), ok()]);
    json(core.call(&GET)).unwrap();
}

#[test]
fn a_busy_endpoint_is_asked_again_as_a_call_is() {
    let script = [fault(TransportErrorKind::Broken), response(503), token("t1", ""), ok()];
    let (core, server, clock) = client(script);
    json(core.call(&GET)).unwrap();
    assert_eq!((server.left(), clock.waits().len()), (0, 2));
    let (core, ..) = client([response(503), response(503), response(503)]);
    let error = json(core.call(&GET)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Status);
    assert!(error.to_string().starts_with("get: no token from `https://auth.example.com/token`: the server gives no reason (status 503) after 3"), "{error}");
}

#[test]
fn an_endpoint_that_hangs_reaches_the_limit_and_is_asked_anew() {
    let (core, server, _) = client([hang(), token("t1", ""), ok()]);
    json(core.call(&GET).with_max_retries(0)).unwrap_err();
    json(core.call(&GET)).unwrap();
    assert_eq!(server.left(), 0);
}

#[test]
fn refresh_tokens_are_kept_as_they_are_replaced() {
    let script = [
        token("t1", r#","refresh_token":"r2""#),
        response(401),
        token("t2", r#","expires_in":3600,"scope":"read""#),
        response(401),
        token("t3", ""),
        ok(),
    ];
    let (server, kept) = (Scripted::new(script), Arc::new(Mutex::new(Vec::new())));
    let keeper = kept.clone();
    let keep = move |it: &IssuedTokens| keeper.lock().unwrap().push(it.clone());
    // The refresh token of RFC 6749, section 6.
    let oauth = OAuth::refresh_token("tGzv3JOkF0XG5Qx2TlKWIA").client("s6BhdRkqt3", "gX1fBat3bV");
    let builder = bare(&server, &TestClock::default()).oauth("OAuth", oauth.on_refresh(keep));
    let core = builder.build().unwrap();
    json(core.call(&GET)).unwrap_err();
    json(core.call(&GET)).unwrap();
    let lines: Vec<_> = sent(&server).into_iter().filter(|it| it.starts_with("POST")).collect();
    let asked = "POST https://api.example.com/oauth/refresh?v=2 Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW grant_type=refresh_token&refresh_token";
    assert_eq!(lines, [format!("{asked}=tGzv3JOkF0XG5Qx2TlKWIA"), format!("{asked}=r2")]);
    let kept = kept.lock().unwrap();
    let refresh: Vec<_> =
        kept.iter().map(|it| it.refresh_token.as_ref().unwrap().expose()).collect();
    assert_eq!(refresh, ["r2", "r2"]);
    assert_eq!(kept[1].access_token.expose(), "t2");
    assert_eq!(
        (kept[1].expires_in, kept[1].scope.as_deref()),
        (Some(Duration::from_secs(3600)), Some("read"))
    );
}

#[test]
fn a_client_without_a_secret_says_who_it_is() {
    let server = Scripted::new([token("t1", ""), ok()]);
    let oauth = OAuth::refresh_token("r1").public_client("app");
    let core = bare(&server, &TestClock::default()).oauth("OAuth", oauth).build().unwrap();
    json(core.call(&GET)).unwrap();
    let body = "grant_type=refresh_token&refresh_token=r1&client_id=app";
    assert_eq!(
        sent(&server)[0],
        format!("POST https://api.example.com/oauth/refresh?v=2 - {body}")
    );
}

/// Gives way once before it has a response, so that others come between.
struct Slow(Scripted);

impl Transport for Slow {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        let sent = self.0.send(request);
        Box::pin(async move {
            let response = sent.await;
            tokio::task::yield_now().await;
            response
        })
    }
}

#[test]
fn calls_at_the_same_time_share_one_request() {
    let server = Scripted::repeating([token("t1", ""), ok()]);
    let core = bare(&server, &TestClock::default()).oauth("OAuth", credentials());
    let core = core.transport(Slow(server.clone())).timer(TokioTimer).build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let calls: Vec<_> = (0..20).map(|_| tokio::spawn(core.call(&GET).send())).collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
    });
    assert_eq!(sent(&server).iter().filter(|it| it.starts_with("POST")).count(), 1);
    assert_eq!(server.requests().len(), 21);
}

#[test]
fn calls_that_wait_for_a_request_share_its_failure() {
    let server = Scripted::repeating([response(401).json(r#"{"error":"invalid_client"}"#)]);
    let core = bare(&server, &TestClock::default()).oauth("OAuth", credentials());
    let core = core.transport(Slow(server.clone())).timer(TokioTimer).build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let calls: Vec<_> = (0..20).map(|_| tokio::spawn(core.call(&GET).send())).collect();
        for call in calls {
            assert!(call.await.unwrap().unwrap_err().to_string().contains("invalid_client"));
        }
    });
    assert_eq!(server.requests().len(), 1);
    json(core.call(&GET)).unwrap_err();
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn the_response_to_a_call_that_is_gone_is_not_lost() {
    let server = Scripted::new([token("t1", r#","refresh_token":"r2""#), ok()]);
    let builder =
        bare(&server, &TestClock::default()).transport(Slow(server.clone())).timer(TokioTimer);
    let core = builder.oauth("OAuth", OAuth::refresh_token("r1")).build().unwrap();
    now(async {
        let mut call = pin!(core.call(&GET).send());
        poll_fn(|cx| {
            assert!(call.as_mut().poll(cx).is_pending());
            Poll::Ready(())
        })
        .await;
    });
    json(core.call(&GET)).unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn what_is_secret_shows_nowhere() {
    let said = r#"{"error":"x","error_description":"czZCaGRSa3F0MzpnWDFmQmF0M2JW gX1fBat3bV"}"#;
    let (core, ..) = client([response(400).json(said)]);
    let error = json(core.call(&GET)).unwrap_err();
    assert!(error.to_string().ends_with("x: [redacted] [redacted] (status 400)"), "{error}");
    let refreshing = OAuth::refresh_token("tGzv3JOkF0XG5Qx2TlKWIA").param("a", "gX1fBat3bV");
    let issued = IssuedTokens {
        access_token: "gX1fBat3bV".into(),
        refresh_token: Some("tGzv3JOkF0XG5Qx2TlKWIA".into()),
        expires_in: None,
        scope: None,
    };
    let text = format!("{} {core:?} {:?} {refreshing:?} {issued:?}", shown(&error), credentials());
    assert!(!text.contains("gX1fBat3bV") && !text.contains("tGzv3JOkF0XG5Qx2TlKWIA"), "{text}");
}

/// The URL of the request for a token, or the error without one.
fn url(change: impl Fn(Builder) -> Builder, oauth: OAuth) -> String {
    let server = Scripted::new([token("t1", ""), ok()]);
    let built = change(bare(&server, &TestClock::default()).oauth("OAuth", oauth)).build();
    match built.and_then(|core| json(core.call(&GET))) {
        Ok(_) => server.requests()[0].uri.to_string(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn the_endpoint_is_found_from_the_base_url() {
    let refresh = || OAuth::refresh_token("r1");
    assert_eq!(url(|it| it, refresh()), "https://api.example.com/oauth/refresh?v=2");
    let local = |it: Builder| it.base_url("http://127.0.0.1:9/v1");
    assert_eq!(url(local, refresh()), "http://127.0.0.1:9/oauth/refresh?v=2");
    assert!(url(local, credentials()).contains("is on another host than the base URL"));
    let trusted = |it: Builder| local(it).trust_host("auth.example.com");
    assert_eq!(url(trusted, credentials()), "https://auth.example.com/token");
    let own = || credentials().token_url("http://127.0.0.1:8/token");
    assert_eq!(url(local, own()), "http://127.0.0.1:8/token");
    assert!(
        url(|it| it, credentials().token_url("http://auth.example.com/token"))
            .contains("is not https")
    );
    assert!(
        url(|it| it, credentials().token_url("https://u:p@auth.example.com/token"))
            .contains("is no URL")
    );
}

#[test]
fn an_endpoint_on_the_documents_server_moves_with_the_base_url() {
    static BELOW: Service = Service::new("below", "https://api.example.com/v1").schemes(&[
        SecurityScheme::bearer("OAuth")
            .oauth(OAuthFlow::new().token_url("https://api.example.com/v1/token")),
        SecurityScheme::bearer("Post")
            .oauth(OAuthFlow::new().token_url("https://api.example.com/token")),
    ]);
    for (base, below, beside) in [
        (None, "https://api.example.com/v1/token", "https://api.example.com/token"),
        (
            Some("https://eu.example.com/p/v1"),
            "https://eu.example.com/p/v1/token",
            "https://eu.example.com/token",
        ),
    ] {
        for (scheme, operation, expected) in [("OAuth", &GET, below), ("Post", &POST, beside)] {
            let server = Scripted::new([token("t1", ""), ok()]);
            let builder = Builder::new(&BELOW).environment(|_| None).transport(server.clone());
            let builder = builder.oauth(scheme, credentials());
            let core = match base {
                Some(base) => builder.base_url(base).build().unwrap(),
                None => builder.build().unwrap(),
            };
            json(core.call(operation)).unwrap();
            assert_eq!(server.requests()[0].uri, expected);
        }
    }
}

#[test]
fn id_and_secret_come_from_the_environment() {
    let server = Scripted::new([token("t1", ""), ok()]);
    let environment = |name: &str| match name {
        "EXAMPLE_CLIENT_ID" => Some("s6BhdRkqt3".to_owned()),
        "EXAMPLE_CLIENT_SECRET" => Some("gX1fBat3bV".to_owned()),
        _ => None,
    };
    let builder = bare(&server, &TestClock::default());
    let core = builder.environment(environment).build_from_env().unwrap();
    json(core.call(&GET)).unwrap();
    assert!(sent(&server)[0].contains(" Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW "));
    let error = bare(&server, &TestClock::default()).build_from_env().unwrap_err().to_string();
    assert!(
        error.ends_with("variable `EXAMPLE_CLIENT_ID` with `EXAMPLE_CLIENT_SECRET`"),
        "{error}"
    );
    let core = bare(&server, &TestClock::default()).build().unwrap();
    let error = json(core.call(&GET)).unwrap_err().to_string();
    assert!(error.ends_with("set `client_credentials` (environment variables `EXAMPLE_CLIENT_ID` and `EXAMPLE_CLIENT_SECRET`) or `bearer_token`"), "{error}");
}

#[test]
fn the_last_way_that_is_set_is_used() {
    let server = Scripted::new([ok(), token("t1", ""), ok()]);
    let builder = || bare(&server, &TestClock::default());
    let core = builder().oauth("OAuth", credentials()).credential("OAuth", "own").build().unwrap();
    json(core.call(&GET)).unwrap();
    let core = builder().credential("OAuth", "own").oauth("OAuth", credentials()).build().unwrap();
    json(core.call(&GET)).unwrap();
    let lines = sent(&server);
    assert!(lines[0].ends_with("Bearer own") && lines[2].ends_with("Bearer t1"), "{lines:?}");
    let error = builder().oauth("OAuth", OAuth::client_credentials("id", " ")).build().unwrap_err();
    assert_eq!(error.to_string(), "the credential for `OAuth` is empty");
}
