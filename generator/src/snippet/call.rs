//! How an operation is called, and what is done with its answer.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::{Aspect, Errors, Expression, Files, Needs, Snippet, Snippets, Unsent, library, literal, value};
use crate::Plan;
use crate::ir::{
    Body, Operation, OperationId, ResourceId, ResponseContent, SecuritySchemeId, SecuritySchemeKind, Success,
};
use crate::rust::arguments::{Input, InputValue, Place, inputs};

/// More setters than this hide what is required.
const MOST_SETTERS: usize = 2;

/// The operation that takes least and gives a value.
pub(super) fn shown(plan: &Plan) -> Option<OperationId> {
    let ids = || (0..plan.api.operations.len()).map(OperationId);
    let gives_value = |id: &OperationId| {
        let operation = plan.api.operation(*id);
        matches!(operation.success(), Success::One(ResponseContent::Json(_))) && !operation.docs.deprecated
    };
    let arguments = |id: &OperationId| inputs(*id, plan).iter().filter(|input| input.is_argument).count();
    ids().filter(gives_value).min_by_key(arguments).or_else(|| ids().next())
}

/// The call of an operation, and what is done with its answer.
pub(super) fn call(id: OperationId, snippets: &Snippets<'_>) -> Snippet {
    let Unsent { before, call, needs } = unsent(id, snippets);
    let outcome = outcome(snippets.plan.api.operation(id), &call);
    snippets.snippet(before.into_iter().chain(outcome).collect(), needs)
}

