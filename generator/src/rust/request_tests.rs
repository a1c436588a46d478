//! Emits `tests/generated_requests.rs`: every operation, called with the values of the document,
//! sends its method to its path.

use proc_macro2::TokenStream;
use quote::quote;

use crate::sdk::{AuthKind, Operation, Sdk};
use crate::snippet::{Snippets, Uses};
use crate::tokens::parsed;

/// The items of the file; `None` without an operation that can be called.
pub(super) fn emit(sdk: &Sdk) -> Option<TokenStream> {
    let snippets = Snippets::to_run(sdk);
    let library = parsed(&sdk.package.library);
    let mut uses = Uses::default();
    for name in
        ["Client", "Error", "RetryPolicy", "hook::Attempt", "hook::Hook", "hook::RequestHead", "url::Url"]
    {
        uses.name(&format!("{library}::{name}"));
    }
    uses.name("std::sync::Mutex");
    uses.name("std::sync::Arc");
    let operations = sdk.resources.iter().flat_map(|resource| sdk.operations_of(resource));
    let operations = operations.filter(|operation| snippets.is_complete(operation));
    let tests: Vec<TokenStream> = operations.map(|operation| test(operation, &snippets, &mut uses)).collect();
    if tests.is_empty() {
        return None;
    }
    let uses: TokenStream = parsed(&uses.print());
    let credentials = credentials(sdk);
    let recorder = recorder(&credentials);
    Some(quote! {
        //! Every operation, called with the values of the document, sends its method to its path.
        #![cfg_attr(rustfmt, rustfmt_skip)]
        #![allow(clippy::needless_pass_by_value, reason = "an error is only inspected")]
        #![cfg(feature = "default")]
        #![allow(deprecated, reason = "deprecated operations are tested, too")]

        #uses
        #recorder
        #(#tests)*
    })
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
                for (index, literal) in path.split(['{', '}']).step_by(2).map(encoded).enumerate() {
                    let place = rest.find(&literal).filter(|place| index > 0 || *place == 0);
                    let place = place.unwrap_or_else(|| panic!("{sent_path} is not {path}"));
                    rest = &rest[place + literal.len()..];
                }
            }
        }

        /// What stands between parameters in a path, as URLs have it.
        fn encoded(literal: &str) -> String {
            let mut url = Url::parse("http://127.0.0.1").expect("it is a URL");
            url.set_path(&format!("/{literal}"));
            url.path()[1..].to_owned()
        }
    }
}

/// The setters that give a client some credentials.
fn credentials(sdk: &Sdk) -> Vec<TokenStream> {
    let library = parsed(&sdk.package.library);
    let schemes = sdk.auth.iter().filter(|scheme| scheme.kind != AuthKind::MutualTls);
    schemes
        .map(|scheme| {
            let setter = &scheme.setter;
            if scheme.kind == AuthKind::Basic {
                quote! { .#setter(#library::Credential::basic("user", "password")) }
            } else {
                quote! { .#setter("key") }
            }
        })
        .collect()
}

fn test(operation: &Operation, snippets: &Snippets<'_>, uses: &mut Uses) -> TokenStream {
    let request = snippets.request(operation);
    uses.add(&request.requirements.uses);
    let (before, builder) = (&request.before, &request.builder);
    // The constants of a crate are unique, and with a word before it none is a keyword.
    let name = parsed(&format!("sends_{}", operation.constant.as_str().to_lowercase()));
    let Operation { http_method, path, .. } = operation;
    quote! {
        #[tokio::test]
        async fn #name() -> Result<(), Box<dyn std::error::Error>> {
            let recorder = Recorder::default();
            let client = recorder.client()?;
            #(#before)*
            let sent = #builder.send().await;
            recorder.check(#http_method, #path, sent.err());
            Ok(())
        }
    }
}
