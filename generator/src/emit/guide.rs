//! The first page of the crate's documentation: how a client is used, shown on calls of its own.

use super::example::CallExample;
use super::{EmitCx, krate};
use crate::doc_text;
use crate::ir::{Id, Operation, SchemeKind, Security};
use crate::name::RustIdent;
use crate::output::{CrateSpec, Output};
use crate::plan::{FormatPlan, OperationPlan, ResponsePlan};

/// The content of the page about a vendor.
#[derive(Debug)]
pub(crate) struct Guide {
    module: RustIdent,
    /// The setter of the first credential, with an argument.
    credential: Option<String>,
    /// A call for one value.
    plain: Option<CallExample>,
    /// A call for a list in pages.
    paged: Option<CallExample>,
    /// A call for a stream of events.
    events: Option<CallExample>,
    /// A call for bytes.
    bytes: Option<CallExample>,
    /// True if the document has a retry policy, for all calls or for some.
    has_retries: bool,
}

impl Guide {
    pub(super) fn of(cx: EmitCx<'_>) -> Self {
        let json = |it: &OperationPlan<'_>| matches!(it.response.format, FormatPlan::Json(_));
        let plain = pick(cx, |it| json(it) && it.page.is_none()).or_else(|| pick(cx, json));
        let paged = pick(cx, |it| it.page.is_some());
        let is_stream = |it: &ResponsePlan<'_>| matches!(it.format, FormatPlan::Events(_));
        let events = pick(cx, |it| it.responses().any(is_stream));
        let bytes = pick(cx, |it| matches!(it.response.format, FormatPlan::Bytes));
        let shown = [plain, paged, events, bytes];
        let [plain, paged, events, bytes] = shown.map(|id| id.map(|id| CallExample::of(cx, id)));
        let credential = credential(cx, &shown.into_iter().flatten().collect::<Vec<_>>());
        let mut operations = cx.api.operations.iter();
        let has_retries = cx.api.retry.is_some() || operations.any(|it| it.1.retry.is_some());
        let module = cx.names.module.clone();
        Self { module, credential, plain, paged, events, bytes, has_retries }
    }
}

/// The setters of credentials that are enough for all calls that are shown: one, if there is such a one.
fn credential(cx: EmitCx<'_>, shown: &[Id<Operation>]) -> Option<String> {
    let needs = shown.iter().filter_map(|id| match &cx.api.operations[*id].security {
        Security::Any(ways) => Some(ways),
        Security::None => None,
    });
    let needs: Vec<_> = needs.filter(|ways| !ways.iter().any(Vec::is_empty)).collect();
    let keys = cx.api.schemes.iter().map(|it| it.key.as_str());
    let is_enough =
        |key: &&str| needs.iter().all(|ways| ways.iter().any(|way| way.iter().all(|it| it == key)));
    let chosen: Vec<&str> = match keys.clone().find(is_enough) {
        Some(one) => vec![one],
        None => {
            let first = needs.iter().filter_map(|ways| ways.first());
            let wanted: Vec<_> = first.flatten().map(String::as_str).collect();
            keys.filter(|it| wanted.contains(it)).collect()
        }
    };
    let setters = cx.api.schemes.iter().zip(&cx.names.schemes);
    let setters = setters.filter(|(it, _)| chosen.contains(&it.key.as_str()));
    let setters: String = setters
        .map(|(scheme, name)| match scheme.kind {
            SchemeKind::Basic => format!(".{name}(\"user\", \"password\")"),
            _ => format!(".{name}(\"secret\")"),
        })
        .collect();
    (!setters.is_empty()).then_some(setters)
}

