//! What models are made of: open enums and unions, nulls, bytes.

mod base64;
mod enums;
mod json_objects;
mod matchers;
mod nullable;
mod reading;
mod runtime;
mod unions;
mod webhooks;
mod writing;
