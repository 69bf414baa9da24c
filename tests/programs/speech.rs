//! Speaks texts over sockets and writes the audio into files. The server at `SPEECH_URL` is run by another library.

use client_runtime::ErrorKind;
use client_runtime::socket::Context;
use speech::speech::Client;
use speech::speech::resources::speech::LiveServerMessage;
use speech::speech::types::{
    CancelRequest, ClientMessage, ServerMessage, SpeakRequest, SpeakRequestOutput,
};
use std::fs::File;
use std::io::{Result as IoResult, Write};
use std::path::PathBuf;

type Failure = Box<dyn std::error::Error + Send + Sync>;
type Result<T = (), E = Failure> = std::result::Result<T, E>;

fn client(key: &str) -> Result<Client> {
    let url = std::env::var("SPEECH_URL")?;
    Ok(Client::builder().environment(|_| None).base_url(&url).api_key(key).build()?)
}

fn run(program: impl Future<Output = Result>) -> Result {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(program)
}

/// A file for audio, in the folder of this run.
fn file(name: &str) -> IoResult<(PathBuf, File)> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    std::fs::create_dir_all(&folder)?;
    let path = folder.join(name);
    Ok((path.clone(), File::create(path)?))
}

fn speak(context: &str, text: &str, output: SpeakRequestOutput) -> SpeakRequest {
    SpeakRequest::new(context, text, output)
}

/// Writes the audio of a context until it is done, and returns the number of its chunks.
async fn write(mut context: Context<LiveServerMessage>, mut to: File) -> Result<usize> {
    let mut chunks = 0;
    while let Some(message) = context.next().await {
        match message? {
            LiveServerMessage::Json(ServerMessage::Chunk(it)) => {
                assert_eq!(it.context_id, context.id());
                to.write_all(&it.audio)?;
                chunks += 1;
            }
            LiveServerMessage::Json(ServerMessage::Done(_)) => return Ok(chunks),
            other => return Err(format!("no part of a context: {other:?}").into()),
        }
    }
    Err("the socket ended before the context".into())
}

/// Audio as the server makes it: each letter three times, then the voice.
fn audio(text: &str, voice: &str) -> Vec<u8> {
    text.chars().flat_map(|it| format!("{it}{it}{it}{voice}").into_bytes()).collect()
}

#[test]
fn two_contexts_speak_at_once_and_each_has_its_file() -> Result {
    run(async {
        let contexts = client("sesame")?.speech().live().voice("-").connect().await?;
        let contexts = contexts.contexts("context_id");
        let texts = [("first", "good morning"), ("second", "bonjour")];
        let mut written = Vec::new();
        let mut tasks = Vec::new();
        for (id, text) in texts {
            let (path, to) = file(&format!("{id}.raw"))?;
            tasks.push(tokio::spawn(write(contexts.open(id)?, to)));
            written.push((path, text));
        }
        // Halves of both, one after the other: the server puts the contexts together again.
        for is_last in [false, true] {
            for (id, text) in texts {
                let (first, second) = text.split_at(4);
                let part = if is_last { second } else { first };
                let request = speak(id, part, SpeakRequestOutput::Base64).r#continue(!is_last);
                contexts.send(&ClientMessage::SpeakRequest(request.into())).await?;
            }
        }
        for (task, (path, text)) in tasks.into_iter().zip(written) {
            assert_eq!(task.await??, text.len());
            assert_eq!(std::fs::read(path)?, audio(text, "-"));
        }
        Ok(())
    })
}

#[test]
fn a_context_that_is_cancelled_says_no_more_and_the_other_ends() -> Result {
    run(async {
        let socket = client("sesame")?.speech().live().connect().await?;
        let contexts = socket.contexts("context_id");
        let (mut cancelled, other) = (contexts.open("cancelled")?, contexts.open("other")?);
        let long = speak("cancelled", "a text of thirty long letters.", SpeakRequestOutput::Base64);
        contexts.send(&ClientMessage::SpeakRequest(long.into())).await?;
        let first = cancelled.next().await.ok_or("it speaks")??;
        assert!(matches!(first, LiveServerMessage::Json(ServerMessage::Chunk(_))));
        contexts
            .send(&ClientMessage::CancelRequest(CancelRequest::new("cancelled").into()))
            .await?;
        let text = "a story that takes longer than the one which nobody wants to hear";
        let request = speak("other", text, SpeakRequestOutput::Base64);
        contexts.send(&ClientMessage::SpeakRequest(request.into())).await?;
        let (path, to) = file("other.raw")?;
        assert_eq!(write(other, to).await?, text.len());
        assert_eq!(std::fs::read(path)?, audio(text, ""));
        contexts.sender().close().await?;
        // Chunks that had arrived already are still given; then the stream ends without an error or a last message.
        while let Some(message) = cancelled.next().await {
            assert!(matches!(message?, LiveServerMessage::Json(ServerMessage::Chunk(_))));
        }
        Ok(())
    })
}

#[test]
fn binary_audio_is_written_as_it_comes() -> Result {
    run(async {
        let mut socket = client("sesame")?.speech().live().voice("\u{e9}").connect().await?;
        let request = speak("only", "hello", SpeakRequestOutput::Binary);
        socket.send(&ClientMessage::SpeakRequest(request.into())).await?;
        let (path, mut to) = file("binary.raw")?;
        loop {
            match socket.next().await.ok_or("it is not done")?? {
                LiveServerMessage::Binary(it) => to.write_all(&it)?,
                LiveServerMessage::Json(ServerMessage::Done(it)) => {
                    break assert_eq!(it.context_id, "only");
                }
                other => return Err(format!("not expected: {other:?}").into()),
            }
        }
        assert_eq!(std::fs::read(path)?, audio("hello", "\u{e9}"));
        assert!(matches!(socket.close().await?, 1000 | 1005));
        Ok(())
    })
}

#[test]
fn a_close_in_the_middle_is_an_error_with_its_code() -> Result {
    run(async {
        let socket = client("sesame")?.speech().live().connect().await?;
        let contexts = socket.contexts("context_id");
        let mut all = Vec::new();
        for (id, text) in [("a", "ab!"), ("b", "a long text that is not spoken to its end")] {
            all.push(contexts.open(id)?);
            let request = speak(id, text, SpeakRequestOutput::Base64);
            contexts.send(&ClientMessage::SpeakRequest(request.into())).await?;
        }
        for mut context in all {
            let mut chunks = 0;
            let error = loop {
                match context.next().await.ok_or("an error is the last item")? {
                    Ok(_) => chunks += 1,
                    Err(error) => break error,
                }
            };
            assert!(chunks >= 1, "what was said before is not lost");
            assert_eq!(
                (error.kind(), error.close_code()),
                (ErrorKind::Closed, Some(1011)),
                "{error}"
            );
            assert!(error.to_string().contains("out of voice"), "{error}");
            assert!(context.next().await.is_none());
        }
        Ok(())
    })
}

#[test]
fn a_key_that_does_not_fit_is_refused_by_a_code_of_the_server() -> Result {
    run(async {
        let mut socket = client("mellon")?.speech().live().connect().await?;
        let error = socket.next().await.ok_or("it is closed")?.expect_err("it is refused");
        assert_eq!(error.close_code(), Some(4401), "{error}");
        assert!(!format!("{error:?}{error}").contains("mellon"), "keys stay in the program");
        Ok(())
    })
}
