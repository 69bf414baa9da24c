//! Responses: what success looks like, and what errors carry.

use super::accept::{self, ContentEntry};
use super::media::{self, Media, essence, media};
use super::schema::schema;
use super::status::{self, Asked, StatusResponse, answer};
use super::streaming::{self, StreamHint};
use super::terminals::{self, RequestInputs, Switch};
use super::through::types;
use super::{LowerCx, errors, event, origin, response_header};
use crate::diag::{INVALID, NO_EFFECT, NOT_EXPRESSED};
use crate::ir::{
    Docs, ErrorCase, Method, OutcomeBody, OutcomeCase, Shape, Success, Terminal, Type, TypeDef,
};
use crate::load::{NodeRef, Reported};

/// The number of references through which the types of a schema are looked for.
const MAX_DEPTH: u8 = 16;

/// The possible responses of an operation.
pub(super) struct Responses {
    pub(super) success: Success,
    /// The other kinds that a call can ask for.
    pub(super) terminals: Vec<Terminal>,
    /// Texts that end its streams.
    pub(super) sentinels: Vec<String>,
    pub(super) errors: Vec<ErrorCase>,
    /// The media types to ask for.
    pub(super) accept: Option<String>,
    /// Headers declared for success.
    pub(super) headers: Vec<(String, Option<String>)>,
}

/// Lowers the responses of an operation.
pub(super) fn of<'a>(
    cx: &mut LowerCx<'a>,
    operation: &NodeRef<'a>,
    method: Method,
    request: RequestInputs<'_>,
    hint: Option<&StreamHint<'a>>,
) -> Result<Responses, Reported> {
    let switch = terminals::switch(cx, request, hint);
    let only = switch.as_ref().and_then(Switch::only);
    let all: Vec<_> =
        operation.entries("responses").filter(|(it, _)| !it.starts_with("x-")).collect();
    let successes = all.iter().filter(|(status, _)| status.starts_with('2')).count();
    let asked = Asked { hint, only, is_alone: successes < 2 };
    let any_success = all.iter().any(|(status, _)| status.starts_with('2'));
    let mut answers = Vec::new();
    let mut errors = Vec::new();
    let mut headers = Vec::new();
    for (status, spot) in all {
        if !errors::is_status(status) {
            errors::no_status(cx, status, &spot);
            continue;
        }
        let spot = cx.document.resolve(spot, cx.sink)?;
        has_form(cx, &spot)?;
        spot.use_it();
        let good = status.starts_with('2') || (status == "default" && !any_success);
        if good {
            headers.extend(response_header::declared(cx, &spot));
            let without = without_body(method, status);
            answers.push(match without {
                true => bodiless(cx, status, spot, method)?,
                false => answer(cx, status, spot, &asked)?,
            });
        } else if !status.starts_with(['1', '3']) {
            response_header::declared(cx, &spot);
            errors.push(errors::error(cx, status, &spot, method));
        } else {
            errors::passing(cx, status, &spot);
        }
    }
    let stream = answers.iter().find(|it| outcome(&it.success).is_none());
    let accept = match stream {
        Some(it) => accept::header(it.accept.iter().copied()),
        None => accept::header(answers.iter().flat_map(|it| it.accept.iter().copied())),
    };
    let terminals = status::terminals(&mut answers);
    let sentinels = status::sentinels(hint, &answers);
    let success = combine(cx, operation, answers);
    streaming::check(cx, operation, hint, switch.as_ref());
    Ok(Responses { success, terminals, sentinels, errors, accept, headers })
}

/// A response must be an object, and so must its `content`: else nothing would be known of the
/// response, and it would pass for one without content.
fn has_form(cx: &mut LowerCx<'_>, spot: &NodeRef<'_>) -> Result<(), Reported> {
    let content = spot.child("content");
    for it in [Some(spot), content.as_ref()].into_iter().flatten() {
        if !it.is_object() && !it.is_null() {
            let message = "an object is expected here";
            cx.sink.report(&INVALID, &it.at, message);
            return Err(Reported);
        }
    }
    Ok(())
}

/// True if a response of a status has no body, whatever its `content` says (RFC 9110, 9.3.2 and 15.3).
fn without_body(method: Method, status: &str) -> bool {
    method == Method::Head || matches!(status, "204" | "205")
}

/// A response without a body. For HEAD, `content` says what GET would bring; elsewhere it is a slip.
fn bodiless<'a>(
    cx: &mut LowerCx<'a>,
    status: &str,
    spot: NodeRef<'a>,
    method: Method,
) -> Result<StatusResponse<'a>, Reported> {
    let entries = entries(cx, &spot)?;
    let accept = accept::like_the_first(&entries);
    if let Some(content) = spot.child("content").inspect(NodeRef::pass_over)
        && method != Method::Head
        && !entries.is_empty()
    {
        let message = format_args!("a response of status {status} has no body");
        cx.sink.report(&NO_EFFECT, &content.at, message);
    }
    let accept = if method == Method::Head { accept } else { Vec::new() };
    let (status, success) = (status.to_owned(), Success::Nothing);
    let (terminals, sentinels) = (Vec::new(), Vec::new());
    Ok(StatusResponse { status, success, accept, terminals, sentinels, spot })
}

