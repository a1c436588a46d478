//! Emits one operation: the method of its resource, and the builder that it gives.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::arguments::{Input, Place, inputs, is_sent_unasked};
use super::rustdoc::Rustdoc;
use super::tokens::spelled;
use super::{facts, ident, output, paging, statement};
use crate::Plan;
use crate::ir::{BodyContent, Operation, OperationId, Pagination, ResponseContent, Success, TypeId};
use crate::names::{Ident, OperationNames};
use crate::rust::spelling::Imports;
use crate::snippet::Snippets;

/// The parts of an operation that stand in different places of its file.
pub(super) struct Emitted {
    /// The method of the resource.
    pub(super) method: TokenStream,
    /// The items below the resource: the facts for the runtime, and the builder.
    pub(super) items: TokenStream,
}

/// Everything that the emitting functions of an operation look at.
struct Context<'a> {
    id: OperationId,
    plan: &'a Plan,
    operation: &'a Operation,
    names: &'a OperationNames,
    inputs: Vec<Input<'a>>,
    /// The struct of the body, when the builder holds it.
    body: Option<TypeId>,
}

/// Emits the operation `id`.
pub(super) fn emit(id: OperationId, snippets: &Snippets<'_>, plan: &Plan, imports: &mut Imports) -> Emitted {
    imports.add_path("crate::runtime::Call");
    let operation = plan.api.operation(id);
    let context = Context {
        id,
        plan,
        operation,
        names: plan.names.operation(id),
        inputs: inputs(id, plan),
        body: operation.flattened_body(&plan.api),
    };
    let facts = facts::emit(id, plan, imports);
    let paging = paged(operation, context.names)
        .map(|(pagination, constant)| paging::facts(pagination, constant, operation, imports));
    let builder = builder(&context, snippets, imports);
    let output = context.names.output.as_ref().map(|name| output::emit_enum(id, name, plan, imports));
    Emitted { method: method(&context, snippets, imports), items: quote! { #facts #paging #builder #output } }
}

/// The method of the resource, which takes what is required and gives the builder.
fn method(context: &Context<'_>, snippets: &Snippets<'_>, imports: &mut Imports) -> TokenStream {
    let Context { plan, operation, names, .. } = context;
    let docs = method_docs(context, snippets).outer();
    let deprecated = deprecated(operation.docs.deprecated);
    let (method, builder, constant) = (ident(&names.method), ident(&names.builder), ident(&names.constant));
    let arguments: Vec<&Input> = context.inputs.iter().filter(|input| input.is_argument).collect();
    let parameters = arguments.iter().map(|input| parameter(input, plan, imports)).collect::<Vec<_>>();
    let call = quote! { call };
    let mut statements = constants(context, &call, imports);
    let is_member = |input: &&&Input| matches!(input.place, Place::Member(_));
    for input in arguments.iter().filter(|input| !is_member(input)) {
        statements.push(statement::emit(input, &call, plan, imports));
    }
    let body = context.body.map(|id| {
        let ty = ident(&plan.names.ty(id).ident);
        imports.add(&crate::ir::Type::Named(id), plan);
        let members = arguments.iter().filter(is_member).map(|input| ident(input.name));
        quote! { , body: #ty::new(#(#members),*) }
    });
    let new_call = quote! { Call::new(self.client, &#constant) };
    let made = if statements.is_empty() {
        quote! { #builder { call: #new_call #body } }
    } else {
        quote! {
            let mut call = #new_call;
            #(#statements)*
            #builder { call #body }
        }
    };
    quote! {
        #docs
        #deprecated
        pub fn #method(self, #(#parameters),*) -> #builder<'c> {
            #made
        }
    }
}

fn method_docs(context: &Context<'_>, snippets: &Snippets<'_>) -> Rustdoc {
    let Operation { docs, method, path, .. } = context.operation;
    let route = format!("`{} {path}`", method.as_str());
    let example = format!("```no_run\n{}\n```", snippets.call(context.id).doctest());
    Rustdoc::of(docs, "").text(route).text(example)
}

/// `name: impl Into<String>`
fn parameter(input: &Input<'_>, plan: &Plan, imports: &mut Imports) -> TokenStream {
    if let super::arguments::InputValue::Typed(ty) = &input.value {
        imports.add(ty, plan);
    }
    let name = ident(input.name);
    let ty = spelled(&input.argument(plan).text);
    quote! { #name: #ty }
}

/// The statements for what every call sends.
fn constants(context: &Context<'_>, call: &TokenStream, imports: &mut Imports) -> Vec<TokenStream> {
    let parameters = context.operation.parameters.iter().map(|parameter| (parameter, false));
    let fields = context.operation.bodies.iter().flat_map(|body| match &body.content {
        BodyContent::Form(fields) => fields.as_slice(),
        _ => &[],
    });
    let all = parameters.chain(fields.map(|field| (field, true)));
    all.filter(|(parameter, _)| is_sent_unasked(parameter))
        .filter_map(|(parameter, is_form)| {
            let value = parameter.constant.as_ref()?;
            Some(statement::emit_constant(parameter, value, is_form, call, imports))
        })
        .collect()
}

/// The builder with its setters and what sends it.
fn builder(context: &Context<'_>, snippets: &Snippets<'_>, imports: &mut Imports) -> TokenStream {
    let Context { plan, operation, names, .. } = context;
    let resource = plan.names.resource(operation.resource);
    let (name, resource, method) = (ident(&names.builder), &resource.ident, &names.method);
    let docs =
        Rustdoc::new(format!("A call of [`{resource}::{method}`]: set what it needs, then send it.")).outer();
    let body = context.body.map(|id| {
        let ty = ident(&plan.names.ty(id).ident);
        quote! { body: #ty, }
    });
    let setters = context.inputs.iter().filter(|input| !input.is_argument);
    let setters: Vec<TokenStream> = setters.map(|input| setter(input, plan, imports)).collect();
    let ends = ends(context, imports);
    let walks = walks(context, snippets, imports);
    imports.add_path("crate::runtime::call_options");
    quote! {
        #docs
        #[derive(Debug)]
        #[must_use = "nothing is sent before `send`"]
        pub struct #name<'c> {
            call: Call<'c>,
            #body
        }
        impl #name<'_> {
            #(#setters)*
            #ends
            #walks
        }
        call_options!(#name);
    }
}

fn setter(input: &Input<'_>, plan: &Plan, imports: &mut Imports) -> TokenStream {
    let docs = input.docs();
    let wire_name = input.wire_name();
    let otherwise =
        if wire_name.is_empty() { "The body.".to_owned() } else { format!("Sets `{wire_name}`.") };
    let default = input.default().map(|value| format!("Default: `{value}`.")).unwrap_or_default();
    let documentation = Rustdoc::of(docs, &otherwise).text(default).outer();
    let deprecated = deprecated(docs.deprecated);
    let name = ident(input.name);
    let parameter = parameter(input, plan, imports);
    // Rust warns of what is deprecated even where something deprecated uses it.
    let allowed = (docs.deprecated && matches!(input.place, Place::Member(_))).then(|| {
        quote! { #[allow(deprecated, reason = "it sets what is deprecated")] }
    });
    let statement = statement::emit(input, &quote! { self.call }, plan, imports);
    quote! {
        #documentation
        #deprecated
        #allowed
        pub fn #name(mut self, #parameter) -> Self {
            #statement
            self
        }
    }
}

fn deprecated(is_deprecated: bool) -> Option<TokenStream> {
    is_deprecated.then(|| quote! { #[deprecated = "the document of the API advises against it"] })
}

/// A way to send a call: a method that gives the value, and one that gives the response around it.
struct End {
    name: &'static str,
    purpose: &'static str,
    /// The type of the value.
    ty: TokenStream,
    /// The statements that come before it is sent.
    before: TokenStream,
    /// The expression that sends it.
    sent: TokenStream,
}

/// `send`, `send_with_response`, and their like for streams.
fn ends(context: &Context<'_>, imports: &mut Imports) -> TokenStream {
    imports.add_path("crate::runtime::Response");
    imports.add_path("crate::Error");
    let Context { id, plan, operation, names, .. } = context;
    let success = operation.success();
    let switch = operation.stream_switch.as_ref();
    let (ty, sent) = match (output::of_success(success, plan, imports), &names.output) {
        (Some(output), _) => (output.ty.clone(), output.send()),
        (None, Some(name)) => {
            let enumeration = ident(name);
            (quote! { #enumeration }, output::send_several(*id, name, plan, imports))
        }
        (None, None) => unreachable!("an operation whose answers differ has a name for their enum"),
    };
    let purpose = "Sends the request and gives what comes back.";
    let mut plain = End { name: "send", purpose, ty, before: TokenStream::new(), sent };
    let Success::JsonOrStream { stream, .. } = success else {
        return plain.emit(context);
    };
    let output = output::of_content(stream, plan, imports);
    let accept = facts::media_types(operation, ResponseContent::is_stream);
    let mut before = quote! { self.call.accept(#accept); };
    if let Some(switch) = switch {
        plain.before = statement::emit_switch(&switch.member, &switch.whole);
        before.extend(statement::emit_switch(&switch.member, &switch.stream));
    }
    let purpose = "Sends the request and gives what comes back as a stream, while it is being made.";
    let (ty, sent) = (output.ty.clone(), output.send());
    let streamed = End { name: "stream", purpose, ty, before, sent }.emit(context);
    let whole = plain.emit(context);
    quote! { #whole #streamed }
}

/// How the list of an operation goes on, and the name for that, when it gives one page by page.
fn paged<'a>(operation: &'a Operation, names: &'a OperationNames) -> Option<(&'a Pagination, &'a Ident)> {
    operation.pagination.as_ref().zip(names.paging.as_ref())
}

/// `pages` and `items`, when the operation gives a list page by page.
fn walks(context: &Context<'_>, snippets: &Snippets<'_>, imports: &mut Imports) -> Option<TokenStream> {
    let (pagination, constant) = paged(context.operation, context.names)?;
    let Success::One(ResponseContent::Json(page)) = context.operation.success() else {
        unreachable!("only an operation that answers with one value has pages");
    };
    let walks = paging::Walks {
        page,
        item: &pagination.item,
        constant,
        put_body: put_body(context),
        example: snippets.items(context.id).doctest(),
    };
    Some(walks.emit(context.plan, imports))
}

/// The statement that puts the body that the builder holds into the call.
fn put_body(context: &Context<'_>) -> Option<TokenStream> {
    let media_type = &context.operation.bodies.first()?.media_type;
    let statement = statement::json(media_type, &quote! { self.call }, &quote! { &self.body });
    context.body.map(|_| statement)
}

impl End {
    fn emit(&self, context: &Context<'_>) -> TokenStream {
        let Self { name, purpose, ty, before, sent } = self;
        let (plain, with_response) = (format_ident!("{name}"), format_ident!("{name}_with_response"));
        let docs = Rustdoc::new(*purpose).text("# Errors").text(errors_text(context)).outer();
        let more = format!("As [`{name}`](Self::{name}), with the status, the headers and the request id.");
        let more = Rustdoc::new(more).text("# Errors").text(format!("As [`{name}`](Self::{name}).")).outer();
        let put_body = put_body(context);
        let changes = put_body.is_some() || !before.is_empty();
        let value = if ty.to_string() == "()" {
            quote! { self.#with_response().await?; Ok(()) }
        } else {
            quote! { Ok(self.#with_response().await?.into_value()) }
        };
        let this = if changes {
            quote! { mut self }
        } else {
            quote! { self }
        };
        quote! {
            #docs
            pub async fn #plain(self) -> Result<#ty, Error> {
                #value
            }
            #more
            pub async fn #with_response(#this) -> Result<Response<#ty>, Error> {
                #put_body
                #before
                #sent
            }
        }
    }
}

/// Which errors to expect.
fn errors_text(context: &Context<'_>) -> String {
    let mut documented = Vec::new();
    for error in &context.operation.errors {
        let status = match error.status {
            crate::ir::Status::Code(code) => code.to_string(),
            crate::ir::Status::Range(digit) => format!("{digit}XX"),
            crate::ir::Status::Default => continue,
        };
        if !documented.contains(&status) {
            documented.push(status);
        }
    }
    let documented = match documented.as_slice() {
        [] => String::new(),
        statuses => format!(" The document names {}.", statuses.join(", ")),
    };
    format!(
        "[`Error::Api`] for an answer of failure, and what else [`Error`] lists when there is no answer.{documented}"
    )
}
