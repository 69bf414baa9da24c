//! Reads `JSONPath` (RFC 9535) without its functions and without steps in slices.

use super::super::node::Value;

/// A path from the root, or in a test from the node that is tested.
#[derive(Debug, PartialEq)]
pub(super) struct JsonPath {
    pub(super) relative: bool,
    pub(super) segments: Vec<JsonPathSegment>,
}

impl JsonPath {
    /// Tells whether all that the path selects is below one key of the root.
    pub(super) fn is_below(&self, key: &str) -> bool {
        self.segments.first().is_some_and(|it| {
            !it.deep && matches!(&it.selectors[..], [Selector::Name(name)] if name == key)
        })
    }
}

/// One step: the children that are selected, or with `..` those of all nodes below.
#[derive(Debug, PartialEq)]
pub(super) struct JsonPathSegment {
    pub(super) deep: bool,
    pub(super) selectors: Vec<Selector>,
}

#[derive(Debug, PartialEq)]
pub(super) enum Selector {
    Name(String),
    /// From the end, if negative.
    Index(i64),
    Slice(Option<usize>, Option<usize>),
    All,
    Filter(Test),
}

#[derive(Debug, PartialEq)]
pub(super) enum Test {
    Any(Vec<Test>),
    All(Vec<Test>),
    Not(Box<Test>),
    Exists(JsonPath),
    Compare(Compared, Comparison, Compared),
}

#[derive(Debug, PartialEq)]
pub(super) enum Compared {
    Path(JsonPath),
    Literal(Value),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// Tests may be nested so deep.
const MAX_DEPTH: usize = 32;

type ParseResult<T> = Result<T, String>;

/// Reads a whole path.
pub(super) fn parse(text: &str) -> ParseResult<JsonPath> {
    let mut rest = Rest { text: text.trim(), depth: 0 };
    if !rest.eat("$") {
        return rest.expected("`$` at the start");
    }
    let segments = rest.segments()?;
    if rest.text.is_empty() {
        Ok(JsonPath { relative: false, segments })
    } else {
        rest.expected("`.` or `[`")
    }
}

/// The text that is left to read.
struct Rest<'t> {
    text: &'t str,
    depth: usize,
}

impl<'t> Rest<'t> {
    fn segments(&mut self) -> ParseResult<Vec<JsonPathSegment>> {
        let mut segments = Vec::new();
        loop {
            let deep = self.eat("..");
            let selectors = if self.eat("[") {
                self.selectors()?
            } else if deep || self.eat(".") {
                vec![self.plain()?]
            } else {
                return Ok(segments);
            };
            segments.push(JsonPathSegment { deep, selectors });
        }
    }

