//! Libraries: documents that are uploaded to them.

#![cfg(feature = "beta")]

mod support;

use mistral_sdk::{Error, FileUpload};
use serde_json::json;
use support::{Part, Reply, Server, client, parts};

#[tokio::test]
async fn a_document_is_uploaded_to_its_library() -> Result<(), Error> {
    // A document that the library has already comes with another status.
    for status in [200, 201] {
        let document = json!({
            "id": "doc-1", "library_id": "lib-1", "hash": null, "mime_type": "application/pdf",
            "extension": "pdf", "size": 8, "name": "night-watch.pdf", "created_at": "2026-03-02T09:00:00Z",
            "process_status": "todo", "uploaded_by_id": null, "uploaded_by_type": "User",
            "processing_status": "Todo", "tokens_processing_total": 0,
        });
        let server = Server::start(move |_| Reply::json(status, &document)).await;
        let file = FileUpload::from_bytes(&b"%PDF-1.7"[..]).with_file_name("night-watch.pdf");
        let stored = client(&server).beta().libraries().documents().upload("lib-1", file).await?;
        assert_eq!(stored.id, "doc-1");

        let request = server.request();
        assert_eq!(
            (request.method.as_str(), request.target.as_str()),
            ("POST", "/v1/libraries/lib-1/documents")
        );
        let head = vec![
            "Content-Disposition: form-data; name=\"file\"; filename=\"night-watch.pdf\"".to_owned(),
            "Content-Type: application/pdf".to_owned(),
        ];
        assert_eq!(parts(&request), [Part { head, body: b"%PDF-1.7".to_vec() }]);
    }
    Ok(())
}
