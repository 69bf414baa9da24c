//! The call by hyper-util's client, the one below the default transport, and serde's derives.

use crate::shape::DerivedPage;
use hyper::Request;
use hyper::body::{Body, Bytes, Frame, SizeHint};
use hyper_util::client::legacy::Client as PooledClient;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

pub(crate) type Client = PooledClient<HttpConnector, NoBody>;

/// A client without TLS, time limits or retries: what is compared with does the least that it can.
pub(crate) fn client() -> Client {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    PooledClient::builder(TokioExecutor::new()).build(connector)
}

pub(crate) async fn call(client: &Client, base: &str) -> usize {
    let request = Request::get(format!("{base}/datasets/ds_1/files?limit=20"))
        .header("authorization", "Bearer key")
        .header("accept", "application/json")
        .header("user-agent", "bench/1.0")
        .header("bench-version", "2026-03-01")
        .body(NoBody)
        .expect("the parts are valid");
    let response = client.request(request).await.expect("the server responds");
    assert!(response.status().is_success());
    let (mut body, mut all) = (response.into_body(), Vec::new());
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let data = frame.expect("the server sends all of it").into_data();
        all.extend_from_slice(&data.expect("there are no trailers"));
    }
    let page: DerivedPage = serde_json::from_slice(&all).expect("the same shape");
    page.data.len()
}

/// An empty body.
pub(crate) struct NoBody;

impl Body for NoBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        true
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(0)
    }
}
