//! The values in the examples of documentation: the document's own where it has some.

use super::example_expr::ExampleExpr;
use super::example_value::{example, text};
use super::{ArgumentPlan, BodyPlan, ContentPlan, OperationPlan, Passing, TypePlan};
use crate::ir::{Api, Operation};
use crate::load::Json;
use crate::lower::StatedExamples;

/// The values of an operation's example.
#[derive(Debug, Default)]
pub(crate) struct OperationExample {
    /// In the order of the parameters: as the call takes them, where one can be shown.
    pub(crate) params: Vec<Option<ExampleExpr>>,
    pub(crate) body: BodyExample,
}

/// The body of an operation's example.
#[derive(Debug, Default)]
pub(crate) enum BodyExample {
    /// None is asked for, or none can be shown.
    #[default]
    Nothing,
    /// An argument of the call.
    Argument(ExampleExpr),
    /// A variable that the call borrows.
    Borrowed(ExampleExpr),
    /// A variable that the call takes.
    Moved(ExampleExpr),
}

/// The sources of examples.
#[derive(Clone, Copy)]
pub(super) struct ExampleCx<'a> {
    pub(super) api: &'a Api,
    pub(super) types: &'a [TypePlan<'a>],
    pub(super) stated: StatedExamples<'a>,
}

/// The values of an operation's example.
pub(super) fn operation(
    cx: ExampleCx<'_>,
    operation: &Operation,
    plan: &OperationPlan<'_>,
) -> OperationExample {
    let params = plan.params.iter().zip(&operation.params).map(|(it, param)| {
        let is_shown = it.is_argument() || it.is_required();
        let stated = is_shown.then(|| cx.stated.at(&param.at))?;
        argument(cx, &it.value, it.ident.text(), stated.as_ref())
    });
    let body = plan.body_argument().and_then(|it| {
        let stated = cx.stated.of_body(&operation.at, it.mime);
        body(cx, it, stated.as_ref())
    });
    OperationExample { params: params.collect(), body: body.unwrap_or_default() }
}

/// An argument as a call takes it.
fn argument(
    cx: ExampleCx<'_>,
    it: &ArgumentPlan,
    name: &str,
    stated: Option<&Json>,
) -> Option<ExampleExpr> {
    match &it.passing {
        Passing::Str => Some(ExampleExpr::Word(text(name, stated))),
        Passing::Value => example(cx, &it.value.ty, name, stated),
        Passing::Reference => {
            Some(ExampleExpr::Items("&", vec![example(cx, &it.value.ty, name, stated)?], ""))
        }
        Passing::Slice(item) => {
            let item = example(cx, item, name, stated.and_then(|it| it.get(0)))?;
            Some(ExampleExpr::Items("&[", vec![item], "]"))
        }
    }
}

