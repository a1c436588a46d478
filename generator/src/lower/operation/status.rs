//! Statuses: which responses are success responses, and which are error responses.

use crate::document::Cursor;
use crate::ir::Status;
use crate::lower::{Scope, docs};

/// A response, where it is listed, and the target of its `$ref`.
pub(super) struct DeclaredResponse<'d> {
    pub(super) status: Status,
    pub(super) place: Cursor<'d>,
    pub(super) target: Cursor<'d>,
}

/// The responses of an operation.
pub(super) struct DeclaredResponses<'d> {
    pub(super) success: Vec<DeclaredResponse<'d>>,
    pub(super) errors: Vec<DeclaredResponse<'d>>,
}

/// Sorts the responses of `operation`.
///
/// Success is 2xx; without any, a redirect (3xx, but not 304, which no request asks for);
/// without that, `default`, unless it is described as an error.
pub(super) fn responses<'d>(scope: &mut Scope<'_, 'd>, operation: &Cursor<'d>) -> DeclaredResponses<'d> {
    let mut responses = list(scope, operation);
    responses.sort_by_key(|response| response.status);
    let has = |class: fn(Status) -> bool| responses.iter().any(|response| class(response.status));
    let is_success: fn(Status) -> bool = if has(is_ok) {
        is_ok
    } else if has(is_redirect) {
        is_redirect
    } else if has(is_informational) {
        is_informational
    } else if responses
        .iter()
        .any(|response| response.status == Status::Default && covers_success(response, &responses))
    {
        |status| status == Status::Default
    } else {
        |_| false
    };
    let (success, others): (Vec<_>, Vec<_>) =
        responses.into_iter().partition(|response| is_success(response.status));
    warn_of_upgrade(scope, &success);
    let errors = others.into_iter().filter(|response| !is_informational(response.status)).collect();
    DeclaredResponses { success, errors }
}

fn is_ok(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Range(2))
}

fn is_redirect(status: Status) -> bool {
    matches!(status, Status::Code(300..=303 | 305..=399) | Status::Range(3))
}

fn is_informational(status: Status) -> bool {
    matches!(status, Status::Code(100..=199) | Status::Range(1))
}

/// Whether `default` covers success: nothing else does, and nothing calls it an error.
fn covers_success(default: &DeclaredResponse<'_>, responses: &[DeclaredResponse<'_>]) -> bool {
    let covers_failure = |class| responses.iter().any(|response| response.status == Status::Range(class));
    let is_alone = responses.len() == 1 || (covers_failure(4) && covers_failure(5));
    let called = format!("{} {}", docs::docs(&default.place).description.as_str(), default.target.key());
    is_alone && !called.to_lowercase().contains("error")
}

fn warn_of_upgrade(scope: &mut Scope<'_, '_>, success: &[DeclaredResponse<'_>]) {
    if let Some(response) = success.iter().find(|response| is_informational(response.status)) {
        scope.diagnostics.warning(
            "upgrade-unsupported",
            &response.place,
            "protocol upgrades are not supported: the client only sends the request",
            "open the connection with a client of that protocol",
        );
    }
}

fn list<'d>(scope: &mut Scope<'_, 'd>, operation: &Cursor<'d>) -> Vec<DeclaredResponse<'d>> {
    let listed = operation.get("responses");
    let listed = listed.iter().flat_map(Cursor::members).filter(|(key, _)| !key.starts_with("x-"));
    let mut responses = Vec::new();
    for (key, place) in listed {
        let Some(status) = parse(key) else {
            scope.diagnostics.error(
                "status-malformed",
                &place,
                format!("`{key}` is not a status"),
                "write three digits, `2XX` and the like, or `default`",
            );
            continue;
        };
        responses.push(DeclaredResponse { status, target: place.follow(), place });
    }
    responses
}

pub(super) fn parse(key: &str) -> Option<Status> {
    let key = key.trim();
    if key == "default" {
        return Some(Status::Default);
    }
    let class = key.strip_suffix("XX").or_else(|| key.strip_suffix("xx"));
    match class {
        Some(class) => class.parse().ok().filter(|class| (1..=5).contains(class)).map(Status::Range),
        None => key.parse().ok().filter(|code| (100..=599).contains(code)).map(Status::Code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_codes_ranges_and_default() {
        assert_eq!(parse("404"), Some(Status::Code(404)));
        assert_eq!(parse("4XX"), Some(Status::Range(4)));
        assert_eq!(parse("4xx"), Some(Status::Range(4)));
        assert_eq!(parse("default"), Some(Status::Default));
        assert_eq!(parse("200 "), Some(Status::Code(200)));
        for wrong in ["", "20", "0XX", "9XX", "600", "ok", "4X", "2000", "XX"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
