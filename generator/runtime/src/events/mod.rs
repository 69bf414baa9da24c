//! Streams of events and of lines.

mod lines;
mod resume;
mod sse;

pub(crate) use lines::Lines;
pub(crate) use sse::{Event, Sse};

use crate::codec::{DONE, ReadAs};
use crate::error::{Error, ErrorKind, Result};
use crate::redact::redact;
use crate::reply::{Content, Meta, Reply};
use crate::secret::Secret;
use crate::service::Service;
use crate::stall::Stall;
use crate::transport::Body;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use resume::Resume;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// How events stand in a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Sse,
    Lines,
}

/// A stream of events or lines, each read as a `T`.
///
/// It ends where the server ends it, at a sentinel, at `[DONE]` where that cannot be an item, and after
/// an error. Dropping it closes the connection. One that breaks off can be resumed: see
/// [`Call::with_resume`](crate::Call::with_resume).
pub struct Events<T> {
    stream: Raw,
    read: fn(&str) -> Result<T, crate::codec::DecodeError>,
}

/// The part that knows no type.
struct Raw {
    body: Body,
    meta: Meta,
    stall: Stall,
    decoder: Decoder,
    service: &'static Service,
    operation: &'static str,
    secrets: Vec<Secret>,
    last_id: String,
    retry: Option<Duration>,
    /// Whether the caller has got an event.
    begun: bool,
    resume: Option<Resume>,
    done: bool,
}

enum Decoder {
    Sse(Sse),
    Lines(Lines),
}

impl Decoder {
    fn next(&mut self) -> Option<Event> {
        match self {
            Self::Sse(sse) => sse.next(),
            Self::Lines(lines) => lines.next(),
        }
    }

    fn push(&mut self, bytes: &[u8]) -> Result<(), usize> {
        match self {
            Self::Sse(sse) => sse.push(bytes),
            Self::Lines(lines) => lines.push(bytes),
        }
    }

    /// What is left when the stream ends. An SSE event that was not closed by an empty line is no event.
    fn finish(&mut self) -> Option<Event> {
        match self {
            Self::Sse(_) => None,
            Self::Lines(lines) => lines.finish(),
        }
    }
}

impl<T> Events<T> {
    pub(crate) fn new<C: ReadAs<T>>(reply: Reply, format: Format) -> Self
    where
        T: Send,
    {
        let (meta, stall) = (reply.meta(), Stall::new(&reply.draft));
        let shared = &*reply.draft.core.0;
        let decoder = match format {
            Format::Sse => Decoder::Sse(Sse::new(shared.max_event_bytes)),
            Format::Lines => Decoder::Lines(Lines::new(shared.max_event_bytes)),
        };
        let (service, operation) = (shared.service, reply.draft.operation.id);
        let secrets = reply.secrets();
        let resume = match format {
            Format::Sse => Resume::of(reply.draft),
            Format::Lines => None,
        };
        let body = match reply.answer.content {
            Content::Bytes(bytes) => Body::from(bytes),
            Content::Stream(body) => body,
        };
        let stream = Raw {
            body,
            meta,
            stall,
            decoder,
            service,
            operation,
            secrets,
            last_id: String::new(),
            retry: None,
            begun: false,
            resume,
            done: false,
        };
        let read = match format {
            Format::Sse => C::from_text,
            Format::Lines => crate::codec::line::<C, T>,
        };
        Self { stream, read }
    }

    /// The next event; `None` at the end of the stream.
    pub async fn next(&mut self) -> Option<Result<T>> {
        poll_fn(|cx| self.poll_event(cx)).await
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.stream.meta.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.stream.meta.headers
    }

    /// The id of the last event that had one; send it as the header `Last-Event-ID` to go on from there.
    pub fn last_event_id(&self) -> Option<&str> {
        (!self.stream.last_id.is_empty()).then_some(&*self.stream.last_id)
    }

    /// How long the server asks to wait before connecting again.
    pub fn retry(&self) -> Option<Duration> {
        self.stream.retry
    }

    fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        loop {
            let Some(event) = ready!(self.stream.poll(cx)) else { return Poll::Ready(None) };
            let read = event.and_then(|event| match (self.read)(&event.data) {
                Ok(value) => {
                    self.stream.went_on();
                    Ok(Some(value))
                }
                Err(_) if event.data.trim() == DONE => {
                    self.stream.close();
                    Ok(None)
                }
                // An event may say no more than its name, which a type that has no texts does not hold.
                Err(_) if event.data.is_empty() => Ok(None),
                Err(error) => Err(self.stream.undecodable(&event, error)),
            });
            self.stream.done |= read.is_err();
            if let Some(read) = read.transpose() {
                return Poll::Ready(Some(read));
            }
        }
    }
}

