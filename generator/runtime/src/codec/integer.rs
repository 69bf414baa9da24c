//! Floats that are integers.

use super::fit;

/// A float without a fraction as an integer; above 2⁵³ it no longer says which one was meant.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
pub(super) fn exact_integer(value: f64) -> Option<i64> {
    let exact = value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0;
    // An integer has no negative zero, so a union has a better use for it if a variant is a float.
    if exact && value == 0.0 && value.is_sign_negative() {
        fit::departure(1);
    }
    exact.then_some(value as i64)
}
