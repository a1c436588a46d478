//! Literals of Rust for values of JSON.
//!
//! Every text goes through [`Literal`], which escapes it; nothing else here writes one.

use std::str::FromStr;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Number, Value};

/// Longer texts are cut: an example is read, not run.
const LONGEST_TEXT: usize = 80;

/// Longer lists and objects are cut, which also keeps `json!` below its recursion limit.
pub(super) const MOST_ITEMS: usize = 4;

/// Deeper values are cut.
const DEEPEST: usize = 4;

/// A text, cut when it is long.
pub(super) fn text(value: &str) -> Literal {
    Literal::string(&short(value))
}

/// The beginning of a text, on a boundary of characters.
pub(super) fn short(value: &str) -> String {
    if value.chars().count() <= LONGEST_TEXT {
        return value.to_owned();
    }
    value.chars().take(LONGEST_TEXT).chain(['…']).collect()
}

/// A signed integer that fits 32 bits.
pub(super) fn int32(value: &Value) -> Option<TokenStream> {
    let value = i32::try_from(integer(value)?).ok()?;
    let literal = Literal::i32_unsuffixed(value);
    Some(quote! { #literal })
}

/// A signed integer that fits 64 bits.
pub(super) fn int64(value: &Value) -> Option<TokenStream> {
    let value = i64::try_from(integer(value)?).ok()?;
    let literal = Literal::i64_unsuffixed(value);
    Some(quote! { #literal })
}

/// An unsigned integer that fits 64 bits.
pub(super) fn uint64(value: &Value) -> Option<TokenStream> {
    let value = u64::try_from(integer(value)?).ok()?;
    let literal = Literal::u64_unsuffixed(value);
    Some(quote! { #literal })
}

/// The whole number that a value is, also when it is written as `3.0`.
fn integer(value: &Value) -> Option<i128> {
    let number = value.as_number()?;
    if let Some(value) = number.as_i64() {
        return Some(value.into());
    }
    if let Some(value) = number.as_u64() {
        return Some(value.into());
    }
    number.to_string().strip_suffix(".0")?.parse().ok()
}

/// A double-precision number.
pub(super) fn double(value: &Value) -> Option<TokenStream> {
    let value = value.as_f64().filter(|value| value.is_finite())?;
    Some(float(value))
}

/// A single-precision number.
pub(super) fn single(value: &Value) -> Option<TokenStream> {
    // The bound is that of `f32`; beyond it the compiler refuses the literal.
    let value = value.as_f64().filter(|value| value.abs() <= f64::from(f32::MAX))?;
    Some(float(value))
}

fn float(value: f64) -> TokenStream {
    // `{:?}` keeps the point (`1.0`) and writes very large and small numbers with an exponent.
    let (sign, value) = if value.is_sign_negative() { ("-", -value) } else { ("", value) };
    let literal = Literal::from_str(&format!("{value:?}"))
        .expect("a finite number in the notation of Rust is a literal");
    if sign.is_empty() {
        quote! { #literal }
    } else {
        quote! { -#literal }
    }
}

/// A `serde_json::json!` of the value, cut when it is large or has more than `most_parts` values in it; and
/// how many it has.
pub(super) fn json(value: &Value, most_parts: usize) -> (TokenStream, usize) {
    let mut left = most_parts;
    let value = json_tokens(value, 0, &mut left);
    (quote! { serde_json::json!(#value) }, most_parts - left)
}

fn json_tokens(value: &Value, depth: usize, left: &mut usize) -> TokenStream {
    let take_one = |left: &mut usize| left.checked_sub(1).map(|less| *left = less);
    match value {
        Value::Null => quote! { null },
        Value::Bool(value) => quote! { #value },
        Value::Number(number) => json_number(number),
        Value::String(value) => {
            let text = text(value);
            quote! { #text }
        }
        Value::Array(_) if depth >= DEEPEST => quote! { [] },
        Value::Object(_) if depth >= DEEPEST => quote! { {} },
        Value::Array(items) => {
            let items = items.iter().take(MOST_ITEMS).map_while(|item| {
                take_one(left)?;
                Some(json_tokens(item, depth + 1, left))
            });
            quote! { [#(#items),*] }
        }
        Value::Object(members) => {
            let members = members.iter().take(2 * MOST_ITEMS).map_while(|(name, value)| {
                take_one(left)?;
                let (name, value) = (Literal::string(name), json_tokens(value, depth + 1, left));
                Some(quote! { #name: #value })
            });
            quote! { {#(#members),*} }
        }
    }
}

fn json_number(number: &Number) -> TokenStream {
    if let Some(value) = number.as_i64() {
        // Without a suffix, an integer in `json!` is an `i32`.
        let is_short = i32::try_from(value).is_ok();
        let literal = if is_short { Literal::i64_unsuffixed(value) } else { Literal::i64_suffixed(value) };
        return quote! { #literal };
    }
    if let Some(value) = number.as_u64() {
        let literal = Literal::u64_suffixed(value);
        return quote! { #literal };
    }
    double(&Value::Number(number.clone())).unwrap_or_else(|| quote! { 0 })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(tokens: Option<TokenStream>, expected: &str) {
        assert_eq!(tokens.map_or("none".to_owned(), |tokens| tokens.to_string()), expected);
    }

    #[test]
    fn integers_keep_to_their_width() {
        check(int32(&json!(7)), "7");
        check(int32(&json!(7.0)), "7");
        check(int32(&json!(7.5)), "none");
        check(int32(&json!(i64::MAX)), "none");
        check(int64(&json!(i64::MIN)), "- 9223372036854775808");
        check(int64(&json!(u64::MAX)), "none");
        check(int64(&json!(1e300)), "none");
        check(uint64(&json!(u64::MAX)), "18446744073709551615");
        check(uint64(&json!(-1)), "none");
    }

    #[test]
    fn numbers_keep_to_their_range() {
        check(double(&json!(3)), "3.0");
        check(double(&json!(-0.5)), "- 0.5");
        check(double(&json!(1e300)), "1e300");
        check(single(&json!(1e300)), "none");
        check(single(&json!(0.5)), "0.5");
    }

    #[test]
    fn text_cannot_leave_its_quotes() {
        let text = text("\"#; } \u{202e} \0 ```\n*/").to_string();
        assert_eq!(text, r##""\"#; } \u{202e} \0 ```\n*/""##);
        assert!(syn::parse_str::<syn::LitStr>(&text).is_ok());
    }

    #[test]
    fn long_values_are_cut() {
        assert_eq!(short(&"é".repeat(500)).chars().count(), LONGEST_TEXT + 1);
        let (items, parts) = json(&json!(vec![1; 1000]), 100);
        assert_eq!((items.to_string().as_str(), parts), ("serde_json :: json ! ([1 , 1 , 1 , 1])", 4));
        let (items, parts) = json(&json!([{ "a": [1, 2] }, { "b": 3 }]), 2);
        assert_eq!((items.to_string().as_str(), parts), ("serde_json :: json ! ([{ \"a\" : [] }])", 2));
    }

    #[test]
    fn integers_in_json_say_their_width_when_they_need_more_than_32_bits() {
        check(json(&json!(5_000_000_000_i64), 0).0.into(), "serde_json :: json ! (5000000000i64)");
        check(json(&json!(-1.5), 0).0.into(), "serde_json :: json ! (- 1.5)");
    }
}
