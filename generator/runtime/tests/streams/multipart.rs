//! Forms with files, byte for byte.

use sdk_runtime::runtime::{Call, Error, FileUpload, Style};

use crate::operations::{REPLACE, UPLOAD, accepting, client, stream};
use crate::support::{Received, Reply, Server};

async fn sent(fill: impl FnOnce(&mut Call)) -> Received {
    let server = accepting().await;
    let client = client(&server);
    let mut call = Call::new(&client, &UPLOAD);
    fill(&mut call);
    call.send_empty().await.expect("all is well");
    server.request()
}

fn boundary(request: &Received) -> &str {
    let content_type = request.header("content-type").expect("it has a type");
    content_type.strip_prefix("multipart/form-data; boundary=").expect("it is a form")
}

/// The body with its boundary written as `BOUNDARY`.
fn body(request: &Received) -> String {
    String::from_utf8(request.body.clone()).expect("it is text").replace(boundary(request), "BOUNDARY")
}

#[tokio::test]
async fn fields_come_first_and_then_files_in_the_order_they_were_set() {
    let request = sent(|call| {
        call.part_file("file", ("train.jsonl", "{}\n").into());
        call.part_text("purpose", "fine-tune");
        call.part_files("more", vec![("a.png", "png").into(), "no name".into()]);
        call.part_text("expiry", &24);
        call.part_text("draft", &true);
        call.part_json("meta", &serde_json::json!({"a": [1, "é"]}));
        call.part_styled(
            "address",
            Style::DeepObject,
            &serde_json::json!({"city": "Bern & co", "zip": ["1", "2"]}),
        );
        call.part_styled("tags", Style::Form, &["a", "b c"]);
        call.part_text("rows", &serde_json::json!([{"n": 1.0}, "b"]));
        call.part_json("cells", &serde_json::json!([{"n": 2}, "c"]));
    })
    .await;
    let expected = "--BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"purpose\"\r\n\r\nfine-tune\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"expiry\"\r\n\r\n24\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"draft\"\r\n\r\ntrue\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n\
        {\"a\":[1,\"é\"]}\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"address[city]\"\r\n\r\nBern & co\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"address[zip][0]\"\r\n\r\n1\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"address[zip][1]\"\r\n\r\n2\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"tags\"\r\n\r\na,b c\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"rows\"\r\nContent-Type: application/json\r\n\r\n\
        {\"n\":1}\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"rows\"\r\n\r\nb\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"cells\"\r\nContent-Type: application/json\r\n\r\n\
        {\"n\":2}\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"cells\"\r\nContent-Type: application/json\r\n\r\n\
        \"c\"\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"file\"; filename=\"train.jsonl\"\r\n\
        Content-Type: application/octet-stream\r\n\r\n{}\n\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"more\"; filename=\"a.png\"\r\n\
        Content-Type: image/png\r\n\r\npng\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"more\"; filename=\"file\"\r\n\
        Content-Type: application/octet-stream\r\n\r\nno name\r\n\
        --BOUNDARY--\r\n";
    assert_eq!(body(&request), expected);
    assert_eq!(request.header("content-length"), Some(request.body.len().to_string().as_str()));
    assert_eq!(request.header("transfer-encoding"), None);
}

#[tokio::test]
async fn a_part_without_a_length_makes_the_whole_chunked() {
    let pieces: Vec<Result<&'static [u8], std::io::Error>> = vec![Ok(b"12"), Ok(b"34")];
    let request = sent(|call| call.part_file("file", FileUpload::from_stream(stream(pieces)))).await;
    assert_eq!(request.header("content-length"), None);
    assert_eq!(request.header("transfer-encoding"), Some("chunked"));
    assert!(body(&request).contains("\r\n\r\n1234\r\n--BOUNDARY--\r\n"));
}

