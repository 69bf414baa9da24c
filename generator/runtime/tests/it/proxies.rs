//! Proxies: those of the environment, and those that a user sets.

use crate::server::{Server, builder, builder_with, get, ok};
use crate::setup::Setup;
use crate::tls::{Authority, Site};
use client_runtime::{Builder, ErrorKind};
use std::process::Command;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A server that nobody can reach but through a proxy.
pub(crate) const FAR: &str = "http://api.example.invalid";

/// A proxy that keeps the heads that came, and responses or passes them on.
pub(crate) struct Middle {
    pub(crate) url: String,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Middle {
    /// One that responds to requests itself, and each `CONNECT` in these words; a success is a tunnel.
    pub(crate) async fn start(to_connect: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let url = format!("http://user:proxy-canary-7f3a@{address}");
        let heads: Arc<Mutex<Vec<String>>> = Arc::default();
        let kept = heads.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, kept.clone(), to_connect));
            }
        });
        Self { url, heads }
    }

    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

async fn serve<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    heads: Arc<Mutex<Vec<String>>>,
    to_connect: &'static str,
) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    heads.lock().unwrap().push(head.clone());
    let Some(target) = head.strip_prefix("CONNECT ") else {
        let response = b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\nconnection: close\r\n\r\n1";
        return stream.write_all(response).await.unwrap();
    };
    stream.write_all(format!("HTTP/1.1 {to_connect}\r\n\r\n").as_bytes()).await.unwrap();
    if to_connect.starts_with('2') {
        let mut far = TcpStream::connect(target.split(' ').next().unwrap()).await.unwrap();
        let _ = tokio::io::copy_bidirectional(&mut stream, &mut far).await;
    }
}

/// The setup of a client that trusts an authority and goes through a proxy.
fn through(middle: &Middle, authority: &Authority) -> Setup {
    Setup { proxy: Some(middle.url.clone()), ..authority.trusted() }
}

fn over(site: &Site, middle: &Middle, authority: &Authority) -> Builder {
    builder_with(&site.url(), &through(middle, authority))
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
async fn hosts_can_be_excepted_from_a_proxy() {
    let (authority, middle) = (Authority::new("ours"), Middle::start("200 OK").await);
    for (exceptions, proxied) in
        [("127.0.0.0/8", false), ("example.com, 127.0.0.1", false), ("10.0.0.1", true)]
    {
        let (site, before) = (authority.good_site().await, middle.heads().len());
        let setup = Setup { proxy_exceptions: exceptions, ..through(&middle, &authority) };
        assert_eq!(get(&builder_with(&site.url(), &setup).build().unwrap()).await.unwrap(), 1);
        assert_eq!(middle.heads().len() > before, proxied, "{exceptions}");
    }
}

/// The client speaks TLS with the proxy, and in it TLS with the server.
#[tokio::test]
async fn a_proxy_can_be_spoken_to_by_tls() {
    let (authority, heads) = (Authority::new("ours"), Arc::<Mutex<Vec<String>>>::default());
    let (site, acceptor) = (authority.good_site().await, authority.acceptor(&[]));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = format!("https://user:password@{}", listener.local_addr().unwrap());
    let kept = heads.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let stream = acceptor.accept(stream).await.unwrap();
            tokio::spawn(serve(stream, kept.clone(), "200 OK"));
        }
    });
    let setup = Setup { proxy: Some(proxy), ..authority.trusted() };
    assert_eq!(get(&builder_with(&site.url(), &setup).build().unwrap()).await.unwrap(), 1);
    let core = builder_with(FAR, &setup).allow_http(true).build().unwrap();
    assert_eq!(get(&core).await.unwrap(), 1);
    let heads = heads.lock().unwrap().clone();
    assert!(heads[0].starts_with(&format!("CONNECT {} ", site.address)), "{heads:?}");
    assert!(heads[1].starts_with(&format!("GET {FAR}/x ")), "{heads:?}");
}

