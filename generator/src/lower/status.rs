//! The kinds of response of one status of success.

use super::accept::{self, ContentEntry};
use super::media::{self, Media};
use super::response::{entries, entry_type};
use super::streaming::{self, StreamHint};
use super::{LowerCx, event};
use crate::diag::NOT_EXPRESSED;
use crate::ir::{ItemFraming, Success, Terminal};
use crate::load::{NodeRef, Reported};
use std::collections::HashSet;

/// The kinds of response of one status.
pub(super) struct StatusResponse<'a> {
    pub(super) status: String,
    pub(super) success: Success,
    pub(super) accept: Vec<&'a str>,
    pub(super) terminals: Vec<Terminal>,
    pub(super) sentinels: Vec<&'a str>,
    pub(super) spot: NodeRef<'a>,
}

/// The limits of the kinds that can be asked for.
pub(super) struct Asked<'h, 'a> {
    /// The words of extensions and client.yaml about a stream.
    pub(super) hint: Option<&'h StreamHint<'a>>,
    /// `true` if a stream is always asked for, `false` if it never is.
    pub(super) only: Option<bool>,
    /// True if there is only one success status. Where there are several, the status tells text and bytes apart.
    pub(super) is_alone: bool,
}

impl Asked<'_, '_> {
    /// The method that asks for a kind of response besides the first, if there is one.
    fn method(&self, kind: Media) -> Option<&'static str> {
        let is_asked = self.only.is_none_or(|it| it == is_stream(kind));
        let is_asked = is_asked && (self.is_alone || is_stream(kind));
        method(kind).filter(|_| is_asked)
    }
}

/// The response of a status, and the other kinds that can be asked for.
pub(super) fn answer<'a>(
    cx: &mut LowerCx<'a>,
    status: &str,
    spot: NodeRef<'a>,
    asked: &Asked<'_, 'a>,
) -> Result<StatusResponse<'a>, Reported> {
    let mut entries = entries(cx, &spot)?;
    if asked.only == Some(true) {
        entries.sort_by_key(|it| !is_stream(it.0));
    }
    let used = accept::like_the_first(&entries);
    let sentinels = entries.iter().filter_map(|it| streaming::sentinel(&it.2)).collect();
    let (status, accept, terminals) = (status.to_owned(), used.clone(), Vec::new());
    let success = Success::Nothing;
    let mut answer = StatusResponse { status, success, accept, terminals, sentinels, spot };
    if let Some(first) = entries.first() {
        report_unread(cx, &entries, &used);
        match asked.hint {
            Some(hint) if !entries.iter().any(|it| is_stream(it.0)) => {
                hinted(cx, hint, first, &mut answer)?;
            }
            Some(_) | None => answer.success = response(cx, first)?,
        }
    }
    let own = entries.first().and_then(|it| method(it.0));
    let (here, rest) = split(entries, &used);
    use_all(&here);
    others(cx, asked, own, rest, &mut answer)?;
    Ok(answer)
}

/// Adds the kinds that can be asked for besides the first, one for each method. Entries that no method asks for are
/// reported.
fn others<'a>(
    cx: &mut LowerCx<'a>,
    asked: &Asked<'_, 'a>,
    own: Option<&'static str>,
    mut rest: Vec<ContentEntry<'a>>,
    answer: &mut StatusResponse<'a>,
) -> Result<(), Reported> {
    let mut taken: Vec<_> =
        own.into_iter().chain(answer.terminals.iter().map(Terminal::method)).collect();
    loop {
        let free = |it: &ContentEntry<'_>| asked.method(it.0).filter(|it| !taken.contains(it));
        let Some((index, method)) =
            rest.iter().enumerate().find_map(|(index, it)| Some((index, free(it)?)))
        else {
            break;
        };
        taken.push(method);
        let used = accept::like_the_first(&rest[index..]);
        let (like, others) = split(rest, &used);
        rest = others;
        report_unread(cx, &like, &used);
        let response = response(cx, &like[0])?;
        let accept = accept::header(used.iter().copied()).unwrap_or_default();
        answer.terminals.push(Terminal { response, accept, setting: None });
        use_all(&like);
    }
    for (_, mime, entry) in &rest {
        let message = format_args!("an answer of `{mime}` is not asked for");
        cx.sink.report(&NOT_EXPRESSED, &entry.at, message);
        entry.pass_over();
    }
    Ok(())
}

