//! What the tests of the runtime stand on: a server that does what it is told,
//! byte for byte, and a clock that only moves when it is told to.

#![allow(dead_code, unreachable_pub, unused_imports, reason = "each test program uses its own part")]

mod clock;
mod reply;
mod server;

pub use clock::TestClock;
pub use reply::{Reply, Step, head};
pub use server::{LONG, Received, Server, all_closed};

use sdk_runtime::runtime::{Client, ClientBuilder};

/// A client of the sample API at this server, with a key.
pub fn builder(server: &Server) -> ClientBuilder {
    Client::builder().base_url(&server.url).api_key("sk-test-0123456789")
}

/// As [`builder`], built.
pub fn client(server: &Server) -> Client {
    builder(server).build().expect("the settings are fine")
}

/// A thing of the sample API, as JSON.
pub const THING: &str = r#"{"id":"t1","size":7}"#;
