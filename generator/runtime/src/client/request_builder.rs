//! What every request builder has: the ways to send it, and the settings of its call.
//!
//! In come a struct with a field `call`, and what its response is; out come methods, the same for
//! every operation. What they do stands where the response is read.

/// Implements the methods of a request builder: `request_builder!(ListFiles -> json ListFilesResponse);`
#[allow(unused_macros, reason = "an API of webhooks alone has no operations")]
macro_rules! request_builder {
    ($builder:ident -> empty) => { request_builder!(@send $builder, (), send_empty, empty); };
    ($builder:ident -> text) => { request_builder!(@send $builder, String, send_text, text_value); };
    ($builder:ident -> json $value:ty) => { request_builder!(@send $builder, $value, send_json, json_value); };
    ($builder:ident -> download) => {
        request_builder!(@send $builder, $crate::runtime::Download, send_download, download);
    };
    ($builder:ident -> events $value:ty) => {
        request_builder!(@send $builder, $crate::runtime::EventStream<$value>, send_events, events);
    };
    ($builder:ident -> json_lines $value:ty) => {
        request_builder!(@send $builder, $crate::runtime::JsonLines<$value>, send_json_lines, json_lines_stream);
    };
    ($builder:ident -> several $value:ty) => {
        request_builder!(@value $builder, $value);
        impl ::std::future::IntoFuture for $builder {
            type Output = Result<$value, $crate::runtime::Error>;
            type IntoFuture = $crate::runtime::CallFuture<$value>;

            fn into_future(self) -> Self::IntoFuture {
                ::std::boxed::Box::pin(self.send())
            }
        }
    };
    // `future` makes a future of one type for all operations with such a response, which costs
    // less to compile than one for each.
    (@send $builder:ident, $value:ty, $send:ident, $future:ident) => {
        request_builder!(@value $builder, $value);
        impl $builder {
            /// Like [`send`](Self::send), but returns the status, headers and request id with the value.
            ///
            /// # Errors
            ///
            /// The same as for [`send`](Self::send).
            pub async fn send_with_response(
                self,
            ) -> Result<$crate::runtime::Response<$value>, $crate::runtime::Error> {
                self.call.$send().await
            }
        }
        impl ::std::future::IntoFuture for $builder {
            type Output = Result<$value, $crate::runtime::Error>;
            type IntoFuture = $crate::runtime::CallFuture<$value>;

            fn into_future(self) -> Self::IntoFuture {
                self.call.$future()
            }
        }
    };
    (@value $builder:ident, $value:ty) => {
        impl $builder {
            /// Sends the request. `.await` on the request itself does the same.
            ///
            /// # Errors
            ///
            /// [`Error::Api`](crate::Error::Api) for an error response, or another
            /// [`Error`](crate::Error) when there is no usable response.
            pub async fn send(self) -> Result<$value, $crate::runtime::Error> {
                Ok(self.send_with_response().await?.into_value())
            }
        }
        $crate::runtime::call_options!($builder);
    };
}
pub(crate) use request_builder;
