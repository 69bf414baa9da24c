//! The default transport.

use crate::setup::Setup;
use client_runtime::Builder;

pub(crate) fn over(mut builder: Builder, setup: &Setup) -> Builder {
    for pem in &setup.roots {
        builder = builder.root_certificates(pem);
    }
    if let Some(pem) = &setup.identity {
        builder = builder.client_certificate(pem);
    }
    if let Some(url) = &setup.proxy {
        builder = builder.proxy(url).proxy_exceptions(setup.proxy_exceptions);
    }
    if let Some(limit) = setup.connect_timeout {
        builder = builder.connect_timeout(limit);
    }
    if let Some(limit) = setup.max_idle {
        builder = builder.max_idle_connections(limit);
    }
    if let Some(limit) = setup.idle_timeout {
        builder = builder.idle_timeout(limit);
    }
    builder
}
