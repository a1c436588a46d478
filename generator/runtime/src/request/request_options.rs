//! The options that every request builder has: as methods of its own, and as a trait.

use super::options::CallOptions;

/// Implements the options of a call for a request builder with a field `call`.
macro_rules! call_options {
    ($builder:ident) => {
        impl $builder {
            $crate::runtime::call_options!(@setters pub);
        }

        impl $crate::runtime::RequestOptions for $builder {
            fn options_mut(&mut self) -> &mut $crate::runtime::request::CallOptions {
                self.call.options()
            }
        }
    };
    (@setters $($prefix:tt)*) => {
        /// Sets how long this call may take in total, retries and bodies included.
        /// `None`: no limit.
        $($prefix)* fn timeout(mut self, timeout: impl Into<Option<::std::time::Duration>>) -> Self {
            let limit = $crate::runtime::TimeLimit::Own(timeout.into());
            $crate::runtime::RequestOptions::options_mut(&mut self).timeout = limit;
            self
        }

        /// Sets how long the server may send nothing, before the response and within it.
        /// `None`: no limit.
        $($prefix)* fn read_timeout(mut self, timeout: impl Into<Option<::std::time::Duration>>) -> Self {
            let limit = $crate::runtime::TimeLimit::Own(timeout.into());
            $crate::runtime::RequestOptions::options_mut(&mut self).read_timeout = limit;
            self
        }

        /// Sets the longest response body, in bytes, that is collected in memory.
        /// Streams are not limited.
        $($prefix)* fn max_response_bytes(mut self, bytes: u64) -> Self {
            $crate::runtime::RequestOptions::options_mut(&mut self).max_response_bytes = Some(bytes);
            self
        }

        /// Sets when this call is retried.
        $($prefix)* fn retry(mut self, policy: $crate::runtime::RetryPolicy) -> Self {
            let policy = ::std::boxed::Box::new(policy);
            $crate::runtime::RequestOptions::options_mut(&mut self).retry = Some(policy);
            self
        }

        /// Sends a header with this call, in place of any other of its name.
        $($prefix)* fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
            let options = $crate::runtime::RequestOptions::options_mut(&mut self);
            options.set_header(name.as_ref(), value.as_ref());
            self
        }

        /// Adds a pair to the query of this call.
        $($prefix)* fn query_param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
            let pair = (name.into(), value.into());
            $crate::runtime::RequestOptions::options_mut(&mut self).query.push(pair);
            self
        }

        /// Sends this idempotency key. The server processes requests with the same key
        /// once, so that this call can be retried.
        $($prefix)* fn idempotency_key(mut self, key: impl Into<String>) -> Self {
            $crate::runtime::RequestOptions::options_mut(&mut self).idempotency_key = Some(key.into());
            self
        }

        #[cfg(feature = "auth")]
        /// Sends this call without the credentials of the client. Headers are sent as they were set.
        $($prefix)* fn without_credentials(mut self) -> Self {
            $crate::runtime::RequestOptions::options_mut(&mut self).without_credentials = true;
            self
        }
    };
}
pub(crate) use call_options;

/// The options that every request has, for code that is generic over requests.
///
/// They are methods of each request builder, too: nothing has to be imported to set them on one.
pub trait RequestOptions: Sized {
    #[doc(hidden)]
    fn options_mut(&mut self) -> &mut CallOptions;

    call_options!(@setters #[must_use]);
}
