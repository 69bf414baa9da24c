//! Secrets in what is shown, and credentials that are missing.

use super::{Fixed, bare, get, json, now, shown};
use crate::testing::{Scripted, response};
use crate::{Builder, ErrorKind, Method, Operation, SecurityScheme, Service};

const KEY: &str = "sk/+7f3a=\"é";

/// Without a credential and without retries.
fn single(server: &Scripted) -> Builder {
    bare(server).max_retries(0)
}

#[test]
fn a_key_is_not_shown_in_any_spelling_and_wherever_a_body_is_cut() {
    let key = "sk_7f3a".repeat(1000);
    for before in [0, 100, 290, 299, 4790, 4800] {
        let body = format!("{}{key}", "x".repeat(before));
        let server = Scripted::repeating([response(400).chunk(body)]);
        let core = single(&server).credential("Token", &key).build().unwrap();
        let text = shown(&json(get(&core)).unwrap_err());
        assert!(!text.contains("sk_7"), "{before}: {text}");
    }
    let many = KEY_FORMS.map(|it| it.repeat(40));
    for body in KEY_FORMS.iter().map(|it| (*it).to_owned()).chain(many) {
        for status in [400, 200] {
            let body = format!(r#"{{"error": "bad key {body}"}}"#);
            let server = Scripted::repeating([response(status).json(&body)]);
            let core = single(&server).credential("Query", KEY).build().unwrap();
            let text = shown(&now(core.call(&BY_QUERY).send_json::<i64>()).unwrap_err());
            assert!(!text.contains("7f3a"), "{text}");
        }
    }
}

static BY_QUERY: Operation = Operation::new("get", Method::Get, "/x").security(&[&["Query"]]);

const KEY_FORMS: [&str; 4] = [
    r#"sk\/+7f3a=\"é"#,
    r"sk\u002f\u002b7f3a\u003d\u0022\u00e9",
    "sk%2F%2b7f3a%3D%22%C3%A9",
    "sk&#x2f;&#43;7f3a=&quot;&#233;",
];

#[test]
fn the_host_of_a_redirect_is_cut_after_the_key_is_taken_out() {
    let key = "7f3a-".repeat(60);
    let location = format!("https://{}/{key}", key.trim_end_matches('-'));
    let server = Scripted::repeating([response(302).header("location", &location)]);
    let core = single(&server).credential("Token", key.trim_end_matches('-')).build().unwrap();
    let text = shown(&json(get(&core)).unwrap_err());
    assert!(!text.contains("7f3a") && text.contains("[redacted]"), "{text}");
}

#[test]
fn a_short_key_works_and_changes_no_words() {
    let body = r#"{"error": "a request"}"#;
    let server = Scripted::repeating([response(400).json(body)]);
    let core = single(&server).credential("Token", "e").build().unwrap();
    let text = json(get(&core)).unwrap_err().to_string();
    assert!(text.contains("400 Bad Request") && text.contains("a request"), "{text}");
    assert_eq!(server.requests()[0].header("authorization"), Some("Bearer e"));
}

#[test]
fn what_the_caller_sets_as_headers_is_not_shown() {
    let echo = "canary-7f3a password-7f3a";
    for (name, value) in [
        ("authorization", "Bearer canary-7f3a"),
        ("authorization", "Basic dXNlcjpwYXNzd29yZC03ZjNh"),
        ("x-anything", "canary-7f3a"),
        ("cookie", "sid=canary-7f3a; theme=password-7f3a"),
    ] {
        let server = Scripted::repeating([response(400).chunk(echo)]);
        let of_client =
            single(&server).credential("Token", "t").header(name, value).build().unwrap();
        let of_call = single(&server).credential("Token", "t").build().unwrap();
        for call in [get(&of_client), get(&of_call).with_header(name, value)] {
            let error = json(call).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Status);
            let text = shown(&error);
            let hidden = if value.starts_with("Basic") { "password-7f3a" } else { "canary-7f3a" };
            assert!(!text.contains(hidden), "{name}: {text}");
        }
        let error = json(get(&of_call).cookie("session", &"canary-7f3a")).unwrap_err();
        assert!(!shown(&error).contains("canary-7f3a"));
    }
    let server = Scripted::repeating([response(400).chunk("use application/json")]);
    let core = single(&server).credential("Token", "t").header("accept", "application/json");
    let error = json(get(&core.build().unwrap())).unwrap_err();
    assert!(error.to_string().contains("application/json"), "{error}");
}

