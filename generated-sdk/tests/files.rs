//! The Files API from end to end: what is sent, byte for byte, and what comes back.

#![cfg(feature = "files")]

mod support;

use bytes::Bytes;
use mistral_sdk::models::{FilePurpose, FileSource, FileVisibility, SampleType};
use mistral_sdk::{Client, Error, FileUpload};
use support::{FilesApi, Part, Server, client, parts};

async fn api() -> (Server, Client) {
    let server = FilesApi::start().await;
    let client = client(&server);
    (server, client)
}

/// Uploads `content` and gives the new file's id.
async fn upload(client: &Client, name: &str, content: &'static [u8]) -> Result<String, Error> {
    let file = FileUpload::from_bytes(Bytes::from_static(content)).with_file_name(name);
    Ok(client.files().upload(file).purpose(FilePurpose::Batch).send().await?.id)
}

#[tokio::test]
async fn a_file_goes_all_the_way() -> Result<(), Error> {
    let (_server, client) = api().await;
    let content = b"{\"text\": \"one\"}\n{\"text\": \"\xc3\xa9\"}\n\0\xff\r\n";
    let id = upload(&client, "train.jsonl", content).await?;

    let listed = client.files().list().send().await?;
    assert_eq!(listed.data.len(), 1);
    assert_eq!(listed.total, Some(1));
    assert_eq!(listed.data[0].filename, "train.jsonl");
    assert_eq!(listed.data[0].bytes, i64::try_from(content.len()).expect("a short file"));

    let file = client.files().retrieve(&id).send().await?;
    assert_eq!(
        (file.id.as_str(), file.purpose, file.source),
        (id.as_str(), FilePurpose::Batch, FileSource::Upload)
    );
    assert!(!file.deleted);

    let signed = client.files().get_signed_url(&id).expiry(2).send().await?;
    assert_eq!(signed.url, format!("https://storage.example.com/{id}?hours=2"));

    let downloaded = client.files().download(&id).send().await?.bytes().await?;
    assert_eq!(downloaded, Bytes::from_static(content));

    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let copy = folder.path().join("copy.jsonl");
    client.files().download(&id).send().await?.save_to(&copy).await?;
    assert_eq!(std::fs::read(&copy).expect("the copy was written"), content);

    let deleted = client.files().delete(&id).send().await?;
    assert_eq!((deleted.id, deleted.deleted), (id.clone(), true));
    let error = client.files().retrieve(&id).send().await.expect_err("the file is gone");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    Ok(())
}

#[tokio::test]
async fn an_upload_is_a_form_with_the_file_last() -> Result<(), Error> {
    let (server, client) = api().await;
    let file = FileUpload::from_bytes(&b"one"[..])
        .with_file_name("a \"quoted\"\r\nn\u{e4}me.jsonl")
        .with_media_type("application/jsonl");
    client
        .files()
        .upload(file)
        .purpose(FilePurpose::Ocr)
        .expiry(48)
        .visibility(FileVisibility::User)
        .send()
        .await?;

    let request = server.request();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/v1/files"));
    assert_eq!(request.header("content-length"), request.body.len().to_string());
    let field = |name: &str, value: &str| Part {
        head: vec![format!("Content-Disposition: form-data; name=\"{name}\"")],
        body: value.as_bytes().to_vec(),
    };
    let file = Part {
        head: vec![
            "Content-Disposition: form-data; name=\"file\"; filename=\"a %22quoted%22%0D%0An\u{e4}me.jsonl\""
                .to_owned(),
            "Content-Type: application/jsonl".to_owned(),
        ],
        body: b"one".to_vec(),
    };
    let expected = [field("purpose", "ocr"), field("expiry", "48"), field("visibility", "user"), file];
    assert_eq!(parts(&request), expected);
    Ok(())
}

