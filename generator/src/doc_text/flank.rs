//! Which emphasis can be written: a delimiter counts only between the right neighbours.

use super::inline::Atom;
use super::tree::TextStyle;

/// The class of a delimiter's neighbour. The parser's tables decide whether an odd character is
/// punctuation, so it is taken for the class that would do harm.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Blank,
    Punctuation,
    Word,
    Odd,
}

/// For each atom, whether it is to be written: all but delimiters that would not be read back.
pub(super) fn kept(atoms: &[Atom<'_>]) -> Vec<bool> {
    let mut kept = vec![true; atoms.len()];
    let mut open = Vec::new();
    for (at, atom) in atoms.iter().enumerate() {
        match atom {
            Atom::Open(_) => open.push(at),
            Atom::Close(mark) => {
                let start = open.pop().expect("marks are balanced");
                let fits = side(*mark, &atoms[start + 1], before(&atoms[..start]), first)
                    && side(*mark, &atoms[at - 1], after(&atoms[at + 1..]), last);
                kept[start] = fits;
                kept[at] = fits;
            }
            Atom::Text(_) | Atom::Code(_) | Atom::Verbatim(_) | Atom::Gap | Atom::Break => {}
        }
    }
    kept
}

/// True if one delimiter of a pair works, given its neighbour inside and the class outside.
fn side(mark: TextStyle, inner: &Atom<'_>, outer: Class, edge: fn(&Atom<'_>) -> Class) -> bool {
    let apart = matches!(outer, Class::Blank | Class::Punctuation);
    match mark {
        // Written `_`, which never works inside a word.
        TextStyle::Emphasis => apart,
        TextStyle::Strong | TextStyle::Strike => apart || edge(inner) == Class::Word,
    }
}

fn before(atoms: &[Atom<'_>]) -> Class {
    atoms.iter().rev().find(|it| !is_delimiter(it)).map_or(Class::Blank, last)
}

fn after(atoms: &[Atom<'_>]) -> Class {
    atoms.iter().find(|it| !is_delimiter(it)).map_or(Class::Blank, first)
}

fn is_delimiter(atom: &Atom<'_>) -> bool {
    matches!(atom, Atom::Open(_) | Atom::Close(_))
}

fn first(atom: &Atom<'_>) -> Class {
    class(atom, |text| text.chars().next())
}

fn last(atom: &Atom<'_>) -> Class {
    class(atom, |text| text.chars().next_back())
}

fn class(atom: &Atom<'_>, edge: impl Fn(&str) -> Option<char>) -> Class {
    match atom {
        Atom::Text(text) => edge(text).map_or(Class::Blank, class_of),
        Atom::Code(_) | Atom::Verbatim(_) | Atom::Open(_) | Atom::Close(_) => Class::Punctuation,
        Atom::Gap | Atom::Break => Class::Blank,
    }
}

fn class_of(c: char) -> Class {
    if c.is_ascii_punctuation() {
        Class::Punctuation
    } else if c.is_alphanumeric() {
        Class::Word
    } else {
        Class::Odd
    }
}
