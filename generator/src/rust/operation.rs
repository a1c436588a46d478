//! Emits one operation: the method of its resource, and the request builder that it returns.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::rustdoc::Rustdoc;
use super::{descriptor, output, pages, request_code, send_methods};
use crate::names::REQUIRED_ARGUMENT;
use crate::prose::Prose;
use crate::sdk::{BodyFormat, DEPRECATION, Input, InputValue, ObjectBody, Operation, Output, Sdk, Target};
use crate::snippet::Snippets;
use crate::tokens::parsed;

/// The parts of an operation that stand in different places of its file.
pub(super) struct Emitted {
    /// The method of the resource.
    pub(super) method: TokenStream,
    /// The items below the resource: the operation descriptor, and the request builder.
    pub(super) items: TokenStream,
}

/// Emits `operation`.
pub(super) fn emit(
    operation: &Operation,
    snippets: &Snippets<'_>,
    sdk: &Sdk,
    imports: &mut Imports,
) -> Emitted {
    imports.add_path("crate::runtime::Call");
    let descriptor = descriptor::emit(operation, imports);
    let pages = operation.pages.as_ref().map(|pages| pages::descriptor(pages, imports));
    let builder = builder(operation, snippets, sdk, imports);
    let output = match &operation.returned.output {
        Output::One(_) => None,
        Output::Several(output) => Some(output::emit_enum(output, &operation.builder, imports)),
    };
    Emitted {
        method: method(operation, snippets, imports),
        items: quote! { #descriptor #pages #builder #output },
    }
}

/// The method of the resource, which takes what is required and returns the request builder.
fn method(operation: &Operation, snippets: &Snippets<'_>, imports: &mut Imports) -> TokenStream {
    let Operation { method, builder, constant, .. } = operation;
    let docs = Rustdoc::of(&operation.docs.text).text(operation.docs.note.clone().unwrap_or_default());
    let docs = docs.text(operation.route()).example(&snippets.call(operation));
    let docs = docs.outer();
    let deprecated = deprecated(operation.docs.text.is_deprecated);
    let mut parameters: Vec<TokenStream> =
        operation.arguments().map(|input| parameter(input, imports)).collect();
    if let Some(required) = operation.object_body.as_ref().and_then(|body| body.required.as_ref()) {
        imports.add_model(required);
        let argument: TokenStream = parsed(REQUIRED_ARGUMENT);
        parameters.push(quote! { #argument: #required });
    }
    let statements = statements(operation, imports);
    let returned = if statements.is_empty() {
        quote! { #builder { call: Call::new(&self.client, &#constant) } }
    } else {
        quote! {
            let mut call = Call::new(&self.client, &#constant);
            #(#statements)*
            #builder { call }
        }
    };
    quote! {
        #docs
        #deprecated
        pub fn #method(&self, #(#parameters),*) -> #builder {
            #returned
        }
    }
}

/// What the method does with its arguments. Constants come last, because setting the whole body replaces them.
fn statements(operation: &Operation, imports: &mut Imports) -> Vec<TokenStream> {
    let call = quote! { call };
    let object = operation.object_body.iter().filter(|body| body.is_required);
    let mut statements: Vec<TokenStream> = object.map(|body| request_code::object(body, &call)).collect();
    statements.extend(operation.arguments().map(|input| request_code::emit(input, &call, imports)));
    statements.extend(operation.required_fields().map(request_code::required_field));
    statements.extend(operation.constants.iter().map(|one| request_code::constant(one, &call, imports)));
    statements
}

/// `name: impl Into<String>`
fn parameter(input: &Input, imports: &mut Imports) -> TokenStream {
    if let InputValue::Typed(ty) = &input.value {
        imports.add(ty);
    }
    let name = &input.name;
    let ty = parsed(&input.argument.ty);
    quote! { #name: #ty }
}

/// The request builder with its setters and send methods.
fn builder(operation: &Operation, snippets: &Snippets<'_>, sdk: &Sdk, imports: &mut Imports) -> TokenStream {
    let Operation { builder, method, .. } = operation;
    let resource = &sdk.resource(operation.resource).name;
    let docs = Prose::fill("Request builder for [`{}::{}`].", &[resource, method]);
    let docs = Rustdoc::new(docs).text(send_methods::documented_errors(operation)).outer();
    let mut methods: Vec<TokenStream> =
        operation.setters().map(|input| setter(input, operation, imports)).collect();
    methods.extend(operation.object_body.as_ref().map(|body| whole_body(body, operation, imports)));
    let pages = operation.pages.as_ref();
    methods.extend(pages.map(|pages| pages::methods(pages, &snippets.items(operation), imports)));
    let methods = (!methods.is_empty()).then(|| quote! { impl #builder { #(#methods)* } });
    let send_methods = send_methods::emit(operation, imports);
    quote! {
        #docs
        #[derive(Debug)]
        #[must_use = "a request does nothing until it is awaited or sent"]
        pub struct #builder {
            call: Call,
        }
        #methods
        #send_methods
    }
}

fn setter(input: &Input, operation: &Operation, imports: &mut Imports) -> TokenStream {
    let docs = setter_docs(input).outer();
    let deprecated = deprecated(input.docs.is_deprecated);
    let name = &input.name;
    let parameter = parameter(input, imports);
    let call = quote! { self.call };
    let is_property = matches!(input.target, Target::Property | Target::Properties);
    let object = operation.object_body.as_ref().filter(|body| is_property && body.is_started_by_setters());
    let object = object.map(|body| request_code::object(body, &call));
    let statement = request_code::emit(input, &call, imports);
    let is_whole_body = matches!(input.target, Target::Body { format: BodyFormat::Json, .. });
    let constants = if is_whole_body { constant_properties(operation, imports) } else { Vec::new() };
    let null = input.null_setter.as_ref().map(|setter| {
        let statement = request_code::null(input);
        let docs = Prose::fill("Sends null as {}.", &[&Prose::code(&input.wire_name)]);
        let docs = Rustdoc::new(docs).outer();
        quote! {
            #docs
            #deprecated
            pub fn #setter(mut self) -> Self {
                #object
                #statement
                self
            }
        }
    });
    quote! {
        #docs
        #deprecated
        pub fn #name(mut self, #parameter) -> Self {
            #object
            #statement
            #(#constants)*
            self
        }
        #null
    }
}

/// The setters of an object as a whole, and of properties that the document does not have.
fn whole_body(body: &ObjectBody, operation: &Operation, imports: &mut Imports) -> TokenStream {
    let model = &body.model.name;
    imports.add_model(model);
    let whole = request_code::whole_object(body);
    let constants = constant_properties(operation, imports);
    let object = body.is_started_by_setters().then(|| request_code::object(body, &quote! { self.call }));
    quote! {
        /// Sends this body, in place of all of its properties that were set before.
        pub fn body(mut self, body: #model) -> Self {
            #whole
            #(#constants)*
            self
        }

        /// Sets a property of the body that this version of the crate does not know.
        pub fn extra_property(mut self, name: &str, value: impl serde::Serialize) -> Self {
            #object
            self.call.property(name, &value);
            self
        }
    }
}

/// The statements that set the constants of a JSON body, which setting the whole of it replaced.
fn constant_properties(operation: &Operation, imports: &mut Imports) -> Vec<TokenStream> {
    let constants = operation.constants.iter().filter(|constant| constant.target == Target::Property);
    constants.map(|constant| request_code::constant(constant, &quote! { self.call }, imports)).collect()
}

fn setter_docs(input: &Input) -> Rustdoc {
    if let Some(line) = input.docs.line() {
        return Rustdoc::new(line);
    }
    Rustdoc::of(&input.docs).text(&input.docs.facts)
}

fn deprecated(is_deprecated: bool) -> Option<TokenStream> {
    is_deprecated.then(|| quote! { #[deprecated = #DEPRECATION] })
}
