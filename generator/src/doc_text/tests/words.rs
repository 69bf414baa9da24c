//! Tests of single characters, code spans and addresses.

use super::super::{code, visible};
use super::{lines, shows, summary};

#[test]
fn only_what_would_mean_something_is_escaped() {
    shows("x_ y", "x\\_ y");
    shows("wow! *a* a&b &;", "wow! _a_ a&b &;");
    shows("*a* !<a href='https://b.c'>d</a>", "_a_ \\![d](https://b.c)");
    shows("# a \\#", "## a \\#");
}

#[test]
fn the_first_word_of_a_line_is_escaped_where_it_would_open_something() {
    for (word, escaped) in [
        (">", "\\>"),
        ("|", "\\|"),
        ("##", "\\##"),
        ("==", "\\=="),
        ("+", "\\+"),
        ("-", "\\-"),
        (":-:", "\\:-:"),
        ("1.", "1\\."),
        ("123456789)", "123456789\\)"),
    ] {
        shows(&format!("a<br>{word} b"), &format!("a\\\n{escaped} b"));
    }
    for word in ["#a", "=b", "+1", "-x", ":)", "1.5", "1,", "1234567890."] {
        shows(&format!("a<br>{word} b"), &format!("a\\\n{word} b"));
    }
}

#[test]
fn words_fill_a_line_to_its_last_column() {
    let (one, other) = ("a".repeat(30), "b".repeat(29));
    shows(&format!("{one} {other}"), &format!("{one} {other}"));
    shows(&format!("{one} {other}b"), &format!("{one}\n{other}b"));
    assert_eq!(lines("a bb ccc", 1), ["a bb ccc"]);
}

#[test]
fn emphasis_needs_both_of_its_ends() {
    shows("a*b* c", "ab c");
    shows("a *b*c", "a bc");
    shows("x**b** c", "x**b** c");
    shows("a<b><i>b</i></b>", "ab");
}

#[test]
fn code_keeps_its_characters_and_loses_blanks_at_its_ends() {
    shows("`` `a ``", "`` `a ``");
    shows("` a` b", "`a` b");
    shows("a `b`` c", "a \\`b\\`\\` c");
    shows("`b``c` d", "```b``c``` d");
    shows("`a\u{a0}b` c", "`a b` c");
    shows("`é` a", "`é` a");
}

#[test]
fn code_side_by_side_is_one_piece() {
    shows("<code>a</code><code>b</code> <code>c</code>", "`ab` `c`");
    shows("`a`**<code>[b]`</code>**_x_", "`` a[b]` ``_x_");
    shows("`a`wss://b.c", "`awss://b.c`");
    shows("\\``a`\\`", "\\``a`\\`");
    assert_eq!(summary("`a`<code>[b]`</code>"), "`` a[b]` ``");
}

#[test]
fn addresses_end_where_a_reader_would_end_them() {
    shows("https://a.b/c_(d)", "<https://a.b/c_(d)>");
    shows("(https://a.b/c_(d)) e", "(<https://a.b/c_(d)>) e");
    shows("see-https://a.b", "see-<https://a.b>");
    shows("https://a.b/?c&amp;d", "<https://a.b/?c&d>");
}

#[test]
fn addresses_of_links_are_encoded_where_they_must_be() {
    shows("[a](mailto:b@c.d)", "[a](mailto:b@c.d)");
    shows("[a](https://b.c/\"d\"|e)", "[a](https://b.c/%22d%22%7Ce)");
    shows("[a](https://b.c/d;e)", "[a](https://b.c/d;e)");
    shows("[a](https://b.c/?d&lt;e)", "[a](https://b.c/?d%3Ce)");
    shows("[a](https://b.c/?d&amp;lt;e)", "[a](https://b.c/?d&lt%3Be)");
}

#[test]
fn a_summary_keeps_code_and_goes_on_where_no_sentence_starts() {
    assert_eq!(summary("Lists `a_b`. Next"), "Lists `a_b`.");
    assert_eq!(summary("Of vers. two and vers. 3 of it. Next"), "Of vers. two and vers. 3 of it.");
}

#[test]
fn names_show_all_of_their_characters() {
    assert_eq!(visible("a b\n\u{202e}\u{200b}é"), "a b\\u{a}\\u{202e}\\u{200b}é");
    assert_eq!(code("a`b c"), "`a'b c`");
    assert_eq!(code(" "), "`\" \"`");
}
