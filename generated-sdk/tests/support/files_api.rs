//! The Files API, with files in memory.

use std::sync::Mutex;

use bytes::Bytes;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::{Part, Recorded, Reply, Server, parts};

const KEY: &str = "Bearer test-key";

/// The largest file, small enough for a test to exceed.
const LARGEST: usize = 1 << 20;

/// A server that behaves like the Files API.
pub struct FilesApi;

#[derive(Default)]
struct Store {
    files: Mutex<Vec<(Value, Bytes)>>,
}

impl FilesApi {
    pub async fn start() -> Server {
        let store = Store::default();
        Server::start(move |request| store.reply(request).with_header("x-request-id", "req-1")).await
    }
}

impl Store {
    fn reply(&self, request: &Recorded) -> Reply {
        if request.header("authorization") != KEY {
            return failure(401, "Unauthorized", "invalid_request_error", "1001");
        }
        let path = request.path().to_owned();
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        match (request.method.as_str(), segments.as_slice()) {
            ("POST", ["v1", "files"]) => self.upload(request),
            ("GET", ["v1", "files"]) => self.list(request.query()),
            ("GET", ["v1", "files", id]) => self.with_file(id, |file, _| {
                let mut file = file.clone();
                file["deleted"] = json!(false);
                Reply::json(200, &file)
            }),
            ("DELETE", ["v1", "files", id]) => self.delete(id),
            ("GET", ["v1", "files", id, "content"]) => self
                .with_file(id, |_, content| Reply::bytes(200, "application/octet-stream", content.clone())),
            ("GET", ["v1", "files", id, "url"]) => self.with_file(id, |file, _| {
                let hours = pairs(request.query())
                    .find(|(name, _)| name == "expiry")
                    .map_or("24".to_owned(), |pair| pair.1);
                let url = format!(
                    "https://storage.example.com/{}?hours={hours}",
                    file["id"].as_str().unwrap_or_default()
                );
                Reply::json(200, &json!({ "url": url }))
            }),
            _ => failure(404, "No such route.", "invalid_request_error", "1000"),
        }
    }

    fn upload(&self, request: &Recorded) -> Reply {
        let parts = parts(request);
        let text = |name: &str| -> Option<String> {
            let part = parts.iter().find(|part| part.attribute("name") == Some(name))?;
            Some(String::from_utf8_lossy(&part.body).into_owned())
        };
        let Some(file) = parts.iter().find(|part| part.attribute("name") == Some("file")) else {
            return invalid("body", "file", "Field required", "missing");
        };
        if file.body.len() > LARGEST {
            return failure(413, "The file is too large.", "invalid_file", "1902");
        }
        let mut files = self.files.lock().expect("no handler panics");
        let stored = stored(files.len(), file, text("purpose"), text("visibility"));
        files.push((stored.clone(), Bytes::from(file.body.clone())));
        Reply::json(200, &stored)
    }

    fn list(&self, query: &str) -> Reply {
        let all = |name: &str| -> Vec<String> {
            pairs(query).filter(|(key, _)| key == name).map(|(_, value)| value).collect()
        };
        let number = |name: &str, default: usize| all(name).last().map_or(Ok(default), |value| value.parse());
        let (Ok(page), Ok(size)) = (number("page", 0), number("page_size", 100)) else {
            return invalid("query", "page", "Input should be a valid integer", "int_parsing");
        };
        let is_any = |file: &Value, member: &str, name: &str| {
            let wanted = all(name);
            wanted.is_empty() || wanted.iter().any(|wanted| file[member] == json!(wanted))
        };
        let files = self.files.lock().expect("no handler panics");
        let found: Vec<&Value> = files
            .iter()
            .map(|(file, _)| file)
            .filter(|file| is_any(file, "purpose", "purpose"))
            .filter(|file| is_any(file, "sample_type", "sample_type"))
            .filter(|file| is_any(file, "source", "source"))
            .filter(|file| is_any(file, "mimetype", "mimetypes"))
            .filter(|file| {
                all("search").iter().all(|text| file["filename"].as_str().unwrap_or_default().contains(text))
            })
            .collect();
        let shown: Vec<&&Value> = found.iter().skip(page * size).take(size).collect();
        let total = if all("include_total") == ["false"] { Value::Null } else { json!(found.len()) };
        Reply::json(200, &json!({ "data": shown, "object": "list", "total": total }))
    }

    fn delete(&self, id: &str) -> Reply {
        let reply = self.with_file(id, |file, _| {
            Reply::json(200, &json!({ "id": file["id"], "object": "file", "deleted": true }))
        });
        self.files.lock().expect("no handler panics").retain(|(file, _)| file["id"] != json!(decoded(id)));
        reply
    }

    fn with_file(&self, id: &str, then: impl FnOnce(&Value, &Bytes) -> Reply) -> Reply {
        let id = decoded(id);
        let files = self.files.lock().expect("no handler panics");
        match files.iter().find(|(file, _)| file["id"] == json!(id)) {
            Some((file, content)) => then(file, content),
            None if id.starts_with("file-") => failure(404, "No such file.", "invalid_file", "1901"),
            None => invalid("path", "file_id", "Input should be a valid UUID", "uuid_parsing"),
        }
    }
}

fn stored(index: usize, file: &Part, purpose: Option<String>, visibility: Option<String>) -> Value {
    json!({
        "id": format!("file-{index}"),
        "object": "file",
        "bytes": file.body.len(),
        "created_at": 1_716_963_433,
        "filename": file.attribute("filename"),
        "purpose": purpose.unwrap_or_else(|| "fine-tune".to_owned()),
        "sample_type": if index.is_multiple_of(2) { "pretrain" } else { "batch_request" },
        "num_lines": file.body.split(|byte| *byte == b'\n').count() - 1,
        "mimetype": file.media_type(),
        "source": "upload",
        "expires_at": null,
        "visibility": visibility.unwrap_or_else(|| "workspace".to_owned()),
    })
}

fn failure(status: u16, message: &str, kind: &str, code: &str) -> Reply {
    Reply::json(status, &json!({ "object": "error", "message": message, "type": kind, "code": code }))
}

fn invalid(place: &str, name: &str, message: &str, kind: &str) -> Reply {
    Reply::json(422, &json!({ "detail": [{ "loc": [place, name], "msg": message, "type": kind }] }))
}

fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(&value.replace('+', " ")))
    })
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
