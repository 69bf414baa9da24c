//! Responses to the calls of an operation, made of the values that it gives.

use super::mock_response::{MockResponse, response};
use super::operation_responses::OperationAddress;
use super::scripted::Scripted;
use crate::call::Call;
use crate::codec::{
    DecodeError, Encode, Json, List, ReadAs, WriteAs, coded, from_slice_as, to_vec,
};
use crate::page::Paged;
use crate::response_format::{
    BytesFormat, EmptyFormat, JsonArrayFormat, JsonFormat, JsonLinesFormat, JsonValuesFormat,
    PageFormat, SseFormat, TextFormat, TextLinesFormat,
};
use crate::send::url;
use bytes::Bytes;
use std::marker::PhantomData;

/// A call that responses can be scripted for: every call of a generated client.
pub trait MockedCall {
    /// The format of its response.
    type Format;
    /// The call itself.
    fn into_call(self) -> Call;
}

impl MockedCall for Call {
    type Format = JsonFormat<Json>;

    fn into_call(self) -> Call {
        self
    }
}

/// A format that responses can be made in.
pub trait MockedFormat {
    /// The content of a response.
    type Content;
    /// A successful response with this content.
    fn mock(content: Self::Content) -> MockResponse;
}

/// A format whose content can be written down as JSON: one value, or an array of the items of a stream.
pub trait MockedJson: MockedFormat {
    /// Reads the content.
    ///
    /// # Errors
    /// JSON that does not fit.
    fn read(json: &[u8]) -> Result<Self::Content, DecodeError>;
}

/// The responses to the calls of an operation, each used once, in order.
pub struct OperationScript<F> {
    server: Scripted,
    address: OperationAddress,
    format: PhantomData<F>,
}

impl Scripted {
    /// Scripts the responses to an operation: to the calls with this method and path, whatever else they have.
    ///
    /// ```text
    /// server.on(client.datasets().get("ds_1")).returns(Dataset::new("ds_1"));
    /// ```
    ///
    /// # Panics
    /// If the call lacks a parameter of its path.
    #[must_use = "a call has no response until one is scripted"]
    pub fn on<C: MockedCall>(&self, call: C) -> OperationScript<C::Format> {
        OperationScript::new(self.clone(), &call.into_call())
    }
}

impl<F> OperationScript<F> {
    fn new(server: Scripted, call: &Call) -> Self {
        let (url, _) = url(&call.0).unwrap_or_else(|error| panic!("{error}"));
        let path = url.parse::<http::Uri>().map(|it| it.path().to_owned());
        let address = OperationAddress {
            operation: call.0.operation.id,
            method: call.0.method.to_http(),
            path: path.unwrap_or_else(|error| panic!("`{url}`: {error}")),
        };
        Self { server, address, format: PhantomData }
    }

    /// Adds any response: an error, a header, another kind of content, a socket.
    #[expect(clippy::return_self_not_must_use, reason = "it is done at once")]
    pub fn responds(self, response: MockResponse) -> Self {
        self.server.add(&self.address, Some(response));
        self
    }

    /// Gives the last response again and again.
    pub fn repeats(self) {
        self.server.add(&self.address, None);
    }
}

impl<F: MockedFormat> OperationScript<F> {
    /// Adds a successful response: a value, a page, the items of a stream, bytes or text.
    #[expect(clippy::return_self_not_must_use, reason = "it is done at once")]
    pub fn returns(self, content: F::Content) -> Self {
        self.responds(F::mock(content))
    }
}

impl<F: MockedJson> OperationScript<F> {
    /// Adds a successful response whose content is written down as JSON: a value, a page, or an array of the items of
    /// a stream. What the client's types have no place for is left out.
    ///
    /// # Panics
    /// If the JSON does not fit the types of the operation.
    #[expect(clippy::return_self_not_must_use, reason = "it is done at once")]
    pub fn returns_json(self, json: &str) -> Self {
        let content = F::read(json.as_bytes());
        let name = self.address.operation;
        self.returns(content.unwrap_or_else(|error| panic!("no response of `{name}`: {error}")))
    }
}