#[test]
fn an_empty_key_is_refused() {
    for key in ["", " ", "\n"] {
        let built = single(&Scripted::repeating([])).credential("Token", key).build();
        let error = built.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains("`Token` is empty"), "{error}");
    }
    let built = single(&Scripted::repeating([])).basic_credential("Basic", "", "").build();
    assert_eq!(built.unwrap_err().kind(), ErrorKind::Configuration);
    for (user, password) in [("sk_live", ""), ("", "password")] {
        single(&Scripted::repeating([])).basic_credential("Basic", user, password).build().unwrap();
    }
    let server = Scripted::repeating([]);
    let core = single(&server).token_source(None, Fixed("")).build().unwrap();
    assert_eq!(json(get(&core)).unwrap_err().kind(), ErrorKind::Configuration);
    assert!(server.requests().is_empty());
}

static SET: Service = Service::new("set", "https://api.example.com").schemes(&[
    SecurityScheme::bearer("Token").variable("SET_TOKEN").setter("bearer_token"),
    SecurityScheme::header("Key", "X-Key").setter("api_key"),
    SecurityScheme::basic("Login").variables("SET_USER", "SET_PASSWORD").setter("login"),
]);
static ALL: Operation =
    Operation::new("all", Method::Get, "/x").security(&[&["Token", "Key"], &["Login"]]);
static ONE: Operation = Operation::new("one", Method::Get, "/x").security(&[&["Key"]]);

#[test]
fn a_missing_credential_is_named_by_its_setter_and_its_variable() {
    let error = |set: &[&'static str], operation: &'static Operation| {
        let builder = Builder::new(&SET).environment(|_| None).transport(Scripted::repeating([]));
        let builder = set.iter().fold(builder, |it, name| it.credential(name, "canary-7f3a"));
        json(builder.build().unwrap().call(operation)).unwrap_err().to_string()
    };
    let start = "no credential: on the builder of the client, set";
    let login = "`login` (environment variables `SET_USER` and `SET_PASSWORD`)";
    assert_eq!(error(&[], &ONE), format!("one: {start} `api_key`"));
    assert_eq!(
        error(&[], &ALL),
        format!(
            "all: {start} `bearer_token` (environment variable `SET_TOKEN`) and `api_key`, or {login}"
        )
    );
    assert_eq!(
        error(&["Token"], &ALL),
        format!("all: {start} `api_key` beside `bearer_token`, which is set, or {login}")
    );
}

#[test]
fn headers_that_frame_a_request_are_refused() {
    for name in
        ["Content-Length", "transfer-encoding", "Connection", "host", "TE", "upgrade", "expect"]
    {
        let server = Scripted::repeating([response(200).json("1")]);
        let built = single(&server).header(name, "1").build();
        assert_eq!(built.unwrap_err().kind(), ErrorKind::Configuration, "{name}");
        let core = single(&server).credential("Token", "t").build().unwrap();
        let error = json(get(&core).with_header(name, "1")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidParameter, "{name}");
        assert!(server.requests().is_empty());
    }
}

#[test]
fn a_required_parameter_that_is_set_to_nothing_is_said_to_be_empty() {
    static MUST: Operation = Operation::new("must", Method::Get, "/x").required(&["must"]);
    let core = single(&Scripted::repeating([response(200).json("1")])).build().unwrap();
    let error = json(core.call(&MUST)).unwrap_err();
    assert_eq!(error.to_string(), "must: `must` is required and not set");
    let error = json(core.call(&MUST).query("must", &Vec::<String>::new())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MissingParameter);
    assert!(error.to_string().starts_with("must: `must` is required and empty"), "{error}");
    json(
        core.call(&MUST).query("must", &Vec::<String>::new()).query("must", &vec!["a".to_owned()]),
    )
    .unwrap();
}
