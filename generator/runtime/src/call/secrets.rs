//! Secrets of a call, which its errors and logs leave out.

use super::Draft;
use crate::auth::{Credential, faces, header_faces, is_plain};
use crate::secret::Secret;

/// The secrets of a call: its credentials, `tokens`, and values of the caller's headers. Gathered only when an
/// error or a log shows something.
pub(crate) fn secrets(draft: &Draft, tokens: &[Secret]) -> Vec<Secret> {
    let shared = &*draft.core.0;
    let mut secrets = tokens.to_vec();
    for (name, credential) in &shared.credentials {
        if let (Some(scheme), Credential::Text(secret)) = (shared.service.scheme(name), credential)
        {
            secrets.extend(faces(scheme.place, secret));
        }
    }
    let own = draft.headers.iter().map(|it| (&it.0, &it.1));
    for (name, value) in shared.headers.iter().chain(own) {
        if !is_plain(name) {
            secrets.extend(value.to_str().iter().flat_map(|it| header_faces(it)));
        }
    }
    let cookies = draft.cookies.iter().filter_map(|it| it.1.split_once('='));
    secrets.extend(cookies.map(|(_, value)| value.into()));
    secrets
}
