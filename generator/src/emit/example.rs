//! An example of each call, which `cargo test --doc` compiles.

use super::{EmitCx, call};
use crate::ir::{Id, Operation};
use crate::name::RustIdent;
use crate::plan::{
    BodyExample, BodyPlan, ContentPlan, ExampleExpr, FormatPlan, OperationPlan, ParamPlan,
};
use crate::surface::text;

/// Columns of code in the documentation of a method.
const WIDTH: usize = 84;
/// The longest argument that is written within a call.
const MAX_ARGUMENT: usize = 48;

/// The section; empty where nobody has said in which crate the client is.
///
/// A value of which no example can be made is an argument of the hidden function around it.
pub(super) fn section(cx: EmitCx<'_>, id: Id<Operation>) -> Vec<String> {
    let Some(krate) = cx.krate else { return Vec::new() };
    let example = CallExample::of(cx, id);
    let head = ["# Example", "", "```no_run"].map(str::to_owned);
    let hidden = example.around(krate, &cx.names.module);
    let tail = ["# Ok(())", "# }", "```"].map(str::to_owned);
    head.into_iter().chain(hidden).chain(example.lines()).chain(tail).collect()
}

/// A call, ready to be shown.
#[derive(Debug)]
pub(super) struct CallExample {
    /// The lines that make its arguments.
    pub(super) values: Vec<String>,
    /// The call up to what sends it.
    pub(super) call: String,
    /// The call with what sends it.
    pub(super) code: Vec<String>,
    /// Further parameters of the function around it: arguments of which no example can be made.
    given: String,
    /// The call takes a value away, so that it cannot be shown twice.
    pub(super) is_once: bool,
}

impl CallExample {
    pub(super) fn of(cx: EmitCx<'_>, id: Id<Operation>) -> Self {
        let plan = cx.plans.operation(id);
        let call = ShownCall::of(cx, id);
        let given = call.given.iter().map(|(name, ty)| format!(", {name}: {ty}"));
        let given = given.collect::<Vec<_>>().concat();
        let code = code(&call, plan);
        let shown = format!("client.{}", call.links.join("."));
        Self { values: call.values, call: shown, code, given, is_once: call.is_once }
    }

    /// True if the example needs no values from outside.
    pub(super) fn is_whole(&self) -> bool {
        self.given.is_empty()
    }

    /// All its lines.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> {
        self.values.iter().chain(&self.code).cloned()
    }

    /// The lines before it that documentation does not show.
    pub(super) fn around(&self, krate: &str, module: &RustIdent) -> [String; 3] {
        let given = &self.given;
        let mut written = self.values.iter().chain([&self.call, given]);
        let names = match written.any(|it| it.contains("types::")) {
            true => "{Client, types}",
            false => "Client",
        };
        [
            format!("# use {krate}::client_runtime as runtime;"),
            format!("# use {krate}::{module}::{names};"),
            format!("# async fn example(client: Client{given}) -> runtime::Result<()> {{"),
        ]
    }
}

/// A call up to what sends it.
#[derive(Default)]
struct ShownCall {
    /// The lines that make its arguments.
    values: Vec<String>,
    /// The methods, with their arguments.
    links: Vec<String>,
    /// Arguments that somebody else has to give, and their types.
    given: Vec<(String, String)>,
    is_once: bool,
}

impl ShownCall {
    fn of(cx: EmitCx<'_>, id: Id<Operation>) -> Self {
        let operation = &cx.api.operations[id];
        let mut call = Self::default();
        let mut arguments = Vec::new();
        let mut setters = Vec::new();
        let plan = cx.plans.operation(id);
        let example = cx.plans.example(id);
        for (param, shown) in plan.params.iter().zip(&example.params) {
            if param.is_argument() {
                arguments.push(call.parameter(cx, param, shown.as_ref()));
            } else if param.is_required() {
                let argument = call.parameter(cx, param, shown.as_ref());
                setters.push(format!("{}({argument})", param.ident));
            }
        }
        if let Some(body) = plan.body_argument() {
            arguments.push(call.body(cx, body, &example.body));
        }
        let handles = super::resource::chain(cx, operation.resource);
        let method = &cx.names.operation(id).method;
        call.links = handles.iter().map(|it| format!("{}()", it.method)).collect();
        call.links.push(format!("{method}({})", arguments.join(", ")));
        call.links.extend(setters);
        call
    }

