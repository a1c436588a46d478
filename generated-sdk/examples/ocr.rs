//! Reads a PDF file as Markdown.

use mistral_sdk::Client;
use mistral_sdk::models::OcrDocument;

#[tokio::main]
async fn main() -> Result<(), mistral_sdk::Error> {
    let client = Client::from_env()?;
    let document = OcrDocument::document_url("https://example.com/invoice.pdf");
    let read = client.ocr().process("mistral-ocr-latest", document).await?;
    for page in read.pages {
        println!("{}", page.markdown);
    }
    Ok(())
}
