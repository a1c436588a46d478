//! What models are made of: open enums and unions, nulls, bytes.

mod base64;
mod enums;
mod json_objects;
mod matchers;
mod nullable;
mod runtime;
mod unions;
