//! All models of a kind, whatever the number of pages.

use studio::studio::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let mut models = client.models().list().filter("kind=BASE").page_size(2).items();
    while let Some(model) = models.next().await {
        let model = model?;
        let context = model.context_length.unwrap_or_default();
        println!("{} reads {context} tokens", model.name.unwrap_or_default());
    }
    Ok(())
}
