//! Opens a socket: a call whose connection is upgraded.

use super::connect::Connect;
use super::driver::{Command, Driver};
use super::handshake::Offer;
use super::link::Link;
use super::raw::RawMessage;
use super::trace;
use crate::call::secrets;
use crate::error::{Error, ErrorKind, Result};
use crate::future::BoxFuture;
use crate::redact::redact;
use crate::response::BodyMode;
use crate::secret::Secret;
use crate::send;
use crate::transport::Upgraded;
use http::header::SEC_WEBSOCKET_PROTOCOL;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock};
use tokio::runtime::Handle;
use tokio::sync::mpsc;

/// The ends of an open socket.
pub(super) struct Opened {
    pub(super) link: Arc<Link>,
    pub(super) queue: mpsc::Sender<Command>,
    pub(super) received: mpsc::Receiver<RawMessage>,
}

impl Connect {
    /// Compiled once and not for each type of message.
    pub(super) fn open(self) -> BoxFuture<'static, Result<Opened>> {
        Box::pin(open(self))
    }
}

async fn open(connect: Connect) -> Result<Opened> {
    let Connect { call, channel, limits, keeps_unacknowledged } = connect;
    let operation = channel.operation.id;
    let fail = |kind, message: &str| Err(Error::new(kind, message).with_operation(operation));
    let Ok(runtime) = Handle::try_current() else {
        return fail(ErrorKind::Configuration, "sockets need the runtime of tokio");
    };
    let offer = Offer::new(channel.subprotocols);
    let mut call = call.0;
    call.headers.extend(offer.headers());
    let url = send::url(&call).map(|it| it.0).unwrap_or_default();
    let mut response = send::start(call, BodyMode::Upgraded).await?;
    let secrets = secrets(&response.call, &response.parts.tokens);
    let own = response.call.headers.iter().filter(|it| it.0 == SEC_WEBSOCKET_PROTOCOL);
    let own = own.filter_map(|it| it.1.to_str().ok());
    let others = own.chain(secrets.iter().map(Secret::expose)).flat_map(|it| it.split(','));
    if let Err(why) = offer.check(&response.parts.headers, others) {
        let message = format!("the server's upgrade is not one of WebSocket: {why}");
        return fail(ErrorKind::Decode, &message);
    }
    let Some(connection) = Upgraded::take(&mut response.parts.extensions) else {
        let message = "the client's transport cannot upgrade connections, which sockets need";
        return fail(ErrorKind::Configuration, message);
    };
    let link = Arc::new(Link {
        operation,
        address: redact(address(&url), &secrets),
        secrets,
        headers: response.parts.headers,
        runtime,
        end: OnceLock::new(),
        unacknowledged: keeps_unacknowledged.then(|| Mutex::new(VecDeque::new())),
    });
    let (queue, queued) = mpsc::channel(limits.send_queue.max(1));
    let (room, received) = mpsc::channel(limits.receive_queue.max(1));
    trace::opened(&link);
    let driver = Driver::new(connection, queued, room, link.clone(), limits).await;
    link.runtime.spawn(driver.run());
    Ok(Opened { link, queue, received })
}

/// The URL as one of a socket, without its query.
fn address(url: &str) -> String {
    let url = url.split('?').next().unwrap_or_default();
    match url.strip_prefix("http") {
        Some(rest) => format!("ws{rest}"),
        None => url.to_owned(),
    }
}
