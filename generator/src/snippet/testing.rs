//! How code that calls an operation is tested: a transport in memory returns the response.

use quote::quote;
use serde_json::Value;

use super::layout::{indented, paragraph};
use super::{Errors, Snippets, call, client, json, literal};
use crate::sdk::{Content, Operation, Type};

/// How many parts a response may have that need not be there.
const MOST_PARTS: usize = 6;

/// Longer programs are left out: the response hides what they show.
const MOST_LINES: usize = 60;

/// A program that tests a call of the operation; `None` when its response cannot be made up, or is long.
pub(super) fn program(operation: &Operation, snippets: &Snippets<'_>) -> Option<String> {
    let response = literal::whole_json(&response(operation, snippets)?);
    let mut called = call::call(operation, snippets);
    called.requirements.errors = called.requirements.errors.max(Errors::Crate);
    let library = snippets.library();
    for path in ["Client", "transport::test::MockResponse", "transport::test::MockTransport"] {
        called.requirements.uses.name(&format!("{library}::{path}"));
    }
    let builder = client::by_hand(snippets.sdk);
    let transport = quote! {
        let api = MockTransport::new();
        api.respond(MockResponse::json(200, &#response));
        let client = #builder.http_client(api.clone()).build()?;
    };
    let requests = quote! {
        let requests = api.requests();
        println!("{} {}", requests[0].method, requests[0].url);
    };
    let body = [paragraph(&transport), called.statements(), paragraph(&requests)].join("\n");
    let (uses, result) = (called.requirements.uses.print(), called.result());
    let body = indented(&body);
    let program = format!("{uses}\n#[tokio::main]\nasync fn main() -> {result} {{\n{body}    Ok(())\n}}\n");
    (program.lines().count() <= MOST_LINES).then_some(program)
}

/// What the operation returns, as JSON.
fn response(operation: &Operation, snippets: &Snippets<'_>) -> Option<Value> {
    match operation.returned.output.content()? {
        Content::Json(Type::Model(model)) => Some(json::of_model(model, None, MOST_PARTS, snippets)?.0),
        Content::Json(Type::List(_)) => Some(Value::Array(Vec::new())),
        _ => None,
    }
}
