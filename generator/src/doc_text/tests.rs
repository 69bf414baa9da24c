//! Tests of text that vendors write, and of text that nobody should write.

mod inert;
mod tags;
mod words;

use super::{clean, lines, plain_text, settle, summary};

fn shows(text: &str, expected: &str) {
    assert_eq!(lines(text, 60).join("\n"), expected, "of {text:?}");
}

#[test]
fn blank_text_has_no_lines() {
    for text in ["", " ", "\n\t\r\n", "\u{2028}", "\0", "<!-- nothing -->", "<br>", "# #", "- \n"] {
        shows(text, "");
        assert_eq!(summary(text), "");
    }
}

#[test]
fn plain_text_stays() {
    shows(" Lists files (at most 20%). \n", "Lists files (at most 20%).");
}

#[test]
fn placeholders_and_punctuation_read_as_they_did() {
    shows("[PREVIEW] a <string> *args", "\\[PREVIEW\\] a \\<string> \\*args");
    shows("snake_case _x a|b `x ~3", "snake_case \\_x a|b \\`x \\~3");
    shows("AT&T &amp;lt; C:\\dir \\\\", "AT&T \\&lt; C:\\dir \\\\");
    shows("<arn:aws:x> Map<K, V>", "\\<arn:aws:x> Map\\<K, V>");
}

#[test]
fn code_of_any_kind_is_text() {
    for code in [
        "```\nfn f() {}\n```",
        "~~~rust\nfn f() {}\n~~~",
        "```ignore-wasm32\nfn f() {}",
        "<pre><code>fn f() {}</code></pre>",
    ] {
        shows(code, "```text\nfn f() {}\n```");
    }
    shows("a:\n\n    b", "a:\n\n```text\nb\n```");
    shows("a:\n\n\tb", "a:\n\n```text\nb\n```");
    shows("> ```\n> a\n> ```", "> ```text\n> a\n> ```");
    shows("- ```\n  a\n\n  b", "- ```text\n  a\n\n  b\n  ```");
    shows("````\n```\n````", "````text\n```\n````");
    shows("<R>\n <T>x</T>\n</R>", "```text\n<R>\n <T>x</T>\n</R>\n```");
}

#[test]
fn indentation_that_all_lines_share_means_nothing() {
    shows("     a\n\n     b", "a\n\nb");
    shows("\n    a\n\n        b\n", "a\n\n```text\nb\n```");
}

#[test]
fn links_lead_to_the_web_or_nowhere() {
    shows("[a](https://b.c/(d) 'e')", "[a](https://b.c/%28d%29)");
    shows("[a](#b) [c](/d) [e]", "a c (`/d`) \\[e\\]");
    shows("[a][b]\n\n[b]: http://c.d", "[a](http://c.d)");
    shows("[a](mailto:b@c) <d@e.f>", "a (`mailto:b@c`) <d@e.f>");
    shows("see https://a.b/c.", "see <https://a.b/c>.");
    shows("(http://{x}/y) wss://z", "(`http://{x}/y`) `wss://z`");
    shows("![a](https://b.c/d.png) ![](e.png)", "[a](https://b.c/d.png) `e.png`");
    shows("[![a](b.png)](https://c.d)", "[a](https://c.d)");
    shows("[https://a.b](https://a.b)", "<https://a.b>");
}

#[test]
fn footnotes_are_text() {
    shows("a[^1]\n\n[^1]: b", "a\\[1\\]\n\n\\[1\\]: b");
}

#[test]
fn tags_with_a_counterpart_are_translated() {
    shows("<p>a <b>b</b> &amp; <i>c</i></p><p>d</p>", "a **b** & _c_\n\nd");
    shows("a<br>b<br/><br/>c", "a\\\nb\n\nc");
    shows("<a href='https://x.y'>x</a> <a href=\"/z\">z</a>", "[x](https://x.y) z (`/z`)");
    shows("<ul><li>a<li>b <ol><li>c</ol></ul>", "- a\n- b\n  1. c");
    shows("use <code>a_b</code>", "use `a_b`");
    shows("<table><tr><th>a<th>b</tr><tr><td>c</table>", "| a | b |\n| --- | --- |\n| c | |");
}

#[test]
fn tags_without_a_counterpart_are_text() {
    shows("a <b> c", "a \\<b> c");
    shows("<script>x</script>", "\\<script>x\\</script>");
    shows("<table> is a table", "\\<table> is a table");
    shows("a <!-- b --> c", "a c");
    shows("a <!-- b", "a \\<!-- b");
}

#[test]
fn boxes_are_named() {
    shows("<Warning>\nOld: *a*\n</Warning>\nb", "**Warning:** Old: _a_\n\nb");
    shows("<Tip>a</Tip>", "**Tip:** a");
}

#[test]
fn boxes_in_code_are_code() {
    for code in [
        "```text\n<Tip>\na</Tip>\n```",
        "````text\n```\n<Tip>a</Tip>\n````",
        "```text\n~~~\n<Tip>a</Tip>\n```",
        "````text\n``` a\n<Tip>a</Tip>\n````",
        "- ```text\n  <Tip>a</Tip>\n  ```",
        "> 1. ```text\n>    <Tip>a</Tip>\n>    ```",
    ] {
        shows(code, code);
        shows(&format!("{code}\n\n<Tip>b</Tip>"), &format!("{code}\n\n**Tip:** b"));
    }
    for inner in ["    ```\n<Tip>a</Tip>\n", "``` a\n<Tip>b</Tip>\n"] {
        shows(&format!("```\n{inner}```"), &format!("````text\n{inner}````"));
    }
    shows("```a``` b\n\n<Tip>c</Tip>", "`a` b\n\n**Tip:** c");
    shows("````\n``` \n<Tip>a</Tip>\n````", "````text\n```\n<Tip>a</Tip>\n````");
    shows("a ```\n<Tip>b</Tip>", "a \\`\\`\\` **Tip:** b");
}

