//! Speaks a text into a file, and shows how far it is.

use std::io::Write as _;
use studio::studio::Client;
use studio::studio::types::{
    SpeechRequest, SpeechRequestModel, VoiceChoiceById, WavFormat, WavFormatEncoding,
    WavFormatSampleRate,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let format = WavFormat::new(WavFormatEncoding::PcmS16le, WavFormatSampleRate::V44100);
    let voice = VoiceChoiceById::new("anna");
    let request = SpeechRequest::new(SpeechRequestModel::Speak2, "Good morning.", voice, format);

    let mut speech = client.speech().create(&request.speed(1.1)).send().await?;
    let all = speech.len().unwrap_or(0);
    let (mut file, mut done) = (std::fs::File::create("speech.wav")?, 0);
    while let Some(chunk) = speech.next().await {
        let chunk = chunk?;
        file.write_all(&chunk)?;
        done += chunk.len() as u64;
        println!("[{:<10}] {done} of {all} bytes", "#".repeat((10 * done / all.max(1)) as usize));
    }
    Ok(())
}
