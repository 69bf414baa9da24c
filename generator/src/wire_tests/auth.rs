//! Which credentials a call must carry.

use super::expected::{ExpectedRequest, encoded};
use crate::emit::EmitCx;
use crate::ir::{Operation, SchemeKind, Security};

/// The key, token, user and password of tests.
pub(super) const KEY: &str = "wire-test";
/// `wire-test:wire-test` in base64.
const BASIC: &str = "Basic d2lyZS10ZXN0OndpcmUtdGVzdA==";

/// Adds the credentials of the first alternative.
pub(super) fn add(cx: EmitCx<'_>, operation: &Operation, expected: &mut ExpectedRequest) {
    let Security::Any(alternatives) = &operation.security else { return };
    let declared = |key: &String| cx.api.schemes.iter().any(|it| it.key == *key);
    let full = alternatives.iter().find(|keys| !keys.is_empty() && keys.iter().all(declared));
    let kinds = full
        .into_iter()
        .flatten()
        .filter_map(|key| cx.api.schemes.iter().find(|it| it.key == *key).map(|it| &it.kind));
    for kind in kinds {
        match kind {
            SchemeKind::Bearer => expected.header("authorization", &format!("Bearer {KEY}")),
            SchemeKind::Basic => expected.header("authorization", BASIC),
            SchemeKind::Header(name) => expected.header(name, KEY),
            SchemeKind::Query(name) => {
                expected.query.push((name.clone(), encoded(KEY, false)));
            }
            SchemeKind::Cookie(name) => expected.cookies.push((name.clone(), KEY.to_owned())),
        }
    }
}
