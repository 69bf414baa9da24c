//! Servers whose certificates are not to be trusted, and private authorities that are.

use crate::server::{builder_with, get};
use crate::setup::Setup;
use client_runtime::{Error, ErrorKind};
use rcgen::{CertificateParams, CertifiedIssuer, DnType, KeyPair, date_time_ymd};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::{WantsServerCert, WebPkiClientVerifier};
use rustls::{ConfigBuilder, RootCertStore, ServerConfig, WantsVerifier};
use std::error::Error as _;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// The purpose of a certificate, with the name of the machine or without it.
const HERE: &str = "127.0.0.1";

/// A private authority.
pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    pub(crate) fn pem(&self) -> String {
        self.0.pem()
    }

    /// A setup that trusts this authority.
    pub(crate) fn trusted(&self) -> Setup {
        Setup { roots: vec![self.pem()], ..Setup::default() }
    }

    /// A certificate of this authority and its key.
    fn issue(&self, params: &CertificateParams) -> (CertificateDer<'static>, KeyPair) {
        let key = KeyPair::generate().unwrap();
        (params.signed_by(&key, &self.0).unwrap().der().clone(), key)
    }

    /// The same in PEM.
    fn identity(&self) -> String {
        let key = KeyPair::generate().unwrap();
        let certificate = params("client.example").signed_by(&key, &self.0).unwrap();
        certificate.pem() + &key.serialize_pem()
    }

    /// A server with a certificate of this authority.
    async fn site(&self, params: &CertificateParams) -> Site {
        let (certificate, key) = self.issue(params);
        Site::start(plain().with_single_cert(vec![certificate], der(&key)).unwrap()).await
    }

    /// An acceptor of TLS for this machine.
    pub(crate) fn acceptor(&self, protocols: &[&str]) -> TlsAcceptor {
        let (certificate, key) = self.issue(&params(HERE));
        let mut config = plain().with_single_cert(vec![certificate], der(&key)).unwrap();
        config.alpn_protocols = protocols.iter().map(|it| it.as_bytes().to_vec()).collect();
        TlsAcceptor::from(Arc::new(config))
    }

    /// A server that is as it should be.
    pub(crate) async fn good_site(&self) -> Site {
        self.site(&params(HERE)).await
    }
}

fn params(name: &str) -> CertificateParams {
    CertificateParams::new(vec![name.to_owned()]).unwrap()
}

fn der(key: &KeyPair) -> PrivateKeyDer<'static> {
    PrivatePkcs8KeyDer::from(key.serialize_der()).into()
}

fn versions() -> ConfigBuilder<ServerConfig, WantsVerifier> {
    ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
}

fn plain() -> ConfigBuilder<ServerConfig, WantsServerCert> {
    versions().with_no_client_auth()
}

/// A server with TLS that keeps what it could read, and responses `1`.
pub(crate) struct Site {
    pub(crate) address: SocketAddr,
    read: Arc<Mutex<String>>,
    connections: Arc<Mutex<usize>>,
}

impl Site {
    async fn start(config: ServerConfig) -> Self {
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind((HERE, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let site = Self { address, read: Arc::default(), connections: Arc::default() };
        let (read, connections) = (site.read.clone(), site.connections.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *connections.lock().unwrap() += 1;
                let Ok(mut stream) = acceptor.accept(stream).await else { continue };
                let mut space = [0; 4096];
                while !read.lock().unwrap().contains("\r\n\r\n") {
                    let Ok(len @ 1..) = stream.read(&mut space).await else { break };
                    read.lock().unwrap().push_str(&String::from_utf8_lossy(&space[..len]));
                }
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n1").await;
                let _ = stream.shutdown().await;
            }
        });
        site
    }

    pub(crate) fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// All that was read after a handshake.
    pub(crate) fn read(&self) -> String {
        self.read.lock().unwrap().clone()
    }

    fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }
}

/// The error of a call to a server, from a client that trusts an authority.
async fn refused(site: &Site, trusted: &Authority) -> Error {
    let core = builder_with(&site.url(), &trusted.trusted()).build().unwrap();
    let error = get(&core).await.expect_err("a certificate that is not to be trusted");
    assert_eq!((error.kind(), error.attempts().len()), (ErrorKind::Tls, 1), "{error:?}");
    assert_eq!((site.connections(), site.read().as_str()), (1, ""), "no byte of the request came");
    error
}

/// The whole chain of an error, in words.
fn words(error: &Error) -> String {
    let chain = std::iter::successors(error.source(), |it| (*it).source());
    chain.map(|it| format!("{it} {it:?}")).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_private_authority_that_is_trusted_works() {
    let authority = Authority::new("ours");
    let site = authority.good_site().await;
    let core = builder_with(&site.url(), &authority.trusted()).build().unwrap();
    assert_eq!(get(&core).await.unwrap(), 1);
    assert!(site.read().contains("Bearer canary-7f3a"), "{}", site.read());
}

#[tokio::test]
async fn one_that_is_not_trusted_is_refused() {
    let site = Authority::new("other").good_site().await;
    let error = refused(&site, &Authority::new("ours")).await;
    assert!(words(&error).contains("UnknownIssuer"), "{error:?}");
}

#[tokio::test]
async fn a_certificate_that_signed_itself_is_refused() {
    let key = KeyPair::generate().unwrap();
    let certificate = params(HERE).self_signed(&key).unwrap();
    let config = plain().with_single_cert(vec![certificate.der().clone()], der(&key));
    let site = Site::start(config.unwrap()).await;
    let error = refused(&site, &Authority::new("ours")).await;
    assert!(words(&error).contains("UnknownIssuer"), "{error:?}");
}

#[tokio::test]
async fn a_certificate_of_another_host_is_refused() {
    let authority = Authority::new("ours");
    let site = authority.site(&params("other.example")).await;
    let error = refused(&site, &authority).await;
    assert!(words(&error).contains("NotValidForName"), "{error:?}");
}

#[tokio::test]
async fn a_certificate_that_has_expired_or_is_not_yet_valid_is_refused() {
    let authority = Authority::new("ours");
    for (from, to, why) in [(2020, 2021, "Expired"), (2150, 2151, "NotValidYet")] {
        let mut params = params(HERE);
        params.not_before = date_time_ymd(from, 1, 1);
        params.not_after = date_time_ymd(to, 1, 1);
        let site = authority.site(&params).await;
        let error = refused(&site, &authority).await;
        assert!(words(&error).contains(why), "{error:?}");
    }
}

#[tokio::test]
async fn a_client_shows_its_certificate_where_it_is_asked_for() {
    let authority = Authority::new("ours");
    let mut roots = RootCertStore::empty();
    roots.add(authority.0.der().clone()).unwrap();
    let provider = Arc::new(ring::default_provider());
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
    let (certificate, key) = authority.issue(&params(HERE));
    let config = versions().with_client_cert_verifier(verifier.build().unwrap());
    let site = Site::start(config.with_single_cert(vec![certificate], der(&key)).unwrap()).await;
    let shown = Setup { identity: Some(authority.identity()), ..authority.trusted() };
    let core = builder_with(&site.url(), &shown).build().unwrap();
    assert_eq!(get(&core).await.unwrap(), 1);
    let core = builder_with(&site.url(), &authority.trusted()).max_retries(0).build().unwrap();
    get(&core).await.unwrap_err();
    assert_eq!(site.read().matches("GET /x").count(), 1, "{}", site.read());
}