/// Of the calls that are wanted the one that takes least; one that takes nothing but words, if there is any.
fn pick(cx: EmitCx<'_>, wanted: impl Fn(&OperationPlan<'_>) -> bool) -> Option<Id<Operation>> {
    let current = cx.api.operations.iter().filter(|(_, it)| it.docs.deprecated.is_none());
    let chosen = current.filter(|(id, _)| wanted(cx.plans.operation(*id)));
    let (id, _) = chosen.min_by_key(|(id, _)| {
        let (values, words) = cx.plans.operation(*id).least_arguments();
        let path = krate::path(cx, *id);
        (values, words, path.len(), path)
    })?;
    Some(id)
}

/// The page, line by line.
pub(super) fn page(spec: &CrateSpec, vendors: &[Output]) -> Vec<String> {
    let krate = spec.name.replace('-', "_");
    let mut page = GuidePage { krate, lines: Vec::new() };
    if let [only] = vendors {
        page.text(&format!("A client of {}.", only.krate.about.trim_end_matches('.')));
    } else {
        page.text("Clients of these APIs, one module and one feature each:");
        page.text("");
        for vendor in vendors {
            page.text(&format!("- `{}`: {}", vendor.module, vendor.krate.about));
        }
    }
    let guides: Vec<_> = vendors.iter().map(|it| &it.krate.guide).collect();
    let Some(first) = guides.first() else { return page.lines };
    page.authentication(first, vendors);
    let of = |part: fn(&Guide) -> Option<&CallExample>| {
        guides.iter().find_map(|guide| Some((*guide, part(guide)?)))
    };
    page.calls(of(|it| it.plain.as_ref()));
    page.paging(of(|it| it.paged.as_ref()));
    page.errors(of(|it| it.plain.as_ref()));
    let is_described = guides.iter().any(|it| it.has_retries);
    page.retries(is_described, of(|it| it.plain.as_ref().filter(|it| it.is_whole())));
    page.streams(of(|it| it.events.as_ref()), of(|it| it.bytes.as_ref()));
    page.testing(of(|it| it.plain.as_ref().filter(|it| it.is_whole())));
    if let [only] = vendors
        && let said = only.krate.described()
        && said.len() > 1
    {
        page.section("What the API's document says", "");
        page.lines.extend(said);
    }
    page.lines
}

/// An example and the vendor that it is of.
type ChosenExample<'g> = Option<(&'g Guide, &'g CallExample)>;

struct GuidePage {
    krate: String,
    lines: Vec<String>,
}

impl GuidePage {
    fn text(&mut self, text: &str) {
        self.lines.extend(text.lines().map(str::to_owned));
        if text.is_empty() {
            self.lines.push(String::new());
        }
    }

    /// A heading and what is said below it.
    fn section(&mut self, head: &str, text: &str) {
        self.text("");
        self.text(&format!("# {head}\n\n{text}"));
    }

    /// Lines of code in a function that has a client, and what else they need.
    fn example(&mut self, it: (&Guide, &CallExample), code: &[String]) {
        self.example_if(&format!("feature = \"{}\"", it.0.module), it, code);
    }

    /// The same, compiled only under a condition.
    fn example_if(
        &mut self,
        condition: &str,
        (guide, example): (&Guide, &CallExample),
        code: &[String],
    ) {
        self.text(&format!("\n```no_run\n# #[cfg({condition})] mod example {{"));
        self.lines.extend(example.around(&self.krate, &guide.module));
        self.lines.extend(example.values.iter().chain(code).cloned());
        self.text("# Ok(()) } }\n```");
    }

