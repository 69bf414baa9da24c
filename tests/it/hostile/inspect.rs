//! Emitted code, taken apart: its form without names and values, its literals, its documentation.

use super::sinks::put;
use generator::GeneratedFile;
use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::fmt::Write;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// All files of a client.
pub(crate) struct Emitted {
    /// Each item's form, all files together, in the order of their text.
    forms: Vec<String>,
    /// Each text that stands as a literal.
    literals: BTreeSet<String>,
    /// Everything, in lower case.
    text: String,
}

/// Macros that the emitters call.
const MACROS: &[&str] = &[
    "client",
    "operation",
    "terminals",
    "channel",
    "messages",
    "nested_parts",
    "records",
    "text_enum",
    "int_enum",
    "literal_enum",
    "untagged_union",
    "tagged_union",
    "event_union",
    "payloads",
    "accessors",
    "response_enum",
    "json_schemas",
    "json_schema",
    "wrapper",
    "concat",
    "env",
    "include_str",
    "assert",
    "assert_eq",
    "panic",
    "vec",
    "json",
    "matches",
    "println",
];

/// Attributes that the emitters write.
const ATTRIBUTES: &[&str] = &[
    "doc",
    "derive",
    "non_exhaustive",
    "deprecated",
    "must_use",
    "inline",
    "cfg",
    "test",
    "allow",
    "expect",
    "recursion_limit",
];

/// The values in a manifest and in the settings of rustfmt.
const TABLES: &[&str] = &[
    "package",
    "lib",
    "features",
    "dependencies",
    "dev-dependencies",
    "example",
    "lints",
    "test",
    "disable_all_formatting",
];

/// Names of devices on some systems.
const KEPT: &[&str] = &["con", "prn", "aux", "nul"];

/// Takes files apart, and fails where one holds what no emitter writes.
pub(crate) fn emitted(files: &[GeneratedFile]) -> Emitted {
    let mut all = Emitted { forms: Vec::new(), literals: BTreeSet::new(), text: String::new() };
    for file in files {
        path(&file.path);
        let odd = file.text.chars().find(|it| is_odd(*it));
        assert_eq!(odd, None, "{} holds what cannot be seen", file.path);
        match file.path.rsplit_once('.').map(|it| it.1) {
            Some("rs") => rust(file, &mut all),
            Some("toml") => {
                let read = file.text.parse::<toml_edit::DocumentMut>();
                let toml = read.unwrap_or_else(|it| panic!("{}: {it}\n{}", file.path, file.text));
                let odd = toml.iter().find(|it| !TABLES.contains(&it.0));
                assert!(odd.is_none(), "{} has {odd:?}", file.path);
            }
            Some("md") => super::markdown::inert(&file.text),
            Some("txt") => {}
            other => panic!("{}: nobody expects {other:?}", file.path),
        }
        all.text.push_str(&file.text.to_lowercase());
    }
    all.forms.sort();
    // Parsed text is kept for its spans until it is given up.
    proc_macro2::extra::invalidate_current_thread_spans();
    all
}

/// A path below the folder, of plain names that no system keeps for itself.
fn path(path: &str) {
    let plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_';
    let known = ["Cargo.toml", "README.md", "rustfmt.toml"].contains(&path);
    let (stem, ending) = path.rsplit_once('.').expect("a file has an ending");
    let mut parts = stem.split('/');
    assert!(known || parts.all(|it| !it.is_empty() && it.chars().all(plain)), "{path}");
    assert!(["rs", "txt", "toml", "md"].contains(&ending), "{path}");
    let kept = |it: &str| {
        let numbered = it.strip_prefix("com").or_else(|| it.strip_prefix("lpt"));
        KEPT.contains(&it) || numbered.is_some_and(|it| it.len() == 1 && it != "0")
    };
    assert!(!stem.split('/').any(kept), "{path} is a device on some systems");
}

