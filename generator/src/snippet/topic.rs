//! What there is to show about a call beside its value.

use quote::quote;

use super::{Errors, Snippet, Snippets, UnsentRequest, call};
use crate::sdk::Operation;

/// What there is to show about a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    /// What surrounds the value that is returned.
    Response,
    /// How an error is handled.
    Failure,
    /// What can be set for one call alone.
    Options,
}

/// The call of an operation, with something other than its value shown.
pub(super) fn showing(operation: &Operation, topic: Topic, snippets: &Snippets<'_>) -> Snippet {
    let UnsentRequest { before, builder, mut requirements } = call::request(operation, snippets);
    let library = snippets.library();
    let paragraphs = match topic {
        Topic::Response => vec![
            quote! { let response = #builder.send_with_response().await?; },
            quote! {
                println!("{} after {} attempts", response.status(), response.attempts());
                println!("{:#?}", response.into_value());
            },
        ],
        Topic::Failure => {
            requirements.uses.name(&format!("{library}::Error"));
            // Only a boxed error needs to be converted.
            let error = if requirements.errors == Errors::Boxed {
                quote! { error.into() }
            } else {
                quote! { error }
            };
            vec![quote! {
                match #builder.send().await {
                    Ok(response) => println!("{response:#?}"),
                    Err(Error::Api(error)) => println!("{}: {:?}", error.status(), error.body()),
                    Err(error) if error.is_retryable() => println!("try again later: {error}"),
                    Err(error) => return Err(#error),
                }
            }]
        }
        Topic::Options => {
            requirements.uses.name("std::time::Duration");
            requirements.uses.name(&format!("{library}::RetryPolicy"));
            let builder = quote! {
                #builder
                    .timeout(Duration::from_secs(20))
                    .retry(RetryPolicy::none())
                    .header("x-request-source", "example")
            };
            call::outcome(&operation.returned, &builder)
        }
    };
    snippets.snippet(before.into_iter().chain(paragraphs).collect(), requirements)
}
