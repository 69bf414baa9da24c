//! The end of a socket, and its reason.

use crate::error::ErrorKind;
use tokio_tungstenite::tungstenite::Error as WsError;
use tokio_tungstenite::tungstenite::error::ProtocolError;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

/// A normal end.
pub(super) const NORMAL: u16 = 1000;
/// A close without a code.
pub(super) const NO_CODE: u16 = 1005;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The server closed, of its own accord or in response to a close of ours.
    Closed {
        code: u16,
        reason: String,
        is_response: bool,
    },
    Failed {
        kind: ErrorKind,
        message: String,
    },
}

impl End {
    pub(super) fn closed(frame: Option<CloseFrame>, is_response: bool) -> Self {
        let (code, reason) = frame
            .map_or((NO_CODE, String::new()), |it| (it.code.into(), it.reason.as_str().to_owned()));
        Self::Closed { code, reason, is_response }
    }

    pub(super) fn failed(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self::Failed { kind, message: message.into() }
    }

    /// True if nothing is missing of what the server had to say.
    pub(super) fn is_normal(&self) -> bool {
        match self {
            Self::Closed { code, is_response, .. } => {
                *is_response || matches!(*code, NORMAL | NO_CODE)
            }
            Self::Failed { .. } => false,
        }
    }
}

/// Why reading ended, and the code to close with where the server can still be told.
pub(super) fn read_failed(error: &WsError, max_message_bytes: usize) -> (End, Option<CloseCode>) {
    match error {
        WsError::Capacity(_) => {
            let message = format!(
                "a message or frame is larger than its limit ({max_message_bytes} bytes for a message)"
            );
            (End::failed(ErrorKind::TooLarge, message), Some(CloseCode::Size))
        }
        WsError::Utf8(_) => {
            let end = End::failed(ErrorKind::Decode, "a message of text is not UTF-8");
            (end, Some(CloseCode::Invalid))
        }
        WsError::Protocol(ProtocolError::ResetWithoutClosingHandshake) => {
            (End::failed(ErrorKind::Transport, "the connection ended without a close"), None)
        }
        WsError::Protocol(error) => {
            let message = format!("the server broke the protocol of WebSocket: {error}");
            (End::failed(ErrorKind::Decode, message), Some(CloseCode::Protocol))
        }
        other => {
            (End::failed(ErrorKind::Transport, format!("the connection broke: {other}")), None)
        }
    }
}
