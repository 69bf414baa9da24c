//! Paths of Rust types, as `client.yaml` writes them.

use std::fmt;

/// The path of a type of another crate, such as `uuid::Uuid` or `chrono::DateTime<chrono::Utc>`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct TypePath {
    pub(crate) segments: Vec<String>,
    pub(crate) arguments: Vec<TypePath>,
}

/// The number of types within each other.
const MAX_DEPTH: usize = 8;

impl TypePath {
    /// Reads a path that begins with the name of a crate.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (path, rest) = read(text.trim(), MAX_DEPTH)?;
        (rest.is_empty() && path.segments.len() > 1).then_some(path)
    }

    /// The crate that it begins with; none where it is a name that every file knows.
    pub(crate) fn krate(&self) -> Option<&str> {
        (self.segments.len() > 1).then(|| self.segments[0].as_str())
    }

    /// Calls a function with the crates of the path and of its arguments.
    pub(crate) fn each_crate<'p>(&'p self, call: &mut impl FnMut(&'p str)) {
        self.krate().into_iter().for_each(&mut *call);
        self.arguments.iter().for_each(|it| it.each_crate(call));
    }
}

impl fmt::Display for TypePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.segments.join("::"))?;
        if self.arguments.is_empty() {
            return Ok(());
        }
        let arguments: Vec<_> = self.arguments.iter().map(ToString::to_string).collect();
        write!(f, "<{}>", arguments.join(", "))
    }
}

impl fmt::Debug for TypePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_string())
    }
}

/// A path at the start of a text, and what follows it.
fn read(text: &str, depth: usize) -> Option<(TypePath, &str)> {
    let left = depth.checked_sub(1)?;
    let mut segments = Vec::new();
    let mut rest = text;
    loop {
        let end = rest.find(|it: char| !it.is_ascii_alphanumeric() && it != '_');
        let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
        if !is_name(name) {
            return None;
        }
        segments.push(name.to_owned());
        match after.strip_prefix("::") {
            Some(after) => rest = after,
            None => {
                rest = after.trim_start();
                break;
            }
        }
    }
    let mut arguments = Vec::new();
    if let Some(mut inner) = rest.strip_prefix('<') {
        loop {
            let (argument, after) = read(inner.trim_start(), left)?;
            arguments.push(argument);
            if let Some(after) = after.strip_prefix('>') {
                rest = after.trim_start();
                break;
            }
            inner = after.strip_prefix(',')?;
        }
    }
    Some((TypePath { segments, arguments }, rest))
}

/// A name that can stand in a path; `crate`, `self` and `super` lead into the generated crate.
fn is_name(text: &str) -> bool {
    let starts = text.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_');
    starts && text != "_" && !crate::name::is_reserved(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_and_written() {
        for text in ["uuid::Uuid", "a::b::C<String, d::E<f::G>>"] {
            assert_eq!(TypePath::parse(text).unwrap().to_string(), text);
        }
        let path = TypePath::parse("a::B< c::D ,String >").unwrap();
        let mut crates = Vec::new();
        path.each_crate(&mut |it| crates.push(it));
        assert_eq!((path.to_string().as_str(), crates), ("a::B<c::D, String>", vec!["a", "c"]));
    }

    #[test]
    fn anything_else_is_no_path() {
        let deep = format!("a::{}String{}", "B<".repeat(9), ">".repeat(9));
        for text in [
            "",
            "Uuid",
            "::uuid::Uuid",
            "uuid::",
            "uuid::Uuid>",
            "a::B<",
            "a::B<>",
            "a::B<c::D",
            "crate::A",
            "self::A",
            "a::fn",
            "a::B; fn main() {}",
            "a::1",
            "a::B<'static>",
            "a b::C",
            "a::_",
            &deep,
        ] {
            assert_eq!(TypePath::parse(text), None, "{text}");
        }
    }
}