    fn authentication(&mut self, guide: &Guide, vendors: &[Output]) {
        self.section(
            "Authentication",
            "`Client::from_env()` reads credentials and settings from the environment; `Client::builder()`\n\
             takes them from your code. Keys never appear in `Debug` output, errors or logs, and are sent to\n\
             the API's own host only.",
        );
        let reading = vendors.iter().filter(|it| !it.krate.variables.is_empty());
        for vendor in reading {
            let variables: Vec<_> =
                vendor.krate.variables.iter().map(|it| doc_text::code(it)).collect();
            self.text("");
            let who = match vendors {
                [_] => "It".to_owned(),
                _ => doc_text::code(&vendor.module),
            };
            self.text(&format!("{who} reads {}.", variables.join(", ")));
        }
        let Guide { module, credential, .. } = guide;
        let (krate, credential) = (&self.krate, credential.as_deref().unwrap_or_default());
        let path = krate::client_path(krate, module.text(), vendors.len());
        let code = format!(
            "\n```no_run\n# #[cfg(feature = \"{module}\")]\n# fn example() -> {krate}::client_runtime::Result<()> {{\n\
             use {path}::Client;\n\n\
             let client = Client::from_env()?;\n\
             let client = Client::builder(){credential}.build()?;\n# Ok(()) }}\n```"
        );
        self.text(&code);
    }

    fn calls(&mut self, plain: ChosenExample<'_>) {
        self.section(
            "Calls",
            "Each resource has a handle, such as `client.files()`, with a method for each of its operations.\n\
             Path parameters and the body are arguments; all other parameters have setters. Nothing is sent\n\
             before `send`. `send_with_meta` also returns status and headers, and `send_raw` returns the\n\
             response unread.",
        );
        if let Some(it) = plain {
            let call = &it.1.call;
            let usual = [format!("let response = {call}.send().await?;"), String::new()];
            let with_meta = [
                format!("let response = {call}.send_with_meta().await?;"),
                "println!(\"{}, request {:?}\", response.status(), response.request_id());"
                    .to_owned(),
            ];
            let usual = usual.into_iter().filter(|_| !it.1.is_once);
            let code: Vec<_> = usual.chain(with_meta).collect();
            self.example(it, &code);
        }
    }

    fn paging(&mut self, paged: ChosenExample<'_>) {
        self.section(
            "Paging",
            "`send` returns one [`Page`](client_runtime::Page) of a list. `pages` and `items` fetch the next\n\
             pages as they are read. They always end: a repeated cursor is an error, and so are too many\n\
             empty pages in a row.",
        );
        if let Some(it) = paged {
            self.example(it, &it.1.code);
        }
    }

    fn errors(&mut self, plain: ChosenExample<'_>) {
        self.section(
            "Errors",
            "All errors have one type, [`Error`](client_runtime::Error). It keeps the status, headers and\n\
             body of the response, says where a body does not fit its type, and reads the body as a type of\n\
             yours with `body_as`.",
        );
        if let Some(it) = plain {
            let call = &it.1.call;
            let code = [
                format!("use {}::client_runtime::ErrorKind;", self.krate),
                String::new(),
                format!("if let Err(error) = {call}.send().await {{"),
                "    match error.kind() {".to_owned(),
                "        ErrorKind::Status => println!(\"{:?}: {:?}\", error.status(), error.body()),".to_owned(),
                "        ErrorKind::Decode => println!(\"unexpected at {:?}\", error.path()),".to_owned(),
                "        _ => println!(\"{error}, after {} attempts\", error.attempts().len()),".to_owned(),
                "    }".to_owned(),
                "}".to_owned(),
            ];
            self.example(it, &code);
        }
    }

    fn retries(&mut self, is_described: bool, plain: ChosenExample<'_>) {
        let first = match is_described {
            false => {
                "A call is retried up to twice by default, and only where that is safe: idempotent methods, and\n"
            }
            true => {
                "A call is retried as the API's document says, else up to twice, and only where that is safe: idempotent\n\
             methods, operations that the document says may be retried, and\n"
            }
        };
        self.section(
            "Retries and limits",
            &format!("{first}\
             others if the server cannot have acted. `Retry-After` is respected, and the client's retry\n\
             budget keeps retries from multiplying an outage. Options of a single call start with `with_`."),
        );
        let Some(it) = plain else { return };
        let mut code = vec![
            format!("use {}::client_runtime::RetryPolicy;", self.krate),
            "use std::time::Duration;".to_owned(),
            String::new(),
            "let client = Client::builder()".to_owned(),
        ];
        code.extend(it.0.credential.as_ref().map(|it| format!("    {it}")));
        let rest = [
            "    .timeout(Duration::from_secs(20))",
            "    .retry(RetryPolicy::default().max_retries(5))",
            "    .build()?;",
            "",
        ];
        code.extend(rest.map(str::to_owned));
        code.push(format!("let call = {};", it.1.call));
        code.push(
            "call.with_timeout(Duration::from_secs(2)).with_max_retries(0).send().await?;"
                .to_owned(),
        );
        self.example(it, &code);
    }

