//! Fills in text templates. Knows nothing of what is in them.
//!
//! The folder of the templates mirrors that of the crate: `Cargo.toml.jinja` becomes `Cargo.toml`.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

const TEMPLATES: &[(&str, &str)] = &[("Cargo.toml", include_str!("../templates/Cargo.toml.jinja"))];

/// The text of the template `name`, with `view` filled in.
///
/// # Panics
///
/// When the template asks for something that the view does not have; both are ours.
pub(crate) fn template(name: &str, view: impl Serialize) -> String {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    // Lines that hold nothing but a tag leave nothing behind.
    let syntax =
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.expect("the usual delimiters are valid"));
    for (name, text) in TEMPLATES {
        environment.add_template(name, text).expect("every template is written in Jinja");
    }
    let template = environment.get_template(name).expect("every template is in the list");
    template.render(Serde(view)).expect("a view has everything that its template asks for")
}
