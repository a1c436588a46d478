//! The pages that are the same for every API but for their examples: how the crate is used, what can be
//! set for a call, and what can go wrong.

use serde::Serialize;

use super::{Pages, site_map};
use crate::prose::Prose;
use crate::render;
use crate::runtime::Group;
use crate::sdk::{AuthScheme, Operation, OperationId, Sdk};
use crate::snippet::Topic;

/// How the crate is used, as the template lays it out. Examples without an operation to show are empty.
#[derive(Debug, Serialize)]
struct UsageView {
    package: String,
    library: String,
    version: String,
    companions: Vec<&'static str>,
    links: Links,
    has_server_choice: bool,
    credentials: Vec<CredentialRow>,
    settings: String,
    call: String,
    response: String,
    pages: String,
    upload: String,
    download: String,
    stream: String,
    failure: String,
    has_bodies: bool,
}

/// A row of the table of credentials.
#[derive(Debug, Serialize)]
pub(super) struct CredentialRow {
    setter: Prose,
    kind: &'static str,
    variable: Prose,
    description: Prose,
}

/// What goes wrong, as the template lays it out.
#[derive(Debug, Serialize)]
struct ErrorView {
    example: String,
    has_body_errors: bool,
    has_credentials: bool,
    bodies: Vec<Prose>,
}

/// What can be set for a call, as the template lays it out.
#[derive(Debug, Serialize)]
struct OptionsView {
    library: String,
    example: String,
    has_credentials: bool,
}

/// How code that uses the crate is tested, as the template lays it out.
#[derive(Debug, Serialize)]
struct TestingView {
    package: String,
    version: String,
    example: String,
}

/// How to do without async, as the template lays it out.
#[derive(Debug, Serialize)]
struct BlockingView {
    package: String,
    library: String,
    version: String,
    example: String,
    has_uploads: bool,
    has_downloads: bool,
}

/// Where the guide leads to. What a feature turns off has no link in rustdoc; those are empty.
#[derive(Debug, Serialize)]
pub(super) struct Links {
    index: String,
    call_options: String,
    blocking: String,
    testing: String,
    webhooks: String,
    error: String,
}

impl Links {
    /// The pages beside it.
    pub(super) fn to_pages(sdk: &Sdk) -> Self {
        let link = |page: &str| site_map::relative(site_map::USAGE, page);
        Self {
            index: link(site_map::INDEX),
            call_options: link(site_map::CALL_OPTIONS),
            blocking: link(site_map::BLOCKING),
            testing: link(site_map::TESTING),
            webhooks: site_map::webhooks(site_map::USAGE, sdk),
            error: link(site_map::ERROR),
        }
    }

    /// The items of the crate.
    pub(super) fn to_rustdoc(sdk: &Sdk) -> Self {
        Self {
            index: "crate::resources".to_owned(),
            call_options: "crate::RequestOptions".to_owned(),
            blocking: String::new(),
            testing: String::new(),
            webhooks: if sdk.webhooks.is_empty() { String::new() } else { "crate::webhooks".to_owned() },
            error: "crate::Error".to_owned(),
        }
    }
}

/// How the crate is used.
pub(super) fn usage(pages: &Pages<'_>, links: Links) -> String {
    let Pages { sdk, snippets } = pages;
    let featured = &sdk.featured;
    let call = |operation: &Operation| snippets.call(operation).program();
    let response = |operation: &Operation| snippets.showing(operation, Topic::Response).program();
    let items = |operation: &Operation| snippets.items(operation).program();
    let view = UsageView {
        package: sdk.package.name.clone(),
        library: sdk.package.library.clone(),
        version: sdk.package.version.clone(),
        companions: companions(sdk),
        links,
        has_server_choice: sdk.has_server_choice(),
        credentials: credentials(sdk),
        settings: snippets.settings().plain_program(),
        call: shown(featured.front, sdk, call),
        response: shown(featured.call, sdk, response),
        pages: shown(featured.pages, sdk, items),
        upload: shown(featured.upload, sdk, call),
        download: shown(featured.download, sdk, call),
        stream: shown(featured.stream, sdk, call),
        failure: failure(pages),
        has_bodies: sdk.runtime_groups.contains(Group::Bodies),
    };
    render::template("USAGE.md", &view)
}

