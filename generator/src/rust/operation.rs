//! Emits one operation: the method of its resource, and the builder that it gives.

use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::{Input, InputValue, Place, inputs, is_sent_unasked};
use super::rustdoc::Rustdoc;
use super::tokens::spelled;
use super::{ends, facts, ident, output, paging, statement};
use crate::Plan;
use crate::ir::{BodyContent, Operation, OperationId, Pagination, ResponseContent, Success, TypeId};
use crate::names::{Ident, OperationNames};
use crate::prose::Prose;
use crate::rust::spelling::Imports;
use crate::rust::words;
use crate::snippet::Snippets;

/// The parts of an operation that stand in different places of its file.
pub(super) struct Emitted {
    /// The method of the resource.
    pub(super) method: TokenStream,
    /// The items below the resource: the facts for the runtime, and the builder.
    pub(super) items: TokenStream,
}

/// Everything that the emitting functions of an operation look at.
pub(super) struct Context<'a> {
    pub(super) id: OperationId,
    pub(super) plan: &'a Plan,
    pub(super) operation: &'a Operation,
    pub(super) names: &'a OperationNames,
    inputs: Vec<Input<'a>>,
    /// The struct of the body, when the builder holds it.
    pub(super) body: Option<TypeId>,
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
    let route = Prose::code(&format!("{} {path}", method.as_str()));
    Rustdoc::of(docs, "", docs.summary.sentence()).text(route).example(&snippets.call(context.id))
}

/// `name: impl Into<String>`
fn parameter(input: &Input<'_>, plan: &Plan, imports: &mut Imports) -> TokenStream {
    if let InputValue::Typed(ty) = &input.value {
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
    let (resource, method, name) = (&resource.ident, &names.method, ident(&names.builder));
    let docs = Prose::fill("A call of [`{}::{}`]: set its options, then send it.", &[resource, method]);
    let docs = Rustdoc::new(docs).outer();
    let body = context.body.map(|id| {
        let ty = ident(&plan.names.ty(id).ident);
        quote! { body: #ty, }
    });
    let setters = context.inputs.iter().filter(|input| !input.is_argument);
    let setters: Vec<TokenStream> = setters.map(|input| setter(input, plan, imports)).collect();
    let ends = ends::emit(context, imports);
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
    let otherwise = || match (wire_name, words::of_input_type(input, plan)) {
        ("", kind) if kind.is_empty() => "The body.".into(),
        (name, kind) if kind.is_empty() => Prose::fill("Sets {}.", &[&Prose::code(name)]),
        (_, kind) => kind,
    };
    let facts = words::of_input(input);
    let documentation = match words::one_line(docs, wire_name, &facts) {
        Some(line) => Rustdoc::new(line),
        None if docs.paragraphs(wire_name).is_empty() => Rustdoc::new(otherwise()).text(facts),
        None => Rustdoc::of(docs, wire_name, "").text(facts),
    };
    let documentation = documentation.outer();
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
    is_deprecated.then(|| quote! { #[deprecated = "the API advises against using it"] })
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
        put_body: ends::put_body(context),
        example: snippets.items(context.id),
    };
    Some(walks.emit(context.plan, imports))
}
