//! What a server responses: bytes, and what it does to the connection.

use std::sync::Arc;

use tokio::sync::Notify;

/// One thing that a server does.
#[derive(Clone, Debug)]
pub enum Step {
    /// Sends bytes.
    Send(Vec<u8>),
    /// Closes the connection in an orderly way.
    Close,
    /// Resets the connection.
    Reset,
    /// Says that it got here, and does nothing more, ever.
    Stall(Arc<Notify>),
    /// Waits until it is told to go on.
    Wait(Arc<Notify>),
    /// Sends this over and over until the other side is gone.
    Forever(Vec<u8>),
}

/// What a server does after it has read a request.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// One after the other. Then the connection waits for the next request.
    pub steps: Vec<Step>,
}

impl Reply {
    /// A response with a body of a known length.
    pub fn new(status: u16, content_type: &str, body: impl AsRef<[u8]>) -> Self {
        Self::with_headers(status, &[("content-type", content_type)], body)
    }

    /// JSON.
    pub fn json(status: u16, body: impl AsRef<[u8]>) -> Self {
        Self::new(status, "application/json", body)
    }

    /// A response without a body and with these headers.
    pub fn bare(status: u16, headers: &[(&str, &str)]) -> Self {
        Self::with_headers(status, headers, "")
    }

    /// A response with these headers and its length.
    pub fn with_headers(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let length = body.len().to_string();
        let mut headers = headers.to_vec();
        headers.push(("content-length", &length));
        let mut bytes = head(status, &headers);
        bytes.extend_from_slice(body);
        Self::raw(bytes)
    }

    /// These bytes.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { steps: vec![Step::Send(bytes.into())] }
    }

    /// Nothing.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// Does something more.
    pub fn then(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }
}

/// The head of a response.
pub fn head(status: u16, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} Whatever\r\n");
    for (name, value) in headers {
        head.push_str(name);
        head.push_str(": ");
        head.push_str(value);
        head.push_str("\r\n");
    }
    head.push_str("\r\n");
    head.into_bytes()
}
