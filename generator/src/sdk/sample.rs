//! A lowered document made by hand, with one type of each kind, for tests of the model and its emitters.

use serde_json::{Value, json};

use super::Sdk;
use crate::config::Config;
use crate::document::Location;
use crate::ir::{
    Alias, Api, Docs, Enum, EnumValue, EnumValues, JsonType, Property, Scalar, Shape, Struct, Type, TypeDef,
    TypeId, Union, Variant, VariantMatcher,
};
use crate::names;
use crate::prose::Prose;

pub(crate) fn sdk(types: Vec<TypeDef>) -> Sdk {
    let config = Config::parse("sdk.toml", b"[crate]\nname = \"sample\"\nversion = \"0.1.0\"")
        .expect("the settings are valid");
    let mut api = Api { types, ..Api::default() };
    api.info.title = Prose::new("Sample");
    super::plan(&api, &names::decide(&api, &config), &config)
}

pub(crate) fn docs(description: &str) -> Docs {
    Docs { description: Prose::new(description), ..Docs::default() }
}

pub(crate) fn def(name: &str, shape: Shape) -> TypeDef {
    TypeDef {
        name_parts: vec![name.to_owned()],
        other_names: Vec::new(),
        location: Location::default(),
        docs: Docs::default(),
        shape,
        examples: Vec::new(),
        in_request: true,
    }
}

pub(crate) fn object(name: &str, properties: Vec<Property>) -> TypeDef {
    def(name, Shape::Struct(Struct { properties, additional_properties: None }))
}

pub(crate) fn strings(name: &str, values: &[&str]) -> TypeDef {
    let value = |value: &&str| EnumValue { value: (*value).to_owned(), label: None, docs: Docs::default() };
    def(name, Shape::Enum(Enum { values: EnumValues::Strings(values.iter().map(value).collect()) }))
}

pub(crate) fn alias(name: &str, target: Type) -> TypeDef {
    def(name, Shape::Alias(Alias { target }))
}

pub(crate) fn required(name: &str, ty: Type) -> Property {
    Property { required: true, ..optional(name, ty) }
}

pub(crate) fn optional(name: &str, ty: Type) -> Property {
    Property {
        name: name.to_owned(),
        ty,
        required: false,
        constant: None,
        prefilled: false,
        default: None,
        read_only: false,
        write_only: false,
        docs: Docs::default(),
        examples: Vec::new(),
    }
}

pub(crate) fn constant(name: &str, value: Value) -> Property {
    Property { constant: Some(value), ..required(name, Type::Scalar(Scalar::String)) }
}

pub(crate) fn nullable(ty: Type) -> Type {
    Type::Nullable(Box::new(ty))
}

pub(crate) fn list(ty: Type) -> Type {
    Type::List(Box::new(ty))
}

pub(crate) const STRING: Type = Type::Scalar(Scalar::String);

/// One of each, referring to each other.
pub(crate) fn types() -> Vec<TypeDef> {
    let [purpose, code, chunk, text, image, node, stop, tags] = std::array::from_fn(TypeId);
    let int = Type::Scalar(Scalar::Int64);
    let mut note_type = object(
        "Note",
        vec![
            Property {
                docs: docs("The name of the note"),
                examples: vec![json!("a")],
                ..required("name", STRING)
            },
            required("purpose", Type::Named(purpose)),
            required("node", Type::Named(node)),
            required("parent", nullable(Type::Named(node))),
            required("count", nullable(int.clone())),
            constant("object", json!("note")),
            Property {
                docs: Docs { deprecated: true, ..docs("How many.\n\nNot used.") },
                default: Some(json!(3)),
                ..optional("type", int.clone())
            },
            optional("labels", nullable(Type::Named(tags))),
            optional("codes", list(Type::Named(code))),
            optional("map", Type::Map(Box::new(Type::Any))),
            optional("content", nullable(Type::Named(chunk))),
            optional("made_at", Type::Scalar(Scalar::DateTime)),
            optional("bytes", Type::Scalar(Scalar::Base64)),
            optional("stop", Type::Named(stop)),
            optional("x1Y", nullable(STRING)),
            Property { read_only: true, ..required("id", STRING) },
            Property { write_only: true, ..required("secret", STRING) },
            optional("scores", list(nullable(Type::Scalar(Scalar::Float)))),
            optional("any", Type::Any),
        ],
    );
    if let Shape::Struct(object) = &mut note_type.shape {
        object.additional_properties = Some(Type::Any);
    }
    let codes = [400, 404].map(|value| EnumValue {
        value,
        label: Some(format!("Code{value}")),
        docs: docs("A code"),
    });
    let node_members =
        vec![optional("next", Type::Named(node)), optional("children", list(Type::Named(node)))];
    let one = |label: &str, ty: Type, tags: &[&str], matcher: VariantMatcher| Variant {
        label: label.to_owned(),
        ty,
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        tag_outside: false,
        is_default: false,
        matcher,
        docs: Docs::default(),
    };
    let chunk_variants = vec![
        one("text", Type::Named(text), &["text"], VariantMatcher::default()),
        Variant {
            tag_outside: true,
            ..one("image", Type::Named(image), &["image_url", "image"], VariantMatcher::default())
        },
    ];
    let kind = |kind| VariantMatcher { json_type: Some(kind), ..VariantMatcher::default() };
    let stop_variants = vec![
        one("string", STRING, &[], kind(JsonType::String)),
        one(
            "array",
            list(STRING),
            &[],
            VariantMatcher { item: Some(Box::new(kind(JsonType::String))), ..kind(JsonType::Array) },
        ),
        one(
            "object",
            Type::Named(text),
            &[],
            VariantMatcher {
                required: vec!["type".to_owned()],
                known: vec!["type".to_owned(), "text".to_owned()],
                constants: vec![("type".to_owned(), vec![json!("text")])],
                ..kind(JsonType::Object)
            },
        ),
    ];
    let tag = |value: &str| Property { prefilled: true, required: false, ..constant("type", json!(value)) };
    let union = |variants, discriminator: Option<&str>| {
        Shape::Union(Union { discriminator: discriminator.map(str::to_owned), variants })
    };
    vec![
        strings("Purpose", &["fine-tune", "batch", "ocr"]),
        def("Code", Shape::Enum(Enum { values: EnumValues::Integers(codes.into()) })),
        def("ContentChunk", union(chunk_variants, Some("type"))),
        object("TextChunk", vec![tag("text"), required("text", STRING)]),
        object("ImageURLChunk", vec![required("url", STRING)]),
        object("Node", node_members),
        def("Stop", union(stop_variants, None)),
        alias("Tags", list(STRING)),
        note_type,
    ]
}
