//! Where a run stops, and what the settings waive before it does.
//!
//! There are two gates: one where no document could be read, and one after everything was
//! checked. An error that a waiver is for is a warning from then on. What is wrong with the
//! settings themselves cannot be waived.

use super::renamed::new_code;
use super::{Config, Waiver, check};
use crate::diagnostic::{Diagnostic, Diagnostics, Pointer};

/// Passes `document` on after it was read.
///
/// # Errors
///
/// Everything that was reported, when there is no document to go on with.
pub(crate) fn first_gate<T>(
    document: Option<T>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Result<T, Diagnostics> {
    if let Some(document) = document {
        waive(config, diagnostics);
        return Ok(document);
    }
    check::check(config, diagnostics);
    diagnostics.locate();
    Err(std::mem::take(diagnostics))
}

/// Lets a run go on to the emitters, once everything that a setting could be for was checked.
///
/// # Errors
///
/// Everything that was reported, when there is an error in it.
pub(crate) fn last_gate(config: &Config, diagnostics: &mut Diagnostics) -> Result<(), Diagnostics> {
    check::check(config, diagnostics);
    check_waivers(config, diagnostics);
    waive(config, diagnostics);
    diagnostics.locate();
    if diagnostics.has_errors() { Err(std::mem::take(diagnostics)) } else { Ok(()) }
}

/// Reports waivers that waive nothing, and those without a reason.
fn check_waivers(config: &Config, diagnostics: &mut Diagnostics) {
    for (index, waiver) in config.waivers.iter().enumerate() {
        let at = |key: Option<&str>| {
            let index = index.to_string();
            let keys: Vec<&str> = ["waivers", &index].into_iter().chain(key).collect();
            config.location(&keys)
        };
        let code = &waiver.code;
        if let Some(new) = new_code(code) {
            let message = format!("the code `{code}` is called `{new}` now");
            diagnostics.error(
                "config-renamed",
                at(Some("code")),
                message,
                format!("write `code = \"{new}\"`"),
            );
        } else if !diagnostics.iter().any(|one| config.is_waivable(one) && waiver.is_for(one)) {
            let message = format!("nothing is waived by `{code}` at `#{}`", waiver.pointer);
            diagnostics.error("waiver-unused", at(None), message, "remove the waiver");
        }
        if waiver.reason.trim().is_empty() {
            let message = format!("the waiver of `{code}` has no reason");
            let help = "say why the crate is right all the same";
            diagnostics.error("waiver-unreasoned", at(Some("reason")), message, help);
        }
    }
}

/// Turns the errors that a waiver is for into warnings, and notes of the others whether one could.
fn waive(config: &Config, diagnostics: &mut Diagnostics) {
    for error in diagnostics.errors_mut() {
        error.is_waivable = config.is_waivable(error);
        let waiver = config.waivers.iter().find(|waiver| error.is_waivable && waiver.is_for(error));
        if let Some(waiver) = waiver {
            error.waive(&waiver.reason);
        }
    }
}

impl Config {
    /// Whether a waiver could be for `diagnostic`: not if it is about the settings.
    fn is_waivable(&self, diagnostic: &Diagnostic) -> bool {
        self.source.as_ref().is_none_or(|source| source.name != diagnostic.location.file)
    }
}

impl Waiver {
    fn is_for(&self, diagnostic: &Diagnostic) -> bool {
        let pointer = Pointer::parse(&self.pointer);
        diagnostic.code == self.code
            && pointer.is_some_and(|pointer| diagnostic.location.pointer.is_within(&pointer))
    }
}
