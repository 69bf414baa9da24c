//! Expressions of examples, laid out as rustfmt would.

/// An expression of Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ExampleExpr {
    /// On one line, as it is.
    Word(String),
    /// Items between two marks, such as `vec![` and `]`.
    Items(&'static str, Vec<ExampleExpr>, &'static str),
    /// A call, and the methods that are called on its result.
    Call { head: String, arguments: Vec<ExampleExpr>, setters: Vec<(String, ExampleExpr)> },
    /// A builder, its setters, and the call that ends it.
    Built { head: String, setters: Vec<(String, ExampleExpr)> },
}

impl ExampleExpr {
    pub(crate) fn one_line(&self) -> String {
        match self {
            Self::Word(it) => it.clone(),
            Self::Items(open, items, close) => format!("{open}{}{close}", joined(items)),
            Self::Call { head, arguments, setters } => {
                format!("{head}({}){}", joined(arguments), chained(setters))
            }
            Self::Built { head, setters } => format!("{head}(){}.build()?", chained(setters)),
        }
    }

    /// The lines of the expression between two texts, none wider than `width` if that can be.
    pub(crate) fn lines(&self, width: usize, start: &str, end: &str) -> Vec<String> {
        let mut lines = Vec::new();
        self.lay_out(&mut lines, width, start, end);
        lines
    }

    fn lay_out(&self, lines: &mut Vec<String>, width: usize, start: &str, end: &str) {
        let line = format!("{start}{}{end}", self.one_line());
        if line.len() <= width {
            lines.push(line);
            return;
        }
        let indent = " ".repeat(start.len() - start.trim_start().len());
        match self {
            Self::Word(_) => lines.push(line),
            Self::Items(open, items, close) => {
                in_lines(lines, width, &format!("{start}{open}"), items);
                lines.push(format!("{indent}{close}{end}"));
            }
            Self::Call { head, arguments, setters } => {
                let first = format!("{start}{head}({})", joined(arguments));
                let ended = if setters.is_empty() { end.len() } else { 0 };
                if first.len() + ended <= width {
                    lines.push(first);
                } else {
                    in_lines(lines, width, &format!("{start}{head}("), arguments);
                    lines.push(format!("{indent})"));
                }
                set(lines, width, &indent, setters);
                lines.last_mut().expect("a line was pushed").push_str(end);
            }
            Self::Built { head, setters } => {
                lines.push(format!("{start}{head}()"));
                set(lines, width, &indent, setters);
                lines.push(format!("{indent}    .build()?{end}"));
            }
        }
    }
}

fn joined(items: &[ExampleExpr]) -> String {
    items.iter().map(ExampleExpr::one_line).collect::<Vec<_>>().join(", ")
}

fn chained(setters: &[(String, ExampleExpr)]) -> String {
    let calls = setters.iter().map(|(name, it)| format!(".{name}({})", it.one_line()));
    calls.collect::<Vec<_>>().concat()
}

/// Items, each on lines of its own.
fn in_lines(lines: &mut Vec<String>, width: usize, start: &str, items: &[ExampleExpr]) {
    let indent = " ".repeat(start.len() - start.trim_start().len() + 4);
    lines.push(start.to_owned());
    for item in items {
        item.lay_out(lines, width, &indent, ",");
    }
}

/// Setters, each on lines of its own.
fn set(lines: &mut Vec<String>, width: usize, indent: &str, setters: &[(String, ExampleExpr)]) {
    for (name, it) in setters {
        it.lay_out(lines, width, &format!("{indent}    .{name}("), ")");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(it: &str) -> ExampleExpr {
        ExampleExpr::Word(it.to_owned())
    }

    #[test]
    fn a_short_call_is_one_line_and_a_long_one_has_a_line_for_each_setter() {
        let setters = vec![("seed".to_owned(), word("1")), ("tag".to_owned(), word("\"a\""))];
        let call = ExampleExpr::Call {
            head: "types::Job::new".to_owned(),
            arguments: vec![word("\"name\"")],
            setters,
        };
        let line = "let body = types::Job::new(\"name\").seed(1).tag(\"a\");";
        assert_eq!(call.lines(80, "let body = ", ";"), [line]);
        let lines = call.lines(40, "let body = ", ";");
        assert_eq!(
            lines,
            ["let body = types::Job::new(\"name\")", "    .seed(1)", "    .tag(\"a\");"]
        );
    }

    #[test]
    fn arguments_and_items_that_do_not_fit_have_lines_of_their_own() {
        let item = ExampleExpr::Call {
            head: "types::Item::new".to_owned(),
            arguments: vec![word("\"first\""), word("2")],
            setters: Vec::new(),
        };
        let list = ExampleExpr::Items("vec![", vec![item], "]");
        let call = ExampleExpr::Call {
            head: "types::Job::new".to_owned(),
            arguments: vec![list],
            setters: Vec::new(),
        };
        let lines = call.lines(36, "let body = ", ";");
        let wanted = "let body = types::Job::new(\n    vec![\n        types::Item::new(\n            \
                      \"first\",\n            2,\n        ),\n    ],\n);";
        assert_eq!(lines.join("\n"), wanted);
    }

    #[test]
    fn a_builder_ends_with_its_own_call() {
        let setters = vec![("name".to_owned(), word("\"name\""))];
        let built = ExampleExpr::Built { head: "types::Job::builder".to_owned(), setters };
        assert_eq!(built.one_line(), "types::Job::builder().name(\"name\").build()?");
        let lines = built.lines(30, "let body = ", ";");
        assert_eq!(
            lines,
            ["let body = types::Job::builder()", "    .name(\"name\")", "    .build()?;"]
        );
    }
}
