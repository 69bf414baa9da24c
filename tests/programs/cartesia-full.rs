//! Speech, transcription and a cloned voice by the client of the vendor's whole document.

use cartesia_full::{Client, types};
use client_runtime::testing::{MockResponse, RecordedRequest, Scripted, response};
use client_runtime::{FilePart, Json};
use std::path::{Path, PathBuf};
use types::{
    OutputFormat, RawEncoding, SseOutputFormat, SseOutputFormatContainer,
    SseOutputFormatSampleRate, SttBatchModel, SttTranscribeRequest, SupportedLanguage,
    TimestampGranularity, TtsModel, TtsRequest, TtsRequestVoiceSpecifier,
    TtsRequestVoiceSpecifierMode, TtssseEvent, TtssseRequest, VoicesCloneRequest, WavOutputFormat,
    WavOutputFormatSampleRate,
};

fn client(answer: MockResponse) -> (Client, Scripted) {
    let server = Scripted::repeating([answer]);
    let builder = Client::builder().environment(|_| None).api_key_auth("sk_test");
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
    assert_eq!(sent.uri.host(), Some("api.cartesia.ai"));
    assert_eq!(sent.header("authorization"), Some("Bearer sk_test"));
    assert_eq!(sent.header("cartesia-version"), Some("2025-11-04"));
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

/// A multipart body with its boundary spelled as `B`.
fn parts(sent: &RecordedRequest) -> String {
    let mime = sent.header("content-type").expect("a body has a type");
    let boundary = mime.strip_prefix("multipart/form-data; boundary=").expect("a form was sent");
    sent.text().replace(boundary, "B")
}

fn part(head: &str, content: &str) -> String {
    format!("--B\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n")
}

/// A file with some content.
fn file(name: &str, content: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content).expect("it can be written");
    path
}

fn voice() -> TtsRequestVoiceSpecifier {
    TtsRequestVoiceSpecifier::new(TtsRequestVoiceSpecifierMode::Id, "v_1")
}

#[test]
fn speech_is_written_to_a_file_as_it_arrives() {
    let pieces = [&b"RIFF"[..], &[0, 255, 13, 10], b"data"];
    let wav = response(200).header("content-type", "audio/wav");
    let (client, server) = client(pieces.iter().fold(wav, |it, piece| it.chunk(piece.to_vec())));
    let rate = WavOutputFormatSampleRate::try_from(44100).expect("a rate");
    let format = WavOutputFormat::new(RawEncoding::PcmS16le, rate);
    let request =
        TtsRequest::new(TtsModel::Sonic3, "Hé!", voice(), OutputFormat::Wav(format.into()));
    let path = file("speech.wav", b"what was there before");
    now(async {
        let speech = client.tts().bytes(&request.save(false)).send().await.expect("speech");
        assert_eq!(speech.content_type(), Some("audio/wav"));
        assert_eq!(speech.save(&path).await.expect("it is written"), 12);
    });
    assert_eq!(std::fs::read(&path).expect("a file"), pieces.concat());
    let sent = only(&server, "/tts/bytes", "audio/wav");
    let expected = json(
        r#"{
        "model_id": "sonic-3", "transcript": "Hé!", "voice": {"mode": "id", "id": "v_1"}, "save": false,
        "output_format": {"container": "wav", "encoding": "pcm_s16le", "sample_rate": 44100}
    }"#,
    );
    assert_eq!(json_of(&sent), expected);
}

#[test]
fn speech_comes_as_events_until_the_server_is_done() {
    let wire = "event: chunk\ndata: {\"type\":\"chunk\",\"data\":\"AAE=\",\"done\":false,\"status_code\":206,\"step_time\":1.5}\n\n\
        event: done\ndata: {\"type\":\"done\",\"done\":true,\"status_code\":200,\"context_id\":\"c\"}\n\n";
    let (client, server) = client(response(200).events(wire));
    let rate = SseOutputFormatSampleRate::try_from(8000).expect("a rate");
    let format = SseOutputFormat::new(SseOutputFormatContainer::Raw, RawEncoding::PcmF32le, rate);
    let request = TtssseRequest::new(TtsModel::Sonic3, "Hi", voice(), format).context_id("c");
    let found = now(async {
        let mut events = client.tts().sse(&request).send().await.expect("events");
        let mut found = Vec::new();
        while let Some(event) = events.next().await {
            found.push(event.expect("an event").into_data());
        }
        found
    });
    let [TtssseEvent::Chunk(chunk), TtssseEvent::Done(done)] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!((chunk.data.as_str(), chunk.status_code, chunk.done), ("AAE=", 206, false));
    assert_eq!((done.context_id.as_deref(), done.done), (Some("c"), true));
    let sent = only(&server, "/tts/sse", "text/event-stream");
    let expected = json(
        r#"{
        "model_id": "sonic-3", "transcript": "Hi", "voice": {"mode": "id", "id": "v_1"}, "context_id": "c",
        "output_format": {"container": "raw", "encoding": "pcm_f32le", "sample_rate": 8000}
    }"#,
    );
    assert_eq!(json_of(&sent), expected);
}

#[test]
fn a_file_is_transcribed() {
    let answer =
        r#"{"type":"transcript","text":"hello","words":[{"word":"hello","start":0,"end":0.5}]}"#;
    let (client, server) = client(self::response(200).json(answer));
    let clip = FilePart::file(file("talk \"1\".wav", b"RIFF\r\n--B")).mime("audio/wav");
    let request = SttTranscribeRequest::new(clip, SttBatchModel::InkWhisper);
    let request = request.timestamp_granularities(vec![TimestampGranularity::Word]);
    let found = now(client.stt().transcribe(request).sample_rate(16000).send()).expect("a text");
    let words = found.words.expect("words");
    assert_eq!(
        (found.text.as_str(), words[0].word.as_str(), words[0].end),
        ("hello", "hello", 0.5)
    );
    let sent = only(&server, "/stt?sample_rate=16000", "application/json");
    assert_eq!(sent.header("content-length"), Some(&*sent.body.len().to_string()));
    let head = "name=\"file\"; filename=\"talk %221%22.wav\"\r\nContent-Type: audio/wav";
    let expected = [
        part(head, "RIFF\r\n--B"),
        part("name=\"model\"", "ink-whisper"),
        part("name=\"timestamp_granularities[]\"", "word"),
    ];
    assert_eq!(parts(&sent), expected.concat() + "--B--\r\n");
}

#[test]
fn a_voice_is_cloned_from_a_file() {
    let answer = r#"{"id":"v_2","user_id":"u","is_public":false,"name":"Zoë","description":"","created_at":"2026-01-02T03:04:05Z","language":"fr"}"#;
    let (client, server) = client(self::response(200).json(answer));
    let clip = FilePart::bytes("clip.mp3", &b"ID3"[..]).mime("audio/mpeg");
    let request = VoicesCloneRequest::new(clip, "Zoë", SupportedLanguage::Fr).base_voice_id("v_1");
    let found = now(client.voices().clone(request).send()).expect("a voice");
    assert_eq!((found.id.as_str(), found.name.as_str()), ("v_2", "Zoë"));
    assert_eq!(found.language, SupportedLanguage::Fr);
    let sent = only(&server, "/voices/clone", "application/json");
    let expected = [
        part("name=\"clip\"; filename=\"clip.mp3\"\r\nContent-Type: audio/mpeg", "ID3"),
        part("name=\"name\"", "Zoë"),
        part("name=\"language\"", "fr"),
        part("name=\"base_voice_id\"", "v_1"),
    ];
    assert_eq!(parts(&sent), expected.concat() + "--B--\r\n");
}
