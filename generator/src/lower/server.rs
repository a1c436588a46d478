//! Servers: where an API, or one operation of it, is served.
//!
//! A URL without a scheme is relative to the URL of the document, which is not known
//! here. Such a server is left out: without any, the caller has to say where the API is.

use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::{Server, ServerVariable};
use crate::prose::Prose;

/// The keys that hold the name of a server: that of OpenAPI 3.2, and those that tools used before it.
const NAMES: [&str; 5] = ["name", "x-name", "x-server-name", "x-fern-server-name", "x-speakeasy-server-id"];

/// The servers of the document at `root`.
pub(super) fn servers(root: &Cursor<'_>, diagnostics: &mut Diagnostics) -> Vec<Server> {
    listed(root, diagnostics, |server, url, diagnostics| {
        diagnostics.warning(
            "server-relative",
            server,
            format!("the server `{url}` is relative to the URL of the document, which is not known"),
            "write an absolute URL, or let every caller give a base URL that ends in it",
        );
    })
}

/// The servers that `owner`, a path or an operation, has for itself.
pub(super) fn own_servers(owner: &Cursor<'_>, diagnostics: &mut Diagnostics) -> Vec<Server> {
    listed(owner, diagnostics, |server, url, diagnostics| {
        diagnostics.error(
            "server-relative-override",
            server,
            format!("the server `{url}` is relative to the URL of the document, which is not known"),
            "write an absolute URL",
        );
    })
}

fn listed(
    owner: &Cursor<'_>,
    diagnostics: &mut Diagnostics,
    report_relative: impl Fn(&Cursor<'_>, &str, &mut Diagnostics),
) -> Vec<Server> {
    let mut servers = Vec::new();
    for server in owner.get("servers").iter().flat_map(Cursor::items).filter(|server| !server.is_broken()) {
        match server.str("url") {
            None if server.get("url").is_some() => {}
            None => report_no_url(&server, diagnostics),
            Some(url) if is_relative(url) => report_relative(&server, url, diagnostics),
            Some(url) => servers.push(lower(&server, url, diagnostics)),
        }
    }
    servers
}

/// Whether a URL has no scheme; a variable may stand for one.
fn is_relative(url: &str) -> bool {
    !url.contains("://") && !url.starts_with('{')
}

fn report_no_url(server: &Cursor<'_>, diagnostics: &mut Diagnostics) {
    diagnostics.error("server-url-missing", server, "the server has no `url`", "add the URL of the server");
}

fn lower(server: &Cursor<'_>, url: &str, diagnostics: &mut Diagnostics) -> Server {
    let description = server.str("description").unwrap_or_default();
    let name = NAMES.into_iter().find_map(|key| server.str(key));
    Server {
        url: url.to_owned(),
        label: name.or_else(|| is_label(description).then_some(description)).map(str::to_owned),
        description: Prose::new(description),
        variables: variables(server, url, diagnostics),
    }
}

/// Whether a description is short enough to make a name of.
fn is_label(description: &str) -> bool {
    let words = description.split_whitespace().count();
    (1..=4).contains(&words) && description.len() <= 40 && !description.contains('\n')
}

fn variables(server: &Cursor<'_>, url: &str, diagnostics: &mut Diagnostics) -> Vec<ServerVariable> {
    let declared = server.get("variables");
    names(url)
        .into_iter()
        .map(|name| {
            let variable = declared.as_ref().and_then(|variables| variables.get(name));
            let variable = variable.filter(|variable| variable.value().is_object());
            if variable.is_none() && declared.as_ref().is_none_or(|declared| declared.value().is_object()) {
                diagnostics.error(
                    "server-variable-undeclared",
                    server.get("url").as_ref().unwrap_or(server),
                    format!("the URL has the variable `{name}`, which `variables` does not declare"),
                    "declare it with a default, or write its value into the URL",
                );
            }
            variable.map_or_else(|| unknown(name), |variable| lower_variable(name, &variable, diagnostics))
        })
        .collect()
}

/// The variables of a URL, each once, in order.
fn names(url: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = url;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        if !names.contains(&name) {
            names.push(name);
        }
        rest = after;
    }
    names
}

fn unknown(name: &str) -> ServerVariable {
    ServerVariable {
        name: name.to_owned(),
        default: String::new(),
        values: Vec::new(),
        description: Prose::default(),
    }
}

fn lower_variable(name: &str, variable: &Cursor<'_>, diagnostics: &mut Diagnostics) -> ServerVariable {
    let values: Vec<String> =
        variable.get("enum").iter().flat_map(Cursor::items).filter_map(|value| scalar_text(&value)).collect();
    let default = variable.get("default").and_then(|default| scalar_text(&default));
    if default.is_none() {
        diagnostics.error(
            "server-variable-default-missing",
            variable,
            format!("the server variable `{name}` has no default"),
            "add a `default`: OpenAPI requires one, and the client needs it",
        );
    }
    let default = default.or_else(|| values.first().cloned()).unwrap_or_default();
    if !values.is_empty() && !values.contains(&default) {
        diagnostics.warning(
            "server-variable-default-unlisted",
            variable,
            format!("the default `{default}` of `{name}` is not one of its values"),
            "list it in `enum`, or choose another default",
        );
    }
    let description = Prose::new(variable.str("description").unwrap_or_default());
    ServerVariable { name: name.to_owned(), default, values, description }
}

/// Ports are often written as numbers.
fn scalar_text(value: &Cursor<'_>) -> Option<String> {
    match value.value() {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        serde_json::Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}
