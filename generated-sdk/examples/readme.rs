//! Uploads a file to the Mistral API and fetches it again.

use mistral_sdk::models::FilePurpose;
use mistral_sdk::{Client, FileUpload};

#[tokio::main]
async fn main() -> Result<(), mistral_sdk::Error> {
    let client = Client::from_env()?; // MISTRAL_API_KEY
    let file = FileUpload::from_path("train.jsonl").await?;
    let file = client.files().upload(file).purpose(FilePurpose::FineTune).send().await?;
    client.files().download(&file.id).send().await?.save_to("copy.jsonl").await?;
    Ok(())
}
