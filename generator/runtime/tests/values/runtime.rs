//! The modules under test, compiled into this program as they are into an SDK,
//! which keeps them to itself; and from here its models use them.

#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    unused_macros,
    reason = "an SDK exports some of this, and does not use all of the rest either"
)]

#[path = "../../src/value/mod.rs"]
pub(crate) mod value;

pub(crate) use value::matcher::Matcher;
pub(crate) use value::open_enum::open_enum;
pub(crate) use value::open_union::{from_arrays, from_variants, open_union};
pub(crate) use value::{JsonObject, Nullable, base64_bytes, nullable};
