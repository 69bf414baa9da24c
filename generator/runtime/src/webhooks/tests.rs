//! Signatures that others published, and what is refused.

use super::mac;
use super::{SignatureAlgorithm, SignatureEncoding, SignatureScheme, Verifier, WebhookErrorKind};
use crate::{BoxFuture, Json, Timer};
use http::HeaderMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// The secret, message and signature that the libraries of Standard Webhooks are tested with.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const TIME: u64 = 1_614_265_330;
const BODY: &[u8] = br#"{"test": 2432232314}"#;
const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const OTHER: &str = "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

/// A clock that shows a number of seconds since 1970.
#[derive(Clone)]
struct Clock(Arc<AtomicU64>);

impl Clock {
    fn at(seconds: u64) -> Self {
        Self(Arc::new(AtomicU64::new(seconds)))
    }
}

impl Timer for Clock {
    fn wall(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::Relaxed))
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::pending())
    }
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
}

fn standard(signature: &str) -> HeaderMap {
    let time = TIME.to_string();
    headers(&[("webhook-id", ID), ("webhook-timestamp", &time), ("webhook-signature", signature)])
}

fn verifier(seconds: u64) -> Verifier {
    Verifier::standard(SECRET).unwrap().timer(Clock::at(seconds))
}

fn kind(verifier: &Verifier, headers: &HeaderMap, body: &[u8]) -> Option<WebhookErrorKind> {
    verifier.verify(headers, body).err().map(|it| it.kind())
}

#[test]
fn a_published_signature_is_right() {
    let json: Json = verifier(TIME).verify_and_parse(&standard(SIGNATURE), BODY).unwrap();
    assert_eq!(json["test"], 2_432_232_314_u64);
    let bare = Verifier::standard(SECRET.strip_prefix("whsec_").unwrap()).unwrap();
    bare.timer(Clock::at(TIME)).verify(&standard(SIGNATURE), BODY).unwrap();
}

#[test]
fn one_of_several_signatures_is_enough() {
    for list in [
        format!("{OTHER} {SIGNATURE}"),
        format!("{SIGNATURE} {OTHER}"),
        format!(
            "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg== {SIGNATURE}"
        ),
        format!("v1,%% v1, {SIGNATURE}"),
    ] {
        assert_eq!(kind(&verifier(TIME), &standard(&list), BODY), None, "{list}");
    }
}