#[cfg(feature = "socks")]
#[tokio::test]
async fn a_proxy_that_speaks_socks_is_told_the_host_or_its_address() {
    let authority = Authority::new("ours");
    for (scheme, request) in [
        ("socks5h", &b"\x05\x01\x00\x03\x09localhost"[..]),
        ("socks5", b"\x05\x01\x00\x01\x7f\x00\x00\x01"),
        ("socks4a", b"\x04\x01"),
        ("socks4", b"\x04\x01"),
    ] {
        let site = authority.good_site().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = format!("{scheme}://user:password@{}", listener.local_addr().unwrap());
        let seen = tokio::spawn(socks(listener, site.address));
        let host = if scheme == "socks5h" { "localhost" } else { "127.0.0.1" };
        let setup = Setup { proxy: Some(proxy), ..authority.trusted() };
        let url = format!("https://{host}:{}", site.address.port());
        let called = get(&builder_with(&url, &setup).max_retries(0).build().unwrap()).await;
        // The certificate is one of the address, so that TLS ends where only the name was told.
        assert_eq!(called.is_ok(), host == "127.0.0.1", "{scheme} {called:?}");
        let asked = seen.await.unwrap();
        assert!(asked.starts_with(request), "{scheme} {asked:?}");
    }
}

/// Takes one connection as a proxy of SOCKS with a password would, and gives what it was asked for.
#[cfg(feature = "socks")]
async fn socks(listener: TcpListener, target: std::net::SocketAddr) -> Vec<u8> {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut read = [0; 512];
    let mut len = stream.read(&mut read).await.unwrap();
    let is_v5 = read[0] == 5;
    if is_v5 {
        assert_eq!(read[..len], *b"\x05\x01\x02");
        stream.write_all(b"\x05\x02").await.unwrap();
        len = stream.read(&mut read).await.unwrap();
        assert_eq!(read[..len], *b"\x01\x04user\x08password");
        stream.write_all(b"\x01\x00").await.unwrap();
        len = stream.read(&mut read).await.unwrap();
    }
    let asked = read[..len].to_vec();
    let granted: &[u8] =
        if is_v5 { b"\x05\x00\x00\x01\0\0\0\0\0\0" } else { b"\0\x5a\0\0\0\0\0\0" };
    stream.write_all(granted).await.unwrap();
    tokio::spawn(async move {
        let mut far = TcpStream::connect(target).await.unwrap();
        let _ = tokio::io::copy_bidirectional(&mut stream, &mut far).await;
    });
    asked
}

#[tokio::test]
async fn plain_http_goes_to_the_proxy_as_a_whole() {
    let middle = Middle::start("200 OK").await;
    let authority = Authority::new("ours");
    let setup = through(&middle, &authority);
    let core = builder_with(FAR, &setup).allow_http(true).build().unwrap();
    assert_eq!(get(&core).await.unwrap(), 1);
    let head = middle.heads().concat().to_lowercase();
    assert!(head.starts_with(&format!("get {FAR}/x http/1.1")), "{head}");
    assert!(head.contains("proxy-authorization: basic"), "{head}");
}

/// Runs a test, named with its module, in a process of its own, since the environment is that of a process;
/// whether it passed.
pub(crate) async fn child(test: &str, environment: &[(&str, &str)]) -> bool {
    let mut child = Command::new(std::env::current_exe().unwrap());
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUEST_METHOD"] {
        child.env_remove(name).env_remove(name.to_lowercase());
    }
    child.args(["--ignored", "--exact", test]);
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
        assert_eq!(
            child("proxies::calls_a_server_that_is_far", &environment).await,
            proxied,
            "{name}"
        );
        assert_eq!(middle.heads().len() > before, proxied, "{name} {excepted}");
    }
}

#[tokio::test]
#[ignore = "run by the test above, with an environment of its own"]
async fn calls_a_server_that_is_far() {
    let core = builder(FAR).allow_http(true).max_retries(0).build().unwrap();
    assert_eq!(get(&core).await.unwrap(), 1);
}

#[tokio::test]
#[ignore = "run by another test, with an environment of its own"]
async fn calls_a_server_that_is_here() {
    let server = Server::start(vec![ok("1")]).await;
    assert_eq!(get(&server.client()).await.unwrap(), 1);
}
