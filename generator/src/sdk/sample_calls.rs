//! A small API, made by hand, for the tests of the emitters.

use serde_json::{Value, json};

use super::Sdk;
use crate::config::Config;
use crate::document::Location;
use crate::ir::*;
use crate::names;
use crate::prose::Prose;

fn docs(text: &str) -> Docs {
    Docs { description: Prose::new(text), ..Docs::default() }
}

fn ty(name: &str, shape: Shape) -> TypeDef {
    TypeDef {
        name_parts: vec![name.to_owned()],
        other_names: Vec::new(),
        location: Location::default(),
        docs: docs("A type."),
        shape,
        examples: Vec::new(),
        in_request: true,
    }
}

fn parameter(name: &str, location: ParameterLocation, ty: Type) -> Parameter {
    let is_path = location == ParameterLocation::Path;
    Parameter {
        name: name.to_owned(),
        source: Location::default(),
        location,
        style: if is_path { Style::Simple } else { Style::Form },
        explode: !is_path,
        allow_reserved: false,
        ty,
        required: is_path,
        default: None,
        constant: None,
        docs: docs("What it is."),
        examples: Vec::new(),
    }
}

fn member(name: &str, ty: Type, required: bool) -> Property {
    Property {
        name: name.to_owned(),
        ty,
        required,
        constant: None,
        prefilled: false,
        default: None,
        read_only: false,
        write_only: false,
        docs: docs("A member."),
        examples: Vec::new(),
    }
}

fn operation(id: &str, method: Method, path: &str, content: ResponseContent) -> Operation {
    Operation {
        id: id.to_owned(),
        location: Location::default(),
        method,
        path: path.to_owned(),
        segments: Vec::new(),
        fixed_query: Vec::new(),
        labels: Labels { id: Some(id.to_owned()), tag: Some("files".to_owned()), ..Labels::default() },
        docs: docs("Does it."),
        parameters: Vec::new(),
        bodies: Vec::new(),
        body_required: true,
        responses: vec![response(200, content)],
        errors: Vec::new(),
        headers: Vec::new(),
        security: vec![SecurityRequirement { schemes: vec![(SecuritySchemeId(0), Vec::new())] }],
        servers: Vec::new(),
        stream_flag: None,
        pagination: None,
        idempotency: Idempotency::ByMethod,
        events: None,
    }
}

fn response(code: u16, content: ResponseContent) -> Response {
    let media_type = match content {
        ResponseContent::Empty => None,
        ResponseContent::Binary => Some("application/octet-stream"),
        ResponseContent::Events(_) => Some("text/event-stream"),
        _ => Some("application/json"),
    };
    Response {
        status: Status::Code(code),
        media_type: media_type.and_then(MediaType::parse),
        content,
        docs: Docs::default(),
        examples: Vec::new(),
    }
}

fn body(media_type: &str, content: BodyContent) -> Vec<Body> {
    vec![Body {
        media_type: MediaType::parse(media_type).unwrap_or_else(MediaType::any),
        content,
        docs: Docs::default(),
        examples: Vec::new(),
    }]
}

fn part(name: &str, content: PartContent, required: bool) -> Part {
    Part {
        name: name.to_owned(),
        content,
        media_type: None,
        required,
        constant: None,
        default: None,
        docs: docs("A part."),
        examples: Vec::new(),
    }
}

const FILE: TypeId = TypeId(0);
const PURPOSE: TypeId = TypeId(1);
const RENAMING: TypeId = TypeId(2);
const PROBLEM: TypeId = TypeId(3);

