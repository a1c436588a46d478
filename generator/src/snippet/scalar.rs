//! Literals of scalars, from examples that fit.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::literal;
use crate::sdk::Scalar;

/// The literal of an example that fits.
pub(super) fn given(scalar: Scalar, example: &Value) -> Option<TokenStream> {
    match scalar {
        Scalar::Bool => example.as_bool().map(|value| quote! { #value }),
        Scalar::Int32 => literal::int32(example),
        Scalar::Int64 => literal::int64(example),
        Scalar::UInt64 => literal::uint64(example),
        Scalar::Float => literal::single(example),
        Scalar::Double => literal::double(example),
        Scalar::String => example.as_str().map(|value| {
            let text = literal::text(value);
            quote! { #text.to_owned() }
        }),
        Scalar::Date | Scalar::DateTime => time_text(scalar, example).map(|_| quote! {}),
        // What the text stands for is rarely text itself.
        Scalar::Base64 => example.is_string().then(|| quote! { Base64::from(b"data".to_vec()) }),
    }
}

/// A value for when there is no example.
pub(super) fn filler(scalar: Scalar) -> TokenStream {
    let one = Value::from(1);
    let value = match scalar {
        Scalar::Bool => Value::Bool(true),
        Scalar::String | Scalar::Base64 => Value::from("text"),
        _ => one,
    };
    given(scalar, &value).unwrap_or_else(|| quote! { Default::default() })
}

/// A day or an instant as text, when there is no example.
pub(super) fn filler_time(scalar: Scalar) -> &'static str {
    if scalar == Scalar::Date { "2024-05-29" } else { "2024-05-29T03:57:13Z" }
}

/// The text of an example that is a day or an instant.
pub(super) fn time_text(scalar: Scalar, example: &Value) -> Option<&str> {
    example.as_str().filter(|text| is_like(text, filler_time(scalar)))
}

/// Whether a text has digits and signs where a pattern has them.
fn is_like(text: &str, pattern: &str) -> bool {
    let same =
        |(one, other): (u8, u8)| if other.is_ascii_digit() { one.is_ascii_digit() } else { one == other };
    text.len() == pattern.len() && text.bytes().zip(pattern.bytes()).all(same)
}
