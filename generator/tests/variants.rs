//! What the variants of a union are called: by title, tag, component, kind, the property that discriminates them,
//! and only then a number.

use std::fmt::Write;

use sdk_generator::config::Config;
use sdk_generator::document::Input;
use sdk_generator::sdk::ModelKind;

/// Components that the unions below may refer to.
const COMPONENTS: &str = "
    Named: {type: object, required: [named], properties: {named: {type: string}}}
    CircleJob: {type: object, properties: {kind: {const: circle}, radius: {type: integer}}}
    SquareJob: {type: object, properties: {kind: {const: square}, side: {type: integer}}}
    BigThing: {type: object, required: [size], properties: {size: {type: integer}}}
    BigFault: {type: object, required: [fault], properties: {fault: {type: string}}}
";

/// The names of the variants of a `oneOf` of `schemas`, each a line of YAML, with `beside` beside it.
fn variants(schemas: &[&str], beside: &str) -> String {
    let mut text = "openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a:
    get:
      operationId: a
      responses: {'200': {description: Fine, content: {application/json: {schema: {$ref: '#/components/schemas/Union'}}}}}
components:
  schemas:"
    .to_owned();
    write!(text, "{COMPONENTS}    Union:\n      {beside}\n      oneOf:\n").expect("a text takes more text");
    for schema in schemas {
        writeln!(text, "      - {schema}").expect("a text takes more text");
    }
    let config = Config::parse("sdk.toml", b"[crate]\nname = \"fixture\"\nversion = \"0.1.0\"\n");
    let config = config.expect("the settings are well formed");
    let read = |_: &str| Err("there is no other file".to_owned());
    let input = Input { name: "openapi.yaml", bytes: text.as_bytes(), overlays: &[], read: &read };
    let generated = sdk_generator::generate(&input, &config);
    let sdk = generated.unwrap_or_else(|_| panic!("the document has no errors: {text}")).sdk;
    let union = sdk.models.iter().find(|model| model.name.as_str() == "Union").expect("it is used");
    let ModelKind::Union(union) = &union.kind else { panic!("it is no union: {text}") };
    union.variants.iter().map(|variant| variant.name.as_str()).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn are_called(expected: &str, schemas: &[&str]) {
    assert_eq!(variants(schemas, "description: D"), expected);
}

#[test]
fn a_title_comes_first() {
    are_called(
        "Best Other",
        &[
            "{title: Best One, type: object, required: [kind, x], properties: {kind: {const: a}, x: {type: string}}}",
            "{title: Other One, type: object, required: [kind, y], properties: {kind: {const: b}, y: {type: string}}}",
        ],
    );
}

#[test]
fn a_title_that_is_a_sentence_is_better_than_a_property_of_an_object_alone() {
    are_called(
        "DeviceEnrollment BrowserIsolation",
        &[
            "{title: Device Enrollment Permissions Application, type: object, properties: {a: {type: string}, b: {type: string}}}",
            "{title: Browser Isolation Permissions Application, type: object, properties: {a: {type: string}, c: {type: string}}}",
        ],
    );
    are_called(
        "List Text",
        &["{title: An array of parts, type: array, items: {type: integer}}", "{type: string}"],
    );
}

#[test]
fn a_tag_comes_before_a_component() {
    let mapping = "discriminator: {propertyName: t, mapping: {large: '#/components/schemas/BigThing', broken: '#/components/schemas/BigFault'}}";
    let schemas = ["{$ref: '#/components/schemas/BigThing'}", "{$ref: '#/components/schemas/BigFault'}"];
    assert_eq!(variants(&schemas, mapping), "Large Broken");
    are_called("Thing Fault", &schemas);
}

#[test]
fn any_constant_may_be_the_tag() {
    // The second constant discriminates, and those of one property in all of them come before others.
    are_called(
        "Select Region",
        &[
            "{type: object, required: [type, ui], properties: {type: {const: string}, ui: {const: select}}}",
            "{type: object, required: [type, ui], properties: {type: {const: string}, ui: {const: region}}}",
        ],
    );
    are_called(
        "Otp Ticket",
        &[
            "{type: object, required: [by], properties: {object: {const: otp}, by: {type: string}}}",
            "{type: object, required: [by], properties: {object: {const: ticket}, by: {const: link}}}",
        ],
    );
    are_called(
        "Completed QueuedOrInProgress",
        &[
            "{type: object, properties: {status: {enum: [completed]}, at: {type: string}}}",
            "{type: object, properties: {status: {enum: [queued, in_progress]}, at: {type: string}}}",
        ],
    );
}

#[test]
fn constants_are_combined_with_each_other_or_with_a_property() {
    are_called(
        "StringInput Toggle Number",
        &[
            "{type: object, required: [type, ui], properties: {type: {const: string}, ui: {const: input}}}",
            "{type: object, required: [type, ui], properties: {type: {const: string}, ui: {const: toggle}}}",
            "{type: object, required: [type, ui], properties: {type: {const: number}, ui: {const: input}}}",
        ],
    );
    are_called(
        "GithubRepoId GithubOrg Gitlab",
        &[
            "{type: object, required: [type, repo_id], properties: {type: {const: github}, repo_id: {type: integer}, ref: {type: string}}}",
            "{type: object, required: [type, org], properties: {type: {const: github}, org: {type: string}, ref: {type: string}}}",
            "{type: object, required: [type, id], properties: {type: {const: gitlab}, id: {type: string}, ref: {type: string}}}",
        ],
    );
}

#[test]
fn a_union_in_a_union_has_the_word_that_its_components_end_with() {
    are_called(
        "Job Named",
        &[
            "{discriminator: {propertyName: kind}, oneOf: [{$ref: '#/components/schemas/CircleJob'}, {$ref: '#/components/schemas/SquareJob'}]}",
            "{$ref: '#/components/schemas/Named'}",
        ],
    );
}

#[test]
fn a_kind_comes_before_a_property() {
    are_called(
        "Text Object",
        &["{type: string}", "{type: object, properties: {url: {type: string}, alt: {type: string}}}"],
    );
    are_called(
        "Text List Map Integer",
        &[
            "{type: string}",
            "{type: array, items: {type: string}}",
            "{type: object, additionalProperties: {type: string}}",
            "{type: integer}",
        ],
    );
    are_called(
        "Value Object",
        &["{enum: [a, b]}", "{type: object, properties: {a: {type: string}, b: {type: string}}}"],
    );
}

#[test]
fn the_only_property_of_an_object_is_its_tag() {
    are_called(
        "Detached Attached",
        &[
            "{type: object, required: [detached], properties: {detached: {type: string}}}",
            "{type: object, required: [attached], properties: {attached: {type: string}}}",
        ],
    );
    are_called(
        "Value Attached",
        &["{enum: [a, b]}", "{type: object, required: [attached], properties: {attached: {type: string}}}"],
    );
}

#[test]
fn lists_are_discriminated_by_their_items() {
    are_called(
        "Text TextList ObjectList OwnerList",
        &[
            "{type: string}",
            "{type: array, items: {type: string}}",
            "{type: array, items: {type: object, required: [id], properties: {id: {type: string}}}}",
            "{type: array, items: {type: object, required: [id, owner], properties: {id: {type: string}, owner: {type: string}}}}",
        ],
    );
    are_called(
        "ListOf2 ListOf3",
        &[
            "{type: array, prefixItems: [{type: string}, {type: string}], minItems: 2, maxItems: 2}",
            "{type: array, prefixItems: [{type: string}, {type: string}, {type: string}], minItems: 3, maxItems: 3}",
        ],
    );
}

#[test]
fn a_property_discriminates_objects() {
    // A property of its own, one that only it requires, one of another kind, and nothing but what all have.
    are_called(
        "Url File",
        &[
            "{type: object, properties: {name: {type: string}, alt: {type: string}, url: {type: string}}, required: [url]}",
            "{type: object, properties: {name: {type: string}, file: {type: string}}, required: [name]}",
        ],
    );
    are_called(
        "TextLabels ObjectLabels Text",
        &[
            "{type: object, properties: {labels: {type: array, items: {type: string}}}}",
            "{type: object, properties: {labels: {type: array, items: {type: object, properties: {name: {type: string}}}}}}",
            "{type: string}",
        ],
    );
    are_called(
        "Base Reviewers",
        &[
            "{type: object, required: [id, type], properties: {id: {type: integer}, type: {type: string}}}",
            "{type: object, required: [id, type], properties: {id: {type: integer}, type: {type: string}, reviewers: {type: string}}}",
        ],
    );
}

#[test]
fn the_object_with_little_else_has_a_property_that_several_have() {
    are_called(
        "Reason Status Suffix Z",
        &[
            "{type: object, properties: {reason: {type: string}, suffix: {type: string}}}",
            "{type: object, properties: {status: {type: string}, suffix: {type: string}}}",
            "{type: object, required: [suffix], properties: {suffix: {type: string}}}",
            "{type: object, required: [z], properties: {z: {type: string}}}",
        ],
    );
}

#[test]
fn an_object_whose_properties_are_names_of_others_has_two_of_them() {
    are_called(
        "WidthHeight Width Height",
        &[
            "{type: object, properties: {width: {type: integer}, height: {type: integer}}}",
            "{type: object, properties: {width: {type: integer}}}",
            "{type: object, properties: {height: {type: integer}}}",
        ],
    );
}

#[test]
fn a_number_comes_last() {
    are_called(
        "Errors Variant2",
        &[
            "{type: object, properties: {errors: {type: array, items: {type: object, properties: {a: {type: string}}}}}}",
            "{type: object, properties: {errors: {type: array, items: {type: object, properties: {b: {type: string}}}}}}",
        ],
    );
}
