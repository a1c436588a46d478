//! Values as they are written and read: in JSON, in parameters, in headers.
//!
//! In come values of models and texts of others; out go their forms on the wire, and back.
//! Apart from random numbers, everything here is a function of its arguments. It must not know of
//! operations, of requests, or of anything else of this runtime.

#[cfg(feature = "base64_values")]
pub mod base64_bytes;
#[cfg(feature = "dates")]
mod dates;
#[cfg(feature = "json_objects")]
mod json_object;
pub mod json_path;
#[cfg(feature = "json_parts")]
pub mod json_scan;
#[cfg(feature = "unions")]
pub(crate) mod matcher;
mod maybe;
#[cfg(feature = "nullable")]
pub mod nullable;
#[cfg(feature = "enums")]
pub(crate) mod open_enum;
#[cfg(feature = "unions")]
pub(crate) mod open_union;
pub mod parameter;
mod random;
pub(crate) mod reader;
mod secret;
mod shape;
#[cfg(feature = "styles")]
pub mod special_styles;
mod style;
mod text;
mod whole_number;
pub(crate) mod writer;

#[cfg(feature = "base64_values")]
pub use base64_bytes::Base64;
#[cfg(feature = "json_objects")]
pub use json_object::JsonObject;
pub use maybe::Maybe;
#[cfg(feature = "nullable")]
pub use nullable::Nullable;
#[cfg(feature = "multipart")]
pub(crate) use random::random_bits;
pub(crate) use random::{random_fraction, random_uuid};
pub(crate) use secret::{as_sent, is_secret};
#[cfg(feature = "auth")]
pub(crate) use secret::{basic, bearer, cookie_value};
pub(crate) use shape::encode;
#[cfg(feature = "multipart")]
pub(crate) use shape::text as scalar_text;
pub use style::Style;
#[cfg(feature = "json_lines")]
pub(crate) use text::BYTE_ORDER_MARK;
pub(crate) use text::{one_line, root_cause, to_utf8, without_mark};
