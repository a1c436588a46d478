//! Words that say what is done, and words that say nothing.

use crate::ir::Method;

/// Words that say what is done: what stands after one says to what.
const VERBS: &[&str] = &[
    "accept",
    "acknowledge",
    "activate",
    "add",
    "apply",
    "approve",
    "archive",
    "assign",
    "attach",
    "authorize",
    "ban",
    "batch",
    "block",
    "bulk",
    "bundle",
    "calculate",
    "cancel",
    "capture",
    "change",
    "check",
    "claim",
    "clear",
    "clone",
    "close",
    "commit",
    "compile",
    "complete",
    "compose",
    "confirm",
    "connect",
    "convert",
    "copy",
    "count",
    "create",
    "deactivate",
    "decline",
    "decrypt",
    "delete",
    "deploy",
    "describe",
    "detach",
    "disable",
    "disconnect",
    "dismiss",
    "download",
    "duplicate",
    "edit",
    "embed",
    "enable",
    "encrypt",
    "enroll",
    "estimate",
    "evaluate",
    "execute",
    "expire",
    "explain",
    "export",
    "extend",
    "fail",
    "fetch",
    "filter",
    "finalize",
    "find",
    "finish",
    "flush",
    "force",
    "forward",
    "generate",
    "get",
    "grant",
    "hangup",
    "heartbeat",
    "import",
    "increment",
    "init",
    "initiate",
    "insert",
    "install",
    "invalidate",
    "invite",
    "invoke",
    "issue",
    "join",
    "kick",
    "leave",
    "link",
    "list",
    "load",
    "lock",
    "login",
    "logout",
    "lookup",
    "mark",
    "merge",
    "modify",
    "move",
    "mute",
    "open",
    "parse",
    "patch",
    "pause",
    "pay",
    "ping",
    "poll",
    "post",
    "predict",
    "preview",
    "process",
    "promote",
    "provision",
    "publish",
    "purge",
    "push",
    "put",
    "query",
    "read",
    "rebuild",
    "recover",
    "redact",
    "refer",
    "refresh",
    "refund",
    "regenerate",
    "register",
    "reject",
    "release",
    "reload",
    "remix",
    "remove",
    "rename",
    "render",
    "renew",
    "reopen",
    "replace",
    "replay",
    "report",
    "request",
    "rerank",
    "resend",
    "reset",
    "resolve",
    "respond",
    "restart",
    "restore",
    "resume",
    "retrieve",
    "retry",
    "return",
    "reveal",
    "reverse",
    "revoke",
    "rewind",
    "roll",
    "rollback",
    "rotate",
    "run",
    "save",
    "scan",
    "schedule",
    "search",
    "send",
    "serve",
    "set",
    "share",
    "show",
    "sign",
    "simulate",
    "skip",
    "snapshot",
    "solve",
    "sort",
    "split",
    "start",
    "stop",
    "stream",
    "submit",
    "subscribe",
    "summarize",
    "suspend",
    "swap",
    "switch",
    "sync",
    "synthesize",
    "terminate",
    "test",
    "tokenize",
    "touch",
    "trace",
    "transcribe",
    "transfer",
    "transition",
    "translate",
    "trigger",
    "unarchive",
    "unassign",
    "unban",
    "unblock",
    "undelete",
    "undeploy",
    "uninstall",
    "unlink",
    "unlock",
    "unpause",
    "unpublish",
    "unregister",
    "unset",
    "unsubscribe",
    "unsuspend",
    "update",
    "upgrade",
    "upload",
    "upsert",
    "validate",
    "verify",
    "view",
    "void",
    "wait",
    "warm",
    "write",
];

/// Verbs for what every kind of thing can do: the HTTP method says it as well.
const PLAIN: &[&str] = &[
    "add", "create", "del", "delete", "describe", "destroy", "edit", "fetch", "find", "get", "list",
    "modify", "new", "patch", "post", "put", "read", "remove", "replace", "retrieve", "set", "show",
    "update", "view",
];

/// Words that web frameworks put before or after the name that somebody chose.
const FRAMEWORK: &[&str] = &["api", "apis", "controller", "endpoint", "route", "router", "routes"];

/// Words at the end of an id that say no more than that it is an operation.
const NOISE: &[&str] = &["controller", "endpoint", "func", "handler", "method", "route"];

/// Words that a name does not end with once what they refer to is gone.
const DANGLING: &[&str] = &["a", "an", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"];

/// Words for what is not settled yet.
const STABILITY: &[&str] = &["alpha", "beta", "preview"];

pub(in crate::names) fn is_verb(word: &str) -> bool {
    VERBS.binary_search(&word).is_ok()
}

pub(super) fn is_plain(word: &str) -> bool {
    PLAIN.contains(&word)
}

pub(super) fn is_framework(word: &str) -> bool {
    FRAMEWORK.contains(&word)
}

pub(super) fn is_noise(word: &str) -> bool {
    NOISE.contains(&word)
}

pub(super) fn is_dangling(word: &str) -> bool {
    DANGLING.contains(&word)
}

pub(super) fn is_stability(word: &str) -> bool {
    STABILITY.contains(&word)
}

/// Whether `part` of an id or a path is a version: `v1`, `v2beta`, `2024-01-01`, `1.0`.
pub(super) fn is_version(part: &str) -> bool {
    let number = part.strip_prefix('v').unwrap_or(part);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_dotted = number.split(['.', '-', '_']).all(is_number);
    let is_named = part.starts_with('v') && number.starts_with(|letter: char| letter.is_ascii_digit());
    is_dotted || is_named && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The HTTP method as a word.
pub(super) fn method_word(method: &Method) -> String {
    method.as_str().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{VERBS, is_version};

    #[test]
    fn verbs_are_in_order() {
        assert!(VERBS.is_sorted());
    }

    #[test]
    fn versions_are_recognized() {
        for version in ["v1", "v2beta", "v1alpha1", "2024-01-01", "1.0", "2"] {
            assert!(is_version(version), "{version}");
        }
        for word in ["video", "vms", "v", "files", "v1-users"] {
            assert!(!is_version(word), "{word}");
        }
    }
}
