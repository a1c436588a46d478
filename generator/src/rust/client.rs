//! Emits `src/client.rs`: what the runtime's client gets from the document.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::rustdoc::Rustdoc;
use super::tokens::uses;
use super::{facts, ident, resource, servers};
use crate::Plan;
use crate::ir::{
    ApiKeyLocation, OAuthFlow, ResourceId, SecurityScheme, SecuritySchemeId, SecuritySchemeKind,
};
use crate::prose::Prose;
use crate::rust::spelling::Imports;

/// The items of the file.
pub(super) fn emit(plan: &Plan) -> TokenStream {
    let mut imported = Imports::default();
    imported.add_path("crate::Error");
    let facts = facts(plan, &mut imported);
    let from_env = from_env(plan);
    let resources = plan.api.children_of(None).filter(|id| plan.api.has_operations(*id));
    let resources = resources.map(|id| accessor(id, plan));
    let schemes = plan.api.security_schemes.iter().enumerate();
    let mut setters: Vec<TokenStream> =
        schemes.map(|(index, scheme)| credential(SecuritySchemeId(index), scheme, plan)).collect();
    if !setters.is_empty() {
        imported.add_path("crate::runtime::Credential");
    }
    let mut server = TokenStream::new();
    if servers::is_choice(plan) {
        setters.push(server_setter());
        server = servers::emit(plan);
    }
    let builder = (!setters.is_empty()).then(|| quote! { impl ClientBuilder { #(#setters)* } });
    let uses = uses(&imported, &quote! { crate::models });
    quote! {
        //! The client: how to reach the API, and the groups of its operations.

        #uses
        pub use crate::runtime::{Client, ClientBuilder};

        #facts

        impl Client {
            #from_env

            /// Starts building a client.
            pub fn builder() -> ClientBuilder {
                ClientBuilder::new(&SDK)
            }

            #(#resources)*
        }

        #builder
        #server
    }
}

/// The `static` with what the runtime knows of the API.
fn facts(plan: &Plan, imported: &mut Imports) -> TokenStream {
    imported.add_path("crate::runtime::Sdk");
    let servers = (!plan.api.servers.is_empty()).then(|| {
        imported.add_path("crate::runtime::ServerTemplate");
        let servers = facts::servers(&plan.api.servers);
        quote! { servers: #servers, }
    });
    let security = (!plan.api.security_schemes.is_empty()).then(|| {
        imported.add_path("crate::runtime::SecurityScheme");
        imported.add_path("crate::runtime::SchemeKind");
        let schemes = plan.api.security_schemes.iter().map(|scheme| scheme_facts(scheme, plan));
        quote! { security: &[#(#schemes),*], }
    });
    let idempotency_header = plan.api.idempotency_header.iter();
    quote! {
        static SDK: Sdk = Sdk {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            #servers
            #security
            #(idempotency_header: #idempotency_header,)*
            ..Sdk::DEFAULT
        };
    }
}

fn scheme_facts(scheme: &SecurityScheme, plan: &Plan) -> TokenStream {
    let name = &scheme.name;
    let kind = match &scheme.kind {
        SecuritySchemeKind::Bearer | SecuritySchemeKind::OpenIdConnect { .. } => quote! { Bearer },
        SecuritySchemeKind::Basic => quote! { Basic },
        SecuritySchemeKind::ApiKey { location, name } => match location {
            ApiKeyLocation::Header => quote! { ApiKeyHeader(#name) },
            ApiKeyLocation::Query => quote! { ApiKeyQuery(#name) },
            ApiKeyLocation::Cookie => quote! { ApiKeyCookie(#name) },
        },
        SecuritySchemeKind::OAuth2 { flows } => oauth(flows),
        SecuritySchemeKind::MutualTls => quote! { MutualTls },
    };
    let environment =
        optional(plan.config.environment.get(name).map(|environment| environment.variable.as_str()));
    quote! { SecurityScheme { name: #name, kind: SchemeKind::#kind, environment: #environment } }
}

/// The text as an `Option` of a literal.
fn optional(text: Option<&str>) -> TokenStream {
    text.map_or_else(|| quote! { None }, |text| quote! { Some(#text) })
}

/// A program can get a token by itself only with client credentials.
fn oauth(flows: &[OAuthFlow]) -> TokenStream {
    let by_itself = flows.iter().find(|flow| flow.kind == "clientCredentials");
    let token_url = optional(by_itself.and_then(|flow| flow.token_url.as_deref()));
    let scopes = by_itself.map_or(&[][..], |flow| &flow.scopes);
    quote! { OAuth2 { token_url: #token_url, scopes: &[#(#scopes),*] } }
}

fn from_env(plan: &Plan) -> TokenStream {
    let names = plan.api.security_schemes.iter().filter_map(|scheme| {
        let environment = plan.config.environment.get(&scheme.name)?;
        Some(Prose::code(&environment.variable))
    });
    let variables = Prose::join(", ", names);
    let source = if variables.is_empty() {
        "No credential of this API is read from the environment.".into()
    } else {
        Prose::fill("Credentials are read from {}.", &[&variables])
    };
    let docs = Rustdoc::new("Creates a client with the credentials in the environment.")
        .text(source)
        .text("# Errors")
        .text("[`Error::InvalidRequest`] when a variable is not set or has a value that cannot be sent.")
        .outer();
    quote! {
        #docs
        pub fn from_env() -> Result<Self, Error> {
            Self::builder().from_env()?.build()
        }
    }
}

/// The method of the client that gives a resource.
fn accessor(id: ResourceId, plan: &Plan) -> TokenStream {
    let names = plan.names.resource(id);
    let feature = Literal::string(&names.feature);
    let docs = resource::docs(id, plan).outer();
    let (method, module, name) = (ident(&names.accessor), ident(&names.module), ident(&names.ident));
    quote! {
        #docs
        #[cfg(feature = #feature)]
        pub fn #method(&self) -> crate::resources::#module::#name<'_> {
            crate::resources::#module::#name::new(self)
        }
    }
}

fn credential(id: SecuritySchemeId, scheme: &SecurityScheme, plan: &Plan) -> TokenStream {
    let names = plan.names.security(id);
    let setter = ident(&names.setter);
    let name = &scheme.name;
    let otherwise = match &scheme.kind {
        SecuritySchemeKind::Bearer => "The key, sent as a bearer token.",
        SecuritySchemeKind::Basic => "The user name and the password.",
        SecuritySchemeKind::ApiKey { .. } => "The key.",
        SecuritySchemeKind::OAuth2 { .. } => "The access token, or the credentials to obtain one.",
        SecuritySchemeKind::OpenIdConnect { .. } => "The access token.",
        SecuritySchemeKind::MutualTls => "The client certificate, which is configured in the HTTP client.",
    };
    let docs = Rustdoc::new(otherwise).text(&scheme.description).outer();
    quote! {
        #docs
        pub fn #setter(self, credential: impl Into<Credential>) -> Self {
            self.credential(#name, credential)
        }
    }
}

fn server_setter() -> TokenStream {
    quote! {
        /// The server to send requests to. Default: the first one.
        pub fn server(self, server: &Server) -> Self {
            self.base_url(server.url())
        }
    }
}
