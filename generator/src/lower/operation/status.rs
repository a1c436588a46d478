//! Statuses: which answers are success, and which are failure.

use crate::document::Cursor;
use crate::ir::Status;
use crate::lower::{Scope, docs};

/// An answer, where it is listed and where its `$ref` leads.
pub(super) struct Answer<'d> {
    pub(super) status: Status,
    pub(super) place: Cursor<'d>,
    pub(super) target: Cursor<'d>,
}

/// The answers of an operation.
pub(super) struct Answers<'d> {
    pub(super) success: Vec<Answer<'d>>,
    pub(super) failure: Vec<Answer<'d>>,
}

/// Sorts the answers of `operation`.
///
/// Success is 2xx; without any, what sends the caller elsewhere (3xx, but not 304, which
/// nobody asked for); without that, `default`, unless it is said to be for errors.
pub(super) fn answers<'d>(scope: &mut Scope<'_, 'd>, operation: &Cursor<'d>) -> Answers<'d> {
    let mut answers = list(scope, operation);
    answers.sort_by_key(|answer| answer.status);
    let has = |class: fn(Status) -> bool| answers.iter().any(|answer| class(answer.status));
    let is_success: fn(Status) -> bool = if has(is_ok) {
        is_ok
    } else if has(is_redirect) {
        is_redirect
    } else if has(is_informational) {
        is_informational
    } else if answers
        .iter()
        .any(|answer| answer.status == Status::Default && is_all_there_is(answer, &answers))
    {
        |status| status == Status::Default
    } else {
        |_| false
    };
    let (success, others): (Vec<_>, Vec<_>) =
        answers.into_iter().partition(|answer| is_success(answer.status));
    note_upgrade(scope, &success);
    let failure = others.into_iter().filter(|answer| !is_informational(answer.status)).collect();
    Answers { success, failure }
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
fn is_all_there_is(default: &Answer<'_>, answers: &[Answer<'_>]) -> bool {
    let covers_failure = |class| answers.iter().any(|answer| answer.status == Status::Range(class));
    let is_alone = answers.len() == 1 || (covers_failure(4) && covers_failure(5));
    let called = format!("{} {}", docs::docs(&default.place).description.as_str(), default.target.key());
    is_alone && !called.to_lowercase().contains("error")
}

fn note_upgrade(scope: &mut Scope<'_, '_>, success: &[Answer<'_>]) {
    if let Some(answer) = success.iter().find(|answer| is_informational(answer.status)) {
        scope.found.warning(
            "upgrade-not-carried",
            &answer.place,
            "an operation that goes on in another protocol: the client sends the request and no more",
            "open the connection with a client of that protocol",
        );
    }
}

fn list<'d>(scope: &mut Scope<'_, 'd>, operation: &Cursor<'d>) -> Vec<Answer<'d>> {
    let responses = operation.get("responses");
    let responses = responses.iter().flat_map(Cursor::members).filter(|(key, _)| !key.starts_with("x-"));
    let mut answers = Vec::new();
    for (key, place) in responses {
        let Some(status) = parse(key) else {
            scope.found.error(
                "status-malformed",
                &place,
                format!("`{key}` is not a status"),
                "write three digits, `2XX` and the like, or `default`",
            );
            continue;
        };
        answers.push(Answer { status, target: place.follow(), place });
    }
    answers
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
    fn statuses_are_codes_classes_and_the_rest() {
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
