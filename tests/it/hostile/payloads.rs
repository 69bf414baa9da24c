//! Texts that mean harm: what ends a string, a comment or a path, what is no name, what misleads.

/// Most carry a word that would be an item or a call, were they ever read as code.
const FIXED: &[&str] = &[
    // Out of strings.
    "a\"; fn evil() {} //",
    "a\"#; fn evil() {} r#\"",
    "a\\",
    "a\\\"; evil!(); \"",
    "'; evil(); '",
    "a\nfn evil() {}",
    "a\r\nfn evil() {}",
    "a\rfn evil() {}",
    "a\n\n[dependencies]\nevil = \"1\"",
    // Out of comments and attributes.
    "*/ fn evil() {} /*",
    "a\n*/ fn evil() {} /*",
    "/ evil",
    "!evil",
    "\"] fn evil() {} #[doc = \"",
    "#![feature(evil)]",
    "#!/bin/evil",
    "include_str!(\"/etc/passwd\")",
    "a\u{2028}fn evil() {}",
    "a\u{85}fn evil() {}",
    // Out of documentation.
    "```\nfn main() { evil() }\n```",
    "    evil();",
    "<script>evil()</script>",
    "[evil](javascript:evil())",
    "![evil](http://evil.example/x.png)",
    "[`evil`]",
    "a | evil | b\n---|---",
    "` evil `",
    "`a`<tt>b&#96;</tt><tt>&#96; &#91;x](data:evil)</tt>",
    "| evil",
    "- evil\n\n# evil\n===",
    // Formats, templates, markup of other files.
    "{}",
    "{0:?}",
    "}",
    "%s%n",
    "%2e%2e",
    "a: &evil [*evil]",
    "- evil",
    "~",
    "true",
    "-1",
    // Characters that nobody sees, or sees wrongly.
    "a\0evil",
    "a\u{1b}[31mevil",
    "a\u{1e}evil",
    "a\u{202e}live\u{202c}",
    "a\u{200d}b",
    "\u{feff}evil",
    "e\u{301}vil",
    "👩‍👩‍👧",
    "еvil",
    "日本",
    // No names.
    "",
    " ",
    "7",
    "$",
    "@type",
    "a-b",
    "a b",
    "a,b;c",
    "a=b&c=d",
    "a?b#c",
    // Names of something else.
    "self",
    "Self",
    "crate",
    "gen",
    "_",
    "String",
    "Option",
    "Json",
    "Client",
    "send",
    "body",
    "std",
    "types",
    // Files elsewhere, and files that some system keeps for itself.
    "../../evil",
    "/etc/evil",
    "con",
    "com1",
    "lib",
    "mod",
    "shared",
];

/// All of them.
pub(crate) fn payloads() -> Vec<String> {
    let mut all: Vec<String> = FIXED.iter().map(|it| (*it).to_owned()).collect();
    all.extend(["x".repeat(300), "é".repeat(300), "\"".repeat(300), "`".repeat(301)]);
    all
}
