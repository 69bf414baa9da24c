//! New tokens in the place of those that a server refuses: one for all calls that wait for it.

use super::RetryDecision;
use crate::auth::{Credential, SharedTokenSource};
use crate::client::Shared;
use crate::secret::Secret;
use std::sync::atomic::Ordering;
use tokio::sync::MutexGuard;

/// A token of a request that a server has refused, and how often its source had renewed it when it was taken.
pub(super) struct RejectedToken {
    pub(super) scheme: &'static str,
    pub(super) token: Secret,
    pub(super) renewals: u64,
}

/// The right to try again with other tokens: those that this call asks for. The calls that wait for
/// the same tokens continue once they are known to be good. It is empty if another call has renewed
/// all of them.
pub(super) struct Renewal<'c>(Vec<TokenRenewal<'c>>);

/// A token that this call renews.
struct TokenRenewal<'c> {
    scheme: &'static str,
    source: &'c SharedTokenSource,
    is_good: MutexGuard<'c, bool>,
    token: Secret,
}

impl<'c> Renewal<'c> {
    /// Waits for calls that renew the same tokens. The attempt that proves new tokens is charged to
    /// the budget; those that share them do not, and make none if one was refused too.
    pub(super) async fn begin(rejected: &[RejectedToken], shared: &'c Shared) -> RetryDecision<'c> {
        let mut own = Vec::new();
        // All calls lock in the order of the client's credentials, so none waits for one that waits for it.
        for (scheme, credential) in &shared.credentials {
            let Credential::Source(source) = credential else { continue };
            let Some(rejected) = rejected.iter().find(|it| it.scheme == *scheme) else { continue };
            let is_good = source.is_good.lock().await;
            if source.renewals.load(Ordering::Relaxed) == rejected.renewals {
                own.push(TokenRenewal { scheme, source, is_good, token: rejected.token.clone() });
            } else if !*is_good {
                return RetryDecision::Stop;
            }
        }
        if own.is_empty() || shared.budget.withdraw() {
            RetryDecision::Renew(Self(own))
        } else {
            RetryDecision::BudgetExhausted
        }
    }

    /// The token that the source of a scheme is told to replace.
    pub(super) fn rejected(&self, scheme: &str) -> Option<&Secret> {
        self.0.iter().find(|it| it.scheme == scheme).map(|it| &it.token)
    }

    /// Releases the calls that wait for the tokens.
    pub(super) fn end(self, is_good: bool) {
        for mut own in self.0 {
            *own.is_good = is_good;
            own.source.renewals.fetch_add(1, Ordering::Relaxed);
        }
    }
}
