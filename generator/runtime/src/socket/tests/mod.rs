//! Sockets against scripted servers, and real ones on loopback.

mod closes;
mod contexts;
mod handshakes;
#[cfg(feature = "hyper")]
mod loopback;
mod messages;
mod reconnects;
mod timeouts;

use super::{Channel, Connect, Socket};
use crate::codec::Json;
use crate::testing::{Scripted, ScriptedSocket, response};
use crate::tests::SERVICE;
use crate::{Builder, Core, Result};
use std::time::Duration;

static CHANNEL: Channel = Channel::new("speak", "/tts/{voice}")
    .security(&[&["Token"]])
    .fixed_headers(&["Example-Version"]);

/// A socket of untyped JSON.
type JsonSocket = Socket<Json, Json>;

/// Runs a test on a clock that moves on by itself once nothing else does.
fn paused<T>(work: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().start_paused(true).build().unwrap().block_on(work)
}

fn builder(server: &Scripted) -> Builder {
    Builder::new(&SERVICE)
        .environment(|_| None)
        .transport(server.clone())
        .credential("Token", "canary-7f3a")
}

fn client(socket: &ScriptedSocket) -> Core {
    builder(&Scripted::repeating([response(101).socket(socket)])).build().unwrap()
}

fn channel(core: &Core) -> Connect {
    core.channel(&CHANNEL).path("voice", &"amy")
}

async fn open(socket: &ScriptedSocket) -> JsonSocket {
    channel(&client(socket)).connect().await.unwrap()
}

async fn next<S>(socket: &mut Socket<S, Json>) -> Option<Result<Json>> {
    socket.next().await
}

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap()
}