    fn streams(&mut self, events: ChosenExample<'_>, bytes: ChosenExample<'_>) {
        self.section(
            "Streaming",
            "Operations that respond with events return [`Events`](client_runtime::Events), a stream of typed\n\
             values. Operations that respond with bytes return a [`Download`](client_runtime::Download), read\n\
             chunk by chunk or saved to a file. Dropping either closes the connection. A request body can be\n\
             a stream or a file too: see [`RequestBody`](client_runtime::RequestBody).",
        );
        for it in [events, bytes].into_iter().flatten() {
            self.example(it, &it.1.code);
        }
    }

    fn testing(&mut self, plain: ChosenExample<'_>) {
        self.section(
            "Testing",
            "With the feature `testing`, `client_runtime::testing` has a transport that responds from a script,\n\
             without a network.",
        );
        if let Some(it) = plain {
            let credential = it.0.credential.as_deref().unwrap_or_default();
            let code = [
                format!("use {}::client_runtime::testing::{{Scripted, response}};", self.krate),
                String::new(),
                "let server = Scripted::new([response(404).json(r#\"{\"message\": \"no such thing\"}\"#)]);".to_owned(),
                format!("let client = Client::builder(){credential}.transport(server.clone()).build()?;"),
                format!("let error = {}.send().await.unwrap_err();", it.1.call),
                "assert_eq!(error.status().map(|it| it.as_u16()), Some(404));".to_owned(),
                "assert_eq!(server.requests().len(), 1);".to_owned(),
            ];
            let condition = format!("all(feature = \"{}\", feature = \"testing\")", it.0.module);
            self.example_if(&condition, it, &code);
        }
        self.text(
            "\nFor layers, transports, proxies, idempotency keys, waiting and all other features, see\n\
             [`client_runtime`].",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{RuntimeSource, Source, Text};

    fn client(vendor: &str, rest: &str) -> Output {
        let document = format!(
            "openapi: 3.0.3\ninfo: {{title: {vendor}, version: '1'}}\n\
             servers: [{{url: 'https://{vendor}.example'}}]\n{rest}"
        );
        let document = Text { name: "openapi.yaml".to_owned(), bytes: document.into_bytes() };
        let source = Source { vendor: vendor.to_owned(), document, ..Source::default() };
        crate::generate(&source).output.expect("the document has no errors")
    }

    #[test]
    fn an_example_has_a_credential_of_its_own_client_or_none() {
        let keyed =
            "paths: {}\ncomponents: {securitySchemes: {key: {type: http, scheme: bearer}}}\n";
        let open = "paths: {/things: {get: {operationId: things, responses: {'200': {description: ok, \
                    content: {application/json: {schema: {type: integer}}}}}}}}\n";
        let spec = CrateSpec::alone("both", RuntimeSource::Path("runtime".to_owned()));
        let lines = page(&spec, &[client("keyed", keyed), client("open", open)]);
        let with: Vec<_> = lines.iter().filter(|it| it.contains("\"secret\"")).collect();
        assert_eq!(with, ["let client = Client::builder().bearer_token(\"secret\").build()?;"]);
        let calls = lines.iter().filter(|it| it.contains("use both::open::Client"));
        assert_eq!(calls.count(), 4);
    }
}