/// The entries of `content`, the one that is read first.
pub(super) fn entries<'a>(
    cx: &mut LowerCx<'a>,
    spot: &NodeRef<'a>,
) -> Result<Vec<ContentEntry<'a>>, Reported> {
    let entries = cx.document.contents(spot, cx.sink)?.into_iter();
    let mut entries: Vec<_> = entries.map(|(mime, it)| (kind(cx, mime, &it), mime, it)).collect();
    // The order in which a document lists them says nothing.
    entries.sort_by_key(|(kind, mime, _)| (rank(*kind), *mime != "application/json", *mime));
    Ok(entries)
}

/// Which of several answers is asked for: the first by rank.
fn rank(kind: Media) -> u8 {
    match kind {
        Media::Json => 0,
        Media::Bytes | Media::Any => 1,
        Media::Events => 2,
        Media::Lines | Media::Sequence => 3,
        Media::Text => 4,
        Media::Multipart => 5,
        Media::Form => 6,
        Media::Foreign => 7,
    }
}

/// The kind of an entry of `content`.
fn kind<'a>(cx: &LowerCx<'a>, mime: &str, entry: &NodeRef<'a>) -> Media {
    let inner = entry.child("schema");
    let binary = media::is_binary(cx, entry);
    let by_schema = || match &inner {
        None => Media::Bytes,
        Some(_) if binary => Media::Bytes,
        Some(it) => match &types(cx, it, MAX_DEPTH)[..] {
            [first, others @ ..] if first == "string" && others.iter().all(|it| it == first) => {
                Media::Text
            }
            _ => Media::Json,
        },
    };
    match media(mime) {
        Media::Json | Media::Text if binary => Media::Bytes,
        Media::Lines | Media::Sequence if binary && !event::has_lines(entry) => Media::Bytes,
        Media::Any => by_schema(),
        // A range says nothing of the form of what comes.
        Media::Text if essence(mime) == "text/*" && inner.is_some() => by_schema(),
        other => other,
    }
}

/// The type of an entry's value as a whole.
pub(super) fn entry_type<'a>(cx: &mut LowerCx<'a>, entry: &NodeRef<'a>) -> Result<Type, Reported> {
    match entry.child("schema") {
        Some(it) => Ok(schema(cx, &it)?.whole()),
        None => Ok(Type::Json),
    }
}

/// One success of many: the only one, a stream, or a choice by status.
fn combine<'a>(
    cx: &mut LowerCx<'a>,
    operation: &NodeRef<'a>,
    answers: Vec<StatusResponse<'a>>,
) -> Success {
    let Some(first) = answers.first() else { return Success::Nothing };
    if answers.iter().all(|it| same(&it.success, &first.success)) {
        return first.success.clone();
    }
    let stream = answers.iter().position(|it| outcome(&it.success).is_none());
    if let Some(index) = stream {
        for (other, answer) in answers.iter().enumerate() {
            if other != index {
                let message = "an answer beside a stream is given as an error";
                cx.sink.report(&NOT_EXPRESSED, &answer.spot.at, message);
            }
        }
        return answers[index].success.clone();
    }
    let case = |answer: StatusResponse<'a>| OutcomeCase {
        body: outcome(&answer.success).expect("streams were dealt with above"),
        status: answer.status,
        docs: words(&answer.spot),
        at: answer.spot.at,
    };
    let at = operation.at.child("outcome");
    let origin = origin::of(cx, &at);
    let id = cx.define(TypeDef {
        origin,
        docs: Docs::default(),
        shape: Shape::Outcome(answers.into_iter().map(case).collect()),
        wish: None,
        at,
    });
    Success::Outcome(id)
}

/// The description of a response.
pub(super) fn words(spot: &NodeRef<'_>) -> Option<String> {
    let said = spot.text("description").map(str::trim).filter(|it| !it.is_empty());
    said.map(str::to_owned)
}

fn outcome(success: &Success) -> Option<OutcomeBody> {
    match success {
        Success::Nothing => Some(OutcomeBody::Nothing),
        Success::Json(ty) => Some(OutcomeBody::Json(ty.clone())),
        Success::Text => Some(OutcomeBody::Text),
        Success::Bytes => Some(OutcomeBody::Bytes),
        Success::Events(_) | Success::Lines(..) | Success::Outcome(_) | Success::Socket(_) => None,
    }
}

fn same(one: &Success, other: &Success) -> bool {
    match (outcome(one), outcome(other)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}
