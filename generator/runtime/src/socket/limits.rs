//! Limits of one socket.

use std::time::Duration;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

/// Limits of one socket; [`Connect`](super::Connect) documents each.
#[derive(Clone, Debug)]
pub(super) struct SocketLimits {
    pub(super) max_message_bytes: usize,
    pub(super) max_frame_bytes: usize,
    pub(super) send_queue: usize,
    pub(super) receive_queue: usize,
    pub(super) ping_interval: Option<Duration>,
    pub(super) pong_timeout: Duration,
    pub(super) idle_timeout: Option<Duration>,
    pub(super) send_timeout: Option<Duration>,
    pub(super) close_timeout: Duration,
}

impl Default for SocketLimits {
    /// Sizes and times are those of the libraries that are used most: 64 and 16 MiB (tungstenite), a ping every 20 s
    /// and 20 s for its pong (`websockets` of Python), November 2026.
    fn default() -> Self {
        Self {
            max_message_bytes: 64 << 20,
            max_frame_bytes: 16 << 20,
            send_queue: 32,
            receive_queue: 32,
            ping_interval: Some(Duration::from_secs(20)),
            pong_timeout: Duration::from_secs(20),
            idle_timeout: None,
            send_timeout: Some(Duration::from_secs(60)),
            close_timeout: Duration::from_secs(5),
        }
    }
}

impl SocketLimits {
    pub(super) fn config(&self) -> WebSocketConfig {
        WebSocketConfig::default()
            .max_message_size(Some(self.max_message_bytes))
            .max_frame_size(Some(self.max_frame_bytes))
    }
}
