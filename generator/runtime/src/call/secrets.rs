//! Secrets of a call, which its errors and logs leave out.

use super::RequestParts;
use crate::auth::{Credential, header_redaction_forms, is_plain, redaction_forms};
use crate::secret::Secret;

/// The secrets of a call: its credentials, `tokens`, and values of the caller's headers. Gathered only when an
/// error or a log shows something.
pub(crate) fn secrets(call: &RequestParts, tokens: &[Secret]) -> Vec<Secret> {
    let shared = &*call.core.0;
    let mut secrets = tokens.to_vec();
    for (name, credential) in &shared.credentials {
        if let (Some(scheme), Credential::Text(secret)) = (shared.service.scheme(name), credential)
        {
            secrets.extend(redaction_forms(scheme.location, secret));
        }
    }
    let own = call.headers.iter().map(|it| (&it.0, &it.1));
    for (name, value) in shared.headers.iter().chain(own) {
        if !is_plain(name) {
            secrets.extend(value.to_str().iter().flat_map(|it| header_redaction_forms(it)));
        }
    }
    let cookies = call.cookies.iter().filter_map(|it| it.1.split_once('='));
    secrets.extend(cookies.map(|(_, value)| value.into()));
    secrets
}
