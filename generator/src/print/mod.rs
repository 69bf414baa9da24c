//! Tokens as text: parsed once, printed by prettyplease, with a blank line between items.

mod blank;
mod table;

use crate::emit::text::LINE_END;
use crate::emit::{Code, EmitCx, FileSection, generated, path, scope, unprinted};
use crate::output::GeneratedFile;
use crate::surface::{Surface, SurfaceScope};
use crate::wire_tests::TestFile;
use proc_macro2::TokenStream;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Bytes of stack for a thread that follows types into each other: a chain may be as long as
/// `lower` lets it. Memory is taken only as far as it is used.
pub(crate) const STACK: usize = 256 << 20;

/// Emits and prints all files of a client, on all cores, and lists its public surface.
pub(crate) fn all(cx: EmitCx<'_>, sections: &[FileSection]) -> Vec<GeneratedFile> {
    let mut done = printed(cx, sections);
    done.sort_by_key(|(index, _)| *index);
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut surface = Surface::default();
    for (index, section) in done {
        surface.append(section.surface);
        let text = files.entry(path(cx, &sections[index])).or_default();
        if text.is_empty() {
            text.push_str(&section.head);
        }
        text.push_str(&section.body);
    }
    let module = cx.names.module.text();
    files.insert(format!("api/{module}.txt"), surface.text(module));
    files.into_iter().map(|(path, text)| GeneratedFile { path, text }).collect()
}

/// The public surface of a client alone.
pub(crate) fn surface(cx: EmitCx<'_>, sections: &[FileSection]) -> String {
    let mut surface = Surface::default();
    for (_, section) in printed(cx, sections) {
        surface.append(section.surface);
    }
    surface.text(cx.names.module.text())
}

/// Prints the tests of a client.
pub(crate) fn tests(cx: EmitCx<'_>, files: Vec<TestFile>) -> Vec<GeneratedFile> {
    let printed = files.into_iter().map(|it| {
        let section = code(cx, it.code, None);
        GeneratedFile { path: it.path, text: section.head + &section.body }
    });
    printed.collect()
}

/// A section of a file as text.
struct PrintedSection {
    head: String,
    body: String,
    surface: Surface,
}

fn printed(cx: EmitCx<'_>, sections: &[FileSection]) -> Vec<(usize, PrintedSection)> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(section) = sections.get(index) else { return done };
            done.push((index, code(cx, unprinted(cx, section), scope(cx, section).as_ref())));
        }
    };
    let cores = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(sections.len().div_ceil(4))
        .max(1);
    if cores == 1 {
        return work();
    }
    thread::scope(|scope| {
        let worker = |_| {
            let deep = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
            deep.expect("a thread can be started")
        };
        let workers: Vec<_> = (0..cores).map(worker).collect();
        workers.into_iter().flat_map(|it| it.join().expect("an emitter does not panic")).collect()
    })
}

fn code(cx: EmitCx<'_>, code: Code, scope: Option<&SurfaceScope>) -> PrintedSection {
    let made = generated(cx.home, Some(cx.document), code.emitter);
    let mut head = format!("//! {}\n// {made}\n", code.about);
    let imports = print(code.imports);
    if !imports.is_empty() {
        head.push('\n');
        head.push_str(&imports);
    }
    let items = parsed(code.items);
    let mut surface = Surface::default();
    if let Some(scope) = scope {
        surface.add(scope, &items);
    }
    let body = items_text(items);
    PrintedSection { head, body: if body.is_empty() { body } else { format!("\n{body}") }, surface }
}

/// Items as text.
pub(crate) fn print(tokens: TokenStream) -> String {
    items_text(parsed(tokens))
}

fn parsed(tokens: TokenStream) -> Vec<syn::Item> {
    syn::parse2::<syn::File>(tokens).expect("an emitter makes items").items
}

fn items_text(items: Vec<syn::Item>) -> String {
    let mut text = String::new();
    let mut before = None;
    for item in items {
        let kind = blank::ItemKind::of(&item);
        let printed = item_text(item);
        let kind = kind.of_lines(printed.lines().count());
        if before.is_some_and(|before| blank::between(before, kind)) {
            text.push('\n');
        }
        before = Some(kind);
        text.push_str(&printed);
    }
    text
}

fn item_text(item: syn::Item) -> String {
    if let syn::Item::Macro(it) = &item
        && it.attrs.is_empty()
        && it.ident.is_none()
        && matches!(it.mac.delimiter, syn::MacroDelimiter::Paren(_))
    {
        let path: Vec<_> = it.mac.path.segments.iter().map(|it| it.ident.to_string()).collect();
        return table::call(&path.join("::"), it.mac.tokens.clone());
    }
    let whole = matches!(item, syn::Item::Fn(_));
    let file = syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] };
    let text = comments(prettyplease::unparse(&file));
    if whole { text } else { blank::members(&text) }
}

/// Sets each line of a doc comment on a line of its own.
fn comments(text: String) -> String {
    if !text.contains(LINE_END) {
        return text;
    }
    let mut set = String::with_capacity(text.len() + text.len() / 8);
    for line in text.lines() {
        let mut parts = line.split(LINE_END);
        set.extend([parts.next().unwrap_or_default(), "\n"]);
        let indent = &line[..line.len() - line.trim_start().len()];
        parts.for_each(|part| set.extend([indent, "///", part, "\n"]));
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_of_a_comment_stands_where_the_first_one_does() {
        let outer = format!(" One.{LINE_END}{LINE_END} Two.");
        let inner = format!(" Three.{LINE_END}     Four.");
        let code = format!("#[doc = {outer:?}] struct A {{ #[doc = {inner:?}] b: i64, }}");
        assert_eq!(
            print(code.parse().unwrap()),
            "/// One.\n///\n/// Two.\nstruct A {\n    /// Three.\n    ///     Four.\n    b: i64,\n}\n"
        );
    }
}
