//! Uploads an open file, and shows how far it is.

use mistral_sdk::models::{FilePurpose, SampleType};
use mistral_sdk::{Client, FileUpload};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let file = std::fs::File::open("train.jsonl")?;
    let upload = FileUpload::from(file)
        .with_file_name("train.jsonl")
        .on_progress(|progress| println!("{} of {:?} bytes", progress.transferred, progress.total));
    let uploaded = client.files().upload(upload).purpose(FilePurpose::FineTune).await?;
    println!("{}", uploaded.id);

    // A list, all of its pages.
    let files = client.files().list().sample_type([SampleType::Instruct]).items().all().await?;
    println!("{} files", files.len());
    Ok(())
}
