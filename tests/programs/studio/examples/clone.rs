//! Makes a voice of a recording, and speaks with it.

use studio::client_runtime::FilePart;
use studio::studio::Client;
use studio::studio::types::{
    Mp3Format, Mp3FormatBitRate, SpeechRequest, SpeechRequestModel, VoiceChoiceById,
    VoicesCloneRequest,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let clip = FilePart::file("recording.wav");
    let request = VoicesCloneRequest::new(clip, "My voice").description("As on Monday");
    let voice = client.voices().clone(request).send().await?;
    println!("{} is {}", voice.name, voice.id);

    let request = SpeechRequest::new(
        SpeechRequestModel::Speak1,
        "It is me.",
        VoiceChoiceById::new(&voice.id),
        Mp3Format::new(Mp3FormatBitRate::V128000),
    );
    let bytes = client.speech().create(&request).send().await?.save("me.mp3").await?;
    println!("{bytes} bytes");
    Ok(())
}