#[test]
fn anything_else_is_refused() {
    let wrong = Some(WebhookErrorKind::Signature);
    let verifier = verifier(TIME);
    assert_eq!(kind(&verifier, &standard(SIGNATURE), br#"{"test":2432232314}"#), wrong);
    let shortened = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1A==";
    for signature in
        [OTHER, "v1,", "", "v1", shortened, &SIGNATURE.replace("v1,", "v2,"), &SIGNATURE[3..]]
    {
        assert_eq!(kind(&verifier, &standard(signature), BODY), wrong, "{signature}");
    }
    let time = (TIME + 1).to_string();
    let later = headers(&[
        ("webhook-id", ID),
        ("webhook-timestamp", &time),
        ("webhook-signature", SIGNATURE),
    ]);
    assert_eq!(kind(&verifier, &later, BODY), wrong);
    let time = TIME.to_string();
    let renamed = headers(&[
        ("webhook-id", "msg_2"),
        ("webhook-timestamp", &time),
        ("webhook-signature", SIGNATURE),
    ]);
    assert_eq!(kind(&verifier, &renamed, BODY), wrong);
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        let mut headers = standard(SIGNATURE);
        headers.remove(name);
        let error = verifier.verify(&headers, BODY).unwrap_err();
        assert_eq!(error.kind(), WebhookErrorKind::Header);
        assert_eq!(error.to_string(), format!("the header `{name}` is missing, or no text"));
    }
}

#[test]
fn the_time_of_signing_is_near() {
    let late = Some(WebhookErrorKind::Timestamp);
    for (seconds, expected) in
        [(TIME + 300, None), (TIME + 301, late), (TIME - 300, None), (TIME - 301, late)]
    {
        assert_eq!(kind(&verifier(seconds), &standard(SIGNATURE), BODY), expected, "{seconds}");
    }
    let strict = verifier(TIME + 11).tolerance(Duration::from_secs(10));
    assert_eq!(kind(&strict, &standard(SIGNATURE), BODY), late);
}

#[test]
fn both_secrets_are_good_while_one_replaces_the_other() {
    let old = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let only_old = Verifier::standard(old).unwrap().timer(Clock::at(TIME));
    assert_eq!(kind(&only_old, &standard(SIGNATURE), BODY), Some(WebhookErrorKind::Signature));
    let both = only_old.or_secret(SECRET).unwrap();
    assert_eq!(kind(&both, &standard(SIGNATURE), BODY), None);
}

#[test]
fn secrets_that_cannot_be_are_refused() {
    for secret in ["whsec_", "", "whsec_*"] {
        let error = Verifier::standard(secret).unwrap_err();
        assert_eq!(error.kind(), WebhookErrorKind::Configuration, "{secret}");
    }
    assert!(!format!("{:?}", verifier(TIME)).contains("MfKQ9r8G"));
}

#[test]
fn a_message_is_accepted_once_if_that_is_wanted() {
    let again = verifier(TIME);
    assert_eq!(kind(&again, &standard(SIGNATURE), BODY), None);
    assert_eq!(kind(&again, &standard(SIGNATURE), BODY), None);
    let clock = Clock::at(TIME);
    let once = verifier(TIME).timer(clock.clone()).refuse_replays();
    let refused = Some(WebhookErrorKind::Replay);
    // It cannot be read, and so was not accepted.
    once.verify_and_parse::<bool>(&standard(SIGNATURE), BODY).unwrap_err();
    assert_eq!(kind(&once, &standard(SIGNATURE), BODY), None);
    assert_eq!(kind(&once, &standard(&format!("{SIGNATURE} {OTHER}")), BODY), refused);
    once.forget(&standard(SIGNATURE));
    assert_eq!(kind(&once, &standard(SIGNATURE), BODY), None);
    clock.0.store(TIME + 300, Ordering::Relaxed);
    assert_eq!(kind(&once, &standard(SIGNATURE), BODY), refused);
    clock.0.store(TIME + 301, Ordering::Relaxed);
    assert_eq!(kind(&once, &standard(SIGNATURE), BODY), Some(WebhookErrorKind::Timestamp));
}

#[test]
fn what_is_genuine_may_be_something_else() {
    let error = verifier(TIME).verify_and_parse::<bool>(&standard(SIGNATURE), BODY).unwrap_err();
    assert_eq!(error.kind(), WebhookErrorKind::Decode);
}

/// Cases 1 and 2 of RFC 4231, and of RFC 2202 for SHA-1.
#[test]
fn the_examples_of_the_rfcs_are_right() {
    let (sha1, sha256, sha512) =
        (SignatureAlgorithm::Sha1, SignatureAlgorithm::Sha256, SignatureAlgorithm::Sha512);
    let cases: [(_, &[u8], &[u8], &str); 6] = [
        (
            sha256,
            &[0x0b; 20],
            b"Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        ),
        (
            sha512,
            &[0x0b; 20],
            b"Hi There",
            "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854",
        ),
        (sha1, &[0x0b; 20], b"Hi There", "b617318655057264e28bc0b6fb378c8ef146be00"),
        (
            sha256,
            b"Jefe",
            b"what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (
            sha512,
            b"Jefe",
            b"what do ya want for nothing?",
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
        ),
        (
            sha1,
            b"Jefe",
            b"what do ya want for nothing?",
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
        ),
    ];
    for (algorithm, key, text, digits) in cases {
        let signature = super::verifier::bytes(SignatureEncoding::Hex, digits).unwrap();
        assert!(mac::verify(algorithm, key, &[&text[..2], &text[2..]], &signature), "{digits}");
        assert!(!mac::verify(algorithm, key, &[text], &signature[1..]));
    }
}

/// Signed by the key `Jefe` over texts that hold the one of RFC 4231's case 2.
#[test]
fn other_schemes_are_described() {
    let digits = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    let body = b"for nothing?";
    let plain =
        SignatureScheme::new("x-signature").prefix("sha256=").signed("what do ya want {body}");
    let of = |scheme: &SignatureScheme| Verifier::new(scheme, "Jefe").unwrap().timer(Clock::at(0));
    let found = headers(&[("x-signature", &format!("sha1=00, sha256={}", digits.to_uppercase()))]);
    assert_eq!(kind(&of(&plain), &found, body), None);
    let in_base64 = plain.clone().encoding(SignatureEncoding::Base64).prefix("");
    let once = of(&plain).refuse_replays();
    assert_eq!(kind(&once, &found, body), None);
    let respelled = headers(&[("x-signature", &format!("sha256={digits}, sha1=11"))]);
    assert_eq!(kind(&once, &respelled, body), Some(WebhookErrorKind::Replay));
    once.forget(&respelled);
    assert_eq!(kind(&once, &found, body), None);
    let found = headers(&[("x-signature", "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=")]);
    assert_eq!(kind(&of(&in_base64), &found, body), None);
    // `7.x` signed by `Jefe`.
    let in_one = SignatureScheme::new("x-signature")
        .prefix("v1=")
        .timestamp("x-signature", "t=")
        .signed("{timestamp}.{body}");
    let signature = "90855e9032d6166b9ee389b66d32d3423879e259ee44a45208c6599dd22283b2";
    let found = headers(&[("x-signature", &format!("t=7, v0=00, v1={signature}"))]);
    assert_eq!(kind(&of(&in_one), &found, b"x"), None);
    assert_eq!(
        kind(&of(&in_one).timer(Clock::at(308)), &found, b"x"),
        Some(WebhookErrorKind::Timestamp)
    );
    let found = headers(&[("x-signature", &format!("v1={signature}"))]);
    assert_eq!(kind(&of(&in_one), &found, b"x"), Some(WebhookErrorKind::Header));
    let unknown = SignatureScheme::new("x-signature").signed("{id}{body}");
    assert_eq!(kind(&of(&unknown), &found, b"x"), Some(WebhookErrorKind::Configuration));
}
