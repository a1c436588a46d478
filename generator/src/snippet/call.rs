//! How an operation is called, and what is done with its response.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::budget::Budget;
use super::{Expression, Requirements, Snippet, Snippets, UnsentRequest, input};
use crate::names::{Ident, REQUIRED_ARGUMENT};
use crate::sdk::{Content, Given, Input, Operation, Output, Returned, Target};
use crate::tokens::parsed;

/// More setters than this hide what is required.
const MOST_SETTERS: usize = 2;

/// Longer bodies are made before the call.
const LONGEST_IN_CALL: usize = 50;

/// The call of an operation, and what is done with its response.
pub(super) fn call(operation: &Operation, snippets: &Snippets<'_>) -> Snippet {
    let UnsentRequest { before, builder, requirements } = request(operation, snippets);
    let outcome = outcome(&operation.returned, &builder);
    snippets.snippet(before.into_iter().chain(outcome).collect(), requirements)
}

/// The request builder of an operation, with what is set.
pub(super) fn request(operation: &Operation, snippets: &Snippets<'_>) -> UnsentRequest {
    request_without(operation, snippets, |_| false)
}

/// The request builder of an operation, with what is set, but for what is `left_out`.
pub(super) fn request_without(
    operation: &Operation,
    snippets: &Snippets<'_>,
    left_out: impl Fn(&Input) -> bool,
) -> UnsentRequest {
    let (mut before, mut requirements) = (Vec::new(), Requirements::default());
    let required = required(operation).map(|input| input::size(input, snippets).unwrap_or(1));
    let mut budget = Budget::promising(required.sum());
    let mut chosen = chosen(operation, snippets);
    chosen.retain(|input| {
        let is_promised = operation.requires_body;
        !left_out(input) && (is_promised || budget.offer(input::size(input, snippets)))
    });
    let mut value = |input: &Input, budget: &mut Budget, requirements: &mut Requirements| {
        let Expression { tokens, requirements: others } = input::value(input, budget, snippets);
        requirements.add(&others);
        let is_body = matches!(input.target, Target::Body { .. });
        if !is_body || tokens.to_string().len() <= LONGEST_IN_CALL {
            return tokens;
        }
        let name = &input.name;
        before.push(quote! { let #name = #tokens; });
        quote! { #name }
    };
    let mut arguments: Vec<TokenStream> =
        operation.arguments().map(|input| value(input, &mut budget, &mut requirements)).collect();
    let mut left_to_reader = None;
    if let Some(name) = operation.object_body.as_ref().and_then(|body| body.required.as_ref()) {
        requirements.uses.name(&format!("{}::models::{name}", snippets.library()));
        let sizes = operation.required_fields().map(|input| input::size(input, snippets).unwrap_or(1));
        if sizes.sum::<usize>() > snippets.largest {
            let required: TokenStream = parsed(REQUIRED_ARGUMENT);
            left_to_reader = Some(quote! { let #required: #name = todo!("what is required"); });
            arguments.push(required);
        } else {
            arguments.push(required_struct(name, operation, &mut budget, snippets, &mut requirements));
        }
    }
    let accessors = &snippets.sdk.resource(operation.resource).accessors;
    let method = &operation.method;
    let mut builder = quote! { client #(.#accessors())*.#method(#(#arguments),*) };
    for input in chosen {
        let (setter, value) = (&input.name, value(input, &mut budget, &mut requirements));
        builder = quote! { #builder.#setter(#value) };
    }
    before.extend(left_to_reader);
    UnsentRequest { before, builder, requirements }
}

/// The struct with the required properties.
fn required_struct(
    name: &Ident,
    operation: &Operation,
    budget: &mut Budget,
    snippets: &Snippets<'_>,
    requirements: &mut Requirements,
) -> TokenStream {
    let fields = operation.required_fields().map(|input| {
        let Expression { tokens, requirements: others } = input::exact(input, budget, snippets);
        requirements.add(&others);
        let name = &input.name;
        quote! { #name: #tokens }
    });
    let fields: Vec<TokenStream> = fields.collect();
    quote! { #name { #(#fields),* } }
}

/// Whether all that the request of an operation needs can be written out.
pub(super) fn is_complete(operation: &Operation, snippets: &Snippets<'_>) -> bool {
    required(operation).all(|input| input::size(input, snippets).is_some())
}

/// What has to be passed or set: the arguments, and of several bodies the first, with all that it needs.
fn required(operation: &Operation) -> impl Iterator<Item = &Input> {
    let body = operation.setters().filter(|input| operation.requires_body && input.body == Some(0));
    let body: Vec<&Input> = body.filter(|input| !input.docs.is_deprecated).collect();
    let mut of_body: Vec<&Input> = body.iter().copied().filter(|input| input.is_required).collect();
    if of_body.is_empty() {
        // Where nothing in it is required, any part of it makes it be sent.
        of_body.extend(body.first());
    }
    operation.arguments().chain(operation.required_fields()).chain(of_body)
}

/// The setters that are worth showing: those that the document gives values for.
fn chosen<'o>(operation: &'o Operation, snippets: &Snippets<'_>) -> Vec<&'o Input> {
    if operation.requires_body {
        return required(operation).filter(|input| input.given == Given::Setter).collect();
    }
    let optional: Vec<&Input> = operation.setters().filter(|input| !input.docs.is_deprecated).collect();
    let with_example = optional.iter().filter(|input| input::example(input, snippets.sdk).is_some());
    let mut chosen: Vec<&Input> = with_example.copied().take(MOST_SETTERS).collect();
    if chosen.is_empty() {
        let with_default = optional.iter().filter(|input| input.default.is_some());
        chosen.extend(with_default.take(MOST_SETTERS));
    }
    chosen
}

/// The statements that send a request and use what is returned.
pub(super) fn outcome(returned: &Returned, request: &TokenStream) -> Vec<TokenStream> {
    let response = quote! { #request.await? };
    match &returned.output {
        Output::One(Content::Empty) => vec![quote! { #response; }],
        Output::One(Content::Download) => {
            let name = file_name(returned.media_type.as_deref());
            vec![quote! { #response.save_to(#name).await?; }]
        }
        Output::One(Content::Text) => {
            vec![quote! { let text = #response; }, quote! { println!("{text}"); }]
        }
        Output::One(Content::Events(_)) => vec![
            quote! { let mut events = #response; },
            quote! { while let Some(event) = events.next().await { let event = event?; println!("{event:#?}"); } },
        ],
        Output::One(Content::JsonLines(_)) => vec![
            quote! { let mut lines = #response; },
            quote! { while let Some(line) = lines.next().await { let line = line?; println!("{line:#?}"); } },
        ],
        Output::One(Content::Json(_)) | Output::Several(_) => {
            vec![quote! { let response = #response; }, quote! { println!("{response:#?}"); }]
        }
    }
}

/// What to call a download: after its media type, as far as that says it.
fn file_name(media_type: Option<&str>) -> Literal {
    let extension = match media_type {
        Some("application/pdf") => "pdf",
        Some("application/zip") => "zip",
        Some("audio/mpeg") => "mp3",
        Some("image/jpeg") => "jpg",
        Some("image/png") => "png",
        Some("text/csv") => "csv",
        _ => "bin",
    };
    Literal::string(&format!("download.{extension}"))
}
