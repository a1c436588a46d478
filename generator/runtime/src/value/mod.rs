//! Values as they are written and read: in JSON, in parameters, in headers.
//!
//! In come values of models and texts of others; out go their forms on the wire, and back.
//! Everything here is a function of its arguments. It must not know of operations, of requests,
//! or of anything else of this runtime.

pub mod base64_bytes;
pub mod json_path;
pub mod json_scan;
#[allow(dead_code, reason = "not every document has a union")]
pub(crate) mod matcher;
#[allow(dead_code, reason = "not every document has a property that can be absent and null")]
pub mod nullable;
#[allow(dead_code, unused_imports, unused_macros, reason = "not every document has an enum")]
pub(crate) mod open_enum;
#[allow(dead_code, unused_imports, unused_macros, reason = "not every document has a union")]
pub(crate) mod open_union;
pub mod parameter;
mod random;
mod secret;
mod text;

pub use base64_bytes::Base64;
pub use nullable::Nullable;
pub use parameter::{Style, encode};
pub(crate) use random::{random_bits, random_fraction, random_uuid};
pub(crate) use secret::{as_sent, basic, bearer, cookie_value, is_secret};
pub(crate) use text::{BYTE_ORDER_MARK, one_line, root_cause, without_mark};
