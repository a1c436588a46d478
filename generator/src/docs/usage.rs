//! The pages that are the same for every API but for their examples: how the crate is used, what can be
//! set for a call, and what can go wrong.

use serde::Serialize;

use super::Pages;
use super::place::{self, relative};
use crate::ir::{OperationId, ResponseContent, Scalar, SecuritySchemeId, SecuritySchemeKind, Success, Type};
use crate::prose::Prose;
use crate::render;
use crate::rust::arguments::{InputValue, inputs};
use crate::snippet::{Aspect, library};

/// How the crate is used, as the template lays it out. Examples without an operation to show are empty.
#[derive(Debug, Serialize)]
struct UsageView {
    package: String,
    library: String,
    version: String,
    companions: Vec<&'static str>,
    index: String,
    call_options: String,
    blocking: String,
    error: String,
    credentials: Vec<CredentialRow>,
    settings: String,
    call: String,
    response: String,
    pages: String,
    upload: String,
    download: String,
    stream: String,
    failure: String,
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
    bodies: Vec<Prose>,
}

/// What can be set for a call, as the template lays it out.
#[derive(Debug, Serialize)]
struct OptionsView {
    example: String,
}

/// How to do without async, as the template lays it out.
#[derive(Debug, Serialize)]
struct BlockingView {
    package: String,
    library: String,
    version: String,
    example: String,
}

/// How the crate is used.
pub(super) fn page(pages: &Pages<'_>) -> String {
    let plan = pages.plan;
    let of = |id: Option<OperationId>| id.map_or(String::new(), |id| pages.snippets.call(id).program());
    let response = pages.snippets.shown().map(|id| pages.snippets.showing(id, Aspect::Response).program());
    let view = UsageView {
        package: plan.config.package.name.clone(),
        library: library(plan),
        version: plan.config.package.version.clone(),
        companions: companions(pages),
        index: relative(place::USAGE, place::INDEX),
        call_options: relative(place::USAGE, place::CALL_OPTIONS),
        blocking: relative(place::USAGE, place::BLOCKING),
        error: relative(place::USAGE, place::ERROR),
        credentials: credentials(pages),
        settings: pages.snippets.settings().plain_program(),
        call: of(pages.snippets.shown()),
        response: response.unwrap_or_default(),
        pages: paged(pages).map_or(String::new(), |id| pages.snippets.items(id).program()),
        upload: of(upload(pages)),
        download: of(download(pages)),
        stream: of(stream(pages)),
        failure: failure(pages),
    };
    render::template("USAGE.md", &view)
}

/// What can be set for a call.
pub(super) fn call_options(pages: &Pages<'_>) -> String {
    let example = pages.snippets.shown().map(|id| pages.snippets.showing(id, Aspect::Options).program());
    render::template("docs/call_options.md", OptionsView { example: example.unwrap_or_default() })
}

/// How to do without async.
pub(super) fn blocking(pages: &Pages<'_>) -> String {
    let plan = pages.plan;
    let example = pages.snippets.shown().map(|id| pages.snippets.call(id).blocking_program());
    let view = BlockingView {
        package: plan.config.package.name.clone(),
        library: library(plan),
        version: plan.config.package.version.clone(),
        example: example.unwrap_or_default(),
    };
    render::template("docs/blocking.md", view)
}

/// What can go wrong.
pub(super) fn error(pages: &Pages<'_>) -> String {
    let bodies = pages.types().filter_map(|id| {
        let names = pages.plan.names.error(id).filter(|_| pages.places.is_error(id))?;
        let name = Prose::fill("`ErrorBody::{}`", &[&names.variant]);
        Some(Prose::link(&name, &relative(place::ERROR, &pages.places.of_type(id))))
    });
    render::template("docs/errors/error.md", ErrorView { example: failure(pages), bodies: bodies.collect() })
}

