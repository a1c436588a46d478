//! What settings change in the lowered document, and what they get wrong.

use sdk_generator::config::Config;
use sdk_generator::diagnostic::{Diagnostics, Severity};
use sdk_generator::document::Input;
use sdk_generator::{Generated, sdk};

const DOCUMENT: &str = r"
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /files:
    get:
      operationId: listFiles
      tags: [files]
      parameters:
      - {name: seek, in: query, schema: {type: string}}
      - {name: X-Seek, in: header, schema: {type: string}}
      responses:
        '200':
          description: Fine
          content:
            application/json:
              schema:
                type: object
                properties:
                  first: {type: array, items: {type: string}}
                  second: {type: array, items: {type: integer}}
                  bookmark: {type: string}
                  left: {type: boolean}
";

fn input() -> Input<'static> {
    Input {
        name: "openapi.yaml",
        bytes: DOCUMENT.as_bytes(),
        overlays: &[],
        read: &|path| Err(format!("{path} is not there")),
    }
}

fn config(settings: &str) -> Config {
    let text = format!("[crate]\nname = \"sdk\"\nversion = \"0.1.0\"\n{settings}");
    Config::parse("sdk.toml", text.as_bytes()).expect("the settings of a test are well formed")
}

/// The crate of the document with these settings.
fn generated(settings: &str) -> Generated {
    sdk_generator::generate(&input(), &config(settings)).expect("the document is well formed")
}

/// The lowered form of the document with these settings, and the codes of the diagnostics.
fn lowered(settings: &str) -> (String, Vec<&'static str>) {
    let (text, diagnostics) = match sdk_generator::read(&input(), &config(settings)) {
        Ok((api, warnings)) => (api.to_string(), warnings),
        Err(diagnostics) => (String::new(), diagnostics),
    };
    (text, diagnostics.iter().map(|one| one.code).collect())
}

/// The line of the lowered form that says how the list goes on.
fn pages(settings: &str) -> Option<String> {
    let (text, codes) = lowered(&format!("[operations.listFiles]\nreason = \"-\"\n{settings}"));
    assert!(codes.is_empty(), "{codes:?}");
    text.lines().find_map(|line| line.strip_prefix("  pages ")).map(str::to_owned)
}

/// The codes of the diagnostics for settings of pages.
fn pagination_codes(settings: &str) -> Vec<&'static str> {
    lowered(&format!("[operations.listFiles]\nreason = \"-\"\npagination = {settings}")).1
}

#[test]
fn an_operation_goes_where_the_settings_say() {
    let sdk = generated("[operations.listFiles]\nresource = \"beta.libraries\"\nreason = \"-\"").sdk;
    let accessors: Vec<String> = sdk.resources.iter().map(sdk::Resource::accessor_path).collect();
    assert_eq!(accessors, ["beta()", "beta().libraries()"]);
}

#[test]
fn groups_are_taken_from_where_the_settings_say() {
    for groups in ["ids", "tags", "paths"] {
        // A setting of the document stands before its tables.
        let text = format!("groups = \"{groups}\"\n[crate]\nname = \"sdk\"\nversion = \"0.1.0\"\n");
        let config = Config::parse("sdk.toml", text.as_bytes()).expect("the settings are well formed");
        let generated = sdk_generator::generate(&input(), &config).expect("the document is well formed");
        assert_eq!(generated.sdk.resource_source.as_str(), groups);
    }
}

#[test]
fn settings_for_an_operation_that_is_not_there_are_an_error() {
    let (_, codes) = lowered("[operations.readFile]\nname = \"read\"\nreason = \"-\"");
    assert_eq!(codes, ["config-operation-unknown"]);
}

/// An operation of the settings that may be behind a dangling reference.
const DANGLING: &str = r"
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /files:
    $ref: '#/components/pathItems/Files'
";

#[test]
fn settings_for_what_may_be_behind_a_dangling_reference_are_a_warning() {
    let input = Input { bytes: DANGLING.as_bytes(), ..input() };
    let settings = "[operations.listFiles]\nname = \"all\"\nreason = \"for a test\"\n";
    let (_, warnings) = sdk_generator::read(&input, &config(settings)).expect("the faults are warnings");
    let codes: Vec<_> = warnings.iter().map(|one| one.code).collect();
    assert_eq!(codes, ["ref-dangling", "config-operation-unknown"]);

    let mut strict = config(settings);
    strict.strict = true;
    let strict = sdk_generator::read(&input, &strict).expect_err("the reference is an error");
    let severities: Vec<_> = strict.iter().map(|one| (one.code, one.severity)).collect();
    assert_eq!(
        severities,
        [("ref-dangling", Severity::Error), ("config-operation-unknown", Severity::Warning)]
    );
}