/// The entries of these media types, and the others.
fn split<'a>(
    entries: Vec<ContentEntry<'a>>,
    used: &[&str],
) -> (Vec<ContentEntry<'a>>, Vec<ContentEntry<'a>>) {
    let used: HashSet<_> = used.iter().collect();
    entries.into_iter().partition(|it| used.contains(&it.1))
}

/// The kinds of a response that may be a stream, by an extension or client.yaml.
fn hinted<'a>(
    cx: &mut LowerCx<'a>,
    hint: &StreamHint<'a>,
    first: &ContentEntry<'a>,
    answer: &mut StatusResponse<'a>,
) -> Result<(), Reported> {
    match hint.stream(cx, first)? {
        Some((stream, accept)) if !hint.is_beside() => {
            answer.success = stream;
            answer.accept = vec![accept];
        }
        stream => {
            answer.success = match hint.whole(cx)? {
                Some(whole) => {
                    first.2.pass_over();
                    whole
                }
                None => response(cx, first)?,
            };
            let terminal = |(response, accept): (Success, &str)| Terminal {
                response,
                accept: accept.to_owned(),
                setting: None,
            };
            answer.terminals.extend(stream.map(terminal));
        }
    }
    Ok(())
}

/// The method that asks for a kind of response.
fn method(kind: Media) -> Option<&'static str> {
    match kind {
        Media::Events => Some("send_events"),
        Media::Lines | Media::Sequence => Some("send_lines"),
        Media::Bytes => Some("send_bytes"),
        Media::Text => Some("send_text"),
        Media::Json | Media::Any | Media::Multipart | Media::Form | Media::Foreign => None,
    }
}

/// Marks what is asked for as used; after the first, each says what that says.
fn use_all(entries: &[ContentEntry<'_>]) {
    for (index, (kind, _, entry)) in entries.iter().enumerate() {
        entry.use_it();
        if index > 0 && !is_stream(*kind) {
            entry.pass_over();
        }
    }
}

/// The kind of response that an entry of `content` describes.
fn response<'a>(
    cx: &mut LowerCx<'a>,
    (kind, _, entry): &ContentEntry<'a>,
) -> Result<Success, Reported> {
    Ok(match kind {
        Media::Json => Success::Json(entry_type(cx, entry)?),
        Media::Events => Success::Events(event::carried(cx, entry)?),
        Media::Lines | Media::Sequence => {
            Success::Lines(event::line(cx, entry)?, ItemFraming::Lines)
        }
        Media::Text | Media::Foreign => Success::Text,
        Media::Bytes | Media::Any | Media::Multipart | Media::Form => Success::Bytes,
    })
}

/// True if a value arrives as a stream.
fn is_stream(kind: Media) -> bool {
    matches!(kind, Media::Events | Media::Lines | Media::Sequence)
}

/// Tells what is not read of the schemas of media types that are given as text or bytes, as the first is.
fn report_unread<'a>(cx: &mut LowerCx<'a>, entries: &[ContentEntry<'a>], used: &[&str]) {
    let given = match entries.first() {
        Some((Media::Text, ..)) => "given as text",
        Some((Media::Bytes | Media::Any | Media::Multipart | Media::Form, ..)) => "given as bytes",
        Some((Media::Foreign, mime, entry)) => {
            let message = format_args!("an answer of `{mime}` is given as text");
            cx.sink.report(&NOT_EXPRESSED, &entry.at, message);
            entry.pass_over();
            return;
        }
        Some((Media::Json | Media::Events | Media::Lines | Media::Sequence, ..)) | None => return,
    };
    let used: HashSet<_> = used.iter().collect();
    for (_, mime, entry) in entries.iter().filter(|it| used.contains(&it.1)) {
        media::report_unused(cx, mime, entry, given);
    }
}

/// All that can be asked for besides the first, each kind once.
pub(super) fn terminals(answers: &mut [StatusResponse<'_>]) -> Vec<Terminal> {
    let mut terminals: Vec<Terminal> = Vec::new();
    for it in answers.iter_mut().flat_map(|it| std::mem::take(&mut it.terminals)) {
        if !terminals.iter().any(|known| known.method() == it.method()) {
            terminals.push(it);
        }
    }
    terminals
}

/// All that ends streams.
pub(super) fn sentinels(
    hint: Option<&StreamHint<'_>>,
    answers: &[StatusResponse<'_>],
) -> Vec<String> {
    let mut sentinels: Vec<_> = hint.map(|it| it.sentinels().to_vec()).unwrap_or_default();
    for it in answers.iter().flat_map(|it| &it.sentinels) {
        if !sentinels.iter().any(|known| known == it) {
            sentinels.push((*it).to_owned());
        }
    }
    sentinels
}
