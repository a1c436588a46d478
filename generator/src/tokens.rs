//! Tokens of names, types and other Rust text: the only way from a decided name into code.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};

use crate::names::Ident;
use crate::sdk::{Content, Type};

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(proc_macro2::Ident::new(self.as_str(), Span::call_site()));
    }
}

impl ToTokens for Type {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(parsed(&self.to_string()));
    }
}

impl ToTokens for Content {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(parsed(&self.to_string()));
    }
}

/// The token sequences between the commas of `tokens`, but for those between angle brackets.
pub(crate) fn between_commas(tokens: TokenStream) -> Vec<TokenStream> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut depth = 0_usize;
    let is_comma = |tree: &TokenTree| {
        let TokenTree::Punct(mark) = tree else { return false };
        match mark.as_char() {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        mark.as_char() == ',' && depth == 0
    };
    let parts = trees.split(is_comma).filter(|part| !part.is_empty());
    parts.map(|part| part.iter().cloned().collect()).collect()
}

/// The tokens of a text that is Rust.
///
/// # Panics
///
/// When it is not; every such text is ours.
pub(crate) fn parsed(text: &str) -> TokenStream {
    text.parse().unwrap_or_else(|error| panic!("a type is Rust, but `{text}`: {error}"))
}
