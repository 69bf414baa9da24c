//! Tests of tags, of tables and of containers in each other.

use super::shows;

#[test]
fn tags_of_blocks_have_their_counterparts() {
    shows("a\n\n<hr>\n\nb", "a\n\n***\n\nb");
    shows("a\n\n---\n\nb", "a\n\n***\n\nb");
    shows("<blockquote>a</blockquote>", "> a");
    shows("# a\n\n<h3>b</h3>", "## a\n\n#### b");
    shows("<p>a\nb</p>\n<p>c</p>", "a b\n\nc");
    shows("<R>\nx\n</R>", "\\<R> x \\</R>");
}

#[test]
fn tags_of_words_have_their_counterparts() {
    shows("~~a~~ <s>b</s> <del>c</del>", "~~a~~ ~~b~~ ~~c~~");
    shows("<u>a</u> H<sub>2</sub>O", "a H2O");
    shows("<img src='https://a.b/c.png' alt='d'>", "[d](https://a.b/c.png)");
    shows(
        "<a href=https://a.b>c</a> <a href=https://a.b id=d>e</a>",
        "[c](https://a.b) [e](https://a.b)",
    );
    shows("<a data-href='c' href='https://a.b'>d</a>", "[d](https://a.b)");
    shows("<p>&#65;&#x42;</p>", "AB");
}

#[test]
fn a_tag_alone_is_text_though_another_of_its_name_has_a_counterpart() {
    shows("<b>a</b> <b> c", "**a** \\<b> c");
    shows("<b>a <i>b</b> c</i>", "**a \\<i>b** c\\</i>");
    shows("*a </i> b*", "_a \\</i> b_");
}

#[test]
fn a_list_ends_with_its_tag_and_only_there() {
    shows("<ul><li>a</ul>b", "- a\n\nb");
    shows("<blockquote><li>a</li></blockquote>", "> - a");
    shows("<blockquote>a</table>b</blockquote>", "> a\n>\n> b");
}

#[test]
fn lists_of_two_kinds_stay_apart() {
    shows("- a\n\n1. b", "- a\n\n1. b");
    shows("1.\n2. b", "1. b");
    shows("999999999. a\n9. b", "1. a\n2. b");
    shows("900000000. a", "900000000. a");
}

#[test]
fn line_breaks_in_a_row_part_paragraphs() {
    shows("a<br>b<br>c", "a\\\nb\\\nc");
    shows("a<br> <br>b", "a\n\nb");
    shows("<b>a</b><br><br>b", "**a**\n\nb");
}

#[test]
fn a_cell_holds_words_only() {
    shows("<table><tr><td>a<ul><li>b</ul></table>", "| a b |\n| --- |");
    shows("<table><tr><td></table>", "");
    shows("a <td>b | c <tr>d\n-|-", "| a b | c d |\n| --- | --- |");
}

#[test]
fn columns_that_nobody_could_read_are_not_kept_apart() {
    let columns = |head: &str| super::lines(head, 60)[1].matches("---").count();
    let row = |cells: usize| format!("<table><tr>{}</table>", "<td>a".repeat(cells));
    assert_eq!((columns(&row(39)), columns(&row(40)), columns(&row(41))), (39, 40, 40));
    let bars = |count: usize| format!("{}\n{}", "|a".repeat(count), "|-".repeat(count));
    assert_eq!((columns(&bars(40)), columns(&bars(41))), (40, 40));
    for count in [42, 60] {
        assert!(super::lines(&bars(count), 60)[0].starts_with("\\|a"), "{count}");
    }
    let wide = "a".repeat(50);
    shows(&format!("| {wide} |\n|-"), &format!("| {wide} |\n| --- |"));
}

#[test]
fn what_follows_containers_that_are_too_deep_is_where_it_was() {
    let quoted = |depth: usize, text: &str| format!("{}{text}", "> ".repeat(depth));
    shows(&quoted(12, "a"), &quoted(12, "a"));
    shows(&quoted(20, "a"), &quoted(12, "a"));
    shows(&format!("{}\n>\n> b", quoted(20, "a")), &format!("{}\n>\n> b", quoted(12, "a")));
    let tags = "<blockquote>\n\n".repeat(12);
    let inside = format!("{0}a\n{1}\n{0}b\n{1}\n{0}c", "> ".repeat(12), "> ".repeat(12).trim_end());
    shows(&format!("{tags}- a </blockquote> b\n\nc"), &inside);
}

#[test]
fn marks_that_are_too_deep_are_text() {
    let within = |depth: usize| format!("{}<b>a</b>{}", "<u>".repeat(depth), "</u>".repeat(depth));
    shows(&within(15), "**a**");
    shows(&within(16), "\\<b>a\\</b>");
    shows(&within(20), "\\<u>\\<u>\\<u>\\<u>\\<b>a\\</b>\\</u>\\</u>\\</u>\\</u>");
}