fn body(cx: ExampleCx<'_>, it: &BodyPlan<'_>, stated: Option<&Json>) -> Option<BodyExample> {
    let literal = || BodyExample::Argument(ExampleExpr::Word(text("text", stated)));
    Some(match &it.content {
        ContentPlan::Text => literal(),
        ContentPlan::Bytes => {
            let file = "runtime::RequestBody::file(\"path/to/file\")";
            BodyExample::Moved(ExampleExpr::Word(file.to_owned()))
        }
        ContentPlan::Multipart(ty, _) => BodyExample::Moved(example(cx, ty, "body", stated)?),
        ContentPlan::Parts => return None,
        ContentPlan::Json(it)
        | ContentPlan::Free(it, _)
        | ContentPlan::Nullable(it)
        | ContentPlan::Values(it, _)
        | ContentPlan::Form(it, _) => match &it.passing {
            Passing::Str => literal(),
            Passing::Slice(item) => {
                let item = example(cx, item, "item", stated.and_then(|it| it.get(0)))?;
                BodyExample::Borrowed(ExampleExpr::Items("[", vec![item], "]"))
            }
            Passing::Reference => BodyExample::Borrowed(example(cx, &it.value.ty, "body", stated)?),
            Passing::Value => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use crate::{Source, Text, generate};

    const SCHEMAS: &str = "
components:
  schemas:
    Job:
      type: object
      required: [name, size, kind, tags]
      properties:
        name: {type: string, example: nightly}
        size: {type: integer, format: int32}
        kind: {$ref: '#/components/schemas/Kind'}
        tags: {type: array, items: {type: string}}
        note: {type: string, example: by hand}
        seed: {type: integer, default: 7, example: 7}
        other: {type: string}
    Kind: {type: string, enum: [small, large]}
    Step: {oneOf: [{$ref: '#/components/schemas/Wait'}, {type: string, enum: [stop]}]}
    Wait: {type: object, required: [seconds], properties: {seconds: {type: integer}}}
";

    /// The lines that an example of one operation shows.
    fn shown(operation: &str) -> Vec<String> {
        let document = format!(
            "openapi: 3.0.3\ninfo: {{title: test, version: '1'}}\n\
             servers: [{{url: 'https://acme.example'}}]\npaths:\n  /jobs/{{id}}:\n    {operation}\n{SCHEMAS}"
        );
        let document = Text { name: "openapi.yaml".to_owned(), bytes: document.into_bytes() };
        let krate = Some("acme".to_owned());
        let source = Source { vendor: "acme".to_owned(), document, krate, ..Source::default() };
        let output = generate(&source).output.expect("the document has no errors");
        let file = output.files.iter().find(|it| it.text.contains("/// # async fn example"));
        let text = &file.expect("a file has the operation").text;
        let lines = text.lines().map(|it| it.trim_start().trim_start_matches("/// "));
        let lines = lines.skip_while(|it| !it.starts_with("# async fn")).skip(1);
        lines.take_while(|it| *it != "# Ok(())").map(str::to_owned).collect()
    }

    const PARAM: &str = "parameters: [{name: id, in: path, required: true, schema: {type: string, example: j_1}}], \
                         responses: {'204': {description: done}}";

    #[test]
    fn a_body_has_the_examples_of_its_properties_and_defaults_are_left_out() {
        let body = "requestBody: {required: true, content: {application/json: {schema: \
                    {$ref: '#/components/schemas/Job'}}}}";
        let lines = shown(&format!("put: {{operationId: put_job, {body}, {PARAM}}}"));
        let wanted = [
            "let body = types::Job::new(",
            "    \"nightly\",",
            "    1,",
            "    types::Kind::Small,",
            "    vec![\"tags\".to_owned()],",
            ")",
            "    .note(\"by hand\");",
            "client.jobs().update(\"j_1\", &body).send().await?;",
        ];
        assert_eq!(lines, wanted);
    }

    #[test]
    fn an_example_of_a_media_type_wins_and_sets_what_it_has() {
        let body = "requestBody: {required: true, content: {application/json: {schema: \
                    {$ref: '#/components/schemas/Job'}, examples: {one: {value: {name: first, \
                    size: 2, kind: large, tags: [a], seed: 1}}}}}}";
        let lines = shown(&format!("put: {{operationId: put_job, {body}, {PARAM}}}"));
        let head =
            "let body = types::Job::new(\"first\", 2, types::Kind::Large, vec![\"a\".to_owned()])";
        let wanted = [
            head,
            "    .note(\"by hand\")",
            "    .seed(1);",
            "client.jobs().update(\"j_1\", &body).send().await?;",
        ];
        assert_eq!(lines.join("\n").replace("(\n    ", "("), wanted.join("\n"));
    }

    #[test]
    fn an_object_that_is_a_variant_is_not_boxed_by_hand() {
        let body = "requestBody: {required: true, content: {application/json: {schema: \
                    {type: array, items: {$ref: '#/components/schemas/Step'}}}}}";
        let lines = shown(&format!("put: {{operationId: put_job, {body}, {PARAM}}}"));
        let wanted = [
            "let body = [types::Step::from(types::Wait::new(1))];",
            "client.jobs().update(\"j_1\", &body).send().await?;",
        ];
        assert_eq!(lines, wanted);
    }

    #[test]
    fn text_that_would_leave_the_code_or_is_long_gives_way_to_the_name() {
        for text in ["```", "a\u{202e}b", "", &"x".repeat(41)] {
            let stated = serde_json::Value::from(text);
            assert_eq!(super::text("r#type", Some(&stated)), "\"type\"");
        }
        let stated = serde_json::Value::from("say \"hi\" in Tōkyō");
        assert_eq!(super::text("name", Some(&stated)), "\"say \\\"hi\\\" in Tōkyō\"");
    }
}
