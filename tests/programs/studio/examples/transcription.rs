//! Writes down what is said in a file, with the time of each word.

use studio::client_runtime::FilePart;
use studio::studio::Client;
use studio::studio::types::{
    TranscriptionsCreateRequest, TranscriptionsCreateRequestModel,
    TranscriptionsCreateRequestTimestampsItem,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let recording = FilePart::file("recording.wav");
    let request =
        TranscriptionsCreateRequest::new(recording, TranscriptionsCreateRequestModel::Listen2)
            .language("en")
            .timestamps(vec![TranscriptionsCreateRequestTimestampsItem::Word]);
    let found = client.transcriptions().create(request).send().await?;
    println!("{}", found.text);
    for word in found.words.unwrap_or_default() {
        println!("{:5.2}–{:.2} {}", word.start, word.end, word.word);
    }
    Ok(())
}
