//! The same API without `.await`.

#![cfg(all(feature = "blocking", feature = "files"))]

mod support;

use std::io::Cursor;

use mistral_sdk::Error;
use mistral_sdk::blocking::{BlockingFuture, BlockingStream, upload_from_reader};
use support::{FilesApi, client};

#[test]
fn a_file_goes_up_and_comes_down_without_async() -> Result<(), Error> {
    let server = FilesApi::start().block();
    let client = client(&server);
    let content = b"{}\n".repeat(100_000);

    let file = upload_from_reader(Cursor::new(content.clone())).with_file_name("a.jsonl");
    let file = client.files().upload(file).send().block()?;
    assert_eq!(file.filename, "a.jsonl");

    let names = client.files().list().items().blocking_iter().map(|file| file.map(|file| file.filename));
    assert_eq!(names.collect::<Result<Vec<_>, _>>()?, ["a.jsonl"]);

    let mut copy = Vec::new();
    let length = client.files().download(&file.id).send().block()?.copy_to(&mut copy)?;
    assert!(copy == content, "{length} bytes came");

    client.files().delete(&file.id).send().block()?;
    assert!(matches!(client.files().retrieve(&file.id).send().block(), Err(Error::Api(_))));
    Ok(())
}
