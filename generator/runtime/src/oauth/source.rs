//! The token that all calls of a client share.

use super::{IssuedTokens, OAuth, TokenEndpoint, TokenError};
use crate::auth::TokenSource;
use crate::error::BoxError;
use crate::future::BoxFuture;
use crate::secret::Secret;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// A token is replaced this long before it expires, or after nine tenths of a shorter life.
const AHEAD: Duration = Duration::from_secs(60);
/// The wait after a failure while the old token is still good.
const AGAIN: Duration = Duration::from_secs(5);

/// A source of tokens that asks a token endpoint for them, with one request at a time.
pub(crate) struct OAuthTokens {
    endpoint: TokenEndpoint,
    grant: OAuth,
    state: Mutex<TokenState>,
    /// The number of requests that came to an end.
    ended: AtomicU64,
}

struct TokenState {
    current: Option<CurrentToken>,
    /// The newest refresh token.
    refresh_token: Option<Secret>,
    /// A request in flight. If the call that started it is dropped, the next call waits for it.
    pending: Option<BoxFuture<'static, Result<IssuedTokens, TokenError>>>,
    /// The error of the last request, if it failed.
    error: Option<TokenError>,
}

struct CurrentToken {
    token: Secret,
    replaced_at: Option<Instant>,
    expires_at: Option<Instant>,
}

impl OAuthTokens {
    pub(crate) fn new(endpoint: TokenEndpoint, grant: OAuth) -> Self {
        let refresh_token = grant.refresh_token.clone();
        let state = TokenState { current: None, refresh_token, pending: None, error: None };
        Self { endpoint, grant, state: Mutex::new(state), ended: AtomicU64::new(0) }
    }

    async fn current(&self, rejected: Option<&Secret>) -> Result<Secret, TokenError> {
        let ended = self.ended.load(Ordering::Relaxed);
        let mut state = self.state.lock().await;
        state.current.take_if(|it| Some(&it.token) == rejected);
        if let Some(current) = state.current.as_ref().filter(|it| !self.is_past(it.replaced_at)) {
            return Ok(current.token.clone());
        }
        // The request that this call waited for has failed: another one would fail as well.
        if self.ended.load(Ordering::Relaxed) != ended
            && let Some(error) = &state.error
        {
            return Err(error.clone());
        }
        self.replace(&mut state).await
    }

    async fn replace(&self, state: &mut TokenState) -> Result<Secret, TokenError> {
        let refresh_token = state.refresh_token.as_ref();
        let start = || self.endpoint.request(&self.grant, refresh_token);
        let result = state.pending.get_or_insert_with(start).as_mut().await;
        state.pending = None;
        self.ended.fetch_add(1, Ordering::Relaxed);
        match result {
            Ok(issued) => {
                state.error = None;
                state.current = Some(self.kept(&issued));
                // Client credentials are their own refresh token (RFC 6749, section 4.4.3).
                if self.grant.refresh_token.is_some() {
                    state.refresh_token.clone_from(&issued.refresh_token);
                }
                if let Some(on_refresh) = &self.grant.on_refresh {
                    on_refresh(&issued);
                }
                Ok(issued.access_token)
            }
            Err(error) => {
                state.error = Some(error.clone());
                let still_good = state.current.as_mut().filter(|it| !self.is_past(it.expires_at));
                let Some(current) = still_good else { return Err(error) };
                current.replaced_at = self.after(AGAIN).min(current.expires_at);
                Ok(current.token.clone())
            }
        }
    }

    fn kept(&self, issued: &IssuedTokens) -> CurrentToken {
        let ahead = |life: Duration| life.saturating_sub(AHEAD.min(life / 10));
        CurrentToken {
            token: issued.access_token.clone(),
            replaced_at: issued.expires_in.and_then(|it| self.after(ahead(it))),
            expires_at: issued.expires_in.and_then(|it| self.after(it)),
        }
    }

    fn after(&self, wait: Duration) -> Option<Instant> {
        self.endpoint.timer.now().checked_add(wait)
    }

    fn is_past(&self, time: Option<Instant>) -> bool {
        time.is_some_and(|it| self.endpoint.timer.now() >= it)
    }
}

impl TokenSource for OAuthTokens {
    fn token<'a>(
        &'a self,
        rejected: Option<&'a Secret>,
    ) -> BoxFuture<'a, Result<Secret, BoxError>> {
        Box::pin(async move { self.current(rejected).await.map_err(BoxError::from) })
    }
}
