//! Batch jobs: many requests in one.

#![cfg(feature = "batch")]

mod support;

use std::collections::BTreeMap;

use mistral_sdk::Error;
use mistral_sdk::models::{BatchEndpoint, BatchJobStatus, BatchRequest};
use serde_json::json;
use support::{Reply, Server, client};

#[tokio::test]
async fn a_job_is_created_with_its_requests() -> Result<(), Error> {
    let job = json!({
        "id": "job-1", "object": "batch", "input_files": [], "endpoint": "/v1/chat/completions", "errors": [],
        "status": "QUEUED", "created_at": 1_759_496_862, "total_requests": 1, "completed_requests": 0,
        "succeeded_requests": 0, "failed_requests": 0,
    });
    let server = Server::start(move |_| Reply::json(200, &job)).await;
    let body = BTreeMap::from([("messages".to_owned(), json!([{ "role": "user", "content": "Hello" }]))]);
    let job = client(&server)
        .batch()
        .jobs()
        .create(BatchEndpoint::from("/v1/chat/completions"))
        .requests([BatchRequest::new(body).with_custom_id("1")])
        .model("mistral-small-latest")
        .timeout_hours(24)
        .await?;
    assert_eq!((job.id.as_str(), job.status), ("job-1", BatchJobStatus::Queued));

    let request = server.request();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/v1/batch/jobs"));
    assert_eq!(request.header("content-type"), "application/json");
    assert_eq!(
        request.body,
        concat!(
            r#"{"endpoint":"/v1/chat/completions","#,
            r#""requests":[{"custom_id":"1","body":{"messages":[{"role":"user","content":"Hello"}]}}],"#,
            r#""model":"mistral-small-latest","timeout_hours":24}"#
        )
    );
    Ok(())
}
