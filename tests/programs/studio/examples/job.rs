//! Trains a model, and waits until it is there.

use std::time::Duration;
use studio::client_runtime::{ErrorKind, WaitPolicy};
use studio::studio::Client;
use studio::studio::types::{Job, JobRequest, JobState};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    for dataset in ["questions", "empty"] {
        let request = JobRequest::new(dataset, "base-1").epochs(3);
        let job = client.jobs().create(&request).send().await?;
        let id = job.name.rsplit('/').next().unwrap_or(&job.name);

        let often = WaitPolicy::default().delay(Duration::from_millis(1), Duration::from_millis(5));
        match client.jobs().get(id).with_wait(often).wait_until(JobState::Completed).await {
            Ok(job) => println!("{dataset}: {}", job.output_model.unwrap_or_default()),
            Err(error) if error.kind() == ErrorKind::State => {
                println!("{dataset}: {:?}", error.body_as::<Job>()?.state);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
