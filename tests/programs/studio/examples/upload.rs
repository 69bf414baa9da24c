//! Fills a dataset from a file.

use studio::client_runtime::FilePart;
use studio::studio::Client;
use studio::studio::types::{Dataset, DatasetFormat, DatasetState, UploadDatasetRequest};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let dataset = Dataset::new().display_name("Questions").format(DatasetFormat::Chat);
    let made = client.datasets().create(&dataset).send().await?;
    let name = made.name.ok_or("a dataset has a name")?;
    let id = name.rsplit('/').next().unwrap_or(&name);

    let file = UploadDatasetRequest::new(FilePart::file("questions.jsonl"));
    let upload = client.datasets().upload(id, file);
    let watched = upload.with_call(|call| {
        call.with_progress(|sent, all| eprintln!("{sent} of {} bytes", all.unwrap_or(sent)))
    });
    let filled = watched.send().await?;
    println!("{id} is ready: {}", filled.state == Some(DatasetState::Ready));
    Ok(())
}