#[tokio::test]
async fn names_of_files_are_sent_as_browsers_do() {
    for (name, sent_as) in [
        ("plain.txt", "plain.txt"),
        ("naïve – 文件 😀.txt", "naïve – 文件 😀.txt"),
        ("a\"b.txt", "a%22b.txt"),
        ("a\r\nb.txt", "a%0D%0Ab.txt"),
        ("a\\b.txt", "a\\b.txt"),
        ("a\rb\nc.txt", "a%0Db%0Ac.txt"),
        ("100%22.txt", "100%22.txt"),
        ("\"; name=\"other", "%22; name=%22other"),
        ("", ""),
    ] {
        let request = sent(|call| call.part_file("file", (name, "x").into())).await;
        let line = format!(
            "Content-Disposition: form-data; name=\"file\"; filename=\"{sent_as}\"\r\nContent-Type: "
        );
        assert!(body(&request).contains(&line), "{name:?} in {}", body(&request));
    }
}

#[tokio::test]
async fn names_of_fields_cannot_break_out_of_their_line() {
    // A line break in a name is CR LF, whichever it was.
    for name in ["a\"\r\nb", "a\"\nb", "a\"\rb"] {
        let request = sent(|call| call.part_text(name, "x")).await;
        let line = "form-data; name=\"a%22%0D%0Ab\"\r\n\r\nx\r\n";
        assert!(body(&request).contains(line), "{name:?}: {}", body(&request));
    }
}

#[tokio::test]
async fn values_are_sent_as_they_are() {
    let value = "a\nb\r\nc\r\u{0}\u{2028} --x";
    let request = sent(|call| call.part_text("text", value)).await;
    assert!(body(&request).contains(&format!("\r\n\r\n{value}\r\n--BOUNDARY")), "{:?}", body(&request));
}

#[tokio::test]
async fn a_list_is_a_part_for_each_item_and_nothing_is_none() {
    let request = sent(|call| {
        call.part_text("list", &["a", "b"]);
        call.part_text("none", &None::<String>);
        call.part_text("empty", &Vec::<String>::new());
        call.part_text("text", "");
    })
    .await;
    let expected = "--BOUNDARY\r\nContent-Disposition: form-data; name=\"list\"\r\n\r\na\r\n\
        --BOUNDARY\r\nContent-Disposition: form-data; name=\"list\"\r\n\r\nb\r\n\
        --BOUNDARY\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n\r\n--BOUNDARY--\r\n";
    assert_eq!(body(&request), expected);
}

#[tokio::test]
async fn setting_a_part_again_replaces_it_in_its_place() {
    let request = sent(|call| {
        call.part_text("a", &[1, 2]);
        call.part_text("b", "x");
        call.part_text("a", &3);
    })
    .await;
    let names: Vec<_> = body(&request).split("name=").skip(1).map(|part| part[1..2].to_owned()).collect();
    assert_eq!(names, ["a", "b"]);
    assert!(body(&request).contains("\r\n\r\n3\r\n"));
}

#[tokio::test]
async fn the_type_of_a_file_is_the_caller_s_then_the_document_s_then_a_guess() {
    let type_of = |file: FileUpload, documented: Option<&'static str>| async move {
        let request = sent(|call| {
            call.part_file("file", file);
            if let Some(documented) = documented {
                call.part_media_type("file", documented);
            }
        })
        .await;
        let body = body(&request);
        body.split("Content-Type: ")
            .nth(1)
            .and_then(|rest| rest.lines().next())
            .map(str::to_owned)
            .expect("it has one")
    };
    let pdf = || FileUpload::from(("scan.pdf", "%PDF"));
    assert_eq!(type_of(pdf(), None).await, "application/pdf");
    assert_eq!(type_of(pdf(), Some("image/*")).await, "application/pdf");
    assert_eq!(type_of(pdf(), Some("image/png, image/jpeg")).await, "application/pdf");
    assert_eq!(type_of(pdf(), Some("text/plain")).await, "text/plain");
    assert_eq!(type_of(pdf().with_media_type("a/b; c=d"), Some("text/plain")).await, "a/b; c=d");
}