/// Crates whose types are arguments and members, and which callers need for them.
fn companions(pages: &Pages<'_>) -> Vec<&'static str> {
    let api = &pages.plan.api;
    let dates = api.uses(|ty| matches!(ty, Type::Scalar(Scalar::Date | Scalar::DateTime)));
    let values = api.uses(|ty| matches!(ty, Type::Any));
    let crates = [(dates, "chrono = \"0.4\""), (values, "serde_json = \"1\"")];
    crates.into_iter().filter(|(is_used, _)| *is_used).map(|(_, line)| line).collect()
}

/// The credentials that a client takes.
pub(super) fn credentials(pages: &Pages<'_>) -> Vec<CredentialRow> {
    let plan = pages.plan;
    let row = |(index, scheme): (usize, &crate::ir::SecurityScheme)| CredentialRow {
        setter: Prose::code(plan.names.security(SecuritySchemeId(index)).setter.as_str()),
        kind: match &scheme.kind {
            SecuritySchemeKind::Bearer => "bearer token",
            SecuritySchemeKind::Basic => "user and password",
            SecuritySchemeKind::ApiKey { .. } => "API key",
            SecuritySchemeKind::OAuth2 { .. } => "OAuth 2",
            SecuritySchemeKind::OpenIdConnect { .. } => "OpenID Connect",
            SecuritySchemeKind::MutualTls => "certificate",
        },
        variable: match plan.config.environment.get(&scheme.name) {
            Some(environment) => Prose::code(&environment.variable).in_cell(),
            None => "none".into(),
        },
        description: match scheme.description.one_line().settled() {
            empty if empty.is_empty() => "N/A".into(),
            text => text,
        },
    };
    plan.api.security_schemes.iter().enumerate().map(row).collect()
}

/// The operations that the general pages show.
pub(super) fn shown(pages: &Pages<'_>) -> Vec<OperationId> {
    [pages.snippets.shown(), paged(pages), upload(pages), download(pages), stream(pages)]
        .into_iter()
        .flatten()
        .collect()
}

/// The operation that takes least and gives its list page by page.
fn paged(pages: &Pages<'_>) -> Option<OperationId> {
    let is_paged = |id: &OperationId| pages.plan.api.operation(*id).pagination.is_some();
    let arguments =
        |id: &OperationId| inputs(*id, pages.plan).iter().filter(|input| input.is_argument).count();
    pages.operations().filter(is_paged).min_by_key(arguments)
}

fn upload(pages: &Pages<'_>) -> Option<OperationId> {
    let takes = |is_it: fn(&InputValue) -> bool| pages.operations().find(|id| takes(*id, pages, is_it));
    takes(|value| matches!(value, InputValue::File | InputValue::Files))
        .or_else(|| takes(|value| matches!(value, InputValue::Bytes)))
}

fn download(pages: &Pages<'_>) -> Option<OperationId> {
    let is_binary = |content: &ResponseContent| *content == ResponseContent::Binary;
    let may_answer = |id: &OperationId| {
        let responses = &pages.plan.api.operation(*id).responses;
        responses.iter().any(|response| is_binary(&response.content))
    };
    let always = pages.operations().find(|id| answers(*id, pages, is_binary));
    always.or_else(|| pages.operations().find(may_answer))
}

fn stream(pages: &Pages<'_>) -> Option<OperationId> {
    pages.operations().find(|id| answers(*id, pages, ResponseContent::is_stream))
}

fn failure(pages: &Pages<'_>) -> String {
    pages.snippets.shown().map_or(String::new(), |id| pages.snippets.showing(id, Aspect::Failure).program())
}

fn takes(id: OperationId, pages: &Pages<'_>, is_it: impl Fn(&InputValue) -> bool) -> bool {
    inputs(id, pages.plan).iter().any(|input| is_it(&input.value))
}

fn answers(id: OperationId, pages: &Pages<'_>, is_it: impl Fn(&ResponseContent) -> bool) -> bool {
    matches!(pages.plan.api.operation(id).success(), Success::One(content) if is_it(content))
}
