//! The modules under test, compiled into this program as they are into an SDK,
//! which keeps them to itself; and from here its models use them.

#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    unused_macros,
    reason = "an SDK exports some of this, and does not use all of the rest either"
)]

#[path = "../../src/base64_bytes.rs"]
pub(crate) mod base64_bytes;
#[path = "../../src/nullable.rs"]
pub(crate) mod nullable;
#[path = "../../src/open_enum.rs"]
pub(crate) mod open_enum;
#[path = "../../src/open_union.rs"]
pub(crate) mod open_union;
#[path = "../../src/probe.rs"]
pub(crate) mod probe;

pub(crate) use open_enum::open_enum;
pub(crate) use open_union::{from_variants, open_union};
pub(crate) use probe::Probe;
