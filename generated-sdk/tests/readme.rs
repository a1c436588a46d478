//! The example in the README of the workspace: it is the one that is compiled, and it works.

#![cfg(feature = "files")]

mod support;

use mistral_sdk::models::FilePurpose;
use mistral_sdk::{Error, FileUpload};
use support::{FilesApi, client};

#[test]
fn the_example_is_the_one_in_the_readme() {
    let readme = include_str!("../../README.md");
    let (_, rest) = readme.split_once("```rust\n").expect("the README has an example");
    let (block, _) = rest.split_once("```").expect("the example has an end");
    assert_eq!(block, include_str!("../examples/readme.rs"));
}

#[tokio::test]
async fn the_calls_of_the_example_bring_the_file_back() -> Result<(), Error> {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let (train, copy) = (folder.path().join("train.jsonl"), folder.path().join("copy.jsonl"));
    std::fs::write(&train, "{\"text\": \"one\"}\n").expect("the folder can be written");

    let server = FilesApi::start().await;
    let client = client(&server);
    let file = FileUpload::from_path(&train).await?;
    let file = client.files().upload(file).purpose(FilePurpose::FineTune).send().await?;
    client.files().download(&file.id).send().await?.save_to(&copy).await?;

    let read = |path| std::fs::read_to_string(path).expect("the file is there");
    assert_eq!(read(&copy), read(&train));
    Ok(())
}
