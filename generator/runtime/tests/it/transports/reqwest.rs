//! A reqwest client as its owner sets it up: without redirects, and with TLS of the owner's choice.

use crate::setup::Setup;
use client_runtime::Builder;
use reqwest::redirect::Policy;
use reqwest::{NoProxy, Proxy};
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;

pub(crate) fn over(builder: Builder, setup: &Setup) -> Builder {
    let mut client = reqwest::Client::builder()
        .redirect(Policy::none())
        .tls_backend_preconfigured(config(setup));
    if let Some(url) = &setup.proxy {
        let proxy = Proxy::all(url).unwrap();
        client = client.proxy(proxy.no_proxy(NoProxy::from_string(setup.proxy_exceptions)));
    }
    if let Some(limit) = setup.connect_timeout {
        client = client.connect_timeout(limit);
    }
    if let Some(limit) = setup.max_idle {
        client = client.pool_max_idle_per_host(limit);
    }
    if let Some(limit) = setup.idle_timeout {
        client = client.pool_idle_timeout(limit);
    }
    builder.reqwest_client(client.build().unwrap())
}

fn config(setup: &Setup) -> ClientConfig {
    let certificates = |pem: &str| -> Vec<CertificateDer<'static>> {
        CertificateDer::pem_slice_iter(pem.as_bytes()).map(Result::unwrap).collect()
    };
    let mut roots = RootCertStore::empty();
    for pem in &setup.roots {
        roots.add_parsable_certificates(certificates(pem));
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots);
    let mut config = match &setup.identity {
        None => config.with_no_client_auth(),
        Some(pem) => {
            let key = PrivateKeyDer::from_pem_slice(pem.as_bytes()).unwrap();
            config.with_client_auth_cert(certificates(pem), key).unwrap()
        }
    };
    if cfg!(feature = "http2") {
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    }
    config
}
