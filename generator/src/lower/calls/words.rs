//! Words of operationIds and paths: which are plurals, and what is left without others.

use crate::name::snake;

pub(super) use super::verbs::{is_verb, usual};

/// Words of operationIds that say how a server is written, or nothing.
const EMPTY: &[&str] = &[
    "api",
    "apis",
    "route",
    "routes",
    "endpoint",
    "endpoints",
    "controller",
    "rest",
    "a",
    "an",
    "the",
];

/// Words behind which another thing is named than the one that the operation is about.
const PREPOSITIONS: &[&str] =
    &["to", "from", "in", "for", "of", "by", "with", "and", "on", "at", "into", "as"];

/// Words that end like a plural and are none.
const SINGULARS: &[&str] = &[
    "access", "address", "alias", "always", "aws", "bus", "bytes", "canvas", "chaos", "css", "dns",
    "gas", "gps", "https", "ios", "js", "lens", "media", "ms", "news", "os", "series", "sms",
    "tls",
];

/// The words of a text, in lower case.
pub(crate) fn words(text: &str) -> Vec<String> {
    snake(text).split('_').filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

pub(super) fn is_empty(word: &str) -> bool {
    EMPTY.contains(&word)
}

pub(super) fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.contains(&word)
}

/// The singular of a word.
pub(super) fn singular(word: &str) -> String {
    match word {
        "aliases" => return "alias".to_owned(),
        "people" => return "person".to_owned(),
        "statuses" => return "status".to_owned(),
        _ if SINGULARS.contains(&word) => return word.to_owned(),
        _ => {}
    }
    let endings = [("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")];
    let found =
        endings.iter().find_map(|(plural, it)| Some(format!("{}{it}", word.strip_suffix(plural)?)));
    let plain = || {
        let it = word.strip_suffix('s')?;
        (it.len() > 1 && !it.ends_with(['s', 'u', 'i'])).then(|| it.to_owned())
    };
    found.or_else(plain).unwrap_or_else(|| word.to_owned())
}

/// True if words name several things.
pub(super) fn is_plural(words: &[String]) -> bool {
    words.last().is_some_and(|it| singular(it) != *it)
}

/// Words in one, without plurals: `oAuth apps` and `oauth app` are the same.
fn joined(words: &[String]) -> String {
    words.iter().map(|it| singular(it)).collect()
}

/// True if both say the same, singular or plural.
pub(super) fn is_same(one: &[String], other: &[String]) -> bool {
    !one.is_empty() && joined(one) == joined(other)
}

/// True if words contain other words somewhere.
pub(super) fn holds(words: &[String], part: &[String]) -> bool {
    position(words, part).is_some()
}

/// Where words hold others, though not behind a preposition: what is there is something else.
fn position(words: &[String], part: &[String]) -> Option<(usize, usize)> {
    let target = joined(part);
    if target.is_empty() {
        return None;
    }
    for start in 0..words.len() {
        if start > 0 && is_preposition(&words[start - 1]) {
            continue;
        }
        let mut text = String::new();
        for (length, word) in words[start..].iter().enumerate() {
            text.push_str(&singular(word));
            if text == target {
                return Some((start, start + length + 1));
            }
            if text.len() > target.len() {
                break;
            }
        }
    }
    None
}

/// Words without those of a chain.
pub(super) fn without(words: &[String], chain: &[Vec<String>]) -> Vec<String> {
    let mut words = words.to_vec();
    for part in chain {
        while let Some((start, end)) = position(&words, part) {
            words.drain(start..end);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        words(text)
    }

    #[test]
    fn plurals_are_told_from_words_that_end_like_one() {
        for (plural, one) in [
            ("datasets", "dataset"),
            ("policies", "policy"),
            ("boxes", "box"),
            ("statuses", "status"),
        ] {
            assert_eq!(singular(plural), one);
        }
        for word in ["status", "bytes", "access", "analysis", "s", "as"] {
            assert_eq!(singular(word), word);
        }
    }

    #[test]
    fn words_of_a_chain_go_in_singular_and_plural_and_however_they_are_split() {
        let chain = [of("chat"), of("completions")];
        assert_eq!(without(&of("getChatCompletionMessages"), &chain), ["get", "messages"]);
        assert_eq!(without(&of("UploadOAuthAppLogo"), &[of("oauth_apps")]), ["upload", "logo"]);
    }

    #[test]
    fn what_stands_behind_a_preposition_is_another_thing() {
        let left = without(&of("add-metric-to-agent"), &[of("agents"), of("metrics")]);
        assert_eq!(left, ["add", "to", "agent"]);
    }
}