#[test]
fn no_rule_guesses_among_lists_and_unusual_names() {
    assert_eq!(pages(""), None);
}

#[test]
fn settings_say_how_a_list_goes_on() {
    let cases = [
        (
            r#"{ kind = "cursor", parameter = "seek", items = "second", next = "bookmark", more = "left" }"#,
            Some("of int64 in second, by bookmark in seek while left"),
        ),
        (
            r#"{ kind = "page", parameter = "seek", items = "first", first = 0 }"#,
            Some("of string in first, by number in seek from 0"),
        ),
        (
            r#"{ kind = "offset", parameter = "seek", items = "first" }"#,
            Some("of string in first, by offset in seek"),
        ),
        (
            r#"{ kind = "last-item", parameter = "seek", items = "first", next = "key" }"#,
            Some("of string in first, by key of the last in seek"),
        ),
        (
            r#"{ kind = "url", items = "first", next = "bookmark" }"#,
            Some("of string in first, by the URL bookmark"),
        ),
        (
            r#"{ kind = "cursor-header", parameter = "header.X-Seek", items = "first", next = "X-Bookmark" }"#,
            Some("of string in first, by the header X-Bookmark in header.X-Seek"),
        ),
        (r#"{ kind = "link-header", items = "first" }"#, Some("of string in first, by the header Link")),
        (r#"{ kind = "none" }"#, None),
    ];
    for (settings, expected) in cases {
        assert_eq!(pages(&format!("pagination = {settings}")).as_deref(), expected, "{settings}");
    }
}

#[test]
fn what_settings_name_has_to_be_there() {
    let wrong = [
        r#"{ kind = "cursor", parameter = "seek", next = "bookmark" }"#,
        r#"{ kind = "cursor", parameter = "seek", items = "third", next = "bookmark" }"#,
        r#"{ kind = "cursor", parameter = "find", items = "first", next = "bookmark" }"#,
        r#"{ kind = "cursor", parameter = "seek", items = "first", next = "missing" }"#,
        r#"{ kind = "cursor", parameter = "seek", items = "first" }"#,
        r#"{ kind = "cursor", parameter = "body.seek", items = "first", next = "bookmark" }"#,
        r#"{ kind = "cursor", parameter = "header.seek", items = "first", next = "bookmark" }"#,
        r#"{ kind = "cursor-header", parameter = "seek", items = "first" }"#,
        r#"{ kind = "offset", items = "first" }"#,
        r#"{ kind = "link-header", items = "first", more = "missing" }"#,
    ];
    for settings in wrong {
        assert_eq!(pagination_codes(settings), ["config-pagination"], "{settings}");
    }
}

#[test]
fn a_header_of_idempotency_keys_has_a_name_that_headers_can_have() {
    let (_, codes) = lowered("[idempotency]\nheader = \"a: b\"");
    assert_eq!(codes, ["config-header-invalid"]);
}

#[test]
fn only_a_stream_of_events_has_settings_for_events() {
    let (_, codes) = lowered("[operations.listFiles]\nevents = {}\nreason = \"-\"");
    assert_eq!(codes, ["config-events-unused"]);
    // What goes for the API need not be for each of its operations.
    let (_, codes) = lowered("[events]\nend = \"the end\"");
    assert!(codes.is_empty(), "{codes:?}");
}

/// The codes of the errors for these settings of the crate.
fn codes_of_crate(config: &Config) -> Vec<&'static str> {
    let input = Input::new("openapi.yaml", DOCUMENT.as_bytes());
    let result = sdk_generator::read(&input, config);
    result.err().iter().flat_map(Diagnostics::iter).map(|one| one.code).collect()
}

#[test]
fn settings_that_cannot_be_written_to_a_manifest_are_errors() {
    let package = "[crate]\nname = \"a-sdk\"\nversion = \"0.1.0\"\n";
    for wrong in [
        r#"dev-dependencies."x = \"1\"\n[badges]\ny" = "1""#,
        r#"dev-dependencies."a b" = "1""#,
        r#"environment.a.variable = "_\u0000=\n""#,
        r#"environment.base_url = "A URL""#,
    ] {
        let config = Config::parse("sdk.toml", format!("{wrong}\n{package}").as_bytes());
        let codes = codes_of_crate(&config.expect("the settings of a test are well formed"));
        assert!(codes.contains(&"config-invalid"), "{wrong}: {codes:?}");
    }
}

#[test]
fn the_url_may_come_from_the_environment() {
    let files = generated("[environment]\nbase_url = \"FILES_URL\"").files;
    let text = |path: &str| files.get(path).expect("the crate has it").to_owned();
    assert!(text("src/client.rs").contains("base_url_variable: Some(\"FILES_URL\")"));
    assert!(text("README.md").contains("| `base_url` | URL | `FILES_URL` |"));
}

#[test]
fn a_crate_has_a_name_of_its_own() {
    for name in ["", "1a", "a b", "a/b", "std", "self", "async", "serde-json", "chrono"] {
        assert_eq!(codes_of_crate(&Config::named(name)), ["config-invalid"], "{name}");
    }
}

#[test]
fn no_crate_has_the_name_of_a_dependency() {
    let runtime: toml::Table = toml::from_str(include_str!("../runtime/manifest.toml"))
        .expect("the manifest of the runtime is TOML");
    let dependencies = runtime["dependencies"].as_table().expect("the runtime has dependencies");
    for name in dependencies.keys() {
        assert_eq!(codes_of_crate(&Config::named(name)), ["config-invalid"], "{name}");
    }
}

#[test]
fn a_license_is_an_spdx_expression() {
    let codes = |license: &str| {
        let mut config = Config::named("sdk");
        config.package.license = Some(license.to_owned());
        codes_of_crate(&config)
    };
    for right in [
        "MIT",
        "GPL-3.0",
        "LicenseRef-Own",
        "(MIT OR Apache-2.0) AND GPL-2.0-only WITH Classpath-exception-2.0",
    ] {
        assert!(codes(right).is_empty(), "{right}");
    }
    for wrong in ["", "MIT/Apache-2.0", "MIT Apache-2.0", "OR", "(MIT", "MIT)", "MIT OR", "the usual; one"] {
        assert_eq!(codes(wrong), ["config-invalid"], "{wrong}");
    }
}

#[test]
fn errors_in_settings_cannot_be_waived() {
    let waiver = "[[waivers]]\ncode = \"config-operation-unknown\"\npointer = \"\"\nreason = \"-\"\n";
    let (_, codes) = lowered(&format!("[operations.readFile]\nname = \"read\"\nreason = \"-\"\n{waiver}"));
    assert_eq!(codes, ["config-operation-unknown", "waiver-unused"]);
}

/// The codes and the help of what is reported about `[include]` and `[exclude]`.
fn selection(settings: &str) -> Vec<(&'static str, String)> {
    match sdk_generator::read(&input(), &config(settings)) {
        Ok((api, _)) => vec![("operations", api.operations.len().to_string())],
        Err(diagnostics) => diagnostics.iter().map(|one| (one.code, one.help.clone())).collect(),
    }
}

#[test]
fn a_part_of_the_document_is_selected() {
    for settings in [
        "[include]\ntags = [\"files\"]",
        "[include]\npaths = [\"/\"]",
        "[include]\noperations = [\"listFiles\"]",
        // Settings for what is left out wait for it.
        "[include]\n[exclude]",
    ] {
        assert_eq!(selection(settings), [("operations", "1".to_owned())], "{settings}");
    }
}

#[test]
fn an_entry_that_is_for_no_operation_is_reported_with_what_there_is() {
    let unmatched = |settings| {
        let found = selection(settings);
        assert_eq!(found.len(), 1, "{settings}: {found:?}");
        assert_eq!(found[0].0, "config-selection-unmatched", "{settings}");
        found[0].1.clone()
    };
    assert_eq!(unmatched("[include]\ntags = [\"files\", \"file\"]"), "write one of the tags: `files`");
    assert_eq!(unmatched("[exclude]\npaths = [\"/file\"]"), "write the begin of a path, like `/files`");
    assert_eq!(unmatched("[exclude]\noperations = [\"list\"]"), "correct the operationId, or remove it");
    assert_eq!(unmatched("[exclude]\nx-internal = true"), "remove the setting");
    let empty = selection("[exclude]\ntags = [\"files\"]");
    assert_eq!(empty, [("config-selection-empty", "include more, or exclude less".to_owned())]);
}