impl Raw {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Event>>> {
        loop {
            if self.done {
                return Poll::Ready(None);
            }
            if let Some(answer) = ready!(self.resumed(cx)) {
                match answer {
                    Ok(reply) => self.go_on(reply),
                    Err(error) => {
                        self.close();
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                continue;
            }
            if let Some(event) = self.decoder.next() {
                match self.accept(event) {
                    Some(event) => return Poll::Ready(Some(Ok(event))),
                    None => continue,
                }
            }
            match ready!(self.stall.poll(&mut self.body, cx)) {
                Some(Ok(bytes)) => {
                    if let Err(max) = self.decoder.push(&bytes) {
                        return self.end(Error::new(
                            ErrorKind::TooLarge,
                            format!("an event is larger than {max} bytes"),
                        ));
                    }
                }
                Some(Err(_)) if self.resumes() => {}
                Some(Err(error)) => {
                    let kind =
                        if error.is_timeout() { ErrorKind::Timeout } else { ErrorKind::Stream };
                    return self.end(Error::new(kind, "the stream broke off").with_source(error));
                }
                None => {
                    self.done = true;
                    let last = self.decoder.finish().and_then(|it| self.accept(it));
                    return Poll::Ready(last.map(Ok));
                }
            }
        }
    }

    fn end(&mut self, error: Error) -> Poll<Option<Result<Event>>> {
        self.close();
        Poll::Ready(Some(Err(error.with_operation(self.operation))))
    }

    /// Starts to go on after the last event; whether it can be known where that is.
    fn resumes(&mut self) -> bool {
        let id = Some(self.last_id.as_str()).filter(|it| !it.is_empty());
        let known = id.is_some() || !self.begun;
        let Some(resume) = self.resume.as_mut().filter(|_| known) else { return false };
        resume.start(id, self.retry)
    }

    fn resumed(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Reply>>> {
        match &mut self.resume {
            Some(resume) => resume.poll(cx),
            None => Poll::Ready(None),
        }
    }

    /// Reads on in another answer. An event that was not closed in the one before is none, and no
    /// content says that there is nothing to go on with.
    fn go_on(&mut self, reply: Reply) {
        self.meta = reply.meta();
        self.decoder = Decoder::Sse(Sse::new(reply.draft.core.0.max_event_bytes));
        self.secrets = reply.secrets();
        self.done = self.meta.status == StatusCode::NO_CONTENT;
        self.body = match reply.answer.content {
            Content::Bytes(bytes) => Body::from(bytes),
            Content::Stream(body) => body,
        };
    }

    fn close(&mut self) {
        self.done = true;
        self.body = Body::empty();
    }

    /// Keeps what the stream says about itself; passes on what the caller wants.
    fn accept(&mut self, event: Event) -> Option<Event> {
        if let Some(id) = &event.id {
            self.last_id.clone_from(id);
        }
        self.retry = event.retry.or(self.retry);
        let name = event.name.as_deref().unwrap_or("message");
        if self.service.sentinels.contains(&event.data.trim()) {
            self.close();
            return None;
        }
        if !event.has_data || self.service.ignored_events.contains(&name) {
            return None;
        }
        if self.service.end_events.contains(&name) {
            self.close();
            return None;
        }
        Some(event)
    }

    /// Notes that the caller gets an event.
    fn went_on(&mut self) {
        self.begun = true;
        if let Some(resume) = &mut self.resume {
            resume.went_on();
        }
    }

    fn undecodable(&self, event: &Event, error: crate::codec::DecodeError) -> Error {
        let name = event.name.clone().map(|it| redact(it, &self.secrets));
        let named = name.map_or_else(String::new, |name| format!(" `{name:.60}`"));
        let body = bytes::Bytes::copy_from_slice(event.data.as_bytes());
        let error = error.redacted(&self.secrets);
        let message = format!("the event{named} is not what was declared: {}", error.message());
        Error::decode(error).with_message(message).with_operation(self.operation).with_response(
            self.meta.status,
            self.meta.headers.clone(),
            body,
            &self.secrets,
        )
    }
}

impl<T> Unpin for Events<T> {}

impl<T> Stream for Events<T> {
    type Item = Result<T>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_event(cx)
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("status", &self.stream.meta.status).finish_non_exhaustive()
    }
}