/// Characters that are not shown, or turn those that are.
fn is_odd(it: char) -> bool {
    it.is_control() && it != '\n'
        || matches!(it, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn rust(file: &GeneratedFile, all: &mut Emitted) {
    let parsed = syn::parse_file(&file.text)
        .unwrap_or_else(|error| panic!("{}: {error}\n{}", file.path, file.text));
    let mut walk = Walk::default();
    walk.visit_file(&parsed);
    assert!(walk.0.is_empty(), "{} holds {:?}", file.path, walk.0);
    for item in &parsed.items {
        let text = &file.text[item.span().byte_range()];
        let tokens: TokenStream = text.parse().expect("it was read before");
        let (mut form, mut docs) = (String::new(), Vec::new());
        let mut literals = BTreeSet::new();
        shape(tokens, &mut form, &mut docs, &mut literals);
        for words in &docs {
            super::markdown::inert(words);
        }
        // Tests spell values in many ways, and need other lines for other values.
        if !file.path.starts_with("tests/") {
            all.forms.push(form);
            all.literals.append(&mut literals);
        }
    }
}

/// Items where no emitter puts them.
#[derive(Default)]
struct Walk(Vec<String>);

impl<'ast> Visit<'ast> for Walk {
    fn visit_macro(&mut self, it: &'ast syn::Macro) {
        let name = it.path.segments.last().map(|it| it.ident.to_string()).unwrap_or_default();
        if !MACROS.contains(&&*name) {
            self.0.push(format!("the macro {name}!"));
        }
        visit::visit_macro(self, it);
    }

    fn visit_attribute(&mut self, it: &'ast syn::Attribute) {
        let name = it.path().segments.last().map(|it| it.ident.to_string()).unwrap_or_default();
        let inner = matches!(it.style, syn::AttrStyle::Inner(_));
        if !ATTRIBUTES.contains(&&*name)
            || inner && !["doc", "recursion_limit", "cfg"].contains(&&*name)
        {
            self.0.push(format!("the attribute {name}"));
        }
        if let syn::Meta::NameValue(it) = &it.meta
            && !matches!(&it.value, syn::Expr::Lit(it) if matches!(it.lit, syn::Lit::Str(_)))
        {
            self.0.push(format!("a call in the attribute {name}"));
        }
    }

    fn visit_item(&mut self, it: &'ast syn::Item) {
        match it {
            syn::Item::Mod(it) if it.content.is_some() => self.0.push("a module".to_owned()),
            syn::Item::ExternCrate(_)
            | syn::Item::ForeignMod(_)
            | syn::Item::Trait(_)
            | syn::Item::TraitAlias(_)
            | syn::Item::Union(_)
            | syn::Item::Verbatim(_) => self.0.push("an item of another kind".to_owned()),
            _ => {}
        }
        visit::visit_item(self, it);
    }

    fn visit_expr_unsafe(&mut self, _: &'ast syn::ExprUnsafe) {
        self.0.push("unsafe code".to_owned());
    }
}

/// Tokens without what differs between documents: names, values, documentation.
fn shape(
    tokens: TokenStream,
    form: &mut String,
    docs: &mut Vec<String>,
    literals: &mut BTreeSet<String>,
) {
    let mut trees = tokens.into_iter().peekable();
    let mut goes_on = false;
    while let Some(tree) = trees.next() {
        let went_on = std::mem::take(&mut goes_on);
        match tree {
            TokenTree::Punct(it) if it.as_char() == '#' => {
                let words = match trees.peek() {
                    Some(TokenTree::Group(group)) => words_of(&group.stream()),
                    _ => None,
                };
                match words {
                    Some(line) => {
                        match docs.last_mut().filter(|_| went_on) {
                            Some(docs) => *docs = format!("{docs}\n{line}"),
                            None => docs.push(line),
                        }
                        goes_on = true;
                        trees.next();
                    }
                    None => form.push('#'),
                }
            }
            TokenTree::Punct(it) => form.push(it.as_char()),
            TokenTree::Ident(_) => form.push_str("i "),
            TokenTree::Literal(it) => match syn::parse_str::<syn::LitStr>(&it.to_string()) {
                Ok(text) => {
                    form.push('"');
                    literals.insert(text.value());
                }
                Err(_) => form.push('0'),
            },
            TokenTree::Group(group) => {
                let _ = write!(form, "{:?}(", group.delimiter());
                shape(group.stream(), form, docs, literals);
                // Where a list is broken into lines, a comma follows its last item.
                form.truncate(form.strip_suffix(',').map_or(form.len(), str::len));
                form.push(')');
            }
        }
    }
}

/// The texts of `[doc = "…"]` and `[deprecated = "…"]`: both are shown as Markdown.
fn words_of(tokens: &TokenStream) -> Option<String> {
    let mut trees = tokens.clone().into_iter();
    let name = trees.next()?.to_string();
    let Some(line) = trees.nth(1) else { return (name == "deprecated").then(String::new) };
    let line: syn::LitStr = syn::parse_str(&line.to_string()).ok()?;
    (name == "doc" || name == "deprecated").then(|| line.value())
}

impl Emitted {
    /// True if a word shows anywhere, in any spelling.
    pub(crate) fn mentions(&self, word: &str) -> bool {
        let spelled = |gap: &str| {
            word.chars().fold(String::new(), |text, it| {
                let gap = if it.is_uppercase() { gap } else { "" };
                text + gap + &it.to_lowercase().to_string()
            })
        };
        ["", "_", " "].iter().any(|gap| self.text.contains(&spelled(gap)))
    }

    /// Holds what a text gave against what harmless words gave in the same place, a short one and a
    /// long one. Gives whether it has the form of one of them; that something is left out has to
    /// come with a finding.
    pub(crate) fn against(
        &self,
        [plain, long]: [&Self; 2],
        word: &str,
        text: &str,
        found: bool,
    ) -> Result<bool, String> {
        let known = |it: &&String| {
            it.chars().all(|it| it.is_ascii_alphanumeric() || it == '_')
                || plain.literals.iter().any(|old| put(old, word, text).contains(it.trim()))
                // A pair of a query ends at its first sign.
                || put("sinkFixedQuery=sinkFixedValue", word, text).contains(it.as_str())
        };
        if let Some(odd) = self.literals.iter().find(|it| !known(it)) {
            return Err(format!("the literal {odd:?} is not what went in"));
        }
        if self.forms == plain.forms || self.forms == long.forms {
            return Ok(true);
        }
        let (mine, others) = (&self.forms, &plain.forms);
        // Each slash in a path makes a handle more, which takes a few items.
        let is_path = ["sinkSegment", "sinkVerb", "sinkPath"].contains(&word);
        let handles = if is_path { 6 * text.matches('/').count() } else { 0 };
        if found && mine.len() <= others.len() + 2 + handles {
            return Ok(false);
        }
        let new: Vec<_> = mine.iter().filter(|it| !others.contains(it)).collect();
        let gone = others.iter().filter(|it| !mine.contains(it)).count();
        Err(format!("{gone} forms gone, {} new: {:.900}", new.len(), format!("{new:?}")))
    }
}