#[tokio::test]
async fn every_source_of_a_file_arrives_whole() -> Result<(), Error> {
    let (server, client) = api().await;
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let path = folder.path().join("train.jsonl");
    let content: Vec<u8> =
        (0..300_000_u32).map(|number| u8::try_from(number % 251).expect("less than 251")).collect();
    std::fs::write(&path, &content).expect("the file can be written");

    let reader = std::io::Cursor::new(content.clone());
    let chunks: Vec<std::io::Result<Bytes>> =
        content.chunks(70_001).map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect();
    let sources = [
        FileUpload::from_path(&path).await?,
        FileUpload::from_bytes(content.clone()).with_file_name("train.jsonl"),
        FileUpload::from_reader(reader).with_file_name("train.jsonl"),
        FileUpload::from_stream(support::Chunks::of(chunks)).with_file_name("train.jsonl"),
    ];
    for source in sources {
        client.files().upload(source).send().await?;
    }
    for request in server.requests() {
        let sent = parts(&request);
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0].attribute("filename"), Some("train.jsonl"));
        assert!(sent[0].body == content, "the content arrives byte for byte");
    }
    Ok(())
}

#[tokio::test]
async fn every_filter_of_a_list_is_sent_and_understood() -> Result<(), Error> {
    let (server, client) = api().await;
    for name in ["one.jsonl", "two & three+four.jsonl", "five.txt"] {
        upload(&client, name, b"x\n").await?;
    }
    let sent = server.requests().len();
    let names = |page: mistral_sdk::models::FilePage| -> Vec<String> {
        page.data.into_iter().map(|file| file.filename).collect()
    };

    let page = client.files().list().page(1).page_size(2).include_total(false).send().await?;
    assert_eq!(page.total, None);
    assert_eq!(names(page), ["five.txt"]);
    let found = client.files().list().search("& three+").send().await?;
    assert_eq!(names(found), ["two & three+four.jsonl"]);
    let found =
        client.files().list().sample_type([SampleType::BatchRequest, SampleType::BatchError]).send().await?;
    assert_eq!(names(found), ["two & three+four.jsonl"]);
    let found = client.files().list().source([FileSource::Mistral]).send().await?;
    assert_eq!(names(found), [""; 0]);
    let found =
        client.files().list().purpose(FilePurpose::Batch).mimetypes(["text/plain".to_owned()]).send().await?;
    assert_eq!(names(found), ["five.txt"]);
    client.files().list().search("").mimetypes(Vec::<String>::new()).send().await?;
    client.files().list().purpose(FilePurpose::from("audio")).send().await?;

    let targets: Vec<String> =
        server.requests().into_iter().skip(sent).map(|request| request.target).collect();
    assert_eq!(
        targets,
        [
            "/v1/files?page=1&page_size=2&include_total=false",
            "/v1/files?search=%26%20three%2B",
            "/v1/files?sample_type=batch_request&sample_type=batch_error",
            "/v1/files?source=mistral",
            "/v1/files?purpose=batch&mimetypes=text%2Fplain",
            "/v1/files?search=",
            "/v1/files?purpose=audio",
        ]
    );
    Ok(())
}

#[tokio::test]
async fn a_path_value_stays_one_segment() -> Result<(), Error> {
    let (server, client) = api().await;
    for id in ["a/b ?&#%\u{e9}", "..%2f", "%2e%2e", "...", " ", "a\\b"] {
        client.files().delete(id).send().await.expect_err("there is no such file");
    }
    let targets: Vec<String> = server.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(
        targets,
        [
            "/v1/files/a%2Fb%20%3F%26%23%25%C3%A9",
            "/v1/files/..%252f",
            "/v1/files/%252e%252e",
            "/v1/files/...",
            "/v1/files/%20",
            "/v1/files/a%5Cb",
        ]
    );
    Ok(())
}

#[tokio::test]
async fn a_path_value_that_would_change_the_path_is_refused() {
    let (server, client) = api().await;
    for id in ["", ".", ".."] {
        let error = client.files().delete(id).send().await.expect_err("nothing can be sent");
        assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
        assert!(error.to_string().contains("file_id"), "{error}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn an_enum_keeps_what_it_does_not_know() -> Result<(), Error> {
    let (_server, client) = api().await;
    let file = FileUpload::from_bytes(&b"x"[..]).with_file_name("speech.mp3");
    let file = client.files().upload(file).purpose(FilePurpose::from("audio")).send().await?;
    assert_eq!(file.purpose, FilePurpose::Unknown("audio".to_owned()));
    assert_eq!(file.purpose.as_str(), "audio");
    Ok(())
}