/// The call of an operation, with something other than its value shown.
pub(super) fn showing(id: OperationId, aspect: Aspect, snippets: &Snippets<'_>) -> Snippet {
    let Unsent { before, call, mut needs } = unsent(id, snippets);
    let library = library(snippets.plan);
    let paragraphs = match aspect {
        Aspect::Response => vec![
            quote! { let response = #call.send_with_response().await?; },
            quote! {
                println!("{} after {} attempts", response.status(), response.attempts());
                println!("{:#?}", response.into_value());
            },
        ],
        Aspect::Failure => {
            needs.uses.name(&format!("{library}::Error"));
            // Only a boxed error needs to be converted.
            let error = if needs.errors == Errors::Any {
                quote! { error.into() }
            } else {
                quote! { error }
            };
            vec![quote! {
                match #call.send().await {
                    Ok(response) => println!("{response:#?}"),
                    Err(Error::Api(error)) => println!("{}: {:?}", error.status(), error.body()),
                    Err(error) if error.is_retryable() => println!("try again later: {error}"),
                    Err(error) => return Err(#error),
                }
            }]
        }
        Aspect::Options => {
            needs.uses.name("std::time::Duration");
            needs.uses.name(&format!("{library}::RetryPolicy"));
            let call = quote! {
                #call
                    .timeout(Duration::from_secs(20))
                    .retry(RetryPolicy::none())
                    .header("x-request-source", "example")
            };
            outcome(snippets.plan.api.operation(id), &call)
        }
    };
    snippets.snippet(before.into_iter().chain(paragraphs).collect(), needs)
}

/// A client with settings of its own.
pub(super) fn settings(snippets: &Snippets<'_>) -> Snippet {
    let library = library(snippets.plan);
    let mut needs = Needs::default();
    for path in ["Client", "RetryPolicy"] {
        needs.uses.name(&format!("{library}::{path}"));
    }
    needs.uses.name("std::time::Duration");
    let builder = by_hand(snippets.plan);
    let statement = quote! {
        let client = #builder
            .timeout(Duration::from_secs(120))
            .retry(RetryPolicy::default().max_retries(4))
            .default_header("x-request-source", "example")
            .build()?;
    };
    let print = quote! { println!("{client:?}"); };
    snippets.snippet(vec![statement, print], Needs { errors: needs.errors.max(Errors::Crate), ..needs })
}

/// Longer bodies are made before the call.
const LONGEST_IN_CALL: usize = 50;

/// The builder of an operation, with what is set.
pub(super) fn unsent(id: OperationId, snippets: &Snippets<'_>) -> Unsent {
    unsent_but(id, snippets, |_| false)
}

/// The builder of an operation, with what is set, but for what is `left_out`.
pub(super) fn unsent_but(
    id: OperationId,
    snippets: &Snippets<'_>,
    left_out: impl Fn(&Input<'_>) -> bool,
) -> Unsent {
    let plan = snippets.plan;
    let operation = plan.api.operation(id);
    let (mut before, mut needs) = (Vec::new(), Needs::default());
    let mut given = |input: &Input<'_>| {
        let Expression { tokens, needs: others } = input_value(input, operation, snippets);
        needs.add(&others);
        if !matches!(input.place, Place::Body(_)) || tokens.to_string().len() <= LONGEST_IN_CALL {
            return tokens;
        }
        let name = format_ident!("{}", input.name.as_str());
        before.push(quote! { let #name = #tokens; });
        quote! { #name }
    };
    let inputs = inputs(id, plan);
    let arguments: Vec<TokenStream> =
        inputs.iter().filter(|input| input.is_argument).map(&mut given).collect();
    let resource = resource(operation.resource, plan);
    let method = format_ident!("{}", plan.names.operation(id).method.as_str());
    let mut call = quote! { client.#resource.#method(#(#arguments),*) };
    for input in chosen(&inputs, operation, plan).into_iter().filter(|input| !left_out(input)) {
        let (setter, value) = (format_ident!("{}", input.name.as_str()), given(input));
        call = quote! { #call.#setter(#value) };
    }
    Unsent { before, call, needs }
}

/// `beta().libraries()`
fn resource(id: ResourceId, plan: &Plan) -> TokenStream {
    let accessor = format_ident!("{}", plan.names.resource(id).accessor.as_str());
    let Some(parent) = plan.api.resource(id).parent else { return quote! { #accessor() } };
    let parent = resource(parent, plan);
    quote! { #parent.#accessor() }
}

/// How a client is made: from the environment when the settings say how, by hand otherwise.
pub(super) fn client(plan: &Plan) -> TokenStream {
    let schemes = &plan.api.security_schemes;
    let is_configured = schemes.iter().any(|scheme| plan.config.environment.contains_key(&scheme.name));
    if is_configured || schemes.is_empty() {
        return quote! { Client::from_env()? };
    }
    let builder = by_hand(plan);
    quote! { #builder.build()? }
}

/// A builder of clients, with a credential if there is any.
fn by_hand(plan: &Plan) -> TokenStream {
    let mut schemes = plan.api.security_schemes.iter().enumerate();
    let scheme = schemes.find(|(_, scheme)| scheme.kind != SecuritySchemeKind::MutualTls);
    let Some((index, scheme)) = scheme else { return quote! { Client::builder() } };
    let setter = format_ident!("{}", plan.names.security(SecuritySchemeId(index)).setter.as_str());
    let library = format_ident!("{}", library(plan));
    let credential = match scheme.kind {
        SecuritySchemeKind::Basic => quote! { #library::Credential::basic("user", "password") },
        SecuritySchemeKind::ApiKey { .. } => quote! { "your key" },
        _ => quote! { "your token" },
    };
    quote! { Client::builder().#setter(#credential) }
}

/// The settings that are worth showing: those that the document gives values for.
fn chosen<'i, 'a>(inputs: &'i [Input<'a>], operation: &'a Operation, plan: &Plan) -> Vec<&'i Input<'a>> {
    let optional = inputs.iter().filter(|input| !input.is_argument && !input.docs().deprecated);
    let optional: Vec<&Input<'_>> = if operation.body_required && operation.bodies.len() > 1 {
        // One of the bodies has to be set: the first, with all that it needs.
        let in_first = |input: &&Input<'_>| is_of(input, &operation.bodies[0], operation, plan);
        return optional.filter(in_first).filter(|input| is_needed(input)).collect();
    } else {
        optional.collect()
    };
    let with_example = optional.iter().filter(|input| given(input, operation, plan).is_some());
    let mut chosen: Vec<&Input<'_>> = with_example.copied().take(MOST_SETTERS).collect();
    if chosen.is_empty() {
        let with_default = optional.iter().filter(|input| input.default().is_some());
        chosen.extend(with_default.take(MOST_SETTERS));
    }
    chosen
}

/// Whether `input` is `body`, or in it.
fn is_of(input: &Input<'_>, body: &Body, operation: &Operation, plan: &Plan) -> bool {
    match &input.place {
        Place::Parameter(_) => false,
        Place::Body(other) => std::ptr::eq(*other, body),
        Place::FormField(field) => match &body.content {
            crate::ir::BodyContent::Form(fields) => fields.iter().any(|other| std::ptr::eq(other, *field)),
            _ => false,
        },
        Place::Part(part) => match &body.content {
            crate::ir::BodyContent::Multipart(parts) => parts.iter().any(|other| std::ptr::eq(other, *part)),
            _ => false,
        },
        Place::Member(_) => operation.flattened_body(&plan.api).is_some(),
    }
}

fn is_needed(input: &Input<'_>) -> bool {
    match &input.place {
        Place::Parameter(_) => false,
        Place::Body(_) => true,
        Place::FormField(field) => field.required,
        Place::Part(part) => part.required,
        Place::Member(field) => field.member.required,
    }
}

/// The value that the document gives for an input and that fits its type.
fn given<'a>(input: &Input<'a>, operation: &'a Operation, plan: &'a Plan) -> Option<&'a Value> {
    let name = input.wire_name();
    let in_body = match &input.place {
        Place::Parameter(_) | Place::Body(_) => None,
        _ => operation.bodies.iter().flat_map(|body| &body.examples).find_map(|example| example.get(name)),
    };
    let in_type = match &input.place {
        Place::Member(_) => operation
            .flattened_body(&plan.api)
            .and_then(|id| plan.api.type_def(id).examples.iter().find_map(|example| example.get(name))),
        _ => None,
    };
    let values = in_body.into_iter().chain(in_type).chain(input.examples());
    match &input.value {
        InputValue::Typed(ty) => values.into_iter().find(|value| value::fits(ty, value, plan)),
        InputValue::File | InputValue::Files | InputValue::Bytes => {
            values.into_iter().find(|value| value.is_string())
        }
    }
}

fn input_value(input: &Input<'_>, operation: &Operation, snippets: &Snippets<'_>) -> Expression {
    let plan = snippets.plan;
    let given = given(input, operation, plan);
    match &input.value {
        InputValue::Typed(ty) => {
            let name = if input.wire_name().is_empty() { "text" } else { input.wire_name() };
            value::passed(ty, name, given.or(input.default()), snippets)
        }
        InputValue::File => file(given, snippets),
        InputValue::Files => {
            let Expression { tokens, needs } = file(given, snippets);
            Expression { tokens: quote! { vec![#tokens] }, needs }
        }
        InputValue::Bytes => {
            let text = given.and_then(Value::as_str).unwrap_or("the content");
            let bytes = Literal::byte_string(literal::short(text).as_bytes());
            Expression { tokens: quote! { #bytes.to_vec() }, needs: Needs::default() }
        }
    }
}

/// A file by the name that the document gives.
fn file(given: Option<&Value>, snippets: &Snippets<'_>) -> Expression {
    let name = given.and_then(Value::as_str).filter(|name| is_file_name(name)).unwrap_or("file.txt");
    let name = Literal::string(name);
    let mut needs = Needs::default();
    needs.uses.name(&format!("{}::FileUpload", library(snippets.plan)));
    let tokens = match snippets.files {
        Files::OnDisk => quote! { FileUpload::from_path(#name).await? },
        Files::InMemory => quote! { FileUpload::from_bytes("content").with_file_name(#name) },
    };
    Expression { tokens, needs }
}

/// Whether an example of a file is its name, and not its content.
fn is_file_name(text: &str) -> bool {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
    let extension = text.rsplit_once('.').map(|(_, extension)| extension.len());
    text.chars().all(is_plain)
        && text.len() <= 40
        && extension.is_some_and(|length| (1..=5).contains(&length))
}

/// The statements that send the call and use what comes back.
fn outcome(operation: &Operation, call: &TokenStream) -> Vec<TokenStream> {
    match operation.success() {
        Success::Nothing | Success::One(ResponseContent::Empty) => vec![quote! { #call.send().await?; }],
        Success::One(ResponseContent::Binary) => {
            let name = file_name(operation);
            vec![quote! { #call.send().await?.save_to(#name).await?; }]
        }
        Success::One(ResponseContent::Text) => {
            vec![quote! { let text = #call.send().await?; }, quote! { println!("{text}"); }]
        }
        Success::One(ResponseContent::Events(_)) => vec![
            quote! { let mut events = #call.send().await?; },
            quote! { while let Some(event) = events.next().await { let event = event?; println!("{event:#?}"); } },
        ],
        Success::One(ResponseContent::JsonLines(_)) => vec![
            quote! { let mut lines = #call.send().await?; },
            quote! { while let Some(line) = lines.next().await { let line = line?; println!("{line:#?}"); } },
        ],
        Success::One(ResponseContent::Json(_)) | Success::JsonOrStream { .. } | Success::Several => {
            vec![quote! { let response = #call.send().await?; }, quote! { println!("{response:#?}"); }]
        }
    }
}

/// What to call a download: after its media type, as far as that says it.
fn file_name(operation: &Operation) -> Literal {
    let media_type = operation.responses.iter().find_map(|response| response.media_type.as_deref());
    let extension = match media_type.and_then(|name| name.split(';').next()) {
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