    /// `*` or a name, after a dot.
    fn plain(&mut self) -> ParseResult<Selector> {
        if self.eat("*") {
            return Ok(Selector::All);
        }
        let name = self.take(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$'));
        if name.is_empty() {
            self.expected("a name or `*`")
        } else {
            Ok(Selector::Name(name.into()))
        }
    }

    /// Reads the selectors between brackets.
    fn selectors(&mut self) -> ParseResult<Vec<Selector>> {
        let mut selectors = Vec::new();
        loop {
            self.blanks();
            selectors.push(self.selector()?);
            self.blanks();
            if self.eat("]") {
                return Ok(selectors);
            }
            if !self.eat(",") {
                return self.expected("`,` or `]`");
            }
        }
    }

    fn selector(&mut self) -> ParseResult<Selector> {
        if self.eat("*") {
            return Ok(Selector::All);
        }
        if self.eat("?") {
            return Ok(Selector::Filter(self.test()?));
        }
        if self.text.starts_with(['\'', '"']) {
            return Ok(Selector::Name(self.quoted()?));
        }
        let start = self.take(|c| c == '-' || c.is_ascii_digit());
        if self.eat(":") {
            let end = self.take(|c| c.is_ascii_digit());
            return match (bound(start), bound(end)) {
                (Ok(start), Ok(end)) if !self.text.starts_with(':') => {
                    Ok(Selector::Slice(start, end))
                }
                _ => self.expected("a slice such as `0:2`"),
            };
        }
        match start.parse() {
            Ok(index) => Ok(Selector::Index(index)),
            Err(_) => self.expected("a quoted name, an index, `*` or `?`"),
        }
    }

    /// Tests that are joined by `||`.
    fn test(&mut self) -> ParseResult<Test> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return self.expected("fewer brackets");
        }
        let mut any = vec![self.all()?];
        while self.eat_after_blanks("||") {
            any.push(self.all()?);
        }
        self.depth -= 1;
        Ok(if any.len() == 1 { any.remove(0) } else { Test::Any(any) })
    }

    /// Tests that are joined by `&&`.
    fn all(&mut self) -> ParseResult<Test> {
        let mut all = vec![self.one()?];
        while self.eat_after_blanks("&&") {
            all.push(self.one()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Test::All(all) })
    }

    fn one(&mut self) -> ParseResult<Test> {
        self.blanks();
        if self.eat("!") {
            self.depth += 1;
            let test = if self.depth > MAX_DEPTH { self.expected("fewer `!`") } else { self.one() };
            self.depth -= 1;
            return Ok(Test::Not(Box::new(test?)));
        }
        if self.eat("(") {
            let test = self.test()?;
            return if self.eat_after_blanks(")") { Ok(test) } else { self.expected("`)`") };
        }
        let left = self.compared()?;
        let Some(comparison) = self.comparison() else {
            return match left {
                Compared::Path(path) => Ok(Test::Exists(path)),
                Compared::Literal(_) => self.expected("a comparison such as `==`"),
            };
        };
        Ok(Test::Compare(left, comparison, self.compared()?))
    }

    fn comparison(&mut self) -> Option<Comparison> {
        const ALL: [(&str, Comparison); 6] = [
            ("==", Comparison::Equal),
            ("!=", Comparison::Unequal),
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        ALL.into_iter().find(|(sign, _)| self.eat_after_blanks(sign)).map(|(_, it)| it)
    }

    fn compared(&mut self) -> ParseResult<Compared> {
        self.blanks();
        for (sign, relative) in [("@", true), ("$", false)] {
            if self.eat(sign) {
                return Ok(Compared::Path(JsonPath { relative, segments: self.segments()? }));
            }
        }
        if self.text.starts_with(['\'', '"']) {
            return Ok(Compared::Literal(Value::Text(self.quoted()?)));
        }
        let word = self.take(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.'));
        let value = match word {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            _ => match word.parse() {
                Ok(number) => Value::Number(number),
                Err(_) => {
                    return self
                        .expected("`@`, `$`, a quoted text, a number, `true`, `false` or `null`");
                }
            },
        };
        Ok(Compared::Literal(value))
    }

    /// A text in quotes of either kind.
    fn quoted(&mut self) -> ParseResult<String> {
        let mut chars = self.text.char_indices();
        let quote = chars.next().map(|(_, c)| c);
        let mut text = String::new();
        while let Some((at, c)) = chars.next() {
            match c {
                c if Some(c) == quote => {
                    self.text = &self.text[at + 1..];
                    return Ok(text);
                }
                '\\' => text.extend(chars.next().map(|(_, c)| c)),
                c => text.push(c),
            }
        }
        self.expected("a closing quote")
    }

    fn eat(&mut self, sign: &str) -> bool {
        let rest = self.text.strip_prefix(sign);
        self.text = rest.unwrap_or(self.text);
        rest.is_some()
    }

    fn eat_after_blanks(&mut self, sign: &str) -> bool {
        self.blanks();
        self.eat(sign)
    }

    fn blanks(&mut self) {
        self.text = self.text.trim_start();
    }

    fn take(&mut self, fits: impl Fn(char) -> bool) -> &'t str {
        let end = self.text.find(|c| !fits(c)).unwrap_or(self.text.len());
        let (taken, rest) = self.text.split_at(end);
        self.text = rest;
        taken
    }

    fn expected<T>(&self, what: &str) -> ParseResult<T> {
        Err(match self.text.chars().next() {
            Some(_) => format!("expected {what} before `{}`", self.text),
            None => format!("expected {what} at its end"),
        })
    }
}

/// A bound of a slice, if it is given.
fn bound(text: &str) -> Result<Option<usize>, std::num::ParseIntError> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
}
