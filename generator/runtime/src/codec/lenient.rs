//! Lists whose bad items are left out, if the caller asks for it.

use super::DecodeError;
use std::cell::Cell;

thread_local! {
    /// The errors of the items that were left out so far, if they may be.
    static SKIPPED: Cell<Option<Vec<DecodeError>>> = const { Cell::new(None) };
}

/// Runs `read`, and returns the errors of items that were left out meanwhile.
pub(crate) fn lenient<T>(read: impl FnOnce() -> T) -> (T, Vec<DecodeError>) {
    struct Restore(Option<Vec<DecodeError>>);
    impl Drop for Restore {
        fn drop(&mut self) {
            SKIPPED.set(self.0.take());
        }
    }
    let _restore = Restore(SKIPPED.replace(Some(Vec::new())));
    let value = read();
    (value, SKIPPED.take().unwrap_or_default())
}

/// True if items may be left out.
pub(crate) fn is_lenient() -> bool {
    let skipped = SKIPPED.take();
    let is_lenient = skipped.is_some();
    SKIPPED.set(skipped);
    is_lenient
}

/// Adds errors to those of the items that were left out, if items may be.
pub(crate) fn add_skipped(errors: Vec<DecodeError>) {
    let Some(mut skipped) = SKIPPED.take() else { return };
    skipped.extend(errors);
    SKIPPED.set(Some(skipped));
}

/// Takes the errors so far, for a reader that may leave items out.
pub(super) fn start() -> Option<Vec<DecodeError>> {
    SKIPPED.take()
}

/// Keeps the errors of a reader, for its caller.
pub(super) fn finish(skipped: Option<Vec<DecodeError>>) {
    SKIPPED.set(skipped);
}

#[cfg(test)]
mod tests {
    use crate::codec::{Json, from_slice_lenient};
    use std::collections::BTreeMap;

    fn errors(text: &str) -> (BTreeMap<String, Vec<i64>>, Vec<String>) {
        let (value, errors) = from_slice_lenient(text.as_bytes()).expect("it is read");
        (value, errors.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn bad_items_are_left_out_and_told() {
        let (value, errors) = errors(r#"{"a":[1,"x",3,{"b":[1,"\\]"]}],"b":[],"c":[null,4]}"#);
        assert_eq!((&value["a"], &value["b"], &value["c"]), (&vec![1, 3], &vec![], &vec![4]));
        let wanted = [
            "a[1]: expected an integer, found a string at line 1 column 9",
            "a[3]: expected an integer, found an object at line 1 column 15",
            "c[0]: expected an integer, found null at line 1 column 44",
        ];
        assert_eq!(errors, wanted);
    }

    #[test]
    fn an_item_counts_as_a_whole() {
        let text = "[[[1],[2]],[[3],[true]],[[4]]]";
        let (value, errors) = from_slice_lenient::<Vec<Vec<Vec<i64>>>>(text.as_bytes()).unwrap();
        assert_eq!(value, [vec![vec![1], vec![2]], vec![vec![4]]]);
        assert_eq!((errors.len(), errors[0].path()), (1, "[1][1][0]".to_owned()));
    }

    #[test]
    fn what_is_no_json_or_wrong_outside_of_lists_is_still_an_error() {
        for text in ["[1,tru]", "[1,\"x\"", "[1,{\"a\":}]", "[1,\"\\q\"]", "1", "[1] 2"] {
            assert!(from_slice_lenient::<Vec<i64>>(text.as_bytes()).is_err(), "{text}");
        }
        let deep = format!("[{}{}]", "[".repeat(200), "]".repeat(200));
        assert!(from_slice_lenient::<Vec<Json>>(deep.as_bytes()).is_err());
        // A tuple has a place for each element.
        assert!(from_slice_lenient::<(i64, i64)>(b"[1,\"x\"]").is_err());
        assert!(crate::codec::from_slice::<Vec<i64>>(b"[\"x\"]").is_err());
    }
}
