//! Stands in for what a generator writes from a document: an API of two operations.
//!
//! It also opens to the tests what a generated SDK keeps to itself.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::errors::ErrorBody;
use crate::runtime::error::CallMetadata;
use crate::runtime::send::{RawResponse, ResponseBody};
use crate::runtime::time::Timeouts;
use crate::runtime::{
    Call, Client, ClientBuilder, Credential, Error, ErrorCase, Method, Operation, SchemeKind, Sdk,
    SecurityScheme, ServerTemplate, StatusPattern, Style, SystemClock, request_builder,
};

/// The API.
pub static SDK: Sdk = Sdk {
    user_agent: "sample-sdk/1.2.3",
    servers: &[ServerTemplate { url: "https://{region}.example.com/v1", variables: &[("region", "eu")] }],
    security: &[SecurityScheme {
        name: "ApiKey",
        kind: SchemeKind::Bearer,
        environment: Some("SAMPLE_API_KEY"),
    }],
    undocumented: Operation::for_each_method(&Operation {
        security: &[&["ApiKey"], &[]],
        ..Operation::UNDOCUMENTED
    }),
    ..Sdk::DEFAULT
};

/// Reads a thing.
pub static GET_THING: Operation = Operation {
    id: "get_thing",
    method: Method::GET,
    path: "/things/{thing_id}",
    security: &[&["ApiKey"]],
    errors: &[ErrorCase::new(StatusPattern::Code(422), ErrorBody::validation)],
    ..Operation::DEFAULT
};

/// Makes a thing.
pub static MAKE_THING: Operation = Operation {
    id: "make_thing",
    method: Method::POST,
    path: "/things",
    security: &[&["ApiKey"]],
    errors: &[ErrorCase::new(StatusPattern::Code(422), ErrorBody::validation)],
    ..Operation::DEFAULT
};

/// What the API is about.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Thing {
    /// Its id.
    pub id: String,
    /// How large it is.
    pub size: i64,
}

impl Client {
    /// Sets up a client of the sample API.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new(&SDK)
    }

    /// Sets up a client of another API.
    pub fn builder_of(sdk: &'static Sdk) -> ClientBuilder {
        ClientBuilder::new(sdk)
    }

    /// Reads a thing.
    pub fn thing(&self, id: impl Into<String>) -> GetThing {
        let mut call = Call::new(self, &GET_THING);
        call.path("thing_id", Style::Simple, &id.into());
        GetThing { call }
    }

    /// Makes a thing.
    pub fn make_thing(&self, thing: &Thing) -> MakeThing {
        let mut call = Call::new(self, &MAKE_THING);
        call.json(thing);
        MakeThing { call }
    }
}

impl ClientBuilder {
    /// The key of the sample API.
    pub fn api_key(self, key: impl Into<Credential>) -> Self {
        self.credential("ApiKey", key)
    }

    /// The credential of any scheme.
    pub fn credential_of(self, scheme: &'static str, credential: impl Into<Credential>) -> Self {
        self.credential(scheme, credential)
    }

    /// The credentials in these variables.
    ///
    /// # Errors
    ///
    /// As [`from_env`](Self::from_env).
    pub fn variables(self, variables: &[(&str, &str)]) -> Result<Self, Error> {
        self.read_variables(|name| {
            variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }
}

impl Credential {
    /// A credential that fails to be obtained.
    #[must_use]
    pub fn failing(message: &'static str) -> Self {
        Self::provider(move || async move { Err::<SecretString, _>(message) })
    }
}

impl RawResponse {
    /// A response whose body comes in these pieces, as if from a connection.
    #[must_use]
    pub fn in_pieces(pieces: Vec<Bytes>) -> Self {
        let (status, version) = (http::StatusCode::OK, http::Version::HTTP_11);
        let metadata =
            CallMetadata::new(&GET_THING, 1).with_response(status, version, http::HeaderMap::new());
        let timeouts = Timeouts::new(Arc::new(SystemClock), Some(Duration::from_secs(60)), None);
        Self::new(ResponseBody::new(pieces.into(), metadata, timeouts, None), u64::MAX)
    }
}

/// Request builder for [`Client::thing`].
#[derive(Debug)]
#[must_use = "nothing is sent before `send`"]
pub struct GetThing {
    call: Call,
}

impl GetThing {
    /// How far to look.
    pub fn depth(mut self, depth: i64) -> Self {
        self.call.query("depth", Style::Form, &depth);
        self
    }
}

/// Request builder for [`Client::make_thing`].
#[derive(Debug)]
#[must_use = "nothing is sent before `send`"]
pub struct MakeThing {
    call: Call,
}

request_builder!(GetThing -> json Thing);
request_builder!(MakeThing -> json Thing);
