//! The responses that are scripted for the calls of an operation.

use super::mock_response::MockResponse;
use super::recorder::RecordedRequest;
use http::Method;
use std::collections::VecDeque;
use std::fmt::Write as _;

/// The calls that responses are for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OperationAddress {
    pub(super) operation: &'static str,
    pub(super) method: Method,
    pub(super) path: String,
}

impl OperationAddress {
    pub(super) fn is_of(&self, request: &RecordedRequest) -> bool {
        self.method == request.method && self.path == request.uri.path()
    }
}

#[derive(Debug)]
pub(super) struct OperationResponses {
    pub(super) address: OperationAddress,
    pub(super) responses: VecDeque<MockResponse>,
    pub(super) repeats: bool,
}

impl OperationResponses {
    pub(super) fn new(address: OperationAddress) -> Self {
        Self { address, responses: VecDeque::new(), repeats: false }
    }

    pub(super) fn left(&self) -> usize {
        self.responses.len()
    }

    pub(super) fn next(&mut self) -> Option<MockResponse> {
        match self.responses.len() {
            1 if self.repeats => self.responses.front().cloned(),
            _ => self.responses.pop_front(),
        }
    }
}

/// The operations that responses are scripted for, for whoever looks for one.
pub(super) fn shown(scripted: &[OperationResponses]) -> String {
    let mut shown = String::new();
    for OperationResponses { address, responses, .. } in scripted {
        shown.push_str(if shown.is_empty() { "; scripted are " } else { ", " });
        let OperationAddress { operation, method, path } = address;
        let _ = write!(shown, "{method} {path} of `{operation}` ({} left)", responses.len());
    }
    shown
}
