//! Streams of events and of lines.

mod decoder;
mod event;
mod lines;
mod resume;
mod sse;
mod values;
mod window;

pub(crate) use decoder::StreamFormat;
pub use event::Event;
pub(crate) use sse::Frame;

use crate::codec::{DONE, ReadAs, measure_fit};
use crate::error::{Error, ErrorKind, Result};
use crate::redact::redact;
use crate::response::{Content, ReceivedResponse, ResponseHead};
use crate::secret::Secret;
use crate::service::Service;
use crate::timeouts::TimeoutWatch;
use crate::transport::Body;
use decoder::StreamDecoder;
use futures_core::Stream;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use resume::Resume;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// A stream of events or lines, each read as a `T`.
///
/// It ends where the server ends it, at a sentinel, at `[DONE]` where that cannot be an item, and where it
/// breaks off. An item that is not what was declared is an error, and the next one follows. Dropping it
/// closes the connection. One that breaks off can be resumed: see
/// [`Call::with_resume`](crate::Call::with_resume).
pub struct Events<T> {
    stream: RawEvents,
    read: fn(Option<&str>, &str) -> Result<T, crate::codec::DecodeError>,
}

/// The stream of frames, without the type of the items.
struct RawEvents {
    body: Body,
    head: ResponseHead,
    watch: TimeoutWatch,
    decoder: StreamDecoder,
    service: &'static Service,
    operation: &'static str,
    sentinels: &'static [&'static str],
    /// True if events were expected, and JSON may come.
    may_be_json: bool,
    /// The largest item that is taken, in bytes.
    max: usize,
    format: StreamFormat,
    secrets: Vec<Secret>,
    last_id: String,
    retry: Option<Duration>,
    /// True once the caller has got an event.
    has_started: bool,
    resume: Option<Resume>,
    done: bool,
}

impl<T> Events<T> {
    pub(crate) fn new<C: ReadAs<T>>(response: ReceivedResponse, format: StreamFormat) -> Self
    where
        T: Send,
    {
        let (head, watch) = (response.head(), TimeoutWatch::new(&response.call));
        let shared = &*response.call.core.0;
        let max = shared.max_event_bytes;
        let decoder = StreamDecoder::new(format, max);
        let mime = head.headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
        let is_json = mime.is_some_and(|it| it.starts_with("application/json"));
        let may_be_json = is_json && format == StreamFormat::Sse;
        let (service, operation) = (shared.service, response.call.operation.id);
        let sentinels = response.call.operation.sentinels;
        let secrets = response.secrets();
        let resume = match format {
            StreamFormat::Sse => Resume::of(response.call),
            StreamFormat::Lines
            | StreamFormat::Values
            | StreamFormat::Array
            | StreamFormat::Text => None,
        };
        let body = match response.parts.content {
            Content::Bytes(bytes) => Body::from(bytes),
            Content::Stream(body) => body,
        };
        let stream = RawEvents {
            body,
            head,
            watch,
            decoder,
            service,
            operation,
            sentinels,
            may_be_json,
            max,
            format,
            secrets,
            last_id: String::new(),
            retry: None,
            has_started: false,
            resume,
            done: false,
        };
        let read = match format {
            StreamFormat::Sse => C::from_event,
            StreamFormat::Text => |_: Option<&str>, text: &str| C::from_text(text),
            StreamFormat::Lines | StreamFormat::Values | StreamFormat::Array => {
                |_: Option<&str>, text: &str| crate::codec::line::<C, T>(text)
            }
        };
        Self { stream, read }
    }

    /// The next event; `None` at the end of the stream.
    pub async fn next(&mut self) -> Option<Result<Event<T>>> {
        poll_fn(|cx| self.poll_event(cx)).await
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.stream.head.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.stream.head.headers
    }

    /// The id of the last event that had one; send it as the header `Last-Event-ID` to resume from
    /// there.
    pub fn last_event_id(&self) -> Option<&str> {
        (!self.stream.last_id.is_empty()).then_some(&*self.stream.last_id)
    }

    /// The time that the server asks to wait before connecting again.
    pub fn retry(&self) -> Option<Duration> {
        self.stream.retry
    }

    fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Event<T>>>> {
        loop {
            let Some(event) = ready!(self.stream.poll(cx)) else { return Poll::Ready(None) };
            let read = event.and_then(|event| self.item(event));
            if let Some(read) = read.transpose() {
                return Poll::Ready(Some(read));
            }
        }
    }

    /// Reads an item; `None` where a frame has no data.
    fn item(&mut self, frame: Frame) -> Result<Option<Event<T>>> {
        let name = frame.name.as_deref();
        let (value, fit) = measure_fit(|| (self.read)(name, &frame.data));
        if name == Some("error") && (value.is_err() || fit.unfamiliar() > 0) {
            return Err(self.stream.reported(&frame));
        }
        match value {
            Ok(_) if frame.may_be_cut() => Err(self.stream.truncated(&frame)),
            Ok(value) => {
                self.stream.note_event();
                Ok(Some(Event::new(value, frame)))
            }
            Err(_) if frame.data.trim() == DONE => {
                self.stream.close();
                Ok(None)
            }
            Err(_) if frame.truncated => Err(self.stream.truncated(&frame)),
            // An event may say no more than its name, which a type that has no texts does not hold.
            Err(_) if frame.data.is_empty() => Ok(None),
            Err(error) => Err(self.stream.undecodable(&frame, error)),
        }
    }
}

