//! "Did you mean": the name that was probably meant.

/// Longer names are not typed by hand.
const MAX_COMPARED_LENGTH: usize = 100;

/// The candidate that differs from `wanted` by the fewest letters, if it is like it at all.
pub fn nearest_name<'a>(
    wanted: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    if wanted.len() > MAX_COMPARED_LENGTH {
        return None;
    }
    let small = wanted.to_lowercase();
    let most = (wanted.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|it| it.len().abs_diff(wanted.len()) <= 2 * most)
        .map(|it| (strsim::osa_distance(&small, &it.to_lowercase()), it))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, it)| it)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 4] = ["Dataset", "DatasetFile", "Voice", "base_url"];

    #[test]
    fn a_slip_of_the_finger_is_found() {
        assert_eq!(nearest_name("Datset", NAMES), Some("Dataset"));
        assert_eq!(nearest_name("dataset", NAMES), Some("Dataset"));
        assert_eq!(nearest_name("VOice", NAMES), Some("Voice"));
        assert_eq!(nearest_name("baes_url", NAMES), Some("base_url"));
    }

    #[test]
    fn what_is_not_alike_is_not_suggested() {
        assert_eq!(nearest_name("Model", NAMES), None);
        assert_eq!(nearest_name("", NAMES), None);
        let long = "Voice".repeat(1000);
        assert_eq!(nearest_name(&long, [long.as_str()]), None);
    }
}
