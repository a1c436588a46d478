//! What the runtime knows of an operation: a `static` with its method, path, answers and so on.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{errors, ident};
use crate::Plan;
use crate::ir::{
    Api, EventRules, Idempotency, Operation, OperationId, ResponseContent, Server, Status, Success,
};
use crate::rust::spelling::Imports;

/// The `static` of an operation.
pub(super) fn emit(id: OperationId, plan: &Plan, imports: &mut Imports) -> TokenStream {
    let operation = plan.api.operation(id);
    imports.add_path("crate::runtime::Operation");
    imports.add_path("crate::runtime::Method");
    let constant = ident(&plan.names.operation(id).constant);
    let Operation { id: name, path, .. } = operation;
    let method = format_ident!("{}", operation.method.as_str());
    let query = pairs("query", &operation.fixed_query);
    let accept = accept(operation);
    let servers = (!operation.servers.is_empty()).then(|| {
        imports.add_path("crate::runtime::ServerTemplate");
        let servers = servers(&operation.servers);
        quote! { servers: #servers, }
    });
    let security = security(operation, &plan.api);
    let errors = error_cases(operation, plan, imports);
    let repeat = repeat(operation.idempotency, imports);
    let events = operation.events.as_ref().map(|rules| events(rules, imports));
    // A body without alternatives is an argument of the method, and cannot be forgotten.
    let is_choice = operation.body_required && operation.bodies.len() > 1;
    let requires_body = is_choice.then(|| quote! { requires_body: true, });
    quote! {
        static #constant: Operation = Operation {
            id: #name,
            method: Method::#method,
            path: #path,
            #query
            #accept
            #servers
            #security
            #errors
            #repeat
            #events
            #requires_body
            ..Operation::DEFAULT
        };
    }
}

/// A field with pairs of texts, or nothing when there are none.
fn pairs(field: &str, pairs: &[(String, String)]) -> TokenStream {
    if pairs.is_empty() {
        return TokenStream::new();
    }
    let field = format_ident!("{field}");
    let pairs = pairs.iter().map(|(name, value)| quote! { (#name, #value) });
    quote! { #field: &[#(#pairs),*], }
}

/// What is asked for: the media types that the answers of success have. JSON is what the runtime
/// asks for by itself, and a stream is asked for by the method that gives one.
fn accept(operation: &Operation) -> TokenStream {
    let is_choice = matches!(operation.success(), Success::JsonOrStream { .. });
    let accept = media_types(operation, |content| !(is_choice && content.is_stream()));
    if accept.is_empty() || accept == "application/json" {
        return TokenStream::new();
    }
    quote! { accept: #accept, }
}

/// The media types of the answers whose content is `wanted`, each once.
pub(super) fn media_types(operation: &Operation, wanted: impl Fn(&ResponseContent) -> bool) -> String {
    let mut media_types: Vec<&str> = Vec::new();
    for response in operation.responses.iter().filter(|response| wanted(&response.content)) {
        if let Some(media_type) = response.media_type.as_deref()
            && !media_types.contains(&media_type)
        {
            media_types.push(media_type);
        }
    }
    media_types.join(", ")
}

/// `&[ServerTemplate { .. }]`
pub(super) fn servers(servers: &[Server]) -> TokenStream {
    let servers = servers.iter().map(|server| {
        let url = &server.url;
        let variables = server.variables.iter().map(|variable| {
            let (name, default) = (&variable.name, &variable.default);
            quote! { (#name, #default) }
        });
        quote! { ServerTemplate { url: #url, variables: &[#(#variables),*] } }
    });
    quote! { &[#(#servers),*] }
}

fn security(operation: &Operation, api: &Api) -> TokenStream {
    if operation.security.is_empty() {
        return TokenStream::new();
    }
    let requirements = operation.security.iter().map(|requirement| {
        let names = requirement.schemes.iter().map(|(scheme, _)| &api.security_schemes[scheme.0].name);
        quote! { &[#(#names),*] }
    });
    quote! { security: &[#(#requirements),*], }
}

fn error_cases(operation: &Operation, plan: &Plan, imports: &mut Imports) -> TokenStream {
    let cases: Vec<TokenStream> = operation
        .errors
        .iter()
        .filter_map(|error| {
            let decoder = errors::decoder(error, plan)?;
            let status = status(error.status);
            Some(quote! { ErrorCase::new(#status, ErrorBody::#decoder) })
        })
        .collect();
    if cases.is_empty() {
        return TokenStream::new();
    }
    imports.add_path("crate::runtime::ErrorCase");
    imports.add_path("crate::runtime::StatusPattern");
    imports.add_path("crate::errors::ErrorBody");
    quote! { errors: &[#(#cases),*], }
}

fn repeat(repeat: Idempotency, imports: &mut Imports) -> Option<TokenStream> {
    let variant = match repeat {
        Idempotency::ByMethod => return None,
        Idempotency::Idempotent => quote! { Safe },
        Idempotency::NotIdempotent => quote! { Unsafe },
        Idempotency::WithKey => quote! { Keyed },
    };
    imports.add_path("crate::runtime::Repeat");
    Some(quote! { repeat: Repeat::#variant, })
}

fn events(rules: &EventRules, imports: &mut Imports) -> TokenStream {
    imports.add_path("crate::runtime::EventEnd");
    imports.add_path("crate::runtime::EventRules");
    let end = if let Some(data) = &rules.end {
        quote! { EventEnd::Required(#data) }
    } else {
        quote! { EventEnd::Answer }
    };
    let errors = &rules.errors;
    quote! { events: EventRules { end: #end, errors: &[#(#errors),*] }, }
}

/// The statuses as the runtime knows them.
pub(super) fn status(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote! { StatusPattern::Code(#code) }
        }
        Status::Range(digit) => {
            let digit = proc_macro2::Literal::u8_unsuffixed(digit);
            quote! { StatusPattern::Range(#digit) }
        }
        Status::Default => quote! { StatusPattern::Default },
    }
}
