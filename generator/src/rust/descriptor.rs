//! The operation descriptor: a `static` with what the runtime knows of an operation, its method,
//! path, error responses and so on.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::imports::Imports;
use crate::sdk::{EventRules, Idempotency, Operation, ServerTemplate, StatusPattern};
use crate::tokens::parsed;

/// The `static` of an operation.
pub(super) fn emit(operation: &Operation, imports: &mut Imports) -> TokenStream {
    imports.add_path("crate::runtime::Operation");
    imports.add_path("crate::runtime::Method");
    let Operation { id, constant, method_syntax, path, .. } = operation;
    let method = parsed(method_syntax);
    let query = fixed_query(operation);
    let accept = accept(operation);
    let servers = (!operation.servers.is_empty()).then(|| {
        imports.add_path("crate::runtime::ServerTemplate");
        let servers = servers(operation.servers.iter());
        quote! { servers: #servers, }
    });
    let security = security(&operation.security);
    let errors = error_cases(operation, imports);
    let idempotency = idempotency(operation.idempotency, imports);
    let events = operation.events.as_ref().map(|rules| events(rules, imports));
    // A body without alternatives is an argument of the method, and cannot be forgotten.
    let requires_body = operation.requires_body.then(|| quote! { requires_body: true, });
    quote! {
        static #constant: Operation = Operation {
            id: #id,
            method: #method,
            path: #path,
            #query
            #accept
            #servers
            #security
            #errors
            #idempotency
            #events
            #requires_body
            ..Operation::DEFAULT
        };
    }
}

fn fixed_query(operation: &Operation) -> Option<TokenStream> {
    let pairs = operation.fixed_query.iter().map(|(name, value)| quote! { (#name, #value) });
    (!operation.fixed_query.is_empty()).then(|| quote! { query: &[#(#pairs),*], })
}

fn accept(operation: &Operation) -> Option<TokenStream> {
    let accept = &operation.returned.accept;
    (!accept.is_empty()).then(|| quote! { accept: #accept, })
}

/// `&[ServerTemplate { .. }]`
pub(super) fn servers<'a>(servers: impl Iterator<Item = &'a ServerTemplate>) -> TokenStream {
    let servers = servers.map(|ServerTemplate { url, variables }| {
        let variables = variables.iter().map(|(name, default)| quote! { (#name, #default) });
        quote! { ServerTemplate { url: #url, variables: &[#(#variables),*] } }
    });
    quote! { &[#(#servers),*] }
}

/// `security: &[..],`, where there is anything to say.
pub(super) fn security(alternatives: &[Vec<String>]) -> Option<TokenStream> {
    let lists = alternatives.iter().map(|schemes| quote! { &[#(#schemes),*] });
    (!alternatives.is_empty()).then(|| quote! { security: &[#(#lists),*], })
}

fn error_cases(operation: &Operation, imports: &mut Imports) -> Option<TokenStream> {
    let cases = operation.errors.iter().filter_map(|error| {
        let decoder = &error.body.as_ref()?.decoder;
        let status = status(error.status);
        Some(quote! { ErrorCase::new(#status, ErrorBody::#decoder) })
    });
    let cases: Vec<TokenStream> = cases.collect();
    if cases.is_empty() {
        return None;
    }
    imports.add_path("crate::runtime::ErrorCase");
    imports.add_path("crate::runtime::StatusPattern");
    imports.add_path("crate::errors::ErrorBody");
    Some(quote! { errors: &[#(#cases),*], })
}

fn idempotency(idempotency: Idempotency, imports: &mut Imports) -> Option<TokenStream> {
    let variant = match idempotency {
        Idempotency::ByMethod => return None,
        Idempotency::Idempotent => quote! { Idempotent },
        Idempotency::NotIdempotent => quote! { NotIdempotent },
        Idempotency::WithKey => quote! { WithKey },
    };
    imports.add_path("crate::runtime::Idempotency");
    Some(quote! { idempotency: Idempotency::#variant, })
}

fn events(rules: &EventRules, imports: &mut Imports) -> TokenStream {
    imports.add_path("crate::runtime::EventEnd");
    imports.add_path("crate::runtime::EventRules");
    let end = if let Some(data) = &rules.end {
        quote! { EventEnd::Required(#data) }
    } else {
        quote! { EventEnd::Close }
    };
    let errors = &rules.errors;
    quote! { events: EventRules { end: #end, errors: &[#(#errors),*] }, }
}

/// The statuses as the runtime knows them.
pub(super) fn status(status: StatusPattern) -> TokenStream {
    match status {
        StatusPattern::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote! { StatusPattern::Code(#code) }
        }
        StatusPattern::Range(digit) => {
            let digit = Literal::u8_unsuffixed(digit);
            quote! { StatusPattern::Range(#digit) }
        }
        StatusPattern::Default => quote! { StatusPattern::Default },
    }
}
