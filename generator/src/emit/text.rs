//! Words as tokens: doc comments and notes.

use crate::doc_text;
use crate::ir::Docs;
use crate::name::RustIdent;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// The greatest width of a doc comment in columns, its indentation and `///` included.
const COLUMNS: usize = 96;

/// Somebody else's words as the lines of a doc comment.
pub(super) fn foreign(text: Option<&str>, indent: usize) -> Vec<String> {
    text.map(|it| doc_text::lines(it, COLUMNS - indent - 4)).unwrap_or_default()
}

/// The separator between the lines of a doc comment in its tokens: no text of a document contains a control.
pub(crate) const LINE_END: char = '\u{1e}';

/// Lines as a doc comment: one attribute for all of them, of which `print` makes lines again. An
/// attribute for each would be a tenth of what is printed and parsed.
pub(super) fn comment(lines: &[String]) -> TokenStream {
    if lines.is_empty() {
        return TokenStream::new();
    }
    let mut text = String::with_capacity(lines.iter().map(|it| it.len() + 2).sum());
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            text.push(LINE_END);
        }
        if !line.is_empty() {
            text.push(' ');
            text.push_str(line);
        }
    }
    quote! { #[doc = #text] }
}

/// The doc comment of a thing that cannot bear `#[deprecated]`, since the client itself uses it.
pub(super) fn docs(docs: &Docs, name: &RustIdent, indent: usize) -> TokenStream {
    comment(&lines(docs, name, indent))
}

/// Its lines.
pub(super) fn lines(docs: &Docs, name: &RustIdent, indent: usize) -> Vec<String> {
    let mut lines = foreign(docs.text.as_deref().filter(|it| !repeats(it, name.text())), indent);
    if let Some(reason) = &docs.deprecated {
        paragraph(&mut lines, foreign(Some(&format!("Deprecated. {reason}")), indent));
    }
    lines
}

/// True if words say no more than a name does: a title `Dataset ID` of `dataset_id`.
pub(super) fn repeats(words: &str, name: &str) -> bool {
    let bare = |it: &str| {
        let kept = it.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase);
        kept.collect::<String>()
    };
    let is_name = |it: char| it.is_alphanumeric() || matches!(it, ' ' | '_' | '-');
    words.chars().all(is_name) && bare(words) == bare(name)
}

/// Adds a paragraph.
pub(super) fn paragraph(lines: &mut Vec<String>, more: Vec<String>) {
    if !lines.is_empty() && !more.is_empty() {
        lines.push(String::new());
    }
    lines.extend(more);
}

/// `#[deprecated]`, where something is.
pub(super) fn deprecated(docs: &Docs) -> Option<TokenStream> {
    let reason = docs.deprecated.as_ref()?;
    let reason = doc_text::summary(reason);
    Some(if reason.is_empty() { quote!(#[deprecated]) } else { quote!(#[deprecated = #reason]) })
}

/// Further traits in a `derive`.
pub(super) fn traits(names: &[&str]) -> TokenStream {
    let names = names.iter().map(|it| path(it));
    quote!(#(, #names)*)
}

/// A path in which names have `::` between them.
pub(super) fn path(text: &str) -> TokenStream {
    let names = text.split("::").map(|it| Ident::new(it, Span::call_site()));
    quote!(#(#names)::*)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_repeats_a_name_in_any_spelling_but_marks_say_more() {
        assert!(
            ["Dataset ID", "datasetId", "dataset-id"].iter().all(|it| repeats(it, "dataset_id"))
        );
        assert!(
            !["Dataset", "The dataset ID", "[DATASET_ID]"]
                .iter()
                .any(|it| repeats(it, "dataset_id"))
        );
    }

    #[test]
    fn nothing_of_a_document_parts_lines_but_its_own_line_ends() {
        let text = format!("a{LINE_END}b\nc `d{LINE_END}e`");
        assert!(!foreign(Some(&text), 0).concat().contains(LINE_END));
        assert!(
            !doc_text::code(&text).contains(LINE_END)
                && !doc_text::visible(&text).contains(LINE_END)
        );
    }
}
