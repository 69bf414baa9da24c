//! Servers whose certificates are not to be trusted, and private authorities that are.

use crate::server::{builder, get};
use client_runtime::{Error, ErrorKind};
use rcgen::{CertificateParams, CertifiedIssuer, DnType, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, crypto::ring};
use std::error::Error as _;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// What a certificate is for, with the name of the machine or without it.
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

    pub(crate) fn der(&self) -> CertificateDer<'static> {
        self.0.der().clone()
    }

    /// A server with a certificate of this authority.
    async fn site(&self, params: &CertificateParams) -> Site {
        let key = KeyPair::generate().unwrap();
        Site::start(params.signed_by(&key, &self.0).unwrap().der().clone(), &key).await
    }

    /// A server that is as it should be.
    pub(crate) async fn good_site(&self) -> Site {
        self.site(&params(HERE)).await
    }
}

fn params(name: &str) -> CertificateParams {
    CertificateParams::new(vec![name.to_owned()]).unwrap()
}

/// A server with TLS that keeps what it could read, and answers `1`.
pub(crate) struct Site {
    pub(crate) address: SocketAddr,
    read: Arc<Mutex<String>>,
    connections: Arc<Mutex<usize>>,
}

impl Site {
    async fn start(certificate: CertificateDer<'static>, key: &KeyPair) -> Self {
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key.into())
            .unwrap();
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
async fn refused(site: &Site, roots: &str) -> Error {
    let core = builder(&site.url()).root_certificates(roots).build().unwrap();
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
    let core = builder(&site.url()).root_certificates(&authority.pem()).build().unwrap();
    assert_eq!(get(&core).await.unwrap(), 1);
    assert!(site.read().contains("Bearer canary-7f3a"), "{}", site.read());
}

#[tokio::test]
async fn one_that_is_not_trusted_is_refused() {
    let site = Authority::new("other").good_site().await;
    let error = refused(&site, &Authority::new("ours").pem()).await;
    assert!(words(&error).contains("UnknownIssuer"), "{error:?}");
}

#[tokio::test]
async fn a_certificate_that_signed_itself_is_refused() {
    let key = KeyPair::generate().unwrap();
    let certificate = params(HERE).self_signed(&key).unwrap();
    let site = Site::start(certificate.der().clone(), &key).await;
    let error = refused(&site, &Authority::new("ours").pem()).await;
    assert!(words(&error).contains("UnknownIssuer"), "{error:?}");
}

#[tokio::test]
async fn a_certificate_of_another_host_is_refused() {
    let authority = Authority::new("ours");
    let site = authority.site(&params("other.example")).await;
    let error = refused(&site, &authority.pem()).await;
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
        let error = refused(&site, &authority.pem()).await;
        assert!(words(&error).contains(why), "{error:?}");
    }
}

#[test]
fn root_certificates_that_are_none_are_a_configuration_error() {
    for pem in ["-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n", "canary-7f3a"] {
        let error = builder("https://api.example.com").root_certificates(pem).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(!format!("{error:?} {error}").contains("canary-7f3a"));
    }
}
