//! Names that emitted code uses itself, by the scope they are used in.

/// Types that emitted files use beside models, and well-known ones of the prelude and the standard library: a
/// model of this name would be mistaken for them. Other exports of the crate root may share the name of a
/// model, which is in a module of its own.
pub(super) const TYPES: &[&str] = &[
    "ApiError",
    "AsMut",
    "AsRef",
    "BTreeMap",
    "Base64",
    "Box",
    "Call",
    "Client",
    "ClientBuilder",
    "Clone",
    "Copy",
    "Credential",
    "DateTime",
    "Debug",
    "Default",
    "Deserialize",
    "Display",
    "Download",
    "Drop",
    "Duration",
    "Eq",
    "Err",
    "Error",
    "ErrorBody",
    "ErrorCase",
    "Event",
    "EventEnd",
    "EventRules",
    "EventStream",
    "Extend",
    "FileUpload",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "FromStr",
    "Future",
    "Hash",
    "HashMap",
    "Hook",
    "Idempotency",
    "Into",
    "IntoIterator",
    "Items",
    "Iterator",
    "JsonLines",
    "JsonObject",
    "Matcher",
    "Method",
    "NaiveDate",
    "NextPage",
    "None",
    "Nullable",
    "Ok",
    "Operation",
    "Option",
    "Ord",
    "PageInput",
    "Pages",
    "Paging",
    "PartialEq",
    "PartialOrd",
    "Pin",
    "RawResponse",
    "Response",
    "Result",
    "RetryPolicy",
    "Sdk",
    "Self",
    "Send",
    "Serialize",
    "Server",
    "ServerTemplate",
    "Sized",
    "Some",
    "StatusCode",
    "StatusPattern",
    "Stream",
    "String",
    "Style",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Upload",
    "Utc",
    "Value",
    "Vec",
];

/// Every enum has this variant for what the crate does not know.
pub(super) const VARIANTS: &[&str] = &["Unknown", "Self"];

/// Functions that unions have of traits.
pub(super) const UNION_FUNCTIONS: &[&str] = &[
    "clone",
    "default",
    "deserialize",
    "eq",
    "fmt",
    "from",
    "into",
    "ne",
    "serialize",
    "try_from",
    "try_into",
];

/// Variants of the enum of error bodies beside those of the document.
pub(super) const ERROR_VARIANTS: &[&str] = &["Empty", "Json", "Self", "Text"];

/// Functions of the enum of error bodies beside those that read one.
pub(super) const ERROR_METHODS: &[&str] = &["borrow", "clone", "eq", "fmt", "from", "into", "message"];

/// Modules of the folder that a file would be in, and names that Windows keeps for devices, whatever
/// follows a dot ("Naming Files, Paths, and Namespaces" in its documentation).
#[rustfmt::skip]
pub(super) const FILES: &[&str] = &[
    "aux", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "index", "lib",
    "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "main", "mod", "nul", "prn",
    "readme",
];

/// Files in `src/models` and `docs/models` that are not models: those of [`FILES`], and the crate's own
/// modules.
pub(super) const MODULES: &[&str] =
    &["blocking", "client", "error", "errors", "models", "pages", "resources", "runtime", "transport"];

/// Methods of [`Client`](TYPES) and of resources beside those that the document gives.
pub(super) const ACCESSORS: &[&str] = &[
    "base_url", "borrow", "builder", "client", "clone", "debug", "from", "from_env", "into", "new", "request",
];

/// The argument with the required properties, when those are too many for arguments of their own.
pub(crate) const REQUIRED_ARGUMENT: &str = "required";

/// Methods of every request builder, and the names that emitted methods use beside their arguments.
pub(super) const CALL: &[&str] = &[
    "body",
    "call",
    "extra_property",
    "header",
    "idempotency_key",
    "into_future",
    "max_response_bytes",
    "query_param",
    "read_timeout",
    REQUIRED_ARGUMENT,
    "retry",
    "send",
    "send_with_response",
    "timeout",
    "without_credentials",
];

/// Further options that request builders may get: a setter of this name would have to be renamed then.
pub(super) const FUTURE_OPTIONS: &[&str] = &["bearer", "client", "headers", "new"];