/// Files that can be listed, uploaded, renamed, read and deleted.
pub(crate) fn sdk() -> Sdk {
    let string = Type::Scalar(Scalar::String);
    let values =
        ["fine-tune", "ocr"].map(|value| EnumValue { value: value.to_owned(), label: None, docs: docs("") });
    let types = vec![
        ty(
            "File",
            Shape::Struct(Struct {
                properties: vec![member("id", string.clone(), true)],
                additional_properties: None,
            }),
        ),
        ty("FileKind", Shape::Enum(Enum { values: EnumValues::Strings(values.to_vec()) })),
        ty(
            "Renaming",
            Shape::Struct(Struct {
                properties: vec![
                    member("name", string.clone(), true),
                    member("force", Type::Scalar(Scalar::Bool), false),
                ],
                additional_properties: None,
            }),
        ),
        ty(
            "Problem",
            Shape::Struct(Struct {
                properties: vec![member("detail", string, true)],
                additional_properties: None,
            }),
        ),
    ];
    let api = Api {
        info: Info { title: Prose::new("Files"), ..Info::default() },
        servers: servers(),
        idempotency_header: None,
        webhooks: Webhooks::default(),
        security_schemes: vec![SecurityScheme {
            name: "ApiKey".to_owned(),
            kind: SecuritySchemeKind::Bearer,
            description: Prose::default(),
        }],
        tags: vec![Tag {
            name: "files".to_owned(),
            parents: Vec::new(),
            summary: Prose::default(),
            description: Prose::new("Keeps files."),
        }],
        operations: operations(),
        types,
    };
    let config = Config::parse("sdk.toml", b"[crate]\nname = \"files-sdk\"\nversion = \"0.1.0\"\n[environment.ApiKey]\nvariable = \"FILES_API_KEY\"\n")
        .expect("the settings of the sample are well formed");
    super::plan(&api, &names::decide(&api, &config), &config)
}

fn servers() -> Vec<Server> {
    vec![Server {
        url: "https://{region}.example.com".to_owned(),
        label: None,
        description: Prose::new("Production"),
        variables: vec![ServerVariable {
            name: "region".to_owned(),
            default: "eu".to_owned(),
            values: vec!["eu".to_owned(), "us".to_owned()],
            description: Prose::default(),
        }],
    }]
}

fn operations() -> Vec<Operation> {
    let file = || ResponseContent::Json(Type::Named(FILE));
    let string = Type::Scalar(Scalar::String);
    let id = || parameter("file_id", ParameterLocation::Path, Type::Scalar(Scalar::String));
    let mut list = operation("list_files", Method::Get, "/files", file());
    list.parameters = vec![
        parameter("page", ParameterLocation::Query, Type::Scalar(Scalar::Int64)),
        parameter("purpose", ParameterLocation::Query, Type::List(Box::new(Type::Named(PURPOSE)))),
        Parameter {
            required: true,
            constant: Some(json!("2024-01-01")),
            ..parameter("X-Version", ParameterLocation::Header, string)
        },
    ];
    list.parameters[0].default = Some(Value::from(0));
    let mut upload = operation("upload_file", Method::Post, "/files", file());
    upload.bodies = body(
        "multipart/form-data",
        BodyContent::Multipart(vec![
            part("file", PartContent::File, true),
            part("purpose", PartContent::Text(Type::Named(PURPOSE)), false),
        ]),
    );
    let mut rename = operation("rename_file", Method::Patch, "/files/{file_id}", file());
    rename.parameters = vec![id()];
    rename.bodies = body("application/json", BodyContent::Json(Type::Named(RENAMING)));
    rename.errors = vec![ErrorResponse {
        status: Status::Code(422),
        media_type: MediaType::parse("application/json"),
        body: Some(Type::Named(PROBLEM)),
        docs: Docs::default(),
        examples: Vec::new(),
    }];
    let mut download =
        operation("download_file", Method::Get, "/files/{file_id}/content", ResponseContent::Binary);
    download.parameters = vec![id()];
    let mut delete = operation("delete_file", Method::Delete, "/files/{file_id}", file());
    delete.parameters = vec![id()];
    delete.docs.deprecated = true;
    delete.responses.push(response(204, ResponseContent::Empty));
    let mut watch = operation("watch_files", Method::Post, "/files/watch", file());
    watch.bodies = body("application/json", BodyContent::Json(Type::Any));
    watch.responses.push(response(200, ResponseContent::Events(Type::Named(FILE))));
    vec![list, upload, rename, download, delete, watch]
}
