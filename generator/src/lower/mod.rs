//! Turns a resolved document into the version-neutral [`Api`].

mod reach;
mod schema;

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::ir::Api;

/// Lowers `document`. What cannot be carried is in `found`.
pub fn lower(document: &Document, config: &Config, found: &mut Diagnostics) -> Api {
    let _ = (document, config, found);
    todo!()
}
