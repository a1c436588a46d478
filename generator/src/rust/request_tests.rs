//! Emits `tests/generated_requests.rs`: every operation, called with the values of the document,
//! sends its method to its path.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::tokens::spelled;
use super::{ident, resources};
use crate::Plan;
use crate::ir::{OperationId, SecuritySchemeId, SecuritySchemeKind};
use crate::snippet::{Snippets, Uses, library};

/// The items of the file.
pub(super) fn emit(plan: &Plan) -> TokenStream {
    let snippets = Snippets::to_run(plan);
    let library = format_ident!("{}", library(plan));
    let mut uses = Uses::default();
    for name in ["Attempt", "Client", "Error", "Hook", "RequestHead", "RetryPolicy"] {
        uses.name(&format!("{library}::{name}"));
    }
    uses.name("std::sync::Mutex");
    uses.name("std::sync::Arc");
    let ids = resources(plan).flat_map(|resource| plan.api.operations_of(resource));
    let tests: Vec<TokenStream> = ids.map(|id| test(id, &snippets, plan, &mut uses)).collect();
    let uses: TokenStream = spelled(&uses.print());
    let credentials = credentials(plan);
    let recorder = recorder(&credentials);
    quote! {
        //! Every operation, called with the values of the document, sends its method to its path.
        #![cfg_attr(rustfmt, rustfmt_skip)]
        #![allow(clippy::needless_pass_by_value, reason = "an error that was looked at is done with")]
        #![cfg(feature = "default")]
        #![allow(deprecated, reason = "operations are sent for as long as they are there")]

        #uses
        #recorder
        #(#tests)*
    }
}

/// What all the tests stand on. Nothing listens at the address: what is about to be sent is seen by a hook.
fn recorder(credentials: &[TokenStream]) -> TokenStream {
    quote! {
        /// Keeps the last request that was about to be sent.
        #[derive(Clone, Default)]
        struct Recorder(Arc<Mutex<Option<(String, String)>>>);

        impl Hook for Recorder {
            fn before_attempt(&self, attempt: &Attempt<'_>, request: &mut RequestHead<'_>) {
                let sent = (attempt.method.to_string(), request.url.path().to_owned());
                *self.0.lock().expect("no test panics while it holds the lock") = Some(sent);
            }
        }

        impl Recorder {
            fn client(&self) -> Result<Client, Error> {
                Client::builder()
                    #(#credentials)*
                    .base_url("http://127.0.0.1:9")
                    .retry(RetryPolicy::none())
                    .hook(self.clone())
                    .build()
            }

            /// Checks the method, and the path up to the values in it.
            fn check(&self, method: &str, path: &str, error: Option<Error>) {
                let sent = self.0.lock().expect("no test panics while it holds the lock").take();
                let Some((sent_method, sent_path)) = sent else {
                    panic!("nothing was sent: {error:?}");
                };
                assert_eq!(sent_method, method);
                let mut rest = sent_path.as_str();
                for (index, literal) in path.split(['{', '}']).step_by(2).enumerate() {
                    let place = rest.find(literal).filter(|place| index > 0 || *place == 0);
                    let place = place.unwrap_or_else(|| panic!("{sent_path} is not {path}"));
                    rest = &rest[place + literal.len()..];
                }
            }
        }
    }
}

/// The setters that give a client some credentials.
fn credentials(plan: &Plan) -> Vec<TokenStream> {
    let library = format_ident!("{}", library(plan));
    let schemes = plan.api.security_schemes.iter().enumerate();
    let schemes = schemes.filter(|(_, scheme)| scheme.kind != SecuritySchemeKind::MutualTls);
    schemes
        .map(|(index, scheme)| {
            let setter = ident(&plan.names.security(SecuritySchemeId(index)).setter);
            if scheme.kind == SecuritySchemeKind::Basic {
                quote! { .#setter(#library::Credential::basic("user", "password")) }
            } else {
                quote! { .#setter("key") }
            }
        })
        .collect()
}

fn test(id: OperationId, snippets: &Snippets<'_>, plan: &Plan, uses: &mut Uses) -> TokenStream {
    let operation = plan.api.operation(id);
    let unsent = snippets.unsent(id);
    uses.add(&unsent.needs.uses);
    let (before, call) = (&unsent.before, &unsent.call);
    // The constants of a crate are unique, and with a word before it none is a keyword.
    let name = format_ident!("sends_{}", plan.names.operation(id).constant.as_str().to_lowercase());
    let (method, path) = (operation.method.as_str(), &operation.path);
    quote! {
        #[tokio::test]
        async fn #name() -> Result<(), Box<dyn std::error::Error>> {
            let recorder = Recorder::default();
            let client = recorder.client()?;
            #(#before)*
            let sent = #call.send().await;
            recorder.check(#method, #path, sent.err());
            Ok(())
        }
    }
}
