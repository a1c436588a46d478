//! Emits `src/client.rs`: what the runtime's client gets from the document.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::imports::Imports;
use super::rustdoc::Rustdoc;
use super::{descriptor, servers};
use crate::prose::Prose;
use crate::sdk::{ApiKeyLocation, AuthKind, AuthScheme, Resource, Sdk};

/// The items of the file.
pub(super) fn emit(sdk: &Sdk) -> TokenStream {
    let mut imports = Imports::default();
    imports.add_path("crate::Error");
    let description = description(sdk, &mut imports);
    let from_env = from_env(sdk);
    let resources = sdk.top_resources().map(accessor);
    let mut setters: Vec<TokenStream> = sdk.auth.iter().map(credential).collect();
    if !setters.is_empty() {
        imports.add_path("crate::runtime::Credential");
    }
    let mut server = TokenStream::new();
    if sdk.has_server_choice() {
        setters.push(server_setter());
        server = servers::emit(sdk);
    }
    let builder = (!setters.is_empty()).then(|| quote! { impl ClientBuilder { #(#setters)* } });
    let uses = imports.uses(&quote! { crate::models });
    quote! {
        //! The client: how to reach the API, and its resources.

        #uses
        pub use crate::runtime::{Client, ClientBuilder};

        #description

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
fn description(sdk: &Sdk, imports: &mut Imports) -> TokenStream {
    imports.add_path("crate::runtime::Sdk");
    let servers = (!sdk.servers.is_empty()).then(|| {
        imports.add_path("crate::runtime::ServerTemplate");
        let servers = descriptor::servers(sdk.servers.iter().map(|server| &server.template));
        quote! { servers: #servers, }
    });
    let security = (!sdk.auth.is_empty()).then(|| {
        imports.add_path("crate::runtime::SecurityScheme");
        imports.add_path("crate::runtime::SchemeKind");
        let schemes = sdk.auth.iter().map(scheme);
        quote! { security: &[#(#schemes),*], }
    });
    let undocumented = (!sdk.auth.is_empty()).then(|| {
        imports.add_path("crate::runtime::Operation");
        let security = descriptor::security(&sdk.undocumented_security);
        let operation = quote! { Operation { #security ..Operation::UNDOCUMENTED } };
        quote! { undocumented: Operation::for_each_method(&#operation), }
    });
    let idempotency_header = sdk.idempotency_header.iter();
    let base_url_variable = sdk.base_url_variable.iter();
    quote! {
        static SDK: Sdk = Sdk {
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            #servers
            #security
            #undocumented
            #(base_url_variable: Some(#base_url_variable),)*
            #(idempotency_header: #idempotency_header,)*
            ..Sdk::DEFAULT
        };
    }
}

fn scheme(scheme: &AuthScheme) -> TokenStream {
    let name = &scheme.name;
    let kind = match &scheme.kind {
        AuthKind::Bearer | AuthKind::OpenIdConnect => quote! { Bearer },
        AuthKind::Basic => quote! { Basic },
        AuthKind::ApiKey { location, name } => match location {
            ApiKeyLocation::Header => quote! { ApiKeyHeader(#name) },
            ApiKeyLocation::Query => quote! { ApiKeyQuery(#name) },
            ApiKeyLocation::Cookie => quote! { ApiKeyCookie(#name) },
        },
        AuthKind::OAuth2 { token_url, scopes } => {
            let token_url = optional(token_url.as_deref());
            quote! { OAuth2 { token_url: #token_url, scopes: &[#(#scopes),*] } }
        }
        AuthKind::MutualTls => quote! { MutualTls },
    };
    let environment = optional(scheme.variable.as_deref());
    quote! { SecurityScheme { name: #name, kind: SchemeKind::#kind, environment: #environment } }
}

/// The text as an `Option` of a literal.
fn optional(text: Option<&str>) -> TokenStream {
    text.map_or_else(|| quote! { None }, |text| quote! { Some(#text) })
}

fn from_env(sdk: &Sdk) -> TokenStream {
    let variables = sdk.auth.iter().filter_map(|scheme| scheme.variable.as_deref());
    let variables = Prose::join(", ", variables.map(Prose::code));
    let source = if variables.is_empty() {
        "No credential of this API is read from the environment.".into()
    } else {
        Prose::fill("Credentials are read from {}.", &[&variables])
    };
    let url = sdk.base_url_variable.as_deref().map(|variable| {
        Prose::fill("Requests are sent to the URL in {}, when that is set.", &[&Prose::code(variable)])
    });
    let docs = Rustdoc::new("Creates a client with the credentials in the environment.")
        .text(source)
        .text(url.unwrap_or_default())
        .text("# Errors")
        .text("[`Error::InvalidRequest`] when a variable is not set or has a value that cannot be sent.")
        .outer();
    let variables = sdk.reads_environment().then(|| quote! { .from_env()? });
    quote! {
        #docs
        pub fn from_env() -> Result<Self, Error> {
            Self::builder()#variables.build()
        }
    }
}

/// The method of the client that returns a resource.
fn accessor(resource: &Resource) -> TokenStream {
    let Resource { accessor, name, .. } = resource;
    let module = &resource.module;
    let feature = Literal::string(&resource.feature);
    let docs = Rustdoc::of(&resource.docs).outer();
    quote! {
        #docs
        #[cfg(feature = #feature)]
        pub fn #accessor(&self) -> crate::resources::#module::#name {
            crate::resources::#module::#name::new(self)
        }
    }
}

fn credential(scheme: &AuthScheme) -> TokenStream {
    let AuthScheme { name, setter, description, .. } = scheme;
    let docs = Rustdoc::new(scheme.kind.credential()).text(description).outer();
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
