//! Where a run stops, and which faults of the document it does not stop for.
//!
//! There are two gates: one after `resolve`, when there is no document, and one after `lower`, when there
//! is an error. A fault that has a reading is a warning from then on: always, or where the settings
//! are strict, only if a waiver is for it. What is wrong with the settings stays an error.

use crate::config::{Config, Waiver, check, new_code};
use crate::diagnostic::{Diagnostic, Diagnostics, Pointer, reading};

/// Passes `document` on after it was read.
///
/// # Errors
///
/// All diagnostics, when there is no document to continue with.
pub(crate) fn after_resolve<T>(
    document: Option<T>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Result<T, Diagnostics> {
    if let Some(document) = document {
        accept_faults(config, diagnostics);
        return Ok(document);
    }
    check(config, diagnostics);
    diagnostics.locate();
    Err(std::mem::take(diagnostics))
}

/// Lets a run continue to the emitters, once everything that a setting could be for was checked.
///
/// # Errors
///
/// All diagnostics, if one of them is an error.
pub(crate) fn after_lower(config: &Config, diagnostics: &mut Diagnostics) -> Result<(), Diagnostics> {
    check(config, diagnostics);
    check_waivers(config, diagnostics);
    accept_faults(config, diagnostics);
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
        } else if !diagnostics.iter().any(|one| config.reading_of(one).is_some() && waiver.is_for(one)) {
            let message = format!("nothing is waived by `{code}` at `#{}`", waiver.pointer);
            let help = "remove the waiver";
            if config.strict {
                diagnostics.error("waiver-unused", at(None), message, help);
            } else {
                diagnostics.warning("waiver-unused", at(None), message, help);
            }
        }
        if waiver.reason.trim().is_empty() {
            let message = format!("the waiver of `{code}` has no reason");
            let help = "explain why the generated code is correct anyway";
            diagnostics.error("waiver-unreasoned", at(Some("reason")), message, help);
        }
    }
}

/// Makes warnings of the faults that have a reading: of all, or where the settings are strict, of those
/// that a waiver is for.
fn accept_faults(config: &Config, diagnostics: &mut Diagnostics) {
    for error in diagnostics.errors_mut() {
        let Some(reading) = config.reading_of(error) else { continue };
        error.is_waivable = true;
        if let Some(waiver) = config.waivers.iter().find(|waiver| waiver.is_for(error)) {
            error.waive(&waiver.reason);
        } else if !config.strict {
            error.accept(reading);
        }
    }
}

impl Config {
    /// What is generated in place of the fault that `diagnostic` is about; nothing if it is about the settings.
    fn reading_of(&self, diagnostic: &Diagnostic) -> Option<&'static str> {
        let is_about_settings =
            self.source.as_ref().is_some_and(|source| source.name == diagnostic.location.file);
        if is_about_settings { None } else { reading::of(diagnostic.code) }
    }
}

impl Waiver {
    fn is_for(&self, diagnostic: &Diagnostic) -> bool {
        let pointer = Pointer::parse(&self.pointer);
        // An old code is reported, and what it was for is not reported on top of that.
        diagnostic.code == new_code(&self.code).unwrap_or(&self.code)
            && pointer.is_some_and(|pointer| diagnostic.location.pointer.is_within(&pointer))
    }
}
