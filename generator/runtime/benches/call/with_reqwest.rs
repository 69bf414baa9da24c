//! The call as one writes it with reqwest and serde's derives, and nothing else.

use crate::shape::DerivedPage;
use reqwest::Client;

/// A client without time limits or retries: what is compared with does the least that it can.
pub(crate) fn client() -> Client {
    // Fails only where there is one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().build().expect("TLS can be set up")
}

pub(crate) async fn call(client: &Client, base: &str) -> usize {
    let response = client
        .get(format!("{base}/datasets/ds_1/files?limit=20"))
        .bearer_auth("key")
        .header("accept", "application/json")
        .header("user-agent", "bench/1.0")
        .header("bench-version", "2026-03-01")
        .send()
        .await
        .and_then(reqwest::Response::error_for_status)
        .expect("the server responds");
    let body = response.bytes().await.expect("the server sends all of it");
    let page: DerivedPage = serde_json::from_slice(&body).expect("the same shape");
    page.data.len()
}
