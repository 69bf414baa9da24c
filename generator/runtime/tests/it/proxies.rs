//! Proxies: those of the environment, and those that a user sets on a reqwest client.

use crate::server::{Server, builder, get, ok};
use crate::tls::{Authority, Site};
use client_runtime::{Builder, ErrorKind};
use reqwest::redirect::Policy;
use reqwest::{ClientBuilder, Proxy};
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use std::process::Command;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A server that nobody can reach but through a proxy.
const FAR: &str = "http://api.example.invalid";

/// A proxy that keeps the heads that came, and answers or passes them on.
struct Middle {
    url: String,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Middle {
    /// One that answers requests itself, and each `CONNECT` in these words; a success is a tunnel.
    async fn start(to_connect: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://user:proxy-canary-7f3a@{}", listener.local_addr().unwrap());
        let heads: Arc<Mutex<Vec<String>>> = Arc::default();
        let kept = heads.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, kept.clone(), to_connect));
            }
        });
        Self { url, heads }
    }

    fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, heads: Arc<Mutex<Vec<String>>>, to_connect: &'static str) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    heads.lock().unwrap().push(head.clone());
    let Some(target) = head.strip_prefix("CONNECT ") else {
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\nconnection: close\r\n\r\n1";
        return stream.write_all(answer).await.unwrap();
    };
    stream.write_all(format!("HTTP/1.1 {to_connect}\r\n\r\n").as_bytes()).await.unwrap();
    if to_connect.starts_with('2') {
        let mut far = TcpStream::connect(target.split(' ').next().unwrap()).await.unwrap();
        let _ = tokio::io::copy_bidirectional(&mut stream, &mut far).await;
    }
}

/// A reqwest client as a user sets one up: with a proxy and without redirects.
fn through(middle: &Middle) -> ClientBuilder {
    let proxy = Proxy::all(&middle.url).unwrap();
    reqwest::Client::builder().redirect(Policy::none()).proxy(proxy)
}

/// TLS of a user's own, since reqwest has none unless a feature of it brings one.
fn trusting(authority: &Authority) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    roots.add(authority.der()).unwrap();
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth()
}

fn over(site: &Site, middle: &Middle, authority: &Authority) -> Builder {
    let client = through(middle).tls_backend_preconfigured(trusting(authority)).build().unwrap();
    builder(&site.url()).reqwest_client(client)
}

#[tokio::test]
async fn in_a_tunnel_the_proxy_sees_no_key_and_the_server_no_password_of_the_proxy() {
    let (authority, middle) = (Authority::new("ours"), Middle::start("200 OK").await);
    let site = authority.good_site().await;
    assert_eq!(get(&over(&site, &middle, &authority).build().unwrap()).await.unwrap(), 1);
    let heads = middle.heads().concat().to_lowercase();
    assert!(heads.starts_with("connect ") && heads.contains("proxy-authorization: basic"));
    assert!(!heads.contains("\r\nauthorization") && !heads.contains("canary-7f3a"), "{heads}");
    let read = site.read().to_lowercase();
    assert!(read.contains("authorization: bearer canary-7f3a"), "{read}");
    assert!(!read.contains("proxy-authorization"), "{read}");
}

#[tokio::test]
async fn a_proxy_that_refuses_is_a_connect_error_that_shows_no_password() {
    for status in ["407 Proxy Authentication Required", "502 Bad Gateway"] {
        let (authority, middle) = (Authority::new("ours"), Middle::start(status).await);
        let site = authority.good_site().await;
        let core = over(&site, &middle, &authority).build().unwrap();
        let error = get(&core).await.unwrap_err();
        assert_eq!((error.kind(), site.read().as_str()), (ErrorKind::Connect, ""), "{error:?}");
        assert!(!format!("{error} {error:?} {core:?}").contains("canary-7f3a"));
    }
}

#[tokio::test]
async fn plain_http_goes_to_the_proxy_as_a_whole() {
    let middle = Middle::start("200 OK").await;
    let authority = Authority::new("ours");
    let client = through(&middle).tls_backend_preconfigured(trusting(&authority)).build().unwrap();
    let core = builder(FAR).allow_http(true).reqwest_client(client).build().unwrap();
    assert_eq!(get(&core).await.unwrap(), 1);
    let head = middle.heads().concat().to_lowercase();
    assert!(head.starts_with(&format!("get {FAR}/x http/1.1")), "{head}");
    assert!(head.contains("proxy-authorization: basic"), "{head}");
}

/// Runs a test of this file in a process of its own, since the environment is that of a process;
/// whether it passed.
async fn child(test: &str, environment: &[(&str, &str)]) -> bool {
    let mut child = Command::new(std::env::current_exe().unwrap());
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUEST_METHOD"] {
        child.env_remove(name).env_remove(name.to_lowercase());
    }
    child.args(["--ignored", "--exact", &format!("proxies::{test}")]);
    child.envs(environment.iter().copied());
    let output = tokio::task::spawn_blocking(move || child.output()).await.unwrap().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("running 1 test"), "{text}");
    output.status.success()
}

#[tokio::test(flavor = "multi_thread")]
async fn proxies_of_the_environment_are_used_but_where_it_says_not_to() {
    let middle = Middle::start("200 OK").await;
    for (name, excepted, proxied) in [
        ("HTTP_PROXY", "", true),
        ("http_proxy", "", true),
        ("ALL_PROXY", "", true),
        ("HTTPS_PROXY", "", false),
        ("HTTP_PROXY", "example.invalid", false),
        ("HTTP_PROXY", "*", false),
    ] {
        let before = middle.heads().len();
        let environment = [(name, middle.url.as_str()), ("NO_PROXY", excepted)];
        assert_eq!(child("calls_a_server_that_is_far", &environment).await, proxied, "{name}");
        assert_eq!(middle.heads().len() > before, proxied, "{name} {excepted}");
    }
}

#[tokio::test]
#[ignore = "run by the test above, with an environment of its own"]
async fn calls_a_server_that_is_far() {
    let core = builder(FAR).allow_http(true).max_retries(0).build().unwrap();
    assert_eq!(get(&core).await.unwrap(), 1);
}

/// Plain http is permitted to this machine because nobody can listen, which a proxy could.
#[tokio::test(flavor = "multi_thread")]
async fn no_proxy_of_the_environment_gets_what_stays_on_this_machine() {
    let middle = Middle::start("200 OK").await;
    let environment = [("HTTP_PROXY", middle.url.as_str()), ("ALL_PROXY", middle.url.as_str())];
    assert!(child("calls_a_server_that_is_here", &environment).await);
    assert!(middle.heads().is_empty(), "{:?}", middle.heads());
}

#[tokio::test]
#[ignore = "run by the test above, with an environment of its own"]
async fn calls_a_server_that_is_here() {
    let server = Server::start(vec![ok("1")]).await;
    assert_eq!(get(&server.client()).await.unwrap(), 1);
}
