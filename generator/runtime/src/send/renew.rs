//! New tokens in the place of those that a server refuses: one for all calls that wait for it.

use super::Next;
use super::attempt::Failed;
use crate::auth::{Credential, Secret, Source};
use crate::client::Shared;
use crate::reply::Answered;
use http::StatusCode;
use std::sync::atomic::Ordering;
use tokio::sync::MutexGuard;

/// A token that a server has refused, and how often its source had renewed it when it was taken.
pub(super) struct Refused {
    pub(super) scheme: &'static str,
    pub(super) token: Secret,
    pub(super) renewals: u64,
}

/// The right to try again with another token.
pub(super) enum Renewal<'c> {
    /// This call asks for the new token; the others wait until it is known to be good.
    Own(&'c Source, MutexGuard<'c, bool>, Secret),
    /// Another call has asked for it.
    Shared,
}

impl<'c> Renewal<'c> {
    /// Waits for whoever renews the token already. The try that proves a new token takes from the budget;
    /// those that share it do not, and make none if it was refused too.
    pub(super) async fn begin(refused: &Refused, shared: &'c Shared) -> Next<'c> {
        let Some(Credential::Source(source)) = shared.credential(refused.scheme) else {
            return Next::End;
        };
        let is_good = source.is_good.lock().await;
        if source.renewals.load(Ordering::Relaxed) != refused.renewals {
            return if *is_good { Next::Renew(Self::Shared) } else { Next::End };
        }
        if !shared.budget.take() {
            return Next::Spent;
        }
        Next::Renew(Self::Own(source, is_good, refused.token.clone()))
    }

    /// The token that the source is told to replace.
    pub(super) fn rejected(&self) -> Option<&Secret> {
        match self {
            Self::Own(_, _, token) => Some(token),
            Self::Shared => None,
        }
    }

    /// Lets the calls go on that wait for the token.
    pub(super) fn end(self, result: &Result<Answered, Failed>) {
        if let Self::Own(source, mut is_good, _) = self {
            *is_good = match result {
                Ok(_) => true,
                Err(failed) => {
                    failed.error.status().is_some_and(|it| it != StatusCode::UNAUTHORIZED)
                }
            };
            source.renewals.fetch_add(1, Ordering::Relaxed);
        }
    }
}
