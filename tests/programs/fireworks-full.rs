//! Chats and an upload by the client of the vendor's whole document.

use client_runtime::testing::{MockResponse, RecordedRequest, Scripted, response};
use client_runtime::{ErrorKind, FilePart, Json};
use fireworks_full::{Client, types};
use types::{
    ChatCompletionRequest, ChatMessage, ChatMessageContentChoice, GatewayUploadDatasetFileRequest,
};

fn client(answer: MockResponse) -> (Client, Scripted) {
    let server = Scripted::repeating([answer]);
    let builder = Client::builder().environment(|_| None).bearer_token("fw_test");
    (builder.transport(server.clone()).build().expect("a client"), server)
}

fn now<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(work)
}

/// The one request, which is a POST to a path, with what every request has.
fn only(server: &Scripted, target: &str, accept: &str) -> RecordedRequest {
    let mut sent = server.requests();
    assert_eq!(sent.len(), 1);
    let sent = sent.remove(0);
    assert_eq!((sent.method.as_str(), sent.target()), ("POST", target));
    assert_eq!(sent.uri.host(), Some("api.fireworks.ai"));
    assert_eq!(sent.header("authorization"), Some("Bearer fw_test"));
    assert_eq!(sent.header("accept"), Some(accept));
    sent
}

fn json(text: &str) -> Json {
    text.parse().expect("it is JSON")
}

fn json_of(sent: &RecordedRequest) -> Json {
    assert_eq!(sent.header("content-type"), Some("application/json"));
    sent.text().parse().expect("JSON was sent")
}

fn chat() -> ChatCompletionRequest {
    let content = ChatMessageContentChoice::String("Hé".to_owned());
    ChatCompletionRequest::new(
        "accounts/x/models/y",
        vec![ChatMessage::new("user").content(content)],
    )
    .temperature(0.5)
}

const CHAT: &str = "/inference/v1/chat/completions";

#[test]
fn a_chat_is_answered_with_one_value() {
    let answer = r#"{"id":"c","object":"chat.completion","created":1,"model":"y","choices":[{"index":0,"message":{"role":"assistant","content":"Salut"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"total_tokens":3}}"#;
    let (client, server) = client(self::response(200).json(answer));
    let chats = client.chat().completions();
    let call = chats.create(&chat());
    let found = now(call.send()).expect("an answer");
    let said = ChatMessageContentChoice::String("Salut".to_owned());
    assert_eq!(found.choices[0].message.content, Some(said));
    assert_eq!(found.usage.expect("figures").total_tokens, 3);
    let expected = json(
        r#"{
        "model": "accounts/x/models/y", "temperature": 0.5,
        "messages": [{"role": "user", "content": "Hé"}]
    }"#,
    );
    assert_eq!(json_of(&only(&server, CHAT, "application/json")), expected);
}

#[test]
fn a_chat_is_answered_with_events_up_to_the_sentinel() {
    let delta = |text: &str| {
        format!(
            "data: {{\"id\":\"c\",\"created\":1,\"model\":\"y\",\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{text}\"}},\"finish_reason\":null}}]}}\n\n"
        )
    };
    let (client, server) = client(response(200).events(&(delta("Sa") + &delta("lut"))));
    let chats = client.chat().completions();
    let call = chats.create(&chat());
    let said = now(async {
        let mut events = call.send_events().await.expect("events");
        let mut said = String::new();
        while let Some(event) = events.next().await {
            said +=
                event.expect("an event").choices[0].delta.content.as_deref().unwrap_or_default();
        }
        said
    });
    assert_eq!(said, "Salut");
    let expected = json(
        r#"{
        "model": "accounts/x/models/y", "temperature": 0.5, "stream": true,
        "messages": [{"role": "user", "content": "Hé"}]
    }"#,
    );
    assert_eq!(json_of(&only(&server, CHAT, "text/event-stream")), expected);
}

#[test]
fn a_file_is_uploaded_into_a_dataset() {
    let (client, server) =
        client(response(200).json(r#"{"id":"f_1","filename":"a.jsonl","bytes":9}"#));
    let file = FilePart::bytes("a.jsonl", &b"{\"a\":\"\xff\"}"[..]).mime("application/jsonl");
    let request = GatewayUploadDatasetFileRequest::new().file(file);
    let uploads = client.accounts().datasets();
    let found = now(uploads.upload("acme", "d 1", request).send());
    assert_eq!(found.expect("an answer").id.as_deref(), Some("f_1"));
    let sent = only(&server, "/v1/accounts/acme/datasets/d%201:upload", "application/json");
    let mime = sent.header("content-type").expect("a body has a type");
    let boundary = mime.strip_prefix("multipart/form-data; boundary=").expect("a form was sent");
    let head = "Content-Disposition: form-data; name=\"file\"; filename=\"a.jsonl\"\r\nContent-Type: application/jsonl";
    let start = format!("--{boundary}\r\n{head}\r\n\r\n{{\"a\":\"");
    let end = format!("\"}}\r\n--{boundary}--\r\n");
    assert_eq!(sent.body, [start.as_bytes(), b"\xff", end.as_bytes()].concat());
}

#[test]
fn a_refusal_keeps_the_words_of_the_server() {
    let words = r#"{"code":5,"message":"not found","details":[]}"#;
    let (client, _) = client(response(404).json(words));
    let request = GatewayUploadDatasetFileRequest::new();
    let uploads = client.accounts().datasets();
    let error = now(uploads.upload("acme", "d", request).send());
    let error = error.expect_err("it is refused");
    assert_eq!(
        (error.kind(), error.status().map(|it| it.as_u16())),
        (ErrorKind::Status, Some(404))
    );
    assert_eq!(error.body().expect("it is kept"), words);
}