/// An example on the operation, if there is one.
fn shown(id: Option<OperationId>, sdk: &Sdk, example: impl Fn(&Operation) -> String) -> String {
    id.map(|id| example(sdk.operation(id))).unwrap_or_default()
}

/// What can be set for a call.
pub(super) fn call_options(pages: &Pages<'_>) -> String {
    let Pages { sdk, snippets } = pages;
    let options = |operation: &Operation| snippets.showing(operation, Topic::Options).program();
    let example = shown(sdk.featured.call, sdk, options);
    let view = OptionsView {
        library: sdk.package.library.clone(),
        example,
        has_credentials: sdk.runtime_groups.contains(Group::Auth),
    };
    render::template("docs/call_options.md", view)
}

/// How to do without async.
pub(super) fn blocking(pages: &Pages<'_>) -> String {
    let Pages { sdk, snippets } = pages;
    let view = BlockingView {
        package: sdk.package.name.clone(),
        library: sdk.package.library.clone(),
        version: sdk.package.version.clone(),
        example: shown(sdk.featured.call, sdk, |operation| snippets.call(operation).blocking_program()),
        has_uploads: sdk.runtime_groups.contains(Group::Uploads),
        has_downloads: sdk.runtime_groups.contains(Group::Downloads),
    };
    render::template("docs/blocking.md", view)
}

/// How code that uses the crate is tested.
pub(super) fn testing(pages: &Pages<'_>) -> String {
    let Pages { sdk, snippets } = pages;
    let example = |id: OperationId| snippets.testing_program(sdk.operation(id));
    let example = sdk.featured.front.and_then(example).or_else(|| sdk.featured.call.and_then(example));
    let view = TestingView {
        package: sdk.package.name.clone(),
        version: sdk.package.version.clone(),
        example: example.unwrap_or_default(),
    };
    render::template("docs/testing.md", view)
}

/// What can go wrong.
pub(super) fn error(pages: &Pages<'_>) -> String {
    let bodies = pages.sdk.models.iter().filter_map(|model| {
        let name = Prose::fill("`ErrorBody::{}`", &[model.error_variant.as_ref()?]);
        Some(Prose::link(&name, &site_map::relative(site_map::ERROR, &site_map::model(model))))
    });
    let view = ErrorView {
        example: failure(pages),
        has_body_errors: pages.sdk.runtime_groups.contains(Group::BodyErrors),
        has_credentials: pages.sdk.runtime_groups.contains(Group::Auth),
        bodies: bodies.collect(),
    };
    render::template("docs/errors/error.md", view)
}

fn failure(pages: &Pages<'_>) -> String {
    let Pages { sdk, snippets } = pages;
    shown(sdk.featured.call, sdk, |operation| snippets.showing(operation, Topic::Failure).program())
}

/// Crates whose types are arguments and fields, and which callers need for them.
fn companions(sdk: &Sdk) -> Vec<&'static str> {
    let crates = [(sdk.has_dates, "chrono = \"0.4\""), (sdk.has_any_values, "serde_json = \"1\"")];
    crates.into_iter().filter(|(is_used, _)| *is_used).map(|(_, line)| line).collect()
}

/// The credentials that a client takes.
pub(super) fn credentials(sdk: &Sdk) -> Vec<CredentialRow> {
    sdk.auth.iter().map(credential).chain(sdk.base_url_variable.as_deref().map(base_url)).collect()
}

/// The URL of the API stands beside the credentials, as another value that the environment may hold.
fn base_url(variable: &str) -> CredentialRow {
    CredentialRow {
        setter: Prose::code("base_url"),
        kind: "URL",
        variable: Prose::code(variable).in_cell(),
        description: "Where requests are sent, in place of the API's own URL.".into(),
    }
}

fn credential(scheme: &AuthScheme) -> CredentialRow {
    CredentialRow {
        setter: Prose::code(scheme.setter.as_str()),
        kind: scheme.kind.label(),
        variable: match &scheme.variable {
            Some(variable) => Prose::code(variable).in_cell(),
            None => "none".into(),
        },
        description: scheme.description.one_line().settled(),
    }
}