/// A value as JSON.
fn json(value: &dyn Encode) -> Bytes {
    Bytes::from(to_vec(value).expect("a value of a test can be written"))
}

fn body(content_type: &str, bytes: impl Into<Bytes>) -> MockResponse {
    response(200).header("content-type", content_type).chunk(bytes)
}

/// The items of a stream, one chunk each.
fn items<C: WriteAs<T>, T>(
    content_type: &str,
    (before, after): (&str, &str),
    items: &[T],
) -> MockResponse {
    let mut response = response(200).header("content-type", content_type);
    for item in items {
        let json = json(&coded::<C, T>(item));
        let chunk = [before.as_bytes(), &json, after.as_bytes()].concat();
        response = response.chunk(chunk);
    }
    response
}

impl<C: WriteAs<T>, T> MockedFormat for JsonFormat<T, C> {
    type Content = T;

    fn mock(content: T) -> MockResponse {
        body("application/json", json(&coded::<C, T>(&content)))
    }
}

impl<O: Paged> MockedFormat for PageFormat<O>
where
    O::Page: Encode,
{
    type Content = O::Page;

    fn mock(content: O::Page) -> MockResponse {
        body("application/json", json(&content))
    }
}

impl MockedFormat for EmptyFormat {
    type Content = ();

    fn mock((): ()) -> MockResponse {
        response(204)
    }
}

impl MockedFormat for BytesFormat {
    type Content = Bytes;

    fn mock(content: Bytes) -> MockResponse {
        body("application/octet-stream", content)
    }
}

impl MockedFormat for TextFormat {
    type Content = String;

    fn mock(content: String) -> MockResponse {
        body("text/plain; charset=utf-8", content)
    }
}

impl<C: WriteAs<T>, T> MockedFormat for SseFormat<T, C> {
    type Content = Vec<T>;

    fn mock(content: Vec<T>) -> MockResponse {
        items::<C, T>("text/event-stream", ("data: ", "\n\n"), &content)
    }
}

impl<C: WriteAs<T>, T> MockedFormat for JsonLinesFormat<T, C> {
    type Content = Vec<T>;

    fn mock(content: Vec<T>) -> MockResponse {
        items::<C, T>("application/x-ndjson", ("", "\n"), &content)
    }
}

impl<C: WriteAs<T>, T> MockedFormat for JsonValuesFormat<T, C> {
    type Content = Vec<T>;

    fn mock(content: Vec<T>) -> MockResponse {
        items::<C, T>("application/json", ("", "\n"), &content)
    }
}

impl<C: WriteAs<T>, T> MockedFormat for JsonArrayFormat<T, C> {
    type Content = Vec<T>;

    fn mock(content: Vec<T>) -> MockResponse {
        let mut all = vec![b'['];
        for (index, item) in content.iter().enumerate() {
            all.extend((index > 0).then_some(b','));
            all.extend(json(&coded::<C, T>(item)));
        }
        all.push(b']');
        body("application/json", all)
    }
}

/// The format of a response that opens a socket.
#[cfg(feature = "websocket")]
#[derive(Debug)]
pub struct SocketFormat;

#[cfg(feature = "websocket")]
impl MockedFormat for SocketFormat {
    type Content = super::ScriptedSocket;

    fn mock(content: super::ScriptedSocket) -> MockResponse {
        response(101).socket(&content)
    }
}

impl MockedFormat for TextLinesFormat {
    type Content = Vec<String>;

    fn mock(content: Vec<String>) -> MockResponse {
        let lines = content.iter().map(|it| format!("{it}\n"));
        lines.fold(response(200).header("content-type", "text/plain"), MockResponse::chunk)
    }
}

