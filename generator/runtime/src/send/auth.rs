//! Which credentials a try carries.

use super::prepare::{Prepared, push_query};
use crate::auth::{Credential, Secret, choose, header_value};
use crate::call::Draft;
use crate::client::Shared;
use crate::error::{Error, ErrorKind, Result};
use crate::operation::Operation;
use crate::service::{Place, Scheme};
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};

/// The credentials of one try: what they are, for redaction and refresh.
#[derive(Default)]
pub(super) struct Used {
    pub(super) secrets: Vec<Secret>,
    /// The token that came from a source, and so can be renewed.
    pub(super) renewable: Option<Secret>,
}

/// Adds the credentials of the operation to a URL and headers.
pub(super) async fn authenticate(
    draft: &Draft,
    prepared: &Prepared,
    rejected: Option<&Secret>,
    url: &mut String,
    headers: &mut HeaderMap,
) -> Result<Used> {
    let shared = &*draft.core.0;
    let mut used = Used::default();
    for name in chosen(shared, draft.operation, &prepared.headers)? {
        let Some(scheme) = shared.service.scheme(name) else { continue };
        if !shared.server.may_hold_credentials(&prepared.url, prepared.from_document) {
            return Err(Error::new(
                ErrorKind::Configuration,
                "credentials never go to another host than that of the base URL; `trust_host` permits it",
            ));
        }
        let Some((_, credential)) = shared.credentials.iter().find(|it| it.0 == name) else {
            continue;
        };
        let secret = match credential {
            Credential::Text(secret) => secret.clone(),
            Credential::Source(source) => {
                let unfit = |error| {
                    Error::new(ErrorKind::Configuration, "the token source failed")
                        .with_source(error)
                };
                let token = source.token(rejected).await.map_err(unfit)?;
                used.renewable = Some(token.clone());
                token
            }
        };
        place(scheme, &secret, url, headers)?;
        used.secrets.push(secret);
    }
    Ok(used)
}

/// The schemes to use; none where the caller has set the `Authorization` header.
fn chosen(
    shared: &Shared,
    operation: &'static Operation,
    headers: &HeaderMap,
) -> Result<Vec<&'static str>> {
    if headers.contains_key(AUTHORIZATION) {
        return Ok(Vec::new());
    }
    if operation.custom {
        return Ok(shared.credentials.first().map(|it| it.0).into_iter().collect());
    }
    choose(shared.service.schemes, operation.security, &shared.credentials).map(<[_]>::to_vec)
}

fn place(
    scheme: &Scheme,
    secret: &Secret,
    url: &mut String,
    headers: &mut HeaderMap,
) -> Result<()> {
    let value = header_value(scheme.place, secret)?;
    match scheme.place {
        Place::Bearer | Place::Basic => drop(headers.insert(AUTHORIZATION, value)),
        Place::Header(name) => drop(headers.insert(header_name(name)?, value)),
        Place::Query(name) => push_query(url, name, secret.expose()),
        Place::Cookie(name) => {
            let mut cookies =
                headers.get(COOKIE).map_or_else(Vec::new, |it| [it.as_bytes(), b"; "].concat());
            cookies.extend_from_slice(name.as_bytes());
            cookies.push(b'=');
            cookies.extend_from_slice(value.as_bytes());
            let mut value =
                HeaderValue::from_maybe_shared(bytes::Bytes::from(cookies)).map_err(|_| unfit())?;
            value.set_sensitive(true);
            headers.insert(COOKIE, value);
        }
    }
    Ok(())
}

fn header_name(name: &str) -> Result<HeaderName> {
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| unfit())
}

fn unfit() -> Error {
    Error::new(
        ErrorKind::Configuration,
        "the credential holds characters that its place cannot carry",
    )
}