#[tokio::test]
async fn a_media_type_with_a_line_break_is_refused() {
    let server = accepting().await;
    let client = client(&server);
    let mut call = Call::new(&client, &UPLOAD);
    call.part_file("file", FileUpload::from("x").with_media_type("a/b\r\n\r\ninjected"));
    let error = call.send_empty().await.expect_err("it is no media type");
    assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    assert_eq!(error.to_string(), "`file` has an invalid media type (POST /files)");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn each_form_has_a_boundary_of_its_own_that_attempts_share() {
    let server = Server::replying([Reply::bare(503, &[]), Reply::bare(204, &[])]).await;
    let client = client(&server);
    for _ in 0..2 {
        let mut call = Call::new(&client, &REPLACE);
        call.part_file("file", ("a", "1").into());
        call.send_empty().await.expect("it works in the end");
    }
    let requests = server.requests();
    let boundaries: Vec<_> = requests.iter().map(boundary).collect();
    assert_eq!(boundaries.len(), 3);
    assert_eq!(boundaries[0], boundaries[1]);
    assert_eq!(requests[0].body, requests[1].body);
    assert_ne!(boundaries[1], boundaries[2]);
    assert!(boundaries.iter().all(|boundary| boundary.len() == 32), "{boundaries:?}");
}

#[tokio::test]
async fn a_form_without_files_is_urlencoded() {
    use sdk_runtime::runtime::Style;
    let request = sent(|call| {
        call.form_field("q", Style::FormExploded, "a b&c=é+");
        call.form_field("tags", Style::FormExploded, &["x", "y"]);
        call.form_field("joined", Style::Form, &[1, 2]);
        call.form_field("deep", Style::DeepObject, &serde_json::json!({"k": "v"}));
        call.form_field("q2", Style::FormExploded, "");
        call.form_field("gone", Style::FormExploded, "x");
        call.form_field("gone", Style::FormExploded, &None::<String>);
    })
    .await;
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    let body = String::from_utf8(request.body).expect("it is text");
    assert_eq!(body, "q=a%20b%26c%3D%C3%A9%2B&tags=x&tags=y&joined=1,2&deep%5Bk%5D=v&q2=");
}

#[tokio::test]
async fn json_lines_are_one_value_a_line() {
    let request =
        sent(|call| call.json_lines(&vec![serde_json::json!({"a": "x\ny"}), serde_json::json!(2)])).await;
    assert_eq!(request.header("content-type"), Some("application/jsonl"));
    assert_eq!(request.body, b"{\"a\":\"x\\ny\"}\n2\n");
}

#[tokio::test]
async fn setting_a_property_leaves_the_others_as_they_are() {
    #[derive(serde::Serialize)]
    struct Body {
        exact: f64,
        large: u128,
        stream: bool,
        last: &'static str,
    }
    let request = sent(|call| {
        call.json(&Body { exact: 2.638_344_616_030_823_4e-256, large: u128::MAX, stream: false, last: "é" });
        call.property("stream", &true);
        call.property("more", &u128::MAX);
    })
    .await;
    let expected = format!(
        r#"{{"exact":2.6383446160308234e-256,"large":{0},"stream":true,"last":"é","more":{0}}}"#,
        u128::MAX
    );
    assert_eq!(String::from_utf8(request.body).expect("it is text"), expected);
}

#[tokio::test]
async fn a_property_of_what_is_no_object_cannot_be_set() {
    let server = accepting().await;
    let client = client(&server);
    let bodies: [fn(&mut Call); 2] =
        [|call| call.json(&serde_json::json!([1])), |call| call.part_text("name", "value")];
    for body in bodies {
        let mut call = Call::new(&client, &UPLOAD);
        body(&mut call);
        call.property("stream", &true);
        let error = call.send_empty().await.expect_err("it has no properties");
        assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    }
    assert_eq!(server.connections(), 0);
}
