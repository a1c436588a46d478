//! What models are made of: open enums and unions, nulls, bytes.

mod base64;
mod enums;
mod nullable;
mod probes;
mod runtime;
mod unions;