    fn parameter(
        &mut self,
        cx: EmitCx<'_>,
        param: &ParamPlan<'_>,
        shown: Option<&ExampleExpr>,
    ) -> String {
        let line = shown.map(ExampleExpr::one_line).filter(|it| it.len() <= MAX_ARGUMENT);
        line.unwrap_or_else(|| {
            let name = param.ident.to_string();
            let is_taken = matches!(&*name, "client" | "body");
            let name = if is_taken { format!("the_{name}") } else { name };
            self.given.push((name.clone(), text(&call::argument(cx, &param.value))));
            name
        })
    }

    fn body(&mut self, cx: EmitCx<'_>, body: &BodyPlan<'_>, shown: &BodyExample) -> String {
        let (value, argument) = match shown {
            BodyExample::Argument(it) => return it.one_line(),
            BodyExample::Borrowed(it) => (it, "&body"),
            BodyExample::Moved(it) => (it, "body"),
            BodyExample::Nothing => {
                let ty = match &body.content {
                    ContentPlan::Free(it, _) => call::argument(cx, it),
                    _ => call::body(cx, body).0,
                };
                self.given.push(("body".to_owned(), text(&ty)));
                return "body".to_owned();
            }
        };
        self.is_once = matches!(shown, BodyExample::Moved(_));
        self.values.extend(value.lines(WIDTH, "let body = ", ";"));
        argument.to_owned()
    }

    /// The call with what sends it, as the right side of `start`.
    fn sent(&self, start: &str, terminal: &str, end: &str) -> Vec<String> {
        let links = self.links.iter().map(String::as_str).chain(terminal.split('.'));
        let links: Vec<_> = links.collect();
        let line = format!("{start}client.{}{end}", links.join("."));
        if line.len() <= WIDTH {
            return vec![line];
        }
        let mut lines = vec![format!("{start}client")];
        lines.extend(links.iter().map(|it| format!("    .{it}")));
        lines.last_mut().expect("it has links").push_str(end);
        lines
    }
}

fn code(call: &ShownCall, plan: &OperationPlan<'_>) -> Vec<String> {
    let each = |stream: &str, one: &str| {
        [
            format!("while let Some({one}) = {stream}.next().await {{"),
            format!("    println!(\"{{:?}}\", {one}?);"),
            "}".to_owned(),
        ]
    };
    let stream = |terminal: &str| {
        let start = call.sent("let mut events = ", terminal, ";");
        start.into_iter().chain(each("events", "event")).collect::<Vec<_>>()
    };
    let mut code = match &plan.response.format {
        FormatPlan::Nothing => call.sent("", "send().await?", ";"),
        FormatPlan::Json(_) if plan.page.is_some() => {
            let start = call.sent("let mut items = ", "items()", ";");
            start.into_iter().chain(each("items", "item")).collect()
        }
        FormatPlan::Json(_) | FormatPlan::Outcome(_) => {
            call.sent("let response = ", "send().await?", ";")
        }
        FormatPlan::Text => call.sent("let text = ", "send().await?", ";"),
        FormatPlan::Bytes => call.sent("", "send().await?.save(\"response\").await?", ";"),
        FormatPlan::Events(_) | FormatPlan::Lines(..) => stream("send().await?"),
        FormatPlan::Socket(_) => {
            let start = call.sent("let mut socket = ", "connect().await?", ";");
            start.into_iter().chain(each("socket", "message")).collect()
        }
    };
    if let Some(method) = plan
        .others
        .iter()
        .map(|it| it.method)
        .find(|it| matches!(*it, "send_events" | "send_lines"))
    {
        code.push("// Or as it comes:".to_owned());
        code.extend(call.values.iter().filter(|_| call.is_once).cloned());
        code.extend(stream(&format!("{method}().await?")));
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_calls_have_a_line_for_each_link() {
        let links = ["things()".to_owned(), format!("get({:?})", "x".repeat(60))].to_vec();
        let call = ShownCall { links, ..ShownCall::default() };
        let lines = call.sent("let response = ", "send().await?", ";");
        assert_eq!(lines.len(), 5);
        assert_eq!((&*lines[0], &*lines[4]), ("let response = client", "    .await?;"));
    }
}