#[test]
fn headings_stay_below_those_of_the_comment() {
    shows("# Errors\n\n### a\n\nb\n===", "## Errors\n\n#### a\n\n## b");
    shows("###### a #\n\n# b", "###### a\n\n## b");
}

#[test]
fn lists_and_tables_have_one_form() {
    shows("* a\n* b\n\n+ c\nd", "- a\n- b\n- c d");
    shows("3) a\n\n   b\n4) c", "3. a\n\n   b\n\n4. c");
    shows("- [x] a", "- \\[x\\] a");
    shows("a|b\n-|:-:\n`c\\|d`|", "| a | b |\n| --- | :-: |\n| `c\\|d` | |");
}

#[test]
fn emphasis_that_cannot_be_written_is_left_out() {
    shows("a*b*c **d**e *f*", "abc **d**e _f_");
    shows("<b>a</b><b>b</b> ***c***", "**ab** _**c**_");
}

#[test]
fn odd_characters_are_normalised() {
    shows("a\rb\r\nc\u{2028}d", "a b c d");
    shows("a\u{202e}b &#x2066;c", "aU+202Eb U+2066c");
    shows("a\0\u{7}\u{a0}b\u{feff}", "a b");
    shows("```\na\tb \n```", "```text\na   b\n```");
    shows("*/ \"# end\\", "\\*/ \"# end\\\\");
}

#[test]
fn lines_break_at_blanks_only() {
    let long = "word ".repeat(20);
    assert!(lines(&long, 60).iter().all(|line| line.len() <= 60));
    let code = format!("`{}`", long.trim());
    assert_eq!(lines(&code, 60), [code]);
    let link = format!("[{}](https://a.b)", long.trim());
    assert_eq!(lines(&link, 60), [link]);
}

#[test]
fn no_line_starts_like_another_construct() {
    for word in ["-", "+", "#", "##", ">", "1.", "20)", "=", "---", "|", ":--"] {
        for width in 24..34 {
            let text = format!("twenty columns of it {word} and on");
            let out = lines(&text, width);
            assert_eq!(out.join(" "), text, "{word} at {width}");
        }
        let alone = lines(word, 60);
        assert!(alone.is_empty() || alone == lines(&alone.join("\n"), 60), "{word}");
        inert::check(&format!("x<br>{word} y"));
    }
}

#[test]
fn the_summary_is_one_sentence_in_one_line() {
    assert_eq!(summary("Lists files.\nAll of them."), "Lists files.");
    assert_eq!(summary("# Files\n\nUses, e.g. `a|b` or **c**"), "Uses, e.g. a\\|b or c");
    assert_eq!(summary("[a](https://b.c) <br> d"), "a d");
    assert_eq!(summary("- item\n- other"), "item");
    assert_eq!(summary("Version 2. Then 3 e.g. This"), "Version 2.");
    assert_eq!(summary("1. "), "");
    assert_eq!(summary("ht&#116;ps://a.b"), "<https://a.b>");
    for text in [r"\| a", r"\# a", r"1\. a", r"a\\\|b"] {
        assert_eq!(summary(text), text);
    }
    assert_eq!(summary("by J. Doe (see https://a.b). Next"), "by J. Doe (see <https://a.b>).");
}

#[test]
fn the_printed_form_is_found_at_once_for_ordinary_text() {
    for text in [
        "a *b* [c](https://d.e)",
        "- a\n\n      b",
        "> # x\n> y",
        "| a |\n|--|\n| `b` |",
        "* a\n+ b",
        "a\n\n>\n\nb",
        "a\n\n<ul></ul>\n\nb",
    ] {
        let printed = super::print::print(&super::read::read(text), 60);
        assert_eq!(settle(text, 60), Some(printed));
    }
}

/// Every text of four words out of those that could mean something, apart in every way.
#[test]
fn the_quick_way_ends_where_the_long_one_does() {
    const WORDS: [&str; 12] =
        ["a", "1.", "-", "--", "==", "#", "+", "`c  d`", "x_y", "(`e`),", "`f`_g", "name:"];
    const GAPS: [&str; 5] = [" ", "  ", "\n", "\n\n", " \n"];
    let mut quick = 0;
    for number in 0..WORDS.len().pow(4) * GAPS.len().pow(2) {
        let word = |at: u32| WORDS[number / WORDS.len().pow(at) % WORDS.len()];
        let rest = number / WORDS.len().pow(4);
        let gaps = [GAPS[rest % GAPS.len()], GAPS[rest / GAPS.len()]];
        let words = [word(0), gaps[0], word(1), gaps[1], word(2), " ", word(3), " or so many"];
        let text = words.concat();
        let Some(lines) = plain_text::lines(&text, 24) else { continue };
        quick += 1;
        let long = settle(&clean::dedent(&clean::clean(&text)), 24);
        assert_eq!(Some(lines), long, "of {text:?}");
    }
    assert!(quick > 30_000, "only {quick} are plain");
}
