//! OCR: documents that are sent, and pages that are read.

#![cfg(feature = "ocr")]

mod support;

use mistral_sdk::Error;
use mistral_sdk::models::{DocumentUrlChunk, OcrBlock, TableFormat};
use serde_json::json;
use support::{Reply, Server, client};

#[tokio::test]
async fn a_document_becomes_pages_of_markdown() -> Result<(), Error> {
    let page = json!({
        "index": 0, "markdown": "# Invoice 2041", "images": [], "hyperlinks": [],
        "tables": [{ "id": "tbl-0.html", "content": "<table></table>", "format": "html" }],
        "dimensions": { "dpi": 200, "height": 2339, "width": 1654 },
        "blocks": [
            {
                "type": "title", "content": "# Invoice 2041",
                "top_left_x": 140, "top_left_y": 150, "bottom_right_x": 620, "bottom_right_y": 214,
            },
            { "type": "stamp", "content": "PAID" },
        ],
    });
    let reply = json!({
        "pages": [page], "model": "mistral-ocr-2505",
        "usage_info": { "pages_processed": 1, "doc_size_bytes": 48_211 },
    });
    let server = Server::start(move |_| Reply::json(200, &reply)).await;
    let document = DocumentUrlChunk::new("https://example.com/invoice-2041.pdf");
    let read = client(&server)
        .ocr()
        .process("mistral-ocr-latest", document)
        .pages([0])
        .table_format(TableFormat::Html)
        .extract_footer(true)
        .await?;

    assert_eq!(read.pages[0].markdown, "# Invoice 2041");
    assert_eq!(read.usage_info.pages_processed, 1);
    let blocks = read.pages[0].blocks.as_ref().expect("there are blocks");
    assert!(matches!(&blocks[0], OcrBlock::Title(title) if title.content == "# Invoice 2041"), "{blocks:?}");
    assert!(matches!(&blocks[1], OcrBlock::Unknown(stamp) if stamp["content"] == "PAID"), "{blocks:?}");

    let request = server.request();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/v1/ocr"));
    assert_eq!(request.header("content-type"), "application/json");
    assert_eq!(
        request.body,
        concat!(
            r#"{"model":"mistral-ocr-latest","document":{"type":"document_url","#,
            r#""document_url":"https://example.com/invoice-2041.pdf"},"#,
            r#""pages":[0],"table_format":"html","extract_footer":true}"#
        )
    );
    Ok(())
}