impl RawEvents {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame>>> {
        loop {
            if self.done {
                return Poll::Ready(None);
            }
            if let Some(response) = ready!(self.poll_resume(cx)) {
                match response {
                    Ok(response) => self.resume_with(response),
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
            match ready!(self.watch.poll(&mut self.body, cx)) {
                Some(Ok(bytes)) => {
                    self.expect_json(&bytes);
                    if let Err(max) = self.decoder.push(&bytes) {
                        return self.end(Error::new(
                            ErrorKind::TooLarge,
                            format!("an event is larger than {max} bytes"),
                        ));
                    }
                }
                Some(Err(_)) if self.start_resume() => {}
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

    /// A response of JSON in the place of events is read as what it is, so that an error in it does not pass for a
    /// stream without events.
    fn expect_json(&mut self, bytes: &[u8]) {
        let Some(first) = bytes.trim_ascii_start().first().filter(|_| self.may_be_json) else {
            return;
        };
        self.may_be_json = false;
        if matches!(first, b'{' | b'[') {
            self.decoder = StreamDecoder::new(StreamFormat::Values, self.max);
        }
    }

    fn end(&mut self, error: Error) -> Poll<Option<Result<Frame>>> {
        self.close();
        Poll::Ready(Some(Err(error.with_operation(self.operation))))
    }

    /// Starts to resume after the last event; false if its position is not known.
    fn start_resume(&mut self) -> bool {
        let id = Some(self.last_id.as_str()).filter(|it| !it.is_empty());
        let known = id.is_some() || !self.has_started;
        let Some(resume) = self.resume.as_mut().filter(|_| known) else { return false };
        resume.start(id, self.retry)
    }

    fn poll_resume(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<ReceivedResponse>>> {
        match &mut self.resume {
            Some(resume) => resume.poll(cx),
            None => Poll::Ready(None),
        }
    }

    /// Continues with another response. An event that the one before did not complete is dropped,
    /// and status 204 means that there are no more events.
    fn resume_with(&mut self, response: ReceivedResponse) {
        self.head = response.head();
        self.decoder = StreamDecoder::new(StreamFormat::Sse, self.max);
        self.secrets = response.secrets();
        self.done = self.head.status == StatusCode::NO_CONTENT;
        self.body = match response.parts.content {
            Content::Bytes(bytes) => Body::from(bytes),
            Content::Stream(body) => body,
        };
    }

    fn close(&mut self) {
        self.done = true;
        self.body = Body::empty();
    }

    /// Keeps ids and waiting times, and returns the events for the caller.
    fn accept(&mut self, event: Frame) -> Option<Frame> {
        if let Some(id) = &event.id {
            self.last_id.clone_from(id);
        }
        self.retry = event.retry.or(self.retry);
        let name = event.name.as_deref().unwrap_or("message");
        let data = event.data.trim();
        let ends = self.service.sentinels.contains(&data) || self.sentinels.contains(&data);
        // Any text may be an item.
        if ends && self.format != StreamFormat::Text {
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

    /// Records that the caller gets an event.
    fn note_event(&mut self) {
        self.has_started = true;
        if let Some(resume) = &mut self.resume {
            resume.note_event();
        }
    }

    /// The error that an event of that name reports, which the type of items does not know.
    fn reported(&self, frame: &Frame) -> Error {
        let shown = redact(frame.data.clone(), &self.secrets);
        let error =
            Error::new(ErrorKind::Stream, format!("the stream reports an error: {shown:.200}"));
        self.explain(error, frame)
    }

    /// The error for an item whose end did not come.
    fn truncated(&self, frame: &Frame) -> Error {
        let message = "the last item of the stream is cut off".to_owned();
        self.undecodable(frame, crate::codec::DecodeError::of_text(message))
    }

    fn undecodable(&self, event: &Frame, error: crate::codec::DecodeError) -> Error {
        let name = event.name.clone().map(|it| redact(it, &self.secrets));
        let named = name.map_or_else(String::new, |name| format!(" `{name:.60}`"));
        let error = error.redacted(&self.secrets);
        let message = format!("the event{named} is not what was declared: {}", error.message());
        self.explain(Error::decode(error).with_message(message), event)
    }

    /// Adds to an error what is known of the stream and of an item.
    fn explain(&self, error: Error, frame: &Frame) -> Error {
        let body = bytes::Bytes::copy_from_slice(frame.data.as_bytes());
        let (status, headers) = (self.head.status, self.head.headers.clone());
        error.with_operation(self.operation).with_response(status, headers, body, &self.secrets)
    }
}

impl<T> Unpin for Events<T> {}

impl<T> Stream for Events<T> {
    type Item = Result<Event<T>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_event(cx)
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("status", &self.stream.head.status).finish_non_exhaustive()
    }
}