impl<C: ReadAs<T> + WriteAs<T>, T: Send> MockedJson for JsonFormat<T, C> {
    fn read(json: &[u8]) -> Result<T, DecodeError> {
        from_slice_as::<C, T>(json)
    }
}

impl<O: Paged> MockedJson for PageFormat<O>
where
    O::Page: Encode,
{
    fn read(json: &[u8]) -> Result<O::Page, DecodeError> {
        O::read(json)
    }
}

impl<C: ReadAs<T> + WriteAs<T>, T: Send> MockedJson for SseFormat<T, C> {
    fn read(json: &[u8]) -> Result<Vec<T>, DecodeError> {
        from_slice_as::<List<C>, Vec<T>>(json)
    }
}

impl<C: ReadAs<T> + WriteAs<T>, T: Send> MockedJson for JsonLinesFormat<T, C> {
    fn read(json: &[u8]) -> Result<Vec<T>, DecodeError> {
        from_slice_as::<List<C>, Vec<T>>(json)
    }
}

impl<C: ReadAs<T> + WriteAs<T>, T: Send> MockedJson for JsonValuesFormat<T, C> {
    fn read(json: &[u8]) -> Result<Vec<T>, DecodeError> {
        from_slice_as::<List<C>, Vec<T>>(json)
    }
}

impl<C: ReadAs<T> + WriteAs<T>, T: Send> MockedJson for JsonArrayFormat<T, C> {
    fn read(json: &[u8]) -> Result<Vec<T>, DecodeError> {
        from_slice_as::<List<C>, Vec<T>>(json)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Scripted, response};
    use crate::codec::Json;
    use crate::tests::{SERVICE, now};
    use crate::{Builder, Core, Method, Operation};

    static GET: Operation = Operation::new("getItem", Method::Get, "/items/{id}");
    static LIST: Operation = Operation::new("listItems", Method::Get, "/items");

    fn client(server: &Scripted) -> Core {
        let builder = Builder::new(&SERVICE).environment(|_| None).transport(server.clone());
        builder.build().unwrap()
    }

    #[test]
    fn each_operation_and_path_has_responses_of_its_own() {
        let server = Scripted::new([response(200).json("9")]);
        let client = client(&server);
        let item = |id: &str| client.call(&GET).path("id", &id);
        server.on(item("a b")).returns(Json::from(1)).returns(Json::from(2));
        server.on(client.call(&LIST)).returns(Json::from(3)).repeats();
        let value = |call: crate::Call| now(call.send()).unwrap();
        assert_eq!(value(client.call(&LIST).query("page", &1)), 3);
        assert_eq!(value(item("a b")), 1);
        assert_eq!(value(item("c")), 9);
        assert_eq!(server.left(), 2);
        assert_eq!(value(item("a b").query("x", &1)), 2);
        assert_eq!(value(client.call(&LIST)), 3);
        let names: Vec<_> = server.requests().iter().map(|it| it.operation).collect();
        assert_eq!(names, ["listItems", "getItem", "getItem", "getItem", "listItems"]);
    }

    #[test]
    #[should_panic(
        expected = "no response is scripted for request 2, GET /items/b of `getItem`; scripted are GET /items/a of `getItem` (0 left), GET /items of `listItems` (1 left)"
    )]
    fn a_call_that_nobody_scripted_names_its_operation_and_those_that_are() {
        let server = Scripted::new([]);
        let client = client(&server);
        server.on(client.call(&GET).path("id", &"a")).returns(Json::from(1));
        server.on(client.call(&LIST)).returns(Json::from(2));
        now(client.call(&GET).path("id", &"a").send()).unwrap();
        let _ = now(client.call(&GET).path("id", &"b").send());
    }

    #[test]
    #[should_panic(expected = "path parameter `id` is not set")]
    fn a_call_without_its_path_cannot_be_scripted() {
        let server = Scripted::new([]);
        let _ = server.on(client(&server).call(&GET));
    }
}