/// Methods of request builders for lists with pages, beside those of [`CALL`].
pub(super) const PAGES: &[&str] = &["items", "pages"];

/// Methods of the client's builder beside the credentials that the document asks for.
pub(super) const CLIENT_BUILDER: &[&str] = &[
    "allow_credentials_over_http",
    "base_url",
    "build",
    "clock",
    "clone",
    "configure_http",
    "connect_timeout",
    "credential",
    "default_header",
    "from_env",
    "hook",
    "http_client",
    "max_response_bytes",
    "new",
    "read_timeout",
    "read_variables",
    "retry",
    "retry_budget",
    "server",
    "timeout",
    "user_agent",
];

/// Cargo features beside those of the resources.
pub(super) const FEATURES: &[&str] = &["blocking", "default", "native-tls", "rustls", "test", "tracing"];

#[cfg(test)]
mod tests {
    use super::*;

    /// The functions of the type, or macro, that `text` implements.
    fn functions(text: &str) -> impl Iterator<Item = &str> {
        text.lines().filter_map(|line| {
            let (before, rest) = line.split_once("fn ")?;
            let is_indented = before.starts_with("    ") && !before.trim_start().starts_with("//");
            rest.split_once(['(', '<']).map(|(name, _)| name).filter(|_| is_indented)
        })
    }

    /// A name of the document is a method beside those of the runtime.
    #[track_caller]
    fn all_are_reserved(text: &str, reserved: &[&str]) {
        let missing: Vec<&str> =
            functions(text).filter(|name| *name != "fmt" && !reserved.contains(name)).collect();
        assert!(missing.is_empty(), "not reserved: {missing:?}");
    }

    #[test]
    fn devices_of_windows_are_reserved() {
        let ports = (0..10).flat_map(|number| [format!("com{number}"), format!("lpt{number}")]);
        for device in ["aux", "con", "nul", "prn"].map(str::to_owned).into_iter().chain(ports) {
            assert!(FILES.contains(&device.as_str()), "{device}");
        }
    }

    #[test]
    fn methods_of_the_runtime_are_reserved() {
        let client = include_str!("../../runtime/src/client/handle.rs");
        let start = client.find("impl Client {").expect("the runtime has the client");
        let end = start + client[start..].find("\n}").expect("its methods end");
        all_are_reserved(&client[start..end], ACCESSORS);
        all_are_reserved(include_str!("../../runtime/src/client/builder.rs"), CLIENT_BUILDER);
        let options = include_str!("../../runtime/src/request/request_options.rs");
        let start = options.find("(@setters $").expect("the runtime has the macro");
        let end = options.find("pub trait").expect("the trait follows");
        all_are_reserved(&options[start..end], CALL);
    }

    #[test]
    fn reserved_names_are_in_use() {
        // What the emitters write is found in their source, and `clone` is derived.
        let call = [
            include_str!("../../runtime/src/client/request_builder.rs"),
            include_str!("../../runtime/src/request/request_options.rs"),
            include_str!("../rust/operation.rs"),
            "let mut call = …",
        ];
        let client_builder = [
            include_str!("../../runtime/src/client/builder.rs"),
            include_str!("../../runtime/src/client/credentials.rs"),
            include_str!("../rust/client.rs"),
            "fn clone(&self)",
        ];
        for (texts, reserved) in [(&call[..], CALL), (&client_builder[..], CLIENT_BUILDER)] {
            let mut defined: Vec<&str> =
                texts.iter().flat_map(|text| functions_and_variables(text)).collect();
            defined.push(REQUIRED_ARGUMENT);
            let unused: Vec<_> = reserved.iter().filter(|name| !defined.contains(*name)).collect();
            assert!(unused.is_empty(), "reserved without need: {unused:?}");
        }
    }

    /// The names of functions and variables in `text`.
    fn functions_and_variables(text: &str) -> impl Iterator<Item = &str> {
        let ends = |letter: char| !(letter.is_alphanumeric() || letter == '_');
        let functions = text.split("fn ").skip(1).filter_map(move |rest| rest.split(ends).next());
        let variables = text.split("let mut ").skip(1).filter_map(move |rest| rest.split(ends).next());
        functions.chain(variables)
    }
}
